"""Scans are copied into COUNT/images and safe on disk before anything is counted of them.

A file is known again by its name and its bytes: reading the same folder again takes nothing twice. A file that comes
again under an old name with other bytes is another scan and is recorded as name~2, name~3, ...; a file with the bytes
of another name is taken and refused as a duplicate when it is read.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from daihoi.counts.disk import sync_file, sync_folder, writing
from daihoi.counts.journal import Journal
from daihoi.counts.scan_order import PICTURES, Listing, list_scans
from daihoi.counts.terms import Progress
from daihoi.ledger.chain import Entry
from daihoi.reading.load import pages_in
from daihoi.reading.terms import Refusal

IMAGES = "images"
GROUP = 25
GROUP_SECONDS = 0.5
_STORED = re.compile(r"\d{5,}\.[a-z]+")


@dataclass(frozen=True)
class Image:
    """A file of scans as the ledger has it; `pages` 0 when it is not opened. `number` from 1."""

    number: int
    file: str
    stored: str
    sha256: str
    pages: int


def images_in(entries: Iterable[Entry]) -> tuple[Image, ...]:
    """The files taken so far, in order."""
    taken = [entry.facts for entry in entries if entry.kind == "image.taken"]
    return tuple(
        Image(number, str(facts["file"]), str(facts["stored"]), str(facts["sha256"]), _whole(facts["pages"]))
        for number, facts in enumerate(taken, start=1)
    )


def take(journal: Journal, folder: Path, scans: Path, progress: Progress) -> Listing:
    """Copy what is new under `scans` into `folder`/images and record it. Raises NoScans, WriteFailed, DiskFull."""
    listing = list_scans(scans)
    images = folder / IMAGES
    with writing(images):
        images.mkdir(exist_ok=True)
    taking = _Taking(journal, folder)
    for done, name in enumerate(listing.scans, start=1):
        taking.take(scans / name, written_name(name))
        progress(done, len(listing.scans), "take")
    taking.close_group()
    _clear_unrecorded(images, journal)
    return listing


def written_name(name: str) -> str:
    """A file's name as text that can be written down: NFC, and U+FFFD for bytes that are no text."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", text)


class _Taking:
    """The copies of one group, and what is known from before."""

    def __init__(self, journal: Journal, folder: Path) -> None:
        self._journal = journal
        self._folder = folder
        taken = images_in(journal.entries)
        self._count = len(taken)
        self._digests: dict[str, str] = {image.file: image.sha256 for image in taken}
        self._known = set(self._digests.values())
        self._group: list[Mapping[str, object]] = []
        self._began = time.monotonic()

    def take(self, path: Path, name: str) -> None:
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        recorded = self._name_for(name, digest)
        if recorded is None:
            return
        self._count += 1
        suffix = path.suffix.lower()
        stored = f"{IMAGES}/{self._count:05d}{suffix if suffix in PICTURES else '.bin'}"
        with writing(self._folder / stored):
            (self._folder / stored).write_bytes(data)
        # A file that came before under another name is refused unopened, as one page whatever it holds.
        pages = 0 if digest in self._known else pages_in(data, name)
        self._digests[recorded] = digest
        self._known.add(digest)
        self._group.append(
            {
                "file": recorded,
                "stored": stored,
                "sha256": digest,
                "bytes": len(data),
                "pages": 0 if isinstance(pages, Refusal) else pages,
            }
        )
        if len(self._group) >= GROUP or time.monotonic() - self._began >= GROUP_SECONDS:
            self.close_group()

    def close_group(self) -> None:
        """Sync the copies, then record them: an event never speaks of an image that a power cut can still take."""
        for facts in self._group:
            sync_file(self._folder / str(facts["stored"]))
        if self._group:
            sync_folder(self._folder / IMAGES)
        for facts in self._group:
            self._journal.append("image.taken", facts)
        self._journal.sync()
        self._group.clear()
        self._began = time.monotonic()

    def _name_for(self, name: str, digest: str) -> str | None:
        """The name to record, None when this very file was taken before."""
        candidate, again = name, 1
        while candidate in self._digests:
            if self._digests[candidate] == digest:
                return None
            again += 1
            candidate = f"{name}~{again}"
        return candidate


def _clear_unrecorded(images: Path, journal: Journal) -> None:
    """Remove copies that a killed count left without an event, when their scan is no longer there to be taken."""
    recorded = {image.stored.rpartition("/")[2] for image in images_in(journal.entries)}
    for entry in os.scandir(images):
        if _STORED.fullmatch(entry.name) and entry.name not in recorded:
            with writing(Path(entry.path)):
                Path(entry.path).unlink()


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
