"""Find the four solid squares of a sheet in their corners of the image; infer none, say how many were seen.

Each square is looked for in its own window only. Thin things (pen, fold, streak, text) are removed by a morphological
opening before a component is judged by size, squareness and solidity; its centre is then the centroid of its darkness
at full resolution.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.terms import GrayImage
from daihoi.reading.thresholds import Thresholds
from daihoi.sheet.terms import PagePlan

Points = npt.NDArray[np.float64]

WINDOWS_MM = (46.0, 80.0)
"""Side of a corner's window: a mark 17 mm in, turned 5 degrees about the page's centre, stays within 46; the second
look is for pages that lie askew on a larger bed."""
COARSE_PX_PER_MM = 2.6
OPENING_MM = 2.2
MAX_CANDIDATES = 4


@dataclass(frozen=True)
class Frame:
    """The four marks in the image, in the order TL, TR, BL, BR of the IMAGE (not of the page).

    `points` are centres in px; `missing` is the index of the one that was not seen (its point is then the fourth
    corner of the parallelogram), or None. `sideways` tells that the page lies on its long side. `black` is the grey
    of the marks.
    """

    points: Points
    missing: int | None
    sideways: bool
    black: float


@dataclass(frozen=True)
class _Square:
    x: float
    y: float
    side: float
    black: float


def find_frame(image: GrayImage, page: PagePlan, limits: Thresholds) -> Frame | int:
    """The frame of marks, or how many squares were seen when they do not make one."""
    mark = page.corners[0].w
    across = page.corners[1].x - page.corners[0].x
    down = page.corners[2].y - page.corners[0].y
    seen = 0
    for window_mm in WINDOWS_MM:
        squares = [_squares_in(image, corner, window_mm, mark) for corner in range(4)]
        seen = max(seen, sum(bool(found) for found in squares))
        for sideways in _likely_lay(image):
            frame = _best_frame(squares, (down, across) if sideways else (across, down), mark, sideways, limits)
            if frame is not None:
                return frame
    return seen


def _likely_lay(image: GrayImage) -> tuple[bool, bool]:
    height, width = image.shape
    return (True, False) if width > height else (False, True)


def _px_per_mm(image: GrayImage) -> float:
    """Roughly, were the image exactly an A4 page; a crop or a border makes it wrong by a few per cent."""
    short, long = sorted(image.shape)
    return float(short / 210 + long / 297) / 2


def _squares_in(image: GrayImage, corner: int, window_mm: float, mark_mm: float) -> list[_Square]:
    """Solid squares of about the right size in one corner's window, best first, centres in px of the whole image."""
    scale = _px_per_mm(image)
    height, width = image.shape
    side_x, side_y = min(width // 2, int(window_mm * scale)), min(height // 2, int(window_mm * scale))
    left = 0 if corner in (0, 2) else width - side_x
    top = 0 if corner in (0, 1) else height - side_y
    window = image[top : top + side_y, left : left + side_x]
    shrink = min(1.0, COARSE_PX_PER_MM / scale)
    coarse = cv2.resize(window, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_LINEAR)
    found = []
    for x, y in _coarse_squares(np.asarray(coarse, np.uint8), scale * shrink, mark_mm):
        square = _refined(image, left + x / shrink, top + y / shrink, mark_mm * scale)
        if square is not None:
            found.append(square)
    return sorted(found, key=lambda square: abs(square.side - mark_mm * scale))[:MAX_CANDIDATES]


def _white_and_black(window: GrayImage) -> tuple[float, float]:
    """The paper (90th percentile) and the darkest print (0.5th) of a window, from every 9th pixel."""
    few = np.sort(window[::3, ::3].ravel())
    return float(few[int(0.9 * (few.size - 1))]), float(few[int(0.005 * (few.size - 1))])


def _without_thin_things(dark: GrayImage, size: int) -> GrayImage:
    """What is at least `size` px thick: pinholes of poor toner are closed first, then lines and letters go."""
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    kernel = np.ones((max(3, size), max(3, size)), np.uint8)
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, kernel), np.uint8)


def _coarse_squares(coarse: GrayImage, scale: float, mark_mm: float) -> list[tuple[float, float]]:
    white, black = _white_and_black(coarse)
    if white - black < 40:
        return []
    dark = (coarse < (white + black) / 2).astype(np.uint8)
    solid = _without_thin_things(dark, round(OPENING_MM * scale))
    _count, _labels, stats, centres = cv2.connectedComponentsWithStats(solid, connectivity=4)
    side = mark_mm * scale
    places = []
    for (_x, _y, w, h, area), (cx, cy) in zip(stats[1:], centres[1:], strict=True):
        square = 0.7 * side <= min(w, h) and max(w, h) <= 1.45 * side and max(w, h) <= 1.3 * min(w, h)
        if square and area >= 0.68 * w * h:
            places.append((float(cx) + 0.5, float(cy) + 0.5))
    return places


