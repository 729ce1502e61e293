"""What a hand left on a page, in some 400 bytes, so that the same sheet scanned again is known from one that agrees.

Two ballots that agree bear the same marks at the same places, but no hand draws a line twice to a third of a
millimetre, and no hand sets the stamp twice alike. A trace holds where the pieces of ink lie, how the ink runs in
them, and a coarse picture of the stamp field; not one pixel of it tells more of a voter than the image does. Two
traces are compared piece by piece. What agrees is weighed in bits, one bit for each halving of the chance that another
sheet would agree as well, and the more pages there are, the more bits are asked. A page that bears nothing by hand is
never said to be another.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.ink import HALF_PX_PER_MM, Ink
from daihoi.reading.reference import Area
from daihoi.reading.terms import GrayImage

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, mm on the registered page."""

STAMP_MARGIN_MM = 5.0
"""Ink that comes so near the stamp field is the stamp's."""
CELLS = 16
"""Cells of the picture of the stamp field, each way: 3.3 mm wide, so that a fifth of a millimetre hardly shows."""
STAMP_SEEN = 10
"""Grey levels that the darkest cell of a stamp has at least; bare paper stays below 4."""
PIECES = 8
LEAST_PIECE_MM = 3.0
LEAST_STROKE_MM = 1.5
JOIN_X_MM, JOIN_Y_MM = 14.0, 0.8
"""Strokes this near make one piece: print hides parts of a stroke, in one scan more of it than in the next."""
SLICES = 6
UNIT_MM = 0.02
"""Step of a box's sides."""
FINE_MM = 0.05
"""Step of the course of the ink within a piece; 255 for a slice without ink."""
NO_INK = 255

SIDE_MM, COURSE_MM = 0.4, 0.2
"""How far sides and course may differ: scanned twice, three of four pieces stay within, one of 500 others does."""
PIECE_BITS, LOST_BITS = 8.0, 2.0
"""For a piece that is found again, and off for one that is not."""
STAMP_BITS = ((0.996, 13.0), (0.993, 10.0), (0.985, 6.0), (0.97, 0.0))
"""Bits by the correlation of two stamp fields. Below the last no other sign makes it the same sheet.

Of pairs of different sheets, stamps inked evenly and set by hand to 1 mm and 4 degrees (simulated, 3 million pairs),
one in 9,900, 840 and 120 lie above the first three; of pairs of scans of one sheet 59, 92 and 96 %, 98 above the last.
"""
STAMP_ALONE, STAMP_NEXT = 0.996, 0.97
"""A stamp without any mark is enough when it is this like and no other page of the pile comes near it."""
FEWEST_OTHERS = 8
SPARE_BITS = 10.0

CENTRE_CELLS = 0.5
"""How far (1.6 mm) the middles of two stamps may lie apart before their fields need not be compared: for speed."""

_HEAD = 2
_CENTRES = np.indices((CELLS, CELLS)).reshape(2, -1).astype(np.float32)
_PIECE = np.dtype([("box", "<u2", 4), ("middle", "u1", SLICES), ("spread", "u1", SLICES)])


@dataclass(frozen=True)
class Drawn:
    """What `trace_of` is made from. `ink` is not 0 where ink was added, at `px_per_mm`.

    `strokes` are its connected pieces; `stamp` the darkness beyond print about the stamp field (any scale, None on a
    side without the field), `stamp_box` the field itself.
    """

    strokes: Iterable[Box]
    ink: npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
    px_per_mm: float
    stamp: GrayImage | None = None
    stamp_box: Box | None = None


def trace_of(drawn: Drawn) -> bytes:
    """The trace of one page; empty where nothing was left by hand."""
    pieces = [] if drawn.ink.size == 0 else _pieces(drawn)
    field = b"" if drawn.stamp is None else _stamp_field(drawn.stamp)
    if not pieces and not field:
        return b""
    return bytes((len(pieces), bool(field))) + field + _described(pieces, drawn)


