"""Lines down the whole image: dirt before the sensor, or a pixel of it that is dead. They are painted over.

No pen draws from the first to the last row of a scan, and no print either.
"""

from __future__ import annotations

import cv2
import numpy as np

from daihoi.reading.second.thresholds import Limits
from daihoi.reading.terms import GrayImage

ROWS = 300
"""So many rows of the image tell, evenly from top to bottom."""
WIDEST_MM = 0.95
"""A streak is darker or lighter than what lies so far to its left and right."""
EDGE_MM = 0.15
"""Painted over at both sides of a streak, for its blur."""


def without_streaks(image: GrayImage, px_per_mm: float, limits: Limits) -> GrayImage | None:
    """The image with each streak replaced by what lies at its two sides; None where there is no streak."""
    reach = max(2, round(WIDEST_MM * px_per_mm) + 1)
    few = image[:: max(1, image.shape[0] // ROWS)]
    left, middle, right = few[:, : -2 * reach], few[:, reach:-reach], few[:, 2 * reach :]
    streaked = np.zeros(image.shape[1], np.uint8)
    for ridge in (cv2.subtract(cv2.min(left, right), middle), cv2.subtract(middle, cv2.max(left, right))):
        seen = cv2.threshold(ridge, limits.streak_levels, 255, cv2.THRESH_BINARY)[1]
        share = cv2.reduce(seen, 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F)[0] / 255.0
        streaked[reach:-reach] |= share >= limits.streak_share
    if not streaked.any():
        return None
    edge = max(1, round(EDGE_MM * px_per_mm))
    wide = cv2.dilate(streaked[None], np.ones((1, 2 * edge + 1), np.uint8))[0]
    ends = np.flatnonzero(np.diff(np.concatenate([[0], wide, [0]]).astype(np.int8))).reshape(-1, 2)
    out = image.copy()
    for start, stop in ends.tolist():
        if start > 0 and stop < image.shape[1]:
            sides = np.ascontiguousarray(image[:, [start - 1, stop]])
            out[:, start:stop] = cv2.resize(sides, (stop - start, image.shape[0]), interpolation=cv2.INTER_LINEAR)
    return out
