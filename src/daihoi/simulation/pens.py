"""Pens: how wide, how dark, how even a stroke is, and how its ink lies over print and paper.

Ink is a transmission: what light it lets through is multiplied with the page, so print shows under a strike as on
paper. Strokes are drawn at about 600 dpi and averaged down, since a ballpoint line is 3 to 5 px wide on a 200 dpi scan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.simulation.terms import Pixels, Stroke

INK_DPI = 600
MM_PER_INCH = 25.4
SHIFT = 4
"""cv2 takes coordinates in 1/16 px with this shift."""


@dataclass(frozen=True)
class Pen:
    """`width` mm; `transmission` of blue, green and red light where the ink lies whole; `grain` 0 even to 1 broken;
    `gaps` the share of a stroke's length that a dry pen leaves out; `softness` mm by which the edge fades;
    `plain` draws edges in whole fine pixels: half the time, and nine of them averaged into one still are an edge."""

    name: str
    width: float
    transmission: tuple[float, float, float]
    grain: float
    gaps: float = 0.0
    softness: float = 0.0
    plain: bool = False


PENS: tuple[Pen, ...] = (
    Pen("ballpoint_blue", 0.42, (0.52, 0.22, 0.14), 0.45),
    Pen("ballpoint_black", 0.42, (0.17, 0.16, 0.15), 0.45),
    Pen("ballpoint_red", 0.42, (0.25, 0.20, 0.80), 0.45),
    Pen("gel_blue", 0.55, (0.45, 0.12, 0.07), 0.08),
    Pen("gel_black", 0.55, (0.08, 0.08, 0.08), 0.08),
    Pen("felt_black", 1.15, (0.07, 0.07, 0.07), 0.05, softness=0.08),
    Pen("felt_blue", 1.0, (0.42, 0.15, 0.08), 0.05, softness=0.08),
    Pen("fine_liner", 0.30, (0.10, 0.10, 0.10), 0.05),
    Pen("pencil_soft", 0.60, (0.34, 0.34, 0.34), 0.75),
    Pen("pencil_hard", 0.45, (0.52, 0.52, 0.52), 0.80),
    Pen("ballpoint_dry", 0.40, (0.55, 0.28, 0.20), 0.75, gaps=0.12),
)
SHARES = (0.42, 0.15, 0.03, 0.12, 0.09, 0.02, 0.02, 0.04, 0.05, 0.02, 0.04)
"""How many of a hundred delegates bring which pen: mostly the blue ballpoint that the organiser lays on the table."""


def pick_pen(rng: np.random.Generator) -> Pen:
    """The pen of one voter, with a width and a darkness of its own."""
    pen = PENS[int(rng.choice(len(PENS), p=np.array(SHARES) / sum(SHARES)))]
    width = pen.width * float(rng.uniform(0.85, 1.2))
    # Two pens of one make are not equally full.
    lift = float(rng.uniform(0.9, 1.1))
    blue, green, red = (min(0.9, light * lift) for light in pen.transmission)
    return Pen(pen.name, width, (blue, green, red), pen.grain, pen.gaps, pen.softness)


@cache
def _grain() -> npt.NDArray[Any]:
    """Paper tooth, (1200, 2400) at INK_DPI, 0 valley to 1 peak; the same for all, each stroke takes another part."""
    rng = np.random.default_rng(20241)
    fine = cv2.GaussianBlur(rng.standard_normal((1200, 2400), dtype=np.float32), (0, 0), 1.6)
    coarse = cv2.GaussianBlur(rng.standard_normal((1200, 2400), dtype=np.float32), (0, 0), 5.0)
    tooth = fine / float(fine.std()) + 0.5 * coarse / float(coarse.std())
    low, high = np.percentile(tooth, (2, 98))
    # Percentiles, not extremes: one odd fibre would flatten all the others.
    flat: npt.NDArray[Any] = np.clip((tooth - low) / (high - low), 0.0, 1.0).astype(np.float32)
    return flat


@cache
def _inked(strength: float) -> Pixels:
    """What a pen covers of that tooth: a light grain spares the valleys alone, a strong one inks the peaks only."""
    covered = np.clip((_grain() + 0.9 - 1.15 * strength) * 2.2, 1.0 - strength, 1.0)
    inked: Pixels = (covered * 255).astype(np.uint8)
    return inked


def _grain_at(shape: tuple[int, int], strength: float, rng: np.random.Generator) -> Pixels:
    """A part of the paper's tooth as coverage (255 = inked), of any size, broken by `strength`."""
    tile = _inked(strength)
    height, width = shape
    y, x = (int(rng.integers(0, max(1, have - want + 1))) for have, want in zip(tile.shape, shape, strict=True))
    if height <= tile.shape[0] and width <= tile.shape[1]:
        part = tile[y : y + height, x : x + width]
    else:
        rows, columns = (np.arange(height) + y) % tile.shape[0], (np.arange(width) + x) % tile.shape[1]
        part = tile[np.ix_(rows, columns)]
    return part


