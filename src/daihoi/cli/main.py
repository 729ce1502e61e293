"""The command `daihoi`: which language speaks, which commands there are, and with which code it leaves."""

from __future__ import annotations

import importlib
import io
import sys
from collections.abc import Mapping
from typing import NoReturn

import click

from daihoi import __version__
from daihoi.cli.boundary import guarded
from daihoi.words.language import _, language_of_environment, speak

COMMANDS: Mapping[str, tuple[str, str]] = {
    "demo": ("daihoi.cli.demo", "command"),
    "ballots": ("daihoi.cli.ballots", "command"),
    "sheet": ("daihoi.cli.sheet", "command"),
    "separators": ("daihoi.cli.separators", "command"),
    "simulate": ("daihoi.cli.simulate", "command"),
    "scanner-sheet": ("daihoi.cli.scanner_check", "sheet_command"),
    "scanner-check": ("daihoi.cli.scanner_check", "check_command"),
    "count": ("daihoi.cli.count", "count_command"),
    "decide": ("daihoi.cli.count", "decide_command"),
    "tally": ("daihoi.cli.count", "tally_command"),
    "compare": ("daihoi.cli.compare", "command"),
    "minutes": ("daihoi.cli.minutes", "command"),
    "keys": ("daihoi.cli.keys", "command"),
    "seal": ("daihoi.cli.seal", "seal_command"),
    "verify": ("daihoi.cli.seal", "verify_command"),
    "serve": ("daihoi.cli.web", "serve_command"),
    "backup": ("daihoi.cli.web", "backup_command"),
    "restore": ("daihoi.cli.web", "restore_command"),
    "handover": ("daihoi.cli.web", "handover_command"),
    "takeover": ("daihoi.cli.web", "takeover_command"),
    "import": ("daihoi.cli.web", "import_command"),
    "ledger": ("daihoi.cli.web", "ledger_command"),
}
"""Every command in the order of the work, with the module and function that make it."""


class _Commands(click.Group):
    """Loads a command when it is asked for.

    The processes that read pages import this module again (spawn), and must not pay for printers and typesetters.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """In the order of the work, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, its help in the language of this process."""
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), function)()
        assert isinstance(command, click.Command)  # noqa: S101 -- the table above is ours
        command.options_metavar = _("[OPTIONS]")
        return command


def commands() -> click.Group:
    """The whole command line, its help in the language of this process: build it after `speak`."""
    return _Commands(
        "daihoi",
        help=_(
            "Counts a congress's paper elections: ballots to print, scans to read, doubts for the counting board, "
            "minutes, and a sealed package that anyone can recount."
        ),
        epilog=_("Exit codes: 0 done, 3 the counting board must decide, 1 stopped or found wrong, 2 wrong usage."),
        params=[version_option()],
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
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
