"""What is printed on a blank page: rulings, outlines of boxes and ovals, words and lines of text. No name is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.learning.terms import PX_PER_MM
from daihoi.reading.terms import GrayImage

INK = 150
"""Grey below which a pixel is print."""
HAIRLINE, HAIRLINE_MM = 225, 0.8
"""Grey below which a pixel may be of a grey hairline, which is thinner than this."""
RULING_MM = 12.0
"""Print that runs straight for this long is a ruling; no letter and no box does."""
DASH_MM, THICK_MM = 0.9, 1.3
"""Gaps in a thin ruling that a 1-bit scan leaves; print that is thicker than this is none."""
MOST_PIECES = 8000
"""More pieces than this are noise or a photograph: a page of small print has three thousand."""
LETTER_MM = 1.25
"""Height from which a piece is a letter and no tone mark or dot."""
BOX_MM = (2.4, 9.5)
"""Shortest and longest side of a box or an oval."""
WORD_GAP, WORD_GAP_MM = 0.2, 0.8
"""Paper between two words: a share of the height of the line (a space is a quarter of the type size), and at least."""


@dataclass(frozen=True)
class Piece:
    """A rectangle of print, px of the canvas; `area` pixels of ink."""

    x: int
    y: int
    w: int
    h: int
    area: int = 0

    @property
    def right(self) -> int:
        """Right edge, px, exclusive."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """Lower edge, px, exclusive."""
        return self.y + self.h

    @property
    def middle(self) -> tuple[float, float]:
        """Centre, px."""
        return self.x + self.w / 2, self.y + self.h / 2

    @property
    def is_letter(self) -> bool:
        """Whether it is too tall for a tone mark or a dot."""
        return self.h >= mm(LETTER_MM)


@dataclass(frozen=True)
class Word:
    """A run of letters: its box, and the boxes of its pieces (letters, dots, tone marks)."""

    box: Piece
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Table:
    """A ruled table: y of its lying and x of its upright rulings, px."""

    ys: tuple[int, ...]
    xs: tuple[int, ...]


@dataclass(frozen=True)
class Print:
    """All that stands on one page."""

    tables: tuple[Table, ...]
    boxes: tuple[Piece, ...]
    letters: tuple[Piece, ...]


def mm(length: float) -> int:
    """Millimetres as px of the canvas."""
    return round(length * PX_PER_MM)


def printed_on(raster: GrayImage) -> Print:
    """The print of one page, taken apart."""
    ink = (raster < INK).astype(np.uint8)
    hair = (raster < HAIRLINE).astype(np.uint8)
    lying = cv2.bitwise_or(_rulings(np.asarray(ink, np.uint8)), _hairlines(np.asarray(hair, np.uint8)))
    across = cv2.bitwise_or(_rulings(np.ascontiguousarray(ink.T)), _hairlines(np.ascontiguousarray(hair.T)))
    upright = np.ascontiguousarray(across.T, np.uint8)
    rulings = cv2.bitwise_or(lying, upright)
    rest = cv2.bitwise_and(ink, 1 - cv2.dilate(rulings, np.ones((5, 5), np.uint8)))
    pieces, labels = _pieces(np.asarray(rest, np.uint8))
    if len(pieces) > MOST_PIECES:
        return Print((), (), ())
    boxes = _boxes(pieces, labels)
    letters = tuple(piece for piece in pieces.values() if piece not in boxes and piece.area >= 4)
    return Print(_tables(np.asarray(lying, np.uint8), upright), boxes, letters)


def _rulings(ink: GrayImage) -> GrayImage:
    """The lying rulings of a page: straight, long and thin, though a scan may have broken them into dashes."""
    thick = mm(THICK_MM)
    joined = cv2.morphologyEx(cv2.dilate(ink, np.ones((3, 1), np.uint8)), cv2.MORPH_CLOSE, np.ones((1, mm(DASH_MM))))
    long = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, mm(RULING_MM)), np.uint8))
    # A line of text closes into a bar as well, but into a thick one; so does a black heading.
    bars = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((thick, mm(1.0)), np.uint8))
    bars = cv2.dilate(bars, np.ones((mm(2.0), mm(1.0)), np.uint8))
    whole = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, mm(RULING_MM)), np.uint8))
    found = cv2.bitwise_or(cv2.bitwise_and(long, cv2.bitwise_not(bars)), whole)
    again = cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((1, mm(0.8 * RULING_MM)), np.uint8))
    return np.asarray((again > 0).astype(np.uint8), np.uint8)


def _hairlines(soft: GrayImage) -> GrayImage:
    """The lying rulings that are too pale for print: unbroken, and thinner than the edge of a shaded cell."""
    long = cv2.morphologyEx(soft, cv2.MORPH_OPEN, np.ones((1, mm(RULING_MM)), np.uint8))
    shaded = cv2.morphologyEx(long, cv2.MORPH_OPEN, np.ones((mm(HAIRLINE_MM), 1), np.uint8))
    return np.asarray(cv2.subtract(long, shaded), np.uint8)


def _pieces(ink: GrayImage) -> tuple[dict[int, Piece], npt.NDArray[np.int32]]:
    _count, labels, stats, _centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    pieces = {
        label: Piece(int(x), int(y), int(w), int(h), int(area))
        for label, (x, y, w, h, area) in enumerate(stats)
        if label
    }
    return pieces, np.asarray(labels, np.int32)


def _boxes(pieces: dict[int, Piece], labels: npt.NDArray[np.int32]) -> tuple[Piece, ...]:
    """Closed outlines of one size that stand by themselves; a letter O has neighbours."""
    least, most = mm(BOX_MM[0]), mm(BOX_MM[1])
    found = []
    for label, piece in pieces.items():
        sized = least <= min(piece.w, piece.h) and max(piece.w, piece.h) <= most and piece.w < 3 * piece.h
        if sized and _is_outline(piece, labels, label) and _stands_alone(piece, pieces.values()):
            found.append(piece)
    if not found:
        return ()
    # The boxes of one ballot are alike; a lone ring in a coat of arms is not.
    usual = max(found, key=lambda one: sum(_alike(one, other) for other in found))
    return tuple(sorted((one for one in found if _alike(one, usual)), key=lambda one: (one.y, one.x)))


def _alike(one: Piece, other: Piece) -> bool:
    return abs(one.w - other.w) <= max(3, 0.12 * other.w) and abs(one.h - other.h) <= max(3, 0.12 * other.h)


def _is_outline(piece: Piece, labels: npt.NDArray[np.int32], label: int) -> bool:
    """Whether a piece is a thin closed line around paper."""
    own = (labels[piece.y : piece.bottom, piece.x : piece.right] == label).astype(np.uint8)
    contours, _tree = cv2.findContours(own, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    solid = np.zeros_like(own)
    cv2.drawContours(solid, contours, -1, (1,), cv2.FILLED)
    filled = float(solid.sum())
    hollow = filled - float(own.sum())
    return filled >= 0.7 * piece.w * piece.h and hollow >= 0.5 * filled


def _stands_alone(box: Piece, pieces: Iterable[Piece]) -> bool:
    reach = mm(0.7)
    return not any(
        other != box
        and other.area >= 12
        and other.y < box.bottom
        and box.y < other.bottom
        and other.x < box.right + reach
        and box.x - reach < other.right
        for other in pieces
    )


def _tables(lying: GrayImage, upright: GrayImage) -> tuple[Table, ...]:
    """Ruled tables, from left to right and top to bottom; a frame around the page is none."""
    union = cv2.dilate(cv2.bitwise_or(lying, upright), np.ones((5, 5), np.uint8))
    _count, labels, stats, _centres = cv2.connectedComponentsWithStats(np.asarray(union, np.uint8), connectivity=8)
    found = []
    for label, (x, y, w, h, _area) in enumerate(stats):
        if label == 0 or w < mm(40) or h < mm(8):
            continue
        area = (slice(y, y + h), slice(x, x + w))
        own = labels[area] == label
        ys = _runs((lying[area].astype(bool) & own).sum(axis=1) >= 0.5 * w, y)
        xs = _runs((upright[area].astype(bool) & own).sum(axis=0) >= 0.5 * h, x)
        if len(ys) >= 2 and len(xs) >= 2 and len(ys) + len(xs) > 4:
            found.append(Table(ys, xs))
    return tuple(sorted(found, key=lambda table: (table.xs[0] > 600, table.ys[0], table.xs[0])))


def _runs(wanted: npt.NDArray[np.bool_], start: int) -> tuple[int, ...]:
    """Middles of the runs of True, those nearer than a millimetre taken together."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], wanted.astype(np.int8), [0]))))
    middles = [(int(a) + int(b) - 1) // 2 + start for a, b in zip(edges[::2], edges[1::2], strict=True)]
    kept: list[int] = []
    for middle in middles:
        if not kept or middle - kept[-1] > mm(1.0):
            kept.append(middle)
    return tuple(kept)


def within(pieces: Iterable[Piece], area: Piece) -> list[Piece]:
    """Pieces whose centre lies in an area."""
    return [
        piece for piece in pieces if area.x <= piece.middle[0] < area.right and area.y <= piece.middle[1] < area.bottom
    ]


def text_lines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces that stand on one line together, lines from top to bottom.

    Lines are told by their letters: tone marks and dots, which reach into the line above, join the nearest line.
    """
    everything = sorted(pieces, key=lambda piece: piece.y)
    letters = [piece for piece in everything if piece.is_letter]
    lines: list[list[Piece]] = []
    spans: list[tuple[int, int]] = []
    for letter in sorted(letters, key=lambda piece: piece.middle[1]):
        for place, (top, bottom) in enumerate(spans):
            shared = min(bottom, letter.bottom) - max(top, letter.y)
            if shared > 0.5 * min(letter.h, bottom - top):
                lines[place].append(letter)
                spans[place] = (min(top, letter.y), max(bottom, letter.bottom))
                break
        else:
            lines.append([letter])
            spans.append((letter.y, letter.bottom))
    lines.sort(key=lambda line: min(piece.y for piece in line))
    for piece in everything:
        if piece.is_letter or not lines:
            continue
        nearest = min(lines, key=lambda line: _apart(piece, line))
        if _apart(piece, nearest) <= mm(1.6):
            nearest.append(piece)
    return lines


def _apart(piece: Piece, line: list[Piece]) -> float:
    """How far a small piece lies above or below the letters of a line that stand near it."""
    near = [one for one in line if one.is_letter and one.x - mm(3) < piece.right and piece.x < one.right + mm(3)]
    if not near:
        return 1e6
    top, bottom = min(one.y for one in near), max(one.bottom for one in near)
    return max(0.0, top - piece.bottom, piece.y - bottom)


def around(pieces: Iterable[Piece]) -> Piece:
    """The box around pieces."""
    listed = list(pieces)
    x, y = min(p.x for p in listed), min(p.y for p in listed)
    return Piece(x, y, max(p.right for p in listed) - x, max(p.bottom for p in listed) - y, sum(p.area for p in listed))


def words_of(line: list[Piece]) -> list[Word]:
    """The words of a line, from left to right, by the paper between them."""
    if not line:
        return []
    gap = max(WORD_GAP_MM * PX_PER_MM, WORD_GAP * around(line).h)
    groups: list[list[Piece]] = []
    reach = 0
    for piece in sorted(line, key=lambda one: one.x):
        if groups and piece.x - reach <= gap:
            groups[-1].append(piece)
        else:
            groups.append([piece])
        reach = max(reach, piece.right) if len(groups[-1]) > 1 else piece.right
    return [Word(around(group), tuple(group)) for group in groups]


def figures_in(word: Word) -> int:
    """How many figures a word shows if it is a number such as "7", "12." or "3)"; 0 where it is none.

    Figures are all of one height, and what else there is, is a dot at their foot or a bracket as tall as they are.
    """
    tall = [piece for piece in word.pieces if piece.h >= 0.62 * max(p.h for p in word.pieces)]
    small = [piece for piece in word.pieces if piece not in tall]
    height = sorted(piece.h for piece in tall)[len(tall) // 2]
    foot = max(piece.bottom for piece in tall)
    holds = (
        height >= mm(1.5),
        len(tall) <= 4,
        len(small) <= 1,
        word.box.w <= mm(11),
        all(abs(piece.h - height) <= max(2, 0.35 * height) and piece.w <= 0.95 * height for piece in tall),
        all(piece.middle[1] >= foot - 0.4 * height for piece in small),
    )
    return len(tall) if all(holds) else 0
