"""Rarer things that befall a ballot: holes, a staple, coloured paper, a photocopy, ink from the back, a stray stamp.

None of them is in the default scanners; the scanner `mishaps` asks for all of them. All act on a page at the resolution
of its print, in place, in mm from the top left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import cv2
import numpy as np

from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, PagePlan
from daihoi.simulation import strokes
from daihoi.simulation.pens import MM_PER_INCH, Pen, draw, lay
from daihoi.simulation.scanners import WORN
from daihoi.simulation.terms import Condition, Pixels

VIOLET, RED = (0.68, 0.30, 0.52), (0.30, 0.27, 0.86)
SHEETS = ((0.82, 0.80, 1.0), (0.60, 0.95, 1.0), (0.76, 0.93, 0.74), (0.93, 0.78, 0.66))
"""Blue, green and red light that pink, yellow, green and blue paper gives back."""

MISHAPS = replace(
    WORN,
    name="mishaps",
    chances={
        **WORN.chances,
        Condition.PUNCHED: 0.15,
        Condition.STAPLED: 0.15,
        Condition.COLOURED_PAPER: 0.2,
        Condition.COPIED: 0.15,
        Condition.SOAKED: 0.2,
        Condition.STAMP_ON_LIST: 0.15,
    },
)
"""A worn scanner, and paper that met with more than usual."""


def punch(page: Pixels, dpi: float, plan: PagePlan, rng: np.random.Generator) -> None:
    """Two holes of 5.5 mm, 80 mm apart, left of everything that is printed; the lid behind them is dark."""
    px = dpi / MM_PER_INCH
    # Left of the list: a hole in a row would take something of its text away.
    x = min(8.0, min(target.row.x for target in plan.targets) - 3.5) + float(rng.normal(0, 0.3))
    for y in (PAGE_H_MM / 2 - 40, PAGE_H_MM / 2 + 40):
        cv2.circle(page, (round(x * px), round(y * px)), round(2.75 * px), (40,) * 3, -1, cv2.LINE_AA)


def staple(page: Pixels, dpi: float, _plan: PagePlan, rng: np.random.Generator) -> None:
    """The dent and the two holes of a staple that was pulled out, above the list."""
    x, y = float(rng.uniform(70, 80)), float(rng.uniform(9, 12))
    dent = Pen("staple", 0.5, (0.6, 0.6, 0.6), 0.3, softness=0.1)
    draw(page, dpi, [strokes.line((x, y), (x + 9, y - 3), rng)], dent, rng)
    for at in ((x, y), (x + 9, y - 3)):
        draw(page, dpi, [strokes.dot(*at, rng, extent=0.8, pen_width=dent.width)], dent, rng)


def colour(page: Pixels, _dpi: float, _plan: PagePlan, rng: np.random.Generator) -> None:
    """Pink, yellow, green or blue paper."""
    lay(page, np.full(page.shape[:2], 255, np.uint8), SHEETS[int(rng.integers(0, len(SHEETS)))])


def copy(page: Pixels, dpi: float, _plan: PagePlan, rng: np.random.Generator) -> None:
    """A photocopy of the marked ballot: near to black and white, dirt of the drum, a dark edge at the left."""
    px = dpi / MM_PER_INCH
    low, high = 95, 175
    ramp = np.clip((np.arange(256) - low) * (230 / (high - low)) + 25, 25, 255)
    page[:] = cv2.LUT(cv2.blur(page, (3, 3)), ramp.astype(np.uint8))
    for _ in range(int(rng.integers(10, 60))):
        at = (int(rng.uniform(0, PAGE_W_MM) * px), int(rng.uniform(0, PAGE_H_MM) * px))
        cv2.circle(page, at, max(1, int(0.1 * px)), (60,) * 3, -1, cv2.LINE_AA)
    page[:, : round(rng.uniform(0.5, 2.5) * px)] = 110


def soak(page: Pixels, dpi: float, plan: PagePlan, rng: np.random.Generator) -> None:
    """Strikes of a felt pen on the other side come through, pale and wide, mirrored to the right of the page."""
    pale = Pen("soaked", 1.2, (0.93, 0.91, 0.90), 0.2, softness=0.2)
    for target in plan.targets[:: max(1, len(plan.targets) // 3)]:
        y, right = target.row.y + target.row.h * float(rng.uniform(0.2, 0.8)), PAGE_W_MM - target.row.x
        draw(page, dpi, [strokes.line((right - 40, y), (right - 8, y), rng)], pale, rng)


def stamp_on_list(page: Pixels, dpi: float, plan: PagePlan, rng: np.random.Generator) -> None:
    """A ring of the stamp, red or violet, over the head of the list and into its first row."""
    px, first = dpi / MM_PER_INCH, plan.targets[0].row
    ring: Pixels = np.zeros(page.shape[:2], np.uint8)
    at = (round((first.x + 50) * px), round((first.y - 14) * px))
    for radius, wide in ((18.3, 0.7), (17.2, 0.3), (11.5, 0.3)):
        cv2.circle(ring, at, round(radius * px), 200, max(1, round(wide * px)), cv2.LINE_AA)
    lay(page, ring, VIOLET if rng.random() < 0.5 else RED)


BEFALLS: Mapping[Condition, Callable[[Pixels, float, PagePlan, np.random.Generator], None]] = {
    Condition.STAMP_ON_LIST: stamp_on_list,
    Condition.SOAKED: soak,
    Condition.STAPLED: staple,
    Condition.COLOURED_PAPER: colour,
    Condition.COPIED: copy,
    Condition.PUNCHED: punch,
}


def befall(page: Pixels, dpi: float, plan: PagePlan, found: set[Condition], rng: np.random.Generator) -> None:
    """Let everything of this file that was found befall the page; random numbers are drawn only for what was."""
    for condition, act in BEFALLS.items():
        if condition in found:
            act(page, dpi, plan, rng)
