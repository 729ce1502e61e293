"""The entry log "Nhật ký nhập phiếu": every ballot as it was read or keyed, thousands of lines, fast."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from daihoi.papers.canvas import a4, up
from daihoi.papers.congress.fitting import fit
from daihoi.papers.congress.letter import refuse_missing_letters
from daihoi.papers.congress.pen import Pen
from daihoi.papers.election_day.drawn_heading import HEAD_MM, Head, head
from daihoi.papers.election_day.terms import LogRow, Occasion
from daihoi.papers.official.blocks import literal
from daihoi.papers.typefaces import measure, typeface
from daihoi.sheet.terms import PAGE_H_MM, Rect, Style
from daihoi.words.election_day import tally as s
from daihoi.words.election_day.figures import clock, number
from daihoi.words.language import in_language
from daihoi.words.reasons import GROUNDS

_LEFT, _TOP, _BOTTOM = 14.0, 10.0, PAGE_H_MM - 14.0
_WIDTHS = (13.0, 24.0, 32.0, 63.0, 34.0, 16.0)
_SIZE_PT, _LINE_MM, _ABOVE_MM, _TITLES_MM = 9.0, 3.75, 0.55, 7.0
_SIGN_MM = 34.0


@dataclass(frozen=True)
class _Laid:
    """One entry in lines that fit their columns."""

    cells: tuple[tuple[str, ...], ...]
    strong: bool

    @property
    def height_mm(self) -> float:
        return max(len(lines) for lines in self.cells) * _LINE_MM + 2 * _ABOVE_MM


def entry_log(contest_title: str, rows: Iterable[LogRow], occasion: Occasion, *, language: str) -> bytes:
    """PDF with the page and the number of pages on each; the last page is signed. LetterMissingError."""
    occasion, contest_title = literal(occasion), literal(contest_title)
    # The texts alone are made literal: the many numbers of a long list need not be looked at one by one.
    entries = [_literal(row) for row in rows]
    texts = (text for row in entries for text in (row.ballot, row.by, row.note, row.said))
    refuse_missing_letters(tuple(dict.fromkeys(texts)))
    laid = [_laid(place, row, language) for place, row in enumerate(entries, start=1)]
    pages = list(_pages(laid))
    about = in_language(language, s.LOG_ABOUT).format(
        title=" ".join(contest_title.split()), rows=number(len(laid), language)
    )
    out = io.BytesIO()
    pen = Pen(a4(out, f"{in_language(language, s.LOG)} - {contest_title}", two_sided=False), PAGE_H_MM)
    for place, page in enumerate(pages, start=1):
        pen.begin()
        told = in_language(language, s.PAGE).format(page=place, pages=len(pages))
        if place == 1:
            shown = Head(in_language(language, s.LOG), about, page=told)
            top = head(pen, occasion, shown, Rect(_LEFT, _TOP, sum(_WIDTHS), HEAD_MM))
        else:
            top = _short_head(pen, f"{in_language(language, s.LOG)} · {about}", told)
        top = _table(pen.canvas, page, top, language)
        if place == len(pages):
            _end(pen, top, len(laid), language)
        pen.end()
    pen.canvas.save()
    return out.getvalue()


def _literal(row: LogRow) -> LogRow:
    texts = (literal(text) for text in (row.ballot, row.by, row.note, row.said))
    ballot, by, note, said = texts
    return replace(row, ballot=ballot, by=by, note=note, said=said)


def numbers_in_runs(votes: Sequence[int]) -> str:
    """`1-12, 14`: names by their numbers on the ballot, neighbours drawn together."""
    runs: list[list[int]] = []
    for one in sorted(set(votes)):
        if runs and one == runs[-1][1] + 1:
            runs[-1][1] = one
        else:
            runs.append([one, one])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _laid(place: int, row: LogRow, language: str) -> _Laid:
    if row.said:
        said = row.said
    elif row.ground is not None:
        said = in_language(language, s.GROUND).format(ground=in_language(language, GROUNDS[row.ground.value]))
    else:
        said = numbers_in_runs(row.votes) or in_language(language, s.NOBODY)
    said = f"{said} ({row.note})" if row.note else said
    source = in_language(language, s.SOURCES[row.source.value])
    texts = (str(place), row.ballot, source, said, row.by, clock(row.at) if row.at else "")
    # What is not valid must be found again by leafing through.
    style = Style.BOLD if row.ground is not None else Style.REGULAR
    return _Laid(
        tuple(_wrapped(text, width - 2, style) for text, width in zip(texts, _WIDTHS, strict=True)),
        row.ground is not None,
    )


def _wrapped(text: str, width: float, style: Style) -> tuple[str, ...]:
    """Lines as full as they get: evenly filled ones, as `sheet.typeset` makes them, would cost most of the time."""
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and _width(longer, style) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if max(_width(one, style) for one in lines) > width:
        # A word that no line holds is broken rather than cut.
        return fit(text, (width, 400), (_SIZE_PT, _SIZE_PT), style).lines
    return tuple(lines)


def _width(text: str, style: Style) -> float:
    """Width in mm by letters measured once: thousands of lines are made of the same few dozen."""
    return sum(_letter(letter, style) for letter in text)


@cache
def _letter(letter: str, style: Style) -> float:
    return measure(letter, _SIZE_PT, style)


def _pages(laid: Sequence[_Laid]) -> Iterator[list[_Laid]]:
    """The entries page by page; the last page keeps room to sign."""
    page: list[_Laid] = []
    room = _BOTTOM - _TOP - HEAD_MM - _TITLES_MM
    for one in laid:
        # A row is never torn over two pages: a ballot is checked against one line.
        if one.height_mm > room:
            yield page
            page, room = [], _BOTTOM - _TOP - 8 - _TITLES_MM
        page.append(one)
        room -= one.height_mm
    # A signature without room would stand on the last entries, or on a page that names none of them.
    if room < _SIGN_MM:
        yield page
        page = []
    yield page


def _short_head(pen: Pen, text: str, page: str) -> float:
    width = sum(_WIDTHS)
    pen.text(Rect(_LEFT, _TOP, width - 30, 6), fit(text, (width - 30, 6), (9, 5), Style.ITALIC), centred=False)
    fitted = fit(page, (30, 6), (10, 8))
    end = measure(page, fitted.size_pt, Style.REGULAR)
    pen.text(Rect(_LEFT + width - end, _TOP, end, 6), fitted, centred=False)
    return _TOP + 8


def _table(canvas: Canvas, page: Sequence[_Laid], top: float, language: str) -> float:
    """Column titles and entries with their rulings; a table set by a typesetter takes minutes for thousands of rows."""
    titles = _Laid(tuple((in_language(language, title),) for title in s.LOG_COLUMNS), strong=True)
    edges = [_LEFT + sum(_WIDTHS[:place]) for place in range(len(_WIDTHS) + 1)]
    canvas.setFillGray(0.91)
    canvas.rect(_LEFT * mm, up(top + _TITLES_MM), sum(_WIDTHS) * mm, _TITLES_MM * mm, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.15 * mm)
    rules = [top]
    # One text object for the page: one for each cell would cost more than the text.
    text = canvas.beginText()
    _cells(text, titles, top + 1.2, edges)
    top += _TITLES_MM
    for one in page:
        rules.append(top)
        _cells(text, one, top + _ABOVE_MM, edges)
        top += one.height_mm
    rules.append(top)
    canvas.drawText(text)
    canvas.lines([(edges[0] * mm, up(y), edges[-1] * mm, up(y)) for y in rules])
    canvas.lines([(x * mm, up(rules[0]), x * mm, up(top)) for x in edges])
    return top


def _cells(text: PDFTextObject, one: _Laid, top: float, edges: Sequence[float]) -> None:
    text.setFont(typeface(Style.BOLD if one.strong else Style.REGULAR), _SIZE_PT)
    for lines, left in zip(one.cells, edges, strict=False):
        for place, line in enumerate(lines):
            text.setTextOrigin((left + 1) * mm, up(top + place * _LINE_MM + 2.9))
            text.textOut(line)


def _end(pen: Pen, top: float, rows: int, language: str) -> None:
    width = sum(_WIDTHS)
    said = in_language(language, s.LOG_END if rows else s.LOG_EMPTY).format(rows=number(rows, language))
    pen.text(Rect(_LEFT, top + 3, width, 5), fit(said, (width, 5), (11, 8), Style.ITALIC), centred=False)
    box = Rect(_LEFT + width * 0.55, top + 10, width * 0.45, 6)
    pen.text(box, fit(in_language(language, s.HEAD), (box.w, box.h), (11, 8), Style.BOLD))
