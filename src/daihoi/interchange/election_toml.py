"""An Election as the bytes of ELECTION.toml: what `load_election` reads again without a difference.

For elections that were made in the browser: their counts rest on the same file as those made by command.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum

from daihoi.interchange.terms import Congress, Election, MinutesFacts
from daihoi.rules.terms import BallotFigures, Candidate, Contest, PartialDate, Roll

_Value = bool | int | str | date | datetime | PartialDate


def election_toml(election: Election) -> bytes:
    """The file, UTF-8 with LF. What is None or empty is left out, as a person would leave it out."""
    lines = [*_table("congress", _congress(election.congress)), *_roll(election.roll)]
    for contest in election.contests:
        lines += _contest(contest)
    for member in election.board:
        lines += _table("[board]", {"name": member.name, "role": member.role, "unit": member.unit})
    lines += _table("minutes", _minutes(election.minutes))
    lines += _table("rules", dict(election.settings))
    for one in election.overrides:
        facts = {"check": one.check, "by": one.by, "reason": one.reason, "document": one.document}
        lines += _table("[overrides]", facts)
    return "\n".join([*lines, ""]).encode()


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


def _congress(congress: Congress) -> dict[str, _Value | None]:
    return {
        "title": congress.title,
        "organisation": congress.organisation,
        "superior": congress.superior,
        "place": congress.place,
        "opens": congress.opens,
        "closes": congress.closes,
        "form": congress.form,
        "edition": congress.edition,
    }


def _roll(roll: Roll | None) -> Iterator[str]:
    if roll is None:
        return
    yield from _table("roll", {"summoned": roll.summoned, "present": roll.present})
    for line in roll.deductions:
        yield from _table("[roll.deductions]", {"ground": line.ground, "count": line.count, "note": line.note})


def _contest(contest: Contest) -> Iterator[str]:
    yield from _table(
        "[contests]",
        {
            "id": contest.id,
            "office": contest.office,
            "title": contest.title,
            "seats": contest.seats,
            "round": contest.round,
            "round_kind": contest.round_kind,
            "follows": contest.follows,
            "alternates": contest.alternates,
            "prepared": contest.prepared,
            "attending": contest.attending,
        },
    )
    yield from _table("contests.ballots", _figures(contest.figures))
    for candidate in contest.candidates:
        yield from _table("[contests.candidates]", _candidate(candidate))


def _figures(figures: BallotFigures | None) -> dict[str, _Value | None]:
    if figures is None:
        return {}
    return {
        "printed": figures.printed,
        "issued": figures.issued,
        "collected": figures.collected,
        "spoiled": figures.spoiled,
        "unused": figures.unused,
    }


def _candidate(candidate: Candidate) -> dict[str, _Value | None]:
    return {
        "id": candidate.id,
        "name": candidate.name,
        "born": candidate.born,
        "party_since": candidate.party_since,
        "note": candidate.note,
        "source": candidate.source,
        "support": candidate.support,
    }


def _minutes(minutes: MinutesFacts) -> dict[str, _Value | None]:
    return {
        "presidium_head": minutes.presidium_head,
        "opened": minutes.opened,
        "closed": minutes.closed,
        "copies": minutes.copies,
    }
