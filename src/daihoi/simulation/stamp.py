"""The round red stamp in the top left corner, pressed by hand: off its field a little, turned, unevenly inked."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from daihoi.sheet.terms import Rect
from daihoi.simulation.pens import MM_PER_INCH, lay
from daihoi.simulation.terms import Pixels

# It says that it is none: nobody shall be able to cut a likeness of a real stamp out of a rehearsal.
RIM = "DẤU MÔ PHỎNG · KHÔNG CÓ GIÁ TRỊ · DẤU MÔ PHỎNG · "
HEART = ("MÔ PHỎNG", "DIỄN TẬP")
RED = (0.30, 0.27, 0.86)
SIZE = 600
"""Pixels across of the drawn stamp, whatever its diameter on paper."""
_FONT = Path(__file__).parents[1] / "papers" / "fonts" / "Tinos-Bold.ttf"


@cache
def _pattern() -> Pixels:
    """The stamp's rubber, `(SIZE, SIZE)`, 255 where it takes ink."""
    image = Image.new("L", (SIZE, SIZE), 0)
    pen = ImageDraw.Draw(image)
    middle = SIZE / 2
    # Two rings and the ring around the heart, as round stamps in Vietnam have them.
    for radius, width in ((296, 9), (282, 3), (196, 4)):
        pen.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), outline=255, width=width)
    font = ImageFont.truetype(str(_FONT), 46)
    for k, letter in enumerate(RIM):
        cell = Image.new("L", (80, 80), 0)
        ImageDraw.Draw(cell).text((40, 40), letter, fill=255, font=font, anchor="mm")
        angle = 2 * np.pi * k / len(RIM)
        turned = cell.rotate(-np.degrees(angle), resample=Image.Resampling.BICUBIC)
        x, y = middle + 238 * np.sin(angle), middle - 238 * np.cos(angle)
        image.paste(255, (int(x - 40), int(y - 40)), turned)
    small = ImageFont.truetype(str(_FONT), 50)
    for k, words in enumerate(HEART):
        pen.text((middle, middle + 40 + 55 * k), words, fill=255, font=small, anchor="mm")
    points = [
        (middle + r * np.sin(a), 215 - r * np.cos(a))
        for k in range(10)
        for r, a in [((70 if k % 2 == 0 else 28), np.pi * k / 5)]
    ]
    pen.polygon(points, fill=255)
    return np.asarray(image)


def press(page: Pixels, dpi: float, field: Rect, rng: np.random.Generator, *, spread: float) -> bool:
    """Press the stamp over `field` onto `page` in place, off its middle by about `spread` mm; True when it left it."""
    px, across = dpi / MM_PER_INCH, rng.uniform(36.0, 38.0)
    # A bound on the offset keeps a promise: the office's stamp never reaches a corner mark.
    off = np.clip(rng.normal(0, spread, 2), -2.5 * spread, 2.5 * spread)
    cx, cy = field.x + field.w / 2 + off[0], field.y + field.h / 2 + off[1]
    side = int(across * px) + 4
    turn = cv2.getRotationMatrix2D((SIZE / 2, SIZE / 2), float(rng.normal(0, 14)), across * px / SIZE)
    turn[:, 2] += np.full(2, side / 2 - SIZE / 2)
    # Blurred first: shrunk to a quarter, thin rings would break up.
    inked = cv2.warpAffine(cv2.blur(_pattern(), (3, 3)), turn, (side, side), flags=cv2.INTER_AREA)
    inked = cv2.multiply(inked, _blotches(side, rng), scale=1 / 255)
    left, top = int(cx * px - side / 2), int(cy * px - side / 2)
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(page.shape[1], left + side), min(page.shape[0], top + side)
    lay(page[y0:y1, x0:x1], inked[y0 - top : y1 - top, x0 - left : x1 - left], RED)
    return bool(np.abs(off).max() + across / 2 > field.w / 2)


def _blotches(side: int, rng: np.random.Generator) -> Pixels:
    """How well each part took ink, `(side, side)`: one side pressed harder, some spots bare."""
    # The cushion is wet in places, and the hand presses one side harder.
    coarse = np.clip(rng.normal(0.85, 0.22, (7, 7)), 0.25, 1.0).astype(np.float32)
    fine = np.clip(rng.normal(0.95, 0.18, (side // 4, side // 4)), 0.3, 1.0).astype(np.float32)
    both = cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC) * cv2.resize(fine, (side, side))
    inked: Pixels = np.clip(both * 255, 0, 255).astype(np.uint8)
    return inked
