"""Tables as spreadsheets write and read them: CSV in the shapes that Excel, LibreOffice and editors leave behind.

Written as UTF-8 with byte order mark, comma, CR LF (RFC 4180). A cell that a spreadsheet would take for a formula (it
begins with = + - @, their full-width forms, a tab or the end of a line) gets an apostrophe before it, which is taken
off again in reading. A cell with a semicolon or a tab in it is quoted: where those part the cells, a file called
`a;=cmd().jpg` would else begin a cell with a formula.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

_BEGINS_FORMULA = "[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile("'*" + _BEGINS_FORMULA)
_GUARDED = re.compile("'+" + _BEGINS_FORMULA)
_QUOTED = re.compile(r"""[",;\t\r\n]|^ | $""")
# Marks of a hundred candidates keyed into one cell are 3,000 characters.
_LARGEST_CELL = 1_000_000


def dump(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The bytes of a table; the same rows give the same bytes."""
    guarded = ([_guard(cell) for cell in row] for row in rows)
    lines = (",".join(_quoted(cell) for cell in cells) for cells in (header, *guarded))
    return codecs.BOM_UTF8 + "".join(f"{line}\r\n" for line in lines).encode()


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


def filled(table: Sequence[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header that hold anything, numbered as the spreadsheet shows them."""
    for number, cells in enumerate(table[1:], 2):
        if any(cell.strip() for cell in cells):
            yield number, cells


def cell_of(cells: Sequence[str], place: int) -> str:
    """The cell at a place, empty beyond the row's end, without the apostrophe that guards a formula."""
    cell = cells[place] if place < len(cells) else ""
    return cell[1:] if _GUARDED.match(cell) else cell


def _guard(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _quoted(cell: str) -> str:
    return '"{}"'.format(cell.replace('"', '""')) if _QUOTED.search(cell) else cell


def _text(data: bytes) -> str:
    # Excel's "Unicode text" is UTF-16 with a mark and tabs.
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not UTF-8") from None
