"""What falls out of the comparison before it is looked at closely never was the same sheet."""

from __future__ import annotations

import time

import numpy as np
import pytest

from daihoi.reading.pile import (
    COURSE_MM,
    LOST_BITS,
    PIECE_BITS,
    SIDE_MM,
    STAMP_ALONE,
    STAMP_BITS,
    STAMP_NEXT,
    Pile,
    needed_bits,
)
from daihoi.reading.trace import CELLS, FINE_MM, HEAD, NO_INK, PIECE, PIECES, SLICES, UNIT_MM

ROWS = 12


def hand(rng: np.random.Generator, pieces: int, *, stamped: bool, scatter: float = 12) -> bytes:
    """A page by somebody: marks at the places where all mark, and the one stamp of the congress set by hand."""
    down, across = np.mgrid[0:CELLS, 0:CELLS].astype(np.float64)
    middle, ink = rng.normal(7.5, 0.25, 2), rng.uniform(0.75, 1.0, 2)
    ring = np.exp(-(((np.hypot(down - middle[0], across - middle[1]) - 5.0) / 1.2) ** 2))
    shade = ink[0] + (ink[1] - ink[0]) * across / CELLS
    cells = np.clip(255 * ring * shade + rng.normal(0, 2.0, ring.shape), 0, 255)
    table = np.zeros(pieces, PIECE)
    for place, row in enumerate(sorted(rng.permutation(ROWS)[:pieces])):
        top = 4000 + 450 * row + rng.normal(0, scatter)
        table[place]["box"] = np.rint([5000 + rng.normal(0, scatter), top, 5250 + rng.normal(0, scatter), top + 200])
        table[place]["middle"], table[place]["spread"] = rng.integers(30, 40, SLICES), rng.integers(8, 12, SLICES)
        if rng.random() < 0.2:
            table[place]["middle"][0] = table[place]["spread"][0] = NO_INK
    field = np.rint(cells * 255 / cells.max()).astype(np.uint8).tobytes() if stamped else b""
    return bytes((pieces, stamped)) + field + table.tobytes()


def scanned_again(trace: bytes, rng: np.random.Generator) -> bytes:
    """The same page with the noise of a second scan."""
    begin = HEAD + (CELLS * CELLS if trace[1] else 0)
    field = np.frombuffer(trace[HEAD:begin], np.uint8).astype(int)
    noisy = np.clip(field + rng.integers(-6, 7, field.size), 0, 255).astype(np.uint8)
    table = np.frombuffer(trace[begin:], PIECE).copy()
    table["box"] = table["box"] + rng.integers(-12, 13, table["box"].shape)
    lost = rng.integers(0, 3) if len(table) > 2 else 0
    kept = table[: len(table) - lost]
    return bytes((len(kept), trace[1])) + noisy.tobytes() + kept.tobytes()


def looked_at_closely(pages: list[bytes], asked: bytes) -> int | None:
    """The answer by comparing every page with every other, in the plain words of the thresholds."""
    bits, most, stamps = [], [], []
    for page in pages:
        again, longest, stamp = held_against(page, asked)
        worth = next((worth for least, worth in STAMP_BITS if stamp >= least), -1000.0)
        stamped = (page[1], asked[1])
        by_stamp = {(1, 1): worth, (0, 0): 0.0}.get(stamped, -1000.0)
        bits.append(by_stamp + PIECE_BITS * again - LOST_BITS * (longest - again))
        most.append((again, longest))
        stamps.append(stamp)
    best = int(np.argmax(bits))
    if bits[best] >= needed_bits(len(pages)) and most[best][0] * 2 >= most[best][1]:
        return best
    first, second = np.argsort(stamps)[-1], np.sort(stamps)[-2]
    alone = stamps[first] >= STAMP_ALONE and second <= STAMP_NEXT and most[first][1] == 0
    return int(first) if alone else None


def held_against(page: bytes, asked: bytes) -> tuple[int, int, float]:
    """Pieces found again, pieces of the page that has more, correlation of the stamps (-1 where one has none)."""
    tables, fields = [], []
    for trace in (page, asked):
        begin = HEAD + (CELLS * CELLS if trace[1] else 0)
        tables.append(np.frombuffer(trace[begin:], PIECE))
        fields.append(np.frombuffer(trace[HEAD:begin], np.uint8).astype(float))
    apart = np.abs(tables[0]["box"][:, None].astype(int) - tables[1]["box"].astype(int)).max(axis=2, initial=0)
    near = apart * UNIT_MM <= SIDE_MM + 1e-9
    again = sum(
        any(runs_alike(tables[0][own], tables[1][other]) for own in np.flatnonzero(near[:, other]))
        for other in range(len(tables[1]))
    )
    stamp = float(np.corrcoef(fields[0], fields[1])[0, 1]) if page[1] and asked[1] else -1.0
    return again, max(map(len, tables)), stamp


def runs_alike(own: np.void, other: np.void) -> bool:
    """Whether the ink runs in both as near as the threshold asks."""
    ours, theirs = (np.concatenate((one["middle"], one["spread"])).astype(float) for one in (own, other))
    known = (ours != NO_INK) & (theirs != NO_INK)
    off = np.sqrt(np.mean((ours[known] - theirs[known]) ** 2)) * FINE_MM if known.any() else np.inf
    return known.sum() >= SLICES and bool(off <= COURSE_MM + 1e-9)


@pytest.mark.parametrize("stamped", [True, False])
@pytest.mark.parametrize("pieces", [0, 3, PIECES])
def test_the_short_way_answers_as_the_long_one(pieces: int, *, stamped: bool) -> None:
    rng = np.random.default_rng([pieces, stamped])
    pages = [hand(rng, pieces, stamped=stamped) for _ in range(560)]
    pile = Pile()
    for number, page in enumerate(pages):
        pile.add(str(number), page)
    again = [scanned_again(pages[number], rng) for number in (63, 64, 511, 559)]
    others = [hand(rng, pieces, stamped=stamped) for _ in range(2)]

    short = [pile.alike(page) for page in (*again, *others)]

    long = [looked_at_closely(pages, page) for page in (*again, *others)]
    assert short == [None if one is None else str(one) for one in long]
    # Eight marks are enough to know a sheet again; without one the test would show nothing.
    assert pieces < PIECES or any(short[: len(again)])


def test_a_stamp_that_is_printed_alike_on_all_hides_no_sheet() -> None:
    rng = np.random.default_rng(4)
    field = hand(rng, 1, stamped=True)[: HEAD + CELLS * CELLS][HEAD:]
    pages = [bytes((PIECES, 1)) + field + hand(rng, PIECES, stamped=False, scatter=60)[HEAD:] for _ in range(300)]
    pile = Pile()
    for number, page in enumerate(pages):
        assert pile.alike(page) is None
        pile.add(str(number), page)

    assert pile.alike(scanned_again(pages[123], rng)) == "123"


def test_comparing_grows_no_faster_than_the_pile() -> None:
    rng = np.random.default_rng(5)
    pages = [hand(rng, PIECES, stamped=True) for _ in range(400)]
    pile, began = Pile(), time.process_time()
    for number in range(4000):
        # Pages as alike as those of one congress, and still four thousand of them.
        pile.add(str(number), pages[number % 400][:-1] + bytes((number % 251,)))
    filled = time.process_time() - began
    began = time.process_time()
    for page in pages:
        pile.alike(page[:-1] + b"\x07")
    # A tenth of a millisecond each as measured; page by page in Python would be a hundred times that.
    assert time.process_time() - began < 2 + filled
