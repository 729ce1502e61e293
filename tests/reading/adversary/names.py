"""Attacks on names: strikes that hide, print that looks struck, names that are not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

import numpy as np

from daihoi.reading.terms import GrayImage
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import Rect

from ..hand import Page, Scan, ballot, strike_ballot
from . import pens
from .terms import KEPT, ONLY_DOUBT, STRUCK, Attack, Words

ROW = 3
BROAD = "a dark broad band is a felt pen to a scanner without colour"
WHITE = "a white line up to 1.2 mm wide leaves most of each letter"
UNDER = "letters under a strike are all that tells whose name it is"
EITHER: Words = frozenset({Mark.KEPT, Mark.STRUCK})
Draw = Callable[[Page, Rect], object]


def one(name: str, right: Words, draw: Draw, scan: Scan | None = None, *, known: str = "", **more: Words) -> Attack:
    """An attack on the fourth name alone."""

    def make(page: Page) -> GrayImage:
        draw(page, pens.name_of(page, ROW))
        return page.scan(scan)

    return Attack(name, "strike", make, {ROW: right, **{int(k[1:]): words for k, words in more.items()}}, known=known)


def many(name: str, right: Mapping[int, Words], draw: Callable[[Page], object], *, known: str = "") -> Attack:
    """An attack on several names."""

    def make(page: Page) -> GrayImage:
        draw(page)
        return page.scan()

    return Attack(name, "strike", make, right, known=known)


@cache
def other_sheet(rows: tuple[int, ...] = (1, 4, 7)) -> GrayImage:
    """Another voter's ballot of the same list, struck."""
    page = strike_ballot().page()
    for row in rows:
        page.strike(row)
    return page.pixels


def attacks() -> Iterator[Attack]:
    """All attacks on the strike form."""
    yield from lines()
    yield from pieces()
    yield from rings()
    yield from pale()
    yield from covered()
    yield from print_faults()
    yield from other_rows()
    yield from ghosts()


def along(page: Page, box: Rect, at: float, over: float = 1.5, width: float = 0.45, grey: int = 40) -> Page:
    """A level line at a share of the height of a name's box."""
    y = box.y + at * box.h
    return page.pen([(box.x - over, y), (box.right + over, y)], width, grey)


def lines() -> Iterator[Attack]:
    for dy in (-0.3, 0.0, 0.3):
        yield one(
            f"strike exactly on the row ruling, {dy:+.1f} mm",
            KEPT,
            lambda p, b, dy=dy: p.pen([(b.x - 3, b.y - 2.47 + dy), (b.right + 3, b.y - 2.47 + dy)]),
        )
    for at in (0.70, 0.74, 0.78):
        yield one(f"strike along the feet of the letters, {at}", EITHER, lambda p, b, at=at: along(p, b, at))
    for at in (0.9, 1.0, 1.1):
        yield one(f"line close under the name, {at}", KEPT, lambda p, b, at=at: along(p, b, at))
    for at in (0.0, 0.1, 0.2):
        yield one(f"line along the accents, {at}", EITHER if at else KEPT, lambda p, b, at=at: along(p, b, at))
    for at in (0.35, 0.45, 0.65):
        yield one(f"strike at {at} of the height", STRUCK, lambda p, b, at=at: along(p, b, at))
    for width in (0.12, 0.2, 1.5, 3.0, 5.0):
        yield one(f"strike {width} mm wide", STRUCK, lambda p, b, w=width: along(p, b, 0.58, width=w))
    yield one("name blackened as by a printer", STRUCK, lambda p, b: p.blot(pens.around(b, 0.5, 0.2), 0))
    yield one("row blackened from margin to margin", STRUCK, lambda p, b: p.blot(Rect(0, b.y, 210, b.h), 0))
    yield one("ruler line from edge to edge of the paper", STRUCK, lambda p, b: p.lying_line(b.y + 0.58 * b.h))
    yield one(
        "ruler line from the left edge through", STRUCK, lambda p, b: p.pen([(-1, b.y + 3.5), (b.right + 9, b.y + 3.5)])
    )
    yield one("upright line through the middle", KEPT, lambda p, b: p.upright_line(b.x + b.w / 2, grey=40))
    yield one(
        "five upright lines down the page", KEPT, lambda p, b: [p.upright_line(b.x + 8 * k, grey=60) for k in range(5)]
    )
    yield one(
        "steep slash through the name", ONLY_DOUBT, lambda p, b: p.pen([(b.x + 18, b.bottom + 1), (b.x + 24, b.y - 1)])
    )
    yield one("one line from corner to corner", STRUCK, lambda p, b: p.pen([(b.x, b.bottom), (b.right, b.y)]))
    yield one(
        "an X over the whole name",
        STRUCK,
        lambda p, b: (p.pen([(b.x, b.bottom), (b.right, b.y)]), p.pen([(b.x, b.y), (b.right, b.bottom)])),
    )


