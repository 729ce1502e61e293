"""How long one answer takes on a machine that others use too: the clock on the wall, less the waiting for a core.

The kernel counts, for every thread, the nanoseconds in which it could have run while others held the cores. Taken off
the wall clock, for the thread that answers and for its process of PostgreSQL, what stays is what the answer takes on a
machine of its own: computing, the database, reading from disk. Where the kernel does not count (not Linux, or the
database elsewhere) nothing is taken off, and `counts` says so.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from time import perf_counter


def _waited(place: Path) -> int:
    """Nanoseconds that a thread or process waited for a core."""
    return int(place.read_text(encoding="ascii").split()[1])


class Clock:
    """Times calls of this thread; `backend` is the number of the process that its database connection talks to."""

    def __init__(self, backend: int | None = None) -> None:
        mine = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        asked = [mine, *([Path(f"/proc/{backend}/schedstat")] if backend else [])]
        self._places = [place for place in asked if place.is_file()]
        self.counts = len(self._places) == len(asked)

    def of(self, call: Callable[[], object]) -> tuple[float, float]:
        """Milliseconds of a call: with the waiting for a core taken off, and by the wall."""
        before = [_waited(place) for place in self._places]
        began = perf_counter()
        call()
        wall = perf_counter() - began
        waited = sum(_waited(place) - was for place, was in zip(self._places, before, strict=True)) / 1e9
        return 1000 * max(0.0, wall - waited), 1000 * wall


def load() -> str:
    """The load of the machine now, as it is printed beside figures."""
    cores = os.cpu_count() or 1
    if not hasattr(os, "getloadavg"):
        return f"{cores} cores"
    return f"load {os.getloadavg()[0]:.1f} on {cores} cores"
