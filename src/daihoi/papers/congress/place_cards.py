"""Place cards for tables (D19): two faces that stand back to back once the card is folded, two cards on A4.

Both faces are turned towards the fold, so a text cell of Word can hold each of them as it stands on paper.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.shared import Mm
from reportlab.lib.units import mm

from daihoi.papers.ballots.breaks import bound
from daihoi.papers.canvas import a4
from daihoi.papers.congress.fitting import Fitted, fit, fit_name
from daihoi.papers.congress.letter import refuse_missing_letters
from daihoi.papers.congress.paged_docx import cell_line, new_document, tight_cell, turn
from daihoi.papers.congress.pen import GREY, Pen
from daihoi.papers.congress.terms import Files
from daihoi.papers.errors import NothingToPrintError
from daihoi.papers.official import docx_parts as parts
from daihoi.papers.official.blocks import literal
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect, Style
from daihoi.words.congress import cards as s

WIDTH_MM, FACE_MM, ON_PAGE = 140.0, 95.0, 2
_FOLD_X = PAGE_W_MM / 2
_TOP = (PAGE_H_MM - ON_PAGE * WIDTH_MM) / 2
_NAME, _ABOUT = Rect(7, 16, WIDTH_MM - 14, 42), Rect(7, 62, WIDTH_MM - 14, 26)
_NAME_PT, _ABOUT_PT = (48.0, 18.0), (18.0, 9.0)
_BETWEEN_PT = 11.0


@dataclass(frozen=True)
class PlaceCard:
    """One card; `about` is the post or the unit, under the name."""

    name: str
    about: str = ""


@dataclass(frozen=True)
class _Laid:
    name: Fitted
    about: Fitted


def place_cards(cards: Sequence[PlaceCard]) -> Files:
    """All cards, two on a page. NothingToPrintError, TextTooLongError, LetterMissingError."""
    if not cards:
        raise NothingToPrintError(paper=s.PLACE_CARDS)
    tidy = tuple(literal(card) for card in cards)
    refuse_missing_letters(tidy)
    laid = [
        _Laid(
            fit_name(card.name, (_NAME.w, _NAME.h), _NAME_PT, Style.BOLD),
            fit(bound(card.about), (_ABOUT.w, _ABOUT.h), _ABOUT_PT),
        )
        for card in tidy
    ]
    return Files(_docx(laid), _pdf(laid))


def _pdf(laid: Sequence[_Laid]) -> bytes:
    out = io.BytesIO()
    canvas = a4(out, s.PLACE_CARDS, two_sided=False)
    pen = Pen(canvas, PAGE_H_MM)
    for start in range(0, len(laid), ON_PAGE):
        pen.begin()
        shown = laid[start : start + ON_PAGE]
        for place, card in enumerate(shown):
            _card(pen, card, _TOP + place * WIDTH_MM)
        hint = fit(s.FOLD, (120, 5), (7.5, 7.5), Style.ITALIC)
        pen.text(Rect(45, PAGE_H_MM - 7, 120, 5), hint, GREY)
        pen.end()
    canvas.save()
    return out.getvalue()


def _card(pen: Pen, card: _Laid, top: float) -> None:
    """The left face reads downwards and the right one upwards, both with their tops at the fold."""
    canvas = pen.canvas
    left, right, bottom = _FOLD_X - FACE_MM, _FOLD_X + FACE_MM, top + WIDTH_MM
    for x in (left, right):
        pen.line((x, top), (x, bottom))
    for y in (top, bottom):
        pen.line((left, y), (right, y))
    pen.line((_FOLD_X, top), (_FOLD_X, bottom), dashed=True)
    for turned, x, y in (
        (-90, _FOLD_X - PAGE_H_MM, PAGE_H_MM - top),
        (90, _FOLD_X + PAGE_H_MM, PAGE_H_MM - bottom),
    ):
        canvas.saveState()
        canvas.translate(x * mm, y * mm)
        canvas.rotate(turned)
        pen.text(_NAME, card.name)
        pen.text(_ABOUT, card.about, middle=False)
        canvas.restoreState()


def _docx(laid: Sequence[_Laid]) -> bytes:
    document = new_document((PAGE_W_MM, PAGE_H_MM), (_FOLD_X - FACE_MM, _TOP))
    table = document.add_table(rows=len(laid), cols=2)
    parts.set_table(table, (FACE_MM, FACE_MM), side_mm=0, ruled=True)
    for row, card in zip(list(table.rows), laid, strict=True):
        parts.keep_row(row)
        row.height, row.height_rule = Mm(WIDTH_MM), WD_ROW_HEIGHT_RULE.EXACTLY
        for cell, direction in zip(row.cells, ("tbRl", "btLr"), strict=True):
            turn(cell, direction)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            cell_line(cell, card.name)
            if card.about.lines:
                # A paragraph of its own: space before a paragraph is lost in text that runs upwards.
                cell_line(cell, Fitted(("",), _BETWEEN_PT, Style.REGULAR))
                cell_line(cell, card.about)
    tight_cell(document)
    return parts.without_clock(document, title=s.PLACE_CARDS, about="")
