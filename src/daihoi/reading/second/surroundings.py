"""What lies about a name that light passes through: a line under or over it, a ring; and folds across the whole page.

Lines are looked for in the strip of white between a name and its rulings, folds in the side margins, where no voter
draws on both sides at one height.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.second.page import Pose
from daihoi.reading.second.rows import STEP_MM, RowPlace, Strip
from daihoi.reading.second.thresholds import Limits
from daihoi.sheet.terms import PAGE_H_MM, Rect

Floats = npt.NDArray[np.float64]

OFF_RULING_MM, OFF_NAME_MM = 0.55, 0.1
"""White left out at a ruling and at the name's box, for their blur and what the feeder leaves unsaid."""
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


def along(pose: Pose, strip: Strip, box: Rect, row: Rect, place: RowPlace, limits: Limits) -> tuple[float, float]:
    """In which share of a name's width there is ink in the white above it, and in the white below it."""
    first = max(0, round((box.x - strip.left) / strip.wide))
    last = min(strip.pixels.shape[1], max(first + 2, round((box.right - strip.left) / strip.wide)))
    paper = float(pose.paper_at(np.array([(box.x + box.w / 2, row.y + row.h / 2)]))[0])
    level = paper - limits.line_ink * (paper - pose.black)
    zones = (
        (row.y + place.upper + OFF_RULING_MM, box.y + place.upper - OFF_NAME_MM),
        (box.bottom + place.lower + OFF_NAME_MM, row.bottom + place.lower - OFF_RULING_MM),
    )
    shares = []
    for upper, lower in zones:
        a, b = (round((y - strip.top) / STEP_MM) for y in (upper, lower))
        zone = strip.pixels[max(0, a) : max(0, b), first:last]
        shares.append(float((zone.min(axis=0) < level).mean()) if zone.size else 0.0)
    return shares[0], shares[1]


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
    to_mm = np.array([[wide, 0, left + wide / 2], [0, FOLD_STEP_MM, FOLD_STEP_MM / 2], [0, 0, 1]])
    margin = cv2.warpPerspective(
        pose.image,
        pose.to_px @ to_mm,
        (MARGIN_COLUMNS, steps),
        flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
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
