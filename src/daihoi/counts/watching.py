"""Scans that arrive while we watch: each is read when it is whole, and the result is written whenever nothing waits.

Files that are whole at the same moment are taken in the order of their names, as `count` takes them; those that come
later come later in the ledger, and their ballots are numbered after the earlier ones. So a scanner that numbers its
files gives the same bytes watched as counted afterwards.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from daihoi.counts.arrivals import Arrivals
from daihoi.counts.page_reading import Intake
from daihoi.counts.scan_order import Listing
from daihoi.counts.taking import written_name
from daihoi.counts.terms import silent

SETTLE_SECONDS = 5.0
"""While more comes than can be read, the result of what was read is written this often."""
REST = 4.0
"""Between two pages a result rests so many times as long as it took: of 500 ballots it takes a third of a second, and a
page that comes meanwhile waits for it."""
STILL_SECONDS = 0.5
"""When nothing has come for so long, the result is written all the same."""


@dataclass(frozen=True)
class Watched:
    """How far it has come: pages in the ledger of this run and on their way, doubtful marks, refused pages.

    `batch` is the folder of the last file, empty for the watched folder itself; `waiting` are files that are not whole;
    `ballots` those of the last result, None before the first; `settled` whether the result holds all that was taken.
    """

    pages: int
    unread: int
    doubtful: int
    refused: int
    batch: str = ""
    waiting: tuple[str, ...] = ()
    ballots: int | None = None
    settled: bool = False


@dataclass(frozen=True)
class Watch:
    """How to watch: `until` so many ballots were read, None for as many as were collected.

    `tell` is called about ten times a second. It may raise KeyboardInterrupt: then what was taken is read to its end,
    and the result written.
    """

    until: int | None = None
    tell: Callable[[Watched], None] = lambda _watched: None


class Watching:
    """One watch over one folder."""

    def __init__(
        self, intake: Intake, scans: Path, watch: Watch, settle: Callable[[], int], *, in_order: bool = False
    ) -> None:
        """`settle` writes the result and answers with the number of ballots read; `in_order` as `Arrivals` has it."""
        self._intake = intake
        self._scans = scans
        self._watch = watch
        self._settle = settle
        self._arrivals = Arrivals(scans, in_order=in_order)
        self._batch = ""
        self._ballots: int | None = None
        self._unsettled = intake.unread > 0
        self._sides = 2 if in_order else 1
        self._enough = 0
        self._settled_at = self._came_at = self._waits_since = time.monotonic()
        self._cost = 0.0
        self._settled_pages = 0
        # A pile that lay there from the start is told of, and may be stopped, page by page.
        intake.progress = lambda _done, _total, _phase: self._tell()

    def run(self, enough: int) -> Listing:
        """Watch until `enough` ballots were read, or somebody stops it; the last result is the caller's to write.

        Where nobody named a number, it goes on while a file is not whole.

        Raises what the readers raise, WriteFailed, DiskFull.
        """
        self._enough = enough
        try:
            while self._ballots is None or self._ballots < enough or self._more():
                self._look()
                self._tell()
        except KeyboardInterrupt:
            # Only what was taken: a file that is half written stays where it is and is taken another time.
            self._intake.progress = silent
        self._intake.finish()
        return self._arrivals.listing

    def _more(self) -> bool:
        """Whether a file lies there beyond what was collected: one ballot too many must be seen."""
        return self._watch.until is None and bool(self._arrivals.waiting)

    def _look(self) -> None:
        for name, data in self._arrivals.whole():
            if self._intake.take(self._scans / name, written_name(name), data):
                self._came_at = time.monotonic()
                if not self._unsettled:
                    self._unsettled, self._waits_since = True, self._came_at
                self._batch = written_name(name).rpartition("/")[0]
        self._intake.record()
        idle = not self._intake.unread
        if self._due(idle=idle):
            began = time.monotonic()
            self._intake.flush()
            self._settled_pages = self._intake.tallied.done
            self._ballots = self._settle()
            self._unsettled = not idle
            self._settled_at = time.monotonic()
            self._cost = self._settled_at - began
        else:
            self._intake.wait(self._arrivals.pause)

    def _due(self, *, idle: bool) -> bool:
        """Whether the result is to be written now: at once when all ballots are there, else in measure."""
        now = time.monotonic()
        if not self._unsettled or not idle:
            # After a long quiet the first page must be read before its result is written.
            return self._unsettled and now - max(self._settled_at, self._waits_since) > SETTLE_SECONDS
        fresh = (self._intake.tallied.done - self._settled_pages) // self._sides
        whole = (self._ballots or 0) + fresh >= self._enough
        return whole or now - self._settled_at >= REST * self._cost or now - self._came_at >= STILL_SECONDS

    def _tell(self) -> None:
        tallied = self._intake.tallied
        self._watch.tell(
            Watched(
                pages=tallied.done,
                unread=self._intake.unread,
                doubtful=tallied.doubtful,
                refused=tallied.refused,
                batch=self._batch,
                waiting=self._arrivals.waiting,
                ballots=self._ballots,
                settled=not self._unsettled,
            )
        )
