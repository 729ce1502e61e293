"""Every statistic of the credentials report, from data alone: groups that add up, shares as fractions. [rules 10.3]"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from daihoi.rules.credentials.ages import Band, bands, foremost, hindmost, years_between
from daihoi.rules.credentials.quorum import Quorum, quorum
from daihoi.rules.credentials.roll import Called, Roll, UnitLine, by_unit, called, roll_of
from daihoi.rules.credentials.settings import PRESENT, CredentialsSettings, edges_of
from daihoi.rules.credentials.terms import (
    UNRECORDED,
    Category,
    Complaints,
    Degree,
    Delegate,
    DelegateId,
    Education,
    Person,
    Refusal,
    Sex,
    Theory,
    Unit,
)
from daihoi.rules.names import plain
from daihoi.rules.terms import PartialDate


class Topic(StrEnum):
    """What a group of figures is about."""

    CATEGORY = "category"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    RELIGION = "religion"
    AGE = "age"
    PARTY_AGE = "party_age"
    BADGE = "badge"
    EDUCATION = "education"
    DEGREE = "degree"
    THEORY = "theory"
    AWARD = "award"
    DISCIPLINE = "discipline"


MINORITY, MAJORITY = "minority", "majority"
WITH, WITHOUT = "with", "without"
NO_RELIGION = ("không", "không có", "không tôn giáo", "0", "không theo tôn giáo")


@dataclass(frozen=True)
class Line:
    """One figure: `key` names it within its topic, `share` is of the group's total."""

    key: str
    count: int
    share: Fraction


@dataclass(frozen=True)
class Group:
    """Lines that add up to `total`, those unrecorded among them; `details` tell one line apart and need not add up."""

    topic: Topic
    total: int
    lines: tuple[Line, ...]
    details: tuple[Line, ...] = ()

    def count(self, key: str) -> int:
        """How many stand in that line; 0 where there is none."""
        return next((line.count for line in self.lines if line.key == key), 0)

    @property
    def unrecorded(self) -> int:
        """How many nobody recorded it of."""
        return self.count(UNRECORDED)


@dataclass(frozen=True)
class AgeSpan:
    """Oldest and youngest (several where the dates do not tell them apart) and the average of whole years."""

    oldest: tuple[Delegate, ...]
    youngest: tuple[Delegate, ...]
    average: Fraction | None
    counted: int


@dataclass(frozen=True)
class Figures:
    """All figures of the report on the day `on`; `people` are whom the groups count (present, or summoned).

    `complaints` is None as long as nobody recorded whether there were any; of the `unexamined` the board said nothing.
    """

    on: date
    of: str
    roll: Roll
    called: Called
    units: tuple[UnitLine, ...]
    people: tuple[Delegate, ...]
    groups: tuple[Group, ...]
    ages: AgeSpan
    party_ages: AgeSpan
    age_bands: tuple[Band, ...]
    party_age_bands: tuple[Band, ...]
    complaints: Complaints | None
    refusals: tuple[Refusal, ...]
    unexamined: tuple[Delegate, ...]
    quorum: Quorum
    settings: CredentialsSettings

    def group(self, topic: Topic) -> Group:
        """The group of that topic; there is one for each."""
        return next(one for one in self.groups if one.topic is topic)

    def age(self, person: Person) -> int | None:
        """Age in whole years on the day of the report; None where no birth is recorded."""
        return None if person.born is None else years_between(person.born, self.on, self.settings.age_counting)

    def party_age(self, person: Person) -> int | None:
        """Party age in whole years on the day of the report; None where the day is not recorded."""
        since = since_of(person, self.settings)
        return None if since is None else years_between(since, self.on, self.settings.age_counting)


