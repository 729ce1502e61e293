"""Every value that a room returns has words for people."""

from __future__ import annotations

from enum import StrEnum

import pytest

from daihoi.interchange.decisions import PageWord
from daihoi.reading.terms import DoubtReason, RefusalReason
from daihoi.rules.terms import CandidateOutcome, InvalidGround, Mark, ResultStatus, Standing
from daihoi.verify.terms import Check
from daihoi.words import reasons
from daihoi.words.language import speak
from daihoi.words.minutes.answers import REASONS
from daihoi.words.reasons import reason


@pytest.mark.parametrize(
    ("terms", "table"),
    [
        (DoubtReason, reasons.DOUBTS),
        (RefusalReason, reasons.REFUSALS),
        (InvalidGround, reasons.GROUNDS),
        (Mark, reasons.MARKS),
        (Standing, reasons.STANDINGS),
        (CandidateOutcome, reasons.OUTCOMES),
        (ResultStatus, reasons.STATUSES),
        (Check, reasons.VERIFIED),
    ],
)
def test_every_member_has_words_and_nothing_else_has(terms: type[StrEnum], table: dict[str, str]) -> None:
    assert set(table) == {member.value for member in terms}
    assert len(set(table.values())) == len(table)


def test_every_answer_to_a_page_has_words() -> None:
    assert set(reasons.PAGE_ANSWERS) == {*PageWord, "keyed"}


def test_reason_of_a_strange_value_is_the_value() -> None:
    assert reason("moonlight") == "moonlight"


@pytest.mark.parametrize("joined", ["underline+faint", "underline, faint", "underline;faint", "underline faint"])
def test_reasons_takes_joined_values_apart(joined: str) -> None:
    assert reasons.reasons(joined) == "the line lies under the name, the ink is very faint"


def test_reason_speaks_vietnamese() -> None:
    speak("vi")
    assert reason("blank_page") == "trang trắng"


def test_ink_beside_is_told_without_a_square_for_lists_that_have_none() -> None:
    assert "họ tên" in REASONS["beside"]
