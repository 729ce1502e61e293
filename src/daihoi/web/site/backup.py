"""A copy of the database while it is at work, and putting one back, looked at before it replaces anything."""

from __future__ import annotations

import datetime
import shutil
import sqlite3
from pathlib import Path

from daihoi.web.site.errors import (
    BackupBrokenError,
    BackupExistsError,
    BackupNotWrittenError,
    HouseRunsError,
    NotSqliteError,
)
from daihoi.web.site.serving import is_running

PAGES_AT_ONCE = 2000


def database_file() -> Path:
    """The SQLite file of this house. Raises NotSqliteError."""
    from django.conf import settings  # noqa: PLC0415 -- after the command line set the environment

    held = settings.DATABASES["default"]
    if not str(held["ENGINE"]).endswith("sqlite3"):
        raise NotSqliteError
    return Path(str(held["NAME"]))


def back_up(database: Path, out: Path) -> Path:
    """Copy the database, page by page, while others read and write; the file appears when it is whole.

    Raises BackupExistsError, BackupNotWrittenError.
    """
    if out.exists():
        raise BackupExistsError(file=str(out))
    part = out.with_name(f"{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with sqlite3.connect(database, timeout=30) as source, sqlite3.connect(part) as target:
            source.backup(target, pages=PAGES_AT_ONCE)
        source.close()
        target.close()
        look_at(part)
        part.rename(out)
    except (OSError, sqlite3.OperationalError) as error:
        part.unlink(missing_ok=True)
        raise BackupNotWrittenError(file=str(out), reason=str(error)) from None
    return out


def look_at(path: Path) -> int:
    """How many entries the ledger of a backup has, after SQLite's own check of every page. Raises BackupBrokenError."""
    try:
        held = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            (answer,) = held.execute("PRAGMA integrity_check").fetchone()
            if answer != "ok":
                raise BackupBrokenError(file=str(path), reason=str(answer))
            (entries,) = held.execute("SELECT count(*) FROM audit_ledgerentry").fetchone()
            return int(entries)
        finally:
            held.close()
    except sqlite3.DatabaseError as error:
        raise BackupBrokenError(file=str(path), reason=str(error)) from None


def restore(backup: Path, database: Path, now: datetime.datetime) -> Path | None:
    """Put a backup in the place of the database; gives where the former one was moved to, None where there was none.

    Raises BackupBrokenError, HouseRunsError, BackupNotWrittenError; then everything is as it was.
    """
    if not backup.is_file():
        raise BackupBrokenError(file=str(backup), reason="no such file")
    look_at(backup)
    if is_running(database.parent):
        raise HouseRunsError(folder=str(database.parent))
    fresh = database.with_name(f"{database.name}.restored")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup, fresh)
        look_at(fresh)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise BackupNotWrittenError(file=str(fresh), reason=str(error)) from None
    former = None
    if database.exists():
        former = database.with_name(f"{database.stem}-before-{now:%Y%m%d-%H%M%S}{database.suffix}")
        # What still lies in the log of the former one belongs to it.
        with sqlite3.connect(database) as held:
            held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        held.close()
        database.rename(former)
        for name in (f"{database.name}-wal", f"{database.name}-shm"):
            database.with_name(name).unlink(missing_ok=True)
    fresh.rename(database)
    return former
