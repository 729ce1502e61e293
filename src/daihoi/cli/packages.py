"""`daihoi import packages`: what may be said to it. What it does stands with the other commands of the house."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from daihoi.words.language import _


def packages_command(callback: Callable[..., int], data: click.Option) -> click.Command:
    """The command; `data` names the folder of the house."""
    return click.Command(
        "packages",
        help=_(
            "Show what sealed packages hold, and with --yes take in each whose digest was typed from its signed paper. "
            "One that cannot be taken in is told in one sentence and stops no other."
        ),
        params=[
            click.Argument(
                ["files"], type=click.Path(path_type=Path), metavar="PACKAGE.zip...", nargs=-1, required=True
            ),
            click.Option(
                ["--digest", "digests"],
                multiple=True,
                metavar="TEXT",
                help=_("The digest at the foot of a paper, spaces or not; once for each package, in any order."),
            ),
            click.Option(
                ["--organisation"],
                default="",
                metavar="CODE",
                help=_("Whose result it is, where the name in the package does not say."),
            ),
            click.Option(
                ["--reason"], default="", metavar="TEXT", help=_("Why it takes the place of a result that is here.")
            ),
            click.Option(["--yes", "take"], is_flag=True, help=_("Take them in; without it they are only shown.")),
            data,
        ],
        callback=callback,
    )
