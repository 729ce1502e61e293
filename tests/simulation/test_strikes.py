"""Marks on names: a clean strike crosses family and given name in its row; a mistake is what it is called."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from daihoi.sheet.terms import Rect, Target, TargetKind
from daihoi.simulation import strikes
from daihoi.simulation.pens import PENS
from daihoi.simulation.strikes import AIM, CLEAN, MISTAKES, Ink, Place, speck
from daihoi.simulation.terms import Kind, Points

ROW = Rect(14.0, 71.4, 87.5, 8.75)
BOX = Rect(28.5, 73.0, 33.6, 5.45)
WORDS = ((28.5, 43.6), (44.8, 52.7), (53.9, 62.1))
BELOW = Target("c02", TargetKind.NAME, Rect(28.5, 81.75, 30.0, 5.45), Rect(14.0, 80.15, 87.5, 8.75), ((28.5, 58.5),))
TARGET = Target("c01", TargetKind.NAME, BOX, ROW, WORDS)
PLACE = Place(TARGET, BELOW, PENS[0])
SEEDS = range(25)
BODY = (BOX.y + 0.22 * BOX.h, BOX.y + 0.88 * BOX.h)
"""From the head of the capitals to just under the feet of the letters."""


def points(inks: list[Ink]) -> Points:
    return np.concatenate([stroke.points for ink in inks for stroke in ink.strokes])


def along(inks: list[Ink]) -> Points:
    """All strokes as points at most 0.2 mm apart."""
    out = []
    for stroke in (stroke for ink in inks for stroke in ink.strokes):
        for a, b in itertools.pairwise(stroke.points):
            share = np.linspace(0, 1, max(2, int(np.hypot(*(b - a)) / 0.2) + 1))[:, None]
            out.append(a * (1 - share) + b * share)
    return np.concatenate(out)


def covered(inks: list[Ink], left: float, right: float, low: float, high: float) -> float:
    """Which share of the width between left and right has ink between the heights low and high."""
    path = along(inks)
    inside = path[(path[:, 1] >= low) & (path[:, 1] <= high)]
    cells = np.arange(left, right, 0.5)
    return float(np.mean([np.any((inside[:, 0] >= x - 0.3) & (inside[:, 0] < x + 0.8)) for x in cells]))


@pytest.mark.parametrize("kind", CLEAN)
def test_clean_strike_crosses_family_and_given_name(kind: Kind) -> None:
    for seed in SEEDS:
        inks = CLEAN[kind](PLACE, np.random.default_rng(seed))
        assert covered(inks, *WORDS[0], *BODY) > 0.6, seed
        assert covered(inks, *WORDS[-1], *BODY) > 0.6, seed
        assert covered(inks, WORDS[0][1], WORDS[-1][0], *BODY) > 0.7, seed


@pytest.mark.parametrize("kind", CLEAN)
def test_clean_strike_stays_in_its_row(kind: Kind) -> None:
    for seed in SEEDS:
        path = points(CLEAN[kind](PLACE, np.random.default_rng(seed)))
        assert path[:, 1].min() > ROW.y - 0.2
        assert path[:, 1].max() < ROW.bottom + 0.2
        assert path[:, 0].min() > ROW.x - 1.5
        assert path[:, 0].max() < ROW.right + 1.5


@pytest.mark.parametrize("kind", {**CLEAN, **MISTAKES})
def test_mark_follows_from_its_random_numbers(kind: Kind) -> None:
    maker = {**CLEAN, **MISTAKES}[kind]
    first, second = (points(maker(PLACE, np.random.default_rng(4))) for _ in range(2))
    other = points(maker(PLACE, np.random.default_rng(5)))
    assert np.array_equal(first, second)
    assert first.shape != other.shape or not np.allclose(first, other)


@pytest.mark.parametrize("kind", {**CLEAN, **MISTAKES})
def test_mark_can_be_made_on_a_name_of_one_short_word(kind: Kind) -> None:
    box = Rect(28.5, 73.0, 5.0, 5.45)
    for words in ((), ((28.5, 33.5),)):
        place = Place(Target("c01", TargetKind.NAME, box, ROW, words), None, PENS[5])
        for seed in range(5):
            path = points({**CLEAN, **MISTAKES}[kind](place, np.random.default_rng(seed)))
            assert np.isfinite(path).all()


def test_steep_strike_climbs_more_than_a_straight_one() -> None:
    def rise(kind: Kind) -> float:
        spans = []
        for seed in SEEDS:
            path = points(CLEAN[kind](PLACE, np.random.default_rng(seed)))
            spans.append(abs(path[-1, 1] - path[0, 1]))
        return float(np.mean(spans))

    assert rise(Kind.STRIKE_STEEP) > rise(Kind.STRIKE_SLANTED) > rise(Kind.STRIKE_STRAIGHT)


def test_strike_from_number_starts_left_of_the_name() -> None:
    for seed in SEEDS:
        assert points(strikes.from_number(PLACE, np.random.default_rng(seed)))[:, 0].min() < BOX.x - 3


def test_strike_that_overruns_ends_right_of_the_name() -> None:
    for seed in SEEDS:
        assert points(strikes.overrun(PLACE, np.random.default_rng(seed)))[:, 0].max() > BOX.right + 6


def test_double_strike_is_two_lines() -> None:
    upper, lower = strikes.double(PLACE, np.random.default_rng(1))[0].strokes
    assert upper.points[:, 1].mean() < lower.points[:, 1].mean()


def test_scribble_and_coil_lay_more_ink_than_a_line() -> None:
    def length(kind: Kind) -> float:
        path = along(CLEAN[kind](PLACE, np.random.default_rng(3)))
        return len(path) * 0.2

    assert length(Kind.STRIKE_SCRIBBLE) > 4 * length(Kind.STRIKE_STRAIGHT)
    assert length(Kind.STRIKE_LOOPED) > 2 * length(Kind.STRIKE_STRAIGHT)


@pytest.mark.parametrize(
    ("kind", "whole", "free"),
    [
        (Kind.PARTIAL_FAMILY, WORDS[0], WORDS[-1]),
        (Kind.PARTIAL_GIVEN, WORDS[-1], WORDS[0]),
    ],
)
def test_partial_strike_leaves_the_other_name_free(
    kind: Kind, whole: tuple[float, float], free: tuple[float, float]
) -> None:
    for seed in SEEDS:
        inks = MISTAKES[kind](PLACE, np.random.default_rng(seed))
        assert covered(inks, *whole, *BODY) > 0.6
        assert covered(inks, *free, ROW.y, ROW.bottom) < 0.2


def test_partial_strike_in_the_middle_leaves_most_of_both_names() -> None:
    for seed in SEEDS:
        inks = strikes.partial_middle(PLACE, np.random.default_rng(seed))
        assert covered(inks, *WORDS[0], ROW.y, ROW.bottom) < 0.5
        assert covered(inks, *WORDS[-1], ROW.y, ROW.bottom) < 0.2


def test_underline_passes_below_the_letters() -> None:
    for seed in SEEDS:
        path = points(strikes.underline(PLACE, np.random.default_rng(seed)))
        assert path[:, 1].mean() > BOX.y + 0.95 * BOX.h
        assert path[:, 1].max() < BELOW.box.y


def test_overline_passes_above_the_small_letters() -> None:
    for seed in SEEDS:
        path = points(strikes.overline(PLACE, np.random.default_rng(seed)))
        assert path[:, 1].mean() < BOX.y + 0.2 * BOX.h


def test_low_strike_passes_along_the_feet() -> None:
    for seed in SEEDS:
        middle = points(strikes.low(PLACE, np.random.default_rng(seed)))[:, 1].mean()
        assert BOX.y + 0.74 * BOX.h < middle < BOX.bottom + 0.1


def test_circle_goes_around_and_not_through() -> None:
    for seed in SEEDS:
        path = points(strikes.circled(PLACE, np.random.default_rng(seed)))
        assert path[:, 0].min() < BOX.x + 1
        assert path[:, 0].max() > BOX.right - 1
        heart = (np.abs(path[:, 0] - BOX.x - BOX.w / 2) < BOX.w / 4) & (np.abs(path[:, 1] - BOX.y - AIM * BOX.h) < 1.0)
        assert not heart.any()


def test_tick_beside_does_not_reach_the_name() -> None:
    for seed in SEEDS:
        path = points(strikes.tick_beside(PLACE, np.random.default_rng(seed)))
        on_name = (path[:, 0] > BOX.x + 2) & (path[:, 0] < BOX.right - 1)
        assert not on_name.any()


def test_tick_on_name_is_no_strike() -> None:
    for seed in SEEDS:
        path = points(strikes.tick_on_name(PLACE, np.random.default_rng(seed)))
        assert path[:, 0].max() - path[:, 0].min() < 10
        assert path[:, 0].max() > BOX.x
        assert path[:, 0].min() < BOX.right


def test_drooping_strike_ends_in_the_name_below() -> None:
    for seed in SEEDS:
        path = points(strikes.drooping(PLACE, np.random.default_rng(seed)))
        assert BOX.y < path[0, 1] < BOX.bottom
        assert BELOW.box.y < path[-1, 1] < BELOW.box.bottom
        assert path[-1, 0] < BELOW.box.right + 4


def test_erased_and_faint_strikes_have_little_ink() -> None:
    for maker in (strikes.erased, strikes.faint):
        for seed in SEEDS:
            assert all(ink.hand.pressure <= 0.3 for ink in maker(PLACE, np.random.default_rng(seed)))
    assert strikes.erased(PLACE, np.random.default_rng(1))[0].hand.smear > 0
    assert strikes.faint(PLACE, np.random.default_rng(1))[0].hand.smear == 0


def test_corrected_strike_has_a_word_beside_it() -> None:
    for seed in SEEDS:
        strike, *rest = strikes.corrected(PLACE, np.random.default_rng(seed))
        assert points([strike])[:, 0].max() < BOX.right + 5
        assert points(list(rest))[:, 0].min() > BOX.right + 1


def test_pen_rest_is_one_to_three_millimetres() -> None:
    for seed in SEEDS:
        path = points(strikes.pen_rest(PLACE, np.random.default_rng(seed)))
        assert 0.8 < np.hypot(*(path[-1] - path[0])) < 3.3


@pytest.mark.parametrize("pen", PENS, ids=lambda pen: pen.name)
def test_speck_is_smaller_than_half_a_millimetre_with_any_pen(pen: object) -> None:
    for seed in SEEDS:
        (stroke,) = speck(Place(TARGET, None, pen), np.random.default_rng(seed))[0].strokes  # type: ignore[arg-type]
        assert len(stroke.points) == 1
        assert stroke.width[0] * pen.width <= 0.45  # type: ignore[attr-defined]
