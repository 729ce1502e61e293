"""The pages that were taken and not read yet, through the readers into the ledger, always in the order of taking."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from daihoi.counts.disk import sync_file, sync_folder, writing
from daihoi.counts.duplicates import Duplicates, SamePixels, task_of
from daihoi.counts.journal import Journal
from daihoi.counts.page_events import CROPS, PAGE_EVENTS, crops_of, event_of
from daihoi.counts.pool import PageResult, Work, read_all
from daihoi.counts.taking import GROUP, GROUP_SECONDS, Image, images_in
from daihoi.counts.terms import Progress
from daihoi.reading.terms import ReadPage, Refusal


@dataclass(frozen=True)
class _Step:
    """A page to come into the ledger; `refusal` where it is refused unread."""

    image: Image
    index: int
    refusal: Refusal | None


def read_new(
    journal: Journal,
    folder: Path,
    work: Work,
    *,
    candidates: Sequence[str],
    workers: int,
    same_pixels: SamePixels,
    progress: Progress,
) -> None:
    """Read every page of the images taken that has no event yet. Raises ReaderDied, ImageChanged, WriteFailed."""
    with writing(folder / CROPS):
        (folder / CROPS).mkdir(exist_ok=True)
    # Duplicates are found here, in the order of the ledger, and not in the workers, which finish in any order.
    duplicates = Duplicates(folder, journal.entries, same_pixels)
    steps = tuple(_steps(journal, duplicates))
    group = _Group(journal, folder, candidates)
    tasks = [task_of(folder, step.image, step.index) for step in steps if step.refusal is None]
    results = read_all(tasks, work, workers)
    try:
        for done, step in enumerate(steps, start=1):
            if step.refusal is not None:
                result = PageResult(step.refusal)
            else:
                result = duplicates.of_page(step.image, step.index, next(results))
            group.add(step, result)
            progress(done, len(steps), "read")
    finally:
        # The workers first: they may still read while the last group is written.
        # What was read before a stop by hand or a full disk is kept where it can be.
        results.close()
        group.close()


def _steps(journal: Journal, duplicates: Duplicates) -> Iterator[_Step]:
    known = {(entry.facts["file"], entry.facts["index"]) for entry in journal.entries if entry.kind in PAGE_EVENTS}
    for image in images_in(journal.entries):
        refusal = duplicates.of_file(image)
        # A file that was refused unread stands in the ledger once, at its first page.
        pages = 1 if refusal else max(1, image.pages)
        for index in range(pages):
            if (image.file, index) not in known:
                yield _Step(image, index, refusal)


class _Group:
    """Events of pages whose crops are written and not yet synced."""

    def __init__(self, journal: Journal, folder: Path, candidates: Sequence[str]) -> None:
        self._journal = journal
        self._folder = folder
        self._candidates = candidates
        self._crops: list[Path] = []
        self._events: list[tuple[str, dict[str, object]]] = []
        self._began = time.monotonic()
        self._closing = False

    def add(self, step: _Step, result: PageResult) -> None:
        if isinstance(result.outcome, ReadPage):
            for name, data in crops_of(result.outcome, step.image, step.index, self._candidates).items():
                path = self._folder / name
                with writing(path):
                    path.write_bytes(data)
                self._crops.append(path)
        self._events.append(event_of(result, step.image.file, step.index))
        if len(self._events) >= GROUP or time.monotonic() - self._began >= GROUP_SECONDS:
            self.close()

    def close(self) -> None:
        """Sync the crops, then record the pages: an event never speaks of a crop that a power cut can still take."""
        if self._closing:
            # Ctrl-C came in the midst of this: what is on disk is whole, and once more would count these pages twice.
            return
        self._closing = True
        for path in self._crops:
            sync_file(path)
        if self._crops:
            sync_folder(self._folder / CROPS)
        for kind, facts in self._events:
            self._journal.append(kind, facts)
        self._journal.sync()
        self._crops.clear()
        self._events.clear()
        self._began = time.monotonic()
        self._closing = False
