"""Pictures of what differs: the row of a candidate cut from the scan itself, or a whole page where that says more.

The place of a row follows from the corner marks and the printed plan, or from the print of a learned ballot; nothing is
measured. A page that cannot be laid so (a phone's photograph) is shown whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.counts.comparing.terms import Difference, Kind, Leaf, Pass
from daihoi.counts.count_folder import SHEET, CountFolder
from daihoi.counts.pool import PageTask, bytes_of
from daihoi.counts.terms import SeenPage
from daihoi.learning.form import open_sheet, picture_of
from daihoi.learning.locate import Locator
from daihoi.papers.ballots.prepare import prepare
from daihoi.reading.corners import find_frame
from daihoi.reading.identify import TURNED, page_to_image
from daihoi.reading.load import load_page
from daihoi.reading.terms import GrayImage, Refusal
from daihoi.reading.thresholds import DEFAULT
from daihoi.sheet.terms import Rect

ROW_PX_PER_MM = 200 / 25.4
"""Rows are cut out at 200 dpi, as finely as most scans are."""
ROW_MARGIN_MM = 2.5
PAGE_HIGH_PX = 1100
"""A whole page is shown at about 94 dpi: writing can be read, and a thousand pages stay below 200 MB."""
_QUALITY = 80
_NO_SECRET = bytes(32)
_TO_CANVAS = np.diag([ROW_PX_PER_MM, ROW_PX_PER_MM, 1.0])
"""From mm to px of the canvas on which learned pages lie, 200 dpi as well."""


@dataclass(frozen=True)
class Picture:
    """One picture by its ending, `png` for a row, `jpg` for a page."""

    ending: str
    data: bytes


class Pictures:
    """The pictures of one count; the page last decoded is kept, since differences of one paper come in a row."""

    def __init__(self, one: Pass) -> None:
        """Make ready to cut rows out of this count's own kind of sheet."""
        assert one.folder is not None  # noqa: S101 -- what was keyed has no pictures
        self._folder = one.folder
        self._sheet = _LearnedSheet(one.folder) if one.folder.learned else _OwnSheet(one.folder)
        self._last: tuple[tuple[str, int], GrayImage | None] | None = None

    def of(self, leaf: Leaf, difference: Difference) -> Picture | None:
        """What this leaf shows of the difference; None where no picture can be made. Raises ImageChanged."""
        if difference.kind is Kind.MARK:
            for page in leaf.pages:
                if any(mark.candidate == difference.candidate for mark in page.marks):
                    return self._row(page, difference.candidate) or self._whole(page)
        return self._ink(leaf) or self._whole(_telling(leaf))

    def _row(self, page: SeenPage, candidate: str) -> Picture | None:
        image = self._image(page)
        if image is None or page.turn is None:
            return None
        row = self._sheet.row(image, page.page, page.turn, candidate)
        return None if row is None else _png(row)

    def _ink(self, leaf: Leaf) -> Picture | None:
        """The first ink outside the list, which the count has cut out itself."""
        for ink in (ink for page in leaf.pages for ink in page.foreign if ink.crop):
            path = self._folder.path / ink.crop
            if path.is_file():
                return Picture("png", path.read_bytes())
        return None

    def _whole(self, page: SeenPage | None) -> Picture | None:
        image = None if page is None else self._image(page)
        if page is None or image is None:
            return None
        upright = np.rot90(image, page.turn or 0)
        scale = min(1.0, PAGE_HIGH_PX / upright.shape[0])
        small = cv2.resize(np.ascontiguousarray(upright), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        done, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
        return Picture("jpg", bytes(data)) if done else None

    def _image(self, page: SeenPage) -> GrayImage | None:
        """The page's pixels, None where the file is none that can be decoded."""
        key = (page.stored, page.index)
        if self._last is None or self._last[0] != key:
            task = PageTask(str(self._folder.path / page.stored), page.sha256, page.file, page.index)
            image = load_page(bytes_of(task), page.file, page.index)
            self._last = (key, None if isinstance(image, Refusal) else image)
        return self._last[1]


def pictures_of(differences: tuple[Difference, ...], readers: tuple[Pass, ...]) -> Iterator[tuple[int, str, Picture]]:
    """For each difference and each pass that has scans of the paper: number of the one, label of the other, picture.

    Raises ImageChanged.
    """
    # What was keyed has no pictures of its own; the scans of the others stand beside it.
    albums = [Pictures(one) if one.folder else None for one in readers]
    for difference in differences:
        for one, album, leaf in zip(readers, albums, difference.paper, strict=True):
            picture = album.of(leaf, difference) if album and leaf else None
            if picture is not None:
                yield difference.number, one.label, picture


class _OwnSheet:
    """A ballot that we printed: laid by its four corner marks."""

    def __init__(self, folder: CountFolder) -> None:
        grounds, rehearsal = folder.grounds, folder.opened.rehearsal
        # The plan is drawn anew; the secret, which no count holds, moves nothing on it.
        self._plan = prepare(grounds.election, grounds.contest, secret=_NO_SECRET, rehearsal=rehearsal).plan

    def row(self, image: GrayImage, page: int, turn: int, candidate: str) -> GrayImage | None:
        """The candidate's row on side `page` (from 1) of a scan that lies `turn` quarter turns clockwise."""
        plan = self._plan.pages[page - 1] if 0 < page <= len(self._plan.pages) else None
        rows = [] if plan is None else [target.row for target in plan.targets if target.candidate == candidate]
        frame = find_frame(image, plan, DEFAULT) if plan and rows else 0
        if plan is None or isinstance(frame, int):
            return None
        # The frame has pixel centres at .5; the warp has them at whole numbers.
        return _cut(image, page_to_image(frame.points[list(TURNED[turn % 4])] - 0.5, plan), rows[0])


class _LearnedSheet:
    """A ballot of somebody else's: laid by its print."""

    def __init__(self, folder: CountFolder) -> None:
        opened = open_sheet(folder.path / SHEET)
        self._pages = opened.sheet.pages
        self._locator = Locator(tuple(_picture(opened.rasters[page.raster]) for page in self._pages))

    def row(self, image: GrayImage, page: int, _turn: int, candidate: str) -> GrayImage | None:
        """The candidate's row on side `page` (from 1); how the scan lies, its print tells."""
        targets = self._pages[page - 1].targets if 0 < page <= len(self._pages) else ()
        rows = [target.row for target in targets if target.candidate == candidate]
        for guess in self._locator.guesses(image) if rows else ():
            if guess.page == page - 1:
                return _cut(image, self._locator.refined(image, guess).to_image @ _TO_CANVAS, rows[0])
        return None


def _telling(leaf: Leaf) -> SeenPage | None:
    """The page that says most of a whole sheet: the one that was refused, else the front."""
    # The side that could not be read is the one that a person must see.
    refused = [page for page in leaf.pages if page.refusal is not None]
    return next(iter((*refused, *leaf.pages)), None)


def _cut(image: GrayImage, to_image: npt.NDArray[np.float64], row: Rect) -> GrayImage:
    """The row laid flat at ROW_PX_PER_MM; `to_image` from mm of the page to px, pixel centres at whole numbers."""
    left, top = row.x - ROW_MARGIN_MM, row.y - ROW_MARGIN_MM
    size = tuple(round((side + 2 * ROW_MARGIN_MM) * ROW_PX_PER_MM) for side in (row.w, row.h))
    to_mm = np.array([[1 / ROW_PX_PER_MM, 0, left], [0, 1 / ROW_PX_PER_MM, top], [0, 0, 1]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    flat = cv2.warpPerspective(image, to_image @ to_mm, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(flat, np.uint8)


def _picture(data: bytes) -> GrayImage:
    picture = picture_of(data)
    assert picture is not None  # noqa: S101 -- open_sheet has just looked
    return picture


def _png(image: GrayImage) -> Picture | None:
    done, data = cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 6])
    return Picture("png", bytes(data)) if done else None
