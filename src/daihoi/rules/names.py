"""The order of Vietnamese names: given name, family name, middle names, by Vietnamese letters and then tones.

Order of tones: ngang, huyền, hỏi, ngã, sắc, nặng. The last word is the given name, whatever the people: a list
prints in the order of the file, so an organiser who orders H'Hen Niê Kđăm by H'Hen writes her there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from daihoi.rules.settings import Settings
from daihoi.rules.terms import Candidate, PartialDate

_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_ALPHABET: Final = (
    *("a", "a" + _BREVE, "a" + _CIRCUMFLEX, "b", "c", "d", "đ", "e", "e" + _CIRCUMFLEX, "f", "g", "h", "i", "j"),
    *("k", "l", "m", "n", "o", "o" + _CIRCUMFLEX, "o" + _HORN, "p", "q", "r", "s", "t", "u", "u" + _HORN, "v"),
    *("w", "x", "y", "z"),
)
# Two digits each and steps of two: a letter with a mark of another language (ĕ, ŏ, č) falls between its neighbours.
_LETTERS: Final = {letter: 22 + 2 * place for place, letter in enumerate(_ALPHABET)}
_TONES: Final = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_OTHER_LETTERS: Final = {"ƀ": "b\u0335", "ð": "đ"}
_SPACE = 10
_DIGIT_ZERO = 11
_OTHER = 99

WordKey = tuple[tuple[int, ...], tuple[int, ...]]


def sort_key(name: str, order: str = "given_family_middle") -> tuple[WordKey, WordKey, WordKey]:
    """The key of a name: (given, family, middle), each its letters and then its tones. Capitals do not matter.

    `order` is the setting `name_order`: "given_middle_family" changes the last two.
    """
    words = plain(name).split()
    # A single word is a given name: who has only one is called by it.
    given = words[-1:]
    family = words[:1] if len(words) > 1 else []
    middle = words[1:-1]
    keys = [_part_key(part) for part in (given, family, middle)]
    # Each part whole before the next: its letters, and only between equal letters its tones.
    if order == "given_middle_family":
        keys[1], keys[2] = keys[2], keys[1]
    return keys[0], keys[1], keys[2]


def sort_text(name: str, order: str = "given_family_middle") -> str:
    """The same order as `sort_key` in digits alone, so that every database and every collation agrees on it."""
    parts = []
    for letters, tones in sort_key(name, order):
        # 00 ends a row of letters below every letter, so that a shorter name comes first.
        parts.append("".join(f"{code:02d}" for code in letters) + "00" + "".join(str(tone) for tone in tones))
    return "00".join(parts)


def fold_search(name: str) -> str:
    """The name without accents, capitals and apostrophes, single spaces: "H’Hen Niê Kđăm" -> "hhen nie kdam"."""
    letters = unicodedata.normalize("NFD", plain(name).replace("đ", "d").replace("ƀ", "b"))
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else _gap(letter) for letter in kept).split())


def in_order(candidates: Iterable[Candidate], settings: Settings) -> tuple[Candidate, ...]:
    """Candidates in list order: by name, then older party age, then earlier birth; the unknown last. (question A17)

    Those who are alike in all of it stay in the order given.
    """
    return tuple(sorted(candidates, key=lambda one: _list_key(one, settings)))


def _list_key(candidate: Candidate, settings: Settings) -> tuple[object, ...]:
    return (
        sort_key(candidate.name, settings.name_order),
        _date_key(candidate.party_since),
        _date_key(candidate.born),
    )


def _date_key(day: PartialDate | None) -> tuple[bool, int, int, int]:
    return (True, 0, 0, 0) if day is None else (False, day.year, day.month, day.day)


def plain(name: str) -> str:
    """The name as it is compared: NFC, small letters, one kind of apostrophe, single spaces."""
    text = unicodedata.normalize("NFC", name).replace("Đ", "đ").casefold()
    return " ".join(text.replace("’", "'").replace("ʼ", "'").replace("‘", "'").split())


def _gap(letter: str) -> str:
    return "" if letter == "'" else " "


def _part_key(words: list[str]) -> WordKey:
    letters: list[int] = []
    tones: list[int] = []
    for number, word in enumerate(words):
        if number:
            letters.append(_SPACE)
            tones.append(0)
        for letter in word:
            _add(letter, letters, tones)
    return tuple(letters), tuple(tones)


def _add(letter: str, letters: list[int], tones: list[int]) -> None:
    # Decomposed, a tone stands apart from the marks that make another letter (ă, â, ê, ô, ơ, ư).
    parts = unicodedata.normalize("NFD", _OTHER_LETTERS.get(letter, letter))
    tone = next((_TONES[mark] for mark in parts if mark in _TONES), 0)
    bare = "".join(mark for mark in parts if mark not in _TONES)
    if bare in _LETTERS:
        letters.append(_LETTERS[bare])
    elif bare[:1] in _LETTERS:
        letters.append(_LETTERS[bare[0]] + 1)
    elif bare.isdecimal():
        letters.append(_DIGIT_ZERO + int(bare))
    elif bare.isalnum():
        letters.append(_OTHER)
    else:
        # Apostrophes, hyphens and full stops do not take part in the order.
        return
    tones.append(tone)
