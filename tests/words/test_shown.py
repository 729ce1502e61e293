"""Names as they are shown: readable where they are, written out where they would act."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from daihoi.words.errors import sentence_of
from daihoi.words.shown import shown


def test_ordinary_names_are_shown_as_they_are() -> None:
    for name in ("tờ 1.jpg", "Phiếu số 12 (mặt sau).png", "a\\b.tif", "Ứng cử viên – “A”.pdf", "表.png"):
        assert shown(name) == name


def test_what_acts_on_a_screen_is_written_out() -> None:
    assert shown("a\u202egpj.exe") == "a\\u202egpj.exe"
    assert shown("x\x1b[2J\n\r\t\x07") == "x\\x1b[2J\\n\\r\\t\\x07"
    assert shown("\u2066\u200b\ufeff\x85\u2028") == "\\u2066\\u200b\\ufeff\\x85\\u2028"
    assert shown("\udcff") == "\\udcff"


@given(st.text())
def test_nothing_unseen_remains(text: str) -> None:
    seen = shown(text)
    assert not any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for letter in seen)
    assert shown(seen) == seen


def test_sentences_of_errors_show_names_so() -> None:
    words = sentence_of("counts.image_changed", {"path": "C/images/\x1b[2J\u202e.jpg"})
    assert "\x1b" not in words
    assert "\\x1b[2J\\u202e" in words
