"""Reads of people. Every list begins at `visible`; what the personnel papers say stands behind `Personnel`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404

from daihoi.rules.names import fold_search
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.members.models import Person, Portrait
from daihoi.web.organisations.queries import below, paths

AHEAD = 1000
"""Names that a search of everything has found before it shows the first."""


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


class Personnel:
    """Of whose people a viewer sees personnel data, by the paths of organisations."""

    def __init__(self, viewer: Viewer) -> None:
        self._paths = paths(viewer, Right.SEE_PERSONNEL)

    def of(self, path: str) -> bool:
        """Whether of the people of the organisation with this path."""
        return path.startswith(self._paths) if self._paths else False

    def of_all(self, where: Iterable[str]) -> bool:
        """Whether of all people below these paths: only then may a list be sorted, cut or searched by such data."""
        return all(self.of(path) for path in where)


def photographed(viewer: Viewer) -> QuerySet[Person]:
    """The people whose photographs the viewer may change: who may change them and sees their personnel data."""
    return visible(viewer, Right.EDIT_PEOPLE).filter(below(viewer, Right.SEE_PERSONNEL, prefix="organisation__"))


def portrait_of(viewer: Viewer, key: str, name: str) -> Portrait:
    """The photograph of a person, by its name; one that the viewer may not see is as if not there (404)."""
    found = Portrait.objects.filter(person__in=visible(viewer, Right.SEE_PERSONNEL).filter(key=key), name=name)
    held = found.select_related("person").first()
    if held is None:
        raise Http404
    return held


def portraits_of(people: Iterable[int]) -> dict[int, Portrait]:
    """The photographs of people by their numbers; who may see them is for the caller to know."""
    return {one.person_id: one for one in Portrait.objects.filter(person__in=people).select_related("person")}


def searched(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those whose name holds every word, without regard to accents or capitals, or whose code is the text."""
    code = text.strip()
    # As it is typed or in capitals: both are looked up in the index of the codes.
    by_code = people.filter(code__in={code, code.upper()}) if any(letter.isdigit() for letter in code) else None
    # A code names one person; names that hold the same letters are not meant.
    if by_code is not None and by_code.order_by().exists():
        return by_code
    for word in fold_search(text).split():
        people = people.filter(folded__contains=word)
    return people


def found(viewer: Viewer, text: str, most: int) -> list[tuple[Person, str]]:
    """The first people of a search, each with post and organisation, or with what tells people of one name apart."""
    rows = visible(viewer)
    # Numbers first, in the index alone. PostgreSQL, asked for a few, walks along the names and may find them at the end
    # of a country; asked for more it looks the words up. SQLite has no such index, and stops at the first.
    ahead = most if connection.vendor == "sqlite" else AHEAD
    keys = list(searched(rows, text).values_list("pk", flat=True)[:ahead])[:most]
    known = rows.in_bulk(keys)
    # Who was taken off the list between the two questions is left out.
    people = [known[key] for key in keys if key in known]
    told = apart(people, rows, Personnel(viewer))
    return [(one, told.get(one.pk) or ", ".join(filter(None, (one.post, one.organisation.called)))) for one in people]


def apart(
    people: Iterable[Person], among: QuerySet[Person], personnel: Personnel, *, places: bool = True
) -> dict[int, str]:
    """What tells people of one name apart, by the number of the person; nothing for who shares the name with nobody.

    The organisation, and the year of birth; the code instead of the year for who may not see personnel data, and where
    two of the name share organisation and year. Without `places` the organisation is left out: it stands beside the
    name already.
    """
    shown = list(people)
    names = {one.full_name for one in shown}
    alike = among.filter(folded__in={one.folded for one in shown}).order_by()
    of_name: Counter[str] = Counter()
    of_year: Counter[tuple[str, int, str]] = Counter()
    # Counted here and not grouped by the database: of one page these are some dozens.
    for name, place, born in alike.values_list("full_name", "organisation_id", "born"):
        # Nor is the name with its accents asked of it: it takes folded names and whole ones for two rare things, and
        # then looks up the place of each of thousands by itself.
        if name in names:
            of_name[name] += 1
            of_year[name, place, born[:4]] += 1
    told = {}
    for one in shown:
        if of_name[one.full_name] > 1:
            year = one.birth_year if personnel.of(one.organisation.path) else ""
            tells = year and of_year[one.full_name, one.organisation_id, year] == 1
            told[one.pk] = ", ".join([one.organisation.called] * places + [year if tells else one.code])
    return told
