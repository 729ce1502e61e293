"""How a hand moves: lines that tremble, strikes through a name, marks in a square, loops of handwriting.

Everything is in mm on the page, y downwards. No function here knows of candidates or of what a mark means.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import hypot

import numpy as np
import numpy.typing as npt

from daihoi.sheet.terms import Rect
from daihoi.simulation.terms import Points, Stroke

Floats = npt.NDArray[np.float64]
STEP_MM = 1.1
"""Points of a line are about this far apart: less shows no difference at 200 dpi, more shows corners."""


def wobble(count: int, rng: np.random.Generator, amplitude: float, waves: float = 3.0) -> Floats:
    """`count` values of a slow random swing of about `amplitude`, with some `waves` over the whole length."""
    # Three slow waves of random phase look like a hand; white noise looks like a machine.
    # One array of three waves: a stroke has so few points that the calls cost more than the arithmetic. The plainest
    # draws: rng.normal and rng.uniform look at their arguments for longer than they draw.
    high, speed, phase = rng.standard_normal(3), 0.3 + (waves - 0.3) * rng.random(3), rng.random(3)
    angle = speed[:, None] * _along(count)
    angle += phase[:, None]
    angle *= 2 * np.pi
    swing: Floats = high @ np.sin(angle, out=angle)
    swing *= amplitude / 1.7
    return swing


@lru_cache(maxsize=512)
def _along(count: int) -> Floats:
    """From 0 to 1 in `count` equal steps, to be read only."""
    along = np.linspace(0.0, 1.0, count)
    along.flags.writeable = False
    return along


def _within(values: Floats, low: float, high: float) -> Floats:
    """As `np.clip`, which for a dozen points takes four times as long; `values` are overwritten."""
    return np.minimum(np.maximum(values, low, out=values), high, out=values)


def stroke(points: Points, rng: np.random.Generator, *, firm: float = 1.0) -> Stroke:
    """Give a path the width and the pressure of a hand: uneven, lighter where the pen lands and where it is lifted."""
    count = len(points)
    along = _along(count)
    # Landing and lifting take a length of paper, not a share of the stroke.
    step = points[1:] - points[:-1]
    step *= step
    length = float(np.add.reduce(np.sqrt(np.add.reduce(step, axis=1)))) + 1e-6
    ends = _within(along * (length / rng.uniform(0.2, 1.0)), 0.55, 1.0)
    ends *= _within((1.0 - along) * (length / rng.uniform(0.3, 2.5)), 0.45, 1.0)
    pressure = _within(firm * (0.9 + wobble(count, rng, 0.10)) * ends, 0.05, 1.0)
    width = _within(1.0 + wobble(count, rng, 0.12), 0.7, 1.4) * (0.75 + 0.25 * ends)
    return Stroke(points, width, pressure)


def path(start: tuple[float, float], end: tuple[float, float], rng: np.random.Generator, *, bow: float = 0.0) -> Points:
    """A line by hand from `start` to `end`, trembling, its middle `bow` mm off the straight line."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    # Six points at least: fewer could not bow.
    count = max(6, int(length / STEP_MM) + 2)
    along = _along(count)
    off = bow * 4 * along * (1 - along) + wobble(count, rng, min(0.25, 0.02 + 0.006 * length), 2 + length / 15)
    dx, dy = end[0] - start[0], end[1] - start[1]
    share, points = off / max(length, 1e-6), np.empty((count, 2))
    points[:, 0] = start[0] + along * dx - share * dy
    points[:, 1] = start[1] + along * dy + share * dx
    return points


def line(
    start: tuple[float, float],
    end: tuple[float, float],
    rng: np.random.Generator,
    *,
    bow: float = 0.0,
    firm: float = 1.0,
) -> Stroke:
    """One trembling line as a stroke."""
    return stroke(path(start, end, rng, bow=bow), rng, firm=firm)


def wave(x0: float, x1: float, y: float, rng: np.random.Generator, *, amplitude: float, length: float) -> Stroke:
    """A wavy line from x0 to x1 about y; its waves are `length` mm long and swing by `amplitude` mm, unevenly."""
    count = max(12, int((x1 - x0) / 0.6))
    along = _along(count)
    phase = 2 * np.pi * ((x1 - x0) / length * along + wobble(count, rng, 0.15)) + rng.uniform(0, 2 * np.pi)
    swing = amplitude * (1 + wobble(count, rng, 0.25))
    return stroke(np.column_stack([np.linspace(x0, x1, count), y + swing * np.sin(phase)]), rng)


