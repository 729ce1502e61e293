"""The bounds of one page in a reading process: processor time and memory. Beyond them the process ends itself.

What a header foretells is refused before (`daihoi.reading.load.bounds`). Some files foretell nothing: forms drawn in
forms in a PDF make its decoder work for ever, inside native code that no exception reaches and no signal of Windows
stops. A thread can still end the process; the pool gives the page to another and refuses it when that ends too.
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MAX_SECONDS = 20.0
"""Processor time of one page: a page of A4 takes a twentieth of a second, the largest that is let in two or three."""
MAX_MEGABYTES = 900
"""Resident memory: a reader takes 300 MB, the largest picture that is let in 250 MB more."""
OUT_OF_TIME, OUT_OF_MEMORY = 75, 76
"""Exit codes of a process that ended itself."""
LOOK_SECONDS = 0.05

BOUND_OF_CODE = {OUT_OF_TIME: f"> {MAX_SECONDS:g} s", OUT_OF_MEMORY: f"> {MAX_MEGABYTES} MB"}
"""How such an end is called in a refusal."""


class PageBounds:
    """Ends this process when one page takes too much. Only for a process that another one looks after."""

    def __init__(self, seconds: float = MAX_SECONDS, megabytes: float = MAX_MEGABYTES) -> None:
        """Begin to look, from a thread of its own; nothing is bounded between pages."""
        self._seconds = seconds
        self._megabytes = megabytes
        self._began = 0.0
        self._at_work = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    @contextmanager
    def page(self) -> Iterator[None]:
        """Around the work on one page."""
        self._began = time.process_time()
        self._at_work.set()
        try:
            yield
        finally:
            self._at_work.clear()

    def _look(self) -> None:
        while True:
            self._at_work.wait()
            time.sleep(LOOK_SECONDS)
            if not self._at_work.is_set():
                continue
            if time.process_time() - self._began > self._seconds:
                os._exit(OUT_OF_TIME)
            if resident_megabytes() > self._megabytes:
                os._exit(OUT_OF_MEMORY)


def resident_megabytes() -> float:
    """Memory that this process holds now; 0 where the system does not tell."""
    if sys.platform == "win32":
        return _of_windows()
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class _Counters(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS of psapi.h."""

    _fields_ = (
        ("cb", ctypes.c_uint32),
        ("faults", ctypes.c_uint32),
        *(
            (name, ctypes.c_size_t)
            for name in ("peak", "resident", "p0", "p1", "p2", "p3", "pagefile", "peak_pagefile")
        ),
    )


def _of_windows() -> float:
    counters = _Counters(cb=ctypes.sizeof(_Counters))
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined, unused-ignore]
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    asked = kernel.K32GetProcessMemoryInfo(
        ctypes.c_void_p(kernel.GetCurrentProcess()), ctypes.byref(counters), counters.cb
    )
    return float(counters.resident) / 1e6 if asked else 0.0
