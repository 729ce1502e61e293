"""From marks to a standing: what is final, what waits for the board, and what nobody may decide."""

from __future__ import annotations

import pytest

from daihoi.rules.ballot import OBSERVED_GROUNDS, ballot_form, check_marks, classify, in_order, most_names
from daihoi.rules.errors import GroundNotInMarks, MarkOfAnotherForm, MissingMark, UnknownCandidate
from daihoi.rules.settings import Settings
from daihoi.rules.terms import BallotForm, CandidateId, InvalidGround, Mark, Office, Standing
from tests.rules.builders import SETTINGS, contest, ids, marks

STRIKE = contest(2, 4)
AGREE = contest(3, 3, office=Office.DEPUTY_SECRETARY)
SINGLE = contest(1, 1, office=Office.SECRETARY)
SIGNED = InvalidGround.SIGNED_OR_EXTRA_TEXT
MARKED = InvalidGround.DISTINGUISHING_MARK


@pytest.mark.parametrize(
    ("seats", "candidates", "form"),
    [
        (15, 17, BallotForm.STRIKE_OUT),
        (1, 2, BallotForm.STRIKE_OUT),
        (3, 3, BallotForm.AGREE_DISAGREE),
        (1, 1, BallotForm.AGREE_DISAGREE),
        (5, 3, BallotForm.AGREE_DISAGREE),
    ],
)
def test_form_follows_from_arithmetic(seats: int, candidates: int, form: BallotForm) -> None:
    assert ballot_form(contest(seats, candidates)) is form


# --- strike-out ---


@pytest.mark.parametrize(
    ("words", "votes"), [("KKSS", ids(1, 2)), ("SSSK", ids(4)), ("SKSK", ids(2, 4)), ("KSSS", ids(1))]
)
def test_names_left_standing_are_votes(words: str, votes: tuple[CandidateId, ...]) -> None:
    found = classify(marks(words), contest=STRIKE, settings=SETTINGS)
    assert (found.standing, found.votes) == (Standing.VALID, votes)


def test_untouched_ballot_is_an_over_vote() -> None:
    found = classify(marks("KKKK"), contest=STRIKE, settings=SETTINGS)
    assert found.grounds == (InvalidGround.OVER_VOTE,)
    assert found.by_marks


def test_everybody_struck_votes_for_nobody() -> None:
    found = classify(marks("SSSS"), contest=STRIKE, settings=SETTINGS)
    assert (found.standing, found.grounds) == (Standing.INVALID, (InvalidGround.VOTES_NOBODY,))
    assert found.by_marks


def test_over_vote_by_clear_marks_needs_no_doubtful_mark() -> None:
    found = classify(marks("KKK?"), contest=STRIKE, settings=SETTINGS)
    assert found.standing is Standing.INVALID
    assert found.awaiting_marks == ()


@pytest.mark.parametrize("words", ["KK?S", "?SSS", "K???", "????"])
def test_doubtful_marks_that_decide_are_waited_for(words: str) -> None:
    found = classify(marks(words), contest=STRIKE, settings=SETTINGS)
    assert found.standing is Standing.UNDECIDED
    assert found.awaiting_marks == tuple(one for one, word in zip(ids(1, 2, 3, 4), words, strict=True) if word == "?")
    assert not found.awaiting_ballot
    assert found.votes == ()


# --- agree and disagree ---


@pytest.mark.parametrize(
    ("words", "votes"), [("AAA", ids(1, 2, 3)), ("ADD", ids(1)), ("NAB", ids(2)), ("BBA", ids(3)), ("ANN", ids(1))]
)
def test_both_or_neither_takes_the_vote_from_that_person_alone(words: str, votes: tuple[CandidateId, ...]) -> None:
    found = classify(marks(words), contest=AGREE, settings=SETTINGS)
    assert (found.standing, found.votes) == (Standing.VALID, votes)


@pytest.mark.parametrize(
    ("words", "proposal"),
    [
        ("DDD", "valid"),
        ("DNB", "valid"),
        ("NNN", InvalidGround.VOTES_NOBODY),
        ("BBB", InvalidGround.VOTES_NOBODY),
        ("BNN", InvalidGround.VOTES_NOBODY),
    ],
)
def test_nobody_agreed_to_goes_to_the_board_with_a_proposal(words: str, proposal: str) -> None:
    found = classify(marks(words), contest=AGREE, settings=SETTINGS)
    assert (found.standing, found.proposal) == (Standing.UNDECIDED, proposal)
    assert found.awaiting_ballot
    assert found.grounds == ()


@pytest.mark.parametrize(
    ("setting", "words", "proposal"),
    [
        ("propose_invalid", "DDD", InvalidGround.VOTES_NOBODY),
        ("propose_valid", "NNN", "valid"),
        ("propose_by_disagree", "DNN", "valid"),
    ],
)
def test_proposal_for_nobody_agreed_to_is_a_setting(setting: str, words: str, proposal: str) -> None:
    found = classify(marks(words), contest=AGREE, settings=Settings(no_agree_ballot=setting))
    assert found.proposal == proposal


