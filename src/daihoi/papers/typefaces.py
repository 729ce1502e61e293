"""Tinos, the metric twin of Times New Roman with all Vietnamese letters: registered, measured, checked for letters."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from daihoi.sheet.terms import Style

FONTS = Path(__file__).parent / "fonts"
_FILES = {
    Style.REGULAR: "Tinos-Regular.ttf",
    Style.BOLD: "Tinos-Bold.ttf",
    Style.ITALIC: "Tinos-Italic.ttf",
    Style.BOLD_ITALIC: "Tinos-BoldItalic.ttf",
}


@cache
def typeface(style: Style) -> str:
    """The name under which reportlab knows this cut; registered on first use."""
    name = f"Tinos-{style.value}"
    pdfmetrics.registerFont(TTFont(name, str(FONTS / _FILES[style])))
    return name


@lru_cache(maxsize=8192)
def measure(text: str, size_pt: float, style: Style) -> float:
    """Advance width of one line in mm, without kerning, exactly as the ballots are drawn."""
    return float(pdfmetrics.stringWidth(text, typeface(style), size_pt)) * 25.4 / 72


def missing_letters(text: str) -> tuple[str, ...]:
    """Letters of `text` that Tinos cannot draw, in order of appearance."""
    known = _letters()
    return tuple(dict.fromkeys(letter for letter in text if ord(letter) not in known))


@cache
def _letters() -> frozenset[int]:
    face = TTFont("Tinos-letters", str(FONTS / _FILES[Style.REGULAR])).face
    return frozenset(face.charToGlyph)
