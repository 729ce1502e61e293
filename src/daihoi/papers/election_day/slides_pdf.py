"""Slides as PDF of 16:9 with Tinos embedded."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from daihoi.papers.canvas import sized, up
from daihoi.papers.congress.pen import Pen
from daihoi.papers.election_day.slides import HEIGHT_MM, WIDTH_MM, Bar, Mark, Photo, Side, Slide, Words
from daihoi.papers.typefaces import measure
from daihoi.sheet.terms import Rect


def slides_pdf(slides: Sequence[Slide], title: str) -> bytes:
    """One page each; equal slides give equal bytes."""
    out = io.BytesIO()
    canvas = sized(out, title, (WIDTH_MM, HEIGHT_MM), two_sided=False)
    pen = Pen(canvas, HEIGHT_MM)
    for slide in slides:
        pen.begin()
        for shape in slide.shapes:
            match shape:
                case Words():
                    _words(pen, shape)
                case Bar():
                    pen.fill(shape.box, shape.rgb)
                case Mark():
                    # A filled strip, not a line: a stroke would take the width that the shape before it set.
                    pen.fill(Rect(shape.x - 0.25, shape.top, 0.5, shape.bottom - shape.top), shape.rgb)
                case Photo():
                    box = shape.box
                    image = ImageReader(io.BytesIO(shape.jpeg))
                    canvas.drawImage(image, box.x * mm, up(box.bottom), box.w * mm, box.h * mm)
        pen.end()
    canvas.save()
    return out.getvalue()


def _words(pen: Pen, shape: Words) -> None:
    box, fitted = shape.box, shape.fitted
    if shape.side is Side.RIGHT:
        widest = max((measure(line, fitted.size_pt, fitted.style) for line in fitted.lines), default=0.0)
        box = Rect(box.right - widest, box.y, widest, box.h)
    pen.text(box, fitted, shape.rgb, centred=shape.side is Side.CENTRE)
