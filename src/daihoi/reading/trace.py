"""What a hand left on a page, in some 400 bytes, so that the same sheet scanned again is known from one that agrees.

Two ballots that agree bear the same marks at the same places, but no hand draws a line twice to a third of a
millimetre, and no hand sets the stamp twice alike. A trace holds where the pieces of ink lie, how the ink runs in
them, and a coarse picture of the stamp field; not one pixel of it tells more of a voter than the image does. Two
traces are compared piece by piece (`pile.py`). What agrees is weighed in bits, one bit for each halving of the chance
that another sheet would agree as well, and the more pages there are, the more bits are asked. A page that bears nothing
by hand is never said to be another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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

HEAD = 2
PIECE = np.dtype([("box", "<u2", 4), ("middle", "u1", SLICES), ("spread", "u1", SLICES)])


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
    table = np.zeros(len(boxes), PIECE)
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
