"""Whether something failed because nothing more can be written: a full disk, under the database or under a file.

What was begun is rolled back by then, so that a person needs one sentence: nothing of this step was kept, make room.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator

NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EROFS, getattr(errno, "EDQUOT", errno.ENOSPC)}
# https://sqlite.org/rescode.html: SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY, by their first byte.
SQLITE_NO_ROOM = {13, 10, 8}
SQLITE_SAYS = ("database or disk is full", "disk i/o error", "attempt to write a readonly database")
# https://www.postgresql.org/docs/current/errcodes-appendix.html: disk_full, insufficient_resources of the disk's log.
POSTGRES_NO_ROOM = {"53100"}


def is_full(error: BaseException | None) -> bool:
    """Whether this error, or one that led to it, says that nothing more can be written."""
    return any(_says_so(one) for one in _chain(error))


def _says_so(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    if getattr(error, "sqlstate", None) in POSTGRES_NO_ROOM:
        return True
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return code & 0xFF in SQLITE_NO_ROOM
    return type(error).__name__ == "OperationalError" and str(error).lower() in SQLITE_SAYS


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
