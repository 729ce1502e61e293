"""Which leaves of two passes are one paper. No ballot bears a number: what stands on it is all there is to go by.

1. Papers that say just the same are one, in the order of the piles as far as that order holds: with equals paired, no
   other line-up has fewer differences (the differences obey the triangle inequality, so any other can be exchanged).
   Of many equals those are paired that lie in their places, so that a difference is shown at the paper that has it.
2. What is left is paired with the fewest differences in all; a clear mark against another counts two, a doubt against
   a clear mark one. A pair may differ in a quarter of its names at most, and two names always.
3. A sheet of which one side was read is paired with what contradicts that side least, and half as far off at most.
4. A leaf of which nothing was read says nothing: it is paired last, by its place in the pile alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from daihoi.counts.comparing.alignment import LARGEST_IN_PLACE, Anchor, Order, in_place, ordered, steady
from daihoi.counts.comparing.assignment import Costs, Places, pairs_of
from daihoi.counts.comparing.terms import Leaf
from daihoi.rules.terms import Mark

CLEAR_APART, DOUBT_APART = 2, 1
"""What a mark costs that is another clear mark, and one that is doubtful in one of the two."""
LEAST_MOST = 2 * CLEAR_APART
"""Two names may always differ, however short the list."""
LARGEST_BLOCK = 5_000
"""Leaves a side that are held against each other at once: 50 MB."""
ROWS_AT_ONCE = 500
BLANK_REACH = 8
"""How many sheets off its place in the pile a page that was not read is still looked for."""

_CODES = {mark: code for code, mark in enumerate((None, *Mark))}
_APART = np.full((len(_CODES), len(_CODES)), CLEAR_APART, np.float32)
_APART[_CODES[Mark.DOUBTFUL], :] = _APART[:, _CODES[Mark.DOUBTFUL]] = DOUBT_APART
# What was not read contradicts nothing.
_APART[0, :] = _APART[:, 0] = 0
np.fill_diagonal(_APART, 0)


@dataclass(frozen=True)
class Lined:
    """Pairs of places in the two sequences of leaves, from 0, in the order of the first; and how the piles lie."""

    pairs: tuple[Anchor, ...]
    order: Order


def line_up(first: Sequence[Leaf], second: Sequence[Leaf]) -> Lined:
    """The pairs of leaves that are one paper; who is in no pair is in one pass alone."""
    keys: dict[object, int] = {}
    ours = [keys.setdefault(leaf.says, len(keys)) for leaf in first]
    theirs = [keys.setdefault(leaf.says, len(keys)) for leaf in second]
    order, run = ordered(ours, theirs)
    run = _in_place(first, second, (ours, theirs), order, run)
    pairs = run + _alike(ours, theirs, run)
    place_of = _expected(run, order, len(first), len(second))
    most = most_apart(len(first[0].marks)) if first else 0
    left = _unpaired(first, second, pairs)
    pairs += _nearest(first, second, _those(left, first, second, _is_read), place_of, most)
    left = _unpaired(first, second, pairs)
    pairs += _nearest(first, second, _those(left, first, second, _is_marked), place_of, most // 2)
    # What was paired with differences tells the order of the piles too: of these it may be the whole.
    order, run = steady(pairs, min(len(first), len(second)))
    place_of = _expected(run, order, len(first), len(second))
    pairs += _by_place(first, second, _unpaired(first, second, pairs), place_of, order)
    return Lined(tuple(sorted(pairs)), order)


def _in_place(
    first: Sequence[Leaf],
    second: Sequence[Leaf],
    keys: tuple[Sequence[int], Sequence[int]],
    order: Order,
    run: list[Anchor],
) -> list[Anchor]:
    """The equal pairs of the run so that what differs lies in its place: any of many equal papers could be left over.

    Which equals are paired changes nothing in how many differences there are, and all in whose paper they are shown at.
    """
    ours, theirs = keys
    chosen = any(_is_one_of_many(side, {pair[at] for pair in run}) for at, side in enumerate(keys))
    # Where one pile lies wholly in the other nothing differs.
    if not chosen or len(run) == min(len(ours), len(theirs)) or len(ours) * len(theirs) > LARGEST_IN_PLACE:
        return run
    kinds = (list(dict.fromkeys(ours)), list(dict.fromkeys(theirs)))
    most = most_apart(len(first[0].marks))
    costs = _costs(dict(zip((*ours, *theirs), (*first, *second), strict=True)), kinds, most)
    row_of, column_of = (dict(zip(side, range(len(side)), strict=True)) for side in kinds)
    step = -1 if order is Order.REVERSED else 1
    found = in_place([row_of[key] for key in ours], [column_of[key] for key in theirs[::step]], costs, most)
    if found is None:
        return run
    last = len(theirs) - 1
    lined = [(one, last - other if step < 0 else other) for one, other in found]
    return [(one, other) for one, other in lined if ours[one] == theirs[other]]


def _costs(shown: dict[int, Leaf], kinds: tuple[list[int], list[int]], most: int) -> npt.NDArray[np.int64]:
    """How far each kind of paper of one pile lies from each of the other, `(N, M)`."""
    own, other = kinds
    costs = apart([shown[key] for key in own], [shown[key] for key in other]).astype(np.int64)
    # What says the same but for its standing differs too; what is too far apart is two papers.
    costs = np.maximum(costs, np.array(own)[:, None] != np.array(other)[None, :])
    costs[costs > most] = 2 * most + 1
    return np.asarray(costs, np.int64)


def _is_one_of_many(keys: Sequence[int], paired: set[int]) -> bool:
    """Whether a paper that is not paired yet has its equals in the pile: any of them could have been left over."""
    many = Counter(keys)
    return any(many[key] > 1 for place, key in enumerate(keys) if place not in paired)


def _is_read(leaf: Leaf) -> bool:
    return not leaf.unread and not leaf.blank


def _is_marked(leaf: Leaf) -> bool:
    return not leaf.blank


def _those(
    left: tuple[list[int], list[int]], first: Sequence[Leaf], second: Sequence[Leaf], wanted: Callable[[Leaf], bool]
) -> tuple[list[int], list[int]]:
    ours, theirs = left
    return [one for one in ours if wanted(first[one])], [one for one in theirs if wanted(second[one])]


def most_apart(names: int) -> int:
    """The most that two leaves of `names` candidates may differ and still be held to be one paper."""
    return max(LEAST_MOST, CLEAR_APART * names // 4)


def apart(first: Sequence[Leaf], second: Sequence[Leaf]) -> Costs:
    """How far each leaf of `first` is from each of `second`, `(len(first), len(second))`, in the units above."""
    ours, theirs = _coded(first), _coded(second)
    # One product of matrices a word that occurs: mark against mark would take a hundred times the memory.
    words = [(code, _APART[code][theirs].T) for code in np.unique(ours)]
    found = np.zeros((len(first), len(second)), np.int16)
    for start in range(0, len(first), ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        block = [(ours[rows] == code).astype(np.float32) @ away for code, away in words]
        found[rows] = np.rint(sum(block[1:], start=block[0]))
    return found


def _coded(leaves: Sequence[Leaf]) -> npt.NDArray[np.int64]:
    return np.array([[_CODES[mark] for mark in leaf.marks] for leaf in leaves], np.int64).reshape(len(leaves), -1)


def _alike(ours: Sequence[int], theirs: Sequence[int], run: Sequence[Anchor]) -> list[Anchor]:
    """Leaves outside of the common run that say the same all the same: papers that lie elsewhere in the other pile."""
    done, gone = {one for one, _ in run}, {other for _, other in run}
    waiting: dict[int, list[int]] = defaultdict(list)
    for place in range(len(theirs) - 1, -1, -1):
        if place not in gone:
            waiting[theirs[place]].append(place)
    return [(place, waiting[key].pop()) for place, key in enumerate(ours) if place not in done and waiting.get(key, [])]


def _unpaired(first: Sequence[Leaf], second: Sequence[Leaf], pairs: Sequence[Anchor]) -> tuple[list[int], list[int]]:
    done, gone = {one for one, _ in pairs}, {other for _, other in pairs}
    left = [place for place in range(len(first)) if place not in done]
    return left, [place for place in range(len(second)) if place not in gone]


def _expected(run: Sequence[Anchor], order: Order, ours: int, theirs: int) -> npt.NDArray[np.float64]:
    """Where in the second pile each leaf of the first should lie, between the neighbours that were found there."""
    known = sorted(run)
    if not known:
        return np.linspace(0, max(theirs - 1, 0), ours)
    at, lies = (np.array([pair[side] for pair in known], np.float64) for side in (0, 1))
    places = np.arange(ours, dtype=np.float64)
    step = -1.0 if order is Order.REVERSED else 1.0
    expected = np.interp(places, at, lies)
    # Before the first and after the last known neighbour the piles go on as they did.
    expected[places < at[0]] = lies[0] + step * (places[places < at[0]] - at[0])
    expected[places > at[-1]] = lies[-1] + step * (places[places > at[-1]] - at[-1])
    return expected


def _nearest(
    first: Sequence[Leaf],
    second: Sequence[Leaf],
    left: tuple[list[int], list[int]],
    place_of: npt.NDArray[np.float64],
    most: int,
) -> list[Anchor]:
    """Pairs with the fewest differences; beyond LARGEST_BLOCK block by block along the piles."""
    ours, theirs = left
    if not ours or not theirs:
        return []
    # In the order in which the first pile expects them, so that blocks hold what belongs together.
    ours = sorted(ours, key=lambda one: (place_of[one], one))
    blocks = -(-max(len(ours), len(theirs)) // LARGEST_BLOCK)
    found: list[Anchor] = []
    for block in range(blocks):
        rows = ours[block * len(ours) // blocks : (block + 1) * len(ours) // blocks]
        columns = theirs[block * len(theirs) // blocks : (block + 1) * len(theirs) // blocks]
        if not rows or not columns:
            continue
        span = max(len(second) - 1, 1)
        places: Places = place_of[rows] / span, np.array(columns, np.float64) / span
        costs = apart([first[one] for one in rows], [second[one] for one in columns])
        pairs = pairs_of(costs, places, most)
        found += [(rows[row], columns[column]) for row, column in pairs]
    return found


def _by_place(
    first: Sequence[Leaf],
    second: Sequence[Leaf],
    left: tuple[list[int], list[int]],
    place_of: npt.NDArray[np.float64],
    order: Order,
) -> list[Anchor]:
    """Pairs of which one is blank: the paper that lies where the blank one should, nearest first."""
    ours, theirs = left
    # Piles that were shuffled tell nothing by place; one paper left on either side is one paper all the same.
    reach = BLANK_REACH if order is not Order.MIXED else len(second) if len(ours) == len(theirs) == 1 else -1
    close: list[tuple[float, int, int]] = []
    for one in ours:
        at = float(place_of[one])
        for other in theirs[bisect_left(theirs, at - reach) : bisect_right(theirs, at + reach)]:
            if first[one].blank or second[other].blank:
                close.append((abs(at - other), one, other))
    done: set[int] = set()
    gone: set[int] = set()
    found: list[Anchor] = []
    for _, one, other in sorted(close):
        if one not in done and other not in gone:
            found.append((one, other))
            done.add(one)
            gone.add(other)
    return found
