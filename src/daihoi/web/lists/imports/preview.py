"""Rows of a grid with what becomes of each; the same for the page that shows them and the act that writes them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from daihoi.web.lists.imports.grid import Grid, Mark, Odd, Value
from daihoi.web.lists.imports.mapping import Columns
from daihoi.web.lists.imports.plan import Fault, Importer, Row, State
from daihoi.web.lists.imports.values import Cleaned, cleaner


@dataclass(frozen=True)
class Preview:
    """All rows, judged."""

    rows: Sequence[Row]
    columns: Columns

    @property
    def counts(self) -> dict[State, int]:
        """How many rows are so, by what would be done."""
        acts = Counter(row.act for row in self.rows)
        return {state: acts[state] for state in State}

    @property
    def to_write(self) -> list[Row]:
        """Rows that would be written."""
        return [row for row in self.rows if row.act in {State.NEW, State.CHANGED}]

    @property
    def digest(self) -> str:
        """Stands for what would be done, in whatever language it is told."""
        # What confirming is held against: were a row changed by another meanwhile, this is another.
        told = hashlib.sha256()
        for row in self.rows:
            line = (row.number, row.act.value, row.values, row.changes, len(row.faults), len(row.warnings))
            told.update(repr(line).encode())
        return told.hexdigest()


def preview(grid: Grid, columns: Columns, importer: Importer) -> Preview:
    """Make values of the cells, tell rows with one code apart, and let the room judge the rest."""
    rows = list(cleaned(grid, columns, importer))
    Apart(importer.unique).mark(rows)
    importer.judge(judgeable(rows, importer))
    return Preview(rows, columns)


def judgeable(rows: Iterable[Row], importer: Importer) -> list[Row]:
    """Rows whose required fields can be read: what else is wrong with them is told at once, not after mending."""
    required = [one.name for one in importer.fields if one.required]
    return [row for row in rows if all(row.values.get(name) not in (None, "") for name in required)]


def cleaned(grid: Grid, columns: Columns, importer: Importer) -> Iterator[Row]:
    """The rows below the headings as values, each with the faults of its cells; the template's example is left out."""
    fields = [(one, columns.places[one.name]) for one in importer.fields if one.name in columns.places]
    readers = [_Reader(one.name, place, cleaner(one), one.required) for one, place in fields]
    example = [(place, one.example) for one, place in fields]
    for number, cells in grid.rows:
        # Titles above the headings, and the headings.
        if number <= columns.header:
            continue
        row = Row(number, {})
        for reader in readers:
            _take(row, cells, reader, grid)
        if not (row.values or row.faults) or (len(row.values) > 1 and _says(cells, example)):
            continue
        _require(row, readers)
        yield row


@dataclass(frozen=True)
class _Reader:
    """One column with what makes values of its cells."""

    name: str
    place: int
    clean: Callable[[Value], Cleaned]
    required: bool


def _take(row: Row, cells: Sequence[Value], reader: _Reader, grid: Grid) -> None:
    """Put the value of one cell into the row, or what is wrong with it."""
    cell = cells[reader.place] if reader.place < len(cells) else None
    odd = grid.odd.get((row.number, reader.place)) if grid.odd else None
    if odd is not None and not _plain(row, reader.name, odd, cell):
        return
    value, wrong, said = reader.clean(cell)
    if wrong:
        row.refuse(reader.name, wrong)
    elif value is not None:
        row.values[reader.name] = value
        if said:
            row.warn(reader.name, said)


def _says(cells: Sequence[Value], example: Sequence[tuple[int, str]]) -> bool:
    """Whether a row is the template's example, left where it stood."""
    return all((cells[place] if place < len(cells) else None) in (text, text or None) for place, text in example)


def _require(row: Row, readers: Iterable[_Reader]) -> None:
    wrong = {fault.field for fault in row.faults}
    for one in readers:
        if one.required and row.values.get(one.name, "") == "" and one.name not in wrong:
            row.refuse(one.name, _("It must not be empty."))


def _plain(row: Row, name: str, odd: Odd, cell: object) -> bool:
    """Whether the cell may be read although something is odd about it; what is odd is said."""
    if odd.mark is Mark.FORMULA:
        row.warn(name, _("It is a formula; its value “%(value)s” was taken.") % {"value": cell})
        return True
    words = {
        Mark.NO_VALUE: _("It is a formula without a value; open the file in Excel, save it and send it again."),
        Mark.ERROR: _("Its formula shows %(error)s; mend it or type the value.") % {"error": odd.detail},
        Mark.COVERED: _("It is merged with cell %(cell)s; unmerge and fill in every row.") % {"cell": odd.detail},
    }
    row.refuse(name, words[odd.mark])
    return False


class Apart:
    """Refuses rows that share what no two may share, each naming the other; `forget` lets go of the rows themselves."""

    def __init__(self, unique: Sequence[str]) -> None:
        self._unique = unique
        self._seen: dict[tuple[str, str], tuple[int, Row | None]] = {}
        self._held: list[tuple[str, str]] = []

    def mark(self, rows: Iterable[Row]) -> None:
        """Look at more rows."""
        for row in rows:
            for name in self._unique:
                value = row.values.get(name)
                if value not in (None, ""):
                    self._mark(row, name, str(value))

    def forget(self) -> None:
        """Keep the numbers of rows alone: hundreds of thousands go by."""
        for key in self._held:
            self._seen[key] = (self._seen[key][0], None)
        self._held.clear()

    def _mark(self, row: Row, name: str, value: str) -> None:
        # Codes that differ by capitals alone are one code to whoever reads them from paper.
        key = (name, value.casefold())
        number, first = self._seen.setdefault(key, (row.number, row))
        if first is row:
            self._held.append(key)
            return
        text = _("“%(value)s” stands in row %(row)d too.")
        row.refuse(name, text % {"value": value, "row": number})
        if first is not None and not any(fault.field == name for fault in first.faults):
            first.refuse(name, text % {"value": value, "row": row.number})


def sentence(fault: Fault, number: int, columns: Columns, importer: Importer) -> str:
    """A fault by row and column in one sentence."""
    if not fault.field:
        return _("Row %(row)d: %(text)s") % {"row": number, "text": fault.text}
    words = str(importer.field_of(fault.field).words)
    place = columns.places.get(fault.field)
    if place is None:
        return _("Row %(row)d, %(field)s: %(text)s") % {"row": number, "field": words, "text": fault.text}
    held = {"row": number, "column": get_column_letter(place + 1), "field": words, "text": fault.text}
    return _("Row %(row)d, column %(column)s (%(field)s): %(text)s") % held
