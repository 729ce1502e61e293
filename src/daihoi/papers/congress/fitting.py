"""Text into a box: as large as it may be, on as many lines as the box holds, shrunk within limits and never cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from daihoi.papers.errors import TextTooLongError
from daihoi.papers.typefaces import measure
from daihoi.sheet.terms import Style
from daihoi.sheet.typeset import MM_PER_PT, NO_BREAK, wrap

LEADING = 1.16
"""Distance of two baselines in sizes of the letters: room for Ẵ over g."""
_STEP_PT = 0.5
_NAME_SHRINKS_TO = 0.75


@dataclass(frozen=True)
class Fitted:
    """Lines of one text, their size in points, and the height in mm that they take."""

    lines: tuple[str, ...]
    size_pt: float
    style: Style

    @property
    def line_mm(self) -> float:
        """Height of one line in mm."""
        return self.size_pt * LEADING * MM_PER_PT

    @property
    def height_mm(self) -> float:
        """Height of all lines in mm."""
        return len(self.lines) * self.line_mm


def fit_name(text: str, box_mm: tuple[float, float], sizes_pt: tuple[float, float], style: Style) -> Fitted:
    """A name on one line where a somewhat smaller size allows it, so that badges side by side look alike."""
    largest, smallest = sizes_pt
    one_line = LEADING * MM_PER_PT * largest
    try:
        return fit(text, (box_mm[0], min(box_mm[1], one_line)), (largest, largest * _NAME_SHRINKS_TO), style)
    except TextTooLongError:
        return fit(text, box_mm, (largest, smallest), style)


def fit(text: str, box_mm: tuple[float, float], sizes_pt: tuple[float, float], style: Style = Style.REGULAR) -> Fitted:
    """The text in the largest size between `sizes_pt` (largest, smallest) at which its lines fit into the box.

    Words bound by no-break spaces stay together as long as some size allows. TextTooLongError where none fits.
    """
    width, height = box_mm
    loose = text.replace(NO_BREAK, " ")
    for words in dict.fromkeys((text, loose)):
        for size in _sizes(*sizes_pt):
            fitted = _set(words, width, size, style)
            if fitted.height_mm <= height and all(measure(line, size, style) <= width for line in fitted.lines):
                return fitted
    smallest = sizes_pt[1]
    # The last resort of a running text; of a single line there is no second one to break a word into.
    broken = _set(" ".join(_broken(loose.split(), width, smallest, style)), width, smallest, style)
    if broken.height_mm <= height:
        return broken
    raise TextTooLongError(text=loose, size_pt=smallest)


def _sizes(largest: float, smallest: float) -> Iterator[float]:
    while largest >= smallest:
        yield largest
        largest -= _STEP_PT


def _set(text: str, width: float, size: float, style: Style) -> Fitted:
    lines = wrap(text, size, style, width, measure) if text else ()
    return Fitted(tuple(line.replace(NO_BREAK, " ") for line in lines), size, style)


def _broken(words: Sequence[str], width: float, size: float, style: Style) -> list[str]:
    """Words wider than the box in pieces that are not: better a broken word than a cut one."""
    pieces: list[str] = []
    for word in words:
        piece = ""
        for letter in word:
            if piece and measure(piece + letter, size, style) > width:
                pieces.append(piece)
                piece = ""
            piece += letter
        pieces.append(piece)
    return pieces
