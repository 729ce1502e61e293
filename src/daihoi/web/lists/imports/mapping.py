"""Which row of a sheet holds the headings, and which column is which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daihoi.rules.names import fold_search
from daihoi.web.lists.imports.grid import Grid, Value
from daihoi.web.lists.imports.plan import Field
from daihoi.web.lists.imports.values import heading_words

LOOKED_AT = 25
"""Rows at the top among which the headings are looked for; above them lists bear titles."""


@dataclass(frozen=True)
class Columns:
    """`header` is the number of the row of headings (0: none found); `places` maps fields to columns from 0."""

    header: int
    places: Mapping[str, int]

    def missing(self, fields: Sequence[Field]) -> list[Field]:
        """Fields without which nothing can be taken in and that no column is."""
        return [one for one in fields if one.required and one.name not in self.places]


def recognised(grid: Grid, fields: Sequence[Field]) -> Columns:
    """The row with the most headings that are known, and the columns below them."""
    known = _known(fields)
    best = Columns(0, {})
    for number, cells in grid.rows[:LOOKED_AT]:
        places = _places(cells, known)
        # The first of two that know as much: below it stand rows that repeat words of the headings.
        if len(places) > len(best.places):
            best = Columns(number, places)
    return best


def _places(cells: Sequence[Value], known: Mapping[str, str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = known.get(_folded(cell))
        if name is not None:
            # The first of two columns with one heading stands; the person can choose the other.
            places.setdefault(name, place)
    return places


def _folded(cell: Value) -> str:
    text = fold_search(str(cell)) if cell is not None else ""
    # The template marks what must be filled in.
    return text.removesuffix("*").strip()


def _known(fields: Sequence[Field]) -> dict[str, str]:
    """What each folded heading means."""
    known: dict[str, str] = {}
    for one in fields:
        for words in (*heading_words(one.words), *(fold_search(text) for text in one.headings), one.name):
            known.setdefault(words, one.name)
    return known


def chosen(grid: Grid, fields: Sequence[Field], header: int, asked: Mapping[int, str]) -> Columns:
    """The columns as a person chose them; a field that stands twice keeps its first column."""
    names = {one.name for one in fields}
    places: dict[str, int] = {}
    for place in range(grid.width):
        if asked.get(place, "") in names:
            places.setdefault(asked[place], place)
    return Columns(header, places)
