"""The introduction ballot (phiếu giới thiệu): before a congress elects its secretary, each voter names one comrade.

It elects nobody and bears no code: it is counted by the helpers of the presidium, by hand. [HD 04-HD/TW 2024]
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from daihoi.papers.canvas import a4
from daihoi.papers.congress.fitting import fit, fit_name
from daihoi.papers.congress.letter import refuse_missing_letters
from daihoi.papers.congress.pen import BLACK, GREY, Pen
from daihoi.papers.election_day.terms import Occasion
from daihoi.papers.official.blocks import literal
from daihoi.papers.typefaces import measure
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect, Style
from daihoi.words.election_day import introduction as s
from daihoi.words.language import in_language
from daihoi.words.minutes.figures import bare_title, date_vi
from daihoi.words.minutes.sentences import NATION, REHEARSAL

_EDGE = 12.0
_HEAD_MM, _TITLE_MM, _HOW_MM, _WRITE_MM = 25.0, 17.0, 12.0, 21.0
_TALL, _LOW = 8.5, 6.5
"""Height of a row where there is room, and the lowest in which a box can be marked."""
_BOX, _NUMBER = 4.4, 8.0
_COLUMNS = (1, 2, 3)


def introduction_ballot(title: str, names: Sequence[str], occasion: Occasion, *, language: str) -> bytes:
    """PDF of one A4 page: two ballots to be cut apart where the names allow it, else one.

    `names` are those who may be introduced, with a line to write another; a list that no page holds is left out, and
    the name is written. Raises LetterMissingError, TextTooLongError.
    """
    title, occasion, names = bare_title(literal(title)), literal(occasion), [literal(one) for one in names]
    refuse_missing_letters((title, occasion.congress, occasion.place, tuple(names)))
    out = io.BytesIO()
    pen = Pen(a4(out, in_language(language, s.KIND), two_sided=False), PAGE_H_MM)
    pen.begin()
    half, whole = Rect(0, 0, PAGE_W_MM, PAGE_H_MM / 2), Rect(0, 0, PAGE_W_MM, PAGE_H_MM)
    if not _columns(len(names), whole):
        names = []
    if _columns(len(names), half):
        for area in (half, Rect(0, half.h, half.w, half.h)):
            _Ballot(pen, area, occasion, language).draw(title, names)
        pen.line((0, half.h), (PAGE_W_MM, half.h), dashed=True)
    else:
        _Ballot(pen, whole, occasion, language).draw(title, names)
    pen.end()
    pen.canvas.save()
    return out.getvalue()


def _room(area: Rect) -> float:
    """Height in mm that the rows of names may take."""
    return area.h - 2 * _EDGE - _HEAD_MM - _TITLE_MM - _HOW_MM - _WRITE_MM


def _columns(names: int, area: Rect) -> int:
    """The fewest columns in which the names stand; 0 where no number of them holds all."""
    return next((one for one in _COLUMNS if -(-names // one) * _LOW <= _room(area)), 0)


class _Ballot:
    """One ballot on its part of the page."""

    def __init__(self, pen: Pen, area: Rect, occasion: Occasion, language: str) -> None:
        self.pen, self.area, self.occasion, self.language = pen, area, occasion, language
        self.left, self.width = area.x + _EDGE, area.w - 2 * _EDGE

    def said(self, msgid: str, **fields: object) -> str:
        return in_language(self.language, msgid).format(**fields)

    def draw(self, title: str, names: Sequence[str]) -> None:
        """From the head to the line for a name."""
        self._head()
        top = self.area.y + _EDGE + _HEAD_MM
        kind = Rect(self.left, top, self.width, 8)
        self.pen.text(kind, fit(self.said(s.KIND), (kind.w, kind.h), (18, 12), Style.BOLD))
        about = Rect(self.left, top + 8, self.width, 7)
        self.pen.text(about, fit(self.said(s.ABOUT, title=title), (about.w, about.h), (13, 7), Style.BOLD))
        how = Rect(self.left, top + _TITLE_MM, self.width, _HOW_MM - 2)
        words = self.said(s.MARK if names else s.WRITE)
        self.pen.text(how, fit(words, (how.w, how.h), (11.5, 8), Style.ITALIC))
        self._names(names, top + _TITLE_MM + _HOW_MM)
        self._lines(bool(names))

    def _head(self) -> None:
        top, half = self.area.y + _EDGE, self.width * 0.54
        body = Rect(self.left, top, half, 10)
        self.pen.text(body, fit(self.occasion.congress, (half - 4, 10), (11, 6), Style.BOLD), middle=False)
        stamp = Rect(self.left, top + 11, half, 5)
        self.pen.text(stamp, fit(self.said(s.STAMP), (half, 5), (9.5, 7), Style.ITALIC), GREY)
        right = Rect(self.left + half, top, self.width - half, 5)
        nation = fit(NATION, (right.w, 5), (11, 8), Style.BOLD)
        self.pen.text(right, nation)
        # The line under the nation is as long as its words.
        long = measure(nation.lines[0], nation.size_pt, Style.BOLD)
        middle = right.x + right.w / 2
        self.pen.line((middle - long / 2, right.bottom + 0.6), (middle + long / 2, right.bottom + 0.6))
        day = Rect(right.x, right.y + 7, right.w, 5)
        words = f"{self.occasion.place}, {date_vi(self.occasion.on)}"
        self.pen.text(day, fit(words, (day.w, 5), (11, 7), Style.ITALIC))
        if self.occasion.rehearsal:
            self.pen.text(Rect(right.x, right.y + 13, right.w, 6), fit(REHEARSAL, (right.w, 6), (13, 9), Style.BOLD))

    def _names(self, names: Sequence[str], top: float) -> None:
        columns = _columns(len(names), self.area) or 1
        rows = -(-len(names) // columns)
        high = min(_TALL, _room(self.area) / max(rows, 1))
        wide = self.width / columns
        for place, name in enumerate(names):
            # Down the first column, then the next: as the list is read aloud.
            x, y = self.left + place // rows * wide, top + place % rows * high
            self.pen.frame(Rect(x, y + (high - _BOX) / 2, _BOX, _BOX), BLACK, 0.35)
            number = Rect(x + _BOX + 0.5, y, _NUMBER, high)
            self.pen.text(number, fit(f"{place + 1}.", (_NUMBER, high), (12, 8)))
            box = Rect(number.right + 0.5, y, wide - _BOX - _NUMBER - 4, high)
            self.pen.text(box, fit_name(name, (box.w, high), (12.5, 6), Style.REGULAR), centred=False)

    def _lines(self, listed: bool) -> None:
        """To write a name and what tells its bearer apart: below the list, or wide apart in the middle of the paper."""
        top, apart = self.area.bottom - _EDGE - _WRITE_MM + 3, 9.0
        if not listed:
            top, apart = self.area.y + _EDGE + _HEAD_MM + _TITLE_MM + _HOW_MM + 6, 14.0
        for place, msgid in enumerate((s.NAME, s.POST)):
            words = fit(self.said(msgid), (self.width * 0.5, 6), (12, 8))
            box = Rect(self.left, top + place * apart, self.width, 6)
            self.pen.text(box, words, centred=False)
            begins = self.left + measure(words.lines[0], words.size_pt, words.style) + 2
            self.pen.line((begins, box.bottom - 0.6), (self.left + self.width, box.bottom - 0.6), dashed=True)
