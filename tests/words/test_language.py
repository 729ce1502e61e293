"""Vietnamese unless the environment asks for English."""

from __future__ import annotations

import gettext

import pytest

from daihoi.words import language
from daihoi.words.language import N_, NP_, _, in_language, language_of_environment, speak

NAMES = ("DAIHOI_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(language.locale, "getlocale", lambda: (None, None))


def test_vietnamese_speaks_when_nothing_asks() -> None:
    assert language_of_environment() == "vi"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("value", "spoken"), [("en_US.UTF-8", "en"), ("vi_VN", "vi"), ("C.UTF-8", "vi"), ("EN", "en")])
def test_environment_chooses(monkeypatch: pytest.MonkeyPatch, name: str, value: str, spoken: str) -> None:
    monkeypatch.setenv(name, value)
    assert language_of_environment() == spoken


def test_own_variable_goes_before_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("DAIHOI_LANG", "vi")
    assert language_of_environment() == "vi"


def test_python_without_a_locale_does_not_make_us_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "ON_WINDOWS", False)
    monkeypatch.setattr(language.locale, "getlocale", lambda: ("en_US", "UTF-8"))
    assert language_of_environment() == "vi"


def test_windows_names_its_locale_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "ON_WINDOWS", True)
    monkeypatch.setattr(language.locale, "getlocale", lambda: ("English_United States", "1252"))
    assert language_of_environment() == "en"


def test_speak_changes_our_sentences_and_those_of_libraries() -> None:
    speak("vi")
    assert (_("blank"), gettext.gettext("Usage:")) == ("blank", "Cách dùng:")
    speak("en")
    assert gettext.gettext("Usage:") == "Usage:"


def test_in_language_does_not_change_the_process() -> None:
    speak("en")
    assert in_language("vi", "valid") == "hợp lệ"
    assert _("valid") == "valid"


def test_marks_leave_the_msgid_alone() -> None:
    assert N_("one") == "one"
    assert NP_("one", "many") == ("one", "many")


def test_one_piece_of_work_speaks_another_language_and_leaves_none_behind() -> None:
    before = language.spoken()
    other = "en" if before == "vi" else "vi"

    with language.speaking(other):
        assert language.spoken() == other
        with language.speaking(before):
            assert language.spoken() == before
        assert language.spoken() == other

    assert language.spoken() == before
