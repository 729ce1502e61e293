"""A cell becomes a value, or one sentence that says what is wrong with it.

Spreadsheets hand over the same thing in many shapes: dates as dates, as serial numbers, as text; codes as numbers;
letters in one piece or two (NFC, NFD), or in the encodings of fonts of the nineties. What can be read in one way only
is read; all else is answered.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from daihoi.interchange import dates
from daihoi.rules.names import fold_search
from daihoi.rules.terms import PartialDate
from daihoi.web.lists.export import FORMULA_STARTS
from daihoi.web.lists.imports.grid import Value
from daihoi.web.lists.imports.plan import Field, Kind
from daihoi.web.lists.table import Words

CLEAR = "-"
"""What is typed into a cell to clear a field."""

# Letters of Western code pages that stand in no Vietnamese word: what TCVN3 and VNI fonts make of an accent.
_OLD_LETTERS = re.compile(r"[^\W\d_][¸µ¶¹¨¾»¼½©ÆÇËÎÏÖ×ØÜÞßäåæç«¬ëîïø÷öûüþ®Å¦§]|[§®][^\W\d_]|[øûåäëïîü]")
_SHORTENED = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)
_HIDDEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
# Serial numbers between the years 1910 and 2065; below lie years, above lie telephone numbers.
_SERIALS = range(3_654, 60_634)
_YEARS = range(1800, 2200)


Cleaned = tuple[object, str, str]
"""The value (None: the cell says nothing), what is wrong, what is odd; one of the last two at most."""


def cleaner(field: Field) -> Callable[[Value], Cleaned]:
    """What makes values of the cells of this field; it remembers what it has seen, as columns repeat themselves.

    A reader raises ValidationError with the sentence for a cell that cannot be read; it never leaves this file.
    """
    read = _READERS[field.kind](field)
    seen: dict[object, Cleaned] = {None: (None, "", "")}

    def clean(cell: Value) -> Cleaned:
        # 1, 1.0 and True are one key of a table, and three things in a cell.
        key = cell if cell is None or isinstance(cell, str) else (type(cell), cell)
        known = seen.get(key)
        if known is None:
            known = _cleaned(read, cell)
            # Enough for names and posts; columns of codes never repeat, and would fill the memory.
            if len(seen) < 20_000:
                seen[key] = known
        return known

    return clean


Reader = Callable[[Value], tuple[object, str]]


def _cleaned(read: Reader, cell: Value) -> Cleaned:
    if isinstance(cell, str):
        cell = _as_taken_out(tidy(cell))
        if not cell:
            return None, "", ""
    try:
        value, odd = read(cell)
    except ValidationError as wrong:
        return None, str(wrong.message), ""
    return value, "", odd


def _as_taken_out(text: str) -> str:
    """Without the mark that an export sets before what would run as a formula: a list taken out comes in unchanged."""
    # A dash alone stays marked: bare, it would clear its field.
    return text[1:] if len(text) > 2 and text[0] == "'" and text[1:].startswith(FORMULA_STARTS) else text


def tidy(text: str) -> str:
    """Text as the house keeps it: NFC, single spaces, nothing that cannot be seen."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text).translate(_HIDDEN).split())


def _text(field: Field) -> Reader:
    def read(cell: Value) -> tuple[object, str]:
        text = _as_text(cell)
        if text == CLEAR:
            return "", ""
        if len(text) > field.longest:
            raise ValidationError(_("It has %(n)d characters; %(most)d fit.") % {"n": len(text), "most": field.longest})
        if _OLD_LETTERS.search(text):
            words = _("“%(text)s” is written in an old font (TCVN3 or VNI); convert the file to Unicode.")
            raise ValidationError(words % {"text": text})
        return text, ""

    return read


def _code(field: Field) -> Reader:
    as_text = _text(field)

    def read(cell: Value) -> tuple[object, str]:
        if isinstance(cell, float) or (isinstance(cell, str) and _SHORTENED.fullmatch(cell)):
            words = _("“%(text)s” is a number that the spreadsheet shortened; make the column text and type it again.")
            raise ValidationError(words % {"text": cell})
        if isinstance(cell, datetime.date):
            raise ValidationError(_("The spreadsheet made a date of it; make the column text and type it again."))
        return as_text(cell)

    return read


