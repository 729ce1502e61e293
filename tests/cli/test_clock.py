"""`daihoi serve` speaks up where the clock of the machine cannot be right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from daihoi.cli.web import RELEASED, _warn_of_clock


def test_a_clock_before_the_release_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    _warn_of_clock(RELEASED - timedelta(days=1))
    assert "2026-10-31" in capsys.readouterr().err


def test_a_clock_that_may_be_right_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    _warn_of_clock(RELEASED)
    assert capsys.readouterr().err == ""
