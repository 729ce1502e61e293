"""One process at a time; a killed one blocks nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from daihoi.counts import lock
from daihoi.counts.errors import CountIsOpen, WriteFailed
from daihoi.counts.lock import LOCK_NAME, only_process

HOLD = """
import sys
from pathlib import Path
from daihoi.counts.lock import only_process
with only_process(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with only_process(tmp_path):
            pass

    assert (tmp_path / LOCK_NAME).read_bytes() == b""


def test_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), only_process(tmp_path):
        raise ZeroDivisionError

    with only_process(tmp_path):
        pass


def test_lock_held_here_names_this_process(tmp_path: Path) -> None:
    with only_process(tmp_path), pytest.raises(CountIsOpen) as refusal, only_process(tmp_path):
        pass

    assert refusal.value.fields == {"path": str(tmp_path), "pid": str(os.getpid())}


def test_lock_of_another_process_holds_until_it_is_killed(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(CountIsOpen) as refusal, only_process(tmp_path):
            pass
        assert refusal.value.fields["pid"] == str(process.pid)

        process.kill()
        process.wait()

    with only_process(tmp_path):
        pass


def test_lock_file_that_stands_from_long_ago_blocks_nobody(tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).write_bytes(b"1\n")

    with only_process(tmp_path):
        assert (tmp_path / LOCK_NAME).read_bytes() == f"{os.getpid()}\n".encode()


def test_disk_that_knows_no_locks_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(file: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(lock, "_hold", none)

    with pytest.raises(WriteFailed) as refusal, only_process(tmp_path):
        pass

    assert refusal.value.fields["problem"] == "No locks available"
