"""Scans are copied into COUNT/images; they are safe on disk before the ledger says anything of them.

A file is known again by its name and its bytes: reading the same folder again takes nothing twice. A file that comes
again under an old name with other bytes is another scan and is recorded as name~2, name~3, ...; a file with the bytes
of another name is taken and refused as a duplicate when it is read. A file of a batch that was removed is new when it
comes again; as long as it only lies where it lay it is passed over, or every removal would be undone by the next look.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from daihoi.counts.disk import writing
from daihoi.counts.removals import files_removed
from daihoi.counts.scan_order import PICTURES
from daihoi.ledger.chain import Entry
from daihoi.reading.load import pages_in
from daihoi.reading.terms import Refusal

IMAGES = "images"
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
    taken = (entry for entry in entries if entry.kind == "image.taken")
    return tuple(_image(number, entry) for number, entry in enumerate(taken, start=1))


def images_by_name(entries: Iterable[Entry]) -> dict[str, Image]:
    """The files taken so far by their name in the ledger, where no name stands twice."""
    return {image.file: image for image in images_in(entries)}


def _image(number: int, entry: Entry) -> Image:
    facts = entry.facts
    return Image(number, str(facts["file"]), str(facts["stored"]), str(facts["sha256"]), entry.whole("pages"))


@dataclass(frozen=True)
class Copy:
    """A scan that lies in COUNT/images, not yet synced, with what its event will say."""

    image: Image
    facts: Mapping[str, object]


def written_name(name: str) -> str:
    """A file's name as text that can be written down: NFC, and U+FFFD for bytes that are no text."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", text)


class Copies:
    """Copies scans into COUNT/images and knows again what came before."""

    def __init__(self, folder: Path, entries: Sequence[Entry], lying: Collection[str] = ()) -> None:
        """Begin with what the ledger holds; `lying` are the files that lay there before any is given.

        Raises WriteFailed.
        """
        self._folder = folder
        with writing(folder / IMAGES):
            (folder / IMAGES).mkdir(exist_ok=True)
        taken = images_in(entries)
        self._count = len(taken)
        self._digests: dict[str, str] = {image.file: image.sha256 for image in taken}
        self._gone = files_removed(entries)
        self._lying = set(lying)
        self.set_aside: set[str] = set()
        """Names that lie there and are not taken, since they were removed with their batch."""
        self._known = {image.sha256 for image in taken if image.file not in self._gone}

    def copy(self, path: Path, name: str, data: bytes) -> Copy | None:
        """Copy the scan at `path` with bytes `data`; None when it was taken before. Raises WriteFailed, DiskFull."""
        digest = hashlib.sha256(data).hexdigest()
        recorded = self._name_for(name, digest)
        if recorded is None:
            return None
        self._count += 1
        suffix = path.suffix.lower()
        stored = f"{IMAGES}/{self._count:05d}{suffix if suffix in PICTURES else '.bin'}"
        with writing(self._folder / stored):
            (self._folder / stored).write_bytes(data)
        # A file that came before under another name is refused unopened, as one page whatever it holds.
        counted = 0 if digest in self._known else pages_in(data, name)
        pages = 0 if isinstance(counted, Refusal) else counted
        self._digests[recorded] = digest
        self._known.add(digest)
        image = Image(self._count, recorded, stored, digest, pages)
        facts = {"file": recorded, "stored": stored, "sha256": digest, "bytes": len(data), "pages": pages}
        return Copy(image, facts)

    def pass_over(self, lying: Iterable[str]) -> None:
        """Set aside what lies there of removed batches, and did not come again since."""
        self.set_aside |= {name for name in lying if self._last_name(name) in self._gone}

    def _last_name(self, name: str) -> str:
        """The name under which a file of this name was recorded last; its own where it never was."""
        last, again = name, 2
        while (candidate := f"{name}~{again}") in self._digests:
            last, again = candidate, again + 1
        return last

    def clear_unrecorded(self, entries: Iterable[Entry]) -> None:
        """Remove copies that a killed count left without an event, when their scan is no longer there to be taken."""
        recorded = {image.stored.rpartition("/")[2] for image in images_in(entries)}
        for entry in os.scandir(self._folder / IMAGES):
            if _STORED.fullmatch(entry.name) and entry.name not in recorded:
                with writing(Path(entry.path)):
                    Path(entry.path).unlink()

    def _name_for(self, name: str, digest: str) -> str | None:
        """The name to record, None when this very file was taken before."""
        candidate, again, removed = name, 1, False
        while candidate in self._digests:
            if self._digests[candidate] == digest:
                if candidate not in self._gone:
                    self.set_aside.discard(name)
                    return None
                removed = True
            again += 1
            candidate = f"{name}~{again}"
        if removed and name in self._lying:
            # Seen once where it lay; when it comes another time it is given again.
            self._lying.discard(name)
            self.set_aside.add(name)
            return None
        self.set_aside.discard(name)
        return candidate
