"""What a ballot sheet refuses to be.

SheetError
├── TooManyNamesError      more candidates than one sheet holds
├── NoNamesError           a list without anybody
├── NameTooLongError       a name that does not fit its column even condensed
└── HeadingTooLongError    a heading that does not fit above the list
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar


class SheetError(Exception):
    """A sheet cannot be laid out; `fields` fill the sentence of `code`."""

    code: ClassVar[str] = "sheet.error"

    def __init__(self, **fields: object) -> None:
        """Keep the data of the error; the sentence is made in `words`."""
        super().__init__(self.code, fields)
        self.fields: dict[str, object] = fields

    def __reduce__(self) -> tuple[object, tuple[()]]:
        """Travel from a reading process to the one that started it."""
        return partial(type(self), **self.fields), ()


class TooManyNamesError(SheetError):
    """Fields: found, most."""

    code = "sheet.too_many_names"


class NoNamesError(SheetError):
    """No fields."""

    code = "sheet.no_names"


class NameTooLongError(SheetError):
    """Fields: candidate, name, room_mm, needed_mm."""

    code = "sheet.name_too_long"


class HeadingTooLongError(SheetError):
    """Fields: text, lines."""

    code = "sheet.heading_too_long"
