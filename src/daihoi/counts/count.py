"""`count`: from a folder of scans to a result, and on from wherever an earlier run was stopped.

Stopped by hand, killed or out of disk: the same command goes on and ends with the same bytes, because the ledger alone
is the state and each step looks up in it what is already done.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from daihoi import __version__
from daihoi.counts.count_folder import ELECTION, SHEET, CountFolder, Opened, opened_in, read_folder, sha256_of
from daihoi.counts.disk import sync_folder, write_whole, writing
from daihoi.counts.errors import (
    AnotherForm,
    ElectionChanged,
    FolderNotEmpty,
    NoScanFound,
    NoScans,
    ScansInCount,
    SecretMissing,
)
from daihoi.counts.grounds import Grounds, grounds_of, require_figures
from daihoi.counts.journal import LEDGER_NAME, Journal
from daihoi.counts.listing import require_list_of
from daihoi.counts.lock import LOCK_NAME, only_process
from daihoi.counts.outputs import Derived, derive, typed_rows, write_outputs
from daihoi.counts.page_reading import Intake
from daihoi.counts.pool import LocalReaders, Work
from daihoi.counts.scan_order import list_scans
from daihoi.counts.scan_reader import Scanner
from daihoi.counts.taking import IMAGES
from daihoi.counts.terms import Progress, silent
from daihoi.interchange.election_file import load_election
from daihoi.interchange.form_secret import read_secret, secret_path
from daihoi.interchange.record_file import digest_of
from daihoi.interchange.terms import ResultDocument
from daihoi.papers.ballots.prepare import Prepared, prepare
from daihoi.papers.render import rasters
from daihoi.reading.terms import PrintedForm
from daihoi.reading.thresholds import CANONICAL_DPI
from daihoi.rules.lists import ListFinding
from daihoi.sheet.document import sheet_document
from daihoi.sheet.identity import encode
from daihoi.sheet.terms import SheetPlan

SOFTWARE = f"daihoi {__version__}"
FORM_DPI = CANONICAL_DPI
"""Resolution at which the printed page is drawn: the one that the reader compares in."""


@dataclass(frozen=True)
class Counted:
    """What a run of `count` or `decide` came to; `ignored` are files under --scans that are no scans."""

    result: ResultDocument
    digest: str
    open_rows: int
    ignored: tuple[str, ...] = ()
    findings: tuple[ListFinding, ...] = ()
    unneeded: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Given:
    """What the command was given, checked and prepared."""

    data: bytes
    grounds: Grounds
    prepared: Prepared
    secret: bytes
    rehearsal: bool
    findings: tuple[ListFinding, ...]


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
) -> Counted:
    """Count the scans under `scans` into the folder `out`. `workers` None: one a core; `scanner`: another reader.

    Raises CountsError and the errors of interchange, rules, sheet and papers; OSError for a scan that cannot be read.
    """
    given = _given(election, contest, rehearsal)
    _check_folders(scans, out)
    # All that can be refused has been, before anything is written.
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
    with only_process(out):
        folder = _open(out, given)
        # A review file that cannot be read is told before the long work, not after it.
        typed_rows(folder)
        with _intake(folder, given, workers or os.cpu_count() or 1, scanner or Scanner(), progress) as intake:
            listing = intake.take_all(scans)
        derived = derive(folder)
        record = write_outputs(folder, derived)
    return counted(derived, record, ignored=listing.ignored, findings=given.findings)


def counted(
    derived: Derived,
    record: bytes,
    *,
    ignored: tuple[str, ...] = (),
    findings: tuple[ListFinding, ...] = (),
    unneeded: tuple[str, ...] = (),
) -> Counted:
    """What to tell of a count that was just written."""
    return Counted(derived.result, digest_of(record), derived.open_rows, ignored, findings, unneeded)


def _given(election: Path, contest: str, rehearsal: bool) -> _Given:
    data = election.read_bytes()
    grounds = grounds_of(load_election(data, election.name), contest)
    findings = require_list_of(grounds)
    require_figures(grounds)
    # Never made here: a fresh secret would refuse every ballot that was printed with the lost one.
    secret = read_secret(election)
    if secret is None:
        raise SecretMissing(path=str(secret_path(election)))
    prepared = prepare(grounds.election, grounds.contest, secret=secret, rehearsal=rehearsal)
    return _Given(data, grounds, prepared, secret, rehearsal, findings)


def _check_folders(scans: Path, out: Path) -> None:
    if not scans.is_dir():
        raise NoScans(path=str(scans))
    inside, around = out.resolve(), scans.resolve()
    if inside == around or inside in around.parents or around in inside.parents:
        raise ScansInCount(scans=str(scans), path=str(out))
    if out.is_dir() and not (out / LEDGER_NAME).exists():
        # A count killed before its first event has left no more than these.
        ours = {LOCK_NAME, ELECTION, SHEET, IMAGES, f".{ELECTION}.part", f".{SHEET}.part"}
        others = sorted(entry.name for entry in out.iterdir() if entry.name not in ours)
        if others:
            raise FolderNotEmpty(path=str(out), found=others[:3])
    images = out / IMAGES
    # A count that has its scans already goes on without the folder they came from.
    if not (images.is_dir() and any(images.iterdir())) and not list_scans(scans).scans:
        raise NoScanFound(path=str(scans))


def _open(out: Path, given: _Given) -> CountFolder:
    """Begin the count, or go on with it when it is of the same form."""
    journal = Journal(out / LEDGER_NAME)
    journal.mend()
    opened = opened_in(journal.entries)
    digest, sheet = sha256_of(given.data), _sheet_bytes(given.prepared.plan)
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
    write_whole(out / SHEET, sheet)
    sync_folder(out)
    return read_folder(out)


def _check_same_form(out: Path, opened: Opened, given: _Given, sheet: bytes) -> None:
    asked = _described(given.grounds.contest.id, given.rehearsal)
    begun = _described(opened.contest, opened.rehearsal)
    if asked != begun:
        raise AnotherForm(path=str(out), begun=begun, given=asked)
    same = opened.sheet_sha256 == sha256_of(sheet)
    if same and opened.election_sha256 != sha256_of(given.data):
        same = _codes(_earlier(out / ELECTION), given) == _codes(given.data, given)
    if not same:
        raise AnotherForm(path=str(out), begun=f"{begun}, another print", given=asked)


def _earlier(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ElectionChanged(path=str(path)) from None


def _codes(data: bytes, given: _Given) -> tuple[str, ...]:
    """What the codes say that this election file prints: they cover names, order, seats, title, round, geometry."""
    election = load_election(data, ELECTION)
    contest = grounds_of(election, given.grounds.contest.id).contest
    prepared = prepare(election, contest, secret=given.secret, rehearsal=given.rehearsal)
    return tuple(encode(identity) for identity in prepared.identities)


def _sheet_bytes(plan: SheetPlan) -> bytes:
    return json.dumps(sheet_document(plan), ensure_ascii=False, indent=1).encode() + b"\n"


def _described(contest: str, rehearsal: bool) -> str:
    return f"{contest} (rehearsal)" if rehearsal else contest


def _intake(folder: CountFolder, given: _Given, workers: int, scanner: Scanner, progress: Progress) -> Intake:
    prepared = given.prepared

    def work() -> Work:
        form = PrintedForm(prepared.plan, rasters(prepared.pdf, FORM_DPI), FORM_DPI)
        return Work(form, prepared.identities, scanner.make)

    return Intake(
        folder.journal,
        folder.path,
        LocalReaders(work, workers),
        candidates=folder.grounds.candidates,
        same_pixels=scanner.same_pixels,
        progress=progress,
    )
