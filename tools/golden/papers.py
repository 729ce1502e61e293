"""What befalls a golden sheet of paper: folds, stamps, coffee, tears, weak toner, a copy of a copy.

Every function changes the paper of a leaf (300 dpi) in place and gives the leaf back. mm from the top left.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from golden.leaf import PX, Leaf, Pen, Pixels

HIGH, WIDE = 297.0, 210.0
RED_STAMP, VIOLET_STAMP = (0.90, 0.25, 0.28), (0.52, 0.30, 0.68)
COFFEE = (0.78, 0.62, 0.42)


def darken(leaf: Leaf, amount: npt.NDArray[np.float32], light: tuple[float, float, float]) -> Leaf:
    """Lay a tone over the whole page, `amount` 0 to 1 at each pixel."""
    for channel, share in enumerate(light):
        part = leaf.paper[:, :, channel]
        part[:] = np.rint(part * (1 - amount * (1 - share))).astype(np.uint8)
    return leaf


def _page(leaf: Leaf) -> npt.NDArray[np.float32]:
    return np.zeros(leaf.paper.shape[:2], np.float32)


def fold(leaf: Leaf, start: tuple[float, float], end: tuple[float, float], depth: float = 0.35) -> Leaf:
    """A crease from edge to edge: a soft shadow, and toner flaked off along its middle."""
    shadow, flake = _page(leaf), _page(leaf)
    a, b = ((round(x * PX), round(y * PX)) for x, y in (start, end))
    cv2.line(shadow, a, b, (1.0,), round(0.6 * PX), cv2.LINE_AA)
    cv2.line(flake, a, b, (1.0,), round(0.2 * PX))
    darken(leaf, np.asarray(cv2.GaussianBlur(shadow, (0, 0), 0.22 * PX), np.float32) * depth, (0.3, 0.3, 0.3))
    crumbs = cv2.GaussianBlur(leaf.rng.normal(size=flake.shape).astype(np.float32), (0, 0), 2) > 0.04
    leaf.paper[(flake > 0) & crumbs] = 235
    return leaf


def lying(leaf: Leaf, y: float, lean: float = 0.6, depth: float = 0.35) -> Leaf:
    """A fold from the left edge to the right edge."""
    return fold(leaf, (-2, y), (WIDE + 2, y + lean), depth)


def upright(leaf: Leaf, x: float, lean: float = 0.6, depth: float = 0.35) -> Leaf:
    """A fold from the top to the bottom edge."""
    return fold(leaf, (x, -2), (x + lean, HIGH + 2), depth)


def stamp(leaf: Leaf, x: float, y: float, light: tuple[float, float, float] = RED_STAMP, across: float = 37.0) -> Leaf:
    """The committee's round stamp about (x, y): two rings, a star, letters about the rim, unevenly inked."""
    rubber: Pixels = np.zeros(leaf.paper.shape[:2], np.uint8)
    at, r = (round(x * PX), round(y * PX)), across / 2 * PX
    for share, thick in ((1.0, 0.7), (0.94, 0.25), (0.62, 0.35)):
        cv2.circle(rubber, at, round(r * share), (255,), max(1, round(thick * PX)), cv2.LINE_AA)
    star = [
        (at[0] + q * float(np.sin(k * np.pi / 5)), at[1] - q * float(np.cos(k * np.pi / 5)))
        for k, q in enumerate([0.22 * r, 0.09 * r] * 5)
    ]
    cv2.fillPoly(rubber, [np.rint(star).astype(np.int32)], (255,), cv2.LINE_AA)
    for k, letter in enumerate("DAI HOI DANG BO XA * BAN TO CHUC * "):
        turn = 2 * np.pi * k / 35
        foot = (int(at[0] + 0.78 * r * np.sin(turn) - 14), int(at[1] - 0.78 * r * np.cos(turn) + 14))
        cv2.putText(rubber, letter, foot, cv2.FONT_HERSHEY_SIMPLEX, 1.2, (255,), 4, cv2.LINE_AA)
    for k, text in enumerate(("MAU THU", "KHONG GIA TRI")):
        foot = (int(at[0] - 0.45 * r), int(at[1] + (0.3 + 0.18 * k) * r))
        cv2.putText(rubber, text, foot, cv2.FONT_HERSHEY_SIMPLEX, 0.75, (255,), 3, cv2.LINE_AA)
    wet = cv2.resize(leaf.rng.uniform(0.45, 1.0, (30, 22)).astype(np.float32), rubber.shape[::-1])
    return darken(leaf, rubber.astype(np.float32) / 255 * np.asarray(wet, np.float32), light)