def trace_of_page(ink: Ink, darkness: GrayImage, expected: GrayImage, stamp: Area | None) -> bytes:
    """The trace of a page as reader A sees it.

    `darkness` of the page and `expected` of its print at 100 dpi; `stamp` the stamp's field in px at 200 dpi.
    """
    strokes = [
        (
            stroke.x / HALF_PX_PER_MM,
            stroke.y / HALF_PX_PER_MM,
            (stroke.x + stroke.w) / HALF_PX_PER_MM,
            (stroke.y + stroke.h) / HALF_PX_PER_MM,
        )
        for stroke in ink.strokes.values()
    ]
    if stamp is None:
        return trace_of(Drawn(strokes, ink.labels, HALF_PX_PER_MM))
    margin = round(STAMP_MARGIN_MM * HALF_PX_PER_MM)
    rows, columns = stamp
    top, left = rows.start // 2, columns.start // 2
    bottom, right = rows.stop // 2, columns.stop // 2
    around = (slice(max(0, top - margin), bottom + margin), slice(max(0, left - margin), right + margin))
    field = np.asarray(cv2.subtract(darkness[around], expected[around]), np.uint8)
    box = (left / HALF_PX_PER_MM, top / HALF_PX_PER_MM, right / HALF_PX_PER_MM, bottom / HALF_PX_PER_MM)
    return trace_of(Drawn(strokes, ink.labels, HALF_PX_PER_MM, field, box))


def _pieces(drawn: Drawn) -> list[Box]:
    """At most PIECES pieces of ink outside of the stamp, picked so that another scan picks the same."""
    joined: list[Box] = []
    near = drawn.stamp_box and _wider(drawn.stamp_box, STAMP_MARGIN_MM)
    for stroke in sorted(drawn.strokes):
        if _extent(stroke) < LEAST_STROKE_MM or (near and _touch(stroke, near, 0.0, 0.0)):
            continue
        grown = stroke
        # What has grown may touch what it did not touch before.
        while (other := next((o for o in joined if _touch(grown, o, JOIN_X_MM, JOIN_Y_MM)), None)) is not None:
            joined.remove(other)
            grown = (
                min(grown[0], other[0]),
                min(grown[1], other[1]),
                max(grown[2], other[2]),
                max(grown[3], other[3]),
            )
        joined.append(grown)
    whole = [box for box in joined if _extent(box) >= LEAST_PIECE_MM]
    return sorted(sorted(whole, key=_shuffled)[:PIECES])


def _shuffled(box: Box) -> int:
    """A place in an order that follows the row on the page and nothing else: size would let two scans pick apart."""
    row = int((box[1] + box[3]) / 12.0)
    return (row * 2654435761) & 0xFFFFFFFF


def _extent(box: Box) -> float:
    return max(box[2] - box[0], box[3] - box[1])


def _wider(box: Box, margin: float) -> Box:
    return box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin


def _touch(one: Box, other: Box, x: float, y: float) -> bool:
    return one[0] <= other[2] + x and other[0] <= one[2] + x and one[1] <= other[3] + y and other[1] <= one[3] + y


def _described(boxes: list[Box], drawn: Drawn) -> bytes:
    """Sides, and for each of six slices from left to right where the ink lies and how far it spreads."""
    px = drawn.px_per_mm
    sums = np.array([_moments(box, drawn.ink, px) for box in boxes]).reshape(-1, 3, SLICES)
    count, known = sums[:, 0], np.maximum(sums[:, 0], 1)
    middle = sums[:, 1] / known
    spread = np.sqrt(np.maximum(sums[:, 2] / known - middle * middle, 0))
    table = np.zeros(len(boxes), _PIECE)
    table["box"] = np.maximum(np.rint(np.array(boxes).reshape(-1, 4) / UNIT_MM), 0)
    for name, length in (("middle", middle), ("spread", spread)):
        fine = np.minimum(np.rint(length / (px * FINE_MM)), NO_INK - 1)
        table[name] = np.where(count > 1, fine, NO_INK)
    return table.tobytes()


