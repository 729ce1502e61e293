"""Lines that run from edge to edge of the page: streaks of a scanner, folds of the paper. They are no marks.

No voter draws over both margins, so a line is looked for only there: a thin dark place in one margin, one in the
margin opposite, and dark all the way between. What such a line covers is unknown, neither ink nor paper.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.reference import PX_PER_MM as FULL_PX_PER_MM
from daihoi.reading.terms import GrayImage
from daihoi.sheet.terms import PAGE_H_MM

PX_PER_MM = FULL_PX_PER_MM / 2
"""The page is looked at at 100 dpi."""
BANDS_MM = (2.0, 4.5, 7.0, 9.5)
"""The bands of each margin that are looked at: inside the shadow of the lid, outside the corner marks."""
SLANT = 0.105
"""A page turned 6 degrees turns a streak of the scanner with it."""
WIDEST_MM = 4.0
LEAST_SHARE = 0.45
"""Share of the visible path that must be dark: folds fade in places, and a 1-bit scan breaks a pale streak up."""
SPREAD_MM = 0.38
"""A line found on the page as a whole may lie this far off within a row that was aligned by itself."""
VEIL = 1.15
"""How much darker than nine tenths of it a pale line may be in places."""
DASHED_MM = 110.0
"""Least length of a broken streak: more than a third of the page, ten rows and more."""
MOST_DASHES = 60
MOST_PEAKS = 12


@dataclass(frozen=True)
class EdgeLine:
    """A line from (x0, y0) to (x1, y1), and its width, all in mm from the top left of the page.

    `tone` is how dark it is, in grey levels above its paper; infinite where that is not known.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    tone: float = math.inf


def edge_lines(darkness: GrayImage, expected: GrayImage, contrast: float, noise: float) -> list[EdgeLine]:
    """All lines from edge to edge, those from top to bottom first. `darkness`, `expected` `(H/2, W/2)`, at 100 dpi."""
    least = max(0.04 * contrast, 1.2 * noise, 4.0)
    upright = [_in_mm(line) for line in _lines(darkness, expected, least)]
    lying = [_in_mm(line) for line in _lines(darkness.T, expected.T, least)]
    return upright + [EdgeLine(line.y0, line.x0, line.y1, line.x1, line.width, line.tone) for line in lying]


def _in_mm(line: EdgeLine) -> EdgeLine:
    """A line found in px, pixel centres at whole numbers."""
    x0, y0, x1, y1 = ((place + 0.5) / PX_PER_MM for place in (line.x0, line.y0, line.x1, line.y1))
    return EdgeLine(x0, y0, x1, y1, line.width / PX_PER_MM, line.tone)


def broken_lines(boxes: list[tuple[int, int, int, int]], mm_per_px: float) -> list[EdgeLine]:
    """Streaks that a 1-bit scan broke into upright dashes, from the boxes (x, y, w, h) of all strokes.

    Dashes on one line over more than DASHED_MM that cover a third of it are a streak: no voter's marks do that.
    """
    dashes = [
        ((x + w / 2) * mm_per_px, y * mm_per_px, (y + h) * mm_per_px)
        for x, y, w, h in boxes
        if h * mm_per_px >= 2.5 and w * mm_per_px <= 0.8 + 2 * SLANT * h * mm_per_px
    ]
    lines: list[EdgeLine] = []
    for (x0, y0, _), (x1, _, y1) in itertools.permutations(sorted(dashes, key=lambda d: d[1])[:MOST_DASHES], 2):
        if y1 - y0 < DASHED_MM or abs(x1 - x0) > SLANT * (y1 - y0):
            continue
        step = (x1 - x0) / (y1 - y0)
        on = [bottom - top for x, top, bottom in dashes if abs(x0 + step * ((top + bottom) / 2 - y0) - x) <= 1]
        start = x0 - step * y0
        known = any(abs(start - other.x0) < 2 for other in lines)
        if not known and sum(on) >= (y1 - y0) / 3:
            lines.append(EdgeLine(start, 0, start + step * PAGE_H_MM, PAGE_H_MM, 0.5))
    return lines


def hidden_by(lines: list[EdgeLine], shape: tuple[int, ...], scale: float = 1.0) -> GrayImage:
    """255 where a line covers the page, `(H, W) uint8` of `shape`; `scale` is 1 at 200 dpi, 0.5 at 100 dpi."""
    return _drawn([(line, 255) for line in lines], shape, scale)


def veil_of(lines: list[EdgeLine], shape: tuple[int, ...], scale: float = 1.0) -> GrayImage:
    """By how many grey levels lines darken the page, `(H, W) uint8` of `shape`, their darkest places included."""
    return _drawn([(line, min(255, round(VEIL * line.tone) + 2)) for line in lines], shape, scale)