def _joined(strokes: Sequence[Stroke]) -> Stroke:
    """All strokes as one: a mark has so few points that each call of numpy costs more than its arithmetic."""
    if len(strokes) == 1:
        return strokes[0]
    points = np.concatenate([stroke.points for stroke in strokes])
    width = np.concatenate([stroke.width for stroke in strokes])
    return Stroke(points, width, np.concatenate([stroke.pressure for stroke in strokes]))


def coverage(joined: Stroke, counts: Sequence[int], pen: Pen, scale: float, shape: tuple[int, int]) -> Pixels:
    """How much of each fine pixel is inked, 0 to 255, by strokes that were joined and have `counts` points each;
    points are in mm from the patch's corner, `scale` px per mm."""
    mask = np.zeros(shape, np.uint8)
    # Without its soft rim a line is half a fine pixel narrower.
    kind, rim = (cv2.LINE_8, 0.5) if pen.plain else (cv2.LINE_AA, 0.0)
    points = np.rint(joined.points * scale * (1 << SHIFT)).astype(np.int64).tolist()
    widths = np.maximum(1, np.rint(joined.width * pen.width * scale + rim)).astype(np.int64).tolist()
    inks = np.rint(np.minimum(np.maximum(joined.pressure, 0), 1) * 255).astype(np.int64).tolist()
    first = 0
    for count in counts:
        # A dot is a line of no length: the round ends of the pen draw it.
        for k in range(first, first + max(1, count - 1)):
            cv2.line(mask, points[k], points[min(k + 1, first + count - 1)], inks[k], widths[k], kind, SHIFT)
        first += count
    return mask


def _with_gaps(strokes: Sequence[Stroke], gaps: float, rng: np.random.Generator) -> list[Stroke]:
    """The same strokes with stretches of 0.4 to 2 mm almost without ink, as a pen that runs dry writes them."""
    if gaps <= 0:
        return list(strokes)
    out = []
    for stroke in strokes:
        pressure = stroke.pressure.copy()
        step = np.hypot(*np.diff(stroke.points, axis=0, prepend=stroke.points[:1]).T)
        along = np.cumsum(step)
        # Gaps of 1.2 mm in the mean, so that their lengths add up to the wanted share.
        for start in rng.uniform(0, max(along[-1], 0.1), size=int(along[-1] * gaps / 1.2) + 1):
            inside = (along >= start) & (along < start + rng.uniform(0.4, 2.0))
            pressure[inside] *= rng.uniform(0.05, 0.3)
        out.append(Stroke(stroke.points, stroke.width, pressure))
    return out


@dataclass(frozen=True)
class Hand:
    """How ink gets onto a page: `pressure` over all, `smear` mm of rubbing (an eraser), `smudge` what that leaves."""

    pressure: float = 1.0
    smear: float = 0.0
    smudge: float = 0.0


PLAIN = Hand()


