"""Numbers about each target, no verdict: how far ink runs along a name and in which band, how large a mark is."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.ink import HALF_PX_PER_MM, Ink, Stroke, half, inside, strokes_in, tone_of
from daihoi.reading.reference import (
    LOOSE_REACH_PX,
    PX_PER_MM,
    Area,
    NameReference,
    PageReference,
    RowReference,
)
from daihoi.reading.score_squares import SquareScore, arms_of, score_square

VISIBLE_SHARE = 0.6
"""A column tells that ink is missing only where this share of the stroke's path in it is free of print."""
LINE_HALF_PX = 2
"""Half the height, px, of the path that a stroke takes through a column: a thin pen's line is 3 px."""
FLAT_MM = 1.6
"""Height of a piece of line that goes on with a strike beyond the name, and how far it may rise or fall."""
RULING_PX = LOOSE_REACH_PX + 3
"""Half the height about a ruling in which print hides ink."""
CROSSING_PX = 110
"""How far a flat stroke moves sideways while a ruling hides it: 14 mm, a slope of a quarter."""
BROAD_MM = 2.2
"""Broader than the line of a felt pen."""
HIDING_PX = 3
"""Height of a streak that can hide a thin pen's line."""
CRUMB_MM = 1.0
"""Ink of less extent is looked at twice before it passes for a part of a strike."""
ALONG_MM = 0.8
"""How far a small piece may lie off the line of the larger ones, and beyond their ends."""
OPEN_PAPER = 0.5
"""Share of the x-height of a column that is clean paper: a stroke that is not seen there does not pass there."""
HAIR_MM = 2.6
"""Height of a capital's stem; a pen's line is wider than the 0.25 mm of one half-scale px."""
TOUCH_PX = 24
"""Half-scale px of a stroke (1.5 mm of a thin line) that must lie on a name before the stroke touches it."""


@dataclass(frozen=True)
class NameScore:
    """Measures of one name; shares 0 to 1, lengths mm.

    `cover`: share of the telling columns of the wide band that the stroke inks; `word_cover` the same for the family
    and the given name; `evidence`: share of all columns in which ink is seen; `core_share`: of the inked columns,
    those where the stroke lies within the x-height; `gap_mm`: most clean columns in a row; `below`, `above`: share of
    columns inked just outside the wide band; `faint_mm`: longest stretch of paper that is not clean; `largest_mm`,
    `area_mm2`: ink on and about the name; `beside_mm`: largest stroke in the row that is not on the name; `hidden`:
    share of the x-height under a streak; `strokes` that lie on the name.
    """

    cover: float = 0.0
    word_cover: tuple[float, float] = (0.0, 0.0)
    evidence: float = 0.0
    core_share: float = 0.0
    gap_mm: float = 0.0
    below: float = 0.0
    above: float = 0.0
    faint_mm: float = 0.0
    largest_mm: float = 0.0
    area_mm2: float = 0.0
    beside_mm: float = 0.0
    hidden: float = 0.0
    tone: float = 0.0
    strokes: frozenset[int] = frozenset()


@dataclass(frozen=True)
class RowScore:
    """All measures of one candidate's row."""

    candidate: str
    name: NameScore | None
    squares: tuple[SquareScore, ...]
    beside_mm: float
    beside_mm2: float = 0.0
    """All ink in a row of squares that belongs to none of them: a struck name shows in many small pieces."""
    runs_on: bool = False
    """Whether a stroke crosses the ruling into the next row."""
    broadly: bool = False
    """Whether what crosses is broader than any pen's line: a blot, a shadow, a band of the scanner."""


def score_page(ink: Ink, reference: PageReference) -> tuple[RowScore, ...]:
    """The scores of every row of a page, in the order of the list."""
    scores = [_score_row(ink, reference, row) for row in reference.rows]
    for index, (upper, lower) in enumerate(itertools.pairwise(reference.rows)):
        if upper.block == lower.block and _runs_on(ink, upper, lower):
            scores[index] = replace(scores[index], runs_on=True, broadly=_is_broad(ink, upper, lower))
    return tuple(scores)


