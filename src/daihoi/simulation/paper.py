"""What befalls a sheet of paper before it is scanned: weak toner, folds, coffee, a torn corner, the other side.

All act on a page at the resolution of its print, in place, in mm from the top left of the page.
"""

from __future__ import annotations

import cv2
import numpy as np

from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, PagePlan, Rect
from daihoi.simulation import strokes
from daihoi.simulation.pens import MM_PER_INCH, PENS, draw, lay
from daihoi.simulation.terms import Pixels

CRUMPLED = (0.55, 0.55, 0.55)
COFFEE = (0.38, 0.62, 0.80)


def weaken_toner(page: Pixels, rng: np.random.Generator, *, least: float) -> None:
    """Print turns grey, more in some bands than in others; `least` is the weakest toner, 1 being full black."""
    # A worn drum prints pale in bands and blotches, not evenly.
    bands = rng.uniform(least, min(1.0, least + 0.35), (9, 5)).astype(np.float32)
    height, width = page.shape[:2]
    # Cubic at a small size, then linear: smooth, and ten times as fast as cubic at full size.
    small = cv2.resize(bands, (160, 220), interpolation=cv2.INTER_CUBIC)
    strength: Pixels = cv2.resize(np.clip(small * 255, 0, 255).astype(np.uint8), (width, height))
    if page.ndim == 3:
        strength = cv2.merge([strength] * 3)
    page[:] = 255 - cv2.multiply(255 - page, strength, scale=1 / 255)


def fold(page: Pixels, dpi: float, rng: np.random.Generator, *, depth: float) -> None:
    """A fold across the page, level or upright, in halves or in thirds; toner flakes off along it, dirt stays in it."""
    px = dpi / MM_PER_INCH
    # People fold a ballot once in the middle or twice in thirds.
    place = float(rng.choice([1 / 2, 1 / 3, 2 / 3])) + rng.normal(0, 0.012)
    lean = rng.normal(0, 0.8)
    if rng.random() < 0.75:
        start, end = (-5.0, place * PAGE_H_MM - lean), (PAGE_W_MM + 5, place * PAGE_H_MM + lean)
    else:
        start, end = (place * PAGE_W_MM - lean, -5.0), (place * PAGE_W_MM + lean, PAGE_H_MM + 5)
    # Only a band along the fold is touched: the rest of a page is left alone for speed.
    low = np.floor((np.minimum(start, end) - 4) * px).astype(int)
    high = np.ceil((np.maximum(start, end) + 4) * px).astype(int)
    x0, y0 = np.maximum(low, 0).tolist()
    x1, y1 = min(page.shape[1], int(high[0])), min(page.shape[0], int(high[1]))
    part = page[y0:y1, x0:x1]
    crease: Pixels = np.zeros(part.shape[:2], np.uint8)
    flaked: Pixels = np.zeros(part.shape[:2], np.uint8)
    a = (int(start[0] * px) - x0, int(start[1] * px) - y0)
    b = (int(end[0] * px) - x0, int(end[1] * px) - y0)
    cv2.line(crease, a, b, int(255 * depth), max(2, int(0.5 * px)), cv2.LINE_AA)
    cv2.line(flaked, a, b, int(rng.uniform(60, 200)), max(1, int(0.25 * px)), cv2.LINE_AA)
    crease = cv2.GaussianBlur(crease, (0, 0), rng.uniform(0.15, 0.5) * px)
    # Toner flakes off in crumbs, not along a ruler.
    ragged = cv2.resize(
        rng.integers(0, 256, (part.shape[0] // 6 + 1, part.shape[1] // 6 + 1), np.uint8), part.shape[1::-1]
    )
    flaked = cv2.multiply(flaked, ragged, scale=1 / 255)
    part[:] = cv2.add(part, flaked if part.ndim == 2 else cv2.merge([flaked] * 3))
    lay(part, crease, CRUMPLED)


def coffee(page: Pixels, dpi: float, rng: np.random.Generator) -> None:
    """The ring of a cup, darker at its rim, and perhaps a drop."""
    px = dpi / MM_PER_INCH
    stain = np.zeros(page.shape[:2], np.uint8)
    centre = (int(rng.uniform(0.1, 0.9) * page.shape[1]), int(rng.uniform(0.1, 0.9) * page.shape[0]))
    radius = rng.uniform(28, 42) * px
    start = rng.uniform(0, 360)
    axes = (int(radius), int(radius * rng.uniform(0.94, 1.0)))
    cv2.ellipse(stain, centre, axes, 0, start, start + rng.uniform(200, 360), 190, int(2.2 * px), cv2.LINE_AA)
    cv2.ellipse(stain, centre, axes, 0, 0, 360, int(rng.integers(20, 60)), int(4.5 * px), cv2.LINE_AA)
    for _ in range(int(rng.integers(0, 4))):
        x, y = rng.uniform(0, page.shape[1]), rng.uniform(0, page.shape[0])
        cv2.circle(stain, (int(x), int(y)), int(rng.uniform(1, 5) * px), int(rng.integers(60, 140)), -1, cv2.LINE_AA)
    lay(page, cv2.blur(stain, (2 * int(0.4 * px) + 1,) * 2), COFFEE)


def tear(page: Pixels, dpi: float, rng: np.random.Generator, *, behind: int) -> Rect:
    """Tear a corner off: what lay there shows `behind`. The rectangle, in mm, within which anything may be gone."""
    px = dpi / MM_PER_INCH
    along, down = rng.uniform(12, 45), rng.uniform(12, 45)
    right, lower = bool(rng.integers(0, 2)), bool(rng.integers(0, 2))
    share = np.linspace(0, 1, 14)
    edge = np.column_stack([along * (1 - share), down * share]) + rng.normal(0, 0.7, (14, 2))
    corner = np.concatenate([[[-5.0, -5.0]], [[along, -5.0]], edge, [[-5.0, down]]])
    if right:
        corner[:, 0] = PAGE_W_MM - corner[:, 0]
    if lower:
        corner[:, 1] = PAGE_H_MM - corner[:, 1]
    outline = [np.rint(corner * px).astype(np.int32)]
    cv2.fillPoly(page, outline, (behind,) * 3)
    # Torn paper shows a pale edge of fibres.
    cv2.polylines(page, outline, True, (min(255, behind + 90),) * 3, max(1, int(0.4 * px)), cv2.LINE_AA)
    return Rect(PAGE_W_MM - along - 2 if right else 0, PAGE_H_MM - down - 2 if lower else 0, along + 2, down + 2)


def show_through(page: Pixels, other: Pixels, rng: np.random.Generator) -> None:
    """What is on the other side shines through, mirrored and blurred, by 3 to 8 per cent."""
    # The sheet is turned over its long edge, so left and right change places.
    back = cv2.blur(cv2.flip(other, 1), (7, 7))
    share = rng.uniform(0.03, 0.08)
    ramp = np.rint(255 - (255 - np.arange(256)) * share).astype(np.uint8)
    page[:] = cv2.multiply(page, cv2.LUT(back, ramp), scale=1 / 255)


def mark_code(page: Pixels, dpi: float, plan: PagePlan, rng: np.random.Generator) -> None:
    """Somebody scribbled over a code, or over both."""
    for code in plan.codes[: int(rng.integers(1, len(plan.codes) + 1))]:
        area = code.rect
        lines = strokes.hatch(area, rng, pitch=rng.uniform(1.5, 4.0))
        draw(page, dpi, lines, PENS[int(rng.integers(0, 6))], rng)
