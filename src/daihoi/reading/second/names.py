"""A strike closes the white: does a way of light still lead from above the letters down to below them?

Letters stand apart, so between any two words, and between some letters of every word, light passes from top to bottom.
A line of ink from left to right, straight, wavy, looped or scribbled, closes all of these ways, and nothing else does
(the lightest way down a patch is dark exactly where a dark way leads across it). So for each word and for each space
between two words the lightest way down is sought, and its darkest point is the measure: 0 is paper, 1 is black.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np

from daihoi.reading.second.page import Pose
from daihoi.reading.second.rows import Floats, Placed, Rows, Whole
from daihoi.reading.terms import GrayImage
from daihoi.sheet.terms import Rect, Target

Span = tuple[int, int]

BOX_EM, ASCENT_EM = 1.145, 0.92
"""A name's box is so many em high, and its baseline lies so far below its top: the sheet's own bounds of a name."""
STEPS = 24
"""Samples to the em: 0.18 mm for a name of 12 pt."""
TOP_EM, FOOT_EM = 0.56, 0.06
"""The band through which light must pass, above and below the baseline: small letters (0.46 em) and a little more.

A line under or over the letters leaves it open."""
SIDE_EM = 0.25
EDGE = 3
"""Samples left out at both ends of a word: light may slip past its first and its last letter."""
CORE_EM = (0.42, 0.08)
"""Upper and lower end, above the baseline, of where a level line is followed: below the arches, above the serifs."""
INKED = 0.35
"""Darkness that counts as ink whole: a hard pencil reaches it, more tells nothing more."""
LONG_EM = 1.3
"""A capital alone (A, Đ, H: 0.7 em) has a stroke from side to side; two letters and more have none in common."""
PIECE_EM = 2.4
"""Where no words are known a name is cut into pieces of about a short word."""


@dataclass(frozen=True)
class NamePlan:
    """Where a name's band lies, mm, and the samples of its words and of the spaces between them."""

    candidate: str
    box: Rect
    row: Rect
    left: float
    top: float
    step: float
    size: tuple[int, int]
    words: tuple[Span, ...]
    gaps: tuple[Span, ...]
    long: tuple[bool, ...]


@dataclass(frozen=True)
class NameSigns:
    """How closed each word and each space is (darkness of the darkest point of its lightest way down).

    `inked` is the darkness of the darkest point in any space, on whichever way.
    `long` tells the words that are too long for a stroke of one of their own letters to run through them. `level` says
    for each word in how much of its length a level line can be followed in ink; it costs more than all the rest and is
    asked only where the white does not tell.
    """

    words: Sequence[float]
    gaps: Sequence[float]
    inked: float
    long: tuple[bool, ...]
    level: Callable[[], tuple[float, ...]]


@dataclass(frozen=True)
class Ways:
    """Where ways of one kind may lead: `mask` is `(N, W) uint8`, 255 where allowed.

    `ends` are begin and end of each span in the flat mask, `first` the first span of each name and one past the last.
    """

    mask: GrayImage
    ends: Whole
    first: tuple[int, ...]


@dataclass(frozen=True)
class Names:
    """All names of one page in the order of their rows, with the numbers of these; arrays by name."""

    plans: tuple[NamePlan, ...]
    rows: Whole
    corners: Floats
    """`(N, 3, 2)` mm: top left, top right, bottom left of each band."""
    middles: Floats
    words: Ways
    gaps: Ways


def plan_name(target: Target) -> NamePlan:
    """The geometry of one name; without edges of words it is taken in pieces."""
    em = target.box.h / BOX_EM
    step = em / STEPS
    left = target.box.x - SIDE_EM * em
    known = len(target.words) > 1
    pieces = target.words if known else _pieces(target.box, em)
    spans = [((a - left) / step, (b - left) / step) for a, b in pieces]
    words = tuple((min(round(a) + EDGE, round(b) - EDGE - 1), round(b) - EDGE) for a, b in spans)
    return NamePlan(
        candidate=target.candidate,
        box=target.box,
        row=target.row,
        left=left,
        top=target.box.y + (ASCENT_EM - TOP_EM) * em,
        step=step,
        size=(int((target.box.w / em + 2 * SIDE_EM) * STEPS), round((TOP_EM + FOOT_EM) * STEPS)),
        words=words,
        gaps=tuple(_gap(one[1], other[0]) for one, other in pairwise(spans)) if known else (),
        long=tuple(high - low >= LONG_EM * STEPS for low, high in spans),
    )


def _pieces(box: Rect, em: float) -> list[tuple[float, float]]:
    count = max(1, round(box.w / (PIECE_EM * em)))
    return [(box.x + k * box.w / count, box.x + (k + 1) * box.w / count) for k in range(count)]


def _gap(end: float, start: float) -> Span:
    """The samples that are white in print: one less at both sides for the blur of the letters.

    Of a wider space two samples side by side must be light, so its last one begins no way: a dead pixel opens nothing.
    """
    low, high = int(np.ceil(end)) + 1, int(np.floor(start)) - 1
    if high - low < 2:
        low, high = int(end), int(np.ceil(start))
    return low, max(low + 1, high - (high - low > 2))


