"""The description as DOCX in Times New Roman (metric twin of the Tinos in the PDF), to be edited in Word if need be."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from daihoi.papers.official import docx_parts as parts
from daihoi.papers.official.blocks import (
    Align,
    AnnexTitle,
    Block,
    Closing,
    Description,
    Digest,
    Heading,
    NewPaper,
    Paragraph,
    Role,
    Row,
    Signature,
    Signatures,
    Signing,
    Table,
    Title,
)
from daihoi.papers.official.codes import QR_MM, qr_png
from daihoi.papers.official.profiles import Profile
from daihoi.sheet.typeset import MM_PER_PT

_FONT = "Times New Roman"
_HEADING_LEFT_MM = 78.0
_CELL_SIDE_MM = 2.0
_SIGNING_SPACE_MM = 24.0
_EM_OF_BOLD_CAPITALS = 0.625
"""Mean advance of a bold capital or space of the nation's line in em, measured with Tinos Bold."""

_ALIGNED = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}


def docx(description: Description) -> bytes:
    """A DOCX whose bytes follow from the description alone."""
    document = Document()
    _set_page(document, description)
    _set_font(document, description.profile)
    parts.as_word_2013(document)
    for block, after in zip_longest(description.blocks, description.blocks[1:]):
        _write(document, block, description.profile)
        if isinstance(block, Table) and isinstance(after, AnnexTitle):
            # The space under a table that fills its page would stand on a page of its own.
            document.element.body.remove(document.paragraphs[-1]._p)
    return parts.without_clock(document, title=description.title, about=description.about)


def _set_page(document: Any, description: Description) -> None:
    profile = description.profile
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(profile.top_mm), Mm(profile.bottom_mm)
    section.left_margin, section.right_margin = Mm(profile.left_mm), Mm(profile.right_mm)
    section.header_distance, section.footer_distance = Mm(profile.page_number_top_mm), Mm(10)
    # HD 36-HD/VPTW: no number on the first page.
    section.different_first_page_header_footer = True
    for header, numbered in ((section.first_page_header, False), (section.header, True)):
        paragraph = header.paragraphs[0]
        _plain(paragraph, WD_ALIGN_PARAGRAPH.CENTER)
        if numbered:
            parts.page_number(paragraph)
        if description.running:
            paragraph.add_run(f"   {description.running}" if numbered else description.running)
        for run in paragraph.runs:
            run.font.size = Pt(profile.page_number_pt)


def _set_font(document: Any, profile: Profile) -> None:
    # All four scripts: Vietnamese letters with two marks are taken from the complex or Asian font by some readers.
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(profile.body_pt)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), _FONT)
    style.element.rPr.append(parts.element("lang", val="vi-VN", eastAsia="vi-VN"))


def _write(document: Any, block: Block, profile: Profile) -> None:
    match block:
        case Heading():
            _heading(document, block, profile)
        case Title():
            _title(document, block, profile)
        case Paragraph():
            _paragraph(document.add_paragraph(), block, profile)
        case Table():
            _table(document, block)
        case Closing():
            _closing(document, block, profile)
        case AnnexTitle():
            _annex(document, block)
        case Signing():
            _signing(document, block, profile)
        case Signatures():
            for paragraph in block.paragraphs:
                _paragraph(document.add_paragraph(), paragraph, profile, keep=True)
            _signed_by(document, block.people, profile)
            _spacer(document, 1)
        case NewPaper():
            # A section of its own keeps page, margins and headers, and counts its pages from one.
            parts.count_from_one(document.add_section(WD_SECTION.NEW_PAGE))


def _plain(paragraph: Any, align: WD_ALIGN_PARAGRAPH, *, before: float = 0, after: float = 0) -> Any:
    form = paragraph.paragraph_format
    form.alignment, form.space_before, form.space_after = align, Pt(before), Pt(after)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    return paragraph


def _said(paragraph: Any, text: str, size: float, *, bold: bool = False, italic: bool = False) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold or None, italic or None
    return run


def _centred(cell: Any, text: str, size: float, *, bold: bool = False, italic: bool = False, after: float = 0) -> Any:
    """A centred line in a cell; the first one takes the empty paragraph that every cell has."""
    empty = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
    paragraph = cell.paragraphs[0] if empty else cell.add_paragraph()
    _plain(paragraph, WD_ALIGN_PARAGRAPH.CENTER, after=after)
    _said(paragraph, text, size, bold=bold, italic=italic)
    return paragraph


