"""A planned sheet onto PDF with reportlab: the same millimetres, the same bytes for the same plan."""

from __future__ import annotations

import io

import segno
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from daihoi.papers.canvas import a4, draw_code, up
from daihoi.papers.typefaces import typeface
from daihoi.sheet.terms import (
    PAGE_H_MM,
    PAGE_W_MM,
    Anchor,
    Code,
    Drawn,
    Fill,
    Frame,
    Line,
    PagePlan,
    SheetPlan,
    Text,
)


def paint(plan: SheetPlan, sheets: int, title: str) -> bytes:
    """The sheet `sheets` times over as one PDF; each page is drawn once and then only called."""
    out = io.BytesIO()
    canvas = a4(out, title, two_sided=len(plan.pages) > 1)
    for page in plan.pages:
        canvas.beginForm(f"page{page.number}", upperx=PAGE_W_MM * mm, uppery=PAGE_H_MM * mm)
        _page(canvas, page)
        canvas.endForm()
    for _ in range(sheets):
        for page in plan.pages:
            canvas.doForm(f"page{page.number}")
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def _page(canvas: Canvas, page: PagePlan) -> None:
    for item in page.drawn:
        _draw(canvas, item)


def _draw(canvas: Canvas, item: Drawn) -> None:
    match item:
        case Text():
            _text(canvas, item)
        case Line():
            canvas.setLineWidth(item.width * mm)
            canvas.line(item.x0 * mm, up(item.y0), item.x1 * mm, up(item.y1))
        case Frame():
            canvas.setLineWidth(item.width * mm)
            canvas.rect(item.rect.x * mm, up(item.rect.bottom), item.rect.w * mm, item.rect.h * mm)
        case Fill():
            _fill(canvas, item)
        case Code():
            matrix = segno.make_qr(item.payload, error="m", version=3, mode="alphanumeric", boost_error=False).matrix
            draw_code(canvas, item.rect, matrix)


def _text(canvas: Canvas, item: Text) -> None:
    name = typeface(item.style)
    width = canvas.stringWidth(item.text, name, item.size_pt) * item.stretch
    back = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[item.anchor]
    canvas.saveState()
    canvas.setFillGray(item.grey)
    canvas.translate(item.x * mm, up(item.baseline))
    if item.angle:
        canvas.rotate(item.angle)
    line = canvas.beginText(-back, 0)
    line.setFont(name, item.size_pt)
    if item.stretch != 1.0:
        line.setHorizScale(item.stretch * 100)
    line.textOut(item.text)
    canvas.drawText(line)
    canvas.restoreState()


def _fill(canvas: Canvas, item: Fill) -> None:
    """A black rectangle with one corner too many: renderers push a plain one out to whole pixels."""
    left, right = item.rect.x * mm, item.rect.right * mm
    top, bottom = up(item.rect.y), up(item.rect.bottom)
    path = canvas.beginPath()
    path.moveTo(left, top)
    for x, y in (((left + right) / 2, top), (right, top), (right, bottom), (left, bottom)):
        path.lineTo(x, y)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
