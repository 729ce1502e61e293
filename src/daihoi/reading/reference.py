"""What is known of a form before the first scan: where print hides ink, where each row lies, where letters stand.

Made once for each worker from the drawn pages; nothing here depends on a scan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.patterns import Patterns, patterns_of
from daihoi.reading.terms import GrayImage, PrintedForm
from daihoi.reading.thresholds import CANONICAL_DPI
from daihoi.sheet.terms import PagePlan, Rect, Target, TargetKind

PX_PER_MM = CANONICAL_DPI / 25.4
REACH_PX = 5
"""How far a row is looked for, px at half scale: 1.27 mm, beyond what any feeder stretched in tests (0.9 mm)."""
BARE_STEP = 13
"""Every so many px at half scale, both ways, of bare paper are enough to know its noise."""
PRINT_REACH_PX = 2
"""Print is held to darken this far about itself: 0.25 mm for registration, the scanner's blur, swelling toner."""
SLIVER_PX = 1
"""Gaps in the grown print that are no wider than twice this are slivers."""
BLUR_PX = 2.0
"""Sigma of the worst blur of a scanner in focus: 0.25 mm."""
RULE_MM = 12.0
"""Print that runs on for this long is a ruling; no letter and no square does."""
BESIDE_REACH_PX = 3
"""The same about squares and the text beside them: nothing is read there, yet a name struck by mistake must show."""
LOOSE_REACH_PX = 6
"""The same outside of the rows, where nothing is aligned locally: 0.75 mm."""
PATTERN_MM = 30.0
"""Width of the printed text by which a row is aligned; more costs time and adds nothing."""
SQUARES_MARGIN_MM = 3.0
"""Paper to the left of the squares that moves with them: room for the ends of a cross."""
NO_TEXT_MM = 8.0
"""Room to the left of the squares, their margin taken off, in which there is no name but at most a number."""
INSET_MM, CLEAR_MM = 0.3, 0.8
"""From the outer edge of a square to the inner edge of its outline; to paper that no swollen outline reaches."""

NAME_LEAST = 4
"""Squares are read down to a dot of 0.6 mm; beside a name, which has a look of its own, 1.6 mm begin to count."""
STRIP_STEP_PX = 4
"""Targets begin in the strip at multiples of this, so that its means over 4 x 4 px keep them apart."""
CLOSE_MM = 1.5
"""Paper beside a name that is looked at with it: where a stroke that crosses the name begins and ends."""

Area = tuple[slice, slice]
"""Rows and columns of the registered page, px at 200 dpi."""


@dataclass(frozen=True)
class NameReference:
    """One printed name. Bands are rows, words are columns, all px within the row's cell.

    `core` is the x-height of its letters, `wide` from the capitals' tops to just under the baseline.
    """

    box: Area
    core: slice
    wide: slice
    words: tuple[slice, ...]
    free: npt.NDArray[np.uint8]
    """255 where print leaves paper free, over the rows of the cell and the columns of the box."""


@dataclass(frozen=True)
class SquareReference:
    """One printed square, px in the row's cell: `inside` its outline, `clear` of what the outline ever reaches."""

    kind: TargetKind
    box: Area
    inside: Area
    clear: Area


@dataclass(frozen=True)
class Segment:
    """A part of a row that is laid onto its printed place by itself.

    `area` is moved as a whole, `close` is the part of it that is looked at at 200 dpi; `ideal` is the print of `seen`
    at half scale, its mean taken away and of length 1, by which the place of the row is found; `height_width` of it in
    px at half scale. Segments of one `track` lie one above the other and move together smoothly. `number` from 0.
    """

    number: int
    area: Area
    close: Area
    seen: Area
    ideal: npt.NDArray[np.float32]
    height_width: tuple[int, int]
    track: tuple[int, int]
    least: int = 1
    """How many px of ink at half scale tell that a person may have written here; fewer are dust or a rim of print."""


@dataclass(frozen=True)
class RowReference:
    """One candidate's row: its cell, the segments by which it is aligned, and what is to be read in it."""

    candidate: str
    block: int
    cell: Area
    segments: tuple[Segment, ...]
    name: NameReference | None
    squares: tuple[SquareReference, ...]


@dataclass(frozen=True)
class StripPlace:
    """Where one name or square lies on the page (`area`, px at 200 dpi), and its first row in the strip of all."""

    number: int
    area: Area
    top: int

    @property
    def height(self) -> int:
        """Rows, px."""
        return int(self.area[0].stop - self.area[0].start)

    @property
    def width(self) -> int:
        """Columns, px."""
        return int(self.area[1].stop - self.area[1].start)