def coffee(leaf: Leaf, x: float, y: float, radius: float = 36.0) -> Leaf:
    """The ring of a cup and a drop beside it."""
    stain = _page(leaf)
    at = (round(x * PX), round(y * PX))
    cv2.circle(stain, at, round(radius * PX), (0.22,), -1)
    cv2.circle(stain, at, round(radius * PX), (0.85,), round(1.6 * PX))
    cv2.circle(stain, (at[0] + round(52 * PX), at[1] + round(20 * PX)), round(4 * PX), (0.7,), -1)
    return darken(leaf, np.asarray(cv2.GaussianBlur(stain, (0, 0), 0.5 * PX), np.float32), COFFEE)


def cut(leaf: Leaf, outline: list[tuple[float, float]], shade: int = 40) -> Leaf:
    """Paper is gone within an outline; the lid of the scanner shows."""
    ragged = [(round((x + float(leaf.rng.normal(0, 0.3))) * PX), round(y * PX)) for x, y in outline]
    cv2.fillPoly(leaf.paper, [np.array(ragged, np.int32)], (shade,) * 3)
    return leaf


def torn(leaf: Leaf, right: bool, lower: bool, along: float, down: float, shade: int = 40) -> Leaf:
    """A corner torn off along a ragged line."""
    share = np.linspace(0, 1, 16)
    edge = [(along * (1 - float(s)), down * float(s) + float(leaf.rng.normal(0, 0.8))) for s in share]
    outline = [(-4.0, -4.0), (along, -4.0), *edge, (-4.0, down)]
    return cut(leaf, [(WIDE - x if right else x, HIGH - y if lower else y) for x, y in outline], shade)


def dog_ear(leaf: Leaf, right: bool, lower: bool, size: float) -> Leaf:
    """A corner folded over: the lid shows where it was, and the blank back of the paper lies over the print."""
    for points, shade in (([(0, 0), (size, 0), (0, size)], 45), ([(size, 0), (0, size), (size, size)], 226)):
        turned = [(WIDE - x if right else float(x), HIGH - y if lower else float(y)) for x, y in points]
        cut(leaf, turned, shade)
    a, b = (
        (WIDE - size if right else size, HIGH if lower else 0.0),
        (WIDE if right else 0.0, HIGH - size if lower else size),
    )
    cv2.line(leaf.paper, *(((round(x * PX), round(y * PX))) for x, y in (a, b)), (150, 150, 150), 4, cv2.LINE_AA)
    return leaf


def punched(leaf: Leaf, x: float = 12.0, shade: int = 30) -> Leaf:
    """Two holes of 6 mm, 80 mm apart, as a binder wants them."""
    for y in (HIGH / 2 - 40, HIGH / 2 + 40):
        cv2.circle(leaf.paper, (round(x * PX), round(y * PX)), round(3 * PX), (shade,) * 3, -1, cv2.LINE_AA)
        cv2.circle(leaf.paper, (round(x * PX), round(y * PX)), round(3.1 * PX), (150,) * 3, 2, cv2.LINE_AA)
    return leaf


def stapled(leaf: Leaf, x: float, y: float) -> Leaf:
    """The shadow of a staple of 11 mm that was pulled out: a dent, two holes, rust."""
    leaf.using(Pen(0.5, (0.55, 0.48, 0.45), 0.2, soft=0.12)).line([(x, y), (x + 9, y - 6)], steady=True)
    leaf.using(Pen(0.9, (0.2, 0.17, 0.15)))
    return leaf.dot(x, y, 0.9).dot(x + 9, y - 6, 0.9)


