"""Reads of congresses. Every list begins at `visible`: those of one's part of the tree, or the one of one's role."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from daihoi.rules.names import fold_search
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.congresses.choices import Category
from daihoi.web.congresses.models import Congress, Delegate, Guest, Roll, Session
from daihoi.web.organisations.models import Organisation


def visible(viewer: Viewer, right: Right = Right.SEE_CONGRESS) -> QuerySet[Congress]:
    """The congresses where the viewer holds the right, newest first.

    A role that was given for one congress sees that one alone, whatever part of the tree it names.
    """
    condition = Q(pk__in=[])
    trees = set()
    for scope in viewer.scopes(right):
        if scope.congress:
            condition |= Q(key=scope.congress)
        elif not scope.organisation:
            return _ordered(Congress.objects.all())
        else:
            trees.add(scope.organisation)
    for path in Organisation.objects.filter(key__in=trees).values_list("path", flat=True) if trees else ():
        condition |= Q(organisation__path__startswith=path)
    return _ordered(Congress.objects.filter(condition))


def _ordered(congresses: QuerySet[Congress]) -> QuerySet[Congress]:
    return congresses.select_related("organisation", "term").order_by("-opens", "pk")


def congress_of(viewer: Viewer, key: str, right: Right = Right.SEE_CONGRESS) -> Congress:
    """One congress by its key; one that the viewer may not see is as if it were not there (404)."""
    found = visible(viewer, right).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def searched(congresses: QuerySet[Congress], text: str) -> QuerySet[Congress]:
    """Those whose organisation's name holds the words."""
    for word in fold_search(text).split():
        congresses = congresses.filter(organisation__folded__contains=word)
    return congresses


def delegates(congress: Congress) -> QuerySet[Delegate]:
    """The delegates with what lists of them show, in the order of names."""
    found = Delegate.objects.filter(congress=congress).select_related(
        "person", "unit", "group", "replaces__person", "replaced_by__person"
    )
    return found.order_by("person__sort_text", "pk")


def officials(congress: Congress) -> QuerySet[Delegate]:
    """Those who have a vote: delegates whom nobody replaced, and alternates who replace somebody."""
    replaced = Exists(Delegate.objects.filter(replaces=OuterRef("pk")))
    return delegates(congress).filter(
        (~Q(category=Category.ALTERNATE) & ~Q(replaced)) | Q(category=Category.ALTERNATE, replaces__isnull=False)
    )


def searched_delegates(found: QuerySet[Delegate], text: str) -> QuerySet[Delegate]:
    """Those whose name, unit or code holds the words."""
    for word in fold_search(text).split():
        found = found.filter(
            Q(person__folded__contains=word) | Q(unit__folded__contains=word) | Q(code__icontains=word)
        )
    return found


def delegate_of(congress: Congress, key: str) -> Delegate:
    """One delegate of a congress, or 404."""
    found = delegates(congress).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def guests(congress: Congress, text: str = "") -> QuerySet[Guest]:
    """The guests by precedence."""
    found = Guest.objects.filter(congress=congress)
    return found.filter(Q(full_name__icontains=text) | Q(organisation_name__icontains=text)) if text else found


def session_of(congress: Congress, pk: int) -> Session:
    """One session of a congress, or 404."""
    found = congress.sessions.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def rolls(congress: Congress) -> QuerySet[Roll]:
    """The frozen rolls, newest first."""
    return Roll.objects.filter(congress=congress)


def delegates_by_category(congress: Congress) -> dict[str, int]:
    """How many of each category."""
    counted = Delegate.objects.filter(congress=congress).order_by().values("category").annotate(n=Count("pk"))
    return {row["category"]: row["n"] for row in counted}


def same_named(found: Iterable[Delegate]) -> set[str]:
    """Names that more than one of them bears; they are told apart by year of birth wherever they are listed."""
    seen: set[str] = set()
    twice: set[str] = set()
    for one in found:
        (twice if one.person.full_name in seen else seen).add(one.person.full_name)
    return twice
