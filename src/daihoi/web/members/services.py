"""Acts on people: enter, change."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from daihoi.web.audit.services import record
from daihoi.web.members.choices import FIELDS
from daihoi.web.members.models import Person
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
