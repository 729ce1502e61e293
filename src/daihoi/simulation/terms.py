"""The words of simulation: kinds of marks and of paper, what a voter meant, and one simulated sheet.

A `kind` says what was drawn; a `mark` (`rules.terms.Mark`) says what a person who looks at the paper would take it for.
`doubt` holds the candidates whose mark two people could take differently: no reader is right or wrong there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from daihoi.rules.terms import InvalidGround, Mark

Pixels = npt.NDArray[Any]
"""uint8 (the stubs of cv2 know no dtype): `(H, W)` grey or `(H, W, 3)` blue-green-red, 0 dark, 255 light."""

Points = npt.NDArray[np.float64]
"""`(N, 2)` x and y in mm from the top left of the page."""


class Kind(StrEnum):
    """What was drawn for one candidate."""

    UNTOUCHED = "untouched"
    SPECK = "speck"
    """A dot of at most 0.45 mm: a pen set down and lifted again, or dust."""

    STRIKE_STRAIGHT = "strike_straight"
    STRIKE_SLANTED = "strike_slanted"
    STRIKE_STEEP = "strike_steep"
    STRIKE_BOWED = "strike_bowed"
    STRIKE_WAVY = "strike_wavy"
    STRIKE_ZIGZAG = "strike_zigzag"
    STRIKE_DOUBLE = "strike_double"
    STRIKE_BACK_AND_FORTH = "strike_back_and_forth"
    STRIKE_FROM_NUMBER = "strike_from_number"
    STRIKE_OVERRUN = "strike_overrun"
    STRIKE_TWO_STROKES = "strike_two_strokes"
    STRIKE_LOOPED = "strike_looped"
    STRIKE_SCRIBBLE = "strike_scribble"
    STRIKE_CROSS = "strike_cross"

    PARTIAL_FAMILY = "partial_family"
    PARTIAL_GIVEN = "partial_given"
    PARTIAL_MIDDLE = "partial_middle"
    UNDERLINE = "underline"
    OVERLINE = "overline"
    STRIKE_LOW = "strike_low"
    CIRCLED = "circled"
    TICK_BESIDE = "tick_beside"
    TICK_ON_NAME = "tick_on_name"
    DROOPING = "drooping"
    TOUCHED_BY_DROOP = "touched_by_droop"
    SEVERAL_ROWS = "several_rows"
    ERASED_STRIKE = "erased_strike"
    FAINT_STRIKE = "faint_strike"
    CORRECTED_STRIKE = "corrected_strike"
    PEN_REST = "pen_rest"

    CROSS = "cross"
    CROSS_SMALL = "cross_small"
    CROSS_LARGE = "cross_large"
    CROSS_OFF_CENTRE = "cross_off_centre"
    CROSS_CURLED = "cross_curled"
    TICK = "tick"
    TICK_LARGE = "tick_large"
    SLASH = "slash"
    BACKSLASH = "backslash"
    FILLED = "filled"
    HATCHED = "hatched"
    PLUS = "plus"
    BOTH_BOXES = "both_boxes"

    BOX_CIRCLED = "box_circled"
    BESIDE_BOX = "beside_box"
    SMALL_INK = "small_ink"
    ERASED_BOX = "erased_box"
    FAINT_BOX = "faint_box"
    SCRIBBLED_OUT = "scribbled_out"
    TAIL_IN_NEXT_ROW = "tail_in_next_row"
    TOUCHED_BY_TAIL = "touched_by_tail"
    NAME_STRUCK = "name_struck"

    DESTROYED = "destroyed"
    """Torn away, cropped or under a blot: whatever was drawn can no longer be told."""


class Defect(StrEnum):
    """What somebody wrote on a ballot beside marking it."""

    SIGNED = "signed"
    EXTRA_TEXT = "extra_text"
    OUTSIDE_NAME = "outside_name"


class Condition(StrEnum):
    """What befell a page on its way from the voter's hand into a file."""

    UPSIDE_DOWN = "upside_down"
    SIDEWAYS = "sideways"
    COLOUR = "colour"
    BILEVEL = "bilevel"
    LOW_CONTRAST = "low_contrast"
    GREY_PAPER = "grey_paper"
    UNEVEN_LIGHT = "uneven_light"
    LIGHT_STREAK = "light_streak"
    DARK_STREAK = "dark_streak"
    FOLD = "fold"
    DUST = "dust"
    LOW_TONER = "low_toner"
    DARK_BORDER = "dark_border"
    TORN_CORNER = "torn_corner"
    COFFEE = "coffee"
    CODE_MARKED = "code_marked"
    CROPPED = "cropped"
    STAMP_OUTSIDE = "stamp_outside"
    SHOW_THROUGH = "show_through"
    PUNCHED = "punched"
    STAPLED = "stapled"
    COLOURED_PAPER = "coloured_paper"
    COPIED = "copied"
    SOAKED = "soaked"
    STAMP_ON_LIST = "stamp_on_list"
    HAND_SHADOW = "hand_shadow"


class Format(StrEnum):
    """How an image is written. `NATIVE` is what the scanner itself would write: JPEG, or G4 where it scanned 1-bit."""

    NATIVE = "native"
    JPEG = "jpeg"
    PNG = "png"
    G4 = "g4"
    PDF = "pdf"


@dataclass(frozen=True)
class Stroke:
    """One movement of a pen: points in mm, and at each point its width as a factor and its pressure, 0 to 1."""

    points: Points
    width: npt.NDArray[np.float64]
    pressure: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Vote:
    """What one voter wants and does: by candidate the mark meant and the kind drawn; what else is written."""

    marks: Mapping[str, Mark]
    kinds: Mapping[str, Kind]
    doubt: frozenset[str] = frozenset()
    defect: Defect | None = None
    issued: bool = True


@dataclass(frozen=True)
class SheetTruth:
    """What is true of one sheet, one line of truth.json."""

    marks: Mapping[str, Mark]
    kinds: Mapping[str, Kind]
    doubt: tuple[str, ...]
    defect: Defect | None
    issued: bool
    grounds: tuple[InvalidGround, ...]
    pen: str
    conditions: tuple[tuple[Condition, ...], ...]
    """For each page, what befell it."""


@dataclass(frozen=True)
class SimulatedPage:
    """One side as the scanner sees it, before encoding; `quality` is JPEG's, `bilevel` means only 0 and 255 occur.

    Image px = `matrix` (2 x 3) @ (x mm, y mm, 1) of the paper, to within the feeder's stretch (< 1 mm).
    Of a photograph it is 3 x 3 and gives homogeneous px.
    """

    image: Pixels = field(repr=False)
    dpi: float
    quality: int
    bilevel: bool
    matrix: npt.NDArray[np.float64] = field(repr=False)


@dataclass(frozen=True)
class SimulatedSheet:
    """One ballot: its number from 1, its pages front first, and the truth about it."""

    number: int
    pages: tuple[SimulatedPage, ...]
    truth: SheetTruth
