"""The lines of a heading: the name of the congress on the left, place and day on the right."""

from __future__ import annotations

import re
import unicodedata

from daihoi.papers.ballots.breaks import bound
from daihoi.papers.official.profiles import Profile
from daihoi.papers.typefaces import measure
from daihoi.sheet.terms import Style
from daihoi.sheet.typeset import NO_BREAK, wrap
from daihoi.words.minutes.figures import years_kept

_HEADING_LINE = 25
"""Capitals of 14 pt that fit into the left column of 78 mm: 3.1 mm each in Tinos."""


_DAY_LINE = 36
"""Letters of 14 pt italic that fit into the right column of 87 mm: 2.3 mm each."""


def heading_lines(title: str, organisation: str) -> tuple[str, ...]:
    """The congress in capitals, broken where an official paper breaks it; the term is left out beside an ordinal.

    The organisation follows in a line of its own where the title does not name it.
    """
    capitals, whose = (
        years_kept(unicodedata.normalize("NFC", " ".join(text.split())).upper()) for text in (title, organisation)
    )
    # HD 36-HD/VPTW: the ordinal names the congress; the term stands only where no ordinal is known.
    if "LẦN THỨ" in capitals:
        capitals = re.sub(r"[,\s]*\(?NHIỆM KỲ.*$", "", capitals)
    parts = re.split(r" +(?=(?:ĐẢNG BỘ|CHI BỘ|BAN CHẤP HÀNH|ỦY BAN KIỂM TRA)\b)", capitals)
    if whose not in capitals:
        parts.append(whose)
    lines: list[str] = []
    for part in parts:
        tail = re.search(r"(?<=\s)(?:LẦN THỨ|NHIỆM KỲ|KHÓA)\b.*$", part)
        if tail and len(part) > _HEADING_LINE:
            lines += [*_balanced(part[: tail.start()].strip(" ,")), *_balanced(tail.group())]
        else:
            lines += _balanced(part)
    return tuple(line for line in lines if line)


def place_and_day(place: str, day: str) -> tuple[str, ...]:
    """The place with the day in one line, or in two where one is too narrow: a date is never torn apart."""
    line = f"{place}, {day}"
    return (line,) if len(line) <= _DAY_LINE else (f"{place},", day)


def title_lines(text: str, profile: Profile) -> tuple[str, ...]:
    """What a paper is about in lines of about equal length; no line ends inside a name or a term of office."""
    kept = bound(unicodedata.normalize("NFC", text))
    lines = wrap(kept, profile.abstract_pt, Style.BOLD, profile.width_mm, measure)
    return tuple(years_kept(line.replace(NO_BREAK, " ")) for line in lines)


def _balanced(line: str) -> list[str]:
    """A line that is too wide as lines of about equal length: one word alone under a full line looks torn off."""
    wanted = -(-len(line) // _HEADING_LINE)
    if wanted < 2 or " " not in line:
        return [line]
    target = len(line) / wanted
    spaces = [found.start() for found in re.finditer(" ", line)]
    cut = min(spaces, key=lambda space: abs(space - target))
    return [line[:cut], *_balanced(line[cut + 1 :])]
