"""The worksheet of the base: what comes off, what does not, and what cannot be."""

from __future__ import annotations

import dataclasses

import pytest

from daihoi.rules.base import GROUNDS, BaseWorksheet, ShowOfHandsBase, is_elected, show_of_hands_base, worksheet
from daihoi.rules.errors import (
    CountOutOfRange,
    DeductionExceedsRoll,
    GroundNotDeducted,
    GroundOfAnotherForm,
    NobodyInBase,
    PresentExceedsRoll,
)
from daihoi.rules.settings import Settings
from daihoi.rules.terms import CongressForm, Deduction, DeductionGround, Roll
from tests.rules.builders import SETTINGS, roll

OTHER_FORMS = [(form, ground) for form in CongressForm for ground in DeductionGround if ground not in GROUNDS[form]]


@pytest.mark.parametrize(("votes", "base", "elected"), [(93, 186, False), (94, 186, True), (0, 1, False), (1, 1, True)])
def test_elected_is_more_than_half(votes: int, base: int, elected: bool) -> None:
    assert is_elected(votes, base) is elected


@pytest.mark.parametrize(("base", "needed"), [(1, 1), (2, 2), (3, 2), (10, 6), (11, 6), (186, 94)])
def test_needed_is_the_smallest_number_above_half(base: int, needed: int) -> None:
    assert worksheet(CongressForm.MEMBERS, roll(base, base), settings=SETTINGS).needed == needed


def test_worksheet_keeps_every_line_and_its_note() -> None:
    lines = (
        Deduction(DeductionGround.DELEGATE_ABSENT_THROUGHOUT_UNREPLACED, 1, "ốm, Chi bộ 3"),
        Deduction(DeductionGround.CONVENING_MEMBER_ABSENT_THROUGHOUT, 2),
        Deduction(DeductionGround.DELEGATE_ABSENT_THROUGHOUT_UNREPLACED, 1, "đi công tác"),
    )
    sheet = worksheet(CongressForm.DELEGATES, Roll(190, 185, lines), settings=SETTINGS)
    assert sheet == BaseWorksheet(CongressForm.DELEGATES, 190, lines, 186, 185)


def test_meeting_deducts_suspended_and_on_leave() -> None:
    given = roll(39, 36, suspended_charged_or_in_custody=1, on_leave_throughout=2)
    assert worksheet(CongressForm.MEETING, given, settings=SETTINGS).base == 36


@pytest.mark.parametrize(("form", "ground"), OTHER_FORMS)
def test_ground_of_another_form_is_refused(form: CongressForm, ground: DeductionGround) -> None:
    with pytest.raises(GroundOfAnotherForm) as refused:
        worksheet(form, Roll(20, 10, (Deduction(ground, 1),)), settings=SETTINGS)
    assert refused.value.ground == ground
    assert refused.value.allowed == GROUNDS[form]


@pytest.mark.parametrize(
    ("form", "ground", "setting"),
    [
        (CongressForm.DELEGATES, "convening_member_absent_throughout", "delegates_deduct_absent_throughout"),
        (CongressForm.DELEGATES, "delegate_absent_throughout_unreplaced", "delegates_deduct_absent_throughout"),
        (CongressForm.MEETING, "suspended_charged_or_in_custody", "meeting_deducts_suspended"),
        (CongressForm.MEETING, "on_leave_throughout", "meeting_deducts_on_leave"),
    ],
)
def test_ground_that_a_setting_switches_off_is_refused(form: CongressForm, ground: str, setting: str) -> None:
    settings = dataclasses.replace(SETTINGS, **{setting: False})
    with pytest.raises(GroundNotDeducted) as refused:
        worksheet(form, roll(20, 10, **{ground: 1}), settings=settings)
    assert refused.value.setting == setting


def test_deduction_beyond_what_is_left_is_refused_at_its_line() -> None:
    given = roll(10, 1, temporarily_elsewhere=6, exempt_not_present=5)
    with pytest.raises(DeductionExceedsRoll) as refused:
        worksheet(CongressForm.MEMBERS, given, settings=SETTINGS)
    assert (refused.value.ground, refused.value.count, refused.value.left) == ("exempt_not_present", 5, 4)


