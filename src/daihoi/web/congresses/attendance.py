"""Who is there: the figures of the live pages, the credentials report and the frozen roll, all from one reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils import timezone

from daihoi.rules.credentials import terms
from daihoi.rules.credentials.figures import Figures, figures
from daihoi.web.congresses import queries
from daihoi.web.congresses.choices import Credentials, Leave
from daihoi.web.congresses.models import Congress, Delegate, Passage, Presence, Session
from daihoi.web.members.models import Person


@dataclass(frozen=True)
class Line:
    """A unit or a group: how many were summoned, are inside now, were there at all, and are away with leave."""

    name: str
    summoned: int
    inside: int
    came: int
    with_leave: int

    @property
    def missing(self) -> int:
        """Those who were never there and told nothing."""
        return self.summoned - self.came - self.with_leave


@dataclass(frozen=True)
class Attendance:
    """Attendance of one session: of all, by unit and by group, and the guests inside."""

    whole: Line
    units: tuple[Line, ...]
    groups: tuple[Line, ...]
    guests_inside: int


def attendance(congress: Congress, session: Session) -> Attendance:
    """The live figures, by three queries whatever the size of the hall."""
    presences = {row.delegate_id: row for row in Presence.objects.filter(session=session, delegate__isnull=False)}
    units: dict[str, list[Delegate]] = {}
    groups: dict[str, list[Delegate]] = {}
    everyone = list(queries.officials(congress))
    for one in everyone:
        units.setdefault(one.unit.called, []).append(one)
        if one.group is not None:
            groups.setdefault(str(one.group), []).append(one)
    return Attendance(
        _line("", everyone, presences),
        tuple(_line(name, members, presences) for name, members in sorted(units.items())),
        tuple(_line(name, members, presences) for name, members in sorted(groups.items())),
        Presence.objects.filter(session=session, guest__isnull=False, inside=True).count(),
    )


def _line(name: str, members: list[Delegate], presences: Mapping[int | None, Presence]) -> Line:
    held = [presences[one.pk] for one in members if one.pk in presences]
    came = {one.delegate_id for one in held}
    leave = sum(one.leave == Leave.GIVEN and one.pk not in came for one in members)
    return Line(name, len(members), sum(one.inside for one in held), len(held), leave)


def stamp(congress: Congress) -> str:
    """What changes with every passage and every change of a delegate: the answer of a live page hangs on it alone."""
    passed = Passage.objects.filter(session__congress=congress).aggregate(last=Max("pk"))["last"] or 0
    delegates = (
        Delegate.objects.filter(congress=congress)
        .order_by("pk")
        .values_list("pk", "category", "replaces_id", "leave", "group_id", "unit_id")
    )
    return f"{congress.pk}-{passed}-{hash(tuple(delegates)) & 0xFFFFFFFF:x}"


def present_at(congress: Congress) -> set[int]:
    """Delegates who were inside at any session of the congress."""
    rows = Presence.objects.filter(session__congress=congress, delegate__isnull=False)
    return {pk for pk in rows.values_list("delegate_id", flat=True) if pk is not None}


def as_terms(congress: Congress) -> tuple[list[terms.Delegate], list[terms.Unit]]:
    """Delegates and units as the rules of credentials know them."""
    there = present_at(congress)
    found = list(queries.delegates(congress))
    units = {one.unit.key: terms.Unit(terms.UnitId(one.unit.key), one.unit.name, one.unit.members) for one in found}
    for allocation in congress.allocations.select_related("unit"):
        unit = allocation.unit
        units.setdefault(unit.key, terms.Unit(terms.UnitId(unit.key), unit.name, unit.members))
    return [_delegate(one, there) for one in found], list(units.values())


def figures_of(congress: Congress, on: date | None = None) -> Figures:
    """All figures of the credentials report, on the day of the opening unless another is given."""
    delegates, units = as_terms(congress)
    refused = [
        terms.Refusal(terms.DelegateId(one.key), "") for one in queries.delegates(congress)
        if one.credentials == Credentials.REFUSED
    ]  # fmt: skip
    return figures(delegates, units, on=on or congress.opens or timezone.localdate(), refusals=refused)


def _delegate(one: Delegate, there: set[int]) -> terms.Delegate:
    return terms.Delegate(
        id=terms.DelegateId(one.key),
        person=person_of(one.person),
        unit=terms.UnitId(one.unit.key),
        category=terms.Category(one.category),
        attendance=_attendance(one, there),
        number=one.alternate_number or 0,
        group=str(one.group) if one.group else "",
        seat=one.seat,
        code=one.code,
        replaces=terms.DelegateId(one.replaces.key) if one.replaces else None,
        decision=one.replaced_on,
    )


def _attendance(one: Delegate, there: set[int]) -> terms.Attendance:
    if one.pk in there:
        return terms.Attendance.PRESENT
    return {
        Leave.GIVEN: terms.Attendance.ABSENT_WITH_LEAVE,
        Leave.REFUSED: terms.Attendance.ABSENT_WITHOUT_LEAVE,
    }.get(Leave(one.leave), terms.Attendance.UNRECORDED)


def person_of(person: Person) -> terms.Person:
    """A person as the rules know one; what nobody recorded stays unrecorded."""
    return terms.Person(
        name=person.full_name,
        born=person.born_on,
        sex=terms.Sex(person.sex) if person.sex else None,
        ethnicity=person.ethnicity,
        religion=person.religion,
        joined=person.joined_on,
        official=person.official_on,
        education=terms.Education(person.education) if person.education else None,
        degree=terms.Degree(person.degree) if person.degree else None,
        theory=terms.Theory(person.theory) if person.theory else None,
        post=person.post,
    )
