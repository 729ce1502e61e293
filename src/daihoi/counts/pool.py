"""Pages through the reader, in this process or in several, and out again in the order in which they went in.

Workers are spawned (Windows knows nothing else), each gets the printed form once, and none outlives the process that
started it: a count that is killed must not leave readers behind.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

import cv2

from daihoi.counts.errors import ImageChanged, ReaderDied
from daihoi.reading.terms import PrintedForm, ReadPage, Refusal, RefusalReason
from daihoi.sheet.terms import Identity

AHEAD = 4
"""Pages in work or read and not yet taken, a worker: keeps all busy while one page takes long, and memory bounded."""
TOO_FEW = 8
"""Pages for which starting workers (about a second each) costs more than it saves."""


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


PageReader = Callable[[bytes, PageTask], PageResult]
MakeReader = Callable[[PrintedForm, tuple[Identity, ...]], PageReader]


@dataclass(frozen=True)
class Work:
    """What every page is read against, and what makes a reader of it: something of a module, so that it travels."""

    form: PrintedForm
    expected: tuple[Identity, ...]
    make: MakeReader


def read_all(tasks: Sequence[PageTask], work: Work, workers: int) -> Generator[PageResult, None, None]:
    """A result for each task, in order. Raises ReaderDied when a worker is killed or runs out of memory."""
    if not tasks:
        return
    if workers <= 1 or len(tasks) < TOO_FEW:
        yield from _read_here(tasks, work)
        return
    pool = ProcessPoolExecutor(
        max_workers=min(workers, len(tasks)),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin_worker,
        initargs=(work,),
    )
    waiting: deque[tuple[PageTask, Future[PageResult]]] = deque()
    try:
        for task in tasks:
            waiting.append((task, pool.submit(_read_in_worker, task)))
            if len(waiting) >= AHEAD * workers:
                yield _result(waiting)
        while waiting:
            yield _result(waiting)
    except BrokenProcessPool:
        raise ReaderDied(file=tasks[0].file) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _read_here(tasks: Sequence[PageTask], work: Work) -> Generator[PageResult, None, None]:
    """The pages in this process, by the same arithmetic as in a worker: one thread, so no sum in another order."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        desk = _Desk(work)
        for task in tasks:
            yield desk.read(task)
    finally:
        cv2.setNumThreads(threads)


def _result(waiting: deque[tuple[PageTask, Future[PageResult]]]) -> PageResult:
    task, future = waiting[0]
    try:
        result = future.result()
    except BrokenProcessPool:
        raise ReaderDied(file=task.file) from None
    waiting.popleft()
    return result


class _Desk:
    """Reads page after page; keeps the bytes of the last file, because the pages of one file come in a row."""

    def __init__(self, work: Work) -> None:
        self._reader = work.make(work.form, work.expected)
        self._path = ""
        self._data = b""

    def read(self, task: PageTask) -> PageResult:
        if task.path != self._path:
            self._data, self._path = _bytes_of(task), task.path
        try:
            return self._reader(self._data, task)
        except MemoryError:
            # Another time there may be enough: what is refused must not hang on that.
            raise ReaderDied(file=task.file) from None
        except Exception as error:
            if isinstance(error, cv2.error) and error.code == cv2.Error.StsNoMem:
                raise ReaderDied(file=task.file) from None
            # One page that the reader does not survive must not keep the rest from being counted: people look at it.
            return PageResult(Refusal(RefusalReason.DISTORTED, found=type(error).__name__))


def _bytes_of(task: PageTask) -> bytes:
    """The copy of a scan as it was taken. Raises ImageChanged."""
    try:
        data = Path(task.path).read_bytes()
    except FileNotFoundError:
        raise ImageChanged(path=task.path) from None
    if hashlib.sha256(data).hexdigest() != task.sha256:
        raise ImageChanged(path=task.path)
    return data


_desks: list[_Desk] = []


def _begin_worker(work: Work) -> None:
    # Ctrl-C reaches every process of the terminal; the parent alone answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _desks[:] = [_Desk(work)]


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _read_in_worker(task: PageTask) -> PageResult:
    return _desks[0].read(task)
