"""One block of the list: its head, its rows, its rulings, and what the voter marks in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daihoi.sheet.columns import SQUARE, Columns
from daihoi.sheet.names import print_name
from daihoi.sheet.terms import (
    Anchor,
    Drawn,
    Frame,
    Line,
    Listed,
    Measure,
    Rect,
    SheetForm,
    Style,
    Target,
    TargetKind,
    Text,
)
from daihoi.sheet.typeset import ASCENT_EM, DESCENT_EM, MM_PER_PT, Say, fitted, wrap

# Height of the head of a block; two lines in the agree form.
HEAD = {SheetForm.STRIKE_OUT: 8.0, SheetForm.AGREE_DISAGREE: 10.5}
HAIRLINE = 0.15
RULE = 0.3
OUTLINE = 0.3
HEAD_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)


@dataclass(frozen=True)
class Block:
    """Where a block stands and how its rows are set."""

    form: SheetForm
    left: float
    top: float
    pitch: float
    columns: Columns
    size: float


def draw_block(
    block: Block, names: Sequence[Listed], first: int, heads: Sequence[str], measure: Measure
) -> tuple[list[Drawn], list[Target]]:
    """The block as drawn things and targets; `first` is the number in front of its first name."""
    drawn = _head(block, heads, measure)
    targets: list[Target] = []
    y = block.top + HEAD[block.form]
    right = block.left + block.columns.width
    for place, name in enumerate(names):
        row = Rect(block.left, y, block.columns.width, block.pitch)
        more, found = _row(block, name, first + place, row, measure)
        drawn += more
        targets += found
        y += block.pitch
        drawn.append(Line(block.left, y, right, y, RULE if place == len(names) - 1 else HAIRLINE))
    return drawn, targets


def _row(block: Block, name: Listed, number: int, row: Rect, measure: Measure) -> tuple[list[Drawn], list[Target]]:
    columns = block.columns
    printed = print_name(
        name,
        left=block.left + columns.name_left,
        room=columns.name_right - columns.name_left,
        row=row,
        size=block.size,
        measure=measure,
        most_lines=1 if block.form is SheetForm.STRIKE_OUT else 2,
    )
    # The middle of capitals in the middle of the row, as a name in one line stands.
    baseline = row.y + row.h / 2 + (ASCENT_EM - DESCENT_EM) / 2 * block.size * MM_PER_PT
    drawn: list[Drawn] = [
        Text(block.left + columns.number / 2, baseline, str(number), block.size, anchor=Anchor.MIDDLE),
        *printed.texts,
    ]
    if block.form is SheetForm.STRIKE_OUT:
        return drawn, [Target(name.candidate, TargetKind.NAME, printed.box, row, printed.words)]
    targets = []
    for kind, x in zip((TargetKind.AGREE, TargetKind.DISAGREE), columns.squares, strict=True):
        box = Rect(block.left + x, row.y + (row.h - SQUARE) / 2, SQUARE, SQUARE)
        inset = OUTLINE / 2
        drawn.append(Frame(Rect(box.x + inset, box.y + inset, SQUARE - OUTLINE, SQUARE - OUTLINE), OUTLINE))
        targets.append(Target(name.candidate, kind, box, row))
    return drawn, targets


def _head(block: Block, heads: Sequence[str], measure: Measure) -> list[Drawn]:
    """The names of the columns, bold and of one size, between two rules; the name's stands over the names."""
    columns, height = block.columns, HEAD[block.form]
    right = block.left + columns.width
    room = min(15.0, 2 * (columns.width - columns.squares[-1]) - SQUARE) if columns.squares else 0.0
    cells = [(columns.number / 2, columns.number - 0.6, Anchor.MIDDLE)]
    cells += [(columns.name_left, columns.name_right - columns.name_left, Anchor.START)]
    cells += [(x + SQUARE / 2, room, Anchor.MIDDLE) for x in columns.squares]
    lines = 1 if block.form is SheetForm.STRIKE_OUT else 2
    set_in = [
        fitted(Say(text, HEAD_SIZES, Style.BOLD, lines), cell[1], measure)
        for text, cell in zip(heads, cells, strict=True)
    ]
    size = min(size for size, _ in set_in)
    drawn: list[Drawn] = [
        Line(block.left, block.top, right, block.top, RULE),
        Line(block.left, block.top + height, right, block.top + height, RULE),
    ]
    for text, (x, width, anchor) in zip(heads, cells, strict=True):
        drawn += _head_cell(wrap(text, size, Style.BOLD, width, measure), block, block.left + x, size, anchor)
    return drawn


def _head_cell(lines: Sequence[str], block: Block, x: float, size: float, anchor: Anchor) -> list[Text]:
    em = size * MM_PER_PT
    step = 1.15 * em
    # The middle of the capitals of all lines together stands in the middle of the head.
    first = block.top + HEAD[block.form] / 2 + 0.33 * em - step * (len(lines) - 1) / 2
    return [Text(x, first + step * place, line, size, Style.BOLD, anchor) for place, line in enumerate(lines)]
