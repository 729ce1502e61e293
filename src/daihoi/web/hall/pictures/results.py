"""The result of a contest as pages for the hall; nothing of one that was not announced ever comes out of here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daihoi.rules.base import BaseWorksheet, worksheet
from daihoi.rules.outcome import percent_of_base
from daihoi.rules.terms import CandidateOutcome
from daihoi.web.counting import queries as counting
from daihoi.web.elections import making
from daihoi.web.elections.models import Contest, Nomination
from daihoi.web.elections.queries import figures_are_open
from daihoi.web.hall.choices import Order

ROWS = 8
"""Names on a page: read from the last row of a hall, 1 of 8 rows is 8 % of the height of the picture."""
NAMES = 14
"""Names of the elected on a page, in two columns."""


@dataclass(frozen=True)
class Line:
    """One candidate: number on the ballot, name, votes, percent of the base ("50.40"), and what came of it."""

    number: int
    name: str
    note: str
    votes: int
    percent: str
    outcome: CandidateOutcome

    @property
    def elected(self) -> bool:
        """Marked on the screen."""
        return self.outcome == CandidateOutcome.ELECTED


@dataclass(frozen=True)
class Told:
    """The whole result of an announced contest."""

    contest: Contest
    base: int
    needed: int
    lines: tuple[Line, ...]
    valid: int | None = None
    invalid: int | None = None

    @property
    def elected(self) -> tuple[Line, ...]:
        """In the order of the ballot."""
        return tuple(one for one in sorted(self.lines, key=lambda one: one.number) if one.elected)

    @property
    def tied(self) -> tuple[Line, ...]:
        """Those of equal votes for whom no seat is left."""
        return tuple(one for one in self.lines if one.outcome == CandidateOutcome.TIED)

    @property
    def open_seats(self) -> int:
        """Seats that nobody won."""
        return max(0, self.contest.seats - len(self.elected))


def base_of(contest: Contest) -> BaseWorksheet | None:
    """The base as it was frozen when the ballots were issued."""
    roll = making.roll_of(contest)
    if roll is None:
        return None
    return worksheet(making.form_of(contest.sitting), roll, settings=making.settings_of(contest.sitting))


def told(contest: Contest, order: Order) -> Told | None:
    """The result in this order; None while its figures are not open."""
    if not figures_are_open(contest):
        return None
    base = base_of(contest)
    listed = list(contest.nominations.filter(number__isnull=False).order_by("number"))
    if base is None or any(one.votes is None or not one.outcome for one in listed):
        return None
    lines = [_line(one, base.base) for one in listed]
    if order == Order.VOTES:
        lines.sort(key=lambda one: (-one.votes, one.number))
    record = counting.count_of_record(contest)
    held = (counting.progress_of(record).result if record else None) or {}
    return Told(contest, base.base, base.needed, tuple(lines), held.get("valid"), held.get("invalid"))


def _line(one: Nomination, base: int) -> Line:
    votes = one.votes or 0
    return Line(one.number or 0, one.name, one.note, votes, percent_of_base(votes, base), CandidateOutcome(one.outcome))


def pages(result: Told) -> list[tuple[str, Sequence[Line]]]:
    """Pages in their order: `figures` first, then the names with their votes, then who is elected."""
    rows = [("lines", result.lines[start : start + ROWS]) for start in range(0, len(result.lines), ROWS)]
    elected = result.elected
    names = [("elected", elected[start : start + NAMES]) for start in range(0, len(elected), NAMES)]
    return [("figures", ()), *rows, *(names or [("elected", ())])]
