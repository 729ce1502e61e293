"""Numbers about each target, no verdict: how far ink runs along a name and in which band, how large a mark is."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.ink import HALF_PX_PER_MM, Ink, Stroke
from daihoi.reading.reference import PX_PER_MM, Area, NameReference, PageReference, RowReference, SquareReference
from daihoi.sheet.terms import TargetKind

VISIBLE_SHARE = 0.35
"""A column of a band counts as visible when print leaves this share of it free."""
COLUMN_REACH_PX = 3
"""Ink this near (0.4 mm) inks a visible column: a stroke may pass just behind the letter beside it."""
TOUCH_PX = 24
"""Half-scale px of a stroke (1.5 mm of a thin line) that must lie on a name before the stroke touches it."""


@dataclass(frozen=True)
class NameScore:
    """Measures of one name; shares 0 to 1, lengths mm.

    `cover` over all visible columns in the wide band, `word_cover` for the family and the given name, `core_cover`
    within the x-height; `gap_mm` the longest visible stretch without ink; `below` and `above` the cover just outside
    the wide band; `faint_mm` the longest stretch of paper that is not clean; `largest_mm`, `area_mm2` of ink on and
    about the name; `beside_mm` of the largest stroke in the row that does not belong to the name; `hidden` the share
    of the core under a streak.
    """

    cover: float
    word_cover: tuple[float, float]
    core_cover: float
    gap_mm: float
    below: float
    above: float
    faint_mm: float
    largest_mm: float
    area_mm2: float
    beside_mm: float
    hidden: float
    visible: float
    strokes: frozenset[int]


@dataclass(frozen=True)
class SquareScore:
    """Measures of one square: extent and area of its largest ink, all ink, faint and hidden shares, strokes."""

    kind: TargetKind
    extent_mm: float
    area_mm2: float
    total_mm2: float
    faint: float
    hidden: float
    inside_share: float
    strokes: frozenset[int]


@dataclass(frozen=True)
class RowScore:
    """All measures of one candidate's row."""

    candidate: str
    name: NameScore | None
    squares: tuple[SquareScore, ...]
    beside_mm: float


def score_page(ink: Ink, reference: PageReference) -> tuple[RowScore, ...]:
    """The scores of every row of a page, in the order of the list."""
    return tuple(_score_row(ink, reference, row) for row in reference.rows)


