"""The annex of a hand sample: seed, how it was drawn, which ballots, how they compare, what it bounds."""

from __future__ import annotations

from daihoi.papers.minutes.annexes import section
from daihoi.papers.minutes.terms import MinutesInput, SampleLines
from daihoi.papers.minutes.told import named
from daihoi.papers.official.blocks import AnnexTitle, Block, Paragraph, Role
from daihoi.words.figures import digest_words
from daihoi.words.minutes import sentences as s
from daihoi.words.minutes.answers import answer_vi
from daihoi.words.minutes.figures import number_vi, stamp_vi


def sample_annex(facts: MinutesInput) -> tuple[Block, ...]:
    """The third annex; nothing where no sample was drawn."""
    if not facts.samples:
        return ()
    names = {line.id: named(line) for line in facts.candidates}
    holds = [one for one in facts.samples if not one.reason]
    gone = [
        (one.seed, str(one.size), str(one.read), one.reason, f"{one.discarded_by} {stamp_vi(one.discarded_at)}".strip())
        for one in facts.samples
        if one.reason
    ]
    set_aside = section(s.SAMPLE_DISCARDED, s.SAMPLE_DISCARDED_COLUMNS, (30, 20, 20, 45, 40), gone) if gone else ()
    told = [block for one in holds for block in _sample(one, names)]
    return (AnnexTitle(*s.ANNEX_SAMPLE), *told, *set_aside)


def _sample(sample: SampleLines, names: dict[str, str]) -> tuple[Block, ...]:
    papers = [
        (
            str(one.draw), str(one.place), one.ballot, ", ".join(filter(None, (one.pile, str(one.sheet)))), one.by,
            str(one.times), s.SAMPLE_AGREES if one.agrees else s.SAMPLE_DIFFERS,
        )
        for one in sample.papers
    ]  # fmt: skip
    differences = [
        (
            one.ballot, str(one.time), names.get(one.candidate, one.candidate) or s.WHOLE_BALLOT,
            answer_vi(one.counted), answer_vi(one.by_hand),
        )
        for one in sample.differences
    ]  # fmt: skip
    return (
        Paragraph(s.SAMPLE_HEAD, Role.SECTION),
        *_drawn(sample),
        *section(s.SAMPLE_PAPERS, s.SAMPLE_COLUMNS, (16, 16, 22, 22, 45, 16, 18), papers),
        *section(s.SAMPLE_DIFFERENCES, s.SAMPLE_DIFFERENCE_COLUMNS, (22, 18, 55, 30, 30), differences),
        Paragraph(s.SAMPLE_BOUND_HEAD, Role.SECTION),
        *_bound(sample),
    )


def _drawn(sample: SampleLines) -> tuple[Block, ...]:
    hand = " ".join(part for part in (sample.by, stamp_vi(sample.at)) if part)
    size, ballots = number_vi(sample.size), number_vi(sample.ballots)
    return (
        Paragraph(s.SAMPLE_DRAWN.format(seed=sample.seed, size=size, ballots=ballots, hand=hand)),
        Paragraph(s.SAMPLE_AT_DRAW.format(digest=digest_words(sample.digest))),
        # The plain figure, as it is calculated with.
        Paragraph(s.SAMPLE_METHOD.format(seed=sample.seed, ballots=sample.ballots)),
        Paragraph(s.SAMPLE_READ),
    )


def _bound(sample: SampleLines) -> tuple[Block, ...]:
    agree = sum(one.agrees for one in sample.papers)
    told = Paragraph(
        s.SAMPLE_AGREE.format(size=number_vi(sample.size), read=number_vi(sample.read), agree=number_vi(agree))
    )
    # A sample that does not agree bounds nothing.
    if agree < sample.size:
        return (told,)
    if sample.size == sample.ballots:
        return (told, Paragraph(s.SAMPLE_WHOLE))
    wrong, ballots = number_vi(sample.shown_wrong), number_vi(sample.ballots)
    return (told, Paragraph(s.SAMPLE_BOUND.format(wrong=wrong, ballots=ballots)))
