"""A ballot photographed with a telephone: perspective, a table, uneven light, the shadow of a hand, blur, JPEG.

The sheet lies on a table, bent a little; the camera is held over it by hand. All is worked out as a map from the
picture back to mm of the paper on a coarse grid, since perspective, the bend and the lens change slowly.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, PagePlan
from daihoi.simulation.pens import MM_PER_INCH
from daihoi.simulation.scanners import Scanner, add_noise, tone
from daihoi.simulation.sheets import Job
from daihoi.simulation.terms import Condition, Pixels, SimulatedPage

Floats = npt.NDArray[np.float64]

SIZES = ((2448, 3264), (2736, 3648), (3024, 4032))
"""Width and height of a picture held upright: 8, 10 and 12 megapixels."""
FOCAL = 0.6
"""Focal length of a telephone's main camera (26 mm on film) as a share of the picture's diagonal."""
TILT_MOST = 15.0
"""Degrees by which the camera leans: more than that and people see that the sheet looks crooked."""
GRID = 16
"""Picture px between two points at which the map is worked out; between them it is linear to 0.01 px."""
PHONE_NAME = "phone"

PHONE = Scanner(
    name=PHONE_NAME,
    skew=3.0,
    skew_most=8.0,
    offset=6.0,
    scale=0.0,
    stretch=0.0,
    blur=(0.7, 1.4),
    noise=(1.5, 4.0),
    white=(205, 245),
    black=(18, 55),
    quality=(80, 80),
    stamp=1.6,
    chances={
        Condition.COLOUR: 1.0,
        Condition.UPSIDE_DOWN: 0.15,
        Condition.SIDEWAYS: 0.3,
        Condition.UNEVEN_LIGHT: 0.8,
        Condition.HAND_SHADOW: 0.4,
        Condition.FOLD: 0.05,
    },
)


@dataclass(frozen=True)
class View:
    """How the camera sees the sheet: `matrix` (3 x 3) takes mm of the paper to px, then `lens` and `bend` are added.

    `size` is width and height of the picture in px; `lens` the barrel at the picture's corner as a share; `bend` mm by
    which the middle of the paper stands off the table.
    """

    matrix: Floats
    size: tuple[int, int]
    lens: float
    bend: float
    distance: float
    """From the lens to the paper, mm."""


def view_of(rng: np.random.Generator, *, tilt_most: float = TILT_MOST) -> View:
    """A telephone held over the sheet by hand, as near as the whole sheet allows."""
    width, height = SIZES[int(rng.integers(0, len(SIZES)))]
    focal = FOCAL * float(np.hypot(width, height))
    turn = np.radians(np.clip(rng.normal(0, PHONE.skew), -PHONE.skew_most, PHONE.skew_most))
    tilt, towards = np.radians(rng.uniform(0, tilt_most)), rng.uniform(0, 2 * np.pi)
    lean = cv2.Rodrigues(np.array([np.cos(towards), np.sin(towards), 0.0]) * tilt)[0]
    rotate = lean @ cv2.Rodrigues(np.array([0.0, 0.0, turn]))[0]
    middle = np.array([PAGE_W_MM / 2, PAGE_H_MM / 2])
    aside = rng.normal(0, PHONE.offset, 2)
    fills, distance = rng.uniform(0.86, 0.96), 400.0
    # Nearer or farther until the sheet fills the picture: three steps are exact to a hair.
    for _ in range(6):
        matrix = _projection(rotate, middle, aside, distance, focal, (width, height))
        seen = cv2.perspectiveTransform(_outline()[None], matrix)[0]
        reach = np.abs(seen - [width / 2, height / 2]).max(axis=0) / [width / 2, height / 2]
        distance *= float(reach.max()) / fills
    return View(matrix, (width, height), rng.uniform(-0.004, 0.006), rng.uniform(0, 1.5), distance)


def _outline() -> Floats:
    return np.array([[0, 0], [PAGE_W_MM, 0], [PAGE_W_MM, PAGE_H_MM], [0, PAGE_H_MM]], np.float64)


def _projection(
    rotate: Floats, middle: Floats, aside: Floats, distance: float, focal: float, size: tuple[int, int]
) -> Floats:
    """Of a pinhole: mm of the paper to px of the picture."""
    camera = np.array([[focal, 0, size[0] / 2], [0, focal, size[1] / 2], [0, 0, 1]])
    paper = np.array([[1, 0, -middle[0]], [0, 1, -middle[1]], [0, 0, 1]])
    pose = np.column_stack([rotate[:, 0], rotate[:, 1], [aside[0], aside[1], distance]])
    matrix: Floats = camera @ pose @ paper
    matrix /= matrix[2, 2]
    return matrix


def photograph(
    job: Job,
    plan: PagePlan,
    canvas: Pixels,
    found: set[Condition],
    rng: np.random.Generator,
    *,
    ink: Pixels | None = None,
) -> tuple[SimulatedPage, set[str]]:
    """Photograph one marked page, as `sheets.scan_page` scans it; the whole sheet is always in the picture."""
    del plan, ink
    how = view_of(rng)
    image, matrix = shoot(canvas, job.raster_dpi, how, found, rng)
    # How the telephone was held is nowhere told: the picture simply lies on its side or its head.
    width, height = image.shape[1::-1]
    if Condition.SIDEWAYS in found:
        found.discard(Condition.UPSIDE_DOWN)
        image, matrix = (
            cv2.rotate(image, cv2.ROTATE_90_CLOCKWISE),
            np.array([[0, -1, height], [1, 0, 0], [0, 0, 1]]) @ matrix,
        )
    elif Condition.UPSIDE_DOWN in found:
        image, matrix = (
            cv2.rotate(image, cv2.ROTATE_180),
            np.array([[-1, 0, width], [0, -1, height], [0, 0, 1]]) @ matrix,
        )
    return SimulatedPage(image, 72.0, PHONE.quality[0], False, matrix), set()


def shoot(
    canvas: Pixels, canvas_dpi: float, how: View, found: set[Condition], rng: np.random.Generator
) -> tuple[Pixels, Floats]:
    """The picture, blue-green-red, and its matrix from mm of the paper to px (3 x 3; the bend and lens left out)."""
    map_x, map_y = _maps(how, canvas_dpi)
    if canvas.ndim == 2:
        canvas = cv2.cvtColor(canvas, cv2.COLOR_GRAY2BGR)
    # Print much finer than the sensor would alias.
    if canvas_dpi / MM_PER_INCH > 1.2 * how.size[1] / PAGE_H_MM:
        canvas = cv2.GaussianBlur(canvas, (3, 3), 0)
    sheet = cv2.remap(canvas, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    paper = np.full(canvas.shape[:2], 255, np.uint8)
    on_paper = cv2.remap(paper, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0)
    white, black = rng.uniform(*PHONE.white), rng.uniform(*PHONE.black)
    sheet = tone(sheet, white, black, rng.uniform(0.85, 1.15))
    image = _laid_on(_table(how.size, rng), sheet, on_paper)
    image = cv2.multiply(image, _light(how.size, found, rng), scale=1 / 255)
    image = cv2.GaussianBlur(image, (0, 0), rng.uniform(*PHONE.blur))
    return add_noise(image, rng.uniform(*PHONE.noise), rng), how.matrix


def _maps(how: View, canvas_dpi: float) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """For each px of the picture the place on the canvas, px."""
    width, height = how.size
    columns, rows = width // GRID + 2, height // GRID + 2
    x, y = np.meshgrid(np.arange(columns) * GRID + 0.5, np.arange(rows) * GRID + 0.5)
    middle, radius = np.array([width / 2, height / 2]), np.hypot(width, height) / 2
    off = np.stack([x, y], axis=-1) - middle
    # A lens with a barrel shows a place nearer to the middle than a pinhole would.
    straight = middle + off * (1 + how.lens * (off**2).sum(axis=-1, keepdims=True) / radius**2)
    at = cv2.perspectiveTransform(straight.reshape(1, -1, 2), np.linalg.inv(how.matrix)).reshape(rows, columns, 2)
    # Paper that stands off the table looks larger about the middle: by its height over the camera's.
    lift = how.bend * np.cos(np.clip(at[..., 1] / PAGE_H_MM - 0.5, -0.5, 0.5) * np.pi) / how.distance
    at = at - (at - [PAGE_W_MM / 2, PAGE_H_MM / 2]) * lift[..., None]
    places = (at * (canvas_dpi / MM_PER_INCH) - 0.5).astype(np.float32)
    fine = (columns * GRID, rows * GRID)
    # `resize` looks at pixel centres: the first grid point would land GRID / 2 px too far.
    shift = np.array([[1 / GRID, 0, 0], [0, 1 / GRID, 0]], np.float32)
    maps = [
        cv2.warpAffine(
            np.ascontiguousarray(places[..., k]),
            shift,
            fine,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )[:height, :width]
        for k in (0, 1)
    ]
    return np.asarray(maps[0], np.float32), np.asarray(maps[1], np.float32)


def _laid_on(table: Pixels, sheet: Pixels, on_paper: Pixels) -> Pixels:
    """The sheet over the table, with the narrow shadow that its edge throws."""
    step = max(3, on_paper.shape[1] // 300)
    aside = np.array([[1, 0, step], [0, 1, step]], np.float32)
    thrown = cv2.blur(cv2.warpAffine(on_paper, aside, on_paper.shape[1::-1]), (9, 9))
    table = cv2.multiply(table, cv2.merge([cv2.convertScaleAbs(thrown, alpha=-0.4, beta=255)] * 3), scale=1 / 255)
    share = cv2.merge([on_paper] * 3)
    over = cv2.multiply(sheet, share, scale=1 / 255)
    return cv2.add(over, cv2.multiply(table, cv2.bitwise_not(share), scale=1 / 255))


def _table(size: tuple[int, int], rng: np.random.Generator) -> Pixels:
    """Wood, cloth or a plain top: a colour with a grain along one way, always darker than the paper."""
    width, height = size
    long, across = (9, 220) if rng.random() < 0.6 else (60, 60)
    grain = cv2.resize(rng.uniform(0, 1, (across, long)).astype(np.float32), (width // 4, height // 4))
    fine = cv2.resize(rng.uniform(0, 1, (height // 16, width // 16)).astype(np.float32), (width // 4, height // 4))
    depth, colour = rng.uniform(0.05, 0.45), rng.uniform(35, 175) * rng.uniform([0.5, 0.7, 0.9], [0.9, 1.0, 1.0])
    level = np.clip(1 - depth * grain - 0.06 * fine, 0, 1)
    small: Pixels = np.clip(level[..., None] * colour, 0, 255).astype(np.uint8)
    return cv2.resize(small, (width, height))


def _light(size: tuple[int, int], found: set[Condition], rng: np.random.Generator) -> Pixels:
    """How much light each px gets, 255 for all: the lamp's colour, its fall, the lens's corners, a hand's shadow."""
    width, height = size[0] // 8, size[1] // 8
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    light = 1 - rng.uniform(0.02, 0.10) * (x**2 + y**2) / 2
    if Condition.UNEVEN_LIGHT in found:
        angle, fall = rng.uniform(0, 2 * np.pi), rng.uniform(0.05, 0.22)
        light *= 1 - fall * (1 + x * np.cos(angle) + y * np.sin(angle)) / 2
    if Condition.HAND_SHADOW in found:
        light *= 1 - rng.uniform(0.15, 0.5) * _hand(width, height, rng)
    warm = np.array([rng.uniform(0.82, 1.0), rng.uniform(0.95, 1.0), 1.0])
    small: Pixels = np.clip(light[..., None] * warm * 255, 0, 255).astype(np.uint8)
    return cv2.resize(small, size)


