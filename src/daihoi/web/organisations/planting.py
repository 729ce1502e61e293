"""Paths of many new organisations at once; treebeard itself asks the database for each one."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max
from django.db.models.functions import Substr

from daihoi.web.organisations.models import Organisation


def last_places(parents: Iterable[Organisation]) -> dict[str, int]:
    """The place of the last child by the path of its parent; "" stands for the top of the tree."""
    step = Organisation.steplen
    places: dict[str, int] = {}
    # One query for each depth and none for each parent.
    depths = {0, *(parent.depth for parent in parents)}
    for depth in sorted(depths):
        below = Organisation.objects.filter(depth=depth + 1).order_by()
        if depth:
            found = below.annotate(above=Substr("path", 1, depth * step)).values_list("above").annotate(Max("path"))
        else:
            found = [("", below.aggregate(last=Max("path"))["last"] or "")]
        places |= {above: Organisation._str2int(last[-step:]) for above, last in found if last}
    return places


def plant(organisation: Organisation, parent: Organisation | None, places: dict[str, int]) -> None:
    """Give a new organisation its path below a parent that has one, behind the children counted in `places`."""
    above, depth = (parent.path, parent.depth) if parent else ("", 0)
    places[above] = place = places.get(above, 0) + 1
    organisation.depth = depth + 1
    organisation.path = Organisation._get_path(above, depth + 1, place)
    # New itself: it is written with its count. One that stood there is counted by the database.
    if parent is not None and parent.pk is None:
        parent.numchild += 1