def carries_ink(ink: Ink, row: RowReference) -> bool:
    """Whether any ink was seen on the name of a row; squares are kept clear of their own print instead."""
    return row.name is not None and cv2.countNonZero(ink.mask[inside(row.cell, row.name.box)]) > 0


def _runs_on(ink: Ink, upper: RowReference, lower: RowReference) -> bool:
    """Whether a stroke crosses the ruling between two rows: ink close above it and close below it, at one place."""
    border = lower.cell[0].start
    above = slice(border - RULING_PX - 4, border - RULING_PX)
    below = slice(border + RULING_PX, border + RULING_PX + 4)
    columns = upper.cell[1]
    if not cv2.countNonZero(ink.mask[above, columns]) or not cv2.countNonZero(ink.mask[below, columns]):
        return False
    over = (ink.mask[above, columns] > 0).any(axis=0).astype(np.uint8).reshape(1, -1)
    under = (ink.mask[below, columns] > 0).any(axis=0)
    near = cv2.dilate(over, np.ones((1, 2 * CROSSING_PX + 1), np.uint8))[0] > 0
    return bool((near & under).any())


def _is_broad(ink: Ink, upper: RowReference, lower: RowReference) -> bool:
    border = lower.cell[0].start
    below = ink.mask[border + RULING_PX : border + RULING_PX + 4, upper.cell[1]]
    columns = (below > 0).all(axis=0).astype(np.uint8).reshape(1, -1)
    return bool(cv2.erode(columns, np.ones((1, round(BROAD_MM * PX_PER_MM)), np.uint8)).any())


def _score_row(ink: Ink, reference: PageReference, row: RowReference) -> RowScore:
    squares = tuple(score_square(ink, row, square) for square in row.squares)
    if row.name is not None:
        name = _score_name(ink, reference, row, row.name)
        return RowScore(row.candidate, name, squares, name.beside_mm)
    taken = frozenset().union(
        *(arms_of(ink, row, part, score) for part, score in zip(row.squares, squares, strict=True))
    )
    beside = _largest_other(ink, row.cell, taken)
    return RowScore(row.candidate, None, squares, beside, beside_mm2=_other_area(ink, row.cell, taken))


def _largest_other(ink: Ink, cell: Area, taken: frozenset[int], line: _Line | None = None) -> float:
    """Extent (mm) in the cell of the largest stroke that is none of `taken` and does not go on with a strike."""
    if not cv2.countNonZero(ink.mask[cell]):
        return 0.0
    rows, columns = half(cell)
    largest = 0
    for label, count in strokes_in(ink, cell, 4).items():
        if label in taken:
            continue
        stroke = ink.strokes[label]
        top, bottom = max(stroke.y, rows.start), min(stroke.y + stroke.h, rows.stop)
        left, right = max(stroke.x, columns.start), min(stroke.x + stroke.w, columns.stop)
        length = max(bottom - top, right - left)
        # A pen leaves a line, at least a pixel wide; what print leaves at its edges is a row of dots.
        if count < 0.7 * length or (line is not None and _goes_on(line, top - rows.start, bottom - rows.start)):
            continue
        largest = max(largest, length)
    return largest / HALF_PX_PER_MM


def _other_area(ink: Ink, cell: Area, taken: frozenset[int]) -> float:
    """Ink (mm2) within the cell of all strokes that are none of `taken`."""
    return sum(count for label, count in strokes_in(ink, cell, 2).items() if label not in taken) / HALF_PX_PER_MM**2


def _goes_on(line: _Line, top: int, bottom: int) -> bool:
    """Whether a flat stroke (rows of the cell, half scale) lies at the strike's height: a dry pen ends in dashes."""
    heights = line.height[line.inked]
    if not heights.size or bottom - top > FLAT_MM * HALF_PX_PER_MM:
        return False
    reach = FLAT_MM * PX_PER_MM
    return bool(heights.min() - reach <= top + bottom <= heights.max() + reach)


