"""Pictures of scans for the board: the crop as it was read, the row with its neighbours, the whole page.

Drawing a row takes tens of ms, reading a ledger more: both are kept for the counts that are looked at now.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from daihoi.counts.count_folder import read_folder
from daihoi.counts.journal import LEDGER_NAME
from daihoi.counts.page_pictures import PagePictures, Picture
from daihoi.counts.taking import images_in
from daihoi.counts.terms import SeenScan
from daihoi.interchange.terms import BallotLine
from daihoi.web.counting import folders
from daihoi.web.counting.models import Count, Question

KEPT = 3
HIGH_PX = 1400
_CROPS = {".png": "image/png", ".jpg": "image/jpeg"}


@dataclass
class _Album:
    """The pictures of one count; one person at a time, since the last page is kept."""

    pictures: PagePictures
    turn: threading.Lock = field(default_factory=threading.Lock)


_albums: OrderedDict[str, _Album] = OrderedDict()
_turn = threading.Lock()


def crop_of(count: Count, path: str) -> tuple[bytes, str] | None:
    """A picture that the count holds, with its type; None for what a browser does not show."""
    base = folders.count_of(count).resolve()
    file = (base / path).resolve()
    kind = _CROPS.get(file.suffix.lower())
    if not path or kind is None or base not in file.parents or not file.is_file():
        return None
    return file.read_bytes(), kind


def row_of(question: Question) -> Picture | None:
    """The row of a doubtful mark with the rows beside it; None where it is no mark. Raises CountsError, OSError."""
    if not question.candidate:
        return None
    album = _album(question.count)
    with album.turn:
        return album.pictures.row(scan_of(question), question.candidate, side=question.side, turn=question.turn)


def row_on_ballot(count: Count, line: BallotLine, candidate: str) -> Picture | None:
    """The row of a candidate on a ballot of the count, with its neighbours. Raises CountsError, OSError."""
    folder = folders.count_of(count)
    ledger = (folder / LEDGER_NAME).stat()
    known = _laid(folder, ledger.st_mtime_ns, ledger.st_size)
    found = (known.get((page.file, page.index)) for page in line.pages)
    laid = next((one for one in found if one is not None and candidate in one.names), None)
    if laid is None:
        return None
    album = _album(count)
    with album.turn:
        return album.pictures.row(laid.scan, candidate, side=laid.side, turn=laid.turn)


@dataclass(frozen=True)
class _Laid:
    """A page that was read: its scan, which side it is, how it lay, and whose rows are on it."""

    scan: SeenScan
    side: int
    turn: int
    names: frozenset[str]


@lru_cache(maxsize=KEPT)
def _laid(folder: Path, mtime_ns: int, size: int) -> Mapping[tuple[str, int], _Laid]:  # noqa: ARG001 -- which ledger it is
    entries = read_folder(folder).journal.entries
    stored = {one.file: one for one in images_in(entries)}
    laid: dict[tuple[str, int], _Laid] = {}
    for entry in entries:
        if entry.kind == "page.read":
            file, index = str(entry.facts["file"]), entry.whole("index")
            scan = SeenScan(file, index, stored[file].sha256, stored[file].stored)
            marks = entry.facts["marks"]
            names = frozenset(marks) if isinstance(marks, Mapping) else frozenset()
            laid[file, index] = _Laid(scan, entry.whole("page"), entry.whole("turn"), names)
    return laid


def page_of(count: Count, scan: SeenScan, *, side: int = 0, turn: int = 0, high_px: int = HIGH_PX) -> Picture | None:
    """A whole page, upright. Raises CountsError, OSError."""
    album = _album(count)
    with album.turn:
        return album.pictures.whole(scan, side=side, turn=turn, high_px=high_px)


def scan_of(question: Question) -> SeenScan:
    """The page that a question is about."""
    return SeenScan(question.file, question.index, question.sha256, question.stored)


def scan_by_digest(count: Count, file: str, index: int, sha256: str) -> SeenScan | None:
    """A page of a ballot; None where no such scan was taken. Raises CountsError, OSError."""
    folder = folders.count_of(count)
    ledger = (folder / LEDGER_NAME).stat()
    stored = _stored(folder, ledger.st_mtime_ns, ledger.st_size).get(sha256)
    return SeenScan(file, index, sha256, stored) if stored else None


# Who confirms every ballot asks for page after page of a count in which nothing is taken any more.
@lru_cache(maxsize=KEPT)
def _stored(folder: Path, mtime_ns: int, size: int) -> Mapping[str, str]:  # noqa: ARG001 -- which ledger it is
    """Where each scan lies, by its digest; of the same bytes taken twice, the first."""
    taken = reversed(images_in(read_folder(folder).journal.entries))
    return {one.sha256: one.stored for one in taken}


def _album(count: Count) -> _Album:
    with _turn:
        held = _albums.get(count.key)
        if held is None:
            held = _albums[count.key] = _Album(PagePictures(read_folder(folders.count_of(count))))
        _albums.move_to_end(count.key)
        while len(_albums) > KEPT:
            _albums.popitem(last=False)
        return held
