"""Ctrl-C waits for the end of a step, reaches no helping process, and is let through afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from daihoi.cli.stopping import StopBetweenSteps
from tests.cli.hall import Hall

posix = pytest.mark.skipif(os.name == "nt", reason="signals of this kind are POSIX")


@pytest.fixture(autouse=True)
def same_handler() -> Iterator[None]:
    started_with = signal.getsignal(signal.SIGINT)
    # A suite that runs in the background may have been started with Ctrl-C ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    signal.signal(signal.SIGINT, started_with)


@posix
def test_ctrl_c_waits_for_the_next_check() -> None:
    steps = []

    def work() -> None:
        with StopBetweenSteps() as stop:
            stop.check()
            os.kill(os.getpid(), signal.SIGINT)
            steps.append("the step is finished")
            stop.check()
            steps.append("not reached")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert steps == ["the step is finished"]


@posix
def test_ctrl_c_after_the_last_step_stops_nothing() -> None:
    with StopBetweenSteps():
        os.kill(os.getpid(), signal.SIGINT)
    assert signal.SIGINT not in signal.sigpending()


@posix
def test_ctrl_c_is_let_through_afterwards() -> None:
    with StopBetweenSteps():
        pass
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_another_thread_is_left_alone() -> None:
    seen = []

    def work() -> None:
        with StopBetweenSteps() as stop:
            stop.check()
            seen.append(signal.getsignal(signal.SIGINT))

    before = signal.getsignal(signal.SIGINT)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [before]


@posix
@pytest.mark.parametrize("begun", ["", "record.json"])
def test_ctrl_c_in_a_count_leaves_one_sentence_and_no_traceback(held: Hall, tmp_path: Path, begun: str) -> None:
    out = tmp_path / "count"
    words = ["count", held.election, "--contest", "bch", "--scans", held.scans, "--out", out, "--workers", "2"]
    with subprocess.Popen(
        [sys.executable, "-m", "daihoi.cli", *map(str, words)], stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        # A wait by the clock would hit the start of Python on a slow machine and its end on a fast one.
        while not (out / begun).exists() and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        _out, said = process.communicate(timeout=60)
    if (out / "record.json").exists():
        # The count was whole when the signal came: Python's own end may be cut off by it.
        assert process.returncode in (0, 1, -signal.SIGINT)
    else:
        assert process.returncode == 1
        assert len(said.strip().splitlines()) == 1
    assert b"Traceback" not in said
