"""Entries that each carry the hash of the one before: nothing in the middle can change without the end changing.

An entry knows no clock and no file; who writes it passes in the time, and the bytes are the caller's to keep.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from daihoi.ledger import canonical
from daihoi.ledger.errors import BadHumanError, LedgerError, NotCanonicalError
from daihoi.ledger.events import EventTerm, check_facts

START = "0" * 64
"""`prev` of the first entry."""


@dataclass(frozen=True)
class Entry:
    """One line of ledger.jsonl. `at` (ISO 8601 with offset) and `by` stand on human acts alone, else None."""

    seq: int
    kind: str
    facts: Mapping[str, canonical.Json]
    prev: str
    hash: str
    at: str | None = None
    by: str | None = None

    @property
    def body(self) -> dict[str, canonical.Json]:
        """All that is hashed: the entry without its hash."""
        body: dict[str, canonical.Json] = {
            "seq": self.seq, "kind": self.kind, "facts": self.facts, "prev": self.prev,
        }  # fmt: skip
        if self.at is not None:
            body["at"] = self.at
        if self.by is not None:
            body["by"] = self.by
        return body

    def whole(self, fact: str) -> int:
        """A fact that is declared a whole number; 0 where an optional one does not stand."""
        value = self.facts.get(fact)
        return value if isinstance(value, int) else 0


@dataclass(frozen=True)
class Finding:
    """What is wrong with entry number `seq` (its place from 0 in the file): a code with found and expected."""

    code: str
    seq: int
    found: str = ""
    expected: str = ""


@dataclass(frozen=True)
class Parsed:
    """The entries of a ledger file. `torn` is how many bytes at the end are not a whole line: the writer was killed.

    `broken` are whole lines that are no entries; a sound ledger has none.
    """

    entries: tuple[Entry, ...]
    torn: int = 0
    broken: tuple[Finding, ...] = field(default=())


def hash_of(body: Mapping[str, canonical.Json]) -> str:
    """SHA-256, in lower-case hex, of the canonical JSON of an entry without its hash."""
    return hashlib.sha256(canonical.dumps(body)).hexdigest()


def _check_human(kind: str, human: bool, at: str | None, by: str | None) -> None:
    if human and not (at and by and _is_moment(at)):
        raise BadHumanError(kind=kind, expected="a time with its offset from UTC, and a name")
    if not human and (at is not None or by is not None):
        raise BadHumanError(kind=kind, expected="neither time nor name")


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).utcoffset() is not None
    except ValueError:
        return False


def entry_after(
    previous: Entry | None,
    kind: str,
    facts: Mapping[str, object],
    at: str | None = None,
    by: str | None = None,
    *,
    declared: Mapping[str, EventTerm] | None = None,
) -> Entry:
    """The entry that follows `previous` (None: the first); `declared` are the events of this ledger, else a count's.

    Raises UnknownEventError, BadFactsError, BadHumanError, NotCanonicalError.
    """
    term = check_facts(kind, facts, declared)
    _check_human(kind, term.human, at, by)
    held = canonical.normal(facts)
    assert isinstance(held, dict)  # noqa: S101 -- normal() keeps the kind of what it is given
    seq, prev = (previous.seq + 1, previous.hash) if previous else (0, START)
    at, by = (None if said is None else canonical.text(said) for said in (at, by))
    body = Entry(seq, kind, held, prev, "", at, by)
    digest = hashlib.sha256(canonical.written(body.body)).hexdigest()
    return Entry(seq, kind, held, prev, digest, at, by)


def line_of(entry: Entry) -> bytes:
    """The line of the file: canonical JSON and a line feed."""
    return canonical.line({**entry.body, "hash": entry.hash})


def dump(entries: Iterable[Entry]) -> bytes:
    """The file of these entries."""
    return b"".join(line_of(entry) for entry in entries)


_KEYS = {"seq", "kind", "facts", "prev", "hash"}
_TYPES: Mapping[str, type] = {"seq": int, "kind": str, "facts": dict, "prev": str, "hash": str, "at": str, "by": str}


def _entry(raw: bytes) -> Entry | None:
    """The entry of a line, None when it is none; so is a line whose bytes are not canonical."""
    try:
        value = json.loads(raw)
        if not isinstance(value, dict) or not value.keys() >= _KEYS or not value.keys() <= _TYPES.keys():
            return None
        if any(type(held) is not _TYPES[name] for name, held in value.items()) or canonical.dumps(value) != raw:
            return None
    except (ValueError, RecursionError, NotCanonicalError):
        return None
    return Entry(**value)


def parse(data: bytes) -> Parsed:
    """The entries in a ledger file; a last line that is not whole or not an entry counts as torn. Never raises."""
    # Not splitlines(): it would also cut at U+2028 and its like, which canonical JSON leaves as they are.
    lines = data.split(b"\n")
    tail = lines.pop()
    read = [_entry(raw) for raw in lines]
    torn = len(tail)
    if not tail and read and read[-1] is None:
        # Some file systems keep the line end and lose the bytes before it when power fails.
        read.pop()
        torn = len(lines[-1]) + 1
    broken = tuple(Finding("ledger.broken_line", place) for place, entry in enumerate(read) if entry is None)
    return Parsed(tuple(entry for entry in read if entry is not None), torn, broken)


def check(entries: Iterable[Entry], declared: Mapping[str, EventTerm] | None = None) -> tuple[Finding, ...]:
    """Every break of the chain and every entry that is not of its event; empty when all is sound."""
    found: list[Finding] = []
    prev = START
    # Each link is followed from what the entry says of itself, so that one forged line gives one finding and not all.
    for place, entry in enumerate(entries):
        if entry.seq != place:
            found.append(Finding("ledger.out_of_sequence", place, str(entry.seq), str(place)))
        if entry.prev != prev:
            found.append(Finding("ledger.broken_chain", place, entry.prev, prev))
        if (right := hash_of(entry.body)) != entry.hash:
            found.append(Finding("ledger.wrong_hash", place, entry.hash, right))
        found.extend(_undeclared(place, entry, declared))
        prev = entry.hash
    return tuple(found)


def _undeclared(place: int, entry: Entry, declared: Mapping[str, EventTerm] | None) -> list[Finding]:
    try:
        term = check_facts(entry.kind, entry.facts, declared)
        _check_human(entry.kind, term.human, entry.at, entry.by)
    except LedgerError as error:
        return [Finding(error.code, place, entry.kind, str(error.fields.get("expected", "")))]
    return []
