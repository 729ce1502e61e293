"""Each printed square by its own outline, and what ink it holds by its shadows.

The outline is the pair of dark lines that stand as far apart as they were printed, found in the sums of columns and of
rows. The ink within is measured by its shadow on both axes: in how many columns and in how many rows there is any. A
speck throws two short shadows; a cross, a tick, a slash and a filled square throw long ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from daihoi.reading.second.page import Pose
from daihoi.reading.second.rows import Bools, Floats, Placed, Rows, Whole
from daihoi.reading.second.thresholds import Limits
from daihoi.reading.terms import GrayImage
from daihoi.sheet.terms import Target

STEP_MM = 0.2
AROUND_MM = 1.8
"""Paper about a square that is looked at too."""
SHIFT_MM = 1.2
"""How far a square is looked for from where its row says."""
HALF_LINE_MM = 0.15
"""From the outer edge of a square to the middle of its outline."""
CLEAR_MM = 0.75
"""From the middle of the outline to paper that no blurred outline reaches."""
AROUND_REACH_MM = 1.5
"""How far outside of the outline ink is looked for: the rulings are 2 mm off in the closest rows."""
NEARER = 0.01
"""Of two places for an outline the nearer is taken unless the other is darker by this much for each sample."""


@dataclass(frozen=True)
class Squares:
    """All squares of a page, of one size, with the numbers of their rows and their corners (`(N, 3, 2)` mm)."""

    targets: tuple[Target, ...]
    rows: Whole
    corners: Floats
    middles: Floats
    steps: int
    apart: int
    """Samples from one line of the outline to the other."""


@dataclass(frozen=True)
class SquareSigns:
    """One square. `extent` is the hypotenuse of the ink's two shadows, mm; `ink` its area, mm2; `tone` its darkness.

    `narrow` is the shorter of the two shadows and `wide` the longer one. `outline` is the darkness of the weaker of the
    found lines, `around` the extent of ink just outside of the square, `grey` the mean darkness of the clear part.
    """

    outline: float
    extent: float
    ink: float
    tone: float
    grey: float
    around: float
    narrow: float = 0.0
    wide: float = 0.0


def plan_squares(targets: Sequence[Target], rows: Rows) -> Squares:
    """All squares of a page; they are of one size."""
    side = targets[0].box.w if targets else 6.0
    steps = round((side + 2 * AROUND_MM) / STEP_MM)
    wide = steps * STEP_MM
    corners = []
    for target in targets:
        left, top = target.box.x - AROUND_MM, target.box.y - AROUND_MM
        corners.append([(left, top), (left + wide, top), (left, top + wide)])
    return Squares(
        tuple(targets),
        np.array([rows.number[target.row] for target in targets], np.intp),
        np.array(corners).reshape(-1, 3, 2),
        np.array([(t.box.x + t.box.w / 2, t.box.y + t.box.h / 2) for t in targets]).reshape(-1, 2),
        steps,
        round((side - 2 * HALF_LINE_MM) / STEP_MM),
    )


def signs_of(pose: Pose, squares: Squares, placed: Placed, paper: Floats, limits: Limits) -> list[SquareSigns]:
    """What is seen at each square, in the order of the plan; `paper` is the level of bare paper at each."""
    patches = _sampled(pose, squares, placed)
    contrast = np.maximum(paper - pose.black, 1.0)
    count, steps, apart = len(patches), squares.steps, squares.apart
    down = cv2.reduce(patches.reshape(count * steps, steps), 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F).reshape(count, steps)
    across = np.add.reduce(patches, axis=1, dtype=np.uint16) / steps
    x, x_line = _pair((paper[:, None] - across) / contrast[:, None], apart)
    y, y_line = _pair((paper[:, None] - down) / contrast[:, None], apart)
    inset = round(CLEAR_MM / STEP_MM)
    clear = _cut(patches, x + inset, y + inset, apart - 2 * inset + 1)
    level = np.clip(np.rint(paper - limits.ink * contrast), 0, 255).astype(np.uint8)[:, None, None]
    ink = clear < level
    columns, rows = _shadows(ink)
    area = ink.sum(axis=(1, 2))
    inked = np.where(ink, clear, 0).sum(axis=(1, 2), dtype=np.int64) / np.maximum(area, 1)
    return [
        SquareSigns(*values)
        for values in zip(
            np.minimum(x_line, y_line).tolist(),
            np.hypot(columns, rows).tolist(),
            (area * STEP_MM**2).tolist(),
            np.where(area > 0, (paper - inked) / contrast, 0.0).tolist(),
            ((paper - clear.mean(axis=(1, 2))) / contrast).tolist(),
            _around(patches, x, y, apart, level).tolist(),
            np.minimum(columns, rows).tolist(),
            np.maximum(columns, rows).tolist(),
            strict=True,
        )
    ]


def _sampled(pose: Pose, squares: Squares, placed: Placed) -> GrayImage:
    """The squares and the paper about them, `(N, S, S) uint8`."""
    moved = squares.corners.copy()
    moved[:, :, 1] += ((placed.upper + placed.lower) / 2)[squares.rows, None]
    patches = np.empty((len(moved), squares.steps, squares.steps), np.uint8)
    pose.sample(moved, np.full((len(moved), 2), squares.steps), patches)
    return patches


def _pair(profile: Floats, apart: int) -> tuple[Whole, Floats]:
    """Where the first of the two lines of each outline stands (samples), and the darkness of the paler of the two."""
    home, reach = round((AROUND_MM + HALF_LINE_MM) / STEP_MM - 0.5), round(SHIFT_MM / STEP_MM)
    places = np.arange(home - reach, home + reach + 1)
    both = np.minimum(profile[:, places], profile[:, places + apart])
    # Of equals the nearest to home: a blackened square offers several.
    best = (both - NEARER * np.abs(places - home)).argmax(axis=1)
    return places[best], both[np.arange(len(both)), best]


def _cut(patches: GrayImage, x: Whole, y: Whole, size: int) -> GrayImage:
    """A part of each patch from (x, y) on; what leaves the patch repeats its edge."""
    out = np.empty((len(patches), size, size), np.uint8)
    last = patches.shape[1] - size
    for part, patch, left, top in zip(out, patches, x.tolist(), y.tolist(), strict=True):
        a, b = min(max(0, top), last), min(max(0, left), last)
        part[:] = patch[a : a + size, b : b + size]
    return out


def _shadows(ink: Bools) -> tuple[Floats, Floats]:
    """In how many columns and in how many rows there is ink, mm."""
    return ink.any(axis=1).sum(axis=1) * STEP_MM, ink.any(axis=2).sum(axis=1) * STEP_MM


def _around(patches: GrayImage, x: Whole, y: Whole, apart: int, level: GrayImage) -> Floats:
    """Extent of the ink in the paper just outside of the outline, mm."""
    reach, margin = round(AROUND_REACH_MM / STEP_MM), round(CLEAR_MM / STEP_MM)
    window = _cut(patches, x - reach, y - reach, min(apart + 2 * reach + 1, patches.shape[1]))
    ring = np.ones(window.shape[1:], np.bool_)
    inner = slice(reach - margin, reach + apart + margin + 1)
    ring[inner, inner] = False
    return np.asarray(np.hypot(*_shadows((window < level) & ring)), np.float64)
