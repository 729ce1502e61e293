"""What every paper that reportlab draws begins with: an A4 page, our letters, no date and no author in the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from daihoi.papers.typefaces import typeface
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect, Style


def a4(out: IO[bytes], title: str, *, two_sided: bool) -> Canvas:
    """An empty A4 canvas that writes to `out`, the same bytes for the same drawing; `two_sided` turns the long edge."""
    return sized(out, title, (PAGE_W_MM, PAGE_H_MM), two_sided=two_sided)


def sized(out: IO[bytes], title: str, size_mm: tuple[float, float], *, two_sided: bool) -> Canvas:
    """The same on paper of any size, width and height in mm."""
    canvas = Canvas(
        out,
        pagesize=(size_mm[0] * mm, size_mm[1] * mm),
        pageCompression=1,
        invariant=1,
        lang="vi",
        # Else every page begins in Helvetica, which would stand in the file without being embedded.
        initialFontName=typeface(Style.REGULAR),  # type: ignore[arg-type]  # the stub asks for a number
    )
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("Daihoi")
    # A viewer that shrinks the page "to fit" would make the scale wrong and the reader refuse the sheet.
    canvas.setViewerPreference("PrintScaling", "None")
    if two_sided:
        canvas.setViewerPreference("Duplex", "DuplexFlipLongEdge")
    return canvas


def up(y: float) -> float:
    """Millimetres down from the top as points up from the bottom."""
    return (PAGE_H_MM - y) * mm


def draw_code(canvas: Canvas, rect: Rect, matrix: Sequence[Sequence[int]]) -> None:
    """Runs of dark modules as one path, so that no white seam shows between modules on any printer."""
    module = rect.w / len(matrix)
    path = canvas.beginPath()
    for row, cells in enumerate(matrix):
        column = 0
        while column < len(cells):
            run = column
            while run < len(cells) and cells[run]:
                run += 1
            if run > column:
                left, top = rect.x + column * module, rect.y + row * module
                path.rect(left * mm, up(top + module), (run - column) * module * mm, module * mm)
            column = run + 1
    canvas.drawPath(path, stroke=0, fill=1)
