"""Which of the papers left over are one: pairs with the fewest differences in all.

Up to EXACT papers a side the pairs are a minimum (Hungarian method with potentials, Kuhn 1955, Jonker-Volgenant 1987).
Beyond that they are made level by level, nearest first, and bettered by exchange until no two pairs can gain: what is
left over in such numbers comes of a fault in one whole pass, which shows in every pair.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

EXACT = 400
"""Papers a side up to which the least sum is found for certain: at most a second or two."""
SWEEPS = 40
"""Rounds of exchange at most; three or four are enough in practice, and no input may take for ever."""
_MARK, _ALONE, _NEAR = 1 << 40, 1 << 20, 1 << 10
"""One half mark weighs more than all else; of equal sums the one with more pairs; then the places in the pile."""

Costs = npt.NDArray[np.int16]
Places = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]
"""Where the rows and where the columns lie in one pile, 0 to 1: it decides between pairs that cost the same."""


def pairs_of(costs: Costs, places: Places, most: int) -> list[tuple[int, int]]:
    """Pairs (row, column) with the least sum of `costs`, each paper in one pair; a pair above `most` is none."""
    if not costs.size:
        return []
    if costs.shape[0] > costs.shape[1]:
        return sorted((row, column) for column, row in pairs_of(costs.T, places[::-1], most))
    # Beyond the most that a pair may cost it matters no more by how much.
    capped = np.minimum(costs, most + 1)
    columns = _least(capped, places, most) if costs.shape[0] <= EXACT else _bettered(capped, _by_level(capped, places))
    return [(row, int(column)) for row, column in enumerate(columns) if costs[row, column] <= most]


def _least(costs: Costs, places: Places, most: int) -> npt.NDArray[np.int64]:
    """The column of every row so that the sum is least; rows are not more than columns."""
    gaps = np.abs(places[0][:, None] - places[1][None, :])
    weights = costs * np.int64(_MARK) + (costs > most) * np.int64(_ALONE) + np.rint(gaps * _NEAR).astype(np.int64)
    rows, columns = weights.shape
    of_row, of_column = np.zeros(rows + 1, np.int64), np.zeros(columns + 1, np.int64)
    owner = np.full(columns + 1, -1, np.int64)
    far = np.iinfo(np.int64).max // 4
    for row in range(rows):
        # Column `columns` stands for no column: the path begins there.
        owner[columns], here = row, columns
        least = np.full(columns, far)
        before = np.full(columns, columns)
        reached = np.zeros(columns + 1, np.bool_)
        while owner[here] >= 0:
            reached[here] = True
            at = owner[here]
            reduced = weights[at] - of_row[at] - of_column[:columns]
            nearer = ~reached[:columns] & (reduced < least)
            least[nearer], before[nearer] = reduced[nearer], here
            step_to = int(np.argmin(np.where(reached[:columns], far, least)))
            step = least[step_to]
            of_row[owner[reached]] += step
            of_column[reached] -= step
            least[~reached[:columns]] -= step
            here = step_to
        while here != columns:
            owner[here] = owner[before[here]]
            here = int(before[here])
        owner[columns] = -1
    return _inverted(owner[:columns], rows)


def _by_level(costs: Costs, places: Places) -> npt.NDArray[np.int64]:
    """Pairs made from the smallest difference up, among equals those whose places lie nearest."""
    taken = np.full(costs.shape[0], -1, np.int64)
    free = np.ones(costs.shape[1], np.bool_)
    for level in np.unique(costs):
        for row in np.flatnonzero(taken < 0):
            fitting = np.flatnonzero((costs[row] == level) & free)
            if fitting.size:
                taken[row] = fitting[np.argmin(np.abs(places[1][fitting] - places[0][row]))]
                free[taken[row]] = False
    return taken


def _bettered(costs: Costs, taken: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The same pairs after every exchange of two columns that lowers the sum."""
    owner = np.full(costs.shape[1], -1, np.int64)
    owner[taken] = np.arange(len(taken))
    everywhere = np.arange(costs.shape[1])
    for _ in range(SWEEPS):
        changed = False
        for row in range(len(taken)):
            here = taken[row]
            # A pair without a difference gains by no exchange: the differences obey the triangle inequality.
            if not costs[row, here]:
                continue
            owned = owner >= 0
            theirs = np.where(owned, costs[owner, everywhere], 0)
            instead = np.where(owned, costs[owner, here], 0)
            gain = (int(costs[row, here]) + theirs) - (costs[row].astype(np.int64) + instead)
            best = int(np.argmax(gain))
            if gain[best] > 0:
                other = owner[best]
                taken[row], owner[best], owner[here] = best, row, other
                if other >= 0:
                    taken[other] = here
                changed = True
        if not changed:
            break
    return taken


def _inverted(owner: npt.NDArray[np.int64], rows: int) -> npt.NDArray[np.int64]:
    taken = np.zeros(rows, np.int64)
    held = owner >= 0
    taken[owner[held]] = np.flatnonzero(held)
    return taken
