"""Ink that was added to the printed page: darkness beyond what print explains, and the strokes that it forms."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.reference import PX_PER_MM, Area, PageReference
from daihoi.reading.register import Registered
from daihoi.reading.streaks import broken_lines, edge_lines, hidden_by
from daihoi.reading.terms import GrayImage
from daihoi.reading.thresholds import Thresholds

HALF_PX_PER_MM = PX_PER_MM / 2
BRIDGE_PX = (5, 3)
"""Width and height, half-scale px, by which pieces of one stroke are joined: letters hide up to 1 mm of a strike."""


@dataclass(frozen=True)
class Stroke:
    """A connected piece of added ink; `x, y, w, h` px at half scale (100 dpi)."""

    label: int
    x: int
    y: int
    w: int
    h: int

    @property
    def extent_mm(self) -> float:
        """The longer side of its bounding box, mm."""
        return max(self.w, self.h) / HALF_PX_PER_MM


@dataclass(frozen=True)
class Ink:
    """Added ink of one page.

    `mask` `(H, W) uint8` 255 where ink is seen; `extra` `(H, W) uint8` darkness beyond print; `hidden` 255 under
    streaks or None; `labels` `(H/2, W/2) uint16`, the stroke of each pixel of ink, 0 none; `faint` grey level above
    which paper is not clean.
    """

    mask: GrayImage
    extra: GrayImage
    hidden: GrayImage | None
    labels: npt.NDArray[np.uint16]
    strokes: dict[int, Stroke]
    faint: float
    contrast: float
    streaks: int

    def pixels_of(self, label: int) -> int:
        """Ink of one stroke, half-scale px."""
        s = self.strokes[label]
        return int((self.labels[s.y : s.y + s.h, s.x : s.x + s.w] == label).sum())


def added_ink(page: Registered, reference: PageReference, limits: Thresholds) -> Ink:
    """Ink beyond the printed page, streaks and folds taken away, joined into strokes."""
    shape = (page.darkness.shape[0], page.darkness.shape[1])
    lines = edge_lines(page.darkness, reference.expected, page.contrast, page.noise)
    level = max(limits.ink * page.contrast, limits.noise_sigmas * page.noise)
    extra, mask, labels, strokes = _seen(page, reference, hidden_by(lines, shape), level)
    broken = broken_lines([(s.x, s.y, s.w, s.h) for s in strokes.values()], 1 / HALF_PX_PER_MM)
    if broken:
        lines += broken
        extra, mask, labels, strokes = _seen(page, reference, hidden_by(lines, shape), level)
    hidden = hidden_by(lines, shape)
    return Ink(
        mask=mask,
        extra=extra,
        hidden=hidden,
        labels=labels,
        strokes=strokes,
        # Averaged over 5 x 5 px the noise falls by five: three of its sigmas are 0.6 of the noise itself.
        faint=max(limits.faint * page.contrast, 0.9 * page.noise + 1.5),
        contrast=page.contrast,
        streaks=len(lines),
    )


def _seen(
    page: Registered, reference: PageReference, hidden: GrayImage | None, level: float
) -> tuple[GrayImage, GrayImage, npt.NDArray[np.uint16], dict[int, Stroke]]:
    """Darkness beyond print, ink, and strokes, with what streaks hide left out."""
    extra = cv2.subtract(page.darkness, reference.expected)
    if hidden is not None:
        extra = cv2.bitwise_and(extra, cv2.bitwise_not(hidden))
    _level, mask = cv2.threshold(extra, level, 255, cv2.THRESH_BINARY)
    labels, strokes = _strokes(np.asarray(mask, np.uint8))
    return np.asarray(extra, np.uint8), np.asarray(mask, np.uint8), labels, strokes


def _strokes(mask: GrayImage) -> tuple[npt.NDArray[np.uint16], dict[int, Stroke]]:
    half = cv2.resize(mask, (mask.shape[1] // 2, mask.shape[0] // 2), interpolation=cv2.INTER_LINEAR)
    _level, seen = cv2.threshold(half, 100, 255, cv2.THRESH_BINARY)
    joined = cv2.dilate(seen, np.ones(BRIDGE_PX[::-1], np.uint8))
    # A joined stroke has at least 15 px, so half an A4 page cannot hold more than 16 bits can number.
    _count, labels, stats, _centres = cv2.connectedComponentsWithStats(joined, connectivity=8, ltype=cv2.CV_16U)
    inked = np.asarray(cv2.bitwise_and(labels, labels, mask=seen), np.uint16)
    grown_x, grown_y = BRIDGE_PX[0] - 1, BRIDGE_PX[1] - 1
    strokes = {
        label: Stroke(
            label,
            int(x) + grown_x // 2,
            int(y) + grown_y // 2,
            max(1, int(w) - grown_x),
            max(1, int(h) - grown_y),
        )
        for label, (x, y, w, h, _area) in enumerate(stats)
        if label
    }
    return inked, strokes


def half(area: Area) -> Area:
    """The same area on the half-scale grid of strokes."""
    return slice(area[0].start // 2, area[0].stop // 2), slice(area[1].start // 2, area[1].stop // 2)


def inside(cell: Area, part: Area) -> Area:
    """A part given within its cell, as an area of the page."""
    return (
        slice(cell[0].start + part[0].start, cell[0].start + part[0].stop),
        slice(cell[1].start + part[1].start, cell[1].start + part[1].stop),
    )


def strokes_in(ink: Ink, area: Area, least_px: int = 1) -> dict[int, int]:
    """Strokes with ink in an area of the page, and how many half-scale px of it lie there."""
    counts = np.bincount(ink.labels[half(area)].ravel())
    return {int(label): int(counts[label]) for label in np.flatnonzero(counts) if label and counts[label] >= least_px}


def tone_of(ink: Ink, area: Area) -> float:
    """Darkness of the ink in an area, its 80th percentile: the middle of the line, not its soft rim."""
    seen = ink.extra[area][ink.mask[area] > 0]
    return float(np.sort(seen)[int(0.8 * (seen.size - 1))]) / ink.contrast if seen.size else 0.0
