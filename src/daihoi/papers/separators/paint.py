"""Slips onto PDF: a code in each corner, the batch in letters that are read across a table."""

from __future__ import annotations

import io
from collections.abc import Sequence

import segno
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from daihoi.papers.canvas import a4, draw_code, up
from daihoi.papers.typefaces import typeface
from daihoi.sheet.slip import Slip, encode
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect, Style
from daihoi.words import slip_face as wording

CODE_MM = 33.0
"""Side of a code: a millimetre a module, read at 100 dpi and under a stamp or a torn corner."""
MARGIN_MM = 14.0
WIDEST_MM = PAGE_W_MM - 2 * MARGIN_MM


def paint(slips: Sequence[Slip], key: bytes, *, congress: str, contest: str, sides: int) -> bytes:
    """The slips as one PDF, `sides` equal pages each (2 where ballots are scanned on both sides).

    The codes can be read whichever way the slip is laid; the same slips give the same bytes.
    """
    out = io.BytesIO()
    canvas = a4(out, wording.KIND, two_sided=sides > 1)
    for slip in slips:
        for _side in range(sides):
            _slip(canvas, slip, key, congress, contest)
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def _slip(canvas: Canvas, slip: Slip, key: bytes, congress: str, contest: str) -> None:
    matrix = segno.make_qr(encode(slip, key), error="m", mode="alphanumeric").matrix
    right, bottom = PAGE_W_MM - MARGIN_MM - CODE_MM, PAGE_H_MM - MARGIN_MM - CODE_MM
    for x, y in ((MARGIN_MM, MARGIN_MM), (right, MARGIN_MM), (MARGIN_MM, bottom), (right, bottom)):
        draw_code(canvas, Rect(x, y, CODE_MM, CODE_MM), matrix)
    _line(canvas, wording.KIND, 70, 22, Style.BOLD)
    _line(canvas, congress, 82, 14)
    _line(canvas, contest, 90, 14)
    _line(canvas, wording.BATCH.format(batch=slip.batch, batches=slip.batches), 140, 84, Style.BOLD)
    _line(canvas, wording.BALLOTS.format(ballots=slip.ballots), 175, 54, Style.BOLD)
    for step, words in enumerate(wording.HOW):
        _line(canvas, words, 200 + 8 * step, 13)
    _line(canvas, wording.NO_BALLOT, 220, 13, Style.ITALIC)
    if slip.rehearsal:
        _line(canvas, wording.REHEARSAL, 236, 30, Style.BOLD)


def _line(canvas: Canvas, text: str, y: float, size: float, style: Style = Style.REGULAR) -> None:
    """One line in the middle of the page, its baseline `y` mm from the top; smaller where it would be too wide."""
    name = typeface(style)
    wide = pdfmetrics.stringWidth(text, name, size)
    size *= min(1.0, WIDEST_MM * mm / wide) if wide else 1.0
    canvas.setFont(name, size)
    canvas.drawCentredString(PAGE_W_MM / 2 * mm, up(y), text)
