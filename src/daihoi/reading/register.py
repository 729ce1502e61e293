"""Lay the page flat: image to a page of exactly 200 dpi, then each row onto its printed place.

The corner marks give a homography; what a feeder stretches between them is found row by row, by matching the printed
text of each row within a millimetre, and smoothed along the column of rows so that a voter's pen cannot pull a row
away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.identify import Identified, page_to_image
from daihoi.reading.reference import BARE_STEP, REACH_PX, PageReference, RowReference, Segment
from daihoi.reading.terms import GrayImage, Refusal, RefusalReason
from daihoi.reading.thresholds import CANONICAL_DPI, MAX_DPI, MIN_DPI, Thresholds
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, PagePlan

PX_PER_MM = CANONICAL_DPI / 25.4
NEAREST_FROM_DPI = 190
LONG_TRACK = 8
STEADY_PX = 1.6
"""Rows of one track that lie within this of each other (0.2 mm) were fed evenly."""
STRAY_PX = 1.6
"""How far (0.2 mm) a row may lie off before its print shows beside its mask."""
FARTHEST_PX = 3
"""How far (0.4 mm) a row may still be moved by itself once its neighbours have placed it."""
TRUSTED_MATCH = 0.5
"""Correlation below which a row's own place is not trusted; struck names still match at 0.6-0.9."""


@dataclass(frozen=True)
class Registered:
    """A page laid flat: `darkness` is paper minus page, `(H, W) uint8` at 200 dpi, each row on its printed place.

    `contrast` is the darkness of the corner marks; `noise` the standard deviation of bare paper, both in grey levels.
    """

    page: GrayImage
    darkness: GrayImage
    contrast: float
    noise: float
    dpi: float


def scale_of(known: Identified, page: PagePlan, image: GrayImage, limits: Thresholds) -> float | Refusal:
    """Dots per inch by the corner marks, or why this scale cannot be read."""
    tl, tr, bl, _br = known.points
    across = float(np.hypot(*(tr - tl))) / (page.corners[1].x - page.corners[0].x) * 25.4
    down = float(np.hypot(*(bl - tl))) / (page.corners[2].y - page.corners[0].y) * 25.4
    dpi = (across + down) / 2
    if not MIN_DPI <= dpi <= MAX_DPI:
        return Refusal(RefusalReason.WRONG_SCALE, found=f"{dpi:.0f} dpi", expected=f"{MIN_DPI:.0f}-{MAX_DPI:.0f} dpi")
    if abs(across / down - 1) > limits.corner_aspect:
        return Refusal(RefusalReason.DISTORTED, found=f"{across:.0f} x {down:.0f} dpi", expected="1:1")
    short, long = sorted(image.shape)
    if abs(long / short / (PAGE_H_MM / PAGE_W_MM) - 1) < 0.02:
        # The image has the shape of A4: then its width tells how large the print is on the paper.
        printed = dpi / (short / PAGE_W_MM * 25.4)
        if abs(printed - 1) > limits.print_scale:
            low, high = round(100 * (1 - limits.print_scale)), round(100 * (1 + limits.print_scale))
            return Refusal(RefusalReason.WRONG_SCALE, found=f"{100 * printed:.0f} %", expected=f"{low}-{high} %")
    return dpi


def flatten(image: GrayImage, known: Identified, page: PagePlan, dpi: float) -> GrayImage:
    """The whole page at 200 dpi; what lies outside of the image is as light as its paper."""
    paper = float(np.median(image[::37, ::37]))
    if dpi > 1.8 * CANONICAL_DPI:
        # A bilinear sample sees 2 x 2 px: shrink first, or thin lines fall between the samples.
        image = np.asarray(cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_LINEAR), np.uint8)
        points = known.points / 2
    else:
        points = known.points
    # Image points have pixel centres at .5; the warp has them at whole numbers.
    to_image = page_to_image(points - 0.5, page)
    px_to_mm = np.array([[1 / PX_PER_MM, 0, 0.5 / PX_PER_MM], [0, 1 / PX_PER_MM, 0.5 / PX_PER_MM], [0, 0, 1]])
    size = (round(PAGE_W_MM * PX_PER_MM), round(PAGE_H_MM * PX_PER_MM))
    # The nearest pixel is at most 0.06 mm off at 200 dpi, keeps thin lines dark, and costs a third of a blend.
    sampling = cv2.INTER_NEAREST if dpi >= NEAREST_FROM_DPI else cv2.INTER_LINEAR
    flat = cv2.warpPerspective(
        image, to_image @ px_to_mm, size, flags=sampling | cv2.WARP_INVERSE_MAP, borderValue=(paper,)
    )
    return np.asarray(flat, np.uint8)


