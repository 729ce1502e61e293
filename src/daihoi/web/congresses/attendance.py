"""Who is there: the figures of the live pages, the credentials report and the frozen roll, all from one reading."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone

from daihoi.rules.credentials import terms
from daihoi.rules.credentials.figures import Figures, figures
from daihoi.rules.credentials.quorum import Quorum, quorum
from daihoi.rules.credentials.roll import Called, UnitLine
from daihoi.rules.credentials.settings import CredentialsSettings
from daihoi.web.audit.models import LedgerEntry, LedgerHead
from daihoi.web.congresses import measures, queries
from daihoi.web.congresses.choices import Credentials, Leave
from daihoi.web.congresses.models import Congress, Delegate, Group, Measures, Presence, Session
from daihoi.web.members.models import partial_of


@dataclass(frozen=True)
class Line:
    """A unit or a group: how many were summoned, are inside now, were there at all, and are away with leave."""

    name: str
    summoned: int
    inside: int
    came: int
    with_leave: int
    key: str = ""

    @property
    def missing(self) -> int:
        """Those who were never there and have no leave."""
        return self.summoned - self.came - self.with_leave

    @property
    def share(self) -> int:
        """Inside now of those summoned, in whole percent, for the bars alone."""
        return 100 * self.inside // self.summoned if self.summoned else 0


class Summoned(NamedTuple):
    """An official delegate as the live pages read one: a row, for a thousand objects take half a second."""

    pk: int
    name: str
    unit_key: str
    unit_name: str
    unit_short: str
    unit_path: str
    group: int | None
    group_name: str | None
    seat: str
    leave: str

    @property
    def unit(self) -> str:
        """As the unit is called."""
        return self.unit_short or self.unit_name

    @property
    def leave_words(self) -> str:
        """What is said of the absence."""
        return str(Leave(self.leave).label)


_ROW = (
    *("pk", "person__full_name", "unit__key", "unit__name", "unit__short_name", "unit__path"),
    *("group__number", "group__name", "seat", "leave"),
)


@dataclass(frozen=True)
class Attendance:
    """Attendance of one session: of all, by unit and by group, the guests inside, who is missing, and the quorum."""

    whole: Line
    units: tuple[Line, ...]
    groups: tuple[Line, ...]
    guests_inside: int
    missing: tuple[Summoned, ...]
    out: tuple[Summoned, ...]
    quorum: Quorum
    measures: measures.InForce


def attendance(congress: Congress, session: Session) -> Attendance:
    """The live figures, by a constant number of queries whatever the size of the hall."""
    settings = measures.in_force(congress)
    rows = Presence.objects.filter(session=session, delegate__isnull=False).values_list("delegate_id", "inside")
    inside: dict[int, bool] = dict(rows)
    everyone = [Summoned(*row) for row in queries.officials(congress).values_list(*_ROW)]
    units, groups = _by_unit(everyone), _by_group(everyone)
    by_unit = tuple(_line(held[0].unit, held, inside, key) for key, held in units.items())
    return Attendance(
        _line("", everyone, inside),
        by_unit,
        tuple(
            _line(_group_words(number, held[0].group_name or ""), held, inside, str(number))
            for number, held in groups.items()
        ),
        Presence.objects.filter(session=session, guest__isnull=False, inside=True).count(),
        tuple(one for one in everyone if one.pk not in inside and one.leave != Leave.GIVEN),
        tuple(one for one in everyone if inside.get(one.pk) is False),
        _quorum(congress, by_unit, settings.settings),
        settings,
    )


def _by_unit(everyone: Sequence[Summoned]) -> dict[str, list[Summoned]]:
    """Delegates by the key of their unit, units in the order of the tree; two units may have one name."""
    units: dict[str, list[Summoned]] = {}
    for one in sorted(everyone, key=lambda one: one.unit_path):
        units.setdefault(one.unit_key, []).append(one)
    return units


def _by_group(everyone: Sequence[Summoned]) -> dict[int, list[Summoned]]:
    """Delegates by the number of their group; who has none stands in none."""
    groups: dict[int, list[Summoned]] = {}
    for one in everyone:
        if one.group is not None:
            groups.setdefault(one.group, []).append(one)
    return dict(sorted(groups.items()))


@lru_cache(200)
def _group_words(number: int, name: str) -> str:
    return str(Group(number=number, name=name))


def _line(name: str, members: Sequence[Summoned], inside: Mapping[int, bool], key: str = "") -> Line:
    came = [inside[one.pk] for one in members if one.pk in inside]
    leave = sum(one.leave == Leave.GIVEN and one.pk not in inside for one in members)
    return Line(name, len(members), sum(came), len(came), leave, key)


def _quorum(congress: Congress, units: Sequence[Line], settings: CredentialsSettings) -> Quorum:
    """Of those inside now; a unit that was to send delegates and is represented by nobody counts as missing."""
    lines = [
        UnitLine(terms.UnitId(one.key), one.name, Called(one.summoned, one.inside, one.with_leave, 0, one.missing))
        for one in units
    ]
    # Allocated and represented by nobody: the quorum of units counts them as missing. [process R10]
    listed = {terms.UnitId(key) for key in congress.allocations.values_list("unit__key", flat=True)}
    known = {line.unit for line in lines}
    lines += [UnitLine(unit, unit, Called(0, 0, 0, 0, 0)) for unit in sorted(listed - known)]
    return quorum(lines, listed, settings)


@dataclass(frozen=True)
class _Seen:
    """What a stamp was made of: the ledger's last entry, the last of a passage, and the checksum of all else."""

    head: int
    passed: int
    checksum: str
    told: str


