"""Which page of a pile a new one looks like, by their traces: most pairs fall out before they are looked at closely.

Every page is held against all before it, so five thousand make twelve million pairs. A short signature (the sixteen
directions in which the stamps of this pile differ most) leaves about one pair in a hundred, and leaves out none that
could be one sheet: a part of a distance is never longer than the whole. What is left is compared in whole numbers, the
steps in which a trace is written.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from daihoi.reading.trace import CELLS, FINE_MM, HEAD, NO_INK, PIECE, PIECES, SLICES, UNIT_MM

SIDE_MM, COURSE_MM = 0.4, 0.2
"""How far sides and course may differ: scanned twice, three of four pieces stay within, one of 500 others does."""
PIECE_BITS, LOST_BITS = 8.0, 2.0
"""For a piece that is found again, and off for one that is not."""
STAMP_BITS = ((0.996, 13.0), (0.993, 10.0), (0.985, 6.0), (0.97, 0.0))
"""Bits by the correlation of two stamp fields. Below the last no other sign makes it the same sheet.

Of pairs of different sheets, stamps inked evenly and set by hand to 1 mm and 4 degrees (simulated, 3 million pairs),
one in 9,900, 840 and 120 lie above the first three; of pairs of scans of one sheet 59, 92 and 96 %, 98 above the last.
"""
STAMP_LEAST = STAMP_BITS[-1][0]
STAMP_ALONE, STAMP_NEXT = 0.996, 0.97
"""A stamp without any mark is enough when it is this like and no other page of the pile comes near it."""
FEWEST_OTHERS = 8
SPARE_BITS = 10.0

DIRECTIONS = 16
LEARN_AT, LEARN_FROM = (64, 512), 128
"""Stamped pages after which the directions are found, and found again, from at most so many of them: before, each
stamp is compared whole."""
ROUNDS = 6
FEW = 200
"""Likely pages up to which each is looked at by itself; beyond it those that share a piece are found first."""
ROW = round(2.0 / UNIT_MM)
_SLACK = 1e-4
"""What single precision may lose of a squared distance of two stamps of length 1."""
_SIDE = round(SIDE_MM / UNIT_MM)
_COURSE = round((COURSE_MM / FINE_MM) ** 2)
_FARTHEST, _NO_PIECE = 20_000, -10_000
"""Sides beyond 400 mm are none of a page; a place without a piece is near nothing (differences fit 16 bits)."""

Floats = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Opened:
    """A trace taken apart. `stamp` centred and of length 1, None where there is none.

    `sides` `(PIECES, 4)` int16 in steps of UNIT_MM, `course` `(PIECES, 2 * SLICES)` int16 in steps of FINE_MM; of the
    rows `held` are pieces.
    """

    stamp: Floats | None
    sides: npt.NDArray[np.int16]
    course: npt.NDArray[np.int16]
    held: int


# Whoever asks after a page adds it next.
@lru_cache(maxsize=1)
def _opened(trace: bytes) -> _Opened | None:
    """None for what `trace_of` did not write."""
    if len(trace) < HEAD:
        return None
    held, stamped = trace[0], trace[1]
    begin = HEAD + (CELLS * CELLS if stamped else 0)
    if stamped > 1 or held > PIECES or len(trace) != begin + held * PIECE.itemsize:
        return None
    table = np.frombuffer(trace, PIECE, held, begin)
    sides = np.full((PIECES, 4), _NO_PIECE, np.int16)
    sides[:held] = np.minimum(table["box"], _FARTHEST)
    course = np.full((PIECES, 2 * SLICES), NO_INK, np.int16)
    course[:held, :SLICES], course[:held, SLICES:] = table["middle"], table["spread"]
    stamp = _unit(np.frombuffer(trace, np.uint8, CELLS * CELLS, HEAD).astype(np.float32)) if stamped else None
    return _Opened(stamp, sides, course, held)


def _unit(cells: Floats) -> Floats:
    centred = cells - cells.sum() / np.float32(len(cells))
    return np.asarray(centred / max(math.sqrt(float(centred @ centred)), 1e-6), np.float32)


class Pile:
    """The pages of one side seen so far, each under a name, and the question which of them a new page looks like.

    Five thousand pages against each other take about a second of one core.
    """

    def __init__(self) -> None:
        """Begin with no page."""
        self._names: list[str] = []
        self._stamps = np.zeros((64, CELLS * CELLS), np.float32)
        self._directions: Floats | None = None
        self._stamped = 0
        # Pages lie along the last axis but one: a column of all pages is read in one go.
        self._signatures = np.zeros((DIRECTIONS, 64), np.float32)
        self._lengths = np.zeros(64, np.float32)
        self._sides = np.zeros((4, 64, PIECES), np.int16)
        self._course = np.zeros((64, PIECES, 2 * SLICES), np.int16)
        self._held = np.zeros(64, np.int64)
        self._bare = np.zeros(64, np.bool_)
        self._rows = _Rows()

    def add(self, name: str, trace: bytes) -> None:
        """One more page; nothing is remembered of one without a trace."""
        seen = _opened(trace)
        if seen is None:
            return
        own = len(self._names)
        if own == len(self._held):
            self._widen()
        self._names.append(name)
        self._sides[:, own], self._course[own] = seen.sides.T, seen.course
        self._held[own], self._bare[own] = seen.held, seen.stamp is None
        self._rows.add(own, seen)
        if seen.stamp is not None:
            self._stamps[own] = seen.stamp
            self._stamped += 1
            self._sign(own)
            if self._stamped in LEARN_AT:
                self._learn()

    def alike(self, trace: bytes) -> str | None:
        """The name of the page that this one is most surely a second scan of; None when it is surely of none."""
        seen = _opened(trace)
        if seen is None:
            return None
        likely = self._likely(seen.stamp)
        if seen.held:
            found = self._by_pieces(seen, likely)
        else:
            found = None if seen.stamp is None else self._by_stamp_alone(seen.stamp, likely)
        return None if found is None else self._names[found]

    def _likely(self, stamp: Floats | None) -> Whole:
        """The pages that the stamp does not rule out by its signature."""
        pages = len(self._names)
        if stamp is None or self._directions is None:
            return np.flatnonzero(self._bare[:pages] == (stamp is None))
        # Of two stamps of length 1 the squared distance is 2 - 2 x correlation; |a - b|^2 = |a|^2 + |b|^2 - 2ab.
        own = self._directions @ stamp
        farther = self._lengths[:pages] - 2 * np.einsum("dp,d->p", self._signatures[:, :pages], own)
        return np.flatnonzero(farther <= 2 - 2 * STAMP_LEAST + _SLACK - float(own @ own))

    def _by_pieces(self, seen: _Opened, likely: Whole) -> int | None:
        """The page that has most of these pieces, when they are enough."""
        needed = needed_bits(len(self._names))
        best_stamp = 0.0 if seen.stamp is None else STAMP_BITS[0][1]
        least = math.ceil((needed - best_stamp + LOST_BITS * seen.held) / (PIECE_BITS + LOST_BITS))
        if least > seen.held:
            return None
        if len(likely) > FEW:
            # Of any so many pieces a page must have two, or too few are left: only such pages are looked at.
            both = min(2, least)
            likely = likely[self._rows.shared(seen, seen.held - least + both, len(self._names))[likely] >= both]
        bits = np.zeros(len(likely))
        if seen.stamp is not None:
            stamps = np.einsum("pc,c->p", self._stamps[likely], seen.stamp)
            bits, likely = _stamp_bits(stamps)[stamps >= STAMP_LEAST], likely[stamps >= STAMP_LEAST]
        if not likely.size:
            return None
        again = self._found_again(seen, likely)
        most = np.maximum(self._held[likely], seen.held)
        bits = bits + PIECE_BITS * again - LOST_BITS * (most - again)
        best = int(np.argmax(bits))
        return int(likely[best]) if bits[best] >= needed and again[best] * 2 >= most[best] else None

    def _by_stamp_alone(self, stamp: Floats, likely: Whole) -> int | None:
        """A page with no mark at all that bears the very stamp of this one, where no third comes near it."""
        if len(self._names) <= FEWEST_OTHERS:
            return None
        found = None
        for start in range(0, len(likely), FEW):
            some = likely[start : start + FEW]
            stamps = np.einsum("pc,c->p", self._stamps[some], stamp)
            near = np.flatnonzero(stamps > STAMP_NEXT)
            # Stamps that are inked evenly are much alike in the whole pile: then the likest of them proves nothing.
            if len(near) > (found is None):
                return None
            if len(near):
                found = int(some[near[0]]), float(stamps[near[0]])
        alone = found is not None and found[1] >= STAMP_ALONE and self._held[found[0]] == 0
        return found[0] if found is not None and alone else None

    def _sign(self, page: int) -> None:
        if self._directions is not None:
            self._signatures[:, page] = own = self._directions @ self._stamps[page]
            self._lengths[page] = own @ own

    def _learn(self) -> None:
        """Directions in which the stamps of this pile differ most (principal components), and all pages by them."""
        stamps = self._stamps[: len(self._names)]
        some = stamps[~self._bare[: len(stamps)]][:: -(-self._stamped // LEARN_FROM)]
        directions = some[:DIRECTIONS]
        # By subspace iteration and einsum: large products and eigenvalues would wake a thread for each core.
        for _ in range(ROUNDS):
            drawn = np.einsum("pd,pc->dc", np.einsum("pc,dc->pd", some, directions), some)
            # Orthonormal to the last bit, or a signature could be longer than its stamp.
            directions = np.ascontiguousarray(np.linalg.qr(drawn.T)[0].T, np.float32)
        self._directions = directions
        self._signatures[:, : len(stamps)] = np.einsum("dc,pc->dp", self._directions, stamps)
        self._lengths[: len(stamps)] = np.square(self._signatures[:, : len(stamps)]).sum(axis=0)

    def _found_again(self, seen: _Opened, likely: Whole) -> Whole:
        """How many of its pieces each of the likely pages has too."""
        own, held = _near(seen, self._sides[:, likely].reshape(4, -1))
        page, piece = np.divmod(held, PIECES)
        ours, theirs = seen.course[own], self._course[likely[page], piece]
        # A slice that holds no ink in one of the two tells nothing.
        known = (ours != NO_INK) & (theirs != NO_INK)
        told = known.sum(axis=1)
        apart = np.square((ours - theirs) * known, dtype=np.int32).sum(axis=1)
        same = (told >= SLICES) & (apart <= _COURSE * told)
        # A piece is found once in a page, however many there lie near.
        found = np.zeros((len(likely), PIECES), np.bool_)
        found[page[same], own[same]] = True
        return np.asarray(found.sum(axis=1), np.int64)

    def _widen(self) -> None:
        """Room for twice as many pages."""
        self._stamps, self._course = _doubled(self._stamps, 0), _doubled(self._course, 0)
        self._signatures, self._sides = _doubled(self._signatures, 1), _doubled(self._sides, 1)
        self._lengths, self._held, self._bare = (
            _doubled(self._lengths, 0),
            _doubled(self._held, 0),
            _doubled(self._bare, 0),
        )


def _near(seen: _Opened, sides: npt.NDArray[np.int16]) -> tuple[Whole, Whole]:
    """Which of its pieces (from 0) lies near which column of `sides`, `(4, n)`."""
    apart = np.abs(sides[1] - seen.sides[: seen.held, 1, None])
    own, other = np.divmod(np.flatnonzero(apart <= _SIDE), max(sides.shape[1], 1))
    for side in (0, 2, 3):
        near = np.abs(sides[side, other] - seen.sides[own, side]) <= _SIDE
        own, other = own[near], other[near]
    return own, other


class _Rows:
    """The pieces of all pages by the height at which they begin, for piles in which no stamp rules a page out."""

    def __init__(self) -> None:
        self._sides: dict[int, npt.NDArray[np.int16]] = {}
        self._pages: dict[int, Whole] = {}
        self._count: dict[int, int] = {}

    def add(self, page: int, seen: _Opened) -> None:
        """The pieces of one more page."""
        for sides in seen.sides[: seen.held]:
            row = int(sides[1]) // ROW
            count = self._count.setdefault(row, 0)
            if count == 0:
                self._sides[row], self._pages[row] = np.zeros((4, 64), np.int16), np.zeros(64, np.int64)
            elif count == len(self._pages[row]):
                self._sides[row], self._pages[row] = _doubled(self._sides[row], 1), _doubled(self._pages[row], 0)
            self._sides[row][:, count], self._pages[row][count] = sides, page
            self._count[row] = count + 1

    def shared(self, seen: _Opened, pieces: int, pages: int) -> Whole:
        """How many pieces of each of the `pages` lie near one of the first `pieces` of this trace."""
        found = [np.zeros(0, np.int64)]
        for sides in seen.sides[:pieces]:
            for row in range((int(sides[1]) - _SIDE) // ROW, (int(sides[1]) + _SIDE) // ROW + 1):
                count = self._count.get(row, 0)
                if count:
                    # Seen as unsigned, what is too small is very large: one comparison for both directions.
                    apart = (self._sides[row][:, :count] - (sides[:, None] - _SIDE)).view(np.uint16) <= 2 * _SIDE
                    found.append(self._pages[row][:count][apart[0] & apart[1] & apart[2] & apart[3]])
        return np.bincount(np.concatenate(found), minlength=pages)


def needed_bits(pages: int) -> float:
    """How much must agree among so many pages: one false question in a hundred piles, as far as bits are right."""
    return SPARE_BITS + 2 * math.log2(max(pages, 16))


def _stamp_bits(stamps: Floats) -> npt.NDArray[np.float64]:
    """Bits by the correlation of the stamp fields."""
    bits = np.zeros(len(stamps))
    for least, worth in reversed(STAMP_BITS):
        bits[stamps >= least] = worth
    return bits


def _doubled(array: npt.NDArray[Any], axis: int) -> npt.NDArray[Any]:
    return np.concatenate((array, np.zeros_like(array)), axis=axis)
