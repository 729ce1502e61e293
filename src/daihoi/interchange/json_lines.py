"""Files of one JSON object a line: split, parsed and taken apart with the number of the line in every error."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NoReturn, TypeVar

from daihoi.interchange.errors import BadLineError, NotUtf8Error

Word = TypeVar("Word", bound=StrEnum)

_KINDS = {dict: "an object", list: "a list", str: "a text", int: "a whole number", bool: "true or false"}


class Line:
    """One line of a file and its object; `need` and `word` raise BadLineError with the place."""

    def __init__(self, file: str, number: int, values: Mapping[str, object]) -> None:
        self.file = file
        self.number = number
        self.values = values

    def fail(self, field: str, found: str, expected: str) -> NoReturn:
        """Raise BadLineError for a field of this line."""
        raise BadLineError(file=self.file, line=self.number, field=field, found=found, expected=expected)

    def only(self, known: tuple[str, ...]) -> None:
        """Refuse keys that the contract does not have."""
        for key in self.values:
            if key not in known:
                self.fail(key, "an unknown key", f"one of {', '.join(known)}")

    def need(self, field: str, kind: type) -> object:
        """The value of a field, of exactly this type."""
        if field not in self.values:
            self.fail(field, "nothing", _KINDS[kind])
        value = self.values[field]
        if type(value) is not kind:
            self.fail(field, _shown(value), _KINDS[kind])
        return value

    def text(self, field: str, default: str | None = None) -> str:
        """A text; absent only where there is a default."""
        if default is not None and field not in self.values:
            return default
        return str(self.need(field, str))

    def whole(self, field: str) -> int:
        """A whole number, not negative."""
        value = self.need(field, int)
        if not isinstance(value, int) or value < 0:
            self.fail(field, _shown(value), "a whole number from 0")
        return value

    def word(self, field: str, value: object, words: type[Word]) -> Word:
        """A word of a vocabulary."""
        if not isinstance(value, str) or value not in set(words):
            self.fail(field, _shown(value), f"one of {', '.join(words)}")
        return words(value)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "..."


def _no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    # Two marks for one candidate: taking either would be guessing.
    fresh = dict(pairs)
    if len(fresh) != len(pairs):
        raise ValueError("a key stands twice")
    return fresh


def object_of(text: str) -> object:
    """The value of a JSON text; ValueError when it is none, or when a key stands twice in one object."""
    try:
        return json.loads(text, object_pairs_hook=_no_doubles)
    # A line of brackets alone must not bring the program down.
    except RecursionError:
        raise ValueError("nested too deep") from None


def lines_of(data: bytes, name: str) -> Iterator[Line]:
    """Each line that is not blank; a byte order mark and CR LF are borne. Raises NotUtf8Error, BadLineError."""
    for number, raw in enumerate(data.removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        try:
            text = raw.decode().strip()
        except UnicodeDecodeError:
            raise NotUtf8Error(file=name, line=number) from None
        if not text:
            continue
        line = Line(name, number, {})
        try:
            values = object_of(text)
        except ValueError as error:
            line.fail("the line", f"not JSON ({error})", "a JSON object")
        if not isinstance(values, dict):
            line.fail("the line", _shown(values), "a JSON object")
        line.values = values
        yield line
