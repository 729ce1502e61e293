"""The ballots of a count as its files have them, for who looks at every one."""

from __future__ import annotations

from daihoi.counts.outputs import BALLOTS
from daihoi.interchange import ballot_lines
from daihoi.interchange.terms import BallotLine
from daihoi.web.counting import folders
from daihoi.web.counting.models import Count

_read: dict[str, tuple[tuple[int, int], tuple[BallotLine, ...]]] = {}
"""What was read last, by the folder of the count; one entry a count."""


def ballots_in(count: Count) -> tuple[BallotLine, ...]:
    """The lines of ballots.jsonl; read again only when the file is another. Raises InterchangeError."""
    path = folders.count_of(count) / BALLOTS
    try:
        told = path.stat()
    except FileNotFoundError:
        return ()
    stamp = told.st_mtime_ns, told.st_size
    known = _read.get(count.key)
    if known is None or known[0] != stamp:
        known = stamp, tuple(ballot_lines.parse(path.read_bytes(), BALLOTS))
        _read[count.key] = known
    return known[1]
