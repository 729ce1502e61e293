"""Acts on results: taken in from packages that were compared with the paper, and withdrawn."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from daihoi.web.audit.services import hold, record
from daihoi.web.organisations import queries as organisations
from daihoi.web.organisations.models import Organisation, Term
from daihoi.web.reporting import folders
from daihoi.web.reporting.judging import VOTE, Judged, judge, seen_of
from daihoi.web.reporting.models import Parcel, Received
from daihoi.web.reporting.reading import opens_of, slot_of


def subject_of(one: Received) -> str:
    """A result in the ledger."""
    return f"result:{one.key}"


def take(*, parcels: Sequence[Parcel], within: QuerySet[Organisation], seen: str, by: str) -> list[Received]:
    """Take in all of these packages that are ready, in one transaction; `seen` is `judging.seen_of` what was shown.

    Raises ValidationError where nothing is ready, where anything became otherwise since it was shown, and where a file
    on the disk is no longer the one that was checked. OSError where it cannot be read.
    """
    for one in parcels:
        _require_file(one)
    with transaction.atomic():
        # Of two people who take in the same at once the second waits here, and then sees what the first did.
        hold()
        # Nobody puts one of them away while it is taken in.
        locked = [one.pk for one in Parcel.objects.select_for_update().filter(pk__in=[one.pk for one in parcels])]
        held = list(Parcel.objects.filter(pk__in=locked, results=None).select_related("organisation"))
        judged = judge(held, within)
        if seen_of(judged) != seen:
            raise ValidationError(_("Something changed since this page was made; look at it again."))
        ready = [one for one in judged if one.ready]
        allowed = set(within.filter(pk__in=[one.parcel.organisation_id for one in ready]).values_list("pk", flat=True))
        if not ready or any(one.parcel.organisation_id not in allowed for one in ready):
            raise ValidationError(_("Nothing here can be taken in yet; each package says what it lacks."))
        _require_each_once(ready)
        term = organisations.current_term()
        return [_taken(one, by, term) for one in ready]


def _require_file(parcel: Parcel) -> None:
    """Raises ValidationError where the bytes are not those that were checked."""
    with folders.package_of(parcel.key).open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != parcel.sha256:
            words = _("%(name)s changed on the disk since it was checked; put it away and send it again.")
            raise ValidationError(words % {"name": parcel.file_name})


def _require_each_once(ready: Sequence[Judged]) -> None:
    """Two packages of one vote at once: which of them stands must be said by the order in which they are taken."""
    for place, one in enumerate(ready):
        for other in ready[:place]:
            same = one.parcel.organisation_id == other.parcel.organisation_id and (
                slot_of(one.parcel.says) == slot_of(other.parcel.says)
                or all(one.parcel.says[name] == other.parcel.says[name] for name in VOTE)
            )
            if same or one.parcel.digest == other.parcel.digest:
                words = _("%(one)s and %(other)s are of the same vote; put one of them away.")
                raise ValidationError(words % {"one": other.parcel.file_name, "other": one.parcel.file_name})


def _taken(judged: Judged, by: str, term: Term | None) -> Received:
    parcel, says = judged.parcel, judged.parcel.says
    now, replaced = timezone.now(), list(judged.replaces)
    assert parcel.organisation is not None  # noqa: S101 -- it would not be ready
    # Ended first: the database lets one result of a vote stand.
    for one in replaced:
        one.ended_at, one.ended_by, one.ended_reason = now, by, parcel.reason
        one.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    made = Received.objects.create(
        parcel=parcel,
        organisation=parcel.organisation,
        term=term,
        digest=parcel.digest,
        contest=says["contest"],
        office=says["office"],
        title=says["title"],
        round=says["round"],
        round_kind=says["round_kind"],
        opens=opens_of(says),
        slot=slot_of(says),
        seats=says["seats"],
        elected=says["elected"],
        open_seats=says["open_seats"],
        ties=len(says["ties"]),
        taken_by=by,
    )
    for one in replaced:
        one.replaced_by = made
        one.save(update_fields=["replaced_by"])
    facts = {
        "digest": made.digest,
        "package": parcel.sha256,
        "office": made.office,
        "round": made.round,
        "replaces": [one.key for one in replaced],
        "reason": parcel.reason if replaced else "",
    }
    record("result.taken", by=by, subject=subject_of(made), facts=facts, place=parcel.organisation.key)
    return made


@transaction.atomic
def withdraw(*, result: Received, reason: str, by: str) -> None:
    """Let a result stand no longer; it stays in the history with its package. Raises ValidationError."""
    if not reason:
        raise ValidationError({"reason": _("Say why it is withdrawn.")})
    held = Received.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=result.pk)
    if not held.stands:
        raise ValidationError(_("It stands no longer already."))
    held.ended_at, held.ended_by, held.ended_reason = timezone.now(), by, reason
    held.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    record("result.withdrawn", by=by, subject=subject_of(held), facts={"reason": reason}, place=held.organisation.key)


@transaction.atomic
def note_fetched(*, result: Received, file: str, by: str) -> None:
    """A package, which holds the scans of ballots, leaves the house again."""
    record("result.fetched", by=by, subject=subject_of(result), facts={"file": file}, place=result.organisation.key)
