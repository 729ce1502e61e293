"""refused.jsonl: a line for each page that was not read, with what was found and what was expected."""

from __future__ import annotations

from collections.abc import Iterable

from daihoi.interchange.json_lines import lines_of
from daihoi.interchange.terms import RefusedLine
from daihoi.ledger import canonical

_KEYS = ("file", "index", "reason", "found", "expected")


def dump(lines: Iterable[RefusedLine]) -> bytes:
    """The bytes of the file: canonical JSON and a line feed for each page."""
    return b"".join(
        canonical.line(
            {
                "file": line.file,
                "index": line.index,
                "reason": line.reason,
                "found": line.found,
                "expected": line.expected,
            }
        )
        for line in lines
    )


def parse(data: bytes, name: str) -> tuple[RefusedLine, ...]:
    """The refused pages of a file called `name`. Raises NotUtf8Error, BadLineError."""
    refused: list[RefusedLine] = []
    for line in lines_of(data, name):
        line.only(_KEYS)
        texts = [line.text(field) for field in ("reason", "found", "expected")]
        refused.append(RefusedLine(line.text("file"), line.whole("index"), *texts))
    return tuple(refused)
