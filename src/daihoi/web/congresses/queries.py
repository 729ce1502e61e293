"""Reads of congresses. Every list begins at `visible`: those of one's part of the tree, or the one of one's role."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Case, Count, Exists, Max, Model, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from daihoi.rules.names import fold_search
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.congresses.choices import BodyKind, Category, Credentials, Form, State
from daihoi.web.congresses.models import Allocation, BodyMember, Congress, Delegate, Group, Guest, Roll, Session
from daihoi.web.members.models import Person
from daihoi.web.organisations import queries as organisations
from daihoi.web.organisations.models import Organisation


def visible(viewer: Viewer, right: Right = Right.SEE_CONGRESS) -> QuerySet[Congress]:
    """The congresses where the viewer holds the right, newest first.

    A role that was given for one congress sees that one alone, whatever part of the tree it names.
    """
    # By key: the role names the congress alone, wherever it stands in the tree.
    mine = {scope.congress for scope in viewer.scopes(right) if scope.congress}
    return _ordered(Congress.objects.filter(organisations.below(viewer, right, "organisation__") | Q(key__in=mine)))


def _ordered(congresses: QuerySet[Congress]) -> QuerySet[Congress]:
    return congresses.select_related("organisation", "term").order_by("-opens", "pk")


def place_of(viewer: Viewer, right: Right) -> str:
    """Key of the one organisation, or the one congress, of which the viewer holds the right; empty where it is more."""
    keys = {scope.congress or scope.organisation for scope in viewer.scopes(right)}
    return next(iter(keys)) if len(keys) == 1 else ""


def rights_at(viewer: Viewer, congress: Congress) -> frozenset[Right]:
    """What the viewer may do with one congress: by a role for it alone, or for the tree that it stands in."""
    return frozenset(
        right
        for right in Right
        if organisations.reaches(viewer, right, congress.organisation)
        or any(scope.congress == congress.key for scope in viewer.scopes(right))
    )


def congress_of(viewer: Viewer, key: str, right: Right = Right.SEE_CONGRESS) -> Congress:
    """One congress by its key; one that the viewer may not see is as if it were not there (404)."""
    found = visible(viewer, right).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def searched(
    congresses: QuerySet[Congress], text: str, *, state: str = "", form: str = "", pilot: str = "", term: str = ""
) -> QuerySet[Congress]:
    """Those whose organisation's name holds the words, of this state, form and term, pilot or not."""
    for word in fold_search(text).split():
        congresses = congresses.filter(organisation__folded__contains=word)
    if state in State.values:
        congresses = congresses.filter(state=state)
    if form in Form.values:
        congresses = congresses.filter(form=form)
    if term:
        congresses = congresses.filter(term__label=term)
    return congresses.filter(is_pilot=True) if pilot == "1" else congresses


def _number(found: QuerySet[Any]) -> Coalesce:
    """A count of rows of this congress, as one of its columns."""
    # As a column: a count for each congress of a list would be a query for each.
    counted = found.filter(congress=OuterRef("pk")).order_by().values("congress").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


@cache
def _numbers() -> dict[str, Coalesce]:
    # Made once: to make them took as long as to ask for them.
    voters = Delegate.objects.exclude(category=Category.ALTERNATE)
    return {
        "n_sessions": _number(Session.objects.all()),
        "n_official": _number(voters),
        "n_alternates": _number(Delegate.objects.filter(category=Category.ALTERNATE)),
        "n_open": _number(Delegate.objects.filter(credentials=Credentials.OPEN)),
        "n_ungrouped": _number(voters.filter(group__isnull=True)),
        "n_unseated": _number(voters.filter(seat="")),
        "n_groups": _number(Group.objects.all()),
        "n_guests": _number(Guest.objects.all()),
        "n_allocated": _number(Allocation.objects.all()),
        "n_board": _number(BodyMember.objects.filter(body=BodyKind.CREDENTIALS)),
        "n_rolls": _number(Roll.objects.all()),
    }


def with_numbers(congresses: QuerySet[Congress], *names: str) -> QuerySet[Congress]:
    """Each with the numbers that say how far it is, all or those that are named; one query whatever their number."""
    made = _numbers()
    return congresses.annotate(**{name: made[name] for name in names or made})


def _but(model: type[Model], at: str, *read: str) -> list[str]:
    """The fields of a table, reached by a path, that are not among those that are read."""
    return [f"{at}__{one.name}" for one in model._meta.concrete_fields if not one.primary_key and one.name not in read]


