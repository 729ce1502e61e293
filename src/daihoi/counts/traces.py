"""The traces of the pages read so far, beside the ledger and never in a package.

A trace outlives no image: what it tells of a hand is not for the record. So it stands in a file of its own, from which
nothing follows but the question whether a later page is the same sheet; a count without the file asks less and counts
the same.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from daihoi.counts.disk import write_whole, writing
from daihoi.ledger import canonical
from daihoi.ledger.chain import Entry

TRACES = "traces.jsonl"

Place = tuple[str, int]
"""A page: file as in image.taken, and the page in it from 0."""


class Traces:
    """The file traces.jsonl of one count, a line for each page that was read and bears something by hand."""

    def __init__(self, folder: Path, entries: Iterable[Entry]) -> None:
        """What stands there of pages that the ledger knows; what a killed count left beyond it is taken off."""
        self._path = folder / TRACES
        data = self._path.read_bytes() if self._path.is_file() else b""
        found = _parsed(data)
        known = [(str(entry.facts["file"]), entry.whole("index")) for entry in entries if entry.kind == "page.read"]
        self.held: dict[Place, bytes] = {place: found[place] for place in known if place in found}
        kept = b"".join(_line(place, trace) for place, trace in self.held.items())
        if kept != data:
            write_whole(self._path, kept)
        self._unwritten: list[bytes] = []

    def add(self, file: str, index: int, trace: bytes) -> None:
        """One more page; on disk after the next `sync`."""
        if trace:
            self.held[file, index] = trace
            self._unwritten.append(_line((file, index), trace))

    def sync(self) -> None:
        """Have on disk what was added: before the ledger speaks of these pages. Raises WriteFailed, DiskFull."""
        if not self._unwritten:
            return
        with writing(self._path), self._path.open("ab") as file:
            file.write(b"".join(self._unwritten))
            file.flush()
            os.fsync(file.fileno())
        self._unwritten.clear()


def _line(place: Place, trace: bytes) -> bytes:
    return canonical.line({"file": place[0], "index": place[1], "trace": base64.b64encode(trace).decode("ascii")})


def _parsed(data: bytes) -> Mapping[Place, bytes]:
    """The traces by their pages; a line that cannot be read is left out."""
    found: dict[Place, bytes] = {}
    for line in data.split(b"\n"):
        try:
            held = json.loads(line)
            found[str(held["file"]), int(held["index"])] = base64.b64decode(held["trace"], validate=True)
        except (ValueError, KeyError, TypeError, binascii.Error):
            continue
    return found