def draw(
    page: Pixels, dpi: float, strokes: Sequence[Stroke], pen: Pen, rng: np.random.Generator, hand: Hand = PLAIN
) -> None:
    """Lay the strokes (mm from the top left of `page`) as ink onto `page` in place; what leaves the page is lost.

    `page` is `(H, W)` for light of one kind, or `(H, W, 3)`; a grey page takes the pen's mean transmission weighted as
    `grey_of` says.
    """
    strokes = _with_gaps(strokes, pen.gaps, rng)
    fine = max(1, round(INK_DPI / dpi))
    joined = _joined(strokes)
    # Half a pen, a rubbed edge and the anti-aliased rim must all fit into the patch.
    margin = pen.width * 1.5 + 3 * hand.smear + 0.5
    if pen.plain:
        margin = pen.width * float(joined.width.max()) / 2 + 3 * (hand.smear + pen.softness) + 0.15
    (left, top), (right, bottom) = joined.points.min(axis=0) - margin, joined.points.max(axis=0) + margin
    px = dpi / MM_PER_INCH
    # A patch around the mark alone: a whole page at 600 dpi would take as long as a hundred strikes.
    x0, y0 = max(0, int(left * px)), max(0, int(top * px))
    x1, y1 = min(page.shape[1], int(right * px) + 2), min(page.shape[0], int(bottom * px) + 2)
    if x1 <= x0 or y1 <= y0:
        return
    origin = np.array([x0 / px, y0 / px])
    moved = Stroke(joined.points - origin, joined.width, joined.pressure * hand.pressure)
    shape = ((y1 - y0) * fine, (x1 - x0) * fine)
    inked = coverage(moved, [len(stroke.points) for stroke in strokes], pen, px * fine, shape)
    inked = cv2.multiply(inked, _grain_at(shape, pen.grain, rng), scale=1 / 255)
    # Felt bleeds into the paper; ballpoint, gel and pencil do not.
    if pen.softness > 0:
        inked = cv2.GaussianBlur(inked, (0, 0), pen.softness * px * fine)
    if fine > 1:
        inked = _averaged(inked, fine)
    if hand.smear > 0:
        # People rub to and fro along the mark, so the smear is twice as long as it is high.
        rubbed = cv2.blur(inked, (2 * int(hand.smear * px) + 1, 2 * int(hand.smear * px / 2) + 1))
        inked = cv2.addWeighted(inked, 1.0, rubbed, hand.smudge, 0)
    lay(page[y0:y1, x0:x1], inked, pen.transmission)


def _averaged(inked: Pixels, fine: int) -> Pixels:
    """Every `fine` x `fine` pixels made one."""
    height, width = inked.shape
    if fine % 2 == 0:
        return cv2.resize(inked, (width // fine, height // fine), interpolation=cv2.INTER_AREA)
    # The same mean as INTER_AREA, which for odd factors takes four times as long.
    return np.ascontiguousarray(cv2.blur(inked, (fine, fine))[fine // 2 :: fine, fine // 2 :: fine])


def lay(part: Pixels, inked: Pixels, transmission: tuple[float, float, float]) -> None:
    """Multiply `part` in place by what `inked` (0 to 255) of that transmission lets through."""
    if part.ndim == 2:
        part[:] = cv2.multiply(part, _through(inked, grey_of(transmission)), scale=1 / 255)
        return
    for channel, light in enumerate(transmission):
        part[:, :, channel] = cv2.multiply(part[:, :, channel], _through(inked, light), scale=1 / 255)


def _through(inked: Pixels, transmission: float) -> Pixels:
    return cv2.LUT(inked, _ramp(transmission))


@lru_cache(maxsize=64)
def _ramp(transmission: float) -> Pixels:
    """What light comes through, by how much ink lies there: a page's marks are all of one pen."""
    ramp: Pixels = np.rint(255 - np.arange(256) * (1.0 - transmission)).astype(np.uint8)
    return ramp


def grey_of(transmission: tuple[float, float, float]) -> float:
    """What a grey scanner makes of an ink: mostly its green light, as most scanners' single sensor is lit."""
    blue, green, red = transmission
    return 0.12 * blue + 0.62 * green + 0.26 * red