def _score_name(ink: Ink, reference: PageReference, row: RowReference, name: NameReference) -> NameScore:
    cell = row.cell
    clean = not cv2.countNonZero(ink.mask[cell])
    if clean and ink.hidden is None and cv2.minMaxLoc(ink.extra[inside(cell, name.box)])[1] <= ink.faint:
        return NameScore()
    known = reference.expected[cell] < 128
    hidden = 0.0
    if ink.hidden is not None:
        under = ink.hidden[cell] > 0
        # A fold that runs along the name hides a whole strike, however thin the fold is.
        hidden = float((under[name.wide, name.box[1]].sum(axis=0) >= HIDING_PX).mean())
        known &= ~under
    faint = _faint_run(ink, cell, known, name) / PX_PER_MM
    if clean:
        return NameScore(faint_mm=faint, hidden=hidden)
    columns = name.box[1]
    mask = _without_crumbs(ink, cell)
    line = _line_along(mask, known, name.wide, columns)
    words = (_of_word(line, columns, name.words[0]), _of_word(line, columns, name.words[-1]))
    strokes = strokes_in(ink, _widened(inside(cell, name.box), 1.0, cell))
    return NameScore(
        cover=line.cover,
        word_cover=(words[0].cover, words[1].cover),
        evidence=float(line.inked.mean()),
        core_share=_share_crossing(mask, known, name, line),
        gap_mm=line.longest_gap / PX_PER_MM,
        below=float(mask[name.wide.stop :, columns].any(axis=0).mean()),
        above=float(mask[: name.wide.start, columns].any(axis=0).mean()),
        faint_mm=faint,
        largest_mm=max((_extent(ink, label) for label in strokes if not _is_hair(ink.strokes[label])), default=0.0),
        area_mm2=sum(strokes.values()) / HALF_PX_PER_MM**2,
        beside_mm=_largest_other(ink, cell, frozenset(strokes), line),
        hidden=hidden,
        tone=tone_of(ink, inside(cell, name.box)),
        strokes=frozenset(label for label, count in strokes.items() if count >= TOUCH_PX),
    )


@dataclass(frozen=True)
class _Line:
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
        telling = int(self.inked.sum()) + int(self.clean.sum())
        return float(self.inked.sum()) / telling if telling else 0.0

    @property
    def longest_gap(self) -> int:
        """Most clean columns, px, between one inked column and the next, the ends included."""
        runs = np.cumsum(self.inked)
        return int(np.bincount(runs[self.clean]).max()) if self.clean.any() else 0


def _share_crossing(
    mask: npt.NDArray[np.bool_], known: npt.NDArray[np.bool_], name: NameReference, line: _Line
) -> float:
    """Share of the inked columns in which ink crosses the x-height.

    Ink crosses when it is seen within the x-height, when the stroke must pass there (behind print), or when it stands
    both above and below with no clean paper between: so a scribble crosses, while an underline and a circle do not.
    """
    columns = line.inked
    if not columns.any():
        return 0.0
    part, free = mask[name.core, name.box[1]][:, columns], known[name.core, name.box[1]][:, columns]
    heights = line.height[columns]
    seen = part.any(axis=0)
    open_paper = (free & ~part).mean(axis=0) > OPEN_PAPER
    passing = (heights >= name.core.start) & (heights < name.core.stop) & ~open_paper
    return float((seen | passing).mean())


def _line_along(mask: npt.NDArray[np.bool_], known: npt.NDArray[np.bool_], band: slice, columns: slice) -> _Line:
    part = mask[band, columns].astype(np.float32)
    counts = part.sum(axis=0)
    inked = counts >= 1
    if not inked.any():
        return _Line(inked, np.zeros_like(inked), np.zeros(len(inked)))
    rows = np.arange(part.shape[0], dtype=np.float32)
    places = np.flatnonzero(inked)
    height = np.interp(np.arange(len(inked)), places, (rows @ part)[places] / counts[places])
    free = known[band, columns]
    offsets = np.arange(-LINE_HALF_PX, LINE_HALF_PX + 1)[:, None]
    path = np.clip(np.rint(height).astype(int) + offsets, 0, part.shape[0] - 1)
    visible = free[path, np.arange(len(inked))].sum(axis=0)
    clean = ~inked & (visible >= VISIBLE_SHARE * (2 * LINE_HALF_PX + 1))
    return _Line(inked, clean, height + band.start)


