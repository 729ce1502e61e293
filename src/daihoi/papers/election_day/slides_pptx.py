"""Slides as PPTX in Times New Roman, the metric twin of the Tinos by which every text was fitted into its place."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Mm, Pt

from daihoi.papers.congress.fitting import LEADING
from daihoi.papers.congress.pen import Rgb
from daihoi.papers.election_day.slides import HEIGHT_MM, WIDTH_MM, Bar, Mark, Photo, Side, Slide, Words
from daihoi.papers.official.docx_parts import STILL, same_bytes
from daihoi.sheet.terms import Rect, Style

_FONT = "Times New Roman"
_TITLE_ONLY = 5
_SIDES = {Side.LEFT: PP_ALIGN.LEFT, Side.CENTRE: PP_ALIGN.CENTER, Side.RIGHT: PP_ALIGN.RIGHT}


def slides_pptx(slides: Sequence[Slide], title: str) -> bytes:
    """A presentation with the heading of each page as its title; equal slides give equal bytes."""
    show = Presentation()
    # The template of the library is 4:3.
    show.slide_width, show.slide_height = Mm(WIDTH_MM), Mm(HEIGHT_MM)
    for slide in slides:
        page = show.slides.add_slide(show.slide_layouts[_TITLE_ONLY])
        for shape in slide.shapes:
            # The order of the shapes is the order in which they cover each other.
            match shape:
                case Words():
                    _words(page, shape)
                case Bar():
                    _filled(page, shape.box, shape.rgb)
                case Mark():
                    _filled(page, Rect(shape.x - 0.25, shape.top, 0.5, shape.bottom - shape.top), shape.rgb)
                case Photo():
                    box = shape.box
                    drawn = page.shapes.add_picture(io.BytesIO(shape.jpeg), *_place(box))
                    drawn._element.nvPicPr.cNvPr.set("descr", shape.name)
    properties = show.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "Daihoi", "Daihoi"
    properties.created = properties.modified = STILL
    package = show.part.package
    for key, relation in list(package._rels.items()):
        # The template brings a picture of its own empty page, which file managers would show.
        if relation.reltype.endswith("/thumbnail"):
            package.drop_rel(key)
    out = io.BytesIO()
    show.save(out)
    return same_bytes(out.getvalue())


def _place(box: Rect) -> tuple[Any, Any, Any, Any]:
    return Mm(box.x), Mm(box.y), Mm(box.w), Mm(box.h)


def _filled(page: Any, box: Rect, rgb: Rgb) -> None:
    drawn = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_place(box))
    drawn.fill.solid()
    drawn.fill.fore_color.rgb = RGBColor(*rgb)
    # The theme gives every shape a blue edge and a shadow.
    drawn.line.fill.background()
    drawn.shadow.inherit = False


def _words(page: Any, shape: Words) -> None:
    if shape.heading:
        # The place for the title that the layout brings: the outline and a screen reader find it there.
        box = page.shapes.title
        box.left, box.top, box.width, box.height = _place(shape.box)
    else:
        box = page.shapes.add_textbox(*_place(shape.box))
    frame = box.text_frame
    # The lines are broken already; a program that broke them anew could need one line more than there is room for.
    frame.auto_size, frame.word_wrap = MSO_AUTO_SIZE.NONE, False
    # Else a program sets a text a little lower and to the right of where the PDF has it.
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    fitted = shape.fitted
    for place, line in enumerate(fitted.lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = _SIDES[shape.side]
        paragraph.line_spacing = Pt(fitted.size_pt * LEADING)
        paragraph.space_before = paragraph.space_after = Pt(0)
        run = paragraph.add_run()
        run.text = line
        font = run.font
        font.name, font.size = _FONT, Pt(fitted.size_pt)
        font.bold = fitted.style in (Style.BOLD, Style.BOLD_ITALIC)
        font.italic = fitted.style in (Style.ITALIC, Style.BOLD_ITALIC)
        font.color.rgb = RGBColor(*shape.rgb)
        properties = run._r.get_or_add_rPr()
        # A spelling check in another language would underline every name on the wall.
        properties.set("lang", "vi-VN")
        # Letters with two marks are taken from these fonts by some programs.
        for script in ("ea", "cs"):
            properties.append(properties.makeelement(qn(f"a:{script}"), {"typeface": _FONT}))
