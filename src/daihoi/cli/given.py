"""What most commands are given: an election file, one of its contests, a folder to write into."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from daihoi.counts.grounds import Grounds, grounds_of
from daihoi.interchange.election_file import load_election
from daihoi.words.language import _


@dataclass(frozen=True)
class Given:
    """An election file that was read, with all that the regulation makes of the contest that was asked for."""

    path: Path
    data: bytes
    grounds: Grounds


def read_given(path: Path, contest_id: str) -> Given:
    """Read the election file. Raises OSError, InterchangeError, UnknownContest and RulesError."""
    data = path.read_bytes()
    return Given(path, data, grounds_of(load_election(data, path.name), contest_id))


def election_argument() -> click.Argument:
    """ELECTION.toml."""
    return click.Argument(["election"], type=click.Path(path_type=Path), metavar="ELECTION.toml")


def count_argument() -> click.Argument:
    """The COUNT folder."""
    return click.Argument(["count"], type=click.Path(path_type=Path), metavar="COUNT")


def contest_option() -> click.Option:
    """--contest ID."""
    return click.Option(
        ["--contest", "contest_id"], required=True, metavar="ID", help=_("Id of the contest in the election file.")
    )


def path_option(name: str, words: str, metavar: str, *, required: bool = False) -> click.Option:
    """An option that names a file or a folder."""
    return click.Option([name], required=required, type=click.Path(path_type=Path), metavar=metavar, help=words)


def folder_option(name: str, words: str, metavar: str = "DIR") -> click.Option:
    """A required option that names a folder."""
    return path_option(name, words, metavar, required=True)


def number_option(name: str, words: str, *, required: bool = False) -> click.Option:
    """An option that says how many, from 1."""
    return click.Option([name], required=required, type=click.IntRange(min=1), metavar="N", help=words)


def rehearsal_option() -> click.Option:
    """--rehearsal."""
    return click.Option(
        ["--rehearsal"],
        is_flag=True,
        help=_("A rehearsal: DIỄN TẬP stands across the page, and no real count takes such a ballot."),
    )


SCANNER, PHONE = "scanner", "phone"


def source_option(words: str) -> click.Option:
    """--source scanner|phone."""
    return click.Option(
        ["--source"], type=click.Choice([SCANNER, PHONE]), default=SCANNER, show_default=True, help=words
    )
