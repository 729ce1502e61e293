"""The fixed places of every ballot, held to the contract of issue and reader."""

from __future__ import annotations

import pytest

from daihoi.sheet import paper
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect
from tests.sheet.samples import grown, overlap

FIXED = [*paper.CORNERS, paper.CODE_TOP_RIGHT, paper.CODE_BOTTOM_LEFT, paper.STAMP]


def test_corner_marks_stand_in_reading_order() -> None:
    top_left, top_right, bottom_left, bottom_right = paper.CORNERS
    assert top_left.x == bottom_left.x < top_right.x == bottom_right.x
    assert top_left.y == top_right.y < bottom_left.y == bottom_right.y


@pytest.mark.parametrize("mark", paper.CORNERS)
def test_corner_marks_are_squares_that_a_turned_page_does_not_lose(mark: Rect) -> None:
    assert mark.w == mark.h == 6.0
    assert min(mark.x, PAGE_W_MM - mark.right) >= 14.0
    assert min(mark.y, PAGE_H_MM - mark.bottom) >= 10.0


def test_fixed_things_keep_apart() -> None:
    for place, one in enumerate(FIXED):
        for other in FIXED[place + 1 :]:
            assert not overlap(grown(one, 2.4), other)


@pytest.mark.parametrize("code", [paper.CODE_TOP_RIGHT, paper.CODE_BOTTOM_LEFT])
def test_modules_of_codes_are_about_half_a_millimetre(code: Rect) -> None:
    assert code.w == code.h
    assert 0.54 <= code.w / 29 <= 0.58


def test_codes_stand_beside_their_marks() -> None:
    assert paper.CODE_TOP_RIGHT.y == paper.CORNERS[1].y
    assert paper.CORNERS[1].x - paper.CODE_TOP_RIGHT.right == pytest.approx(2.5)
    assert paper.CODE_BOTTOM_LEFT.bottom == pytest.approx(paper.CORNERS[2].bottom)
    assert paper.CODE_BOTTOM_LEFT.x - paper.CORNERS[2].right == pytest.approx(2.5)


def test_codes_stand_at_opposite_corners_so_that_one_stamp_cannot_hide_both() -> None:
    assert paper.CODE_TOP_RIGHT.x - paper.CODE_BOTTOM_LEFT.right > 100.0
    assert paper.CODE_BOTTOM_LEFT.y - paper.CODE_TOP_RIGHT.bottom > 200.0


def test_stamp_field_is_that_of_the_contract() -> None:
    assert (paper.STAMP.w, paper.STAMP.h) == (42.0, 42.0)
    assert paper.STAMP.x - paper.CORNERS[0].right == pytest.approx(2.5)


def test_list_ends_above_codes_and_ruler() -> None:
    assert paper.CODE_BOTTOM_LEFT.y - paper.QUIET > paper.LIST_BOTTOM
    assert paper.LIST_BOTTOM < paper.RULER_Y - 8.0


def test_ruler_stands_between_the_codes() -> None:
    assert paper.CODE_BOTTOM_LEFT.right + paper.QUIET < paper.RULER_LEFT
    assert paper.CORNERS[3].x - paper.CLEAR > paper.RULER_LEFT + paper.RULER_LENGTH


def test_quiet_zone_is_four_modules() -> None:
    assert pytest.approx(4 * paper.CODE / 29) == paper.QUIET
    assert paper.QUIET < paper.CLEAR
