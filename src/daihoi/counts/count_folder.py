"""A COUNT folder that stands: its ledger, the election file it was counted by, and the sheet that was printed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from daihoi.counts.errors import ElectionChanged, NotACount
from daihoi.counts.grounds import Grounds, grounds_of
from daihoi.counts.journal import LEDGER_NAME, Journal
from daihoi.counts.lock import only_process
from daihoi.counts.terms import SeenPage
from daihoi.interchange.election_file import load_election
from daihoi.learning.document import is_learned
from daihoi.learning.form import open_sheet
from daihoi.ledger.chain import Entry

ELECTION = "election.toml"
SHEET = "sheet.json"
KEYED_BEGUN = "keyed.begun"


@dataclass(frozen=True)
class Opened:
    """What the ledger says of how the count was begun; `election_sha256` of the file that was given last.

    `sheet_sha256` is empty where people keyed the papers: such a count knows no printed sheet.
    """

    contest: str
    rehearsal: bool
    election_sha256: str
    sheet_sha256: str
    software: str


@dataclass(frozen=True)
class CountFolder:
    """A count that can be worked on; `sides` of a sheet, 1 or 2, and 0 where people keyed the papers."""

    path: Path
    journal: Journal
    opened: Opened
    grounds: Grounds
    sides: int
    known: dict[str, SeenPage] = field(default_factory=dict, repr=False, compare=False)
    """Pages taken out of the ledger already, by the hash of their entry."""
    kept: tuple[str, ...] = ()
    """Pages of a learned ballot that lie beside sheet.json; none where the ballot was printed by us."""

    @property
    def learned(self) -> bool:
        """Whether the ballots bear no codes and were known by their print alone."""
        return bool(self.kept)

    @property
    def keyed(self) -> bool:
        """Whether people keyed the papers: no scans, no sheet, nothing to review."""
        return not self.sides


def opened_in(entries: tuple[Entry, ...]) -> Opened | None:
    """How the count was begun; None when the ledger is empty."""
    if not entries:
        return None
    facts = entries[0].facts
    begun = {"count.opened", "election.replaced", KEYED_BEGUN}
    given = [entry.facts["election_sha256"] for entry in entries if entry.kind in begun]
    return Opened(
        contest=str(facts["contest"]),
        rehearsal=facts["rehearsal"] is True,
        election_sha256=str(given[-1]),
        sheet_sha256=str(facts.get("sheet_sha256", "")),
        software=str(facts["software"]),
    )


def read_folder(path: Path) -> CountFolder:
    """The count at `path`. Raises NotACount, LedgerBroken, ElectionChanged, and what the election is refused for."""
    if not (path / LEDGER_NAME).is_file():
        raise NotACount(path=str(path))
    journal = Journal(path / LEDGER_NAME)
    opened = opened_in(journal.entries)
    if opened is None:
        raise NotACount(path=str(path))
    election = _named(path / ELECTION, opened.election_sha256)
    grounds = grounds_of(load_election(election, ELECTION), opened.contest)
    if journal.entries[0].kind == KEYED_BEGUN:
        return CountFolder(path, journal, opened, grounds, sides=0)
    sheet = _named(path / SHEET, opened.sheet_sha256)
    pages = json.loads(sheet)["pages"]
    kept = tuple(open_sheet(path / SHEET).rasters) if is_learned(sheet) else ()
    return CountFolder(path, journal, opened, grounds, sides=len(pages), kept=kept)


@contextmanager
def open_folder(path: Path) -> Iterator[CountFolder]:
    """The count at `path`, held against other processes. Raises CountIsOpen and the errors of `read_folder`."""
    if not (path / LEDGER_NAME).is_file():
        raise NotACount(path=str(path))
    with only_process(path):
        folder = read_folder(path)
        folder.journal.mend()
        yield folder


def sha256_of(data: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def _named(path: Path, digest: str) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ElectionChanged(path=str(path)) from None
    if sha256_of(data) != digest:
        raise ElectionChanged(path=str(path))
    return data
