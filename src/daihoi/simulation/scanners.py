"""Scanners: how a sheet lies in the feeder, how it is lit, what noise and streaks are added.

`office` is a kept document scanner and spoils no page; `worn` is an old one with used paper; `poor` is what should not
be used, and some of its pages must be refused. Lengths in mm, angles in degrees, levels 0 to 255.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import exp, pi, sqrt

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect
from daihoi.simulation.errors import UnknownScanner
from daihoi.simulation.pens import MM_PER_INCH
from daihoi.simulation.terms import Condition, Pixels

Range = tuple[float, float]
NOISE_MEAN = 20
"""Noise is stored with this mean, so that it can be added to unsigned pixels; blacks are lifted by as much."""


@dataclass(frozen=True)
class Scanner:
    """One kind of scanner with the paper that comes through it; `chances` are those of the conditions of a page."""

    name: str
    skew: float
    """Standard deviation; never more than `skew_most`."""
    skew_most: float
    offset: float
    scale: float
    """At most this share larger or smaller, both ways together; a tenth of it between the ways."""
    stretch: float
    """By how many mm the feed may run ahead or behind within a page."""
    blur: Range
    noise: Range
    white: Range
    black: Range
    quality: tuple[int, int]
    stamp: float
    chances: Mapping[Condition, float] = field(default_factory=dict)


OFFICE = Scanner(
    name="office",
    skew=0.5,
    skew_most=1.5,
    offset=0.8,
    scale=0.004,
    stretch=0.10,
    blur=(0.35, 0.6),
    noise=(0.6, 1.9),
    white=(244, 260),
    black=(8, 32),
    quality=(85, 85),
    stamp=1.6,
    chances={
        Condition.UPSIDE_DOWN: 0.2,
        Condition.COLOUR: 0.05,
        Condition.LIGHT_STREAK: 0.01,
        Condition.DUST: 0.05,
        Condition.FOLD: 0.01,
    },
)
WORN = Scanner(
    name="worn",
    skew=1.2,
    skew_most=3.0,
    offset=1.1,
    scale=0.009,
    stretch=0.35,
    blur=(0.5, 0.9),
    noise=(2.0, 5.5),
    white=(212, 248),
    black=(12, 60),
    quality=(60, 75),
    stamp=2.4,
    chances={
        Condition.UPSIDE_DOWN: 0.25,
        Condition.SIDEWAYS: 0.04,
        Condition.COLOUR: 0.08,
        Condition.BILEVEL: 0.18,
        Condition.LOW_CONTRAST: 0.12,
        Condition.GREY_PAPER: 0.15,
        Condition.UNEVEN_LIGHT: 0.35,
        Condition.LIGHT_STREAK: 0.08,
        Condition.DARK_STREAK: 0.08,
        Condition.FOLD: 0.22,
        Condition.DUST: 0.4,
        Condition.LOW_TONER: 0.10,
        Condition.DARK_BORDER: 0.25,
        Condition.SHOW_THROUGH: 0.15,
    },
)
POOR = Scanner(
    name="poor",
    skew=2.6,
    skew_most=5.0,
    offset=2.0,
    scale=0.02,
    stretch=0.7,
    blur=(0.6, 1.4),
    noise=(3.0, 8.0),
    white=(185, 245),
    black=(15, 80),
    quality=(45, 70),
    stamp=3.5,
    chances={
        Condition.UPSIDE_DOWN: 0.3,
        Condition.SIDEWAYS: 0.08,
        Condition.COLOUR: 0.1,
        Condition.BILEVEL: 0.3,
        Condition.LOW_CONTRAST: 0.25,
        Condition.GREY_PAPER: 0.3,
        Condition.UNEVEN_LIGHT: 0.6,
        Condition.LIGHT_STREAK: 0.25,
        Condition.DARK_STREAK: 0.35,
        Condition.FOLD: 0.5,
        Condition.DUST: 0.7,
        Condition.LOW_TONER: 0.3,
        Condition.DARK_BORDER: 0.5,
        Condition.TORN_CORNER: 0.12,
        Condition.COFFEE: 0.12,
        Condition.CODE_MARKED: 0.06,
        Condition.CROPPED: 0.08,
        Condition.SHOW_THROUGH: 0.3,
    },
)
SCANNERS = {scanner.name: scanner for scanner in (OFFICE, WORN, POOR)}


def scanner_named(name: str) -> Scanner:
    """The scanner of that name; raises UnknownScanner."""
    if name not in SCANNERS:
        raise UnknownScanner(name, ", ".join(SCANNERS))
    return SCANNERS[name]


def conditions(scanner: Scanner, rng: np.random.Generator) -> frozenset[Condition]:
    """What befalls the next page."""
    found = {one for one, chance in scanner.chances.items() if rng.random() < chance}
    # A 1-bit scan has no contrast left to lose, and the text mode that makes it evens the light out.
    return frozenset(found - {Condition.LOW_CONTRAST, Condition.COLOUR} if Condition.BILEVEL in found else found)


@dataclass(frozen=True)
class Pose:
    """How a page lies under the scanner: paper mm = `matrix` @ (x px, y px, 1), then the feed's stretch."""

    matrix: npt.NDArray[np.float64]
    size: tuple[int, int]
    """Width and height of the image, px, before it is turned."""
    skew: float
    stretch: tuple[float, float, float]
    """Of the feed along y: amplitude mm, waves a page, phase."""

    def to_image(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the paper (mm) falls in the image (px, not turned); the stretch is left out (< 1 mm)."""
        px = self.backwards @ np.array([x, y, 1.0])
        return float(px[0]), float(px[1])

    @cached_property
    def backwards(self) -> npt.NDArray[np.float64]:
        """From paper (mm) to image (px), 2 x 3."""
        inverse: npt.NDArray[np.float64] = np.linalg.inv(np.vstack([self.matrix, [0, 0, 1]]))[:2]
        return inverse


def pose(scanner: Scanner, dpi: float, rng: np.random.Generator) -> Pose:
    """A pose within the scanner's bounds."""
    skew = float(np.clip(rng.normal(0, scanner.skew), -scanner.skew_most, scanner.skew_most))
    both = rng.uniform(-0.9, 0.9) * scanner.scale
    sx, sy = (1 + both + rng.uniform(-0.1, 0.1) * scanner.scale for _ in range(2))
    dx, dy = np.clip(rng.normal(0, scanner.offset, 2), -2.2 * scanner.offset, 2.2 * scanner.offset)
    px, turn = dpi / MM_PER_INCH, np.radians(skew)
    width, height = round(PAGE_W_MM * px), round(PAGE_H_MM * px)
    # From image to paper, since that is what a remap asks for: the inverse of turn and scale.
    rotate = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    linear = np.diag([1 / sx, 1 / sy]) @ rotate / px
    middle = np.array([PAGE_W_MM / 2, PAGE_H_MM / 2])
    # The sheet turns about its middle, then lies off by dx, dy.
    shift = middle - linear @ (np.array([width / 2, height / 2]) + np.array([dx, dy]) * px)
    stretch = (scanner.stretch * rng.uniform(0.2, 1.0), rng.uniform(0.5, 2.5), rng.uniform(0, 2 * np.pi))
    return Pose(np.column_stack([linear, shift]), (width, height), skew, stretch)


def place(page: Pixels, page_dpi: float, how: Pose, *, behind: int, kind: int = cv2.INTER_LINEAR) -> Pixels:
    """The page as it lies in the image; where no paper lies, the lid shows `behind`. `kind` is cv2's, of sampling."""
    px = page_dpi / MM_PER_INCH
    width, height = how.size
    (a, b, c), (d, e, f) = (how.matrix * px).astype(np.float32)
    x, y = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)[:, None]
    amplitude, waves, phase = how.stretch
    # Rollers slip and grip: the feed runs ahead and falls behind, smoothly, along the page.
    ahead = (amplitude * px * np.sin(2 * np.pi * waves * y / height + phase)).astype(np.float32)
    # Pixel centres: print and image count from the corner of their first pixel.
    map_x = (a * (x + 0.5) + c - 0.5) + b * (y + 0.5)
    map_y = (d * (x + 0.5) + f - 0.5) + (e * (y + 0.5) + ahead)
    # Print much finer than the sensor would alias.
    if page_dpi > 1.2 * width * MM_PER_INCH / PAGE_W_MM:
        page = cv2.GaussianBlur(page, (3, 3), 0)
    return cv2.remap(page, map_x, map_y, kind, borderMode=cv2.BORDER_CONSTANT, borderValue=(behind,) * 3)