def half(area: Area) -> Area:
    """The same area on the half-scale grid of strokes."""
    return slice(area[0].start // 2, area[0].stop // 2), slice(area[1].start // 2, area[1].stop // 2)


def inside(cell: Area, part: Area) -> Area:
    """A part given within its cell, as an area of the page."""
    return (
        slice(cell[0].start + part[0].start, cell[0].start + part[0].stop),
        slice(cell[1].start + part[1].start, cell[1].start + part[1].stop),
    )


def strokes_in(ink: Ink, area: Area, least_px: int = 1) -> dict[int, int]:
    """Strokes with ink in an area of the page, and how many half-scale px of it lie there."""
    labels = ink.labels[half(area)]
    found, counts = np.unique(labels[labels > 0], return_counts=True)
    return {int(label): int(count) for label, count in zip(found, counts, strict=True) if count >= least_px}


def _score_row(ink: Ink, reference: PageReference, row: RowReference) -> RowScore:
    squares = tuple(_score_square(ink, row, square) for square in row.squares)
    if row.name is not None:
        name = _score_name(ink, reference, row, row.name)
        return RowScore(row.candidate, name, squares, name.beside_mm)
    taken = frozenset().union(*(square.strokes for square in squares))
    return RowScore(row.candidate, None, squares, _largest_other(ink, row.cell, taken))


def _largest_other(ink: Ink, cell: Area, taken: frozenset[int]) -> float:
    """Extent (mm) within the cell of the largest stroke that is none of `taken`."""
    if not cv2.countNonZero(ink.mask[cell]):
        return 0.0
    labels = ink.labels[half(cell)]
    largest = 0.0
    for label, count in strokes_in(ink, cell).items():
        if label in taken or count < 4:
            continue
        ys, xs = np.nonzero(labels == label)
        largest = max(largest, (max(np.ptp(ys), np.ptp(xs)) + 1) / HALF_PX_PER_MM)
    return float(largest)


def _score_name(ink: Ink, reference: PageReference, row: RowReference, name: NameReference) -> NameScore:
    cell = row.cell
    known = reference.expected[cell] < 128
    hidden = 0.0
    if ink.hidden is not None:
        under = ink.hidden[cell] > 0
        hidden = float(under[name.core, name.box[1]].mean())
        known &= ~under
    mask = ink.mask[cell] > 0
    columns = name.box[1]
    visible, inked = _columns(mask, known, name.wide, columns)
    core_visible, core_inked = _columns(mask, known, name.core, columns)
    words = (name.words[0], name.words[-1])
    box = inside(cell, name.box)
    near = _widened(box, 1.0, cell)
    strokes = strokes_in(ink, near)
    return NameScore(
        cover=_share(inked, visible),
        word_cover=(
            _share(*_of_word(inked, visible, columns, words[0])),
            _share(*_of_word(inked, visible, columns, words[1])),
        ),
        core_cover=_share(core_inked, core_visible),
        gap_mm=_longest_gap(inked, visible) / PX_PER_MM,
        below=_share(*reversed(_columns(mask, known, slice(name.wide.stop, mask.shape[0]), columns))),
        above=_share(*reversed(_columns(mask, known, slice(0, name.wide.start), columns))),
        faint_mm=_faint_run(ink, cell, known, name) / PX_PER_MM,
        largest_mm=max((_extent(ink, label) for label in strokes), default=0.0),
        area_mm2=sum(strokes.values()) / HALF_PX_PER_MM**2,
        beside_mm=_largest_other(ink, cell, frozenset(strokes)),
        hidden=hidden,
        visible=float(visible.mean()),
        strokes=frozenset(label for label, count in strokes.items() if count >= TOUCH_PX),
    )


def _extent(ink: Ink, label: int) -> float:
    stroke: Stroke = ink.strokes[label]
    return stroke.extent_mm


def _widened(area: Area, margin_mm: float, cell: Area) -> Area:
    """An area widened sideways, within its cell's rows."""
    reach = round(margin_mm * PX_PER_MM)
    return slice(area[0].start, area[0].stop), slice(
        max(cell[1].start, area[1].start - reach), min(cell[1].stop, area[1].stop + reach)
    )


def _columns(
    mask: npt.NDArray[np.bool_], known: npt.NDArray[np.bool_], band: slice, columns: slice
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which columns of a band are visible, and which of the band's columns carry ink (within COLUMN_REACH_PX)."""
    free = known[band, columns]
    height = free.shape[0]
    if height == 0:
        nothing = np.zeros(columns.stop - columns.start, np.bool_)
        return nothing, nothing
    visible = free.sum(axis=0) >= VISIBLE_SHARE * height
    touched = (mask[band, columns].sum(axis=0) >= 1).astype(np.uint8).reshape(1, -1)
    inked = cv2.dilate(touched, np.ones((1, 2 * COLUMN_REACH_PX + 1), np.uint8))[0] > 0
    return visible, inked


def _share(inked: npt.NDArray[np.bool_], visible: npt.NDArray[np.bool_]) -> float:
    total = int(visible.sum())
    return float((inked & visible).sum()) / total if total else 0.0


def _of_word(
    inked: npt.NDArray[np.bool_], visible: npt.NDArray[np.bool_], columns: slice, word: slice
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    part = slice(max(0, word.start - columns.start), max(1, word.stop - columns.start))
    return inked[part], visible[part]


def _longest_gap(inked: npt.NDArray[np.bool_], visible: npt.NDArray[np.bool_]) -> int:
    """Longest stretch, px, from one inked visible column to the next, the ends of the name included."""
    places = np.flatnonzero(inked & visible)
    ends = np.concatenate(([-1], places, [len(inked)]))
    return int(np.diff(ends).max()) - 1


def _faint_run(ink: Ink, cell: Area, known: npt.NDArray[np.bool_], name: NameReference) -> float:
    """Longest stretch of a name's columns, px, over which the paper is not clean; gaps of 1.5 mm are bridged."""
    rows, columns = name.wide, name.box[1]
    extra = ink.extra[cell][rows, columns]
    smooth = cv2.blur(extra, (5, 5))
    grey = ((smooth > ink.faint) & known[rows, columns]).sum(axis=0) >= 2
    if not grey.any():
        return 0.0
    reach = round(0.75 * PX_PER_MM)
    joined = cv2.dilate(grey.astype(np.uint8).reshape(1, -1), np.ones((1, 2 * reach + 1), np.uint8))[0]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], joined, [0])).astype(np.int8)))
    return float((edges[1::2] - edges[::2]).max()) - 2 * reach


def _score_square(ink: Ink, row: RowReference, square: SquareReference) -> SquareScore:
    area = inside(row.cell, square.inside)
    mask = ink.mask[area]
    hidden = 0.0 if ink.hidden is None else float((ink.hidden[area] > 0).mean())
    smooth = cv2.blur(ink.extra[area], (5, 5))
    faint = float((smooth > ink.faint).mean())
    total = cv2.countNonZero(mask)
    if not total:
        return SquareScore(square.kind, 0.0, 0.0, 0.0, faint, hidden, 0.0, frozenset())
    joined = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    _count, labels, stats, _centres = cv2.connectedComponentsWithStats(joined, connectivity=8)
    widths, heights = stats[1:, cv2.CC_STAT_WIDTH] - 2, stats[1:, cv2.CC_STAT_HEIGHT] - 2
    extents = np.maximum(widths, heights)
    biggest = int(extents.argmax())
    pixels = int(((labels == biggest + 1) & (mask > 0)).sum())
    strokes = strokes_in(ink, area, 3)
    around = strokes_in(ink, _grown(inside(row.cell, square.box), 1.5))
    whole = sum(ink.strokes[label].pixels for label in strokes)
    return SquareScore(
        kind=square.kind,
        extent_mm=float(extents[biggest]) / PX_PER_MM,
        area_mm2=pixels / PX_PER_MM**2,
        total_mm2=total / PX_PER_MM**2,
        faint=faint,
        hidden=hidden,
        inside_share=sum(around[label] for label in strokes if label in around) / whole if whole else 0.0,
        strokes=frozenset(strokes),
    )


def _grown(area: Area, margin_mm: float) -> Area:
    reach = round(margin_mm * PX_PER_MM)
    return (
        slice(max(0, area[0].start - reach), area[0].stop + reach),
        slice(max(0, area[1].start - reach), area[1].stop + reach),
    )
