"""Write one entry, in the transaction of the act that it tells of."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection, transaction
from django.utils import timezone

from daihoi.ledger import canonical
from daihoi.ledger.chain import Entry, entry_after
from daihoi.web.audit.events import EVENTS
from daihoi.web.audit.models import LedgerEntry, LedgerHead, place_of


def hold() -> LedgerHead:
    """The head of the ledger, locked: until this transaction ends, no other act of the house comes to its end.

    Every act writes an entry, so what is read after this holds acts that are done, whole, and none that is half done.
    """
    head, _new = LedgerHead.objects.select_for_update().get_or_create(pk=1)
    return head


def record(kind: str, *, by: str, subject: str, facts: Mapping[str, object] | None = None, place: str = "") -> Entry:
    """Append what was done to the ledger; only inside the transaction that does it.

    `by` is the person as text, `subject` is `kind:key`. `place` is the key of the organisation or congress whose act it
    is, where the subject is neither: who reads the ledger of that part of the tree alone finds it by this; an act
    without a place is read by who reads the whole. Raises TransactionManagementError outside of a transaction, and the
    errors of `ledger.chain.entry_after` for facts that are not declared.
    """
    # Outside of one an act could be kept and its entry lost, or told and never done.
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"{kind} is written outside the transaction of its act")
    # Of two acts at once the second waits here, and follows the first.
    head = hold()
    previous = Entry(head.seq, "", {}, "", head.hash) if head.seq >= 0 else None
    held = {"subject": subject, **({"place": place} if place else {}), **(facts or {})}
    # As text with its offset: the database would give it back in another zone, and the hash would not fit.
    moment = timezone.localtime().isoformat(timespec="seconds")
    # What the program does of itself, as a load by command, is by "-".
    entry = entry_after(previous, kind, held, moment, by or "-", declared=EVENTS)
    LedgerEntry.objects.create(
        seq=entry.seq,
        kind=entry.kind,
        # As the chain normalised them: verifying hashes these bytes.
        facts=canonical.dumps(entry.facts).decode(),
        at=entry.at or "",
        by=entry.by or "",
        subject=subject,
        place=place_of(subject, entry.facts),
        prev=entry.prev,
        hash=entry.hash,
    )
    head.seq, head.hash = entry.seq, entry.hash
    head.save(update_fields=["seq", "hash"])
    return entry
