"""Voters: what they mean, what they draw, at which rates, and why a ballot should not count."""

from __future__ import annotations

from collections import Counter

import pytest

from daihoi.rules.terms import InvalidGround, Mark
from daihoi.sheet.terms import SheetForm
from daihoi.simulation.terms import Defect, Kind, Vote
from daihoi.simulation.voters import (
    BOX_MISTAKES,
    CROSSES,
    KEPT_MISTAKES,
    STRIKES,
    STRUCK_MISTAKES,
    TOUCHES,
    Habits,
    Paper,
    appeal,
    grounds,
    vote,
)

NAMES = tuple(f"c{k:02d}" for k in range(1, 21))
BELOW = dict(zip(NAMES[:9] + NAMES[10:19], NAMES[1:10] + NAMES[11:20], strict=True))
STRIKE = Paper(SheetForm.STRIKE_OUT, NAMES, BELOW, 14)
AGREE = Paper(SheetForm.AGREE_DISAGREE, NAMES, BELOW, 20)
SINGLE = Paper(SheetForm.AGREE_DISAGREE, ("c01",), {}, 1)
CAREFUL = Habits(mistakes=0.0, defects=0.0, specks=0.0)
CARELESS = Habits(mistakes=1.0, defects=0.0, specks=0.0)


def votes(paper: Paper, count: int, habits: Habits, seed: int = 5) -> list[Vote]:
    return [vote(paper, seed, number, habits) for number in range(1, count + 1)]


@pytest.mark.parametrize("paper", [STRIKE, AGREE, SINGLE])
def test_vote_of_one_number_is_always_the_same(paper: Paper) -> None:
    assert vote(paper, 9, 41, CARELESS) == vote(paper, 9, 41, CARELESS)


def test_votes_of_other_numbers_and_seeds_differ() -> None:
    told = {tuple(one.marks.values()) for one in votes(STRIKE, 30, CAREFUL)}
    assert len(told) > 20
    assert vote(STRIKE, 1, 1, CAREFUL).marks != vote(STRIKE, 2, 1, CAREFUL).marks


def test_vote_on_strike_form_keeps_or_strikes_everyone() -> None:
    for one in votes(STRIKE, 40, CARELESS):
        assert tuple(one.marks) == NAMES == tuple(one.kinds)
        assert set(one.marks.values()) <= {Mark.KEPT, Mark.STRUCK}


def test_vote_on_agree_form_never_keeps_or_strikes() -> None:
    for one in votes(AGREE, 40, CARELESS):
        assert set(one.marks.values()) <= {Mark.AGREE, Mark.DISAGREE, Mark.BOTH, Mark.NONE}


def test_most_voters_strike_exactly_the_surplus() -> None:
    struck = Counter(list(one.marks.values()).count(Mark.STRUCK) for one in votes(STRIKE, 800, CAREFUL))
    surplus = len(NAMES) - STRIKE.seats
    assert 0.55 < struck[surplus] / 800 < 0.75
    assert 0.01 < sum(count for number, count in struck.items() if number < surplus) / 800 < 0.12
    assert 0.15 < sum(count for number, count in struck.items() if number > surplus) / 800 < 0.45


def test_some_voters_strike_nobody_and_some_everybody() -> None:
    struck = {list(one.marks.values()).count(Mark.STRUCK) for one in votes(STRIKE, 1500, CAREFUL)}
    assert 0 in struck
    assert len(NAMES) in struck


def test_most_voters_agree() -> None:
    marks = Counter(mark for one in votes(AGREE, 200, CAREFUL) for mark in one.marks.values())
    assert marks[Mark.AGREE] > 0.8 * marks.total()
    assert 0.02 < marks[Mark.DISAGREE] / marks.total() < 0.2
    assert 0 < marks[Mark.NONE] < 0.04 * marks.total()
    assert 0 < marks[Mark.BOTH] < 0.01 * marks.total()


