"""Every number of the second reader on which a verdict or a doubt depends, with what was measured for it.

"Measured" is 172 simulated pages of office and worn scanners (4,338 clean positions, seed 77), unless something else is
named; `docs/dev/second-reader.md` shows this table.
"""

from __future__ import annotations

from dataclasses import dataclass, field


def limit(value: float, why: str) -> float:
    """A threshold with the measured reason for it."""
    number: float = field(default=value, metadata={"why": why})
    return number


@dataclass(frozen=True)
class Limits:
    """Lengths in mm on paper, darkness 0 (paper here) to 1 (the corner squares of this page), shares 0 to 1."""

    mark_contrast: float = limit(
        45.0, "Levels between a corner square and the ring about it: 105 and more measured, text reaches 40."
    )
    mark_least: float = limit(
        0.86,
        "Least side of a corner square as a share of the printed: 0.98 measured, 1-bit less.",
    )
    mark_most: float = limit(1.14, "Greatest side of a corner square: 1.04 measured; swollen toner adds up to 0.4 mm.")
    frame_misfit: float = limit(
        0.05,
        "How far four squares may be from the printed rectangle (ratio, slant): at most 0.007 measured; "
        "tilted photos more.",
    )

    ruling_levels: float = limit(
        10.0,
        "Levels by which a ruling is darker than the paper on both sides; the noise of paper reaches 8 in one "
        "sample of 20.",
    )
    ruling_share: float = limit(
        0.6, "Share of a ruling's length in which it must be seen: all were; text that stands closest gives 0.4."
    )
    ruling_off: float = limit(
        0.3, "How far a ruling may lie from where its neighbours say: 0.19 measured with the worst feeder."
    )

    open_space: float = limit(
        0.14,
        "A space no darker than this on its lightest way is open: kept names have 0.02, at most 0.11 without specks.",
    )
    closed_space: float = limit(
        0.20,
        "A space that is at least this dark is closed: the darkest of a struck name has 0.30 and more, a hard "
        "pencil's.",
    )
    pale_line: float = limit(
        0.27, "A line no darker than this in any space may have been erased: 0.23 on a kept sheet, clean strikes 0.30."
    )
    closed_word: float = limit(
        0.15,
        "A word this dark on its lightest way may be crossed: 19 of 20 struck words are darker, 19 of 20 kept "
        "ones 0.18 or less.",
    )
    dark_word: float = limit(
        0.50,
        "A word as dark as this although its spaces are open: struck alone, or letters that run together (1 of 500).",
    )
    level_struck: float = limit(
        0.78,
        "Share of a word along which a level line lies in ink: 0.82 in 99 of 100 struck words, 0.76 in the "
        "middle of kept ones.",
    )
    level_only: float = limit(
        0.93,
        "The same where nothing else speaks for a strike: no word of two letters and more had as much by its "
        "print alone.",
    )

    space_ink: float = limit(
        0.3, "Darkness anywhere in a space that makes the words be followed: kept names have less but for specks."
    )
    level_skipped: float = limit(
        0.84, "Level lines through both outer words that are doubtful then: a dry pen's have 0.88, 1 kept name of 50."
    )
    dark_words: float = limit(
        0.2,
        "Darkness of all words together, as their mean, that makes the words be followed: 1 kept name of 29 has it.",
    )
    level_all: float = limit(
        0.94,
        "Level lines through all words, as their mean, that are doubtful then although every space is open: a "
        "skipping pen's have 0.95 to 0.99, kept names at most 0.93.",
    )
    lined: float = limit(
        0.3,
        "Share of a name's width with ink in the white above or below it: at most 0.07 on kept names; an "
        "underline has 1.",
    )
    line_ink: float = limit(0.25, "Darkness of that ink; shadows of print on the other side stay below 0.1.")
    fold_dark: float = limit(
        0.04,
        "Darkness of a line in both side margins that is a fold; the noise of their mean is 0.01.",
    )
    darkest_fold: float = limit(0.5, "The darkest fold of simulated and kept sheets has 0.45 in the margin.")
    over_fold: float = limit(0.15, "A pen on a fold is darker than the fold by at least so much.")
    fold_mm: float = limit(
        0.6,
        "How far from the band of a name a fold may lie and still darken it: half of its width.",
    )

    streak_levels: float = limit(
        10.0, "Levels by which a streak is darker or lighter than what lies 1 mm to its sides; as for a ruling."
    )
    streak_share: float = limit(
        0.68,
        "Share of the height of the image in which a streak must be seen: 0.7 in black and white, else 0.9; the "
        "sides of squares in the closest rows have at most 0.6.",
    )

    ink: float = limit(
        0.16, "Darkness that is ink in a square: noise has 0.03 (5 sigmas), the palest mark of a clean square 0.27."
    )
    outline: float = limit(
        0.10, "Darkness of the paler line of an outline: 0.26 measured, 0.16 in low toner, paper 0.03."
    )
    speck_mm: float = limit(
        1.0,
        "Extent of ink in an empty square: at most 0.8 (dust of 0.35 mm and its blur, two of them).",
    )
    mark_mm: float = limit(2.6, "Extent of a mark: 2.97 and more measured; a pen that rested on the paper left 2.4.")
    line_narrow_mm: float = limit(
        1.0, "Shorter shadow of a line from side to side; no kind of mark is so narrow and so long."
    )
    line_wide_mm: float = limit(3.8, "Its longer shadow: the clear part of a square is 4.2 mm wide.")
    faint_tone: float = limit(
        0.25, "Darkness of a mark that may have been erased or be a stain: clean marks have 0.27, an erased one 0.21."
    )
    grey: float = limit(
        0.06,
        "Mean darkness of an empty square: at most 0.045 in uneven light; an erased cross leaves 0.06.",
    )
    around_mm: float = limit(
        2.4,
        "Extent of ink just outside of an empty square: at most 2.0 (the tick of a neighbour).",
    )
    uneven_ink: float = limit(
        1.8,
        "Both squares marked, one with so many times the ink of the other: a blackened square beside a "
        "crossed one has 2 to 4.",
    )


DEFAULT = Limits()
