"""Spreadsheets out: the template of a list, and the rows that were at fault with their reasons."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from daihoi.web.lists.export import XLSX
from daihoi.web.lists.imports.grid import Grid, Value
from daihoi.web.lists.imports.plan import Field, Importer, Kind
from daihoi.web.lists.imports.preview import Preview, sentence

_HEAD = PatternFill("solid", fgColor="FFF3E0D8")
_BOLD, _QUIET = Font(bold=True), Font(italic=True, color="FF777777")
_ROWS_OF_LISTS = 2000


def _answer(book: Workbook, name: str) -> HttpResponse:
    target = io.BytesIO()
    book.save(target)
    answer = HttpResponse(target.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def template(importer: Importer) -> HttpResponse:
    """Headings, an example that is left out in reading, lists to choose from, and notes on every column."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 -- a new book has one
    sheet.title = _("List")
    sheet.freeze_panes = "A2"
    allowed = book.create_sheet(_("Answers"))
    for place, one in enumerate(importer.fields, 1):
        letter = get_column_letter(place)
        head = sheet.cell(1, place, _heading(one))
        head.font, head.fill, head.alignment = _BOLD, _HEAD, Alignment(wrap_text=True, vertical="top")
        example = sheet.cell(2, place, one.example)
        example.font = _QUIET
        width = sheet.column_dimensions[letter]
        width.width = max(12, min(40, 3 + len(_heading(one)), 40))
        # As text, or the spreadsheet makes dates and numbers of codes and months.
        width.number_format = "@"
        example.number_format = "@"
        answers = _answers(one)
        if answers:
            _choose_from(book, one, place, answers)
            allowed.cell(1, place, str(one.words)).font = _BOLD
            for row, words in enumerate(answers, 2):
                allowed.cell(row, place, words)
    notes = book.create_sheet(_("Notes"))
    _write_notes(notes, importer)
    return _answer(book, f"mau-{importer.name}")


def _choose_from(book: Workbook, one: Field, place: int, answers: Sequence[str]) -> None:
    letter = get_column_letter(place)
    sheets = book.worksheets
    name = f"answers_{one.name}"
    book.defined_names[name] = DefinedName(
        name, attr_text=f"'{sheets[1].title}'!${letter}$2:${letter}${len(answers) + 1}"
    )
    # Other words for the same answer are taken too: the list helps, and forbids nothing.
    choose = DataValidation(type="list", formula1=f"={name}", allow_blank=True, showErrorMessage=False)
    choose.add(f"{letter}2:{letter}{_ROWS_OF_LISTS}")
    sheets[0].add_data_validation(choose)


def _heading(one: Field) -> str:
    return f"{capfirst(str(one.words))}{' *' if one.required else ''}"


def _answers(one: Field) -> list[str]:
    if one.kind is Kind.YES_NO:
        return [_("yes"), _("no")]
    return [str(words) for _value, words in one.answers]


def _write_notes(notes: object, importer: Importer) -> None:
    lines = [
        (_("Headings marked * must be filled in. Columns may stand in any order, and others may stand between them."),),
        (_("An empty cell leaves what is entered already; a dash (-) clears it."),),
        (_("Dates: dd/mm/yyyy, mm/yyyy or yyyy where no more is known."),),
        (_("The example in row 2 is left out in reading; it may stand."),),
        (),
        (_("Column"), _("What stands in it"), _("Example"), _("Answers")),
    ]
    for one in importer.fields:
        lines.append((_heading(one), str(one.note), one.example, "; ".join(_answers(one))))
    for line in lines:
        notes.append(list(line))  # type: ignore[attr-defined]
    for letter, wide in (("A", 28), ("B", 60), ("C", 24), ("D", 60)):
        notes.column_dimensions[letter].width = wide  # type: ignore[attr-defined]


def bad_rows(grid: Grid, shown: Preview, importer: Importer, name: str) -> HttpResponse:
    """The rows at fault as they were sent, with what is wrong in a column of its own, to be mended and sent again."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("To be mended"))
    sheet.freeze_panes = "A2"
    width = grid.width
    sheet.column_dimensions[get_column_letter(width + 1)].width = 80
    by_number = dict(grid.rows)
    # As it was sent, so that the mended file is read like the first.
    head = [*_wide(by_number.get(shown.columns.header, []), width), _("What is wrong")]
    sheet.append([_cell(sheet, value, _BOLD) for value in head])
    for row in shown.rows:
        if not row.is_good:
            reasons = " ".join(sentence(fault, row.number, shown.columns, importer) for fault in row.faults)
            cells = [*_wide(by_number[row.number], width), reasons]
            sheet.append([_cell(sheet, value) for value in cells])
    return _answer(book, f"can-sua-{name}")


def _wide(cells: Sequence[Value], width: int) -> list[Value]:
    return [*cells, *[None] * (width - len(cells))]


def _cell(sheet: object, value: Value, font: Font | None = None) -> Cell:
    # A text that begins like a formula stays a text: its type is set, whatever it begins with.
    cell = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type]
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    elif value is not None and not isinstance(value, bool | int | float):
        cell.number_format = "dd/mm/yyyy"
    if font is not None:
        cell.font = font
    return cell
