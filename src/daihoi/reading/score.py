"""Numbers about each target, no verdict: how far ink runs along a name and in which band, how large a mark is."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.ink import HALF_PX_PER_MM, Ink, Stroke, inside, strokes_in, tone_of
from daihoi.reading.reference import (
    LOOSE_REACH_PX,
    PX_PER_MM,
    Area,
    NameReference,
    PageReference,
    RowReference,
    half,
)
from daihoi.reading.score_squares import SquareScore, arms_of, score_square
from daihoi.reading.strike_line import (
    StrikeLine,
    line_along,
    longest_below,
    of_word,
    share_crossing,
    word_reach,
    word_span,
)
from daihoi.reading.terms import GrayImage

FLAT_MM = 1.6
"""Height of a piece of line that goes on with a strike beyond the name, and how far it may rise or fall."""
RULING_PX = (LOOSE_REACH_PX + 4) // 2
"""Half the height about a ruling, half-scale px, in which print hides ink."""
CROSSING_PX = 55
"""How far, half-scale px, a flat stroke moves sideways while a ruling hides it: 14 mm, a slope of a quarter."""
BROAD_MM = 2.2
"""Broader than the line of a felt pen."""
HIDING_PX = 3
"""Height of a streak that can hide a thin pen's line."""
CRUMB_MM = 1.0
"""Ink of less extent is looked at twice before it passes for a part of a strike."""
ALONG_MM = 0.8
"""How far a small piece may lie off the line of the larger ones, and beyond their ends."""
ON_LINE_PX = 4.0
"""A crumb that goes on with a stroke lies this near to its line: half a millimetre."""
SKIPPED_PX = 4
"""Clean columns (half a millimetre) that a stroke may skip on the way to a crumb that goes on with it."""
STROKE_EVIDENCE = 0.2
"""Share of a name's columns with ink from which there is a stroke to be judged, and no faint trace."""
HAIR_MM = 2.6
"""Height of a capital's stem; a pen's line is wider than the 0.25 mm of one half-scale px."""
TOUCH_PX = 24
"""Half-scale px of a stroke (1.5 mm of a thin line) that must lie on a name before the stroke touches it."""


@dataclass(frozen=True)
class NameScore:
    """Measures of one name; shares 0 to 1, lengths mm.

    `cover`: share of the telling columns of the wide band that the stroke inks; `word_cover` the same for the
    family and the given name; `word_span`: share of their widths that lies between the stroke's two ends;
    `word_reach` the same between the farthest places where the stroke may end behind letters;
    `evidence`: share of all columns in which ink is seen; `core_share`: of the inked columns, those where the
    stroke lies within the x-height; `low_mm`: longest stretch of it that stays below the middle of the x-height;
    `gap_mm`: most clean columns in a row; `below`, `above`: share of columns inked
    just outside the wide band; `faint_mm`: longest stretch of paper that is not clean; `largest_mm`, `area_mm2`:
    ink on and about the name; `beside_mm`: largest stroke in the row that is not on the name; `hidden`: share of
    the x-height under a streak; `strokes` that lie on the name.
    """

    cover: float = 0.0
    word_cover: tuple[float, float] = (0.0, 0.0)
    word_span: tuple[float, float] = (0.0, 0.0)
    word_reach: tuple[float, float] = (0.0, 0.0)
    evidence: float = 0.0
    core_share: float = 0.0
    low_mm: float = 0.0
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
    scores = [_score_row(ink, row) for row in reference.rows]
    for index, (upper, lower) in enumerate(itertools.pairwise(reference.rows)):
        if upper.block == lower.block and _runs_on(ink, upper, lower):
            scores[index] = replace(scores[index], runs_on=True, broadly=_is_broad(ink, upper, lower))
    return tuple(scores)


def carries_ink(ink: Ink, row: RowReference) -> bool:
    """Whether any ink was seen on the name of a row; squares are kept clear of their own print instead."""
    return row.name is not None and cv2.countNonZero(ink.mask[inside(row.cell, row.name.box)]) > 0


def _runs_on(ink: Ink, upper: RowReference, lower: RowReference) -> bool:
    """Whether a stroke crosses the ruling between two rows: ink close above it and close below it, at one place."""
    above, below = _about_ruling(ink, upper, lower)
    if not np.count_nonzero(above) or not np.count_nonzero(below):
        return False
    over, under = above.any(axis=0).astype(np.uint8).reshape(1, -1), below.any(axis=0)
    near = cv2.dilate(over, np.ones((1, 2 * CROSSING_PX + 1), np.uint8))[0] > 0
    return bool((near & under).any())