@dataclass(frozen=True)
class Strip:
    """All names or squares of a page one above the other; `expected` as of the page, 255 where none of them lies.

    `heights` of the places in the strip, px, and where they begin, steps of the strip; `lit` rows and columns, at half
    scale, where the paper of each is looked at: its two ends and its middle, `(3, N)` each.
    """

    places: tuple[StripPlace, ...]
    expected: GrayImage
    heights: npt.NDArray[np.intp]
    starts: npt.NDArray[np.intp]
    lit: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]


@dataclass(frozen=True)
class PageReference:
    """One page. `expected` is the darkness that print may cause at each pixel, `(H, W) uint8` at 200 dpi.

    `expected_half` is the same at half scale; `bare` are rows and columns, `(N, 2)`, at half scale, of places with no
    print near; `table` marks every row's cell at half scale; `stamp` is the field of the stamp.
    """

    plan: PagePlan
    rows: tuple[RowReference, ...]
    expected: GrayImage
    expected_half: GrayImage
    bare: npt.NDArray[np.int64]
    table: npt.NDArray[np.bool_]
    stamp: Area | None
    strip: Strip | None

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The segments of all rows, in the order of their numbers."""
        return tuple(segment for row in self.rows for segment in row.segments)

    @cached_property
    def patterns(self) -> Patterns:
        """The print by which all segments are aligned, by their numbers."""
        return patterns_of([s.ideal for s in self.segments], [s.height_width for s in self.segments])


def half(area: Area) -> Area:
    """The same area at half scale."""
    return slice(area[0].start // 2, area[0].stop // 2), slice(area[1].start // 2, area[1].stop // 2)


def reference_pages(form: PrintedForm) -> tuple[PageReference, ...]:
    """The references of all pages of a form drawn at 200 dpi; ValueError for another resolution."""
    if form.dpi != CANONICAL_DPI:
        raise ValueError(f"the form must be drawn at {CANONICAL_DPI} dpi")
    return tuple(
        _page_reference(plan, raster, form.plan.stamp if plan.number == 1 else None)
        for plan, raster in zip(form.plan.pages, form.rasters, strict=True)
    )


def area_of(rect: Rect, margin_mm: float = 0.0, shape: tuple[int, int] | None = None) -> Area:
    """The pixels of a rectangle in mm, widened by a margin, kept within a page of `shape`."""
    top, bottom = round((rect.y - margin_mm) * PX_PER_MM), round((rect.bottom + margin_mm) * PX_PER_MM)
    left, right = round((rect.x - margin_mm) * PX_PER_MM), round((rect.right + margin_mm) * PX_PER_MM)
    if shape is not None:
        bottom, right = min(bottom, shape[0]), min(right, shape[1])
    return slice(max(0, top), bottom), slice(max(0, left), right)


def _page_reference(plan: PagePlan, raster: GrayImage, stamp: Rect | None) -> PageReference:
    dark = np.asarray(255 - raster, np.uint8)
    table = np.zeros(dark.shape, np.bool_)
    for target in plan.targets:
        table[area_of(target.row, shape=dark.shape)] = True
    far = _square_of(LOOSE_REACH_PX)
    # Rim pixels of print are grey in the drawing and may be black in a scan: what is print at all may be fully dark.
    solid = np.where(dark > 60, 255, dark).astype(np.uint8)
    near = cv2.dilate(solid, _square_of(PRINT_REACH_PX))
    # Slivers of paper between letters fill with the scanner's blur: only what is darker than that blur is ink there.
    slivers = (near == 0) & (cv2.erode(cv2.dilate(near, _square_of(SLIVER_PX)), _square_of(SLIVER_PX)) > 0)
    blur = cv2.GaussianBlur(solid, (0, 0), BLUR_PX)
    near = np.where(slivers, np.minimum(1.3 * blur, 254), near).astype(np.uint8)
    loose = cv2.dilate(solid, far)
    expected = np.where(table, np.maximum(near, _rules(solid)), loose).astype(np.uint8)
    around = _around_squares(plan, (dark.shape[0], dark.shape[1]))
    expected[around] = np.maximum(expected, cv2.dilate(solid, _square_of(BESIDE_REACH_PX)))[around]
    inner = np.zeros(dark.shape, np.bool_)
    inner[area_of(Rect(10, 10, 190, 277))] = True
    bare = np.argwhere((inner & (cv2.dilate(dark, far) == 0))[:: 2 * BARE_STEP, :: 2 * BARE_STEP]) * BARE_STEP
    rows: list[RowReference] = []
    for targets in _by_candidate(plan):
        rows.append(_row_reference(targets, dark, raster, expected, sum(len(row.segments) for row in rows)))
    area = None if stamp is None else area_of(stamp, shape=(dark.shape[0], dark.shape[1]))
    strip = _strip_of(rows, expected)
    return PageReference(plan, tuple(rows), expected, _half_of(expected), bare, table[::2, ::2], area, strip)


def _strip_of(rows: list[RowReference], expected: GrayImage) -> Strip | None:
    places: list[StripPlace] = []
    top = 0
    for number, area in (place for row in rows for place in _targets_of(row)):
        places.append(StripPlace(number, area, top))
        top += -(-places[-1].height // STRIP_STEP_PX) * STRIP_STEP_PX
    if not places:
        return None
    widest = -(-max(place.width for place in places) // STRIP_STEP_PX) * STRIP_STEP_PX
    strip = np.full((top, widest), 255, np.uint8)
    for place in places:
        strip[place.top : place.top + place.height, : place.width] = expected[place.area]
    tops = np.array([place.top for place in places])
    halves = [half(place.area) for place in places]
    middles = np.array([(rows.start + rows.stop) // 2 for rows, _columns in halves])
    left, right = (np.array([(columns.start, columns.stop - 1)[end] for _rows, columns in halves]) for end in (0, 1))
    lit = (np.stack((middles, middles, middles)), np.stack((left, (left + right) // 2, right)))
    return Strip(tuple(places), strip, np.diff(tops, append=top), tops // STRIP_STEP_PX, lit)


def _targets_of(row: RowReference) -> Iterator[tuple[int, Area]]:
    """The name of a row, or what the outlines of its squares enclose: its segment's number, and where it lies."""
    if row.name is not None:
        yield row.segments[0].number, _on_page(row.cell, row.name.box)
    for square in row.squares:
        yield row.segments[-1].number, _on_page(row.cell, square.inside)


