"""A list as a spreadsheet: all rows that were asked for, in the columns and the order that stand on the page."""

from __future__ import annotations

import datetime
import io
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from daihoi.web.audit.services import record
from daihoi.web.lists.table import Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_AT_ONCE = 2000
WIDEST = 60
# A cell that begins so would be run as a formula by whoever opens the file.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def cell_value(value: object) -> str | float | datetime.datetime | datetime.date | None:
    """A value as a spreadsheet holds it: dates as dates, numbers as numbers, all else as text."""
    if isinstance(value, datetime.datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if value is None or isinstance(value, bool | int | float | datetime.date):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def workbook(table: Table[Any], title: str) -> bytes:
    """The spreadsheet's bytes."""
    # Row by row: 300,000 people as cells in memory would be gigabytes.
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for place, column in enumerate(table.chosen, 1):
        sheet.column_dimensions[get_column_letter(place)].width = min(WIDEST, max(12, 2 + len(str(column.words))))
    heads = []
    for column in table.chosen:
        head = WriteOnlyCell(sheet, value=str(column.words))
        head.font = Font(bold=True)
        heads.append(head)
    sheet.append(heads)
    for row in table.ordered.iterator(ROWS_AT_ONCE):
        cells = []
        for column in table.chosen:
            # The stubs forget that a plain date is taken too.
            cell = WriteOnlyCell(sheet, value=cell_value(column.value(row)))  # type: ignore[arg-type]
            if isinstance(cell.value, datetime.date):
                cell.number_format = "dd/mm/yyyy"
            cells.append(cell)
        sheet.append(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@transaction.atomic
def exported(table: Table[Any], *, name: str, by: str, place: str = "") -> HttpResponse:
    """The answer that a browser keeps as `name-dd-mm-yyyy.xlsx`; the ledger says who took which columns.

    `place` is the key of the organisation or congress whose list it is, as `audit.services.record` takes it.
    """
    facts = {"rows": table.ordered.count(), "columns": ",".join(column.name for column in table.chosen)}
    # In the transaction of the making: a file that fails was not taken out.
    record("list.exported", by=by, subject=f"list:{name}", facts=facts, place=place)
    answer = HttpResponse(workbook(table, name), content_type=XLSX)
    day = timezone.localdate().strftime("%d-%m-%Y")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{day}.xlsx"'
    return answer