def align(flat: GrayImage, reference: PageReference, black: float, dpi: float) -> Registered:
    """Each row onto its printed place, and the page as darkness against its own paper."""
    shifts = _row_shifts(flat, reference)
    page = flat.copy()
    for segment, (dx, dy) in zip(_segments(reference), shifts, strict=True):
        if dx or dy:
            page[segment.area] = _shifted(flat, segment.area, int(dx), int(dy))
    paper = _paper(flat)
    darkness = np.asarray(cv2.subtract(paper, page), np.uint8)
    bare = (paper[::BARE_STEP, ::BARE_STEP].astype(np.int16) - page[::BARE_STEP, ::BARE_STEP])[reference.bare]
    contrast = max(float(np.median(paper[::64, ::64])) - black, 1.0)
    noise = 1.4826 * float(np.median(np.abs(bare - np.median(bare)))) if bare.size else 0.0
    return Registered(page, darkness, contrast, max(noise, 1.0), dpi)


def settled(page: Registered, rows: list[RowReference], expected: GrayImage) -> Registered | None:
    """The page with some rows laid by their own print, where that explains more of their ink; None where none moves.

    A row is first laid where its neighbours lead it; print that was drawn or fed a pixel or two off then reads as ink.
    """
    moved: Registered | None = None
    for segment in (segment for row in rows for segment in row.segments):
        step = _better_place(page, segment, expected)
        if step is None or max(map(abs, step)) > FARTHEST_PX:
            continue
        moved = moved or replace(page, page=page.page.copy(), darkness=page.darkness.copy())
        moved.page[segment.area] = _shifted(page.page, segment.area, *step)
        moved.darkness[segment.area] = _shifted(page.darkness, segment.area, *step)
    return moved


def strays(page: Registered, row: RowReference, expected: GrayImage) -> bool:
    """Whether a row, laid where its neighbours led it, shows its print somewhere else: too far to be moved there."""
    steps = [_better_place(page, segment, expected) for segment in row.segments]
    return any(step is not None and max(map(abs, step)) > STRAY_PX for step in steps)


def _better_place(page: Registered, segment: Segment, expected: GrayImage) -> tuple[int, int] | None:
    """By how many px (dx, dy) a row's own print lies off, where looking there explains more of its ink.

    A stroke over a name pulls the match by a pixel or two, but what was written is left over in both places; the
    place that leaves less is the place of the print.
    """
    dx, dy, match = _match(page.page, segment.window, segment.pattern)
    step = (round(dx), round(dy))
    if match < TRUSTED_MATCH or not any(step):
        return None
    printed = expected[segment.area]
    here = cv2.sumElems(cv2.subtract(page.darkness[segment.area], printed))[0]
    there = cv2.sumElems(cv2.subtract(_shifted(page.darkness, segment.area, *step), printed))[0]
    return step if there < here else None


def _shifted(flat: GrayImage, cell: tuple[slice, slice], dx: int, dy: int) -> GrayImage:
    """The cell's pixels taken from where the row really lies; rows near an edge of the page stay put."""
    rows, columns = cell
    y0, x0 = rows.start + dy, columns.start + dx
    height, width = rows.stop - rows.start, columns.stop - columns.start
    if y0 < 0 or x0 < 0 or y0 + height > flat.shape[0] or x0 + width > flat.shape[1]:
        return flat[cell]
    return flat[y0 : y0 + height, x0 : x0 + width]