def zigzag(x0: float, x1: float, y: float, rng: np.random.Generator, *, amplitude: float, pitch: float) -> Stroke:
    """A zigzag from x0 to x1 about y with teeth of `pitch` mm."""
    teeth = max(3, round((x1 - x0) / pitch))
    # Teeth drawn by hand are neither equally wide nor equally high.
    x = np.linspace(x0, x1, teeth * 2 + 1) + rng.normal(0, 0.12 * pitch, teeth * 2 + 1)
    sign = np.where(np.arange(teeth * 2 + 1) % 2 == 0, 1.0, -1.0)
    return stroke(_refined(np.column_stack([x, y + sign * amplitude * rng.uniform(0.7, 1.1, x.size)])), rng)


def _refined(corners: Points, every: float = 0.8) -> Points:
    """The same corners with points between, so that pressure can change along long sides."""
    pieces = [corners[:1]]
    for a, b in pairwise(corners):
        count = max(1, int(hypot(b[0] - a[0], b[1] - a[1]) / every))
        share = _along(count + 1)[1:, None]
        pieces.append(a * (1 - share) + b * share)
    return np.concatenate(pieces)


def back_and_forth(x0: float, x1: float, y: float, rng: np.random.Generator, *, times: int, spread: float) -> Stroke:
    """One stroke that runs over the name `times` times without lifting the pen."""
    corners = [[x0, y + rng.normal(0, spread)]]
    for k in range(times):
        x = (x1 if k % 2 == 0 else x0) + rng.normal(0, 1.2)
        corners.append([x, y + rng.normal(0, spread)])
    return stroke(_refined(np.array(corners)), rng)


def looped(x0: float, x1: float, y: float, rng: np.random.Generator, *, radius: float, pitch: float) -> Stroke:
    """A coil drawn from x0 to x1, as people draw over a word that they want gone."""
    turns = max(3, (x1 - x0) / pitch)
    angle = np.linspace(0, 2 * np.pi * turns, int(turns * 14))
    reach = radius * (1 + wobble(angle.size, rng, 0.2))
    x = np.linspace(x0, x1, angle.size) + 0.8 * reach * np.cos(angle)
    return stroke(np.column_stack([x, y + reach * np.sin(angle) + wobble(angle.size, rng, 0.2)]), rng)


def ring(rect: Rect, rng: np.random.Generator, *, loose: float = 0.6) -> Stroke:
    """A loop by hand around `rect`, `loose` mm off it or more, its ends overlapping or not quite meeting."""
    # A loop by hand starts anywhere and closes too early or too late.
    start = rng.uniform(0, 2 * np.pi)
    angle = start + np.linspace(0, 2 * np.pi * rng.uniform(0.96, 1.12), 48)
    a, b = rect.w / 2 * 1.06 + loose + 0.5, rect.h / 2 * 1.25 + loose
    drift = 1 + np.linspace(0, rng.normal(0, 0.06), 48) + wobble(48, rng, 0.03)
    cx, cy = rect.x + rect.w / 2, rect.y + rect.h / 2
    return stroke(np.column_stack([cx + a * drift * np.cos(angle), cy + b * drift * np.sin(angle)]), rng)


def cross(cx: float, cy: float, size: float, rng: np.random.Generator, *, curl: float = 0.0) -> list[Stroke]:
    """An X of about `size` mm across; `curl` mm bends its arms and joins them as a fast hand does."""
    half = size / 2

    def end(sx: float, sy: float) -> tuple[float, float]:
        return cx + sx * half * rng.uniform(0.75, 1.15), cy + sy * half * rng.uniform(0.75, 1.15)

    first = path(end(-1, -1), end(1, 1), rng, bow=rng.normal(0, 0.2 + curl))
    second = path(end(1, -1), end(-1, 1), rng, bow=rng.normal(0, 0.2 + curl))
    if curl > 0:
        # A fast hand does not lift the pen between the two arms.
        joint = path(tuple(first[-1]), tuple(second[0]), rng, bow=-rng.uniform(0.3, 0.8) * curl * 2)
        return [stroke(np.concatenate([first, joint[1:-1], second]), rng)]
    return [stroke(first, rng), stroke(second, rng)]


def plus(cx: float, cy: float, size: float, rng: np.random.Generator) -> list[Stroke]:
    """An upright cross of `size` mm."""
    half, lean = size / 2, rng.normal(0, 0.3)
    return [
        line((cx - half, cy + lean), (cx + half, cy - lean), rng),
        line((cx + lean, cy - half), (cx - lean, cy + half), rng),
    ]


