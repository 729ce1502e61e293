"""Pairs with the least sum: held against every way there is, and against the minimum where there are too many."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daihoi.counts.comparing import assignment
from daihoi.counts.comparing.assignment import pairs_of

UNTIMED = settings(deadline=None)
"""A machine that does other work besides must not fail a law."""
MOST = 6
Matrix = npt.NDArray[np.int16]


@st.composite
def matrices(draw: st.DrawFn, most: int = 5) -> Matrix:
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, most))
    cells = draw(st.lists(st.integers(0, 9), min_size=rows * columns, max_size=rows * columns))
    return np.array(cells, np.int16).reshape(rows, columns)


def places_of(costs: Matrix) -> assignment.Places:
    return tuple(np.arange(side) / max(side, 2) for side in costs.shape)  # type: ignore[return-value]


def total(costs: Matrix, pairs: list[tuple[int, int]]) -> int:
    """The sum, one who is in no pair costing one more than a pair may."""
    alone = min(costs.shape) - len(pairs)
    return int(sum(costs[pair] for pair in pairs)) + alone * (MOST + 1)


def least(costs: Matrix) -> int:
    if costs.shape[0] > costs.shape[1]:
        costs = costs.T
    capped = np.minimum(costs, MOST + 1)
    ways = itertools.permutations(range(costs.shape[1]), costs.shape[0])
    return int(min(sum(capped[row, column] for row, column in enumerate(way)) for way in ways))


@UNTIMED
@given(matrices())
def test_pairs_have_the_least_sum_of_all_ways(costs: Matrix) -> None:
    pairs = pairs_of(costs, places_of(costs), MOST)
    assert total(costs, pairs) == least(costs)


@UNTIMED
@given(matrices())
def test_nobody_is_in_two_pairs_and_no_pair_costs_too_much(costs: Matrix) -> None:
    for exact in (400, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(assignment, "EXACT", exact)
            pairs = pairs_of(costs, places_of(costs), MOST)
        assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
        assert all(costs[pair] <= MOST for pair in pairs)


@UNTIMED
@given(matrices())
def test_turned_matrix_gives_the_same_sum(costs: Matrix) -> None:
    there, back = places_of(costs)
    assert total(costs, pairs_of(costs, (there, back), MOST)) == total(costs.T, pairs_of(costs.T, (back, there), MOST))


@UNTIMED
@given(matrices(most=9))
def test_exchange_comes_near_the_minimum_and_never_below(costs: Matrix) -> None:
    exact = total(costs, pairs_of(costs, places_of(costs), MOST))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "EXACT", 0)
        near = total(costs, pairs_of(costs, places_of(costs), MOST))
    assert exact <= near <= exact + 2 * MOST


def test_exchange_mends_what_the_nearest_first_took_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assignment, "EXACT", 0)
    # The first row takes the column that is the only one for the second.
    costs = np.array([[1, 1], [1, 5]], np.int16)
    places = (np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    assert pairs_of(costs, places, MOST) == [(0, 1), (1, 0)]


@pytest.mark.parametrize("exact", [400, 0])
def test_among_equals_the_nearest_place_is_taken(monkeypatch: pytest.MonkeyPatch, exact: int) -> None:
    monkeypatch.setattr(assignment, "EXACT", exact)
    costs = np.full((4, 4), 2, np.int16)
    places = (np.array([0.0, 0.3, 0.6, 0.9]), np.array([0.9, 0.6, 0.3, 0.0]))
    assert pairs_of(costs, places, MOST) == [(0, 3), (1, 2), (2, 1), (3, 0)]


def test_no_papers_make_no_pairs() -> None:
    empty = np.zeros((0, 3), np.int16)
    assert pairs_of(empty, places_of(empty), MOST) == []


@pytest.mark.parametrize("size", [60, 150])
def test_exact_pairs_find_a_hidden_order(size: int) -> None:
    chance = np.random.default_rng(size)
    hidden = chance.permutation(size)
    costs = chance.integers(2, 9, (size, size)).astype(np.int16)
    costs[np.arange(size), hidden] = 1
    assert pairs_of(costs, places_of(costs), MOST) == list(enumerate(hidden.tolist()))