def pieces() -> Iterator[Attack]:
    def words(page: Page) -> tuple[tuple[float, float], ...]:
        return page.target(ROW).words

    def on_spaces(page: Page, box: Rect) -> None:
        for (_, left), (right, _) in zip(words(page)[:-1], words(page)[1:], strict=True):
            page.pen([(left - 0.4, box.y + 3.4), (right + 0.4, box.y + 3.4)])

    def on_words(page: Page, box: Rect, inset: float) -> None:
        for left, right in words(page):
            page.pen([(left + inset, box.y + 3.4), (right - inset, box.y + 3.4)])

    def dotted(page: Page, box: Rect, dash: float, gap: float) -> None:
        for x in np.arange(box.x - 1, box.right + 1, dash + gap):
            page.pen([(float(x), box.y + 3.5), (float(x) + dash, box.y + 3.5)])

    def hatched(page: Page, box: Rect, step: float) -> None:
        for x in np.arange(box.x, box.right, step):
            page.pen([(float(x), box.bottom - 0.5), (float(x) + 2, box.y + 0.5)])

    def looped(page: Page, box: Rect) -> None:
        t = np.linspace(0, 1, 400)
        xs = box.x - 1 + t * (box.w + 2) + 1.2 * np.cos(t * 90)
        ys = box.y + 3.5 + 1.5 * np.sin(t * 90)
        page.pen(list(zip(xs.tolist(), ys.tolist(), strict=True)))

    yield one("dashes over the spaces only", ONLY_DOUBT | KEPT, on_spaces)
    yield one("dashes over every word, none over a space", STRUCK, lambda p, b: on_words(p, b, 0.2))
    yield one("dashes inside every word", STRUCK, lambda p, b: on_words(p, b, 1.2))
    for dash, gap in ((0.5, 0.7), (1.0, 1.0), (2.0, 2.0), (3.0, 4.0), (2.0, 6.0)):
        yield one(
            f"dashed line, {dash} mm on and {gap} off",
            STRUCK if gap < 5 else ONLY_DOUBT,
            lambda p, b, d=dash, g=gap: dotted(p, b, d, g),
        )
    for step in (1.5, 3.0, 6.0):
        yield one(
            f"hatched with slashes every {step} mm",
            STRUCK if step < 5 else ONLY_DOUBT,
            lambda p, b, s=step: hatched(p, b, s),
        )
    yield one("spiral through the name", STRUCK, looped)
    for end in (0.3, 0.5, 0.7, 0.8):
        yield one(f"strike over the first {end}", ONLY_DOUBT, lambda p, _b, e=end: p.strike(ROW, end=e))
        yield one(f"strike over the last {end}", ONLY_DOUBT, lambda p, _b, e=end: p.strike(ROW, start=1 - e))
    yield one(
        "first and last letter touched",
        ONLY_DOUBT | KEPT,
        lambda p, b: (
            p.pen([(b.x - 2, b.y + 3.4), (b.x + 2, b.y + 3.4)]),
            p.pen([(b.right - 2, b.y + 3.4), (b.right + 2, b.y + 3.4)]),
        ),
    )
    yield one(
        "number struck, name not", ONLY_DOUBT | KEPT, lambda p, b: p.pen([(b.x - 18, b.y + 3.4), (b.x - 7, b.y + 3.4)])
    )
    yield one(
        "line after the name to the margin", KEPT, lambda p, b: p.pen([(b.right + 0.8, b.y + 3.4), (185, b.y + 3.4)])
    )
    yield one(
        "three crosses along the name",
        ONLY_DOUBT | STRUCK,
        lambda p, b: [
            (p.pen([(b.x + s, b.y), (b.x + s + 6, b.bottom)]), p.pen([(b.x + s, b.bottom), (b.x + s + 6, b.y)]))
            for s in (2, 18, 34)
        ],
    )


