"""Each contradiction on a list is found, by name, and a clean list finds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from daihoi.rules.credentials.checks import ROLL_CHECKS, check_delegates
from daihoi.rules.credentials.terms import Attendance, Category, Delegate, DelegateId
from daihoi.rules.lists import Severity
from daihoi.rules.terms import PartialDate
from daihoi.words.credentials import finding_sentence
from tests.rules.credentials.people import UNITS, delegate

ON = date(2025, 6, 17)
LEFT = delegate(1, attendance=Attendance.ABSENT_WITH_LEAVE)
STEPS_IN = delegate(2, category=Category.ALTERNATE, number=1, replaces=LEFT.id, decision="Quyết định số 5")
WAITS = delegate(4, category=Category.ALTERNATE, number=1, attendance=Attendance.UNRECORDED)


def checks(people: Sequence[Delegate]) -> list[str]:
    return [finding.check for finding in check_delegates(people, on=ON)]


def test_a_clean_list_finds_nothing() -> None:
    assert checks([LEFT, STEPS_IN, delegate(3)]) == []


@pytest.mark.parametrize(
    ("check", "people", "severity"),
    [
        ("delegate_twice", [delegate(1), delegate(1, name="Khác")], "refuse"),
        ("code_twice", [delegate(1, code="X"), delegate(2, code="X")], "refuse"),
        ("replaced_not_on_list", [replace(STEPS_IN, replaces=DelegateId("d9"))], "refuse"),
        (
            "replaced_twice",
            [LEFT, STEPS_IN, replace(STEPS_IN, id=DelegateId("d3"), person=delegate(3).person, number=2)],
            "refuse",
        ),
        ("replaced_is_present", [replace(LEFT, attendance=Attendance.PRESENT), STEPS_IN], "refuse"),
        ("replacement_without_decision", [LEFT, replace(STEPS_IN, decision=" ")], "warn"),
        ("alternate_of_another_unit", [LEFT, replace(STEPS_IN, unit=UNITS[1].id)], "warn"),
        (
            "alternate_out_of_order",
            [
                LEFT,
                replace(STEPS_IN, number=2),
                WAITS,
            ],
            "warn",
        ),
        ("alternate_not_called_up", [delegate(1, category=Category.ALTERNATE, number=1)], "warn"),
        ("not_yet_official_member", [delegate(1, official=PartialDate(2025, 7, 1))], "refuse"),
        ("badge_beyond_party_age", [delegate(1, badge=30, joined=PartialDate(2000))], "warn"),
        ("names_alike", [delegate(1, name="Nông Văn A"), delegate(2, name="nông văn a")], "warn"),
    ],
)
def test_every_contradiction_is_found(check: str, people: list[Delegate], severity: str) -> None:
    found = check_delegates(people, on=ON)

    assert {finding.check for finding in found} == {check}
    assert {finding.severity for finding in found} == {Severity(severity)}


def test_every_check_is_tested_above() -> None:
    (mark,) = (one for one in test_every_contradiction_is_found.pytestmark if one.name == "parametrize")  # type: ignore[attr-defined]

    assert {row[0] for row in mark.args[1]} == set(ROLL_CHECKS)


def test_refusals_stand_first() -> None:
    found = check_delegates([delegate(3, category=Category.ALTERNATE), delegate(1), delegate(1, name="B")], on=ON)

    assert [finding.severity for finding in found] == [Severity.REFUSE, Severity.WARN]


def test_two_of_one_name_are_told_apart_by_birth() -> None:
    twins = [delegate(1, name="Nguyễn Văn Hùng", born=PartialDate(1970)), delegate(2, name="Nguyễn Văn Hùng")]

    assert checks(twins) == []


def test_membership_that_becomes_official_on_the_day_itself_has_the_vote() -> None:
    assert checks([delegate(1, official=PartialDate(2025, 6, 17))]) == []


def test_a_finding_names_its_person_and_says_that_the_clause_was_not_read() -> None:
    (finding,) = check_delegates([LEFT, replace(STEPS_IN, decision="")], on=ON)

    assert finding.unconfirmed
    assert finding_sentence(finding, "en").startswith(
        "No decision is recorded on which Nông Văn 2 replaces Nông Văn 1."
    )
    assert "190-QĐ/TW Đ18" in finding_sentence(finding, "vi")
    assert "chưa đối chiếu được với văn bản" in finding_sentence(finding, "vi")
