"""The notice of convening with the allocation of delegates by unit (D18); totals are counted, never typed."""

from __future__ import annotations

from collections.abc import Sequence

from daihoi.papers.congress import letter
from daihoi.papers.congress.terms import AllocationLine, Congress, Files, Issue
from daihoi.papers.official.blocks import Align, Block, Column, Paragraph, Role, Row, Signing, Table, Title
from daihoi.papers.official.heading import title_lines
from daihoi.words.congress import letters as s
from daihoi.words.minutes.figures import number_vi, years_kept

_WIDTHS_MM = (10.0, 54.0, 17.0, 18.0, 15.0, 15.0, 18.0, 18.0)
_UNIT, _DESIGNATED = 1, 5


def notice(congress: Congress, issue: Issue, allocation: Sequence[AllocationLine]) -> Files:
    """The whole paper. Raises LetterMissingError."""
    profile = letter.profile_of(congress, issue)
    total = total_of(allocation)
    congress_named = years_kept(congress.title)
    blocks: tuple[Block, ...] = (
        letter.heading(congress, issue),
        Title(s.NOTICE, title_lines(s.NOTICE_ABSTRACT.format(congress=congress.title), profile)),
        Paragraph(s.NOTICE_OPENING.format(committee=congress.committee, congress=congress_named)),
        Paragraph(s.NOTICE_TIME, Role.SECTION),
        letter.fields(letter.when_and_where(congress), profile),
        Paragraph(s.NOTICE_NUMBER, Role.SECTION),
        Paragraph(_total_sentence(total)),
        Paragraph(
            s.ALLOCATION_INTRO.format(units=number_vi(len(allocation)), members=number_vi(total.members)), Role.INTRO
        ),
        allocation_table(allocation),
        Signing(
            (Paragraph(s.NOTICE_CLOSING.format(committee=congress.committee) + profile.end_mark),),
            s.RECIPIENTS,
            letter.recipients(issue, profile),
            letter.signature(issue),
        ),
    )
    about = f"{congress.superior} - {congress.organisation}"
    return letter.files(profile, f"{s.NOTICE} {s.NOTICE_ABSTRACT.format(congress=congress.title)}", about, blocks)


def total_of(allocation: Sequence[AllocationLine]) -> AllocationLine:
    """The sum of every column."""
    return AllocationLine(
        s.TOTAL,
        sum(line.members for line in allocation),
        sum(line.ex_officio for line in allocation),
        sum(line.elected for line in allocation),
        sum(line.designated for line in allocation),
        sum(line.alternates for line in allocation),
    )


def allocation_table(allocation: Sequence[AllocationLine]) -> Table:
    """A row for every unit in the order given, the sum last; no column for designated delegates where none are."""
    total = total_of(allocation)
    shown = [place for place in range(len(_WIDTHS_MM)) if place != _DESIGNATED or total.designated]
    freed = 0.0 if total.designated else _WIDTHS_MM[_DESIGNATED]
    widths = [width + (freed if place == _UNIT else 0.0) for place, width in enumerate(_WIDTHS_MM)]
    columns = tuple(
        Column(s.ALLOCATION_COLUMNS[place], widths[place], Align.LEFT if place == _UNIT else Align.CENTRE)
        for place in shown
    )
    lines = [_cells(str(place), line) for place, line in enumerate(allocation, start=1)]
    rows = [Row(tuple(cells[place] for place in shown)) for cells in lines]
    last = _cells("", total)
    return Table(columns, (*rows, Row(tuple(last[place] for place in shown), strong=True)), size_pt=12)


def _cells(number: str, line: AllocationLine) -> tuple[str, ...]:
    figures = (line.members, line.ex_officio, line.elected, line.designated, line.official, line.alternates)
    return (number, line.unit, *(number_vi(figure) for figure in figures))


def _total_sentence(total: AllocationLine) -> str:
    return s.NOTICE_TOTAL.format(
        official=number_vi(total.official),
        ex_officio=number_vi(total.ex_officio),
        elected=number_vi(total.elected),
        designated=number_vi(total.designated),
        alternates=number_vi(total.alternates),
    )
