#!/usr/bin/env python3
"""Write docs/golden.md: every golden sheet and what must come out of it. `python tools/golden_table.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
HEAD = """# Golden sheets
{count} scans, each with one mark or one defect, drawn by `tools/golden_sheets.py` and kept in `tests/golden/<sheet>/`.
The drawing knows nothing of the reader and nothing of the simulator; what must come out was written by a person. Every
sheet is read in the tests: never wrong, and as the table says. Where a person would hesitate too, several answers stand
there with "or"; candidates that are not named must come out untouched. `python tools/golden_table.py` writes this page.

![all golden sheets](pictures/golden.jpg)

The scale of print: sheets of 95 to 106 % are read, 90 % is refused (`wrong_scale`); the limit is 7 % either way.
Mirrored pages are refused, since no code on them can be read.
"""


def told(sheet: Mapping[str, object]) -> str:
    """One answer in words."""
    if "refused" in sheet:
        return "refused: " + " or ".join(_list(sheet["refused"]))
    by_mark: dict[str, list[str]] = {}
    marks = sheet["marks"]
    assert isinstance(marks, dict)
    for candidate, mark in marks.items():
        words = " or ".join(_list(mark))
        if words not in {"kept", "none"}:
            by_mark.setdefault(words, []).append(candidate)
    said = "; ".join(f"{words}: {' '.join(names)}" for words, names in by_mark.items()) or "all untouched"
    refused = " or ".join(_list(sheet.get("may_be_refused", [])))
    return said + (f"; or refused: {refused}" if refused else "")


def _list(words: object) -> list[str]:
    return [str(word) for word in words] if isinstance(words, list) else [str(words)]


def main() -> None:
    """Write the page."""
    parts, count = [], 0
    for path in sorted(GOLDEN.glob("*/expected.json")):
        sheets = json.loads(path.read_text(encoding="utf-8")).get("sheets", {})
        count += len(sheets)
        # Other folders of golden scans have answers of another kind, and tests of their own.
        if not sheets:
            continue
        rows = "\n".join(f"| `{name}` | {told(sheet)} |" for name, sheet in sorted(sheets.items()))
        parts.append(f"\n## {path.parent.name}\n| sheet | must come out |\n|---|---|\n{rows}\n")
    text = HEAD.format(count=count) + "".join(parts)
    (ROOT / "docs" / "golden.md").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
