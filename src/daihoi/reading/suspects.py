"""Which segments of a page show anything at all beside their print: only these are laid at 200 dpi and scored.

The page at half scale tells for all but the names and the squares, where little paper is free of print; each of these
is taken out at 200 dpi, all into one strip, and looked at there.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from daihoi.reading.flat import shrunk
from daihoi.reading.reference import STRIP_STEP_PX, PageReference, half
from daihoi.reading.register import Registered
from daihoi.reading.terms import GrayImage

FAINT_MEAN = 0.85
"""A mean over a fixed block of 4 x 4 px sees a little less of a faint line than the best of all blocks of 5 x 5."""


@dataclass(frozen=True)
class Levels:
    """Grey levels of darkness beyond print: `ink`, and `faint`, where paper is no longer clean when averaged.

    `half_ink` and `half_faint` hold at half scale.
    """

    ink: float
    half_ink: float
    faint: float
    half_faint: float


def suspects(
    page: Registered, reference: PageReference, extra: GrayImage, hidden: GrayImage | None, levels: Levels
) -> frozenset[int]:
    """The numbers of the segments to be looked at. `extra` darkness beyond print at half scale."""
    _level, seen = cv2.threshold(extra, levels.half_faint, 255, cv2.THRESH_BINARY)
    shown = {s.number for s in reference.segments if cv2.countNonZero(seen[half(s.area)]) >= s.least}
    if hidden is not None:
        shown |= {s.number for s in reference.segments if cv2.countNonZero(hidden[s.area])}
    return frozenset(shown | _inked_targets(page, reference, shown, levels))


def _inked_targets(page: Registered, reference: PageReference, known: set[int], levels: Levels) -> set[int]:
    """Segments whose name or square carries ink, or paper that is not clean."""
    strip = reference.strip
    if strip is None:
        return set()
    # What is not written here is hidden by the strip's own print, which is black wherever no target lies.
    scan = np.full_like(strip.expected, 255)
    for place in strip.places:
        if place.number not in known:
            page.page_at(
                place.area, page.steps[place.number], into=scan[place.top : place.top + place.height, : place.width]
            )
    paper = np.empty_like(scan)
    paper[:] = page.paper[strip.lit].max(axis=0).repeat(strip.heights)[:, None]
    extra = np.asarray(cv2.subtract(paper, cv2.add(scan, strip.expected, dst=scan), dst=paper), np.uint8)
    dark = (extra.max(axis=1) > levels.ink).reshape(-1, STRIP_STEP_PX).any(axis=1)
    dark |= _means(extra).max(axis=1) > FAINT_MEAN * levels.faint
    inked = np.logical_or.reduceat(dark, strip.starts)
    return {place.number for place, shows in zip(strip.places, inked.tolist(), strict=True) if shows}


def _means(extra: GrayImage) -> GrayImage:
    """Means over 4 x 4 px: what is left of noise is far below a line that was rubbed out."""
    return shrunk(shrunk(extra, 2), 2)