def _spacer(document: Any, points: float) -> None:
    """Empty space after a table: tables carry none of their own."""
    paragraph = _plain(document.add_paragraph(), WD_ALIGN_PARAGRAPH.LEFT)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(points)


def _heading(document: Any, block: Heading, profile: Profile) -> None:
    right_mm = profile.width_mm - _HEADING_LEFT_MM
    table = document.add_table(rows=1, cols=2)
    parts.set_table(table, (_HEADING_LEFT_MM, right_mm), side_mm=0, ruled=False)
    left, right = table.rows[0].cells
    for line in block.congress:
        _centred(left, line, profile.organ_pt)
    _centred(left, block.board, profile.organ_pt, bold=True)
    _centred(left, "*", profile.organ_pt)
    _centred(left, block.number, profile.organ_pt)
    _centred(right, block.nation, profile.nation_pt, bold=True)
    # A rule of its own line runs from indent to indent; under the text itself, the indents could wrap the text.
    rule = _plain(right.add_paragraph(), WD_ALIGN_PARAGRAPH.CENTER)
    rule.paragraph_format.line_spacing_rule, rule.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(8)
    parts.top_border(rule)
    text_mm = len(block.nation) * _EM_OF_BOLD_CAPITALS * profile.nation_pt * MM_PER_PT
    indent = Mm(max(0.0, (right_mm - text_mm) / 2))
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = indent
    for line in block.place_day:
        _centred(right, line, profile.organ_pt, italic=True)
    _spacer(document, 18)


def _title(document: Any, block: Title, profile: Profile) -> None:
    lines = [(block.warning, profile.body_pt)] if block.warning else []
    lines += [(block.kind, profile.kind_pt), *((line, profile.abstract_pt) for line in block.abstract)]
    for text, size in lines:
        paragraph = _plain(document.add_paragraph(), WD_ALIGN_PARAGRAPH.CENTER, after=2)
        _said(paragraph, text, size, bold=True)
    _said(_plain(document.add_paragraph(), WD_ALIGN_PARAGRAPH.CENTER, after=12), "-----", profile.body_pt)


def _paragraph(paragraph: Any, block: Paragraph, profile: Profile, *, keep: bool = False) -> None:
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(profile.line_pt)
    form.space_before, form.space_after = Pt(0), Pt(profile.after_pt)
    form.widow_control = True
    form.keep_with_next = keep or block.role in (Role.SECTION, Role.INTRO)
    form.keep_together = keep
    if block.role is Role.SECTION:
        form.space_before = Pt(6)
    elif block.role in (Role.CENTRE, Role.NAME):
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        form.first_line_indent = Mm(profile.first_line_mm)
    if block.role is Role.NAME:
        form.space_before = form.space_after = Pt(9)
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    size = profile.kind_pt if block.role is Role.NAME else profile.body_pt
    _said(paragraph, block.text, size, bold=block.role in (Role.SECTION, Role.NAME))


def _table(document: Any, block: Table) -> None:
    table = document.add_table(rows=int(block.ruled) + len(block.rows), cols=len(block.columns))
    parts.set_table(table, tuple(c.width_mm for c in block.columns), side_mm=_CELL_SIDE_MM, ruled=block.ruled)
    # Each access to table.rows builds the list anew: a hundred names would cost seconds.
    rows = list(table.rows)
    if block.ruled:
        header = rows.pop(0)
        parts.keep_row(header, header=True)
        _row(header, block, Row(tuple(column.title for column in block.columns), strong=True), keep=True)
        for cell in header.cells:
            cell.paragraphs[0].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    last = len(rows) - 1
    for number, (row, told) in enumerate(zip(rows, block.rows, strict=True)):
        if not told.endless:
            parts.keep_row(row)
        # Neither one row alone under the header nor one alone on the last page.
        _row(row, block, told, keep=number < last and (block.whole or number < 2 or number == last - 1))
    _spacer(document, 8)


def _row(row: Any, block: Table, told: Row, *, keep: bool) -> None:
    """The cells of one row; `keep` holds it on the page of the next one."""
    space = 2 if block.ruled else 1
    upright = WD_CELL_VERTICAL_ALIGNMENT.CENTER if block.ruled else WD_CELL_VERTICAL_ALIGNMENT.TOP
    for cell, column, text in zip(row.cells, block.columns, told.cells, strict=True):
        cell.vertical_alignment = upright
        paragraph = _plain(cell.paragraphs[0], _ALIGNED[column.align], before=space, after=space)
        paragraph.paragraph_format.keep_with_next = keep
        _said(paragraph, text, block.size_pt, bold=told.strong)


