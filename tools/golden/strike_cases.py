"""Golden sheets of the strike-out form: pens, and everything that a voter may do to a name."""

from __future__ import annotations

import numpy as np

from daihoi.sheet.terms import Rect
from golden.case import DOUBT, EITHER, HARDLY, STRUCK, Case, many
from golden.glass import Glass
from golden.leaf import BLACK, BLUE, DRY, FELT, FINE, GEL, HARD_PENCIL, MARKER, PENCIL, RED, Leaf, Pen

COLOUR = Glass(kind="colour", quality=70)


def three(pen: Pen) -> object:
    """Three strikes with one pen: level, rising, wavy."""
    return lambda leaf: leaf.using(pen).strike(1).strike(4, rise=2.5).wave(7, 0.6, 7.0)


def with_pen(pen: Pen, how: Glass | None = None) -> Case:
    """The same three strikes on every sheet of pens."""
    return Case(three(pen), many("2 5 8", STRUCK), how=how or Glass())  # type: ignore[arg-type]


def part(leaf: Leaf, row: int, first: int, last: int) -> Leaf:
    """A strike over some words of a name only."""
    return leaf.across(leaf.word(row, first)[0] - 0.6, leaf.word(row, last)[1] + 0.4, row)


def drooped(leaf: Leaf) -> Leaf:
    """A strike whose tail sinks into the letters of the name below."""
    box, under = leaf.box(4), leaf.box(5)
    y = box.y + 0.6 * box.h
    knee = box.x + 0.72 * box.w
    return leaf.line([(box.x - 1, y), (knee, y + 0.3), (knee + 3, y + 3), (knee + 4.5, under.y + 0.75 * under.h)])


def several(leaf: Leaf) -> Leaf:
    """One line down through four names."""
    top, end = leaf.box(3), leaf.box(6)
    return leaf.line([(top.x + 6, top.y), (end.x + 20, end.bottom)])


def great_cross(leaf: Leaf) -> Leaf:
    """A big X over five names at once."""
    top, end = leaf.box(2), leaf.box(6)
    x0, x1 = top.x - 1, top.x + 38
    return leaf.line([(x0, top.y), (x1, end.bottom)], [(x1, top.y), (x0, end.bottom)])


def whole_list(leaf: Leaf) -> Leaf:
    """A big X over the whole list."""
    top, end = leaf.box(0), leaf.box(11)
    x0, x1 = top.x - 3, top.x + 42
    return leaf.line([(x0, top.y - 1), (x1, end.bottom + 1)], [(x1, top.y - 1), (x0, end.bottom + 1)])


def meander(leaf: Leaf) -> Leaf:
    """One pen stroke that strikes three names in turn without being lifted."""
    rows = [leaf.box(row) for row in (3, 4, 5)]
    return leaf.line([(x, box.y + 0.6 * box.h) for box in rows for x in (box.x - 1, box.right + 1)])


def taken_back(leaf: Leaf) -> Leaf:
    """A strike with "giữ lại" at its side."""
    box = leaf.box(5)
    return leaf.strike(5).take_back(box.right + 8, box.bottom - 0.4)


def struck_out_strike(leaf: Leaf) -> Leaf:
    """A strike that is itself crossed by small bars, as some take it back."""
    box = leaf.box(5)
    y = box.y + 0.6 * box.h
    leaf.strike(5)
    return leaf.line(*[[(box.x + k * 5 + 2, y - 3), (box.x + k * 5 + 3.4, y + 3)] for k in range(6)])


def scribbled(leaf: Leaf) -> Leaf:
    """A name blotted out."""
    return leaf.wave(4, 1.7, 1.1, sharp=True).wave(4, 1.4, 1.7, sharp=True)


def doubled(leaf: Leaf) -> Leaf:
    """Double and threefold lines."""
    return leaf.strike(1, at=0.5).strike(1, at=0.72).strike(7, at=0.45).strike(7, at=0.6).strike(7, at=0.76)


def coil(leaf: Leaf) -> Leaf:
    """A coil drawn over a name."""
    box = leaf.box(4)
    turn = np.linspace(0, 2 * np.pi * 11, 260)
    xs = np.linspace(box.x, box.right, 260) + 1.4 * np.cos(turn)
    return leaf.line(list(zip(xs, box.y + 0.6 * box.h + 1.8 * np.sin(turn), strict=True)))


def hesitations(leaf: Leaf) -> Leaf:
    """Dots where a pen was set down and lifted again, on and beside names."""
    for row, share in ((0, 0.3), (3, 0.55), (6, 0.9), (9, 1.1)):
        box = leaf.box(row)
        leaf.dot(box.x + share * box.w, box.y + 0.45 * box.h, 0.45)
    return leaf


def rested(leaf: Leaf) -> Leaf:
    """A pen that rested and slipped by two millimetres."""
    for row, share in ((2, 0.4), (8, 0.7)):
        box = leaf.box(row)
        x, y = box.x + share * box.w, box.y + 0.5 * box.h
        leaf.line([(x, y), (x + 1.9, y + 0.7)])
    return leaf


def erased(leaf: Leaf) -> Leaf:
    """A pencil strike rubbed out: a groove and a smear are left."""
    leaf.using(PENCIL).strike(5, pressure=0.30)
    box = leaf.box(5)
    smear = Pen(2.6, (0.82, 0.82, 0.82), 0.4, soft=0.5)
    return leaf.using(smear).across(box.x - 1, box.right + 1, 5)


def broken(leaf: Leaf) -> Leaf:
    """Two dashes with a wide gap between them: over the first word and over the last."""
    return part(part(leaf, 4, 0, 0), 4, 3, 3)


