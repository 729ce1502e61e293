"""Figures of a front that was found: lengths, greys, lines, streaks. No judgement is made here."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.scanner.place import SeenSide, px_of
from daihoi.reading.terms import GrayImage
from daihoi.sheet import scanner_sheet as plan
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect

MM_PER_INCH = 25.4
FLAT_DPI = 200
INSET_MM = 1.2
"""Left out along the rim of a field: blur, ringing and an inexact place."""
STREAK_GREYS, STREAK_SIGMAS = 10.0, 6.0
"""A streak darkens the paper by more than both."""
BASE_MM = 6.0
"""Width over which the brightness of the paper is taken."""
BINARY_SHARE = 0.985
"""Share of pixels at either end of the scale from which on a picture has two tones only."""

_PER_MM = FLAT_DPI / MM_PER_INCH


@dataclass(frozen=True)
class Lengths:
    """Dots per inch across and down as the printed marks give them, skew in degrees off the nearest right angle, and
    by how many mm the image ends inside the paper at the left, top, right and bottom (negative: it ends outside)."""

    across_dpi: float
    down_dpi: float
    skew: float
    cut: tuple[float, float, float, float]


@dataclass(frozen=True)
class Greys:
    """Greys 0 to 255. `inks` and `lines` are contrasts by colour: 1 as far from the paper as black, 0 as the paper."""

    paper: float
    black: float
    steps: tuple[float, ...]
    inks: dict[str, float]
    lines: dict[str, float]
    binary: bool


def lengths_of(seen: SeenSide) -> Lengths:
    """Of the marks, or of the codes where marks are missing."""
    marks = [(mark.x + mark.w / 2, mark.y + mark.h / 2) for mark in plan.CORNERS]
    top_left, top_right, bottom_left, bottom_right = px_of(seen.to_image, marks)
    width, height = marks[1][0] - marks[0][0], marks[2][1] - marks[0][1]
    across = (np.linalg.norm(top_right - top_left) + np.linalg.norm(bottom_right - bottom_left)) / 2
    down = (np.linalg.norm(bottom_left - top_left) + np.linalg.norm(bottom_right - top_right)) / 2
    way = top_right - top_left
    turn = float(np.degrees(np.arctan2(way[1], way[0])))
    skew = (turn + 45) % 90 - 45
    return Lengths(
        float(across / width * MM_PER_INCH), float(down / height * MM_PER_INCH), skew, _cut(seen, _dpmm(seen))
    )


def _dpmm(seen: SeenSide) -> float:
    return float(np.sqrt(abs(np.linalg.det(seen.to_image[:2, :2]))))


def _cut(seen: SeenSide, per_mm: float) -> tuple[float, float, float, float]:
    height, width = seen.upright.shape
    middles = [(0.0, PAGE_H_MM / 2), (PAGE_W_MM / 2, 0.0), (PAGE_W_MM, PAGE_H_MM / 2), (PAGE_W_MM / 2, PAGE_H_MM)]
    cut: list[float] = []
    for x, y in px_of(seen.to_image, middles):
        outside = max(-x, -y, x - width, y - height)
        cut.append(float(outside / per_mm))
    return cut[0], cut[1], cut[2], cut[3]


def flat_of(seen: SeenSide) -> GrayImage:
    """The page laid flat at `FLAT_DPI`; what lies outside of the image is 127."""
    to_flat = np.diag([_PER_MM, _PER_MM, 1.0]) @ np.linalg.inv(seen.to_image)
    size = (round(PAGE_W_MM * _PER_MM), round(PAGE_H_MM * _PER_MM))
    image = seen.upright
    if _dpmm(seen) > 1.4 * _PER_MM:
        # Pixels that are left out would make a fine line come and go.
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), _dpmm(seen) / _PER_MM / 2.5), np.uint8)
    return np.asarray(cv2.warpPerspective(image, to_flat, size, flags=cv2.INTER_LINEAR, borderValue=127), np.uint8)


def greys_of(seen: SeenSide, flat: GrayImage) -> Greys:
    """Of the fields and lines of the sheet."""
    blank = np.concatenate([_part(flat, _shrunk(band, 20.0, 0.5)).ravel() for band in plan.BLANK_BANDS])
    paper = float(np.median(blank))
    steps = tuple(float(np.mean(_part(flat, _shrunk(step.field, INSET_MM)))) for step in plan.STEPS)
    black = steps[-1]
    # A picture without black would make every contrast infinite; one grey is the least that can be told.
    span = max(1.0, paper - black)
    inks = {ink.key: (paper - float(np.mean(_part(flat, _shrunk(ink.field, INSET_MM))))) / span for ink in plan.INKS}
    lines = {ink.key: max(_line(flat, line, paper) for line in ink.lines) / span for ink in plan.INKS}
    # A JPEG of two tones has ripples about its letters and is of two tones all the same.
    binary = float(np.mean((seen.upright < 16) | (seen.upright > 239))) > BINARY_SHARE
    return Greys(paper, black, steps, inks, lines, binary)


def _shrunk(rect: Rect, x: float, y: float | None = None) -> Rect:
    y = x if y is None else y
    return Rect(rect.x + x, rect.y + y, rect.w - 2 * x, rect.h - 2 * y)


def _part(flat: GrayImage, rect: Rect) -> GrayImage:
    x0, y0, x1, y1 = (round(value * _PER_MM) for value in (rect.x, rect.y, rect.right, rect.bottom))
    return flat[y0:y1, x0:x1]


def _line(flat: GrayImage, line: Rect, paper: float) -> float:
    """How much darker than the paper a printed pen line is: the middle of the darkest value of each column."""
    window = _part(flat, Rect(line.x + 1.0, line.y - 0.6, line.w - 2.0, line.h + 1.2))
    return paper - float(np.median(window.min(axis=0)))


def streaks_of(seen: SeenSide) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Where streaks run: down the page, in mm from its left; across it, in mm from its top.

    Along lines of the image and not of the page: glass and sensor stand still however the sheet lay.
    """
    inverse = np.asarray(np.linalg.inv(seen.to_image), np.float64)
    height, width = seen.upright.shape
    down = _common([_profile(seen, band, 0) for band in plan.BLANK_BANDS])
    across = _common([_profile(seen, strip, 1) for strip in plan.BLANK_STRIPS])
    columns = tuple(round(float(px_of(inverse, [(column, height / 2)])[0][0]), 1) for column in down)
    rows = tuple(round(float(px_of(inverse, [(width / 2, row)])[0][1]), 1) for row in across)
    return columns, rows


