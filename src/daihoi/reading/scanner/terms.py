"""The words of the scanner check: what can be wrong with a scan of the test sheet, and what was measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from daihoi.reading.terms import GrayImage


class ScannerFault(StrEnum):
    """What is wrong, one setting each; `words.scanner` says how to put it right."""

    NOT_THE_SHEET = "not_the_sheet"
    BACK_MISSING = "back_missing"
    SIDES_SWAPPED = "sides_swapped"
    SAME_SIDE_TWICE = "same_side_twice"
    MIRRORED = "mirrored"
    NEGATIVE = "negative"
    RESOLUTION_LOW = "resolution_low"
    RESOLUTION_HIGH = "resolution_high"
    RESOLUTION_UNEVEN = "resolution_uneven"
    PRINT_SCALE = "print_scale"
    CROPPED = "cropped"
    MARK_HIDDEN = "mark_hidden"
    SKEWED = "skewed"
    STRAIGHTENED = "straightened"
    JPEG_QUALITY = "jpeg_quality"
    COMPRESSION_SEEN = "compression_seen"
    COLOUR_LOST = "colour_lost"
    THRESHOLD_LIGHT = "threshold_light"
    THRESHOLD_DARK = "threshold_dark"
    TOO_BRIGHT = "too_bright"
    TOO_DARK = "too_dark"
    LOW_CONTRAST = "low_contrast"
    STREAKS = "streaks"


@dataclass(frozen=True)
class ScannerFinding:
    """One fault with its figures, as data: `places` are names (colours, sides) or mm from the left or the top."""

    fault: ScannerFault
    figures: dict[str, int | float] = field(default_factory=dict)
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scanned:
    """One page as the scanner gave it, with what its file says of itself.

    `file_dpi` 0 where the file does not say or says what programs write that do not know (72, 96); `quality` is the
    JPEG quality by its tables, None where the page is no JPEG.
    """

    name: str
    image: GrayImage
    file_dpi: float
    quality: int | None


@dataclass(frozen=True)
class ScannerReport:
    """What was measured and what was found, in the order in which a person would put it right."""

    findings: tuple[ScannerFinding, ...]
    measured: dict[str, int | float]
    back_seen: bool
