"""Blocks and pitch: the calmest grid that holds the list."""

from __future__ import annotations

import pytest

from daihoi.sheet.errors import NoNamesError, TooManyNamesError
from daihoi.sheet.grid import PITCHES, Room, balanced, choose
from daihoi.sheet.terms import SheetForm

STRIKE, AGREE = SheetForm.STRIKE_OUT, SheetForm.AGREE_DISAGREE
ROOM = Room(roomy=160.0, compact=195.0, back=230.0)


@pytest.mark.parametrize(
    ("count", "blocks", "rows"),
    [(1, 1, (1,)), (7, 2, (4, 3)), (8, 2, (4, 4)), (10, 3, (4, 3, 3)), (1, 2, (1, 0)), (64, 3, (22, 21, 21))],
)
def test_balanced_blocks_differ_by_one_row_at_most(count: int, blocks: int, rows: tuple[int, ...]) -> None:
    assert balanced(count, blocks) == rows


@pytest.mark.parametrize(
    ("form", "names", "pages", "roomy"),
    [
        (STRIKE, 1, ((1,),), True),
        (STRIKE, 17, ((17,),), True),
        (STRIKE, 20, ((20,),), False),
        (STRIKE, 30, ((15, 15),), True),
        (STRIKE, 44, ((22, 22),), False),
        (AGREE, 1, ((1,),), True),
        (AGREE, 18, ((18,),), False),
        (AGREE, 37, ((19, 18),), False),
    ],
)
def test_grid_prefers_one_side_and_few_blocks(
    form: SheetForm, names: int, pages: tuple[tuple[int, ...], ...], roomy: bool
) -> None:
    grid = choose(names, form, ROOM)
    assert (grid.pages, grid.roomy) == (pages, roomy)


def test_grid_that_needs_the_back_fills_the_front_at_the_same_pitch() -> None:
    grid = choose(70, STRIKE, ROOM)
    assert grid.pages == ((18, 17), (18, 17)) or sum(map(sum, grid.pages)) == 70
    assert len(grid.pages) == 2
    assert grid.pitch >= 10.0


def test_three_blocks_come_only_where_two_do_not_hold() -> None:
    assert [len(page) for page in choose(80, AGREE, ROOM).pages] == [2, 2]
    assert [len(page) for page in choose(100, AGREE, ROOM).pages] == [2, 3]
    assert [len(page) for page in choose(100, AGREE, Room(120.0, 155.0, 225.0)).pages] == [3, 3]


@pytest.mark.parametrize("form", list(SheetForm))
@pytest.mark.parametrize("names", range(1, 101, 3))
def test_pitch_is_a_quarter_of_a_millimetre_within_its_limits(form: SheetForm, names: int) -> None:
    pitch = choose(names, form, ROOM).pitch
    assert PITCHES[form].least <= pitch <= PITCHES[form].most
    assert pitch * 4 == int(pitch * 4)


@pytest.mark.parametrize("form", list(SheetForm))
@pytest.mark.parametrize("names", range(1, 101, 3))
def test_rows_fit_into_their_room(form: SheetForm, names: int) -> None:
    grid = choose(names, form, ROOM)
    heights = [ROOM.roomy if grid.roomy else ROOM.compact, ROOM.back]
    for page, height in zip(grid.pages, heights, strict=False):
        assert max(page) * grid.pitch <= height


def test_limits_of_pitch_are_those_of_the_contract() -> None:
    assert PITCHES[STRIKE].least == 8.0
    assert PITCHES[AGREE].least == 10.0


@pytest.mark.parametrize("names", [0, -1])
def test_nobody_is_refused(names: int) -> None:
    with pytest.raises(NoNamesError):
        choose(names, STRIKE, ROOM)


@pytest.mark.parametrize("names", [101, 1000])
def test_more_than_a_hundred_are_refused(names: int) -> None:
    with pytest.raises(TooManyNamesError):
        choose(names, STRIKE, ROOM)


def test_room_too_low_for_the_list_is_refused() -> None:
    with pytest.raises(TooManyNamesError):
        choose(100, STRIKE, Room(20.0, 40.0, 60.0))


def test_front_without_a_row_is_no_front() -> None:
    with pytest.raises(TooManyNamesError):
        choose(30, STRIKE, Room(0.0, 5.0, 230.0))
