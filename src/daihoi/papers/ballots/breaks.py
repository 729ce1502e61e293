"""Where a heading may break: never inside a place's name, a set phrase, a term of office or a numeral and its word."""

from __future__ import annotations

import re

from daihoi.sheet.typeset import NO_BREAK
from daihoi.words.ballot_face import PHRASES, PLACES

_NUMERAL = re.compile(r"[IVXLC]+[,.;]?|[0-9][0-9./–-]*[,.;]?")
_DASHES = ("-", "–", "—")


def bound(text: str) -> str:
    """The text with no-break spaces where a line should not end; capitals tell names, so call it before `upper`."""
    words = text.split()
    if not words:
        return ""
    lower = [word.lower() for word in words]
    out = words[0]
    for place in range(1, len(words)):
        joined = _within_phrase(lower, place) or _belongs(words, lower, place)
        out += (NO_BREAK if joined else " ") + words[place]
    return out


def _within_phrase(lower: list[str], place: int) -> bool:
    """Whether the space before `place` lies inside one of the set phrases."""
    for phrase in PHRASES:
        parts = phrase.split()
        for begin in range(max(0, place - len(parts) + 1), place):
            found = [word.rstrip(",.;:") for word in lower[begin : begin + len(parts)]]
            if found == parts:
                return True
    return False


def _belongs(words: list[str], lower: list[str], place: int) -> bool:
    """Whether the two words beside the space make one name, or a word and its number."""
    before, after = words[place - 1], words[place]
    if before[-1] in ",.;:":
        return False
    if before in _DASHES or after in _DASHES or _NUMERAL.fullmatch(after):
        return True
    if lower[place] in PLACES and lower[place - 1] == "bộ":
        return True
    names = after[0].isupper()
    if names and (lower[place - 1] in PLACES or " ".join(lower[max(0, place - 2) : place]) in PLACES):
        return True
    # Two capitalised words are one name (Nà Lương); set phrases begin with a capital too and end the name.
    return names and before[0].isupper() and not any(_starts(lower, place, phrase) for phrase in PHRASES)


def _starts(lower: list[str], place: int, phrase: str) -> bool:
    parts = phrase.split()
    return [word.rstrip(",.;:") for word in lower[place : place + len(parts)]] == parts
