"""Acts on organisations: found, change, rename, move, merge."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from daihoi.web.audit.services import record
from daihoi.web.organisations.models import FormerName, Organisation, Term, TierLabel

CHANGEABLE = (
    *("code", "short_name", "abbreviation", "tier", "kind", "place_name", "official_members"),
    *("probationary_members", "has_seal", "email", "phone", "valid_from", "valid_to"),
)
"""Fields that a person may change as they are; name, place in the tree and merging have acts of their own."""


def subject_of(organisation: Organisation) -> str:
    """An organisation in the ledger."""
    return f"organisation:{organisation.key}"


def hold_tree() -> None:
    """Let no other act shift paths until this transaction ends.

    Paths are made from what was read: two that found, move or merge at once would give one path to two organisations,
    or leave what stands below one of them behind. The tops stand for the whole tree.
    """
    list(Organisation.objects.filter(depth=1).order_by("path").select_for_update().values_list("pk", flat=True))


@transaction.atomic
def found(*, parent: Organisation | None, by: str, name: str, **fields: object) -> Organisation:
    """Enter an organisation below another, or at the top. Raises ValidationError by field."""
    hold_tree()
    organisation = Organisation(name=name, **fields)
    organisation.refold()
    _check(organisation, "path", "depth")
    if parent is None:
        Organisation.objects.add_root(instance=organisation)
    else:
        # Read anew: treebeard makes the path from the number of children that this object knows.
        Organisation.objects.add_child(Organisation.objects.get(pk=parent.pk), instance=organisation)
    facts = {"code": organisation.code, "parent": parent.key if parent else ""}
    record("organisation.founded", by=by, subject=subject_of(organisation), facts=facts)
    return organisation


@transaction.atomic
def change(*, organisation: Organisation, by: str, fields: Mapping[str, object]) -> list[str]:
    """Change fields of `CHANGEABLE`; gives the names of those that were another. Raises ValidationError."""
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    changed = [name for name in CHANGEABLE if name in fields and getattr(held, name) != fields[name]]
    if not changed:
        return []
    for name in changed:
        setattr(held, name, fields[name])
    held.refold()
    _check(held)
    held.save()
    record("organisation.changed", by=by, subject=subject_of(held), facts={"fields": sorted(changed)})
    return changed


@transaction.atomic
def rename(*, organisation: Organisation, name: str, since: datetime.date, by: str) -> None:
    """Take another name from a day on; the old one stays in the history."""
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if held.name == name:
        return
    # Papers of former congresses bear it: who looks for it finds the organisation.
    FormerName.objects.create(organisation=held, name=held.name, until=since)
    held.name = name
    held.refold()
    _check(held)
    held.save()
    facts = {"name": name, "since": since.isoformat()}
    record("organisation.renamed", by=by, subject=subject_of(held), facts=facts)


@transaction.atomic
def move(*, organisation: Organisation, parent: Organisation, by: str) -> None:
    """Put an organisation, with all below it, under another. Raises ValidationError where that would be a circle."""
    hold_tree()
    held = Organisation.objects.get(pk=organisation.pk)
    target = Organisation.objects.get(pk=parent.pk)
    if target == held or target.is_descendant_of(held):
        raise ValidationError({"parent": _("An organisation cannot stand below itself.")})
    Organisation.objects.move(held, target, "last-child")
    record("organisation.moved", by=by, subject=subject_of(held), facts={"parent": target.key})


@transaction.atomic
def merge(*, organisation: Organisation, into: Organisation, since: datetime.date, by: str) -> None:
    """Merge one organisation into another of its kind; what stood below it comes below the other.

    The merged one stays, with the day and where it went. Raises ValidationError.
    """
    hold_tree()
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    target = Organisation.objects.select_for_update().get(pk=into.pk)
    if target == held or target.is_descendant_of(held):
        raise ValidationError({"into": _("An organisation cannot be merged into itself or into one below it.")})
    if target.merged_into_id or held.merged_into_id:
        raise ValidationError({"into": _("One of the two was merged away already.")})
    for child in list(Organisation.objects.get_children(held)):
        # Each move shifts paths: both are read anew.
        moved, there = Organisation.objects.get(pk=child.pk), Organisation.objects.get(pk=target.pk)
        Organisation.objects.move(moved, there, "last-child")
    target = Organisation.objects.get(pk=target.pk)
    # Each member counts once: with the one that goes on.
    target.official_members += held.official_members
    target.probationary_members += held.probationary_members
    target.save(update_fields=["official_members", "probationary_members"])
    held = Organisation.objects.get(pk=held.pk)
    held.merged_into, held.valid_to = target, since
    held.official_members = held.probationary_members = 0
    _check(held)
    held.save()
    facts = {"into": target.key, "since": since.isoformat()}
    record("organisation.merged", by=by, subject=subject_of(held), facts=facts)


@transaction.atomic
def set_term(*, label: str, profile: str, labels: Mapping[str, str], by: str) -> Term:
    """Make a term the current one, with what it calls its tiers."""
    # First: the database holds one current term at most.
    Term.objects.filter(is_current=True).exclude(label=label).update(is_current=False)
    term, _new = Term.objects.update_or_create(label=label, defaults={"profile": profile, "is_current": True})
    term.tier_labels.all().delete()
    TierLabel.objects.bulk_create(TierLabel(term=term, tier=tier, label=said) for tier, said in labels.items())
    record("term.set", by=by, subject=f"term:{label}", facts={"profile": profile})
    return term


def _check(organisation: Organisation, *but: str) -> None:
    """Raises ValidationError by field for what the database would refuse."""
    # Looking up the other one is a query that the key makes needless.
    organisation.full_clean(exclude=["merged_into", *but])