def _paper(flat: GrayImage) -> GrayImage:
    """The grey of the bare paper at every pixel: tiles of 2 mm, print closed away over 14 mm, smoothed."""
    tiles = cv2.resize(flat, None, fx=1 / 16, fy=1 / 16, interpolation=cv2.INTER_AREA)
    # A closing, not a maximum: where the light falls off towards an edge, the paper there is as dark as it is.
    light = cv2.morphologyEx(tiles, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    smooth = cv2.GaussianBlur(light, (0, 0), 1.5)
    return np.asarray(cv2.resize(smooth, flat.shape[::-1], interpolation=cv2.INTER_LINEAR), np.uint8)


def _segments(reference: PageReference) -> list[Segment]:
    return [segment for row in reference.rows for segment in row.segments]


def _row_shifts(flat: GrayImage, reference: PageReference) -> npt.NDArray[np.int64]:
    """(dx, dy) px of every segment: its own match where that agrees with its track, else what its neighbours say."""
    segments = _segments(reference)
    shifts = np.zeros((len(segments), 2))
    for track in {segment.track for segment in segments}:
        members = [index for index, segment in enumerate(segments) if segment.track == track]
        # On a page that was fed evenly a few rows say enough; where they lie apart, every row is asked.
        asked = members[:: 1 + 2 * (len(members) > LONG_TRACK)]
        found = _matches(flat, [segments[index] for index in asked])
        if len(asked) < len(members) and np.ptp(found[:, :2], axis=0).max() > STEADY_PX:
            asked = members
            found = _matches(flat, [segments[index] for index in asked])
        for axis in range(2):
            shifts[members, axis] = np.interp(members, asked, _agreed(found[:, axis], found[:, 2]))
    return np.rint(shifts).astype(np.int64)


def _matches(flat: GrayImage, segments: list[Segment]) -> npt.NDArray[np.float64]:
    """dx, dy and correlation of each segment, `(N, 3)`."""
    return np.array([_match(flat, segment.window, segment.pattern) for segment in segments]).reshape(-1, 3)


def _agreed(places: npt.NDArray[np.float64], matches: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Places along a track; one that is poorly matched or departs from both neighbours is drawn between them."""
    steps = np.arange(len(places))
    sure = matches >= TRUSTED_MATCH
    if not sure.any():
        return np.zeros(len(places))
    agreed = np.interp(steps, steps[sure], places[sure])
    if len(places) < 3:
        return agreed
    before, after = np.roll(agreed, 1), np.roll(agreed, -1)
    before[0], after[-1] = agreed[1], agreed[-2]
    between = (before + after) / 2
    apart = np.abs(agreed - between) > STRAY_PX + np.abs(after - before) / 2
    return np.where(apart, between, agreed)


def _match(flat: GrayImage, window: tuple[slice, slice], pattern: GrayImage) -> tuple[float, float, float]:
    """Where a row's printed text lies: dx, dy (px at full scale) and the correlation there."""
    area = flat[window]
    half = cv2.resize(area, (area.shape[1] // 2, area.shape[0] // 2), interpolation=cv2.INTER_LINEAR)
    if half.shape[0] < pattern.shape[0] + 2 or half.shape[1] < pattern.shape[1] + 2:
        return 0.0, 0.0, 0.0
    scores = cv2.matchTemplate(half, pattern, cv2.TM_CCOEFF_NORMED)
    _low, best, _where, (x, y) = cv2.minMaxLoc(scores)
    fine_x = x + _between(scores[y, :], x)
    fine_y = y + _between(scores[:, x], y)
    return 2 * (fine_x - REACH_PX), 2 * (fine_y - REACH_PX), float(best)


def _between(scores: npt.NDArray[Any], peak: int) -> float:
    """Where between the samples the peak lies: the vertex of the parabola through it and its neighbours."""
    if not 0 < peak < len(scores) - 1:
        return 0.0
    before, at, after = (float(s) for s in scores[peak - 1 : peak + 2])
    bend = before - 2 * at + after
    return 0.0 if bend >= 0 else 0.5 * (before - after) / bend
