"""Scans of the test sheet with one wrong setting each: plain OpenCV, nothing of the simulator."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image

from daihoi.papers.scanner_sheet import scanner_sheet

DRAWN_DPI = 300
Picture = npt.NDArray[np.uint8]


@cache
def drawn(side: int) -> Picture:
    """A printed side in colour, `(H, W, 3)` red green blue, at `DRAWN_DPI`."""
    document = pypdfium2.PdfDocument(scanner_sheet())
    pixels = document[side].render(scale=DRAWN_DPI / 72).to_numpy()[:, :, :3][:, :, ::-1].copy()
    document.close()
    return np.asarray(pixels, np.uint8)


@lru_cache(maxsize=6)
def seen_through(side: int, weights: tuple[float, float, float], blur: float) -> npt.NDArray[np.float32]:
    """A side in grey, as a sensor with these shares of red, green and blue sees it."""
    grey = drawn(side).astype(np.float32) @ np.array(weights, np.float32)
    return np.asarray(cv2.GaussianBlur(grey.clip(0, 255), (0, 0), blur), np.float32)


@dataclass(frozen=True)
class Setting:
    """How the sheet is printed and scanned; as it stands, a good scanner that is set well."""

    side: int = 0
    dpi: float = 200.0
    said_dpi: float | None = None
    scale: float = 1.0
    stretch: float = 1.0
    skew: float = 0.4
    quarter_turns: int = 0
    mirrored: bool = False
    negative: bool = False
    weights: tuple[float, float, float] = (0.299, 0.587, 0.114)
    gain: float = 0.93
    lift: float = 12.0
    noise: float = 2.0
    blur: float = 0.6
    threshold: int | None = None
    streaks: tuple[float, ...] = ()
    crop_mm: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    straighten: float = 0.0
    fill: int = 255
    seed: int = 1

    def but(self, **changes: object) -> Setting:
        """The same with other settings."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def image(self) -> Picture:
        """The scan in grey."""
        per = self.dpi / DRAWN_DPI
        grey = seen_through(self.side, self.weights, max(0.3, 0.45 / per))
        width, height = round(210 / 25.4 * self.dpi), round(297 / 25.4 * self.dpi * self.stretch)
        turn = np.eye(3)
        turn[:2] = cv2.getRotationMatrix2D((width / 2, height / 2), -self.skew, 1.0)
        centre = np.array([[1, 0, -grey.shape[1] / 2], [0, 1, -grey.shape[0] / 2], [0, 0, 1.0]])
        grown = np.diag([self.scale * per, self.scale * per * self.stretch, 1.0])
        back = np.array([[1, 0, width / 2], [0, 1, height / 2], [0, 0, 1.0]])
        page = cv2.warpPerspective(grey, turn @ back @ grown @ centre, (width, height), borderValue=255.0)
        page = cv2.GaussianBlur(page, (0, 0), self.blur) * self.gain + self.lift
        rng = np.random.default_rng(self.seed)
        page += rng.normal(0, self.noise, page.shape).astype(np.float32)
        for place in self.streaks:
            at = round(place / 25.4 * self.dpi)
            page[:, at : at + 2] -= 45
        return self._finished(page.clip(0, 255).astype(np.uint8))

    def _finished(self, page: Picture) -> Picture:
        if self.straighten:
            height, width = page.shape
            matrix = cv2.getRotationMatrix2D((width / 2, height / 2), self.straighten, 1.0)
            page = np.asarray(cv2.warpAffine(page, matrix, (width, height), borderValue=float(self.fill)), np.uint8)
        left, top, right, bottom = (round(mm / 25.4 * self.dpi) for mm in self.crop_mm)
        page = page[top : page.shape[0] - bottom, left : page.shape[1] - right]
        if self.threshold is not None:
            page = np.where(page < self.threshold, 0, 255).astype(np.uint8)
        if self.mirrored:
            page = page[:, ::-1]
        if self.negative:
            page = 255 - page
        return np.ascontiguousarray(np.rot90(page, self.quarter_turns))

    def file(self, kind: str = "JPEG", **options: object) -> bytes:
        """The scan as a file that says its resolution."""
        said = self.dpi if self.said_dpi is None else self.said_dpi
        picture = Image.fromarray(self.image())
        if kind == "TIFF" and self.threshold is not None:
            picture, options = picture.convert("1"), {"compression": "group4"} | options
        if kind == "JPEG":
            options = {"quality": 80} | options
        out = io.BytesIO()
        picture.save(out, kind, dpi=(said, said), **options)  # type: ignore[arg-type]
        return out.getvalue()


GOOD = Setting()
BACK = Setting(side=1)