def _of_word(line: _Line, columns: slice, word: slice) -> _Line:
    part = slice(max(0, word.start - columns.start), max(1, word.stop - columns.start))
    return _Line(line.inked[part], line.clean[part], line.height[part])


def _without_crumbs(ink: Ink, cell: Area) -> npt.NDArray[np.bool_]:
    """Ink of a cell less its crumbs: what print leaves at its edges must not pass for a crossed word."""
    mask = ink.mask[cell] > 0
    rows, columns = half(cell)
    pieces = [ink.strokes[label] for label in strokes_in(ink, cell)]
    large = sorted((s for s in pieces if s.extent_mm >= CRUMB_MM), key=lambda s: s.x)
    crumbs = [s.label for s in pieces if s.extent_mm < CRUMB_MM and not _lies_along(s, large)]
    if crumbs:
        spread = np.isin(ink.labels[rows, columns], crumbs).repeat(2, axis=0).repeat(2, axis=1)
        height, width = min(mask.shape[0], spread.shape[0]), min(mask.shape[1], spread.shape[1])
        mask[:height, :width] &= ~spread[:height, :width]
    return mask


def _lies_along(piece: Stroke, large: list[Stroke]) -> bool:
    """Whether a small piece lies on the way from one larger piece to the next, as a strike shows between letters."""
    reach = ALONG_MM * HALF_PX_PER_MM
    x, y = piece.x + piece.w / 2, piece.y + piece.h / 2
    if not large or not large[0].x - reach <= x <= max(s.x + s.w for s in large) + reach:
        return False
    places = np.array([(end, s.y + s.h / 2) for s in large for end in (s.x, s.x + s.w)])
    return bool(abs(y - np.interp(x, places[:, 0], places[:, 1])) <= reach)


def _is_hair(stroke: Stroke) -> bool:
    """Whether a stroke is an upright hair: the flank of a capital's stem, which a coarse scan smears a pixel wide."""
    return stroke.w <= 1 and stroke.extent_mm < HAIR_MM


def _extent(ink: Ink, label: int) -> float:
    stroke: Stroke = ink.strokes[label]
    return stroke.extent_mm


def _widened(area: Area, margin_mm: float, cell: Area) -> Area:
    """An area widened sideways, within its cell's rows."""
    reach = round(margin_mm * PX_PER_MM)
    return slice(area[0].start, area[0].stop), slice(
        max(cell[1].start, area[1].start - reach), min(cell[1].stop, area[1].stop + reach)
    )


def _faint_run(ink: Ink, cell: Area, known: npt.NDArray[np.bool_], name: NameReference) -> float:
    """Longest stretch of a name's columns, px, over which the paper is not clean; gaps of 3 mm are bridged."""
    rows, columns = name.wide, name.box[1]
    extra = ink.extra[cell][rows, columns]
    if cv2.minMaxLoc(extra)[1] <= ink.faint:
        return 0.0
    smooth = cv2.blur(extra, (5, 5))
    if cv2.minMaxLoc(smooth)[1] <= ink.faint:
        return 0.0
    grey = ((smooth > ink.faint) & known[rows, columns]).sum(axis=0) >= 2
    if not grey.any():
        return 0.0
    reach = round(1.5 * PX_PER_MM)
    joined = cv2.dilate(grey.astype(np.uint8).reshape(1, -1), np.ones((1, 2 * reach + 1), np.uint8))[0]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], joined, [0])).astype(np.int8)))
    return float((edges[1::2] - edges[::2]).max()) - 2 * reach
