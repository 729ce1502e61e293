"""The head of papers that are drawn and not set: whose paper, what it is, which contest, which page."""

from __future__ import annotations

from dataclasses import dataclass

from daihoi.papers.congress.fitting import fit
from daihoi.papers.congress.letter import refuse_missing_letters
from daihoi.papers.congress.pen import BLACK, GREY, Pen
from daihoi.papers.election_day.terms import Occasion
from daihoi.papers.typefaces import measure
from daihoi.sheet.terms import Rect, Style
from daihoi.words.minutes.figures import short_date_vi
from daihoi.words.minutes.sentences import BOARD_CAPS, NATION, REHEARSAL

HEAD_MM = 33.0
"""What `head` takes, the margin above it not included."""


@dataclass(frozen=True)
class Head:
    """The lines of a head: kind in capitals, what it is about, a line of its own, and the page on the right."""

    kind: str
    about: str
    line: str = ""
    page: str = ""


def head(pen: Pen, occasion: Occasion, lines: Head, area: Rect) -> float:
    """Draw it at the top of `area`; gives the first free y in mm. Every text shrinks into its place."""
    refuse_missing_letters((occasion.congress, occasion.place, lines.about))
    half = area.w * 0.56
    pen.text(Rect(area.x, area.y, half, 5), fit(occasion.congress, (half, 5), (10, 5)), GREY, centred=False)
    # Beside the board's name, where the eye begins: a sheet of the rehearsal must not be counted tomorrow.
    board = f"{BOARD_CAPS} - {REHEARSAL}" if occasion.rehearsal else BOARD_CAPS
    pen.text(Rect(area.x, area.y + 5, half, 5), fit(board, (half, 5), (10, 7), Style.BOLD), centred=False)
    right = Rect(area.x + half, area.y, area.w - half, 5)
    _flush_right(pen, NATION, right, 10, Style.BOLD)
    day = f"{occasion.place}, {short_date_vi(occasion.on)}"
    _flush_right(pen, day, Rect(right.x, right.y + 5, right.w, 5), 10, Style.ITALIC)
    kind = Rect(area.x, area.y + 11, area.w, 8)
    pen.text(kind, fit(lines.kind, (kind.w, kind.h), (17, 11), Style.BOLD))
    about = Rect(area.x, area.y + 19, area.w, 6)
    pen.text(about, fit(lines.about, (about.w, about.h), (12, 6), Style.BOLD))
    low = Rect(area.x, area.y + 26, area.w, 5)
    if lines.line:
        pen.text(low, fit(lines.line, (low.w * 0.84, low.h), (11, 7)), centred=False)
    if lines.page:
        _flush_right(pen, lines.page, low, 10, Style.REGULAR)
    return area.y + HEAD_MM


def _flush_right(pen: Pen, text: str, box: Rect, largest_pt: float, style: Style) -> None:
    fitted = fit(text, (box.w, box.h), (largest_pt, 6), style)
    width = measure(fitted.lines[0], fitted.size_pt, style)
    pen.text(Rect(box.right - width, box.y, width, box.h), fitted, BLACK, centred=False)
