"""Which files of a folder are scans, and in which order they were made."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from functools import lru_cache
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


# A watched folder is sorted anew ten times a second, and nearly all its names are those of the last time.
@lru_cache(maxsize=1 << 16)
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
        below = Path(within).relative_to(folder)
        inside = "" if below == Path() else f"{below.as_posix()}/"
        hidden = any(map(_hidden, below.parts))
        # Plain text and no paths: of a thousand files, paths took four fifths of the time.
        for name in names:
            if name.lower() in _OF_THE_SYSTEM:
                continue
            if hidden or _hidden(name):
                ignored += [inside + name] if _suffix(name) in PICTURES else []
            else:
                (scans if _is_scan(f"{within}{os.sep}{name}", name) else ignored).append(inside + name)
    return Listing(tuple(sorted(scans, key=natural_key)), tuple(sorted(ignored, key=natural_key)))


def _is_scan(path: str, name: str) -> bool:
    if _suffix(name) in _NOT_SCANS:
        return False
    try:
        status = os.stat(path)  # noqa: PTH116 -- see above
    except OSError:
        # A link to nothing; or a file that went away, or that we may not look at: reading it will tell.
        return not Path(path).is_symlink()
    return stat.S_ISREG(status.st_mode) and status.st_size <= MAX_FILE_BYTES


def _suffix(name: str) -> str:
    """As `Path.suffix`, in small letters."""
    dot = name.rfind(".")
    return name[dot:].lower() if 0 < dot < len(name) - 1 else ""


def _raise(error: OSError) -> None:
    raise error


def _hidden(name: str) -> bool:
    return name.startswith((".", "~"))
