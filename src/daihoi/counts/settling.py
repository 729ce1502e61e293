"""When the result is written while scans arrive: at once when all ballots are there, else in measure."""

from __future__ import annotations

from collections.abc import Callable

SETTLE_SECONDS = 5.0
"""While more comes than can be read, the result of what was read is written this often."""
REST = 4.0
"""Between two pages a result rests so many times as long as it took: of 500 ballots it takes a third of a second, and a
page that comes meanwhile waits for it."""
STILL_SECONDS = 0.5
"""When nothing has come for so long, the result is written all the same."""


class Settling:
    """Knows since when what was taken waits for its result; `clock` in monotonic seconds."""

    def __init__(self, enough: int, sides: int, clock: Callable[[], float], *, waits: bool) -> None:
        """`enough` ballots are the whole pile; `waits`: the ledger holds pages of which no result stands yet."""
        self.waits = waits
        self._enough = enough
        self._sides = sides
        self._clock = clock
        self._settled_at = self._came_at = self._waits_since = clock()
        self._cost = 0.0
        self._pages = 0

    def came(self) -> None:
        """A file was taken."""
        self._came_at = self._clock()
        if not self.waits:
            self.waits, self._waits_since = True, self._came_at

    def is_due(self, *, idle: bool, pages: int, ballots: int | None) -> bool:
        """Whether the result is to be written now; `idle` when nothing is being read, `ballots` of the last result."""
        now = self._clock()
        if not self.waits or not idle:
            # After a long quiet the first page must be read before its result is written.
            return self.waits and now - max(self._settled_at, self._waits_since) > SETTLE_SECONDS
        fresh = (pages - self._pages) // self._sides
        whole = (ballots or 0) + fresh >= self._enough
        return whole or now - self._settled_at >= REST * self._cost or now - self._came_at >= STILL_SECONDS

    def settled(self, *, began: float, idle: bool, pages: int) -> None:
        """The result of `pages` stands; `began` is when writing it was begun."""
        self._pages = pages
        self.waits = not idle
        self._settled_at = self._clock()
        self._cost = self._settled_at - began
