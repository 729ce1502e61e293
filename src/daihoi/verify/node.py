"""Data of unknown shape, taken apart without trust: each step knows its path, a wrong shape is a MalformedError."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator

from daihoi.verify.errors import MalformedError

_SHA256 = re.compile(r"[0-9a-f]{64}")
# Python refuses to read integers of thousands of digits, and no figure of an election has more than seven.
_INT_DIGITS = 15


class Node:
    """A value in a member, at a path."""

    def __init__(self, value: object, member: str, path: str = "$") -> None:
        self.value = value
        self.member = member
        self.path = path

    def malformed(self, expected: str) -> MalformedError:
        """The error that something else should stand here."""
        return MalformedError(member=self.member, path=self.path, expected=expected, found=shown(self.value))

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def __getitem__(self, key: str) -> Node:
        if not isinstance(self.value, dict):
            raise self.malformed("a table")
        path = f"{self.path}.{key}"
        if key not in self.value:
            raise MalformedError(member=self.member, path=path, expected="a value", found="nothing")
        return Node(self.value[key], self.member, path)

    def get(self, key: str, default: object) -> Node:
        """The value under a key, or the default where there is none."""
        if isinstance(self.value, dict) and key not in self.value:
            return Node(default, self.member, f"{self.path}.{key}")
        return self[key]

    def items(self) -> Iterator[tuple[str, Node]]:
        """The entries of a table."""
        if not isinstance(self.value, dict):
            raise self.malformed("a table")
        for key in self.value:
            yield str(key), self[key]

    def list(self) -> list[Node]:
        """The entries of a list."""
        if not isinstance(self.value, list):
            raise self.malformed("a list")
        return [Node(held, self.member, f"{self.path}[{place}]") for place, held in enumerate(self.value)]

    def text(self) -> str:
        """A text."""
        if not isinstance(self.value, str):
            raise self.malformed("a text")
        return self.value

    def sha256(self) -> str:
        """A digest in lower-case hex."""
        if not isinstance(self.value, str) or not _SHA256.fullmatch(self.value):
            raise self.malformed("64 hexadecimal digits")
        return self.value

    def truth(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.malformed("true or false")
        return self.value

    def whole(self) -> int:
        """A whole number from 0."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 0:
            raise self.malformed("a whole number from 0")
        return self.value


def shown(value: object) -> str:
    """A value, cut to what fits into a sentence."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 100 else text[:97] + "..."


def canonical(value: object) -> bytes:
    """Canonical JSON by docs/dev/ledger.md, written apart from the ledger's own."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    # Readers differ in which of two equal keys they take; a record must say one thing to all of them.
    fresh = dict(pairs)
    if len(fresh) != len(pairs):
        raise ValueError("a key stands twice")
    return fresh


def _no_number(text: str) -> object:
    raise ValueError(f"{text} is not a whole number")


def _small(text: str) -> int:
    if len(text) > _INT_DIGITS:
        raise ValueError("a number too large")
    return int(text)


def parse_json(data: bytes, member: str, path: str = "$") -> Node:
    """The value of canonical JSON bytes (no line end); anything else, to the byte, is a MalformedError."""
    try:
        text = data.decode()
        value = json.loads(
            text, object_pairs_hook=_pairs, parse_float=_no_number, parse_constant=_no_number, parse_int=_small
        )
        # What is not canonical could differ in its bytes from what was signed and say the same, or the other way round.
        if unicodedata.normalize("NFC", text) != text or canonical(value) != data:
            raise MalformedError(member=member, path=path, expected="canonical JSON", found="other JSON")
    except (ValueError, RecursionError) as error:
        raise MalformedError(member=member, path=path, expected="JSON", found=str(error)[:100]) from None
    return Node(value, member, path)


def parse_loose(data: bytes, member: str) -> Node:
    """A member that is JSON of any layout, numbers with fractions too: sheet.json, which nobody adds up."""
    try:
        return Node(json.loads(data, object_pairs_hook=_pairs, parse_constant=_no_number), member)
    except (ValueError, RecursionError) as error:
        raise MalformedError(member=member, path="$", expected="JSON", found=str(error)[:100]) from None


def parse_file(data: bytes, member: str) -> Node:
    """A member that is one canonical value and a line feed."""
    if not data.endswith(b"\n"):
        raise MalformedError(member=member, path="$", expected="a line feed at the end", found=repr(data[-1:]))
    return parse_json(data[:-1], member)


def parse_lines(data: bytes, member: str) -> list[Node]:
    """A member of one canonical value a line, each with its line feed; an empty member has no lines."""
    if not data:
        return []
    if not data.endswith(b"\n"):
        raise MalformedError(member=member, path="$", expected="a line feed at the end", found=repr(data[-1:]))
    return [parse_json(line, member, f"line {place}") for place, line in enumerate(data[:-1].split(b"\n"), 1)]