def _profile(seen: SeenSide, strip: Rect, axis: int) -> npt.NDArray[np.float64]:
    """By how many greys each column (`axis` 0) or row (1) of a blank strip is darker than the paper about it.

    In px of the image; 0 where the strip does not reach.
    """
    corners = [(strip.x, strip.y), (strip.right, strip.y), (strip.right, strip.bottom), (strip.x, strip.bottom)]
    outline = px_of(seen.to_image, corners).round().astype(np.int32)
    (left, top), (right, bottom) = outline.min(axis=0).clip(0), outline.max(axis=0)
    part = seen.upright[top:bottom, left:right]
    means = np.zeros(seen.upright.shape[1 - axis])
    if part.size == 0:
        return means
    mask = np.zeros(part.shape, np.uint8)
    cv2.fillConvexPoly(mask, outline - np.array([left, top], np.int32), 1)
    count = mask.sum(axis=axis, dtype=np.float64)
    # At the slanting ends of a skewed strip a few pixels would speak for a whole column.
    enough = count > 0.6 * np.percentile(count, 90)
    sums = np.where(mask > 0, part, 0).sum(axis=axis, dtype=np.float64)
    darkness = _below_paper(sums[enough] / count[enough], round(BASE_MM * _dpmm(seen)))
    start = (left, top)[axis]
    means[start : start + len(enough)][enough] = darkness
    return means


def _below_paper(means: npt.NDArray[np.float64], width: int) -> npt.NDArray[np.float64]:
    """Greys below the paper; 0 where the noise of these means could be the reason."""
    if len(means) < 2 * width:
        return np.zeros(len(means))
    paper = cv2.medianBlur(means.clip(0, 255).astype(np.uint8).reshape(1, -1), 2 * (width // 2) + 1).ravel()
    darkness = paper.astype(np.float64) - means
    sigma = float(np.median(np.abs(darkness - np.median(darkness)))) * 1.4826
    return np.asarray(np.where(darkness > max(STREAK_GREYS, STREAK_SIGMAS * sigma), darkness, 0.0), np.float64)


def _common(profiles: list[npt.NDArray[np.float64]]) -> list[float]:
    """Middles of the places that are dark in two profiles at least, give or take a pixel."""
    seen = np.zeros(len(profiles[0]), np.uint8)
    for profile in profiles:
        seen += np.asarray(cv2.dilate((profile > 0).astype(np.uint8).reshape(1, -1), np.ones((1, 3))), np.uint8).ravel()
    places = np.flatnonzero(seen >= 2)
    runs = np.split(places, np.flatnonzero(np.diff(places) > 2) + 1)
    return [float(run.mean()) for run in runs if len(run)]
