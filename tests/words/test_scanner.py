"""Every fault of a scanner has its sentence and its remedy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from daihoi.reading.scanner.terms import ScannerFault
from daihoi.sheet import scanner_sheet
from daihoi.words import scanner_sheet_face as face
from daihoi.words.language import speak
from daihoi.words.scanner import FAULTS, PLACES, fault_lines, measured_line

FIGURES = {"dpi": 200, "across": 1, "down": 2, "percent": 94.5, "mm": 3, "degrees": 1, "quality": 30, "paper": 9}


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    speak("en")


def test_every_fault_has_words_and_nothing_else_has() -> None:
    assert set(FAULTS) == {str(fault) for fault in ScannerFault}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("fault", list(ScannerFault))
def test_every_fault_is_told_in_both_languages(fault: ScannerFault, language: str) -> None:
    speak(language)
    wrong, remedy = fault_lines(fault, FIGURES | {"greys": 40, "count": 2}, ("left", "x60.5"))
    assert len(wrong) > 10
    assert len(remedy) > 10
    assert "{" not in wrong + remedy


def test_places_are_names_or_lengths() -> None:
    speak("vi")
    wrong, _remedy = fault_lines(ScannerFault.STREAKS, {}, ("x60.5", "y12"))
    assert "→ 60,5 mm, ↓ 12 mm" in wrong


def test_every_ink_of_the_sheet_has_a_name_on_paper_and_on_the_screen() -> None:
    keys = [ink.key for ink in scanner_sheet.INKS]
    assert set(face.INK_NAMES) == set(keys)
    assert set(keys) <= set(PLACES)


def test_only_what_was_measured_is_told() -> None:
    speak("en")
    assert measured_line({"dpi": 200, "skew": 0.4}) == "resolution 200 dpi; askew by 0.4 degrees"
