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
PLAIN_PX_PER_MM = 2.0
"""A square of 6 mm is then 12 px wide, and a thin line does not fill it."""
OPENING_MM = 2.2
PLATEAU_PX = 6
"""How far from one black place in a coarse look at a square the others lie."""
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
    sides = {sideways: (down, across) if sideways else (across, down) for sideways in _likely_lay(image)}
    # Four squares that stand free, and make the printed rectangle, need no second look.
    plain = [_plain_square(image, corner, mark) for corner in range(4)]
    if all(plain):
        for sideways, lengths in sides.items():
            frame = _best_frame([[square] for square in plain if square], lengths, mark, sideways, limits)
            if frame is not None and frame.missing is None:
                return frame
    seen = 0
    for window_mm in WINDOWS_MM:
        squares = [_squares_in(image, corner, window_mm, mark) for corner in range(4)]
        seen = max(seen, sum(bool(found) for found in squares))
        for sideways, lengths in sides.items():
            frame = _best_frame(squares, lengths, mark, sideways, limits)
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


def _window(image: GrayImage, corner: int, window_mm: float, scale: float) -> tuple[GrayImage, int, int]:
    """One corner of the image, and where it begins, px."""
    height, width = image.shape
    side_x, side_y = min(width // 2, int(window_mm * scale)), min(height // 2, int(window_mm * scale))
    left = 0 if corner in (0, 2) else width - side_x
    top = 0 if corner in (0, 1) else height - side_y
    return image[top : top + side_y, left : left + side_x], left, top


def _plain_square(image: GrayImage, corner: int, mark_mm: float) -> _Square | None:
    """The square of a corner where it stands out plainly: solid black with white all about it; else None.

    Every few pixels are enough to find the place that is black all over; the square is then measured at full
    resolution.
    """
    scale = _px_per_mm(image)
    window, left, top = _window(image, corner, WINDOWS_MM[0], scale)
    step = max(1, int(scale / PLAIN_PX_PER_MM))
    few = window[::step, ::step]
    white, black = _white_and_black(few)
    if white - black < 40:
        return None
    dark = cv2.threshold(np.ascontiguousarray(few), (white + black) / 2, 255, cv2.THRESH_BINARY_INV)[1]
    side = max(3, int(0.8 * mark_mm * scale / step)) | 1
    blurred = cv2.blur(dark, (side, side), borderType=cv2.BORDER_REPLICATE)
    _least, full, _where, (x, y) = cv2.minMaxLoc(blurred)
    if full < 0.9 * 255:
        return None
    # The first of the places that are as black lies towards one corner of the square; the code stands that near to it.
    x0 = max(0, x - PLATEAU_PX)
    rows, columns = np.nonzero(blurred[y : y + PLATEAU_PX + 1, x0 : x + PLATEAU_PX + 1] >= full)
    x, y = x0 + (columns.min() + columns.max()) / 2, y + (rows.min() + rows.max()) / 2
    return _measured(image, left + x * step + 0.5, top + y * step + 0.5, mark_mm * scale)


def _measured(image: GrayImage, x: float, y: float, side: float) -> _Square | None:
    """A square about a place, by the darkness within a frame of clean paper; None where anything else is there."""
    reach, inner = int(side * 0.85), int(side * 0.68)
    x0, y0 = int(x) - reach, int(y) - reach
    crop = image[max(0, y0) : y0 + 2 * reach + 1, max(0, x0) : x0 + 2 * reach + 1]
    if crop.shape != (2 * reach + 1, 2 * reach + 1):
        return None
    white, _black = _white_and_black(crop)
    black = float(np.partition(crop[reach - 2 : reach + 3, reach - 2 : reach + 3], 12, axis=None)[12])
    if white - black < 40:
        return None
    weight = cv2.convertScaleAbs(cv2.subtract(np.full_like(crop, white), crop), alpha=255 / (white - black))
    rim = reach - inner
    centre = np.asarray(weight[rim:-rim, rim:-rim])
    moments = cv2.moments(centre)
    area = moments["m00"] / 255
    solid = cv2.countNonZero(cv2.threshold(centre, 127, 255, cv2.THRESH_BINARY)[1])
    spread = np.sqrt(12 * np.array([moments["mu20"], moments["mu02"]]) / max(moments["m00"], 1.0))
    around = cv2.countNonZero(cv2.threshold(weight, 127, 255, cv2.THRESH_BINARY)[1]) - solid
    # A solid square's second moments are those of its sides, and it is black nearly into its corners: no disc is.
    plain = abs(spread / np.sqrt(solid + 1.0) - 1).max() < 0.06 and abs(area / (solid + 1.0) - 1) < 0.08
    near, far = round(inner - 0.4 * side), round(inner + 0.4 * side)
    full = all(centre[row, column] > 100 for row in (near, far) for column in (near, far))
    if around or not plain or not full or not 0.8 * side <= np.sqrt(solid) <= 1.25 * side:
        return None
    at_x, at_y = moments["m10"] / moments["m00"], moments["m01"] / moments["m00"]
    return _Square(x0 + rim + at_x + 0.5, y0 + rim + at_y + 0.5, side=float(np.sqrt(solid)), black=black)


def _squares_in(image: GrayImage, corner: int, window_mm: float, mark_mm: float) -> list[_Square]:
    """Solid squares of about the right size in one corner's window, best first, centres in px of the whole image."""
    scale = _px_per_mm(image)
    window, left, top = _window(image, corner, window_mm, scale)
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
    few = window[::3, ::3].ravel()
    high, low = int(0.9 * (few.size - 1)), int(0.005 * (few.size - 1))
    ordered = np.partition(few, (low, high))
    return float(ordered[high]), float(ordered[low])


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
