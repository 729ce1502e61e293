"""Sheets for a count by hand, printed beforehand: a batch on a few pages, five strokes to a box, then all batches."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportlab.lib.units import mm

from daihoi.papers.canvas import a4, up
from daihoi.papers.congress.fitting import fit
from daihoi.papers.congress.letter import refuse_missing_letters
from daihoi.papers.congress.pen import BLACK, GREY, Pen
from daihoi.papers.election_day.drawn_heading import HEAD_MM, Head, head
from daihoi.papers.election_day.names import printed_names
from daihoi.papers.election_day.terms import Occasion
from daihoi.papers.errors import NoCopiesError, TallyBatchError
from daihoi.papers.official.blocks import literal
from daihoi.rules.ballot import ballot_form
from daihoi.rules.terms import BallotForm, Contest
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect, Style
from daihoi.words.election_day import tally as s
from daihoi.words.election_day.figures import number
from daihoi.words.language import in_language

MOST_IN_BATCH = 100
_STROKES = 5
_LEFT, _TOP, _WIDTH, _BOTTOM = 12.0, 10.0, PAGE_W_MM - 24.0, PAGE_H_MM - 10.0
_ROW, _NUMBER, _NAME, _TOTAL = 7.6, 9.0, 56.0, 21.0
_HOW_MM, _SIGN_MM, _TITLES_MM = 11.0, 34.0, 7.0
_COLUMNS_ON_PAGE = 10


@dataclass(frozen=True)
class _Line:
    """One row of a sheet: its number on the ballot (empty for the two rows of ballots) and its label."""

    number: str
    label: str
    strong: bool = False


def tally_sheets(contest: Contest, occasion: Occasion, *, ballots: int, language: str, batch: int = 50) -> bytes:
    """PDF: for each batch its pages with `batch`/5 boxes a name, at the end the totals of all batches.

    Raises NoCopiesError below one ballot, TallyBatchError for a batch that no sheet holds, SameNamesError,
    LetterMissingError, TextTooLongError.
    """
    if ballots < 1:
        raise NoCopiesError(copies=ballots)
    if not _STROKES <= batch <= MOST_IN_BATCH:
        raise TallyBatchError(batch=batch, fewest=_STROKES, most=MOST_IN_BATCH)
    contest, occasion = literal(contest), literal(occasion)
    refuse_missing_letters((contest.title, printed_names(contest)))
    out = io.BytesIO()
    sheets = _Sheets(
        Pen(a4(out, in_language(language, s.SHEET), two_sided=False), PAGE_H_MM),
        contest,
        occasion,
        ballots,
        batch,
        language,
    )
    for place in range(sheets.batches):
        sheets.batch(place)
    sheets.totals()
    sheets.pen.canvas.save()
    return out.getvalue()


class _Sheets:
    """The pages of one contest on one pen."""

    def __init__(self, pen: Pen, contest: Contest, occasion: Occasion, ballots: int, batch: int, language: str) -> None:
        self.pen, self.occasion, self.language = pen, occasion, language
        self.contest, self.ballots, self.size = contest, ballots, batch
        self.batches = -(-ballots // batch)
        self.lines = (
            _Line("", self.said(s.VALID), strong=True),
            _Line("", self.said(s.INVALID), strong=True),
            *(_Line(str(place), name) for place, name in enumerate(printed_names(contest), start=1)),
        )

    def said(self, msgid: str, **fields: object) -> str:
        return in_language(self.language, msgid).format(**fields)

    def batch(self, place: int) -> None:
        """The pages of one batch; the two who count sign on the last."""
        first = place * self.size + 1
        last = min(self.ballots, first + self.size - 1)
        about = self.said(s.BATCH, batch=place + 1, batches=self.batches, first=first, last=last)
        # The boxes of a whole batch on the last one too: a ballot too many must find its place to be noticed.
        boxes = -(-self.size // _STROKES)
        parts = _pages(self.lines, _HOW_MM)
        for page, lines in enumerate(parts, start=1):
            top = self._begin(self.said(s.SHEET), about, page, len(parts))
            top = self._how(top)
            self._titles(top, [str((box + 1) * _STROKES) for box in range(boxes)], [self.said(s.TOTAL)])
            for line in lines:
                top += _TITLES_MM if line is lines[0] else _ROW
                self._row(line, top, boxes, 1)
            if page == len(parts):
                self._sign(_BOTTOM - _SIGN_MM + 2, (s.READER, s.WRITER))
            self.pen.end()

    def totals(self) -> None:
        """All batches beside each other, ten to a page, and the sum; the head of the board signs too."""
        groups = [
            range(first, min(first + _COLUMNS_ON_PAGE, self.batches))
            for first in range(0, self.batches, _COLUMNS_ON_PAGE)
        ]
        collected = _Line("", self.said(s.COLLECTED), strong=True)
        parts = _pages((collected, *self.lines), 0)
        pages = len(groups) * len(parts)
        for place, (group, lines) in enumerate((group, lines) for group in groups for lines in parts):
            # Only the last group knows the sum of all sums.
            final = group is groups[-1]
            sums = [self.said(s.TOTAL)] if len(groups) == 1 else [self.said(s.CARRIED)]
            if final and len(groups) > 1:
                sums.append(self.said(s.TOTAL))
            top = self._begin(self.said(s.TOTALS), self._facts(), place + 1, pages)
            self._titles(top, [str(batch + 1) for batch in group], sums, spread=_COLUMNS_ON_PAGE)
            for line in lines:
                top += _TITLES_MM if line is lines[0] else _ROW
                self._row(line, top, len(group), len(sums), spread=_COLUMNS_ON_PAGE)
            if final and lines is parts[-1]:
                self._sign(_BOTTOM - _SIGN_MM + 2, (s.READER, s.WRITER, s.HEAD))
            self.pen.end()

    def _begin(self, kind: str, line: str, page: int, pages: int) -> float:
        self.pen.begin()
        shown = Head(kind, self.contest.title, line, self.said(s.PAGE, page=page, pages=pages))
        return head(self.pen, self.occasion, shown, Rect(_LEFT, _TOP, _WIDTH, HEAD_MM))

    def _facts(self) -> str:
        return self.said(
            s.FACTS,
            seats=number(self.contest.seats, self.language),
            candidates=number(len(self.contest.candidates), self.language),
            ballots=number(self.ballots, self.language),
        )

    def _how(self, top: float) -> float:
        strikes = ballot_form(self.contest) is BallotForm.STRIKE_OUT
        how = self.said(s.HOW_STRIKE if strikes else s.HOW_AGREE)
        width = _WIDTH - 62
        self.pen.text(Rect(_LEFT, top - 1, width, 10), fit(how, (width, 10), (9.5, 7)), centred=False)
        self.pen.text(Rect(_LEFT + width + 3, top - 1, 26, 9), fit(self.said(s.STROKES), (26, 9), (9, 7)), GREY)
        for strokes in range(1, _STROKES + 1):
            _gate(self.pen, _LEFT + width + 30 + (strokes - 1) * 6.4, top + 1.2, strokes)
        return top + _HOW_MM

    def _titles(self, top: float, boxes: Sequence[str], sums: Sequence[str], *, spread: int = 0) -> None:
        cells, totals = _cells(top, len(boxes), len(sums), spread, _TITLES_MM)
        self.pen.fill(Rect(_LEFT, top, totals[-1].right - _LEFT, _TITLES_MM), (232, 232, 232))
        name = Rect(_LEFT + _NUMBER + 1, top, _NAME - 2, _TITLES_MM)
        self.pen.text(
            Rect(_LEFT, top, _NUMBER, _TITLES_MM), fit(self.said(s.NUMBER), (_NUMBER, 6), (10, 7), Style.BOLD)
        )
        self.pen.text(name, fit(self.said(s.NAME), (name.w, 6), (10, 7), Style.BOLD), centred=False)
        for cell, label in zip(cells, boxes, strict=True):
            self.pen.text(cell, fit(label, (cell.w, 6), (9.5, 6)), GREY)
        for cell, label in zip(totals, sums, strict=True):
            self.pen.text(cell, fit(label, (cell.w - 1, 6), (10, 6), Style.BOLD))
        for cell in (
            Rect(_LEFT, top, _NUMBER, _TITLES_MM),
            Rect(_LEFT + _NUMBER, top, _NAME, _TITLES_MM),
            *cells,
            *totals,
        ):
            self.pen.frame(cell)

    def _row(self, line: _Line, top: float, boxes: int, sums: int, *, spread: int = 0) -> None:
        style = Style.BOLD if line.strong else Style.REGULAR
        # The two rows of ballots bear no number: read aloud, it would be taken for a name's.
        if line.number:
            self.pen.text(Rect(_LEFT, top, _NUMBER, _ROW), fit(line.number, (_NUMBER - 1, _ROW), (11, 7)))
        name = Rect(_LEFT + _NUMBER + 1, top, _NAME - 2, _ROW)
        self.pen.text(name, fit(line.label, (name.w, _ROW), (11, 6), style), centred=False)
        cells, totals = _cells(top, boxes, sums, spread, _ROW)
        self.pen.frame(Rect(_LEFT, top, _NUMBER, _ROW))
        self.pen.frame(Rect(_LEFT + _NUMBER, top, _NAME, _ROW))
        for cell in cells:
            self.pen.frame(cell)
        # A thick edge where a figure is carried over: the eye must not slip into the row beneath.
        for cell in totals:
            self.pen.frame(cell, BLACK, 0.45)

    def _sign(self, top: float, roles: Sequence[str]) -> None:
        width = _WIDTH / len(roles)
        control = fit(self.said(s.CONTROL), (_WIDTH, 5), (9.5, 7), Style.ITALIC)
        self.pen.text(Rect(_LEFT, top, _WIDTH, 5), control, centred=False)
        for place, role in enumerate(roles):
            box = Rect(_LEFT + place * width, top + 6, width, 5)
            self.pen.text(box, fit(self.said(role), (width, 5), (10.5, 8), Style.BOLD))


def _pages(lines: Sequence[_Line], how_mm: float) -> list[Sequence[_Line]]:
    """The rows page by page, the last one with room to sign, as evenly filled as can be."""
    room = _BOTTOM - _TOP - HEAD_MM - how_mm - _TITLES_MM
    full, last = int(room / _ROW), int((room - _SIGN_MM) / _ROW)
    # Filled evenly: a last page with one name is the page that is lost on the table.
    pages = 1
    while full * (pages - 1) + last < len(lines):
        pages += 1
    each = min(full, -(-(len(lines) + full - last) // pages)) if pages > 1 else len(lines)
    cut = [lines[first : first + each] for first in range(0, each * (pages - 1), each)]
    return [*cut, lines[each * (pages - 1) :]]


def _cells(top: float, boxes: int, sums: int, spread: int, high: float) -> tuple[list[Rect], list[Rect]]:
    """The boxes of a row and the places of its totals; `spread` keeps columns as narrow as if so many stood there."""
    # Two sums share the room of one and a little more, so that the boxes stay as wide as on the other pages.
    total = _TOTAL if sums == 1 else _TOTAL / 2 + 4
    left = _LEFT + _NUMBER + _NAME
    each = (_WIDTH - _NUMBER - _NAME - total * sums) / max(boxes, spread)
    cells = [Rect(left + place * each, top, each, high) for place in range(boxes)]
    after = left + boxes * each
    return cells, [Rect(after + place * total, top, total, high) for place in range(sums)]


def _gate(pen: Pen, x: float, y: float, strokes: int) -> None:
    """A box of so many strokes, as they are drawn here: four sides, then across."""
    side = 4.4
    corners = ((x, y + side), (x, y), (x + side, y), (x + side, y + side), (x, y + side))
    pen.canvas.setStrokeGray(0)
    pen.canvas.setLineWidth(0.4 * mm)
    for start, end in list(pairwise(corners))[: min(strokes, 4)]:
        pen.canvas.line(start[0] * mm, up(start[1]), end[0] * mm, up(end[1]))
    if strokes == _STROKES:
        pen.canvas.line(x * mm, up(y + side), (x + side) * mm, up(y))
