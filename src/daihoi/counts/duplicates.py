"""The same scan twice: equal bytes under two names, or equal pixels in two files. Found in the order of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from daihoi.counts.pool import PageResult, PageTask
from daihoi.counts.removals import PAGE_EVENTS, files_removed, removed_in
from daihoi.counts.taking import Image, images_by_name
from daihoi.interchange.decisions import page_name
from daihoi.ledger.chain import Entry
from daihoi.reading.terms import Refusal, RefusalReason

SamePixels = Callable[[PageTask, PageTask], bool]
_SECOND = frozenset({RefusalReason.DUPLICATE_FILE, RefusalReason.DUPLICATE_IMAGE})


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
        self._images = images_by_name(listed)
        self._first_file: dict[str, str] = {}
        gone = _gone(listed)
        # The first to come stays a ballot whatever comes after it: a later scan must not change what was counted.
        for image in self._images.values():
            if image.file not in gone.files:
                self._first_file.setdefault(image.sha256, image.file)
        self._first_page: dict[str, tuple[str, int]] = {}
        for entry in listed:
            if entry.kind in PAGE_EVENTS and "pixels_sha256" in entry.facts:
                pixels, place = str(entry.facts["pixels_sha256"]), (str(entry.facts["file"]), entry.whole("index"))
                if page_name(*place) not in gone.pages:
                    self._first_page.setdefault(pixels, place)

    def taken(self, image: Image) -> None:
        """One more file, after all that were taken before it."""
        self._images[image.file] = image
        self._first_file.setdefault(image.sha256, image.file)

    def of_file(self, image: Image) -> Refusal | None:
        """A refusal when the bytes came before under another name: `found` is that name."""
        # Of a file that was removed there is no first.
        first = self._first_file.get(image.sha256, image.file)
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


@dataclass(frozen=True)
class _Gone:
    """Files and pages of which there is no earlier scan any more, since their batch was removed."""

    files: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()


def _gone(entries: Sequence[Entry]) -> _Gone:
    removed = removed_in(entries)
    if not removed:
        return _Gone()
    # What was refused as a second scan of a removed one was never read: it is no first scan for what comes now.
    again = {
        page_name(str(entry.facts["file"]), entry.whole("index"))
        for entry in entries
        if entry.kind == "page.refused" and entry.facts["reason"] in _SECOND
    }
    files = files_removed(entries) | {
        str(entry.facts["file"])
        for entry in entries
        if entry.kind == "page.refused" and entry.facts["reason"] == RefusalReason.DUPLICATE_FILE
    }
    return _Gone(files, removed | again)


def _is_blank(result: PageResult) -> bool:
    return isinstance(result.outcome, Refusal) and result.outcome.reason is RefusalReason.BLANK_PAGE
