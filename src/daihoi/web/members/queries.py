"""Reads of people. Every list begins at `visible`; what the personnel papers say stands behind `sees_personnel_of`."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from daihoi.rules.names import fold_search
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.members.models import Person
from daihoi.web.organisations.queries import below


def visible(viewer: Viewer, right: Right = Right.SEE_PEOPLE) -> QuerySet[Person]:
    """The people of the organisations where the viewer holds the right, in the order of Vietnamese names."""
    held = below(viewer, right, prefix="organisation__")
    return Person.objects.filter(held).select_related("organisation").order_by("sort_text", "pk")


def person_of(viewer: Viewer, key: str, right: Right = Right.SEE_PEOPLE) -> Person:
    """One person by key; one whom the viewer may not see is as if not there (404)."""
    found = visible(viewer, right).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def searched(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those whose name holds every word, without regard to accents or capitals, or whose code is the text."""
    by_code = people.filter(code__iexact=text.strip()) if any(letter.isdigit() for letter in text) else None
    if by_code is not None and by_code.exists():
        return by_code
    for word in fold_search(text).split():
        people = people.filter(folded__contains=word)
    return people
