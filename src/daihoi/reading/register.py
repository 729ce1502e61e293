"""Lay each row of a page onto its printed place.

The corner marks give a homography; what a feeder stretches between them is found row by row, by matching the printed
text of each row within a millimetre, and smoothed along the column of rows so that a voter's pen cannot pull a row
away. All of this at 100 dpi; a row that carries ink is laid at 200 dpi, and once more by its own print.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.flat import HALF_PX, FlatPage, shrunk
from daihoi.reading.identify import Identified
from daihoi.reading.reference import REACH_PX, Area, PageReference, Segment, half
from daihoi.reading.terms import GrayImage, Refusal, RefusalReason
from daihoi.reading.thresholds import MAX_DPI, MIN_DPI, Thresholds
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, PagePlan

LONG_TRACK = 8
STEADY_PX = 2.0
"""Three rows of one track that lie within this of each other (0.25 mm) were fed evenly; a feeder that slips jumps."""
STRAY_PX = 1.6
"""How far (0.2 mm) a row may lie off before its print shows beside its mask."""
FARTHEST_PX = 3
"""How far (0.4 mm) a row may still be moved by itself once its neighbours have placed it."""
TRUSTED_MATCH = 0.5
"""Correlation below which a row's own place is not trusted; struck names still match at 0.6-0.9."""
NEAR_PX = 2
"""How far, px at half scale (0.5 mm), a row is looked for first: farther costs four times as much."""

Step = tuple[int, int]


@dataclass(frozen=True)
class Registered:
    """A page laid flat, each row on its printed place.

    At half scale (100 dpi) the whole page: `half`, and its `darkness`, paper minus page, `(H/2, W/2) uint8`; `paper`
    is the grey of bare paper everywhere. `steps` tells by how many px (200 dpi) each segment lies off its place.
    `contrast` is the darkness of the corner marks; `noise` and `half_noise` the standard deviation of bare paper at
    200 and at 100 dpi, all in grey levels.
    """

    flat: FlatPage
    half: GrayImage
    darkness: GrayImage
    paper: GrayImage
    steps: list[Step]
    contrast: float
    noise: float
    half_noise: float
    dpi: float

    def page_at(self, area: Area, step: Step = (0, 0), into: GrayImage | None = None) -> GrayImage:
        """The page within an area, at 200 dpi, taken a step off its place."""
        return self.flat.at(area, *step, into=into)

    def paper_at(self, area: Area, into: GrayImage | None = None) -> GrayImage:
        """The grey of bare paper within an area, at 200 dpi."""
        size = (area[1].stop - area[1].start, area[0].stop - area[0].start)
        return np.asarray(cv2.resize(self.paper[half(area)], size, dst=into, interpolation=cv2.INTER_NEAREST), np.uint8)

    def darkness_at(self, area: Area, step: Step = (0, 0)) -> GrayImage:
        """Paper minus page within an area, at 200 dpi, taken a step off its place."""
        return np.asarray(cv2.subtract(self.paper_at(area), self.page_at(area, step)), np.uint8)


def scale_of(known: Identified, page: PagePlan, image: GrayImage, limits: Thresholds) -> float | Refusal:
    """Dots per inch by the corner marks, or why this scale cannot be read."""
    tl, tr, bl, _br = known.points
    across = float(np.hypot(*(tr - tl))) / (page.corners[1].x - page.corners[0].x) * 25.4
    down = float(np.hypot(*(bl - tl))) / (page.corners[2].y - page.corners[0].y) * 25.4
    dpi = (across + down) / 2
    if not MIN_DPI <= dpi <= MAX_DPI:
        return Refusal(RefusalReason.WRONG_SCALE, found=f"{dpi:.0f} dpi", expected=f"{MIN_DPI:.0f}-{MAX_DPI:.0f} dpi")
    if abs(across / down - 1) > limits.corner_aspect:
        return Refusal(RefusalReason.DISTORTED, found=f"{across:.0f} x {down:.0f} dpi", expected="1:1")
    short, long = sorted(image.shape)
    if abs(long / short / (PAGE_H_MM / PAGE_W_MM) - 1) < 0.02:
        # The image has the shape of A4: then its width tells how large the print is on the paper.
        printed = dpi / (short / PAGE_W_MM * 25.4)
        if abs(printed - 1) > limits.print_scale:
            low, high = round(100 * (1 - limits.print_scale)), round(100 * (1 + limits.print_scale))
            return Refusal(RefusalReason.WRONG_SCALE, found=f"{100 * printed:.0f} %", expected=f"{low}-{high} %")
    return dpi


