"""The ballots of a count as its files have them, for who looks at every one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from daihoi.counts.outputs import BALLOTS
from daihoi.interchange import ballot_lines
from daihoi.interchange.terms import BallotLine
from daihoi.web.counting import folders
from daihoi.web.counting.models import Count


def ballots_in(count: Count) -> tuple[BallotLine, ...]:
    """The lines of ballots.jsonl; read again only when the file is another. Raises InterchangeError."""
    path = folders.count_of(count) / BALLOTS
    try:
        told = path.stat()
    except FileNotFoundError:
        return ()
    return _lines(path, told.st_mtime_ns, told.st_size)


# The counts that are looked at now: every ballot of every count of a season would stay in memory otherwise.
@lru_cache(maxsize=4)
def _lines(path: Path, mtime_ns: int, size: int) -> tuple[BallotLine, ...]:  # noqa: ARG001 -- which file it is
    return tuple(ballot_lines.parse(path.read_bytes(), BALLOTS))
