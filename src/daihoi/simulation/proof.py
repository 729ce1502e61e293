"""Drawing for a proof: the same pens, marks, paper and scanners, drawn at the scan's own resolution and laid quickly.

A proof wants millions of positions. Most of the time of an ordinary simulated page goes into a canvas at 300 dpi and
into a map with a place for every pixel; here the canvas has 200 dpi, ink has plain edges before it is averaged from
600 dpi, and the page is laid strip by strip.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from daihoi.sheet.terms import SheetPlan
from daihoi.simulation.pens import MM_PER_INCH
from daihoi.simulation.run import SEED_BITS
from daihoi.simulation.scanners import Pose, scanner_named
from daihoi.simulation.sheets import Job
from daihoi.simulation.terms import Pixels
from daihoi.simulation.voters import Habits

PROOF_DPI = 200.0
STRIP_PX = 32
"""Within so few rows the swing of the feed is a straight line to 0.02 px (0.35 mm, 2.5 waves a page)."""


def proof_job(
    plan: SheetPlan, rasters: Sequence[Pixels], *, seats: int, seed: int, scanner: str, habits: Habits
) -> Job:
    """A job that draws at PROOF_DPI; `rasters` are the pages at twice that, averaged down here.

    Print averaged from a finer drawing is not, pixel by pixel, what a renderer gives at 200 dpi: a reader that renders
    its reference at 200 dpi must not be shown its own pixels. Raises UnknownScanner.
    """
    return Job(
        plan=plan,
        rasters=tuple(cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) for page in rasters),
        raster_dpi=PROOF_DPI,
        seats=seats,
        seed=seed & SEED_BITS,
        scanner=scanner_named(scanner),
        habits=habits,
        dpi=PROOF_DPI,
        place=place_in_strips,
        quick=True,
    )


def place_in_strips(page: Pixels, page_dpi: float, how: Pose, *, behind: int, kind: int = cv2.INTER_LINEAR) -> Pixels:
    """As `scanners.place`, for pages that are drawn no finer than they are scanned: finer print would alias."""
    px = page_dpi / MM_PER_INCH
    width, height = how.size
    image: Pixels = np.empty((height, width, *page.shape[2:]), np.uint8)
    matrix = how.matrix * px
    # Pixel centres: print and image count from the corner of their first pixel.
    matrix[:, 2] += matrix[:, :2].sum(axis=1) / 2 - 0.5
    amplitude, waves, phase = how.stretch
    tops = np.arange(0, height + STRIP_PX, STRIP_PX)
    ahead = amplitude * px * np.sin(2 * np.pi * waves * tops / height + phase)
    strips = np.repeat(matrix[None], len(tops) - 1, axis=0)
    strips[:, :, 2] += matrix[:, 1] * tops[:-1, None]
    strips[:, 1, 1] += np.diff(ahead) / STRIP_PX
    strips[:, 1, 2] += ahead[:-1]
    for top, strip in zip(tops.tolist(), strips, strict=False):
        rows = min(STRIP_PX, height - top)
        cv2.warpAffine(
            page,
            strip,
            (width, rows),
            dst=image[top : top + rows],
            flags=kind | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(behind,) * 3,
        )
    return image
