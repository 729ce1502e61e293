"""Acts on people: enter, change, keep and take away their photographs."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from daihoi.web.audit.services import record
from daihoi.web.members import portraits
from daihoi.web.members.choices import FIELDS
from daihoi.web.members.models import Person, Portrait
from daihoi.web.organisations.models import Organisation


def subject_of(person: Person) -> str:
    """A person in the ledger."""
    return f"person:{person.key}"


@transaction.atomic
def enter(*, organisation: Organisation, full_name: str, by: str, **fields: object) -> Person:
    """Enter a person of an organisation; `fields` are of `choices.FIELDS`. Raises ValidationError by field."""
    person = Person(organisation=organisation, full_name=full_name, **fields)
    person.refold()
    person.full_clean()
    # A key or code of somebody else must not overwrite them.
    person.save(force_insert=True)
    facts = {"code": person.code, "organisation": organisation.key}
    record("person.entered", by=by, subject=subject_of(person), facts=facts, place=organisation.key)
    return person


@transaction.atomic
def change(*, person: Person, by: str, fields: Mapping[str, object]) -> list[str]:
    """Change fields of `choices.FIELDS`; gives the names of those that were another. Raises ValidationError.

    The ledger holds the names of the fields, never what they say.
    """
    # Locked: of two clerks who change one person both changes stay.
    held = Person.objects.select_for_update().get(pk=person.pk)
    changed = [name for name in FIELDS if name in fields and getattr(held, name) != fields[name]]
    if not changed:
        return []
    for name in changed:
        setattr(held, name, fields[name])
    held.refold()
    held.full_clean()
    held.save()
    # The organisation that the person belongs to now reads it, also where this act brought the person there.
    facts = {"fields": sorted(changed)}
    record("person.changed", by=by, subject=subject_of(held), facts=facts, place=held.organisation.key)
    return changed


@transaction.atomic
def keep_portrait(*, person: Person, jpeg: bytes, by: str) -> bool:
    """Keep what `portraits.cleaned` made; False where it is the picture that is kept already. Raises OSError.

    The file is on the disk before the row speaks of it; the former picture goes when the act is done.
    """
    held = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    name = portraits.name_of(jpeg)
    known = Portrait.objects.filter(person=held).first()
    if known is not None and known.name == name and portraits.jpeg_of(known) is not None:
        return False
    portraits.write(held, jpeg)
    Portrait.objects.update_or_create(person=held, defaults={"name": name})
    facts = {"picture": name}
    record("person.photo_kept", by=by, subject=subject_of(held), facts=facts, place=held.organisation.key)
    transaction.on_commit(lambda: portraits.drop_others(held, name))
    return True


@transaction.atomic
def remove_portrait(*, person: Person, by: str) -> bool:
    """Take the photograph of a person away; False where there is none."""
    held = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    gone, _of_each = Portrait.objects.filter(person=held).delete()
    if gone:
        record("person.photo_removed", by=by, subject=subject_of(held), place=held.organisation.key)
        transaction.on_commit(lambda: portraits.drop_others(held))
    return bool(gone)
