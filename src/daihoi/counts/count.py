"""`count`: from a folder of scans to a result, and on from wherever an earlier run was stopped.

Stopped by hand, killed or out of disk: the same command goes on and ends with the same bytes, because the ledger alone
is the state and each step looks up in it what is already done.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from daihoi.counts.one_sided import Backs
from daihoi.counts.outputs import Derived
from daihoi.counts.pool import OpenReaders
from daihoi.counts.scan_reader import Scanner
from daihoi.counts.session import open_session
from daihoi.counts.terms import Progress, silent
from daihoi.counts.watching import Watch, watch_all
from daihoi.interchange.record_file import digest_of
from daihoi.interchange.terms import ResultDocument
from daihoi.rules.lists import ListFinding


@dataclass(frozen=True)
class Counted:
    """What a run of `count` or `decide` came to; `ignored` are files under --scans that are no scans.

    `set_aside` are scans of batches that were removed, and lie there still.
    """

    result: ResultDocument
    digest: str
    open_rows: int
    ignored: tuple[str, ...] = ()
    findings: tuple[ListFinding, ...] = ()
    unneeded: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()


def count(
    election: Path,
    contest: str,
    *,
    scans: Path,
    out: Path,
    workers: int | None = None,
    rehearsal: bool = False,
    progress: Progress = silent,
    scanner: Scanner | None = None,
    sheet: Path | None = None,
    watch: Watch | None = None,
    readers: OpenReaders | None = None,
    backs: Backs | None = None,
) -> Counted:
    """Count the scans under `scans` into the folder `out`. `workers` None: one a core; `scanner`: another reader.

    `watch`: scans are still arriving; without it only what lies there is counted. `readers`: others than this machine.

    `backs`: when the backs of two-sided sheets come, None for what the count was begun with.

    `sheet`: SHEET.json of `daihoi sheet learn`, where the ballots were not printed by `daihoi ballots`.

    Raises CountsError and the errors of interchange, rules, sheet, papers and learning; OSError for a scan that cannot
    be read.
    """
    with open_session(
        election,
        contest,
        scans=scans,
        out=out,
        workers=workers,
        rehearsal=rehearsal,
        readers=readers,
        sheet=sheet,
        scanner=scanner,
        backs=backs,
        until=watch.until if watch else None,
        arriving=watch is not None,
        # Who watches wants the processes ready before the first sheet comes.
        ready=watch is not None,
    ) as session:
        session.tell(progress)
        listing = session.take_all() if watch is None else watch_all(session, watch)
        settled = session.settle()
        findings, aside = session.findings, session.set_aside
    return Counted(settled.result, settled.digest, settled.open_rows, listing.ignored, findings, set_aside=aside)


def counted(derived: Derived, record: bytes, *, unneeded: tuple[str, ...] = ()) -> Counted:
    """What to tell of a count whose files were just written."""
    return Counted(derived.result, digest_of(record), derived.open_rows, unneeded=unneeded)
