"""Golden sheets of the agree/disagree form: pens, and everything that a voter may do about a square."""

from __future__ import annotations

from golden.case import DOUBT, Answer, Case, many
from golden.glass import Glass
from golden.leaf import (
    AGREE,
    BLACK,
    BLUE,
    DISAGREE,
    DRY,
    FELT,
    FINE,
    GEL,
    HARD_PENCIL,
    PENCIL,
    RED,
    Leaf,
    Pen,
)
from golden.strike_cases import COLOUR

YES, NO, BOTH, NONE = "agree", "disagree", "both", "none"
PERHAPS: Answer = ("agree", "doubtful")
NOTHING: Answer = ("none", "doubtful")


def four(pen: Pen) -> object:
    """A cross, a tick, a slash and a cross on the other side with one pen."""
    return lambda p: p.using(pen).cross(0, AGREE).tick(2, AGREE).slash(4, AGREE).cross(6, DISAGREE)


FOUR: dict[str, Answer] = {"c01": YES, "c03": YES, "c05": YES, "c07": NO}


def with_pen(pen: Pen, how: Glass | None = None) -> Case:
    """The same four marks on every sheet of pens."""
    return Case(four(pen), FOUR, how=how or Glass())  # type: ignore[arg-type]


def leaving(leaf: Leaf) -> Leaf:
    """Crosses whose arms leave the square on all sides, or that lie off its middle."""
    leaf.cross(0, AGREE, 8.5).cross(2, DISAGREE, 9.0)
    return leaf.cross(4, AGREE, 6.0, 1.6, -1.2).cross(6, DISAGREE, 6.0, -1.6, 1.4)


def tick_down(leaf: Leaf) -> Leaf:
    """A tick that starts within a square and ends within the square of the next row."""
    x, y = leaf.middle(2, AGREE)
    under = leaf.box(3, AGREE)
    return leaf.line([(x - 1.5, y - 1.5), (x + 0.4, under.y + 3.5), (x + 2.5, under.y + 1.2)])


def tick_up(leaf: Leaf) -> Leaf:
    """A large tick whose foot stands in its square and whose arm ends high up beside the row above."""
    x, y = leaf.middle(4, AGREE)
    return leaf.line([(x - 1.8, y - 0.6), (x - 0.3, y + 1.8), (x + 6.0, y - 10.0)])


def rings(leaf: Leaf) -> Leaf:
    """Loops around squares, a close one and a wide one."""
    return leaf.ring(leaf.box(1, AGREE), 0.5).ring(leaf.box(5, DISAGREE), 2.0)


def filled_then_erased(leaf: Leaf) -> Leaf:
    """A filled square rubbed out, and a cross rubbed out with another square marked."""
    leaf.using(PENCIL).fill(2, AGREE, pressure=0.28).cross(5, AGREE, pressure=0.25)
    smear = Pen(2.6, (0.86, 0.86, 0.86), 0.4, soft=0.6)
    for row in (2, 5):
        x, y = leaf.middle(row, AGREE)
        leaf.using(smear).line([(x - 4, y), (x + 4, y + 0.3)])
    return leaf.using(PENCIL).cross(5, DISAGREE)


def scribbled_and_other(leaf: Leaf) -> Leaf:
    """A mark scribbled out and the other square marked; then a square scribbled out alone."""
    for row in (2, 5):
        leaf.cross(row, AGREE).fill(row, AGREE, 0.6).fill(row, AGREE, 0.9)
    return leaf.cross(2, DISAGREE)


def marked_beside(leaf: Leaf) -> Leaf:
    """A square scribbled out and a cross made beside it, outside of both squares."""
    leaf.cross(3, AGREE).fill(3, AGREE, 0.6)
    return leaf.cross(3, AGREE, 4.0, 9.0, 0.0)


def taken_back(leaf: Leaf) -> Leaf:
    """A cross, and "giữ lại" written beside it."""
    x, y = leaf.middle(3, DISAGREE)
    leaf.cross(3, DISAGREE).cross(3, AGREE)
    return leaf.take_back(x - 25, y + 1.2)


def column_line(leaf: Leaf) -> Leaf:
    """One line down through all squares of a column: everybody, perhaps."""
    top, end = leaf.box(1, AGREE), leaf.box(6, AGREE)
    return leaf.line([(top.x + 3, top.y + 1), (top.x + 3.6, end.bottom - 1)])


def great_cross(leaf: Leaf) -> Leaf:
    """A big X over four rows of both squares."""
    a, b = leaf.box(1, AGREE), leaf.box(4, DISAGREE)
    return leaf.line([(a.x, a.y), (b.right, b.bottom)], [(b.right, a.y), (a.x, b.bottom)])


def dots(leaf: Leaf) -> Leaf:
    """Hesitation dots of half a millimetre within and beside squares."""
    for row, kind, across in ((0, AGREE, 0.4), (2, DISAGREE, 0.35), (4, AGREE, 0.45), (6, DISAGREE, 0.3)):
        x, y = leaf.middle(row, kind)
        leaf.dot(x + 0.7, y - 0.6, across)
    return leaf


