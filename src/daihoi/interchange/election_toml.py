"""An Election as the bytes of ELECTION.toml: what `load_election` reads again without a difference.

For elections that were made in the browser: their counts rest on the same file as those made by command.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum

from daihoi.interchange.terms import Election
from daihoi.rules.terms import BallotFigures, Contest, PartialDate, Roll

_Value = bool | int | str | date | datetime | PartialDate


def election_toml(election: Election) -> bytes:
    """The file, UTF-8 with LF. What is None or empty is left out, as a person would leave it out."""
    lines = [*_table("congress", _facts(election.congress)), *_roll(election.roll)]
    for contest in election.contests:
        lines += _contest(contest)
    for member in election.board:
        lines += _table("[board]", _facts(member))
    lines += _table("minutes", _facts(election.minutes))
    lines += _table("rules", election.settings)
    for one in election.overrides:
        lines += _table("[overrides]", _facts(one))
    return "\n".join([*lines, ""]).encode()


def _facts(record: object) -> dict[str, _Value | None]:
    """The fields that stand in a line of their own; they are called and ordered in the file as in our records."""
    # In TOML a table ends where the next begins: those within come after the lines, written by whoever asks.
    return {name: value for name, value in vars(record).items() if not isinstance(value, tuple | BallotFigures)}


def _table(name: str, facts: Mapping[str, _Value | None]) -> list[str]:
    """`[name]` and its keys; nothing at all where no key has a value."""
    held = [f"{key} = {_written(value)}" for key, value in facts.items() if value is not None and value != ""]
    return [f"[{name}]", *held, ""] if held else []


def _written(value: _Value) -> str:
    if isinstance(value, PartialDate):
        # A year alone is a whole number, a whole day a date; a month has no form of its own in TOML.
        if not value.month:
            return str(value.year)
        if not value.day:
            return f'"{value.month:02d}/{value.year:04d}"'
        return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, StrEnum):
        return json.dumps(value.value)
    if isinstance(value, str):
        # The escapes of JSON are escapes of TOML, but DEL, which TOML wants escaped and JSON leaves.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return value.isoformat() if isinstance(value, date) else str(value)


def _roll(roll: Roll | None) -> Iterator[str]:
    if roll is None:
        return
    yield from _table("roll", _facts(roll))
    for line in roll.deductions:
        yield from _table("[roll.deductions]", _facts(line))


def _contest(contest: Contest) -> Iterator[str]:
    yield from _table("[contests]", _facts(contest))
    if contest.figures is not None:
        yield from _table("contests.ballots", _facts(contest.figures))
    for candidate in contest.candidates:
        yield from _table("[contests.candidates]", _facts(candidate))
