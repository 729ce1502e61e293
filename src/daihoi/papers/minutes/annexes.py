"""The two annexes: what of the rules is unconfirmed or was set aside, and what the board decided ballot by ballot."""

from __future__ import annotations

from collections.abc import Sequence

from daihoi.papers.minutes.terms import (
    DecisionLine,
    KeyedLines,
    MinutesInput,
    ReadersLine,
    RefusedLine,
    RemovedLine,
)
from daihoi.papers.minutes.told import named
from daihoi.papers.official.blocks import Align, AnnexTitle, Block, Column, Paragraph, Role, Row, Table
from daihoi.words.minutes import sentences as s
from daihoi.words.minutes.answers import GROUNDS, answer_vi, reason_vi
from daihoi.words.minutes.basis import regulation_of, unconfirmed_articles
from daihoi.words.minutes.checks import check_vi, setting_vi, value_vi, warning_vi
from daihoi.words.minutes.figures import clause_vi, number_vi, short_date_vi, stamp_vi

_SMALL_PT = 11
_LAYOUT_SETTING = "layout_profile_from"

Widths = tuple[float, ...]

# Width in mm of every column without its number: who and when in each row, the hour alone, neither.
_DECISIONS_MM: tuple[Widths, Widths, Widths] = (
    (15, 31, 33, 19, 19, 38),
    (15, 32, 36, 25, 25, 22),
    (15, 31, 45, 32, 32),
)
_REFUSED_MM: tuple[Widths, Widths, Widths] = (
    (30, 26, 21, 21, 19, 38),
    (33, 28, 25, 25, 22, 22),
    (38, 33, 28, 28, 28),
)


def settings_annex(facts: MinutesInput) -> tuple[Block, ...]:
    """Unconfirmed settings with value and clause, checks set aside, warnings of the list."""
    settings = [
        (line.meaning or setting_vi(line.name), value_vi(line.value), clause_vi(line.clause)) for line in facts.settings
    ]
    # A setting may be confirmed and yet cite an article whose number nobody read: both are told.
    articles = unconfirmed_articles(facts.edition)
    if articles:
        settings.append((s.UNCONFIRMED_ARTICLES, articles, regulation_of(facts.edition)))
    if _LAYOUT_SETTING not in {line.name for line in facts.settings}:
        settings.append((s.LAYOUT_FROM, short_date_vi(facts.hd05_from), s.LAYOUT_CLAUSE))
    overrides = [(check_vi(line.check), line.by, line.reason, line.document) for line in facts.overrides]
    warnings = [(line.text or warning_vi(line.check, line.fields), clause_vi(line.clause)) for line in facts.warnings]
    return (
        AnnexTitle(*s.ANNEX_1),
        *section(s.SETTINGS_INTRO, s.SETTINGS_COLUMNS, (66, 37, 52), settings),
        *section(s.OVERRIDES_INTRO, s.OVERRIDES_COLUMNS, (42, 40, 40, 33), overrides),
        *section(s.WARNINGS_INTRO, s.WARNINGS_COLUMNS, (103, 52), warnings),
    )


def decisions_annex(facts: MinutesInput) -> tuple[Block, ...]:
    """Each decision of the board, each page that was not read with its answer, the software and its limits."""
    if facts.keyed is not None:
        return keyed_annex(facts, facts.keyed)
    names = {line.id: named(line) for line in facts.candidates}
    decisions = [_decision(line, names) for line in facts.decisions]
    refused = [_refused(line) for line in facts.refused]
    return (
        AnnexTitle(*s.ANNEX_2),
        *_by_hand(s.DECISIONS_INTRO, s.DECISIONS_COLUMNS, _DECISIONS_MM, decisions, facts.decisions),
        *_by_hand(s.REFUSED_INTRO, s.REFUSED_COLUMNS, _REFUSED_MM, refused, facts.refused),
        *_removed(facts.removed),
        Paragraph(s.SOFTWARE_HEAD, Role.SECTION),
        Paragraph(s.SOFTWARE.format(software=facts.software, version=facts.version)),
        *map(_readers, facts.readers),
        Paragraph(s.OFFICIAL_PROGRAM),
        *((Paragraph(s.LEARNED_HEAD, Role.SECTION), Paragraph(s.LEARNED)) if facts.learned_sheet else ()),
    )