_READ = ("key", "code", "full_name", "post", "born", "organisation")
_READ_OF_UNIT = ("key", "code", "name", "short_name", "path", "official_members", "probationary_members")
_UNREAD = (
    *_but(Person, "person", *_READ),
    *_but(Person, "replaces__person", *_READ),
    *_but(Organisation, "unit", *_READ_OF_UNIT),
)
"""Columns of the tables behind a delegate that no list shows: of 450 delegates they took most of the time."""
_AROUND = ("person", "unit", "group", "replaces__person")
# Apart: few are replaced, and joined by a column that is mostly empty SQLite went through all delegates for each.
_REPLACED_BY = Prefetch("replaced_by", Delegate.objects.select_related("person"))


def delegates(congress: Congress, *, personnel: bool = False) -> QuerySet[Delegate]:
    """The delegates with what lists of them show, in the order of names; with the whole of the people on demand."""
    found = Delegate.objects.filter(congress=congress).select_related(*_AROUND).prefetch_related(_REPLACED_BY)
    return (found if personnel else found.defer(*_UNREAD)).order_by("person__sort_text", "pk")


def officials(congress: Congress) -> QuerySet[Delegate]:
    """Those who have a vote: delegates whom nobody replaced, and alternates who replace somebody."""
    # Asked of the database: whether somebody was replaced stands with who stepped in.
    replaced = Exists(Delegate.objects.filter(replaces=OuterRef("pk")))
    return delegates(congress).filter(
        (~Q(category=Category.ALTERNATE) & ~Q(replaced)) | Q(category=Category.ALTERNATE, replaces__isnull=False)
    )


def is_official(one: Delegate) -> bool:
    """Whether a delegate has a vote, as `officials` asks of all; one of `delegates` costs no query."""
    return votes(one.category, steps_in=one.replaces_id is not None, replaced=hasattr(one, "replaced_by"))


def votes(category: str, *, steps_in: bool, replaced: bool) -> bool:
    """Whether somebody of this category has a vote: an alternate who stepped in, another whom nobody replaced."""
    return steps_in if category == Category.ALTERNATE else not replaced


def summoned_members(congress: Congress) -> QuerySet[Person]:
    """Who is summoned to a congress of all members: official members on the day of the opening, in the order of names.

    Membership is full from the day of its decision; of a day known less exactly the earliest it can be is taken.
    [Điều lệ Đảng art. 3, 5; 190-QĐ/TW art. 30.2]
    """
    day = (congress.opens or timezone.localdate()).isoformat()
    # Texts as 1999, 1999-05 and 1999-05-19 compare by time as they stand.
    return belonging(congress).exclude(official="").filter(official__lte=day).order_by("sort_text", "pk")


def belonging(congress: Congress) -> QuerySet[Person]:
    """The people of the organisation that holds the congress, and of what stands below it."""
    below = organisations.beneath(congress.organisation.path, "organisation__")
    return Person.objects.filter(below).select_related("organisation")


def searched_delegates(found: QuerySet[Delegate], text: str, **asked: str) -> QuerySet[Delegate]:
    """Those whose name, unit or code holds the words; `asked`: category, credentials, group (number), leave."""
    for name in ("category", "credentials", "leave"):
        if asked.get(name):
            found = found.filter(**{name: asked[name]})
    if asked.get("group"):
        number = asked["group"]
        found = found.filter(group__number=int(number)) if number.isdecimal() else found.filter(group__isnull=True)
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


ROW_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def hall_rows(congress: Congress) -> list[list[list[str]]]:
    """The seats of the hall: blocks from left to right, rows from the stage backwards, `A1` upwards in each row."""
    if not congress.hall_rows or not congress.hall_blocks:
        return []
    blocks: list[list[list[str]]] = []
    first = 1
    for width in (int(part) for part in congress.hall_blocks.split(",")):
        rows = ROW_LETTERS[: congress.hall_rows]
        blocks.append([[f"{row}{number}" for number in range(first, first + width)] for row in rows])
        first += width
    return blocks


def seats(congress: Congress) -> list[str]:
    """All seats of the hall, row by row from the stage."""
    blocks = hall_rows(congress)
    return [seat for row in zip(*blocks, strict=True) for part in row for seat in part] if blocks else []


