"""A count begun or gone on with: what is given checked before anything is written, then the folder made or known again.

Whoever counts, once or while scans arrive, begins here; so every way of counting writes the same ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from daihoi import __version__
from daihoi.counts.count_folder import ELECTION, SHEET, CountFolder, Opened, opened_in, read_folder, sha256_of
from daihoi.counts.disk import sync_folder, write_whole
from daihoi.counts.errors import (
    AnotherForm,
    BacksDecided,
    ElectionChanged,
    FolderNotEmpty,
    NoScanFound,
    NoScans,
    ScansInCount,
)
from daihoi.counts.forms import GivenForm, given_form
from daihoi.counts.grounds import Grounds, grounds_of, require_figures
from daihoi.counts.journal import LEDGER_NAME, Journal
from daihoi.counts.listing import require_list_of
from daihoi.counts.lock import LOCK_NAME
from daihoi.counts.one_sided import Backs, backs_in
from daihoi.counts.outputs import typed_rows
from daihoi.counts.page_reading import Intake
from daihoi.counts.pool import OpenReaders, Work
from daihoi.counts.reader_names import named
from daihoi.counts.removals import files_removed
from daihoi.counts.scan_order import list_scans
from daihoi.counts.scan_reader import Scanner
from daihoi.counts.taking import IMAGES, written_name
from daihoi.interchange.election_file import load_election
from daihoi.learning.form import raster_name
from daihoi.reading.thresholds import CANONICAL_DPI
from daihoi.rules.lists import ListFinding

SOFTWARE = f"daihoi {__version__}"
FORM_DPI = CANONICAL_DPI
"""Resolution at which the printed page is drawn: the one that the reader compares in."""


@dataclass(frozen=True)
class Given:
    """What a count is held by, checked and prepared."""

    data: bytes
    grounds: Grounds
    form: GivenForm
    rehearsal: bool
    findings: tuple[ListFinding, ...]


def given_of(election: Path, contest: str, rehearsal: bool, sheet: Path | None) -> Given:
    """Read and check what a count is held by. Raises ListRefused, FiguresMissing, and what `count` names."""
    data = election.read_bytes()
    grounds = grounds_of(load_election(data, election.name), contest)
    findings = require_list_of(grounds)
    require_figures(grounds)
    form = given_form(election, grounds, sheet, rehearsal=rehearsal)
    return Given(data, grounds, form, rehearsal, findings)


def check_folders(scans: Path, out: Path, *, arriving: bool) -> None:
    """Refuse folders that cannot be worked with; `arriving`: there need be no scan yet.

    Raises NoScans, NoScanFound, ScansInCount, FolderNotEmpty.
    """
    if not scans.is_dir():
        raise NoScans(path=str(scans))
    # Within one another, what the count writes would come back as scans, or the scans be sealed as its files.
    inside, around = out.resolve(), scans.resolve()
    if inside.is_relative_to(around) or around.is_relative_to(inside):
        raise ScansInCount(scans=str(scans), path=str(out))
    _check_ours(out)
    images = out / IMAGES
    # A count that has its scans already goes on without the folder they came from.
    if not arriving and not (images.is_dir() and any(images.iterdir())) and not list_scans(scans).scans:
        raise NoScanFound(path=str(scans))


def _check_ours(out: Path) -> None:
    if not out.is_dir() or (out / LEDGER_NAME).exists():
        return
    # A count killed before its first event has left no more than these.
    ours = {LOCK_NAME, ELECTION, SHEET, IMAGES, *(raster_name(page) for page in (1, 2))}
    ours |= {f".{name}.part" for name in ours}
    others = sorted(entry.name for entry in out.iterdir() if entry.name not in ours)
    if others:
        raise FolderNotEmpty(path=str(out), found=others[:3])


def begin(out: Path, given: Given) -> CountFolder:
    """Begin the count, or go on with it when it is of the same form. Raises AnotherForm, LedgerBroken, WriteFailed."""
    journal = Journal(out / LEDGER_NAME)
    journal.mend()
    opened = opened_in(journal.entries)
    digest, sheet = sha256_of(given.data), given.form.sheet
    if opened is None:
        facts = {
            "contest": given.grounds.contest.id,
            "rehearsal": given.rehearsal,
            "election_sha256": digest,
            "sheet_sha256": sha256_of(sheet),
            "software": SOFTWARE,
        }
        journal.append("count.opened", facts)
    else:
        _check_same_form(out, opened, given, sheet)
        if opened.election_sha256 != digest:
            journal.append("election.replaced", {"election_sha256": digest})
    # The event comes first: killed between the two, the next run sees which file is wanted and writes it.
    journal.sync()
    write_whole(out / ELECTION, given.data)
    for name, data in given.form.kept.items():
        write_whole(out / name, data)
    write_whole(out / SHEET, sheet)
    sync_folder(out)
    return read_folder(out)


def order_backs(folder: CountFolder, backs: Backs | None) -> None:
    """Record how the sheets were scanned, as long as no answer hangs on it. Raises BacksDecided."""
    entries = folder.journal.entries
    if backs is None or backs is backs_in(entries):
        return
    # Answers typed and not adopted yet are carried over by the numbers of the sheets, which would be other papers then.
    if any(entry.kind == "decision.made" for entry in entries) or typed_rows(folder):
        raise BacksDecided(path=str(folder.path), begun=backs_in(entries).value, given=backs.value)
    folder.journal.append("backs.ordered", {"backs": backs.value})
    folder.journal.sync()


def _check_same_form(out: Path, opened: Opened, given: Given, sheet: bytes) -> None:
    asked = _described(given.grounds.contest.id, given.rehearsal)
    begun = _described(opened.contest, opened.rehearsal)
    if asked != begun:
        raise AnotherForm(path=str(out), begun=begun, given=asked)
    same = opened.sheet_sha256 == sha256_of(sheet)
    if same and opened.election_sha256 != sha256_of(given.data):
        same = _printed_by(_earlier(out / ELECTION), given) == _printed_by(given.data, given)
    if not same:
        raise AnotherForm(path=str(out), begun=f"{begun}, another print", given=asked)


def _earlier(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ElectionChanged(path=str(path)) from None


def _printed_by(data: bytes, given: Given) -> tuple[str, ...]:
    """What this election file would print."""
    return given.form.says(grounds_of(load_election(data, ELECTION), given.grounds.contest.id))


def _described(contest: str, rehearsal: bool) -> str:
    return f"{contest} (rehearsal)" if rehearsal else contest


def intake_of(folder: CountFolder, given: Given, readers: OpenReaders, scanner: Scanner, scans: Path) -> Intake:
    """The way of scans into this count, read against the form as it was printed."""

    # Only where a batch was removed does it matter what lay there before.
    lying = map(written_name, list_scans(scans).scans) if files_removed(folder.journal.entries) else ()

    def work() -> Work:
        return Work(given.form.printed(FORM_DPI), given.form.identities, scanner.make)

    return Intake(
        folder,
        readers(work),
        reading=named(scanner.make),
        same_pixels=scanner.same_pixels,
        slips=given.form.slips,
        lying=frozenset(lying),
    )
