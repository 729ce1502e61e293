"""The seat plan (D19): the hall as it is seen facing the stage, drawn as PDF and laid as a table in DOCX."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.shared import Mm

from daihoi.papers.ballots.breaks import bound
from daihoi.papers.canvas import sized
from daihoi.papers.congress import seat_grid as g
from daihoi.papers.congress.fitting import Fitted, fit
from daihoi.papers.congress.paged_docx import cell_line, new_document, shade
from daihoi.papers.congress.pen import BLACK, GREY, WHITE, Pen
from daihoi.papers.congress.seat_grid import Grid, Seat, grid_of
from daihoi.papers.congress.terms import Files, Hall, Sitter
from daihoi.papers.official import docx_parts as parts
from daihoi.sheet.terms import Rect, Style
from daihoi.words.congress import cards as s
from daihoi.words.minutes.figures import number_vi

_UNPLACED_PT, _UNPLACED_LINE_MM = 10.0, 6.0
_STAGE_GROUND = (225, 225, 225)


def seat_plan(hall: Hall, sitters: Sequence[Sitter], congress_title: str, sheet: str = "A4") -> Files:
    """The plan on one sheet, lying ("A4" or "A3"); who has no seat of the hall follows on a list.

    Raises the errors of `seat_grid.grid_of`: on a sheet too small for the names, take the larger one.
    """
    grid = grid_of(hall, sitters, sheet)
    return Files(_docx(hall, grid, congress_title), _pdf(hall, grid, congress_title))


def _head(hall: Hall, congress_title: str, width: float) -> tuple[Fitted, ...]:
    return (
        fit(s.SEAT_PLAN, (width, 8), (16, 16), Style.BOLD),
        fit(bound(congress_title), (width, 6), (11, 6)),
        fit(bound(hall.name), (width, 6), (10, 6), Style.ITALIC),
    )


def _total(grid: Grid) -> str:
    seats = len(grid.seats)
    return s.FREE.format(seats=number_vi(seats), taken=number_vi(grid.taken), free=number_vi(seats - grid.taken))


def _pdf(hall: Hall, grid: Grid, congress_title: str) -> bytes:
    out = io.BytesIO()
    width, height = grid.sheet_mm
    pen = Pen(sized(out, s.SEAT_PLAN, grid.sheet_mm, two_sided=False), height)
    pen.begin()
    y = g.MARGIN_MM
    for line in _head(hall, congress_title, width - 2 * g.MARGIN_MM):
        pen.text(Rect(g.MARGIN_MM, y, width - 2 * g.MARGIN_MM, line.height_mm), line)
        y += line.height_mm + 0.5
    stage = Rect(width / 4, g.MARGIN_MM + g.HEAD_MM, width / 2, g.STAGE_MM - 2)
    pen.fill(stage, _STAGE_GROUND)
    pen.text(stage, fit(hall.stage, (stage.w, stage.h), (11, 6), Style.BOLD))
    _row_names(pen, grid)
    for seat in grid.seats:
        _draw(pen, seat)
    _legend(pen, grid)
    pen.end()
    _unplaced(pen, grid)
    pen.canvas.save()
    return out.getvalue()


def _row_names(pen: Pen, grid: Grid) -> None:
    top = g.MARGIN_MM + g.HEAD_MM + g.STAGE_MM
    for place, label in enumerate(grid.rows):
        fitted = fit(label, (grid.columns[0], grid.row_mm), (10, 4), Style.BOLD)
        for x in (grid.left, grid.left + sum(grid.columns[:-1])):
            pen.text(Rect(x, top + place * grid.row_mm, grid.columns[0], grid.row_mm), fitted)


def _draw(pen: Pen, seat: Seat) -> None:
    box = seat.box
    pen.fill(box, seat.tint)
    pen.frame(box, GREY, 0.12)
    line = seat.label.height_mm + 0.4
    pen.text(Rect(box.x, box.y + 0.2, box.w, line), seat.label, GREY)
    pen.text(Rect(box.x, box.y + line, box.w, box.h - line), seat.name, BLACK)


def _legend(pen: Pen, grid: Grid) -> None:
    """Groups with their colour and number, and how many seats are free."""
    width, height = grid.sheet_mm
    y = height - g.MARGIN_MM - g.FOOT_MM + 4
    room = (width - 2 * g.MARGIN_MM) / max(1, len(grid.groups))
    for place, (name, tint, count) in enumerate(grid.groups):
        x = g.MARGIN_MM + place * room
        swatch = Rect(x, y, 4, 4)
        pen.fill(swatch, tint)
        pen.frame(swatch, GREY, 0.12)
        text = fit(f"{name} ({number_vi(count)})", (room - 6, 8), (9, 4))
        pen.text(Rect(x + 5, y - (text.height_mm - 4) / 2, room - 6, text.height_mm), text, centred=False)
    total = fit(_total(grid), (width - 2 * g.MARGIN_MM, 5), (9, 6), Style.ITALIC)
    pen.text(Rect(g.MARGIN_MM, height - g.MARGIN_MM - 4, width - 2 * g.MARGIN_MM, 4), total)


def _unplaced(pen: Pen, grid: Grid) -> None:
    """Nobody is lost: who sits nowhere stands on pages of their own."""
    width, height = grid.sheet_mm
    lines = [f"{one.name} ({one.group})" if one.group else one.name for one in grid.unplaced]
    on_page = int((height - 2 * g.MARGIN_MM - 12) / _UNPLACED_LINE_MM)
    for start in range(0, len(lines), on_page):
        pen.begin()
        wide = width - 2 * g.MARGIN_MM
        pen.text(
            Rect(g.MARGIN_MM, g.MARGIN_MM, wide, 8), fit(s.NO_SEAT, (wide, 8), (14, 14), Style.BOLD), centred=False
        )
        for place, line in enumerate(lines[start : start + on_page]):
            box = Rect(g.MARGIN_MM, g.MARGIN_MM + 12 + place * _UNPLACED_LINE_MM, wide, _UNPLACED_LINE_MM)
            pen.text(box, fit(line, (wide, _UNPLACED_LINE_MM), (_UNPLACED_PT, 5)), centred=False)
        pen.end()


def _docx(hall: Hall, grid: Grid, congress_title: str) -> bytes:
    document = new_document(grid.sheet_mm, (grid.left, g.MARGIN_MM))
    document.sections[0].orientation = WD_ORIENT.LANDSCAPE
    for place, line in enumerate(_head(hall, congress_title, sum(grid.columns))):
        if place:
            document.add_paragraph()
        _said(document, line)
    document.add_paragraph()
    _said(document, fit(hall.stage, (100, 6), (11, 6), Style.BOLD))
    table = document.add_table(rows=len(grid.rows), cols=len(grid.columns))
    parts.set_table(table, grid.columns, side_mm=0.3, ruled=False)
    rows = [(row, row.cells) for row in table.rows]
    for (row, cells), label in zip(rows, grid.rows, strict=True):
        parts.keep_row(row)
        row.height, row.height_rule = Mm(grid.row_mm), WD_ROW_HEIGHT_RULE.EXACTLY
        for cell in (cells[0], cells[-1]):
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            cell_line(cell, fit(label, (grid.columns[0], grid.row_mm), (10, 4), Style.BOLD))
    for seat in grid.seats:
        _cell(rows[seat.row][1][seat.column], seat)
    groups = "; ".join(f"{name} ({number_vi(count)})" for name, _, count in grid.groups)
    for text in (f"{groups}.", _total(grid)):
        document.add_paragraph()
        _said(document, fit(text, (sum(grid.columns), 12), (9, 5), Style.ITALIC))
    if grid.unplaced:
        names = ", ".join(f"{one.name} ({one.group})" if one.group else one.name for one in grid.unplaced)
        document.add_paragraph()
        _said(document, fit(f"{s.NO_SEAT} {names}.", (sum(grid.columns), 10_000), (9, 9)))
    return parts.without_clock(document, title=s.SEAT_PLAN, about=congress_title)


def _said(document: Any, fitted: Fitted) -> None:
    """One text as the last paragraph of the document, whose lines Word breaks itself."""
    last = document.paragraphs[-1] if document.paragraphs else document.add_paragraph()
    cell_line(_Holder(last), Fitted((" ".join(fitted.lines),), fitted.size_pt, fitted.style))


class _Holder:
    """A paragraph as a cell that holds it alone."""

    def __init__(self, paragraph: Any) -> None:
        self.paragraphs = [paragraph]


def _cell(cell: Any, seat: Seat) -> None:
    cell._tc.get_or_add_tcPr().append(_edges())
    if seat.tint != WHITE:
        shade(cell, seat.tint)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
    cell_line(cell, seat.label, GREY)
    cell_line(cell, seat.name)


def _edges() -> Any:
    borders = parts.element("tcBorders")
    for side in ("top", "left", "bottom", "right"):
        borders.append(parts.element(side, val="single", sz="2", space="0", color="6E6E6E"))
    return borders
