"""Small drawings of the things of a counting room, in a field of 40 x 26 mm, for whoever reads pictures first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from daihoi.papers.canvas import up
from daihoi.papers.congress.pen import Rgb
from daihoi.papers.typefaces import typeface
from daihoi.sheet.terms import Style

WIDE_MM, HIGH_MM = 40.0, 26.0
_INK: Rgb = (40, 40, 48)
_RED: Rgb = (180, 20, 30)
_GREEN: Rgb = (0, 120, 65)
_PAPER: Rgb = (255, 255, 255)
_SHADE: Rgb = (226, 229, 234)
_DEEP: Rgb = (150, 160, 175)
_YELLOW: Rgb = (245, 214, 110)
_BLUE: Rgb = (20, 45, 150)

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class _Draft:
    """A pen over the field whose top left is at (x, y) mm on the page."""

    canvas: Canvas
    x: float
    y: float

    def shape(self, points: Points, fill: Rgb | None = _PAPER, *, closed: bool = True, rgb: Rgb = _INK) -> None:
        """Lines through points, filled unless told otherwise."""
        path = self.canvas.beginPath()
        (x, y), *rest = points
        path.moveTo((self.x + x) * mm, up(self.y + y))
        for x, y in rest:
            path.lineTo((self.x + x) * mm, up(self.y + y))
        if closed:
            path.close()
        self.canvas.setLineWidth(0.45 * mm)
        self.canvas.setStrokeColorRGB(*(part / 255 for part in rgb))
        if fill is not None:
            self.canvas.setFillColorRGB(*(part / 255 for part in fill))
        self.canvas.drawPath(path, stroke=1, fill=int(fill is not None and closed))

    def box(self, x: float, y: float, w: float, h: float, fill: Rgb | None = _PAPER, rgb: Rgb = _INK) -> None:
        """A rectangle."""
        self.shape(((x, y), (x + w, y), (x + w, y + h), (x, y + h)), fill, rgb=rgb)

    def ring(self, x: float, y: float, radius: float, fill: Rgb | None = _PAPER, rgb: Rgb = _INK) -> None:
        """A circle."""
        self.canvas.setLineWidth(0.45 * mm)
        self.canvas.setStrokeColorRGB(*(part / 255 for part in rgb))
        if fill is not None:
            self.canvas.setFillColorRGB(*(part / 255 for part in fill))
        self.canvas.circle((self.x + x) * mm, up(self.y + y), radius * mm, stroke=1, fill=int(fill is not None))

    def words(self, x: float, y: float, text: str, size_pt: float, rgb: Rgb = _INK) -> None:
        """A bold word in the middle of x, its baseline at y."""
        self.canvas.setFillColorRGB(*(part / 255 for part in rgb))
        self.canvas.setFont(typeface(Style.BOLD), size_pt)
        self.canvas.drawCentredString((self.x + x) * mm, up(self.y + y), text)

    def sheet(self, x: float, y: float, w: float = 9.0, h: float = 12.0) -> None:
        """A ballot with the stamp at the top left and lines for names."""
        self.box(x, y, w, h)
        self.ring(x + w * 0.22, y + h * 0.17, w * 0.12, None, _RED)
        for line in range(4):
            at = y + h * (0.42 + 0.14 * line)
            self.shape(((x + w * 0.16, at), (x + w * 0.84, at)), None, closed=False, rgb=_DEEP)

    def person(self, x: float, y: float, fill: Rgb = _SHADE) -> None:
        """Head and shoulders."""
        self.ring(x, y, 2.6, fill)
        self.shape(((x - 5, y + 10), (x - 4, y + 4.6), (x, y + 3.2), (x + 4, y + 4.6), (x + 5, y + 10)), fill)

    def arrow(self, x0: float, x1: float, y: float, rgb: Rgb = _GREEN) -> None:
        """From left to right or back."""
        tip = 1.8 if x1 > x0 else -1.8
        self.shape(((x0, y), (x1, y)), None, closed=False, rgb=rgb)
        self.shape(((x1 - tip, y - 1.5), (x1, y), (x1 - tip, y + 1.5)), None, closed=False, rgb=rgb)

    def check(self, x: float, y: float) -> None:
        """Done."""
        self.shape(((x - 2.4, y), (x - 0.6, y + 2), (x + 3, y - 2.6)), None, closed=False, rgb=_GREEN)


def _stack(d: _Draft) -> None:
    for place in range(4):
        d.sheet(5 + place * 0.9, 8.5 - place * 1.2)
    d.person(25, 8)
    d.person(35, 8, _YELLOW)


def _hand_out(d: _Draft) -> None:
    d.person(6, 8, _YELLOW)
    d.sheet(14.5, 6)
    d.arrow(25, 29, 12)
    d.person(35, 8)


def _exchange(d: _Draft) -> None:
    d.sheet(4, 6)
    d.shape(((4.8, 17), (12.2, 7)), None, closed=False, rgb=_RED)
    d.shape(((4.8, 7), (12.2, 17)), None, closed=False, rgb=_RED)
    d.arrow(15.5, 24, 9.5)
    d.arrow(24, 15.5, 14.5, _RED)
    d.sheet(27, 6)


def _box(d: _Draft) -> None:
    d.shape(((10, 10), (14, 6), (32, 6), (28, 10)), _SHADE)
    d.box(10, 10, 18, 13, _RED)
    d.shape(((28, 10), (32, 6), (32, 19), (28, 23)), _DEEP)
    d.shape(((17, 8.6), (18.4, 7.2), (25.4, 7.2), (24, 8.6)), _INK)
    d.shape(((18.5, 8), (18.5, 2.5), (24.5, 2.5), (24.5, 8)))
    d.box(12.5, 14, 13, 4, _YELLOW)


def _batches(d: _Draft) -> None:
    for place in range(3):
        left = 3.5 + place * 12
        for sheet in range(3):
            d.sheet(left + sheet * 0.5, 9.5 - sheet * 0.6, 8, 11)
        d.box(left + 0.3, 4.6, 8.6, 4.2, _YELLOW)
        d.words(left + 4.6, 7.9, "50", 8)


def _sign(d: _Draft) -> None:
    d.box(8, 3, 15, 20)
    for line in range(4):
        d.shape(((10, 7 + line * 2.6), (21, 7 + line * 2.6)), None, closed=False, rgb=_DEEP)
    d.shape(((10, 20.5), (12, 18.4), (13, 20.6), (15, 18.6), (16.6, 20.4), (19, 19)), None, closed=False, rgb=_BLUE)
    d.shape(((19, 19), (20, 16.2), (31, 5.5), (33, 7.5), (21.8, 18)), _YELLOW)


def _sheet(d: _Draft) -> None:
    d.box(4, 4, 13, 18)
    for place, rgb in enumerate(((30, 30, 30), (30, 70, 160), (190, 30, 40), (0, 120, 60))):
        d.box(5.6 + place * 2.6, 7, 2, 3, rgb)
    for place in range(5):
        d.box(5.6 + place * 2.1, 13, 2, 3, (250 - place * 45,) * 3)
    d.arrow(19, 24, 13)
    _scanner_at(d, 25.5, 8)


def _scanner_at(d: _Draft, x: float, y: float) -> None:
    d.shape(((x + 1.5, y), (x + 3.5, y - 5), (x + 11.5, y - 5), (x + 9.5, y)))
    d.shape(((x, y + 9), (x, y + 2), (x + 2, y), (x + 11, y), (x + 13, y + 2), (x + 13, y + 9)), _SHADE)
    d.box(x + 2, y + 6, 9, 1.2, _INK)
    d.ring(x + 10.8, y + 3, 0.7, _GREEN)


def _scanner(d: _Draft) -> None:
    for sheet in range(3):
        d.sheet(2.5 + sheet * 0.6, 7 - sheet * 0.7)
    d.arrow(14, 18, 12)
    _scanner_at(d, 20, 10)
    d.shape(((22, 19.5), (31, 19.5), (33, 23), (20, 23)))


def _laptop_at(d: _Draft, x: float, text: str = "") -> None:
    d.box(x, 4, 18, 12, _SHADE)
    d.box(x + 1.2, 5.2, 15.6, 9.6)
    d.shape(((x - 2.5, 20), (x, 16), (x + 18, 16), (x + 20.5, 20)), _DEEP)
    if text:
        d.words(x + 9, 12.4, text, 15)


def _laptop(d: _Draft) -> None:
    _laptop_at(d, 11, "0")


def _compare(d: _Draft) -> None:
    _laptop_at(d, 4, "50")
    d.words(26.2, 13.4, "=", 18)
    d.box(29.5, 7, 9, 9, _YELLOW)
    d.words(34, 13.4, "50", 13)
    d.check(34, 20.5)


def _aside(d: _Draft) -> None:
    _scanner_at(d, 3, 10)
    d.arrow(18, 24, 12, _RED)
    d.sheet(26.5, 5, 10, 14)
    d.words(31.5, 15.6, "?", 20, _RED)


def _stick(d: _Draft) -> None:
    _laptop_at(d, 4)
    d.shape(((27, 9.5), (33, 9.5), (33, 14.5), (27, 14.5)), _INK)
    d.box(33, 10.4, 4.6, 3.2, _SHADE)
    d.arrow(22.5, 26, 12)


def _decide(d: _Draft) -> None:
    d.sheet(3, 3.5, 13, 18)
    d.shape(((5, 12), (11, 11.4)), None, closed=False, rgb=_BLUE)
    d.ring(12, 13, 5, None)
    d.shape(((15.6, 16.6), (19.5, 20.5)), None, closed=False)
    d.person(25.5, 8, _YELLOW)
    d.person(35, 8)


def _key(d: _Draft) -> None:
    for left, fill in ((4, _YELLOW), (22, _SHADE)):
        d.ring(left + 3, 12, 3.2, fill)
        d.ring(left + 2.4, 12, 0.9)
        bits: Points = ((6, 11.2), (14, 11.2), (14, 14.6), (12.4, 14.6), (12.4, 12.8), (10.6, 12.8), (10.6, 14.2))
        bits = (*bits, (9, 14.2), (9, 12.8), (6, 12.8))
        d.shape(tuple((left + x, y) for x, y in bits), fill)


_DRAWINGS: Mapping[str, Callable[[_Draft], None]] = {
    "stack": _stack,
    "hand_out": _hand_out,
    "exchange": _exchange,
    "box": _box,
    "batches": _batches,
    "sign": _sign,
    "sheet": _sheet,
    "laptop": _laptop,
    "scanner": _scanner,
    "compare": _compare,
    "aside": _aside,
    "stick": _stick,
    "decide": _decide,
    "key": _key,
}


def draw(canvas: Canvas, name: str, x: float, y: float) -> None:
    """The drawing of that name with its top left at (x, y) mm. KeyError for a name that is none."""
    canvas.saveState()
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    _DRAWINGS[name](_Draft(canvas, x, y))
    canvas.restoreState()
