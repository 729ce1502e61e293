"""Pictures of scans for people at a screen or over a list: the whole page, or one row with those beside it.

Browsers show neither TIFF nor PDF, and a scan may lie on its side; a picture of here is upright, and where the sheet's
marks are found it shows the printed page and nothing else, so that a place in mm is a place in the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from daihoi.counts.count_folder import CountFolder, read_folder
from daihoi.counts.laying import PrintedSheet, printed_sheet, row_of, whole_page
from daihoi.counts.pool import PageTask, bytes_of
from daihoi.counts.terms import SeenScan
from daihoi.reading.load import load_page
from daihoi.reading.terms import GrayImage, Refusal
from daihoi.sheet.terms import PAGE_H_MM

_QUALITY = 80
WHOLE_HIGH_PX = 1400
"""120 dpi: small print is read on a screen, and a page stays below 300 kB."""
BESIDE_MM = 10.0
"""Above and below a row: one neighbour of a usual list on either side."""


@dataclass(frozen=True)
class Picture:
    """One picture by its ending, `png` for a row, `jpg` for a page.

    `laid`: it shows the printed page from edge to edge, so that mm of the page follow from its width.
    """

    ending: str
    data: bytes
    laid: bool = False


class PagePictures:
    """The pictures of one count; the last page is kept, since a person looks at one after the other."""

    def __init__(self, folder: CountFolder) -> None:
        """Nothing is drawn yet."""
        self._folder = folder
        self._sheet: PrintedSheet | None = None
        self._last: tuple[SeenScan, GrayImage | None] | None = None

    def whole(self, scan: SeenScan, *, side: int = 0, turn: int = 0, high_px: int = WHOLE_HIGH_PX) -> Picture | None:
        """The page, laid flat where `side` (from 1) is known; None where its file cannot be decoded.

        Raises ImageChanged.
        """
        image = self._image(scan)
        if image is None:
            return None
        to_image = self.sheet.laid(image, side, turn) if side else None
        if to_image is None:
            return jpg_of(upright(image, turn, high_px))
        return jpg_of(whole_page(image, to_image, high_px / PAGE_H_MM), laid=True)

    def row(
        self, scan: SeenScan, candidate: str, *, side: int, turn: int, beside_mm: float = BESIDE_MM
    ) -> Picture | None:
        """The candidate's row with what stands beside it; None where the page cannot be laid. Raises ImageChanged."""
        image = self._image(scan)
        row = None if image is None else row_of(self.sheet, image, side, turn, candidate, beside=beside_mm)
        return None if row is None else png_of(row)

    @property
    def sheet(self) -> PrintedSheet:
        """The sheet as it was printed."""
        self._sheet = self._sheet or printed_sheet(self._folder)
        return self._sheet

    def _image(self, scan: SeenScan) -> GrayImage | None:
        if self._last is None or self._last[0] != scan:
            self._last = (scan, opened(self._folder.path, scan))
        return self._last[1]


def pictures_in(count: Path) -> PagePictures:
    """The pictures of the count at `count`, whoever works on it meanwhile. Raises the errors of `read_folder`."""
    return PagePictures(read_folder(count))


def opened(count: Path, scan: SeenScan) -> GrayImage | None:
    """The pixels of a scan; None where the file is none that can be decoded. Raises ImageChanged."""
    task = PageTask(str(count / scan.stored), scan.sha256, scan.file, scan.index)
    image = load_page(bytes_of(task), scan.file, scan.index)
    return None if isinstance(image, Refusal) else image


def upright(image: GrayImage, turn: int, high_px: int) -> GrayImage:
    """A scan that lies `turn` quarter turns clockwise, turned back and no higher than `high_px`."""
    turned = np.ascontiguousarray(np.rot90(image, turn))
    scale = min(1.0, high_px / turned.shape[0])
    small = cv2.resize(turned, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def jpg_of(image: GrayImage, *, laid: bool = False) -> Picture | None:
    """A page as JPEG."""
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return Picture("jpg", bytes(data), laid) if done else None


def png_of(image: GrayImage) -> Picture | None:
    """A row as PNG, every pixel as it was."""
    done, data = cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 6])
    return Picture("png", bytes(data)) if done else None
