"""The 26 worked examples of the rules, each as a test that bears its number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daihoi.rules.ballot import ballot_form, classify
from daihoi.rules.base import is_elected, worksheet
from daihoi.rules.deadlines import complaints_last_day, sealed_until
from daihoi.rules.lists import Severity, support_is_enough
from daihoi.rules.outcome import Tied, outcome, percent_of_base
from daihoi.rules.reconciliation import ReconciliationInput, failed, reconcile
from daihoi.rules.terms import (
    BallotForm,
    Candidate,
    CandidateId,
    CandidateOutcome,
    CongressForm,
    InvalidGround,
    Office,
    RoundKind,
    Source,
    Standing,
)
from tests.rules.builders import SETTINGS, contest, findings, ids, marks, people, roll, votes_of

FIGURES = ReconciliationInput(
    present=248, printed=250, issued=248, collected=247, seats=15, valid=245, invalid=2, scanned=247, unused=2
)


def test_example_01_more_than_half_of_those_summoned_less_the_absent_throughout() -> None:
    sheet = worksheet(
        CongressForm.DELEGATES, roll(250, 248, delegate_absent_throughout_unreplaced=2), settings=SETTINGS
    )
    assert (sheet.base, sheet.needed) == (248, 125)
    assert is_elected(125, sheet.base)
    assert percent_of_base(125, sheet.base) == "50.40"
    assert failed(reconcile(FIGURES)) == ()


def test_example_02_exactly_half_is_not_elected() -> None:
    assert not is_elected(124, 248)
    assert percent_of_base(124, 248) == "50.00"


def test_example_03_absent_only_at_the_vote_stays_in_the_base() -> None:
    sheet = worksheet(CongressForm.DELEGATES, roll(250, 248), settings=SETTINGS)
    assert (sheet.base, sheet.needed) == (250, 126)
    assert not is_elected(125, sheet.base)


def test_example_04_replaced_delegates_leave_the_base_as_it_was() -> None:
    sheet = worksheet(CongressForm.DELEGATES, roll(250, 250), settings=SETTINGS)
    assert not is_elected(125, sheet.base)
    assert is_elected(126, sheet.base)


def test_example_05_convening_members_and_unreplaced_delegates() -> None:
    given = roll(240, 230, convening_member_absent_throughout=6, delegate_absent_throughout_unreplaced=3)
    sheet = worksheet(CongressForm.DELEGATES, given, settings=SETTINGS)
    assert sheet.base == 231
    assert not is_elected(115, sheet.base)
    assert is_elected(116, sheet.base)
    assert percent_of_base(116, sheet.base) == "50.22"


@pytest.mark.parametrize(("number", "approved", "base"), [(6, 0, 11), (7, 1, 10)])
def test_example_06_and_07_branch_of_eleven(number: int, approved: int, base: int) -> None:
    sheet = worksheet(CongressForm.MEMBERS, roll(11, 10, absent_throughout_approved=approved), settings=SETTINGS)
    assert sheet.base == base
    assert not is_elected(5, sheet.base)
    assert is_elected(6, sheet.base)


def test_example_08_members_congress() -> None:
    given = roll(
        45,
        38,
        temporarily_elsewhere=2,
        exempt_not_present=3,
        suspended_charged_or_in_custody=1,
        absent_throughout_approved=1,
    )
    sheet = worksheet(CongressForm.MEMBERS, given, settings=SETTINGS)
    assert (sheet.base, sheet.needed) == (38, 20)


@pytest.mark.parametrize(
    ("left", "ground"),
    [
        (15, None),
        (12, None),
        (16, InvalidGround.OVER_VOTE),
        (17, InvalidGround.OVER_VOTE),
        (0, InvalidGround.VOTES_NOBODY),
    ],
)
def test_example_09_names_left_standing(left: int, ground: InvalidGround | None) -> None:
    given = classify(marks("K" * left + "S" * (17 - left)), contest=contest(15, 17), settings=SETTINGS)
    assert given.grounds == (() if ground is None else (ground,))
    assert given.standing is (Standing.VALID if ground is None else Standing.INVALID)
    assert len(given.votes) == (left if ground is None else 0)


def test_example_10_both_and_none_without_surplus_leave_the_ballot_valid() -> None:
    given = classify(marks("ABN"), contest=contest(3, 3), settings=SETTINGS)
    assert given.standing is Standing.VALID
    assert given.votes == ids(1)


@pytest.mark.parametrize(
    ("word", "standing", "votes", "grounds"),
    [
        ("A", Standing.VALID, ids(1), ()),
        ("D", Standing.VALID, (), ()),
        ("B", Standing.INVALID, (), (InvalidGround.SINGLE_BOTH,)),
        ("N", Standing.INVALID, (), (InvalidGround.SINGLE_NONE,)),
    ],
)
def test_example_11_one_candidate(
    word: str, standing: Standing, votes: tuple[CandidateId, ...], grounds: tuple[InvalidGround, ...]
) -> None:
    one_name = contest(1, 1, office=Office.SECRETARY)
    assert ballot_form(one_name) is BallotForm.AGREE_DISAGREE
    given = classify(marks(word), contest=one_name, settings=SETTINGS)
    assert (given.standing, given.votes, given.grounds) == (standing, votes, grounds)


def test_example_12_qualified_but_not_elected() -> None:
    come = outcome(contest(3, 5), votes_of(80, 70, 60, 52, 30), 100)
    assert come.elected == ids(1, 2, 3)
    assert come.by_candidate[CandidateId("c04")] is CandidateOutcome.QUALIFIED_NOT_ELECTED
    assert come.by_candidate[CandidateId("c05")] is CandidateOutcome.NOT_QUALIFIED
    assert (come.ties, come.shortfall) == ((), 0)


def test_example_13_tie_at_the_last_seat_asks_for_a_reballot() -> None:
    come = outcome(contest(3, 5), votes_of(80, 70, 55, 55, 40), 100)
    assert come.elected == ids(1, 2)
    assert come.ties == (Tied(ids(3, 4), 1),)
    assert come.shortfall == 0


def test_example_14_reballot_is_won_by_plurality() -> None:
    come = outcome(contest(1, 2, kind=RoundKind.TIE_REBALLOT), votes_of(48, 45), 100)
    assert come.elected == ids(1)
    assert come.by_plurality
    assert come.confirmation_required


def test_example_15_second_tie_elects_nobody() -> None:
    come = outcome(contest(1, 2, kind=RoundKind.TIE_REBALLOT), votes_of(47, 47), 100)
    assert come.elected == ()
    assert come.ties == (Tied(ids(1, 2), 1),)


def test_example_16_tied_people_who_all_fit_need_no_reballot() -> None:
    come = outcome(contest(3, 4), votes_of(80, 55, 55, 40), 100)
    assert come.elected == ids(1, 2, 3)
    assert come.ties == ()


def test_example_17_shortfall() -> None:
    come = outcome(contest(3, 4), votes_of(80, 50, 50, 30), 100)
    assert come.elected == ids(1)
    assert (come.shortfall, come.ties) == (2, ())


def test_example_18_floor_nominees_and_the_prepared_band() -> None:
    floor = Candidate(CandidateId("c31"), "Nguyễn Văn A31", source=Source.FLOOR, support=75)
    listed = contest(27, (*people(30), floor), prepared=30, attending=248)
    assert support_is_enough(75, 248, SETTINGS)
    assert findings(listed) == {}
    fails = replace(listed, candidates=(*people(30), replace(floor, support=74)))
    finding = findings(fails)["support_over_30_percent"]
    assert finding.severity is Severity.REFUSE
    assert finding.fields["needed"] == 75


def test_example_19_surplus_of_five_for_fifteen_seats_is_refused() -> None:
    finding = findings(contest(15, 20))["surplus_within_limit"]
    assert finding.severity is Severity.REFUSE
    assert (finding.fields["surplus"], finding.fields["limit"]) == (5, 4)


def test_example_20_one_more_than_three_seats_is_allowed() -> None:
    assert "surplus_within_limit" not in findings(contest(3, 4))


def test_example_21_alternates_in_rank() -> None:
    given = contest(10, 13, office=Office.DELEGATES, alternates=2)
    come = outcome(given, votes_of(190, 185, 180, 175, 170, 165, 160, 155, 150, 130, 110, 101, 100), 200)
    assert come.elected == ids(*range(1, 11))
    assert come.alternates == ids(11, 12)
    assert come.by_candidate[CandidateId("c13")] is CandidateOutcome.NOT_QUALIFIED


def test_example_22_tie_between_last_official_and_first_alternate() -> None:
    given = contest(10, 13, office=Office.DELEGATES, alternates=2)
    come = outcome(given, votes_of(190, 185, 180, 175, 170, 165, 160, 155, 150, 130, 130, 101, 100), 200)
    assert come.elected == ids(*range(1, 10))
    assert come.ties == (Tied(ids(10, 11), 1),)
    assert come.alternates == ()
    assert come.awaiting_alternates == ids(12)
    again = contest(1, people(2), office=Office.DELEGATES, kind=RoundKind.TIE_REBALLOT, alternates=1)
    settled = outcome(again, votes_of(97, 95), 200)
    assert (settled.elected, settled.alternates) == (ids(1), ids(2))


def test_example_23_more_collected_than_issued_stops() -> None:
    checks = failed(reconcile(replace(FIGURES, collected=249, scanned=249, valid=247)))
    assert [(check.check, check.difference) for check in checks] == [("collected_within_issued", 1)]


def test_example_24_valid_and_invalid_must_be_the_collected() -> None:
    checks = failed(reconcile(replace(FIGURES, collected=248, scanned=248, valid=240, invalid=7)))
    assert [(check.check, check.difference) for check in checks] == [("valid_and_invalid_are_collected", -1)]


def test_example_25_complaints_after_fifteen_working_days() -> None:
    assert complaints_last_day(date(2025, 10, 10), frozenset()) == date(2025, 10, 31)


def test_example_26_sealed_for_six_months() -> None:
    assert sealed_until(date(2025, 10, 10)) == date(2026, 4, 10)