def test_liked_candidates_are_struck_less_often() -> None:
    liked = appeal(STRIKE, 5)
    struck = Counter(
        name for one in votes(STRIKE, 400, CAREFUL) for name, mark in one.marks.items() if mark is Mark.STRUCK
    )
    best, worst = max(NAMES, key=liked.__getitem__), min(NAMES, key=liked.__getitem__)
    assert struck[best] < struck[worst]


def test_careful_voters_leave_no_doubt() -> None:
    for paper in (STRIKE, AGREE):
        for one in votes(paper, 100, CAREFUL):
            assert not one.doubt
            assert one.defect is None
            assert one.issued
            assert not set(one.kinds.values()) & {*KEPT_MISTAKES, *STRUCK_MISTAKES, *BOX_MISTAKES, *TOUCHES.values()}


def test_kind_agrees_with_mark_where_there_is_no_doubt() -> None:
    for one in votes(STRIKE, 150, CARELESS):
        for name, mark in one.marks.items():
            if name not in one.doubt:
                assert (one.kinds[name] in STRIKES) == (mark is Mark.STRUCK)
    for one in votes(AGREE, 150, CARELESS):
        for name, mark in one.marks.items():
            if name not in one.doubt:
                assert (one.kinds[name] in CROSSES) == (mark in (Mark.AGREE, Mark.DISAGREE))
                assert (one.kinds[name] is Kind.BOTH_BOXES) == (mark is Mark.BOTH)


def test_doubt_is_told_of_each_mistake_and_of_nothing_else() -> None:
    mistakes = {*KEPT_MISTAKES, *STRUCK_MISTAKES, *BOX_MISTAKES, *TOUCHES.values()}
    for paper in (STRIKE, AGREE):
        for one in votes(paper, 200, CARELESS):
            assert one.doubt == {name for name, kind in one.kinds.items() if kind in mistakes}


@pytest.mark.parametrize(("kind", "touched"), TOUCHES.items())
def test_mark_that_reaches_down_touches_the_row_below(kind: Kind, touched: Kind) -> None:
    paper = STRIKE if kind is Kind.DROOPING else AGREE
    seen = 0
    for one in votes(paper, 600, CARELESS):
        for name in (name for name, drawn in one.kinds.items() if drawn is kind):
            seen += 1
            below = BELOW[name]
            assert one.kinds[below] is touched
            assert {name, below} <= one.doubt
            assert one.marks[below] is (Mark.KEPT if paper is STRIKE else Mark.NONE)
    assert seen > 5


def test_several_rows_stand_right_below_each_other() -> None:
    seen = 0
    for one in votes(STRIKE, 600, CARELESS):
        rows = [name for name in NAMES if one.kinds[name] is Kind.SEVERAL_ROWS]
        if rows:
            seen += 1
            assert len(rows) >= 2
            assert sum(BELOW.get(name) in rows for name in rows) >= len(rows) / 2
    assert seen > 10


@pytest.mark.parametrize("paper", [STRIKE, AGREE])
def test_every_kind_of_mark_is_made_by_somebody(paper: Paper) -> None:
    even = Habits(1.0, 0.0, 0.0, 0.02, dict.fromkeys(STRIKES, 1.0), dict.fromkeys(CROSSES, 1.0))
    made = {kind for one in votes(paper, 700, even) for kind in one.kinds.values()}
    if paper is STRIKE:
        expected = {*STRIKES, *KEPT_MISTAKES, *STRUCK_MISTAKES, Kind.TOUCHED_BY_DROOP}
    else:
        expected = {*CROSSES, *BOX_MISTAKES, Kind.TOUCHED_BY_TAIL, Kind.BOTH_BOXES}
    assert made == expected | {Kind.UNTOUCHED, Kind.SPECK}