def _refined(image: GrayImage, x: float, y: float, side: float) -> _Square | None:
    """The square's centre and side at full resolution, or None where the shape is not a filled square."""
    reach = int(side * 0.95)
    x0, y0 = max(0, int(x) - reach), max(0, int(y) - reach)
    crop = image[y0 : y0 + 2 * reach + 1, x0 : x0 + 2 * reach + 1]
    if min(crop.shape) < side * 1.2:
        return None
    white, _black = _white_and_black(crop)
    centre = crop[int(y) - y0 - 2 : int(y) - y0 + 3, int(x) - x0 - 2 : int(x) - x0 + 3]
    black = float(np.median(centre))
    if white - black < 40:
        return None
    dark = (crop < (white + black) / 2).astype(np.uint8)
    solid = _without_thin_things(dark, round(side * 0.36))
    _count, labels, stats, _centres = cv2.connectedComponentsWithStats(solid, connectivity=4)
    label = int(labels[min(int(y) - y0, crop.shape[0] - 1), min(int(x) - x0, crop.shape[1] - 1)])
    if label == 0:
        return None
    shape = (labels == label).astype(np.uint8)
    contours, _tree = cv2.findContours(shape, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    (_, (rect_w, rect_h), _) = cv2.minAreaRect(contours[0])
    area = float(stats[label, cv2.CC_STAT_AREA])
    long, short = max(rect_w, rect_h) + 1, min(rect_w, rect_h) + 1
    if short < 0.75 * side or long > 1.3 * side or long > 1.15 * short or area < 0.88 * long * short:
        return None
    return _Square(*_centroid(crop, shape, white, black, x0, y0), side=float(np.sqrt(area)), black=black)


def _centroid(
    crop: GrayImage, shape: npt.NDArray[np.uint8], white: float, black: float, x0: int, y0: int
) -> tuple[float, float]:
    """Centre of mass of the darkness of the square and its soft rim, px of the whole image, pixel centres at .5."""
    rim = cv2.dilate(shape, np.ones((3, 3), np.uint8)).astype(np.float32)
    weight = np.clip((white - crop.astype(np.float32)) / (white - black), 0, 1) * rim
    moments = cv2.moments(weight)
    return x0 + moments["m10"] / moments["m00"] + 0.5, y0 + moments["m01"] / moments["m00"] + 0.5


def _best_frame(
    squares: list[list[_Square]], sides_mm: tuple[float, float], mark: float, sideways: bool, limits: Thresholds
) -> Frame | None:
    """The combination that comes nearest to the printed rectangle; all four first, then three with one inferred."""
    for missing in (None, *range(4)):
        best: tuple[float, Frame] | None = None
        seen = [found for corner, found in enumerate(squares) if corner != missing]
        for chosen in itertools.product(*seen):
            points = np.array([(s.x, s.y) for s in chosen]) if missing is None else _fourth_corner(chosen, missing)
            error = _error_of(points, sides_mm, mark, chosen, limits)
            if error is not None and (best is None or error < best[0]):
                best = (error, Frame(points, missing, sideways, float(np.median([s.black for s in chosen]))))
        if best is not None:
            return best[1]
    return None


def _fourth_corner(three: tuple[_Square, ...], missing: int) -> Points:
    known = [(s.x, s.y) for s in three]
    points = np.zeros((4, 2))
    points[[corner for corner in range(4) if corner != missing]] = known
    opposite = 3 - missing
    points[missing] = points.sum(axis=0) - 2 * points[opposite]
    return points


def _error_of(
    points: Points, sides_mm: tuple[float, float], mark: float, squares: tuple[_Square, ...], limits: Thresholds
) -> float | None:
    """How far four points depart from the printed rectangle, as a share; None where they cannot be it."""
    tl, tr, bl, br = points
    top, bottom, left, right = (float(np.hypot(*d)) for d in (tr - tl, br - bl, bl - tl, br - tr))
    across, down = (top + bottom) / 2 / sides_mm[0], (left + right) / 2 / sides_mm[1]
    if min(across, down) <= 0:
        return None
    scale = (across + down) / 2
    skew = abs(np.degrees(np.arctan2(tr[1] - tl[1], tr[0] - tl[0])))
    corner = abs(float(np.dot(tr - tl, bl - tl))) / (top * left)
    trapezoid = float(np.hypot(*(tl + br - tr - bl))) / scale
    sizes = max(abs(s.side / (mark * scale) - 1) for s in squares)
    aspect = abs(across / down - 1)
    fits = (
        skew <= limits.corner_skew_degrees
        and corner < 0.035
        and trapezoid <= limits.corner_trapezoid_mm
        and aspect <= 2 * limits.corner_aspect
        and sizes < 0.16
    )
    return aspect + corner + trapezoid / 100 + sizes / 4 if fits else None
