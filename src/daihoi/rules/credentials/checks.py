"""Contradictions and gaps on a list of delegates, each with whom it is about; the figures count on regardless."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from daihoi.rules.clauses import Tag
from daihoi.rules.credentials.ages import earliest, years_between
from daihoi.rules.credentials.figures import since_of
from daihoi.rules.credentials.findings import CongressFinding
from daihoi.rules.credentials.roll import Replacement, roll_of
from daihoi.rules.credentials.settings import CredentialsSettings
from daihoi.rules.credentials.terms import Attendance, Category, Delegate
from daihoi.rules.lists import Severity
from daihoi.rules.names import plain

ROLL_CHECKS: Final = (
    "delegate_twice",
    "code_twice",
    "replaced_not_on_list",
    "replaced_twice",
    "replaced_is_present",
    "replacement_without_decision",
    "alternate_of_another_unit",
    "alternate_out_of_order",
    "alternate_not_called_up",
    "not_yet_official_member",
    "badge_beyond_party_age",
    "names_alike",
)
_REFUSE, _WARN = Severity.REFUSE, Severity.WARN


def check_delegates(
    delegates: Sequence[Delegate], *, on: date, settings: CredentialsSettings | None = None
) -> tuple[CongressFinding, ...]:
    """Every finding on the list, refusals first, in the order of the list."""
    chosen = settings or CredentialsSettings()
    found = [
        *_twice(delegates),
        *_replacements(delegates),
        *_alternates(delegates),
        *(finding for one in delegates for finding in _person(one, on, chosen)),
        *_alike(delegates),
    ]
    return tuple(sorted(found, key=lambda finding: finding.severity is not _REFUSE))


def _finding(check: str, severity: Severity, clause: str, tag: Tag, **fields: object) -> CongressFinding:
    return CongressFinding(check, severity, clause, tag, fields)


def _twice(delegates: Sequence[Delegate]) -> Iterator[CongressFinding]:
    for one, times in Counter(delegate.id for delegate in delegates).items():
        if times > 1:
            yield _finding("delegate_twice", _REFUSE, "", Tag.I, delegate=one, times=times)
    # A list of before the badges has no codes at all: the empty ones are no pair.
    codes = Counter(delegate.code for delegate in delegates if delegate.code)
    for delegate in delegates:
        if codes[delegate.code] > 1:
            yield _finding("code_twice", _REFUSE, "", Tag.I, name=delegate.person.name, code=delegate.code)


def _replacements(delegates: Sequence[Delegate]) -> Iterator[CongressFinding]:
    roll = roll_of(delegates)
    times = Counter(one.entered.replaces for one in roll.replacements)
    for one in roll.replacements:
        yield from _replacement(one, times[one.entered.replaces])


def _replacement(one: Replacement, times: int) -> Iterator[CongressFinding]:
    name = one.entered.person.name
    clause = "190-QĐ/TW Đ18"
    if one.left is None:
        yield _finding("replaced_not_on_list", _REFUSE, clause, Tag.I, name=name, replaced=one.entered.replaces)
        return
    left = one.left.person.name
    if times > 1:
        yield _finding("replaced_twice", _REFUSE, clause, Tag.I, name=name, replaced=left, times=times)
    if one.left.attendance is Attendance.PRESENT:
        yield _finding("replaced_is_present", _REFUSE, clause, Tag.I, name=name, replaced=left)
    if not one.entered.decision.strip():
        yield _finding("replacement_without_decision", _WARN, clause, Tag.M, name=name, replaced=left)
    if one.entered.unit != one.left.unit:
        yield _finding(
            "alternate_of_another_unit", _WARN, clause, Tag.M,
            name=name, unit=one.entered.unit, replaced=left, of=one.left.unit,
        )  # fmt: skip


def _alternates(delegates: Sequence[Delegate]) -> Iterator[CongressFinding]:
    waiting = [one for one in delegates if one.category is Category.ALTERNATE and one.replaces is None]
    for one in delegates:
        if one.category is not Category.ALTERNATE:
            continue
        if one.replaces is None:
            if one.attendance is Attendance.PRESENT:
                yield _finding("alternate_not_called_up", _WARN, "190-QĐ/TW Đ18", Tag.M, name=one.person.name)
            continue
        # Number 0 is an alternate without a place: nobody can have been called up before such a one.
        before = [other for other in waiting if other.unit == one.unit and 0 < other.number < one.number]
        if before:
            first = min(before, key=lambda other: other.number)
            yield _finding(
                "alternate_out_of_order", _WARN, "190-QĐ/TW Đ18", Tag.M,
                name=one.person.name, number=one.number, first=first.person.name, place=first.number,
            )  # fmt: skip


def _person(one: Delegate, on: date, settings: CredentialsSettings) -> Iterator[CongressFinding]:
    person = one.person
    # Only the decision on full membership gives a vote, however long the probation. [Điều lệ Đ3, confirmations 12]
    if person.official is not None and earliest(person.official) > (on.year, on.month, on.day):
        yield _finding("not_yet_official_member", _REFUSE, "Điều lệ Đ3", Tag.N, name=person.name)
    since = since_of(person, settings)
    # Held and not yet due at once is a slip in one of the two; which, only the file of the person can say.
    if person.badge and since is not None:
        years = years_between(since, on, settings.age_counting)
        if person.badge > years:
            yield _finding(
                "badge_beyond_party_age", _WARN, "", Tag.I, name=person.name, badge=person.badge, years=years
            )


def _alike(delegates: Sequence[Delegate]) -> Iterator[CongressFinding]:
    """Two of one name are told apart on papers by birth or unit; alike in both, nobody could."""
    alike = Counter((plain(one.person.name), one.person.born, one.unit) for one in delegates)
    for (name, _born, unit), times in alike.items():
        if times > 1:
            shown = next(one.person.name for one in delegates if plain(one.person.name) == name)
            yield _finding("names_alike", _WARN, "", Tag.I, name=shown, unit=unit, times=times)
