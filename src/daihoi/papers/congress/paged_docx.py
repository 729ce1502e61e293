"""DOCX pages that are a grid of cards: exact heights, nested tables, lines of exact distance, shading, turned text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from daihoi.papers.congress.fitting import LEADING, Fitted
from daihoi.papers.congress.pen import BLACK, Rgb
from daihoi.papers.official import docx_parts as parts
from daihoi.sheet.terms import Style

_FONT = "Times New Roman"
_BOTTOM_SLACK_MM = 3.0
"""Less margin below than above: rows of exact heights that fill the page must not be pushed off it by rounding."""


def new_document(page_mm: tuple[float, float], margins_mm: tuple[float, float]) -> Any:
    """An empty document of one section; margins are (side, top)."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(page_mm[0]), Mm(page_mm[1])
    section.left_margin = section.right_margin = Mm(margins_mm[0])
    section.top_margin, section.bottom_margin = Mm(margins_mm[1]), Mm(max(0.0, margins_mm[1] - _BOTTOM_SLACK_MM))
    section.header_distance = section.footer_distance = Mm(0)
    style = document.styles["Normal"]
    style.font.name = _FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), _FONT)
    style.element.rPr.append(parts.element("lang", val="vi-VN", eastAsia="vi-VN"))
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    parts.as_word_2013(document)
    return document


def exact_rows(cell: Any, width_mm: float, heights_mm: Sequence[float], widths_mm: Sequence[float] = ()) -> Any:
    """A table inside a cell whose rows have these heights; one column unless widths are given."""
    widths = tuple(widths_mm) or (width_mm,)
    inner = cell.add_table(rows=len(heights_mm), cols=len(widths))
    parts.set_table(inner, widths, side_mm=0, ruled=False)
    for row, height in zip(list(inner.rows), heights_mm, strict=True):
        row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.EXACTLY
    # One point high instead of away: LibreOffice loses the ground of the first cell of a file that begins without it.
    _one_point(cell.paragraphs[0])
    tight_cell(cell)
    return inner


def cell_line(cell: Any, fitted: Fitted, rgb: Rgb = BLACK, *, centred: bool = True, indent_mm: float = 0.0) -> None:
    """The lines of one text in a cell, each a paragraph of exact height; the first takes an empty paragraph."""
    for text in fitted.lines:
        empty = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
        paragraph = cell.paragraphs[0] if empty else cell.add_paragraph()
        form = paragraph.paragraph_format
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(fitted.size_pt * LEADING)
        form.space_before = form.space_after = Pt(0)
        form.left_indent = Mm(indent_mm)
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(fitted.size_pt), fitted.style is Style.BOLD or None
        run.font.color.rgb = RGBColor(*rgb)


def tight_cell(holder: Any) -> None:
    """The last paragraph of a cell or document, where it is empty, one point high."""
    paragraphs = holder.paragraphs
    last = paragraphs[-1] if paragraphs and not paragraphs[-1].runs else None
    if last is None or (last._p.getnext() is not None and last._p.getnext().tag == qn("w:tbl")):
        last = holder.add_paragraph()
    _one_point(last)


def _one_point(paragraph: Any) -> None:
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
    form.space_before = form.space_after = Pt(0)


def shade(cell: Any, rgb: Rgb) -> None:
    """The ground of a cell in one colour."""
    red, green, blue = rgb
    cell._tc.get_or_add_tcPr().append(
        parts.element("shd", val="clear", color="auto", fill=f"{red:02X}{green:02X}{blue:02X}")
    )


def turn(cell: Any, direction: str) -> None:
    """The text of a cell turned: `tbRl` runs down with its top to the right, `btLr` up with its top to the left."""
    cell._tc.get_or_add_tcPr().append(parts.element("textDirection", val=direction))
