"""A printed name: one size for the whole page, condensed only where a long name needs it, and its tight box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daihoi.sheet.errors import NameTooLongError
from daihoi.sheet.terms import Listed, Measure, Rect, Style, Text
from daihoi.sheet.typeset import ASCENT_EM, DESCENT_EM, MM_PER_PT

# Tinos stays legible down to this horizontal stretch; below it a name would have to be shortened.
NARROWEST = 0.70
SMALLEST_PT = 8.5
CALM_STRETCH = 0.90
CLEAR_OF_RULING = 1.3
# Less, because nobody strikes a name through where two lines are allowed.
CLEAR_OF_TWO_LINES = 0.9
NOTE_GAP = 2.5
NOTE_SMALLER_PT = 2.0
# Where two lines are allowed they are calmer than a name condensed more than this.
SPLIT_STRETCH = 0.92
# Distance of the two baselines of a name in two lines.
LINE_EM = 1.12


@dataclass(frozen=True)
class PrintedName:
    """A name as it stands on the page, with its note, its box and the edges of its words."""

    texts: tuple[Text, ...]
    box: Rect
    words: tuple[tuple[float, float], ...]


def largest_size(pitch: float, most: float) -> float:
    """The largest size in half points whose box stays clear of the rulings of a row of `pitch` mm."""
    em = (pitch - 2 * CLEAR_OF_RULING) / (ASCENT_EM + DESCENT_EM)
    return min(most, int(em / MM_PER_PT * 2) / 2)


def two_line_size(pitch: float) -> float:
    """The largest size in half points at which a name in two lines stands in a row of `pitch` mm."""
    em = (pitch - 2 * CLEAR_OF_TWO_LINES) / (ASCENT_EM + DESCENT_EM + LINE_EM)
    return int(em / MM_PER_PT * 2) / 2


def page_size(names: Sequence[Listed], room: float, largest: float, share: float, measure: Measure) -> float:
    """One size for all: the largest at which `share` of the names stand nearly uncondensed; at most a fifth smaller."""
    size = largest
    while size > max(SMALLEST_PT, 0.8 * largest):
        calm = sum(_stretch(name, room, size, measure) >= CALM_STRETCH for name in names)
        if calm >= share * len(names):
            return size
        size -= 0.5
    return size


def print_name(
    name: Listed, *, left: float, room: float, row: Rect, size: float, measure: Measure, most_lines: int = 1
) -> PrintedName:
    """The name set in a row, at `size`, condensed, smaller, or in two lines where `most_lines` allows.

    Raises NameTooLongError when even that is not enough. A name that is struck through stands in one line.
    """
    if most_lines > 1 and " " in name.label and _stretch(name, room, size, measure) < SPLIT_STRETCH:
        return _in_two_lines(name, left, room, row, size, measure)
    size, stretch = _condensed(name, room, size, measure, name.label)
    em = size * MM_PER_PT
    height = (ASCENT_EM + DESCENT_EM) * em
    top = row.y + (row.h - height) / 2
    baseline = top + ASCENT_EM * em
    width = measure(name.label, size, Style.REGULAR) * stretch
    texts = [Text(left, baseline, name.label, size, stretch=stretch)]
    if name.note:
        texts.append(Text(left + width + NOTE_GAP, baseline, name.note, size - NOTE_SMALLER_PT))
    return PrintedName(tuple(texts), Rect(left, top, width, height), _words(name.label, left, size, stretch, measure))


def _in_two_lines(name: Listed, left: float, room: float, row: Rect, size: float, measure: Measure) -> PrintedName:
    """Where the name is not itself a target; the note follows the given name."""
    size = min(size, two_line_size(row.h))
    upper, lower = _halves(name, size, measure)
    lower_size, lower_stretch = _condensed(lower, room, size, measure, name.label)
    upper_size, upper_stretch = _condensed(upper, room, size, measure, name.label)
    size, stretch = min(upper_size, lower_size), min(upper_stretch, lower_stretch)
    em = size * MM_PER_PT
    height = (ASCENT_EM + DESCENT_EM + LINE_EM) * em
    top = row.y + (row.h - height) / 2
    first = top + ASCENT_EM * em
    second = first + LINE_EM * em
    widths = [measure(half.label, size, Style.REGULAR) * stretch for half in (upper, lower)]
    texts = [
        Text(left, first, upper.label, size, stretch=stretch),
        Text(left, second, lower.label, size, stretch=stretch),
    ]
    if name.note:
        texts.append(Text(left + widths[1] + NOTE_GAP, second, name.note, size - NOTE_SMALLER_PT))
    return PrintedName(tuple(texts), Rect(left, top, max(widths), height), ())


def _halves(name: Listed, size: float, measure: Measure) -> tuple[Listed, Listed]:
    """The cut at a space that makes the wider line narrowest; the note goes with the lower line."""
    words = name.label.split(" ")

    def cut(at: int) -> tuple[Listed, Listed]:
        return Listed(name.candidate, " ".join(words[:at])), Listed(name.candidate, " ".join(words[at:]), name.note)

    def widest(halves: tuple[Listed, Listed]) -> float:
        return max(_needed(half, size, measure) for half in halves)

    return min((cut(at) for at in range(1, len(words))), key=widest)


def _condensed(part: Listed, room: float, size: float, measure: Measure, whole: str) -> tuple[float, float]:
    """Size and stretch of a part of a name; NameTooLong names the whole of it."""
    while True:
        stretch = _stretch(part, room, size, measure)
        if stretch >= NARROWEST:
            return size, min(1.0, stretch)
        if size <= SMALLEST_PT:
            needed = _needed(part, size, measure)
            raise NameTooLongError(
                candidate=part.candidate, name=whole, room_mm=round(room, 1), needed_mm=round(needed, 1)
            )
        size = max(SMALLEST_PT, size - 0.5)


def _stretch(name: Listed, room: float, size: float, measure: Measure) -> float:
    return _name_room(name, room, size, measure) / measure(name.label, size, Style.REGULAR)


def _needed(name: Listed, size: float, measure: Measure) -> float:
    """Room in mm when condensed as far as it may be; a note is never condensed."""
    return NARROWEST * measure(name.label, size, Style.REGULAR) - _name_room(name, 0.0, size, measure)


def _name_room(name: Listed, room: float, size: float, measure: Measure) -> float:
    if not name.note:
        return room
    return room - NOTE_GAP - measure(name.note, size - NOTE_SMALLER_PT, Style.REGULAR)


def _words(label: str, left: float, size: float, stretch: float, measure: Measure) -> tuple[tuple[float, float], ...]:
    edges, begin = [], 0
    for word in label.split(" "):
        x0 = left + measure(label[:begin], size, Style.REGULAR) * stretch
        edges.append((x0, x0 + measure(word, size, Style.REGULAR) * stretch))
        begin += len(word) + 1
    return tuple(edges)
