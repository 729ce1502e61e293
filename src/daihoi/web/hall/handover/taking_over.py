"""Put a house into an empty folder of a second laptop: all of it, or nothing.

It is unpacked beside the folder and looked at there; then the folder gets its name in one step. Killed at any moment
before, the folder is what it was, and the same command begins again.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter

from daihoi.web.hall.errors import PackageBrokenError, TakeoverNotWrittenError, TakeoverThereError
from daihoi.web.hall.handover.gathering import DATABASE
from daihoi.web.hall.handover.packages import read_package


@dataclass(frozen=True)
class TakenOver:
    """What goes on here: as of when, with how many entries in the ledger of the house."""

    made: datetime
    files: int
    entries: int
    seconds: float


def take_over(file: Path, words: str, data: Path, finish: Callable[[Path], None] = lambda _folder: None) -> TakenOver:
    """Open a package into `data`, which must be empty or not there. `finish` acts on the folder before it is named.

    Raises the errors of `read_package`, TakeoverThereError, TakeoverNotWrittenError, FileNotFoundError.
    """
    began = perf_counter()
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise TakeoverThereError(folder=str(data))
    if not file.is_file():
        raise FileNotFoundError(2, "", str(file))
    fresh = data.parent / f".{data.name}.takeover"
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        # Of a take-over that was killed; it held all secrets of the house.
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        unpacked = read_package(file, words, fresh)
        entries = _look_at(fresh / DATABASE, file)
        finish(fresh)
        if data.exists():
            data.rmdir()
        fresh.replace(data)
    except OSError as error:
        raise TakeoverNotWrittenError(folder=str(data), reason=error.strerror or str(error)) from None
    finally:
        with suppress(OSError):
            shutil.rmtree(fresh, ignore_errors=True)
    return TakenOver(unpacked.made, unpacked.files, entries, perf_counter() - began)


def _look_at(database: Path, file: Path) -> int:
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as held:
            (answer,) = held.execute("PRAGMA integrity_check").fetchone()
            (entries,) = held.execute("SELECT count(*) FROM audit_ledgerentry").fetchone()
    except sqlite3.Error:
        raise PackageBrokenError(file=str(file)) from None
    if answer != "ok":
        raise PackageBrokenError(file=str(file))
    return int(entries)
