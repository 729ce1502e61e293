"""Badges as PDF, exact in mm: sheets of A4 with marks to cut along, or a page for each card."""

from __future__ import annotations

import io
from collections.abc import Sequence

from daihoi.papers.canvas import a4, sized
from daihoi.papers.congress.badges import COLOURS, Badge, BadgeSize, Face, faces
from daihoi.papers.congress.fitting import Fitted
from daihoi.papers.congress.pen import GREY, WHITE, Pen
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect, Style
from daihoi.words.congress import cards as s

_TICK_MM = 5.0
_CODE_LETTERS_PT = 6.5


def badge_sheets(badges: Sequence[Badge], congress_title: str, size: BadgeSize) -> bytes:
    """A4 sheets of `columns` x `rows` badges, print at 100 %. Raises the errors of `badges.faces`."""
    laid = faces(badges, congress_title, size)
    out = io.BytesIO()
    canvas = a4(out, s.BADGES, two_sided=False)
    pen = Pen(canvas, PAGE_H_MM)
    on_sheet = size.columns * size.rows
    for start in range(0, len(laid), on_sheet):
        pen.begin()
        for place, face in enumerate(laid[start : start + on_sheet]):
            x, y = place_of(size, place)
            _draw(pen, face, size, x, y)
        _cut_marks(pen, size)
        pen.end()
    canvas.save()
    return out.getvalue()


def badge_cards(badges: Sequence[Badge], congress_title: str, size: BadgeSize) -> bytes:
    """A page of the size of the card for each badge, for a printer of cards."""
    laid = faces(badges, congress_title, size)
    out = io.BytesIO()
    canvas = sized(out, s.BADGES, (size.width, size.height), two_sided=False)
    pen = Pen(canvas, size.height)
    for face in laid:
        pen.begin()
        _draw(pen, face, size, 0, 0)
        pen.end()
    canvas.save()
    return out.getvalue()


def place_of(size: BadgeSize, place: int) -> tuple[float, float]:
    """The top left in mm of the badge at that place of the sheet; rows from left to right."""
    left = (PAGE_W_MM - size.columns * size.width) / 2
    top = (PAGE_H_MM - size.rows * size.height) / 2
    return left + place % size.columns * size.width, top + place // size.columns * size.height


def _draw(pen: Pen, face: Face, size: BadgeSize, x: float, y: float) -> None:
    def at(box: Rect) -> Rect:
        return Rect(x + box.x, y + box.y, box.w, box.h)

    centred = size.height > size.width
    pen.fill(at(size.band), COLOURS[face.badge.kind])
    pen.text(at(size.band), face.band, WHITE)
    pen.text(at(size.title), face.title)
    pen.text(at(size.name), face.name)
    top = size.about.y
    for part in face.about:
        pen.text(at(Rect(size.about.x, top, size.about.w, part.height_mm)), part, centred=centred)
        top += part.height_mm
    pen.text(at(size.foot), face.foot, COLOURS[face.badge.kind], centred=centred)
    if face.badge.code:
        pen.code(at(size.code), face.badge.code)
        under = Rect(size.code.x - 8, size.code.bottom + 0.8, size.code.w + 16, 3)
        pen.text(at(under), Fitted((face.badge.code,), _CODE_LETTERS_PT, Style.REGULAR), GREY)


def _cut_marks(pen: Pen, size: BadgeSize) -> None:
    """Short lines in the margin at every edge: nothing of them is left on a badge."""
    left, top = place_of(size, 0)
    right, bottom = left + size.columns * size.width, top + size.rows * size.height
    for column in range(size.columns + 1):
        x = left + column * size.width
        pen.line((x, top - 1 - _TICK_MM), (x, top - 1))
        pen.line((x, bottom + 1), (x, bottom + 1 + _TICK_MM))
    for row in range(size.rows + 1):
        y = top + row * size.height
        pen.line((left - 1 - _TICK_MM, y), (left - 1, y))
        pen.line((right + 1, y), (right + 1 + _TICK_MM, y))
