"""Of another room only what it says of itself is used: docs/dev/web.md carries the list."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import daihoi.web

WEB = Path(daihoi.web.__file__).parent
OF_ALL = {"services", "queries", "models", "choices", "imports"}
OF_ONE = {
    "accounts": {"access", "again", "permissions"},
    "audit": {"events"},
    # `imports` of lists is a folder: plan, values, pages and bulk.
    "lists": {"export", "fields", "meanwhile", "pages", "table", "trigrams"},
    # Rooms of one congress stand within its pages, and rest on its figures.
    # What a copy of the house consists of is said once.
    "hall": {"handover"},
    "congresses": {"attendance", "freezing", "naming", "place", "readiness"},
    # The counting room hands on what an election is made of, and shows what it came to in the words of the chair.
    "elections": {"files", "making", "results", "saying", "waiting"},
    # Packages that are taken in by command are judged and told as the page does.
    "reporting": {"judging", "telling"},
    # The house keeps its reader, says what waits for the board, rehearses a count, and shows what one came to.
    # Where photographs lie: a screen shows them with a result.
    "members": {"portraits"},
    "counting": {"folders", "keeping", "reading", "standing", "waiting"},
}


def used(path: Path) -> Iterator[tuple[str, str]]:
    """Room and module of everything that a file imports from the web."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("daihoi.web."):
            parts = node.module.split(".")[2:]
            for alias in node.names:
                way = [*parts, alias.name]
                yield way[0], way[1]


def test_a_room_uses_only_what_another_makes_public() -> None:
    wrong = [
        f"{path.relative_to(WEB).as_posix()} uses {room}.{module}"
        for path in WEB.rglob("*.py")
        for room, module in used(path)
        if room != path.relative_to(WEB).parts[0] and module not in OF_ALL | OF_ONE.get(room, set())
    ]
    assert wrong == []
