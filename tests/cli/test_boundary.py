"""Every failure: one sentence on stderr, an exit code, no traceback."""

from __future__ import annotations

import errno
import os

import click
import pytest

from daihoi.cli.boundary import CliError, ExitCode, KeyExistsError, guarded, system_sentence
from daihoi.ledger.errors import WrongPassphraseError


def failing(error: BaseException) -> int:
    def work() -> int:
        raise error

    return guarded(work)


def test_guarded_answers_with_the_code_of_the_work() -> None:
    assert guarded(lambda: ExitCode.BOARD_MUST_DECIDE) == 3
    assert guarded(lambda: ExitCode.DONE) == 0


def test_guarded_says_a_room_refusal_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert failing(WrongPassphraseError()) == ExitCode.STOPPED
    assert capsys.readouterr() == ("", "The passphrase does not open the key.\n")


def test_guarded_says_its_own_refusal_with_the_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert failing(KeyExistsError(path="k.pem")) == 1
    assert "--out" in capsys.readouterr().err


def test_guarded_names_an_unforeseen_error_without_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DAIHOI_DEBUG", raising=False)
    assert failing(ZeroDivisionError("by zero\nsecond line")) == 1
    said = capsys.readouterr().err
    assert "ZeroDivisionError: by zero)" in said
    assert "Traceback" not in said
    assert said.count("\n") == 1


def test_guarded_shows_the_traceback_when_it_is_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAIHOI_DEBUG", "1")
    assert failing(ZeroDivisionError("by zero")) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), click.Abort()])
def test_guarded_says_that_work_goes_on_after_a_stop_by_hand(
    stop: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failing(stop) == 1
    assert "go on" in capsys.readouterr().err


def test_guarded_leaves_with_two_on_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert failing(click.UsageError("no")) == ExitCode.USAGE
    assert "no" in capsys.readouterr().err


def test_guarded_passes_an_exit_on() -> None:
    assert failing(click.exceptions.Exit(3)) == 3


def test_guarded_shows_a_refusal_of_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    assert failing(click.ClickException("closed")) == 1
    assert capsys.readouterr().err == "closed\n"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOENT, "does not exist"),
        (errno.EACCES, "permissions"),
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "cannot be written"),
        (errno.EISDIR, "is a folder"),
        (errno.ENOTDIR, "not a folder"),
        (errno.EEXIST, "exists already"),
        (errno.EIO, "disk failed"),
        (errno.ENAMETOOLONG, "too long"),
    ],
)
def test_system_sentence_names_the_file_and_what_to_do(number: int, words: str) -> None:
    said = system_sentence(OSError(number, os.strerror(number), "COUNT/ledger.jsonl"))
    assert "COUNT/ledger.jsonl" in said
    assert words in said


def test_system_sentence_of_a_rare_failure_is_the_system_word() -> None:
    assert system_sentence(OSError(errno.EXDEV, "cross-device", "a")) == "a: cross-device"


def test_system_sentence_without_a_file_still_speaks() -> None:
    assert system_sentence(OSError("out of order")) == "a file: out of order"


def test_failed_disk_is_stopped_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert failing(OSError(errno.ENOSPC, "full", "x.jpg")) == 1
    assert "x.jpg" in capsys.readouterr().err


def test_cli_error_keeps_its_fields() -> None:
    assert CliError(path="x").fields == {"path": "x"}