def _about_ruling(
    ink: Ink, upper: RowReference, lower: RowReference
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Ink close above and close below the ruling between two rows, half-scale px."""
    border, columns = lower.cell[0].start // 2, half(upper.cell)[1]
    above = ink.labels[border - RULING_PX - 2 : border - RULING_PX, columns]
    return above > 0, ink.labels[border + RULING_PX : border + RULING_PX + 2, columns] > 0


def _is_broad(ink: Ink, upper: RowReference, lower: RowReference) -> bool:
    _above, below = _about_ruling(ink, upper, lower)
    columns = below.all(axis=0).astype(np.uint8).reshape(1, -1)
    return bool(cv2.erode(columns, np.ones((1, round(BROAD_MM * HALF_PX_PER_MM)), np.uint8)).any())


def _score_row(ink: Ink, row: RowReference) -> RowScore:
    if not any(segment.number in ink.laid for segment in row.segments):
        # Nothing but print and clean paper was seen in this row.
        name = NameScore() if row.name is not None else None
        return RowScore(row.candidate, name, tuple(SquareScore(square.kind) for square in row.squares), 0.0)
    squares = tuple(score_square(ink, row, square) for square in row.squares)
    if row.name is not None:
        name = _score_name(ink, row, row.name)
        return RowScore(row.candidate, name, squares, name.beside_mm)
    taken = frozenset().union(
        *(arms_of(ink, row, part, score) for part, score in zip(row.squares, squares, strict=True))
    )
    found = strokes_in(ink, row.cell)
    beside = _largest_other(ink, row.cell, found, taken)
    others = sum(count for label, count in found.items() if label not in taken and count >= 2)
    return RowScore(row.candidate, None, squares, beside, beside_mm2=others / HALF_PX_PER_MM**2)


def _largest_other(
    ink: Ink, cell: Area, found: dict[int, int], taken: frozenset[int], line: StrikeLine | None = None
) -> float:
    """Extent (mm) in the cell of the largest stroke that is none of `taken` and does not go on with a strike."""
    rows, columns = half(cell)
    largest = 0
    for label, count in found.items():
        if label in taken or count < 4:
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


def _goes_on(line: StrikeLine, top: int, bottom: int) -> bool:
    """Whether a flat stroke (rows of the cell, half scale) lies at the strike's height: a dry pen ends in dashes."""
    heights = line.height[line.inked]
    if not heights.size or bottom - top > FLAT_MM * HALF_PX_PER_MM:
        return False
    reach = FLAT_MM * PX_PER_MM
    return bool(heights.min() - reach <= top + bottom <= heights.max() + reach)


def _score_name(ink: Ink, row: RowReference, name: NameReference) -> NameScore:
    area = (row.cell[0], inside(row.cell, name.box)[1])
    known, hidden = name.free, 0.0
    if ink.hidden is not None:
        under = ink.hidden[area]
        # A fold that runs along the name hides a whole strike, however thin the fold is.
        hidden = float(((under[name.wide] > 0).sum(axis=0) >= HIDING_PX).mean())
        known = np.asarray(cv2.subtract(known, under), np.uint8)
    found = strokes_in(ink, row.cell)
    if not found:
        return NameScore(faint_mm=_faint_mm(ink, area, known, name), hidden=hidden)
    strokes = strokes_in(ink, _widened(inside(row.cell, name.box), 1.0, row.cell))
    mask, crumbs = _without_crumbs(ink, area, strokes)
    line = line_along(mask[name.wide], known[name.wide], name.wide.start)
    further = _going_on(line, crumbs, area)
    if further:
        mask = _only(ink, area, [stroke for stroke in crumbs if stroke.label not in further])
        line = line_along(mask[name.wide], known[name.wide], name.wide.start)
    words = (of_word(line, name.box[1], name.words[0]), of_word(line, name.box[1], name.words[-1]))
    evidence = int(np.count_nonzero(line.inked)) / line.inked.size
    drawn = {label: count for label, count in strokes.items() if not _is_hair(ink.strokes[label])}
    return NameScore(
        cover=line.cover,
        word_cover=(words[0].cover, words[1].cover),
        word_span=(word_span(line, name.box[1], name.words[0]), word_span(line, name.box[1], name.words[-1])),
        word_reach=(word_reach(line, name.box[1], name.words[0]), word_reach(line, name.box[1], name.words[-1])),
        evidence=evidence,
        core_share=share_crossing(mask[name.core], known[name.core], name.core, line),
        low_mm=longest_below(mask, name.core, line) / PX_PER_MM,
        gap_mm=line.longest_gap / PX_PER_MM,
        below=_share(mask[name.wide.stop :]),
        above=_share(mask[: name.wide.start]),
        # Beside a stroke that runs along the name, what is faint about it is its own soft rim.
        faint_mm=_faint_mm(ink, area, known, name) if evidence < STROKE_EVIDENCE else 0.0,
        largest_mm=max((_extent(ink, label) for label in drawn), default=0.0),
        area_mm2=sum(drawn.values()) / HALF_PX_PER_MM**2,
        beside_mm=_largest_other(ink, row.cell, found, frozenset(strokes), line),
        hidden=hidden,
        tone=tone_of(ink, inside(row.cell, name.box)),
        strokes=frozenset(label for label, count in strokes.items() if count >= TOUCH_PX),
    )


def _faint_mm(ink: Ink, area: Area, known: npt.NDArray[np.uint8], name: NameReference) -> float:
    return _faint_run(ink.extra[area][name.wide], known[name.wide], ink.faint) / PX_PER_MM


def _share(mask: npt.NDArray[np.uint8]) -> float:
    """Share of the columns with any ink."""
    inked = int(np.count_nonzero(mask.max(axis=0, initial=0)))
    return inked / max(1, int(mask.shape[1]))


def _without_crumbs(ink: Ink, area: Area, strokes: dict[int, int]) -> tuple[npt.NDArray[np.uint8], list[Stroke]]:
    """Ink of a name less its crumbs, and these: what print leaves at its edges must not pass for a crossed word."""
    pieces = [ink.strokes[label] for label in strokes]
    large = sorted((s for s in pieces if s.extent_mm >= CRUMB_MM), key=lambda s: s.x)
    crumbs = [s for s in pieces if s.extent_mm < CRUMB_MM and not _lies_along(s, large)]
    return _only(ink, area, crumbs), crumbs


def _only(ink: Ink, area: Area, crumbs: list[Stroke]) -> npt.NDArray[np.uint8]:
    """The ink of an area without some strokes."""
    mask = ink.mask[area]
    if not crumbs:
        return mask
    labels = ink.labels[half(area)]
    spread = np.isin(labels, [stroke.label for stroke in crumbs]).repeat(2, axis=0).repeat(2, axis=1)
    height, width = min(mask.shape[0], spread.shape[0]), min(mask.shape[1], spread.shape[1])
    mask = mask.copy()
    mask[:height, :width][spread[:height, :width]] = 0
    return mask


def _going_on(line: StrikeLine, crumbs: list[Stroke], area: Area) -> set[int]:
    """Crumbs that go on with a stroke beyond its ends: on its line, and with no clean paper on the way to them.

    Between letters a thin stroke shows in crumbs; it never skips paper that can be seen.
    """
    inked = np.flatnonzero(line.inked)
    if not inked.size:
        return set()
    places = [(2 * s.x + s.w - area[1].start, 2 * s.y + s.h - area[0].start, s.label) for s in crumbs]
    found: set[int] = set()
    for end, way in ((int(inked[0]), -1), (int(inked[-1]), 1)):
        reached = end
        for x, y, label in sorted(places, key=lambda place: way * place[0]):
            if way * (x - end) <= 0 or not 0 <= x < len(line.height):
                continue
            if abs(y - line.height[x]) > ON_LINE_PX:
                continue
            between = line.clean[min(x, reached) : max(x, reached)]
            if np.count_nonzero(between) > SKIPPED_PX:
                break
            reached = x
            found.add(label)
    return found


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


def _faint_run(extra: GrayImage, known: npt.NDArray[np.uint8], faint: float) -> float:
    """Longest stretch of a name's columns, px, over which the paper is not clean; gaps of 3 mm are bridged."""
    smooth = cv2.blur(extra, (5, 5))
    if cv2.minMaxLoc(smooth)[1] <= faint:
        return 0.0
    grey = ((smooth > faint) & (known > 0)).sum(axis=0) >= 2
    if not grey.any():
        return 0.0
    reach = round(1.5 * PX_PER_MM)
    joined = cv2.dilate(grey.view(np.uint8).reshape(1, -1), np.ones((1, 2 * reach + 1), np.uint8))[0]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], joined, [0])).astype(np.int8)))
    return float((edges[1::2] - edges[::2]).max()) - 2 * reach