def _on_page(cell: Area, part: Area) -> Area:
    (y, x), (rows, columns) = (side.start for side in cell), part
    return slice(y + rows.start, y + rows.stop), slice(x + columns.start, x + columns.stop)


def _half_of(expected: GrayImage) -> GrayImage:
    """At half scale print hides as much as it may hide in any of the four pixels."""
    height, width = expected.shape[0] // 2 * 2, expected.shape[1] // 2 * 2
    # Rows first, which lie together: a thirtieth of the time of the maximum over both axes of blocks.
    rows = np.maximum(expected[:height:2, :width], expected[1:height:2, :width])
    return np.maximum(rows[:, ::2], rows[:, 1::2])


def _around_squares(plan: PagePlan, shape: tuple[int, int]) -> npt.NDArray[np.bool_]:
    """The rows of squares but for what the squares enclose."""
    around = np.zeros(shape, np.bool_)
    squares = [t for t in plan.targets if t.kind is not TargetKind.NAME]
    for target in squares:
        around[area_of(target.row, shape=shape)] = True
    for target in squares:
        around[area_of(target.box, -INSET_MM)] = False
    return around


def _square_of(reach: int) -> npt.NDArray[np.uint8]:
    return np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)


def _rules(solid: GrayImage) -> GrayImage:
    """The rulings of the table, grown up and down: a row moved onto its place carries parts of them along."""
    length = round(RULE_MM * PX_PER_MM)
    across = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    return np.asarray(cv2.dilate(across, np.ones((2 * LOOSE_REACH_PX + 1, 5), np.uint8)), np.uint8)


def _by_candidate(plan: PagePlan) -> list[list[Target]]:
    groups: dict[str, list[Target]] = {}
    for target in plan.targets:
        groups.setdefault(target.candidate, []).append(target)
    return list(groups.values())


def _row_reference(
    targets: list[Target], dark: GrayImage, raster: GrayImage, expected: GrayImage, number: int
) -> RowReference:
    first = targets[0]
    cell = area_of(first.row, shape=(dark.shape[0], dark.shape[1]))
    names = [t for t in targets if t.kind is TargetKind.NAME]
    return RowReference(
        candidate=first.candidate,
        block=round(first.row.x),
        cell=cell,
        segments=_segments(targets, raster, number),
        name=_name_reference(names[0], cell, dark, expected) if names else None,
        squares=tuple(_square_reference(t, cell) for t in targets if t.kind is not TargetKind.NAME),
    )