def tick(cx: float, cy: float, size: float, rng: np.random.Generator) -> list[Stroke]:
    """A tick whose foot stands near (cx, cy): a short stroke down, a long one up to the right."""
    foot = (cx + rng.normal(0, 0.3), cy + size * 0.25)
    start = (foot[0] - size * rng.uniform(0.25, 0.45), foot[1] - size * rng.uniform(0.25, 0.5))
    end = (foot[0] + size * rng.uniform(0.45, 0.75), foot[1] - size * rng.uniform(0.6, 1.0))
    down, up = path(start, foot, rng), path(foot, end, rng, bow=rng.normal(0.1, 0.15) * size / 4)
    return [stroke(np.concatenate([down, up[1:]]), rng)]


def hatch(rect: Rect, rng: np.random.Generator, *, pitch: float) -> list[Stroke]:
    """A dense zigzag over the whole of `rect`: a filled square when the pitch is less than the pen is wide."""
    rows = max(3, int(rect.h / pitch))
    y = np.linspace(rect.y, rect.bottom, rows * 2)
    edge = rng.normal(0, 0.25, rows * 2)
    x = np.where(np.arange(rows * 2) % 2 == 0, rect.x + edge, rect.right + edge)
    lean = rng.uniform(-0.35, 0.35)
    corners = np.column_stack([x, y + lean * (x - rect.x - rect.w / 2)])
    return [stroke(_refined(corners), rng)]


def dot(x: float, y: float, rng: np.random.Generator, *, extent: float, pen_width: float) -> Stroke:
    """A dot of about `extent` mm across, whatever the pen: its width factor undoes the pen's width."""
    return Stroke(np.array([[x, y]]), np.array([extent / pen_width]), np.array([rng.uniform(0.7, 1.0)]))


def rest(x: float, y: float, rng: np.random.Generator, *, length: float) -> Stroke:
    """The short line of a pen that rested on the paper and slipped."""
    angle = rng.uniform(0, 2 * np.pi)
    end = (x + length * float(np.cos(angle)), y + length * float(np.sin(angle)))
    return line((x, y), end, rng, firm=rng.uniform(0.75, 1.0))


def writing(x: float, y: float, width: float, height: float, rng: np.random.Generator) -> list[Stroke]:
    """Joined handwriting of some words from (x, y) on, `height` mm high at its small letters; nobody can read it."""
    out: list[Stroke] = []
    at = x
    while at < x + width:
        word = min(rng.uniform(2.5, 6.0) * height, x + width - at + height)
        letters = max(2, int(word / (0.8 * height)))
        angle = np.linspace(0, 2 * np.pi * letters, letters * 12)
        # Three small letters to one tall one and one with a tail, as in most Latin scripts.
        tall = np.repeat(rng.choice([1.0, 1.0, 1.0, 2.2, -1.8], letters), 12)
        rise = np.where(tall > 0, np.clip(-np.sin(angle), 0, 1) * tall - np.clip(np.sin(angle), 0, 1), 0)
        fall = np.where(tall < 0, -np.clip(np.sin(angle), 0, 1) * -tall + np.clip(-np.sin(angle), 0, 1), 0)
        ys = y - height / 2 * (rise + fall) + wobble(angle.size, rng, 0.15)
        xs = at + word * np.linspace(0, 1, angle.size) + height * 0.32 * np.cos(angle)
        out.append(stroke(np.column_stack([xs, ys]), rng))
        # Vietnamese handwriting is full of tone marks above the line.
        if rng.random() < 0.6:
            mark = at + word * rng.uniform(0.3, 0.8)
            out.append(line((mark, y - 1.3 * height), (mark + 0.5 * height, y - 1.6 * height), rng))
        at += word + rng.uniform(0.5, 0.9) * height
    return out


def signature(x: float, y: float, width: float, rng: np.random.Generator) -> list[Stroke]:
    """A signature: large loops, then a flourish under them."""
    count = 90
    along = np.linspace(0, 1, count)
    angle = 2 * np.pi * along * rng.uniform(4, 7)
    swing = width / 6 * (1.1 - along) * (1 + wobble(count, rng, 0.4))
    xs = x + width * along + swing * 0.6 * np.cos(angle)
    loops = stroke(np.column_stack([xs, y + swing * np.sin(angle)]), rng)
    under = line((x + 0.1 * width, y + 0.2 * width), (x + width, y + 0.08 * width), rng, bow=rng.normal(0, 1))
    return [loops, under]
