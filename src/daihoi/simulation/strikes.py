"""Marks on names: strikes that a person calls a strike, and the mistakes of which two people may think differently.

Each function takes a `Place` and gives what is inked there. A clean strike runs through the middle of the letters from
within the first quarter of the family name to the last quarter of the given name, or further on both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from daihoi.sheet.terms import Rect, Target
from daihoi.simulation import strokes
from daihoi.simulation.pens import PLAIN, Hand, Pen
from daihoi.simulation.terms import Kind, Stroke

AIM = 0.59
"""Where in a name's box, from its top, the middle of its small letters lies: the box holds accents and tails too."""
EDGE_MM = 0.4
"""A clean strike stays this far inside its own row."""


@dataclass(frozen=True)
class Ink:
    """Strokes that are laid down in one way."""

    strokes: Sequence[Stroke]
    hand: Hand = PLAIN


@dataclass(frozen=True)
class Place:
    """Where a mark is made: the target, the one below in the same block (None for the last), the voter's pen."""

    target: Target
    below: Target | None
    pen: Pen

    @property
    def box(self) -> Rect:
        """The printed name, or the printed square."""
        return self.target.box

    @property
    def row(self) -> Rect:
        """The cell of the table that belongs to this candidate."""
        return self.target.row

    @property
    def words(self) -> tuple[tuple[float, float], ...]:
        """Left and right edge of each word of the name."""
        return self.target.words or ((self.box.x, self.box.right),)


Maker = Callable[[Place, np.random.Generator], list[Ink]]


def _middle(place: Place, rng: np.random.Generator) -> float:
    """The height at which a voter aims: the middle of the letters, missed by a little."""
    return place.box.y + place.box.h * (AIM + float(np.clip(rng.normal(0, 0.06), -0.11, 0.10)))


def _reach(place: Place, rng: np.random.Generator) -> tuple[float, float]:
    """Where a clean strike starts and ends."""
    family, given = place.words[0], place.words[-1]
    x0 = family[0] + rng.uniform(-2.2, 0.25 * (family[1] - family[0]))
    x1 = given[1] + rng.uniform(-0.25 * (given[1] - given[0]), 3.0)
    return max(x0, place.row.x + EDGE_MM), min(x1, place.row.right - EDGE_MM)


def _fit(place: Place, y: float) -> float:
    """Keep a height inside the row."""
    return float(np.clip(y, place.row.y + EDGE_MM, place.row.bottom - EDGE_MM))


def straight(place: Place, rng: np.random.Generator) -> list[Ink]:
    """One line through the middle, nearly level."""
    (x0, x1), y = _reach(place, rng), _middle(place, rng)
    tilt = rng.normal(0, 0.04) * place.box.h
    return [Ink([strokes.line((x0, y - tilt), (x1, y + tilt), rng, bow=rng.normal(0, 0.15))])]