def _choice(field: Field) -> Reader:
    known = {fold_search(words): value for value, words in spoken(field)}
    known |= {fold_search(words): value for words, value in field.synonyms.items()}

    def read(cell: Value) -> tuple[object, str]:
        text = _as_text(cell)
        if text == CLEAR:
            return "", ""
        value = known.get(fold_search(text))
        if value is None:
            all_of_them = "; ".join(str(words) for _value, words in field.answers)
            raise ValidationError(_("“%(text)s” is none of: %(all)s.") % {"text": text, "all": all_of_them})
        return value, ""

    return read


def spoken(field: Field) -> Iterator[tuple[str, str]]:
    """Each value of a choice with its words in each language, and with itself."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield from [(value, str(words)) for value, words in field.answers]
    yield from ((value, value) for value, _words in field.answers)


_YES = frozenset({"x", "co", "1", "true", "yes", "y", "dung", "v", "✓", "roi"})
_NO = frozenset({"khong", "0", "false", "no", "n", "sai", "chua", "k"})


def _yes_no(_field: Field) -> Reader:
    def read(cell: Value) -> tuple[object, str]:
        if isinstance(cell, bool):
            return cell, ""
        text = _as_text(cell)
        folded = fold_search(text) or text
        if folded in _YES:
            return True, ""
        if folded in _NO or text == CLEAR:
            return False, ""
        raise ValidationError(_("“%(text)s” is neither yes (x, có, 1) nor no (không, 0).") % {"text": text})

    return read


def _whole(_field: Field) -> Reader:
    def read(cell: Value) -> tuple[object, str]:
        text = _as_text(cell).replace(" ", "")
        if text == CLEAR:
            return 0, ""
        # 1.234 and 1,234 are one thousand and more in either habit; 1,5 is no whole number in any.
        if re.fullmatch(r"\d{1,3}([.,]\d{3})+", text):
            text = re.sub("[.,]", "", text)
        if not re.fullmatch(r"\d{1,9}", text):
            raise ValidationError(_("“%(text)s” is no whole number.") % {"text": cell})
        return int(text), ""

    return read


def _partial(_field: Field) -> Reader:
    def read(cell: Value) -> tuple[object, str]:
        if cell == CLEAR:
            return "", ""
        found, odd = _day_of(cell)
        return "-".join([f"{found.year:04d}", *(f"{part:02d}" for part in (found.month, found.day) if part)]), odd

    return read


def _date(_field: Field) -> Reader:
    def read(cell: Value) -> tuple[object, str]:
        if cell == CLEAR:
            return "", ""
        found, odd = _day_of(cell)
        if not found.day:
            raise ValidationError(_("“%(text)s” names no day; write dd/mm/yyyy.") % {"text": cell})
        return datetime.date(found.year, found.month, found.day), odd

    return read


def _day_of(cell: Value) -> tuple[PartialDate, str]:
    """The day, month or year that a cell names, and what was odd about it."""
    if isinstance(cell, float) and cell.is_integer():
        # A spreadsheet knows no whole numbers: the year 1975 comes as 1975.0.
        cell = int(cell)
    number = _serial_in(cell)
    day = from_excel(number) if number else None
    if isinstance(day, datetime.datetime):
        words = _("The number %(number)d was read as %(day)s.")
        return PartialDate(day.year, day.month, day.day), words % {"number": number, "day": f"{day:%d/%m/%Y}"}
    found = dates.partial(cell)
    if found is None:
        raise ValidationError(_("“%(text)s” is no date; write dd/mm/yyyy, mm/yyyy or yyyy.") % {"text": cell})
    return found, ""


def _serial_in(cell: Value) -> int:
    """The count of days since 1900 that a cell without the format of a date holds; 0 where it is none."""
    if isinstance(cell, str) and re.fullmatch(r"\d{5}", cell):
        cell = int(cell)
    if isinstance(cell, bool) or not isinstance(cell, int):
        return 0
    # 1975 is a year, and not the day of 1905 that a spreadsheet would make of it.
    return cell if cell in _SERIALS and cell not in _YEARS else 0


def _as_text(cell: Value) -> str:
    if isinstance(cell, datetime.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, bool):
        return "1" if cell else "0"
    return str(cell)


_READERS: dict[Kind, Callable[[Field], Reader]] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_no,
    Kind.WHOLE: _whole,
    Kind.DATE: _date,
    Kind.PARTIAL_DATE: _partial,
}


def shown(field: Field, value: object) -> str:
    """A value as a person reads it."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.kind is Kind.CHOICE:
        return str(next((words for one, words in field.answers if one == value), value))
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    return "/".join(reversed(str(value).split("-"))) if field.kind is Kind.PARTIAL_DATE else str(value)


def heading_words(words: Words) -> Iterator[str]:
    """Words in each language, folded."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield fold_search(str(words))