def test_board_may_hold_a_ballot_that_agrees_to_nobody_valid_or_not() -> None:
    valid = classify(marks("DDN"), contest=AGREE, decision="valid", settings=SETTINGS)
    assert (valid.standing, valid.votes, valid.proposal) == (Standing.VALID, (), None)
    nobody = classify(marks("DDN"), contest=AGREE, decision=InvalidGround.VOTES_NOBODY, settings=SETTINGS)
    assert (nobody.standing, nobody.grounds) == (Standing.INVALID, (InvalidGround.VOTES_NOBODY,))
    assert not nobody.by_marks


def test_doubtful_mark_comes_before_the_question_of_nobody() -> None:
    found = classify(marks("DD?"), contest=AGREE, settings=SETTINGS)
    assert found.awaiting_marks == ids(3)
    assert not found.awaiting_ballot


# --- one candidate ---


def test_one_candidate_doubtful_is_waited_for() -> None:
    assert classify(marks("?"), contest=SINGLE, settings=SETTINGS).awaiting_marks == ids(1)


@pytest.mark.parametrize(("word", "ground"), [("B", InvalidGround.SINGLE_BOTH), ("N", InvalidGround.SINGLE_NONE)])
def test_one_candidate_both_or_neither_is_final(word: str, ground: InvalidGround) -> None:
    found = classify(marks(word), contest=SINGLE, decision="valid", settings=SETTINGS)
    assert found.grounds == (ground,)
    assert found.by_marks


def test_blank_ballot_of_one_candidate_may_be_set_valid() -> None:
    found = classify(marks("N"), contest=SINGLE, settings=Settings(blank_single_ballot="valid"))
    assert (found.standing, found.votes) == (Standing.VALID, ())


def test_one_candidate_for_several_seats_is_still_a_ballot_of_one() -> None:
    found = classify(marks("B"), contest=contest(2, 1, office=Office.DEPUTY_SECRETARY), settings=SETTINGS)
    assert found.grounds == (InvalidGround.SINGLE_BOTH,)


# --- what a reader observed, what the board decided ---


@pytest.mark.parametrize("ground", OBSERVED_GROUNDS)
def test_observed_ground_is_proposed_and_never_final(ground: InvalidGround) -> None:
    found = classify(marks("KKSS"), contest=STRIKE, observed=(ground,), settings=SETTINGS)
    assert (found.standing, found.proposal, found.grounds) == (Standing.UNDECIDED, ground, ())
    assert found.awaiting_ballot


def test_first_of_several_observed_grounds_is_proposed() -> None:
    found = classify(marks("KKSS"), contest=STRIKE, observed=(MARKED, SIGNED), settings=SETTINGS)
    assert found.proposal is SIGNED
    assert found.observed == (SIGNED, MARKED)


def test_board_may_hold_an_observed_ballot_valid() -> None:
    found = classify(marks("KKSS"), contest=STRIKE, observed=(MARKED,), decision="valid", settings=SETTINGS)
    assert (found.standing, found.votes) == (Standing.VALID, ids(1, 2))


def test_board_may_name_another_ground_than_the_observed() -> None:
    found = classify(marks("KKSS"), contest=STRIKE, observed=(MARKED,), decision=SIGNED, settings=SETTINGS)
    assert found.grounds == (SIGNED,)
    assert not found.by_marks


def test_ground_named_by_the_board_needs_no_doubtful_mark() -> None:
    found = classify(marks("K??S"), contest=STRIKE, decision=MARKED, settings=SETTINGS)
    assert (found.standing, found.awaiting_marks) == (Standing.INVALID, ())


def test_valid_does_not_answer_a_doubtful_mark() -> None:
    found = classify(marks("K?SS"), contest=STRIKE, observed=(MARKED,), decision="valid", settings=SETTINGS)
    assert (found.standing, found.awaiting_marks, found.awaiting_ballot) == (Standing.UNDECIDED, ids(2), False)


def test_doubtful_and_observed_are_both_waited_for() -> None:
    found = classify(marks("K?SS"), contest=STRIKE, observed=(MARKED,), settings=SETTINGS)
    assert (found.awaiting_marks, found.awaiting_ballot, found.proposal) == (ids(2), True, MARKED)


def test_observed_on_a_ballot_that_clear_marks_spoil_needs_no_answer() -> None:
    found = classify(marks("KKKK"), contest=STRIKE, observed=(SIGNED,), settings=SETTINGS)
    assert (found.standing, found.awaiting_ballot) == (Standing.INVALID, False)
    assert found.grounds == (InvalidGround.OVER_VOTE,)


