"""Write one entry, in the transaction of the act that it tells of."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection, transaction
from django.utils import timezone

from daihoi.ledger import canonical
from daihoi.ledger.chain import Entry, entry_after
from daihoi.web.audit.events import EVENTS
from daihoi.web.audit.models import LedgerEntry, LedgerHead


def record(kind: str, *, by: str, subject: str, facts: Mapping[str, object] | None = None) -> Entry:
    """Append what was done to the ledger; only inside the transaction that does it.

    `by` is the person as text, `subject` is `kind:key`. Raises TransactionManagementError outside of one, and the
    errors of `ledger.chain.entry_after` for facts that are not declared.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"{kind} is written outside the transaction of its act")
    head, _new = LedgerHead.objects.select_for_update().get_or_create(pk=1)
    previous = Entry(head.seq, "", {}, "", head.hash) if head.seq >= 0 else None
    held = {"subject": subject, **(facts or {})}
    moment = timezone.localtime().isoformat(timespec="seconds")
    entry = entry_after(previous, kind, held, moment, by or "-", declared=EVENTS)
    LedgerEntry.objects.create(
        seq=entry.seq,
        kind=entry.kind,
        facts=canonical.dumps(entry.facts).decode(),
        at=entry.at or "",
        by=entry.by or "",
        subject=subject,
        prev=entry.prev,
        hash=entry.hash,
    )
    head.seq, head.hash = entry.seq, entry.hash
    head.save(update_fields=["seq", "hash"])
    return entry
