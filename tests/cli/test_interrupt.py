"""Ctrl-C at any write: one sentence, and the same command goes on and ends with the same bytes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from daihoi.counts import disk, journal, page_reading
from tests.cli.hall import Hall
from tests.cli.terminal import run

DERIVED = ("ballots.jsonl", "refused.jsonl", "review.csv", "result.json", "cvr.json", "record.json")


class CtrlC:
    """os.fsync that is interrupted at the n-th call, before or after the bytes are on disk."""

    def __init__(self, at: int, *, after: bool) -> None:
        self.left = at
        self.after = after

    def __call__(self, handle: int) -> None:
        self.left -= 1
        if self.left == 0 and not self.after:
            raise KeyboardInterrupt
        os.fsync(handle)
        if self.left == 0:
            raise KeyboardInterrupt


class _Os:
    """The module os with another fsync, for one room alone."""

    def __init__(self, fsync: CtrlC) -> None:
        self.fsync = fsync

    def __getattr__(self, name: str) -> object:
        return getattr(os, name)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", [1, 5, 10, 14, 15, 16, 17, 18, 22, 27])
def test_count_interrupted_at_a_write_goes_on_to_the_same_bytes(
    held: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, after: bool
) -> None:
    words = ("count", held.election, "--contest", "bch", "--scans", held.scans, "--out", tmp_path, "--workers", "1")
    with monkeypatch.context() as patch:
        interrupted = CtrlC(at, after=after)
        # Small groups, so that some are written in the middle of the work and some at its end.
        patch.setattr(page_reading, "GROUP", 2)
        patch.setattr(journal, "os", _Os(interrupted))
        patch.setattr(disk, "os", _Os(interrupted))
        stopped = run(*words)
    assert (stopped.code, stopped.out) == (1, "")
    assert "go on" in stopped.err
    assert run(*words).code == 0
    assert {name: (tmp_path / name).read_bytes() for name in DERIVED} == {
        name: (held.count / name).read_bytes() for name in DERIVED
    }