def rings() -> Iterator[Attack]:
    yield one("ring close about the name", KEPT, lambda p, _b: p.circle(ROW, 0.3))
    yield one("ring through first and last letter", KEPT, lambda p, b: p.ring(pens.around(b, -1.5, 0.4)))
    yield one("flat ring through the letters", STRUCK, lambda p, b: p.ring(Rect(b.x - 2, b.y + 2, b.w + 4, 3)))
    yield one(
        "frame drawn about the name",
        KEPT,
        lambda p, b: p.pen(
            [
                (b.x - 1, b.y - 0.4),
                (b.right + 1, b.y - 0.4),
                (b.right + 1, b.bottom + 0.4),
                (b.x - 1, b.bottom + 0.4),
                (b.x - 1, b.y - 0.4),
            ]
        ),
    )
    yield one("two lines under the name", KEPT, lambda p, b: (along(p, b, 1.02), along(p, b, 1.15)))
    yield one("wave under the name", KEPT, lambda p, _b: p.strike(ROW, at=1.05, wave=0.4))
    yield one(
        "bracket before and tick behind",
        KEPT,
        lambda p, b: (
            p.pen([(b.x - 1, b.y), (b.x - 2, b.y + 3), (b.x - 1, b.bottom)]),
            p.pen([(b.right + 2, b.y + 3), (b.right + 4, b.bottom), (b.right + 9, b.y)]),
        ),
    )
    yield one("words written behind the name", KEPT, lambda p, b: p.writing(b.right + 6, b.y))
    yield one("signature across the name", ONLY_DOUBT | STRUCK, lambda p, b: p.writing(b.x, b.y, 42))


def pale() -> Iterator[Attack]:
    for grey in (120, 150, 170, 190, 205, 215, 225):
        yield one(f"ruler-straight pencil of grey {grey}", STRUCK, lambda p, b, g=grey: along(p, b, 0.58, grey=g))
        yield one(f"thin pencil of grey {grey}", STRUCK, lambda p, b, g=grey: along(p, b, 0.58, width=0.25, grey=g))
    for grey in (170, 190, 205):
        yield one(
            f"red drop-out leaves grey {grey}, wavy",
            STRUCK,
            lambda p, _b, g=grey: p.strike(ROW, wave=0.6, grey=g),
            Scan(jpeg=60),
        )
    for share in (0.97, 0.93, 0.88, 0.8, 0.7, 0.55, 0.4):
        words, dark = KEPT if share > 0.8 else ONLY_DOUBT, share < 0.6
        yield one(
            f"highlighter, light times {share}",
            words,
            lambda p, b, s=share: pens.tint(p, pens.around(b, 2, -0.3), s, 0.2),
            known=BROAD * dark,
        )
        yield one(
            f"narrow highlighter, light times {share}",
            words,
            lambda p, b, s=share: pens.tint(p, Rect(b.x - 2, b.y + 2.2, b.w + 4, 2.5), s, 0.15),
            known=BROAD * dark,
        )
    yield one(
        "half the letters inked over",
        ONLY_DOUBT | KEPT,
        lambda p, b: p.pen([(b.x + 1, b.y + 1), (b.x + 1, b.y + 5)], 0.6),
    )
    for grey in (235, 255):
        yield one(
            f"white pen through the letters, grey {grey}",
            ONLY_DOUBT,
            lambda p, b, g=grey: pens.lift(p, [(b.x - 2, b.y + 3.5), (b.right + 2, b.y + 3.5)], 0.8, g),
            known=WHITE * (grey > 250),
        )
    yield one(
        "strike erased, letters worn",
        ONLY_DOUBT,
        lambda p, b: (along(p, b, 0.58, width=0.6, grey=205), pens.tint(p, pens.around(b, 2, 0.5), 0.93, 0.6)),
    )


