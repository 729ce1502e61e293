"""review.csv: what the board must judge, written for spreadsheets and read back as spreadsheets write it.

Written as UTF-8 with byte order mark, comma, CR LF (RFC 4180). A cell that a spreadsheet would take for a formula (it
begins with = + - @ or a tab) gets an apostrophe before it, which is taken off again in reading.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable
from dataclasses import astuple

from daihoi.interchange import decisions
from daihoi.interchange.errors import (
    BadDecisionError,
    ConflictingDecisionsError,
    ReviewColumnsError,
    ReviewUnreadableError,
)
from daihoi.interchange.terms import ReviewRow
from daihoi.rules.terms import BallotForm

COLUMNS = ("ballot", "candidate", "reason", "proposal", "decision", "crop")
_NEEDED = ("ballot", "candidate", "decision")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
# Marks of a hundred candidates keyed into one cell are 3,000 characters.
_LARGEST_CELL = 1_000_000


def dump(rows: Iterable[ReviewRow]) -> bytes:
    """The bytes of the file; the same rows give the same bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_guard(cell) for cell in astuple(row)])
    return codecs.BOM_UTF8 + text.getvalue().encode()


def parse(data: bytes, name: str, *, form: BallotForm | None = None) -> tuple[ReviewRow, ...]:
    """The rows, decisions in their own spelling; with `form`, marks of the other form of ballot are refused.

    Raises ReviewUnreadableError, ReviewColumnsError, BadDecisionError, ConflictingDecisionsError.
    """
    table = _table(_text(data, name), name)
    header = [cell.strip().lower() for cell in table[0]] if table else []
    where = {column: header.index(column) for column in COLUMNS if column in header}
    if any(column not in where for column in _NEEDED):
        shown = ", ".join(cell for cell in header if cell) or "nothing"
        raise ReviewColumnsError(file=name, found=shown[:200], expected=", ".join(COLUMNS))
    rows: list[ReviewRow] = []
    decided: dict[tuple[str, str], tuple[int, str]] = {}
    # Rows are numbered as the spreadsheet shows them.
    for number, cells in enumerate(table[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        row = _row(name, number, {column: _cell(cells, place) for column, place in where.items()}, form)
        _check_once(name, number, row, decided)
        rows.append(row)
    return tuple(rows)


def _guard(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _cell(cells: list[str], place: int) -> str:
    cell = cells[place] if place < len(cells) else ""
    return cell[1:] if _GUARDED.match(cell) else cell


def _text(data: bytes, name: str) -> str:
    # Excel's "Unicode text" is UTF-16 with a mark and tabs.
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReviewUnreadableError(file=name, found=f"line {line} is not UTF-8") from None


def _table(text: str, name: str) -> list[list[str]]:
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
        raise ReviewUnreadableError(file=name, found=str(error)) from None


def _row(name: str, number: int, cells: dict[str, str], form: BallotForm | None) -> ReviewRow:
    ballot, candidate = cells["ballot"], cells["candidate"].strip()
    place = decisions.place_of(ballot, candidate)
    said = decisions.answer(place, cells["decision"], form)
    if isinstance(said, decisions.Refused):
        allowed = ", ".join(said.allowed)
        raise BadDecisionError(file=name, row=number, column="decision", found=said.found[:80], allowed=allowed)
    reason, proposal, crop = (cells.get(column, "") for column in ("reason", "proposal", "crop"))
    return ReviewRow(ballot, candidate, reason, proposal, said, crop)


def _check_once(name: str, number: int, row: ReviewRow, decided: dict[tuple[str, str], tuple[int, str]]) -> None:
    if not row.decision:
        return
    key = (row.ballot, row.candidate)
    other, decision = decided.setdefault(key, (number, row.decision))
    if decision != row.decision:
        raise ConflictingDecisionsError(
            file=name, row=number, other=other, ballot=row.ballot, candidate=row.candidate or "-"
        )
