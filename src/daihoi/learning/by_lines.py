"""People in numbered lines without rulings: "7. Nguyễn Văn A", one below the other, perhaps in several columns."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from statistics import median

from daihoi.learning.by_table import extents, rect_of
from daihoi.learning.printed import Piece, Print, Word, around, figures_in, mm, text_lines, words_of
from daihoi.learning.terms import Place

NUMBER_TO_NAME_MM = 25.0
WITHIN_NAME_MM = 5.0
"""Wider paper within a line ends the name: what follows stands in another column."""
ALIGNED_MM = 1.5
LEAST_LINES = 3
SURE, NUMBER_MM, FIGURES_MM = 0.6, 9.0, 1.1
EVEN = 1.7
"""Lines of one list lie no further apart than so many times their usual distance."""


@dataclass(frozen=True)
class _Entry:
    number: Word
    name: tuple[Word, ...]
    sure: bool
    """Whether the number looks like one; in a coarse scan a figure and its dot may have grown together."""

    @property
    def middle(self) -> float:
        """Height of the line on the page, px."""
        return around(word.box for word in self.name).middle[1]


def people_in_lines(printed: Print) -> tuple[Place, ...]:
    """The places of the longest numbered list of the page, and of the lists beside it; empty where there is none."""
    entries = [entry for line in text_lines(printed.letters) for entry in _entries(_numbers_whole(words_of(line)))]
    lists = sorted(_lists(entries), key=len, reverse=True)
    if not lists:
        return ()
    longest = lists[0]
    top, bottom = longest[0].middle - mm(4), longest[-1].middle + mm(4)
    beside = [one for one in lists if one is longest or top <= one[0].middle <= bottom]
    beside.sort(key=lambda one: one[0].number.box.x)
    places: list[Place] = []
    for position, people in enumerate(beside):
        end = beside[position + 1][0].number.box.x - mm(2) if position + 1 < len(beside) else mm(206)
        places += _places(people, end)
    return tuple(places)


def _numbers_whole(words: list[Word]) -> list[Word]:
    """The same words, with figures that stand a little apart taken together: "1 1."."""
    whole: list[Word] = []
    for word in words:
        near = bool(whole) and word.box.x - whole[-1].box.right <= mm(FIGURES_MM)
        if near and figures_in(whole[-1]) and figures_in(word):
            pieces = (*whole[-1].pieces, *word.pieces)
            whole[-1] = Word(around(pieces), pieces)
        else:
            whole.append(word)
    return whole


def _entries(words: list[Word]) -> list[_Entry]:
    """Numbers of a line, each with the words that follow it."""
    starts = [
        place
        for place, word in enumerate(words)
        if word.box.w <= mm(NUMBER_MM) and (place == 0 or word.box.x - words[place - 1].box.right > mm(WITHIN_NAME_MM))
    ]
    entries = []
    for start in starts:
        name: list[Word] = []
        for word in words[start + 1 :]:
            reach = mm(WITHIN_NAME_MM) if name else mm(NUMBER_TO_NAME_MM)
            if word.box.x - (name[-1] if name else words[start]).box.right > reach:
                break
            name.append(word)
        if len(name) >= 2:
            entries.append(_Entry(words[start], tuple(name), figures_in(words[start]) > 0))
    return entries


def _lists(entries: list[_Entry]) -> list[list[_Entry]]:
    """Entries one below the other, their names or their numbers beginning at one place, at even distances."""
    columns: list[list[_Entry]] = []
    for entry in sorted(entries, key=lambda one: one.middle):
        for column in columns:
            if _is_below(column[-1], entry):
                column.append(entry)
                break
        else:
            columns.append([entry])
    return [
        part
        for column in columns
        for part in _even(column)
        if len(part) >= LEAST_LINES and sum(entry.sure for entry in part) >= SURE * len(part)
    ]


def _is_below(above: _Entry, entry: _Entry) -> bool:
    """Whether both begin at one place: their names, or where "10." pushes its name on, their numbers."""
    names, numbers = ((a.box.x, b.box.x) for a, b in ((above.name[0], entry.name[0]), (above.number, entry.number)))
    return abs(names[0] - names[1]) <= mm(ALIGNED_MM) or abs(numbers[0] - numbers[1]) <= mm(ALIGNED_MM)


def _even(column: list[_Entry]) -> list[list[_Entry]]:
    if len(column) < LEAST_LINES:
        return []
    steps = [b.middle - a.middle for a, b in itertools.pairwise(column)]
    usual = median(steps)
    parts = [[column[0]]]
    for entry, step in zip(column[1:], steps, strict=True):
        if step > EVEN * usual:
            parts.append([])
        parts[-1].append(entry)
    return parts


def _places(people: list[_Entry], end: int) -> list[Place]:
    middles = [entry.middle for entry in people]
    left = min(entry.number.box.x for entry in people) - mm(2)
    right = min(end, max(around(w.box for w in entry.name).right for entry in people) + mm(25))
    rows = bands(middles)
    return [
        Place(
            row=rect_of(Piece(left, round(top), right - left, round(bottom) - round(top))),
            name=rect_of(around(word.box for word in entry.name), 0.3),
            words=extents(entry.name),
        )
        for entry, (top, bottom) in zip(people, rows, strict=True)
    ]


def bands(middles: list[float]) -> list[tuple[float, float]]:
    """Upper and lower edge of each row from the middles of all: half-way to the next, and as far beyond the ends."""
    steps = [b - a for a, b in itertools.pairwise(middles)]
    usual = median(steps) if steps else float(mm(12))
    edges = [middles[0] - usual / 2]
    edges += [(a + b) / 2 if b - a < EVEN * usual else a + usual / 2 for a, b in itertools.pairwise(middles)]
    tops = [edges[0]]
    tops += [max(edge, middle - usual / 2 * EVEN) for edge, middle in zip(edges[1:], middles[1:], strict=True)]
    bottoms = [*edges[1:], middles[-1] + usual / 2]
    return list(zip(tops, bottoms, strict=True))
