"""The hand: lines that go where they should, with a living width and pressure."""

from __future__ import annotations

import numpy as np
import pytest

from daihoi.sheet.terms import Rect
from daihoi.simulation import strokes

SEEDS = range(20)


@pytest.mark.parametrize("seed", SEEDS)
def test_path_starts_and_ends_near_its_ends_and_stays_near_its_line(seed: int) -> None:
    path = strokes.path((10.0, 20.0), (60.0, 22.0), np.random.default_rng(seed))
    assert np.hypot(*(path[0] - (10, 20))) < 1.5
    assert np.hypot(*(path[-1] - (60, 22))) < 1.5
    straight = 20 + (path[:, 0] - 10) * 2 / 50
    assert np.abs(path[:, 1] - straight).max() < 1.5


def test_path_bows_to_the_side_it_is_told() -> None:
    for bow in (-2.0, 2.0):
        middle = np.mean([strokes.path((0, 0), (40, 0), np.random.default_rng(s), bow=bow)[18, 1] for s in SEEDS])
        assert np.sign(middle) == np.sign(bow)


def test_path_of_no_length_is_finite() -> None:
    assert np.isfinite(strokes.path((5, 5), (5, 5), np.random.default_rng(1))).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_stroke_has_bounded_width_and_pressure(seed: int) -> None:
    one = strokes.line((0, 0), (30, 5), np.random.default_rng(seed))
    assert len(one.points) == len(one.width) == len(one.pressure)
    assert 0.4 < one.width.min() <= one.width.max() < 1.6
    assert 0 < one.pressure.min() <= one.pressure.max() <= 1


def test_stroke_is_lighter_where_the_pen_is_lifted() -> None:
    ends = [strokes.line((0, 0), (30, 0), np.random.default_rng(s)).pressure for s in SEEDS]
    assert np.mean([p[-1] for p in ends]) < 0.8 * np.mean([p[len(p) // 2] for p in ends])


def test_light_hand_gives_less_pressure() -> None:
    firm, light = (strokes.line((0, 0), (30, 0), np.random.default_rng(3), firm=firm) for firm in (1.0, 0.3))
    assert light.pressure.mean() < 0.5 * firm.pressure.mean()


def test_wave_swings_about_its_line_by_its_amplitude() -> None:
    for seed in SEEDS:
        y = strokes.wave(0, 40, 10, np.random.default_rng(seed), amplitude=1.0, length=6).points[:, 1]
        assert abs(y.mean() - 10) < 0.5
        assert 0.5 < np.ptp(y) / 2 < 2.2


def test_zigzag_has_teeth_of_its_pitch() -> None:
    path = strokes.zigzag(0, 40, 10, np.random.default_rng(1), amplitude=1.0, pitch=4.0).points
    turns = np.sum(np.diff(np.sign(np.diff(path[:, 1]))) != 0)
    assert 15 <= turns <= 22
    assert 8.5 < path[:, 1].min() < path[:, 1].max() < 11.5


def test_back_and_forth_passes_as_often_as_told() -> None:
    for times in (2, 3, 5):
        path = strokes.back_and_forth(0, 40, 10, np.random.default_rng(2), times=times, spread=0.3).points
        crossings = np.sum(np.diff(np.sign(path[:, 0] - 20)) != 0)
        assert crossings == times


def test_coil_covers_its_length() -> None:
    path = strokes.looped(0, 40, 10, np.random.default_rng(2), radius=1.5, pitch=3.0).points
    assert path[:, 0].min() < 2
    assert path[:, 0].max() > 38
    assert np.ptp(path[:, 1]) > 2


def test_ring_encloses_its_rectangle() -> None:
    rect = Rect(10, 10, 30, 5)
    for seed in SEEDS:
        path = strokes.ring(rect, np.random.default_rng(seed), loose=0.8).points
        assert path[:, 0].min() < rect.x
        assert path[:, 0].max() > rect.right
        assert path[:, 1].min() < rect.y
        assert path[:, 1].max() > rect.bottom


def test_hatch_stays_about_its_rectangle() -> None:
    rect = Rect(10, 10, 6, 6)
    for seed in SEEDS:
        (one,) = strokes.hatch(rect, np.random.default_rng(seed), pitch=0.5)
        assert one.points[:, 0].min() > rect.x - 1.5
        assert one.points[:, 0].max() < rect.right + 1.5
        assert one.points[:, 1].max() < rect.bottom + 2.2


def test_dot_has_its_extent_whatever_the_pen() -> None:
    for pen_width in (0.3, 1.1):
        one = strokes.dot(5, 5, np.random.default_rng(1), extent=0.3, pen_width=pen_width)
        assert one.width[0] * pen_width == pytest.approx(0.3)


def test_writing_fills_its_width_and_keeps_near_its_line() -> None:
    for seed in SEEDS:
        path = np.concatenate([one.points for one in strokes.writing(20, 50, 40, 2.0, np.random.default_rng(seed))])
        assert path[:, 0].min() > 18
        assert 55 < path[:, 0].max() < 66
        assert 40 < path[:, 1].min() < path[:, 1].max() < 56


def test_signature_is_loops_and_a_flourish() -> None:
    loops, under = strokes.signature(20, 50, 30, np.random.default_rng(1))
    assert np.ptp(loops.points[:, 1]) > 3
    assert under.points[:, 1].mean() > loops.points[:, 1].mean()
