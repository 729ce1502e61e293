"""The columns of a block of the list: number, name, and in the agree form the two squares."""

from __future__ import annotations

from dataclasses import dataclass

from daihoi.sheet import paper
from daihoi.sheet.terms import PAGE_W_MM, SheetForm

SQUARE = 6.0
# Narrower than the page: a short name does not lose its number across an empty line.
ONE_STRIKE_BLOCK = 144.0
# White between the squares of one name; a little more than is asked, for the tolerance of printing.
GAP = 12.2


@dataclass(frozen=True)
class Columns:
    """Widths in mm from the left edge of a block: where the name begins and ends, and the left edges of the squares."""

    width: float
    number: float
    name_left: float
    name_right: float
    squares: tuple[float, ...] = ()


@dataclass(frozen=True)
class _Measures:
    number: float
    gutter: float
    square_margin: float
    gap: float
    pad: float
    clear: float = 0.0


_MEASURES = {
    SheetForm.STRIKE_OUT: {
        1: _Measures(number=18.0, gutter=0.0, square_margin=0.0, gap=0.0, pad=4.0),
        2: _Measures(number=12.0, gutter=7.0, square_margin=0.0, gap=0.0, pad=2.5),
        3: _Measures(number=9.0, gutter=4.0, square_margin=0.0, gap=0.0, pad=1.0),
    },
    SheetForm.AGREE_DISAGREE: {
        1: _Measures(number=18.0, gutter=0.0, square_margin=13.0, gap=26.0, pad=4.0, clear=6.0),
        2: _Measures(number=10.0, gutter=7.0, square_margin=4.0, gap=GAP, pad=1.5, clear=4.0),
        3: _Measures(number=8.0, gutter=3.0, square_margin=1.6, gap=GAP, pad=0.6, clear=2.0),
    },
}


def columns(form: SheetForm, blocks: int) -> Columns:
    """The columns of a page that holds `blocks` blocks side by side."""
    sizes = _MEASURES[form][blocks]
    width = (paper.WIDTH - sizes.gutter * (blocks - 1)) / blocks
    name_left = sizes.number + sizes.pad
    if form is SheetForm.STRIKE_OUT:
        if blocks == 1:
            width = ONE_STRIKE_BLOCK
        return Columns(width, sizes.number, name_left, width - 1.0)
    disagree = width - sizes.square_margin - SQUARE
    agree = disagree - sizes.gap - SQUARE
    return Columns(width, sizes.number, name_left, agree - sizes.clear, (agree, disagree))


def block_left(form: SheetForm, blocks: int, block: int) -> float:
    """Left edge of the block of that number (from 0), mm."""
    width = columns(form, blocks).width
    gutter = _MEASURES[form][blocks].gutter
    total = blocks * width + (blocks - 1) * gutter
    return (PAGE_W_MM - total) / 2 + block * (width + gutter)
