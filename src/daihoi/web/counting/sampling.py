"""A hand sample beside the count that it witnesses: what people read from the drawn papers, and where it differs.

Nothing of the count is altered by it. It is compared with the ballots as the count has them now, not as they were at
the draw: a pile that is scanned again, or a decision, is seen at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from daihoi.counts.sample_acts import HandRead, SampleAct, differing, discarded_act, drawn_act, read_act
from daihoi.counts.sampling import Drawn
from daihoi.interchange.terms import BallotLine
from daihoi.rules.terms import Mark
from daihoi.web.counting import keying, queries, reading
from daihoi.web.counting.models import Count, HandReading, HandSample, SampledPaper
from daihoi.web.elections import making
from daihoi.web.elections.models import Nomination

TIMES = 2
"""A paper whose first reading differs is read again unasked: most differences are slips of a finger."""


@dataclass(frozen=True)
class Witness:
    """One drawn paper: its last reading, and the places from 0 where the count has it otherwise (STANDING: the whole).

    `gone`: the count has no such ballot any more; its paper was scanned again under another number.
    """

    paper: SampledPaper
    line: BallotLine | None
    last: HandReading | None
    attempts: int
    differs: tuple[int, ...]

    @property
    def gone(self) -> bool:
        """Whether the ballot left the count."""
        return self.line is None

    @property
    def agrees(self) -> bool:
        """Whether people read what the count has."""
        return self.last is not None and not self.differs and not self.gone

    @property
    def asks(self) -> bool:
        """Whether somebody must read it: nobody did yet, or once and otherwise."""
        return not self.gone and (self.last is None or (bool(self.differs) and self.attempts < TIMES))

    @property
    def stands_apart(self) -> bool:
        """Whether it differs although it was read again."""
        return bool(self.differs) and not self.asks and not self.gone


def held(count: Count) -> HandSample | None:
    """The sample of a count that holds."""
    found: HandSample | None = count.samples.filter(set_aside_at__isnull=True).first()
    return found


def witnesses(sample: HandSample) -> list[Witness]:
    """All drawn papers in the order of the draw."""
    lines = {line.ballot: line for line in reading.ballots_in(sample.count)}
    # Once for all papers: each would ask for the list of names otherwise.
    names = names_on(sample.count)
    letters = keying.letters_of(sample.count.contest)
    papers = sample.papers.prefetch_related("readings")
    return [_witness(paper, lines.get(paper.ballot), names, letters) for paper in papers]


def _witness(
    paper: SampledPaper, line: BallotLine | None, names: Sequence[str], letters: Mapping[str, Mark]
) -> Witness:
    readings = sorted(paper.readings.all(), key=lambda one: one.attempt)
    last = readings[-1] if readings else None
    differs = _differing(line, last, names, letters) if line and last else ()
    return Witness(paper, line, last, len(readings), differs)


def _differing(
    line: BallotLine, read: HandReading, names: Sequence[str], letters: Mapping[str, Mark]
) -> tuple[int, ...]:
    """Where people read otherwise than the count has it, as the minutes will tell it."""
    apart, whole = differing(line, _read(read, names, letters))
    return (*(at for at, name in enumerate(names) if name in apart), *((keying.STANDING,) if whole else ()))


def _read(read: HandReading, names: Sequence[str], letters: Mapping[str, Mark]) -> HandRead:
    """What somebody keyed, by candidate; `names` in ballot order, `letters` the keys of the ballot."""
    return HandRead({name: letters[mark] for name, mark in zip(names, read.marks, strict=True)}, read.standing)


def names_on(count: Count) -> tuple[str, ...]:
    """The candidates in ballot order."""
    return tuple(one.candidate for one in making.listed(count.contest))


def has_moved(sample: HandSample, found: Sequence[Witness]) -> bool:
    """Whether the count has other ballots than those that it was drawn from: then its seed draws others by now.

    `found` are its papers, as `witnesses` gives them.
    """
    lines = reading.ballots_in(sample.count)
    if len(lines) != sample.ballots:
        return True
    return any(lines[one.paper.place - 1].ballot != one.paper.ballot for one in found)


def acts_of(count: Count) -> Iterator[SampleAct]:
    """All samples of a count as its ledger notes them, those that were set aside among them, in their order."""
    names, letters = names_on(count), keying.letters_of(count.contest)
    for sample in count.samples.prefetch_related("papers__readings").order_by("pk"):
        papers = list(sample.papers.all())
        yield drawn_act(
            seed=sample.seed, ballots=sample.ballots, size=len(papers), digest=sample.digest, by=sample.made_by,
            at=timezone.localtime(sample.made_at),
        )  # fmt: skip
        readings = [(read, paper) for paper in papers for read in paper.readings.all()]
        for read, paper in sorted(readings, key=lambda one: one[0].pk):
            keyed, drawn = _read(read, names, letters), Drawn(paper.draw, paper.digest, paper.place)
            yield read_act(drawn, paper.ballot, read.attempt, keyed, by=read.by, at=timezone.localtime(read.at))
        if sample.set_aside_at is not None:
            at = timezone.localtime(sample.set_aside_at)
            yield discarded_act(sample.reason, by=sample.set_aside_by, at=at)


def is_ready(count: Count) -> bool:
    """Whether a sample may be drawn: everything is read and decided, so that nobody chooses after the seed is known."""
    progress = queries.progress_of(count)
    read = progress.settled and bool(progress.digest) and not progress.unread and not progress.waiting
    return read and not queries.waits_for_reader(count) and not queries.open_questions(count).exists()


@dataclass(frozen=True)
class Apart:
    """One name on a paper that differs: what the count has and what people read."""

    number: int
    candidate: str
    name: str
    counted: Mark | None
    by_hand: Mark | None


def apart(one: Witness, names: Sequence[Nomination], letters: Mapping[str, Mark]) -> list[Apart]:
    """The names about which paper and count differ; `letters` are the marks by their keys."""
    line, last = one.line, one.last
    if line is None or last is None:
        return []
    return [
        Apart(
            at + 1, names[at].candidate, names[at].name, line.marks.get(names[at].candidate),
            letters.get(last.marks[at]),
        )
        for at in one.differs
        if at != keying.STANDING
    ]  # fmt: skip
