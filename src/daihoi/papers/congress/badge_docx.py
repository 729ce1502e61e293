"""Badges as DOCX, to be changed by hand: the same lines in the same sizes as in the PDF, in tables of exact height."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from daihoi.papers.congress.badges import COLOURS, Badge, BadgeSize, Face, faces
from daihoi.papers.congress.fitting import Fitted
from daihoi.papers.congress.paged_docx import cell_line, exact_rows, new_document, shade, tight_cell
from daihoi.papers.congress.pen import BLACK, GREY, WHITE, Rgb
from daihoi.papers.official import docx_parts as parts
from daihoi.papers.official.codes import qr_png
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Style
from daihoi.words.congress import cards as s

_SLACK_MM = 1.0
"""Word wants a paragraph after a table in a cell, and the row must not grow by it."""
_CODE_LETTERS_PT = 6.5


def badge_sheets_docx(badges: Sequence[Badge], congress_title: str, size: BadgeSize) -> bytes:
    """A4 sheets of badges with hairlines to cut along. Raises the errors of `badges.faces`."""
    side, top = (PAGE_W_MM - size.columns * size.width) / 2, (PAGE_H_MM - size.rows * size.height) / 2
    return _document(faces(badges, congress_title, size), size, (PAGE_W_MM, PAGE_H_MM), (side, top), size.columns)


def badge_cards_docx(badges: Sequence[Badge], congress_title: str, size: BadgeSize) -> bytes:
    """A page of the size of the card for each badge."""
    return _document(faces(badges, congress_title, size), size, (size.width, size.height), (0.0, 0.0), 1)


def _document(
    laid: Sequence[Face],
    size: BadgeSize,
    page_mm: tuple[float, float],
    margins_mm: tuple[float, float],
    columns: int,
) -> bytes:
    document = new_document(page_mm, margins_mm)
    rows = [laid[start : start + columns] for start in range(0, len(laid), columns)]
    table = document.add_table(rows=len(rows), cols=columns)
    parts.set_table(table, (size.width,) * columns, side_mm=0, ruled=page_mm[0] > size.width)
    # A card on a page of its own needs room for the paragraph that ends the file.
    height = size.height - (0.0 if page_mm[0] > size.width else _SLACK_MM)
    for row, told in zip(list(table.rows), rows, strict=True):
        parts.keep_row(row)
        row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.EXACTLY
        for cell, face in zip(row.cells, told, strict=False):
            _badge(cell, face, size)
    tight_cell(document)
    return parts.without_clock(document, title=s.BADGES, about="")


def _badge(cell: Any, face: Face, size: BadgeSize) -> None:
    portrait = size.height > size.width
    heights = [size.band.h, size.name.y - size.band.h, size.about.y - size.name.y]
    if portrait:
        heights += [size.code.y - size.about.y, size.foot.y - size.code.y]
    heights.append(size.height - sum(heights) - 2 * _SLACK_MM)
    inner = exact_rows(cell, size.width, heights)
    colour = COLOURS[face.badge.kind]
    rows = list(inner.rows)
    shade(rows[0].cells[0], colour)
    _lines(rows[0].cells[0], (face.band,), WHITE)
    _lines(rows[1].cells[0], (face.title,))
    _lines(rows[2].cells[0], (face.name,))
    if portrait:
        _lines(rows[3].cells[0], face.about)
        _code(rows[4].cells[0], face, size.code.w, heights[4])
        _lines(rows[5].cells[0], (face.foot,), colour)
    else:
        _beside(rows[3].cells[0], face, size, heights[3], colour)


def _beside(cell: Any, face: Face, size: BadgeSize, height: float, colour: Rgb) -> None:
    """Who it is and where he sits on the left, the code on the right."""
    left_mm = size.code.x - 3
    inner = exact_rows(cell, size.width, [height - _SLACK_MM], (left_mm, size.width - left_mm))
    left, right = inner.rows[0].cells
    _lines(left, face.about, indent_mm=size.about.x, centred=False)
    cell_line(left, face.foot, colour, centred=False, indent_mm=size.foot.x)
    left.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
    _code(right, face, size.code.w, height - _SLACK_MM)


def _lines(
    cell: Any, texts: Sequence[Fitted], rgb: Rgb = BLACK, *, indent_mm: float = 0.0, centred: bool = True
) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for fitted in texts:
        cell_line(cell, fitted, rgb, centred=centred, indent_mm=indent_mm)
    tight_cell(cell)


def _code(cell: Any, face: Face, side_mm: float, height_mm: float) -> None:
    """The QR and under it what it says, both within the height of the row."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
    if not face.badge.code:
        return
    under = Fitted((face.badge.code,), _CODE_LETTERS_PT, Style.REGULAR)
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    picture = paragraph.add_run().add_picture(
        io.BytesIO(qr_png(face.badge.code, 1)), width=Mm(min(side_mm + 1.5, height_mm - under.height_mm - 1))
    )
    parts.flush_picture(picture, face.badge.code)
    cell_line(cell, under, GREY)
