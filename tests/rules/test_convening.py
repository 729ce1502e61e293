"""R05, R06, R09 and R11: size, form, completeness and the share of the designated."""

from __future__ import annotations

import pytest

from daihoi.rules.convening import (
    CONVENING_CHECKS,
    Tier,
    check_designated,
    check_form,
    check_number,
    check_units,
    limit_for,
)
from daihoi.rules.credentials.findings import CongressFinding
from daihoi.rules.credentials.settings import CredentialsSettings
from daihoi.rules.credentials.terms import Unit, UnitId
from daihoi.rules.lists import Severity
from daihoi.rules.terms import CongressForm
from daihoi.words.credentials import FINDINGS, finding_sentence

DISTRICT = limit_for("2020-2025", Tier.ABOVE_GRASSROOTS)


@pytest.mark.parametrize(("summoned", "fits"), [(0, False), (1, True), (190, True), (300, True), (301, False)])
def test_a_district_of_the_round_2020_summons_at_most_300(summoned: int, fits: bool) -> None:
    assert (check_number(summoned, DISTRICT) == ()) is fits


@pytest.mark.parametrize(
    ("organisation", "low", "high"),
    [("Thanh Giang", 300, 350), ("Hà Nội", 300, 500), ("Nghệ An", 300, 450), ("", 300, 350)],
)
def test_provinces_have_limits_of_their_own(organisation: str, low: int, high: int) -> None:
    limit = limit_for("2020-2025", Tier.PROVINCE, organisation)

    assert limit is not None
    assert (limit.low, limit.high) == (low, high)


def test_where_no_limit_is_known_nothing_is_found() -> None:
    assert limit_for("2025-2030", Tier.ABOVE_GRASSROOTS) is None
    assert check_number(5000, None) == ()


@pytest.mark.parametrize(
    ("form", "members", "fits"),
    [
        ("members", 199, True),
        ("members", 200, False),
        ("delegates", 200, True),
        ("delegates", 199, False),
        ("meeting", 9, True),
    ],
)
def test_the_form_follows_from_200_members(form: str, members: int, fits: bool) -> None:
    assert (check_form(CongressForm(form), members) == ()) is fits


def test_the_superior_may_consent_and_the_finding_names_the_document() -> None:
    (finding,) = check_form(CongressForm.DELEGATES, 150, consent="CV 12-CV/HU")

    assert finding.severity is Severity.OVERRIDDEN
    assert "CV 12-CV/HU" in finding_sentence(finding, "vi")
    assert check_form(CongressForm.DELEGATES, 150, consent=" ")[0].severity is Severity.REFUSE


def test_the_threshold_is_a_setting() -> None:
    assert check_form(CongressForm.MEMBERS, 250, settings=CredentialsSettings(members_for_delegates=300)) == ()


def test_units_without_delegates_are_listed_by_name() -> None:
    units = [Unit(UnitId(f"u{number}"), f"Xã {number}") for number in range(321)]
    (finding,) = check_units(units, [unit.id for unit in units[2:]])

    assert finding.fields == {"missing": ("Xã 0", "Xã 1"), "count": 2, "units": 321}
    assert finding_sentence(finding, "en") == "2 of 321 organisations have no delegates entered: Xã 0, Xã 1."
    assert check_units(units, [unit.id for unit in units]) == ()


@pytest.mark.parametrize(
    ("designated", "summoned", "fits"), [(9, 190, True), (10, 190, False), (10, 200, True), (1, 10, False)]
)
def test_the_designated_are_at_most_five_percent_by_integers(designated: int, summoned: int, fits: bool) -> None:
    assert (check_designated(designated, summoned) == ()) is fits


def found() -> list[CongressFinding]:
    return [
        *check_number(400, DISTRICT),
        *check_form(CongressForm.MEMBERS, 900),
        *check_units([Unit(UnitId("u"), "Xã")], []),
        *check_designated(20, 100),
    ]


def test_every_check_can_be_found_and_has_a_sentence_in_both_languages() -> None:
    assert {finding.check for finding in found()} == set(CONVENING_CHECKS) <= set(FINDINGS)
    for finding in found():
        assert finding_sentence(finding, "vi") != finding_sentence(finding, "en")


def test_what_nobody_read_says_so() -> None:
    said = {finding.check: finding_sentence(finding, "vi") for finding in found()}

    assert "chưa đối chiếu" in said["designated_within_share"]
    assert "chưa đối chiếu" in said["delegates_within_limits"]
    assert "35-CT/TW (30/5/2019)" in said["form_by_members"]
    assert "chưa đối chiếu" not in said["every_unit_sends"]
