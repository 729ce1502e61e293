"""Traces of hands: the same page seen twice is known, pages that merely agree are not, nothing by hand says nothing."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daihoi.reading.pile import Pile, needed_bits
from daihoi.reading.terms import GrayImage, ReadPage
from daihoi.reading.trace import CELLS, PIECES, Box, Drawn, trace_of
from tests.reading.hand import AGREE, Page, Scan, agree_ballot, strike_ballot

PX = 4.0
FIELD: Box = (20.0, 10.0, 62.0, 52.0)
Line = tuple[float, float, float, float]


def drawn(lines: list[Line], *, stamp: GrayImage | None = None, shift: float = 0.0) -> Drawn:
    """Ink of straight lines in mm, each a stroke of its own, as a reader sees it at 4 px a mm."""
    ink = np.zeros((297 * 4, 210 * 4), np.uint8)
    boxes: list[Box] = []
    for x0, y0, x1, y1 in lines:
        a, b = ((x0 + shift) * PX, (y0 + shift) * PX), ((x1 + shift) * PX, (y1 + shift) * PX)
        ends = [tuple(round(value * 16) for value in point) for point in (a, b)]
        cv2.line(ink, ends[0], ends[1], 255, 2, cv2.LINE_8, 4)
        boxes.append((min(a[0], b[0]) / PX, min(a[1], b[1]) / PX, max(a[0], b[0]) / PX, max(a[1], b[1]) / PX))
    return Drawn(boxes, ink, PX, stamp, FIELD if stamp is not None else None)


def lines_by(rng: np.random.Generator, rows: int, scatter: float = 1.5) -> list[Line]:
    """Strikes through the same names by one hand: begin, end and slope differ by some tenths to some millimetres."""
    starts, ends = rng.normal(60, scatter, rows), rng.normal(100, scatter, rows)
    heights, slopes = rng.normal(0, 0.5, rows), rng.normal(0, 0.5, rows)
    return [
        (float(starts[k]), 80 + 12.0 * k + float(heights[k]), float(ends[k]), 80 + 12.0 * k + float(slopes[k]))
        for k in range(rows)
    ]


def stamp_by(rng: np.random.Generator) -> GrayImage:
    """A round stamp set by hand and inked by chance, as darkness beyond print."""
    field = np.zeros((208, 208), np.uint8)
    centre = (104 + int(rng.integers(-12, 12)), 104 + int(rng.integers(-12, 12)))
    cv2.circle(field, centre, 72, 140, 8)
    cv2.circle(field, centre, 40, 140, 4)
    patches = cv2.resize(rng.uniform(0.2, 1.0, (6, 6)), (208, 208), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(field * patches, 0, 255), np.uint8)


def pile_of(traces: list[bytes]) -> Pile:
    """A pile with these pages, named 0, 1, 2, ..."""
    pile = Pile()
    for number, trace in enumerate(traces):
        pile.add(str(number), trace)
    return pile


def test_trace_is_the_same_bytes_for_the_same_page() -> None:
    lines, field = lines_by(np.random.default_rng(1), 6), stamp_by(np.random.default_rng(2))
    assert trace_of(drawn(lines, stamp=field)) == trace_of(drawn(lines, stamp=field))


def test_trace_of_a_page_without_anything_by_hand_is_empty() -> None:
    assert trace_of(drawn([])) == b""
    assert trace_of(drawn([], stamp=np.full((208, 208), 3, np.uint8))) == b""


def test_trace_stays_small_whatever_is_on_the_page() -> None:
    lines = lines_by(np.random.default_rng(3), 16)
    trace = trace_of(drawn(lines, stamp=stamp_by(np.random.default_rng(4))))
    assert trace[0] == PIECES
    assert len(trace) == 2 + CELLS * CELLS + 20 * PIECES


@pytest.mark.parametrize("stamped", [True, False])
@pytest.mark.parametrize("shift", [0.0, 0.12, -0.2])
def test_second_scan_of_a_sheet_is_known_among_sheets_that_agree(shift: float, stamped: bool) -> None:
    rng = np.random.default_rng(5)
    hands = [lines_by(rng, 8) for _ in range(60)]
    stamps = [stamp_by(rng) if stamped else None for _ in hands]
    pile = pile_of([trace_of(drawn(hand, stamp=field)) for hand, field in zip(hands, stamps, strict=True)])

    again = trace_of(drawn(hands[23], stamp=stamps[23], shift=shift))

    assert pile.alike(again) == "23"


def test_sheets_that_agree_are_not_taken_for_each_other() -> None:
    rng = np.random.default_rng(6)
    pile = Pile()
    for number in range(120):
        trace = trace_of(drawn(lines_by(rng, 8), stamp=stamp_by(rng)))
        assert pile.alike(trace) is None
        pile.add(str(number), trace)


def test_another_stamp_speaks_against_equal_strokes() -> None:
    rng = np.random.default_rng(7)
    lines = lines_by(rng, 8)
    pile = pile_of([trace_of(drawn(lines, stamp=stamp_by(rng)))])

    assert pile.alike(trace_of(drawn(lines, stamp=stamp_by(rng)))) is None
    assert pile.alike(trace_of(drawn(lines))) is None


def test_too_few_marks_accuse_nobody() -> None:
    rng = np.random.default_rng(8)
    pile = pile_of([trace_of(drawn(lines_by(rng, 2))) for _ in range(40)])
    first = trace_of(drawn(lines_by(np.random.default_rng(8), 2)))

    # The very same two strokes: 16 bits, and 21 are asked of forty pages.
    assert pile.alike(first) is None


def test_stamp_alone_is_enough_where_no_other_comes_near() -> None:
    rng = np.random.default_rng(9)
    fields = [stamp_by(rng) for _ in range(30)]
    pile = pile_of([trace_of(drawn([], stamp=field)) for field in fields])

    assert pile.alike(trace_of(drawn([], stamp=fields[11]))) == "11"
    assert pile.alike(trace_of(drawn([], stamp=stamp_by(rng)))) is None


def test_stamp_alone_proves_nothing_where_all_stamps_are_alike() -> None:
    field = stamp_by(np.random.default_rng(10))
    pile = pile_of([trace_of(drawn([], stamp=field)) for _ in range(30)])

    assert pile.alike(trace_of(drawn([], stamp=field))) is None


def test_stamp_alone_says_nothing_of_a_page_with_marks() -> None:
    rng = np.random.default_rng(11)
    fields = [stamp_by(rng) for _ in range(30)]
    pile = pile_of([trace_of(drawn(lines_by(rng, 3), stamp=field)) for field in fields])

    assert pile.alike(trace_of(drawn(lines_by(rng, 3), stamp=fields[4]))) is None


@pytest.mark.parametrize("trace", [b"", b"\x01", b"\x02\x00abc", b"\x00\x07" + bytes(256), bytes(40)])
def test_what_is_no_trace_is_alike_to_nothing(trace: bytes) -> None:
    pile = pile_of([trace_of(drawn(lines_by(np.random.default_rng(12), 8))), trace])
    assert pile.alike(trace) is None


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=440))
def test_no_bytes_make_a_pile_raise(trace: bytes) -> None:
    pile = pile_of([trace, trace_of(drawn([(60, 80, 100, 81)]))])
    assert pile.alike(trace) in (None, "0", "1")


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.floats(-0.2, 0.2))
def test_a_small_shift_never_hides_a_sheet_and_never_shows_another(seed: int, shift: float) -> None:
    rng = np.random.default_rng(seed)
    one, other = lines_by(rng, 8), lines_by(rng, 8)
    pile = pile_of([trace_of(drawn(one))])

    assert pile.alike(trace_of(drawn(one, shift=shift))) == "0"
    assert pile.alike(trace_of(drawn(other))) is None


def test_more_pages_ask_for_more() -> None:
    asked = [needed_bits(pages) for pages in (1, 16, 100, 1000, 5000)]
    assert asked == sorted(asked)
    # Half of all pairs of 5,000 pages, and a hundredth of a false question among them.
    assert needed_bits(5000) >= np.log2(5000**2 / 2) + np.log2(100)


def strike_by(seed: int) -> Page:
    """Five names struck by one hand: ends, height and slope as a person's differ."""
    rng, page = np.random.default_rng(seed), strike_ballot().page()
    for row in range(5):
        over, at, rise = rng.normal(2.5, 1.2), rng.normal(0.58, 0.06), rng.normal(0, 0.5)
        page.strike(row, over=float(over), at=float(at), rise=float(rise))
    return page


