"""The command `daihoi`: which language speaks, which commands there are, and with which code it leaves."""

from __future__ import annotations

import io
import sys
from typing import NoReturn

import click

from daihoi import __version__
from daihoi.cli import ballots, keys
from daihoi.cli.boundary import guarded
from daihoi.words.language import _, language_of_environment, speak


def commands() -> click.Group:
    """The whole command line, its help in the language of this process: build it after `speak`."""
    return click.Group(
        "daihoi",
        help=_(
            "Counts a congress's paper elections: ballots to print, scans to read, doubts for the counting board, "
            "minutes, and a sealed package that anyone can recount."
        ),
        epilog=_("Exit codes: 0 done, 3 the counting board must decide, 1 stopped or found wrong, 2 wrong usage."),
        commands=[ballots.command(), keys.command()],
        params=[version_option()],
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )


def version_option() -> click.Option:
    """`--version`: the program's version on stdout."""

    def show(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(f"daihoi {__version__}")
            context.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help=_("Show the version and exit."),
    )


def speak_utf8() -> None:
    """Vietnamese on every console, Windows code pages included; what cannot be shown is escaped, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def run() -> NoReturn:
    """The entry point: never a traceback, always an exit code of `ExitCode`."""
    speak_utf8()
    speak(language_of_environment())
    sys.exit(guarded(lambda: int(commands().main(prog_name="daihoi", standalone_mode=False) or 0)))
