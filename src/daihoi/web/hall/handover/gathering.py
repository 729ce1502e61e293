"""Everything that a second laptop needs, in an order in which no file is older than the rows that speak of it.

First the database as it stands at one moment, then the files. Of a COUNT folder first its election file and ledger,
which must fit each other, then the rest: readings that the ledger does not name yet are read again, pages that it names
and that are missing would be lost.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from daihoi.counts.count_folder import ELECTION, SHEET
from daihoi.counts.journal import LEDGER_NAME

DATABASE = "daihoi.sqlite3"
PAPERS = ("contests", "counts", "portraits", "reporting")
"""Folders that belong to the rows: election files and form secrets, scans and counts, packages that came in."""
LEFT_OUT = frozenset({"backups", "serving.json", "made"})
"""Copies, what says that the house runs, and papers that are made again when they are asked for."""
_PASSING = (".part", ".lock", ".restored", ".tmp")
_TRIES = 20


@dataclass(frozen=True)
class Piece:
    """One file: its name below the data folder, with slashes, and where its bytes are, or they themselves."""

    name: str
    path: Path | None = None
    data: bytes = b""


def copy_database(source: Path, target: Path) -> None:
    """All pages and what still lies in the log beside them, in one step, while others write. Raises sqlite3.Error."""
    address = f"{source.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=30)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)
        # A copy travels alone: no log of its own beside it.
        written.execute("PRAGMA journal_mode=DELETE")


def pieces(data: Path, database: Path) -> Iterator[Piece]:
    """All files of the house but the database itself, which is copied before."""
    for one in sorted(data.iterdir()):
        former = one.name.startswith(tuple(f"{name}-before-" for name in PAPERS))
        if one.name in LEFT_OUT or former or one.name.startswith((database.stem, ".")):
            continue
        yield from of_folder(one, one.name) if one.is_dir() else _one(one, one.name)


def of_folder(folder: Path, name: str) -> Iterator[Piece]:
    """A folder with all below it; a COUNT folder in its own order."""
    first: tuple[str, ...] = ()
    if (folder / LEDGER_NAME).is_file():
        yield from _fitting(folder, name)
        first = (LEDGER_NAME, ELECTION, SHEET)
    # What vanished while we looked was on its way to another name, or is not wanted any more.
    with suppress(FileNotFoundError):
        for one in sorted(folder.iterdir()):
            if one.name in first or one.name.endswith(_PASSING):
                continue
            below = f"{name}/{one.name}"
            yield from of_folder(one, below) if one.is_dir() else _one(one, below)


def _one(path: Path, name: str) -> Iterator[Piece]:
    if path.is_file() and not path.is_symlink():
        yield Piece(name, path)


def _fitting(folder: Path, name: str) -> Iterator[Piece]:
    """Election file, sheet and ledger as they stood together: the ledger names the first two by their digest."""
    files = (ELECTION, SHEET)
    for _try in range(_TRIES):
        before = [_bytes(folder / one) for one in files]
        ledger = _bytes(folder / LEDGER_NAME)
        if before == [_bytes(folder / one) for one in files]:
            break
    for one, data in zip((*files, LEDGER_NAME), (*before, ledger), strict=True):
        if data is not None:
            yield Piece(f"{name}/{one}", data=data)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def safe(name: str) -> PurePosixPath:
    """A name of a package as a path below a folder. Raises ValueError for one that would lead out of it."""
    path = PurePosixPath(name)
    if not name or path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name:
        raise ValueError(name)
    return path