def plan_names(targets: Sequence[Target], rows: Rows) -> Names:
    """All names of a page."""
    plans = tuple(sorted((plan_name(target) for target in targets), key=lambda plan: rows.number[plan.row]))
    # One column more than the widest name: no span ends where the flat mask does.
    width = max((plan.size[0] for plan in plans), default=0) + 1
    corners = [
        [(p.left, p.top), (p.left + p.size[0] * p.step, p.top), (p.left, p.top + p.size[1] * p.step)] for p in plans
    ]
    return Names(
        plans,
        np.array([rows.number[plan.row] for plan in plans], np.intp),
        np.array(corners).reshape(-1, 3, 2),
        np.array([(p.box.x + p.box.w / 2, p.row.y + p.row.h / 2) for p in plans]).reshape(-1, 2),
        _ways([plan.words for plan in plans], width),
        _ways([plan.gaps for plan in plans], width),
    )


def _ways(spans: Sequence[Sequence[Span]], width: int) -> Ways:
    mask = np.zeros((len(spans), width), np.uint8)
    for row, some in zip(mask, spans, strict=True):
        for low, high in some:
            row[low:high] = 255
    ends = [k * width + at for k, some in enumerate(spans) for span in some for at in span]
    counts = np.cumsum([0, *(len(some) for some in spans)])
    return Ways(mask, np.array(ends, np.intp), tuple(int(count) for count in counts))


def signs_of(pose: Pose, names: Names, placed: Placed, paper: Floats) -> list[NameSigns]:
    """What is seen at each name, in the order of the plan; `paper` is the level of bare paper at each."""
    band = sampled(pose, names, placed)
    contrast = np.maximum(paper - pose.black, 1.0)
    # A dead pixel of the sensor is one sample wide: of a space two side by side must be light.
    pairs = band.copy()
    np.minimum(band[:, :, :-1], band[:, :, 1:], out=pairs[:, :, :-1])
    words = _darkest(band, names.words, paper, contrast)
    gaps = _darkest(pairs, names.gaps, paper, contrast)
    inked = (paper - (band | ~names.gaps.mask[:, None, :]).min(axis=(1, 2))) / contrast
    out = []
    for k, plan in enumerate(names.plans):
        level = partial(level_lines, band[k], float(paper[k]), float(contrast[k]), plan.words)
        of_words = words[names.words.first[k] : names.words.first[k + 1]]
        of_gaps = gaps[names.gaps.first[k] : names.gaps.first[k + 1]]
        out.append(NameSigns(of_words, of_gaps, float(inked[k]), plan.long, level))
    return out


def _darkest(band: GrayImage, ways: Ways, paper: Floats, contrast: Floats) -> list[float]:
    """For each span the darkness of the darkest point of the lightest way down."""
    if not ways.ends.size:
        return []
    light = np.maximum.reduceat(lightest_ways(band, ways.mask).ravel(), ways.ends)[::2]
    counts = np.diff(ways.first)
    dark: Floats = (np.repeat(paper, counts) - light) / np.repeat(contrast, counts)
    return [float(one) for one in dark]


def sampled(pose: Pose, names: Names, placed: Placed) -> GrayImage:
    """The bands of all names, level and at one scale, `(N, H, W) uint8`; white where a name has ended."""
    cells = [plan.row for plan in names.plans]
    top, high = np.array([cell.y for cell in cells]), np.array([cell.h for cell in cells])
    share = (names.corners[:, :, 1] - top[:, None]) / high[:, None]
    upper, lower = placed.upper[names.rows, None], placed.lower[names.rows, None]
    moved = names.corners.copy()
    moved[:, :, 1] += upper + (lower - upper) * share
    out = np.full((len(cells), names.plans[0].size[1], names.words.mask.shape[1]), 255, np.uint8)
    pose.sample(moved, np.array([plan.size for plan in names.plans]), out)
    return out


def lightest_ways(band: GrayImage, mask: GrayImage) -> GrayImage:
    """For each column of each name the lightness of the darkest point of the lightest way that ends there, `(N, W)`.

    A way goes down one sample at a time and at most one to the side, and never through what `mask` forbids (0).
    """
    allowed = band & mask[:, None, :]
    way = allowed[:, 0]
    for row in range(1, band.shape[1]):
        best = way.copy()
        np.maximum(best[:, 1:], way[:, :-1], out=best[:, 1:])
        np.maximum(best[:, :-1], way[:, 1:], out=best[:, :-1])
        way = np.minimum(best, allowed[:, row], out=best)
    return way


def level_lines(band: GrayImage, paper: float, contrast: float, words: Sequence[Span]) -> tuple[float, ...]:
    """For each word the share of its length in which the best level line lies in ink, 0 to 1.

    A line rises or falls by at most one sample in two columns: no letter but a dash lets it go on in ink for long.
    """
    upper, lower = (round((TOP_EM - at) * STEPS) for at in CORE_EM)
    dark: Floats = np.clip((paper - band[upper:lower].astype(np.float64)) / contrast, 0.0, INKED) / INKED
    return tuple(_level_line(dark[:, low:high]) for low, high in words)


def _level_line(dark: Floats) -> float:
    best: Floats = dark[:, 0].copy()
    for column in range(1, dark.shape[1]):
        if column % 2 == 0:
            before = best.copy()
            np.maximum(best[1:], before[:-1], out=best[1:])
            np.maximum(best[:-1], before[1:], out=best[:-1])
        best += dark[:, column]
    return float(best.max() / dark.shape[1])
