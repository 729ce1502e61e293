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

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.second.page import Pose
from daihoi.reading.second.rows import RowPlace
from daihoi.reading.terms import GrayImage
from daihoi.sheet.terms import Rect, Target

Floats = npt.NDArray[np.float64]
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

    `long` tells the words that are too long for a stroke of one of their own letters to run through them. `level` says
    for each word in how much of its length a level line can be followed in ink; it costs more than all the rest and is
    asked only where the white does not tell.
    """

    words: tuple[float, ...]
    gaps: tuple[float, ...]
    long: tuple[bool, ...]
    level: Callable[[], tuple[float, ...]]


@dataclass(frozen=True)
class Names:
    """All names of one page, and the masks that keep a way down within its word or its space, `(N, W) uint8`."""

    plans: tuple[NamePlan, ...]
    word_mask: GrayImage
    gap_mask: GrayImage


def plan_name(target: Target) -> NamePlan:
    """The geometry of one name; without edges of words it is taken in pieces."""
    em = target.box.h / BOX_EM
    step = em / STEPS
    left = target.box.x - SIDE_EM * em
    known = len(target.words) > 1
    pieces = target.words if known else _pieces(target.box, em)
    spans = [((a - left) / step, (b - left) / step) for a, b in pieces]
    width = int((target.box.w / em + 2 * SIDE_EM) * STEPS)
    words = tuple((min(round(a) + EDGE, round(b) - EDGE - 1), round(b) - EDGE) for a, b in spans)
    gaps = tuple(_gap(one[1], other[0]) for one, other in pairwise(spans)) if known else ()
    long = tuple(high - low >= LONG_EM * STEPS for low, high in spans)
    top = target.box.y + (ASCENT_EM - TOP_EM) * em
    return NamePlan(
        target.candidate,
        target.box,
        target.row,
        left,
        top,
        step,
        (width, round((TOP_EM + FOOT_EM) * STEPS)),
        words,
        gaps,
        long,
    )


def _pieces(box: Rect, em: float) -> list[tuple[float, float]]:
    count = max(1, round(box.w / (PIECE_EM * em)))
    return [(box.x + k * box.w / count, box.x + (k + 1) * box.w / count) for k in range(count)]


def _gap(end: float, start: float) -> Span:
    """The samples that are white in print: one less at both sides for the blur of the letters."""
    low, high = int(np.ceil(end)) + 1, int(np.floor(start)) - 1
    return (low, high) if high - low >= 2 else (int(end), int(np.ceil(start)))


def plan_names(targets: Sequence[Target]) -> Names:
    """All names of a page."""
    plans = tuple(plan_name(target) for target in targets)
    shape = (len(plans), max((plan.size[0] for plan in plans), default=1))
    masks = np.zeros((2, *shape), np.uint8)
    for k, plan in enumerate(plans):
        for which, spans in enumerate((plan.words, plan.gaps)):
            for low, high in spans:
                # Of a space two samples side by side must be light: a dead pixel of the sensor opens no way.
                masks[which, k, low : high - which * (high - low > 2)] = 255
    return Names(plans, masks[0], masks[1])


def signs_of(pose: Pose, names: Names, placed: dict[Rect, RowPlace]) -> list[NameSigns]:
    """What is seen at each name, in the order of the plan."""
    plans = names.plans
    band = sampled(pose, plans, placed, names.word_mask.shape[1])
    middles = np.array([(plan.left + plan.size[0] * plan.step / 2, plan.top) for plan in plans])
    paper = pose.paper_at(middles)
    contrast = np.maximum(paper - pose.black, 1.0)
    in_words = 1 - (lightest_ways(band, names.word_mask) - (paper - contrast)[:, None]) / contrast[:, None]
    pairs = band.copy()
    pairs[:, :, :-1] = np.minimum(band[:, :, :-1], band[:, :, 1:])
    in_gaps = 1 - (lightest_ways(pairs, names.gap_mask) - (paper - contrast)[:, None]) / contrast[:, None]
    out = []
    for k, plan in enumerate(plans):
        words = tuple(float(in_words[k, a:b].min()) for a, b in plan.words)
        gaps = tuple(float(in_gaps[k, a : max(a + 1, b - (b - a > 2))].min()) for a, b in plan.gaps)
        out.append(
            NameSigns(
                words, gaps, plan.long, partial(level_lines, band[k], float(paper[k]), float(contrast[k]), plan.words)
            )
        )
    return out


def sampled(pose: Pose, plans: Sequence[NamePlan], placed: dict[Rect, RowPlace], width: int) -> npt.NDArray[np.uint8]:
    """The bands of all names, level and at one scale, `(N, H, W) uint8`; white where a name has ended."""
    corners = []
    for plan in plans:
        place = placed[plan.row]
        wide, high = plan.size[0] * plan.step, plan.size[1] * plan.step
        shift = [
            place.upper + (place.lower - place.upper) * (y - plan.row.y) / plan.row.h
            for y in (plan.top, plan.top + high)
        ]
        corners.append(
            [
                (plan.left, plan.top + shift[0]),
                (plan.left + wide, plan.top + shift[0]),
                (plan.left, plan.top + high + shift[1]),
            ]
        )
    px = pose.at(np.array(corners))
    size = np.array([plan.size for plan in plans], np.float64)
    right, down = (px[:, 1] - px[:, 0]) / size[:, :1], (px[:, 2] - px[:, 0]) / size[:, 1:]
    start = px[:, 0] + (right + down) / 2 - 0.5
    matrices = np.stack([right, down, start], axis=2)
    height = plans[0].size[1]
    out = np.full((len(plans), height, width), 255, np.uint8)
    for k, plan in enumerate(plans):
        cv2.warpAffine(
            pose.image,
            matrices[k],
            plan.size,
            dst=out[k, :, : plan.size[0]],
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
    return out


def lightest_ways(band: npt.NDArray[np.uint8], mask: GrayImage) -> npt.NDArray[np.float64]:
    """For each column of each name the lightness of the darkest point of the lightest way that ends there, `(N, W)`.

    A way goes down one sample at a time and at most one to the side, and never through what `mask` forbids (0).
    """
    way = band[:, 0] & mask
    for row in range(1, band.shape[1]):
        best = way.copy()
        np.maximum(best[:, 1:], way[:, :-1], out=best[:, 1:])
        np.maximum(best[:, :-1], way[:, 1:], out=best[:, :-1])
        way = np.minimum(best, band[:, row] & mask)
    return way.astype(np.float64)


def level_lines(band: npt.NDArray[np.uint8], paper: float, contrast: float, words: Sequence[Span]) -> tuple[float, ...]:
    """For each word the share of its length in which the best level line lies in ink, 0 to 1.

    A line rises or falls by at most one sample in two columns: no letter but a dash lets it go on in ink for long.
    """
    upper, lower = (round((TOP_EM - at) * STEPS) for at in CORE_EM)
    dark: Floats = np.clip((paper - band[upper:lower].astype(np.float64)) / contrast, 0.0, INKED) / INKED
    shares = []
    for low, high in words:
        best = dark[:, low].copy()
        for column in range(low + 1, high):
            if (column - low) % 2 == 0:
                before = best.copy()
                np.maximum(best[1:], before[:-1], out=best[1:])
                np.maximum(best[:-1], before[1:], out=best[:-1])
            best += dark[:, column]
        shares.append(float(best.max()) / (high - low))
    return tuple(shares)
