"""Pieces of a printed ballot, as vectors: the page drawn once by the very code that prints it, cut out and enlarged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from daihoi.papers.ballots.paint import _page as draw_page
from daihoi.papers.canvas import up
from daihoi.papers.election_day.ink import Stroke, draw
from daihoi.papers.typefaces import measure
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Line, PagePlan, Rect, SheetPlan, Target, TargetKind, Text


@dataclass(frozen=True)
class Row:
    """One candidate on the paper: the row, the printed name or the two squares (None on the other form).

    `text_right` is where the print of the name ends, a year of birth beside it included, in mm.
    """

    candidate: str
    row: Rect
    name: Rect | None
    agree: Rect | None
    disagree: Rect | None
    text_right: float


def rows_of(page: PagePlan) -> tuple[Row, ...]:
    """The candidates of a page in the order of the ballot."""
    # A name on an agree form has two targets, one for each square.
    found: dict[str, dict[TargetKind, Target]] = {}
    for target in page.targets:
        found.setdefault(target.candidate, {})[target.kind] = target

    def box(kinds: dict[TargetKind, Target], kind: TargetKind) -> Rect | None:
        return kinds[kind].box if kind in kinds else None

    return tuple(
        Row(
            candidate,
            next(iter(kinds.values())).row,
            box(kinds, TargetKind.NAME),
            box(kinds, TargetKind.AGREE),
            box(kinds, TargetKind.DISAGREE),
            _text_right(page, next(iter(kinds.values())).row),
        )
        for candidate, kinds in found.items()
    )


def _text_right(page: PagePlan, row: Rect) -> float:
    ends = [
        item.x + measure(item.text, item.size_pt, item.style) * item.stretch
        for item in page.drawn
        if isinstance(item, Text) and row.y < item.baseline <= row.bottom and row.x + 8 < item.x < row.right
    ]
    return max(ends, default=row.right)


def first_rows(page: PagePlan, count: int) -> tuple[Row, ...]:
    """At most so many rows from the top of the first column: those that stand under each other."""
    rows = rows_of(page)
    return tuple(row for row in rows if row.row.x == rows[0].row.x)[:count]


def with_header(page: PagePlan, rows: Sequence[Row]) -> Rect:
    """What to cut out to show these first rows under the titles of their columns."""
    top, bottom = rows[0].row, rows[-1].row
    # The line above the titles is the lowest long one above the first row.
    rules = [item.y0 for item in page.drawn if isinstance(item, Line) and item.y0 == item.y1 < top.y - 1]
    head = max(rules, default=top.y) - 0.4
    return Rect(top.x, head, top.w, bottom.bottom + 0.4 - head)


def keep_pages(canvas: Canvas, plan: SheetPlan) -> None:
    """Draw the pages of the ballot into the file once, to be placed by `place` and `whole` as often as wanted."""
    # The painter of the ballots itself: a second one could show a ballot that nobody will be given.
    for page in plan.pages:
        canvas.beginForm(f"ballot{page.number}", upperx=PAGE_W_MM * mm, uppery=PAGE_H_MM * mm)
        draw_page(canvas, page)
        canvas.endForm()


def whole(canvas: Canvas, page: int, strokes: Sequence[Stroke] = ()) -> None:
    """A whole page of the ballot at its true size, with marks on it."""
    canvas.setStrokeGray(0)
    canvas.setFillGray(0)
    canvas.doForm(f"ballot{page}")
    draw(canvas, strokes)


def place(
    canvas: Canvas, page: int, cut: Rect, at: tuple[float, float], scale: float, strokes: Sequence[Stroke] = ()
) -> None:
    """The rectangle `cut` of a page with its marks, its top left at `at`, enlarged by `scale`; all in mm."""
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(at[0] * mm, up(at[1] + cut.h * scale), cut.w * scale * mm, cut.h * scale * mm)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.translate((at[0] - cut.x * scale) * mm, up(at[1]) - up(cut.y) * scale)
    canvas.scale(scale, scale)
    # The page sets no colour of its own: it would take that of whatever was drawn before it.
    canvas.setStrokeGray(0)
    canvas.setFillGray(0)
    canvas.doForm(f"ballot{page}")
    draw(canvas, strokes)
    canvas.restoreState()
