"""The golden photographs: kept pictures with one defect each, and what a person says must come out of them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from daihoi.counts.photo_reader import PhotoReader
from daihoi.counts.pool import PageTask
from daihoi.reading.terms import ReadPage, Refusal, RefusalReason
from daihoi.sheet.identity import encode

from .hand import ballot

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "phone"
KEPT = json.loads((GOLDEN / "expected.json").read_text(encoding="utf-8"))
MOST_BYTES = 300_000


@cache
def outcome(name: str) -> ReadPage | Refusal:
    paper = ballot(12)
    reader = PhotoReader(paper.form, paper.prepared.identities)
    return reader((GOLDEN / name).read_bytes(), PageTask("", "", name, 0)).outcome


def test_golden_photographs_are_of_the_ballot_that_is_printed_today() -> None:
    codes = [encode(identity) for identity in ballot(12).prepared.identities]
    assert KEPT["codes"] == codes, "the printed ballot has changed: run tools/golden_photos.py and look at them"


@pytest.mark.parametrize("name", sorted(KEPT["photos"]))
def test_golden_photograph_comes_out_as_a_person_said(name: str) -> None:
    expected, answer = KEPT["photos"][name], outcome(name)
    if "refused" in expected:
        assert isinstance(answer, Refusal)
        assert answer.reason is RefusalReason(expected["refused"])
        return
    assert isinstance(answer, ReadPage), answer
    marks = {mark.candidate: mark.mark.value for mark in answer.marks}
    assert set(marks) == set(expected["marks"])
    assert not {c: m for c, m in marks.items() if m not in (expected["marks"][c], "doubtful")}
    # A doubt costs the board a look; more than one on a good picture would cost it the evening.
    assert sum(marks[c] != expected["marks"][c] for c in marks) <= 1


def test_every_golden_photograph_has_an_answer_and_is_small() -> None:
    assert {path.name for path in GOLDEN.glob("*.jpg")} == set(KEPT["photos"])
    assert max(path.stat().st_size for path in GOLDEN.glob("*.jpg")) <= MOST_BYTES
