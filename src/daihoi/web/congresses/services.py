"""Acts on a congress: plan it, its sessions, bodies, groups, delegates and guests, replacements, the frozen roll."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daihoi.ledger import canonical
from daihoi.web.audit.services import hold, record
from daihoi.web.congresses import printed, queries
from daihoi.web.congresses.choices import BodyKind, BodyPost, Category, Credentials, Form, Leave, Paper, SessionKind
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
    *("elects_secretary", "delegates_allocated", "consent", "committee", "signatory_authority", "signatory_post"),
    *("signatory_name", "hall_rows", "hall_blocks"),
)
GUEST_FIELDS = ("full_name", "title", "organisation_name", "precedence", "seat")
DELEGATE_FIELDS = ("unit", "category", "alternate_number", "group", "seat", "leave", "leave_reason")


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
    facts = {"session": session.pk, "starts": timezone.localtime(starts_at).isoformat(timespec="minutes")}
    record("congress.session_added", by=by, subject=subject_of(congress), facts=facts)
    return session


@transaction.atomic
def seat_in_body(*, congress: Congress, body: BodyKind, person: Person, post: BodyPost, by: str) -> BodyMember:
    """Put somebody into a body: an official delegate, or member of a members' congress. Raises ValidationError.

    That members of the counting board are no candidates is checked where there are candidates.
    """
    # By what holds now: who was replaced since the page was made has no vote any more.
    if congress.form == Form.MEMBERS:
        _check_member(congress, body, person)
    else:
        delegate = Delegate.objects.filter(congress=congress, person=person).select_related("replaces").first()
        if delegate is None or not queries.is_official(delegate):
            raise ValidationError({"person": _("%(name)s is no official delegate.") % {"name": person.full_name}})
    member = BodyMember(congress=congress, body=body, person=person, post=post)
    member.full_clean()
    member.save()
    facts = {"body": str(body), "person": person.key, "post": str(post)}
    record("congress.body_seated", by=by, subject=subject_of(congress), facts=facts)
    return member


def _check_member(congress: Congress, body: BodyKind, person: Person) -> None:
    """Raises ValidationError for who may not sit in this body of a congress of all members."""
    if body == BodyKind.CREDENTIALS:
        # The convening committee reports on attendance itself. [29-QĐ/TW s. 12.2]
        raise ValidationError({"body": _("A congress of all members has no credentials board.")})
    if not queries.summoned_members(congress).filter(pk=person.pk).exists():
        raise ValidationError({"person": _("%(name)s is no official member summoned.") % {"name": person.full_name}})


@transaction.atomic
def leave_body(*, member: BodyMember, by: str) -> None:
    """Take somebody out of a body."""
    facts = {"body": member.body, "person": member.person.key}
    record("congress.body_left", by=by, subject=subject_of(member.congress), facts=facts)
    member.delete()


@transaction.atomic
def remove_session(*, session: Session, by: str) -> None:
    """Take a sitting away at whose door nobody has passed. Raises ValidationError."""
    # Who was there is evidence for the base of the elections.
    if session.passages.exists():
        raise ValidationError(_("People were checked in for this session; it stays."))
    facts = {"session": session.pk}
    record("congress.session_removed", by=by, subject=subject_of(session.congress), facts=facts)
    session.delete()


@transaction.atomic
def give_seats(*, congress: Congress, seats: list[str], by: str) -> int:
    """Give free seats to delegates without one: group by group, then unit by unit; gives how many got one."""
    # Also of those who were replaced: their badge may still name the seat.
    taken = set(Delegate.objects.filter(congress=congress).exclude(seat="").values_list("seat", flat=True))
    taken |= set(congress.guests.exclude(seat="").values_list("seat", flat=True))
    free = [seat for seat in seats if seat not in taken]
    order = ("group__number", "unit__path", "person__sort_text", "pk")
    waiting = Delegate.objects.select_for_update(of=("self",)).filter(congress=congress, seat="").order_by(*order)
    # Alternates who stand in for nobody sit with the guests.
    official = [one for one in waiting if one.category != Category.ALTERNATE or one.replaces_id is not None]
    given = list(zip(official, free, strict=False))
    for one, seat in given:
        one.seat = seat
    Delegate.objects.bulk_update([one for one, _seat in given], ["seat"])
    record("congress.seated", by=by, subject=subject_of(congress), facts={"delegates": len(given)})
    return len(given)


@transaction.atomic
def divide_into_groups(*, congress: Congress, by: str) -> int:
    """Put delegates without a group into the smallest ones, whole units together; gives how many were put."""
    groups = {one.pk: one for one in congress.groups.all()}
    if not groups:
        raise ValidationError(_("Add the groups first."))
    found = list(Delegate.objects.select_for_update().filter(congress=congress).order_by("unit__path", "pk"))
    sizes = {pk: sum(one.group_id == pk for one in found) for pk in groups}
    put = [one for one in found if one.group_id is None]
    # They come unit by unit: those of one sit and discuss together.
    for _unit, members in groupby(put, key=lambda one: one.unit_id):
        smallest = min(sizes, key=lambda pk: (sizes[pk], groups[pk].number))
        for one in members:
            one.group = groups[smallest]
            sizes[smallest] += 1
    Delegate.objects.bulk_update(put, ["group"])
    record("congress.grouped", by=by, subject=subject_of(congress), facts={"delegates": len(put)})
    return len(put)


@transaction.atomic
def allocate(
    *,
    congress: Congress,
    unit: Organisation,
    by: str,
    ex_officio: int = 0,
    elected: int = 0,
    designated: int = 0,
    alternates: int = 0,
) -> Allocation:
    """Say how many delegates a unit sends."""
    figures = {"ex_officio": ex_officio, "elected": elected, "designated": designated, "alternates": alternates}
    # One figure for a unit: saying it again puts it right.
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
def recognise(*, delegate: Delegate, credentials: Credentials, by: str, reason: str = "") -> None:
    """What the credentials board says of a delegate. Raises ValidationError for a refusal without a reason."""
    refused = credentials == Credentials.REFUSED
    if refused and not reason.strip():
        raise ValidationError({"reason": _("Say why the delegate is not recognised; the report names the reason.")})
    Delegate.objects.filter(pk=delegate.pk).update(
        credentials=credentials, refusal_reason=reason.strip() if refused else ""
    )
    facts = {"delegate": delegate.key, "credentials": str(credentials)}
    record("delegate.looked_at", by=by, subject=subject_of(delegate.congress), facts=facts)


@transaction.atomic
def set_leave(*, delegate: Delegate, leave: Leave, by: str, reason: str = "") -> None:
    """Whether an absent delegate told it, and why."""
    change_delegate(delegate=delegate, by=by, fields={"leave": leave, "leave_reason": reason})


@transaction.atomic
def recognise_open(*, congress: Congress, by: str) -> int:
    """Recognise everybody at whom the board has not looked yet; gives how many."""
    waiting = list(Delegate.objects.select_for_update().filter(congress=congress, credentials=Credentials.OPEN))
    for one in waiting:
        recognise(delegate=one, credentials=Credentials.RECOGNISED, by=by)
    return len(waiting)


@transaction.atomic
def remove_delegate(*, delegate: Delegate, by: str) -> None:
    """Take somebody off the list who was entered by mistake. Raises ValidationError once anything hangs on it."""
    held = Delegate.objects.select_for_update().get(pk=delegate.pk)
    if held.replaces_id is not None or Delegate.objects.filter(replaces=held).exists():
        raise ValidationError(_("A replacement hangs on this delegate; take it back first."))
    # A passage without its delegate would be somebody whom nobody can name.
    if held.passages.exists():
        raise ValidationError(_("This delegate was checked in; record an absence or a replacement instead."))
    if BodyMember.objects.filter(congress=held.congress, person=held.person).exists():
        raise ValidationError(_("This delegate sits in a body of the congress; take the name out there first."))
    facts = {"delegate": held.key, "person": held.person.key}
    record("delegate.removed", by=by, subject=subject_of(held.congress), facts=facts)
    held.delete()


@transaction.atomic
def replace(*, delegate: Delegate, alternate: Delegate, decision: str, by: str) -> None:
    """Let an alternate step in for an official delegate of the same congress, on a decision. Raises ValidationError."""
    # Both rows at once: two clerks cannot let two alternates in for one delegate, or one for two.
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
    held = Delegate.objects.select_for_update(of=("self",)).select_related("replaces").get(pk=alternate.pk)
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
def change_guest(*, guest: Guest, by: str, fields: Mapping[str, object]) -> None:
    """Change what is known of a guest. Raises ValidationError by field."""
    held = Guest.objects.select_for_update().get(pk=guest.pk)
    changed = [name for name in GUEST_FIELDS if name in fields and getattr(held, name) != fields[name]]
    for name in changed:
        setattr(held, name, fields[name])
    if changed:
        held.full_clean()
        held.save(update_fields=changed)
        facts = {"guest": held.key, "fields": sorted(changed)}
        record("guest.changed", by=by, subject=subject_of(held.congress), facts=facts)


@transaction.atomic
def note_printing(
    *,
    congress: Congress,
    paper: Paper,
    copies: int,
    by: str,
    reason: str = "",
    asked: Mapping[str, object] | None = None,
    people: Sequence[str] = (),
) -> Printing:
    """Keep that a paper was made, of whom by key; again for anybody without a reason raises ValidationError."""
    again = printed.is_again(congress, paper, people)
    if again and not reason.strip():
        raise ValidationError({"reason": _("This paper was made before. Say why it is made again.")})
    kept = {**(asked or {}), "of": sorted(people)}
    printing = Printing.objects.create(
        congress=congress, paper=paper, copies=copies, again=again, reason=reason.strip(), made_by=by, asked=kept
    )
    facts: dict[str, object] = {"paper": str(paper), "copies": copies, "again": again, "reason": reason.strip()}
    if asked and asked.get("people"):
        # Of single people the ledger says whom; a batch is of all.
        facts["people"] = sorted(people)
    record("congress.printed", by=by, subject=subject_of(congress), facts=facts)
    return printing


@transaction.atomic
def freeze_roll(
    *, congress: Congress, document: Callable[[], Mapping[str, object]] | Mapping[str, object], by: str
) -> Roll:
    """Keep the roll as it is now; it gets the next number and a digest, which the board signs on paper.

    `document` is made once nothing else can change: a passage or a replacement is wholly in the roll, or not at all.
    """
    hold()
    document = document() if callable(document) else document
    last = Roll.objects.filter(congress=congress).first()
    # No number is missing or taken twice: the ledger is held.
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
