"""Tables as spreadsheets write and read them: CSV in the shapes that Excel, LibreOffice and editors leave behind.

Written as UTF-8 with byte order mark, comma, CR LF (RFC 4180). A cell that a spreadsheet would take for a formula (it
begins with = + - @ or a tab) gets an apostrophe before it, which is taken off again in reading.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
# Marks of a hundred candidates keyed into one cell are 3,000 characters.
_LARGEST_CELL = 1_000_000


def dump(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The bytes of a table; the same rows give the same bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_guard(cell) for cell in row])
    return codecs.BOM_UTF8 + text.getvalue().encode()


def parse(data: bytes) -> list[list[str]]:
    """The cells, row by row, header first: comma, semicolon or tab; UTF-8 or "Unicode text".

    Raises ValueError with what was found; the callers name the file.
    """
    text = _text(data)
    # Excel itself writes this line, for other Excels.
    first, _, rest = text.partition("\n")
    if first.strip().strip('"').lower().startswith("sep="):
        text = rest
        first = text.partition("\n")[0]
    # The header holds none of the three but between its cells, so the commonest there is the separator.
    separator = max(",;\t", key=first.count)
    csv.field_size_limit(_LARGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise ValueError(str(error)) from None


def cell_of(cells: Sequence[str], place: int) -> str:
    """The cell at a place, empty beyond the row's end, without the apostrophe that guards a formula."""
    cell = cells[place] if place < len(cells) else ""
    return cell[1:] if _GUARDED.match(cell) else cell


def _guard(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _text(data: bytes) -> str:
    # Excel's "Unicode text" is UTF-16 with a mark and tabs.
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not UTF-8") from None