def test_every_kind_belongs_to_a_form() -> None:
    known = {*STRIKES, *CROSSES, *KEPT_MISTAKES, *STRUCK_MISTAKES, *BOX_MISTAKES, *TOUCHES.values()}
    assert set(Kind) == known | {Kind.UNTOUCHED, Kind.SPECK, Kind.BOTH_BOXES, Kind.DESTROYED}


def test_a_voter_mostly_keeps_to_one_way_of_striking() -> None:
    for one in votes(Paper(SheetForm.STRIKE_OUT, NAMES, BELOW, 2), 20, CAREFUL):
        ways = Counter(kind for kind in one.kinds.values() if kind in STRIKES)
        assert ways.most_common(1)[0][1] >= 0.4 * ways.total()


def test_rates_follow_habits() -> None:
    habits = Habits(mistakes=0.3, defects=0.2, unissued=0.1, specks=0.05)
    told = votes(STRIKE, 600, habits)
    assert 0.2 < sum(bool(one.doubt) for one in told) / 600 < 0.36
    assert 0.13 < sum(one.defect is not None for one in told) / 600 < 0.27
    assert 0.05 < sum(not one.issued for one in told) / 600 < 0.16
    kept = [kind for one in told for kind in one.kinds.values() if kind in (Kind.UNTOUCHED, Kind.SPECK)]
    assert 0.03 < kept.count(Kind.SPECK) / len(kept) < 0.07
    assert {one.defect for one in told} == {*Defect, None}


def marked(paper: Paper, marks: dict[str, Mark], defect: Defect | None = None, *, issued: bool = True) -> Vote:
    return Vote(marks, dict.fromkeys(marks, Kind.UNTOUCHED), frozenset(), defect, issued)


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (14, ()),
        (13, ()),
        (1, ()),
        (15, (InvalidGround.OVER_VOTE,)),
        (20, (InvalidGround.OVER_VOTE,)),
        (0, (InvalidGround.VOTES_NOBODY,)),
    ],
)
def test_grounds_of_strike_form_follow_from_the_number_kept(kept: int, expected: tuple[InvalidGround, ...]) -> None:
    marks = {name: Mark.KEPT if k < kept else Mark.STRUCK for k, name in enumerate(NAMES)}
    assert grounds(STRIKE, marked(STRIKE, marks)) == expected


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (Mark.AGREE, ()),
        (Mark.DISAGREE, ()),
        (Mark.BOTH, (InvalidGround.SINGLE_BOTH,)),
        (Mark.NONE, (InvalidGround.SINGLE_NONE,)),
    ],
)
def test_grounds_of_a_single_name(mark: Mark, expected: tuple[InvalidGround, ...]) -> None:
    assert grounds(SINGLE, marked(SINGLE, {"c01": mark})) == expected


def test_both_and_none_leave_a_list_of_several_valid() -> None:
    marks = {name: Mark.BOTH if k % 2 else Mark.NONE for k, name in enumerate(NAMES)}
    assert grounds(AGREE, marked(AGREE, marks)) == ()


@pytest.mark.parametrize(
    ("defect", "expected"),
    [
        (Defect.SIGNED, InvalidGround.SIGNED_OR_EXTRA_TEXT),
        (Defect.EXTRA_TEXT, InvalidGround.SIGNED_OR_EXTRA_TEXT),
        (Defect.OUTSIDE_NAME, InvalidGround.OUTSIDE_NAME),
    ],
)
def test_grounds_tell_what_was_written(defect: Defect, expected: InvalidGround) -> None:
    one = marked(AGREE, dict.fromkeys(NAMES, Mark.AGREE), defect)
    assert grounds(AGREE, one) == (expected,)


def test_grounds_name_a_ballot_without_stamp_first() -> None:
    one = marked(STRIKE, dict.fromkeys(NAMES, Mark.KEPT), issued=False)
    assert grounds(STRIKE, one) == (InvalidGround.NOT_ISSUED, InvalidGround.OVER_VOTE)
