"""What lies about a name that light passes through: a line under or over it, a ring; and folds across the whole page.

Lines are looked for in the strip of white between a name and its rulings, folds in the side margins, where no voter
draws on both sides at one height.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.second.names import Names
from daihoi.reading.second.page import Pose
from daihoi.reading.second.rows import OFF_RULING_MM, STEP_MM, Floats, Placed, Rows, Strip
from daihoi.reading.second.thresholds import Limits
from daihoi.sheet.terms import PAGE_H_MM, Rect

OFF_NAME_MM = 0.1
"""White left out at the name's box, for its blur."""
MARGINS_MM = ((3.0, 12.0), (198.0, 207.0))
"""Left and right edges of the two side margins that hold no print."""
MARGIN_COLUMNS = 12
FOLD_STEP_MM = 0.25
FOLD_RIDGE = 7
"""A fold is dark against what lies so many steps above and below: 1.75 mm, wider than a crease."""
FOLD_LEAN_MM = 4.0
"""How much higher one end of a fold may lie than the other."""


@dataclass(frozen=True)
class Fold:
    """A crease from margin to margin: its height (mm of the page) at the middles of both margins, and its darkness."""

    left: float
    right: float
    dark: float

    def at(self, x: float) -> float:
        """Its height at `x`, mm."""
        first, last = (sum(margin) / 2 for margin in MARGINS_MM)
        return self.left + (self.right - self.left) * (x - first) / (last - first)


def along(pose: Pose, names: Names, rows: Rows, placed: Placed, paper: Floats, limits: Limits) -> Floats:
    """In which share of each name's width there is ink in the white above it, and in the white below it, `(N, 2)`."""
    shares = np.zeros((len(names.plans), 2))
    done = 0
    for block, strip in zip(rows.blocks, placed.strips, strict=True):
        last = done + len(block.rows)
        mine = np.flatnonzero((names.rows >= done) & (names.rows < last))
        done = last
        if mine.size:
            level = paper[mine] - limits.line_ink * (paper[mine] - pose.black)
            boxes = [(names.plans[k].box, names.plans[k].row) for k in mine]
            at = names.rows[mine]
            shares[mine] = _inked(strip, boxes, placed.upper[at], placed.lower[at], level)
    return shares


def _inked(strip: Strip, boxes: list[tuple[Rect, Rect]], upper: Floats, lower: Floats, level: Floats) -> Floats:
    """The shares of the names of one block, top to bottom."""
    edges = np.array(
        [
            (row.y + OFF_RULING_MM, box.y - OFF_NAME_MM, box.bottom + OFF_NAME_MM, row.bottom - OFF_RULING_MM)
            for box, row in boxes
        ]
    ) + np.column_stack([upper, upper, lower, lower])
    zones = np.clip(np.rint((edges - strip.top) / STEP_MM).astype(np.intp), 0, strip.pixels.shape[0] - 1)
    darkest = np.minimum.reduceat(strip.pixels, zones.ravel(), axis=0)[::2].reshape(len(boxes), 2, -1)
    middles = strip.left + (np.arange(strip.pixels.shape[1]) + 0.5) * strip.wide
    sides = np.array([(box.x, box.right) for box, _ in boxes])
    within = (middles >= sides[:, :1]) & (middles <= sides[:, 1:])
    inked = (darkest < level[:, None, None]) & within[:, None, :]
    share = inked.sum(axis=2) / np.maximum(within.sum(axis=1), 1)[:, None]
    # A row so narrow that nothing is left between name and ruling says nothing.
    share[zones[:, 1::2] <= zones[:, ::2]] = 0.0
    return np.asarray(share, np.float64)


def folds(pose: Pose, limits: Limits) -> tuple[Fold, ...]:
    """The creases that run across the page."""
    seen = [_ridges(pose, *margin, limits) for margin in MARGINS_MM]
    return tuple(
        Fold(left, right, max(one, other))
        for left, one in seen[0]
        for right, other in seen[1]
        if abs(left - right) <= FOLD_LEAN_MM
    )


def _ridges(pose: Pose, left: float, right: float, limits: Limits) -> list[tuple[float, float]]:
    """Height (mm) and darkness of what runs level through a margin."""
    wide = (right - left) / MARGIN_COLUMNS
    steps = round(PAGE_H_MM / FOLD_STEP_MM)
    margin = pose.warp(left, 0.0, wide, FOLD_STEP_MM, (MARGIN_COLUMNS, steps))
    level = cv2.reduce(margin, 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F)[:, 0]
    around = np.minimum(level[: -2 * FOLD_RIDGE], level[2 * FOLD_RIDGE :])
    deep = (around - level[FOLD_RIDGE:-FOLD_RIDGE]) / max(1.0, float(np.median(level)) - pose.black)
    found = []
    for start, end in _runs(deep > limits.fold_dark):
        middle = (start + end - 1) / 2 + FOLD_RIDGE + 0.5
        found.append((middle * FOLD_STEP_MM, float(deep[start:end].max())))
    return found


def _runs(true: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and one past last index of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], true, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
