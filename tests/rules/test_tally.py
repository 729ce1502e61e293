"""The sum of classified ballots."""

from __future__ import annotations

from daihoi.rules.ballot import Classified, classify
from daihoi.rules.tally import tally
from daihoi.rules.terms import InvalidGround
from tests.rules.builders import SETTINGS, contest, ids, marks

LIST = contest(2, 4)


def pile(*ballots: str) -> list[Classified]:
    return [classify(marks(words), contest=LIST, settings=SETTINGS) for words in ballots]


def test_votes_come_from_valid_ballots_alone() -> None:
    counted = tally(pile("KKSS", "KSSS", "KKKK", "SSSS", "K?SS"), LIST)
    assert counted.votes == dict(zip(ids(1, 2, 3, 4), (2, 1, 0, 0), strict=True))
    assert (counted.valid, counted.invalid, counted.undecided, counted.ballots) == (2, 2, 1, 5)


def test_invalid_ballots_are_counted_by_their_first_ground() -> None:
    both = classify(marks("KKKS"), contest=LIST, decision=InvalidGround.NOT_ISSUED, settings=SETTINGS)
    counted = tally([*pile("KKKK", "SSSS", "SSSS"), both], LIST)
    assert counted.invalid_by_ground == {
        InvalidGround.NOT_ISSUED: 1,
        InvalidGround.OVER_VOTE: 1,
        InvalidGround.VOTES_NOBODY: 2,
    }
    assert list(counted.invalid_by_ground) == [
        ground for ground in InvalidGround if ground in counted.invalid_by_ground
    ]


def test_ballots_spoiled_by_their_marks_are_told_for_the_board() -> None:
    signed = classify(marks("KKSS"), contest=LIST, decision=InvalidGround.SIGNED_OR_EXTRA_TEXT, settings=SETTINGS)
    counted = tally([*pile("KKKK", "KKSS"), signed], LIST)
    assert (counted.invalid, counted.by_marks) == (2, 1)


def test_no_ballots_give_zero_for_everybody_in_ballot_order() -> None:
    counted = tally([], LIST)
    assert list(counted.votes.items()) == [(one, 0) for one in ids(1, 2, 3, 4)]
    assert (counted.ballots, counted.invalid_by_ground) == (0, {})
