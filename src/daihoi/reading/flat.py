"""The page laid flat through its four corner points: at 100 dpi as a whole, at 200 dpi where somebody must look.

Mapping a whole page at 200 dpi costs as much as decoding it; most of a ballot is clean paper and clean names, and at
100 dpi that is seen for a quarter of the price.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.identify import page_to_image
from daihoi.reading.reference import PX_PER_MM, Area
from daihoi.reading.terms import GrayImage
from daihoi.reading.thresholds import CANONICAL_DPI
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, PagePlan

Transform = npt.NDArray[np.float64]

NEAREST_FROM_DPI = 190
"""The nearest pixel is at most 0.06 mm off from here, keeps thin lines dark, and costs a third of a blend."""
HALF_DPI = CANONICAL_DPI / 2
PAGE_PX = (round(PAGE_H_MM * PX_PER_MM), round(PAGE_W_MM * PX_PER_MM))
"""Height and width of the page at 200 dpi."""
HALF_PX = (PAGE_PX[0] // 2, PAGE_PX[1] // 2)
"""The same at half scale."""
STRAIGHT_PX = 0.06
"""Perspective that bends an area by less than this within itself is left out: without it mapping is a fifth cheaper."""


class FlatPage:
    """Takes any part of the page out of the image, laid flat.

    `half` is the whole page at 100 dpi, `(H/2, W/2) uint8`; `paper` the grey of what lies outside of the image.
    """

    def __init__(self, image: GrayImage, points: npt.NDArray[np.float64], plan: PagePlan, dpi: float) -> None:
        self.paper = float(np.median(image[::37, ::37]))
        times = max(1, int(dpi / (NEAREST_FROM_DPI / 2)))
        small = shrunk(image, times) if times > 1 else image
        self._coarse = _Source(small, _transform(points / times, plan, HALF_DPI), self.paper)
        whole = (slice(0, HALF_PX[0]), slice(0, HALF_PX[1]))
        self.half = self._coarse.take(whole, 0, 0, cv2.INTER_NEAREST if times > 1 else cv2.INTER_LINEAR)
        if dpi > 1.8 * CANONICAL_DPI:
            # A sample sees 2 x 2 px at most: shrink first, or thin lines fall between the samples.
            image, points, dpi = shrunk(image, 2), points / 2, dpi / 2
        self._fine = _Source(image, _transform(points, plan, CANONICAL_DPI), self.paper)
        self._sampling = cv2.INTER_NEAREST if dpi >= NEAREST_FROM_DPI else cv2.INTER_LINEAR

    def at(self, area: Area, dx: int = 0, dy: int = 0, into: GrayImage | None = None) -> GrayImage:
        """An area of the page at 200 dpi, taken `dx, dy` px to the right of and below its printed place."""
        return self._fine.take(area, dx, dy, self._sampling, into)

    def half_at(self, area: Area, about: tuple[int, int] = (0, 0)) -> GrayImage:
        """An area of the page at 100 dpi (px there), blended; taken `about` px of 200 dpi off its place."""
        return self._coarse.take(area, about[0] / 2, about[1] / 2, cv2.INTER_LINEAR)

    def samples(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
        """The grey at some places of the page, `(N, 2)` rows and columns, px at 200 dpi."""
        x, y, w = self._fine.to_image @ np.stack([places[:, 1], places[:, 0], np.ones(len(places))])
        columns, rows = np.rint(x / w).astype(np.int64), np.rint(y / w).astype(np.int64)
        image = self._fine.image
        height, width = image.shape
        within = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
        greys = np.full(len(places), round(self.paper), np.uint8)
        greys[within] = image[rows[within], columns[within]]
        return greys

    def whole(self) -> GrayImage:
        """The whole page at 200 dpi, for people to look at."""
        return self.at((slice(0, PAGE_PX[0]), slice(0, PAGE_PX[1])))


class _Source:
    """An image, and where each px of the page lies in it."""

    def __init__(self, image: GrayImage, to_image: Transform, paper: float) -> None:
        self.image = image
        self.to_image = to_image
        self._terms = (to_image / to_image[2, 2]).tolist()
        self._border = (paper,)

    def take(self, area: Area, dx: float, dy: float, sampling: int, into: GrayImage | None = None) -> GrayImage:
        """An area of the page, taken `dx, dy` px off its place."""
        rows, columns = area
        size = width, height = columns.stop - columns.start, rows.stop - rows.start
        x, y = columns.start + dx, rows.start + dy
        (a, b, c), (d, e, f), (g, h, _one) = self._terms
        flags = sampling | cv2.WARP_INVERSE_MAP
        if (abs(g) + abs(h)) * max(width, height) ** 2 > 4 * STRAIGHT_PX:
            step = self.to_image.copy()
            step[:, 2] = self.to_image @ (x, y, 1.0)
            bent = cv2.warpPerspective(self.image, step, size, dst=into, flags=flags, borderValue=self._border)
            return np.asarray(bent, np.uint8)
        # As the middle of the area is mapped and turned, so is the rest of it.
        aside, below = width / 2, height / 2
        near = g * (x + aside) + h * (y + below) + 1.0
        middle_x = (a * (x + aside) + b * (y + below) + c) / near
        middle_y = (d * (x + aside) + e * (y + below) + f) / near
        a, b, d, e = (
            (a - g * middle_x) / near,
            (b - h * middle_x) / near,
            (d - g * middle_y) / near,
            (e - h * middle_y) / near,
        )
        turned = np.array(((a, b, middle_x - a * aside - b * below), (d, e, middle_y - d * aside - e * below)))
        straight = cv2.warpAffine(self.image, turned, size, dst=into, flags=flags, borderValue=self._border)
        return np.asarray(straight, np.uint8)


def shrunk(image: GrayImage, times: int) -> GrayImage:
    """Each pixel the mean of `times` x `times`; what is left over at the far edges is dropped."""
    height, width = image.shape[0] // times, image.shape[1] // times
    whole = image[: height * times, : width * times]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _transform(points: npt.NDArray[np.float64], plan: PagePlan, dpi: float) -> Transform:
    """From px of the page at `dpi` to px of the image; `points` of the corner marks have pixel centres at .5."""
    mm = 25.4 / dpi
    px_to_mm = np.array([[mm, 0, mm / 2], [0, mm, mm / 2], [0, 0, 1]])
    return np.asarray(page_to_image(points - 0.5, plan) @ px_to_mm, np.float64)