_seen: dict[int, _Seen] = {}
PASSED = "door.passed"


def stamp(congress: Congress) -> str:
    """What changes with every passage and every change of a delegate: the answer of a live page hangs on it alone.

    The same in every process. While nobody wrote into the ledger nothing changed at all, which one row tells; and
    while stations alone did, nothing but the passages.
    """
    head = LedgerHead.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
    seen = _seen.get(congress.pk)
    if seen is not None and seen.head > head:
        # An act was rolled back, or an older database put back: what came after it is not known to hold.
        seen = None
    if seen is not None and seen.head == head:
        return seen.told
    # The number in the ledger and not the passage's own: that one is drawn before its turn in the ledger, and of two
    # stations at once the passage with the lower one may be there last.
    passed, quiet = _passed(congress, seen, head)
    checksum = seen.checksum if seen is not None and quiet else _checksum(congress)
    told = f"{congress.pk}-{passed}-{checksum}"
    _seen[congress.pk] = _Seen(head, passed, checksum, told)
    return told


def _passed(congress: Congress, seen: _Seen | None, head: int) -> tuple[int, bool]:
    """The number of the last passage of a congress up to the head, and whether passages alone came since it was seen.

    Of any congress: what goes on at the doors of others changes nothing here.
    """
    if seen is None:
        mine = LedgerEntry.objects.filter(seq__lte=head, kind=PASSED, place=congress.key)
        return mine.order_by("-seq").values_list("seq", flat=True).first() or 0, False
    # The few rows themselves: asked for a kind as well, SQLite would go through all passages that there ever were.
    since = LedgerEntry.objects.filter(seq__gt=seen.head, seq__lte=head).values_list("seq", "kind", "place")
    rows = list(since.order_by("seq"))
    mine_now = [seq for seq, kind, place in rows if kind == PASSED and place == congress.key]
    return mine_now[-1] if mine_now else seen.passed, all(kind == PASSED for _seq, kind, _place in rows)


def _checksum(congress: Congress) -> str:
    delegates = Delegate.objects.filter(congress=congress).order_by("pk")
    # Names too: one that was put right must not stand wrong on the screen until somebody walks through the door.
    rows = list(delegates.values_list(*_ROW, "category", "replaces_id"))
    units = list(congress.allocations.order_by("pk").values_list("unit_id", flat=True))
    set_now = sorted(Measures.objects.filter(of__in=(congress.key, measures.HOUSE)).values_list("pk", "set_at"))
    # A checksum and not hash(): that one is another in every process, and an ETag must not be.
    return f"{zlib.crc32(repr((rows, units, set_now)).encode()):x}"


class _Sent(NamedTuple):
    """A delegate or alternate with what the rules need of one: a row, for 500 objects took a tenth of a second.

    Without personnel data its fields stand there as nobody recorded them.
    """

    pk: int
    key: str
    name: str
    post: str
    unit_key: str
    unit_name: str
    unit_official: int
    unit_probationary: int
    category: str
    number: int | None
    group: int | None
    group_name: str | None
    seat: str
    code: str
    replaces: int | None
    decision: str
    leave: str
    leave_reason: str
    credentials: str
    refusal: str
    born: str = ""
    sex: str = ""
    ethnicity: str = ""
    religion: str = ""
    joined: str = ""
    official: str = ""
    education: str = ""
    degree: str = ""
    theory: str = ""


