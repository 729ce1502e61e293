"""Scans on their way into the ledger: copied, read by the readers, recorded always in the order of taking.

A file stands in the ledger right before its pages, and the next file after them, whatever came ready first and however
often the count was stopped: so files that come while we watch give the same ledger as the same files counted later.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from daihoi.counts.count_folder import CountFolder
from daihoi.counts.disk import sync_file, sync_folder, writing
from daihoi.counts.duplicates import Duplicates, SamePixels, task_of
from daihoi.counts.page_events import CROPS, alike_crop, crops_of, event_of, pages_seen
from daihoi.counts.pool import AHEAD, TOO_FEW, Answer, PageResult, Readers
from daihoi.counts.reader_names import NAMED
from daihoi.counts.removals import PAGE_EVENTS
from daihoi.counts.same_sheets import SameSheets
from daihoi.counts.scan_order import Listing, list_scans
from daihoi.counts.slips import NO_SLIPS, SlipCheck
from daihoi.counts.strip import Strip, last_page
from daihoi.counts.taking import IMAGES, Copies, Copy, Image, images_in, written_name
from daihoi.counts.terms import Progress, silent
from daihoi.counts.traces import Traces
from daihoi.reading.terms import ReadPage, Refusal

GROUP = 100
"""Events that are synced together; fewer when half a second has passed."""
GROUP_SECONDS = 0.5
PATIENCE = 0.2
"""Seconds between two looks at whether somebody wants to stop, while a page is read."""


@dataclass(frozen=True)
class _Step:
    """A page to come into the ledger; `answer` None where it is `refusal` unread."""

    image: Image
    index: int
    answer: Answer | None
    refusal: Refusal | None = None


@dataclass
class Tallied:
    """How far this run has come: `pages` to read, of them `done`."""

    pages: int = 0
    done: int = 0


class Intake:
    """A context in which scans are taken and read; leaving it records what was read and lets the readers go.

    Raises what the readers raise, WriteFailed and DiskFull.
    """

    def __init__(
        self,
        folder: CountFolder,
        readers: Readers,
        *,
        same_pixels: SamePixels,
        progress: Progress = silent,
        slips: SlipCheck = NO_SLIPS,
        lying: Collection[str] = (),
        reading: Mapping[str, object] | None = None,
    ) -> None:
        """Begin with the pages that were taken before and not read; `reading` are the facts of readers.named.

        `lying` as `Copies` has it.
        """
        self.tallied = Tallied()
        self.strip = Strip(pages_seen(folder.journal.entries, folder.grounds.candidates, folder.known))
        self._journal = folder.journal
        self._count = folder
        self._folder = folder.path
        self._readers = readers
        self.progress = progress
        self._to_come = 0
        with writing(folder.path / CROPS):
            (folder.path / CROPS).mkdir(exist_ok=True)
        entries = folder.journal.entries
        self._copies = Copies(folder.path, entries, lying)
        # Duplicates are found here, in the order of the ledger, and not in the workers, which finish in any order.
        self._duplicates = Duplicates(folder.path, entries, same_pixels)
        self._same_pixels = same_pixels
        self._slips = slips
        traces = Traces(folder.path, entries)
        self._same_sheets = SameSheets(folder, traces)
        self._group = _Group(folder, traces, reading)
        self._line: deque[Copy | _Step] = deque()
        known = {(entry.facts["file"], entry.facts["index"]) for entry in entries if entry.kind in PAGE_EVENTS}
        for image in images_in(entries):
            self._send(image, known)

    def __enter__(self) -> Intake:
        """Nothing to do."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The workers first: they may still read while the last group is written."""
        self._readers.close()
        # What was read before a stop by hand or a full disk is kept where it can be.
        self._group.close()

    def take_all(self, scans: Path) -> Listing:
        """Take what is new under `scans` and read everything that is not read. Raises NoScans, OSError."""
        listing = list_scans(scans)
        self._to_come = len(listing.scans)
        for name in listing.scans:
            self._to_come -= 1
            self.take(scans / name, written_name(name), (scans / name).read_bytes())
        self.finish()
        return listing

    def take(self, path: Path, name: str, data: bytes) -> bool:
        """Take one file and have it read; whether it is new. Waits while too many pages are being read."""
        new = self.accept(path, name, data)
        self._tell()
        self.record()
        while self.is_full():
            self._record_next()
        return new

    def accept(self, path: Path, name: str, data: bytes) -> bool:
        """As `take`, and waits for nothing: who calls it looks at `is_full` before the next file."""
        copy = self._copies.copy(path, name, data)
        if copy is not None:
            self._line.append(copy)
            self._duplicates.taken(copy.image)
            self._send(copy.image, ())
        return copy is not None

    def is_full(self) -> bool:
        """Whether so many pages are being read that no more should be taken; a copy is no more than a place in line."""
        return self.unread > max(TOO_FEW, AHEAD * self._readers.width)

    @property
    def unread(self) -> int:
        """Pages that were taken and do not stand in the ledger yet."""
        return self.tallied.pages - self.tallied.done

    def record(self) -> None:
        """Record, without waiting, what is ready."""
        while self._line:
            first = self._line[0]
            if isinstance(first, _Step) and first.answer is not None and not first.answer.done():
                return
            self._record_next()

    def finish(self) -> None:
        """Wait for every page that was taken; then the ledger on disk holds all of them."""
        while self._line:
            self._record_next()
        self._group.close()
        self._copies.clear_unrecorded(self._journal.entries)

    def flush(self) -> None:
        """Have on disk what was recorded so far."""
        self._group.close()

    def forget_what_is_gone(self) -> None:
        """From now on nothing looks like a sheet that the board has put out of the count since the last look."""
        self.flush()
        self._same_sheets.begin_anew()

    def forget_removed(self, lying: Iterable[str], to_come: Collection[str]) -> None:
        """From now on no scan of a removed batch is an earlier scan of anything; nothing may be in line.

        `lying` are the names of the files that lie in the folder of scans now, `to_come` those of them that were not
        given yet, and will be given once for lying there. The others are given again only when they come again.
        """
        entries = self._journal.entries
        self._copies = Copies(self._folder, entries, to_come)
        self._copies.pass_over(lying)
        self._duplicates = Duplicates(self._folder, entries, self._same_pixels)
        self._same_sheets.begin_anew()
        self.strip = Strip(pages_seen(entries, self._count.grounds.candidates, self._count.known))

    @property
    def set_aside(self) -> Collection[str]:
        """Files of removed batches that lie in the folder of scans, and lay there before."""
        return self._copies.set_aside

    def wait(self, seconds: float) -> None:
        """Give the readers so long for the page that is next in line."""
        first = self._line[0] if self._line else None
        if isinstance(first, _Step) and first.answer is not None:
            first.answer.wait(seconds)
        else:
            time.sleep(seconds)

    def _send(self, image: Image, known: Collection[object]) -> None:
        refusal = self._duplicates.of_file(image)
        # A file that was refused unread stands in the ledger once, at its first page.
        for index in range(1 if refusal else max(1, image.pages)):
            if (image.file, index) not in known:
                task = task_of(self._folder, image, index)
                answer = None if refusal else self._readers.submit(task)
                self._line.append(_Step(image, index, answer, refusal))
                self.tallied.pages += 1

    def _record_next(self) -> None:
        first = self._line[0]
        if isinstance(first, Copy):
            self._line.popleft()
            self._group.add_copy(first)
            return
        result = self._result(first)
        self._line.popleft()
        self._group.add_page(first, result)
        self.tallied.done += 1
        self.strip.add(last_page(first.image, first.index, result))
        self._tell()

    def _result(self, step: _Step) -> PageResult:
        if step.answer is None:
            assert step.refusal is not None  # noqa: S101 -- one of the two
            return PageResult(step.refusal)
        while not step.answer.wait(PATIENCE):
            self._tell()
        result = self._slips.of_page(step.answer.result())
        # Slips of one batch look alike and are meant to.
        if result.batch is not None:
            return result
        result = self._duplicates.of_page(step.image, step.index, result)
        return self._same_sheets.of_page(step.image, step.index, result)

    def _tell(self) -> None:
        self.progress(self.tallied.done, self.tallied.pages + self._to_come, "read")