def weak_toner(leaf: Leaf, least: float = 0.35) -> Leaf:
    """Print fades in bands along the page; before the pen comes."""
    height, width = leaf.paper.shape[:2]
    bands = np.clip(0.72 + 0.36 * np.sin(np.linspace(0, 14, width)), least, 1)[None, :]
    blots = cv2.resize(leaf.rng.uniform(0.75, 1.0, (40, 30)).astype(np.float32), (width, height))
    leaf.paper[:] = np.rint(255 - (255 - leaf.paper.astype(np.float32)) * (bands * blots)[:, :, None]).astype(np.uint8)
    return leaf


def copied(leaf: Leaf, level: int = 150, dirt: int = 120) -> Leaf:
    """A ballot from a photocopier: only black and white, letters a little fatter, black dirt, a grey edge."""
    grey = cv2.GaussianBlur(leaf.paper[:, :, 0], (0, 0), 1.6)
    rough = grey.astype(np.float32) + 14 * cv2.GaussianBlur(
        leaf.rng.normal(size=grey.shape).astype(np.float32), (0, 0), 1
    )
    black = np.where(rough < level, 25, 255).astype(np.uint8)
    for _ in range(dirt):
        at = (int(leaf.rng.uniform(0, grey.shape[1])), int(leaf.rng.uniform(0, grey.shape[0])))
        cv2.circle(black, at, int(leaf.rng.integers(1, 3)), (60,), -1)
    black[:, : round(2.5 * PX)] = np.minimum(black[:, : round(2.5 * PX)], 120)
    leaf.paper[:] = black[:, :, None]
    return leaf


def tinted(leaf: Leaf, light: tuple[float, float, float]) -> Leaf:
    """Coloured paper."""
    return darken(leaf, _page(leaf) + 1, light)


def grey_paper(leaf: Leaf, depth: float = 0.25, least: float = 0.7) -> Leaf:
    """Cheap recycled paper: grey, with fibres, and cloudy where `least` (of 1) is low."""
    shape = leaf.paper.shape[:2]
    clouds = cv2.resize(
        leaf.rng.uniform(least, 1.0, (60, 42)).astype(np.float32), shape[::-1], interpolation=cv2.INTER_CUBIC
    )
    darken(leaf, np.asarray(clouds, np.float32) * depth, (0.1, 0.1, 0.1))
    fibres = _page(leaf)
    for _ in range(500):
        x, y, turn = leaf.rng.uniform(0, shape[1]), leaf.rng.uniform(0, shape[0]), leaf.rng.uniform(0, np.pi)
        end = (int(x + 9 * np.cos(turn)), int(y + 9 * np.sin(turn)))
        cv2.line(fibres, (int(x), int(y)), end, (0.35,), 1, cv2.LINE_AA)
    return darken(leaf, fibres, (0.4, 0.4, 0.4))


def soaked(leaf: Leaf, back: Pixels, share: float) -> Leaf:
    """What was drawn on the other side comes through, mirrored and a little wider; `back` as it looks from there."""
    through = cv2.GaussianBlur(cv2.flip(back, 1), (0, 0), 0.12 * PX)
    lit = 255 - (255 - through.astype(np.float32)) * share
    leaf.paper[:] = np.rint(leaf.paper.astype(np.float32) * lit / 255).astype(np.uint8)
    return leaf


def streak(leaf: Leaf, x: float, width: float = 0.25, level: float = 0.6, light: bool = False) -> Leaf:
    """A line of dirt (or a dead pixel, light) along the feed, over everything."""
    part = leaf.paper[:, round(x * PX) : round((x + width) * PX)]
    seen = part + (255.0 - part) * level if light else part * (1 - level)
    part[:] = np.rint(seen).astype(np.uint8)
    return leaf


def dusty(leaf: Leaf, count: int = 160) -> Leaf:
    """Specks of 0.15 to 0.4 mm all over the page."""
    for _ in range(count):
        at = (int(leaf.rng.uniform(0, WIDE) * PX * 16), int(leaf.rng.uniform(0, HIGH) * PX * 16))
        cv2.circle(leaf.paper, at, int(leaf.rng.uniform(0.08, 0.2) * PX * 16), (70,) * 3, -1, cv2.LINE_AA, 4)
    return leaf
