"""The COUNT folder of a keyed count, made from what people keyed: minutes, signatures and the package are of it.

Its ledger is made from the acts every time, and the same acts give the same bytes. What vouches that nothing was keyed
anew behind anybody's back is the ledger of the house, which holds each act as it came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from daihoi.counts.count_folder import ELECTION, KEYED_BEGUN, CountFolder, opened_in, sha256_of
from daihoi.counts.disk import write_whole
from daihoi.counts.errors import NotACount
from daihoi.counts.grounds import grounds_of
from daihoi.counts.journal import LEDGER_NAME, Journal
from daihoi.counts.keyed_count import ballots_of, keyed_count
from daihoi.counts.lock import only_process
from daihoi.counts.opening import SOFTWARE
from daihoi.counts.outputs import RECORD, derive, keyed_files
from daihoi.interchange.election_file import load_election
from daihoi.interchange.record_file import digest_of
from daihoi.interchange.terms import ResultDocument
from daihoi.ledger import chain
from daihoi.ledger.chain import Entry
from daihoi.ledger.events import EVENTS
from daihoi.rules.terms import InvalidGround, Standing


@dataclass(frozen=True)
class KeyedAct:
    """One act of people in a keyed count, with the facts of its event; `at` aware."""

    kind: str
    facts: Mapping[str, object]
    by: str
    at: datetime


@dataclass(frozen=True)
class KeyedGiven:
    """All that a keyed count is made from: its election file, the contest, and what people did."""

    election: bytes
    contest: str
    rehearsal: bool
    acts: tuple[KeyedAct, ...]


def ledger_of(given: KeyedGiven) -> list[Entry]:
    """The ledger: how the count was begun, then what people did, in its order. Raises the errors of the ledger."""
    begun = {
        "contest": given.contest, "rehearsal": given.rehearsal, "election_sha256": sha256_of(given.election),
        "software": SOFTWARE,
    }  # fmt: skip
    entries = [chain.entry_after(None, KEYED_BEGUN, begun)]
    # Acts of one moment stay as they were given: a pile is counted before anything of it is keyed.
    for act in sorted(given.acts, key=lambda one: one.at):
        at = act.at.isoformat(timespec="seconds")
        entries.append(chain.entry_after(entries[-1], act.kind, act.facts, at, act.by))
    return entries


def keyed_result(given: KeyedGiven) -> tuple[ResultDocument, str]:
    """The result as it stands now and its digest, with nothing written. Raises as `ledger_of`, and for the election."""
    journal = Journal.of(ledger_of(given))
    opened = opened_in(journal.entries)
    if opened is None:
        raise NotACount(path=LEDGER_NAME)
    grounds = grounds_of(load_election(given.election, ELECTION), opened.contest)
    folder = CountFolder(Path(), journal, opened, grounds, sides=0)
    derived = derive(folder)
    return derived.result, digest_of(keyed_files(folder, derived, given.election)[RECORD])


def invalid_in(given: KeyedGiven) -> dict[str, InvalidGround]:
    """The settled papers that are not valid, with the first of their grounds. Raises as `keyed_result`."""
    grounds = grounds_of(load_election(given.election, ELECTION), given.contest)
    lines = ballots_of(keyed_count(ledger_of(given)), grounds)
    return {line.ballot: line.grounds[0] for line in lines if line.standing is Standing.INVALID}


def write_keyed(path: Path, given: KeyedGiven) -> None:
    """Make the folder, or bring it up to what was keyed since; minutes and signatures of the same count stay.

    Raises CountIsOpen, LedgerBroken, WriteFailed, DiskFull, the errors of the ledger.
    """
    path.mkdir(parents=True, exist_ok=True)
    with only_process(path):
        write_whole(path / ELECTION, given.election)
        fresh = tuple(ledger_of(given))
        there = Journal(path / LEDGER_NAME).entries
        after = there[len(fresh) :]
        # What was written or signed of another count is no paper of this one.
        if there[: len(fresh)] != fresh or any(EVENTS[entry.kind].counts for entry in after):
            write_whole(path / LEDGER_NAME, chain.dump(fresh))
