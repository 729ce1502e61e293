"""Whether a scan bears the print of the learned page, word by word, the names above all.

A pen adds ink and takes none away. So every printed word must still be there, whatever was written over it; where one
is not, this is another ballot, or a page that is damaged there, and neither is read.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.learning.blank import darkness_of
from daihoi.learning.printed import Piece, around, mm, printed_on, text_lines, words_of
from daihoi.reading.terms import GrayImage, Refusal, RefusalReason

REACH_PX = 6
"""How far (0.75 mm) a word may lie off its place."""
SOLID = 0.5
"""Share of the print's usual darkness that counts as all of it."""
WORD_BELOW, WORD_SPREAD, WORD_LEAST = 0.08, 1.6, 0.6
"""A word is there when at least so much of its ink is dark: what the page's words have in the middle, less 0.08, or
less 1.6 times what they lack. Grey scans have 0.99 in the middle and 0.97 at least, 1-bit scans 0.89 and 0.72; a word
with another word in its place has 0.82 at most in grey and 0.6 in 1-bit scans."""
LETTER_BELOW, LETTER_SPREAD, LETTER_LEAST = 0.2, 2.2, 0.15
"""The same for the worst letter or tone mark of a word, asked of names alone: grey 0.99 and 0.82, 1-bit 0.8 and 0.33.
"""
LETTER_PX = 14
MOST_LACKING = 0.04
"""Share of the words beside the names that may be hidden by a torn corner or a hole."""


@dataclass(frozen=True)
class _Word:
    """A printed word: its box, and its ink by letter, px of the canvas; `owner` is the place whose name it is in."""

    area: Piece
    ink: npt.NDArray[np.uint8]
    letters: tuple[Piece, ...]
    owner: int | None


@dataclass(frozen=True)
class Agreement:
    """How much of the print was found: share of words, places whose names differ, words lacking elsewhere."""

    share: float
    other_names: tuple[int, ...]
    lacking: int
    words: int
    black: float


class PrintCheck:
    """Compares scans with one learned page."""

    def __init__(self, raster: GrayImage, names: tuple[Piece | None, ...]) -> None:
        self._ink = (raster < 128).astype(np.uint8)
        self._core = raster < 64
        self.words = _words(raster, self._ink, names)

    def of(self, flat: GrayImage) -> Agreement:
        """The agreement of a scan that was laid onto the canvas, `(2339, 1654) uint8`."""
        darkness = darkness_of(flat)
        on_print = np.sort(darkness[self._core])
        usual = max(float(on_print[on_print.size // 2]), 12.0) if on_print.size else 12.0
        black = float(on_print[int(0.97 * (on_print.size - 1))]) if on_print.size else 12.0
        seen = np.clip(darkness.astype(np.float32) / (SOLID * usual), 0, 1)
        found = np.array([_found(word, seen) for word in self.words]).reshape(-1, 2)
        usual_word, usual_letter = np.median(found, axis=0) if len(found) else (0.0, 0.0)
        word_least = max(WORD_LEAST, usual_word - max(WORD_BELOW, WORD_SPREAD * (1 - usual_word)))
        letter_least = max(LETTER_LEAST, usual_letter - LETTER_BELOW - LETTER_SPREAD * (1 - usual_letter))
        absent = [
            word
            for word, (whole, worst) in zip(self.words, found, strict=True)
            if whole < word_least or (word.owner is not None and worst < letter_least)
        ]
        others = sorted({word.owner for word in absent if word.owner is not None})
        lacking = sum(word.owner is None for word in absent)
        share = 1 - len(absent) / max(1, len(self.words))
        return Agreement(share, tuple(others), lacking, len(self.words), black)


def refused_for(agreement: Agreement, least: float = 1 - 3 * MOST_LACKING) -> Refusal | None:
    """Why a page with this agreement is not read; None where it is the learned page."""
    if agreement.share < least:
        return Refusal(
            RefusalReason.NOT_THIS_SHEET, found=f"{100 * agreement.share:.0f} %", expected=f"{100 * least:.0f} %"
        )
    if agreement.other_names:
        found = ", ".join(str(place + 1) for place in agreement.other_names)
        return Refusal(RefusalReason.OTHER_NAMES, found=found, expected="0")
    if agreement.lacking > max(1, MOST_LACKING * agreement.words):
        return Refusal(RefusalReason.NOT_THIS_SHEET, found=f"-{agreement.lacking}", expected=str(agreement.words))
    return None


def _words(raster: GrayImage, ink: npt.NDArray[np.uint8], names: tuple[Piece | None, ...]) -> tuple[_Word, ...]:
    printed = printed_on(raster)
    words = []
    for line in text_lines(printed.letters):
        for word in words_of(line):
            box = around(word.pieces)
            if box.area < 40:
                continue
            owner = next((n for n, name in enumerate(names) if name is not None and _holds(name, box)), None)
            part = ink[box.y : box.bottom, box.x : box.right]
            words.append(_Word(box, np.ascontiguousarray(part), word.pieces, owner))
    return tuple(words)


def _holds(name: Piece, box: Piece) -> bool:
    x, y = box.middle
    return name.x - mm(0.5) <= x <= name.right + mm(0.5) and name.y - mm(0.5) <= y <= name.bottom + mm(0.5)


def _found(word: _Word, seen: npt.NDArray[np.float32]) -> tuple[float, float]:
    """The share of a word's ink that is dark at the place near its own where most of it is, and of its worst letter."""
    box = word.area
    top, left = max(0, box.y - REACH_PX), max(0, box.x - REACH_PX)
    window = seen[top : box.bottom + REACH_PX, left : box.right + REACH_PX]
    if window.shape[0] < box.h or window.shape[1] < box.w:
        return 0.0, 0.0
    covered = cv2.matchTemplate(window, word.ink.astype(np.float32), cv2.TM_CCORR)
    _low, most, _at, (x, y) = cv2.minMaxLoc(covered)
    here = window[y : y + box.h, x : x + box.w]
    return most / float(word.ink.sum()), min(_of_letter(letter, word, here) for letter in word.letters)


def _of_letter(letter: Piece, word: _Word, here: npt.NDArray[np.float32]) -> float:
    if letter.area < LETTER_PX:
        return 1.0
    y, x = letter.y - word.area.y, letter.x - word.area.x
    ink = word.ink[y : y + letter.h, x : x + letter.w] > 0
    return float(here[y : y + letter.h, x : x + letter.w][ink].mean()) if ink.any() else 1.0
