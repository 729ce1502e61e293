"""A leaf of paper in colour, and pens that write on it as pens do: for the golden sheets, apart from the simulator.

Lengths are mm from the top left of the page. Ink lets a share of red, green and blue light through; it darkens what is
there and never lightens it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from tests.reading.hand import Ballot, printed

from daihoi.sheet.terms import Rect, Target, TargetKind

DPI = 300
PX = DPI / 25.4
Points = Sequence[tuple[float, float]]
Floats = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]
NAME, AGREE, DISAGREE = TargetKind.NAME, TargetKind.AGREE, TargetKind.DISAGREE


@dataclass(frozen=True)
class Pen:
    """`width` mm; `through` is the red, green and blue light that whole ink lets pass.

    `grain` is how much of the paper's tooth stays bare (0 even, 1 half bare), `gaps` the share of a line's length that
    a dry pen leaves out, `soft` mm by which the edge runs into the paper.
    """

    width: float
    through: tuple[float, float, float]
    grain: float = 0.0
    gaps: float = 0.0
    soft: float = 0.0


BLUE = Pen(0.40, (0.18, 0.24, 0.58), 0.25)
BLACK = Pen(0.40, (0.16, 0.16, 0.17), 0.25)
RED = Pen(0.40, (0.82, 0.20, 0.24), 0.25)
GEL = Pen(0.55, (0.07, 0.07, 0.10), 0.0, soft=0.03)
FELT = Pen(1.2, (0.10, 0.10, 0.12), 0.0, soft=0.10)
PENCIL = Pen(0.55, (0.38, 0.38, 0.39), 0.55)
HARD_PENCIL = Pen(0.40, (0.55, 0.55, 0.56), 0.55)
DRY = Pen(0.36, (0.24, 0.30, 0.60), 0.45, gaps=0.14)
FINE = Pen(0.25, (0.12, 0.12, 0.12))
MARKER = Pen(2.2, (0.98, 0.93, 0.30), soft=0.1)
"""A yellow text marker: what it covers is lit up, not struck out."""


def tremble(points: Points, rng: np.random.Generator, amount: float = 0.07) -> Floats:
    """The same way as a hand draws it: a point every half millimetre, off by a slow swing of about `amount` mm."""
    way = np.asarray(points, np.float64)
    steps = np.hypot(*np.diff(way, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    count = max(2, int(along[-1] / 0.5) + 1)
    at = np.linspace(0, along[-1], count)
    dense = np.column_stack([np.interp(at, along, way[:, 0]), np.interp(at, along, way[:, 1])])
    swing = rng.normal(0, amount, (max(4, count // 8), 2))
    knots = np.linspace(0, along[-1], len(swing))
    return dense + np.column_stack([np.interp(at, knots, swing[:, k]) for k in (0, 1)])


class Leaf:
    """One side of a ballot in a voter's hand; every method leaves something on it and gives the leaf back."""

    def __init__(self, ballot: Ballot, number: int = 1) -> None:
        self.ballot, self.number = ballot, number
        grey = printed(ballot.prepared.pdf, DPI)[number - 1]
        self.paper: Pixels = np.repeat(grey[:, :, None], 3, axis=2)
        self.rng = np.random.default_rng(1000 + number)
        self.pen = BLUE

    def using(self, pen: Pen) -> Leaf:
        """Take up another pen."""
        self.pen = pen
        return self

    # --- where things stand -----------------------------------------------------------------------------------------

    def targets(self, kind: TargetKind = NAME) -> list[Target]:
        """All targets of one kind on this side, in order."""
        return [one for one in self.ballot.prepared.plan.pages[self.number - 1].targets if one.kind is kind]

    def box(self, row: int, kind: TargetKind = NAME) -> Rect:
        """A printed name or square, by its place on this side from 0."""
        return self.targets(kind)[row].box

    def word(self, row: int, place: int) -> tuple[float, float]:
        """Left and right edge of one word of a name."""
        return self.targets()[row].words[place]

    # --- ink --------------------------------------------------------------------------------------------------------

    def line(self, *ways: Points, pressure: float = 1.0, steady: bool = False, width: float = 0.0) -> Leaf:
        """Draw lines; where they cross, ink lies once. `pressure` below 1 leaves less of it."""
        drawn = [np.asarray(way, float) if steady else tremble(way, self.rng) for way in ways]
        every = np.concatenate(drawn)
        across = (width or self.pen.width) * PX
        low = np.maximum(np.floor(every.min(axis=0) * PX - across - 4), 0).astype(int)
        high = np.ceil(every.max(axis=0) * PX + across + 4).astype(int)
        area = self.paper[low[1] : high[1], low[0] : high[0]]
        mask = np.zeros(area.shape[:2], np.uint8)
        for way in drawn:
            for piece in self._pieces(way):
                fixed = np.rint((piece * PX - low - 0.5) * 16).astype(np.int32).reshape(-1, 1, 2)
                cv2.polylines(mask, [fixed], False, (255,), max(1, round(across)), cv2.LINE_AA, shift=4)
        self.soak(area, mask.astype(np.float32) / 255 * pressure)
        return self

    def _pieces(self, way: Floats) -> list[Floats]:
        """The line whole, or in the pieces that a dry pen writes."""
        if not self.pen.gaps:
            return [way]
        pieces, start = [], 0
        while start < len(way) - 1:
            run = int(self.rng.integers(8, 24))
            pieces.append(way[start : start + run])
            start += run + max(1, round(run * self.pen.gaps / (1 - self.pen.gaps)))
        return [piece for piece in pieces if len(piece) > 1]

    def soak(self, area: Pixels, amount: npt.NDArray[np.float32]) -> None:
        """Lay the pen's ink onto a part of the paper, `amount` 0 to 1 for each pixel."""
        if self.pen.grain:
            tooth = cv2.GaussianBlur(self.rng.normal(size=amount.shape).astype(np.float32), (0, 0), 1.1)
            tooth /= float(tooth.std()) + 1e-6
            amount = amount * np.clip(1.15 - self.pen.grain * (0.7 + 0.6 * tooth), 0, 1)
        if self.pen.soft:
            amount = np.asarray(cv2.GaussianBlur(amount, (0, 0), self.pen.soft * PX), np.float32)
        light = 1 - amount[:, :, None] * (1 - np.array(self.pen.through, np.float32))
        area[:] = np.rint(area * light).astype(np.uint8)

    def dot(self, x: float, y: float, across: float) -> Leaf:
        """A round dot."""
        return self.line([(x, y), (x + 0.01, y)], steady=True, width=across)

    def write(self, text: str, x: float, y: float, height: float = 3.2) -> Leaf:
        """Joined handwriting with its foot at y; tone marks are left to the caller."""
        scale = height * PX / 21
        size, _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SCRIPT_COMPLEX, scale, 1)
        x0, y0 = int(x * PX), int((y - 1.8 * height) * PX)
        area = self.paper[y0 : y0 + int(3 * height * PX), x0 : x0 + size[0] + 20]
        mask = np.zeros(area.shape[:2], np.uint8)
        foot = (6, int(1.8 * height * PX))
        thick = max(1, round(self.pen.width * PX * 0.7))
        cv2.putText(mask, text, foot, cv2.FONT_HERSHEY_SCRIPT_COMPLEX, scale, (255,), thick, cv2.LINE_AA)
        self.soak(area, mask.astype(np.float32) / 255)
        return self

    def take_back(self, x: float, y: float) -> Leaf:
        """The words "giữ lại" (keep), as a voter writes them beside a strike that was a mistake."""
        self.write("giu lai", x, y, 3.0)
        tilde = [(x + 3.0 + 0.15 * k, y - 3.4 - 0.35 * float(np.sin(k / 2))) for k in range(12)]
        self.line(tilde, steady=True)
        self.line([(x + 5.1, y - 2.2), (x + 5.7, y - 2.9)], steady=True)
        return self.dot(x + 11.2, y + 1.0, 0.6)

    # --- on names ---------------------------------------------------------------------------------------------------

    def strike(
        self, *rows: int, at: float = 0.6, rise: float = 0.0, start: float = -1.5, end: float = 1.5, pressure: float = 1
    ) -> Leaf:
        """A line along each name: height as a share of the name's box, rise and ends in mm beyond the name."""
        for row in rows:
            box = self.box(row)
            y = box.y + at * box.h
            way = [(box.x + start, y + rise / 2), (box.right + end, y - rise / 2)]
            self.line(way, pressure=pressure)
        return self

    def across(self, x0: float, x1: float, row: int, at: float = 0.6) -> Leaf:
        """A level line at the height of a name between two places."""
        y = self.box(row).y + at * self.box(row).h
        return self.line([(x0, y), (x1, y + 0.1)])

    def wave(self, row: int, swing: float, length: float, sharp: bool = False, pressure: float = 1.0) -> Leaf:
        """A wavy line along a name, or a zigzag where it is sharp; `length` mm from crest to crest."""
        box = self.box(row)
        xs = np.arange(box.x - 1, box.right + 1.5, 0.25)
        phase = (xs - xs[0]) / length
        shape = 4 * np.abs(phase % 1 - 0.5) - 1 if sharp else np.sin(2 * np.pi * phase)
        return self.line(list(zip(xs, box.y + 0.6 * box.h + swing * shape, strict=True)), pressure=pressure)

    def ring(self, rect: Rect, by: float = 1.0) -> Leaf:
        """A loop around a rectangle, its ends overlapping."""
        angles = np.linspace(0.3, 0.3 + 2.1 * np.pi, 70)
        swell = np.linspace(0, 0.5, 70) + by
        xs = rect.x + rect.w / 2 + (rect.w / 2 + swell) * np.cos(angles) * 1.08
        ys = rect.y + rect.h / 2 + (rect.h / 2 + swell) * np.sin(angles) * 1.15
        return self.line(list(zip(xs, ys, strict=True)))

    # --- in squares -------------------------------------------------------------------------------------------------

    def middle(self, row: int, kind: TargetKind) -> tuple[float, float]:
        """The middle of a square."""
        box = self.box(row, kind)
        return box.x + box.w / 2, box.y + box.h / 2

    def cross(
        self, row: int, kind: TargetKind, size: float = 4.4, dx: float = 0.0, dy: float = 0.0, pressure: float = 1.0
    ) -> Leaf:
        """An X of `size` mm, its middle off the square's by dx, dy."""
        x, y = self.middle(row, kind)
        x, y, r = x + dx, y + dy, size / 2
        return self.line(
            [(x - r, y - r * 0.9), (x + r, y + r)], [(x + r * 0.95, y - r), (x - r, y + r * 0.9)], pressure=pressure
        )

    def tick(self, row: int, kind: TargetKind, size: float = 4.0) -> Leaf:
        """A tick whose foot stands a little below the middle of the square."""
        x, y = self.middle(row, kind)
        foot = (x - 0.15 * size, y + 0.35 * size)
        return self.line([(foot[0] - 0.3 * size, foot[1] - 0.4 * size), foot, (foot[0] + 0.65 * size, foot[1] - size)])

    def slash(self, row: int, kind: TargetKind, size: float = 4.4) -> Leaf:
        """One line from the lower left to the upper right."""
        x, y = self.middle(row, kind)
        return self.line([(x - size / 2, y + size / 2), (x + size / 2, y - size / 2)])

    def fill(self, row: int, kind: TargetKind, pitch: float = 0.35, pressure: float = 1.0) -> Leaf:
        """The square hatched with lines `pitch` mm apart: full where that is less than the pen is wide."""
        box = self.box(row, kind)
        ys = np.arange(box.y + 0.4, box.bottom - 0.3, pitch)
        way = [(box.x + 0.5 if k % 2 else box.right - 0.5, float(y)) for k, y in enumerate(ys)]
        return self.line(way, pressure=pressure)
