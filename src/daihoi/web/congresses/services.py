"""Acts on a congress: plan it, its sessions, bodies, groups, delegates and guests, replacements, the frozen roll."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daihoi.ledger import canonical
from daihoi.web.audit.services import record
from daihoi.web.congresses.choices import BodyKind, BodyPost, Category, Credentials, Leave, Paper, SessionKind
from daihoi.web.congresses.models import (
    Allocation,
    BodyMember,
    Congress,
    Delegate,
    Group,
    Guest,
    Printing,
    Roll,
    Session,
)
from daihoi.web.members.models import Person
from daihoi.web.organisations.models import Organisation, Term

CHANGEABLE = (
    *("form", "ordinal", "state", "opens", "closes", "venue", "theme", "is_pilot", "pilot_reason"),
    *("elects_secretary", "delegates_allocated"),
)
DELEGATE_FIELDS = ("unit", "category", "alternate_number", "group", "seat", "leave")


def subject_of(congress: Congress) -> str:
    """A congress in the ledger."""
    return f"congress:{congress.key}"


@transaction.atomic
def plan(*, organisation: Organisation, term: Term, by: str, **fields: object) -> Congress:
    """Enter a congress. Raises ValidationError by field."""
    congress = Congress(organisation=organisation, term=term, **fields)
    congress.full_clean()
    congress.save()
    record("congress.planned", by=by, subject=subject_of(congress), facts={"organisation": organisation.key})
    return congress


@transaction.atomic
def change(*, congress: Congress, by: str, fields: Mapping[str, object]) -> list[str]:
    """Change fields of `CHANGEABLE`; gives the names of those that were another. Raises ValidationError."""
    held = Congress.objects.select_for_update().get(pk=congress.pk)
    changed = [name for name in CHANGEABLE if name in fields and getattr(held, name) != fields[name]]
    if changed:
        for name in changed:
            setattr(held, name, fields[name])
        held.full_clean()
        held.save(update_fields=changed)
        record("congress.changed", by=by, subject=subject_of(held), facts={"fields": sorted(changed)})
    return changed


@transaction.atomic
def add_session(*, congress: Congress, kind: SessionKind, name: str, starts_at: datetime, by: str) -> Session:
    """Add a sitting at whose door people are checked in."""
    session = Session(congress=congress, kind=kind, name=name, starts_at=starts_at)
    session.full_clean()
    session.save()
    facts = {"name": name, "starts": timezone.localtime(starts_at).isoformat(timespec="minutes")}
    record("congress.session_added", by=by, subject=subject_of(congress), facts=facts)
    return session


@transaction.atomic
def seat_in_body(*, congress: Congress, body: BodyKind, person: Person, post: BodyPost, by: str) -> BodyMember:
    """Put somebody into a body; members are official delegates. Raises ValidationError.

    That members of the counting board are no candidates is checked where there are candidates.
    """
    delegate = Delegate.objects.filter(congress=congress, person=person).select_related("replaces").first()
    if delegate is None or not is_official(delegate):
        raise ValidationError({"person": _("%(name)s is no official delegate.") % {"name": person.full_name}})
    member = BodyMember(congress=congress, body=body, person=person, post=post)
    member.full_clean()
    member.save()
    facts = {"body": str(body), "person": person.key, "post": str(post)}
    record("congress.body_seated", by=by, subject=subject_of(congress), facts=facts)
    return member


def is_official(delegate: Delegate) -> bool:
    """Whether somebody has a vote: an alternate only in the place of another, nobody who was replaced."""
    if delegate.category == Category.ALTERNATE:
        return delegate.replaces_id is not None
    return not Delegate.objects.filter(replaces=delegate).exists()


@transaction.atomic
def allocate(
    *, congress: Congress, unit: Organisation, by: str, ex_officio: int, elected: int, alternates: int
) -> Allocation:
    """Say how many delegates a unit sends."""
    figures = {"ex_officio": ex_officio, "elected": elected, "alternates": alternates}
    held, _new = Allocation.objects.update_or_create(congress=congress, unit=unit, defaults=figures)
    record("congress.allocated", by=by, subject=subject_of(congress), facts={"unit": unit.key, **figures})
    return held


@transaction.atomic
def add_group(*, congress: Congress, number: int, by: str, name: str = "", room: str = "") -> Group:
    """Add a group of delegates."""
    group = Group(congress=congress, number=number, name=name, room=room)
    group.full_clean()
    group.save()
    record("congress.group_added", by=by, subject=subject_of(congress), facts={"number": number})
    return group


@transaction.atomic
def add_delegate(*, congress: Congress, person: Person, unit: Organisation, by: str, **fields: object) -> Delegate:
    """Enter a delegate. Raises ValidationError by field."""
    delegate = Delegate(congress=congress, person=person, unit=unit, **fields)
    _check_delegate(delegate)
    delegate.save()
    facts = {"delegate": delegate.key, "category": delegate.category}
    record("delegate.added", by=by, subject=subject_of(congress), facts=facts)
    return delegate


@transaction.atomic
def change_delegate(*, delegate: Delegate, by: str, fields: Mapping[str, object]) -> list[str]:
    """Change fields of `DELEGATE_FIELDS`; gives the names of those that were another. Raises ValidationError."""
    held = Delegate.objects.select_for_update().get(pk=delegate.pk)
    changed = [name for name in DELEGATE_FIELDS if name in fields and getattr(held, name) != fields[name]]
    if changed:
        for name in changed:
            setattr(held, name, fields[name])
        _check_delegate(held)
        held.save(update_fields=changed)
        facts = {"delegate": held.key, "fields": sorted(changed)}
        record("delegate.changed", by=by, subject=subject_of(held.congress), facts=facts)
    return changed


def _check_delegate(delegate: Delegate) -> None:
    if delegate.category == Category.ALTERNATE and delegate.alternate_number is None:
        raise ValidationError({"alternate_number": _("Alternates are numbered in the order of being called up.")})
    if delegate.category != Category.ALTERNATE and delegate.alternate_number is not None:
        raise ValidationError({"alternate_number": _("Only alternates have a number.")})
    if delegate.group is not None and delegate.group.congress_id != delegate.congress_id:
        raise ValidationError({"group": _("This group is of another congress.")})
    delegate.full_clean()


@transaction.atomic
def recognise(*, delegate: Delegate, credentials: Credentials, by: str) -> None:
    """What the credentials board says of a delegate."""
    Delegate.objects.filter(pk=delegate.pk).update(credentials=credentials)
    facts = {"delegate": delegate.key, "credentials": str(credentials)}
    record("delegate.looked_at", by=by, subject=subject_of(delegate.congress), facts=facts)


@transaction.atomic
def set_leave(*, delegate: Delegate, leave: Leave, by: str) -> None:
    """Whether an absent delegate told it."""
    change_delegate(delegate=delegate, by=by, fields={"leave": leave})


@transaction.atomic
def replace(*, delegate: Delegate, alternate: Delegate, decision: str, by: str) -> None:
    """Let an alternate step in for an official delegate of the same congress, on a decision. Raises ValidationError."""
    held = {one.pk: one for one in Delegate.objects.select_for_update().filter(pk__in=[delegate.pk, alternate.pk])}
    official, stand_in = held[delegate.pk], held[alternate.pk]
    if not decision.strip():
        raise ValidationError({"decision": _("Name the decision: who decided, number and day.")})
    if official.congress_id != stand_in.congress_id or stand_in.category != Category.ALTERNATE:
        raise ValidationError({"alternate": _("Only an alternate of this congress steps in.")})
    if official.category == Category.ALTERNATE:
        raise ValidationError({"alternate": _("Only an official delegate is replaced.")})
    if stand_in.replaces_id is not None:
        raise ValidationError({"alternate": _("This alternate has stepped in for somebody already.")})
    if Delegate.objects.filter(replaces=official).exists():
        raise ValidationError({"alternate": _("This delegate was replaced already.")})
    stand_in.replaces, stand_in.replaced_on = official, decision.strip()
    stand_in.save(update_fields=["replaces", "replaced_on"])
    facts = {"delegate": official.key, "alternate": stand_in.key, "decision": decision.strip()}
    record("delegate.replaced", by=by, subject=subject_of(official.congress), facts=facts)


@transaction.atomic
def take_back_replacement(*, alternate: Delegate, by: str) -> None:
    """The replaced delegate has the vote again."""
    held = Delegate.objects.select_for_update().select_related("replaces").get(pk=alternate.pk)
    if held.replaces is None:
        return
    facts = {"delegate": held.replaces.key, "alternate": held.key, "decision": ""}
    held.replaces, held.replaced_on = None, ""
    held.save(update_fields=["replaces", "replaced_on"])
    record("delegate.replaced", by=by, subject=subject_of(held.congress), facts=facts)


@transaction.atomic
def add_guest(*, congress: Congress, by: str, full_name: str, **fields: object) -> Guest:
    """Enter a guest."""
    guest = Guest(congress=congress, full_name=full_name, **fields)
    guest.full_clean()
    guest.save()
    record("guest.added", by=by, subject=subject_of(congress), facts={"guest": guest.key})
    return guest


@transaction.atomic
def note_printing(*, congress: Congress, paper: Paper, copies: int, by: str, reason: str = "") -> Printing:
    """Keep that a paper was made; what was made before is made again, and that is said."""
    again = Printing.objects.filter(congress=congress, paper=paper).exists()
    printing = Printing.objects.create(
        congress=congress, paper=paper, copies=copies, again=again, reason=reason, made_by=by
    )
    facts = {"paper": str(paper), "copies": copies, "again": again}
    record("congress.printed", by=by, subject=subject_of(congress), facts=facts)
    return printing


@transaction.atomic
def freeze_roll(*, congress: Congress, document: Mapping[str, object], by: str) -> Roll:
    """Keep the roll as it is now; it gets the next number and a digest, which the board signs on paper."""
    Congress.objects.select_for_update().get(pk=congress.pk)
    last = Roll.objects.filter(congress=congress).first()
    number = last.number + 1 if last else 1
    written = canonical.dumps({**document, "number": number})
    digest = hashlib.sha256(written).hexdigest()
    roll = Roll.objects.create(
        congress=congress,
        number=number,
        frozen_at=timezone.now(),
        frozen_by=by,
        document=written.decode(),
        digest=digest,
    )
    record("roll.frozen", by=by, subject=subject_of(congress), facts={"number": number, "digest": digest})
    return roll
