"""Guides of one page, to lie on the table: six steps with a drawing each, and what to do when something goes wrong."""

from __future__ import annotations

import io

from daihoi.papers.canvas import a4
from daihoi.papers.congress.fitting import fit
from daihoi.papers.congress.letter import refuse_missing_letters
from daihoi.papers.congress.pen import BLACK, GREY, WHITE, Pen, Rgb
from daihoi.papers.election_day import drawings
from daihoi.papers.election_day.terms import Guide, Occasion
from daihoi.papers.official.blocks import literal
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect, Style
from daihoi.words.election_day import roles as s
from daihoi.words.language import in_language

_LEFT, _WIDTH = 14.0, PAGE_W_MM - 28.0
_STEPS_TOP, _STEP_MM = 38.0, 29.5
_BAND: Rgb = (150, 20, 30)
_PALE: Rgb = (246, 238, 226)
_ANSWERS = {Guide.TELLER: "issuer", Guide.OPERATOR: "operator", Guide.HEAD: "head"}
"""Whose answers to the events a guide gives: those of the role card."""


def guide(which: Guide, occasion: Occasion, *, language: str) -> bytes:
    """PDF of one A4 page. The delegate's guide is `how_to_mark`. LetterMissingError, TextTooLongError."""
    occasion = literal(occasion)
    refuse_missing_letters(occasion.congress)
    title, steps = s.GUIDES[which.value]
    out = io.BytesIO()
    pen = Pen(a4(out, in_language(language, title), two_sided=False), PAGE_H_MM)
    pen.begin()
    _head(pen, in_language(language, title), occasion, language)
    for place, step in enumerate(steps):
        _step(pen, place + 1, step, Rect(_LEFT, _STEPS_TOP + place * _STEP_MM, _WIDTH, _STEP_MM), language)
    _events(pen, which, Rect(_LEFT, _STEPS_TOP + len(steps) * _STEP_MM + 2, _WIDTH, 62), language)
    call = fit(in_language(language, s.CALL), (_WIDTH, 6), (12, 8), Style.BOLD)
    pen.text(Rect(_LEFT, PAGE_H_MM - 15, _WIDTH, 6), call, centred=False)
    pen.end()
    pen.canvas.save()
    return out.getvalue()


def _head(pen: Pen, title: str, occasion: Occasion, language: str) -> None:
    pen.text(Rect(_LEFT, 9, _WIDTH, 5), fit(occasion.congress, (_WIDTH, 5), (11, 5)), GREY)
    band = Rect(_LEFT, 16, _WIDTH, 17)
    pen.fill(band, _BAND)
    small = Rect(band.x, band.y + 1.2, band.w, 5)
    pen.text(small, fit(in_language(language, s.GUIDE_OF), (band.w, 5), (10, 7)), WHITE)
    large = Rect(band.x + 3, band.y + 6, band.w - 6, 10)
    pen.text(large, fit(title, (large.w, large.h), (25, 14), Style.BOLD), WHITE)


def _step(pen: Pen, number: int, step: s.Step, box: Rect, language: str) -> None:
    pen.fill(Rect(box.x, box.y + 2, 12, box.h - 4), _BAND)
    pen.text(Rect(box.x, box.y + 2, 12, box.h - 4), fit(str(number), (12, 20), (26, 20), Style.BOLD), WHITE)
    drawings.draw(pen.canvas, step.drawing, box.x + 16, box.y + 1.7)
    left = box.x + 16 + drawings.WIDE_MM + 4
    wide = box.right - left
    heading = fit(in_language(language, step.heading), (wide, 8), (17, 10), Style.BOLD)
    pen.text(Rect(left, box.y + 2.5, wide, 8), heading, BLACK, centred=False)
    text = fit(in_language(language, step.text), (wide, box.h - 13), (13.5, 8.5))
    pen.text(Rect(left, box.y + 11, wide, box.h - 13), text, BLACK, centred=False, middle=False)


def _events(pen: Pen, which: Guide, box: Rect, language: str) -> None:
    pen.fill(box, _PALE)
    heading = Rect(box.x + 3, box.y + 1, box.w - 6, 7)
    pen.text(heading, fit(in_language(language, s.WHEN), (heading.w, 7), (13, 9), Style.BOLD), _BAND, centred=False)
    # The answers of the card and not others: two papers on one table must not disagree.
    answers = s.ROLES[_ANSWERS[which]].whens
    high = (box.h - 10) / len(s.EVENTS)
    for place, (event, label) in enumerate(s.EVENTS.items()):
        top = box.y + 9 + place * high
        told = Rect(box.x + 3, top, 38, high)
        pen.text(told, fit(in_language(language, label), (told.w, high), (12, 8), Style.BOLD), BLACK, centred=False)
        beside = Rect(box.x + 43, top, box.w - 46, high)
        answer = in_language(language, answers.get(event, s.DEFAULTS[event]))
        pen.text(beside, fit(answer, (beside.w, high), (11.5, 7.5)), BLACK, centred=False)
