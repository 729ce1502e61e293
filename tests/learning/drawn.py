"""Pens on ballots that were made in Word: plain OpenCV on the drawn PDF, nothing of the simulator and nothing learned.

Where names, squares and columns stand is asked of the PDF itself, so that what is learned cannot prove itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from daihoi.papers.render import rasters
from daihoi.reading.terms import GrayImage
from tests.reading.hand import Scan

KEPT = Path(__file__).parents[1] / "data" / "word-ballots"
DPI = 250
PT = 25.4 / 72
Box = tuple[float, float, float, float]
"""Left, top, right, bottom, mm."""


@cache
def drawn_pages(name: str) -> tuple[GrayImage, ...]:
    """The pages of a kept ballot."""
    return rasters((KEPT / f"{name}.pdf").read_bytes(), DPI)


@cache
def texts(name: str) -> tuple[tuple[tuple[str, Box], ...], ...]:
    """Every line of text of each page, with its box, as the PDF has them."""
    document = pypdfium2.PdfDocument((KEPT / f"{name}.pdf").read_bytes())
    pages = []
    for page in document:
        height = page.get_height()
        words = page.get_textpage()
        found = []
        for index in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(index)
            text = words.get_text_bounded(left, bottom, right, top)
            found.append((text, (left * PT, (height - top) * PT, right * PT, (height - bottom) * PT)))
        pages.append(tuple(found))
    document.close()
    return tuple(pages)


@cache
def pictures(name: str) -> tuple[tuple[Box, ...], ...]:
    """Where pictures stand on each page."""
    document = pypdfium2.PdfDocument((KEPT / f"{name}.pdf").read_bytes())
    pages = []
    for page in document:
        height = page.get_height()
        boxes = []
        for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = thing.get_bounds()
            boxes.append((left * PT, (height - top) * PT, right * PT, (height - bottom) * PT))
        pages.append(tuple(sorted(boxes, key=lambda box: (round(box[0] / 20), box[1]))))
    document.close()
    return tuple(pages)


def where(name: str, text: str) -> tuple[int, Box]:
    """The page (from 0) and the box of a name."""
    for number, page in enumerate(texts(name)):
        parts = [box for said, box in page if said.strip().endswith(text)]
        if parts:
            return number, parts[0]
    raise LookupError(text)


@dataclass
class Sheet:
    """One sheet of a kept ballot, to write on."""

    name: str
    pages: list[GrayImage] = field(default_factory=list)

    def __post_init__(self) -> None:
        """A clean copy."""
        self.pages = [page.copy() for page in drawn_pages(self.name)]

    def pen(self, page: int, points: list[tuple[float, float]], width: float = 0.45, grey: int = 40) -> Sheet:
        """A line through points in mm; ink darkens what is there and never lightens it."""
        px = DPI / 25.4
        layer = np.full_like(self.pages[page], 255)
        path = np.rint((np.array(points) * px - 0.5) * 16).astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(layer, [path], False, (grey,), max(1, round(width * px)), cv2.LINE_AA, shift=4)
        np.minimum(self.pages[page], layer, out=self.pages[page])
        return self

    def strike(
        self, text: str, *, start: float = 0.0, end: float = 1.0, rise: float = 0.0, width: float = 0.45
    ) -> Sheet:
        """A line along a name, between two shares of its width."""
        page, (left, top, right, bottom) = where(self.name, text)
        over = 1.5
        x0 = left + start * (right - left) - (over if start == 0 else 0)
        x1 = left + end * (right - left) + (over if end == 1 else 0)
        y = top + 0.58 * (bottom - top)
        return self.pen(page, [(x0, y + rise / 2), (x1, y - rise / 2)], width)

    def cross(self, page: int, at: tuple[float, float], size: float = 4.0, width: float = 0.45) -> Sheet:
        """Two strokes that cross."""
        x, y, r = *at, size / 2
        self.pen(page, [(x - r, y - r), (x + r, y + r)], width)
        return self.pen(page, [(x - r, y + r), (x + r, y - r)], width)

    def tick(self, page: int, at: tuple[float, float], size: float = 4.0) -> Sheet:
        """A tick."""
        x, y = at
        return self.pen(page, [(x - size / 2, y), (x - size / 6, y + size / 2.5), (x + size / 2, y - size / 2)])

    def fill(self, page: int, box: Box) -> Sheet:
        """A blackened oval."""
        left, top, right, bottom = (side * DPI / 25.4 for side in box)
        layer = np.full_like(self.pages[page], 255)
        centre, axes = (
            (round((left + right) / 2), round((top + bottom) / 2)),
            (
                round((right - left) / 2.3),
                round((bottom - top) / 2.3),
            ),
        )
        cv2.ellipse(layer, centre, axes, 0, 0, 360, (50,), cv2.FILLED)
        np.minimum(self.pages[page], layer, out=self.pages[page])
        return self

    def scan(self, how: Scan | None = None, page: int = 0) -> GrayImage:
        """A page as a scanner gives it."""
        return (how or Scan()).of(self.pages[page], DPI)


def squares_of(name: str, person: str) -> tuple[int, list[Box]]:
    """The squares (glyphs) that stand in the height of a name, from left to right."""
    page, (_left, top, _right, bottom) = where(name, person)
    middle = (top + bottom) / 2
    found = [box for text, box in texts(name)[page] if "☐" in text and abs((box[1] + box[3]) / 2 - middle) < 4]
    return page, sorted(found)


def column_of(name: str, header: str) -> float:
    """The middle of a column by its header, mm."""
    _page, (left, _top, right, _bottom) = where(name, header)
    return (left + right) / 2


def height_of(name: str, person: str) -> tuple[int, float]:
    """The page of a name and the height at which it stands, mm."""
    page, (_left, top, _right, bottom) = where(name, person)
    return page, (top + bottom) / 2
