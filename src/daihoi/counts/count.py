"""`count`: from a folder of scans to a result, and on from wherever an earlier run was stopped.

Stopped by hand, killed or out of disk: the same command goes on and ends with the same bytes, because the ledger alone
is the state and each step looks up in it what is already done.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from daihoi import __version__
from daihoi.counts.count_folder import ELECTION, SHEET, CountFolder, Opened, opened_in, read_folder, sha256_of
from daihoi.counts.disk import sync_folder, write_whole, writing
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
from daihoi.counts.lock import LOCK_NAME, only_process
from daihoi.counts.one_sided import Backs, backs_in
from daihoi.counts.outputs import Derived, derive, typed_rows, write_outputs
from daihoi.counts.page_reading import Intake
from daihoi.counts.pool import LocalReaders, OpenReaders, Work
from daihoi.counts.reader_names import named
from daihoi.counts.scan_order import Listing, list_scans
from daihoi.counts.scan_reader import Scanner
from daihoi.counts.taking import IMAGES
from daihoi.counts.terms import Progress, silent
from daihoi.counts.watching import Watch, Watching
from daihoi.interchange.election_file import load_election
from daihoi.interchange.record_file import digest_of
from daihoi.interchange.terms import ResultDocument
from daihoi.learning.form import raster_name
from daihoi.reading.thresholds import CANONICAL_DPI
from daihoi.rules.lists import ListFinding

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
    form: GivenForm
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
    given = _given(election, contest, rehearsal, sheet)
    _check_folders(scans, out, arriving=watch is not None)
    # All that can be refused has been, before anything is written.
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
    with only_process(out):
        folder = _open(out, given)
        # A review file that cannot be read is told before the long work, not after it.
        typed_rows(folder)
        _order_backs(folder, backs)
        # Who watches wants the processes ready before the first sheet comes.
        local = partial(LocalReaders, workers=workers or os.cpu_count() or 1, at_once=watch is not None)
        with _intake(folder, given, readers or local, scanner or Scanner(given.form.make), progress) as intake:
            listing = intake.take_all(scans) if watch is None else _watched(folder, intake, scans, watch)
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


def _given(election: Path, contest: str, rehearsal: bool, sheet: Path | None) -> _Given:
    data = election.read_bytes()
    grounds = grounds_of(load_election(data, election.name), contest)
    findings = require_list_of(grounds)
    require_figures(grounds)
    form = given_form(election, grounds, sheet, rehearsal=rehearsal)
    return _Given(data, grounds, form, rehearsal, findings)


def _check_folders(scans: Path, out: Path, *, arriving: bool) -> None:
    if not scans.is_dir():
        raise NoScans(path=str(scans))
    inside, around = out.resolve(), scans.resolve()
    if inside == around or inside in around.parents or around in inside.parents:
        raise ScansInCount(scans=str(scans), path=str(out))
    if out.is_dir() and not (out / LEDGER_NAME).exists():
        # A count killed before its first event has left no more than these.
        ours = {LOCK_NAME, ELECTION, SHEET, IMAGES, *(raster_name(page) for page in (1, 2))}
        ours |= {f".{name}.part" for name in ours}
        others = sorted(entry.name for entry in out.iterdir() if entry.name not in ours)
        if others:
            raise FolderNotEmpty(path=str(out), found=others[:3])
    images = out / IMAGES
    # A count that has its scans already goes on without the folder they came from.
    if not arriving and not (images.is_dir() and any(images.iterdir())) and not list_scans(scans).scans:
        raise NoScanFound(path=str(scans))


def _open(out: Path, given: _Given) -> CountFolder:
    """Begin the count, or go on with it when it is of the same form."""
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


def _order_backs(folder: CountFolder, backs: Backs | None) -> None:
    """Record how the sheets were scanned, as long as no answer hangs on it. Raises BacksDecided."""
    entries = folder.journal.entries
    if backs is None or backs is backs_in(entries):
        return
    # Answers typed and not adopted yet are carried over by the numbers of the sheets, which would be other papers then.
    if any(entry.kind == "decision.made" for entry in entries) or typed_rows(folder):
        raise BacksDecided(path=str(folder.path), begun=backs_in(entries).value, given=backs.value)
    folder.journal.append("backs.ordered", {"backs": backs.value})
    folder.journal.sync()


def _check_same_form(out: Path, opened: Opened, given: _Given, sheet: bytes) -> None:
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


def _printed_by(data: bytes, given: _Given) -> tuple[str, ...]:
    """What this election file would print."""
    return given.form.says(grounds_of(load_election(data, ELECTION), given.grounds.contest.id))


def _described(contest: str, rehearsal: bool) -> str:
    return f"{contest} (rehearsal)" if rehearsal else contest


def _watched(folder: CountFolder, intake: Intake, scans: Path, watch: Watch) -> Listing:
    def settle() -> int:
        derived = derive(folder)
        write_outputs(folder, derived)
        return sum(one.classified is not None for one in derived.judged)

    watching = Watching(intake, scans, watch, settle, in_order=folder.sides == 2)
    return watching.run(watch.until or folder.grounds.figures.collected or 1)


def _intake(folder: CountFolder, given: _Given, readers: OpenReaders, scanner: Scanner, progress: Progress) -> Intake:
    def work() -> Work:
        return Work(given.form.printed(FORM_DPI), given.form.identities, scanner.make)

    return Intake(
        folder,
        readers(work),
        reading=named(scanner.make),
        same_pixels=scanner.same_pixels,
        progress=progress,
        slips=given.form.slips,
    )
