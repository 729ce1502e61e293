"""How far a long work has come: one line on stderr, drawn over itself, and nothing at all without a terminal.

Each step that is told here is also a place where Ctrl-C may stop the work.
"""

from __future__ import annotations

import sys
import time
from types import TracebackType

import click

from daihoi.cli.stopping import StopBetweenSteps

REDRAW_SECONDS = 0.1


class Progress:
    """A context that is called with (done, total); it clears its line at the end so that sentences stand alone."""

    def __init__(self, label: str) -> None:
        """Name the work; nothing is drawn yet."""
        self._label = label
        self._drawn_at = 0.0
        self._width = 0
        self._shown = sys.stderr.isatty()
        self._stop = StopBetweenSteps()

    def __enter__(self) -> Progress:
        """Begin."""
        self._stop.__enter__()
        return self

    def __call__(self, done: int, total: int, label: str = "") -> None:
        """Draw `done` of `total`, at most ten times a second, and always the last; `label` names the present part."""
        self.say(f"{label or self._label} {done}/{total}", last=done >= total)

    def say(self, line: str, *, last: bool = False) -> None:
        """Draw words over the line, at most ten times a second but for the `last`; nothing without a terminal."""
        self._stop.check()
        now = time.monotonic()
        if not self._shown or (not last and now - self._drawn_at < REDRAW_SECONDS):
            return
        self._drawn_at = now
        click.echo("\r" + line.ljust(self._width), nl=False, err=True)
        self._width = max(self._width, len(line))

    def log(self, line: str) -> None:
        """A line that stays, where there is no terminal to draw on."""
        if not self._shown:
            click.echo(line, err=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clear the line."""
        self._stop.__exit__(kind, error, trace)
        if self._width:
            click.echo("\r" + " " * self._width + "\r", nl=False, err=True)