def test_valid_never_overrides_clear_marks() -> None:
    found = classify(marks("KKKS"), contest=STRIKE, decision="valid", settings=SETTINGS)
    assert found.grounds == (InvalidGround.OVER_VOTE,)


def test_all_grounds_are_recorded_in_the_order_in_which_they_are_printed() -> None:
    found = classify(marks("KKKS"), contest=STRIKE, decision=InvalidGround.NOT_ISSUED, settings=SETTINGS)
    assert found.grounds == (InvalidGround.NOT_ISSUED, InvalidGround.OVER_VOTE)
    assert found.by_marks


def test_grounds_are_ordered_and_each_once() -> None:
    given = [MARKED, InvalidGround.NOT_ISSUED, MARKED]
    assert in_order(given) == (InvalidGround.NOT_ISSUED, MARKED)


def test_answer_that_repeats_the_marks_is_accepted() -> None:
    found = classify(marks("KKKS"), contest=STRIKE, decision=InvalidGround.OVER_VOTE, settings=SETTINGS)
    assert found.grounds == (InvalidGround.OVER_VOTE,)


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        ("KKSS", InvalidGround.OVER_VOTE),
        ("KKSS", InvalidGround.VOTES_NOBODY),
        ("KK??", InvalidGround.OVER_VOTE),
        ("KKSS", InvalidGround.SINGLE_NONE),
    ],
)
def test_ground_of_the_marks_cannot_be_decided_against_them(words: str, ground: InvalidGround) -> None:
    with pytest.raises(GroundNotInMarks) as refused:
        classify(marks(words), contest=STRIKE, decision=ground, settings=SETTINGS)
    assert refused.value.ground == ground


@pytest.mark.parametrize("words", ["DA", "D?"])
def test_nobody_cannot_be_decided_where_somebody_is_or_may_be_agreed_to(words: str) -> None:
    with pytest.raises(GroundNotInMarks):
        classify(
            marks(words),
            contest=contest(2, 2, office=Office.DEPUTY_SECRETARY),
            decision=InvalidGround.VOTES_NOBODY,
            settings=SETTINGS,
        )


# --- a ballot that was not read ---


def test_unread_ballot_may_be_set_aside_as_not_issued() -> None:
    found = classify({}, contest=STRIKE, decision=InvalidGround.NOT_ISSUED, settings=SETTINGS)
    assert (found.standing, found.grounds) == (Standing.INVALID, (InvalidGround.NOT_ISSUED,))
    assert not found.by_marks


@pytest.mark.parametrize("decision", [None, "valid"])
def test_unread_ballot_with_something_observed_waits(decision: InvalidGround | None) -> None:
    found = classify({}, contest=STRIKE, observed=(SIGNED,), decision=decision, settings=SETTINGS)
    assert (found.standing, found.awaiting_ballot, found.proposal) == (Standing.UNDECIDED, True, SIGNED)


@pytest.mark.parametrize("decision", [None, "valid", InvalidGround.VOTES_NOBODY])
def test_ballot_without_marks_is_refused(decision: InvalidGround | None) -> None:
    with pytest.raises(MissingMark):
        classify({}, contest=AGREE, decision=decision, settings=SETTINGS)


# --- marks of another contest or form ---


def test_mark_for_a_stranger_is_refused() -> None:
    with pytest.raises(UnknownCandidate) as refused:
        check_marks(marks("KKSSS"), STRIKE)
    assert (refused.value.candidate, refused.value.contest) == ("c05", "bch")


def test_missing_mark_is_refused_by_candidate() -> None:
    with pytest.raises(MissingMark) as refused:
        classify(marks("KKS"), contest=STRIKE, settings=SETTINGS)
    assert refused.value.candidate == "c04"


@pytest.mark.parametrize(("given", "words"), [(STRIKE, "KKSA"), (AGREE, "AAK"), (SINGLE, "S"), (STRIKE, "NKSS")])
def test_word_of_another_form_is_refused(given: object, words: str) -> None:
    with pytest.raises(MarkOfAnotherForm) as refused:
        check_marks(marks(words), given)  # type: ignore[arg-type]
    assert refused.value.mark in set(Mark)
    assert refused.value.mark not in refused.value.allowed


# --- question A7 ---


def test_over_vote_limit_of_a_delegates_list_is_a_setting() -> None:
    delegates = contest(2, 5, office=Office.DELEGATES, alternates=1)
    wide = Settings(over_vote_limit="official_and_alternates")
    assert (most_names(delegates, SETTINGS), most_names(delegates, wide)) == (2, 3)
    assert classify(marks("KKKSS"), contest=delegates, settings=SETTINGS).grounds == (InvalidGround.OVER_VOTE,)
    assert classify(marks("KKKSS"), contest=delegates, settings=wide).standing is Standing.VALID
    assert classify(marks("KKKKS"), contest=delegates, settings=wide).grounds == (InvalidGround.OVER_VOTE,)
