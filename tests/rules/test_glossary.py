"""The glossary and the enums of the regulation say the same words."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import pytest

from daihoi.rules import terms

GLOSSARY = Path(__file__).parents[2] / "docs" / "dev" / "glossary.md"
ENUMS = [
    kind
    for kind in vars(terms).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
]
MEMBERS = [f"{kind.__name__}.{member.name}" for kind in ENUMS for member in kind]


def rows() -> list[list[str]]:
    """The cells of every row of every table, without headings and rules."""
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in cells if row[0] != "Vietnamese" and not set(row[0]) <= {"-", " "}]


@pytest.mark.parametrize("member", MEMBERS)
def test_every_member_stands_in_the_glossary_once(member: str) -> None:
    assert [row[1] for row in rows()].count(f"`{member}`") == 1


def test_glossary_names_no_member_that_is_not_there() -> None:
    named = re.findall(r"`(\w+\.[A-Z_]+)`", GLOSSARY.read_text(encoding="utf-8"))
    assert sorted(named) == sorted(MEMBERS)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[1])
def test_every_row_has_vietnamese_english_meaning_and_clause(row: list[str]) -> None:
    assert len(row) == 4
    assert all(row)
