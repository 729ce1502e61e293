"""Where a learned page lies in a scan, by its print alone: which side, which way up, how large, how askew.

Corners of letters and rulings (ORB [Rublee et al. 2011]) are matched at 90 dpi, a similarity is taken by RANSAC, then
pieces of print are looked for at 100 dpi and a homography is laid through where they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.learning.terms import CANVAS_DPI, PX_PER_MM
from daihoi.reading.flat import PAGE_PX, shrunk
from daihoi.reading.terms import GrayImage, Refusal, RefusalReason
from daihoi.reading.thresholds import MAX_DPI, MIN_DPI, Thresholds
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM

COARSE_DPI = 90.0
FEATURES = 900
LEAST_INLIERS = 20
MISS_PX = 3.0
"""How far a match may lie from the similarity, px at 90 dpi: 0.85 mm, what a feeder stretches."""
PATCH_PX = (96, 56)
"""Width and height of a piece of print, px at 200 dpi: 12 x 7 mm."""
MOST_PATCHES = 90
TRUSTED = 0.55
NEIGHBOURS = 7
"""Pieces of print that tell together how far a height of the page lies off: a pen over one of them does not."""
STILL_PX = 0.4
"""Shifts below 0.05 mm are not worth another blur."""
MOST_SKEW = 8.0

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Lying:
    """A page found in a scan: `page` from 0, `to_image` from px of the canvas to px of the image, px centres whole."""

    page: int
    to_image: Matrix
    turn: int
    dpi: float


@dataclass(frozen=True)
class _Known:
    """What is prepared of one page: features at 90 dpi, and pieces of print for the fine match."""

    points: npt.NDArray[np.float32]
    descriptors: npt.NDArray[np.uint8]
    patches: tuple[tuple[int, int], ...]
    half: GrayImage


class Locator:
    """Finds the pages of one form in images."""

    def __init__(self, rasters: tuple[GrayImage, ...]) -> None:
        self._known = tuple(_known(raster) for raster in rasters)

    def guesses(self, image: GrayImage) -> list[Lying]:
        """The pages that may lie in the image, the likeliest first."""
        shrink = min(1.0, COARSE_DPI / (min(image.shape) / PAGE_W_MM * 25.4))
        small = cv2.resize(image, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        points, descriptors = _features(np.asarray(small, np.uint8))
        if len(points) < LEAST_INLIERS:
            return []
        found = []
        for page, known in enumerate(self._known):
            matrix, inliers = _similarity(known, points, descriptors)
            if matrix is not None and inliers >= LEAST_INLIERS:
                found.append((inliers, self._lying(page, matrix, shrink)))
        return [lying for _inliers, lying in sorted(found, key=lambda one: -one[0])]

    def _lying(self, page: int, matrix: Matrix, shrink: float) -> Lying:
        coarse = COARSE_DPI / CANVAS_DPI
        # Pixel centres are whole numbers here: shrinking moves them by half a pixel.
        down = np.array([[coarse, 0, coarse / 2 - 0.5], [0, coarse, coarse / 2 - 0.5], [0, 0, 1]])
        up = np.array([[1 / shrink, 0, 0.5 / shrink - 0.5], [0, 1 / shrink, 0.5 / shrink - 0.5], [0, 0, 1]])
        return _described(page, up @ matrix @ down)

    def refined(self, image: GrayImage, lying: Lying) -> Lying:
        """The same page laid through its pieces of print; as it was where too few of them are seen."""
        known = self._known[lying.page]
        for reach_mm in (2.6, 1.2):
            flat = flattened(image, lying)
            places, shifts = _shifts(shrunk(flat, 2), known, round(reach_mm * PX_PER_MM / 2))
            if len(places) < 12:
                return lying
            fitted, inside = cv2.findHomography(places, places + shifts, cv2.RANSAC, 4.0)
            if fitted is None or inside is None or int(inside.sum()) < 10:
                return lying
            lying = _described(lying.page, lying.to_image @ np.asarray(fitted, np.float64))
        return lying

    def laid_even(self, flat: GrayImage, page: int) -> GrayImage:
        """A page on the canvas with what the feeder stretched laid even: its print is followed down the page."""
        places, shifts = _shifts(shrunk(flat, 2), self._known[page], round(1.2 * PX_PER_MM / 2))
        if len(places) < 2 * NEIGHBOURS:
            return flat
        heights = np.arange(flat.shape[0])
        smooth = [_followed(places[:, 1], shifts[:, axis], heights) for axis in (0, 1)]
        if max(float(np.abs(one).max()) for one in smooth) < STILL_PX:
            return flat
        columns = np.broadcast_to(np.arange(flat.shape[1], dtype=np.float32), flat.shape)
        map_x = (columns + smooth[0][:, None]).astype(np.float32)
        map_y = np.broadcast_to((heights + smooth[1]).astype(np.float32)[:, None], flat.shape)
        even = cv2.remap(flat, map_x, np.ascontiguousarray(map_y), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(even, np.uint8)


def _followed(
    at: npt.NDArray[np.float64], shifts: npt.NDArray[np.float64], heights: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """A shift for each height of the page: the median of the nearest pieces, drawn between."""
    order = np.argsort(at, kind="stable")
    reach = NEIGHBOURS // 2
    middles = [order[max(0, k - reach) : k + reach + 1] for k in range(reach, len(order) - reach)]
    known = np.array([float(np.median(at[one])) for one in middles])
    moved = np.array([float(np.median(shifts[one])) for one in middles])
    return np.asarray(np.interp(heights, known, moved), np.float64)


def flattened(image: GrayImage, lying: Lying) -> GrayImage:
    """The page as it lies, laid onto the canvas at 200 dpi; what lies outside of the image is as light as paper."""
    paper = float(np.median(image[::37, ::37]))
    matrix = lying.to_image
    if lying.dpi > 1.6 * CANVAS_DPI:
        # A bilinear sample sees 2 x 2 px: shrink first, or thin lines fall between the samples.
        image = shrunk(image, 2)
        matrix = np.array([[0.5, 0, -0.25], [0, 0.5, -0.25], [0, 0, 1]]) @ matrix
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(image, matrix, PAGE_PX[::-1], flags=flags, borderValue=(paper,)), np.uint8)


def scale_refused(image: GrayImage, lying: Lying, paper: tuple[float, float], limits: Thresholds) -> Refusal | None:
    """Why this scale or shape cannot be read; None where it can."""
    if not MIN_DPI <= lying.dpi <= MAX_DPI:
        expected = f"{MIN_DPI:.0f}-{MAX_DPI:.0f} dpi"
        return Refusal(RefusalReason.WRONG_SCALE, found=f"{lying.dpi:.0f} dpi", expected=expected)
    across, down = _sides(lying.to_image)
    if abs(across / down - 1) > limits.corner_aspect:
        return Refusal(RefusalReason.DISTORTED, found=f"{across:.0f} x {down:.0f} dpi", expected="1:1")
    askew = abs((_angle(lying.to_image) + 45) % 90 - 45)
    if askew > MOST_SKEW:
        return Refusal(RefusalReason.DISTORTED, found=f"{askew:.0f}", expected=f"<= {MOST_SKEW:.0f}")
    short, long = sorted(image.shape)
    narrow, tall = sorted(paper)
    if abs(long / short / (tall / narrow) - 1) < 0.02:
        # The image has the shape of the paper: A5 on the bed of an A4 scanner has it too, one size smaller.
        printed = lying.dpi / (short / narrow * 25.4)
        if min(abs(printed / step - 1) for step in (1.0, narrow / PAGE_W_MM)) > limits.print_scale:
            low, high = round(100 * (1 - limits.print_scale)), round(100 * (1 + limits.print_scale))
            return Refusal(RefusalReason.WRONG_SCALE, found=f"{100 * printed:.0f} %", expected=f"{low}-{high} %")
    return None


def _known(raster: GrayImage) -> _Known:
    coarse = COARSE_DPI / CANVAS_DPI
    small = np.asarray(cv2.resize(raster, None, fx=coarse, fy=coarse, interpolation=cv2.INTER_AREA), np.uint8)
    points, descriptors = _features(small)
    return _Known(points, descriptors, _patches(raster), shrunk(raster, 2))


def _features(small: GrayImage) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.uint8]]:
    """Where corners of print lie, `(N, 2)`, and what they look like, `(N, 32)`."""
    soft = cv2.GaussianBlur(small, (0, 0), 0.8)
    orb = cv2.ORB_create(nfeatures=FEATURES, scaleFactor=1.2, nlevels=6, fastThreshold=12)  # type: ignore[attr-defined]
    points, descriptors = orb.detectAndCompute(soft, None)
    if descriptors is None:
        return np.zeros((0, 2), np.float32), np.zeros((0, 32), np.uint8)
    return np.array([point.pt for point in points], np.float32), np.asarray(descriptors, np.uint8)


def _similarity(
    known: _Known, points: npt.NDArray[np.float32], descriptors: npt.NDArray[np.uint8]
) -> tuple[Matrix | None, int]:
    """From px of the page at 90 dpi to px of the shrunk image, and how many matches it explains."""
    if not len(known.points):
        return None, 0
    matches = cv2.BFMatcher(cv2.NORM_HAMMING, crossCheck=True).match(known.descriptors, descriptors)
    if len(matches) < LEAST_INLIERS:
        return None, 0
    ours = np.array([known.points[m.queryIdx] for m in matches])
    theirs = np.array([points[m.trainIdx] for m in matches])
    fitted: Any
    fitted, inside = cv2.estimateAffinePartial2D(
        ours, theirs, method=cv2.RANSAC, ransacReprojThreshold=MISS_PX, maxIters=5000, confidence=0.9999
    )
    if fitted is None:
        return None, 0
    return np.vstack([np.asarray(fitted, np.float64), [0, 0, 1]]), int(inside.sum())


def _patches(raster: GrayImage) -> tuple[tuple[int, int], ...]:
    """Top left corners (px) of pieces of print spread over the page, those with most print in each field of a grid."""
    dark = 255 - raster
    width, height = PATCH_PX
    found = []
    for top in range(0, raster.shape[0] - height, height):
        for left in range(0, raster.shape[1] - width, width):
            part = dark[top : top + height, left : left + width]
            # A piece of a ruling alone can slide along it: what varies both ways holds fast.
            both = min(float(part.mean(axis=0).std()), float(part.mean(axis=1).std()))
            if both > 6:
                found.append((both, top, left))
    found.sort(reverse=True)
    kept: list[tuple[int, int]] = []
    fields: dict[tuple[int, int], int] = {}
    for _both, top, left in found:
        place = (top // 260, left // 420)
        if fields.get(place, 0) < 4:
            fields[place] = fields.get(place, 0) + 1
            kept.append((left, top))
    return tuple(kept[:MOST_PATCHES])


def _shifts(seen: GrayImage, known: _Known, reach: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Middles of the pieces found (px at 200 dpi) and how far they lie off, `(N, 2)` each; `reach` px at 100 dpi."""
    places, shifts = [], []
    width, height = PATCH_PX[0] // 2, PATCH_PX[1] // 2
    for left, top in known.patches:
        x, y = left // 2, top // 2
        if x < reach or y < reach or x + width + reach > seen.shape[1] or y + height + reach > seen.shape[0]:
            continue
        pattern = known.half[y : y + height, x : x + width]
        window = seen[y - reach : y + height + reach, x - reach : x + width + reach]
        scores = cv2.matchTemplate(window, pattern, cv2.TM_CCOEFF_NORMED)
        _low, best, _where, (dx, dy) = cv2.minMaxLoc(scores)
        if best >= TRUSTED and 0 < dx < 2 * reach and 0 < dy < 2 * reach:
            fine = (dx + _between(scores[dy, :], dx) - reach, dy + _between(scores[:, dx], dy) - reach)
            places.append((left + PATCH_PX[0] / 2, top + PATCH_PX[1] / 2))
            shifts.append((2 * fine[0], 2 * fine[1]))
    return np.array(places, np.float64).reshape(-1, 2), np.array(shifts, np.float64).reshape(-1, 2)


