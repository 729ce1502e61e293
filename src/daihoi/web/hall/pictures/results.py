"""The result of a contest as pages for the hall; nothing of one that was not announced ever comes out of here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daihoi.web.counting.standing import Papers, papers_of
from daihoi.web.elections.models import Contest
from daihoi.web.elections.results import Line, Result, result_of
from daihoi.web.hall.choices import Order

ROWS = 8
"""Names on a page: read from the last row of a hall, 1 of 8 rows is 8 % of the height of the picture."""
NAMES = 14
"""Names of the elected on a page, in two columns."""


@dataclass(frozen=True)
class Told:
    """An announced result with its names in the order that was asked for; `papers` where they were counted here."""

    result: Result
    lines: tuple[Line, ...]
    papers: Papers | None


def told(contest: Contest, order: Order) -> Told | None:
    """The result in this order; None while its figures are not open. Raises RulesError."""
    result = result_of(contest)
    if result is None:
        return None
    return Told(result, result.ranked if order == Order.VOTES else result.lines, papers_of(contest))


def pages(told: Told) -> Sequence[tuple[str, Sequence[Line]]]:
    """Pages in their order: `figures` first, then the names with their votes, then who is elected."""
    rows = [("lines", told.lines[start : start + ROWS]) for start in range(0, len(told.lines), ROWS)]
    # Who is elected is read out in the order of the ballot, whatever the order of the votes.
    elected = [one for one in told.result.lines if one.elected]
    names = [("elected", elected[start : start + NAMES]) for start in range(0, len(elected), NAMES)]
    figures: tuple[str, Sequence[Line]] = ("figures", ())
    return (figures, *rows, *(names or [("elected", [])]))
