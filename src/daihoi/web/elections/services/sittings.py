"""Acts on bodies that vote, and on the roll of a meeting."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from daihoi.web.audit.services import record
from daihoi.web.congresses.choices import BodyPost
from daihoi.web.congresses.models import Congress
from daihoi.web.elections.choices import Absence, SittingKind
from daihoi.web.elections.models import Seat, Sitting
from daihoi.web.members.models import Person


@transaction.atomic
def open_sitting(*, congress: Congress, kind: SittingKind, by: str, **fields: object) -> Sitting:
    """A body that votes. Raises ValidationError."""
    sitting = Sitting(congress=congress, kind=kind, **fields)
    sitting.full_clean()
    sitting.save()
    record("sitting.opened", by=by, subject=f"congress:{congress.key}", facts={"sitting": str(kind)})
    return sitting


@transaction.atomic
def change_sitting(*, sitting: Sitting, by: str, fields: Mapping[str, object]) -> list[str]:
    """What papers call it, its day, who signs for the presidium, the reserve of ballots; gives the names of what
    changed. Raises ValidationError.
    """
    changed = [
        name
        for name in ("title", "held_on", "chair", "reserve_percent")
        if name in fields and getattr(sitting, name) != fields[name]
    ]
    if changed:
        for name in changed:
            setattr(sitting, name, fields[name])
        sitting.full_clean()
        sitting.save(update_fields=changed)
        facts = {"sitting": sitting.kind, "fields": sorted(changed)}
        record("sitting.changed", by=by, subject=f"congress:{sitting.congress.key}", facts=facts)
    return changed


@transaction.atomic
def seat_members(*, sitting: Sitting, people: Collection[Person], by: str) -> int:
    """Put people onto the roll of a meeting; gives how many were not on it yet."""
    there = set(sitting.members.values_list("person_id", flat=True))
    fresh = [Seat(sitting=sitting, person=one) for one in people if one.pk not in there]
    Seat.objects.bulk_create(fresh)
    facts = {"sitting": sitting.kind, "people": [one.person.key for one in fresh]}
    record("sitting.members_seated", by=by, subject=f"congress:{sitting.congress.key}", facts=facts)
    return len(fresh)


@transaction.atomic
def note_member(
    *, seat: Seat, present: bool, absence: Absence, by: str, reason: str = "", post: BodyPost | str = ""
) -> None:
    """Whether a member of a meeting is there, is taken off its base, sits on its counting board."""
    if absence == Absence.ON_LEAVE and present:
        raise ValidationError({"present": _("Who is absent for the whole meeting is not present.")})
    if absence != Absence.NONE and not reason.strip():
        raise ValidationError({"reason": _("Say why, and on which document.")})
    seat.present, seat.absence, seat.reason, seat.board_post = present, absence, reason, str(post)
    seat.full_clean()
    seat.save()
    facts = {"sitting": seat.sitting.kind, "person": seat.person.key, "absence": str(absence)}
    record("sitting.member_noted", by=by, subject=f"congress:{seat.sitting.congress.key}", facts=facts)
