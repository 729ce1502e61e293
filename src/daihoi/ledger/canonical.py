"""One value, one row of bytes: the JSON that is hashed and signed.

Keys sorted by code point, no spaces, UTF-8, text in NFC, and of numbers only integers: a float is written differently
by different programs. Strings escape `"`, `\\` and the control characters below U+0020 (the short forms where JSON has
them, `\\u00xx` in lower case otherwise) and nothing else. docs/dev/ledger.md gives the same to the byte.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import cast

from daihoi.ledger.errors import NotCanonicalError

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]
"""What canonical JSON can hold. Tuples are written as lists."""


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def text(value: str) -> str:
    """The text in NFC; raises NotCanonicalError for what UTF-8 cannot write."""
    # Ids, digests and file names are nearly all ASCII, which is NFC as it stands.
    if value.isascii():
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        raise NotCanonicalError(path="$", found="a character that is not Unicode text") from None
    # macOS names files in NFD, everybody else in NFC; a digest must not hang on who copied the folder.
    return unicodedata.normalize("NFC", value)


def normal(value: object) -> Json:
    """The value with text in NFC and tuples as lists; raises NotCanonicalError with the path to what cannot stand."""
    # A count brings a hundred thousand values into this form while people wait: the commonest kinds first.
    kind = type(value)
    if kind is dict:
        return _table(cast(dict[object, object], value))
    # An enum of text or a whole number of numpy would be written by its own rules; plain types only.
    if isinstance(value, str):
        return text(value if kind is str else str(value))
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Mapping):
        return _table(value)
    if isinstance(value, list | tuple):
        return _list(value)
    raise NotCanonicalError(path="$", found=kind.__name__)


def _table(value: Mapping[object, object]) -> Json:
    # Two keys may differ in their bytes and be one in NFC: either would silently win.
    fresh: dict[str, Json] = {}
    for key, held in value.items():
        if not isinstance(key, str):
            raise NotCanonicalError(path="$", found=f"a key of type {type(key).__name__}")
        name = text(key if type(key) is str else str(key))
        if name in fresh:
            raise NotCanonicalError(path=f"$.{name}", found="a key that stands twice")
        try:
            fresh[name] = held if type(held) is str and held.isascii() else normal(held)
        except NotCanonicalError as error:
            raise _within(f".{name}", error) from None
    return fresh


def _list(value: Sequence[object]) -> Json:
    fresh: list[Json] = []
    for place, held in enumerate(value):
        try:
            fresh.append(normal(held))
        except NotCanonicalError as error:
            raise _within(f"[{place}]", error) from None
    return fresh


def _within(step: str, error: NotCanonicalError) -> NotCanonicalError:
    """The error with the step before its path. A path is put together where it is wanted: nearly always, never."""
    return NotCanonicalError(path=f"${step}{error.path[1:]}", found=error.found)


def dumps(value: object) -> bytes:
    """The canonical bytes of a value, without a line end. Raises NotCanonicalError."""
    return written(normal(value))


def written(value: Json) -> bytes:
    """The canonical bytes of what `normal` gave: looking at it once more costs three times the writing."""
    return _encode(value).encode()


def line(value: object) -> bytes:
    """The canonical bytes with one line feed after them: a line of a file, or a whole file of one value."""
    return dumps(value) + b"\n"
