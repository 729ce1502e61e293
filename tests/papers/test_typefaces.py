"""Tinos: measured as it is drawn, and every Vietnamese letter in it."""

from __future__ import annotations

import unicodedata
from functools import cache

import pytest
from PIL import ImageFont

from daihoi.papers.typefaces import FONTS, measure, missing_letters
from daihoi.sheet.terms import Style
from daihoi.sheet.typeset import ASCENT_EM, DESCENT_EM

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = [
    unicodedata.normalize("NFC", letter + tone)
    for letter in "AĂÂEÊIOÔƠUƯYaăâeêioôơuưyĐđBCGHKLMNPQRSTVXJFWZbcdghklmnpqrstvxjfwz'’-"
    for tone in TONES
    if len(unicodedata.normalize("NFC", letter + tone)) == 1
]


@cache
def drawn(style: Style) -> ImageFont.FreeTypeFont:
    names = {Style.REGULAR: "Regular", Style.BOLD: "Bold", Style.ITALIC: "Italic", Style.BOLD_ITALIC: "BoldItalic"}
    return ImageFont.truetype(str(FONTS / f"Tinos-{names[style]}.ttf"), 1000)


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize("text", ["Nguyễn Văn An", "PHIẾU BẦU CỬ", "H'Hoa Niê Kđăm", "100", ""])
def test_width_is_the_sum_of_the_advances(text: str, style: Style) -> None:
    # Letter by letter, because a shaping engine would kern and the ballots are drawn without.
    expected = sum(drawn(style).getlength(letter) for letter in text) / 1000 * 12 * 25.4 / 72
    assert measure(text, 12, style) == pytest.approx(expected, abs=0.02)


def test_width_grows_with_the_size() -> None:
    assert measure("Lê An", 24, Style.REGULAR) == pytest.approx(2 * measure("Lê An", 12, Style.REGULAR))


def test_no_vietnamese_letter_is_missing() -> None:
    assert missing_letters("".join(LETTERS)) == ()


def test_missing_letters_are_named_once_in_order() -> None:
    assert missing_letters("Lê 漢 an 字 漢") == ("漢", "字")


@pytest.mark.parametrize("style", list(Style))
def test_no_letter_leaves_the_height_of_a_name_box(style: Style) -> None:
    font = drawn(style)
    line = font.getmetrics()[0]
    for letter in LETTERS:
        _, top, _, bottom = font.getbbox(letter)
        assert line - top <= ASCENT_EM * 1000
        assert bottom - line <= DESCENT_EM * 1000
