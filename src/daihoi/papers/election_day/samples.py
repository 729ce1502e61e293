"""The examples of right and wrong marks on the first rows of a contest's own ballot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from daihoi.interchange.terms import Election
from daihoi.papers.ballots import Prepared, prepare
from daihoi.papers.election_day import ink
from daihoi.papers.election_day.cuttings import Row, first_rows, with_header
from daihoi.rules.terms import Candidate, CandidateId, Contest
from daihoi.sheet.terms import Rect, SheetForm, SheetPlan

_SHOWN_ROWS = 3
_NAME_MM, _BESIDE_SQUARES_MM = 50.0, 7.0
_AFTER_NAME_MM, _WRITING_MM = 6.0, 20.0
_WIDE_MM = 110.0
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng")
_LETTERS = "ABCDEGHIKLMNOPQRSTUVXY"


@dataclass(frozen=True)
class Sample:
    """One example: what is cut out, side by side, the marks, and the code of its caption."""

    code: str
    cuts: tuple[Rect, ...]
    strokes: tuple[ink.Stroke, ...]

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height on the ballot."""
        return sum(cut.w for cut in self.cuts), max(cut.h for cut in self.cuts)


def sample_ballot(election: Election, contest: Contest) -> Prepared:
    """The contest's own ballot with as many neutral names: nobody is told by example whom to strike."""
    people = tuple(Candidate(CandidateId(f"n{place}"), _neutral(place)) for place in range(len(contest.candidates)))
    # Its codes are never shown and nobody counts it: no secret is needed, and none may be given away.
    return prepare(election, replace(contest, candidates=people), secret=bytes(32), rehearsal=False)


def _neutral(place: int) -> str:
    family = _FAMILIES[place // len(_LETTERS) % len(_FAMILIES)]
    return f"{family} {'Thị' if place % 2 else 'Văn'} {_LETTERS[place % len(_LETTERS)]}"


def right_samples(plan: SheetPlan) -> tuple[Sample, ...]:
    """What to do: one example with the titles of the columns, two where a single name allows two answers."""
    page = plan.pages[0]
    rows = first_rows(page, _SHOWN_ROWS)
    cuts = _cut(with_header(page, rows), max(rows, key=_reach))
    # The second name: a strike on the first could be taken for one on the heading.
    if plan.form is SheetForm.STRIKE_OUT:
        return (Sample("right", cuts, ink.struck(_name(rows[min(1, len(rows) - 1)]))),)
    if len(rows) == 1:
        agree, disagree = (ink.crossed(square) for square in _squares(rows[0]))
        return (Sample("right", cuts, agree), Sample("right", cuts, disagree))
    marks = [ink.crossed(_squares(row)[place == 1]) for place, row in enumerate(rows)]
    return (Sample("right", cuts, tuple(stroke for strokes in marks for stroke in strokes)),)


def wrong_samples(plan: SheetPlan) -> tuple[Sample, ...]:
    """Six ways to go wrong, each on one row or a few."""
    rows = first_rows(plan.pages[0], _SHOWN_ROWS)
    return _wrong_strikes(rows) if plan.form is SheetForm.STRIKE_OUT else _wrong_squares(rows)


def _wrong_strikes(rows: Sequence[Row]) -> tuple[Sample, ...]:
    row = rows[0]
    name = _name(row)
    two = rows[:2]
    colours = ink.struck(_name(two[0])) + ink.struck(_name(two[-1]), ink=ink.RED)
    writing = (min(name.right + 4, row.row.right - _WRITING_MM - 1), name.bottom - 0.6)
    every = tuple(stroke for one in rows for stroke in ink.struck(_name(one)))
    return (
        Sample("part", _cut(row.row, row), ink.struck(name, share=0.45)),
        Sample("tick", _cut(row.row, row), ink.ticked(name)),
        Sample("circle", _cut(row.row, row), ink.circled(name)),
        Sample("writing", _cut(row.row, row, _WRITING_MM + 6), ink.written(writing, _WRITING_MM)),
        Sample("colours", _cut(ink.around([one.row for one in two]), max(two, key=_reach)), colours),
        Sample("too_many", _cut(ink.around([one.row for one in two]), max(two, key=_reach)), ()),
        Sample("all_struck", _cut(ink.around([one.row for one in rows]), max(rows, key=_reach)), every),
    )[: 6 if len(rows) > 1 else 4]


def _wrong_squares(rows: Sequence[Row]) -> tuple[Sample, ...]:
    row = rows[0]
    agree, disagree = _squares(row)
    cuts = _cut(row.row, row)
    one = len(rows) == 1
    between = Rect((agree.right + disagree.x) / 2 - 2.6, agree.y + 0.8, 5.2, agree.h)
    colours = (*ink.crossed(agree), *ink.crossed(_squares(rows[1])[1], ink=ink.RED)) if not one else ()
    samples = (
        Sample("both_one" if one else "both", cuts, (*ink.crossed(agree), *ink.crossed(disagree))),
        Sample("none_one" if one else "none", cuts, ()),
        Sample("beside", cuts, ink.crossed(between)),
        Sample("writing", cuts, ink.written((cuts[0].x + 16, row.row.bottom - 1.0), 26, high=0.55)),
    )
    # Two inks are shown on two names; a list of one has none to compare with.
    if one:
        return samples
    return (*samples, Sample("colours", _cut(ink.around([each.row for each in rows[:2]]), row), colours))


def _cut(area: Rect, row: Row, after_name: float = _AFTER_NAME_MM) -> tuple[Rect, ...]:
    """The area without what says nothing, so that it can be shown large: the empty end or middle of its rows."""
    if row.agree is None or row.disagree is None:
        return (Rect(area.x, area.y, min(area.w, max(_NAME_MM, row.text_right - area.x + after_name)), area.h),)
    if area.w <= _WIDE_MM:
        return (area,)
    left = row.agree.x - _BESIDE_SQUARES_MM
    return (
        Rect(area.x, area.y, max(_NAME_MM, row.text_right - area.x + 2), area.h),
        Rect(left, area.y, row.disagree.right + _BESIDE_SQUARES_MM - left, area.h),
    )


def _reach(row: Row) -> float:
    return row.text_right


def _name(row: Row) -> Rect:
    if row.name is None:
        raise ValueError(row.candidate)
    return row.name


def _squares(row: Row) -> tuple[Rect, Rect]:
    if row.agree is None or row.disagree is None:
        raise ValueError(row.candidate)
    return row.agree, row.disagree
