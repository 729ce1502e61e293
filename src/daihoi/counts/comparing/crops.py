"""Pictures of what differs: the row of a candidate cut from the scan itself, or a whole page where that says more.

The place of a row follows from the corner marks and the printed plan; nothing is measured. A page whose marks are not
found (another form's sheet, a phone's photograph) is shown whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from daihoi.counts.comparing.terms import Difference, Kind, Leaf, Pass
from daihoi.counts.count_folder import CountFolder, sha256_of
from daihoi.counts.errors import ImageChanged
from daihoi.counts.page_events import PAGE_EVENTS
from daihoi.counts.terms import SeenPage
from daihoi.papers.ballots.prepare import prepare
from daihoi.reading.corners import find_frame
from daihoi.reading.identify import TURNED, page_to_image
from daihoi.reading.load import load_page
from daihoi.reading.terms import GrayImage, Refusal
from daihoi.reading.thresholds import DEFAULT
from daihoi.sheet.terms import PagePlan, Rect, SheetPlan

ROW_PX_PER_MM = 200 / 25.4
"""Rows are cut out at 200 dpi, as finely as most scans are."""
ROW_MARGIN_MM = 2.5
PAGE_HIGH_PX = 1100
"""A whole page is shown at about 94 dpi: writing can be read, and a thousand pages stay below 200 MB."""
_QUALITY = 80
_NO_SECRET = bytes(32)


@dataclass(frozen=True)
class Picture:
    """One picture by its ending, `png` for a row, `jpg` for a page."""

    ending: str
    data: bytes


class Pictures:
    """The pictures of one count; the page last decoded is kept, since differences of one paper come in a row."""

    def __init__(self, one: Pass) -> None:
        """Draw the plan of the sheet again; the secret does not move anything on it."""
        assert one.folder is not None  # noqa: S101 -- what was keyed has no pictures
        self._folder = one.folder
        self._plan = _plan_of(one.folder)
        self._turns = _turns_in(one.folder)
        self._last: tuple[tuple[str, int], GrayImage | None] | None = None

    def of(self, leaf: Leaf, difference: Difference) -> Picture | None:
        """What this leaf shows of the difference; None where no picture can be made. Raises ImageChanged."""
        if difference.kind is Kind.MARK:
            for page in leaf.pages:
                if any(mark.candidate == difference.candidate for mark in page.marks):
                    return self._row(page, difference.candidate) or self._whole(page)
        return self._ink(leaf) or self._whole(_telling(leaf))

    def _row(self, page: SeenPage, candidate: str) -> Picture | None:
        image, turn = self._image(page), self._turns.get((page.file, page.index))
        if image is None or turn is None or not 0 < page.page <= len(self._plan.pages):
            return None
        plan = self._plan.pages[page.page - 1]
        rows = [target.row for target in plan.targets if target.candidate == candidate]
        frame = find_frame(image, plan, DEFAULT)
        if not rows or isinstance(frame, int):
            return None
        return _png(_cut(image, frame.points[list(TURNED[turn % 4])] - 0.5, plan, rows[0]))

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
        upright = np.rot90(image, self._turns.get((page.file, page.index), 0))
        scale = min(1.0, PAGE_HIGH_PX / upright.shape[0])
        small = cv2.resize(np.ascontiguousarray(upright), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        done, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
        return Picture("jpg", bytes(data)) if done else None

    def _image(self, page: SeenPage) -> GrayImage | None:
        """The page's pixels, None where the file is none that can be decoded."""
        key = (page.stored, page.index)
        if self._last is None or self._last[0] != key:
            data = _bytes_of(self._folder.path / page.stored, page.sha256)
            image = load_page(data, page.file, page.index)
            self._last = (key, None if isinstance(image, Refusal) else image)
        return self._last[1]


def pictures_of(differences: tuple[Difference, ...], readers: tuple[Pass, ...]) -> Iterator[tuple[str, Picture]]:
    """For each difference and each pass that has scans of the paper: the name of a picture, and the picture.

    Raises ImageChanged.
    """
    albums = [Pictures(one) if one.folder else None for one in readers]
    for difference in differences:
        for one, album, leaf in zip(readers, albums, difference.paper, strict=True):
            picture = album.of(leaf, difference) if album and leaf else None
            if picture is not None:
                yield f"{difference.number:05d}-{one.label}.{picture.ending}", picture


def _plan_of(folder: CountFolder) -> SheetPlan:
    grounds = folder.grounds
    prepared = prepare(grounds.election, grounds.contest, secret=_NO_SECRET, rehearsal=folder.opened.rehearsal)
    return prepared.plan


def _turns_in(folder: CountFolder) -> dict[tuple[str, int], int]:
    """How each page lay in its scan, quarter turns clockwise, by file and page in it."""
    turns: dict[tuple[str, int], int] = {}
    for entry in folder.journal.entries:
        file, index, turn = (entry.facts.get(key) for key in ("file", "index", "turn"))
        if entry.kind in PAGE_EVENTS and isinstance(index, int) and isinstance(turn, int):
            turns[str(file), index] = turn
    return turns


def _telling(leaf: Leaf) -> SeenPage | None:
    """The page that says most of a whole sheet: the one that was refused, else the front."""
    refused = [page for page in leaf.pages if page.refusal is not None]
    return next(iter((*refused, *leaf.pages)), None)


def _cut(
    image: GrayImage, points: np.ndarray[tuple[int, ...], np.dtype[np.float64]], plan: PagePlan, row: Rect
) -> GrayImage:
    """The row laid flat at ROW_PX_PER_MM; `points` are the marks' centres in px, pixel centres at whole numbers."""
    left, top = row.x - ROW_MARGIN_MM, row.y - ROW_MARGIN_MM
    size = tuple(round((side + 2 * ROW_MARGIN_MM) * ROW_PX_PER_MM) for side in (row.w, row.h))
    to_mm = np.array([[1 / ROW_PX_PER_MM, 0, left], [0, 1 / ROW_PX_PER_MM, top], [0, 0, 1]])
    matrix = page_to_image(points, plan) @ to_mm
    flat = cv2.warpPerspective(
        image, matrix, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(flat, np.uint8)


def _png(image: GrayImage) -> Picture | None:
    done, data = cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 6])
    return Picture("png", bytes(data)) if done else None


def _bytes_of(path: Path, digest: str) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ImageChanged(path=str(path)) from None
    if sha256_of(data) != digest:
        raise ImageChanged(path=str(path))
    return data
