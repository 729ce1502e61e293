"""How to mark the ballot: the delegate's guide on one A4 page, and two pages for the big screen."""

from __future__ import annotations

import io
from collections.abc import Sequence

from daihoi.papers.ballots import Prepared
from daihoi.papers.canvas import sized
from daihoi.papers.congress.fitting import fit
from daihoi.papers.congress.letter import refuse_missing_letters
from daihoi.papers.congress.pen import BLACK, GREY, Pen, Rgb
from daihoi.papers.election_day.cuttings import keep_pages, place
from daihoi.papers.election_day.samples import Sample, right_samples, sample_ballot, wrong_samples
from daihoi.papers.election_day.terms import Occasion
from daihoi.papers.official.blocks import literal
from daihoi.rules.ballot import most_names
from daihoi.rules.settings import Settings
from daihoi.rules.terms import Contest
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect, SheetForm, Style
from daihoi.words.election_day import how_to_mark as s
from daihoi.words.election_day.figures import number
from daihoi.words.language import in_language

__all__ = ["how_to_mark", "how_to_mark_screen", "sample_ballot"]

GREEN: Rgb = (0, 110, 60)
CRIMSON: Rgb = (180, 20, 30)
SCREEN_MM = (338.67, 190.5)
_MARGIN = 14.0


class _Words:
    """The sentences of one guide, with its figures put in."""

    def __init__(self, contest: Contest, settings: Settings, language: str) -> None:
        self.language = language
        self.figures = {
            "seats": number(most_names(contest, settings), language),
            "candidates": number(len(contest.candidates), language),
        }

    def __call__(self, msgid: str) -> str:
        return in_language(self.language, msgid).format(**self.figures)

    def right(self, form: SheetForm) -> str:
        """The rule itself, by the form of the ballot."""
        if form is SheetForm.STRIKE_OUT:
            return self(s.RIGHT_STRIKE)
        return self(s.RIGHT_ONE if self.figures["candidates"] in ("1", "01") else s.RIGHT_AGREE)


def how_to_mark(
    prepared: Prepared, contest: Contest, occasion: Occasion, *, language: str, settings: Settings | None = None
) -> bytes:
    """PDF of one A4 page: the ballot's first rows marked right, then every way to go wrong, each with what it costs.

    `prepared` is the contest's ballot, or `sample_ballot` where no candidate's name shall be seen struck.
    """
    contest, occasion = literal(contest), literal(occasion)
    said = _Words(contest, settings or Settings(), language)
    out = io.BytesIO()
    canvas = sized(out, said(s.TITLE), (PAGE_W_MM, PAGE_H_MM), two_sided=False)
    keep_pages(canvas, prepared.plan)
    pen = Pen(canvas, PAGE_H_MM)
    pen.begin()
    width = PAGE_W_MM - 2 * _MARGIN
    top = _head(pen, said, contest, occasion, width)
    rights = right_samples(prepared.plan)
    top = _band(pen, said(s.RIGHT), GREEN, top, width)
    # Three rows of the longest list are read from a chair's distance at this height.
    height = 58.0
    _side_by_side(pen, rights, Rect(_MARGIN, top + 2, width, height), GREEN)
    rule = fit(said.right(prepared.plan.form), (width, 17), (15, 10), Style.BOLD)
    pen.text(Rect(_MARGIN, top + height + 3, width, 17), rule, centred=False)
    top = _band(pen, said(s.WRONG), CRIMSON, top + height + 23, width)
    _grid(pen, said, wrong_samples(prepared.plan), Rect(_MARGIN, top + 2, width, PAGE_H_MM - 33 - top), 2, 11.5)
    foot = fit(f"{said(s.SECRET)} {said(s.MISTAKE)}", (width, 14), (12, 9), Style.BOLD_ITALIC)
    pen.text(Rect(_MARGIN, PAGE_H_MM - 27, width, 14), foot, centred=False)
    pen.end()
    canvas.save()
    return out.getvalue()


