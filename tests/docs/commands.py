"""docs/commands.md is made from the commands' own help: `python -m tests.docs.commands` writes it anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from daihoi.cli.main import commands
from daihoi.words.language import speak

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
HEAD = """\
# Commands

Made from the commands' own help (`python -m tests.docs.commands`); a test fails when the two differ. The help speaks
Vietnamese; in an English locale (`LANG=en_US.UTF-8` or `DAIHOI_LANG=en`) it reads as below.

| exit code | meaning |
| --- | --- |
| 0 | done; a tie or a shortfall is for the congress and is no failure |
| 3 | a person of the counting board must decide: doubtful marks, undecided ballots, pages that were not read |
| 1 | stopped, refused, or found wrong; one sentence on stderr says what, and the way out |
| 2 | wrong usage |

| variable | meaning |
| --- | --- |
| `DAIHOI_LANG` | `vi` or `en`, before the locale of the system |
| `DAIHOI_PASSPHRASE` | the passphrase of a locked key, for `keys new --passphrase` and `seal` without a terminal |
| `DAIHOI_DEBUG` | `1` shows the traceback of an unforeseen error |

Progress is drawn on stderr, and not at all without a terminal.
"""


def every_command(
    group: click.Group, words: tuple[str, ...] = ("daihoi",)
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Each command with the words that call it; a group's own help before those of its commands."""
    yield words, group
    context = click.Context(group, info_name=" ".join(words))
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from every_command(command, (*words, name))
        else:
            yield (*words, name), command


def page() -> str:
    """The whole page, in English."""
    speak("en")
    parts = [HEAD]
    for words, command in every_command(commands()):
        context = click.Context(
            command, info_name=" ".join(words), terminal_width=100, help_option_names=["-h", "--help"]
        )
        parts.append(f"## {' '.join(words)}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
