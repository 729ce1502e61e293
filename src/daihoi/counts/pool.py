"""Pages through the reader, in this process or in several, behind one interface.

Whatever reads, the same page gives the same answer; who asks puts the answers back in order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import cv2

from daihoi.counts.errors import ImageChanged, ReaderDied
from daihoi.counts.page_bounds import BOUND_OF_CODE
from daihoi.counts.pool_processes import Processes
from daihoi.reading.load import kind_of
from daihoi.reading.terms import PrintedForm, ReadPage, Refusal, RefusalReason
from daihoi.sheet.slip import Slip
from daihoi.sheet.terms import Identity

AHEAD = 4
"""Pages in work or read and not yet taken, a worker: keeps all busy while one page takes long, and memory bounded."""
TOO_FEW = 8
"""Pages for which starting workers (about half a second) costs more than it saves."""


@dataclass(frozen=True)
class PageTask:
    """One page to read: `path` of the copied file, its digest and its name as given, the page in it, from 0."""

    path: str
    sha256: str
    file: str
    index: int


@dataclass(frozen=True)
class PageResult:
    """What became of one page; `pixels` is the fingerprint of the decoded image, empty when there is none."""

    outcome: ReadPage | Refusal
    pixels: str = ""
    alike: str = ""
    """An earlier page, file#index, that looks like the same sheet; found after reading, in the order of the ledger."""
    alike_crop: bytes = b""
    """PNG of both side by side."""
    slip: str = ""
    """What a separator slip's code says; `outcome` is then what the page is to a reader of ballots."""
    batch: Slip | None = None
    """The same, once it was checked to be a slip of this count."""


PageReader = Callable[[bytes, PageTask], PageResult]
MakeReader = Callable[[PrintedForm, tuple[Identity, ...]], PageReader]


@dataclass(frozen=True)
class Work:
    """What every page is read against, and what makes a reader of it: something of a module, so that it travels."""

    form: PrintedForm
    expected: tuple[Identity, ...]
    make: MakeReader


class Answer(Protocol):
    """A page that is being read."""

    def done(self) -> bool:
        """Whether `result` need not wait."""

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; whether the answer is there."""

    def result(self) -> PageResult:
        """What became of the page. Raises ReaderDied, ImageChanged."""


class Readers(Protocol):
    """Whoever reads pages; `width` is how many at a time."""

    width: int

    def submit(self, task: PageTask) -> Answer:
        """Have a page read; the answers come in any order."""

    def close(self) -> None:
        """End at once, whatever is still being read."""


OpenReaders = Callable[[Callable[[], Work]], Readers]
"""Makes readers of work that is made when it is needed."""


class LocalReaders:
    """Readers on this machine: in this process while pages are few, from the `TOO_FEW`th on in processes.

    A page that a process does not survive is read again by another; one that ends two of them is refused.
    """

    def __init__(self, work: Callable[[], Work], workers: int, *, at_once: bool = False, here: bool = True) -> None:
        """`work` is made when the first page comes; `at_once` starts the processes now, to lie ready.

        Not `here`: whoever asks must never wait for a page, so that none is read in this process.
        """
        self.width = workers
        self._make_work = work
        self._work: Work | None = None
        self._desk: Desk | None = None
        self._processes: Processes[PageTask, PageResult] | None = None
        self._early: list[_LocalAnswer] = []
        self._submitted = 0 if here else TOO_FEW
        if at_once:
            self._start()

    def submit(self, task: PageTask) -> Answer:
        """As `Readers`; few pages are read when they are asked for."""
        self._submitted += 1
        answer = _LocalAnswer(self, task)
        if self._processes is None and self._submitted < TOO_FEW and not _may_end_its_reader(task):
            self._early.append(answer)
        else:
            answer.future = self._start().submit(task)
        return answer

    def read_here(self, task: PageTask) -> PageResult:
        """A page in this process, by the same arithmetic as in a worker: one thread, so no sum in another order."""
        threads = cv2.getNumThreads()
        cv2.setNumThreads(1)
        try:
            self._desk = self._desk or Desk(self._given())
            return self._desk(task)
        finally:
            cv2.setNumThreads(threads)

    def pids(self) -> tuple[int, ...]:
        """The processes that are there now."""
        return self._processes.pids() if self._processes else ()

    def close(self) -> None:
        """As `Readers`."""
        if self._processes is not None:
            self._processes.close()

    def _given(self) -> Work:
        self._work = self._work or self._make_work()
        return self._work

    def _start(self) -> Processes[PageTask, PageResult]:
        if self._processes is None:
            self._processes = Processes(Desk, self._given(), self.width, lost=ended_twice)
            for answer in self._early:
                if not answer.done():
                    answer.future = self._processes.submit(answer.task)
            self._early.clear()
        return self._processes


class _LocalAnswer:
    """The answer of a process, or of this one when nobody else has begun."""

    def __init__(self, readers: LocalReaders, task: PageTask) -> None:
        self.task = task
        self.future: Future[PageResult] | None = None
        self._readers = readers
        self._here: PageResult | None = None

    def done(self) -> bool:
        return self._here is not None or (self.future is not None and self.future.done())

    def wait(self, seconds: float) -> bool:
        if self.future is not None:
            wait((self.future,), seconds)
        # Nobody else has begun: `result` reads the page itself.
        return self.future is None or self.future.done()

    def result(self) -> PageResult:
        if self.future is not None:
            try:
                return self.future.result()
            except ChildProcessError:
                raise ReaderDied(file=self.task.file) from None
        self._here = self._here or self._readers.read_here(self.task)
        return self._here


def _may_end_its_reader(task: PageTask) -> bool:
    """Whether no header tells what a page will cost: only a process that may end itself reads a PDF."""
    try:
        with Path(task.path).open("rb") as file:
            return kind_of(file.read(1024)) == "pdf"
    except OSError:
        return False


def ended_twice(_task: PageTask, code: int) -> PageResult:
    """A page that ended two reading processes: people look at it, and the count goes on."""
    return PageResult(Refusal(RefusalReason.ENDS_READER, found=BOUND_OF_CODE.get(code, str(code))))


class Desk:
    """Reads page after page; keeps the bytes of the last file, because the pages of one file come in a row."""

    def __init__(self, work: Work) -> None:
        """Make the reader."""
        self._reader = work.make(work.form, work.expected)
        self._path = ""
        self._data = b""

    def __call__(self, task: PageTask) -> PageResult:
        """One page. Raises ImageChanged, and ReaderDied for want of memory."""
        if task.path != self._path:
            self._data, self._path = bytes_of(task), task.path
        return self.read(self._data, task)

    def read(self, data: bytes, task: PageTask) -> PageResult:
        """One page of a file whose bytes are at hand. Raises ReaderDied for want of memory."""
        try:
            return self._reader(data, task)
        except MemoryError:
            # Another time there may be enough: what is refused must not hang on that.
            raise ReaderDied(file=task.file) from None
        except Exception as error:
            if isinstance(error, cv2.error) and error.code == cv2.Error.StsNoMem:
                raise ReaderDied(file=task.file) from None
            # One page that the reader does not survive must not keep the rest from being counted: people look at it.
            return PageResult(Refusal(RefusalReason.DISTORTED, found=type(error).__name__))


def bytes_of(task: PageTask) -> bytes:
    """The copy of a scan as it was taken. Raises ImageChanged."""
    try:
        data = Path(task.path).read_bytes()
    except FileNotFoundError:
        raise ImageChanged(path=task.path) from None
    if hashlib.sha256(data).hexdigest() != task.sha256:
        raise ImageChanged(path=task.path)
    return data
