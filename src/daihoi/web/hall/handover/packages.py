"""Write a package and read it. docs/election-day.md describes the bytes.

Line 1 `daihoi-handover 1`, line 2 the header (JSON: when, by which program, scrypt's salt and cost, two public keys),
then chunks (`streams`). Their text is a row of files: 4 bytes length (big endian), a head in JSON, then so many bytes
as the head says; a file that another one of the package equals names that one instead. The last head says how many
there were.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import BinaryIO

from cryptography.exceptions import InvalidTag

from daihoi import __version__
from daihoi.counts.disk import sync_folder
from daihoi.counts.errors import CountsError
from daihoi.web.hall.errors import (
    PackageBrokenError,
    PackageForeignError,
    PackageNotWrittenError,
    PassphraseWrongError,
)
from daihoi.web.hall.handover import locks
from daihoi.web.hall.handover.gathering import DATABASE, Piece, copy_database, pieces, safe
from daihoi.web.hall.handover.streams import CHUNK, Opening, Sealing

MAGIC = b"daihoi-handover 1\n"
ENDING = ".daihoi-handover"
_HEAD_MOST = 1 << 16
_ALIKE = 1 << 16
"""Files below are not looked at for twins: the scans as they came and as the count keeps them are far above."""


@dataclass(frozen=True)
class Written:
    """A package that lies where it should."""

    path: Path
    size: int
    files: int
    seconds: float


def name_of(now: datetime) -> str:
    """Names sort by their time."""
    return f"daihoi-{now:%Y%m%d-%H%M%S}{ENDING}"


def write_package(data: Path, database: Path, out: Path, lock: locks.Lock, now: datetime) -> Written:
    """All of the house into one file in `out`, which bears its name only when it is whole.

    Raises PackageNotWrittenError.
    """
    began = perf_counter()
    target = out / name_of(now)
    part = out / f"{target.name}.part"
    try:
        with tempfile.TemporaryDirectory(prefix=".handover-", dir=data) as folder:
            copy = Path(folder) / DATABASE
            copy_database(database, copy)
            with part.open("wb") as file:
                files = _fill(file, lock, now, [Piece(DATABASE, copy)], pieces(data, database))
                file.flush()
                os.fsync(file.fileno())
        part.replace(target)
        with suppress(CountsError):
            sync_folder(out)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        reason = getattr(error, "strerror", None) or str(error)
        raise PackageNotWrittenError(file=str(target), reason=reason) from None
    return Written(target, target.stat().st_size, files, perf_counter() - began)


def _fill(file: BinaryIO, lock: locks.Lock, now: datetime, *given: object) -> int:
    once, private = locks.key_to_write()
    told = {"salt": lock.salt, "public": lock.public, "once": once}
    fields = {"made": now.isoformat(timespec="seconds"), "software": __version__, "cost": lock.cost}
    head = json.dumps({**fields, **{name: base64.b64encode(one).decode("ascii") for name, one in told.items()}})
    header = MAGIC + head.encode() + b"\n"
    file.write(header)
    bound = hashlib.sha256(header).digest()
    stream = Sealing(file, locks.key_of(private, lock.public, lock.mixed, bound), bound)
    files = 0
    twins: dict[bytes, str] = {}
    for row in given:
        assert isinstance(row, list | Iterator)  # noqa: S101 -- of pieces, given above
        for piece in row:
            files += _put(stream, piece, twins)
    _head(stream, {"files": files})
    stream.close()
    return files


def _head(stream: Sealing, fields: dict[str, object]) -> None:
    told = json.dumps(fields, ensure_ascii=False).encode()
    stream.write(len(told).to_bytes(4, "big") + told)


def _put(stream: Sealing, piece: Piece, twins: dict[bytes, str]) -> int:
    if piece.path is None:
        _head(stream, {"name": piece.name, "size": len(piece.data)})
        stream.write(piece.data)
        return 1
    try:
        file = piece.path.open("rb")
    except FileNotFoundError:
        return 0
    with file:
        size = os.fstat(file.fileno()).st_size
        twin = _twin(file, size, piece.name, twins)
        if twin:
            _head(stream, {"name": piece.name, "same": twin})
            return 1
        _head(stream, {"name": piece.name, "size": size})
        # Of a file that grows meanwhile, as much as there was when its head was written.
        while size:
            block = file.read(min(size, CHUNK))
            if not block:
                raise OSError(None, f"{piece.name} became shorter while it was read")
            stream.write(block)
            size -= len(block)
    return 1


def _twin(file: BinaryIO, size: int, name: str, twins: dict[bytes, str]) -> str:
    if size < _ALIKE:
        return ""
    known = hashlib.sha256()
    left = size
    while left:
        block = file.read(min(left, CHUNK))
        if not block:
            break
        known.update(block)
        left -= len(block)
    file.seek(0)
    return "" if (first := twins.setdefault(known.digest(), name)) == name else first


@dataclass(frozen=True)
class Unpacked:
    """What a package held."""

    made: datetime
    files: int


def read_package(file: Path, words: str, into: Path) -> Unpacked:
    """Unpack into an empty folder. Raises PackageForeignError, PassphraseWrongError, PackageBrokenError, OSError."""
    with file.open("rb") as packed:
        if packed.read(len(MAGIC)) != MAGIC:
            raise PackageForeignError(file=str(file))
        head = packed.readline(_HEAD_MOST)
        header = MAGIC + head
        try:
            fields = json.loads(head)
            salt, public, once = (base64.b64decode(fields[name]) for name in ("salt", "public", "once"))
            made, cost = datetime.fromisoformat(fields["made"]), int(fields["cost"])
        except (ValueError, KeyError, TypeError):
            raise PackageBrokenError(file=str(file)) from None
        if not 2 <= cost <= locks.MOST_COST or cost & (cost - 1):
            raise PackageBrokenError(file=str(file))
        key = locks.opened(words, salt, public, cost)
        if key is None:
            raise PassphraseWrongError(file=str(file))
        bound = hashlib.sha256(header).digest()
        try:
            stream = Opening(packed, locks.key_of(key[0], once, key[1], bound), bound)
            return Unpacked(made, _empty(stream, into))
        except (InvalidTag, ValueError, KeyError, TypeError):
            raise PackageBrokenError(file=str(file)) from None


def _empty(stream: Opening, into: Path) -> int:
    files = 0
    while True:
        fields = json.loads(stream.read(int.from_bytes(stream.read(4), "big")))
        if "files" in fields:
            if fields["files"] != files:
                raise ValueError(files)
            return files
        target = into / safe(fields["name"])
        target.parent.mkdir(parents=True, exist_ok=True)
        if "same" in fields:
            shutil.copyfile(into / safe(fields["same"]), target)
        else:
            _write(stream, target, int(fields["size"]))
        files += 1


def _write(stream: Opening, target: Path, size: int) -> None:
    # Secrets are among them: nobody but the account that serves the house reads any of it.
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        while size:
            block = stream.read(min(size, CHUNK))
            file.write(block)
            size -= len(block)
        if target.name == DATABASE:
            file.flush()
            os.fsync(file.fileno())