def test_base_of_nobody_is_refused() -> None:
    with pytest.raises(NobodyInBase):
        worksheet(CongressForm.MEMBERS, roll(3, 0, temporarily_elsewhere=3), settings=SETTINGS)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (Roll(0, 0), "roll.summoned"),
        (Roll(-3, 0), "roll.summoned"),
        (Roll(5, -1), "roll.present"),
        (
            Roll(5, 1, (Deduction(DeductionGround.TEMPORARILY_ELSEWHERE, -1),)),
            "roll.deductions.temporarily_elsewhere",
        ),
    ],
)
def test_impossible_counts_are_refused(given: Roll, field: str) -> None:
    with pytest.raises(CountOutOfRange) as refused:
        worksheet(CongressForm.MEMBERS, given, settings=SETTINGS)
    assert refused.value.field == field


def test_present_beyond_those_summoned_is_refused() -> None:
    with pytest.raises(PresentExceedsRoll) as refused:
        worksheet(CongressForm.DELEGATES, roll(100, 101), settings=SETTINGS)
    assert (refused.value.present, refused.value.possible) == (101, 100)


@pytest.mark.parametrize(
    ("form", "ground"),
    [
        (CongressForm.DELEGATES, "delegate_absent_throughout_unreplaced"),
        (CongressForm.MEMBERS, "absent_throughout_approved"),
        (CongressForm.MEMBERS, "exempt_not_present"),
        (CongressForm.MEMBERS, "temporarily_elsewhere"),
        (CongressForm.MEETING, "on_leave_throughout"),
    ],
)
def test_those_deducted_as_absent_cannot_be_present(form: CongressForm, ground: str) -> None:
    worksheet(form, roll(100, 98, **{ground: 2}), settings=SETTINGS)
    with pytest.raises(PresentExceedsRoll) as refused:
        worksheet(form, roll(100, 99, **{ground: 2}), settings=SETTINGS)
    assert (refused.value.absent, refused.value.possible) == (2, 98)


def test_suspended_member_may_be_in_the_hall_and_is_only_told() -> None:
    sheet = worksheet(CongressForm.MEMBERS, roll(20, 20, suspended_charged_or_in_custody=1), settings=SETTINGS)
    assert sheet.base == 19
    assert sheet.present_beyond_base == 1


def test_temporarily_elsewhere_and_present_where_presence_does_not_count() -> None:
    settings = Settings(temporary_transfer_counted_when_present=False)
    sheet = worksheet(CongressForm.MEMBERS, roll(20, 20, temporarily_elsewhere=2), settings=settings)
    assert (sheet.base, sheet.present_beyond_base) == (18, 2)


def test_zero_is_an_honest_deduction() -> None:
    sheet = worksheet(CongressForm.MEMBERS, roll(20, 20, temporarily_elsewhere=0), settings=SETTINGS)
    assert (sheet.base, sheet.present_beyond_base) == (20, 0)


def test_hands_are_not_lowered_by_approved_absence() -> None:
    given = roll(20, 17, absent_throughout_approved=3)
    assert worksheet(CongressForm.MEMBERS, given, settings=SETTINGS).base == 17
    hands = show_of_hands_base(CongressForm.MEMBERS, given, settings=SETTINGS)
    assert (hands.members, hands.needed) == (20, 11)


def test_hands_are_lowered_by_those_elsewhere_and_exempt() -> None:
    given = roll(45, 38, temporarily_elsewhere=2, exempt_not_present=3, suspended_charged_or_in_custody=1)
    hands = show_of_hands_base(CongressForm.MEMBERS, given, settings=SETTINGS)
    assert hands.members == 40
    assert [line.ground for line in hands.deductions] == ["temporarily_elsewhere", "exempt_not_present"]


@pytest.mark.parametrize("form", [CongressForm.DELEGATES, CongressForm.MEETING])
def test_hands_of_delegates_and_meetings_are_of_all_summoned(form: CongressForm) -> None:
    assert show_of_hands_base(form, Roll(39, 35), settings=SETTINGS).members == 39


def test_hands_may_be_set_to_deduct_nobody() -> None:
    settings = Settings(show_of_hands_deducts="nobody")
    given = roll(45, 38, temporarily_elsewhere=2)
    assert show_of_hands_base(CongressForm.MEMBERS, given, settings=settings).members == 45


def test_hands_of_nobody_are_refused() -> None:
    with pytest.raises(NobodyInBase):
        show_of_hands_base(CongressForm.MEMBERS, roll(3, 0, temporarily_elsewhere=4), settings=SETTINGS)


def test_hands_have_no_base_that_a_ballot_could_be_measured_by() -> None:
    assert "base" not in {field.name for field in dataclasses.fields(ShowOfHandsBase)}
