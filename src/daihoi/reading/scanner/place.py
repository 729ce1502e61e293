"""Where the test sheet lies in the scan: by its codes first, by its corner marks to a tenth of a pixel then."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import zxingcpp

from daihoi.reading.terms import GrayImage
from daihoi.sheet import scanner_sheet as plan
from daihoi.sheet.terms import Rect

Matrix = npt.NDArray[np.float64]

SEARCH_MM = 7.0
"""Half of the window in which a corner mark is looked for about the place that the codes foretell."""
MARK_AREA = (0.55, 1.5)
"""Share of the printed area that a mark may have in the scan: thresholds and toner change it."""


@dataclass(frozen=True)
class SeenSide:
    """A side of the sheet in an image. `to_image` maps mm of the page to px; `marks` are the corner marks seen, by
    their place in `scanner_sheet.CORNERS`. `upright` is the image as it is measured: level to 45 degrees,
    not mirrored, not negative. `misfit` is by how many px the codes are off `to_image`."""

    side: str
    upright: GrayImage
    to_image: Matrix
    marks: dict[int, tuple[float, float]]
    mirrored: bool
    negative: bool
    misfit: float


def find_side(image: GrayImage) -> SeenSide | None:
    """The side that lies in an image, any way up; None when no code of the test sheet can be read."""
    seen = _codes(image)
    if not seen:
        return None
    negative = _dark_around(image, seen[0][1])
    if negative:
        image = np.asarray(cv2.bitwise_not(image), np.uint8)
    sides = [_side(image, seen, mirrored=mirrored, negative=negative) for mirrored in (False, True)]
    # The right reading of the codes is the one that the corner marks fit, or else the codes themselves.
    return max(sides, key=lambda side: (len(side.marks), -side.misfit))


def _dark_around(image: GrayImage, corners: npt.NDArray[np.float64]) -> bool:
    """Whether the quiet zone of a code is darker than the code: white on black."""
    centre = corners.mean(axis=0)
    inner = _mean_within(image, corners)
    outer = _mean_within(image, centre + (corners - centre) * 1.2)
    # The ring is 44 % of the square about the code.
    return (1.44 * outer - inner) / 0.44 < inner


def _mean_within(image: GrayImage, corners: npt.NDArray[np.float64]) -> float:
    mask = np.zeros(image.shape, np.uint8)
    cv2.fillConvexPoly(mask, corners.round().astype(np.int32), 255)
    return float(cv2.mean(image, mask=mask)[0])


_Found = tuple[str, npt.NDArray[np.float64]]
"""Text of a code, and its corners TL, TR, BR, BL in px."""


def _codes(image: GrayImage) -> list[_Found]:
    found: list[_Found] = []
    for attempt, scale in ((image, 1.0), (cv2.GaussianBlur(image, (0, 0), 1.0), 1.0), (_half(image), 2.0)):
        for code in zxingcpp.read_barcodes(np.ascontiguousarray(attempt), formats=zxingcpp.BarcodeFormat.QRCode):
            at = code.position
            corners = [(p.x, p.y) for p in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)]
            if code.text in {plan.FRONT_CODE, plan.BACK_CODE}:
                found.append((code.text, np.array(corners, np.float64) * scale))
        if found:
            break
    return found


def _half(image: GrayImage) -> GrayImage:
    return np.asarray(cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)


def _side(image: GrayImage, seen: list[_Found], *, mirrored: bool, negative: bool) -> SeenSide:
    text = seen[0][0]
    if mirrored:
        # The decoder reads a mirrored code as its transposed self: its second corner is truly the fourth.
        image = np.ascontiguousarray(image[:, ::-1])
        last = image.shape[1] - 1
        seen = [(said, np.column_stack([last - at[:, 0], at[:, 1]])[[0, 3, 2, 1]]) for said, at in seen]
    image, seen = _turned(image, seen)
    if text == plan.BACK_CODE:
        to_image, misfit = _by_codes([(plan.CODE_BOTTOM_LEFT, seen[0][1])])
        return SeenSide("back", image, to_image, {}, mirrored, negative, misfit)
    fits = [_fit(image, placing) for placing in _placings([at for said, at in seen if said == text])]
    to_image, marks, misfit = max(fits, key=lambda fit: (len(fit[1]), -fit[2]))
    if len(marks) == len(plan.CORNERS):
        to_image = _by_marks(marks)
    return SeenSide("front", image, to_image, marks, mirrored, negative, misfit)


def _turned(image: GrayImage, seen: list[_Found]) -> tuple[GrayImage, list[_Found]]:
    """The image by quarter turns until the writing lies level, within 45 degrees."""
    way = seen[0][1][1] - seen[0][1][0]
    while not (way[0] > 0 and way[0] >= abs(way[1])):
        width = image.shape[1]
        image = np.ascontiguousarray(np.rot90(image))
        seen = [(said, np.column_stack([at[:, 1], width - 1 - at[:, 0]])) for said, at in seen]
        way = seen[0][1][1] - seen[0][1][0]
    return image, seen


_Placed = tuple[Rect, npt.NDArray[np.float64]]


def _fit(image: GrayImage, placing: list[_Placed]) -> tuple[Matrix, dict[int, tuple[float, float]], float]:
    to_image, misfit = _by_codes(placing)
    return to_image, _marks(image, to_image), misfit


def _placings(codes: list[npt.NDArray[np.float64]]) -> list[list[_Placed]]:
    """Which code may be which: one alone may be either of the two."""
    places = (plan.CODE_TOP_RIGHT, plan.CODE_BOTTOM_LEFT)
    if len(codes) == 1:
        return [[(place, codes[0])] for place in places]
    return [list(zip(places, pair, strict=True)) for pair in (codes[:2], codes[1::-1])]


def _by_codes(places: list[_Placed]) -> tuple[Matrix, float]:
    """Millimetres to pixels from the codes alone, and by how many px their corners are off it."""
    page = np.vstack([_corners_of(place) for place, _ in places])
    image = np.vstack([at for _, at in places])
    fit = cv2.estimateAffine2D if len(places) > 1 else cv2.estimateAffinePartial2D
    found = fit(page, image)[0]
    if np.size(found) != 6:  # None where the corners lie on a line; the types of OpenCV do not say so
        return np.eye(3), float("inf")
    to_image = np.vstack([np.asarray(found, np.float64), [0.0, 0.0, 1.0]])
    off = px_of(to_image, [(float(x), float(y)) for x, y in page]) - image
    return to_image, float(np.abs(off).max())


def _corners_of(rect: Rect) -> npt.NDArray[np.float64]:
    return np.array(
        [(rect.x, rect.y), (rect.right, rect.y), (rect.right, rect.bottom), (rect.x, rect.bottom)], np.float64
    )


def _marks(image: GrayImage, to_image: Matrix) -> dict[int, tuple[float, float]]:
    """The corner marks that are there, in px."""
    found = {place: _mark(image, to_image, mark) for place, mark in enumerate(plan.CORNERS)}
    return {place: centre for place, centre in found.items() if centre is not None}


def _mark(image: GrayImage, to_image: Matrix, mark: Rect) -> tuple[float, float] | None:
    centre = (mark.x + mark.w / 2, mark.y + mark.h / 2)
    scale = float(np.sqrt(abs(np.linalg.det(to_image[:2, :2]))))
    x, y = px_of(to_image, [centre])[0]
    reach = SEARCH_MM * scale
    x0, y0 = (max(0, round(value - reach)) for value in (x, y))
    window = image[y0 : max(y0, round(y + reach)), x0 : max(x0, round(x + reach))]
    if min(window.shape) < 8 or int(window.max()) - int(window.min()) < 40:
        return None
    _, dark = cv2.threshold(window, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, _, stats, centroids = cv2.connectedComponentsWithStats(dark, connectivity=4)
    expected = mark.w * mark.h * scale * scale
    best: tuple[float, tuple[float, float]] | None = None
    for (_left, _top, width, height, area), at in zip(stats[1:], centroids[1:], strict=True):
        square = 0.75 < width / height < 1.33 and area > 0.7 * width * height
        if square and MARK_AREA[0] < area / expected < MARK_AREA[1]:
            distance = float(np.hypot(at[0] + x0 - x, at[1] + y0 - y))
            if best is None or distance < best[0]:
                best = (distance, (float(at[0]) + x0, float(at[1]) + y0))
    return best[1] if best else None


def _by_marks(marks: dict[int, tuple[float, float]]) -> Matrix:
    page = np.array([(mark.x + mark.w / 2, mark.y + mark.h / 2) for mark in plan.CORNERS], np.float32)
    image = np.array([marks[place] for place in range(4)], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(page, image), np.float64)


def px_of(to_image: Matrix, points: list[tuple[float, float]]) -> npt.NDArray[np.float64]:
    """Points of the page in mm as px of the image, `(N, 2)`."""
    return np.asarray(cv2.perspectiveTransform(np.array([points], np.float64), to_image)[0], np.float64)
