"""The same scan twice: equal bytes under two names, or equal pixels in two files. Found in the order of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from daihoi.counts.page_events import PAGE_EVENTS
from daihoi.counts.pool import PageResult, PageTask
from daihoi.counts.taking import Image, images_in
from daihoi.ledger.chain import Entry
from daihoi.reading.terms import Refusal, RefusalReason

SamePixels = Callable[[PageTask, PageTask], bool]


def task_of(folder: Path, image: Image, index: int) -> PageTask:
    """One page of a copied file."""
    return PageTask(str(folder / image.stored), image.sha256, image.file, index)


class Duplicates:
    """What was seen so far, by the bytes of files and the fingerprints of pages."""

    def __init__(self, folder: Path, entries: Iterable[Entry], same_pixels: SamePixels) -> None:
        """Begin with what the ledger holds."""
        listed = tuple(entries)
        self._folder = folder
        self._same_pixels = same_pixels
        self._images = {image.file: image for image in images_in(listed)}
        self._first_file: dict[str, str] = {}
        # The first to come stays a ballot whatever comes after it: a later scan must not change what was counted.
        for image in self._images.values():
            self._first_file.setdefault(image.sha256, image.file)
        self._first_page: dict[str, tuple[str, int]] = {}
        for entry in listed:
            if entry.kind in PAGE_EVENTS and "pixels_sha256" in entry.facts:
                pixels, file = str(entry.facts["pixels_sha256"]), str(entry.facts["file"])
                self._first_page.setdefault(pixels, (file, entry.whole("index")))

    def taken(self, image: Image) -> None:
        """One more file, after all that were taken before it."""
        self._images[image.file] = image
        self._first_file.setdefault(image.sha256, image.file)

    def of_file(self, image: Image) -> Refusal | None:
        """A refusal when the bytes came before under another name: `found` is that name."""
        first = self._first_file[image.sha256]
        return None if first == image.file else Refusal(RefusalReason.DUPLICATE_FILE, found=first)

    def of_page(self, image: Image, index: int, result: PageResult) -> PageResult:
        """The result, or a refusal when the pixels came before: `found` is that page, file#index."""
        if not result.pixels:
            return result
        first = self._first_page.setdefault(result.pixels, (image.file, index))
        if first == (image.file, index) or _is_blank(result):
            return result
        # The fingerprint is of sums, not of pixels: before a ballot is set aside, every pixel must agree.
        earlier = task_of(self._folder, self._images[first[0]], first[1])
        if not self._same_pixels(earlier, task_of(self._folder, image, index)):
            return result
        found = f"{first[0]}#{first[1]}"
        return PageResult(Refusal(RefusalReason.DUPLICATE_IMAGE, found=found), result.pixels)


def _is_blank(result: PageResult) -> bool:
    return isinstance(result.outcome, Refusal) and result.outcome.reason is RefusalReason.BLANK_PAGE
