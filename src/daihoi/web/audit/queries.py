"""Read the ledger: its pages, and whether it is whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from daihoi.ledger.chain import START, Entry, Finding, check
from daihoi.web.audit.events import EVENTS
from daihoi.web.audit.models import LedgerEntry, LedgerHead, place_of

CHUNK = 2000


@dataclass(frozen=True)
class Verified:
    """What was found in the whole ledger; `head` is the hash that stands for all of it."""

    entries: int
    head: str
    findings: tuple[Finding, ...]


def entries(
    search: str = "", kind: str = "", places: Iterable[QuerySet[Any, Any]] | None = None
) -> QuerySet[LedgerEntry]:
    """Newest first; `search` looks in who, what and subject.

    `places` are queries for the keys of organisations and congresses whose acts may be read; None: all acts.
    """
    found = LedgerEntry.objects.order_by("-seq")
    if places is not None:
        # Nothing to begin with: an empty condition would let everything through.
        mine = Q(pk__in=[])
        for keys in places:
            mine |= Q(place__in=keys)
        found = found.filter(mine)
    if kind:
        # By the code: words differ by language.
        found = found.filter(kind=kind)
    if search:
        found = found.filter(Q(by__icontains=search) | Q(subject__icontains=search) | Q(facts__icontains=search))
    return found


def verify() -> Verified:
    """Follow the chain from the first entry to the head."""
    seen = _Seen()
    # In pieces: the ledger of a country does not fit into memory.
    findings = list(check(seen.through(LedgerEntry.objects.order_by("seq").iterator(CHUNK)), EVENTS))
    head = LedgerHead.objects.filter(pk=1).first()
    # Entries cut off at the end leave a chain that is whole; the head tells.
    if head is None or (head.seq, head.hash) != (seen.seq, seen.hash):
        told = "" if head is None else f"{head.seq} {head.hash}"
        findings.append(Finding("ledger.wrong_head", seen.seq + 1, told, f"{seen.seq} {seen.hash}"))
    return Verified(seen.seq + 1, seen.hash, tuple(findings))


def last_but(kind: str, *, after: int, upto: int) -> int:
    """The number of the last entry of any other kind, after one entry and up to another; -1 where there is none."""
    found = LedgerEntry.objects.filter(seq__gt=after, seq__lte=upto).exclude(kind=kind)
    last = found.order_by("-seq").values_list("seq", flat=True).first()
    return -1 if last is None else last


class _Seen:
    """The last entry that went by."""

    def __init__(self) -> None:
        self.seq, self.hash = -1, START

    def through(self, rows: Iterator[LedgerEntry]) -> Iterator[Entry]:
        """The rows as entries; the columns that are searched must say what the entry says."""
        for row in rows:
            entry = row.entry()
            self.seq, self.hash = entry.seq, entry.hash
            # Subject and place stand twice: in the facts, which are hashed, and in columns that are searched.
            told = (entry.facts.get("subject"), place_of(str(entry.facts.get("subject")), entry.facts))
            if told != (row.subject, row.place):
                # A place is a key: with a dash for none, the facts are never those that were hashed.
                facts = {**entry.facts, "subject": row.subject, "place": row.place or "-"}
                yield Entry(entry.seq, entry.kind, facts, entry.prev, entry.hash, entry.at, entry.by)
                continue
            yield entry
