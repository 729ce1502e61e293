"""Where the printed text of rows lies, many rows at once: asked row by row, the calls would cost more than the sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Whole = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Patterns:
    """The print by which each segment is aligned, `(S, H, W)`, at half scale; `within` is 1 where a segment has any.

    `sizes` px of each. Each one's mean is taken away and its length is 1; smaller ones are filled up with 0 below and
    to the right.
    """

    ideals: Floats
    within: Floats
    sizes: npt.NDArray[np.float64]

    @property
    def height_width(self) -> tuple[int, int]:
        """Height and width of the largest, px at half scale."""
        return int(self.ideals.shape[1]), int(self.ideals.shape[2])

    def places(self, numbers: Sequence[int], windows: Floats, reach: int) -> npt.NDArray[np.float64]:
        """dx, dy (px at 200 dpi, within `reach` at half scale) and correlation of each segment in its window, `(N, 3)`.

        A window is the page about a segment's place, `reach` wider than all patterns on every side. First up and down,
        then sideways, then up and down once more: a third of the work of looking everywhere, and rows of text have no
        second place within a millimetre that one could be caught in.
        """
        ideals = self.ideals[list(numbers)]
        height, width = self.height_width
        fine_y, y, _along = _best(windows[:, :, reach : reach + width], ideals)
        fine_x, x, along = _best(np.stack([one[k : k + height] for one, k in zip(windows, y, strict=True)]), ideals)
        off = np.flatnonzero(x != reach)
        if off.size:
            moved = np.stack([windows[k, :, x[k] : x[k] + width] for k in off])
            fine_y[off], y[off], along[off] = _best(moved, ideals[off])
        places = zip(windows, y.tolist(), x.tolist(), strict=True)
        at = np.stack([one[row : row + height, column : column + width] for one, row, column in places])
        match = along / self._lengths(numbers, at)
        return np.stack([2 * (fine_x - reach), 2 * (fine_y - reach), match], axis=1)

    def _lengths(self, numbers: Sequence[int], at: Floats) -> npt.NDArray[np.float64]:
        """How far what lies there departs from its own mean: along a print of length 1, that gives the correlation."""
        own = self.within[list(numbers)]
        at = at * own
        sums, squares = (np.einsum("nhw,nhw->n", at, other).astype(np.float64) for other in (own, at))
        return np.asarray(np.sqrt(np.maximum(squares - sums * sums / self.sizes[list(numbers)], 1.0)))


def patterns_of(ideals: Sequence[Floats], sizes: Sequence[tuple[int, int]]) -> Patterns:
    """From the flat ideal of each segment and its height and width."""
    height, width = (max((size[axis] for size in sizes), default=1) for axis in range(2))
    every = np.zeros((len(sizes), height, width), np.float32)
    within = np.zeros_like(every)
    for number, (ideal, (rows, columns)) in enumerate(zip(ideals, sizes, strict=True)):
        every[number, :rows, :columns] = ideal.reshape(rows, columns)
        within[number, :rows, :columns] = 1
    return Patterns(every, within, np.array([rows * columns for rows, columns in sizes], np.float64))


def _best(strips: Floats, ideals: Floats) -> tuple[npt.NDArray[np.float64], Whole, npt.NDArray[np.float64]]:
    """Where along each strip, high or wide as the prints, the print lies best: to a part of a px, and in whole px.

    And the sum there of what lies in the strip times the print.
    """
    height, width = ideals.shape[1:]
    upright = strips.shape[1] > height
    parts = (
        strips[:, k : k + height] if upright else strips[:, :, k : k + width]
        for k in range(strips.shape[1] - height + strips.shape[2] - width + 1)
    )
    scores = np.stack([np.einsum("nhw,nhw->n", part, ideals) for part in parts], axis=1).astype(np.float64)
    peaks = scores.argmax(axis=1)
    return peaks + _between(scores, peaks), peaks, scores.max(axis=1)


def _between(scores: npt.NDArray[np.float64], peaks: Whole) -> npt.NDArray[np.float64]:
    """Where between the samples each peak lies: the vertex of the parabola through it and its neighbours."""
    each = np.arange(len(scores))
    inner = np.minimum(np.maximum(peaks, 1), scores.shape[1] - 2)
    before, at, after = (scores[each, inner + step] for step in (-1, 0, 1))
    bend = before - 2 * at + after
    known = (inner == peaks) & (bend < 0)
    return np.where(known, 0.5 * (before - after) / np.where(known, bend, 1.0), 0.0)
