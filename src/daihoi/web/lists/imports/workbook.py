"""XLSX into a grid, in one pass over the XML of a sheet.

openpyxl reads values or formulas, not both at once, knows merged cells only where it holds the whole book in memory,
and takes most of the time that a whole preview has (bench/imports.py prints both). Which formats are dates and what a
serial number means is asked of it here. [ECMA-376 part 1, 18.3]
"""

from __future__ import annotations

import datetime
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree  # the parser refuses entities that swell; the size of each part is bounded below

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from daihoi.web.lists.imports.grid import Grid, Mark, Odd, Value

# Tags are compared whole: taking each apart would cost as much as the rest of the reading.
_SPACES = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_ROW, _MERGED, _VALUE, _FORMULA, _INLINE, _SHARED, _TEXT = (
    frozenset(f"{{{space}}}{name}" for space in _SPACES) for name in ("row", "mergeCell", "v", "f", "is", "si", "t")
)
_RELATED = re.compile(r"\{.*/officeDocument/(2006/)?relationships\}id")
# What a sheet of 300,000 people unpacks to is half of this.
LARGEST_PART = 1_000_000_000
WIDEST = 300


@dataclass(frozen=True)
class _Styles:
    """Which styles show dates, and from which day their numbers count."""

    dates: frozenset[int]
    epoch: datetime.datetime


class Workbook:
    """An XLSX file, opened. Raises ValidationError with a sentence where it is none or is broken."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {name.lower(): name for name in self._zip.namelist()}
            self._sheets = dict(self._list_sheets())
        except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, OSError, ValueError):
            raise ValidationError(broken()) from None
        if not self._sheets:
            raise ValidationError(broken())

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets that can be seen, in their order."""
        return list(self._sheets)

    def grid(self, sheet: str = "", rows: int = 0) -> Grid:
        """A sheet by name; without one the first that holds anything.

        `rows`: refuse more than so many below the headings (0: no bound). Raises ValidationError.
        """
        # Many books begin with an empty sheet, or one of notes.
        names = [sheet] if sheet in self._sheets else self.sheets
        for name in names:
            try:
                found = self._read(name, rows)
            except (zipfile.BadZipFile, KeyError, IndexError, ElementTree.ParseError, ValueError, OverflowError):
                raise ValidationError(broken()) from None
            if found.rows or name == names[-1]:
                return found
        raise ValidationError(broken())

    def _open(self, part: str) -> IO[bytes]:
        name = self._parts[part.lower().lstrip("/")]
        if self._zip.getinfo(name).file_size > LARGEST_PART:
            raise ValidationError(_("The file unpacks to more than can be read; split it and send the parts."))
        return self._zip.open(name)

    def _root(self, part: str) -> ElementTree.Element:
        with self._open(part) as file:
            return ElementTree.parse(file).getroot()  # noqa: S314 -- bounded above

    def _list_sheets(self) -> Iterator[tuple[str, str]]:
        """Each visible sheet with the part that holds it."""
        book = self._root("xl/workbook.xml")
        properties = next((one for one in book if one.tag.endswith("}workbookPr")), None)
        self._is_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        targets = {one.get("Id"): one.get("Target", "") for one in self._root("xl/_rels/workbook.xml.rels")}
        for one in book.iter():
            if one.tag.endswith("}sheet") and one.get("state", "visible") == "visible":
                related = next(value for key, value in one.attrib.items() if _RELATED.fullmatch(key))
                target = targets[related]
                part = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
                if part.lower() in self._parts:
                    yield one.get("name", ""), part

    def _read(self, name: str, rows: int) -> Grid:
        grid = Grid([], {}, name, self.sheets)
        reader = _Sheet(grid, self._texts(), self._styles())
        with self._open(self._sheets[name]) as file:
            for _event, element in ElementTree.iterparse(file):  # noqa: S314 -- bounded above
                if element.tag in _ROW:
                    reader.row(element)
                    element.clear()
                    if rows and len(grid.rows) > rows + 1:
                        raise ValidationError(too_many(rows))
                elif element.tag in _MERGED:
                    reader.merged(element.get("ref", ""))
        return grid

    def _texts(self) -> list[str]:
        """The texts that cells share; what says how they are pronounced is left out."""
        if "xl/sharedstrings.xml" not in self._parts:
            return []
        texts = []
        with self._open("xl/sharedstrings.xml") as file:
            for _event, element in ElementTree.iterparse(file):  # noqa: S314 -- bounded above
                if element.tag in _SHARED:
                    texts.append(_text_of(element))
                    element.clear()
        return texts

    def _styles(self) -> _Styles:
        epoch = CALENDAR_MAC_1904 if self._is_1904 else CALENDAR_WINDOWS_1900
        if "xl/styles.xml" not in self._parts:
            return _Styles(frozenset(), epoch)
        root = self._root("xl/styles.xml")
        formats = dict(BUILTIN_FORMATS)
        for one in root.iter():
            if one.tag.endswith("}numFmt"):
                formats[int(one.get("numFmtId", "0"))] = one.get("formatCode", "")
        cells = next((one for one in root if one.tag.endswith("}cellXfs")), ())
        numbers = [int(one.get("numFmtId", "0")) for one in cells]
        dates = {place for place, number in enumerate(numbers) if is_date_format(formats.get(number, ""))}
        return _Styles(frozenset(dates), epoch)