def crosses_by(seed: int) -> Page:
    """Six crosses by one hand, none quite like the next."""
    rng, page = np.random.default_rng(seed), agree_ballot().page()
    for row in range(6):
        box = page.square(row, AGREE)
        x, y = box.x + box.w / 2 + rng.normal(0, 0.5), box.y + box.h / 2 + rng.normal(0, 0.5)
        reach = rng.normal(2.2, 0.3, 8)
        page.pen([(x - reach[0], y - reach[1]), (x + reach[2], y + reach[3])])
        page.pen([(x - reach[4], y + reach[5]), (x + reach[6], y - reach[7])])
    return page


def trace_read(page: Page, how: Scan | None = None) -> bytes:
    """The trace that the reader gives of a page; a refusal fails the test."""
    read = page.read(how)
    assert isinstance(read, ReadPage)
    return read.trace


@pytest.mark.parametrize(
    "how",
    [
        Scan(turn=2, skew=0.8, noise=4.0, seed=9),
        Scan(skew=-1.2, white=225.0, jpeg=60, seed=8),
        Scan(dpi=300.0, shift=(1.5, -1.0), seed=7),
        Scan(turn=1, jpeg=50, seed=6),
    ],
    ids=["upside down", "darker", "300 dpi", "sideways, jpeg 50"],
)
@pytest.mark.parametrize("by", [strike_by, crosses_by])
def test_sheet_scanned_again_is_known_by_the_reader(by: Callable[[int], Page], how: Scan) -> None:
    pile = pile_of([trace_read(by(seed)) for seed in range(4)])

    assert pile.alike(trace_read(by(2), how)) == "2"


@pytest.mark.parametrize("by", [strike_by, crosses_by])
def test_sheets_of_other_hands_are_not_known_by_the_reader(by: Callable[[int], Page]) -> None:
    pile = Pile()
    for seed in range(7):
        trace = trace_read(by(seed))
        assert pile.alike(trace) is None
        pile.add(str(seed), trace)


def test_reader_leaves_no_trace_of_a_page_without_ink() -> None:
    assert trace_read(strike_ballot().page()) == b""
    assert trace_read(strike_ballot().page(), Scan(turn=2, skew=0.5, noise=4.0)) == b""
