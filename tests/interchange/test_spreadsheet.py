"""Tables that no spreadsheet takes for formulas, and that come back as they were."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daihoi.interchange import spreadsheet

HOSTILE = (
    *("=HYPERLINK(1).jpg", "+1", "-1+cmd|' C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''=1", "＝1"),
    *("a;=cmd()", 'quote".jpg', "nl\nline", "rtl\u202egpj.exe", " blank ", "'", "", "page:=1.jpg#0"),
)


def back(cells: list[str]) -> list[str]:
    """The cells of one row, written and read again."""
    (_, row) = spreadsheet.parse(spreadsheet.dump(["c"] * len(cells), [cells]))
    return [spreadsheet.cell_of(row, place) for place in range(len(cells))]


def test_hostile_cells_come_back_as_they_were() -> None:
    assert back(list(HOSTILE)) == list(HOSTILE)


@given(st.lists(st.text(alphabet=st.sampled_from("=+-@'\t;,\"\r\n ax＝"), max_size=8), min_size=1, max_size=4))
def test_every_cell_comes_back_as_it_was(cells: list[str]) -> None:
    assert back(cells) == cells


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("cell", HOSTILE)
def test_no_separator_makes_a_formula_of_the_first_cell(cell: str, separator: str) -> None:
    text = spreadsheet.dump(["ballot", "decision"], [[cell, "valid"]]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    assert not any(part[:1] in {"=", "+", "-", "@", "\t", "\r", "\n", "＝"} for row in rows for part in row if part)


def test_plain_cells_are_written_plainly() -> None:
    assert spreadsheet.dump(["a", "b"], [["b0001", "kept"]]) == b"\xef\xbb\xbfa,b\r\nb0001,kept\r\n"
