"""One process at a time on one COUNT folder.

The operating system holds the lock and lets go of it when the process ends, however it ends: a killed count blocks
nobody, and the file itself may stay. The process id inside is for the sentence alone.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from daihoi.counts.errors import CountIsOpen, WriteFailed

if sys.platform == "win32":
    import msvcrt

    # Windows keeps others from reading locked bytes: lock one far behind the process id.
    _BEHIND = 1 << 20

    def _hold(file: BinaryIO) -> None:
        file.seek(_BEHIND)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _let_go(file: BinaryIO) -> None:
        file.seek(_BEHIND)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _hold(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


LOCK_NAME = ".lock"
# What the systems say of a lock that another holds; anything else is a disk that knows no locks.
_HELD = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})


@contextmanager
def only_process(folder: Path) -> Iterator[None]:
    """Hold the count at `folder`, which exists. Raises CountIsOpen when another process holds it, and WriteFailed."""
    path = folder / LOCK_NAME
    # Append mode makes the file and never empties one that another process holds.
    with path.open("ab+", buffering=0) as file:
        try:
            _hold(file)
        except OSError as error:
            if error.errno not in _HELD:
                raise WriteFailed(path=str(path), problem=error.strerror or str(error)) from error
            file.seek(0)
            raise CountIsOpen(path=str(folder), pid=file.read(20).decode("ascii", "replace").strip() or "?") from None
        try:
            file.truncate(0)
            file.write(f"{os.getpid()}\n".encode())
            yield
        finally:
            with suppress(OSError):
                file.truncate(0)
                _let_go(file)
