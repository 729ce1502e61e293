"""The columns of a block of the list: number, name, and in the agree form the two squares."""

from __future__ import annotations

from dataclasses import dataclass

from daihoi.sheet import paper
from daihoi.sheet.terms import SheetForm

SQUARE = 6.0
GAP = 12.5
"""White between the squares of one name; half a millimetre more than is asked, for the tolerance of printing."""


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


_MEASURES = {
    1: _Measures(number=18.0, gutter=0.0, square_margin=13.0, gap=26.0, pad=4.0),
    2: _Measures(number=10.0, gutter=7.0, square_margin=4.0, gap=GAP, pad=1.5),
    3: _Measures(number=6.5, gutter=3.5, square_margin=2.5, gap=GAP, pad=0.8),
}


def columns(form: SheetForm, blocks: int) -> Columns:
    """The columns of a page that holds `blocks` blocks side by side."""
    sizes = _MEASURES[blocks]
    width = (paper.WIDTH - sizes.gutter * (blocks - 1)) / blocks
    name_left = sizes.number + sizes.pad
    if form is SheetForm.STRIKE_OUT:
        return Columns(width, sizes.number, name_left, width - 1.0)
    disagree = width - sizes.square_margin - SQUARE
    agree = disagree - sizes.gap - SQUARE
    return Columns(width, sizes.number, name_left, agree - sizes.square_margin, (agree, disagree))


def block_left(form: SheetForm, blocks: int, block: int) -> float:
    """Left edge of the block of that number (from 0), mm."""
    return paper.LEFT + block * (columns(form, blocks).width + _MEASURES[blocks].gutter)