def bodies(congress: Congress) -> QuerySet[BodyMember]:
    """Who sits in which body, heads first."""
    post = Case(When(post="head", then=0), When(post="deputy", then=1), default=2)
    return congress.body_members.select_related("person").order_by("body", post, "person__sort_text", "pk")


def groups_with_numbers(congress: Congress) -> QuerySet[Group]:
    """The groups with how many delegates each has."""
    return congress.groups.annotate(n=Count("delegates")).order_by("number")


def allocation(congress: Congress) -> QuerySet[Allocation]:
    """What each unit sends, with how many of its official delegates are on the list, in the order of the tree."""
    there = (
        Delegate.objects.filter(congress=OuterRef("congress"), unit=OuterRef("unit"))
        .exclude(category=Category.ALTERNATE)
        .order_by()
        .values("unit")
        .annotate(n=Count("pk"))
        .values("n")
    )
    shown = congress.allocations.select_related("unit").defer(*_but(Organisation, "unit", *_READ_OF_UNIT))
    found = shown.annotate(there=Coalesce(Subquery(there), 0))
    return found.order_by("unit__path")


def units_without_allocation(congress: Congress) -> QuerySet[Organisation]:
    """What stands right below in the tree and was allocated nothing."""
    # Right below: what stands further down sends its people to the congress in between.
    children = Organisation.objects.get_children(congress.organisation).filter(merged_into=None, valid_to=None)
    found: QuerySet[Organisation] = children.exclude(pk__in=congress.allocations.values("unit")).order_by("path")
    return found


def printings_by_paper(congress: Congress) -> dict[str, int]:
    """How often each paper was made."""
    rows = congress.printings.order_by().values("paper").annotate(n=Count("pk"))
    return {row["paper"]: row["n"] for row in rows}


def names_of(congress: Congress, keys: Iterable[str]) -> list[str]:
    """Names of delegates and guests by key, for a paper of single people."""
    wanted = list(keys)
    if not wanted:
        return []
    people = Delegate.objects.filter(congress=congress, key__in=wanted).values_list("person__full_name", flat=True)
    return [*people, *Guest.objects.filter(congress=congress, key__in=wanted).values_list("full_name", flat=True)]


def at_the_door(congress: Congress, text: str, most: int = 8) -> list[tuple[str, str, str]]:
    """Code, name and what tells people apart, of delegates and guests whose name holds the words; nothing personal."""
    if not fold_search(text).strip():
        return []
    found = searched_delegates(delegates(congress), text)[:most]
    told = [
        (one.code, one.person.full_name, ", ".join(filter(None, (one.person.post, one.unit.called, one.seat))))
        for one in found
    ]
    folded = fold_search(text).split()
    for guest in guests(congress):
        if all(word in fold_search(guest.full_name) for word in folded):
            told.append((guest.code, guest.full_name, ", ".join(filter(None, (guest.title, guest.organisation_name)))))
    return told[:most]


def current_session(congress: Congress) -> Session | None:
    """The session that began last, half an hour before its time on; before the first one, the first."""
    # The door opens half an hour before: who comes early is of the session to come.
    soon = timezone.now() + timedelta(minutes=30)
    begun = congress.sessions.filter(starts_at__lte=soon).last()
    return begun or congress.sessions.first()


def stations(session: Session) -> list[tuple[str, int, datetime]]:
    """Which stations let people in, how many passed there, and when the last one did."""
    rows = session.passages.order_by().values("station").annotate(n=Count("pk"), last=Max("at")).order_by("station")
    return [(row["station"] or "–", row["n"], row["last"]) for row in rows]


def found_delegates(viewer: Viewer, text: str, most: int) -> list[Delegate]:
    """The first delegates of a search, of the congresses where the viewer may see names."""
    if not fold_search(text).strip():
        return []
    mine = visible(viewer, Right.SEE_PEOPLE).order_by().values("pk")
    rows = searched_delegates(Delegate.objects.filter(congress__in=mine), text).order_by("person__sort_text", "pk")
    # Numbers first: what stands behind a delegate is joined to those alone that are shown.
    keys = list(rows.values_list("pk", flat=True)[:most])
    shown = Delegate.objects.select_related("person", "unit", "congress__organisation", "congress__term").in_bulk(keys)
    # Who was taken off the list between the two questions is left out.
    return [shown[key] for key in keys if key in shown]
