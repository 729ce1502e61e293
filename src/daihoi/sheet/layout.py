"""A whole ballot sheet from what it says: blocks, pitch, and every drawn thing in its place. Pure geometry."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from daihoi.sheet import grid, heading, paper
from daihoi.sheet.columns import block_left, columns
from daihoi.sheet.names import largest_size, page_size
from daihoi.sheet.rows import HEAD, Block, draw_block
from daihoi.sheet.terms import (
    PAGE_H_MM,
    PAGE_W_MM,
    Anchor,
    Code,
    Drawn,
    Face,
    Fill,
    Line,
    Listed,
    Measure,
    PagePlan,
    SheetForm,
    SheetPlan,
    Style,
    Target,
    Text,
)

LARGEST_PT = {
    SheetForm.STRIKE_OUT: {1: 15.0, 2: 13.5, 3: 12.0},
    SheetForm.AGREE_DISAGREE: {1: 15.0, 2: 12.5, 3: 10.0},
}
"""Size of a name by the number of blocks side by side, where pitch and length allow it."""
# Ten per cent ink: far lighter than any pen, and lost in a one-bit scan.
REHEARSAL_GREY = 0.9


def plan_sheet(face: Face, measure: Measure, *, payload: Callable[[int, int], str]) -> SheetPlan:
    """The sheet that says `face`; `payload(page, pages)` is asked for the text of the codes of each page.

    Raises NoNamesError, TooManyNamesError, NameTooLongError, HeadingTooLongError.
    """
    head = HEAD[face.form]
    roomy, compact, back = (make(face, measure) for make in (heading.roomy, heading.compact, heading.back))
    heights = (paper.LIST_BOTTOM - above.bottom - head for above in (roomy, compact, back))
    chosen = grid.choose(len(face.names), face.form, grid.Room(*heights))
    fronts = roomy if chosen.roomy else compact
    pages, first, total = [], 0, len(chosen.pages)
    for number, blocks in enumerate(chosen.pages, start=1):
        above = fronts if number == 1 else back
        names = face.names[first : first + sum(blocks)]
        drawn, targets = _list(face, names, blocks, first, above.bottom, chosen.pitch, measure)
        codes = tuple(Code(rect, payload(number, total)) for rect in (paper.CODE_TOP_RIGHT, paper.CODE_BOTTOM_LEFT))
        frame = _frame(face, number, total)
        everything = (*_rehearsal(face, measure), *frame, *codes, *above.drawn, *drawn)
        pages.append(PagePlan(number, tuple(targets), paper.CORNERS, codes, everything))
        first += sum(blocks)
    return SheetPlan(face.form, paper.STAMP, tuple(pages), rehearsal=bool(face.rehearsal_line))


def _list(
    face: Face, names: Sequence[Listed], blocks: Sequence[int], first: int, top: float, pitch: float, measure: Measure
) -> tuple[list[Drawn], list[Target]]:
    cut = columns(face.form, len(blocks))
    largest = largest_size(pitch, LARGEST_PT[face.form][len(blocks)])
    # A name that may stand in two lines need not make all the others smaller.
    share = 1.0 if face.form is SheetForm.STRIKE_OUT else (0.8 if len(blocks) < 3 else 0.0)
    size = page_size(names, cut.name_right - cut.name_left, largest, share, measure)
    drawn: list[Drawn] = []
    targets: list[Target] = []
    begin = 0
    for place, rows in enumerate(blocks):
        if not rows:
            continue
        block = Block(face.form, block_left(face.form, len(blocks), place), top, pitch, cut, size)
        more, found = draw_block(block, names[begin : begin + rows], first + begin + 1, face.columns, measure)
        drawn += more
        targets += found
        begin += rows
    return drawn, targets


def _frame(face: Face, number: int, total: int) -> list[Drawn]:
    """What stands on every page: corner marks, ruler, and with two pages their number and the word to turn over."""
    drawn: list[Drawn] = [Fill(rect) for rect in paper.CORNERS]
    y, left = paper.RULER_Y, paper.RULER_LEFT
    drawn.append(Line(left, y, left + paper.RULER_LENGTH, y, 0.2))
    for tick in range(11):
        x = left + tick * paper.RULER_LENGTH / 10
        drawn.append(Line(x, y - (2.4 if tick % 5 == 0 else 1.4), x, y, 0.2))
    drawn.append(Text(left + paper.RULER_LENGTH / 2, y - 3.4, face.ruler_line, 7.5, anchor=Anchor.MIDDLE))
    right = paper.CORNERS[3].x - paper.CLEAR - 1.0
    if total > 1:
        drawn.append(Text(right, y, face.page_line.format(page=number, pages=total), 9.0, anchor=Anchor.END))
        if number < total:
            drawn += [
                Text(right, y - 4.3 * (place + 1), line, 9.5, Style.BOLD_ITALIC, Anchor.END)
                for place, line in enumerate(reversed(face.footer))
            ]
    return drawn


def _rehearsal(face: Face, measure: Measure) -> list[Drawn]:
    """The word of a rehearsal across the page, beneath everything and clear of marks, codes and stamp field."""
    if not face.rehearsal_line:
        return []
    size = 150.0 / measure(face.rehearsal_line, 100.0, Style.BOLD) * 100.0
    middle = Text(
        PAGE_W_MM / 2, PAGE_H_MM / 2 + 12.0, face.rehearsal_line, size, Style.BOLD, Anchor.MIDDLE,
        grey=REHEARSAL_GREY, angle=45.0,
    )  # fmt: skip
    return [middle]
