"""Reads of the tree. Every list begins at `visible`, so that nobody sees beyond the part of the tree that is theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404

from daihoi.rules.names import fold_search
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.organisations.choices import Tier
from daihoi.web.organisations.models import Organisation, Term

NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING
"""Not an empty condition, which vanishes when it is joined to another by "or"."""


def visible(viewer: Viewer, right: Right = Right.SEE_ORGANISATIONS) -> QuerySet[Organisation]:
    """The organisations where the viewer holds the right: the sub-trees of their roles, each once, in tree order."""
    # In tree order, which is that of the paths: siblings in their places, each before what is below it.
    found: QuerySet[Organisation] = Organisation.objects.filter(below(viewer, right)).order_by("path")
    return found


def below(viewer: Viewer, right: Right, prefix: str = "") -> Q:
    """The condition "stands in a sub-tree where the viewer holds the right".

    `prefix` leads from another table to its organisation, as `organisation__`. One query finds the paths of the
    scopes; nothing at all where the right is not held.
    """
    condition = NOTHING
    for path in paths(viewer, right):
        condition |= beneath(path, prefix) if path else EVERYTHING
    return condition


def beneath(path: str, prefix: str = "") -> Q:
    """The condition "is the organisation of this path or stands below it"; `prefix` as in `below`.

    A range, for which both databases use the index: SQLite does not for LIKE. Paths hold 0-9 and A-Z alone.
    """
    return Q(**{f"{prefix}path__gte": path, f"{prefix}path__lt": f"{path}~"})


def paths(viewer: Viewer, right: Right) -> tuple[str, ...]:
    """Where in the tree the viewer holds the right: the paths that those below begin with; "" is the whole tree."""
    # A role of one congress opens that congress, not the tree around it and its people.
    keys = {scope.organisation for scope in viewer.scopes(right) if not scope.congress}
    if "" in keys:
        return ("",)
    if not keys <= viewer.remembered.keys():
        # All scopes at once: a page asks for several rights.
        every = {grant.organisation for grant in viewer.grants} - {""}
        found = dict(Organisation.objects.filter(key__in=every).values_list("key", "path"))
        viewer.remembered |= dict.fromkeys(every, "") | found
    return tuple(path for key in sorted(keys) if (path := viewer.remembered[key]))


def place_of(viewer: Viewer, right: Right) -> str:
    """Key of the one organisation below which the viewer holds the right; empty where it is all of them, or several."""
    keys = {scope.organisation for scope in viewer.scopes(right) if not scope.congress}
    return next(iter(keys)) if len(keys) == 1 else ""


def is_most(where: Iterable[str]) -> bool:
    """Whether what stands below these paths is most of the tree: all of it, or one of its tops."""
    return any(len(path) <= Organisation.steplen for path in where)


def reaches(viewer: Viewer, right: Right, organisation: Organisation) -> bool:
    """Whether the viewer holds the right for this organisation, by a role for it or for one above it."""
    return any(organisation.path.startswith(path) for path in paths(viewer, right))


def organisation_of(viewer: Viewer, key: str, right: Right = Right.SEE_ORGANISATIONS) -> Organisation:
    """One organisation by its key; one that the viewer may not see is as if it were not there (404)."""
    found = visible(viewer, right).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def searched(organisations: QuerySet[Organisation], text: str, tier: str = "") -> QuerySet[Organisation]:
    """Those whose name or code holds the words, without regard to accents or capitals."""
    # Each word on its own: "lau ban" finds Bản Lầu.
    for word in fold_search(text).split():
        organisations = organisations.filter(folded__contains=word)
    return organisations.filter(tier=tier) if tier in Tier.values else organisations


def standing(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Without those that were merged away or have ended."""
    return organisations.filter(merged_into=None, valid_to=None)


@dataclass(frozen=True)
class Figures:
    """How many stand, by tier, and how many members they have."""

    by_tier: dict[str, int]
    members: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_tier.values())


def figures(organisations: QuerySet[Organisation]) -> Figures:
    """Counts by tier; members are summed over the lowest tier, where each member stands once."""
    # One walk through the tree: of a country it is the slowest thing on the page.
    rows = standing(organisations).order_by().values("tier")
    tiers = list(rows.annotate(n=Count("pk"), members=Sum("official_members") + Sum("probationary_members")))
    # Figures of upper tiers are sums that somebody typed, or nothing.
    lowest = sum(row["members"] for row in tiers if row["tier"] == Tier.GRASSROOTS)
    return Figures({row["tier"]: row["n"] for row in tiers}, lowest)


def current_term() -> Term | None:
    """The term whose round is on."""
    return Term.objects.filter(is_current=True).first()


def tier_labels(term: Term | None) -> dict[str, str]:
    """What the term calls each tier; the neutral word where it says nothing."""
    labels = {tier.value: str(tier.label) for tier in Tier}
    if term is not None:
        labels |= dict(term.tier_labels.values_list("tier", "label"))
    return labels


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """Names by key, for pages that hold keys alone."""
    return dict(Organisation.objects.filter(key__in=set(keys)).values_list("key", "name"))
