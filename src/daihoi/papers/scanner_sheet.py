"""The scanner test sheet as a PDF of two pages: the front to be measured, the back almost blank."""

from __future__ import annotations

import io

import segno
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from daihoi.papers.canvas import a4, up
from daihoi.papers.typefaces import typeface
from daihoi.sheet import scanner_sheet as plan
from daihoi.sheet.terms import PAGE_W_MM, Rect, Style
from daihoi.words import scanner_sheet_face as face

_GREY, _RULE = 0.42, 0.72
_TICK_MM = {0: 4.5, 5: 3.2}
"""Length of the ruler's ticks: whole centimetres, half centimetres, and millimetres below."""


def scanner_sheet() -> bytes:
    """The PDF; the same bytes every time."""
    out = io.BytesIO()
    canvas = a4(out, face.TITLE[0], two_sided=True)
    _front(canvas)
    canvas.showPage()
    _back(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _front(canvas: Canvas) -> None:
    for mark in plan.CORNERS:
        _fill(canvas, mark, (0, 0, 0))
    for place in (plan.CODE_TOP_RIGHT, plan.CODE_BOTTOM_LEFT):
        _code(canvas, place, plan.FRONT_CODE)
    _text(canvas, 26.0, 18.5, face.TITLE[0], 19, Style.BOLD)
    _text(canvas, 26.0, 24.5, face.TITLE[1], 11, Style.ITALIC, grey=_GREY)
    _steps(canvas)
    _heading(canvas, 75.0, face.INKS)
    _inks(canvas)
    _heading(canvas, 110.0, face.GREYS)
    for step in plan.STEPS:
        level = round(255 * (1 - step.black))
        _fill(canvas, step.field, (level, level, level))
        _text(canvas, step.field.x, 127.0, f"{step.black * 100:.0f} %", 8, grey=_GREY)
    _heading(canvas, 151.0, face.PENS)
    canvas.setLineWidth(0.2 * mm)
    canvas.setStrokeGray(_RULE)
    for box in plan.PEN_BOXES:
        canvas.rect(box.x * mm, up(box.bottom), box.w * mm, box.h * mm)
    _heading(canvas, 184.0, face.RULER)
    _ruler(canvas)
    _heading(canvas, 214.0, face.SETTINGS)
    _settings(canvas)
    _text(canvas, PAGE_W_MM / 2, 280.0, face.FRONT[0], 11, Style.BOLD, centred=True)
    _text(canvas, PAGE_W_MM / 2, 284.5, face.FRONT[1], 9, Style.ITALIC, grey=_GREY, centred=True)


def _back(canvas: Canvas) -> None:
    _code(canvas, plan.CODE_BOTTOM_LEFT, plan.BACK_CODE)
    left = plan.CODE_BOTTOM_LEFT.right + 8.0
    _text(canvas, left, 278.0, face.BACK[0], 10)
    _text(canvas, left, 282.5, face.BACK[1], 8.5, Style.ITALIC, grey=_GREY)


def _steps(canvas: Canvas) -> None:
    for place, (said, english) in enumerate(face.STEPS):
        y = 42.0 + 9.6 * place
        _text(canvas, plan.LEFT, y, f"{place + 1}.", 11, Style.BOLD)
        _text(canvas, plan.LEFT + 6.0, y, said, 11)
        _text(canvas, plan.LEFT + 6.0, y + 4.2, english, 9, Style.ITALIC, grey=_GREY)


def _inks(canvas: Canvas) -> None:
    for ink in plan.INKS:
        _fill(canvas, ink.field, ink.rgb)
        for line in ink.lines:
            _fill(canvas, line, ink.rgb)
        _text(canvas, ink.field.x, ink.lines[1].bottom + 4.6, face.INK_NAMES[ink.key], 9, grey=_GREY)


def _ruler(canvas: Canvas) -> None:
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.15 * mm)
    top = plan.RULER_TOP
    canvas.line(plan.RULER_LEFT * mm, up(top), (plan.RULER_LEFT + plan.RULER_LENGTH) * mm, up(top))
    for tick in range(int(plan.RULER_LENGTH) + 1):
        x = plan.RULER_LEFT + tick
        canvas.line(x * mm, up(top), x * mm, up(top + _TICK_MM.get(tick % 10, 2.0)))
        if tick % 10 == 0:
            _text(canvas, x, top + 8.4, str(tick), 8, grey=_GREY, centred=True)


def _settings(canvas: Canvas) -> None:
    for place, (said, english) in enumerate(face.SETTING_LINES):
        x, y = plan.LEFT + 86.0 * (place // 3), 222.5 + 11.0 * (place % 3)
        _text(canvas, x, y, said, 10.5)
        _text(canvas, x, y + 4.1, english, 9, Style.ITALIC, grey=_GREY)


def _heading(canvas: Canvas, y: float, words: tuple[str, str]) -> None:
    """A thin rule, the Vietnamese heading on it, the English beside."""
    said, english = words
    canvas.setStrokeGray(_RULE)
    canvas.setLineWidth(0.15 * mm)
    canvas.line(plan.LEFT * mm, up(y + 1.8), plan.RIGHT * mm, up(y + 1.8))
    _text(canvas, plan.LEFT, y, said, 11, Style.BOLD)
    width = canvas.stringWidth(said, typeface(Style.BOLD), 11) / mm
    _text(canvas, plan.LEFT + width + 3.0, y, english, 9, Style.ITALIC, grey=_GREY)


def _text(
    canvas: Canvas,
    x: float,
    y: float,
    words: str,
    size: float,
    style: Style = Style.REGULAR,
    *,
    grey: float = 0.0,
    centred: bool = False,
) -> None:
    canvas.setFillGray(grey)
    canvas.setFont(typeface(style), size)
    if centred:
        canvas.drawCentredString(x * mm, up(y), words)
    else:
        canvas.drawString(x * mm, up(y), words)


def _fill(canvas: Canvas, rect: Rect, rgb: tuple[int, int, int]) -> None:
    canvas.setFillColorRGB(*(value / 255 for value in rgb))
    canvas.rect(rect.x * mm, up(rect.bottom), rect.w * mm, rect.h * mm, stroke=0, fill=1)


def _code(canvas: Canvas, rect: Rect, text: str) -> None:
    """Module by module, and not in runs as on ballots.

    A sheet whose marks were cropped away is laid by its codes alone; drawn in runs they placed it less exactly, and the
    check missed a pen line.
    """
    rows = segno.make(text, error="m", micro=False).matrix
    side = rect.w / len(rows)
    canvas.setFillGray(0)
    for place, row in enumerate(rows):
        for column, dark in enumerate(row):
            if dark:
                left, bottom = rect.x + column * side, up(rect.y + (place + 1) * side)
                # A hair wider than a module, so that no viewer draws seams between them.
                canvas.rect(left * mm, bottom, side * mm + 0.05, side * mm + 0.05, stroke=0, fill=1)
