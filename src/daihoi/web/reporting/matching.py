"""Which organisation of the tree a package is of: by the name that it bears, or had before it was renamed."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from daihoi.rules.names import fold_search
from daihoi.web.lists.fields import nfc
from daihoi.web.organisations.models import Organisation
from daihoi.web.reporting.models import Parcel

MOST = 20
"""Organisations of one name that are offered; whoever has more types the code."""


def named(parcel: Parcel, within: QuerySet[Organisation]) -> list[Organisation]:
    """The organisations among these that bear the name, or bore it; of several those below the superior it names."""
    name = parcel.says.get("organisation", "")
    if not name:
        return []
    same, folded = _alike(name), fold_search(name)
    # By the folded name first, which has an index; then letter by letter.
    near = within.filter(
        Q(folded__startswith=folded[:500]) | Q(short_name=name) | Q(former_names__name=name)
    ).distinct()
    found = [one for one in near.prefetch_related("former_names") if same in _names_of(one)]
    # One that was merged away or has ended is meant only where no other is.
    found = [one for one in found if one.merged_into_id is None and one.valid_to is None] or found
    if len(found) > 1:
        # The superior is often named by its committee and not by its organisation; then a person chooses.
        above = dict(_parents(found))
        superior = fold_search(parcel.says.get("superior", ""))
        below = [one for one in found if superior and above.get(one.path[: -Organisation.steplen]) == superior]
        found = below or found
    return found[:MOST]


def _parents(organisations: list[Organisation]) -> list[tuple[str, str]]:
    paths = {one.path[: -Organisation.steplen] for one in organisations}
    return [(path, fold_search(name)) for path, name in
            Organisation.objects.filter(path__in=paths).values_list("path", "name")]  # fmt: skip


def _names_of(one: Organisation) -> set[str]:
    return {_alike(name) for name in (one.name, one.short_name, *(former.name for former in one.former_names.all()))}


def _alike(name: str) -> str:
    """Names that differ in capitals or in how a keyboard composed a letter are one name."""
    return nfc(name).casefold()


def bears(organisation: Organisation, name: str) -> bool:
    """Whether an organisation is called so now."""
    return _alike(name) in {_alike(organisation.name), _alike(organisation.short_name)}
