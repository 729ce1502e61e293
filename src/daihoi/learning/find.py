"""A blank page to its places: boxes first, then tables, then numbered lines; the first that makes a list."""

from __future__ import annotations

from pathlib import Path

from daihoi.learning.by_boxes import people_with_boxes
from daihoi.learning.by_lines import people_in_lines
from daihoi.learning.by_table import people_in_table
from daihoi.learning.errors import NameOnTwoLinesError, NothingFoundError
from daihoi.learning.printed import printed_on
from daihoi.learning.terms import BlankPage, Place, Sought


def places_on(page: BlankPage, sought: Sought, path: Path) -> tuple[Place, ...]:
    """The people of one page in order; empty where it holds none. Raises NameOnTwoLinesError."""
    printed = printed_on(page.raster)
    if sought is not Sought.NAMES and printed.boxes:
        places = people_with_boxes(printed, page.raster)
        if places:
            return places
    in_tables = tuple(place for table in printed.tables for place in people_in_table(table, printed, sought))
    for number, place in enumerate(in_tables, start=1):
        if place.lines > 1 and not place.boxes:
            raise NameOnTwoLinesError(path=str(path), page=page.number, place=number)
    if in_tables or sought is Sought.BOXES:
        return in_tables
    return people_in_lines(printed)


def places_of(pages: tuple[BlankPage, ...], sought: Sought, path: Path) -> tuple[tuple[Place, ...], ...]:
    """The people of every page; all are marked in one way. Raises NothingFoundError."""
    found = tuple(places_on(page, sought, path) for page in pages)
    if not any(found):
        raise NothingFoundError(path=str(path))
    if len({bool(place.boxes) for places in found for place in places}) > 1:
        # What is a box on one side is one on the other: the side with boxes knows.
        found = tuple(places_on(page, Sought.BOXES, path) for page in pages)
    return found
