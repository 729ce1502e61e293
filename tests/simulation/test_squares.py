"""Marks in squares: clean ones stand in their own square and reach no other; mistakes are what they are called."""

from __future__ import annotations

import numpy as np
import pytest

from daihoi.sheet.terms import Rect, Target, TargetKind
from daihoi.simulation import squares
from daihoi.simulation.pens import PENS
from daihoi.simulation.squares import CLEAN, MISTAKES
from daihoi.simulation.strikes import Ink, Place
from daihoi.simulation.terms import Kind, Points

BOX = Rect(73.1, 110.2, 6.0, 6.0)
ROW = Rect(14.0, 106.7, 87.5, 13.0)
NEXT = Target("c02", TargetKind.AGREE, Rect(73.1, 123.2, 6.0, 6.0), Rect(14.0, 119.7, 87.5, 13.0))
PLACE = Place(Target("c01", TargetKind.AGREE, BOX, ROW), NEXT, PENS[0])
OTHER = Rect(91.5, 110.2, 6.0, 6.0)
SEEDS = range(40)


def points(inks: list[Ink]) -> Points:
    return np.concatenate([stroke.points for ink in inks for stroke in ink.strokes])


def inside(path: Points, box: Rect, margin: float = 0.0) -> np.ndarray:
    return (
        (path[:, 0] > box.x - margin)
        & (path[:, 0] < box.right + margin)
        & (path[:, 1] > box.y - margin)
        & (path[:, 1] < box.bottom + margin)
    )


@pytest.mark.parametrize("kind", CLEAN)
def test_clean_mark_has_its_middle_in_the_square(kind: Kind) -> None:
    for seed in SEEDS:
        path = points(CLEAN[kind](PLACE, np.random.default_rng(seed)))
        low, high = path.min(axis=0), path.max(axis=0)
        assert inside(((low + high) / 2)[None], BOX).all(), seed


@pytest.mark.parametrize("kind", CLEAN)
def test_clean_mark_lies_mostly_in_the_square(kind: Kind) -> None:
    shares = [inside(points(CLEAN[kind](PLACE, np.random.default_rng(seed))), BOX).mean() for seed in SEEDS]
    assert np.mean(shares) > 0.6
    assert min(shares) > 0.35


@pytest.mark.parametrize("kind", CLEAN)
def test_clean_mark_reaches_no_other_square_and_no_other_row(kind: Kind) -> None:
    for seed in SEEDS:
        path = points(CLEAN[kind](PLACE, np.random.default_rng(seed)))
        assert not inside(path, OTHER, margin=3.0).any()
        assert path[:, 1].min() > ROW.y - 0.5
        assert path[:, 1].max() < ROW.bottom


@pytest.mark.parametrize("kind", {**CLEAN, **MISTAKES})
def test_mark_follows_from_its_random_numbers(kind: Kind) -> None:
    maker = {**CLEAN, **MISTAKES}[kind]
    first, second = (points(maker(PLACE, np.random.default_rng(8))) for _ in range(2))
    assert np.array_equal(first, second)


@pytest.mark.parametrize("kind", [Kind.CROSS, Kind.CROSS_SMALL, Kind.CROSS_LARGE, Kind.PLUS])
def test_cross_is_two_lines_that_meet(kind: Kind) -> None:
    for seed in SEEDS:
        first, second = CLEAN[kind](PLACE, np.random.default_rng(seed))[0].strokes
        gaps = np.hypot(*(first.points[:, None, :] - second.points[None, :, :]).transpose(2, 0, 1))
        assert gaps.min() < 0.8


def test_crosses_differ_in_size() -> None:
    def size(kind: Kind) -> float:
        spans = [np.ptp(points(CLEAN[kind](PLACE, np.random.default_rng(seed)))[:, 0]) for seed in SEEDS]
        return float(np.mean(spans))

    assert size(Kind.CROSS_SMALL) < 3.5 < size(Kind.CROSS) < 6.5 < size(Kind.CROSS_LARGE) < 9.5


def test_curled_cross_is_one_stroke() -> None:
    assert len(squares.cross_curled(PLACE, np.random.default_rng(1))[0].strokes) == 1


def test_tick_goes_down_then_up_to_the_right() -> None:
    for seed in SEEDS:
        path = points(squares.tick(PLACE, np.random.default_rng(seed)))
        foot = int(path[:, 1].argmax())
        assert 0 < foot < len(path) - 1
        assert path[-1, 0] > path[0, 0]
        assert path[-1, 1] < path[0, 1]


def test_large_tick_mostly_leaves_the_square_by_less_than_four_millimetres() -> None:
    tops = np.array([points(squares.tick_large(PLACE, np.random.default_rng(seed)))[:, 1].min() for seed in SEEDS])
    assert (tops < BOX.y).mean() > 0.6
    assert tops.min() > BOX.y - 4


def test_slashes_lean_as_they_are_called() -> None:
    for seed in SEEDS:
        up = points(squares.slash(PLACE, np.random.default_rng(seed)))
        down = points(squares.backslash(PLACE, np.random.default_rng(seed)))
        assert up[-1, 1] < up[0, 1]
        assert down[-1, 1] > down[0, 1]


def test_filled_square_has_lines_closer_than_the_pen_is_wide() -> None:
    lines = squares.filled(PLACE, np.random.default_rng(2))[0].strokes[0].points
    turns = np.sum(np.diff(np.sign(np.diff(lines[:, 0]))) != 0)
    assert BOX.h / turns < PENS[0].width * 1.5


def test_circle_leaves_the_inside_empty() -> None:
    heart = Rect(BOX.x + 1, BOX.y + 1, BOX.w - 2, BOX.h - 2)
    for seed in SEEDS:
        assert not inside(points(squares.circled(PLACE, np.random.default_rng(seed))), heart).any()


def test_mark_beside_has_its_middle_outside() -> None:
    for seed in SEEDS:
        path = points(squares.beside(PLACE, np.random.default_rng(seed)))
        assert not inside(path.mean(axis=0)[None], BOX).any()
        assert not inside(path, OTHER).any()


def test_small_ink_is_between_a_dot_and_a_mark() -> None:
    for seed in SEEDS:
        path = points(squares.small_ink(PLACE, np.random.default_rng(seed)))
        assert 0.6 < np.hypot(*(path[-1] - path[0])) < 1.8


def test_erased_and_faint_crosses_have_little_ink() -> None:
    for seed in SEEDS:
        assert squares.erased(PLACE, np.random.default_rng(seed))[0].hand.smear > 0
        assert squares.faint(PLACE, np.random.default_rng(seed))[0].hand.pressure <= 0.3


def test_tail_ends_in_the_square_below() -> None:
    for seed in SEEDS:
        path = points(squares.tail_in_next_row(PLACE, np.random.default_rng(seed)))
        assert inside(path[:1], BOX).all()
        assert inside(path[-1:], NEXT.box).all()


def test_tail_in_the_last_row_leaves_the_square_all_the_same() -> None:
    place = Place(PLACE.target, None, PENS[0])
    path = points(squares.tail_in_next_row(place, np.random.default_rng(1)))
    assert path[-1, 1] > BOX.bottom
