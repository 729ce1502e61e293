"""The election file that a count is begun with, and the words of the cores as rows of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum

from daihoi.counts.disk import write_whole
from daihoi.interchange.election_toml import election_toml
from daihoi.interchange.terms import Election
from daihoi.rules import terms
from daihoi.web.counting import folders
from daihoi.web.counting.models import Count
from daihoi.web.elections import making
from daihoi.web.elections.models import Contest


def election_of(count: Count) -> Election:
    """The election as the contest has it now; a rehearsal has as many issued and collected as it has papers."""
    election = making.election_of(count.contest)
    if not count.rehearsal:
        return election
    papers = count.papers or 0
    contest = replace(election.contests[0], figures=terms.BallotFigures(None, papers, papers, 0, None))
    roll = election.roll or terms.Roll(papers, papers, ())
    return replace(election, contests=(contest,), roll=replace(roll, present=max(papers, roll.present)))


def election_bytes(count: Count) -> bytes:
    """Its file; read anew from the database, since figures may be corrected while scans are read."""
    fresh = Contest.objects.select_related("sitting__congress__organisation", "follows").get(pk=count.contest_id)
    count.contest = fresh
    return election_toml(election_of(count))


def write_election(count: Count, data: bytes) -> None:
    """Write the file that the count is begun or gone on with."""
    write_whole(folders.given_to(count), data)


def plain(value: object) -> object:
    """A field of an error as JSON holds it; what it cannot hold becomes its text."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return str(value)


def problem_of(error: Exception) -> dict[str, object]:
    """A refusal as a row keeps it: its code, and its data by name."""
    code = getattr(error, "code", "")
    if not isinstance(code, str) or not code:
        return {"code": "web.reader_failed", "fields": {"kind": type(error).__name__, "text": str(error)[:300]}}
    fields = getattr(error, "fields", {})
    return {"code": code, "fields": {str(name): plain(one) for name, one in fields.items()}}