def _closing(document: Any, block: Closing, profile: Profile) -> None:
    for paragraph in block.paragraphs:
        _paragraph(document.add_paragraph(), paragraph, profile, keep=True)
    _signed_by(document, (block.left, block.right), profile)
    spacer = _plain(document.add_paragraph(), WD_ALIGN_PARAGRAPH.LEFT)
    spacer.paragraph_format.keep_with_next = True
    _digest(document, block.digest, profile)


def _signed_by(document: Any, people: Sequence[Signature], profile: Profile) -> None:
    """Authorities, posts and names in rows of their own, so that all names stand at one height."""
    table = document.add_table(rows=3, cols=len(people))
    parts.set_table(table, (profile.width_mm / len(people),) * len(people), side_mm=0, ruled=False)
    lines = zip(*((person.authority, person.post, person.name) for person in people), strict=True)
    above = (Pt(12), Pt(0), Mm(_SIGNING_SPACE_MM))
    for number, (row, texts, space) in enumerate(zip(table.rows, lines, above, strict=True)):
        parts.keep_row(row)
        for cell, text in zip(row.cells, texts, strict=True):
            line = _centred(cell, text, profile.body_pt, bold=number != 1)
            line.paragraph_format.space_before = space
            line.paragraph_format.keep_with_next = True


def _signing(document: Any, block: Signing, profile: Profile) -> None:
    for paragraph in block.paragraphs:
        _paragraph(document.add_paragraph(), paragraph, profile, keep=True)
    half = profile.width_mm / 2
    table = document.add_table(rows=1, cols=2)
    parts.set_table(table, (half, half), side_mm=0, ruled=False)
    parts.keep_row(table.rows[0])
    left, right = table.rows[0].cells
    _recipients(left, block, profile)
    signature = block.signature
    lines = (
        (signature.authority, Pt(12), True),
        (signature.post, Pt(0), False),
        (signature.name, Mm(_SIGNING_SPACE_MM), True),
    )
    for text, above, bold in lines:
        _centred(right, text, profile.body_pt, bold=bold).paragraph_format.space_before = above
    # Word wants a paragraph after a table; a full-sized one would begin a page of its own on a full page.
    _spacer(document, 1)


def _recipients(cell: Any, block: Signing, profile: Profile) -> None:
    """Who receives the paper, and under it the QR with its caption, all from the left edge of the cell."""
    if block.recipients:
        label = _centred(cell, block.label, profile.body_pt)
        label.alignment, label.paragraph_format.space_before = WD_ALIGN_PARAGRAPH.LEFT, Pt(12)
        label.runs[0].underline = True
        for line in block.recipients:
            _centred(cell, line, 12).alignment = WD_ALIGN_PARAGRAPH.LEFT
    if block.payload:
        picture = _plain(cell.add_paragraph(), WD_ALIGN_PARAGRAPH.LEFT, before=8)
        drawn = picture.add_run().add_picture(io.BytesIO(qr_png(block.payload)), width=Mm(QR_MM))
        parts.flush_picture(drawn, f"QR: {block.payload}")
        _said(picture, "  " + " ".join(block.caption), 10)


def _digest(document: Any, block: Digest, profile: Profile) -> None:
    table = document.add_table(rows=1, cols=2)
    parts.set_table(table, (QR_MM + 4, profile.width_mm - QR_MM - 4), side_mm=0, ruled=False)
    parts.keep_row(table.rows[0])
    parts.top_rule(table)
    left, right = table.rows[0].cells
    picture = _plain(left.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT, before=6)
    drawn = picture.add_run().add_picture(io.BytesIO(qr_png(block.payload)), width=Mm(QR_MM))
    parts.flush_picture(drawn, f"{block.label}: {block.payload}")
    right.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    lines = [(block.label, 10, True), *((line, 12, False) for line in block.lines), (block.use, 10, False)]
    for text, size, bold in lines:
        paragraph = _centred(right, text, size, bold=bold, after=3)
        paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _annex(document: Any, block: AnnexTitle) -> None:
    for text, breaks, after in ((block.number, True, 2), (block.title, False, 12)):
        paragraph = _plain(document.add_paragraph(), WD_ALIGN_PARAGRAPH.CENTER, after=after)
        paragraph.paragraph_format.page_break_before = breaks
        paragraph.paragraph_format.keep_with_next = True
        _said(paragraph, text, 14, bold=True)