_SENT = (
    *("pk", "key", "person__full_name", "person__post"),
    *("unit__key", "unit__name", "unit__official_members", "unit__probationary_members"),
    *("category", "alternate_number", "group__number", "group__name", "seat", "code", "replaces_id"),
    *("replaced_on", "leave", "leave_reason", "credentials", "refusal_reason"),
)
_PERSONNEL = tuple(f"person__{name}" for name in _Sent._fields[len(_SENT) :])


def _sent(congress: Congress, *, personnel: bool) -> list[_Sent]:
    """Everybody on the list, in the order of names."""
    found = Delegate.objects.filter(congress=congress).order_by("person__sort_text", "pk")
    return [_Sent(*row) for row in found.values_list(*_SENT, *(_PERSONNEL if personnel else ()))]


def present_at(congress: Congress) -> set[int]:
    """Delegates who were inside at any session of the congress."""
    rows = Presence.objects.filter(session__congress=congress, delegate__isnull=False)
    return {pk for pk in rows.values_list("delegate_id", flat=True) if pk is not None}


def as_terms(congress: Congress, *, personnel: bool = True) -> tuple[list[terms.Delegate], list[terms.Unit]]:
    """Delegates and units as the rules of credentials know them; without `personnel`, names and posts alone."""
    return _as_terms(congress, _sent(congress, personnel=personnel))


def _as_terms(congress: Congress, found: Sequence[_Sent]) -> tuple[list[terms.Delegate], list[terms.Unit]]:
    there = present_at(congress)
    units = {
        one.unit_key: terms.Unit(terms.UnitId(one.unit_key), one.unit_name, one.unit_official + one.unit_probationary)
        for one in found
    }
    read = ("unit__key", "unit__name", "unit__official_members", "unit__probationary_members")
    for key, name, official, probationary in congress.allocations.values_list(*read):
        units.setdefault(key, terms.Unit(terms.UnitId(key), name, official + probationary))
    # Not joined: who is replaced stands on the same list.
    keys = {one.pk: terms.DelegateId(one.key) for one in found}
    return [_as_term(one, there, keys) for one in found], list(units.values())


def figures_of(congress: Congress, on: date | None = None) -> Figures:
    """All figures of the credentials report, on the day of the opening unless another is given."""
    found = _sent(congress, personnel=True)
    delegates, units = _as_terms(congress, found)
    replaced = {one.replaces for one in found}
    officials = [
        one for one in found
        if queries.votes(one.category, steps_in=one.replaces is not None, replaced=one.pk in replaced)
    ]  # fmt: skip
    refused = [
        terms.Refusal(terms.DelegateId(one.key), one.refusal) for one in officials
        if one.credentials == Credentials.REFUSED
    ]  # fmt: skip
    # Whom the board has not looked at, the report must not call fit.
    unexamined = {terms.DelegateId(one.key) for one in officials if one.credentials == Credentials.OPEN}
    day = on or congress.opens or timezone.localdate()
    settings = measures.in_force(congress).settings
    return figures(delegates, units, on=day, settings=settings, refusals=refused, unexamined=unexamined)


def _as_term(one: _Sent, there: set[int], keys: Mapping[int, terms.DelegateId]) -> terms.Delegate:
    """A delegate as the rules know one; `there` are the numbers of those who came, `keys` by the numbers of all."""
    return terms.Delegate(
        id=terms.DelegateId(one.key),
        person=_person(one),
        unit=terms.UnitId(one.unit_key),
        category=terms.Category(one.category),
        attendance=_attendance(one, there),
        number=one.number or 0,
        group="" if one.group is None else _group_words(one.group, one.group_name or ""),
        seat=one.seat,
        code=one.code,
        replaces=None if one.replaces is None else keys[one.replaces],
        decision=one.decision,
        reason=one.leave_reason,
    )


def _attendance(one: _Sent, there: set[int]) -> terms.Attendance:
    if one.pk in there:
        return terms.Attendance.PRESENT
    return {
        Leave.GIVEN: terms.Attendance.ABSENT_WITH_LEAVE,
        Leave.REFUSED: terms.Attendance.ABSENT_WITHOUT_LEAVE,
    }.get(Leave(one.leave), terms.Attendance.UNRECORDED)


def _person(one: _Sent) -> terms.Person:
    """A person as the rules know one; what nobody recorded stays unrecorded."""
    return terms.Person(
        name=one.name,
        born=partial_of(one.born),
        sex=terms.Sex(one.sex) if one.sex else None,
        ethnicity=one.ethnicity,
        religion=one.religion,
        joined=partial_of(one.joined),
        official=partial_of(one.official),
        education=terms.Education(one.education) if one.education else None,
        degree=terms.Degree(one.degree) if one.degree else None,
        theory=terms.Theory(one.theory) if one.theory else None,
        post=one.post,
    )
