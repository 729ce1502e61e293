"""The upper part of each page: who votes, what on, how many, how. Two measures of the front: roomy and compact."""

from __future__ import annotations

from dataclasses import dataclass, replace

from daihoi.sheet import paper
from daihoi.sheet.terms import PAGE_W_MM, Drawn, Face, Line, Measure, Style
from daihoi.sheet.typeset import Say, stack

RULE = 28.0
# White between the instruction and the list, mm.
BELOW = 4.0


@dataclass(frozen=True)
class Heading:
    """What is drawn above the list, and where the list may begin (mm)."""

    drawn: tuple[Drawn, ...]
    bottom: float


def _body_says(face: Face) -> tuple[Say, ...]:
    """How to vote, in italics over the whole width."""
    sizes = (12.5, 12.0, 11.5, 11.0)
    return tuple(
        Say(text, sizes, Style.ITALIC, lines=2, above=1.0 if place else 0.0)
        for place, text in enumerate(face.instruction)
    )


def roomy(face: Face, measure: Measure) -> Heading:
    """The front of a short list: organisation and congress beside the stamp field, the title below it."""
    drawn = list(_beside_stamp(face, measure))
    middle = (
        Say(face.kind, (24.0,), Style.BOLD, lines=1),
        Say(face.title, (15.0, 14.0, 13.0, 12.0), Style.BOLD, lines=2, above=1.0),
        Say(face.round_line, (13.0,), Style.BOLD_ITALIC, lines=1, above=0.6),
        Say(face.seats_line, (13.5,), lines=1, above=1.2),
    )
    full = paper.WIDTH
    texts, y = stack(middle, top=paper.STAMP.bottom + 7.0, axis=PAGE_W_MM / 2, width=full, measure=measure)
    drawn += texts
    texts, y = stack(_body_says(face), top=y + 3.0, axis=PAGE_W_MM / 2, width=full, measure=measure)
    return Heading((*drawn, *texts), y + BELOW)


def _beside_stamp(face: Face, measure: Measure) -> list[Drawn]:
    """Who holds the congress, a short rule, and which congress: centred on the height of the stamp field."""
    axis, width = _head_axis()
    upper = (
        Say(face.superior, (11.5, 11.0, 10.5, 10.0), lines=2),
        Say(face.organisation, (12.5, 12.0, 11.5, 11.0), Style.BOLD, lines=2, above=0.5),
    )
    congress = (Say(face.congress, (12.5, 12.0, 11.5, 11.0, 10.5, 10.0), Style.BOLD, lines=3),)
    above, middle = stack(upper, top=0.0, axis=axis, width=width, measure=measure)
    below, height = stack(congress, top=middle + 4.0, axis=axis, width=width, measure=measure)
    top = paper.STAMP.y + max(0.0, (paper.STAMP.h - height) / 2)
    texts = [replace(text, baseline=text.baseline + top) for text in (*above, *below)]
    return [*texts, Line(axis - RULE / 2, top + middle + 1.6, axis + RULE / 2, top + middle + 1.6, 0.25)]


def compact(face: Face, measure: Measure) -> Heading:
    """The front of a long list: all headings beside the stamp field, how to vote below it."""
    axis, width = _head_axis()
    says = (
        Say(face.superior, (10.5, 10.0, 9.5), lines=2),
        Say(face.organisation, (11.0, 10.5, 10.0), Style.BOLD, lines=2, above=0.3),
        Say(face.congress, (11.0, 10.5, 10.0, 9.5), lines=3, above=0.6),
        Say(face.kind, (18.0,), Style.BOLD, lines=1, above=2.0),
        Say(face.title, (13.0, 12.5, 12.0, 11.5, 11.0), Style.BOLD, lines=3, above=0.4),
        Say(face.round_line, (11.5,), Style.BOLD_ITALIC, lines=1, above=0.3),
        Say(face.seats_line, (12.0,), lines=1, above=0.6),
    )
    texts, y = stack(says, top=paper.END, axis=axis, width=width, measure=measure)
    # Centred on the height of the stamp field when shorter than it: heading and stamp read as one band.
    lower = max(0.0, (paper.STAMP.bottom - y) / 2)
    texts, y = stack(says, top=paper.END + lower, axis=axis, width=width, measure=measure)
    below = max(y + 2.0, paper.STAMP.bottom + 3.0)
    how, y = stack(_body_says(face), top=below, axis=PAGE_W_MM / 2, width=paper.WIDTH, measure=measure)
    return Heading((*texts, *how), y + BELOW - 1.0)


def back(face: Face, measure: Measure) -> Heading:
    """The back: title and number of seats again, so that the page says what it is."""
    left = paper.CORNERS[0].right + paper.CLEAR + 1.0
    axis = PAGE_W_MM / 2
    # The code stands at the right only: the axis stays the page's, so the width is twice the shorter side.
    width = 2 * min(axis - left, paper.HEAD_RIGHT - axis)
    says = (
        Say(face.title, (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0), Style.BOLD, lines=2),
        Say(face.round_line, (10.5,), Style.BOLD_ITALIC, lines=1, above=0.2),
        Say(face.seats_line, (11.0,), lines=1, above=0.3),
    )
    _, y = stack(says, top=paper.END, axis=axis, width=width, measure=measure)
    lower = max(0.0, (paper.CODE_TOP_RIGHT.bottom - y) / 2)
    texts, y = stack(says, top=paper.END + lower, axis=axis, width=width, measure=measure)
    return Heading(tuple(texts), max(y + 2.0, paper.CODE_TOP_RIGHT.bottom + paper.QUIET + 1.0))


def _head_axis() -> tuple[float, float]:
    return (paper.HEAD_LEFT + paper.HEAD_RIGHT) / 2, paper.HEAD_RIGHT - paper.HEAD_LEFT