def how_to_mark_screen(
    prepared: Prepared, contest: Contest, occasion: Occasion, *, language: str, settings: Settings | None = None
) -> bytes:
    """PDF of two pages of 16:9: right, then wrong; `picture.png` makes images of them."""
    contest, occasion = literal(contest), literal(occasion)
    said = _Words(contest, settings or Settings(), language)
    out = io.BytesIO()
    canvas = sized(out, said(s.TITLE), SCREEN_MM, two_sided=False)
    keep_pages(canvas, prepared.plan)
    pen = Pen(canvas, SCREEN_MM[1])
    width, height = SCREEN_MM[0] - 2 * _MARGIN, SCREEN_MM[1]
    pen.begin()
    top = _screen_head(pen, said, occasion, said(s.RIGHT), GREEN)
    _side_by_side(pen, right_samples(prepared.plan), Rect(_MARGIN, top, width, 92), GREEN)
    rule = fit(said.right(prepared.plan.form), (width, 36), (34, 18), Style.BOLD)
    pen.text(Rect(_MARGIN, top + 96, width, 36), rule)
    pen.end()
    pen.begin()
    top = _screen_head(pen, said, occasion, said(s.WRONG), CRIMSON)
    wrongs = wrong_samples(prepared.plan)
    _grid(pen, said, wrongs, Rect(_MARGIN, top, width, height - top - 18), 3 if len(wrongs) > 4 else 2, 25)
    pen.text(Rect(_MARGIN, height - 16, width, 10), fit(said(s.MISTAKE), (width, 10), (22, 12), Style.BOLD_ITALIC))
    pen.end()
    canvas.save()
    return out.getvalue()


def _head(pen: Pen, said: _Words, contest: Contest, occasion: Occasion, width: float) -> float:
    refuse_missing_letters((contest.title, occasion.congress))
    pen.text(Rect(_MARGIN, 10, width, 6), fit(occasion.congress, (width, 6), (11, 6), Style.REGULAR), GREY)
    pen.text(Rect(_MARGIN, 17, width, 11), fit(said(s.TITLE), (width, 11), (26, 16), Style.BOLD))
    pen.text(Rect(_MARGIN, 29, width, 8), fit(contest.title, (width, 12), (14, 8), Style.BOLD))
    pen.text(Rect(_MARGIN, 40, width, 7), fit(said(s.FACTS), (width, 7), (14, 10)))
    return 49.0


def _screen_head(pen: Pen, said: _Words, occasion: Occasion, verdict: str, rgb: Rgb) -> float:
    width = SCREEN_MM[0] - 2 * _MARGIN
    refuse_missing_letters(occasion.congress)
    pen.text(Rect(_MARGIN, 7, width, 16), fit(said(s.TITLE), (width, 16), (40, 24), Style.BOLD), centred=False)
    pen.text(Rect(_MARGIN, 23, width, 9), fit(said(s.FACTS), (width, 9), (22, 12)), GREY, centred=False)
    badge = Rect(SCREEN_MM[0] - _MARGIN - 72, 8, 72, 22)
    pen.fill(badge, rgb)
    pen.text(badge, fit(verdict, (badge.w - 4, badge.h), (44, 20), Style.BOLD), (255, 255, 255))
    return 40.0


def _band(pen: Pen, text: str, rgb: Rgb, top: float, width: float) -> float:
    pen.fill(Rect(_MARGIN, top, width, 9), rgb)
    pen.text(Rect(_MARGIN + 4, top, width - 8, 9), fit(text, (width, 9), (17, 12), Style.BOLD), (255, 255, 255))
    return top + 9


def _side_by_side(pen: Pen, samples: Sequence[Sample], area: Rect, rgb: Rgb) -> None:
    each = (area.w - 6 * (len(samples) - 1)) / len(samples)
    for index, sample in enumerate(samples):
        _enlarged(pen, sample, Rect(area.x + index * (each + 6), area.y, each, area.h), rgb)


def _grid(pen: Pen, said: _Words, samples: Sequence[Sample], area: Rect, columns: int, caption_mm: float) -> None:
    """The wrong examples in rows and columns, the caption under each."""
    rows = -(-len(samples) // columns)
    wide, high = (area.w - 5 * (columns - 1)) / columns, area.h / rows - 3
    # The screen is read from the last row of the hall, the paper from the hand.
    sizes = (22.0, 12.0) if caption_mm > 20 else (13.0, 9.0)
    for index, sample in enumerate(samples):
        left = area.x + index % columns * (wide + 5)
        top = area.y + index // columns * (high + 3)
        _enlarged(pen, sample, Rect(left, top, wide, high - caption_mm - 1), CRIMSON)
        caption = fit(said(s.WRONGS[sample.code]), (wide, caption_mm), sizes)
        pen.text(Rect(left, top + high - caption_mm, wide, caption_mm), caption, BLACK, centred=False, middle=False)


def _enlarged(pen: Pen, sample: Sample, box: Rect, rgb: Rgb) -> None:
    """The example as large as the box allows, in its middle, in a frame of the colour of its verdict."""
    width, height = sample.size_mm
    scale = min((box.w - 4) / width, (box.h - 3) / height)
    left = box.x + (box.w - width * scale) / 2
    top = box.y + (box.h - height * scale) / 2
    for cut in sample.cuts:
        place(pen.canvas, 1, cut, (left, top), scale, sample.strokes)
        left += cut.w * scale
    pen.frame(box, rgb, 0.6)
