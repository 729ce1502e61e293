"""Attacks on squares: marks that hide, things that look like marks, squares that are not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

import cv2
import numpy as np

from daihoi.reading.terms import GrayImage
from daihoi.sheet.terms import Rect

from ..hand import AGREE, DISAGREE, Page, Scan, agree_ballot
from . import pens
from .terms import BOTH, EMPTY, NO, ONLY_DOUBT, YES, Attack, Words

ROW = 2
Draw = Callable[[Page, Rect], object]


def one(name: str, right: Words, draw: Draw, scan: Scan | None = None, *, known: str = "", **more: Words) -> Attack:
    """An attack on the first square of the third row."""

    def make(page: Page) -> GrayImage:
        draw(page, page.square(ROW, AGREE))
        return page.scan(scan)

    others = {int(k[1:]): words for k, words in more.items()}
    return Attack(name, "agree", make, {ROW: right, **others}, EMPTY, known=known)


def many(name: str, right: Mapping[int, Words], draw: Callable[[Page], object]) -> Attack:
    """An attack on several rows."""

    def make(page: Page) -> GrayImage:
        draw(page)
        return page.scan()

    return Attack(name, "agree", make, right, EMPTY)


def attacks() -> Iterator[Attack]:
    """All attacks on the agree form."""
    yield from small()
    yield from pale()
    yield from outlines()
    yield from elsewhere()
    yield from no_marks()
    yield from erased()
    yield from covered()
    yield from ghosts()


def middle(box: Rect) -> tuple[float, float]:
    """The middle of a square."""
    return box.x + box.w / 2, box.y + box.h / 2


def cross(page: Page, x: float, y: float, size: float, grey: int = 40, width: float = 0.45) -> Page:
    """A cross about a point."""
    r = size / 2
    page.pen([(x - r, y - r), (x + r, y + r)], width, grey)
    return page.pen([(x - r, y + r), (x + r, y - r)], width, grey)


def small() -> Iterator[Attack]:
    for size in (0.6, 0.8, 1.0, 1.2, 1.6, 2.0, 2.4):
        yield one(f"cross {size} mm large", YES, lambda p, b, s=size: cross(p, *middle(b), s))
        yield one(f"cross {size} mm large in a corner", YES, lambda p, b, s=size: cross(p, b.x + 1.4, b.y + 1.4, s))
    for size in (1.2, 2.0):
        yield one(f"cross {size} mm of a fine pen", YES, lambda p, b, s=size: cross(p, *middle(b), s, width=0.15))
    for size in (0.3, 0.5):
        yield one(f"dot of {size} mm", EMPTY, lambda p, _b, s=size: p.dot(ROW, AGREE, s))
    for size in (0.8, 1.0, 1.5, 1.9):
        yield one(f"dot of {size} mm", EMPTY if size < 1 else ONLY_DOUBT, lambda p, _b, s=size: p.dot(ROW, AGREE, s))
    yield one(
        "four specks in the corners",
        EMPTY,
        lambda p, b: [p.blot(Rect(b.x + x, b.y + y, 0.35, 0.35)) for x in (1.2, 4.5) for y in (1.2, 4.5)],
    )
    yield one(
        "two strokes apart, of two pens",
        YES,
        lambda p, b: (
            p.pen([(b.x + 1, b.y + 1), (b.x + 2.6, b.bottom - 1)], 0.25, 150),
            p.pen([(b.x + 3.4, b.bottom - 1), (b.right - 1, b.y + 1)], 0.7, 20),
        ),
    )
    yield one(
        "cross of a dark and a pale stroke",
        YES,
        lambda p, b: (
            p.pen([(b.x + 1, b.y + 1), (b.right - 1, b.bottom - 1)], 0.4, 30),
            p.pen([(b.x + 1, b.bottom - 1), (b.right - 1, b.y + 1)], 0.4, 190),
        ),
    )
    yield one(
        "cross whose strokes do not meet",
        YES,
        lambda p, b: [
            p.pen(s, 0.4)
            for s in (
                [(b.x + 1, b.y + 1), (b.x + 2.4, b.y + 2.4)],
                [(b.x + 3.6, b.y + 3.6), (b.x + 5, b.y + 5)],
                [(b.x + 5, b.y + 1), (b.x + 3.6, b.y + 2.4)],
                [(b.x + 2.4, b.y + 3.6), (b.x + 1, b.y + 5)],
            )
        ],
    )
    yield one("level dash", YES, lambda p, b: p.pen([(b.x + 1.2, b.y + 3), (b.right - 1.2, b.y + 3)]))
    yield one("upright dash", YES, lambda p, b: p.pen([(b.x + 3, b.y + 1.2), (b.x + 3, b.bottom - 1.2)]))


def pale() -> Iterator[Attack]:
    for grey in (150, 180, 200, 215, 225):
        yield one(f"pencil cross of grey {grey}", YES, lambda p, b, g=grey: cross(p, *middle(b), 4, g))
        yield one(f"fine pencil cross of grey {grey}", YES, lambda p, b, g=grey: cross(p, *middle(b), 4, g, 0.25))
    for grey in (170, 200, 215):
        yield one(
            f"red drop-out leaves grey {grey}, JPEG 40",
            YES,
            lambda p, b, g=grey: cross(p, *middle(b), 4, g),
            Scan(jpeg=40),
        )
    for share in (0.95, 0.85, 0.7, 0.5):
        yield one(
            f"highlighter over the square, light times {share}",
            EMPTY if share > 0.9 else ONLY_DOUBT,
            lambda p, b, s=share: pens.tint(p, pens.around(b, 3, 1), s, 0.2),
            known="a dark highlighter fills a square" * (share < 0.6),
        )
    yield one(
        "highlighter over the row, cross under it",
        YES,
        lambda p, b: (cross(p, *middle(b), 4), pens.tint(p, Rect(20, b.y, 170, b.h), 0.8, 0.2)),
    )
    yield one(
        "white pen through the outline",
        EMPTY,
        lambda p, b: pens.lift(p, [(b.x - 1, b.y + 1), (b.right + 1, b.bottom - 1)], 0.8),
    )


def outlines() -> Iterator[Attack]:
    def trace(page: Page, box: Rect, inset: float, width: float = 0.5) -> Page:
        a, b, c, d = box.x + inset, box.y + inset, box.right - inset, box.bottom - inset
        return page.pen([(a, b), (c, b), (c, d), (a, d), (a, b)], width)

    for inset in (-1.0, -0.4, 0.0, 0.2, 0.5):
        yield one(f"outline traced {inset:+} mm inside", EMPTY, lambda p, b, i=inset: trace(p, b, i))
    for inset in (0.8, 1.2):
        yield one(f"a square drawn {inset} mm inside", YES, lambda p, b, i=inset: trace(p, b, i))
    yield one(
        "two sides of the outline traced",
        EMPTY,
        lambda p, b: p.pen([(b.x, b.y), (b.x, b.bottom), (b.right, b.bottom)], 0.7),
    )
    yield one("filled to the very outline, black as toner", YES, lambda p, b: p.blot(b, 0))
    yield one("filled over the outline by 1 mm", YES, lambda p, b: p.blot(pens.around(b, 1, 1), 0))
    yield one("filled inside, clear of the outline", YES, lambda p, b: p.blot(pens.around(b, -1, -1), 30))
    yield one("half filled", YES, lambda p, b: p.blot(Rect(b.x, b.y, 3, 6), 30))
    yield one("ring about the square", ONLY_DOUBT | EMPTY, lambda p, b: p.ring(pens.around(b, 1.5, 1.5)))
    yield one("ring that cuts the corners of the square", ONLY_DOUBT, lambda p, b: p.ring(pens.around(b, 0.5, 0.5)))
    yield one("ring inside the square", YES, lambda p, b: p.ring(pens.around(b, -0.9, -0.9)))


def elsewhere() -> Iterator[Attack]:
    def at(dx: float, dy: float, size: float = 4.0) -> Draw:
        return lambda p, b: cross(p, middle(b)[0] + dx, middle(b)[1] + dy, size)

    for dx in (2.0, 3.0, 4.0, 6.0, 10.0):
        yield one(f"cross {dx} mm to the right of the square", YES if dx < 4 else ONLY_DOUBT, at(dx, 0))
    for dy in (-2.0, 2.0, 3.0, 4.5, 6.5):
        yield one(
            f"cross {dy:+} mm below the square", YES if abs(dy) < 3 else ONLY_DOUBT, at(0, dy), r1=EMPTY, r3=EMPTY
        )
    yield one("cross on the ruling between two rows", ONLY_DOUBT, at(0, 6.5, 6), r3=ONLY_DOUBT)
    yield one("cross over two rows", ONLY_DOUBT, at(0, 6.5, 16), r3=ONLY_DOUBT)
    yield one(
        "cross over both squares",
        ONLY_DOUBT | BOTH,
        lambda p, b: (p.pen([(b.x, b.y), (b.right + 32, b.bottom)]), p.pen([(b.x, b.bottom), (b.right + 32, b.y)])),
    )
    yield one(
        "one dash through both squares", ONLY_DOUBT, lambda p, b: p.pen([(b.x - 2, b.y + 3), (b.right + 34, b.y + 3)])
    )
    yield one("dash from edge to edge through both", ONLY_DOUBT, lambda p, b: p.lying_line(b.y + 3, grey=40))
    yield one(
        "tick whose tail ends in the other square",
        YES,
        lambda p, b: p.pen([(b.x + 1, b.y + 3), (b.x + 2.5, b.y + 5), (b.right + 29, b.y + 2)]),
    )
    yield one(
        "tick whose tail ends in the row above",
        YES,
        lambda p, b: p.pen([(b.x + 1, b.y + 3), (b.x + 2.5, b.y + 5), (b.x + 6, b.y - 9)]),
        r1=EMPTY,
    )
    yield one(
        "slash that starts in one row and ends in the next",
        ONLY_DOUBT,
        lambda p, b: p.pen([(b.right, b.y), (b.x, b.bottom + 10)]),
        r3=ONLY_DOUBT,
    )
    yield one(
        "name struck, square crossed",
        ONLY_DOUBT,
        lambda p, b: (cross(p, *middle(b), 4), p.pen([(35, b.y + 3), (70, b.y + 3)])),
    )
    yield one(
        "'không' written over the first square", ONLY_DOUBT | YES, lambda p, b: p.writing(b.x - 3, b.y + 0.5, 14, 4)
    )
    yield one(
        "number written beside the square",
        ONLY_DOUBT,
        lambda p, b: p.pen([(b.right + 4, b.y + 1), (b.right + 5, b.y), (b.right + 5, b.y + 5)]),
    )
    yield one(
        "arrow from one square to the other",
        ONLY_DOUBT,
        lambda p, b: (
            cross(p, *middle(b), 4),
            p.pen([(b.right + 2, b.y + 3), (b.right + 24, b.y + 3), (b.right + 22, b.y + 1.5)]),
        ),
    )
    yield one(
        "first blackened, second crossed", ONLY_DOUBT | BOTH, lambda p, _b: (p.fill(ROW, AGREE), p.cross(ROW, DISAGREE))
    )
    yield one(
        "first scribbled out, second crossed",
        ONLY_DOUBT | BOTH,
        lambda p, b: (
            p.pen([(b.x + 0.8 + 4.2 * (k % 2), b.y + 0.8 + 0.25 * k) for k in range(18)]),
            p.cross(ROW, DISAGREE),
        ),
    )
    yield one("both crossed", BOTH, lambda p, _b: (p.cross(ROW, AGREE), p.cross(ROW, DISAGREE)))
    yield many(
        "a line down the column of squares",
        dict.fromkeys(range(6), ONLY_DOUBT),
        lambda p: p.pen([(148, 105), (148, 185)]),
    )
    yield many(
        "an X over four rows of squares",
        dict.fromkeys(range(1, 5), ONLY_DOUBT),
        lambda p: (p.pen([(145, 124), (152, 168)]), p.pen([(152, 124), (145, 168)])),
    )


def no_marks() -> Iterator[Attack]:
    yield one("punched hole, black behind", ONLY_DOUBT | YES, lambda p, b: _disc(p, *middle(b), 5.5, 15))
    yield one(
        "punched hole, white behind, half on the square",
        ONLY_DOUBT | EMPTY,
        lambda p, b: _disc(p, b.right, b.y + 3, 5.5, 255),
    )
    yield one(
        "stamp over the squares",
        ONLY_DOUBT | EMPTY,
        lambda p, b: (
            p.ring(Rect(b.x - 15, b.y - 15, 36, 36), 1.0, 150),
            p.ring(Rect(b.x - 11, b.y - 11, 28, 28), 0.5, 150),
        ),
        r0=EMPTY,
        r1=EMPTY,
        r3=EMPTY,
    )
    yield one(
        "arc of a stamp through the square",
        ONLY_DOUBT,
        lambda p, b: p.ring(Rect(b.x + 2, b.y - 15, 36, 36), 1.0, 150),
        r1=ONLY_DOUBT | EMPTY,
        r3=ONLY_DOUBT | EMPTY,
    )
    yield one(
        "coffee ring through the square",
        ONLY_DOUBT,
        lambda p, b: p.ring(Rect(b.x + 2, b.y - 30, 66, 66), 2.0, 200),
        r1=EMPTY,
        r0=EMPTY,
        r3=EMPTY,
    )
    yield one(
        "hair across the square",
        ONLY_DOUBT | EMPTY,
        lambda p, b: p.pen([(b.x - 8, b.y + 5), (b.x + 1, b.y + 1), (b.x + 5, b.y + 4), (b.x + 12, b.y - 2)], 0.08, 90),
    )
    yield one("fold through the square", EMPTY, lambda p, b: p.lying_line(b.y + 3, grey=150))
    yield one("streak down through the square", EMPTY, lambda p, b: p.upright_line(b.x + 3, grey=110))
    yield one(
        "wet outline drawn inwards",
        ONLY_DOUBT | EMPTY,
        lambda p, b: pens.smeared(p, pens.around(b, 2, 1), 3.0, 0.5, 0.7),
    )
    yield one(
        "ruling drawn down by a wet finger",
        ONLY_DOUBT | EMPTY,
        lambda p, b: pens.smeared(p, Rect(b.x, b.y - 4, 6, 9), 0.0, 5.0, 0.7),
        r1=EMPTY | ONLY_DOUBT,
    )


def _disc(page: Page, x: float, y: float, size: float, grey: int) -> Page:
    k = page.dpi / 25.4
    cv2.circle(page.pixels, (round(x * k), round(y * k)), round(size / 2 * k), (grey,), -1, cv2.LINE_AA)
    return page


def erased() -> Iterator[Attack]:
    for grey, smear in ((120, 230), (140, 220), (150, 210), (170, 225), (200, 235)):
        yield one(
            f"cross rubbed out, remnants {grey}, smear {smear}",
            ONLY_DOUBT,
            lambda p, b, g=grey, s=smear: _rubbed(p, b, g, s),
        )
        yield one(
            f"cross rubbed out, remnants {grey}, other crossed",
            ONLY_DOUBT | NO,
            lambda p, b, g=grey, s=smear: (_rubbed(p, b, g, s), p.cross(ROW, DISAGREE)),
        )
    yield one(
        "cross covered with greyish fluid, other crossed",
        ONLY_DOUBT | NO,
        lambda p, b: (
            cross(p, *middle(b), 4),
            pens.patch(p, pens.around(b, -0.6, -0.6), 246, 255),
            p.cross(ROW, DISAGREE),
        ),
    )


def _rubbed(page: Page, box: Rect, remnant: int, smear: int) -> Page:
    x, y, px = box.x + box.w / 2, box.y + box.h / 2, page.dpi / 25.4
    layer = np.full_like(page.pixels, 255)
    cv2.ellipse(
        layer,
        (round((x + 0.2) * px), round((y - 0.4) * px)),
        (round(1.7 * px), round(1.2 * px)),
        -20,
        0,
        360,
        (smear,),
        -1,
    )
    np.minimum(page.pixels, cv2.GaussianBlur(layer, (0, 0), 0.3 * px), out=page.pixels)
    page.pen([(x - 1.6, y + 1.4), (x - 0.3, y + 0.2)], grey=remnant)
    return page.pen([(x + 0.2, y + 0.3), (x + 1.5, y + 1.5)], grey=remnant)


def covered() -> Iterator[Attack]:
    yield one(
        "fluid over the square and its outline",
        ONLY_DOUBT,
        lambda p, b: (cross(p, *middle(b), 4), pens.patch(p, pens.around(b, 0.5, 0.5), 255, 255)),
    )
    yield one(
        "fluid over half of the square",
        ONLY_DOUBT,
        lambda p, b: (cross(p, *middle(b), 4), pens.patch(p, Rect(b.x - 0.5, b.y - 0.5, 4, 7), 255, 255)),
    )
    yield one(
        "slip of paper over the squares",
        ONLY_DOUBT,
        lambda p, b: (cross(p, *middle(b), 4), pens.patch(p, Rect(b.x - 6, b.y - 1, 50, 8))),
    )
    yield one(
        "sticky note over three rows of squares",
        ONLY_DOUBT,
        lambda p, b: pens.patch(p, Rect(b.x - 6, b.y - 12, 50, 30), 230),
        r1=ONLY_DOUBT,
        r3=ONLY_DOUBT,
    )
    yield one(
        "torn away over the squares", ONLY_DOUBT, lambda p, b: pens.patch(p, Rect(b.x - 6, b.y - 1, 80, 8), 255, 255)
    )
    yield one(
        "squares torn away, black behind", ONLY_DOUBT, lambda p, b: pens.patch(p, Rect(b.x - 6, b.y - 1, 80, 8), 8, 255)
    )
    yield one(
        "fluid over the name",
        ONLY_DOUBT,
        lambda p, b: (cross(p, *middle(b), 4), pens.patch(p, Rect(34, b.y - 1, 60, 8), 255, 255)),
    )
    for dy, label in ((-13.0, "the row below"), (26.0, "an earlier row")):
        yield one(
            f"strip of another ballot with {label}, crossed, over this row",
            ONLY_DOUBT,
            lambda p, _b, d=dy: pens.strip(p, other_sheet(), _moved(p.target(ROW, AGREE).row, -d), 0, d),
        )
    for dx, dy in ((1.0, 0.5), (0.0, 2.0), (3.0, 0.0), (0.0, -2.5)):
        yield one(
            f"squares of another ballot over the crossed ones, {dx} {dy} mm off",
            ONLY_DOUBT | (YES if abs(dx) + abs(dy) < 2 else ONLY_DOUBT),
            lambda p, b, x=dx, y=dy: (
                p.cross(ROW, DISAGREE),
                pens.strip(p, other_sheet(), Rect(b.x - 5, b.y - 2, 50, 10), x, y),
            ),
        )
    yield many(
        "names of two people exchanged in the print",
        {1: ONLY_DOUBT, 3: ONLY_DOUBT},
        lambda p: (
            p.cross(1, AGREE),
            p.cross(3, DISAGREE),
            pens.swapped(p, Rect(34, p.square(1, AGREE).y - 1, 60, 8), Rect(34, p.square(3, AGREE).y - 1, 60, 8)),
        ),
    )
    yield many("all names one row lower, the last on top", dict.fromkeys(range(6), ONLY_DOUBT), _rotated_names)


def _moved(rect: Rect, dy: float) -> Rect:
    return Rect(rect.x, rect.y + dy + 0.3, rect.w, rect.h - 0.6)


def _rotated_names(page: Page) -> None:
    page.cross(1, AGREE)
    for row in range(5, 0, -1):
        pens.swapped(
            page, Rect(34, page.square(row, AGREE).y - 1, 60, 8), Rect(34, page.square(row - 1, AGREE).y - 1, 60, 8)
        )


@cache
def other_sheet() -> GrayImage:
    """Another voter's ballot of the same list: all agreed to."""
    page = agree_ballot().page()
    for row in range(6):
        page.cross(row, AGREE)
    return page.pixels


def ghosts() -> Iterator[Attack]:
    ink = other_sheet
    for strength in (0.1, 0.2, 0.35):
        yield many(
            f"crosses of the ballot beneath, seen at {strength}",
            {0: NO},
            lambda p, s=strength: (p.cross(0, DISAGREE), pens.ghost(p, ink(), s)),
        )
        yield many(
            f"crosses left by the ballot above, mirrored, {strength}",
            {0: YES},
            lambda p, s=strength: (p.cross(0, AGREE), pens.ghost(p, np.roll(ink()[:, ::-1], 980, 1), s, 0.15)),
        )
    yield many(
        "another ballot beneath, half a row off",
        dict.fromkeys(range(6), YES),
        lambda p: ([p.cross(k, AGREE) for k in range(6)], pens.ghost(p, np.roll(ink(), 51, 0), 0.3)),
    )
