"""review.csv: what the board must judge, written for spreadsheets and read back as spreadsheets write it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple

from daihoi.interchange import decisions, spreadsheet
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


def dump(rows: Iterable[ReviewRow]) -> bytes:
    """The bytes of the file; the same rows give the same bytes."""
    return spreadsheet.dump(COLUMNS, (astuple(row) for row in rows))


def parse(data: bytes, name: str, *, form: BallotForm | None = None) -> tuple[ReviewRow, ...]:
    """The rows, decisions in their own spelling; with `form`, marks of the other form of ballot are refused.

    Raises ReviewUnreadableError, ReviewColumnsError, BadDecisionError, ConflictingDecisionsError.
    """
    try:
        table = spreadsheet.parse(data)
    except ValueError as error:
        raise ReviewUnreadableError(file=name, found=str(error)) from None
    header = [cell.strip().lower() for cell in table[0]] if table else []
    where = {column: header.index(column) for column in COLUMNS if column in header}
    if any(column not in where for column in _NEEDED):
        shown = ", ".join(cell for cell in header if cell) or "nothing"
        raise ReviewColumnsError(file=name, found=shown[:200], expected=", ".join(COLUMNS))
    lines = (
        (number, {column: spreadsheet.cell_of(cells, place) for column, place in where.items()})
        for number, cells in spreadsheet.filled(table)
    )
    return rows_of(lines, name, form=form)


def rows_of(
    lines: Iterable[tuple[int, Mapping[str, str]]], name: str, *, form: BallotForm | None = None
) -> tuple[ReviewRow, ...]:
    """Rows from their cells by column, each with the number by which an error names it, wherever they come from.

    Raises BadDecisionError, ConflictingDecisionsError.
    """
    rows: list[ReviewRow] = []
    decided: dict[tuple[str, str], tuple[int, str]] = {}
    for number, cells in lines:
        row = _row(name, number, cells, form)
        _check_once(name, number, row, decided)
        rows.append(row)
    return tuple(rows)


def _row(name: str, number: int, cells: Mapping[str, str], form: BallotForm | None) -> ReviewRow:
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
    key = row.place
    other, decision = decided.setdefault(key, (number, row.decision))
    if decision != row.decision:
        raise ConflictingDecisionsError(
            file=name, row=number, other=other, ballot=row.ballot, candidate=row.candidate or "-"
        )
