"""A refusal of any room becomes a sentence, and a fault in the words never hides the refusal."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

import pytest

from daihoi.words import errors
from daihoi.words.errors import sentence, sentences
from daihoi.words.language import speak


class RefusedError(Exception):
    code = "ledger.unknown_event"

    def __init__(self, code: str = "ledger.unknown_event", **fields: object) -> None:
        self.code = code
        self.fields = fields


class Colour(StrEnum):
    RED = "red"


def test_sentence_puts_the_fields_in() -> None:
    assert "page.eaten" in sentence(RefusedError(kind="page.eaten"))


def test_sentence_of_an_unknown_code_still_says_the_facts() -> None:
    assert sentence(RefusedError("ledger.nobody_knows", row=7, file="a.csv")) == (
        "The work stopped (ledger.nobody_knows): row: 7, file: a.csv"
    )


def test_sentence_with_a_field_missing_still_says_the_facts() -> None:
    assert "kynd: page.eaten" in sentence(RefusedError(kynd="page.eaten"))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2014, 6, 9), "09/06/2014"),
        (datetime(2014, 6, 9, 8, 5), "08:05 09/06/2014"),  # noqa: DTZ001 -- the clock on the wall of the hall
        (Colour.RED, "red"),
        (["a", Colour.RED], "a, red"),
        ({"b", "a"}, "a, b"),
        ((), ""),
        (12, "12"),
    ],
)
def test_sentence_shows_a_value_as_people_write_it(value: object, shown: str) -> None:
    assert sentence(RefusedError("x.y", it=value)).endswith(f"it: {shown}")


def test_sentence_does_not_read_braces_inside_a_field() -> None:
    assert "{kind}" in sentence(RefusedError(kind="{kind}"))


def test_sentences_of_every_file_are_known() -> None:
    files = {path.stem for path in Path(errors.__file__).parent.glob("*.py")}
    assert {code.split(".")[0] for code in sentences()} == files - {"__init__", "findings", "phrases"}


def test_sentence_speaks_vietnamese() -> None:
    speak("vi")
    said = sentence(RefusedError("ledger.wrong_passphrase"))
    assert said != "The passphrase does not open the key."
    assert "khóa" in said


def test_sentence_shows_an_iso_date_as_people_write_it() -> None:
    assert sentence(RefusedError("x.y", it="2014-06-09")).endswith("it: 09/06/2014")
    assert sentence(RefusedError("x.y", it="2014-13-09")).endswith("it: 2014-13-09")


def test_sentence_translates_phrases_and_leaves_words_of_the_formats_alone() -> None:
    speak("vi")
    said = sentence(
        RefusedError("interchange.wrong_type", file="e.toml", path="seats", expected="a whole number", found="kept")
    )
    assert "whole" not in said
    assert "kept" in said


@pytest.mark.parametrize("code", ["interchange.bad_decision", "interchange.keyed_answer"])
def test_answers_are_listed_as_people_type_them(code: str) -> None:
    fields = {"file": "r.csv", "row": 2, "column": "decision", "found": "x", "allowed": "kept, struck, NOT_ISSUED"}
    assert "kept, struck, NOT_ISSUED." in sentence(RefusedError(code, **fields))
    speak("vi")
    assert "để lại (kept), gạch (struck), không do ban kiểm phiếu phát ra (NOT_ISSUED)" in sentence(
        RefusedError(code, **fields)
    )


def test_answers_of_a_row_are_listed_as_people_type_them() -> None:
    speak("vi")
    fields = {"path": "r.csv", "ballot": "page:a#0", "found": "x", "expected": ["recounted"]}
    assert "đã đếm lại (recounted)" in sentence(RefusedError("counts.wrong_answer", **fields))
