"""The stroke along a name, column by column: where it is seen, where it is missing, and how high it runs."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

VISIBLE_SHARE = 0.6
"""A column tells that ink is missing only where this share of the stroke's path in it is free of print."""
LINE_OFFSETS = np.arange(-2, 3)[:, None]
"""The path, px, that a stroke takes through a column: a thin pen's line is 3 px high."""
END_PX = 40
"""Columns (5 mm) at the end of a stroke that tell where it would go on."""
STEEPEST, STRAIGHT_PX = 0.2, 1.5
"""Slope that a stroke's end goes on with, and how far its middle may depart from a straight line."""
OPEN_PAPER = 0.5
"""Share of the x-height of a column that is clean paper: a stroke that is not seen there does not pass there."""


@dataclass(frozen=True)
class StrikeLine:
    """A stroke along a name, column by column: `inked` where ink is seen, `clean` where it should be and is not.

    A column without ink is clean only when the paper is visible at the height where the stroke must pass (between its
    neighbours); where print lies there, the column tells nothing. `height` is the row of the stroke in every column.
    """

    inked: npt.NDArray[np.bool_]
    clean: npt.NDArray[np.bool_]
    height: npt.NDArray[np.float64]

    @property
    def cover(self) -> float:
        """Share of the telling columns that carry ink."""
        inked = int(np.count_nonzero(self.inked))
        telling = inked + int(np.count_nonzero(self.clean))
        return inked / telling if telling else 0.0

    @property
    def longest_gap(self) -> int:
        """Most clean columns, px, between one inked column and the next, the ends included."""
        runs = np.cumsum(self.inked)
        return int(np.bincount(runs[self.clean]).max()) if self.clean.any() else 0


def share_crossing(part: npt.NDArray[np.uint8], free: npt.NDArray[np.uint8], core: slice, line: StrikeLine) -> float:
    """Share of the inked columns in which ink crosses the x-height (`part` is its ink, `free` its visible paper).

    Ink crosses when it is seen within the x-height, when the stroke must pass there (behind print), or when it stands
    both above and below with no clean paper between: so a scribble crosses, while an underline and a circle do not.
    """
    columns = line.inked
    inked = int(np.count_nonzero(columns))
    if not inked:
        return 0.0
    open_paper = cv2.reduce(cv2.compare(part, free, cv2.CMP_LT), 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F)[0]
    passing = (line.height >= core.start) & (line.height < core.stop) & (open_paper <= 255 * OPEN_PAPER)
    return int(np.count_nonzero(columns & ((part.max(axis=0) > 0) | passing))) / inked


def longest_below(part: npt.NDArray[np.uint8], core: slice, line: StrikeLine) -> int:
    """Most columns, px, from one place where ink is seen in the upper half of the x-height to the next.

    Before the first and after the last, the ends of the stroke count. A coil and a wave come up time and again, an
    underline and the lower side of a ring do not.
    """
    inked = np.flatnonzero(line.inked)
    if not inked.size:
        return 0
    upper = part[core.start : (core.start + core.stop) // 2].max(axis=0, initial=0)
    up = np.flatnonzero(upper[inked[0] : inked[-1] + 1])
    return int(np.diff(np.concatenate(([-1], up, [int(inked[-1] - inked[0]) + 1]))).max()) - 1


def line_along(mask: npt.NDArray[np.uint8], free: npt.NDArray[np.uint8], top: int) -> StrikeLine:
    """The stroke within the wide band of a name, whose first row is `top` of the cell."""
    part = mask.astype(np.float32)
    rows = np.arange(part.shape[0], dtype=np.float32)
    counts, weighted = np.stack([np.ones_like(rows), rows]) @ part
    inked = counts > 0
    places = np.flatnonzero(inked)
    if not places.size:
        return StrikeLine(inked, np.zeros_like(inked), np.zeros(len(inked)))
    every = np.arange(len(inked))
    middles = weighted[places] / counts[places]
    height = np.interp(every, places, middles)
    for end, side in ((slice(None, END_PX), every < places[0]), (slice(-END_PX, None), every > places[-1])):
        height[side] = _further(places[end], middles[end], every[side])
    path = np.minimum(np.maximum(np.rint(height).astype(np.intp) + LINE_OFFSETS, 0), part.shape[0] - 1)
    visible = (free[path, every] > 0).sum(axis=0)
    clean = ~inked & (visible >= VISIBLE_SHARE * len(LINE_OFFSETS))
    return StrikeLine(inked, clean, height + top)


def _further(
    places: npt.NDArray[np.intp], middles: npt.NDArray[np.float64], beyond: npt.NDArray[np.intp]
) -> npt.NDArray[np.float64]:
    """The height at which a stroke's end (its last columns and their middles) would go on: as it came, if straight."""
    x, y = places - places.mean(), middles - middles.mean()
    slope = float(x @ y) / max(1.0, float(x @ x))
    straight = len(places) == END_PX and abs(slope) <= STEEPEST and float(np.abs(y - slope * x).mean()) <= STRAIGHT_PX
    end = float(middles.mean()) if straight else float(middles[0 if beyond.size and beyond[0] < places[0] else -1])
    return np.asarray(end + (slope if straight else 0.0) * (beyond - places.mean()), np.float64)


def of_word(line: StrikeLine, columns: slice, word: slice) -> StrikeLine:
    """The part of the stroke over one word; `columns` are those of the name in the cell, `word` those of the word."""
    part = slice(max(0, word.start - columns.start), max(1, word.stop - columns.start))
    return StrikeLine(line.inked[part], line.clean[part], line.height[part])


def word_span(line: StrikeLine, columns: slice, word: slice) -> float:
    """The share of a word's width that lies between the two ends of the stroke."""
    inked = np.flatnonzero(line.inked)
    if not inked.size:
        return 0.0
    start, stop = word.start - columns.start, word.stop - columns.start
    within = min(stop, int(inked[-1]) + 1) - max(start, int(inked[0]))
    return max(0.0, int(within) / max(1, int(stop) - int(start)))


def word_reach(line: StrikeLine, columns: slice, word: slice) -> float:
    """The share of a word's width that lies between the farthest places where the stroke may end, hidden by letters."""
    inked, clean = np.flatnonzero(line.inked), np.flatnonzero(line.clean)
    if not inked.size:
        return 0.0
    before, after = clean[clean < inked[0]], clean[clean > inked[-1]]
    first = int(before[-1]) + 1 if before.size else 0
    last = int(after[0]) if after.size else line.inked.size
    start, stop = word.start - columns.start, word.stop - columns.start
    return max(0.0, float(min(stop, last) - max(start, first)) / max(1, int(stop) - int(start)))
