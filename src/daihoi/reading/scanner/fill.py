"""Traces of a page that was straightened: the rim that the program filled in lies slantwise to what is printed."""

from __future__ import annotations

import cv2
import numpy as np

from daihoi.reading.scanner.measure import Lengths
from daihoi.reading.scanner.place import SeenSide
from daihoi.reading.terms import GrayImage

FLAT_GREYS = 3
"""A program fills with one grey and JPEG ripples it a little; no sensor gives one."""
MOST_OFF_PX = 3.0
LEAST_SHARE = 0.35
"""Share of a border along which the filled wedge must run."""
LEAST_DEGREES = 0.4


def straightened_by(seen: SeenSide, lengths: Lengths) -> float:
    """By how many degrees a program turned the page; 0 where there is no trace of it."""
    turned = [_wedge(side) for side in _sides(seen.upright)]
    degrees = [float(np.degrees(np.arctan(slope))) for slope in turned if slope is not None]
    # Two wedges that slant alike: one may be a fold, a finger or the edge of a torn sheet.
    for place, one in enumerate(degrees):
        for other in degrees[place + 1 :]:
            if abs(one - other) < 0.5 and min(abs(one), abs(other)) > LEAST_DEGREES and abs(one - lengths.skew) > 0.3:
                return abs(one + other) / 2
    return 0.0


def _sides(image: GrayImage) -> tuple[GrayImage, ...]:
    """The image four times, each border in turn at the top."""
    return tuple(np.ascontiguousarray(np.rot90(image, quarter)) for quarter in range(4))


def _wedge(image: GrayImage) -> float | None:
    """Slope of the inner edge of one even grey that begins at the top border; None where there is no such wedge."""
    depth, width = min(image.shape[0] // 10, 300), image.shape[1]
    rim = image[:depth]
    slopes: list[float] = []
    for level in {int(np.median(rim[0])), 0, 255, int(rim[0, 0]), int(rim[0, -1])}:
        same = (cv2.absdiff(rim, np.full_like(rim, level)) <= FLAT_GREYS).astype(np.uint8)
        # How far the even grey reaches down in each column.
        reach = np.where(same.all(axis=0), depth, np.argmin(same, axis=0)).astype(np.float64)
        columns = np.flatnonzero((reach > 1) & (reach < depth))
        if len(columns) < LEAST_SHARE * width:
            continue
        # The slope that most pairs of columns give: the wedge of the next border reaches into a few of them.
        half = len(columns) // 2
        apart = columns[half : 2 * half] - columns[:half]
        slope = float(np.median((reach[columns[half : 2 * half]] - reach[columns[:half]]) / apart))
        off = reach[columns] - slope * columns
        if float(np.median(np.abs(off - np.median(off)))) < MOST_OFF_PX:
            slopes.append(slope)
    return max(slopes, key=abs, default=None)