def figures(
    delegates: Sequence[Delegate],
    units: Sequence[Unit],
    *,
    on: date,
    settings: CredentialsSettings | None = None,
    complaints: Complaints | None = None,
    refusals: Sequence[Refusal] = (),
    unexamined: Collection[DelegateId] = (),
) -> Figures:
    """Count everything once. Raises SettingOutOfRange; contradictions in the data are told by `checks`."""
    chosen = settings or CredentialsSettings()
    # Everything below is of the roll after replacements: who was replaced is counted nowhere.
    roll = roll_of(delegates)
    people = roll.present if chosen.share_of == PRESENT else roll.official
    lines = by_unit(roll.official, units)
    return Figures(
        on=on,
        of=chosen.share_of,
        roll=roll,
        called=called(roll.official),
        units=lines,
        people=people,
        groups=_groups(people, on, chosen),
        ages=_span(people, lambda one: one.born, on, chosen),
        party_ages=_span(people, lambda one: since_of(one, chosen), on, chosen),
        age_bands=bands(edges_of("age_bands", chosen.age_bands)),
        party_age_bands=bands(edges_of("party_age_bands", chosen.party_age_bands)),
        # None is no nought: that there was no complaint is said by the board, never by silence.
        complaints=complaints,
        refusals=tuple(refusals),
        unexamined=tuple(one for one in roll.official if one.id in unexamined),
        quorum=quorum(lines, {unit.id for unit in units}, chosen),
        settings=chosen,
    )


def percent(share: Fraction) -> str:
    """A share as `15.14`: two decimals, half up, by integers."""
    hundredths = (share.numerator * 20_000 + share.denominator) // (2 * share.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _share(count: int, total: int) -> Fraction:
    return Fraction(count, total) if total else Fraction(0)


def _counted(topic: Topic, people: Sequence[Delegate], key_of: Callable[[Person], str], keys: Sequence[str]) -> Group:
    """A group in the order of `keys`, then keys beyond them by number, the unrecorded last and only where there are."""
    found = Counter(key_of(one.person) for one in people)
    # A key that nobody foresaw still gets its line: a group that left it out would no longer add up.
    beyond = sorted((key for key in found if key not in keys and key != UNRECORDED), key=lambda key: (-found[key], key))
    shown = [*keys, *beyond, *([UNRECORDED] if found[UNRECORDED] else [])]
    total = len(people)
    return Group(topic, total, tuple(Line(key, found[key], _share(found[key], total)) for key in shown))


def _groups(people: Sequence[Delegate], on: date, settings: CredentialsSettings) -> tuple[Group, ...]:
    return (
        _categories(people),
        _counted(Topic.SEX, people, lambda one: one.sex or UNRECORDED, tuple(Sex)),
        _ethnicities(people, settings),
        _religions(people),
        *_bands(people, on, settings),
        _badges(people),
        _counted(Topic.EDUCATION, people, lambda one: one.education or UNRECORDED, tuple(Education)),
        _counted(Topic.DEGREE, people, lambda one: one.degree or UNRECORDED, tuple(Degree)),
        _counted(Topic.THEORY, people, lambda one: one.theory or UNRECORDED, tuple(Theory)),
        _listed(Topic.AWARD, people, lambda one: one.awards),
        _listed(Topic.DISCIPLINE, people, lambda one: one.disciplines),
    )


def _categories(people: Sequence[Delegate]) -> Group:
    # The only group of the delegate and not of the person: one person may come by another right next time.
    found = Counter(one.category for one in people)
    total = len(people)
    return Group(Topic.CATEGORY, total, tuple(Line(key, found[key], _share(found[key], total)) for key in Category))


def _ethnicities(people: Sequence[Delegate], settings: CredentialsSettings) -> Group:
    def _key(one: Person) -> str:
        if not one.ethnicity.strip():
            return UNRECORDED
        return MAJORITY if plain(one.ethnicity) == plain(settings.majority_ethnicity) else MINORITY

    group = _counted(Topic.ETHNICITY, people, _key, (MAJORITY, MINORITY))
    return _detailed(group, [one.person.ethnicity for one in people if _key(one.person) == MINORITY])


