"""A TOML table that is taken apart key by key: every error knows the dotted path, and no key is left over unseen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from daihoi.interchange import dates
from daihoi.interchange.errors import (
    BadDateError,
    BadIdError,
    BadTextError,
    MissingKeyError,
    NotAChoiceError,
    OutOfRangeError,
    UnknownKeyError,
    WrongTypeError,
)
from daihoi.rules.terms import PartialDate

Word = TypeVar("Word", bound=StrEnum)

MOST = 10_000_000
"""No figure of a congress is larger; a slip of the finger often is."""

LONGEST = 500
"""Characters of one text."""

# Safe in file names on every system, in the codes on the ballot, and in a cell of a spreadsheet.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_TYPES = {bool: "true or false", int: "a whole number", float: "a number with a fraction", str: "a text"}


def kind_of(value: object) -> str:
    """What a TOML value is, in words."""
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return _TYPES.get(type(value), "a date or time")


class Table:
    """One table of the file, at `path`; `known` are all keys of the contract here."""

    def __init__(self, values: object, file: str, path: str, known: tuple[str, ...]) -> None:
        self.file = file
        self.path = path
        if not isinstance(values, Mapping):
            raise WrongTypeError(file=file, path=path, expected="a table", found=kind_of(values))
        self.values: Mapping[str, object] = values
        # A misspelt key that was passed over would be a figure that silently was not there.
        for key in values:
            if key not in known:
                raise UnknownKeyError(file=file, path=self.at(key), known=", ".join(known))

    def at(self, key: str) -> str:
        """The dotted path of a key of this table."""
        return f"{self.path}.{key}" if self.path else key

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def need(self, key: str) -> object:
        """The raw value; raises MissingKeyError."""
        if key not in self.values:
            raise MissingKeyError(file=self.file, path=self.at(key))
        return self.values[key]

    def table(self, key: str, known: tuple[str, ...]) -> Table:
        """The table under a key."""
        return Table(self.need(key), self.file, self.at(key), known)

    def tables(self, key: str, known: tuple[str, ...], least: int = 0, most: int = MOST) -> Iterator[Table]:
        """The tables of a list, each with its place from 0 in its path; an absent list is empty."""
        values = self.need(key) if least else self.values.get(key, [])
        if not isinstance(values, list):
            raise WrongTypeError(file=self.file, path=self.at(key), expected="a list of tables", found=kind_of(values))
        self._range(key, len(values), least, most)
        for place, value in enumerate(values):
            yield Table(value, self.file, f"{self.at(key)}[{place}]", known)

    def text(self, key: str) -> str:
        """A text of one line, NFC, without spaces around it, never empty."""
        text = self._line(key, self.need(key))
        if not text:
            raise BadTextError(file=self.file, path=self.at(key), found='""')
        return text

    def text_or(self, key: str, default: str = "") -> str:
        """As `text`, but may be absent or empty."""
        return self._line(key, self.values[key]) if key in self.values else default

    def _line(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            raise WrongTypeError(file=self.file, path=self.at(key), expected="a text", found=kind_of(value))
        text = unicodedata.normalize("NFC", value).strip()
        # Cf are the invisible marks of direction and width, which can make two names look the same.
        odd = [letter for letter in text if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
        if odd or len(text) > LONGEST:
            shown = f"U+{ord(odd[0]):04X}" if odd else f"{len(text)} characters"
            raise BadTextError(file=self.file, path=self.at(key), found=shown)
        return text

    def whole(self, key: str, least: int = 0, most: int = MOST) -> int:
        """A whole number from `least` to `most`."""
        value = self.need(key)
        # TOML's true is Python's True, which is an int.
        if isinstance(value, bool) or not isinstance(value, int):
            raise WrongTypeError(file=self.file, path=self.at(key), expected="a whole number", found=kind_of(value))
        self._range(key, value, least, most)
        return value

    def whole_or(self, key: str, default: int, least: int = 0, most: int = MOST) -> int:
        """As `whole`, but may be absent."""
        return self.whole(key, least, most) if key in self.values else default

    def whole_or_none(self, key: str, least: int = 0, most: int = MOST) -> int | None:
        """As `whole`, None when absent."""
        return self.whole(key, least, most) if key in self.values else None

    def _range(self, key: str, found: int, least: int, most: int) -> None:
        if not least <= found <= most:
            raise OutOfRangeError(file=self.file, path=self.at(key), found=found, least=least, most=most)

    def word(self, key: str, words: type[Word]) -> Word:
        """One word of a vocabulary."""
        value = self.need(key)
        if not isinstance(value, str):
            raise WrongTypeError(file=self.file, path=self.at(key), expected="a text", found=kind_of(value))
        try:
            return words(value.strip())
        except ValueError:
            allowed = ", ".join(words)
            raise NotAChoiceError(file=self.file, path=self.at(key), found=value, allowed=allowed) from None

    def id(self, key: str) -> str:
        """An id that is safe in file names, codes and spreadsheets."""
        value = self.need(key)
        if not isinstance(value, str):
            raise WrongTypeError(file=self.file, path=self.at(key), expected="a text", found=kind_of(value))
        if not _ID.fullmatch(value):
            raise BadIdError(file=self.file, path=self.at(key), found=value)
        return value

    def day(self, key: str) -> date:
        """A day of the calendar."""
        found = dates.day(self.need(key))
        if found is None:
            raise self._no_date(key)
        return found

    def partial_date(self, key: str) -> PartialDate | None:
        """A date of which only the year may be known; None when absent."""
        if key not in self.values:
            return None
        found = dates.partial(self.values[key])
        if found is None:
            raise self._no_date(key)
        return found

    def moment(self, key: str) -> datetime | str | None:
        """A date-time, or words of one line; None when absent or empty."""
        if key not in self.values:
            return None
        value = self.values[key]
        found = dates.moment(self._line(key, value) if isinstance(value, str) else value)
        if found is None:
            raise self._no_date(key)
        return found or None

    def _no_date(self, key: str) -> BadDateError:
        return BadDateError(file=self.file, path=self.at(key), found=str(self.values[key]))