def near(sigma: float) -> tuple[int, int]:
    """The smallest kernel, px, beyond which each weight of a Gaussian is less than half of one of 256 levels."""
    reach = 1
    while exp(-((reach + 1) ** 2) / (2 * sigma**2)) / (sigma * sqrt(2 * pi)) > 0.5 / 256:
        reach += 1
    return 2 * reach + 1, 2 * reach + 1


@cache
def _noise(level: int, height: int, width: int) -> Pixels:
    """Noise of `level` / 2 grey steps about NOISE_MEAN, a little larger than the page each takes another part."""
    rng = np.random.default_rng(level)
    tile = rng.standard_normal((768, 768), dtype=np.float32)
    # Neighbouring pixels of a scanner share some of their noise; pure white noise would look like snow.
    tile += 0.8 * 2.5 * cv2.GaussianBlur(rng.standard_normal((768, 768), dtype=np.float32), (0, 0), 1.2)
    tile *= level / 2 / float(tile.std())
    flat = np.clip(np.rint(tile + NOISE_MEAN), 0, 255).astype(np.uint8)
    return np.tile(flat, ((height + 512) // 768 + 1, (width + 512) // 768 + 1))


def add_noise(image: Pixels, level: float, rng: np.random.Generator) -> Pixels:
    """The sensor's noise on an image whose levels were lowered by NOISE_MEAN before."""
    height, width = image.shape[:2]
    tile = _noise(max(1, round(level * 2)), height, width)
    y, x = (int(v) for v in rng.integers(0, 512, 2))
    part = tile[y : y + height, x : x + width]
    return cv2.add(image, part if image.ndim == 2 else cv2.merge([part] * 3))


def tone(image: Pixels, white: float, black: float, gamma: float) -> Pixels:
    """Map print black to `black` and paper to `white`, less NOISE_MEAN which the noise gives back."""
    level = np.arange(256) / 255
    curve = black + (white - black) * level**gamma
    return cv2.LUT(image, np.clip(np.rint(curve - NOISE_MEAN), 0, 255).astype(np.uint8))


def shade(image: Pixels, rng: np.random.Generator, *, depth: float) -> Pixels:
    """Uneven light: down to 1 - depth in some parts of the image."""
    coarse = rng.uniform(1 - depth, 1.0, (5, 4)).astype(np.float32)
    # Cubic at a small size, then linear: smooth, and ten times as fast as cubic at full size.
    small = cv2.resize(coarse, (160, 220), interpolation=cv2.INTER_CUBIC)
    light = cv2.resize(np.clip(small * 255, 0, 255).astype(np.uint8), image.shape[1::-1])
    return cv2.multiply(image, light if image.ndim == 2 else cv2.merge([light] * 3), scale=1 / 255)


def streak(image: Pixels, dpi: float, rng: np.random.Generator, *, dark: bool, heavy: bool, anywhere: bool) -> None:
    """One line along the feed from edge to edge, in place: dirt before the sensor (dark) or a dead pixel (light)."""
    width = max(1, int(rng.uniform(0.1, 0.9 if heavy else 0.35) * dpi / MM_PER_INCH))
    # Dirt sits anywhere; on a kept scanner it is wiped off where codes and corner marks would suffer.
    x = int((rng.uniform(0.02, 0.98) if anywhere else rng.uniform(0.28, 0.7)) * image.shape[1])
    part = image[:, x : x + width]
    strength = rng.uniform(0.5, 1.0) if heavy else rng.uniform(0.25, 0.7)
    uneven = np.clip(strength + 0.15 * cv2.resize(rng.normal(size=(24, 1)), (1, image.shape[0])), 0, 1)
    share = uneven.reshape((-1, 1) + (1,) * (image.ndim - 2))
    part[:] = np.clip(part * (1 - share) if dark else part + 255 * share, 0, 255).astype(np.uint8)


def dust(image: Pixels, dpi: float, rng: np.random.Generator, *, most: int) -> None:
    """Specks of at most 0.35 mm, in place."""
    radius = 0.35 / 2 * dpi / MM_PER_INCH
    for _ in range(int(rng.integers(3, most))):
        at = (int(rng.uniform(0, image.shape[1]) * 16), int(rng.uniform(0, image.shape[0]) * 16))
        level = int(rng.integers(40, 170))
        cv2.circle(image, at, int(rng.uniform(0.3, 1.0) * radius * 16), (level,) * 3, -1, cv2.LINE_AA, 4)


def crop(image: Pixels, dpi: float, rng: np.random.Generator) -> tuple[Pixels, tuple[int, int]]:
    """Cut 6 to 25 mm off one side, as a wrong paper size does; also how many px went at the left and at the top."""
    # Less than 6 mm is no loss: corner marks stand 10 mm and more from the edge.
    lost, side = int(rng.uniform(6, 25) * dpi / MM_PER_INCH), int(rng.integers(0, 4))
    height, width = image.shape[:2]
    left, top = lost * (side == 0), lost * (side == 1)
    return image[top : height - lost * (side == 3), left : width - lost * (side == 2)].copy(), (left, top)


def visible(rect: Rect, how: Pose, lost: tuple[int, int], shape: tuple[int, int]) -> bool:
    """Whether a rectangle of the paper lies wholly in the image (before it is turned)."""
    for x, y in ((rect.x, rect.y), (rect.right, rect.y), (rect.x, rect.bottom), (rect.right, rect.bottom)):
        px, py = how.to_image(x, y)
        if not (0 <= px - lost[0] < shape[1] and 0 <= py - lost[1] < shape[0]):
            return False
    return True