class _Group:
    """Events whose images and crops are written and not yet synced."""

    def __init__(self, folder: CountFolder, traces: Traces, reading: Mapping[str, object] | None) -> None:
        self._journal = folder.journal
        said = [entry.facts for entry in folder.journal.entries if entry.kind == NAMED]
        # Said when a page is read and not before: who only looks at a count with another version alters nothing.
        self._reading = None if said and said[-1] == reading else reading
        self._traces = traces
        self._folder = folder.path
        self._candidates = folder.grounds.candidates
        self._files: list[Path] = []
        self._events: list[tuple[str, dict[str, object]]] = []
        self._began = time.monotonic()
        self._closing = False

    def add_copy(self, copy: Copy) -> None:
        self._files.append(self._folder / copy.image.stored)
        self._add("image.taken", dict(copy.facts))

    def add_page(self, step: _Step, result: PageResult) -> None:
        if step.answer is not None and self._reading is not None:
            self._add(NAMED, dict(self._reading))
            self._reading = None
        if isinstance(result.outcome, ReadPage):
            crops = dict(crops_of(result.outcome, step.image, step.index, self._candidates))
            if result.alike:
                crops[alike_crop(step.image.number, step.index)] = result.alike_crop
            for name, data in crops.items():
                path = self._folder / name
                with writing(path):
                    path.write_bytes(data)
                self._files.append(path)
        self._add(*event_of(result, step.image.file, step.index))

    def _add(self, kind: str, facts: dict[str, object]) -> None:
        self._events.append((kind, facts))
        if len(self._events) >= GROUP or time.monotonic() - self._began >= GROUP_SECONDS:
            self.close()

    def close(self) -> None:
        """Sync the files, then record: an event never speaks of an image or a crop that a power cut can still take."""
        if self._closing:
            # Ctrl-C came in the midst of this: what is on disk is whole, and once more would count these pages twice.
            return
        self._closing = True
        for path in self._files:
            sync_file(path)
        if self._files:
            sync_folder(self._folder / IMAGES)
            sync_folder(self._folder / CROPS)
        # A trace without its event is taken off again; an event without its trace would be a question never asked.
        self._traces.sync()
        for kind, facts in self._events:
            self._journal.append(kind, facts)
        self._journal.sync()
        self._files.clear()
        self._events.clear()
        self._began = time.monotonic()
        self._closing = False