def _hand(width: int, height: int, rng: np.random.Generator) -> Floats:
    """The shadow of a hand that holds a telephone, 0 to 1: a palm with fingers, from a side, its rim soft."""
    shadow = np.zeros((height, width), np.uint8)
    side = rng.uniform(0, 2 * np.pi)
    root = np.array([width / 2 + 0.6 * width * np.cos(side), height / 2 + 0.6 * height * np.sin(side)])
    tip = np.array([width / 2, height / 2]) + rng.normal(0, 0.18, 2) * [width, height]
    cv2.line(
        shadow, np.rint(root).astype(int).tolist(), np.rint(tip).astype(int).tolist(), 255, width // 4, cv2.LINE_AA
    )
    for finger in rng.uniform(-0.7, 0.7, 4):
        way = tip - root
        turned = np.array([way[0] - finger * way[1], way[1] + finger * way[0]]) / np.hypot(*way)
        end = tip + turned * rng.uniform(0.10, 0.25) * height
        cv2.line(
            shadow, np.rint(tip).astype(int).tolist(), np.rint(end).astype(int).tolist(), 255, width // 16, cv2.LINE_AA
        )
    soft = cv2.GaussianBlur(shadow, (0, 0), rng.uniform(0.008, 0.05) * width)
    return np.asarray(soft, np.float64) / 255
