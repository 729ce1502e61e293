"""The sentences of the chair: every code in both languages, the facts in their places, the clause beside them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest

from daihoi.rules.edition import EDITIONS
from daihoi.rules.terms import CongressForm
from daihoi.words.election_day.chair import LINES, say
from daihoi.words.election_day.figures import DOTS, clock, joined, number, share, span

OLD, NEW = EDITIONS
CODES = sorted(LINES)
LANGUAGES = ("vi", "en")


def facts(code: str) -> dict[str, object]:
    """A fact for each place that can be told apart from every other."""
    return {name: f"<{name}>" for name in LINES[code].fields}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("form", CongressForm)
def test_sentence_holds_every_fact_and_no_open_place(code: str, form: CongressForm, language: str) -> None:
    said = say(code, facts(code), form=form, edition=NEW, language=language)
    for fact in facts(code).values():
        assert str(fact) in said.text
    assert "{" not in said.text
    assert unicodedata.is_normalized("NFC", said.text)


@pytest.mark.parametrize("code", CODES)
def test_missing_facts_are_dots_and_not_words(code: str) -> None:
    said = say(code, {}, form=CongressForm.DELEGATES, edition=NEW, language="vi")
    assert said.text.count(DOTS) >= len(LINES[code].fields)
    assert "None" not in said.text


@pytest.mark.parametrize("code", CODES)
def test_vietnamese_is_not_the_english_sentence(code: str) -> None:
    both = {say(code, {}, form=CongressForm.MEMBERS, edition=NEW, language=each).text for each in LANGUAGES}
    assert len(both) == 2


def test_meeting_is_not_called_a_congress() -> None:
    said = say("counting", {}, form=CongressForm.MEETING, edition=NEW, language="vi")
    assert "Hội nghị" in said.text
    assert "Đại hội" not in said.text


@pytest.mark.parametrize(
    ("form", "clause"),
    [
        (CongressForm.DELEGATES, "190-QĐ/TW Đ30 k3"),
        (CongressForm.MEMBERS, "190-QĐ/TW Đ30 k2"),
        (CongressForm.MEETING, "190-QĐ/TW Đ30 k4"),
    ],
)
def test_base_cites_the_clause_of_the_body_that_votes(form: CongressForm, clause: str) -> None:
    assert say("base_told", {}, form=form, edition=NEW, language="vi").clause == clause


def test_clause_is_that_of_the_edition_and_says_whether_it_was_read() -> None:
    told = say("tie", {}, form=CongressForm.DELEGATES, edition=NEW, language="en")
    older = say("tie", {}, form=CongressForm.DELEGATES, edition=OLD, language="en")
    assert told.clause == "190-QĐ/TW Đ30"
    assert not told.confirmed
    assert older.clause.startswith("244-QĐ/TW")


def test_stop_that_no_text_orders_cites_no_clause() -> None:
    said = say("more_collected", {"more": 1}, form=CongressForm.DELEGATES, edition=NEW, language="vi")
    assert said.clause == ""
    assert "thừa 01 phiếu" in said.text


def test_title_does_not_say_twice_that_it_elects() -> None:
    said = say("introduced", {"title": "Bầu  Ban Chấp hành"}, form=CongressForm.DELEGATES, edition=NEW, language="vi")
    assert "tiến hành bầu Ban Chấp hành." in said.text


def test_unknown_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("no_such", {}, form=CongressForm.DELEGATES, edition=NEW, language="vi")


@pytest.mark.parametrize(
    ("language", "expected"), [("vi", ("05", "1.248", "50,40%")), ("en", ("5", "1,248", "50.40%"))]
)
def test_figures_follow_the_named_language(language: str, expected: tuple[str, str, str]) -> None:
    assert (number(5, language), number(1248, language), share("50.40", language)) == expected
    assert number(None, language) == DOTS


@pytest.mark.parametrize(("seconds", "expected"), [(None, DOTS), (0, "0 giây"), (65, "1 phút 05 giây")])
def test_span_in_minutes_and_seconds(seconds: int | None, expected: str) -> None:
    assert span(seconds, "vi") == expected


@pytest.mark.parametrize(("parts", "expected"), [((), ""), (("A",), "A"), (("A", "B", "C"), "A, B và C")])
def test_names_are_joined_as_they_are_read(parts: tuple[str, ...], expected: str) -> None:
    assert joined(parts, "vi") == expected


def test_clock_shows_seconds() -> None:
    assert clock(datetime(2025, 6, 18, 9, 4, 5, tzinfo=UTC)) == "09:04:05"
