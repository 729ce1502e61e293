"""Drawing in millimetres from the top left of a page of any size: text, boxes, lines, codes."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from daihoi.papers.canvas import draw_code, up
from daihoi.papers.congress.fitting import Fitted
from daihoi.papers.typefaces import typeface
from daihoi.sheet.terms import PAGE_H_MM, Rect
from daihoi.sheet.typeset import MM_PER_PT

Rgb = tuple[int, int, int]
BLACK: Rgb = (0, 0, 0)
WHITE: Rgb = (255, 255, 255)
GREY: Rgb = (110, 110, 110)
_ASCENT = 0.88
"""Where the first baseline stands in its line, in sizes of the letters."""


@dataclass(frozen=True)
class Pen:
    """A canvas whose page is `height` mm high; the same numbers on A4, A3 and a single card."""

    canvas: Canvas
    height: float

    def begin(self) -> None:
        """Before the first stroke of every page: moves the origin that `canvas.up` assumes to this page's top."""
        self.canvas.translate(0, (self.height - PAGE_H_MM) * mm)

    def end(self) -> None:
        """The page is done."""
        self.canvas.showPage()

    def fill(self, rect: Rect, rgb: Rgb) -> None:
        """A filled box."""
        self._colour(rgb)
        self.canvas.rect(rect.x * mm, up(rect.bottom), rect.w * mm, rect.h * mm, stroke=0, fill=1)

    def frame(self, rect: Rect, rgb: Rgb = BLACK, width_mm: float = 0.2) -> None:
        """The edge of a box."""
        self.canvas.setStrokeColorRGB(*(part / 255 for part in rgb))
        self.canvas.setLineWidth(width_mm * mm)
        self.canvas.rect(rect.x * mm, up(rect.bottom), rect.w * mm, rect.h * mm, stroke=1, fill=0)

    def line(self, start: tuple[float, float], end: tuple[float, float], *, dashed: bool = False) -> None:
        """A hairline, to cut along, or dashed to fold along."""
        self.canvas.setStrokeColorRGB(*(part / 255 for part in GREY))
        self.canvas.setLineWidth(0.15 * mm)
        self.canvas.setDash([1.5 * mm, 1.2 * mm] if dashed else [])
        self.canvas.line(start[0] * mm, up(start[1]), end[0] * mm, up(end[1]))
        self.canvas.setDash([])

    def text(self, box: Rect, fitted: Fitted, rgb: Rgb = BLACK, *, centred: bool = True, middle: bool = True) -> None:
        """Lines in a box, in its middle from left to right and from top to bottom unless told otherwise."""
        self._colour(rgb)
        self.canvas.setFont(typeface(fitted.style), fitted.size_pt)
        top = box.y + ((box.h - fitted.height_mm) / 2 if middle else 0)
        for place, line in enumerate(fitted.lines):
            baseline = up(top + place * fitted.line_mm + _ASCENT * fitted.size_pt * MM_PER_PT)
            if centred:
                self.canvas.drawCentredString((box.x + box.w / 2) * mm, baseline, line)
            else:
                self.canvas.drawString(box.x * mm, baseline, line)

    def code(self, rect: Rect, payload: str) -> None:
        """A QR without its quiet zone: the caller leaves white around it."""
        self._colour(BLACK)
        draw_code(self.canvas, rect, segno.make_qr(payload, error="m").matrix)

    def _colour(self, rgb: Rgb) -> None:
        self.canvas.setFillColorRGB(*(part / 255 for part in rgb))