def covered() -> Iterator[Attack]:
    def without(right: float, left: float = 0.0) -> Draw:
        return lambda p, b: pens.patch(
            p, Rect(b.x - 0.5 + left * b.w, b.y - 0.3, (right - left) * b.w + 1, b.h + 0.6), shadow=255
        )

    yield one("correction fluid over the whole name", ONLY_DOUBT, without(1.0))
    yield one("correction fluid over the first half", ONLY_DOUBT, without(0.5))
    yield one("correction fluid over the last half", ONLY_DOUBT, without(1.0, 0.5))
    yield one("correction fluid over the last word", ONLY_DOUBT, without(1.0, 0.8))
    yield one("correction fluid over the first word", ONLY_DOUBT, without(0.3))
    yield one("correction fluid, greyish", ONLY_DOUBT, lambda p, b: pens.patch(p, pens.around(b, 1, 0.4), 240, 255))
    yield one("correction fluid and a strike on it", STRUCK, lambda p, b: (without(1.0)(p, b), along(p, b, 0.58)))
    yield one(
        "strike covered with fluid",
        ONLY_DOUBT,
        lambda p, b: (along(p, b, 0.58), pens.lift(p, [(b.x - 3, b.y + 3.5), (b.right + 3, b.y + 3.5)], 1.2, 255)),
        known=WHITE,
    )
    yield one(
        "whole row covered with fluid, ruling too",
        ONLY_DOUBT,
        lambda p, b: pens.patch(p, Rect(14, b.y - 3, 182, b.h + 6), shadow=255),
        r2=KEPT,
    )
    yield one(
        "slip of blank paper over the row", ONLY_DOUBT, lambda p, b: pens.patch(p, Rect(10, b.y - 1.5, 190, b.h + 3))
    )
    yield one(
        "slip over the struck row, a millimetre seen",
        ONLY_DOUBT,
        lambda p, b: (along(p, b, 0.58), pens.patch(p, Rect(b.x - 0.5, b.y - 1.5, b.w + 1, b.h + 3))),
    )
    yield one(
        "sticky note over three rows",
        ONLY_DOUBT,
        lambda p, b: pens.patch(p, Rect(b.x - 4, b.y - 13, 76, 33), 235, 190),
        r2=ONLY_DOUBT,
        r4=ONLY_DOUBT,
    )
    yield one(
        "sticky note, dark",
        ONLY_DOUBT,
        lambda p, b: pens.patch(p, Rect(b.x - 4, b.y - 13, 76, 33), 190, 140),
        r2=ONLY_DOUBT,
        r4=ONLY_DOUBT,
    )
    yield one(
        "torn away to the right of the number",
        ONLY_DOUBT,
        lambda p, b: pens.patch(p, Rect(b.x - 4, b.y - 1, 170, b.h + 2), 255, 255),
    )
    yield one(
        "torn away, black behind",
        ONLY_DOUBT,
        lambda p, b: pens.patch(p, Rect(b.x - 4, b.y - 1, 170, b.h + 2), 10, 255),
        known="black behind a tear is ink to a scanner",
    )