def ticked(leaf: Leaf) -> Leaf:
    """Ticks: beside one name, on another."""
    for row, dx in ((3, 6.0), (8, -14.0)):
        x, y = leaf.box(row).right + dx, leaf.box(row).bottom - 1
        leaf.line([(x - 1.5, y - 2), (x, y), (x + 3, y - 4.5)])
    return leaf


def margin_to_margin(leaf: Leaf) -> Leaf:
    """Strikes that begin over the number or run to the end of the row."""
    leaf.across(leaf.box(2).x - 14, leaf.box(2).right + 2, 2)
    return leaf.across(leaf.box(9).x - 2, 172, 9)


def corrected_twice(leaf: Leaf) -> Leaf:
    """A name struck and the same name written again beside it."""
    leaf.strike(3)
    return leaf.write("Hoang T B Binh", leaf.box(3).right + 8, leaf.box(3).bottom - 1)


def bracket(leaf: Leaf) -> Leaf:
    """A bracket at the side of four names with one line at its middle: struck together, or not at all."""
    top, end = leaf.box(6), leaf.box(9)
    x = top.x + 44
    return leaf.line([(x, top.y), (x + 3, top.y + 1), (x + 3, end.bottom - 1), (x, end.bottom)])


NAMES_OF_ALL = "1 2 3 4 5 6 7 8 9 10 11 12"
STRIKES: dict[str, Case] = {
    "pen-ballpoint-blue": with_pen(BLUE),
    "pen-ballpoint-blue-colour": with_pen(BLUE, COLOUR),
    "pen-ballpoint-black": with_pen(BLACK),
    "pen-ballpoint-red": with_pen(RED),
    "pen-ballpoint-red-colour": with_pen(RED, COLOUR),
    "pen-gel": with_pen(GEL),
    "pen-felt": with_pen(FELT),
    "pen-fine-liner": with_pen(FINE),
    "pen-pencil": with_pen(PENCIL),
    "pen-pencil-hard": with_pen(HARD_PENCIL),
    "pen-dry-gaps": Case(three(DRY), many("2 5 8", EITHER)),  # type: ignore[arg-type]
    "pen-text-marker": Case(lambda p: p.using(MARKER).strike(4), {"c05": ("kept", "struck", "doubtful")}, how=COLOUR),
    "strike-wavy": Case(lambda p: p.wave(1, 0.8, 6.0).wave(6, 1.1, 9.0), many("2 7", STRUCK)),
    "strike-zigzag": Case(lambda p: p.wave(1, 1.3, 4.0, True).wave(6, 1.5, 3.0, True), many("2 7", STRUCK)),
    "strike-double": Case(doubled, many("2 8", STRUCK)),
    "strike-scribble": Case(scribbled, many("5", STRUCK)),
    "strike-coil": Case(coil, many("5", STRUCK)),
    "strike-from-number-to-edge": Case(margin_to_margin, many("3 10", STRUCK)),
    "strike-steep": Case(lambda p: p.strike(1, rise=3.2).strike(8, rise=-3.2), many("2 9", EITHER)),
    "strike-broken-by-a-gap": Case(broken, many("5", EITHER)),
    "family-names-only": Case(lambda p: part(part(p, 4, 0, 0), 8, 0, 0), many("5 9", DOUBT)),
    "given-names-only": Case(lambda p: part(part(p, 4, 3, 3), 8, 3, 3), many("5 9", DOUBT)),
    "middle-name-only": Case(lambda p: part(p, 4, 1, 2), many("5", DOUBT)),
    "family-and-middle-only": Case(lambda p: part(p, 4, 0, 2), many("5", DOUBT)),
    "droops-into-the-next-name": Case(drooped, {"c05": EITHER, "c06": HARDLY}),
    "line-through-four-names": Case(several, many("4 5 6 7", DOUBT)),
    "big-cross-over-five-names": Case(great_cross, many("3 4 5 6 7", DOUBT)),
    "big-cross-over-the-list": Case(whole_list, many(NAMES_OF_ALL, DOUBT)),
    "one-stroke-through-three-names": Case(meander, many("4 5 6", EITHER)),
    "bracket-beside-four-names": Case(bracket, many("7 8 9 10", HARDLY)),
    "corrected-giu-lai": Case(taken_back, many("6", DOUBT)),
    "corrected-by-bars": Case(struck_out_strike, many("6", EITHER)),
    "corrected-name-written-again": Case(corrected_twice, many("4", DOUBT)),
    "erased-strike": Case(erased, many("6", HARDLY)),
    "hesitation-dots": Case(hesitations),
    "pen-rests": Case(rested, many("3 9", HARDLY)),
    "circle-around-a-name": Case(lambda p: p.ring(p.box(5), 1.0), many("6", DOUBT)),
    "underline": Case(lambda p: p.strike(5, at=1.08), many("6", DOUBT)),
    "overline": Case(lambda p: p.strike(5, at=0.0), many("6", DOUBT)),
    "ticks-at-names": Case(ticked, {"c04": HARDLY, "c09": DOUBT}),
    "everybody-struck": Case(lambda p: p.using(BLACK).strike(*range(12)), many(NAMES_OF_ALL, STRUCK)),
    "one-bit-pencil": Case(three(PENCIL), many("2 5 8", EITHER), how=Glass(kind="bit", cut=0.75)),  # type: ignore[arg-type]
    "faint-strike": Case(lambda p: p.strike(4, pressure=0.22), many("5", EITHER)),
    "circled-number": Case(lambda p: p.ring(Rect(40, p.box(5).y, 6, 6), 0.5), many("6", HARDLY)),
}
