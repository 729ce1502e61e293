"""Where each row of the list lies: by the rulings above and below it, found as dark ridges that run the whole width.

The corner squares give the page; what a feeder stretches between them is along the feed, and the rulings show it. Only
the places of the rulings are known, nothing of the letters between them.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.second.page import Pose
from daihoi.reading.second.thresholds import Limits
from daihoi.reading.terms import GrayImage
from daihoi.sheet.terms import PagePlan, Rect

Floats = npt.NDArray[np.float64]

STEP_MM = 0.125
COLUMN_MM = 1.5
"""Places along a ruling at which it is looked for are so far apart."""
REACH_MM = 1.75
"""How far a ruling is looked for: beyond what any feeder stretched in tests (0.9 mm), short of the letters."""
RIDGE = 4
"""A ridge is dark against what is this many steps above and below: 0.5 mm, wider than any ruling."""


@dataclass(frozen=True)
class RowPlace:
    """How far a row lies from where the corner squares say, mm downwards at its upper and at its lower ruling.

    `seen` is whether that is known: by a ruling of its own, or by rulings above and below it. (Black and white
    scans may lose every hairline and keep only the rules about the block.)
    """

    upper: float
    lower: float
    seen: bool


@dataclass(frozen=True)
class Strip:
    """A block of rows as the corner squares lay it, `(H, W) uint8`: one sample each STEP_MM down and `wide` mm across.

    `left` and `top` are the mm of its edges.
    """

    pixels: GrayImage
    left: float
    top: float
    wide: float


@dataclass(frozen=True)
class Placed:
    """All rows of a page by their cells, and the strip of the block in which each stands."""

    rows: dict[Rect, RowPlace]
    strips: dict[Rect, Strip]


def place_rows(pose: Pose, plan: PagePlan, limits: Limits) -> Placed:
    """Every row of the page by its cell."""
    blocks: dict[tuple[int, int], list[Rect]] = {}
    for row in dict.fromkeys(target.row for target in plan.targets):
        blocks.setdefault((round(row.x), round(row.w)), []).append(row)
    placed = Placed({}, {})
    for rows in blocks.values():
        first, last = min(row.y for row in rows), max(row.bottom for row in rows)
        strip = _strip(pose, rows[0], first, last)
        placed.rows.update(_block(strip, rows, limits))
        placed.strips.update(dict.fromkeys(rows, strip))
    return placed


def _block(strip: Strip, rows: list[Rect], limits: Limits) -> dict[Rect, RowPlace]:
    heights = sorted({round(y, 3) for row in rows for y in (row.y, row.bottom)})
    lines = np.array(heights)
    ridges, top = _ridges(strip.pixels, limits), strip.top
    reach = round(REACH_MM / STEP_MM)
    at = np.rint((lines - top) / STEP_MM - 0.5).astype(int)
    windows = ridges[at[:, None] + np.arange(-reach, reach + 1)]
    peak = windows.argmax(axis=1)
    strength = windows[np.arange(len(at)), peak]
    near = np.clip(peak[:, None] + np.arange(-2, 3), 0, 2 * reach)
    weight = np.take_along_axis(windows, near, axis=1)
    fine = (weight * near).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-6)
    off = (at + fine - reach + 0.5) * STEP_MM + top - lines
    known = _trusted(off, strength >= limits.ruling_share, limits)
    if known.sum() < 2:
        return {row: RowPlace(0.0, 0.0, seen=False) for row in rows}
    filled = np.interp(lines, lines[known], off[known])
    index = {height: k for k, height in enumerate(heights)}
    placed = {}
    for row in rows:
        a, b = index[round(row.y, 3)], index[round(row.bottom, 3)]
        between = known[: a + 1].any() and known[b:].any()
        placed[row] = RowPlace(float(filled[a]), float(filled[b]), seen=bool(known[a] or known[b] or between))
    return placed


def _strip(pose: Pose, row: Rect, first: float, last: float) -> Strip:
    """A block of rows between two heights, with room for the window of its first and of its last ruling."""
    top, bottom = first - REACH_MM - 1.0, last + REACH_MM + 1.0
    columns, steps = round((row.w - 1.0) / COLUMN_MM), round((bottom - top) / STEP_MM)
    wide = (row.w - 1.0) / columns
    to_mm = np.array([[wide, 0, row.x + 0.5 + wide / 2], [0, STEP_MM, top + STEP_MM / 2], [0, 0, 1]])
    pixels = cv2.warpPerspective(
        pose.image,
        pose.to_px @ to_mm,
        (columns, steps),
        flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return Strip(np.asarray(pixels, np.uint8), row.x + 0.5, top, wide)


def _ridges(strip: GrayImage, limits: Limits) -> Floats:
    """In which share of the columns each height is darker than what is above and below."""
    above, middle, below = strip[: -2 * RIDGE], strip[RIDGE:-RIDGE], strip[2 * RIDGE :]
    ridge = cv2.threshold(cv2.subtract(cv2.min(above, below), middle), limits.ruling_levels, 1, cv2.THRESH_BINARY)[1]
    share = np.zeros(strip.shape[0])
    share[RIDGE:-RIDGE] = cv2.reduce(ridge, 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F)[:, 0]
    return share


def _trusted(off: Floats, found: npt.NDArray[np.bool_], limits: Limits) -> npt.NDArray[np.bool_]:
    """Rulings that were found where their neighbours say: a fold or a pen lies elsewhere."""
    if found.sum() < 2:
        return found
    places = np.flatnonzero(found)
    values = off[places]
    padded = np.pad(values, 3, mode="edge")
    around = np.median(np.lib.stride_tricks.sliding_window_view(padded, 7), axis=1)
    good = found.copy()
    good[places[np.abs(values - around) > limits.ruling_off]] = False
    return good