def _moments(box: Box, ink: npt.NDArray[np.uint8] | npt.NDArray[np.uint16], px: float) -> npt.NDArray[np.float32]:
    """Of each slice how much ink, and its first and second moment down from the top of the box; px."""
    left, top, right, bottom = (round(side * px) for side in box)
    window = (ink[top : bottom + 1, left : right + 1] > 0).astype(np.float32)
    if not window.size:
        return np.zeros((3, SLICES), np.float32)
    rows = np.arange(window.shape[0], dtype=np.float32)
    columns = np.array((np.ones_like(rows), rows, rows * rows)) @ window
    cuts = np.minimum(np.arange(SLICES) * window.shape[1] // SLICES, window.shape[1] - 1)
    return np.asarray(np.add.reduceat(columns, cuts, axis=1), np.float32)


def _stamp_field(darkness: GrayImage) -> bytes:
    # Cells of whole pixels: cutting pixels in parts takes five times as long.
    height, width = (side // CELLS * CELLS for side in darkness.shape)
    if not height or not width:
        return b""
    cells = cv2.resize(darkness[:height, :width], (CELLS, CELLS), interpolation=cv2.INTER_AREA).astype(np.float32)
    darkest = float(cells.max())
    if darkest < STAMP_SEEN:
        return b""
    return bytes(np.rint(cells * (255 / darkest)).astype(np.uint8))


@dataclass(frozen=True)
class _Opened:
    """A trace taken apart: `stamp` centred and of length 1, None where there is none; sides and course in mm.

    `centre` is where the stamp's ink lies on the average, in cells from the top left.
    """

    stamp: npt.NDArray[np.float32] | None
    centre: npt.NDArray[np.float32]
    sides: npt.NDArray[np.float32]
    course: npt.NDArray[np.float32]


def _opened(trace: bytes) -> _Opened | None:
    """None for what `trace_of` did not write."""
    if len(trace) < _HEAD:
        return None
    pieces, stamped = trace[0], trace[1]
    begin = _HEAD + (CELLS * CELLS if stamped else 0)
    if stamped > 1 or len(trace) != begin + pieces * _PIECE.itemsize:
        return None
    table = np.frombuffer(trace, _PIECE, pieces, begin)
    course = np.concatenate((table["middle"], table["spread"]), axis=1).astype(np.float32)
    course[course == NO_INK] = np.nan
    cells = np.frombuffer(trace, np.uint8, CELLS * CELLS if stamped else 0, _HEAD).astype(np.float32)
    return _Opened(
        _unit(cells) if stamped else None,
        _CENTRES @ cells / max(float(cells.sum()), 1.0) if stamped else np.zeros(2, np.float32),
        table["box"].astype(np.float32) * np.float32(UNIT_MM),
        course * np.float32(FINE_MM),
    )


def _unit(cells: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    centred = cells - np.float32(cells.mean())
    return np.asarray(centred / max(float(np.linalg.norm(centred)), 1e-6), np.float32)


class Pile:
    """The pages of one side seen so far, each under a name, and the question which of them a new page looks like.

    Five thousand pages against each other take about a second: sides are kept in columns, so that most pages fall out
    at the first look.
    """

    def __init__(self) -> None:
        """Begin with no page."""
        self._names: list[str] = []
        self._stamps = np.zeros((64, CELLS * CELLS), np.float32)
        self._centres = np.zeros((64, 2), np.float32)
        self._pieces = 0
        self._sides = np.zeros((4, 256), np.float32)
        self._course = np.zeros((256, 2 * SLICES), np.float32)
        self._owner = np.zeros(256, np.int64)
        self._held, self._first = np.zeros(64, np.int64), np.zeros(64, np.int64)
        self._bare = np.zeros(64, np.bool_)

    def add(self, name: str, trace: bytes) -> None:
        """One more page; nothing is remembered of one without a trace."""
        seen = _opened(trace)
        if seen is None:
            return
        own = len(self._names)
        self._names.append(name)
        self._held, self._bare = _room(self._held, own + 1), _room(self._bare, own + 1)
        self._held[own] = len(seen.sides)
        self._bare[own] = seen.stamp is None
        self._stamps, self._centres = _room(self._stamps, own + 1), _room(self._centres, own + 1)
        if seen.stamp is not None:
            self._stamps[own], self._centres[own] = seen.stamp, seen.centre
        self._first = _room(self._first, own + 1)
        self._first[own] = self._pieces
        end = self._pieces + len(seen.sides)
        self._sides = np.ascontiguousarray(_room(self._sides.T, end).T)
        self._course, self._owner = _room(self._course, end), _room(self._owner, end)
        self._sides[:, self._pieces : end] = seen.sides.T
        self._course[self._pieces : end] = seen.course
        self._owner[self._pieces : end] = own
        self._pieces = end

    def alike(self, trace: bytes) -> str | None:
        """The name of the page that this one is most surely a second scan of; None when it is surely of none."""
        seen = _opened(trace)
        if seen is None or not self._names:
            return None
        stamps = self._correlations(seen)
        bits = _stamp_bits(stamps, self._bare[: len(self._names)] if seen.stamp is None else None)
        # Most pages fall out by their stamp, and nothing more is asked of them.
        likely = np.flatnonzero(bits >= 0)
        again = self._found_again(seen, likely)
        most = np.maximum(self._held[: len(self._names)], len(seen.sides))
        bits = bits + PIECE_BITS * again - LOST_BITS * (most - again)
        best = int(np.argmax(bits))
        if bits[best] >= needed_bits(len(self._names)) and again[best] * 2 >= most[best]:
            return self._names[best]
        return self._by_stamp_alone(stamps, most)

    def _correlations(self, seen: _Opened) -> npt.NDArray[np.float32]:
        """Of the stamp fields, for each page; -1 where a page has none."""
        found = np.full(len(self._names), -1.0, np.float32)
        if seen.stamp is not None:
            apart = np.abs(self._centres[: len(self._names)] - seen.centre)
            near = np.flatnonzero((apart.max(axis=1) <= CENTRE_CELLS) & ~self._bare[: len(self._names)])
            found[near] = self._stamps[near] @ seen.stamp
        return found

    def _found_again(self, seen: _Opened, likely: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """How many of its pieces each of the likely pages has too; 0 for the others."""
        if len(likely) == len(self._names):
            asked = np.arange(self._pieces)
        else:
            asked = np.concatenate(
                [np.arange(self._first[one], self._first[one] + self._held[one]) for one in likely] or [self._owner[:0]]
            )
        columns, owner = self._sides[:, asked], self._owner[asked]
        hits = [owner[:0]]
        for sides, course in zip(seen.sides, seen.course, strict=True):
            # The row first: it tells most.
            rest = np.flatnonzero(np.abs(columns[1] - sides[1]) <= SIDE_MM)
            for side in (0, 2, 3):
                rest = rest[np.abs(columns[side, rest] - sides[side]) <= SIDE_MM]
            if rest.size:
                apart = np.abs(self._course[asked[rest]] - course)
                # A slice that holds no ink in one of the two tells nothing.
                known = ~np.isnan(apart)
                off = np.sqrt(np.where(known, apart**2, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1))
                rest = rest[(off <= COURSE_MM) & (known.sum(axis=1) >= SLICES)]
            hits.append(np.unique(owner[rest]))
        return np.bincount(np.concatenate(hits), minlength=len(self._names))

    def _by_stamp_alone(self, stamps: npt.NDArray[np.float32], most: npt.NDArray[np.int64]) -> str | None:
        """A page with no mark at all that bears the very stamp of another such page, and of no third."""
        if len(stamps) <= FEWEST_OTHERS:
            return None
        second, best = np.partition(stamps, -2)[-2:]
        place = int(np.argmax(stamps))
        # Stamps that are inked evenly are much alike in the whole pile: then the likest of them proves nothing.
        alone = best >= STAMP_ALONE and second <= STAMP_NEXT and most[place] == 0
        return self._names[place] if alone else None


def needed_bits(pages: int) -> float:
    """How much must agree among so many pages: one false question in a hundred piles, as far as bits are right."""
    return SPARE_BITS + 2 * math.log2(max(pages, 16))


def _stamp_bits(stamps: npt.NDArray[np.float32], bare: npt.NDArray[np.bool_] | None) -> npt.NDArray[np.float64]:
    """Bits for or against by the stamp field; `bare` where the new page has no stamp: which others have none."""
    against = -1000.0
    if bare is not None:
        return np.where(bare, 0.0, against)
    bits = np.full(len(stamps), against)
    for least, worth in reversed(STAMP_BITS):
        bits[stamps >= least] = worth
    return bits


def _room(array: npt.NDArray[Any], rows: int) -> npt.NDArray[Any]:
    """The array, or a copy twice as long where it holds fewer rows."""
    if len(array) >= rows:
        return array
    wider = np.zeros((max(rows, 2 * len(array)), *array.shape[1:]), array.dtype)
    wider[: len(array)] = array
    return wider