def print_faults() -> Iterator[Attack]:
    for dx, strength in ((3.0, 0.5), (6.0, 0.5), (6.0, 0.9), (12.0, 0.9), (25.0, 0.8)):
        yield one(
            f"wet toner drawn {dx} mm to the right, {strength}",
            ONLY_DOUBT | KEPT,
            lambda p, b, d=dx, s=strength: pens.smeared(p, pens.around(b, 8, 0.5), d, 0, s),
            known="smeared toner closes a name as a pale scribble does",
        )
    for dy in (2.0, 4.0):
        yield one(
            f"wet toner drawn {dy} mm down",
            ONLY_DOUBT | KEPT,
            lambda p, b, d=dy: pens.smeared(p, pens.around(b, 3, 2.0), 0, d, 0.8),
        )
    yield one("blurred by water", KEPT, lambda p, b: _blurred(p, pens.around(b, 2, 1), 0.5))
    yield one("blurred by water, much", KEPT, lambda p, b: _blurred(p, pens.around(b, 2, 1), 1.2))
    yield one(
        "toner cracked off along a fold",
        ONLY_DOUBT | KEPT,
        lambda p, b: pens.lift(p, [(0, b.y + 3.6), (210, b.y + 3.6)], 0.4),
    )
    yield one("fold with a shadow through the letters", KEPT, lambda p, b: p.lying_line(b.y + 3.5, grey=190, width=0.6))
    yield one("sharp dark fold through the letters", KEPT, lambda p, b: p.lying_line(b.y + 3.5, grey=120, width=0.4))
    yield one("tide mark of a drop", KEPT, lambda p, b: p.ring(Rect(b.x - 5, b.y - 9, 30, 24), 0.8, 190))
    yield one("print bold", KEPT, lambda p, b: _bold(p, pens.around(b, 1, 0.5), 3))
    yield one("print so bold that letters touch", KEPT, lambda p, b: _bold(p, pens.around(b, 1, 0.5), 6))
    yield one("printed low, pale", KEPT, lambda p, b: _paled(p, pens.around(b, 1, 0.5), 0.35))
    yield one("printed hardly at all", ONLY_DOUBT | KEPT, lambda p, b: _paled(p, pens.around(b, 1, 0.5), 0.12))
    yield one("shadow edge through the letters", KEPT, lambda p, b: pens.tint(p, Rect(0, b.y + 3.4, 210, 200), 0.7))
    yield one("shadow of a paper clip", KEPT, lambda p, b: p.ring(Rect(b.x - 20, b.y + 1, 30, 5), 0.8, 120))


def _blurred(page: Page, rect: Rect, sigma: float) -> None:
    import cv2

    at = pens.area(page, rect)
    page.pixels[at] = cv2.GaussianBlur(page.pixels[at], (0, 0), sigma * page.dpi / 25.4)


def _bold(page: Page, rect: Rect, px: int) -> None:
    import cv2

    at = pens.area(page, rect)
    page.pixels[at] = cv2.erode(page.pixels[at], np.ones((px, px), np.uint8))


def _paled(page: Page, rect: Rect, share: float) -> None:
    at = pens.area(page, rect)
    page.pixels[at] = (255 - (255 - page.pixels[at].astype(np.float32)) * share).astype(np.uint8)


