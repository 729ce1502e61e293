"""Every small case there is, against definitions written as plainly as the regulation says them.

The definitions here count people above a person; the room fills seats from the top. Two ways to one answer.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from daihoi.rules.ballot import FORM_MARKS, ballot_form, classify
from daihoi.rules.outcome import outcome
from daihoi.rules.terms import (
    BallotForm,
    CandidateId,
    CandidateOutcome,
    Contest,
    InvalidGround,
    Mark,
    Office,
    RoundKind,
    Standing,
)
from tests.rules.builders import SETTINGS, contest, ids

MOST_VOTES = 4


def every_vote(number: int) -> Iterator[dict[CandidateId, int]]:
    people = ids(*range(1, number + 1))
    for figures in itertools.product(range(MOST_VOTES + 1), repeat=number):
        yield dict(zip(people, figures, strict=True))


def may_win(one: CandidateId, votes: dict[CandidateId, int], base: int, kind: RoundKind) -> bool:
    """More than half of the base; in a re-ballot of the tied any vote at all."""
    return votes[one] > 0 if kind is RoundKind.TIE_REBALLOT else votes[one] > base - votes[one]


def defined_outcome(given: Contest, votes: dict[CandidateId, int], base: int) -> dict[CandidateId, CandidateOutcome]:
    """What becomes of each by counting who stands above and who stands level, one person at a time."""
    able = [one for one in votes if may_win(one, votes, base, given.round_kind)]
    places = given.alternates if given.office is Office.DELEGATES else 0

    def above(one: CandidateId) -> int:
        return sum(votes[other] > votes[one] for other in able)

    def level_or_above(one: CandidateId) -> int:
        return sum(votes[other] >= votes[one] for other in able)

    open_seat = any(above(one) < given.seats < level_or_above(one) for one in able)

    def of(one: CandidateId) -> CandidateOutcome:
        if one in able and level_or_above(one) <= given.seats:
            return CandidateOutcome.ELECTED
        if one in able and above(one) < given.seats:
            return CandidateOutcome.TIED
        if one in able and not open_seat and level_or_above(one) <= given.seats + places:
            return CandidateOutcome.ALTERNATE
        if one in able and not open_seat and above(one) < given.seats + places:
            return CandidateOutcome.TIED
        passed = votes[one] > base - votes[one]
        return CandidateOutcome.QUALIFIED_NOT_ELECTED if passed else CandidateOutcome.NOT_QUALIFIED

    return {one: of(one) for one in votes}


@pytest.mark.parametrize("kind", RoundKind)
@pytest.mark.parametrize(
    ("office", "alternates"), [(Office.COMMITTEE, 0), (Office.DELEGATES, 1), (Office.DELEGATES, 2)]
)
@pytest.mark.parametrize("seats", [1, 2, 3])
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_every_small_outcome_is_as_defined(
    number: int, seats: int, office: Office, alternates: int, kind: RoundKind
) -> None:
    given = contest(seats, number, office=office, alternates=alternates, kind=kind)
    for votes, base in itertools.product(every_vote(number), (4, 5)):
        come = outcome(given, votes, base)
        assert come.by_candidate == defined_outcome(given, votes, base), (votes, base)
        told = {
            CandidateOutcome.ELECTED: set(come.elected),
            CandidateOutcome.ALTERNATE: set(come.alternates),
            CandidateOutcome.TIED: {one for tie in come.ties for one in tie.candidates},
        }
        for what, who in told.items():
            assert who == {one for one, found in come.by_candidate.items() if found is what}


@pytest.mark.parametrize("kind", RoundKind)
@pytest.mark.parametrize("seats", [1, 2, 3])
def test_every_small_shortfall_is_seats_less_those_who_may_win(seats: int, kind: RoundKind) -> None:
    given = contest(seats, 3, kind=kind)
    for votes, base in itertools.product(every_vote(3), (4, 5)):
        able = sum(may_win(one, votes, base, kind) for one in votes)
        assert outcome(given, votes, base).shortfall == max(0, seats - able)


def defined_clear(words: tuple[Mark, ...], seats: int, form: BallotForm) -> tuple[Standing, object]:
    """A ballot without a doubtful mark: its standing, and its votes (by place) or its ground."""
    marked = tuple(place for place, word in enumerate(words) if word in (Mark.KEPT, Mark.AGREE))
    if form is BallotForm.STRIKE_OUT:
        if len(marked) > seats:
            return Standing.INVALID, InvalidGround.OVER_VOTE
        return (Standing.VALID, marked) if marked else (Standing.INVALID, InvalidGround.VOTES_NOBODY)
    if len(words) == 1 and words[0] in (Mark.BOTH, Mark.NONE):
        both = words[0] is Mark.BOTH
        return Standing.INVALID, InvalidGround.SINGLE_BOTH if both else InvalidGround.SINGLE_NONE
    if len(words) > 1 and not marked:
        return Standing.UNDECIDED, "A3"
    return Standing.VALID, marked


def defined(words: tuple[Mark, ...], seats: int, form: BallotForm) -> tuple[Standing, object]:
    """With doubtful marks: what every way of resolving them agrees on, and undecided where they differ."""
    clear = [mark for mark in FORM_MARKS[form] if mark is not Mark.DOUBTFUL]
    choices = [clear if word is Mark.DOUBTFUL else [word] for word in words]
    found = {defined_clear(resolved, seats, form) for resolved in itertools.product(*choices)}
    return found.pop() if len(found) == 1 else (Standing.UNDECIDED, "marks")


@pytest.mark.parametrize(
    ("seats", "number"), [(1, 2), (1, 3), (2, 3), (1, 4), (2, 4), (3, 4), (1, 1), (2, 1), (2, 2), (3, 3)]
)
def test_every_small_ballot_is_as_defined(seats: int, number: int) -> None:
    given = contest(seats, number, office=Office.DEPUTY_SECRETARY)
    form = ballot_form(given)
    people = ids(*range(1, number + 1))
    for words in itertools.product(FORM_MARKS[form], repeat=number):
        found = classify(dict(zip(people, words, strict=True)), contest=given, settings=SETTINGS)
        standing, what = defined(words, seats, form)
        assert found.standing is standing, words
        match found.standing:
            case Standing.VALID:
                assert tuple(people.index(one) for one in found.votes) == what
            case Standing.INVALID:
                assert found.grounds == (what,)
            case Standing.UNDECIDED:
                assert found.awaiting_ballot == (what == "A3")
                assert bool(found.awaiting_marks) == (what == "marks")
