"""A photograph of a ballot made into a page as a scanner gives it: level, whole, at 200 dpi, evenly lit.

The four solid squares are looked for anywhere in the picture: dark, compact, on paper, and together such that one
perspective makes all four of the printed size. What is left to doubt is refused: fewer than four squares, a corner seen
too coarsely, a blur, a slope. Whether it is our ballot, and which way up, is for the reader to find by the codes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.terms import GrayImage, Refusal, RefusalReason
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, PagePlan, Rect, TargetKind

Floats = npt.NDArray[np.float64]

PX_PER_MM = 200 / 25.4
"""Of the page that is made: the resolution in which both readers measure."""
SMALL_PX = 1600
"""Longer side at which squares are looked for: a mark of 6 mm is 16 to 32 px there."""
LEAST_DPI = 150.0
"""At every corner of the paper: coarser, a thin pen is less than two px wide."""
MOST_SLOPE = 2.2
"""Largest scale over smallest, over the corners and both ways: held near, 15 degrees give 1.8 and 30 degrees 3."""
MOST_BLUR_MM = 0.55
"""From tenth to nine tenths of an edge of a mark: a good picture has 0.2 to 0.4; a thin pen's line is 0.3 wide."""
PAPER = 240
"""Grey of the paper in a page that was evenly lit."""
PRINT_SHARE = 0.5
"""Print that is less than this share as dark as the page's usual print is covered or washed out."""
CANDIDATES = 14
SIZE_ERROR = 0.22
"""A square may look larger or smaller than the perspective of all four says, by this share of its side."""


@dataclass(frozen=True)
class _Spot:
    """A dark compact thing: its middle and side in px of the picture."""

    x: float
    y: float
    side: float


def rectified(image: GrayImage, page: PagePlan) -> GrayImage | Refusal:
    """The page in a photograph, A4 at 200 dpi, `page` giving where its marks are printed; it may be upside down."""
    marks = _printed(page)
    quad = _four_marks(image, marks, page.corners[0].w)
    if isinstance(quad, int):
        return Refusal(RefusalReason.CORNERS_NOT_FOUND, found=str(quad), expected="4")
    to_px = np.asarray(cv2.getPerspectiveTransform(marks.astype(np.float32), quad.astype(np.float32)), np.float64)
    refused = _too_coarse_or_oblique(to_px)
    if refused is not None:
        return refused
    blur = max(_edge_mm(image, to_px, x, y, page.corners[0].w) for x, y in marks)
    if blur > MOST_BLUR_MM:
        return Refusal(RefusalReason.PHOTO_BLURRED, found=f"{blur:.2f} mm", expected=f"{MOST_BLUR_MM} mm")
    return evenly_lit(_flat(image, to_px))


def _printed(page: PagePlan) -> Floats:
    """Middles of the marks, mm: TL, TR, BR, BL, in the sense of the clock."""
    middles = [(mark.x + mark.w / 2, mark.y + mark.h / 2) for mark in page.corners]
    return np.array([middles[k] for k in (0, 1, 3, 2)])


def _four_marks(image: GrayImage, marks: Floats, side_mm: float) -> Floats | int:
    """The marks' middles in px, as `_printed` orders them for one way up; or how many squares were seen."""
    spots = _spots(image)
    fits: list[tuple[float, set[int], Floats]] = []
    for four in itertools.combinations(range(len(spots)), 4):
        for quad, sides in _ways_round([spots[k] for k in four]):
            error = _error(quad, sides, marks, side_mm)
            if error is not None:
                fits.append((error, set(four), quad))
    if not fits:
        return min(3, len(spots))
    _, used, quad = min(fits, key=lambda fit: fit[0])
    # Two sheets in one picture: to read one of them would lose the other.
    if any(len(others - used) >= 3 for _, others, _ in fits):
        return len(set().union(*(others for _, others, _ in fits)))
    return np.array([_centred(image, x, y) for x, y in quad])