def keyed_annex(facts: MinutesInput, keyed: KeyedLines) -> tuple[Block, ...]:
    """How the papers were keyed and by whom, what differed and who settled it, what people saw on the paper."""
    piles = [(number_vi(one.number), number_vi(one.papers), one.first, one.second) for one in keyed.piles]
    again = keyed.differed - len(keyed.thirds)
    told = s.KEYED_TOLD.format(
        papers=number_vi(keyed.papers),
        alike=number_vi(keyed.papers - keyed.differed),
        differed=number_vi(keyed.differed),
        again=number_vi(again),
        thirds=number_vi(len(keyed.thirds)),
    )
    thirds = [(one.ballot, one.by, stamp_vi(one.at)) for one in keyed.thirds]
    seen = [(one.ballot, ", ".join(GROUNDS[ground] for ground in one.grounds)) for one in keyed.seen]
    return (
        AnnexTitle(*s.ANNEX_KEYED),
        *section(s.KEYED_INTRO, s.KEYED_COLUMNS, (20, 25, 55, 55), piles, s.KEYED_HOW),
        Paragraph(told),
        *section(s.THIRDS_INTRO, s.THIRDS_COLUMNS, (30, 80, 45), thirds),
        *section(s.SEEN_INTRO, s.SEEN_COLUMNS, (30, 125), seen),
        *_removed(facts.removed, s.KEYED_REMOVED_INTRO, s.KEYED_REMOVED_COLUMNS),
        Paragraph(s.KEYED_SOFTWARE_HEAD, Role.SECTION),
        Paragraph(s.SOFTWARE.format(software=facts.software, version=facts.version)),
        Paragraph(s.OFFICIAL_PROGRAM),
    )


def _removed(
    lines: Sequence[RemovedLine], intro: str = s.REMOVED_INTRO, columns: tuple[str, ...] = s.REMOVED_COLUMNS
) -> tuple[Block, ...]:
    """Batches taken out and scanned again; most counts have none, and then nothing is said of them."""
    rows = [
        (_batch(line), str(line.pages), line.reason, " ".join(part for part in (line.by, stamp_vi(line.at)) if part))
        for line in lines
    ]
    return section(intro, columns, (40, 18, 59, 38), rows) if rows else ()


def _batch(line: RemovedLine) -> str:
    if line.slip:
        return s.REMOVED_BATCH.format(batch=line.slip)
    return s.REMOVED_FOLDER.format(folder=line.folder) if line.folder else s.REMOVED_TOP


def _readers(line: ReadersLine) -> Paragraph:
    """As much of each digest as people compare by eye; the whole of it stands in the record of the count."""
    readers = "; ".join(
        s.READER.format(reader=s.READER_NAMES.get(name, name), digest=digest[:16]) for name, digest in line.readers
    )
    return Paragraph(s.READERS.format(source=s.SOURCES.get(line.source, line.source), readers=readers))


def _by_hand(
    intro: str,
    titles: tuple[str, ...],
    widths: tuple[Widths, Widths, Widths],
    rows: Sequence[tuple[str, ...]],
    lines: Sequence[DecisionLine] | Sequence[RefusedLine],
) -> tuple[Block, ...]:
    """A section whose rows end with who wrote them and when; what all rows share stands once above the table."""
    hands = [(line.by, stamp_vi(line.at)) for line in lines]
    said = [" ".join(part for part in hand if part) for hand in hands]
    if len(hands) < 2 or len({by for by, _ in hands}) > 1 or not hands[0][0]:
        return section(intro, titles, widths[0], [(*row, hand) for row, hand in zip(rows, said, strict=True)])
    if len(set(hands)) > 1:
        timed = [(*row, at) for row, (_, at) in zip(rows, hands, strict=True)]
        above = s.WRITTEN.format(by=hands[0][0])
        return section(intro, (*titles[:-1], s.WRITTEN_WHEN), widths[1], timed, above)
    return section(intro, titles[:-1], widths[2], rows, s.WRITTEN_AT.format(hand=said[0]))


def section(
    intro: str, titles: tuple[str, ...], widths: Widths, lines: Sequence[tuple[str, ...]], above: str = ""
) -> tuple[Block, ...]:
    """A heading with its numbered table, or "Không có." under it. `widths`: mm, without the number's column."""
    head = Paragraph(intro, Role.SECTION)
    # An empty table could be filled in later; the words cannot.
    if not lines:
        return (head, Paragraph(s.NONE))
    columns = (
        Column(titles[0], 10, Align.CENTRE),
        *(Column(title, width) for title, width in zip(titles[1:], widths, strict=True)),
    )
    rows = tuple(Row((str(number), *cells)) for number, cells in enumerate(lines, start=1))
    told = (Paragraph(above, Role.INTRO),) if above else ()
    return (head, *told, Table(columns, rows, size_pt=_SMALL_PT))


def _decision(line: DecisionLine, names: dict[str, str]) -> tuple[str, ...]:
    return (
        line.ballot,
        # The name and not the id: nobody at the congress knows c04.
        names.get(line.candidate, line.candidate) or s.WHOLE_BALLOT,
        reason_vi(line.reason),
        answer_vi(line.proposal),
        answer_vi(line.decision),
    )


def _refused(line: RefusedLine) -> tuple[str, ...]:
    return (
        f"{line.file} #{line.index}",
        reason_vi(line.reason),
        line.found,
        line.expected,
        answer_vi(line.answer),
    )
