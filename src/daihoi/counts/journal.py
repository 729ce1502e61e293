"""The ledger on disk: opened, cut where the writer was killed, appended in groups that are synced.

Every other file of COUNT follows from it. An event stands in the ledger only after what it names is safe on disk.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from daihoi.counts.disk import writing
from daihoi.counts.errors import LedgerBroken
from daihoi.ledger import canonical, chain
from daihoi.ledger.chain import Entry

LEDGER_NAME = "ledger.jsonl"


class Journal:
    """The entries of one count; `append` keeps them in memory until `sync` has them on disk."""

    def __init__(self, path: Path) -> None:
        """Read the ledger at `path` (none yet: an empty one). Raises LedgerBroken.

        A torn last line is what a killed writer leaves: it is cut off, the work that it spoke of is done again.
        """
        self.path = path
        data = path.read_bytes() if path.is_file() else b""
        parsed = chain.parse(data)
        findings = (*parsed.broken, *chain.check(parsed.entries))
        if findings:
            raise LedgerBroken(path=str(path), line=findings[0].seq + 1, problem=findings[0].code)
        self._entries = list(parsed.entries)
        self._unwritten: list[Entry] = []
        self._length = len(data) - parsed.torn

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Journal:
        """A ledger that lies on no disk: to see what these entries come to."""
        held = cls(Path())
        held._entries = list(entries)
        return held

    def mend(self) -> None:
        """Cut off what a killed writer left of a line. Raises WriteFailed."""
        if self.path.exists() and self.path.stat().st_size > self._length:
            with writing(self.path), self.path.open("rb+") as file:
                file.truncate(self._length)
                os.fsync(file.fileno())

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, those not yet synced among them."""
        return tuple(self._entries)

    @property
    def last(self) -> Entry | None:
        """The newest entry."""
        return self._entries[-1] if self._entries else None

    def append(self, kind: str, facts: Mapping[str, object], *, at: str | None = None, by: str | None = None) -> Entry:
        """Add an event; it is safe after the next `sync`."""
        entry = chain.entry_after(self.last, kind, facts, at, by)
        self._entries.append(entry)
        self._unwritten.append(entry)
        return entry

    def sync(self) -> None:
        """Put what was appended on disk. Raises WriteFailed, DiskFull; the ledger then ends before this group."""
        if not self._unwritten:
            return
        # Every entry here was made by `append`, in canonical form.
        group = b"".join(canonical.written({**entry.body, "hash": entry.hash}) + b"\n" for entry in self._unwritten)
        with writing(self.path), self.path.open("ab") as file:
            # A torn line of a killed writer, or of a disk that was full a moment ago, must not stay before this group.
            file.truncate(self._length)
            file.write(group)
            file.flush()
            os.fsync(file.fileno())
        self._length += len(group)
        self._unwritten.clear()
