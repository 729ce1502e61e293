"""The entry point: version, languages, usage, and the process as a script starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from daihoi import __version__
from tests.cli.elections import write
from tests.cli.terminal import run


def process(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program as a script starts it, in an environment without a language."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "DAIHOI"))}
    return subprocess.run(
        [sys.executable, "-m", "daihoi.cli", *words], env=bare | environment, capture_output=True, check=False
    )


def test_version_is_that_of_the_package() -> None:
    assert run("--version").out == f"daihoi {__version__}\n"


def test_help_lists_every_command_in_the_order_of_the_work() -> None:
    done = run("--help")
    places = [done.out.index(f"  {name} ") for name in ("ballots", "simulate", "count", "decide", "minutes", "seal")]
    assert done.code == 0
    assert places == sorted(places)


@pytest.mark.parametrize("words", [["unknown"], ["ballots", "--moon"], ["keys"], []])
def test_wrong_usage_leaves_with_two_and_says_nothing_on_stdout(words: list[str]) -> None:
    done = run(*words)
    assert (done.code, done.out) == (2, "")
    assert done.err


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "Cách dùng:"),
        ({"LANG": "vi_VN.UTF-8"}, "Cách dùng:"),
        ({"LANG": "en_US.UTF-8"}, "Usage:"),
        ({"LANG": "en_US.UTF-8", "DAIHOI_LANG": "vi"}, "Cách dùng:"),
    ],
)
def test_process_speaks_the_language_of_its_environment(environment: dict[str, str], words: str) -> None:
    done = process("--help", **environment)
    assert done.returncode == 0
    assert done.stdout.decode("utf-8").startswith(words)


def test_process_speaks_utf8_on_a_console_that_does_not(tmp_path: Path) -> None:
    election = write(tmp_path, ("seats = 2", "seats = 3"))
    done = process("ballots", str(election), "--contest", "bch", "--out", str(tmp_path), PYTHONIOENCODING="cp1252")
    assert done.returncode == 1
    assert "số dư" in done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr


def test_process_that_fails_leaves_stdout_empty(tmp_path: Path) -> None:
    done = process("tally", "none.toml", "--contest", "x", "--ballots", "none.jsonl")
    assert (done.returncode, done.stdout) == (1, b"")
    assert "none.toml" in done.stderr.decode("utf-8")
