"""A process that takes too much for one page ends itself, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from daihoi.counts import page_bounds
from daihoi.counts.page_bounds import BOUND_OF_CODE, OUT_OF_MEMORY, OUT_OF_TIME, PageBounds, resident_megabytes
from daihoi.counts.pool import PageTask, ended_twice
from daihoi.reading.terms import Refusal, RefusalReason

BUSY = """
import time
from daihoi.counts.page_bounds import PageBounds
bounds = PageBounds(seconds={seconds}, megabytes={megabytes})
held = []
with bounds.page():
    began = time.process_time()
    while time.process_time() - began < 20:
        held.append(bytearray({bytes}))
"""


def ended(seconds: float, megabytes: float, held: int) -> int:
    """The exit code of a process that works on one page for ever."""
    code = BUSY.format(seconds=seconds, megabytes=megabytes, bytes=held)
    return subprocess.run([sys.executable, "-c", code], timeout=120, check=False).returncode


def test_page_that_takes_too_long_ends_its_process() -> None:
    assert ended(0.3, 100_000, 0) == OUT_OF_TIME


@pytest.mark.skipif(resident_megabytes() == 0, reason="this system does not tell")
def test_page_that_takes_too_much_memory_ends_its_process() -> None:
    assert ended(100, 300, 1_000_000) == OUT_OF_MEMORY


def test_memory_is_told_in_megabytes() -> None:
    assert resident_megabytes() == 0 or 5 < resident_megabytes() < 5000


def test_nothing_is_bounded_between_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    monkeypatch.setattr(page_bounds.os, "_exit", codes.append)
    bounds = PageBounds(seconds=0.0, megabytes=0.0)
    time.sleep(3 * page_bounds.LOOK_SECONDS)
    assert codes == []
    with bounds.page():
        began = time.monotonic()
        while not codes and time.monotonic() - began < 20:
            time.sleep(page_bounds.LOOK_SECONDS)
    assert OUT_OF_TIME in codes or OUT_OF_MEMORY in codes
    assert threading.active_count() >= 1


@pytest.mark.parametrize("code", [OUT_OF_TIME, OUT_OF_MEMORY, -9])
def test_refusal_names_the_bound_that_was_broken(code: int) -> None:
    outcome = ended_twice(PageTask("p", "", "a.pdf", 0), code).outcome
    assert isinstance(outcome, Refusal)
    assert outcome == Refusal(RefusalReason.ENDS_READER, found=BOUND_OF_CODE.get(code, str(code)))
