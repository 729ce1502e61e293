"""The golden sheets: kept scans with one defect each, and what a person says must come out of them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from daihoi.reading.load import load_page, pages_in
from daihoi.reading.terms import DoubtReason, ReadPage, Refusal, RefusalReason
from daihoi.rules.terms import Mark
from daihoi.sheet.identity import encode

from .hand import Ballot, ballot

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
FORMS = {
    "strike-12": lambda: ballot(12),
    "agree-8": lambda: ballot(8, agree=True),
    "strike-70-back": lambda: ballot(70),
}
KEPT = {sheet: json.loads((GOLDEN / sheet / "expected.json").read_text(encoding="utf-8")) for sheet in FORMS}
SHEETS = [(sheet, name) for sheet in FORMS for name in sorted(KEPT[sheet]["sheets"])]
MOST_BYTES, MOST_BYTES_IN_ALL = 400_000, 16_000_000
KNOWN_FAULTS: frozenset[str] = frozenset()
"""Sheets that are read otherwise than a person says, until the reader is mended. None may ever be read wrong."""


@cache
def read(sheet: str, name: str) -> ReadPage | Refusal:
    """The golden sheet as it is read today."""
    data = (GOLDEN / sheet / name).read_bytes()
    assert pages_in(data, name) == 1
    image = load_page(data, name, 0)
    assert not isinstance(image, Refusal), image
    paper: Ballot = FORMS[sheet]()
    return paper.read(image)


def answers(sheet: str, name: str) -> dict[str, set[str]]:
    """For each candidate the marks that a person allows; several only where a person would hesitate too."""
    marks = KEPT[sheet]["sheets"][name].get("marks", {})
    return {candidate: {mark} if isinstance(mark, str) else set(mark) for candidate, mark in marks.items()}


@pytest.mark.parametrize("sheet", sorted(FORMS))
def test_golden_sheets_are_of_the_ballot_that_is_printed_today(sheet: str) -> None:
    codes = [encode(identity) for identity in FORMS[sheet]().prepared.identities]
    assert KEPT[sheet]["codes"] == codes, "the printed ballot has changed: run tools/golden_sheets.py and look at them"


@pytest.mark.parametrize(("sheet", "name"), SHEETS)
def test_golden_sheet_is_never_read_wrong(sheet: str, name: str) -> None:
    expected = KEPT[sheet]["sheets"][name]
    answer = read(sheet, name)
    if isinstance(answer, Refusal):
        return
    assert "refused" not in expected, "a sheet that must be refused was read"
    marks = {mark.candidate: mark.mark.value for mark in answer.marks}
    # A doubt where a clear mark was meant costs the board a look, the opposite would cost a seat.
    assert {c: marks[c] for c, words in answers(sheet, name).items() if marks[c] not in words | {"doubtful"}} == {}


@pytest.mark.parametrize(("sheet", "name"), [one for one in SHEETS if "/".join(one) not in KNOWN_FAULTS])
def test_golden_sheet_comes_out_as_a_person_said(sheet: str, name: str) -> None:
    expected = KEPT[sheet]["sheets"][name]
    answer = read(sheet, name)
    if isinstance(answer, Refusal):
        assert answer.reason.value in expected.get("refused", expected.get("may_be_refused", ())), answer
        assert answer.found
        assert answer.expected
        return
    marks = {mark.candidate: mark.mark.value for mark in answer.marks}
    assert {c: marks[c] for c, words in answers(sheet, name).items() if marks[c] not in words} == {}
    assert set(marks) == set(expected["marks"])
    assert answer.page == expected["page"]
    if "elsewhere" in expected:
        assert [item.proposal.value for item in answer.foreign] == expected["elsewhere"]


def test_every_golden_sheet_has_an_answer_and_every_answer_a_sheet() -> None:
    for sheet in FORMS:
        files = {path.name for path in (GOLDEN / sheet).iterdir()} - {"expected.json"}
        assert files == set(KEPT[sheet]["sheets"])


def test_golden_sheets_stay_small() -> None:
    sizes = {path: path.stat().st_size for sheet in FORMS for path in (GOLDEN / sheet).iterdir()}
    assert max(sizes.values()) <= MOST_BYTES
    assert sum(sizes.values()) <= MOST_BYTES_IN_ALL


def test_answers_use_the_words_of_reading() -> None:
    words = {mark.value for mark in Mark}
    reasons = {reason.value for reason in RefusalReason}
    for sheet, name in SHEETS:
        expected = KEPT[sheet]["sheets"][name]
        assert set(expected) == {"refused"} or {"page", "marks"} <= set(expected)
        assert {*expected.get("refused", ()), *expected.get("may_be_refused", ())} <= reasons
        assert set().union(*answers(sheet, name).values()) <= words


@pytest.mark.parametrize(
    ("sheet", "name"), [(s, n) for s, n in SHEETS if '"doubtful"' in json.dumps(KEPT[s]["sheets"][n])]
)
def test_every_doubt_on_a_golden_sheet_has_a_reason_and_a_crop(sheet: str, name: str) -> None:
    answer = read(sheet, name)
    doubts = [] if isinstance(answer, Refusal) else [mark for mark in answer.marks if mark.mark is Mark.DOUBTFUL]
    assert doubts or "doubtful" not in KEPT[sheet]["sheets"][name].get("marks", {}).values()
    assert all(mark.crop.startswith(b"\x89PNG") for mark in doubts)
    assert all(set(mark.reasons) <= set(DoubtReason) and mark.reasons for mark in doubts)


def test_every_golden_sheet_stands_in_the_docs() -> None:
    text = (GOLDEN.parents[1] / "docs" / "golden.md").read_text(encoding="utf-8")
    assert [name for _sheet, name in SHEETS if f"`{name}`" not in text] == [], "run tools/golden_table.py"