def align(flat: FlatPage, reference: PageReference, black: float, dpi: float) -> Registered:
    """Each row onto its printed place, and the page as darkness against its own paper."""
    segments = reference.segments
    steps = _row_steps(flat, reference)
    page = flat.half
    if any(any(step) for step in steps):
        page = page.copy()
        for segment, (dx, dy) in zip(segments, steps, strict=True):
            _move(page, flat.half, half(segment.area), round(dx / 2), round(dy / 2))
    paper = _paper(flat.half)
    contrast = max(float(np.median(paper[::32, ::32])) - black, 1.0)
    return Registered(
        flat=flat,
        half=page,
        darkness=np.asarray(cv2.subtract(paper, page), np.uint8),
        paper=paper,
        steps=steps,
        contrast=contrast,
        noise=_noise(flat.samples(reference.bare * 2), reference, paper),
        half_noise=_noise(page[tuple(reference.bare.T)], reference, paper),
        dpi=dpi,
    )


@dataclass(frozen=True)
class Laid:
    """A segment laid onto its own print: its step, its darkness beyond print at 200 dpi, and whether it is `astray`.

    `astray`: its print lies too far off to be believed; then a person looks.
    """

    step: Step
    extra: GrayImage
    astray: bool = False


def lay(page: Registered, segment: Segment, expected: GrayImage) -> Laid:
    """A segment where its neighbours lead it."""
    return _laid(page, segment, expected, page.steps[segment.number])


def settle(page: Registered, reference: PageReference, segments: list[Segment], level: float) -> list[Laid]:
    """Each of some segments where its own print lies; `level` the darkness beyond print that is ink.

    A row is first laid where its neighbours lead it; print that was drawn or fed a pixel or two off then reads as ink.
    A stroke over a name pulls the match by a pixel or two, but what was written is left over in both places; the
    place that leaves less is the place of the print.
    """
    laid = [lay(page, segment, reference.expected) for segment in segments]
    asked = [k for k, one in enumerate(laid) if cv2.minMaxLoc(one.extra)[1] > level]
    places = _matches(page.flat, reference, [segments[k] for k in asked], [laid[k].step for k in asked])
    for k, (dx, dy, match) in zip(asked, places.tolist(), strict=True):
        if match >= TRUSTED_MATCH:
            laid[k] = _own_place(page, segments[k], reference.expected, laid[k], (round(dx), round(dy)))
    return laid


def _own_place(page: Registered, segment: Segment, expected: GrayImage, laid: Laid, own: Step) -> Laid:
    """A segment at the place of its own match, where less is left over there."""
    apart = max(abs(own[0] - laid.step[0]), abs(own[1] - laid.step[1]))
    if not apart:
        return laid
    moved = _laid(page, segment, expected, own)
    if cv2.sumElems(moved.extra)[0] >= cv2.sumElems(laid.extra)[0]:
        return laid
    return moved if apart <= FARTHEST_PX else Laid(laid.step, laid.extra, astray=apart > STRAY_PX)


def _laid(page: Registered, segment: Segment, expected: GrayImage, step: Step) -> Laid:
    dark = page.darkness_at(segment.close, step)
    return Laid(step, np.asarray(cv2.subtract(dark, expected[segment.close], dst=dark), np.uint8))


def _move(page: GrayImage, source: GrayImage, area: Area, dx: int, dy: int) -> None:
    """The pixels of an area taken from where the row really lies; rows near an edge of the page stay put."""
    rows, columns = area
    y0, x0 = rows.start + dy, columns.start + dx
    height, width = rows.stop - rows.start, columns.stop - columns.start
    if (dx or dy) and y0 >= 0 and x0 >= 0 and y0 + height <= HALF_PX[0] and x0 + width <= HALF_PX[1]:
        page[area] = source[y0 : y0 + height, x0 : x0 + width]


def _noise(bare: npt.NDArray[np.uint8], reference: PageReference, paper: GrayImage) -> float:
    """Standard deviation of bare paper, by the median of its departures: dust and pens do not count."""
    if not bare.size:
        return 1.0
    apart = paper[tuple(reference.bare.T)].astype(np.int16) - bare
    middle = apart.size // 2
    apart = np.abs(apart - np.partition(apart, middle)[middle])
    return max(1.4826 * float(np.partition(apart, middle)[middle]), 1.0)


