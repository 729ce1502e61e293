"""Bytes onto the disk so that a cut of power or a full disk leaves the old file or the new one, never half of one."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from daihoi.counts.errors import DiskFull, WriteFailed

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_NOT_FOR_FOLDERS = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF})


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the system refuses while `path` is written into WriteFailed or DiskFull."""
    try:
        yield
    except OSError as error:
        refusal = DiskFull if error.errno in _FULL else WriteFailed
        raise refusal(path=str(path), problem=error.strerror or str(error)) from error


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last; Windows keeps them with the files and has no such call. Raises WriteFailed."""
    if sys.platform == "win32":
        return
    with writing(folder):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            # Memory sticks and network shares know no syncing of folders; their files are synced all the same.
            if error.errno not in _NOT_FOR_FOLDERS:
                raise
        finally:
            os.close(handle)


def sync_file(path: Path) -> None:
    """Make the bytes of a written file last."""
    with writing(path), path.open("rb+") as file:
        os.fsync(file.fileno())


def write_whole(path: Path, data: bytes) -> bool:
    """Put `data` at `path`, whole or not at all; False when it stands there already. Raises WriteFailed, DiskFull."""
    with writing(path):
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
        fresh = path.with_name(f".{path.name}.part")
        try:
            with fresh.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        finally:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
        sync_folder(path.parent)
    return True
