"""Rows matched many at a time: each is found where it was put, whatever its neighbours are; mapping stays alike."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from daihoi.reading import flat as laying
from daihoi.reading.corners import find_frame
from daihoi.reading.flat import FlatPage
from daihoi.reading.patterns import Patterns, patterns_of
from daihoi.reading.thresholds import DEFAULT

from .hand import Scan, strike_ballot
from .steps import known_in

REACH = 5
SIZES = ((20, 60), (24, 48), (18, 64))


def texts(seed: int) -> list[np.ndarray]:
    """Something like printed words, one for each size: dark letters on white, smoothed as a scan smooths them."""
    random = np.random.default_rng(seed)
    words = []
    for rows, columns in SIZES:
        word = np.full((rows, columns), 250, np.uint8)
        word[4:-4][random.random((rows - 8, columns)) < 0.3] = 20
        words.append(cv2.GaussianBlur(word, (0, 0), 1.2))
    return words


def known(words: list[np.ndarray]) -> Patterns:
    """The patterns of some words, as a reference makes them."""
    ideals = [word.astype(np.float32).ravel() for word in words]
    ideals = [(ideal - ideal.mean()) / np.linalg.norm(ideal - ideal.mean()) for ideal in ideals]
    return patterns_of(ideals, SIZES)


def windows_of(words: list[np.ndarray], shifts: list[tuple[int, int]], patterns: Patterns) -> np.ndarray:
    """White windows, each with its word shifted right and down from its place, px at half scale."""
    height, width = patterns.height_width
    windows = np.full((len(words), height + 2 * REACH, width + 2 * REACH), 250, np.float32)
    for window, word, (dx, dy) in zip(windows, words, shifts, strict=True):
        window[REACH + dy : REACH + dy + word.shape[0], REACH + dx : REACH + dx + word.shape[1]] = word
    return windows


@pytest.mark.parametrize("shifts", [[(0, 0), (0, 0), (0, 0)], [(1, -2), (0, 3), (-2, 1)], [(0, -4), (2, 0), (-1, -1)]])
def test_each_row_is_found_where_it_was_put(shifts: list[tuple[int, int]]) -> None:
    words = texts(1)
    patterns = known(words)
    found = patterns.places((0, 1, 2), windows_of(words, shifts, patterns), REACH)
    assert found[:, :2] == pytest.approx(2.0 * np.array(shifts), abs=0.9)
    assert found[:, 2] == pytest.approx(1.0, abs=0.01)


def test_a_row_is_found_alike_alone_and_among_others() -> None:
    words = texts(2)
    patterns = known(words)
    windows = windows_of(words, [(1, 1), (-1, 2), (0, -3)], patterns)
    together = patterns.places((0, 1, 2), windows, REACH)
    for number in range(3):
        alone = patterns.places((number,), windows[number : number + 1], REACH)
        assert alone[0] == pytest.approx(together[number], abs=1e-4)


def test_blank_paper_and_a_pattern_without_print_match_nothing() -> None:
    words = texts(3)
    patterns = known(words)
    blank = np.full_like(windows_of(words, [(0, 0)] * 3, patterns), 240)
    assert patterns.places((0, 1, 2), blank, REACH)[:, 2] == pytest.approx(0, abs=0.05)
    nothing = patterns_of([np.zeros(rows * columns, np.float32) for rows, columns in SIZES], SIZES)
    assert not nothing.places((0, 1, 2), windows_of(words, [(0, 0)] * 3, patterns), REACH)[:, 2].any()


@pytest.mark.parametrize("how", [Scan(), Scan(skew=1.2), Scan(dpi=300, skew=-2), Scan(dpi=150)])
def test_mapping_without_perspective_gives_the_same_page(how: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    ballot = strike_ballot()
    image = ballot.page().scan(how)
    points, plan = known_in(image, ballot).points, ballot.prepared.plan.pages[0]
    straight = FlatPage(image, points, plan, how.dpi)
    monkeypatch.setattr(laying, "STRAIGHT_PX", -1.0)
    bent = FlatPage(image, points, plan, how.dpi)
    area = (slice(700, 800), slice(150, 700))
    for one, other in ((straight.half, bent.half), (straight.at(area, 1, -1), bent.at(area, 1, -1))):
        # A nearest pixel may fall to the other side where a place lies between two.
        assert np.mean(np.abs(one.astype(int) - other.astype(int)) > 8) < 0.02


@pytest.mark.parametrize("skew", [-1.5, -0.4, 0.0, 0.7, 1.5])
def test_squares_of_a_clean_scan_need_no_second_look(skew: float, monkeypatch: pytest.MonkeyPatch) -> None:
    ballot = strike_ballot()
    image = ballot.page().scan(Scan(skew=skew))

    def second_look(*_given: object) -> None:
        raise AssertionError("the slow look at a corner")

    monkeypatch.setattr("daihoi.reading.corners._squares_in", second_look)
    assert not isinstance(find_frame(image, ballot.prepared.plan.pages[0], DEFAULT), int)
