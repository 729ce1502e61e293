"""Marks in and about the squares of an agree/disagree ballot, clean ones and mistakes.

A clean mark has its middle inside the square; its arms may leave the square but never reach another square or row.
"""

from __future__ import annotations

import numpy as np

from daihoi.sheet.terms import Rect
from daihoi.simulation import strokes
from daihoi.simulation.pens import Hand
from daihoi.simulation.strikes import Ink, Maker, Place
from daihoi.simulation.terms import Kind


def _centre(place: Place, rng: np.random.Generator, spread: float = 0.45) -> tuple[float, float]:
    """Where a voter aims in the square, missed by about `spread` mm."""
    # Beyond 1.2 mm of the middle a mark is off centre, which is a kind of its own.
    right, down = (max(-1.2, min(1.2, off)) for off in rng.normal(0, spread, 2).tolist())
    return place.box.x + place.box.w / 2 + right, place.box.y + place.box.h / 2 + down


def cross(place: Place, rng: np.random.Generator) -> list[Ink]:
    """An X that fills the square more or less."""
    return [Ink(strokes.cross(*_centre(place, rng), place.box.w * rng.uniform(0.65, 1.1), rng))]


def cross_small(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A careful little X of 2.2 to 3.2 mm."""
    return [Ink(strokes.cross(*_centre(place, rng, 0.7), rng.uniform(2.2, 3.2), rng))]


def cross_large(place: Place, rng: np.random.Generator) -> list[Ink]:
    """An X whose arms leave the square on all sides."""
    return [Ink(strokes.cross(*_centre(place, rng, 0.3), place.box.w * rng.uniform(1.15, 1.4), rng))]


def cross_off_centre(place: Place, rng: np.random.Generator) -> list[Ink]:
    """An X whose middle is still in the square but nearly at its edge."""
    cx, cy = place.box.x + place.box.w / 2, place.box.y + place.box.h / 2
    # At most a third of the square off: the crossing itself stays inside, so nobody doubts which square is meant.
    angle, far = rng.uniform(0, 2 * np.pi), place.box.w * rng.uniform(0.22, 0.32)
    return [Ink(strokes.cross(cx + far * np.cos(angle), cy + far * np.sin(angle), place.box.w * 0.75, rng))]


def cross_curled(place: Place, rng: np.random.Generator) -> list[Ink]:
    """An X written in one go, with curved arms."""
    size = place.box.w * rng.uniform(0.7, 1.1)
    return [Ink(strokes.cross(*_centre(place, rng), size, rng, curl=rng.uniform(0.3, 0.8)))]


def tick(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A tick within the square or just over its edge."""
    return [Ink(strokes.tick(*_centre(place, rng), place.box.w * rng.uniform(0.6, 0.95), rng))]


def tick_large(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A tick that starts in the square and whose long arm mostly leaves it at the top right, by up to 3 mm."""
    return [Ink(strokes.tick(*_centre(place, rng, 0.3), place.box.w * rng.uniform(1.05, 1.3), rng))]


def _bar(place: Place, rng: np.random.Generator, sign: float) -> list[Ink]:
    (cx, cy), half = _centre(place, rng), place.box.w * rng.uniform(0.35, 0.6)
    lean = half * rng.uniform(0.6, 1.1) * sign
    return [Ink([strokes.line((cx - half, cy + lean), (cx + half, cy - lean), rng, bow=rng.normal(0, 0.2))])]


def slash(place: Place, rng: np.random.Generator) -> list[Ink]:
    """One line from the lower left to the upper right."""
    return _bar(place, rng, 1.0)


def backslash(place: Place, rng: np.random.Generator) -> list[Ink]:
    """One line from the upper left to the lower right."""
    return _bar(place, rng, -1.0)


def _inner(box: Rect, share: float) -> Rect:
    return Rect(box.x + box.w * (1 - share) / 2, box.y + box.h * (1 - share) / 2, box.w * share, box.h * share)


def filled(place: Place, rng: np.random.Generator) -> list[Ink]:
    """The square painted full."""
    inner = _inner(place.box, rng.uniform(0.7, 1.05))
    # Lines closer than the pen is wide leave no white between.
    pitch = place.pen.width * rng.uniform(0.7, 1.0)
    return [Ink(strokes.hatch(inner, rng, pitch=pitch)), Ink(strokes.hatch(inner, rng, pitch=2 * pitch))]


def hatched(place: Place, rng: np.random.Generator) -> list[Ink]:
    """The square filled with spaced lines."""
    return [Ink(strokes.hatch(_inner(place.box, rng.uniform(0.6, 1.0)), rng, pitch=rng.uniform(0.8, 1.5)))]


def plus(place: Place, rng: np.random.Generator) -> list[Ink]:
    """An upright cross."""
    return [Ink(strokes.plus(*_centre(place, rng), place.box.w * rng.uniform(0.7, 1.1), rng))]


def circled(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A loop around the square and nothing in it."""
    return [Ink([strokes.ring(place.box, rng, loose=rng.uniform(0.2, 0.8))])]


def beside(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A mark of some kind next to the square, its middle outside."""
    side = rng.choice([-1.0, 1.0])
    size = rng.uniform(2.5, 4.0)
    # Wholly outside the outline, by a third to nearly one millimetre.
    x = place.box.x + place.box.w / 2 + side * (place.box.w / 2 + size / 2 + rng.uniform(0.3, 0.8))
    return [Ink(strokes.cross(x, place.box.y + place.box.h / 2 + rng.normal(0, 0.4), size, rng))]


def small_ink(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A touch of 0.8 to 1.6 mm: a mark hardly begun, or a pen put down."""
    cx, cy = _centre(place, rng, 0.8)
    return [Ink([strokes.rest(cx, cy, rng, length=rng.uniform(0.8, 1.6))])]


def erased(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A pencil X that was rubbed out."""
    rubbed = Hand(pressure=rng.uniform(0.10, 0.25), smear=rng.uniform(0.8, 1.6), smudge=rng.uniform(0.4, 0.9))
    return [Ink(cross(place, rng)[0].strokes, rubbed)]


def faint(place: Place, rng: np.random.Generator) -> list[Ink]:
    """An X with hardly any ink."""
    return [Ink(cross(place, rng)[0].strokes, Hand(pressure=rng.uniform(0.12, 0.3)))]


def tail_in_next_row(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A slash that starts in this square and ends in the one below."""
    box = place.box
    drop = place.below.box.y + place.below.box.h * rng.uniform(0.2, 0.6) if place.below is not None else box.bottom + 4
    start = (box.x + box.w * rng.uniform(0.1, 0.4), box.y + box.h * rng.uniform(0.1, 0.4))
    return [Ink([strokes.line(start, (box.x + box.w * rng.uniform(0.5, 0.9), drop), rng)])]


CLEAN: dict[Kind, Maker] = {
    Kind.CROSS: cross,
    Kind.CROSS_SMALL: cross_small,
    Kind.CROSS_LARGE: cross_large,
    Kind.CROSS_OFF_CENTRE: cross_off_centre,
    Kind.CROSS_CURLED: cross_curled,
    Kind.TICK: tick,
    Kind.TICK_LARGE: tick_large,
    Kind.SLASH: slash,
    Kind.BACKSLASH: backslash,
    Kind.FILLED: filled,
    Kind.HATCHED: hatched,
    Kind.PLUS: plus,
}
MISTAKES: dict[Kind, Maker] = {
    Kind.BOX_CIRCLED: circled,
    Kind.BESIDE_BOX: beside,
    Kind.SMALL_INK: small_ink,
    Kind.ERASED_BOX: erased,
    Kind.FAINT_BOX: faint,
    Kind.TAIL_IN_NEXT_ROW: tail_in_next_row,
}
