"""Scans that arrive while we watch: each is read when it is whole, and the result is written whenever nothing waits.

Files that are whole at the same moment are taken in the order of their names, as `count` takes them; those that come
later come later in the ledger, and their ballots are numbered after the earlier ones. So a scanner that numbers its
files gives the same bytes watched as counted afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from daihoi.counts.scan_order import Listing
from daihoi.counts.session import Far, Session
from daihoi.counts.terms import silent


@dataclass(frozen=True)
class Watch:
    """How to watch: `until` so many ballots were read, None for as many as were collected.

    `tell` is called about ten times a second. It may raise KeyboardInterrupt: then what was taken is read to its end,
    and the result written.
    """

    until: int | None = None
    tell: Callable[[Far], None] = lambda _far: None


def watch_all(session: Session, watch: Watch) -> Listing:
    """Watch until enough ballots were read, or somebody stops it; the last result is the caller's to write.

    Where nobody named a number, it goes on while a file is not whole.

    Raises what the readers raise, WriteFailed, DiskFull.
    """
    enough = watch.until or session.grounds.figures.collected or 1
    # A pile that lay there from the start is told of, and may be stopped, page by page.
    session.tell(lambda _done, _total, _phase: watch.tell(session.far))
    try:
        while not _has(session.far, enough, ends=watch.until is not None):
            before = session.far.settles
            far = session.step()
            if far.settles == before:
                session.wait()
            watch.tell(session.far)
    except KeyboardInterrupt:
        # Only what was taken: a file that is half written stays where it is and is taken another time.
        session.tell(silent)
    session.finish()
    return session.listing


def _has(far: Far, enough: int, *, ends: bool) -> bool:
    """Whether all is there, and no file lies there beyond it: one ballot too many must be seen."""
    return far.ballots is not None and far.ballots >= enough and (ends or not far.waiting)