def _spots(image: GrayImage) -> list[_Spot]:
    """Dark compact things of a mark's size on something bright, the most square first."""
    shrink = min(1.0, SMALL_PX / max(image.shape))
    small = cv2.resize(image, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    # Each place is judged by what surrounds it: paper in a shadow may be darker than a mark in the light.
    around = cv2.blur(small, (81, 81))
    dark = cv2.compare(small, cv2.convertScaleAbs(around, alpha=0.66), cv2.CMP_LT)
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    # All contours: a dark table all about the sheet holds the marks inside of its own.
    contours, _ = cv2.findContours(solid, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    found = []
    for contour in contours:
        (x, y), (w, h), _angle = cv2.minAreaRect(contour)
        w, h, area = w + 1, h + 1, cv2.contourArea(contour) + len(contour) / 2 + 1
        if min(w, h) < 10 or max(w, h) > 48 or max(w, h) > 1.6 * min(w, h) or area < 0.82 * w * h:
            continue
        moments = cv2.moments(contour)
        x, y = moments["m10"] / moments["m00"], moments["m01"] / moments["m00"]
        if not _stands_alone(small, x, y, float(np.sqrt(area))):
            continue
        found.append((area / (w * h), _Spot((x + 0.5) / shrink, (y + 0.5) / shrink, float(np.sqrt(area)) / shrink)))
    found.sort(key=lambda one: -one[0])
    return [spot for _, spot in found[:CANDIDATES]]


def _stands_alone(small: npt.NDArray[Any], x: float, y: float, side: float) -> bool:
    """Whether a dark thing has bright paper about it on most of its four sides."""
    inner = float(small[round(y), round(x)])
    reach = 0.75 * side
    bright = 0
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        px, py = round(x + dx * reach), round(y + dy * reach)
        if 0 <= px < small.shape[1] and 0 <= py < small.shape[0]:
            bright += float(small[py, px]) > inner + 45
    return bright >= 3


def _ways_round(four: Sequence[_Spot]) -> Iterator[tuple[Floats, Floats]]:
    """The four in the sense of the clock, begun at two of them: a page upside down is the same rectangle."""
    points = np.array([(one.x, one.y) for one in four])
    sides = np.array([one.side for one in four])
    middle = points.mean(axis=0)
    order = np.argsort(np.arctan2(*(points - middle).T[::-1]))
    if not cv2.isContourConvex(points[order].astype(np.float32)):
        return
    for first in (0, 1):
        turned = np.roll(order, -first)
        yield points[turned], sides[turned]


def _error(quad: Floats, sides: Floats, marks: Floats, side_mm: float) -> float | None:
    """How far four spots are from being the marks: by their sizes under the perspective that their places make."""
    across, down = (
        (np.hypot(*(quad[1] - quad[0])) + np.hypot(*(quad[2] - quad[3]))) / np.ptp(marks[:, 0]),
        (np.hypot(*(quad[3] - quad[0])) + np.hypot(*(quad[2] - quad[1]))) / np.ptp(marks[:, 1]),
    )
    # A cheap look first: most fours have neither the shape nor the size.
    if not 0.6 < across / down < 1.6 or not 0.5 < sides.mean() / (side_mm * (across + down) / 4) < 2:
        return None
    to_px = cv2.getPerspectiveTransform(marks.astype(np.float32), quad.astype(np.float32))
    expected = np.array([side_mm * np.sqrt(np.prod(np.array(_scales(to_px, x, y)))) for x, y in marks])
    error = float(np.abs(sides / expected - 1).max())
    return error if error < SIZE_ERROR else None


def _scales(to_px: npt.NDArray[Any], x: float, y: float) -> tuple[float, float]:
    """Px per mm about a place of the paper, along and across the slope: largest, smallest."""
    u, v, w = to_px @ np.array([x, y, 1.0])
    jacobian = (to_px[:2, :2] - np.outer([u / w, v / w], to_px[2, :2])) / w
    largest, smallest = np.linalg.svd(jacobian, compute_uv=False)
    return float(largest), float(smallest)


def _centred(image: GrayImage, x: float, y: float) -> tuple[float, float]:
    """A mark's middle at full resolution: the middle of what is dark and hangs together about a place."""
    reach = max(12, round(max(image.shape) / 55))
    x0, y0 = max(0, int(x) - reach), max(0, int(y) - reach)
    crop = image[y0 : y0 + 2 * reach + 1, x0 : x0 + 2 * reach + 1]
    level, dark = cv2.threshold(crop, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    _count, labels = cv2.connectedComponents(solid, connectivity=4)
    label = labels[min(int(y) - y0, crop.shape[0] - 1), min(int(x) - x0, crop.shape[1] - 1)]
    if label == 0:
        return x, y
    rim = cv2.dilate((labels == label).astype(np.uint8), np.ones((5, 5), np.uint8))
    # Weighed by darkness: the soft rim says to a tenth of a px where the edge is.
    white = float(np.percentile(crop[rim == 0], 80)) if (rim == 0).any() else level
    weight = np.clip(white - crop.astype(np.float32), 0, None) * rim
    moments = cv2.moments(weight)
    return x0 + moments["m10"] / moments["m00"] + 0.5, y0 + moments["m01"] / moments["m00"] + 0.5


def _too_coarse_or_oblique(to_px: Floats) -> Refusal | None:
    corners = ((0.0, 0.0), (PAGE_W_MM, 0.0), (PAGE_W_MM, PAGE_H_MM), (0.0, PAGE_H_MM))
    scales = [scale for x, y in corners for scale in _scales(to_px, x, y)]
    least, slope = min(scales) * 25.4, max(scales) / min(scales)
    if slope > MOST_SLOPE:
        return Refusal(RefusalReason.PHOTO_OBLIQUE, found=f"{slope:.2f}", expected=f"{MOST_SLOPE}")
    if least < LEAST_DPI:
        return Refusal(RefusalReason.PHOTO_TOO_COARSE, found=f"{least:.0f} dpi", expected=f"{LEAST_DPI:.0f} dpi")
    return None


def _edge_mm(image: GrayImage, to_px: Floats, x: float, y: float, side: float) -> float:
    """How wide the softest edge of a mark is, from a tenth to nine tenths of its contrast, mm.

    A blur of the hand goes one way: each of the four edges is measured, each as the mean along its middle half.
    """
    # Paper is clean for 2.5 mm about a mark; then a code may begin.
    fine, reach = 20.0, side / 2 + 1.6
    to_mm = np.array([[1 / fine, 0, x - reach], [0, 1 / fine, y - reach], [0, 0, 1]])
    size = round(2 * reach * fine)
    patch = cv2.warpPerspective(
        image,
        to_px @ to_mm,
        (size, size),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.float64)
    middle, quarter = size // 2, round(side * fine / 4)
    across, down = (
        patch[middle - quarter : middle + quarter].mean(axis=0),
        patch[:, middle - quarter : middle + quarter].mean(axis=1),
    )
    profiles = [across[middle:], across[middle::-1], down[middle:], down[middle::-1]]
    return max(_rise(profile) for profile in profiles) / fine


def _rise(profile: Floats) -> float:
    """Steps from a tenth to nine tenths of the way from the profile's dark start to its bright end."""
    dark, bright = float(profile[: len(profile) // 4].mean()), float(profile[-len(profile) // 8 :].mean())
    if bright - dark < 30:
        return float(len(profile))
    share = np.maximum.accumulate((profile - dark) / (bright - dark))
    return float(np.searchsorted(share, 0.9) - np.searchsorted(share, 0.1))


def _flat(image: GrayImage, to_px: Floats) -> GrayImage:
    size = (round(PAGE_W_MM * PX_PER_MM), round(PAGE_H_MM * PX_PER_MM))
    # Pixel centres: page and picture count from the corner of their first pixel.
    to_mm = np.array([[1 / PX_PER_MM, 0, 0.5 / PX_PER_MM], [0, 1 / PX_PER_MM, 0.5 / PX_PER_MM], [0, 0, 1]])
    centre = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1]])
    # A picture much finer than the page would alias.
    middle = _scales(to_px, PAGE_W_MM / 2, PAGE_H_MM / 2)[1] / PX_PER_MM
    source = cv2.GaussianBlur(image, (0, 0), 0.35 * middle) if middle > 1.25 else image
    flat = cv2.warpPerspective(
        source,
        centre @ to_px @ to_mm,
        size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(flat, np.uint8)


def evenly_lit(page: GrayImage) -> GrayImage:
    """The page over its own paper: print and ink closed away, what is left is the light.

    Closed at a sixth of the size by 9 mm, more than a mark is wide, so that no print is taken for a shadow.
    """
    small = cv2.resize(page, None, fx=1 / 6, fy=1 / 6, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (13, 13)))
    paper = cv2.GaussianBlur(paper, (0, 0), 2.0)
    light = cv2.resize(paper, page.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(page, np.maximum(light, 1), scale=PAPER), np.uint8)


def unseen(page: GrayImage, plan: PagePlan, turn: int) -> tuple[str, ...]:
    """The candidates some of whose print does not show: a reflection or another paper may hide a mark with it.

    `page` is a rectified one that was read as `plan`, lying `turn` quarter turns round.
    """
    upright = np.rot90(page, turn)
    shown: list[tuple[str, float]] = []
    for target in plan.targets:
        for place in _printed_of(target.kind, target.box, target.words):
            top, left = round(place.y * PX_PER_MM), round(place.x * PX_PER_MM)
            part = upright[top : round(place.bottom * PX_PER_MM), left : round(place.right * PX_PER_MM)]
            shown.append((target.candidate, PAPER - float(np.percentile(part, 10))))
    usual = float(np.median([dark for _, dark in shown]))
    return tuple(dict.fromkeys(candidate for candidate, dark in shown if dark < PRINT_SHARE * usual))


def _printed_of(kind: TargetKind, box: Rect, words: tuple[tuple[float, float], ...]) -> Iterator[Rect]:
    """Where ink of the printer must be: the small letters of each word, or the four sides of a square."""
    if kind is TargetKind.NAME:
        for left, right in words or ((box.x, box.right),):
            yield Rect(left, box.y + 0.3 * box.h, right - left, 0.55 * box.h)
        return
    wide = 1.0
    for x, y, w, h in (
        (box.x, box.y - wide / 2, box.w, wide),
        (box.x, box.bottom - wide / 2, box.w, wide),
        (box.x - wide / 2, box.y, wide, box.h),
        (box.right - wide / 2, box.y, wide, box.h),
    ):
        yield Rect(x, y, w, h)
