"""Attacks on whole pages: scanners, forged and laid-together sheets, bent paper, codes of other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import cv2
import numpy as np

from daihoi.reading.terms import GrayImage
from daihoi.sheet.terms import Rect

from ..hand import AGREE, DISAGREE, Page, Scan, ballot, through_jpeg
from . import pens
from .names import UNDER, other_sheet
from .terms import BOTH, EMPTY, KEPT, NO, ONLY_DOUBT, PAPERS, STRUCK, YES, Attack, Words

SEEN: Mapping[int, Words] = {7: STRUCK}
"""What lies on top is the lower half of another ballot, which hangs together with its own lower marks."""
LOWER: Mapping[int, Words] = dict.fromkeys(range(5, 10), ONLY_DOUBT)
STRUCK_ROWS: Mapping[int, Words] = {1: STRUCK, 4: STRUCK, 7: STRUCK}
CROSSED: Mapping[int, Words] = {0: YES, 1: NO, 2: YES, 3: NO, 4: BOTH}
Change = Callable[[GrayImage], GrayImage]


def voted(page: Page) -> Page:
    """A page with clear marks."""
    if page.ballot is PAPERS["agree"]():
        for row, kind in ((0, AGREE), (1, DISAGREE), (2, AGREE), (3, DISAGREE), (4, AGREE), (4, DISAGREE)):
            page.cross(row, kind)
        return page
    return page.strike(1).strike(4, wave=0.5).strike(7, rise=1.0)


def on_both(name: str, change: Change, scan: Scan | None = None) -> Iterator[Attack]:
    """The same done to a scan of a voted ballot of each form."""
    for paper, right, rest in (("strike", STRUCK_ROWS, KEPT), ("agree", CROSSED, EMPTY)):
        yield Attack(f"{name} ({paper})", paper, lambda p: change(voted(p).scan(scan)), right, rest)


def on_paper(name: str, draw: Callable[[Page], object]) -> Iterator[Attack]:
    """The same done to the paper of a voted ballot of each form."""

    def make(page: Page) -> GrayImage:
        draw(voted(page))
        return page.scan()

    for paper, right, rest in (("strike", STRUCK_ROWS, KEPT), ("agree", CROSSED, EMPTY)):
        yield Attack(f"{name} ({paper})", paper, make, right, rest)


def attacks() -> Iterator[Attack]:
    """All attacks on pages."""
    yield from tones()
    yield from textures()
    yield from shapes()
    yield from lost_lines()
    yield from laid_together()
    yield from forged()
    yield from frames()


def _curve(change: Callable[[np.ndarray], np.ndarray]) -> Change:
    return lambda image: np.clip(change(image.astype(np.float32)), 0, 255).astype(np.uint8)


def tones() -> Iterator[Attack]:
    for gamma in (0.4, 0.5, 2.0, 3.0):
        yield from on_both(f"gamma {gamma}", _curve(lambda x, g=gamma: 255 * (x / 255) ** g))
    yield from on_both("inverted", lambda image: 255 - image)
    for black, white in ((100, 170), (0, 120), (180, 250), (120, 140)):
        yield from on_both(f"contrast {black} to {white}", _curve(lambda x, b=black, w=white: b + x * (w - b) / 255))
    for level in (60, 100, 180, 225, 240):
        yield from on_both(
            f"two tones split at {level}", lambda image, t=level: np.where(image < t, 0, 255).astype(np.uint8)
        )
    for steps in (3, 4, 6):
        yield from on_both(f"{steps} greys", _curve(lambda x, n=steps: np.round(x / 255 * (n - 1)) * 255 / (n - 1)))
    for share in (0.75, 0.5, 0.3):
        yield from on_both(
            f"right half darkened to {share}",
            _curve(lambda x, s=share: x * np.where(np.arange(x.shape[1]) > 0.42 * x.shape[1], s, 1.0)),
        )
        yield from on_both(
            f"lower half darkened to {share}",
            _curve(lambda x, s=share: x * np.where(np.arange(x.shape[0]) > 0.543 * x.shape[0], s, 1.0)[:, None]),
        )
    yield from on_both("light falls off to a fifth", _curve(lambda x: x * np.linspace(1, 0.2, x.shape[1])))


def textures() -> Iterator[Attack]:
    for quality in (30, 20, 10, 5):
        yield from on_both(f"JPEG of quality {quality}", lambda image, q=quality: through_jpeg(image, q))
    for amount in (1.0, 2.5, 5.0):
        yield from on_both(
            f"sharpened by {amount}, halos", _curve(lambda x, a=amount: x + a * (x - cv2.GaussianBlur(x, (0, 0), 2.0)))
        )
    for period, depth in ((3.0, 40), (5.3, 40), (9.0, 60), (17.0, 60)):
        yield from on_both(
            f"moire of {period} px",
            _curve(
                lambda x, p=period, d=depth: (
                    x
                    - d
                    / 2
                    * (1 + np.sin(np.add.outer(np.arange(x.shape[0]), 1.3 * np.arange(x.shape[1])) * 2 * np.pi / p))
                )
            ),
        )
    for period in (4, 6, 10):
        yield from on_both(f"halftone of {period} px", lambda image, p=period: _halftone(image, p))
    for share in (0.005, 0.02, 0.05):
        yield from on_both(f"salt and pepper on {share:.1%}", lambda image, s=share: _pepper(image, s))
    for sigma in (12.0, 25.0, 45.0):
        yield from on_both(
            f"noise of {sigma}", _curve(lambda x, s=sigma: x + s * np.random.default_rng(3).standard_normal(x.shape))
        )
    for sigma in (1.5, 2.5, 4.0):
        yield from on_both(f"out of focus by {sigma} px", lambda image, s=sigma: cv2.GaussianBlur(image, (0, 0), s))
    yield from on_both("moved while scanned", lambda image: cv2.blur(image, (9, 1)))
    yield from on_both(
        "twenty streaks down the page", _curve(lambda x: x * np.where(np.arange(x.shape[1]) % 83 < 2, 0.5, 1.0))
    )
    yield from on_both(
        "lines across the page every 4 mm",
        _curve(lambda x: x * np.where(np.arange(x.shape[0]) % 31 < 1, 0.6, 1.0)[:, None]),
    )
    yield from on_both(
        "lined paper", _curve(lambda x: x * np.where(np.arange(x.shape[0]) % 63 < 3, 0.75, 1.0)[:, None])
    )
    yield from on_both(
        "squared paper",
        _curve(
            lambda x: (
                x * np.where((np.arange(x.shape[0]) % 39 < 2)[:, None] | (np.arange(x.shape[1]) % 39 < 2), 0.7, 1.0)
            )
        ),
    )


def _halftone(image: GrayImage, period: int) -> GrayImage:
    grey = cv2.GaussianBlur(image, (0, 0), 0.8).astype(np.float32)
    y, x = np.mgrid[0 : image.shape[0], 0 : image.shape[1]].astype(np.float32)
    screen = 127 + 60 * (np.sin(2 * np.pi * x / period) + np.sin(2 * np.pi * y / period))
    return np.where(grey < screen, 0, 255).astype(np.uint8)


def _pepper(image: GrayImage, share: float) -> GrayImage:
    random = np.random.default_rng(4).random(image.shape)
    return np.where(random < share / 2, 0, np.where(random > 1 - share / 2, 255, image)).astype(np.uint8)


def _mapped(image: GrayImage, move: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]) -> GrayImage:
    y, x = np.mgrid[0 : image.shape[0], 0 : image.shape[1]].astype(np.float32)
    to_x, to_y = move(x, y)
    return cv2.remap(image, to_x.astype(np.float32), to_y.astype(np.float32), cv2.INTER_LINEAR, borderValue=(250,))


def shapes() -> Iterator[Attack]:
    for across, down in ((1.02, 1.0), (1.05, 1.0), (1.0, 0.96), (1.0, 0.5), (1.1, 1.1), (0.92, 0.92)):
        yield from on_both(
            f"pixels {across} x {down}",
            lambda image, a=across, d=down: cv2.resize(image, None, fx=a, fy=d, interpolation=cv2.INTER_AREA),
        )
    for dpi in (100, 130, 150, 300):
        yield from on_both(f"{dpi} dpi", lambda image: image, Scan(dpi=dpi))
    for k, label in ((1, "a quarter turn"), (2, "upside down"), (3, "three quarter turns")):
        yield from on_both(label, lambda image, n=k: np.ascontiguousarray(np.rot90(image, n)))
    yield from on_both("mirrored", lambda image: np.ascontiguousarray(image[:, ::-1]))
    yield from on_both("mirrored top to bottom", lambda image: np.ascontiguousarray(image[::-1]))
    for mm in (1.0, 2.0, 4.0, 8.0):
        px = mm * 200 / 25.4
        yield from on_both(
            f"lower edge bent by {mm} mm",
            lambda image, p=px: _mapped(
                image, lambda x, y: (x, y + p * np.clip((y / image.shape[0] - 0.55) / 0.45, 0, 1) ** 2)
            ),
        )
        yield from on_both(
            f"right edge bent by {mm} mm",
            lambda image, p=px: _mapped(
                image, lambda x, y: (x + p * np.clip((x / image.shape[1] - 0.5) / 0.5, 0, 1) ** 2, y)
            ),
        )
        yield from on_both(
            f"page waves by {mm / 4} mm",
            lambda image, p=px / 4: _mapped(image, lambda x, y: (x, y + p * np.sin(x / 130 + y / 400))),
        )
        yield from on_both(
            f"feeder stalls and leaps by {mm / 4} mm",
            lambda image, p=px / 4: _mapped(image, lambda x, y: (x, y + p * np.sin(y / 60))),
        )
    for degrees in (4.0, 7.5, 12.0):
        yield from on_both(f"skewed by {degrees} degrees", lambda image: image, Scan(skew=degrees, size=0.9))
    for slant in (0.01, 0.03, 0.08):
        yield from on_both(
            f"sheared by {slant}", lambda image, s=slant: _mapped(image, lambda x, y: (x + s * (y - 1170), y))
        )


def lost_lines() -> Iterator[Attack]:
    def without(at: int, count: int) -> Change:
        return lambda image: np.vstack(
            [image[:at], image[at + count :], np.full((count, image.shape[1]), 245, np.uint8)]
        )

    def twice(at: int, count: int) -> Change:
        return lambda image: np.vstack([image[: at + count], image[at:-count]])

    for count in (1, 2, 4, 8, 16, 40):
        yield from on_both(f"{count} lines of pixels lost among the rows", without(1090, count))
        yield from on_both(f"{count} lines of pixels twice among the rows", twice(1090, count))
    for count in (2, 5, 12, 30):
        yield from on_both(
            f"{count} columns lost",
            lambda image, n=count: np.hstack(
                [image[:, :620], image[:, 620 + n :], np.full((image.shape[0], n), 245, np.uint8)]
            ),
        )
    yield from on_both(
        "lines lost all over, 60 of them", lambda image: np.delete(image, np.arange(300, 2100, 30), axis=0)
    )
    for px in (1, 2, 4):
        yield from on_both(
            f"every other line moved by {px} px",
            lambda image, p=px: np.where((np.arange(image.shape[0]) % 2 > 0)[:, None], np.roll(image, p, 1), image),
        )
        yield from on_both(f"every line moved by up to {px} px", lambda image, p=px: _jitter(image, p))
    for height in (60, 104, 140):
        yield from on_both(f"a crease hides {height} px of the rows", without(1000, height))
    yield from on_both(
        "a row pitch lost and its height put in below",
        lambda image: np.vstack(
            [image[:1000], image[1102:1700], np.full((102, image.shape[1]), 245, np.uint8), image[1700:]]
        ),
    )


def _jitter(image: GrayImage, most: int) -> GrayImage:
    moves = np.random.default_rng(6).integers(-most, most + 1, image.shape[0])
    return np.stack([np.roll(line, move) for line, move in zip(image, moves.tolist(), strict=True)])


def laid_together() -> Iterator[Attack]:
    yield from on_both("two ballots side by side, as on A3", lambda image: np.hstack([image, image]))
    yield from on_both(
        "a ballot and its clean twin side by side", lambda image: np.hstack([image, np.full_like(image, 245)])
    )
    yield from on_both("two ballots one above the other", lambda image: np.vstack([image, image]))
    for part in (0.35, 0.5, 0.7):
        yield Attack(
            f"upper {part} of another ballot laid over this one",
            "strike",
            lambda p, s=part: _over(voted(p), s, 0),
            {1: STRUCK, 4: STRUCK, 7: STRUCK},
            KEPT,
        )
    for mm in (3.0, 6.0, 11.0, 22.0):
        yield Attack(
            f"another ballot {mm} mm lower, its lower half over this one",
            "strike",
            lambda p, m=mm: _over(p, 0.5, m),
            SEEN if mm < 10 else LOWER,
            KEPT,
        )
    for rows in (1, 2):
        yield Attack(
            f"a strip of five rows from another ballot, {rows} rows lower",
            "strike",
            lambda p, n=rows: _strip_of_rows(p, n),
            dict.fromkeys(range(2 + rows, 7 + rows), ONLY_DOUBT),
            KEPT,
            known=UNDER * (rows == 2),
        )


def _over(page: Page, part: float, mm: float) -> GrayImage:
    image, other = page.pixels, other_sheet((1, 4, 7))
    cut, down = round(part * image.shape[0]), round(mm * page.dpi / 25.4)
    if mm:
        image[cut:] = np.roll(other, down, 0)[cut:]
    else:
        image[:cut] = other[:cut]
    image[cut : cut + 2] = 200
    return page.scan()


def _strip_of_rows(page: Page, rows: int) -> GrayImage:
    first, k = page.target(2).row, page.dpi / 25.4
    top, bottom = round(first.y * k), round((first.y + 5 * first.h) * k)
    down = round(rows * first.h * k)
    page.pixels[top + down : bottom + down] = other_sheet((3, 5))[top:bottom]
    return page.scan()


def forged() -> Iterator[Attack]:
    def codes_of(source: Page, page: Page, which: tuple[int, ...]) -> None:
        own = page.ballot.prepared.plan.pages[page.number - 1].codes
        theirs = source.ballot.prepared.plan.pages[source.number - 1].codes
        for k in which:
            area, taken = pens.area(page, own[k].rect), pens.area(page, theirs[k].rect)
            cut = source.pixels[taken]
            page.pixels[area][: cut.shape[0], : cut.shape[1]] = cut[
                : area[0].stop - area[0].start, : area[1].stop - area[1].start
            ]

    def other_page(page: Page, which: tuple[int, ...]) -> GrayImage:
        codes_of(ballot(70).page(2), page.strike(3), which)
        return page.scan()

    def other_contest(page: Page, which: tuple[int, ...]) -> GrayImage:
        codes_of(ballot(10, contest="ubkt").page(), voted(page), which)
        return page.scan()

    for which, label in (((0, 1), "both codes"), ((0,), "the upper code"), ((1,), "the lower code")):
        yield Attack(
            f"{label} of page 2 on page 1",
            "long",
            lambda p, w=which: other_page(p, w),
            {},
            KEPT if len(which) == 1 else ONLY_DOUBT,
            1 if len(which) == 1 else 2,
        )
        yield Attack(f"{label} of another contest", "strike", lambda p, w=which: other_contest(p, w), STRUCK_ROWS, KEPT)
    yield Attack(
        "a ballot of another list, same number of names",
        "strike",
        lambda _p: ballot(10, seats=3, contest="ubkt").page().strike(2).scan(),
        dict.fromkeys(range(10), ONLY_DOUBT),
    )
    yield Attack(
        "a copy made without the secret",
        "strike",
        lambda _p: ballot(10, secret=b"\x09" * 32).page().strike(2).scan(),
        dict.fromkeys(range(10), ONLY_DOUBT),
    )
    yield Attack(
        "list printed one row lower under its own frame",
        "strike",
        lambda p: _shifted_list(p, 11.0),
        dict.fromkeys(range(10), ONLY_DOUBT),
    )
    for mm in (0.5, 1.0, 2.0, 4.0, 5.5):
        yield Attack(
            f"list printed {mm} mm lower under its own frame",
            "strike",
            lambda p, m=mm: _shifted_list(p.strike(2), m),
            {2: STRUCK},
            KEPT,
        )
    yield Attack(
        "column heads exchanged",
        "agree",
        _heads_exchanged,
        {0: ONLY_DOUBT, 1: ONLY_DOUBT},
        EMPTY,
        known="print outside of the rows is held against nothing",
    )


def _shifted_list(page: Page, mm: float) -> GrayImage:
    k = page.dpi / 25.4
    top, bottom = round(100 * k), round(225 * k)
    down = round(mm * k)
    part = page.pixels[top:bottom].copy()
    page.pixels[top : bottom + down] = 255
    page.pixels[top + down : bottom + down] = part
    return page.scan()


def _heads_exchanged(page: Page) -> GrayImage:
    pens.swapped(page, Rect(138, 96.5, 20, 9.5), Rect(170, 96.5, 20, 9.5))
    return page.cross(0, AGREE).cross(1, AGREE).scan()


def frames() -> Iterator[Attack]:
    def corner(page: Page, k: int) -> Rect:
        return page.ballot.prepared.plan.pages[0].corners[k]

    for k in range(4):
        yield from on_paper(
            f"corner mark {k + 1} covered", lambda p, n=k: pens.patch(p, pens.around(corner(p, n), 1, 1), 255, 255)
        )
        yield from on_paper(
            f"corner mark {k + 1} drawn 5 mm inwards",
            lambda p, n=k: (
                pens.patch(p, pens.around(corner(p, n), 1, 1), 255, 255),
                p.blot(Rect(corner(p, n).x + (5 if n in (0, 2) else -5), corner(p, n).y, 6, 6), 0),
            ),
        )
        yield from on_paper(
            f"a second mark beside corner {k + 1}",
            lambda p, n=k: p.blot(Rect(corner(p, n).x, corner(p, n).y + (8 if n < 2 else -8), 6, 6), 0),
        )
    yield from on_paper(
        "all corner marks one row lower",
        lambda p: [
            (pens.patch(p, corner(p, n), 255, 255), p.blot(Rect(corner(p, n).x, corner(p, n).y + 11, 6, 6), 0))
            for n in range(4)
        ],
    )
    yield from on_paper(
        "two corners covered", lambda p: [pens.patch(p, pens.around(corner(p, n), 1, 1), 255, 255) for n in (0, 3)]
    )
    yield from on_paper(
        "black squares strewn over the page",
        lambda p: [p.blot(Rect(x, y, 6, 6), 0) for x, y in ((30, 60), (120, 70), (60, 240), (150, 250), (100, 262))],
    )
    for mm in (4, 12, 30):
        yield from on_paper(
            f"torn at the lower right, {mm} mm", lambda p, m=mm: pens.patch(p, Rect(210 - m, 297 - m, m, m), 20, 255)
        )
    yield from on_paper("upper code covered", lambda p: pens.patch(p, Rect(170, 9, 18, 18), 255, 255))
    yield from on_paper(
        "both codes covered",
        lambda p: (pens.patch(p, Rect(170, 9, 18, 18), 255, 255), pens.patch(p, Rect(21, 270, 18.5, 18), 255, 255)),
    )
    yield from on_both(
        "black border of 10 mm",
        lambda image: cv2.copyMakeBorder(image, 80, 80, 80, 80, cv2.BORDER_CONSTANT, value=(15,)),
    )
    yield from on_both("cropped by 8 mm on the left", lambda image: np.ascontiguousarray(image[:, 63:]))
    yield from on_both("cropped by 20 mm below", lambda image: np.ascontiguousarray(image[:-157]))
