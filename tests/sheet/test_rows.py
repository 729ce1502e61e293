"""One block of the list: its head, its rows, its rulings."""

from __future__ import annotations

import pytest

from daihoi.papers.typefaces import measure
from daihoi.sheet.columns import columns
from daihoi.sheet.rows import HEAD, Block, draw_block
from daihoi.sheet.terms import Anchor, Drawn, Frame, Line, Listed, SheetForm, Style, Target, Text
from tests.sheet.samples import AGREE, LONGEST, STRIKE, covers, inside, ordinary, overlap

HEADS = {STRIKE: ("Số TT", "Họ và tên"), AGREE: ("Số thứ tự", "Họ và tên", "Đồng ý", "Không đồng ý")}


def block(form: SheetForm, blocks: int = 1, *, pitch: float = 10.0, size: float = 10.0) -> Block:
    return Block(form, 20.0, 70.0, pitch, columns(form, blocks), size)


def drawn(
    form: SheetForm, names: tuple[Listed, ...], blocks: int = 1, first: int = 1
) -> tuple[list[Drawn], list[Target]]:
    return draw_block(block(form, blocks), names, first, HEADS[form], measure)


def texts(items: list[Drawn], style: Style) -> list[Text]:
    return [item for item in items if isinstance(item, Text) and item.style is style]


@pytest.mark.parametrize("form", [STRIKE, AGREE])
def test_rows_follow_the_head_at_the_pitch(form: SheetForm) -> None:
    _, targets = drawn(form, ordinary(4))
    rows = list(dict.fromkeys(target.row.y for target in targets))
    assert rows == [70.0 + HEAD[form] + 10.0 * place for place in range(4)]


@pytest.mark.parametrize("form", [STRIKE, AGREE])
def test_rulings_span_the_block_and_only_the_outer_ones_are_strong(form: SheetForm) -> None:
    items, _ = drawn(form, ordinary(4))
    lines = [item for item in items if isinstance(item, Line)]
    width = columns(form, 1).width
    assert all((line.x0, line.x1) == (20.0, pytest.approx(20.0 + width)) for line in lines)
    assert [line.width for line in lines] == [0.3, 0.3, 0.15, 0.15, 0.15, 0.3]


@pytest.mark.parametrize(("form", "blocks"), [(STRIKE, 1), (STRIKE, 2), (AGREE, 1), (AGREE, 2), (AGREE, 3)])
def test_head_names_its_columns_in_one_size_between_its_rules(form: SheetForm, blocks: int) -> None:
    items, _ = drawn(form, ordinary(1), blocks)
    heads = texts(items, Style.BOLD)
    assert " ".join(text.text for text in heads) == " ".join(HEADS[form])
    assert len({text.size_pt for text in heads}) == 1
    for text in heads:
        assert covers(text).y >= 70.0
        assert covers(text).bottom <= 70.0 + HEAD[form] + 0.2


@pytest.mark.parametrize(("form", "blocks"), [(STRIKE, 1), (STRIKE, 2), (AGREE, 1), (AGREE, 2), (AGREE, 3)])
def test_heads_of_columns_do_not_touch(form: SheetForm, blocks: int) -> None:
    items, _ = drawn(form, ordinary(1), blocks)
    heads = [covers(text) for text in texts(items, Style.BOLD)]
    for place, one in enumerate(heads):
        assert not any(overlap(one, other) for other in heads[place + 1 :] if abs(one.x - other.x) > 5.0)


@pytest.mark.parametrize("blocks", [1, 2, 3])
def test_heads_of_squares_stand_over_their_squares(blocks: int) -> None:
    items, targets = drawn(AGREE, ordinary(1), blocks)
    middles = {round(target.box.x + 3.0, 6) for target in targets}
    assert {
        round(text.x, 6) for text in texts(items, Style.BOLD) if text.x > 20.0 + columns(AGREE, blocks).name_right
    } == middles


def test_name_column_is_headed_flush_with_the_names() -> None:
    items, targets = drawn(STRIKE, ordinary(1))
    head = next(text for text in texts(items, Style.BOLD) if text.text == "Họ và tên")
    assert (head.x, head.anchor) == (targets[0].box.x, Anchor.START)


def test_numbers_begin_where_they_are_told_and_share_the_baseline_of_the_name() -> None:
    items, targets = drawn(STRIKE, ordinary(3), first=47)
    numbers = [text for text in texts(items, Style.REGULAR) if text.anchor is Anchor.MIDDLE]
    labels = [text for text in texts(items, Style.REGULAR) if text.x == targets[0].box.x]
    assert [text.text for text in numbers] == ["47", "48", "49"]
    for number, label in zip(numbers, labels, strict=True):
        assert number.baseline == pytest.approx(label.baseline)


@pytest.mark.parametrize("blocks", [1, 2, 3])
@pytest.mark.parametrize("name", LONGEST)
def test_longest_name_keeps_off_the_squares(blocks: int, name: str) -> None:
    items, targets = drawn(AGREE, (Listed("c", name),), blocks)
    labels = [text for text in texts(items, Style.REGULAR) if text.anchor is Anchor.START]
    assert " ".join(text.text for text in labels) == name
    for text in labels:
        assert covers(text).right <= targets[0].box.x - 1.5
        assert inside(covers(text), targets[0].row)


def test_squares_stand_in_the_middle_of_their_row() -> None:
    items, targets = drawn(AGREE, ordinary(2))
    for target in targets:
        assert target.box.y - target.row.y == pytest.approx(target.row.bottom - target.box.bottom)
    assert len([item for item in items if isinstance(item, Frame)]) == 4


def test_row_of_both_squares_is_the_whole_row_of_the_block() -> None:
    _, targets = drawn(AGREE, ordinary(1))
    assert targets[0].row == targets[1].row
    assert targets[0].row.w == pytest.approx(columns(AGREE, 1).width)


def test_strike_form_draws_no_square() -> None:
    items, targets = drawn(STRIKE, ordinary(2))
    assert not [item for item in items if isinstance(item, Frame)]
    assert [len(target.words) for target in targets] == [len(name.label.split()) for name in ordinary(2)]


def test_empty_block_draws_its_head_alone() -> None:
    items, targets = drawn(STRIKE, ())
    assert targets == []
    assert len([item for item in items if isinstance(item, Line)]) == 2