def _segments(targets: list[Target], raster: GrayImage, number: int) -> tuple[Segment, ...]:
    """The whole row by its name; or its text and its squares apart, since a full row is wider than a feeder is even."""
    row = targets[0].row
    shape = (raster.shape[0], raster.shape[1])
    left, right = min(t.box.x for t in targets), max(t.box.right for t in targets)
    if targets[0].kind is TargetKind.NAME:
        end = targets[0].box.right + 2
        seen = Rect(max(row.x - 0.5, end - PATTERN_MM), row.y, min(PATTERN_MM, end - row.x + 0.5), row.h)
        left, right = max(row.x, left - CLOSE_MM), min(row.right, right + CLOSE_MM)
        parts = [(row, Rect(left, row.y, right - left, row.h), seen)]
    elif left - SQUARES_MARGIN_MM - row.x < NO_TEXT_MM:
        # Other people's forms have their squares to the left of the names.
        parts = [(row, row, Rect(left - 1.2, row.y, min(PATTERN_MM, row.right - left + 1.2), row.h))]
    else:
        split = left - SQUARES_MARGIN_MM
        end = _end_of_text(Rect(row.x, row.y + 1.2, split - row.x, row.h - 2.4), raster)
        start = max(row.x - 0.5, end - PATTERN_MM)
        text, squares = Rect(row.x, row.y, split - row.x, row.h), Rect(split, row.y, row.right - split, row.h)
        parts = [
            (text, text, Rect(start, row.y, end - start, row.h)),
            (squares, squares, Rect(left - 1.2, row.y, right - left + 2.4, row.h)),
        ]
    track, named, part = round(row.x), targets[0].kind is TargetKind.NAME, partial(area_of, shape=shape)
    segments = (
        _segment(number + n, (part(whole), part(close), part(seen)), raster, (track, n))
        for n, (whole, close, seen) in enumerate(parts)
    )
    return tuple(replace(segment, least=NAME_LEAST) if named else segment for segment in segments)


def _end_of_text(place: Rect, raster: GrayImage) -> float:
    """Where the print of a row ends on the right, mm, and a little paper more."""
    dark = np.flatnonzero((raster[area_of(place)] < 128).any(axis=0))
    return place.x + (float(dark[-1]) / PX_PER_MM + 1.5 if dark.size else place.w)


def _segment(number: int, parts: tuple[Area, Area, Area], raster: GrayImage, track: tuple[int, int]) -> Segment:
    """A segment of its whole, what is looked at closely, and what it is aligned by."""
    area, close, seen = parts
    # The rulings are left out: drawn at few dots an inch, letters snap to pixels apart from them, and letters matter.
    inset = round(1.1 * PX_PER_MM)
    rows, columns = half((slice(seen[0].start + inset, seen[0].stop - inset), seen[1]))
    place = (slice(2 * rows.start, 2 * rows.stop), slice(2 * columns.start, 2 * columns.stop))
    size = (columns.stop - columns.start, rows.stop - rows.start)
    ideal = cv2.resize(raster[place], size, interpolation=cv2.INTER_AREA).astype(np.float32).ravel()
    ideal -= ideal.mean()
    ideal /= max(float(np.linalg.norm(ideal)), 1.0)
    return Segment(number, area, close, place, ideal, size[::-1], track)


def _within(area: Area, cell: Area) -> Area:
    return (
        slice(area[0].start - cell[0].start, area[0].stop - cell[0].start),
        slice(area[1].start - cell[1].start, area[1].stop - cell[1].start),
    )


def _name_reference(target: Target, cell: Area, dark: GrayImage, expected: GrayImage) -> NameReference:
    box = _within(area_of(target.box), cell)
    printed = dark[cell][box].astype(np.int64).sum(axis=1)
    # Capitals, tone marks and tails are few: the rows with a third of the fullest row's ink are the x-height.
    full = np.flatnonzero(printed >= printed.max() * 0.38)
    top, base = box[0].start + int(full[0]), box[0].start + int(full[-1]) + 1
    x_height = max(base - top, 4)
    height = cell[0].stop - cell[0].start
    words = tuple(
        slice(round(a * PX_PER_MM) - cell[1].start, round(b * PX_PER_MM) - cell[1].start) for a, b in target.words
    )
    return NameReference(
        box=box,
        core=slice(top, base),
        wide=slice(max(0, round(base - 1.65 * x_height)), min(height, round(base + 0.2 * x_height))),
        words=words or (box[1],),
        free=np.where(expected[cell][:, box[1]] < 128, np.uint8(255), np.uint8(0)),
    )


def _square_reference(target: Target, cell: Area) -> SquareReference:
    return SquareReference(
        target.kind,
        box=_within(area_of(target.box), cell),
        inside=_within(area_of(target.box, -INSET_MM), cell),
        clear=_within(area_of(target.box, -CLEAR_MM), cell),
    )
