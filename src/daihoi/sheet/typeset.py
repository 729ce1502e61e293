"""Lines of text that fit: wrapping at spaces, choosing a size, stacking lines under one another.

A no-break space keeps two words together (a name, a term of office) as long as the paragraph fits in any size that way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from daihoi.sheet.errors import HeadingTooLongError
from daihoi.sheet.terms import Anchor, Measure, Style, Text

MM_PER_PT = 25.4 / 72
NO_BREAK = "\u00a0"
# Tinos draws no Vietnamese letter higher than 0.906 em above the baseline (Ễ).
ASCENT_EM = 0.92
# Nor lower than 0.216 em below it (ỹ).
DESCENT_EM = 0.225


@dataclass(frozen=True)
class Say:
    """A paragraph to be set: the sizes to try from large to small, and in how many lines at most."""

    text: str
    sizes: tuple[float, ...]
    style: Style = Style.REGULAR
    lines: int = 2
    above: float = 0.0
    """White above the paragraph, mm, on top of the leading."""
    leading: float = 1.22
    """Distance of baselines in em; below 1.15 the accents of capitals touch the descenders above."""


def wrap(text: str, size_pt: float, style: Style, width: float, measure: Measure) -> tuple[str, ...]:
    """Fewest lines no wider than `width` mm, balanced in length; one word may stand out alone where it is too wide."""
    words = text.split(" ")
    greedy = _greedy(words, width, size_pt, style, measure)
    if len(greedy) < 2:
        return greedy
    # A heading of one long and one very short line looks torn: narrow the column while the number of lines holds.
    low, high = 0.0, width
    for _ in range(12):
        middle = (low + high) / 2
        if len(_greedy(words, middle, size_pt, style, measure)) > len(greedy):
            low = middle
        else:
            high = middle
    return _greedy(words, high, size_pt, style, measure)


def _greedy(words: Sequence[str], width: float, size_pt: float, style: Style, measure: Measure) -> tuple[str, ...]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size_pt, style) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def fitted(say: Say, width: float, measure: Measure) -> tuple[float, tuple[str, ...]]:
    """The largest size at which the paragraph fits, and its lines; HeadingTooLongError when none does."""
    loose = say.text.replace(NO_BREAK, " ")
    # A third line costs more calm than a smaller size, so it is the last resort.
    for text, most in product(dict.fromkeys((say.text, loose)), sorted({min(2, say.lines), say.lines})):
        for size in say.sizes:
            lines = wrap(text, size, say.style, width, measure)
            if len(lines) <= most and all(measure(line, size, say.style) <= width for line in lines):
                return size, tuple(line.replace(NO_BREAK, " ") for line in lines)
    raise HeadingTooLongError(text=loose, lines=say.lines)


def stack(says: Sequence[Say], *, top: float, axis: float, width: float, measure: Measure) -> tuple[list[Text], float]:
    """Paragraphs centred on `axis` below `top`, and the y below the last one; empty ones are skipped."""
    texts: list[Text] = []
    y = top
    for say in says:
        if not say.text:
            continue
        size, lines = fitted(say, width, measure)
        em = size * MM_PER_PT
        y += say.above
        for line in lines:
            texts.append(Text(axis, y + ASCENT_EM * em, line, size, say.style, Anchor.MIDDLE))
            y += say.leading * em
    return texts, y
