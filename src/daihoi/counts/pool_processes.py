"""Processes that answer items, and outlive the death of any of them.

Each process has a thread of ours that feeds it. When a process ends by itself (killed, out of memory, a fault in a
native library), what it had not answered is given to a fresh one; the item that it was at bears the blame, and one that
was blamed `DEATHS` times is answered by `lost`. A process that is silent for `SECONDS` is ended in the same way.

Processes are spawned (Windows knows nothing else) and none outlives the process that started it: a count that is
killed must not leave readers behind.
"""

from __future__ import annotations

import multiprocessing
import pickle
import queue
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from daihoi.counts.pool_worker import serve

Item = TypeVar("Item")
Result = TypeVar("Result")

DEATHS = 2
"""So many processes may end at one item."""
STARTS = 3
"""So often in a row a process may end before it is ready: then it is the machine, and no item is to blame."""
SECONDS = 120.0
"""The longest that one item may take; a page takes far less than one second."""
START_SECONDS = 300.0
"""The longest that a process may take to start: an old laptop that scans its programs for viruses."""
DEPTH = 2
"""Items given to a process at once: the next lies ready when one is answered."""
# Starting and reaping children is not made for several threads.
_CHILDREN = threading.Lock()


@dataclass
class _Job(Generic[Item, Result]):
    item: Item
    answer: Future[Result] = field(default_factory=Future)
    deaths: int = 0


class _Process:
    """One child with its pipe."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        with _CHILDREN:
            self._child = context.Process(target=serve, args=(theirs,), daemon=True)
            self._child.start()
        theirs.close()

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._child.pid or 0

    def begin(self, first: bytes) -> None:
        """Give the child its work and wait until it is ready. Raises what making the answerer raised."""
        self._pipe.send_bytes(first)
        good, error = self.receive(START_SECONDS)
        if not good:
            raise error

    def give(self, item: object) -> None:
        """Send an item. Raises OSError when the child has ended."""
        self._pipe.send(item)

    def receive(self, seconds: float) -> Any:
        """The next answer. Raises EOFError or OSError when the child ended, or has to be ended because it is silent."""
        if not self._pipe.poll(seconds):
            raise EOFError
        return self._pipe.recv()

    def kill(self) -> None:
        """End the child, whatever it does; its feeder sees the pipe close."""
        with _CHILDREN:
            self._child.kill()

    def bury(self) -> int:
        """Reap the child and say how it ended, as `multiprocessing` has it: minus the signal, or the exit code."""
        with _CHILDREN:
            self._child.kill()
            self._child.join()
        self._pipe.close()
        return self._child.exitcode or 0


class Processes(Generic[Item, Result]):
    """`make(shared)` in each of `width` processes answers items; both must be picklable.

    `lost(item, exit)` is the answer for an item that no process survives.
    """

    def __init__(
        self,
        make: Callable[[Any], Callable[[Item], Result]],
        shared: object,
        width: int,
        *,
        lost: Callable[[Item, int], Result],
    ) -> None:
        """Start the processes in the background; the first answer comes about half a second later."""
        self.width = width
        self._first = pickle.dumps((make, shared))
        self._lost = lost
        self._jobs: queue.SimpleQueue[_Job[Item, Result] | None] = queue.SimpleQueue()
        self._closing = False
        self._broken: Exception | None = None
        self._processes: dict[int, _Process] = {}
        self._feeders = [threading.Thread(target=self._feed, args=(place,), daemon=True) for place in range(width)]
        self._feeding = width
        self._lock = threading.Lock()
        for feeder in self._feeders:
            feeder.start()

    def submit(self, item: Item) -> Future[Result]:
        """The answer to come; its exception is what answering raised, or ChildProcessError: no process starts."""
        job: _Job[Item, Result] = _Job(item)
        self._jobs.put(job)
        return job.answer

    def pids(self) -> tuple[int, ...]:
        """The processes that are there now."""
        return tuple(process.pid for process in tuple(self._processes.values()))

    def close(self) -> None:
        """End every process at once: they hold nothing. Answers that are not there yet never come."""
        self._closing = True
        for _ in self._feeders:
            self._jobs.put(None)
        for process in tuple(self._processes.values()):
            process.kill()
        for feeder in self._feeders:
            feeder.join()
        self._processes.clear()

    def _feed(self, place: int) -> None:
        """Keep one process at work, and another in its place when it ends."""
        mine: deque[_Job[Item, Result]] = deque()
        failed = 0
        while not self._closing and failed < STARTS:
            process: _Process | None = None
            ready = False
            try:
                process = self._processes[place] = _Process()
                process.begin(self._first)
                ready, failed = True, 0
                self._work(process, mine)
            except (EOFError, OSError):
                pass
            except Exception as error:  # the answerer cannot be made: every item ends in that
                self._broken, failed = error, STARTS
            code = process.bury() if process else 0
            if not ready:
                failed += 1
            elif mine and not self._closing:
                self._blame(mine, code)
        if not self._closing:
            self._leave(mine)

    def _work(self, process: _Process, mine: deque[_Job[Item, Result]]) -> None:
        """Give and receive until the pool is closed or the process ends (EOFError, OSError)."""
        # What an earlier process in this place left unanswered.
        for job in mine:
            process.give(job.item)
        while not self._closing:
            while len(mine) < DEPTH and (job := self._next(wait=not mine)):
                mine.append(job)
                process.give(job.item)
            if not mine:
                return
            good, value = process.receive(SECONDS)
            _settle(mine.popleft(), good, value)

    def _next(self, *, wait: bool) -> Any:
        """A job; None when there is none now, or when the pool is closed."""
        try:
            return self._jobs.get(block=wait)
        except queue.Empty:
            return None

    def _blame(self, mine: deque[_Job[Item, Result]], code: int) -> None:
        mine[0].deaths += 1
        if mine[0].deaths >= DEATHS:
            job = mine.popleft()
            job.answer.set_result(self._lost(job.item, code))

    def _leave(self, mine: deque[_Job[Item, Result]]) -> None:
        """Give the jobs back where no process can be started; the last to leave tells whoever waits."""
        with self._lock:
            self._feeding -= 1
            last = not self._feeding
        for job in mine:
            self._jobs.put(job)
        while last and not self._closing:
            job = self._next(wait=True)
            if job is not None:
                job.answer.set_exception(self._broken or ChildProcessError())


def _settle(job: _Job[Item, Result], good: bool, value: Any) -> None:
    if good:
        job.answer.set_result(value)
    else:
        job.answer.set_exception(value)
