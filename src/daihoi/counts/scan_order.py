"""Which files of a folder are scans, and in which order they were made."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from daihoi.counts.errors import NoScans
from daihoi.reading.load.bounds import MAX_FILE_BYTES

_DIGITS = re.compile(r"(\d+)")
_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".pdf"})
_NOT_SCANS = frozenset({".json", ".jsonl", ".csv", ".txt", ".toml", ".md", ".log"})


@dataclass(frozen=True)
class Listing:
    """Scans by their name under the folder (with / between folders), in scan order; `ignored` are told to the user."""

    scans: tuple[str, ...]
    ignored: tuple[str, ...]


def natural_key(name: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """Sorts scan2 before scan10, folder by folder; the name itself parts names that differ in zeros or case."""
    parts = PurePosixPath(name).parts
    # A folder sorts by its own name among the files beside it.
    pieces = tuple(piece for part in parts for piece in (*_pieces(part), (0, 0, "")))
    return pieces, name


def _pieces(part: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (1, int(piece), "") if piece.isdecimal() else (2, 0, piece.casefold()) for piece in _DIGITS.split(part) if piece
    )


def list_scans(folder: Path) -> Listing:
    """All files below `folder`. Raises NoScans, and OSError for a folder below it that cannot be listed.

    Hidden files and those that the system makes are passed over in silence; texts and tables (our own truth.json among
    them) are ignored aloud, and so are hidden files with the suffix of a picture: they may be ballots. So are links to
    folders, and what is no file at all (a pipe or a device would make us wait for ever) or larger than
    `MAX_FILE_BYTES`. Everything else is taken: what is no image is refused as a page, never skipped.
    """
    if not folder.is_dir():
        raise NoScans(path=str(folder))
    scans: list[str] = []
    ignored: list[str] = []
    # A folder that cannot be listed raises: scans passed over in silence would be ballots that nobody counts.
    for within, folders, names in os.walk(folder, onerror=_raise):
        links = (Path(within) / name for name in folders)
        ignored += [path.relative_to(folder).as_posix() for path in links if path.is_symlink()]
        for name in names:
            path = (Path(within) / name).relative_to(folder)
            if path.name.lower() in _OF_THE_SYSTEM:
                continue
            if _hidden(path):
                ignored += [path.as_posix()] if path.suffix.lower() in PICTURES else []
            else:
                (scans if _is_scan(folder / path) else ignored).append(path.as_posix())
    return Listing(tuple(sorted(scans, key=natural_key)), tuple(sorted(ignored, key=natural_key)))


def _is_scan(path: Path) -> bool:
    if path.suffix.lower() in _NOT_SCANS:
        return False
    try:
        status = path.stat()
    except OSError:
        # A link to nothing; or a file that went away, or that we may not look at: reading it will tell.
        return not path.is_symlink()
    return stat.S_ISREG(status.st_mode) and status.st_size <= MAX_FILE_BYTES


def _raise(error: OSError) -> None:
    raise error


def _hidden(name: Path) -> bool:
    return any(part.startswith((".", "~")) for part in name.parts)