def rests(leaf: Leaf) -> Leaf:
    """A pen that rested within a square and slipped by one and a half millimetres."""
    for row in (1, 5):
        x, y = leaf.middle(row, AGREE)
        leaf.line([(x, y), (x + 1.1, y + 0.9)])
    return leaf


def name_struck(leaf: Leaf) -> Leaf:
    """The name struck through instead of a square marked; and once beside a marked square."""
    for row in (2, 5):
        y = leaf.middle(row, AGREE)[1]
        leaf.line([(34, y), (72, y + 0.3)])
    return leaf.cross(5, AGREE)


def between(leaf: Leaf) -> Leaf:
    """A cross between the two squares, and one on the outline of a square."""
    return leaf.cross(2, AGREE, 4.4, 16.0).cross(5, AGREE, 4.4, 3.0)


def traced(leaf: Leaf) -> Leaf:
    """The outline of a square traced by the pen."""
    box = leaf.box(3, AGREE)
    corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom), (box.x, box.y)]
    return leaf.line(corners)


def dashes(leaf: Leaf) -> Leaf:
    """A level dash in one square, an upright one in another, a plus in a third."""
    for row, turned in ((0, False), (2, True), (4, False), (4, True)):
        x, y = leaf.middle(row, AGREE)
        leaf.line([(x, y - 2), (x + 0.2, y + 2)] if turned else [(x - 2.1, y), (x + 2.1, y + 0.2)])
    return leaf


def far_tail(leaf: Leaf) -> Leaf:
    """A fast tick whose tail runs across into the other square."""
    x, y = leaf.middle(3, AGREE)
    far = leaf.box(3, DISAGREE)
    return leaf.line([(x - 1.5, y), (x, y + 2), (x + 3, y - 2), (far.x + 3.5, y - 0.5)])


def written_word(leaf: Leaf) -> Leaf:
    """A word written instead of a mark: over the square, and beside it."""
    x, y = leaf.middle(3, AGREE)
    leaf.write("co", x - 2.4, y + 1.4, 3.4)
    x, y = leaf.middle(5, DISAGREE)
    return leaf.write("khong", x - 16, y + 1.2, 3.0)


ALL_AGREE = "1 2 3 4 5 6 7 8"
SQUARES: dict[str, Case] = {
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
    "pen-dry-gaps": Case(four(DRY), {"c01": PERHAPS, "c03": PERHAPS, "c05": PERHAPS, "c07": ("disagree", "doubtful")}),  # type: ignore[arg-type]
    "crosses-leave-the-square": Case(leaving, {"c01": YES, "c03": NO, "c05": YES, "c07": NO}),
    "tick-ends-in-next-row": Case(tick_down, {"c03": PERHAPS, "c04": NOTHING}),
    "tick-ends-beside-row-above": Case(tick_up, {"c05": PERHAPS, "c04": NOTHING}),
    "circles-around-squares": Case(rings, many("2 6", DOUBT)),
    "filled-full-and-hatched": Case(lambda p: p.fill(0, AGREE).fill(2, DISAGREE, 0.8), {"c01": YES, "c03": NO}),
    "filled-then-erased": Case(filled_then_erased, {"c03": NOTHING, "c06": ("disagree", "doubtful")}),
    "scribbled-out-and-other": Case(scribbled_and_other, {"c03": ("disagree", "doubtful"), "c06": PERHAPS}),
    "scribbled-out-marked-beside": Case(marked_beside, {"c04": DOUBT}),
    "corrected-giu-lai": Case(taken_back, {"c04": ("both", "doubtful")}),
    "line-down-a-column": Case(column_line, many("2 3 4 5 6 7", DOUBT)),
    "big-cross-over-four-rows": Case(great_cross, {"c02": DOUBT, "c05": DOUBT, "c03": NOTHING, "c04": NOTHING}),
    "hesitation-dots": Case(dots),
    "pen-rests": Case(rests, many("2 6", NOTHING)),
    "name-struck": Case(name_struck, {"c03": DOUBT, "c06": DOUBT}),
    "between-the-squares": Case(between, {"c03": DOUBT, "c06": PERHAPS}),
    "outline-traced": Case(traced, {"c04": NOTHING}),
    "dashes-and-plus": Case(dashes, {"c01": PERHAPS, "c03": PERHAPS, "c05": YES}),
    "tail-into-the-other-square": Case(far_tail, {"c04": ("agree", "both", "doubtful")}),
    "words-instead-of-marks": Case(written_word, {"c04": PERHAPS, "c06": ("disagree", "doubtful")}),
    "both-squares": Case(lambda p: p.cross(3, AGREE).cross(3, DISAGREE), {"c04": BOTH}),
    "cross-tiny": Case(
        lambda p: p.cross(3, AGREE, 1.6).cross(5, AGREE, 2.6), {"c04": ("agree", "doubtful"), "c06": YES}
    ),
    "everybody": Case(
        lambda p: [p.cross(row, AGREE, 4 + row * 0.4) for row in range(8)],
        many(ALL_AGREE, YES),
    ),
}
