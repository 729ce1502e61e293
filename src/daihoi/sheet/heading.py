"""The upper part of each page: who votes, what on, how many, how. Two measures of the front: roomy and compact."""

from __future__ import annotations

from dataclasses import dataclass, replace

from daihoi.sheet import paper
from daihoi.sheet.terms import PAGE_W_MM, Drawn, Face, Line, Measure, Style
from daihoi.sheet.typeset import Say, stack

RULE = 28.0
BODY_PT = (12.5, 12.0, 11.5, 11.0, 10.5)
# White between the instruction and the list, mm.
BELOW = 4.0


@dataclass(frozen=True)
class Heading:
    """What is drawn above the list, and where the list may begin (mm)."""

    drawn: tuple[Drawn, ...]
    bottom: float


def _body_says(face: Face) -> tuple[Say, ...]:
    """How to vote, in italics over the whole width; an organisation's own words may be long."""
    return tuple(
        Say(text, BODY_PT, Style.ITALIC, lines=3, above=1.0 if place else 0.0)
        for place, text in enumerate(face.instruction)
    )


def roomy(face: Face, measure: Measure) -> Heading:
    """The front of a short list: organisation and congress beside the stamp field, the title below it."""
    drawn, beside = _beside_stamp(face, measure)
    middle = (
        Say(face.kind, (24.0,), Style.BOLD, lines=1),
        Say(face.title, (15.0, 14.0, 13.0, 12.0), Style.BOLD, lines=3, above=1.0),
        Say(face.round_line, (13.0,), Style.BOLD_ITALIC, lines=1, above=0.6),
        Say(face.seats_line, (13.5,), lines=1, above=1.2),
    )
    top = max(paper.STAMP.bottom, beside) + 7.0
    texts, y = stack(middle, top=top, axis=PAGE_W_MM / 2, width=paper.WIDTH, measure=measure)
    drawn += texts
    texts, y = stack(_body_says(face), top=y + 3.0, axis=PAGE_W_MM / 2, width=paper.WIDTH, measure=measure)
    return Heading((*drawn, *texts), y + BELOW)


def _beside_stamp(face: Face, measure: Measure) -> tuple[list[Drawn], float]:
    """Who holds the congress, a short rule, which congress: centred on the height of the stamp field; and its end."""
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
    rule = top + middle + 1.6
    return [*texts, Line(axis - RULE / 2, rule, axis + RULE / 2, rule, 0.25)], top + height


def compact(face: Face, measure: Measure) -> Heading:
    """The front of a long list: all headings beside the stamp field, how to vote below it."""
    axis, width = _head_axis()
    says = (
        Say(face.superior, (10.5, 10.0, 9.5), lines=2),
        Say(face.organisation, (11.0, 10.5, 10.0), Style.BOLD, lines=2, above=0.3),
        Say(face.congress, (11.0, 10.5, 10.0, 9.5), lines=3, above=0.6),
        Say(face.kind, (18.0,), Style.BOLD, lines=1, above=2.0),
        Say(face.title, (13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0), Style.BOLD, lines=4, above=0.4),
        Say(face.round_line, (11.5,), Style.BOLD_ITALIC, lines=1, above=0.3),
        Say(face.seats_line, (12.0,), lines=1, above=0.6),
    )
    texts, y = stack(says, top=paper.END, axis=axis, width=width, measure=measure)
    # Centred on the height of the stamp field when shorter than it: heading and stamp read as one band.
    lower = max(0.0, (paper.STAMP.bottom - y) / 2)
    texts, y = stack(says, top=paper.END + lower, axis=axis, width=width, measure=measure)
    below = max(y + 2.0, paper.STAMP.bottom + 3.0)
    # A short instruction keeps the axis of the headings above it; a long one needs the whole width.
    short = all(measure(text, BODY_PT[0], Style.ITALIC) <= width for text in face.instruction)
    middle, room = (axis, width) if short else (PAGE_W_MM / 2, paper.WIDTH)
    how, y = stack(_body_says(face), top=below, axis=middle, width=room, measure=measure)
    return Heading((*texts, *how), y + BELOW - 1.0)


def back(face: Face, measure: Measure) -> Heading:
    """The back: title and number of seats again, so that the page says what it is."""
    left = paper.CORNERS[0].right + paper.CLEAR + 1.0
    axis = PAGE_W_MM / 2
    # The code stands at the right only: the axis stays the page's, so the width is twice the shorter side.
    width = 2 * min(axis - left, paper.HEAD_RIGHT - axis)
    says = (
        Say(face.title, (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0), Style.BOLD, lines=3),
        Say(face.round_line, (10.5,), Style.BOLD_ITALIC, lines=1, above=0.2),
        Say(face.seats_line, (11.0,), lines=1, above=0.3),
    )
    _, y = stack(says, top=paper.END, axis=axis, width=width, measure=measure)
    lower = max(0.0, (paper.CODE_TOP_RIGHT.bottom - y) / 2)
    texts, y = stack(says, top=paper.END + lower, axis=axis, width=width, measure=measure)
    return Heading(tuple(texts), max(y + 2.0, paper.CODE_TOP_RIGHT.bottom + paper.QUIET + 1.0))


def _head_axis() -> tuple[float, float]:
    return (paper.HEAD_LEFT + paper.HEAD_RIGHT) / 2, paper.HEAD_RIGHT - paper.HEAD_LEFT