def _paper(page: GrayImage) -> GrayImage:
    """The grey of the bare paper at every pixel: tiles of 2 mm, print closed away over 14 mm, smoothed."""
    tiles = page
    for _halved in range(3):
        tiles = shrunk(tiles, 2)
    # A closing, not a maximum: where the light falls off towards an edge, the paper there is as dark as it is.
    light = cv2.morphologyEx(tiles, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    smooth = cv2.blur(cv2.blur(light, (3, 3)), (3, 3))
    # Blended to 25 dpi, then repeated: from one such pixel to the next the light changes by less than a grey level.
    fine = cv2.resize(smooth, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR)
    # Sideways, then down by whole rows: at once takes twice as long.
    wide = cv2.resize(fine, (page.shape[1], fine.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.asarray(wide[np.arange(page.shape[0]) * fine.shape[0] // page.shape[0]], np.uint8)


def _row_steps(flat: FlatPage, reference: PageReference) -> list[Step]:
    """(dx, dy) px of every segment: its own match where that agrees with its track, else what its neighbours say."""
    segments = reference.segments
    tracks = _tracks(segments)
    # On a page that was fed evenly a few rows say enough; where they lie apart, every row is asked.
    asked = [members[:: 1 + 2 * (len(members) > LONG_TRACK)] for members in tracks]
    found = _by_track(flat, reference, asked)
    slipped = [k for k, own in enumerate(found) if len(asked[k]) < len(tracks[k]) and not _is_steady(own[:, :2])]
    for k, own in zip(slipped, _by_track(flat, reference, [tracks[k] for k in slipped]), strict=True):
        asked[k], found[k] = tracks[k], own
    steps = np.zeros((len(segments), 2))
    for members, those, own in zip(tracks, asked, found, strict=True):
        agreed = _agreed(own)
        for axis in range(2):
            steps[members, axis] = np.interp(members, those, agreed[:, axis])
    return [(dx, dy) for dx, dy in np.rint(steps).astype(int).tolist()]


def _tracks(segments: tuple[Segment, ...]) -> list[list[int]]:
    """The numbers of the segments of each track, from above."""
    tracks: dict[tuple[int, int], list[int]] = {}
    for segment in segments:
        tracks.setdefault(segment.track, []).append(segment.number)
    return list(tracks.values())


def _by_track(flat: FlatPage, reference: PageReference, asked: list[list[int]]) -> list[npt.NDArray[np.float64]]:
    """dx, dy and correlation, `(N, 3)`, of some segments of each track."""
    numbers = [number for members in asked for number in members]
    found = _matches(flat, reference, [reference.segments[number] for number in numbers])
    return np.split(found, np.cumsum([len(members) for members in asked])[:-1]) if asked else []


def _is_steady(found: npt.NDArray[np.float64]) -> bool:
    """Whether the rows asked go over into each other: between them the page was stretched evenly or not at all."""
    return bool(np.abs(np.diff(found, axis=0)).max() <= STEADY_PX)


def _matches(
    flat: FlatPage, reference: PageReference, segments: list[Segment], about: list[Step] | None = None
) -> npt.NDArray[np.float64]:
    """dx, dy (px at 200 dpi) and correlation of each segment's printed text, `(N, 3)`; looked for about some steps."""
    about = about or [(0, 0)] * len(segments)
    found = np.zeros((len(segments), 3))
    missed = list(range(len(segments)))
    height, width = reference.patterns.height_width
    for reach in (NEAR_PX, REACH_PX):
        windows = np.empty((len(missed), height + 2 * reach, width + 2 * reach), np.float32)
        for window, k in zip(windows, missed, strict=True):
            top, left = (side.start // 2 - reach for side in segments[k].seen)
            window[:] = flat.half_at((slice(top, top + len(window)), slice(left, left + window.shape[1])), about[k])
        if missed:
            found[missed] = reference.patterns.places([segments[k].number for k in missed], windows, reach)
        farthest = np.abs(found[:, :2]).max(axis=1, initial=0.0)
        missed = [k for k in missed if found[k, 2] < TRUSTED_MATCH or farthest[k] >= 2 * reach - 1]
    found[:, :2] += np.array(about).reshape(-1, 2)
    return found


def _agreed(found: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Places along a track; one that is poorly matched or departs from both neighbours is drawn between them."""
    sure = found[:, 2] >= TRUSTED_MATCH
    agreed = found[:, :2].copy()
    if not sure.any():
        return np.zeros_like(agreed)
    if not sure.all():
        steps = np.arange(len(found))
        for axis in range(2):
            agreed[:, axis] = np.interp(steps, steps[sure], found[sure, axis])
    if len(found) < 3:
        return agreed
    # At the ends the track goes on as it comes: a stretched page has its farthest rows there.
    first, last = 2 * agreed[0] - agreed[1], 2 * agreed[-1] - agreed[-2]
    before, after = np.vstack((first, agreed[:-1])), np.vstack((agreed[1:], last))
    between = (before + after) / 2
    between[0], between[-1] = 2 * agreed[1] - agreed[2], 2 * agreed[-2] - agreed[-3]
    apart = np.abs(agreed - between) > STRAY_PX + np.abs(after - before) / 2
    return np.where(apart, between, agreed)
