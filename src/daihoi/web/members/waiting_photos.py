"""Photographs between sending and confirming: whose each is by the name of its file, and what would become of it."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from daihoi.web.lists.imports.plan import State
from daihoi.web.members import portraits, queries, services
from daihoi.web.members.choices import PhotoFault
from daihoi.web.members.models import Person, WaitingPhoto
from daihoi.web.members.portraits import Sent

KEPT = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """One picture as the preview shows it; `person` is None where nobody's, `said` why it is at fault."""

    waiting: WaitingPhoto
    state: State
    person: Person | None = None
    said: str = ""


def put(owner: str, sent: Sent) -> None:
    """Keep a picture that waits; the one of the same code that this person sent before goes."""
    mine = WaitingPhoto.objects.filter(owner=owner)
    if not sent.fault:
        mine.filter(code=sent.code).exclude(file=sent.file[-200:]).delete()
    mine.update_or_create(
        owner=owner,
        file=sent.file[-200:],
        defaults={
            "code": sent.code[-200:],
            "name": portraits.name_of(sent.jpeg) if sent.jpeg else "",
            "jpeg": sent.jpeg,
            "fault": sent.fault,
        },
    )


def of_owner(owner: str) -> QuerySet[WaitingPhoto]:
    """What a person sent within a day and has not confirmed. Older ones of everybody go."""
    since = timezone.now() - KEPT
    WaitingPhoto.objects.filter(sent_at__lt=since).delete()
    return WaitingPhoto.objects.filter(owner=owner, sent_at__gte=since)


def rows_of(owner: str, people: QuerySet[Person]) -> list[Row]:
    """Every picture that waits with what would become of it; `people`: those whose pictures its sender may change."""
    waiting = list(of_owner(owner).defer("jpeg"))
    # As it is typed or in capitals: some systems make small letters of the names of files.
    codes = {code for one in waiting for code in (one.code, one.code.upper())}
    by_code = {one.code: one for one in people.filter(code__in=codes)}
    known = queries.portraits_of(one.pk for one in by_code.values())
    rows = []
    for one in waiting:
        person = by_code.get(one.code) or by_code.get(one.code.upper())
        fault = one.fault or ("" if person else PhotoFault.CODE)
        if person is None or fault:
            rows.append(Row(one, State.ERROR, person, str(PhotoFault(fault).label)))
            continue
        former = known.get(person.pk)
        state = State.NEW if former is None else State.UNCHANGED if former.name == one.name else State.CHANGED
        rows.append(Row(one, state, person))
    return rows


def digest_of(rows: Iterable[Row]) -> str:
    """What was shown: confirming another state is refused."""
    told = [(row.waiting.file, row.waiting.name, row.state, row.person.key if row.person else "") for row in rows]
    return hashlib.sha256(repr(told).encode()).hexdigest()


@transaction.atomic
def confirm(*, owner: str, people: QuerySet[Person], digest: str, by: str) -> tuple[int, int]:
    """Keep every picture that is not at fault, all or none; gives how many were kept and left out.

    Raises ValidationError where the preview would be another by now, and OSError.
    """
    # Of two presses of the button the second waits here, and finds nothing.
    list(WaitingPhoto.objects.select_for_update().filter(owner=owner).values_list("pk"))
    rows = rows_of(owner, people)
    if digest_of(rows) != digest:
        raise ValidationError(_("The data changed since this preview was made; look at it again."))
    kept = sum(_keep(row, by) for row in rows)
    WaitingPhoto.objects.filter(owner=owner).delete()
    return kept, sum(row.state is State.ERROR for row in rows)


def _keep(row: Row, by: str) -> bool:
    if row.person is None or row.state not in {State.NEW, State.CHANGED}:
        return False
    # One at a time: a bundle of a thousand pictures is not held in memory.
    jpeg = WaitingPhoto.objects.values_list("jpeg", flat=True).get(pk=row.waiting.pk)
    return services.keep_portrait(person=row.person, jpeg=bytes(jpeg), by=by)


def counts_of(rows: Sequence[Row]) -> dict[str, int]:
    """How many pictures of each state."""
    return {str(state): sum(row.state is state for row in rows) for state in State if state is not State.WARNING}
