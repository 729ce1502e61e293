"""Piles in one order: the common run is the longest there is, and is called by the order in which it lies."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daihoi.counts.comparing import alignment
from daihoi.counts.comparing.alignment import Order, common_run, in_place, ordered, steady

UNTIMED = settings(deadline=None)
"""A machine that does other work besides must not fail a law."""
KEYS = st.lists(st.integers(0, 4), max_size=30)


def longest(first: list[int], second: list[int]) -> int:
    """The length by the textbook's table."""
    above = [0] * (len(second) + 1)
    for key in first:
        row = [0]
        for place, other in enumerate(second):
            row.append(above[place] + 1 if key == other else max(above[place + 1], row[-1]))
        above = row
    return above[-1]


@UNTIMED
@given(KEYS, KEYS)
def test_common_run_is_a_common_subsequence_of_the_greatest_length(first: list[int], second: list[int]) -> None:
    run = common_run(first, second)
    assert all(first[one] == second[other] for one, other in run)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(run))
    assert len(run) == longest(first, second)


@UNTIMED
@given(KEYS)
def test_common_run_with_itself_is_the_whole(pile: list[int]) -> None:
    assert common_run(pile, pile) == [(place, place) for place in range(len(pile))]


def test_common_run_finds_the_place_of_one_that_is_missing() -> None:
    pile = [1, 2, 3, 4, 5, 6]
    assert common_run(pile, [1, 2, 4, 5, 6]) == [(0, 0), (1, 1), (3, 2), (4, 3), (5, 4)]


def test_common_run_is_not_asked_of_piles_beyond_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    pile = list(range(5))
    monkeypatch.setattr(alignment, "LARGEST", 24)
    assert common_run(pile, pile) == []
    monkeypatch.setattr(alignment, "LARGEST", 25)
    assert len(common_run(pile, pile)) == 5


@UNTIMED
@given(st.lists(st.integers(), unique=True, min_size=3, max_size=20))
def test_ordered_knows_a_pile_that_was_turned_over(pile: list[int]) -> None:
    order, run = ordered(pile, pile[::-1])
    assert order is Order.REVERSED
    assert sorted(run) == [(place, len(pile) - 1 - place) for place in range(len(pile))]


def test_ordered_prefers_the_order_as_it_lies() -> None:
    assert ordered([1, 1, 1], [1, 1, 1])[0] is Order.SAME
    assert ordered([7], [7])[0] is Order.SAME


def test_ordered_of_a_shuffled_pile_is_mixed() -> None:
    pile = list(range(40))
    mixed = [(place * 17) % 40 for place in pile]
    assert ordered(pile, mixed)[0] is Order.MIXED


def test_ordered_of_empty_piles_is_nothing() -> None:
    assert ordered([], []) == (Order.SAME, [])
    assert ordered([1, 2], [])[1] == []


@UNTIMED
@given(st.permutations(range(12)))
def test_steady_is_a_run_of_the_pairs_that_rises_or_falls(places: list[int]) -> None:
    pairs = list(enumerate(places))
    order, run = steady(pairs, len(pairs))
    seconds = [other for _, other in run]
    assert set(run) <= set(pairs)
    assert seconds in (sorted(seconds), sorted(seconds, reverse=True))
    rising = max(longest(list(range(12)), places), longest(list(range(12)), places[::-1]))
    assert len(run) == rising
    assert (order is Order.MIXED) is (len(run) < 6)


def test_steady_names_the_order() -> None:
    assert steady([(0, 0), (1, 1), (2, 2)], 3)[0] is Order.SAME
    assert steady([(0, 2), (1, 1), (2, 0)], 3)[0] is Order.REVERSED
    assert steady([], 0) == (Order.SAME, [])
    assert steady([], 4)[0] is Order.MIXED


@UNTIMED
@given(st.lists(st.integers(0, 2), max_size=9), st.lists(st.integers(0, 2), max_size=9))
def test_line_up_in_place_costs_the_least_there_is(first: list[int], second: list[int]) -> None:
    apart = np.array([[0, 1, 2], [1, 0, 3], [2, 3, 0]])
    pairs = in_place(first, second, apart, 2)
    assert pairs is not None
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))
    alone = len(first) + len(second) - 2 * len(pairs)
    cost = sum(int(apart[first[one], second[other]]) for one, other in pairs) + 2 * alone
    table = [[2 * column for column in range(len(second) + 1)]]
    for key in first:
        row = [table[-1][0] + 2]
        for place, other in enumerate(second):
            row.append(min(table[-1][place] + int(apart[key, other]), table[-1][place + 1] + 2, row[-1] + 2))
        table.append(row)
    assert cost == table[-1][-1]


def test_line_up_in_place_is_not_asked_of_piles_beyond_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "LARGEST_IN_PLACE", 24)
    assert in_place([0] * 5, [0] * 5, np.zeros((1, 1), int), 1) is None
