"""The result of a contest as pages for the hall; nothing of one that was not announced ever comes out of here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daihoi.web.counting.standing import Papers, papers_of
from daihoi.web.elections.models import Contest
from daihoi.web.elections.results import Line, Result, result_of
from daihoi.web.hall.choices import Order
from daihoi.web.members import portraits
from daihoi.web.members import queries as members
from daihoi.web.members.models import Portrait

ROWS, ROWS_WITH_PHOTOS = 8, 6
"""Names on a page: read from the last row of a hall, 1 of 8 rows is 8 % of the height of the picture."""
NAMES, NAMES_WITH_PHOTOS = 14, 8
"""Names of the elected on a page: in two columns, or as pictures with a name below each."""


@dataclass(frozen=True)
class Shown:
    """A line with the name of its photograph, by which a screen asks for it; empty where the person has none."""

    line: Line
    photo: str = ""


@dataclass(frozen=True)
class Told:
    """An announced result with its names in the order that was asked for; `papers` where they were counted here.

    `photos` are the photographs that are there, by the numbers of their people.
    """

    result: Result
    lines: tuple[Line, ...]
    papers: Papers | None
    photos: Mapping[int, Portrait]


def told(contest: Contest, order: Order) -> Told | None:
    """The result in this order; None while its figures are not open. Raises RulesError."""
    result = result_of(contest)
    if result is None:
        return None
    found = members.portraits_of(one.nomination.person_id for one in result.lines)
    # A row whose file did not come along is none: a screen waits for its pictures, and would wait for ever.
    photos = {person: one for person, one in found.items() if portraits.path_of(one).is_file()}
    return Told(result, result.ranked if order == Order.VOTES else result.lines, papers_of(contest), photos)


def pages(told: Told) -> Sequence[tuple[str, Sequence[Shown]]]:
    """Pages in their order: `figures` first, then the names with their votes, then who is elected."""
    rows, names = (ROWS_WITH_PHOTOS, NAMES_WITH_PHOTOS) if told.photos else (ROWS, NAMES)
    shown = [_shown(told, one) for one in told.lines]
    lines = [("lines", shown[start : start + rows]) for start in range(0, len(shown), rows)]
    # Who is elected is read out in the order of the ballot, whatever the order of the votes.
    elected = [_shown(told, one) for one in told.result.lines if one.elected]
    won = [("elected", elected[start : start + names]) for start in range(0, len(elected), names)]
    figures: tuple[str, Sequence[Shown]] = ("figures", ())
    return (figures, *lines, *(won or [("elected", [])]))


def _shown(told: Told, line: Line) -> Shown:
    photo = told.photos.get(line.nomination.person_id)
    return Shown(line, photo.name if photo else "")
