"""Text in a box: never cut, never wider or higher than the box, as large as it may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daihoi.papers.congress.fitting import fit, fit_name
from daihoi.papers.errors import TextTooLongError
from daihoi.papers.typefaces import measure
from daihoi.sheet.terms import Style
from tests.papers.congress.na_luong import LONG_NAME, LONG_UNIT

syllables = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyẵễộự", min_size=1, max_size=7)
texts = st.lists(syllables, min_size=0, max_size=14).map(" ".join)
BOX = (60.0, 16.0)


@given(texts)
def test_law_every_letter_stands_in_the_box(text: str) -> None:
    try:
        fitted = fit(text, BOX, (20, 5))
    except TextTooLongError:
        return
    assert "".join("".join(fitted.lines).split()) == "".join(text.split())
    assert fitted.height_mm <= BOX[1]
    assert all(measure(line, fitted.size_pt, fitted.style) <= BOX[0] for line in fitted.lines)


@given(texts)
def test_law_one_size_larger_would_not_fit(text: str) -> None:
    try:
        fitted = fit(text, BOX, (20, 5))
    except TextTooLongError:
        return
    larger = fitted.size_pt + 0.5
    if larger <= 20 and fitted.lines:
        # Where only one size is allowed, a text that fits it nevertheless has had its words broken.
        assert not _fits_whole(text, larger)


def _fits_whole(text: str, size: float) -> bool:
    try:
        return " ".join(fit(text, BOX, (size, size)).lines) == text
    except TextTooLongError:
        return False


def test_a_text_beyond_the_smallest_letters_is_refused_and_named() -> None:
    with pytest.raises(TextTooLongError) as caught:
        fit("rất dài " * 80, BOX, (12, 8))

    assert caught.value.fields["size_pt"] == 8


def test_a_long_word_is_broken_and_not_cut() -> None:
    fitted = fit("w" * 60, (30, 30), (14, 8))

    assert "".join(fitted.lines) == "w" * 60
    assert len(fitted.lines) > 1


def test_words_bound_together_stay_on_one_line_while_they_fit() -> None:
    fitted = fit("Trưởng Ban Tổ chức Tỉnh\u00a0ủy Thanh\u00a0Giang", (38, 30), (12, 12))

    assert any("Tỉnh ủy" in line for line in fitted.lines)
    assert not any(line.endswith("Tỉnh") for line in fitted.lines)


def test_a_name_prefers_one_line_in_somewhat_smaller_letters() -> None:
    assert len(fit_name("Nguyễn Văn Thắng", (76, 22), (30, 9), Style.BOLD).lines) == 1
    assert len(fit_name(LONG_NAME, (76, 22), (30, 9), Style.BOLD).lines) == 2


def test_the_longest_unit_fits_a_small_badge() -> None:
    assert " ".join(fit(LONG_UNIT, (57, 12), (9, 6)).lines) == LONG_UNIT


def test_nothing_takes_no_line() -> None:
    assert fit("", BOX, (20, 5)).lines == ()
