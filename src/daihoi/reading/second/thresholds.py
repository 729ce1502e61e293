"""Every number of the second reader on which a verdict or a doubt depends, with what was measured for it."""

from __future__ import annotations

from dataclasses import dataclass, field


def limit(value: float, why: str) -> float:
    """A threshold with the measured reason for it; `docs/dev/second-reader.md` shows both."""
    number: float = field(default=value, metadata={"why": why})
    return number


@dataclass(frozen=True)
class Limits:
    """Lengths in mm on paper, darkness 0 (paper here) to 1 (the corner squares of this page), shares 0 to 1."""

    mark_contrast: float = limit(45.0, "Levels between a corner square and the ring about it.")
    mark_least: float = limit(0.86, "Least side of a corner square as a share of the printed.")
    mark_most: float = limit(1.14, "Greatest side of a corner square as a share of the printed.")

    frame_misfit: float = limit(0.05, "")

    ruling_levels: float = limit(10.0, "Levels by which a ruling is darker than the paper on both sides.")
    ruling_share: float = limit(0.6, "Share of a ruling's length in which it must be seen.")
    ruling_off: float = limit(0.3, "How far a ruling may lie from where its neighbours say.")

    open_space: float = limit(0.14, "A space no darker than this is open.")
    closed_space: float = limit(0.20, "A space that is at least this dark is closed.")
    closed_word: float = limit(0.15, "A word that is at least this dark on its lightest way may be crossed.")
    dark_word: float = limit(0.50, "")
    level_struck: float = limit(0.78, "")
    level_only: float = limit(0.93, "")

    ink: float = limit(0.16, "Darkness that is ink in a square.")
    outline: float = limit(0.18, "")
    speck_mm: float = limit(1.0, "")
    mark_mm: float = limit(2.4, "")
    faint_tone: float = limit(0.2, "")
    line_ink: float = limit(0.25, "")
    lined: float = limit(0.35, "")
    fold_dark: float = limit(0.04, "")
    over_fold: float = limit(0.15, "")
    darkest_fold: float = limit(0.5, "")
    fold_mm: float = limit(0.6, "")
    grey: float = limit(0.06, "")
    around_mm: float = limit(3.0, "")
    uneven_ink: float = limit(1.8, "")


DEFAULT = Limits()
