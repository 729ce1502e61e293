"""Whole elections from roll to result, as a congress lives them: Nà Lương in Thanh Giang, which do not exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daihoi.rules.ballot import BallotAnswer, Classified, ballot_form, classify, most_names
from daihoi.rules.base import BaseWorksheet, worksheet
from daihoi.rules.edition import edition_for
from daihoi.rules.lists import Severity, check_list
from daihoi.rules.outcome import Outcome, Tied, outcome
from daihoi.rules.reconciliation import Check, ReconciliationInput, failed, reconcile
from daihoi.rules.tally import Tally, tally
from daihoi.rules.terms import BallotForm, CongressForm, Contest, InvalidGround, Office, RoundKind
from tests.rules.builders import SETTINGS, contest, ids, marks, people, roll

OPENS = date(2025, 7, 28)
ROLL = roll(190, 185, convening_member_absent_throughout=2, delegate_absent_throughout_unreplaced=2)
BASE = worksheet(CongressForm.DELEGATES, ROLL, settings=SETTINGS)


@dataclass(frozen=True)
class Counted:
    """One election, counted."""

    tally: Tally
    checks: tuple[Check, ...]
    outcome: Outcome


def ballots(given: Contest, pile: Sequence[tuple[int, str]]) -> list[Classified]:
    """`(number, words)`: so many ballots with these marks."""
    return [classify(marks(words), contest=given, settings=SETTINGS) for number, words in pile for _ in range(number)]


def count(given: Contest, classified: Sequence[Classified], base: BaseWorksheet = BASE) -> Counted:
    """As a counting board does it, with a pile that is complete."""
    counted = tally(classified, given)
    number = len(classified)
    checks = reconcile(
        ReconciliationInput(
            present=base.present,
            printed=base.present + 15,
            issued=number,
            collected=number,
            seats=most_names(given, SETTINGS),
            valid=counted.valid,
            invalid=counted.invalid,
            votes=counted.votes,
            scanned=number,
            unused=base.present + 15 - number,
            undecided=counted.undecided,
        )
    )
    return Counted(counted, checks, outcome(given, counted.votes, base.base, settings=SETTINGS))


def list_severities(given: Contest, form: CongressForm = CongressForm.DELEGATES) -> set[Severity]:
    found = check_list(
        given,
        form=form,
        edition=edition_for(OPENS),
        settings=SETTINGS,
        overrides=(),
        board_names=("Hoàng Thị Mai",),
        roll=ROLL,
    )
    return {finding.severity for finding in found}


def test_base_of_the_congress() -> None:
    assert (BASE.base, BASE.needed, BASE.present) == (186, 94, 185)


def test_committee_of_39_from_44() -> None:
    committee = contest(39, 44)
    assert list_severities(committee) == set()
    assert ballot_form(committee) is BallotForm.STRIKE_OUT
    # 100 voters strike the last five, 60 the first five, 20 strike ten, 3 strike nobody, 2 strike all.
    pile = [
        (100, "K" * 39 + "S" * 5),
        (60, "S" * 5 + "K" * 39),
        (20, "K" * 34 + "S" * 10),
        (3, "K" * 44),
        (2, "S" * 44),
    ]
    come = count(committee, ballots(committee, pile))
    assert (come.tally.valid, come.tally.invalid) == (180, 5)
    assert come.tally.invalid_by_ground == {InvalidGround.OVER_VOTE: 3, InvalidGround.VOTES_NOBODY: 2}
    assert come.tally.by_marks == 5
    assert failed(come.checks) == ()
    # c06 to c34 have all 180, c35 to c39 have 160, c01 to c05 have 120, c40 to c44 have 60 of 186.
    assert come.outcome.elected == (*ids(*range(6, 40)), *ids(*range(1, 6)))
    assert (come.outcome.ties, come.outcome.shortfall) == ((), 0)


def test_secretary_elected_directly_with_one_name() -> None:
    secretary = contest(1, 1, office=Office.SECRETARY)
    assert list_severities(secretary) == set()
    assert ballot_form(secretary) is BallotForm.AGREE_DISAGREE
    elected = count(secretary, ballots(secretary, [(94, "A"), (89, "D"), (1, "B"), (1, "N")]))
    assert elected.outcome.elected == ids(1)
    assert elected.tally.invalid_by_ground == {InvalidGround.SINGLE_BOTH: 1, InvalidGround.SINGLE_NONE: 1}
    # One voter changes his mind: half of the base is not more than half.
    missed = count(secretary, ballots(secretary, [(93, "A"), (90, "D"), (1, "B"), (1, "N")]))
    assert (missed.outcome.elected, missed.outcome.shortfall) == ((), 1)


def test_secretary_with_two_names_is_a_strike_out_ballot() -> None:
    secretary = contest(1, 2, office=Office.SECRETARY)
    come = count(secretary, ballots(secretary, [(95, "KS"), (85, "SK"), (4, "KK"), (1, "SS")]))
    assert come.outcome.elected == ids(1)
    assert come.tally.invalid == 5


def test_delegates_with_alternates_and_a_reballot_for_the_last_seat() -> None:
    delegates = contest(3, 6, office=Office.DELEGATES, alternates=1)
    assert list_severities(delegates) == {Severity.WARN}
    pile = [(60, "KKKSSS"), (50, "KKSKSS"), (50, "KSKKSS"), (20, "SSKKKS"), (5, "SSKKSK")]
    first = count(delegates, ballots(delegates, pile))
    # c01 160, c03 135, c04 125, c02 110, c05 20, c06 5.
    assert (first.outcome.elected, first.outcome.alternates) == (ids(1, 3, 4), ids(2))

    tied = count(delegates, ballots(delegates, [(60, "KKKSSS"), (60, "KKSKSS"), (60, "KSKKSS"), (5, "KSSSSK")]))
    assert tied.outcome.elected == ids(1)
    assert tied.outcome.ties == (Tied(ids(2, 3, 4), 2),)
    assert tied.outcome.alternates == ()

    again = contest(2, people(4)[1:], office=Office.DELEGATES, kind=RoundKind.TIE_REBALLOT, alternates=1)
    assert Severity.REFUSE not in list_severities(again)
    second = outcome(again, dict(zip(ids(2, 3, 4), (90, 60, 92), strict=True)), BASE.base)
    assert (second.elected, second.alternates) == (ids(4, 2), ids(3))
    assert second.confirmation_required


def test_shortfall_then_a_further_round() -> None:
    committee = contest(3, 4, prepared=4)
    first = count(committee, ballots(committee, [(93, "KKSS"), (92, "KSKS")]))
    assert (first.outcome.elected, first.outcome.shortfall) == (ids(1), 2)
    further = contest(2, people(4)[1:], kind=RoundKind.FURTHER)
    assert list_severities(further) == set()
    second = outcome(further, dict(zip(ids(2, 3, 4), (120, 93, 60), strict=True)), BASE.base)
    assert (second.elected, second.shortfall, second.by_plurality) == (ids(2), 1, False)


def test_doubtful_ballots_wait_and_then_the_result_is_whole() -> None:
    committee = contest(3, 4)
    clear = ballots(committee, [(180, "KKKS")])
    open_marks = ["K?KS", "KKK?", "????", "KKKS", "KKKS"]
    observed: list[InvalidGround | None] = [None, None, None, InvalidGround.SIGNED_OR_EXTRA_TEXT, None]

    def put(words: Sequence[str], answer: BallotAnswer | None) -> list[Classified]:
        return [
            classify(
                marks(word),
                contest=committee,
                observed=() if seen is None else (seen,),
                decision=answer if seen else None,
                settings=SETTINGS,
            )
            for word, seen in zip(words, observed, strict=True)
        ]

    before = count(committee, [*clear, *put(open_marks, None)])
    assert before.tally.undecided == 4
    assert failed(before.checks) == ()
    assert {check.check for check in before.checks if check.holds is None} == {"valid_and_invalid_are_collected"}

    after = count(
        committee, [*clear, *put(["KSKS", "KKKK", "SSSS", "KKKS", "KKKS"], InvalidGround.SIGNED_OR_EXTRA_TEXT)]
    )
    assert (after.tally.valid, after.tally.invalid, after.tally.undecided) == (182, 3, 0)
    assert after.tally.invalid_by_ground == {
        InvalidGround.SIGNED_OR_EXTRA_TEXT: 1,
        InvalidGround.OVER_VOTE: 1,
        InvalidGround.VOTES_NOBODY: 1,
    }
    # Those spoiled by their marks alone are for the board to confirm as a body; the signed one it judged itself.
    assert after.tally.by_marks == 2
    assert all(check.holds for check in after.checks)
    assert [after.tally.votes[one] for one in ids(1, 2, 3, 4)] == [182, 181, 182, 0]


def test_first_meeting_of_the_new_committee_has_a_base_of_its_own() -> None:
    meeting = worksheet(CongressForm.MEETING, roll(39, 37, on_leave_throughout=2), settings=SETTINGS)
    standing = contest(11, 13, office=Office.STANDING_COMMITTEE)
    assert list_severities(standing, CongressForm.MEETING) <= {Severity.WARN}
    come = count(standing, ballots(standing, [(19, "K" * 11 + "SS"), (18, "SS" + "K" * 11)]), meeting)
    # 19 of 37 is more than half, 18 is not: everybody but the last two is in.
    assert (meeting.base, meeting.needed) == (37, 19)
    assert come.outcome.elected == (*ids(*range(3, 12)), *ids(1, 2))
    assert come.outcome.shortfall == 0


def test_branch_elects_its_committee_then_its_secretary() -> None:
    branch = worksheet(CongressForm.MEMBERS, roll(24, 20, exempt_not_present=2), settings=SETTINGS)
    assert (branch.base, branch.needed) == (22, 12)
    committee = contest(3, 4)
    assert Severity.REFUSE not in list_severities(committee, CongressForm.MEMBERS)
    come = count(committee, ballots(committee, [(12, "KKKS"), (8, "SKKK")]), branch)
    assert come.outcome.elected == ids(2, 3, 1)
    secretary = contest(1, 1, office=Office.SECRETARY)
    assert count(secretary, ballots(secretary, [(11, "A"), (9, "D")]), branch).outcome.elected == ()
    assert count(secretary, ballots(secretary, [(12, "A"), (8, "D")]), branch).outcome.elected == ids(1)
