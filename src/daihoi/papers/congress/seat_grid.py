"""Where every seat of a hall stands on the sheet, who sits there, and in what letters the name fits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from daihoi.papers.congress.fitting import Fitted, fit
from daihoi.papers.congress.letter import refuse_missing_letters
from daihoi.papers.congress.pen import WHITE, Rgb
from daihoi.papers.congress.terms import Hall, Sitter
from daihoi.papers.errors import NothingToPrintError, SeatTwiceError
from daihoi.papers.official.blocks import literal
from daihoi.sheet.terms import Rect, Style
from daihoi.words.congress import cards as s

SHEETS: Final = {"A4": (297.0, 210.0), "A3": (420.0, 297.0)}
"""Width and height in mm, lying."""
MARGIN_MM, HEAD_MM, STAGE_MM, FOOT_MM = 8.0, 22.0, 8.0, 14.0
_LABEL_MM, _AISLE_MM, _GAP_MM = 6.0, 6.0, 0.5
_NAME_PT, _SEAT_PT, _SEAT_LINE_MM = (9.0, 4.0), 4.5, 2.4
"""On A4; a larger sheet has larger letters, which never shrink below the smallest of A4."""
_TALLEST = 1.15
"""Height of a seat in its widths, at most: a hall of few rows must not be drawn as towers."""

TINTS: Final[tuple[Rgb, ...]] = (
    (255, 221, 221), (221, 235, 255), (223, 244, 223), (255, 240, 204), (236, 224, 250), (214, 243, 243),
    (255, 224, 240), (234, 234, 210), (224, 228, 236), (250, 228, 212), (212, 232, 222), (240, 240, 240),
)  # fmt: skip
"""A light ground for each group in the order of their names; the name of the group stands in the legend."""


@dataclass(frozen=True)
class Seat:
    """One seat on the sheet; `sitter` is None for a free one."""

    id: str
    column: int
    row: int
    box: Rect
    sitter: Sitter | None
    label: Fitted
    name: Fitted
    tint: Rgb


@dataclass(frozen=True)
class Grid:
    """The whole plan. `columns` are widths in mm from left to right, aisles and row labels among them."""

    sheet_mm: tuple[float, float]
    columns: tuple[float, ...]
    row_mm: float
    rows: tuple[str, ...]
    seats: tuple[Seat, ...]
    groups: tuple[tuple[str, Rgb, int], ...]
    unplaced: tuple[Sitter, ...]

    @property
    def taken(self) -> int:
        """How many seats somebody sits on."""
        return sum(1 for seat in self.seats if seat.sitter is not None)

    @property
    def left(self) -> float:
        """Where the first column begins: the plan stands in the middle of the sheet."""
        return (self.sheet_mm[0] - sum(self.columns)) / 2


def grid_of(hall: Hall, sitters: Sequence[Sitter], sheet: str = "A4") -> Grid:
    """The plan of a hall. SeatTwiceError, NothingToPrintError for a hall without seats, TextTooLongError."""
    hall, people = literal(hall), tuple(literal(one) for one in sitters)
    refuse_missing_letters((hall, *people))
    ids = [seat for block in hall.blocks for row in block.rows for seat in row.seats if seat]
    if not ids:
        raise NothingToPrintError(paper=s.SEAT_PLAN)
    placed = _placed(ids, people)
    columns, row_mm = _measures(hall, SHEETS[sheet])
    groups = Counter(one.group or s.NO_GROUP for one in people)
    named = sorted(groups, key=_by_number)
    tints = {name: TINTS[place % len(TINTS)] for place, name in enumerate(named)}
    depth = max(len(block.rows) for block in hall.blocks)
    grid = Grid(
        SHEETS[sheet],
        columns,
        row_mm,
        _row_labels(hall, depth),
        (),
        tuple((name, tints[name], groups[name]) for name in named),
        tuple(one for one in people if one.seat not in set(ids)),
    )
    seats = _seats(hall, grid, placed, tints)
    return Grid(grid.sheet_mm, columns, row_mm, grid.rows, seats, grid.groups, grid.unplaced)


def _placed(ids: Sequence[str], people: Sequence[Sitter]) -> dict[str, Sitter]:
    for seat, times in Counter(ids).items():
        if times > 1:
            raise SeatTwiceError(seat=seat, first="", second="")
    placed: dict[str, Sitter] = {}
    for one in people:
        if one.seat in placed:
            raise SeatTwiceError(seat=one.seat, first=placed[one.seat].name, second=one.name)
        if one.seat:
            placed[one.seat] = one
    return placed


def _by_number(name: str) -> list[tuple[bool, int, str]]:
    """`Tổ số 2` before `Tổ số 10`."""
    return [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in re.split(r"(\d+)", name)]


def _widest(hall: Hall) -> list[int]:
    return [max((len(row.seats) for row in block.rows), default=0) for block in hall.blocks]


def _measures(hall: Hall, sheet: tuple[float, float]) -> tuple[tuple[float, ...], float]:
    widest = _widest(hall)
    fixed = 2 * _LABEL_MM + _AISLE_MM * (len(widest) - 1)
    width = (sheet[0] - 2 * MARGIN_MM - fixed) / max(1, sum(widest))
    depth = max(len(block.rows) for block in hall.blocks)
    height = (sheet[1] - 2 * MARGIN_MM - HEAD_MM - STAGE_MM - FOOT_MM) / max(1, depth)
    columns: list[float] = [_LABEL_MM]
    for place, seats in enumerate(widest):
        columns += ([_AISLE_MM] if place else []) + [width] * seats
    return (*columns, _LABEL_MM), min(height, width * _TALLEST)


def _row_labels(hall: Hall, depth: int) -> tuple[str, ...]:
    """The label of each row, from the first block that names it."""
    labels = [""] * depth
    for block in hall.blocks:
        for place, row in enumerate(block.rows):
            labels[place] = labels[place] or row.label
    return tuple(labels)


def _seats(hall: Hall, grid: Grid, placed: dict[str, Sitter], tints: dict[str, Rgb]) -> tuple[Seat, ...]:
    seats = []
    top = MARGIN_MM + HEAD_MM + STAGE_MM
    first = 1
    for place, widest in enumerate(_widest(hall)):
        for depth, row in enumerate(hall.blocks[place].rows):
            for number, seat in enumerate(row.seats):
                if seat:
                    column = first + number
                    x = grid.left + sum(grid.columns[:column]) + _GAP_MM
                    box = Rect(
                        x,
                        top + depth * grid.row_mm + _GAP_MM,
                        grid.columns[column] - 2 * _GAP_MM,
                        grid.row_mm - 2 * _GAP_MM,
                    )
                    # Everything grows with the sheet, else A3 would only show more white.
                    scale = grid.sheet_mm[0] / SHEETS["A4"][0]
                    label = Fitted((seat,), _SEAT_PT * scale, Style.REGULAR)
                    name, tint = _sitter(placed.get(seat), box, scale, tints)
                    seats.append(Seat(seat, column, depth, box, placed.get(seat), label, name, tint))
        first += widest + 1
    return tuple(seats)


def _sitter(sitter: Sitter | None, box: Rect, scale: float, tints: dict[str, Rgb]) -> tuple[Fitted, Rgb]:
    """The name under the label of the seat and the ground of the group; nothing on white for a free seat."""
    if sitter is None:
        return Fitted((), _SEAT_PT, Style.REGULAR), WHITE
    inner = (box.w - 1, box.h - _SEAT_LINE_MM * scale - 0.4)
    return fit(sitter.name, inner, (_NAME_PT[0] * scale, _NAME_PT[1])), tints[sitter.group or s.NO_GROUP]