def _religions(people: Sequence[Delegate]) -> Group:
    def _key(one: Person) -> str:
        if not one.religion.strip():
            return UNRECORDED
        return WITHOUT if plain(one.religion) in NO_RELIGION else WITH

    group = _counted(Topic.RELIGION, people, _key, (WITH, WITHOUT))
    return _detailed(group, [one.person.religion for one in people if _key(one.person) == WITH])


def _detailed(group: Group, names: Sequence[str]) -> Group:
    """Each name with its number, whatever capitals and spaces it was written with; the most frequent first."""
    found = Counter(plain(name) for name in names)
    tidy = Counter(" ".join(name.split()) for name in names)
    # The way most write it; of equals one that is not all capitals, so that the order of the list decides nothing.
    ranked = sorted(tidy, key=lambda name: (tidy[name], not name.isupper(), name[:1].isupper(), name))
    written = {plain(name): name for name in ranked}
    order = sorted(found, key=lambda name: (-found[name], name))
    details = tuple(Line(written[name], found[name], _share(found[name], group.total)) for name in order)
    return Group(group.topic, group.total, group.lines, details)


def _bands(people: Sequence[Delegate], on: date, settings: CredentialsSettings) -> tuple[Group, Group]:
    of_life = bands(edges_of("age_bands", settings.age_bands))
    of_party = bands(edges_of("party_age_bands", settings.party_age_bands))

    def _age(one: Person) -> str:
        years = None if one.born is None else years_between(one.born, on, settings.age_counting)
        return _band_key(of_life, years)

    def _party_age(one: Person) -> str:
        since = since_of(one, settings)
        return _band_key(of_party, None if since is None else years_between(since, on, settings.age_counting))

    return (
        _counted(Topic.AGE, people, _age, tuple(band.key for band in of_life)),
        _counted(Topic.PARTY_AGE, people, _party_age, tuple(band.key for band in of_party)),
    )


def _band_key(all_bands: Sequence[Band], years: int | None) -> str:
    if years is None:
        return UNRECORDED
    return next(band.key for band in all_bands if band.holds(years))


def _badges(people: Sequence[Delegate]) -> Group:
    """Holders by the years of their badge, the highest first; then those without."""
    held = sorted({one.person.badge for one in people if one.person.badge}, reverse=True)

    def _key(one: Person) -> str:
        if one.badge is None:
            return UNRECORDED
        return str(one.badge) if one.badge else WITHOUT

    return _counted(Topic.BADGE, people, _key, (*(str(years) for years in held), WITHOUT))


def _listed(topic: Topic, people: Sequence[Delegate], told: Callable[[Person], tuple[str, ...] | None]) -> Group:
    """Persons with and without; in the details each kind with the number of PERSONS who have it."""

    def _key(one: Person) -> str:
        kinds = told(one)
        if kinds is None:
            return UNRECORDED
        return WITH if kinds else WITHOUT

    group = _counted(topic, people, _key, (WITH, WITHOUT))
    kinds = [
        kind for one in people for kind in {plain(kind): kind for kind in sorted(told(one.person) or ())[::-1]}.values()
    ]
    return _detailed(group, kinds)


def since_of(person: Person, settings: CredentialsSettings) -> PartialDate | None:
    """The day from which party age runs; None where it is not recorded. [Điều lệ Đ5 k4]"""
    return person.joined if settings.party_age_from == "joined" else person.official


def _span(
    people: Sequence[Delegate], day_of: Callable[[Person], PartialDate | None], on: date, settings: CredentialsSettings
) -> AgeSpan:
    known = [(one, day) for one in people if (day := day_of(one.person)) is not None]
    days = [day for _, day in known]
    years = [years_between(day, on, settings.age_counting) for day in days]
    average = Fraction(sum(years), len(years)) if years else None
    first = tuple(known[place][0] for place in foremost(days))
    last = tuple(known[place][0] for place in hindmost(days))
    return AgeSpan(first, last, average, len(years))
