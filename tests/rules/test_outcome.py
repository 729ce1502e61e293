"""Who is elected, who is an alternate, and every tie that nobody may break in silence."""

from __future__ import annotations

import pytest

from daihoi.rules.errors import CountOutOfRange, VotesMissing, VotesOfUnknownCandidate
from daihoi.rules.outcome import Tied, outcome, percent_of_base
from daihoi.rules.settings import Settings
from daihoi.rules.terms import CandidateId, CandidateOutcome, Contest, Office, RoundKind
from tests.rules.builders import contest, ids, votes_of

MAJORITY_NOT_NEEDED = Settings(alternates_need_majority=False)


def delegates(seats: int, number: int, alternates: int, kind: RoundKind = RoundKind.FIRST) -> Contest:
    return contest(seats, number, office=Office.DELEGATES, alternates=alternates, kind=kind)


# --- seats ---


def test_elected_are_told_from_the_highest_vote_down() -> None:
    come = outcome(contest(3, 4), votes_of(60, 90, 20, 75), 100)
    assert come.elected == ids(2, 4, 1)


def test_equal_winners_stand_in_ballot_order() -> None:
    assert outcome(contest(3, 4), votes_of(60, 90, 60, 10), 100).elected == ids(2, 1, 3)


def test_tie_wholly_above_the_cut_asks_for_nothing() -> None:
    come = outcome(contest(3, 4), votes_of(80, 80, 70, 60), 100)
    assert (come.elected, come.ties) == (ids(1, 2, 3), ())


def test_tie_wholly_below_the_cut_asks_for_nothing() -> None:
    come = outcome(contest(2, 4), votes_of(80, 70, 60, 60), 100)
    assert (come.elected, come.ties) == (ids(1, 2), ())
    assert come.by_candidate[CandidateId("c03")] is CandidateOutcome.QUALIFIED_NOT_ELECTED


def test_three_tied_for_two_seats() -> None:
    come = outcome(contest(3, 5), votes_of(90, 60, 60, 60, 55), 100)
    assert come.elected == ids(1)
    assert come.ties == (Tied(ids(2, 3, 4), 2),)
    assert come.by_candidate[CandidateId("c05")] is CandidateOutcome.QUALIFIED_NOT_ELECTED


def test_everybody_tied() -> None:
    come = outcome(contest(2, 3), votes_of(60, 60, 60), 100)
    assert (come.elected, come.ties) == ((), (Tied(ids(1, 2, 3), 2),))
    assert set(come.by_candidate.values()) == {CandidateOutcome.TIED}


def test_tie_of_those_who_are_not_past_half_is_no_tie() -> None:
    come = outcome(contest(1, 2, office=Office.SECRETARY), votes_of(50, 50), 100)
    assert (come.elected, come.ties, come.shortfall) == ((), (), 1)


def test_one_candidate_needs_more_than_half_of_the_base() -> None:
    one = contest(1, 1, office=Office.SECRETARY)
    assert outcome(one, votes_of(94), 186).elected == ids(1)
    assert outcome(one, votes_of(93), 186).shortfall == 1


def test_shortfall_counts_seats_nobody_is_qualified_for() -> None:
    come = outcome(contest(5, 3, office=Office.DEPUTY_SECRETARY), votes_of(90, 80, 20), 100)
    assert (come.elected, come.shortfall) == (ids(1, 2), 3)


# --- rounds ---


def test_further_round_needs_more_than_half() -> None:
    come = outcome(contest(1, 2, kind=RoundKind.FURTHER), votes_of(48, 45), 100)
    assert (come.elected, come.shortfall, come.by_plurality) == ((), 1, False)


def test_reballot_won_with_more_than_half_needs_no_confirmation() -> None:
    come = outcome(contest(1, 2, kind=RoundKind.TIE_REBALLOT), votes_of(60, 30), 100)
    assert come.elected == ids(1)
    assert not come.confirmation_required


def test_reballot_of_three_for_two_seats_by_plurality() -> None:
    come = outcome(contest(2, 3, kind=RoundKind.TIE_REBALLOT), votes_of(40, 30, 25), 100)
    assert (come.elected, come.shortfall) == (ids(1, 2), 0)
    assert come.by_candidate[CandidateId("c03")] is CandidateOutcome.NOT_QUALIFIED


def test_reballot_elects_nobody_without_a_vote() -> None:
    come = outcome(contest(1, 2, kind=RoundKind.TIE_REBALLOT), votes_of(0, 0), 100)
    assert (come.elected, come.ties, come.shortfall) == ((), (), 1)


def test_reballot_needs_more_than_half_where_plurality_is_switched_off() -> None:
    settings = Settings(tie_reballot_plurality=False)
    come = outcome(contest(1, 2, kind=RoundKind.TIE_REBALLOT), votes_of(48, 45), 100, settings=settings)
    assert (come.elected, come.shortfall, come.by_plurality) == ((), 1, False)


# --- alternates ---


