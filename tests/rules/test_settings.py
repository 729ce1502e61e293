"""Every open question is a setting that a file may change by name, and the unread ones are told."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from daihoi.rules.errors import SettingOutOfRange, UnknownSetting
from daihoi.rules.settings import SETTINGS, Settings, SettingTerm, SettingValue, settings_from
from tests.rules.builders import EDITION_190, EDITION_244


def test_registry_and_record_hold_the_same_names_and_defaults() -> None:
    assert {field.name: field.default for field in fields(Settings)} == {term.name: term.default for term in SETTINGS}


def test_no_values_give_the_defaults() -> None:
    assert settings_from({}) == Settings()


def test_values_are_put_in_by_name() -> None:
    settings = settings_from({"archive_months": 12, "surplus_floor_one": False, "over_vote_limit": "official"})
    assert (settings.archive_months, settings.surplus_floor_one) == (12, False)


def test_unknown_name_is_refused_by_name() -> None:
    with pytest.raises(UnknownSetting) as refused:
        settings_from({"surplus_flor_one": True})
    assert refused.value.name == "surplus_flor_one"
    assert "surplus_floor_one" in refused.value.known


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("archive_months", True),
        ("archive_months", "6"),
        ("archive_months", 0),
        ("surplus_floor_one", 1),
        ("surplus_limit_percent", 31),
        ("surplus_limit_percent", 0),
        ("over_vote_limit", "Q"),
        ("no_agree_ballot", ""),
        ("layout_profile_from", "27/5/2026"),
        ("layout_profile_from", "2026-02-30"),
        ("complaint_working_days", -1),
    ],
)
def test_value_of_another_kind_or_out_of_range_is_refused(name: str, value: SettingValue) -> None:
    with pytest.raises(SettingOutOfRange) as refused:
        settings_from({name: value})
    assert refused.value.name == name
    assert refused.value.value == value
    assert refused.value.allowed


def test_layout_profile_day_is_a_date() -> None:
    assert Settings().layout_profile_day == date(2026, 5, 27)
    assert settings_from({"layout_profile_from": "2027-01-01"}).layout_profile_day == date(2027, 1, 1)


@pytest.mark.parametrize("term", SETTINGS, ids=lambda term: term.name)
def test_every_default_is_one_of_its_own_values(term: SettingTerm) -> None:
    assert getattr(settings_from({term.name: term.default}), term.name) == term.default
    assert term.meaning_en.endswith(".")


@pytest.mark.parametrize("term", [term for term in SETTINGS if term.tag in ("M", "K", "I")], ids=lambda term: term.name)
def test_whatever_is_remembered_or_inferred_is_unconfirmed(term: SettingTerm) -> None:
    assert term.unconfirmed


def test_unconfirmed_lists_the_values_in_use() -> None:
    settings = settings_from({"tie_reballot_plurality": False})
    listed = {term.name: value for term, value in settings.unconfirmed(EDITION_190)}
    assert listed["tie_reballot_plurality"] is False
    assert listed["over_vote_limit"] == "official"
    assert "complaint_working_days" not in listed
    assert "surplus_limit_percent" not in listed


def test_unconfirmed_depends_on_the_edition() -> None:
    older = {term.name for term, _ in Settings().unconfirmed(EDITION_244)}
    newer = {term.name for term, _ in Settings().unconfirmed(EDITION_190)}
    assert "delegates_deduct_absent_throughout" in newer - older
    assert {"archive_months", "complaint_working_days", "surplus_limit_percent"} <= older - newer
    assert {term.name for term, _ in Settings().unconfirmed()} == older | newer


@pytest.mark.parametrize("question", ["A1", "A2", "A3", "A7", "A10", "A11", "A12", "A13", "A16", "A17", "A19"])
def test_open_question_that_is_a_choice_has_a_setting(question: str) -> None:
    assert [term.name for term in SETTINGS if term.question == question]


@pytest.mark.parametrize("term", SETTINGS, ids=lambda term: term.name)
def test_clause_is_that_of_the_edition_in_use(term: SettingTerm) -> None:
    assert term.clause == term.clause_under(EDITION_190)
    # A congress of 2020 cannot have been held under a regulation of 2024.
    assert "190-QĐ/TW" not in term.clause_under(EDITION_244)


def test_clause_of_a_setting_in_both_editions() -> None:
    terms = {term.name: term for term in SETTINGS}
    assert terms["delegates_deduct_absent_throughout"].clause == "190-QĐ/TW Đ30 k3"
    assert terms["delegates_deduct_absent_throughout"].clause_under(EDITION_244) == "244-QĐ/TW Đ32 k3"
    assert terms["support_percent"].clause_under(EDITION_244) == "244-QĐ/TW"
    assert terms["branch_minimum"].clause_under(EDITION_244) == "Điều lệ Đ24 k1"
