"""A scan laid flat: where the printed page lies in it, and a candidate's row cut from it.

The place of a row follows from the corner marks and the printed plan, or from the print of a learned ballot; nothing is
measured. What cannot be laid so (a phone's photograph) is shown whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.counts.count_folder import SHEET, CountFolder
from daihoi.learning.form import open_sheet, picture_of
from daihoi.learning.locate import Locator
from daihoi.papers.ballots.prepare import prepare
from daihoi.reading.corners import find_frame
from daihoi.reading.identify import TURNED, page_to_image
from daihoi.reading.terms import GrayImage
from daihoi.reading.thresholds import DEFAULT
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect

ROW_PX_PER_MM = 200 / 25.4
"""Rows are cut out at 200 dpi, as finely as most scans are."""
ROW_MARGIN_MM = 2.5
_NO_SECRET = bytes(32)
_TO_CANVAS = np.diag([ROW_PX_PER_MM, ROW_PX_PER_MM, 1.0])
"""From mm to px of the canvas on which learned pages lie, 200 dpi as well."""

ToImage = npt.NDArray[np.float64]
"""`(3, 3)`: from mm of the page to px of a scan, pixel centres at whole numbers."""


class PrintedSheet(Protocol):
    """A ballot as it was printed; `rows` by side (from 1) and candidate, mm from the top left of the page."""

    rows: Mapping[tuple[int, str], Rect]

    def laid(self, image: GrayImage, side: int, turn: int) -> ToImage | None:
        """How side `side` lies in a scan that lies `turn` quarter turns clockwise; None where nobody can tell."""


def printed_sheet(folder: CountFolder) -> PrintedSheet:
    """The sheet that this count is held of."""
    return _LearnedSheet(folder) if folder.learned else _OwnSheet(folder)


class _OwnSheet:
    """A ballot that we printed: laid by its four corner marks."""

    def __init__(self, folder: CountFolder) -> None:
        grounds, rehearsal = folder.grounds, folder.opened.rehearsal
        # The plan is drawn anew; the secret, which no count holds, moves nothing on it.
        self._plan = prepare(grounds.election, grounds.contest, secret=_NO_SECRET, rehearsal=rehearsal).plan
        # Both squares of a candidate stand in one row.
        self.rows: Mapping[tuple[int, str], Rect] = {
            (page.number, target.candidate): target.row for page in self._plan.pages for target in page.targets
        }

    def laid(self, image: GrayImage, side: int, turn: int) -> ToImage | None:
        """As `PrintedSheet`."""
        if not 0 < side <= len(self._plan.pages):
            return None
        plan = self._plan.pages[side - 1]
        frame = find_frame(image, plan, DEFAULT)
        if isinstance(frame, int):
            return None
        # The frame has pixel centres at .5; a warp has them at whole numbers.
        return page_to_image(frame.points[list(TURNED[turn % 4])] - 0.5, plan)


class _LearnedSheet:
    """A ballot of somebody else's: laid by its print."""

    def __init__(self, folder: CountFolder) -> None:
        opened = open_sheet(folder.path / SHEET)
        pages = opened.sheet.pages
        self._locator = Locator(tuple(_picture(opened.rasters[page.raster]) for page in pages))
        self.rows: Mapping[tuple[int, str], Rect] = {
            (side, target.candidate): target.row for side, page in enumerate(pages, 1) for target in page.targets
        }

    def laid(self, image: GrayImage, side: int, turn: int) -> ToImage | None:  # noqa: ARG002 -- its print tells
        """As `PrintedSheet`."""
        for guess in self._locator.guesses(image):
            if guess.page == side - 1:
                return np.asarray(self._locator.refined(image, guess).to_image @ _TO_CANVAS, np.float64)
        return None


def row_of(
    sheet: PrintedSheet, image: GrayImage, side: int, turn: int, candidate: str, *, beside: float = 0.0
) -> GrayImage | None:
    """The candidate's row laid flat at ROW_PX_PER_MM, with `beside` mm more above and below; None where none can be."""
    row = sheet.rows.get((side, candidate))
    to_image = None if row is None else sheet.laid(image, side, turn)
    if row is None or to_image is None:
        return None
    return flat(image, to_image, _around(row, ROW_MARGIN_MM, ROW_MARGIN_MM + beside), ROW_PX_PER_MM)


def _around(row: Rect, across: float, along: float) -> Rect:
    return Rect(row.x - across, row.y - along, row.w + 2 * across, row.h + 2 * along)


def whole_page(image: GrayImage, to_image: ToImage, px_per_mm: float) -> GrayImage:
    """The printed page from edge to edge."""
    return flat(image, to_image, Rect(0, 0, PAGE_W_MM, PAGE_H_MM), px_per_mm)


def flat(image: GrayImage, to_image: ToImage, part: Rect, px_per_mm: float) -> GrayImage:
    """A part of the page (mm) as it would lie flat on a table."""
    size = round(part.w * px_per_mm), round(part.h * px_per_mm)
    to_mm = np.array([[1 / px_per_mm, 0, part.x], [0, 1 / px_per_mm, part.y], [0, 0, 1]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = cv2.warpPerspective(image, to_image @ to_mm, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(laid, np.uint8)


def _picture(data: bytes) -> GrayImage:
    picture = picture_of(data)
    assert picture is not None  # noqa: S101 -- open_sheet has just looked
    return picture
