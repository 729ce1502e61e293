"""Piles in one order: the longest common run of two sequences, by which papers find each other's place.

Bit-parallel longest common subsequence (Crochemore et al. 2001, Hyyrö 2004): one row is one whole number, so two piles
of 5,000 take a few hundredths of a second and 3 MB.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Anchor = tuple[int, int]
"""Places in the first and in the second sequence, from 0."""

LARGEST = 400_000_000
"""Product of the lengths beyond which the order is not asked: two piles of 20,000, 50 MB of rows."""
LARGEST_IN_PLACE = 36_000_000
"""The same for the line-up of equals by their places: two piles of 6,000, 36 MB and about a second."""
STEADY = 0.5
"""Share of the shorter pile that must lie in one order before that order is called by its name."""


class Order(StrEnum):
    """How the second pile lies to the first."""

    SAME = "same"
    REVERSED = "reversed"
    MIXED = "mixed"


def common_run(first: Sequence[int], second: Sequence[int]) -> list[Anchor]:
    """A longest common subsequence as pairs of places, both rising. Empty beyond `LARGEST`."""
    if len(first) * len(second) > LARGEST:
        return []
    width = len(second)
    where: dict[int, int] = {}
    for place, key in enumerate(second):
        where[key] = where.get(key, 0) | 1 << place
    # A bit that is 0 in a row: one more of `second` was found up to here.
    full = (1 << width) - 1
    state = full
    rows: list[int] = []
    for key in first:
        found = state & where.get(key, 0)
        state = ((state + found) | (state - found)) & full
        rows.append(state)
    return _walk_back(rows, width)


def _walk_back(rows: list[int], width: int) -> list[Anchor]:
    """The pairs from the rows: a bit that is 0 is a place where the common run grew by one."""
    run: list[Anchor] = []
    row, column = len(rows), width
    while row and column:
        if rows[row - 1] >> (column - 1) & 1:
            column -= 1
            continue
        row -= 1
        # The row above knew this place already: the pair was made further up.
        if row and not rows[row - 1] >> (column - 1) & 1:
            continue
        column -= 1
        run.append((row, column))
    run.reverse()
    return run


def ordered(first: Sequence[int], second: Sequence[int]) -> tuple[Order, list[Anchor]]:
    """The longer of the common runs with the second pile as it lies and turned over; places in `second` as it lies."""
    straight = common_run(first, second)
    short = min(len(first), len(second))
    # Nothing can be longer; piles that all agree lie in either order.
    if len(straight) == short:
        return Order.SAME, straight
    turned = common_run(first, second[::-1])
    run, order = straight, Order.SAME
    if len(turned) > len(straight):
        last = len(second) - 1
        run, order = [(one, last - other) for one, other in turned], Order.REVERSED
    return _named(order, len(run), short), run


def in_place(
    first: Sequence[int], second: Sequence[int], apart: npt.NDArray[np.integer], gap: int
) -> list[Anchor] | None:
    """Both piles in one order with the least sum of differences and gaps; None beyond `LARGEST_IN_PLACE`.

    `apart` says how far each kind of paper is from each, 0 for the same; `gap` what a paper costs that the other pile
    lacks. A longest common run leaves open which of many equal papers the one that differs is; its place tells.
    """
    if len(first) * len(second) > LARGEST_IN_PLACE:
        return None
    theirs, columns = np.array(second, np.int64), gap * np.arange(len(second) + 1)
    above = columns.copy()
    moves = np.zeros((len(first), len(second) + 1), np.uint8)
    for row, key in enumerate(first):
        both, alone = above[:-1] + apart[key][theirs], above + gap
        cheapest = alone.copy()
        cheapest[1:] = np.minimum(both, alone[1:])
        # A gap in the first pile carries on from the left: the least so far, with what each step costs.
        above = np.minimum.accumulate(cheapest - columns) + columns
        moves[row] = _ALONE
        moves[row, 1:][both == above[1:]] = _BOTH
        moves[row][above < cheapest] = _THEIRS
    pairs: list[Anchor] = []
    row, column = len(first), len(second)
    while row and column:
        move = int(moves[row - 1, column])
        row -= int(move != _THEIRS)
        column -= int(move != _ALONE)
        if move == _BOTH:
            pairs.append((row, column))
    return pairs[::-1]


_BOTH, _ALONE, _THEIRS = 0, 1, 2


def steady(pairs: Sequence[Anchor], short: int) -> tuple[Order, list[Anchor]]:
    """The longest run of pairs in one order, rising or falling; `short` is the length of the shorter pile."""
    rising = _rising(sorted(pairs))
    falling = _rising(sorted((one, -other) for one, other in pairs))
    if len(falling) > len(rising):
        return _named(Order.REVERSED, len(falling), short), [(one, -other) for one, other in falling]
    return _named(Order.SAME, len(rising), short), rising


def _named(order: Order, length: int, short: int) -> Order:
    return order if length >= STEADY * short else Order.MIXED


def _rising(pairs: Sequence[Anchor]) -> list[Anchor]:
    """A longest run in which the second place rises with the first (patience sorting, n log n)."""
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for index, (_, other) in enumerate(pairs):
        pile = bisect_left(ends, other)
        before.append(tops[pile - 1] if pile else -1)
        if pile == len(ends):
            ends.append(other)
            tops.append(index)
        else:
            ends[pile], tops[pile] = other, index
    run: list[Anchor] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]