def test_alternates_only_for_delegates() -> None:
    given = contest(1, 3, alternates=2)
    come = outcome(given, votes_of(90, 80, 70), 100)
    assert (come.alternates, come.alternates_shortfall) == ((), 0)


def test_alternates_need_more_than_half() -> None:
    come = outcome(delegates(1, 4, 2), votes_of(90, 60, 50, 40), 100)
    assert (come.alternates, come.alternates_shortfall) == (ids(2), 1)
    assert come.by_candidate[CandidateId("c03")] is CandidateOutcome.NOT_QUALIFIED


def test_alternates_may_be_set_to_need_no_majority() -> None:
    come = outcome(delegates(1, 4, 2), votes_of(90, 60, 50, 40), 100, settings=MAJORITY_NOT_NEEDED)
    assert come.alternates == ids(2, 3)
    assert come.by_candidate[CandidateId("c03")] is CandidateOutcome.ALTERNATE


@pytest.mark.parametrize("settings", [Settings(), MAJORITY_NOT_NEEDED])
def test_no_alternate_where_the_official_seats_are_not_filled(settings: Settings) -> None:
    come = outcome(delegates(3, 5, 2), votes_of(90, 60, 50, 40, 30), 100, settings=settings)
    assert (come.elected, come.alternates) == (ids(1, 2), ())
    assert (come.shortfall, come.alternates_shortfall) == (1, 2)


def test_tie_at_the_last_place_of_alternates() -> None:
    come = outcome(delegates(1, 4, 2), votes_of(90, 80, 60, 60), 100)
    assert (come.elected, come.alternates) == (ids(1), ids(2))
    assert come.ties == (Tied(ids(3, 4), 1, for_alternates=True),)
    assert come.by_candidate[CandidateId("c04")] is CandidateOutcome.TIED


def test_equal_alternates_who_both_fit_are_told() -> None:
    come = outcome(delegates(1, 5, 3), votes_of(90, 70, 80, 70, 60), 100)
    assert come.alternates == ids(3, 2, 4)
    assert come.equal_alternates == (ids(2, 4),)
    assert come.ties == ()


def test_no_alternate_has_a_rank_while_the_last_official_seat_is_tied() -> None:
    come = outcome(delegates(2, 6, 2), votes_of(90, 70, 70, 60, 55, 40), 100)
    assert come.alternates == ()
    assert come.ties == (Tied(ids(2, 3), 1),)
    assert come.awaiting_alternates == ids(4, 5)
    assert come.by_candidate[CandidateId("c04")] is CandidateOutcome.QUALIFIED_NOT_ELECTED
    assert come.alternates_shortfall == 0


def test_losers_of_the_reballot_count_towards_the_alternates() -> None:
    come = outcome(delegates(1, 3, 3), votes_of(70, 70, 30), 100)
    assert come.awaiting_alternates == ()
    assert come.alternates_shortfall == 2


def test_reballot_of_three_for_one_official_seat_ranks_the_losers() -> None:
    come = outcome(delegates(1, 3, 2, RoundKind.TIE_REBALLOT), votes_of(30, 45, 20), 100)
    assert (come.elected, come.alternates) == (ids(2), ids(1, 3))
    assert come.by_plurality


# --- what cannot be ---


def test_votes_for_a_stranger_are_refused() -> None:
    with pytest.raises(VotesOfUnknownCandidate) as refused:
        outcome(contest(1, 2), votes_of(1, 2, 3), 10)
    assert refused.value.candidate == "c03"


def test_missing_votes_are_refused() -> None:
    with pytest.raises(VotesMissing) as refused:
        outcome(contest(1, 2), votes_of(1), 10)
    assert refused.value.candidate == "c02"


@pytest.mark.parametrize(
    ("given", "votes", "base", "field"),
    [
        (contest(1, 2), votes_of(1, 1), 0, "base"),
        (contest(0, 2), votes_of(1, 1), 10, "seats"),
        (contest(1, 2), votes_of(1, -1), 10, "votes.c02"),
    ],
)
def test_impossible_figures_are_refused(given: Contest, votes: dict[CandidateId, int], base: int, field: str) -> None:
    with pytest.raises(CountOutOfRange) as refused:
        outcome(given, votes, base)
    assert refused.value.field == field


# --- percent ---


@pytest.mark.parametrize(
    ("votes", "base", "shown"),
    [
        (125, 248, "50.40"),
        (124, 248, "50.00"),
        (0, 7, "0.00"),
        (7, 7, "100.00"),
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (1, 800, "0.13"),
        (1, 20_000, "0.01"),
        (1, 20_001, "0.00"),
        (116, 231, "50.22"),
    ],
)
def test_percent_of_base_has_two_decimals_half_up(votes: int, base: int, shown: str) -> None:
    assert percent_of_base(votes, base) == shown


def test_percent_of_nobody_is_refused() -> None:
    with pytest.raises(CountOutOfRange):
        percent_of_base(1, 0)
