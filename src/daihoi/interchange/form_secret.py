"""The form secret: 32 random bytes beside the election file, as 64 hex digits, that key the codes of the ballots.

Whoever has it can print a ballot that the count takes for one of the board's: it belongs with the printed ballots.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from pathlib import Path

from daihoi.interchange.errors import SecretFileError

LENGTH = 32
"""Bytes of the secret."""

_DIGITS = re.compile(rb"[0-9A-Fa-f]{64}")


def secret_path(election: Path) -> Path:
    """ELECTION.toml -> ELECTION.form-secret."""
    return election.with_suffix(".form-secret")


def read_secret(election: Path) -> bytes | None:
    """The secret beside the election file; None when there is none. Raises SecretFileError, OSError."""
    path = secret_path(election)
    try:
        digits = path.read_bytes().strip()
    except FileNotFoundError:
        return None
    if not _DIGITS.fullmatch(digits):
        raise SecretFileError(file=path.name)
    return bytes.fromhex(digits.decode("ascii"))


def read_or_make_secret(election: Path) -> bytes:
    """The secret beside the election file, made when there is none. Two programs at once end with the same secret."""
    found = read_secret(election)
    if found is not None:
        return found
    _make(secret_path(election))
    made = read_secret(election)
    if made is None:
        raise SecretFileError(file=secret_path(election).name)
    return made


def _make(path: Path) -> None:
    # Written whole under another name first, so that nobody ever reads half a secret; then given its name without
    # replacing one that another program made in between.
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(LENGTH).encode("ascii") + b"\n")
            file.flush()
            os.fsync(file.fileno())
        _name_once(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _name_once(fresh: Path, path: Path) -> None:
    try:
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(fresh)
    except (OSError, NotImplementedError):
        # FAT on a USB stick knows no hard links; renaming refuses to replace on Windows, elsewhere we look first.
        if not path.exists():
            with contextlib.suppress(FileExistsError):
                fresh.rename(path)