def _drawn(lines: list[tuple[EdgeLine, int]], shape: tuple[int, ...], scale: float) -> GrayImage:
    drawn = np.zeros(shape[:2], np.uint8)
    px = FULL_PX_PER_MM * scale
    for line, grey in lines:
        x0, y0, x1, y1 = (round(place * px - 0.5) for place in (line.x0, line.y0, line.x1, line.y1))
        cv2.line(drawn, (x0, y0), (x1, y1), grey, thickness=round((line.width + 2 * SPREAD_MM) * px))
    return drawn


def _lines(darkness: GrayImage, expected: GrayImage, least: float) -> list[EdgeLine]:
    """Lines from the first row to the last."""
    height = darkness.shape[0]
    lines: list[EdgeLine] = []
    tops = _margin_peaks(darkness, least, from_end=False)
    bottoms = _margin_peaks(darkness, least, from_end=True) if tops else []
    for (y0, top, top_width), (y1, bottom, bottom_width) in itertools.product(tops, bottoms):
        step = (bottom - top) / (y1 - y0)
        if abs(step) > SLANT:
            continue
        width = max(top_width, bottom_width)
        line = EdgeLine(top - step * y0, 0, bottom + step * (height - 1 - y1), height - 1, width)
        known = any(abs(line.x0 - other.x0) + abs(line.x1 - other.x1) < 2 * SPREAD_MM * PX_PER_MM for other in lines)
        tone = None if known else _tone_all_along(line, darkness, expected, least)
        if tone is not None:
            lines.append(replace(line, tone=tone))
    return lines


def _margin_peaks(darkness: GrayImage, least: float, *, from_end: bool) -> list[tuple[float, float, float]]:
    """Thin dark places of one margin: row, column, width, px.

    Each band is looked at by itself: on a page scanned askew the outer ones may lie outside of the image.
    """
    height = darkness.shape[0]
    edges = [round(mm * PX_PER_MM) for mm in BANDS_MM]
    found = []
    for near, far in itertools.pairwise(edges):
        band = darkness[height - far : height - near] if from_end else darkness[near:far]
        middle = (near + far - 1) / 2
        row = height - 1 - middle if from_end else middle
        mean = cv2.reduce(np.ascontiguousarray(band), 0, cv2.REDUCE_AVG, dtype=cv2.CV_64F)[0]
        found += [(row, column, width) for column, width in _peaks(mean, least)]
    return found


def _peaks(profile: npt.NDArray[np.float64], least: float) -> list[tuple[float, float]]:
    """Thin dark places of a margin: position and width in px."""
    if profile.max() - profile.min() <= least:
        return []
    level = np.clip(profile, 0, 255).astype(np.uint8).reshape(1, -1)
    # The median of more than twice the widest line is the margin without it.
    base = cv2.medianBlur(level, 2 * round(1.2 * WIDEST_MM * PX_PER_MM) + 1)[0]
    above = profile - base.astype(np.float64) > least
    edges = np.flatnonzero(np.diff(np.concatenate(([0], above.view(np.int8), [0]))))
    found = [(float(a + b - 1) / 2, float(b - a)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    thin = [peak for peak in found if peak[1] <= WIDEST_MM * PX_PER_MM]
    # More thin lines than this in one margin is texture (a patterned cover, a torn edge), not streaks.
    return thin if len(thin) <= MOST_PEAKS else []


def _tone_all_along(line: EdgeLine, darkness: GrayImage, expected: GrayImage, least: float) -> float | None:
    """How dark a line is, but for its darkest tenth; None where it is not dark all along, and so is no line."""
    height, width = darkness.shape
    rows = np.arange(height)
    columns = np.rint(line.x0 + (line.x1 - line.x0) * rows / (height - 1)).astype(int)
    aside = max(round(line.width), round(1.2 * PX_PER_MM))
    inside = (columns >= aside + 2) & (columns < width - aside - 2)
    rows, columns = rows[inside], columns[inside]
    known = expected[rows, columns] == 0
    if known.sum() < 0.25 * height:
        return None
    rows, columns = rows[known], columns[known]
    at = np.max([darkness[rows, columns + offset] for offset in (-1, 0, 1)], axis=0).astype(np.float64)
    beside = np.minimum(darkness[rows, columns - aside], darkness[rows, columns + aside])
    above = at - beside
    if (above > 0.6 * least).mean() < LEAST_SHARE:
        return None
    return float(np.sort(above)[int(0.9 * (above.size - 1))])
