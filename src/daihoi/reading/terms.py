"""The words of reading: a page that was read, a page that was refused, a mark with its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from daihoi.rules.terms import InvalidGround, Mark
from daihoi.sheet.terms import Rect, SheetPlan

GrayImage = npt.NDArray[np.uint8]
"""`(H, W) uint8`, 0 black, 255 white."""


class DoubtReason(StrEnum):
    """Why a person must look at a mark."""

    PARTIAL_STRIKE = "partial_strike"
    UNDERLINE = "underline"
    CIRCLE = "circle"
    TICK_ON_NAME = "tick_on_name"
    TWO_ROWS = "two_rows"
    ERASED = "erased"
    FAINT = "faint"
    SMALL_INK = "small_ink"
    BESIDE = "beside"
    STREAK = "streak"
    LEAVES_BOX = "leaves_box"
    SCRIBBLE = "scribble"
    BROKEN_LINE = "broken_line"
    LOCAL_SHIFT = "local_shift"
    COVERED = "covered"
    UNCLEAR = "unclear"
    READERS_DIFFER = "readers_differ"
    SECOND_KEPT = "second_kept"
    SECOND_STRUCK = "second_struck"
    SECOND_AGREE = "second_agree"
    SECOND_DISAGREE = "second_disagree"
    SECOND_BOTH = "second_both"
    SECOND_NONE = "second_none"
    SECOND_PARTIAL = "second_partial"
    SECOND_FAINT = "second_faint"
    SECOND_SMALL = "second_small"
    SECOND_LOST = "second_lost"


class RefusalReason(StrEnum):
    """Why a page is not read at all; it stays part of the count until a person has dealt with it."""

    NOT_AN_IMAGE = "not_an_image"
    TRUNCATED = "truncated"
    LOCKED = "locked"
    TOO_LARGE = "too_large"
    NO_SCAN_IN_PDF = "no_scan_in_pdf"
    BLANK_PAGE = "blank_page"
    CORNERS_NOT_FOUND = "corners_not_found"
    CODE_UNREADABLE = "code_unreadable"
    CODES_DISAGREE = "codes_disagree"
    NOT_OUR_CODE = "not_our_code"
    OTHER_CONGRESS = "other_congress"
    OTHER_CONTEST = "other_contest"
    OTHER_ROUND = "other_round"
    OTHER_FORM = "other_form"
    REHEARSAL = "rehearsal"
    NOT_REHEARSAL = "not_rehearsal"
    WRONG_SCALE = "wrong_scale"
    DISTORTED = "distorted"
    STREAKS = "streaks"
    ENDS_READER = "ends_reader"
    DUPLICATE_FILE = "duplicate_file"
    DUPLICATE_IMAGE = "duplicate_image"
    MISSING_FRONT = "missing_front"
    MISSING_BACK = "missing_back"
    NOT_THIS_SHEET = "not_this_sheet"
    OTHER_NAMES = "other_names"
    SAME_SHEET = "same_sheet"
    BATCH_COUNT = "batch_count"
    PHOTO_TOO_COARSE = "photo_too_coarse"
    PHOTO_BLURRED = "photo_blurred"
    PHOTO_OBLIQUE = "photo_oblique"
    PHOTO_COVERED = "photo_covered"


@dataclass(frozen=True)
class Refusal:
    """A page that is not read: what was found and what was expected, as data (figures, ids), never sentences."""

    reason: RefusalReason
    found: str = ""
    expected: str = ""


@dataclass(frozen=True)
class ReadMark:
    """One candidate on one page. `proposal` is the likelier mark where `mark` is doubtful, else equal to `mark`."""

    candidate: str
    mark: Mark
    proposal: Mark
    reasons: tuple[DoubtReason, ...] = ()
    crop: bytes = b""
    """PNG of the row, for a doubtful mark; empty otherwise."""


@dataclass(frozen=True)
class ForeignInk:
    """Ink outside every target: proposed to the board, never judged here."""

    proposal: InvalidGround
    box: Rect
    crop: bytes = b""


@dataclass(frozen=True)
class ReadPage:
    """One page that was read. `turn` is how many quarter turns clockwise the image lay; `dpi` from the corners."""

    page: int
    turn: int
    dpi: float
    marks: tuple[ReadMark, ...]
    foreign: tuple[ForeignInk, ...] = ()
    trace: bytes = b""
    """What a hand left on the page, in little (`reading.trace`): the same sheet scanned again is known by it."""


@dataclass(frozen=True)
class PrintedForm:
    """A sheet as it was printed: its plan, what its codes must say, and each page drawn at `dpi`.

    `rasters[k]` is page k+1 as `(H, W) uint8`, exactly the whole A4 page, at `dpi` pixels per inch.
    """

    plan: SheetPlan
    rasters: tuple[GrayImage, ...] = field(repr=False)
    dpi: float
