"""Ink that was added to the printed page: darkness beyond what print explains, and the strokes that it forms.

The whole page is looked at at 100 dpi; a segment of a row in which anything shows is laid at 200 dpi and looked at
there. Strokes are joined over the whole page, at half scale.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.flat import PAGE_PX
from daihoi.reading.reference import PX_PER_MM, Area, PageReference, Segment, half
from daihoi.reading.register import Laid, Registered, settle
from daihoi.reading.streaks import EdgeLine, broken_lines, edge_lines, hidden_by, veil_of
from daihoi.reading.suspects import Levels, suspects
from daihoi.reading.terms import GrayImage
from daihoi.reading.thresholds import Thresholds

HALF_PX_PER_MM = PX_PER_MM / 2
BRIDGE_PX = (5, 3)
"""Width and height, half-scale px, by which pieces of one stroke are joined: letters hide up to 1 mm of a strike."""
PALE_LINE = 1.1
"""Times the darkness of ink, below which a line is a veil: the palest pencil (0.2) drawn along it still shows."""
BRIDGE = np.ones(BRIDGE_PX[::-1], np.uint8)


@dataclass(frozen=True)
class Stroke:
    """A connected piece of added ink; `x, y, w, h` px at half scale (100 dpi)."""

    label: int
    x: int
    y: int
    w: int
    h: int

    @property
    def extent_mm(self) -> float:
        """The longer side of its bounding box, mm."""
        return max(self.w, self.h) / HALF_PX_PER_MM


@dataclass(frozen=True)
class Ink:
    """Added ink of one page.

    `mask` `(H, W) uint8` 255 where ink is seen and `extra` `(H, W) uint8` darkness beyond print, both only close to the
    print of the segments that were `laid`; `hidden` 255 under streaks or None; `labels` `(H/2, W/2) uint16`, the stroke
    of each pixel of ink on the whole page, 0 none; `faint` grey level above which paper is not clean; `astray`
    are laid segments that could not be laid onto their print.
    """

    mask: GrayImage
    extra: GrayImage
    hidden: GrayImage | None
    labels: npt.NDArray[np.uint16]
    strokes: dict[int, Stroke]
    faint: float
    contrast: float
    streaks: int
    laid: frozenset[int] = frozenset()
    astray: frozenset[int] = frozenset()

    def pixels_of(self, label: int) -> int:
        """Ink of one stroke, half-scale px."""
        s = self.strokes[label]
        return int(np.count_nonzero(self.labels[s.y : s.y + s.h, s.x : s.x + s.w] == label))


def added_ink(page: Registered, reference: PageReference, limits: Thresholds, *, all_rows: bool = False) -> Ink:
    """Ink beyond the printed page, streaks and folds taken away, joined into strokes.

    `all_rows` lays every row at 200 dpi, also where nothing shows: for pictures and tests.
    """
    lines = edge_lines(page.darkness, reference.expected_half, page.contrast, page.half_noise)
    ink = _seen(page, reference, lines, limits, all_rows)
    broken = broken_lines([(s.x, s.y, s.w, s.h) for s in ink.strokes.values()], 1 / HALF_PX_PER_MM)
    return _seen(page, reference, lines + broken, limits, all_rows) if broken else ink


def _seen(page: Registered, reference: PageReference, lines: list[EdgeLine], limits: Thresholds, all_rows: bool) -> Ink:
    """Darkness beyond print, ink, and strokes, with what streaks hide left out."""
    levels = levels_of(page, limits)
    extra = cv2.subtract(page.darkness, reference.expected_half)
    # What is paler than ink hides none: it is taken off, and ink upon it is seen.
    pale = [line for line in lines if line.tone < PALE_LINE * levels.ink]
    dark = [line for line in lines if line.tone >= PALE_LINE * levels.ink]
    hidden = hidden_by(dark, PAGE_PX) if dark else None
    veil = veil_of(pale, PAGE_PX) if pale else None
    if dark:
        extra = cv2.subtract(extra, hidden_by(dark, extra.shape, 0.5))
    if pale:
        extra = cv2.subtract(extra, veil_of(pale, extra.shape, 0.5))
    shown = suspects(page, reference, np.asarray(extra, np.uint8), hidden, levels)
    _level, seen = cv2.threshold(extra, levels.half_ink, 255, cv2.THRESH_BINARY)
    desk = _Desk(page, reference, (hidden, veil), levels)
    for segment, small in desk.lay([s for s in reference.segments if all_rows or s.number in shown]):
        seen[half(segment.close)] = small
    labels, strokes = _strokes(np.asarray(seen, np.uint8))
    return Ink(
        mask=desk.mask,
        extra=desk.extra,
        hidden=hidden,
        labels=labels,
        strokes=strokes,
        faint=levels.faint,
        contrast=page.contrast,
        streaks=len(lines),
        laid=frozenset(desk.laid),
        astray=frozenset(desk.astray),
    )


def levels_of(page: Registered, limits: Thresholds) -> Levels:
    """The grey levels of this page from which darkness is ink, or is not clean paper."""
    return Levels(
        ink=max(limits.ink * page.contrast, limits.noise_sigmas * page.noise),
        half_ink=max(limits.ink * page.contrast, limits.noise_sigmas * page.half_noise),
        # Averaged over 5 x 5 px the noise falls by five: three of its sigmas are 0.6 of the noise itself.
        faint=max(limits.faint * page.contrast, 0.9 * page.noise + 1.5),
        half_faint=max(0.5 * limits.ink * page.contrast, limits.noise_sigmas * page.half_noise),
    )


class _Desk:
    """Where segments are laid at 200 dpi; memory is taken only for what is laid."""

    def __init__(
        self,
        page: Registered,
        reference: PageReference,
        covers: tuple[GrayImage | None, GrayImage | None],
        levels: Levels,
    ) -> None:
        self._page = page
        self._reference = reference
        self._covers = [cover for cover in covers if cover is not None]
        self._levels = levels
        self.mask: GrayImage = np.zeros(PAGE_PX, np.uint8)
        self.extra: GrayImage = np.zeros(PAGE_PX, np.uint8)
        self.laid: set[int] = set()
        self.astray: set[int] = set()

    def lay(self, segments: list[Segment]) -> Iterator[tuple[Segment, GrayImage]]:
        """Segments onto their own print; what of each is ink, at half scale, 255."""
        settled = settle(self._page, self._reference, segments, self._levels.ink)
        for segment, laid in zip(segments, settled, strict=True):
            yield segment, self._put(segment, laid)

    def _put(self, segment: Segment, laid: Laid) -> GrayImage:
        area, extra = segment.close, laid.extra
        if laid.astray:
            self.astray.add(segment.number)
        self.laid.add(segment.number)
        for cover in self._covers:
            extra = np.asarray(cv2.subtract(extra, cover[area]), np.uint8)
        self.extra[area] = extra
        _level, self.mask[area] = cv2.threshold(extra, self._levels.ink, 255, cv2.THRESH_BINARY)
        rows, columns = half(area)
        whole = self.mask[2 * rows.start : 2 * rows.stop, 2 * columns.start : 2 * columns.stop]
        size = (columns.stop - columns.start, rows.stop - rows.start)
        small = cv2.resize(whole, size, interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.threshold(small, 100, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _strokes(seen: GrayImage) -> tuple[npt.NDArray[np.uint16], dict[int, Stroke]]:
    """Pieces of ink joined over small gaps. A stroke never crosses a run of empty rows: each band is labelled alone."""
    labels = np.zeros(seen.shape, np.uint16)
    strokes: dict[int, Stroke] = {}
    grown_x, grown_y = BRIDGE_PX[0] - 1, BRIDGE_PX[1] - 1
    for top, bottom in _bands(seen):
        band = seen[top:bottom]
        inked = np.flatnonzero(band.any(axis=0))
        left, right = max(0, int(inked[0]) - grown_x), int(inked[-1]) + grown_x + 1
        band = band[:, left:right]
        # A joined stroke has at least 15 px, so half an A4 page cannot hold more than 16 bits can number.
        _count, found, stats, _centres = cv2.connectedComponentsWithStats(
            cv2.dilate(band, BRIDGE), connectivity=8, ltype=cv2.CV_16U
        )
        first = len(strokes)
        for number, (x, y, w, h, _area) in enumerate(stats[1:].tolist(), start=first + 1):
            strokes[number] = Stroke(
                number, left + x + grown_x // 2, top + y + grown_y // 2, max(1, w - grown_x), max(1, h - grown_y)
            )
        cv2.add(found, np.array([float(first)]), dst=labels[top:bottom, left:right], mask=np.ascontiguousarray(band))
    return labels, strokes


def _bands(seen: GrayImage) -> list[tuple[int, int]]:
    """Runs of rows with ink, a bridge's height apart at least and widened by it."""
    # A sum along each row is taken in half the time of a maximum.
    full = (cv2.reduce(seen, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S) > 0).view(np.uint8)
    grown = cv2.dilate(full, np.ones((2 * BRIDGE_PX[1] + 1, 1), np.uint8))[:, 0] > 0
    edges = np.flatnonzero(np.diff(np.concatenate(([0], grown.view(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def inside(cell: Area, part: Area) -> Area:
    """A part given within its cell, as an area of the page."""
    return (
        slice(cell[0].start + part[0].start, cell[0].start + part[0].stop),
        slice(cell[1].start + part[1].start, cell[1].start + part[1].stop),
    )


def strokes_in(ink: Ink, area: Area, least_px: int = 1) -> dict[int, int]:
    """Strokes with ink in an area of the page, and how many half-scale px of it lie there."""
    labels = ink.labels[half(area)]
    counts = np.bincount(labels[labels > 0]).tolist()
    return {label: count for label, count in enumerate(counts) if count and count >= least_px}


def tone_of(ink: Ink, area: Area) -> float:
    """Darkness of the ink in an area, its 80th percentile: the middle of the line, not its soft rim."""
    seen = ink.extra[area][ink.mask[area] > 0]
    if not seen.size:
        return 0.0
    place = int(0.8 * (seen.size - 1))
    return float(np.partition(seen, place)[place]) / ink.contrast
