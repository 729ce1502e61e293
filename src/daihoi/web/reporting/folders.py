"""Where packages lie on disk: DATA/reporting/<key of the parcel>/package.zip, and its half of scans beside it.

A file stays where it came in, waiting or taken in: between the two only rows change, and no kill can part them.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

FOLDER = "reporting"
PACKAGE = "package.zip"
ORPHAN_SECONDS = 24 * 3600
"""A folder of which no row speaks is one that was cut off while it came in; a day is longer than any file takes."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,120}-images\.zip")


def house() -> Path:
    """All packages."""
    return Path(settings.DATA) / FOLDER


def folder_of(key: str) -> Path:
    """All of one parcel."""
    return house() / key


def package_of(key: str) -> Path:
    """The file that came in."""
    return folder_of(key) / PACKAGE


def scans_of(key: str, name: str) -> Path | None:
    """Where the half of scans lies that a package names; None for a name that is kept on no disk.

    The verifier looks for it under the very name that the manifest gives, which a stranger wrote.
    """
    # The names of devices on Windows end at the first dot, and none of them ends in -images.
    return folder_of(key) / name if _PLAIN.fullmatch(name) else None


def remove(key: str) -> None:
    """Let go of a parcel's files; what cannot be removed now is swept later."""
    with suppress(OSError):
        shutil.rmtree(folder_of(key))


def sweep(known: Iterable[str]) -> None:
    """Let go of folders of which no row speaks, once they are a day old."""
    keep, before = set(known), time.time() - ORPHAN_SECONDS
    with suppress(OSError):
        for one in house().iterdir():
            if one.is_dir() and one.name not in keep and one.stat().st_mtime < before:
                shutil.rmtree(one, ignore_errors=True)