def _between(scores: npt.NDArray[Any], peak: int) -> float:
    """Where between the samples the peak lies: the vertex of the parabola through it and its neighbours."""
    before, at, after = (float(s) for s in scores[peak - 1 : peak + 2])
    bend = before - 2 * at + after
    return 0.0 if bend >= 0 else 0.5 * (before - after) / bend


def _described(page: int, to_image: Matrix) -> Lying:
    across, down = _sides(to_image)
    return Lying(page, to_image, round(_angle(to_image) / 90) % 4, (across + down) / 2)


def _ends(to_image: Matrix) -> Matrix:
    """Where the middle of the page and points 5 cm right of it and below it lie in the image, `(3, 2)`."""
    x, y, far = PAGE_W_MM / 2 * PX_PER_MM, PAGE_H_MM / 2 * PX_PER_MM, 50 * PX_PER_MM
    points = np.array([[[x, y], [x + far, y], [x, y + far]]], np.float64)
    return np.asarray(cv2.perspectiveTransform(points, to_image)[0], np.float64)


def _sides(to_image: Matrix) -> tuple[float, float]:
    """Dots per inch across and down the page."""
    middle, right, below = _ends(to_image)
    return float(np.hypot(*(right - middle))) / 50 * 25.4, float(np.hypot(*(below - middle))) / 50 * 25.4


def _angle(to_image: Matrix) -> float:
    """By how many degrees clockwise the page is turned in the image."""
    middle, right, _below = _ends(to_image)
    return float(np.degrees(np.arctan2(right[1] - middle[1], right[0] - middle[0])))
