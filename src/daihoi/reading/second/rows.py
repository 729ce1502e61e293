"""Where each row of the list lies: by the rulings above and below it, found as dark ridges that run the whole width.

The corner squares give the page; what a feeder stretches between them is along the feed, and the rulings show it. Only
the places of the rulings are known, nothing of the letters between them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.second.page import Pose
from daihoi.reading.second.thresholds import Limits
from daihoi.reading.terms import GrayImage
from daihoi.sheet.terms import Rect

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.intp]

STEP_MM = 0.125
COLUMN_MM = 2.5
"""Places along a ruling at which it is looked for are so far apart."""
REACH_MM = 1.75
"""How far a ruling is looked for: beyond what any feeder stretched in tests (0.9 mm), short of the letters."""
RIDGE = 4
"""A ridge is dark against what is this many steps above and below: 0.5 mm, wider than any ruling."""
OFF_RULING_MM = 0.55
"""White left out at a ruling, for its blur and what the feeder leaves unsaid."""
PAPER_HEIGHTS = 9
"""Lines of samples by which the paper of a row is known."""
PAPER_SHARE = 0.6
"""Print and ink cover less than half of any row, even of a scribbled one."""
NEIGHBOURS = 3
"""A ruling is held against so many others on either side."""


@dataclass(frozen=True)
class Block:
    """Rows that stand one below the other, the heights of their rulings (mm), and which two belong to each row."""

    rows: tuple[Rect, ...]
    lines: Floats
    upper: Whole
    lower: Whole


@dataclass(frozen=True)
class Rows:
    """All rows of a page, numbered block after block; `number` gives the number of a cell."""

    blocks: tuple[Block, ...]
    number: dict[Rect, int]


@dataclass(frozen=True)
class Strip:
    """A block of rows as the corner squares lay it, `(H, W) uint8`: one sample each STEP_MM down and `wide` mm across.

    `left` and `top` are the mm of its edges.
    """

    pixels: GrayImage
    left: float
    top: float
    wide: float


@dataclass(frozen=True)
class Placed:
    """How far each row lies from where the corner squares say, mm downwards at its upper and at its lower ruling.

    `seen` is whether that is known: by a ruling of its own, or by rulings above and below it. (Black and white may
    lose every hairline and keep only the rules about the block.) `paper` is the level of its bare paper. All are by
    number of row; `strips` by block.
    """

    upper: Floats
    lower: Floats
    seen: Bools
    paper: Floats
    strips: tuple[Strip, ...]


def plan_rows(cells: Iterable[Rect]) -> Rows:
    """The rows of a page by their cells, known before the first scan."""
    groups: dict[tuple[int, int], list[Rect]] = {}
    for cell in dict.fromkeys(cells):
        groups.setdefault((round(cell.x), round(cell.w)), []).append(cell)
    blocks = []
    for group in groups.values():
        rows = sorted(group, key=lambda row: row.y)
        heights = sorted({round(y, 3) for row in rows for y in (row.y, row.bottom)})
        upper, lower = (
            [heights.index(round(y, 3)) for y in ys] for ys in zip(*((r.y, r.bottom) for r in rows), strict=True)
        )
        blocks.append(Block(tuple(rows), np.array(heights), np.array(upper), np.array(lower)))
    return Rows(tuple(blocks), {row: k for k, row in enumerate(row for block in blocks for row in block.rows)})


def place_rows(pose: Pose, rows: Rows, limits: Limits) -> Placed:
    """Where every row of the page lies."""
    strips = tuple(_strip(pose, block) for block in rows.blocks)
    found = [_offsets(strip, block, limits) for strip, block in zip(strips, rows.blocks, strict=True)]
    upper, lower, seen = (np.concatenate(parts) for parts in zip(*found, strict=True))
    paper = [
        _paper(strip, block, *found[k][:2]) for k, (strip, block) in enumerate(zip(strips, rows.blocks, strict=True))
    ]
    return Placed(upper, lower, seen.astype(np.bool_), np.concatenate(paper), strips)


def _paper(strip: Strip, block: Block, upper: Floats, lower: Floats) -> Floats:
    """The level of bare paper in each row: what most of its samples between the rulings are no darker than.

    The lightest would be what noise or a streak of light made lighter than paper.
    """
    top, bottom = block.lines[block.upper] + upper + OFF_RULING_MM, block.lines[block.lower] + lower - OFF_RULING_MM
    heights = top[:, None] + (bottom - top)[:, None] * np.linspace(0.0, 1.0, PAPER_HEIGHTS)
    at = np.clip(np.rint((heights - strip.top) / STEP_MM - 0.5).astype(np.intp), 0, strip.pixels.shape[0] - 1)
    samples = strip.pixels[at].reshape(len(block.rows), -1)
    k = int(PAPER_SHARE * samples.shape[1])
    return np.asarray(np.partition(samples, k, axis=1)[:, k], np.float64)


def _strip(pose: Pose, block: Block) -> Strip:
    """A block of rows, with room for the window of its first and of its last ruling."""
    row = block.rows[0]
    top, bottom = block.lines[0] - REACH_MM - 1.0, block.lines[-1] + REACH_MM + 1.0
    columns, steps = max(8, round((row.w - 1.0) / COLUMN_MM)), round((bottom - top) / STEP_MM)
    wide = (row.w - 1.0) / columns
    return Strip(pose.warp(row.x + 0.5, top, wide, STEP_MM, (columns, steps)), row.x + 0.5, float(top), wide)


def _offsets(strip: Strip, block: Block, limits: Limits) -> tuple[Floats, Floats, Bools]:
    """How far the rows of a block lie off at their upper and lower rulings, and for which that is known."""
    lines = block.lines
    ridges = _ridges(strip.pixels, limits)
    reach = round(REACH_MM / STEP_MM)
    at = np.rint((lines - strip.top) / STEP_MM - 0.5).astype(np.intp)
    windows = ridges[at[:, None] + np.arange(-reach, reach + 1)]
    peak = windows.argmax(axis=1)
    strength = windows[np.arange(len(at)), peak]
    near = np.clip(peak[:, None] + np.arange(-2, 3), 0, 2 * reach)
    weight = np.take_along_axis(windows, near, axis=1)
    fine = (weight * near).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-6)
    off = (at + fine - reach + 0.5) * STEP_MM + strip.top - lines
    known = _trusted(off, strength >= limits.ruling_share, limits)
    if known.sum() < 2:
        nothing = np.zeros(len(block.rows))
        return nothing, nothing, nothing > 0
    filled = np.interp(lines, lines[known], off[known])
    places = np.flatnonzero(known)
    between = (block.upper >= places[0]) & (block.lower <= places[-1])
    return filled[block.upper], filled[block.lower], known[block.upper] | known[block.lower] | between


def _ridges(strip: GrayImage, limits: Limits) -> Floats:
    """In which share of the columns each height is darker than what is above and below."""
    above, middle, below = strip[: -2 * RIDGE], strip[RIDGE:-RIDGE], strip[2 * RIDGE :]
    ridge = cv2.threshold(cv2.subtract(cv2.min(above, below), middle), limits.ruling_levels, 1, cv2.THRESH_BINARY)[1]
    share = np.zeros(strip.shape[0])
    share[RIDGE:-RIDGE] = cv2.reduce(ridge, 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F)[:, 0]
    return share


def _trusted(off: Floats, found: Bools, limits: Limits) -> Bools:
    """Rulings that were found where their neighbours say: a fold or a pen lies elsewhere."""
    if found.sum() < 2:
        return found
    places = np.flatnonzero(found)
    values = off[places]
    around = np.lib.stride_tricks.sliding_window_view(np.pad(values, NEIGHBOURS, mode="reflect"), 2 * NEIGHBOURS + 1)
    good = found.copy()
    good[places[np.abs(values - np.sort(around, axis=1)[:, NEIGHBOURS]) > limits.ruling_off]] = False
    return good