def slanted(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A line that rises or falls by up to a quarter of the height of the name."""
    (x0, x1), y = _reach(place, rng), _middle(place, rng)
    tilt = rng.choice([-1.0, -1.0, 1.0]) * rng.uniform(0.07, 0.13) * place.box.h
    return [Ink([strokes.line((x0, y - tilt), (x1, y + tilt), rng, bow=rng.normal(0, 0.2))])]


def steep(place: Place, rng: np.random.Generator) -> list[Ink]:
    """From the foot of the family name to the head of the given name, still through both."""
    x0 = max(place.box.x - rng.uniform(0.0, 3.0), place.row.x + EDGE_MM)
    x1 = min(place.box.right + rng.uniform(0.0, 4.0), place.row.right - EDGE_MM)
    # Steeper would leave one of the two names: that is a partial strike, not a steep one.
    tilt = rng.choice([1.0, -1.0]) * rng.uniform(0.17, 0.23) * place.box.h
    y = place.box.y + AIM * place.box.h
    return [Ink([strokes.line((x0, y + tilt), (x1, y - tilt), rng)])]


def bowed(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A line that sags or arches as the hand turns about the elbow."""
    (x0, x1), y = _reach(place, rng), _middle(place, rng)
    bow = rng.choice([-1.0, 1.0]) * rng.uniform(0.10, 0.2) * place.box.h
    return [Ink([strokes.line((x0, y - bow / 2), (x1, y - bow / 2), rng, bow=bow)])]


def wavy(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A wavy line through the middle."""
    (x0, x1), y = _reach(place, rng), _middle(place, rng)
    # The swing stays within the small letters; larger is a zigzag.
    swing, length = rng.uniform(0.10, 0.24) * place.box.h, rng.uniform(4.0, 11.0)
    return [Ink([strokes.wave(x0, x1, y, rng, amplitude=swing, length=length)])]


def zigzag(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A zigzag from foot to head of the letters."""
    (x0, x1), y = _reach(place, rng), _middle(place, rng)
    return [Ink([strokes.zigzag(x0, x1, y, rng, amplitude=0.24 * place.box.h, pitch=rng.uniform(2.5, 6.0))])]


def double(place: Place, rng: np.random.Generator) -> list[Ink]:
    """Two lines, one a little over the other."""
    (x0, x1), y = _reach(place, rng), _middle(place, rng)
    gap = rng.uniform(0.12, 0.26) * place.box.h
    upper = strokes.line((x0 + rng.normal(0, 0.6), y - gap / 2), (x1 + rng.normal(0, 0.8), y - gap / 2), rng)
    lower = strokes.line((x0 + rng.normal(0, 0.6), y + gap / 2), (x1 + rng.normal(0, 0.8), y + gap / 2), rng)
    return [Ink([upper, lower])]


def back_and_forth(place: Place, rng: np.random.Generator) -> list[Ink]:
    """Over the name and back again without lifting the pen."""
    (x0, x1), y = _reach(place, rng), _middle(place, rng)
    times = int(rng.integers(2, 6))
    return [Ink([strokes.back_and_forth(x0, x1, y, rng, times=times, spread=0.09 * place.box.h)])]


def from_number(place: Place, rng: np.random.Generator) -> list[Ink]:
    """Starts over the number that stands before the name."""
    (_, x1), y = _reach(place, rng), _middle(place, rng)
    x0 = max(place.row.x + EDGE_MM, place.box.x - rng.uniform(4, 12))
    return [Ink([strokes.line((x0, y), (x1, y + rng.normal(0, 0.05) * place.box.h), rng, bow=rng.normal(0, 0.15))])]


def overrun(place: Place, rng: np.random.Generator) -> list[Ink]:
    """Runs on past the name, over the year of birth or to the edge of the row."""
    (x0, _), y = _reach(place, rng), _middle(place, rng)
    x1 = min(place.row.right - EDGE_MM, place.box.right + rng.uniform(8, 40))
    return [Ink([strokes.line((x0, y), (x1, _fit(place, y + rng.normal(0, 0.3))), rng, bow=rng.normal(0, 0.15))])]


def two_strokes(place: Place, rng: np.random.Generator) -> list[Ink]:
    """Family name and given name struck one after the other, with a gap between or an overlap."""
    (x0, x1), y = _reach(place, rng), _middle(place, rng)
    if len(place.words) < 2:
        return straight(place, rng)
    seam = (place.words[0][1] + place.words[-1][0]) / 2 + rng.normal(0, 0.8)
    # The gap stays narrower than a letter: a wider one would leave the middle name standing.
    gap, step = rng.uniform(-2.0, 0.8), rng.normal(0, 0.1) * place.box.h
    seam = float(np.clip(seam, place.words[0][1], place.words[-1][0]))
    first = strokes.line((x0, y), (seam - gap / 2, y), rng)
    return [Ink([first, strokes.line((seam + gap / 2, y + step), (x1, y + step), rng)])]


def looped(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A coil over the whole name."""
    (x0, x1), y = _reach(place, rng), place.box.y + AIM * place.box.h
    return [Ink([strokes.looped(x0, x1, y, rng, radius=0.28 * place.box.h, pitch=rng.uniform(2.0, 4.5))])]


def scribble(place: Place, rng: np.random.Generator) -> list[Ink]:
    """The name blotted out by a dense scribble."""
    x0, x1 = _reach(place, rng)
    y = place.box.y + AIM * place.box.h
    return [
        Ink([strokes.zigzag(x0, x1, y, rng, amplitude=0.33 * place.box.h, pitch=rng.uniform(0.7, 1.4))]),
        Ink([strokes.back_and_forth(x0, x1, y, rng, times=3, spread=0.15 * place.box.h)]),
    ]


def cross(place: Place, rng: np.random.Generator) -> list[Ink]:
    """One X over the whole name, from its first letter to its last."""
    (x0, x1), box = _reach(place, rng), place.box
    # The arms end within the small letters, so that both names are crossed at their ends too.
    lean = 0.26 * box.h
    y = box.y + AIM * box.h
    return [Ink([strokes.line((x0, y - lean), (x1, y + lean), rng), strokes.line((x0, y + lean), (x1, y - lean), rng)])]


def _partly(x0: float, x1: float, place: Place, rng: np.random.Generator) -> list[Ink]:
    y = _middle(place, rng)
    return [Ink([strokes.line((x0, y), (x1, y + rng.normal(0, 0.1)), rng)])]


def partial_family(place: Place, rng: np.random.Generator) -> list[Ink]:
    """The family name alone is struck."""
    first = place.words[0]
    # Of a single word only the first half can be "part of the name".
    end = first[1] if len(place.words) > 1 else first[0] + 0.45 * (first[1] - first[0])
    return _partly(first[0] - rng.uniform(0, 1.5), end + rng.uniform(-0.5, 0.8), place, rng)


def partial_given(place: Place, rng: np.random.Generator) -> list[Ink]:
    """The given name alone is struck."""
    last = place.words[-1]
    start = last[0] if len(place.words) > 1 else last[1] - 0.45 * (last[1] - last[0])
    return _partly(start - rng.uniform(-0.5, 0.8), last[1] + rng.uniform(0, 1.5), place, rng)


def partial_middle(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A piece in the middle is struck; the family name and the given name are whole or nearly so."""
    box = place.box
    return _partly(box.x + rng.uniform(0.3, 0.4) * box.w, box.x + rng.uniform(0.6, 0.7) * box.w, place, rng)


def _level(place: Place, y: float, rng: np.random.Generator) -> list[Ink]:
    x0, x1 = _reach(place, rng)
    return [Ink([strokes.line((x0, y), (x1, y + rng.normal(0, 0.12)), rng)])]


def underline(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A line under the name."""
    return _level(place, place.box.bottom + rng.uniform(0.1, 0.9), rng)


def overline(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A line over the name."""
    return _level(place, place.box.y + rng.uniform(-0.12, 0.12) * place.box.h, rng)


def low(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A line along the feet of the letters: a strike that slipped, or an underline."""
    return _level(place, place.box.y + rng.uniform(0.80, 0.92) * place.box.h, rng)


def circled(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A loop around the name: chosen or not wanted, nobody can say."""
    return [Ink([strokes.ring(place.box, rng, loose=rng.uniform(0.2, 0.9))])]


def tick_beside(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A tick before or after the name."""
    size = rng.uniform(3.5, 6.0)
    # After the name more often than before it: there stands the number.
    after = min(place.box.right + rng.uniform(3, 7), place.row.right - 2)
    x = after if rng.random() < 0.6 else place.box.x - rng.uniform(3, 6)
    return [Ink(strokes.tick(x, place.box.y + place.box.h / 2, size, rng))]


def tick_on_name(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A tick over the name itself."""
    x = place.box.x + place.box.w * rng.uniform(0.2, 0.8)
    return [Ink(strokes.tick(x, place.box.y + place.box.h / 2, rng.uniform(4.0, 6.5), rng))]


def drooping(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A strike whose end sinks into the name below."""
    (x0, x1), y = _reach(place, rng), _middle(place, rng)
    # The last row has nothing below: the strike droops into the ruling.
    floor = place.below.box if place.below is not None else Rect(x0, place.row.bottom, 1, 2)
    y1 = floor.y + floor.h * rng.uniform(0.35, 0.6)
    knee = x0 + (x1 - x0) * rng.uniform(0.55, 0.7)
    # It must end over letters of the name below, or nobody would call that name touched.
    end = min(x1, max(floor.right - 2, knee + 4))
    level, fall = strokes.path((x0, y), (knee, y + 0.3), rng), strokes.path((knee, y + 0.3), (end, y1), rng)
    return [Ink([strokes.stroke(np.concatenate([level, fall[1:]]), rng)])]


def erased(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A pencil strike that was rubbed out and left its groove and a smear."""
    rubbed = Hand(pressure=rng.uniform(0.10, 0.25), smear=rng.uniform(1.0, 2.2), smudge=rng.uniform(0.4, 0.9))
    return [Ink(straight(place, rng)[0].strokes, rubbed)]


def faint(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A strike with hardly any ink."""
    return [Ink(straight(place, rng)[0].strokes, Hand(pressure=rng.uniform(0.12, 0.3)))]


def corrected(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A strike, and beside it a word that takes it back."""
    # The word stands beside the name as long as there is room in the row.
    x = min(place.box.right + rng.uniform(4, 8), place.row.right - 10)
    y = place.box.y + place.box.h * 0.7
    return [*straight(place, rng), Ink(strokes.writing(x, y, rng.uniform(6, 12), rng.uniform(1.4, 2.0), rng))]


def pen_rest(place: Place, rng: np.random.Generator) -> list[Ink]:
    """The pen rested on the name and slipped 1 to 3 mm."""
    x = place.box.x + place.box.w * rng.uniform(0.1, 0.9)
    y = place.box.y + place.box.h * rng.uniform(0.2, 0.8)
    return [Ink([strokes.rest(x, y, rng, length=rng.uniform(1.0, 3.0))])]


def speck(place: Place, rng: np.random.Generator) -> list[Ink]:
    """A dot of at most 0.45 mm in or at the target."""
    x = place.box.x + place.box.w * rng.uniform(0.0, 1.0)
    y = place.box.y + place.box.h * rng.uniform(0.1, 0.9)
    return [Ink([strokes.dot(x, y, rng, extent=rng.uniform(0.15, 0.40), pen_width=place.pen.width)])]


CLEAN: dict[Kind, Maker] = {
    Kind.STRIKE_STRAIGHT: straight,
    Kind.STRIKE_SLANTED: slanted,
    Kind.STRIKE_STEEP: steep,
    Kind.STRIKE_BOWED: bowed,
    Kind.STRIKE_WAVY: wavy,
    Kind.STRIKE_ZIGZAG: zigzag,
    Kind.STRIKE_DOUBLE: double,
    Kind.STRIKE_BACK_AND_FORTH: back_and_forth,
    Kind.STRIKE_FROM_NUMBER: from_number,
    Kind.STRIKE_OVERRUN: overrun,
    Kind.STRIKE_TWO_STROKES: two_strokes,
    Kind.STRIKE_LOOPED: looped,
    Kind.STRIKE_SCRIBBLE: scribble,
    Kind.STRIKE_CROSS: cross,
}
MISTAKES: dict[Kind, Maker] = {
    Kind.PARTIAL_FAMILY: partial_family,
    Kind.PARTIAL_GIVEN: partial_given,
    Kind.PARTIAL_MIDDLE: partial_middle,
    Kind.UNDERLINE: underline,
    Kind.OVERLINE: overline,
    Kind.STRIKE_LOW: low,
    Kind.CIRCLED: circled,
    Kind.TICK_BESIDE: tick_beside,
    Kind.TICK_ON_NAME: tick_on_name,
    Kind.DROOPING: drooping,
    Kind.ERASED_STRIKE: erased,
    Kind.FAINT_STRIKE: faint,
    Kind.CORRECTED_STRIKE: corrected,
    Kind.PEN_REST: pen_rest,
}
