"""Rows by their rulings: how far each lies off, and what happens where rulings are faint, folded, covered or gone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daihoi.reading.second.rows import Rows, _trusted, plan_rows
from daihoi.reading.second.thresholds import DEFAULT
from daihoi.sheet.terms import Rect

from ..hand import Page, Scan, agree_ballot, ballot, strike_ballot
from .sight import sight_of

PAPER = strike_ballot()
SQUARES = agree_ballot()


def rows_of(page: Page) -> Rows:
    """What is planned for the rows of a page."""
    return plan_rows(target.row for target in page.ballot.prepared.plan.pages[page.number - 1].targets)


@pytest.mark.parametrize("how", [Scan(), Scan(skew=4), Scan(dpi=150), Scan(dpi=300, noise=6), Scan(jpeg=40)], ids=str)
def test_rows_of_a_flat_page_lie_where_the_squares_say(how: Scan) -> None:
    placed = sight_of(PAPER.page(dpi=300), how).placed
    assert placed.seen.all()
    assert np.abs(placed.upper).max() < 0.15
    assert np.abs(placed.lower).max() < 0.15


def test_a_feeder_that_ran_ahead_is_followed_row_by_row() -> None:
    page = PAPER.page()
    rows = rows_of(page).blocks[0].rows
    how = Scan()
    image = page.scan(how)
    px = 200 / 25.4
    # The paper slips by 0.6 mm in the middle of the list and is back below it.
    top, bottom = rows[0].y * px, rows[-1].bottom * px
    ys = np.arange(image.shape[0], dtype=np.float64)
    slip = 0.6 * px * np.clip(np.sin(np.pi * (ys - top) / (bottom - top)), 0, 1) * ((ys > top) & (ys < bottom))
    slipped = image[np.clip(np.rint(ys - slip).astype(int), 0, image.shape[0] - 1)]
    page.pixels = slipped
    placed = sight_of(page, Scan(noise=0, blur=0, white=255, black=0)).placed
    middle = len(rows) // 2
    assert placed.seen.all()
    assert placed.upper[middle] == pytest.approx(0.6, abs=0.15)
    assert abs(placed.upper[0]) < 0.2


def test_rulings_lost_in_black_and_white_leave_the_rules_about_the_block() -> None:
    page = PAPER.page()
    rows = rows_of(page).blocks[0].rows
    for row in rows[:-1]:
        page.rub(Rect(row.x - 1, row.bottom - 0.3, row.w + 2, 0.6))
    placed = sight_of(page).placed
    assert placed.seen.all()
    assert np.abs(placed.upper).max() < 0.2


def test_rows_without_any_ruling_are_not_seen() -> None:
    page = PAPER.page()
    for row in rows_of(page).blocks[0].rows:
        page.rub(Rect(row.x - 1, row.y - 0.4, row.w + 2, 0.8)).rub(Rect(row.x - 1, row.bottom - 0.4, row.w + 2, 0.8))
    assert not sight_of(page).placed.seen.any()


def test_rows_past_the_last_ruling_that_is_seen_are_not_seen() -> None:
    page = PAPER.page()
    rows = rows_of(page).blocks[0].rows
    for row in rows[-3:]:
        page.rub(Rect(row.x - 1, row.y - 0.4, row.w + 2, 0.8)).rub(Rect(row.x - 1, row.bottom - 0.4, row.w + 2, 0.8))
    seen = sight_of(page).placed.seen
    # The row above keeps its upper ruling; of the last three none is left, above or below.
    assert seen[:-3].all()
    assert not seen[-3:].any()


def test_a_pen_along_a_ruling_does_not_move_the_row() -> None:
    page = PAPER.page()
    row = rows_of(page).blocks[0].rows[4]
    page.pen([(row.x, row.bottom - 1.0), (row.right, row.bottom - 1.0)], 0.5)
    placed = sight_of(page).placed
    assert placed.seen.all()
    assert np.abs(placed.lower).max() < 0.25


@pytest.mark.parametrize("names", [15, 44, 70, 100])
def test_every_block_has_its_strip_and_every_row_its_number(names: int) -> None:
    page = ballot(names).page()
    rows = rows_of(page)
    placed = sight_of(page).placed
    assert len(placed.strips) == len(rows.blocks)
    assert sorted(rows.number.values()) == list(range(len(placed.seen)))
    assert placed.seen.all()
    for block in rows.blocks:
        assert (np.diff(block.lines) > 0).all()
        assert (block.lower == block.upper + 1).all()
        assert [row.y for row in block.rows] == sorted(row.y for row in block.rows)


def test_two_squares_of_one_row_are_one_row() -> None:
    rows = rows_of(SQUARES.page())
    assert len(rows.number) == len(SQUARES.candidates)


offsets = st.lists(st.floats(-0.15, 0.15), min_size=8, max_size=40)


@settings(max_examples=60, deadline=None)
@given(offsets=offsets, stray=st.integers(0, 7), by=st.floats(0.6, 1.7))
def test_a_stray_ruling_is_never_trusted_and_the_others_are(offsets: list[float], stray: int, by: float) -> None:
    off = np.array(offsets)
    off[stray] += by
    good = _trusted(off, np.ones(len(off), np.bool_), DEFAULT)
    assert not good[stray]
    assert np.delete(good, stray).all()


def test_rulings_that_were_not_found_are_not_trusted() -> None:
    found = np.array([True, False, True, True])
    assert _trusted(np.zeros(4), found, DEFAULT).tolist() == found.tolist()
    assert _trusted(np.zeros(4), np.array([True, False, False, False]), DEFAULT).sum() == 1
