"""An uploaded file as a grid, or one sentence that says why it is none and what to do about it."""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from daihoi.interchange import spreadsheet
from daihoi.web.lists.imports.grid import Grid
from daihoi.web.lists.imports.workbook import Workbook, broken, too_many

LARGEST = 20 * 1024 * 1024
"""Bytes of a file that the browser may send; 50,000 people are a quarter of it."""
MOST_ROWS = 50_000
"""Rows that are taken at once in the browser; more go by command."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The name of the stream that holds a workbook locked by a password. [MS-OFFCRYPTO 2.3.4.4]
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (b"\x89PNG", b"\xff\xd8\xff", b"%PDF", b"GIF8", b"{\\rtf", b"<!DOCTYPE", b"<html")


def read(data: bytes, sheet: str = "", rows: int = MOST_ROWS) -> Grid:
    """The grid of a file by what it holds, whatever its name says. Raises ValidationError with a sentence.

    `rows`: refuse more than so many; 0 takes all.
    """
    if not data.strip(b"\x00\r\n\t "):
        raise ValidationError(_("The file is empty; choose the one with the list."))
    # Excel 97, or a book under a password: both are asked to be saved again.
    if data.startswith(_OLE):
        raise ValidationError(_of_old_format(data))
    grid = _of_zip(data, sheet, rows) if data.startswith(_ZIP) else _of_text(data, rows)
    if not grid.rows:
        raise ValidationError(_("The sheet is empty; choose another sheet or another file."))
    return grid


def _of_old_format(data: bytes) -> str:
    if _LOCKED in data:
        return _("The file is locked by a password; open it, save it without one and send that.")
    return _("This is the old .xls format; open it in Excel or LibreOffice, save it as .xlsx and send that.")


def _of_zip(data: bytes, sheet: str, rows: int) -> Grid:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise ValidationError(broken()) from None
    if "xl/workbook.xml" not in {name.lower() for name in names}:
        raise ValidationError(_("This file holds no spreadsheet; choose an .xlsx or .csv file."))
    return Workbook(data).grid(sheet, rows)


def _of_text(data: bytes, rows: int) -> Grid:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if data.startswith(_OTHERS) or (b"\x00" in data[:4096] and not wide):
        raise ValidationError(_("This file holds no spreadsheet; choose an .xlsx or .csv file."))
    try:
        table = spreadsheet.parse(data)
    except ValueError as error:
        words = _("The CSV file cannot be read (%(reason)s); save it as “CSV UTF-8” or as .xlsx and send that.")
        raise ValidationError(words % {"reason": error}) from None
    grid = _grid_of(table)
    if rows and len(grid.rows) > rows + 1:
        raise ValidationError(too_many(rows))
    return grid


def _grid_of(table: Iterable[list[str]]) -> Grid:
    grid = Grid([])
    # Hundreds of thousands of rows say the same few words: each is kept once, and each row let go of as it passes.
    known: dict[str, str] = {}
    for number, cells in enumerate(table, 1):
        if any(cell.strip() for cell in cells):
            texts = (spreadsheet.cell_of(cells, place) for place in range(len(cells)))
            grid.rows.append((number, [known.setdefault(text, text) if text else None for text in texts]))
        cells.clear()
    return grid
