"""A camera for the tests of reading: plain OpenCV, nothing of `daihoi.simulation`.

A sheet of paper is laid into a picture by where its four corners fall; light and table are drawn about it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.both import BothReaders
from daihoi.reading.phone import rectified, unseen
from daihoi.reading.terms import GrayImage, PrintedForm, ReadPage, Refusal

from .hand import Ballot, Page, noise_of

PAPER_DPI = 300
WIDTH, HEIGHT = 2064, 2752
STRAIGHT = ((0.07, 0.05), (0.93, 0.05), (0.93, 0.95), (0.07, 0.95))
"""Corners of the paper in the picture, TL TR BR BL, as shares of its width and height: from right above."""
FROM_BELOW = ((0.14, 0.09), (0.86, 0.08), (0.95, 0.93), (0.04, 0.94))
FROM_LEFT = ((0.05, 0.04), (0.92, 0.10), (0.93, 0.90), (0.06, 0.97))
ASKEW = ((0.13, 0.04), (0.96, 0.11), (0.88, 0.97), (0.05, 0.89))


@dataclass(frozen=True)
class Camera:
    """How a picture is taken. `light` is the share of light at the left edge and at the right; `blur` in px."""

    corners: tuple[tuple[float, float], ...] = STRAIGHT
    table: int = 90
    light: tuple[float, float] = (1.0, 1.0)
    blur: float = 0.8
    size: tuple[int, int] = (WIDTH, HEIGHT)
    quarters: int = 0
    """Quarter turns against the clock that the finished picture is given."""

    def of(self, page: Page) -> GrayImage:
        """The picture of a page drawn at PAPER_DPI."""
        return self.finish(self.laid(page, np.full((self.size[1], self.size[0]), self.table, np.uint8)))

    def laid(self, page: Page, table: GrayImage, aside: float = 0.0) -> GrayImage:
        """The page over what lies there already, `aside` widths to the right."""
        height, width = page.pixels.shape
        paper = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        to = (np.array(self.corners) + np.array((aside, 0))) * self.size
        matrix = cv2.getPerspectiveTransform(paper, to.astype(np.float32))
        shape = table.shape[::-1]
        smooth = cv2.GaussianBlur(page.pixels, (0, 0), 0.6)
        seen = cv2.warpPerspective(smooth, matrix, shape, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        inside = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, shape)
        return np.where(inside > 127, cv2.convertScaleAbs(seen, alpha=0.8, beta=25), table).astype(np.uint8)

    def finish(self, picture: GrayImage) -> GrayImage:
        """Light, blur, noise of the sensor, and how the telephone was held."""
        light = np.linspace(*self.light, picture.shape[1])
        lit = (picture * light).astype(np.float32)
        soft = cv2.GaussianBlur(lit, (0, 0), self.blur) if self.blur else lit
        noisy = np.clip(soft + noise_of(picture.shape, 7), 0, 255).astype(np.uint8)
        return np.ascontiguousarray(np.rot90(noisy, self.quarters))


def shade(picture: GrayImage, area: npt.ArrayLike, share: float, soft: float) -> GrayImage:
    """A shadow over a polygon (px): `share` of the light is left, its rim `soft` px wide."""
    mask = np.zeros(picture.shape, np.uint8)
    cv2.fillPoly(mask, [np.asarray(area, np.int32)], (255,))
    dark = cv2.GaussianBlur(mask, (0, 0), soft).astype(np.float32) / 255 * (1 - share)
    return np.asarray(picture * (1 - dark), np.uint8)


def readers_of(paper: Ballot) -> BothReaders:
    """Both readers of a ballot."""
    form: PrintedForm = paper.form
    return BothReaders(form, paper.prepared.identities, paper.reader)


def read_photo(paper: Ballot, picture: GrayImage) -> ReadPage | Refusal | tuple[str, ...]:
    """What comes of a photograph: a page, a refusal, or the candidates whose print does not show."""
    page = rectified(picture, paper.prepared.plan.pages[0])
    if isinstance(page, Refusal):
        return page
    read = readers_of(paper).read(page)
    if isinstance(read, Refusal):
        return read
    return unseen(page, paper.prepared.plan.pages[read.page - 1], read.turn) or read
