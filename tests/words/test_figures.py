"""Dates, numbers and percentages as they are read here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daihoi.words.figures import date_words, digest_words, moment_words, number_words, percent_words
from daihoi.words.language import speak


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    speak("vi")
    yield
    speak("en")


def test_date_words_puts_the_day_first() -> None:
    assert date_words(date(2014, 6, 9)) == "09/06/2014"


def test_moment_words_puts_the_clock_before_the_date() -> None:
    assert moment_words(datetime(2026, 7, 1, 8, 5, tzinfo=UTC)) == "08:05 01/07/2026"


def test_number_words_groups_with_a_point_in_vietnamese() -> None:
    assert (number_words(999), number_words(12345), number_words(1234567)) == ("999", "12.345", "1.234.567")


def test_number_words_groups_with_a_comma_in_english() -> None:
    speak("en")
    assert number_words(12345) == "12,345"


def test_percent_words_has_a_comma_in_vietnamese_and_a_point_in_english() -> None:
    assert percent_words("50.40") == "50,40 %"
    speak("en")
    assert percent_words("50.40") == "50.40 %"


def test_digest_words_stands_in_groups_of_four() -> None:
    assert digest_words("0123456789ab") == "0123 4567 89ab"


@given(st.text(alphabet="0123456789abcdef", max_size=64))
def test_digest_words_loses_no_digit(digest: str) -> None:
    assert digest_words(digest).replace(" ", "") == digest


@given(st.dates(min_value=date(1, 1, 1)))
def test_date_words_tells_every_day_apart(day: date) -> None:
    d, m, y = date_words(day).split("/")
    assert date(int(y), int(m), int(d)) == day