def other_rows() -> Iterator[Attack]:
    def row_of(page: Page, row: int) -> Rect:
        return page.target(row).row

    for row, dy, label in ((4, -11.0, "the row below"), (7, -44.0, "a later row"), (1, 22.0, "an earlier row")):
        yield one(
            f"strip of another ballot with {label}, struck, over this row",
            ONLY_DOUBT,
            lambda p, _b, r=row, d=dy: pens.strip(p, other_sheet(), pens.around(row_of(p, r), 0, -0.3), 0, d),
        )
    for row, dy in ((4, -11.0), (2, 11.0)):
        yield one(
            f"strip of a clean ballot, row {row + 1}, over this row",
            ONLY_DOUBT,
            lambda p, _b, r=row, d=dy: pens.strip(p, other_sheet(()), pens.around(row_of(p, r), 0, -0.3), 0, d, 255),
        )
    for dx, dy in ((3.0, 0.0), (0.0, 2.5), (-4.0, 3.0), (0.5, 0.4), (0.0, 5.5)):
        yield one(
            f"strip with this row unstruck over the struck row, {dx} {dy} mm off",
            ONLY_DOUBT | (KEPT if abs(dx) + abs(dy) < 1 else ONLY_DOUBT),
            lambda p, _b, x=dx, y=dy: (
                p.strike(ROW, over=0.0),
                pens.strip(p, other_sheet(()), pens.around(row_of(p, ROW), -10, -0.3), x, y),
            ),
            r4=KEPT if dy < 5 else ONLY_DOUBT,
        )
    yield many(
        "two names exchanged in the print",
        {3: ONLY_DOUBT, 5: ONLY_DOUBT},
        lambda p: pens.swapped(p, pens.name_of(p, 3), pens.name_of(p, 5)),
    )
    yield many(
        "rows of two people exchanged, one struck",
        {3: ONLY_DOUBT, 5: ONLY_DOUBT},
        lambda p: (p.strike(3), pens.swapped(p, row_of(p, 3), row_of(p, 5))),
        known=UNDER,
    )

    def given_names(page: Page) -> None:
        a, b = page.target(3), page.target(5)
        first = Rect(a.words[-1][0], a.box.y, a.box.right - a.words[-1][0] + 1, a.box.h)
        pens.swapped(page, first, Rect(b.words[-1][0], b.box.y, first.w, first.h))

    yield many("only two given names exchanged", {3: ONLY_DOUBT, 5: ONLY_DOUBT}, given_names)
    yield many(
        "drooping strike ends on the next name",
        {3: STRUCK, 4: KEPT},
        lambda p: p.pen(
            [(54, pens.name_of(p, 3).y + 2.5), (101, pens.name_of(p, 3).y + 4), (104, pens.name_of(p, 4).y + 3)]
        ),
    )
    yield many(
        "one line through three names",
        {2: STRUCK, 3: STRUCK, 4: STRUCK},
        lambda p: p.pen([(54, pens.name_of(p, 2).y), (100, pens.name_of(p, 4).bottom)]),
    )
    yield many(
        "an X over three names",
        {2: STRUCK, 3: STRUCK, 4: STRUCK},
        lambda p: (
            p.pen([(54, pens.name_of(p, 2).y), (95, pens.name_of(p, 4).bottom)]),
            p.pen([(54, pens.name_of(p, 4).bottom), (95, pens.name_of(p, 2).y)]),
        ),
    )
    yield many(
        "an upright zigzag over four names",
        dict.fromkeys(range(2, 6), STRUCK),
        lambda p: p.pen([(58 + 30 * (k % 2), pens.name_of(p, 2).y + 2.2 * k) for k in range(18)]),
    )
    yield many(
        "two strikes joined at the right",
        {3: STRUCK, 4: STRUCK},
        lambda p: p.pen(
            [
                (53, pens.name_of(p, 3).y + 3.5),
                (104, pens.name_of(p, 3).y + 3.5),
                (104, pens.name_of(p, 4).y + 3.5),
                (53, pens.name_of(p, 4).y + 3.5),
            ]
        ),
    )
    yield many(
        "every name struck through in pencil",
        dict.fromkeys(range(10), STRUCK),
        lambda p: [along(p, pens.name_of(p, k), 0.58, grey=150) for k in range(10)],
    )
    yield many(
        "a signature over the last three names",
        dict.fromkeys((7, 8, 9), ONLY_DOUBT | STRUCK),
        lambda p: p.writing(50, pens.name_of(p, 7).y, 60, 26),
    )


def ghosts() -> Iterator[Attack]:
    struck = {2: STRUCK}
    for strength in (0.08, 0.15, 0.25, 0.35, 0.5):
        yield many(
            f"another ballot beneath, seen at {strength}",
            struck,
            lambda p, s=strength: (p.strike(2), pens.ghost(p, np.roll(other_sheet(), (23, 31), (0, 1)), s)),
        )
    for strength in (0.15, 0.3, 0.5, 0.8):
        yield many(
            f"ink of the ballot stacked upon it, mirrored, {strength}",
            struck,
            lambda p, s=strength: (p.strike(2), pens.ghost(p, _ink((1, 4, 7))[:, ::-1], s, 0.15)),
        )
    for strength in (0.1, 0.2):
        yield many(
            f"ink of a strike soaked through, on a name, {strength}",
            struck,
            lambda p, s=strength: (p.strike(2), pens.ghost(p, _ink((5,)), s, 0.4)),
        )
    yield many(
        "print of the back shows through",
        struck,
        lambda p: (p.strike(2), pens.ghost(p, ballot(70).page(2).pixels[:, ::-1], 0.3)),
    )


def _ink(rows: tuple[int, ...]) -> GrayImage:
    """The ink of another sheet without its print."""
    clean, struck = strike_ballot().page().pixels, other_sheet(rows)
    return np.where(struck < clean, struck, 255).astype(np.uint8)
