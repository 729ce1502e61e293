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
import numpy.typing as npt

from daihoi.reading.second.page import Pose
from daihoi.reading.second.rows import RowPlace
from daihoi.reading.second.thresholds import Limits
from daihoi.sheet.terms import Rect, Target

Floats = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]

STEP_MM = 0.15
AROUND_MM = 1.8
"""Paper about a square that is looked at too."""
SHIFT_MM = 1.2
"""How far a square is looked for from where its row says."""
HALF_LINE_MM = 0.15
"""From the outer edge of a square to the middle of its outline."""
AROUND_REACH_MM = 1.5
"""How far outside of the outline ink is looked for: the rulings are 2 mm off in the closest rows."""
CLEAR_MM = 0.75
"""From the middle of the outline to paper that no blurred outline reaches."""


@dataclass(frozen=True)
class SquareSigns:
    """One square. `extent` is the hypotenuse of the ink's two shadows, mm; `ink` its area, mm2; `tone` its darkness.

    `outline` is the darkness of the weaker of the found lines, `around` the extent of ink just outside of the square,
    `grey` the mean darkness of the clear part.
    """

    outline: float
    extent: float
    ink: float
    tone: float
    grey: float
    around: float


def signs_of(pose: Pose, targets: Sequence[Target], placed: dict[Rect, RowPlace], limits: Limits) -> list[SquareSigns]:
    """What is seen at each square, in the order given; all squares of a page are of one size."""
    side = targets[0].box.w
    steps = round((side + 2 * AROUND_MM) / STEP_MM)
    dark = _sampled(pose, targets, placed, steps)
    apart = round((side - 2 * HALF_LINE_MM) / STEP_MM)
    x, x_line = _pair(dark.mean(axis=1), apart)
    y, y_line = _pair(dark.mean(axis=2), apart)
    inset = round(CLEAR_MM / STEP_MM)
    inner = apart - 2 * inset + 1
    span = np.arange(inner) + inset
    clear = dark[np.arange(len(dark))[:, None, None], (y[:, None] + span)[:, :, None], (x[:, None] + span)[:, None, :]]
    ink = clear > limits.ink
    columns, rows = ink.any(axis=1).sum(axis=1), ink.any(axis=2).sum(axis=1)
    area = ink.sum(axis=(1, 2))
    tone = np.where(area > 0, (clear * ink).sum(axis=(1, 2)) / np.maximum(area, 1), 0.0)
    grey = clear.mean(axis=(1, 2))
    around = _around(dark, x, y, apart, limits)
    extent = np.hypot(columns, rows) * STEP_MM
    return [
        SquareSigns(*(float(value) for value in values))
        for values in zip(np.minimum(x_line, y_line), extent, area * STEP_MM**2, tone, grey, around, strict=True)
    ]


def _sampled(pose: Pose, targets: Sequence[Target], placed: dict[Rect, RowPlace], steps: int) -> Floats:
    """Darkness of the squares and the paper about them, `(N, S, S)`."""
    corners = []
    for target in targets:
        place = placed[target.row]
        shift = (place.upper + place.lower) / 2
        left, top = target.box.x - AROUND_MM, target.box.y - AROUND_MM + shift
        wide = steps * STEP_MM
        corners.append([(left, top), (left + wide, top), (left, top + wide)])
    px = pose.at(np.array(corners))
    right, down = (px[:, 1] - px[:, 0]) / steps, (px[:, 2] - px[:, 0]) / steps
    start = px[:, 0] + (right + down) / 2 - 0.5
    matrices = np.stack([right, down, start], axis=2)
    patches = np.empty((len(targets), steps, steps), np.uint8)
    for k in range(len(targets)):
        cv2.warpAffine(
            pose.image,
            matrices[k],
            (steps, steps),
            dst=patches[k],
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
    paper = pose.paper_at(np.array([(t.box.x + t.box.w / 2, t.box.y + t.box.h / 2) for t in targets]))
    contrast = np.maximum(paper - pose.black, 1.0)
    return np.clip((paper[:, None, None] - patches) / contrast[:, None, None], 0.0, 1.0)


def _pair(profile: Floats, apart: int) -> tuple[npt.NDArray[np.intp], Floats]:
    """Where the first of the two lines of each outline stands (samples), and the darkness of the paler of the two."""
    home, reach = round((AROUND_MM + HALF_LINE_MM) / STEP_MM - 0.5), round(SHIFT_MM / STEP_MM)
    places = np.arange(home - reach, home + reach + 1)
    both = np.minimum(profile[:, places], profile[:, places + apart])
    # Of equals the nearest to home: a blackened square offers several.
    best = (both - 0.01 * np.abs(places - home)).argmax(axis=1)
    return places[best], both[np.arange(len(both)), best]


def _around(dark: Floats, x: npt.NDArray[np.intp], y: npt.NDArray[np.intp], apart: int, limits: Limits) -> Floats:
    """Extent of the ink in the paper just outside of the outline, mm."""
    step = np.arange(dark.shape[1])
    margin = round(CLEAR_MM / STEP_MM)
    reach = round(AROUND_REACH_MM / STEP_MM)
    first, last = step[None] - x[:, None], step[None] - y[:, None]
    near_x, near_y = ((place >= -reach) & (place <= apart + reach) for place in (first, last))
    in_x, in_y = ((place >= -margin) & (place <= apart + margin) for place in (first, last))
    ring = near_x[:, None, :] & near_y[:, :, None] & ~(in_x[:, None, :] & in_y[:, :, None])
    outside = (dark > limits.ink) & ring
    extent: Floats = np.hypot(outside.any(axis=1).sum(axis=1), outside.any(axis=2).sum(axis=1)) * STEP_MM
    return extent
