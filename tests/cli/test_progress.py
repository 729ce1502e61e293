"""Progress is drawn on a terminal's stderr and nowhere else."""

from __future__ import annotations

import pytest

from daihoi.cli import progress
from daihoi.cli.progress import Progress


def test_progress_is_silent_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("Reading") as shown:
        shown(1, 2)
        shown(2, 2)
    assert capsys.readouterr() == ("", "")


def test_progress_draws_on_stderr_and_clears_its_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress.sys.stderr, "isatty", lambda: True)
    with Progress("Reading") as shown:
        shown(2, 2)
    assert capsys.readouterr() == ("", "\rReading 2/2\r           \r")


def test_progress_draws_at_most_ten_times_a_second_and_always_the_last(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress.sys.stderr, "isatty", lambda: True)
    clock = iter([10.0, 10.01, 10.02, 10.03])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    with Progress("Reading") as shown:
        for done in (1, 2, 3, 4):
            shown(done, 4)
    drawn = capsys.readouterr().err
    assert [f"{n}/4" in drawn for n in (1, 2, 3, 4)] == [True, False, False, True]
