"""Columns of a block: inside the paper, squares apart, room for a name."""

from __future__ import annotations

from itertools import pairwise

import pytest

from daihoi.sheet import paper
from daihoi.sheet.columns import SQUARE, block_left, columns
from daihoi.sheet.terms import SheetForm

EVERY = [(form, blocks) for form in SheetForm for blocks in (1, 2, 3)]


@pytest.mark.parametrize(("form", "blocks"), EVERY)
def test_blocks_stand_side_by_side_inside_the_margins(form: SheetForm, blocks: int) -> None:
    width = columns(form, blocks).width
    lefts = [block_left(form, blocks, block) for block in range(blocks)]
    assert lefts[0] >= paper.LEFT - 1e-9
    assert lefts[-1] + width <= paper.RIGHT + 1e-9
    assert all(right - left >= width + 2.9 for left, right in pairwise(lefts))


@pytest.mark.parametrize(("form", "blocks"), EVERY)
def test_blocks_stand_in_the_middle_of_the_page(form: SheetForm, blocks: int) -> None:
    last = block_left(form, blocks, blocks - 1) + columns(form, blocks).width
    assert (block_left(form, blocks, 0) + last) / 2 == pytest.approx(105.0)


@pytest.mark.parametrize("blocks", [1, 2, 3])
def test_squares_are_twelve_apart_and_inside_the_block(blocks: int) -> None:
    cut = columns(SheetForm.AGREE_DISAGREE, blocks)
    agree, disagree = cut.squares
    assert disagree - agree - SQUARE >= 12.0
    assert cut.name_right <= agree - 2.0
    assert disagree + SQUARE <= cut.width - 1.5 + 1e-9


@pytest.mark.parametrize("blocks", [1, 2, 3])
def test_strike_form_has_no_squares(blocks: int) -> None:
    assert columns(SheetForm.STRIKE_OUT, blocks).squares == ()


@pytest.mark.parametrize(("form", "blocks"), EVERY)
def test_name_has_room_beside_its_number(form: SheetForm, blocks: int) -> None:
    cut = columns(form, blocks)
    assert 0 < cut.number < cut.name_left
    assert cut.name_right - cut.name_left >= 20.0
