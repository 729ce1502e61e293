"""Pictures of what differs: the row of a candidate cut from the scan itself, or a whole page where that says more."""

from __future__ import annotations

from collections.abc import Iterator

from daihoi.counts.comparing.terms import Comparison, Difference, Kind, Leaf, Pass
from daihoi.counts.laying import printed_sheet, row_of
from daihoi.counts.page_pictures import Picture, jpg_of, opened, png_of, upright
from daihoi.counts.terms import SeenPage
from daihoi.reading.terms import GrayImage

PAGE_HIGH_PX = 1100
"""A whole page is shown at about 94 dpi: writing can be read, and a thousand pages stay below 200 MB."""


class Pictures:
    """The pictures of one count; the page last decoded is kept, since differences of one paper come in a row."""

    def __init__(self, one: Pass) -> None:
        """Make ready to cut rows out of this count's own kind of sheet."""
        assert one.folder is not None  # noqa: S101 -- what was keyed has no pictures
        self._folder = one.folder
        self._sheet = printed_sheet(one.folder)
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
        row = row_of(self._sheet, image, page.page, page.turn, candidate)
        return None if row is None else png_of(row)

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
        return jpg_of(upright(image, page.turn or 0, PAGE_HIGH_PX))

    def _image(self, page: SeenPage) -> GrayImage | None:
        """The page's pixels, None where the file is none that can be decoded."""
        key = (page.stored, page.index)
        if self._last is None or self._last[0] != key:
            self._last = (key, opened(self._folder.path, page))
        return self._last[1]


def picture_of(comparison: Comparison, number: int, label: str) -> Picture | None:
    """What the pass `label` shows of difference `number`; None where it has no such paper, no scans or no picture.

    Raises ImageChanged.
    """
    difference = comparison.differences[number - 1]
    for one, leaf in zip(comparison.readers, difference.paper, strict=True):
        if one.label == label and one.folder is not None and leaf is not None:
            return Pictures(one).of(leaf, difference)
    return None


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


def _telling(leaf: Leaf) -> SeenPage | None:
    """The page that says most of a whole sheet: the one that was refused, else the front."""
    # The side that could not be read is the one that a person must see.
    refused = [page for page in leaf.pages if page.refusal is not None]
    return next(iter((*refused, *leaf.pages)), None)
