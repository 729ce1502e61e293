"""A planned sheet onto PDF with reportlab: the same millimetres, the same bytes for the same plan."""

from __future__ import annotations

import io

import segno
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

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
    Style,
    Text,
)


def paint(plan: SheetPlan, sheets: int, title: str) -> bytes:
    """The sheet `sheets` times over as one PDF; each page is drawn once and then only called."""
    out = io.BytesIO()
    canvas = Canvas(
        out,
        pagesize=(PAGE_W_MM * mm, PAGE_H_MM * mm),
        pageCompression=1,
        invariant=1,
        lang="vi",
        # Else every page begins in Helvetica, which would stand in the file without being embedded.
        initialFontName=typeface(Style.REGULAR),  # type: ignore[arg-type]  # the stub asks for a number
    )
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("Daihoi")
    # A viewer that shrinks the page "to fit" would make the scale wrong and the reader refuse the sheet.
    canvas.setViewerPreference("PrintScaling", "None")
    if len(plan.pages) > 1:
        canvas.setViewerPreference("Duplex", "DuplexFlipLongEdge")
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
            canvas.line(item.x0 * mm, _up(item.y0), item.x1 * mm, _up(item.y1))
        case Frame():
            canvas.setLineWidth(item.width * mm)
            canvas.rect(item.rect.x * mm, _up(item.rect.bottom), item.rect.w * mm, item.rect.h * mm)
        case Fill():
            _fill(canvas, item)
        case Code():
            _code(canvas, item)


def _text(canvas: Canvas, item: Text) -> None:
    name = typeface(item.style)
    width = canvas.stringWidth(item.text, name, item.size_pt) * item.stretch
    back = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[item.anchor]
    canvas.saveState()
    canvas.setFillGray(item.grey)
    canvas.translate(item.x * mm, _up(item.baseline))
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
    top, bottom = _up(item.rect.y), _up(item.rect.bottom)
    path = canvas.beginPath()
    path.moveTo(left, top)
    for x, y in (((left + right) / 2, top), (right, top), (right, bottom), (left, bottom)):
        path.lineTo(x, y)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _code(canvas: Canvas, item: Code) -> None:
    """Runs of dark modules as one path, so that no white seam shows between modules on any printer."""
    matrix = segno.make_qr(item.payload, error="m", version=3, mode="alphanumeric", boost_error=False).matrix
    module = item.rect.w / len(matrix)
    path = canvas.beginPath()
    for row, cells in enumerate(matrix):
        column = 0
        while column < len(cells):
            run = column
            while run < len(cells) and cells[run]:
                run += 1
            if run > column:
                left, top = item.rect.x + column * module, item.rect.y + row * module
                path.rect(left * mm, _up(top + module), (run - column) * module * mm, module * mm)
            column = run + 1
    canvas.drawPath(path, stroke=0, fill=1)


def _up(y: float) -> float:
    """Millimetres down from the top as points up from the bottom."""
    return (PAGE_H_MM - y) * mm
