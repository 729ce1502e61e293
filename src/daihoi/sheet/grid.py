"""How a list is broken into blocks of rows: one block, two side by side, then the back. Arithmetic only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from daihoi.sheet.errors import NoNamesError, TooManyNamesError
from daihoi.sheet.terms import SheetForm

MOST_NAMES = 100
# Pitches are whole quarters of a millimetre.
STEP = 0.25


@dataclass(frozen=True)
class Pitches:
    """Row pitch in mm: never below `least`, one block only from `calm` on, never above `most`."""

    least: float
    calm: float
    most: float


PITCHES = {
    SheetForm.STRIKE_OUT: Pitches(8.0, 9.0, 11.0),
    SheetForm.AGREE_DISAGREE: Pitches(10.0, 10.5, 13.0),
}


@dataclass(frozen=True)
class Room:
    """Height in mm left for rows: on the front under a roomy or a compact heading, and on the back."""

    roomy: float
    compact: float
    back: float


@dataclass(frozen=True)
class Grid:
    """Rows of each block of each page, the pitch, and whether the heading of the front is the roomy one."""

    pitch: float
    roomy: bool
    pages: tuple[tuple[int, ...], ...]


def balanced(count: int, blocks: int) -> tuple[int, ...]:
    """`count` rows in `blocks` blocks that differ by at most one row, the longer first."""
    return tuple(count // blocks + (1 if block < count % blocks else 0) for block in range(blocks))


def choose(names: int, form: SheetForm, room: Room) -> Grid:
    """The calmest grid that holds the whole list; TooManyNamesError when one sheet cannot."""
    if names < 1:
        raise NoNamesError
    if names > MOST_NAMES:
        raise TooManyNamesError(found=names, most=MOST_NAMES)
    pitches = PITCHES[form]
    for grid in _in_order_of_calm(names, room, pitches):
        if grid is not None:
            return grid
    raise TooManyNamesError(found=names, most=MOST_NAMES)


def _in_order_of_calm(names: int, room: Room, pitches: Pitches) -> Iterator[Grid | None]:
    yield _one_side(names, 1, room.roomy, pitches.calm, pitches.most, roomy=True)
    yield _one_side(names, 1, room.compact, pitches.calm, pitches.most, roomy=False)
    yield _one_side(names, 2, room.roomy, pitches.calm, pitches.most, roomy=True)
    yield _one_side(names, 2, room.compact, pitches.least, pitches.most, roomy=False)
    yield _two_sides(names, (2, 2), room, pitches)
    # Three narrow blocks are for lists near a hundred names under tall headings only.
    yield _two_sides(names, (2, 3), room, pitches)
    yield _two_sides(names, (3, 3), room, pitches)


def _one_side(names: int, blocks: int, height: float, least: float, most: float, *, roomy: bool) -> Grid | None:
    rows = -(-names // blocks)
    pitch = min(most, height / rows // STEP * STEP)
    return Grid(pitch, roomy, (balanced(names, blocks),)) if pitch >= least else None


def _two_sides(names: int, blocks: tuple[int, int], room: Room, pitches: Pitches) -> Grid | None:
    pitch = pitches.most
    while pitch >= pitches.least:
        front = blocks[0] * int(room.compact // pitch)
        back = blocks[1] * int(room.back // pitch)
        if front > 0 and names <= front + back:
            front = min(front, names - 1)
            return Grid(pitch, False, (balanced(front, blocks[0]), balanced(names - front, blocks[1])))
        pitch -= STEP
    return None
