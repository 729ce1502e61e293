"""Keeps the reader alive: a process of its own, started with the house, started again whenever it ends.

A reader that crashed at a scan takes no page of the house with it, and one that is killed is back within a second.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

AGAIN_SECONDS = 1.0
GOODBYE_SECONDS = 10.0
"""How long the reader may take to write what it has when the house is closed."""


def run(line: Connection) -> None:
    """The reading process: until its house says so on `line`, or is gone."""
    import django  # noqa: PLC0415 -- a fresh process, whose settings stand in the environment

    django.setup()
    from daihoi.counts.errors import CountIsOpen  # noqa: PLC0415
    from daihoi.web.counting.reader import read_house  # noqa: PLC0415

    house, parent = multiprocessing.parent_process(), os.getppid()

    def stopped() -> bool:
        if house is None or not house.is_alive() or os.getppid() != parent:
            return True
        try:
            return line.poll()
        except OSError:
            # Windows says so of a house that is gone.
            return True

    while not stopped():
        try:
            read_house(stopped, pid=os.getpid())
        except CountIsOpen:
            # The reader of a house that was killed a moment ago is still putting its things away.
            time.sleep(AGAIN_SECONDS)
        except KeyboardInterrupt:
            return
        except Exception:
            traceback.print_exc(file=sys.stderr)
            time.sleep(AGAIN_SECONDS)


class Keeper:
    """Starts the reader and watches it."""

    def __init__(self) -> None:
        self._spawn = multiprocessing.get_context("spawn")
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="reader's keeper", daemon=True)
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    def start(self) -> None:
        """Start the first one, and from now on another whenever it ends."""
        self._begin()
        self._thread.start()

    def stop(self) -> None:
        """Let the reader write what it has, and end it."""
        # Before anything else, or the keeper would start another while this one ends.
        self._closing.set()
        process, line = self._process, self._line
        if process is None or line is None:
            return
        with suppress(OSError):
            line.send(None)
        process.join(GOODBYE_SECONDS)
        if process.is_alive():
            process.terminate()
            process.join(GOODBYE_SECONDS)

    def _begin(self) -> None:
        # A line of its own for each: what was sent to one that ended would be read by the next.
        ours, theirs = self._spawn.Pipe()
        process = self._spawn.Process(target=run, args=(theirs,), name="daihoi-reader")
        process.start()
        theirs.close()
        self._process, self._line = process, ours

    def _keep(self) -> None:
        while not self._closing.is_set():
            process = self._process
            if process is not None:
                process.join(AGAIN_SECONDS)
            if not self._closing.is_set() and (process is None or not process.is_alive()):
                self._closing.wait(AGAIN_SECONDS)
                if not self._closing.is_set():
                    self._begin()


@contextmanager
def kept_reader() -> Iterator[None]:
    """The reader of the house, as long as the house is open."""
    keeper = Keeper()
    keeper.start()
    try:
        yield
    finally:
        keeper.stop()
