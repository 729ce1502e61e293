"""Run a command as a script would: what it printed, what it said, and with which code it left."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from pathlib import Path

from daihoi.cli.boundary import guarded
from daihoi.cli.main import commands


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str


def run(*words: str | Path) -> Done:
    """The command line in this process, through the boundary that the entry point uses; stdin is no terminal."""
    out, err = io.StringIO(), io.StringIO()
    arguments = [str(word) for word in words]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = guarded(lambda: int(commands().main(arguments, prog_name="daihoi", standalone_mode=False) or 0))
    assert "Traceback" not in err.getvalue()
    return Done(int(code), out.getvalue(), err.getvalue())
