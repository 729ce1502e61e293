"""A copy of the database while it is at work, and putting one back, looked at before it replaces anything.

Beside COPY.sqlite3 lies COPY.papers.zip: election files, form secrets, scans and counts, read after the database, so
that no file is older than the rows that speak of it.
"""

from __future__ import annotations

import datetime
import os
import shutil
import sqlite3
import zipfile
from contextlib import closing, suppress
from pathlib import Path

from daihoi.web.hall.handover.gathering import PAPERS, of_folder, safe
from daihoi.web.site.environment import data_folder
from daihoi.web.site.errors import (
    BackupBrokenError,
    BackupExistsError,
    BackupNotWrittenError,
    HouseRunsError,
    NotSqliteError,
)
from daihoi.web.site.serving import is_running


def database_file() -> Path:
    """The SQLite file of this house. Raises NotSqliteError."""
    from django.conf import settings  # noqa: PLC0415 -- after the command line set the environment

    held = settings.DATABASES["default"]
    if not str(held["ENGINE"]).endswith("sqlite3"):
        raise NotSqliteError
    return Path(str(held["NAME"]))


def back_up(database: Path, out: Path) -> Path:
    """Copy the database as it stands at one moment, while others read and write; the file appears when it is whole.

    Raises BackupExistsError, BackupNotWrittenError, and BackupBrokenError where there is no whole database to copy.
    """
    # Never over another: it may be the last good one.
    if out.exists():
        raise BackupExistsError(file=str(out))
    if not database.is_file():
        raise BackupBrokenError(file=str(database), reason="no such file")
    part = out.with_name(f"{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        _copy(database, part)
        look_at(part)
        part.rename(out)
    except (OSError, sqlite3.OperationalError) as error:
        part.unlink(missing_ok=True)
        raise BackupNotWrittenError(file=str(out), reason=str(error)) from None
    except sqlite3.DatabaseError as error:
        part.unlink(missing_ok=True)
        raise BackupBrokenError(file=str(database), reason=str(error)) from None
    except BackupBrokenError:
        part.unlink(missing_ok=True)
        raise
    return out


def _copy(source: Path, target: Path) -> None:
    """All pages and what still lies in the log beside them, in one step.

    One step reads one state while writers go on; in several steps each write in between would begin it anew.
    """
    with closing(_opened(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)
        # A copy travels alone: no log of its own beside it.
        written.execute("PRAGMA journal_mode=DELETE")


def _opened(path: Path) -> sqlite3.Connection:
    """For reading; a file without a log beside it is taken as it lies, so that it may lie where nothing is written."""
    alone = "" if path.with_name(f"{path.name}-wal").exists() else "&immutable=1"
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro{alone}", uri=True, timeout=30)


def look_at(path: Path) -> int:
    """How many entries the ledger of a backup has, after SQLite's own check of every page. Raises BackupBrokenError."""
    try:
        with closing(_opened(path)) as held:
            (answer,) = held.execute("PRAGMA integrity_check").fetchone()
            if answer != "ok":
                raise BackupBrokenError(file=str(path), reason=str(answer))
            (entries,) = held.execute("SELECT count(*) FROM audit_ledgerentry").fetchone()
            return int(entries)
    except sqlite3.DatabaseError as error:
        raise BackupBrokenError(file=str(path), reason=str(error)) from None


def restore(backup: Path, database: Path, now: datetime.datetime) -> Path | None:
    """Put a backup in the place of the database; gives where the former one was moved to, None where there was none.

    Raises BackupBrokenError, HouseRunsError, BackupNotWrittenError; then everything is as it was.
    """
    if not backup.is_file():
        raise BackupBrokenError(file=str(backup), reason="no such file")
    look_at(backup)
    papers = papers_of(backup)
    if papers.is_file():
        _look_at_papers(papers)
    # The database may lie elsewhere than the folder in which a house says that it runs.
    for folder in {database.parent, data_folder()}:
        if is_running(folder):
            raise HouseRunsError(folder=str(folder))
    fresh = database.with_name(f"{database.name}.restored")
    unpacked = data_folder() / ".papers-restored"
    try:
        if papers.is_file():
            _unpack(papers, unpacked)
        database.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        _copy(backup, fresh)
        look_at(fresh)
        former = _put_aside(database, now)
        fresh.rename(database)
        # Killed here: rows are older than files, never the other way; the same command goes through again.
        _put_papers(unpacked, now)
    except (OSError, sqlite3.OperationalError) as error:
        fresh.unlink(missing_ok=True)
        raise BackupNotWrittenError(file=str(fresh), reason=str(error)) from None
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
    return former


def _put_aside(database: Path, now: datetime.datetime) -> Path | None:
    """Move the former database, whole or broken, with the log that belongs to it."""
    if not database.exists():
        return None
    former = database.with_name(f"{database.stem}-before-{now:%Y%m%d-%H%M%S-%f}{database.suffix}")
    # A log that cannot be brought in, for the database is broken, goes along as it is.
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(database)) as held:
        held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for ending in ("-wal", "-shm"):
        beside = database.with_name(f"{database.name}{ending}")
        if beside.exists():
            beside.rename(former.with_name(f"{former.name}{ending}"))
    database.rename(former)
    return former


def papers_of(backup: Path) -> Path:
    """Where the papers of a copy lie: beside it."""
    return backup.with_name(f"{backup.stem}.papers.zip")


def back_up_papers(data: Path, copy: Path) -> Path | None:
    """Forms, secrets, scans and counts into a file beside the copy of the database; None where there are none.

    Raises BackupNotWrittenError, and takes the copy away: without its papers it would not be whole.
    """
    folders = [data / name for name in PAPERS if (data / name).is_dir()]
    if not folders:
        return None
    out = papers_of(copy)
    part = out.with_name(f"{out.name}.part")
    try:
        # Scans are packed already; the rest is small.
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as packed:
            for folder in folders:
                for piece in of_folder(folder, folder.name):
                    _pack(packed, piece.name, piece.path, piece.data)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.chmod(0o600)
        part.rename(out)
    except (OSError, ValueError) as error:
        part.unlink(missing_ok=True)
        copy.unlink(missing_ok=True)
        raise BackupNotWrittenError(file=str(out), reason=str(error)) from None
    return out


def _pack(packed: zipfile.ZipFile, name: str, path: Path | None, data: bytes) -> None:
    if path is None:
        packed.writestr(name, data)
        return
    # What vanished while we looked was on its way to another name.
    with suppress(FileNotFoundError), path.open("rb") as file, packed.open(name, "w", force_zip64=True) as into:
        shutil.copyfileobj(file, into, 1 << 20)


def _look_at_papers(papers: Path) -> None:
    try:
        with zipfile.ZipFile(papers) as packed:
            broken = packed.testzip()
            for name in packed.namelist():
                safe(name)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        raise BackupBrokenError(file=str(papers), reason=str(error)) from None
    if broken is not None:
        raise BackupBrokenError(file=str(papers), reason=broken)


def _unpack(papers: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(papers) as packed:
        for name in packed.namelist():
            target = folder / safe(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            with packed.open(name) as file, target.open("wb") as into:
                shutil.copyfileobj(file, into, 1 << 20)
            target.chmod(0o600)


def _put_papers(unpacked: Path, now: datetime.datetime) -> None:
    for name in PAPERS:
        fresh, place = unpacked / name, data_folder() / name
        if not fresh.is_dir():
            continue
        if place.exists():
            place.rename(place.with_name(f"{name}-before-{now:%Y%m%d-%H%M%S-%f}"))
        fresh.rename(place)