class _Sheet:
    """Takes the rows of a sheet as they come by."""

    def __init__(self, grid: Grid, texts: list[str], styles: _Styles) -> None:
        self.grid, self.texts, self.styles = grid, texts, styles
        self.number = 0

    def row(self, element: ElementTree.Element) -> None:
        """One row; one without anything in it is left out."""
        self.number = int(element.get("r") or self.number + 1)
        cells: list[Value] = []
        filled = False
        for place, cell in enumerate(element):
            reference = cell.get("r")
            at = _column(reference) if reference else place
            # A format that runs to the last column would make 16,384 cells of every row.
            if at >= WIDEST:
                break
            value = self.value(cell, at)
            if at >= len(cells):
                cells.extend([None] * (at + 1 - len(cells)))
            cells[at] = value
            filled = filled or value not in (None, "") or (self.number, at) in self.grid.odd
        if filled:
            self.grid.rows.append((self.number, cells))

    def value(self, cell: ElementTree.Element, at: int) -> Value:
        """What a cell shows; what is odd about it is kept in the grid."""
        kind, text = cell.get("t", "n"), self.written(cell, at)
        if kind == "e":
            self.grid.odd[self.number, at] = Odd(Mark.ERROR, text)
            return None
        if not text:
            # A formula that nobody computed, as a program writes it: to be told, not to be taken for an empty cell.
            if (self.number, at) in self.grid.odd:
                self.grid.odd[self.number, at] = Odd(Mark.NO_VALUE)
            return None
        if kind == "n":
            return self.of_number(text, cell.get("s"))
        if kind == "s":
            return self.texts[int(text)]
        return text == "1" if kind == "b" else text

    def written(self, cell: ElementTree.Element, at: int) -> str:
        """The text that stands in a cell, empty where none does; a formula is noted beside it."""
        text = ""
        for part in cell:
            if part.tag in _VALUE:
                text = part.text or ""
            elif part.tag in _FORMULA:
                self.grid.odd[self.number, at] = Odd(Mark.FORMULA)
            elif part.tag in _INLINE:
                text = _text_of(part)
        return text

    def of_number(self, text: str, style: str | None) -> Value:
        """A number, or the date that its format makes of it."""
        number = float(text)
        if style is not None and int(style) in self.styles.dates:
            day = from_excel(number, self.styles.epoch)
            if isinstance(day, datetime.datetime):
                return day.date()
            return None if day is None else text
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    def merged(self, reference: str) -> None:
        """Mark all but the first cell of a merged area; those of empty rows do not matter."""
        first, _colon, last = reference.partition(":")
        top, bottom = _row(first), _row(last or first)
        left, right = _column(first), min(_column(last or first), WIDEST)
        rows = {number for number, _cells in self.grid.rows if top <= number <= bottom}
        for number in rows:
            for at in range(left, right + 1):
                if (number, at) != (top, left):
                    self.grid.odd[number, at] = Odd(Mark.COVERED, first)


def _text_of(element: ElementTree.Element) -> str:
    if len(element) == 1 and element[0].tag in _TEXT:
        return element[0].text or ""
    texts = []
    for one in element.iter():
        tag = one.tag.rpartition("}")[2]
        # How East Asian text is pronounced is no part of the text.
        if tag == "rPh":
            one.clear()
        elif tag == "t" and one.text:
            texts.append(one.text)
    return "".join(texts)


_COLUMNS: dict[str, int] = {}


def _column(reference: str) -> int:
    """The place of a column from 0: "C7" -> 2."""
    letters = reference.rstrip("0123456789")
    known = _COLUMNS.get(letters)
    if known is None:
        known = 0
        for letter in letters:
            known = known * 26 + ord(letter) - 64
        _COLUMNS[letters] = known = known - 1
    return known


def _row(reference: str) -> int:
    return int(reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def broken() -> str:
    """The sentence for a file that is no whole workbook."""
    return _("This is no whole XLSX file; open it in Excel or LibreOffice, save it as .xlsx and send that.")


def too_many(rows: int) -> str:
    """The sentence for a sheet with more rows than are taken at once."""
    return _("The sheet has more than %(rows)d rows; split it, or let the administrator import it by command.") % {
        "rows": rows
    }
