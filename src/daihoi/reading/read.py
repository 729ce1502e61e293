"""One page from image to marks, in one screen: find the frame, know the page, lay it flat, see the ink, score, judge.

Every step refuses rather than guesses, and a refusal says what was found and what was expected.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import cv2
import numpy as np

from daihoi.reading.classify import classify_page
from daihoi.reading.corners import find_frame
from daihoi.reading.flat import PAGE_PX, FlatPage
from daihoi.reading.foreign import foreign_ink
from daihoi.reading.identify import Identified, identify
from daihoi.reading.ink import Ink, added_ink
from daihoi.reading.missing import missing_print, printed_text
from daihoi.reading.reference import PX_PER_MM, Area, PageReference, area_of, reference_pages
from daihoi.reading.register import Registered, align, scale_of
from daihoi.reading.score import RowScore, carries_ink, score_page
from daihoi.reading.terms import (
    DoubtReason,
    ForeignInk,
    GrayImage,
    PrintedForm,
    ReadMark,
    ReadPage,
    Refusal,
    RefusalReason,
)
from daihoi.reading.thresholds import DEFAULT, Thresholds
from daihoi.reading.trace import trace_of_page
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import Identity

CROP_MARGIN_MM = 3.0
SMALLEST_PX = 900
"""The shorter side of A4 at 110 dpi: no scan that could be read is smaller."""


Locate = Callable[[GrayImage], Identified | Refusal]
"""Which page of the form an image is and where its four reference points lie, or why it is not surely one."""


@dataclass(frozen=True)
class Look:
    """A page that was read and still lies flat: `crop` cuts the row of a candidate out of it, as PNG."""

    page: ReadPage
    crop: Callable[[str], bytes]


class Reader:
    """Reads pages of one form; make one for each worker, its references cost as much as a few pages.

    `locate` finds the page in the image; without it the page is found by its corner marks and codes.
    """

    def __init__(
        self,
        form: PrintedForm,
        expected: tuple[Identity, ...],
        limits: Thresholds = DEFAULT,
        *,
        locate: Locate | None = None,
    ) -> None:
        self.form = form
        self.expected = expected
        self.limits = limits
        self.references = reference_pages(form)
        # Of a page learned from a print only the places are known: its rulings, which thin out on 1-bit scans, stand
        # among the text of a row, and would pass for names that are covered.
        self._texts = () if locate else tuple(map(printed_text, self.references, form.rasters))
        self._locate = locate or self._by_marks

    def read(self, image: GrayImage) -> ReadPage | Refusal:
        """One page; a refusal where it is not surely a page of this form, whole and flat."""
        look = self.look(image)
        return look if isinstance(look, Refusal) else look.page

    def look(self, image: GrayImage) -> Look | Refusal:
        """One page, kept flat for who wants to see more of it; refused as by `read`."""
        if min(image.shape) < SMALLEST_PX:
            return Refusal(RefusalReason.WRONG_SCALE, found=f"{image.shape[1]} x {image.shape[0]} px", expected="A4")
        known = self._locate(image)
        if isinstance(known, Refusal):
            return known
        reference = self.references[known.identity.page - 1]
        dpi = scale_of(known, reference.plan, image, self.limits)
        if isinstance(dpi, Refusal):
            return dpi
        flat = FlatPage(image, known.points, reference.plan, dpi)
        page = align(flat, reference, known.black, dpi)
        return self._judge(page, reference, known)

    def _by_marks(self, image: GrayImage) -> Identified | Refusal:
        first = self.form.plan.pages[0]
        frame = find_frame(image, first, self.limits)
        if isinstance(frame, int):
            blank = frame == 0 and _is_blank(image)
            reason = RefusalReason.BLANK_PAGE if blank else RefusalReason.CORNERS_NOT_FOUND
            return Refusal(reason, found=str(frame), expected="4")
        return identify(image, frame, first, self.expected)

    def _judge(self, page: Registered, reference: PageReference, known: Identified) -> Look | Refusal:
        ink = added_ink(page, reference, self.limits)
        scores = score_page(ink, reference)
        refused = _too_streaked(ink, scores, self.limits)
        if refused is not None:
            return refused
        # Where a row could not be laid onto its print, a person looks.
        astray = frozenset(
            i for i, row in enumerate(reference.rows) if row.segments[0].number in ink.astray and carries_ink(ink, row)
        )
        text = self._texts[reference.plan.number - 1] if self._texts else None
        covered = missing_print(page, text, self.limits) if text else frozenset[int]()
        marks = classify_page(scores, astray, self.limits, covered)
        crop = partial(_row_png, page, {row.candidate: row.cell for row in reference.rows})
        read = ReadPage(
            page=known.identity.page,
            turn=known.turn,
            dpi=page.dpi,
            marks=tuple(_with_crop(mark, crop) for mark in marks),
            foreign=tuple(
                ForeignInk(proposal, box, _png(page, area_of(box, CROP_MARGIN_MM)))
                for proposal, box in foreign_ink(ink, reference, self.limits)
            ),
            trace=trace_of_page(ink, page.darkness, reference.expected_half, reference.stamp),
        )
        return Look(read, crop)


def read_page(image: GrayImage, form: PrintedForm, expected: tuple[Identity, ...]) -> ReadPage | Refusal:
    """One page of a form, for callers that read only one; `Reader` keeps what it prepares."""
    return Reader(form, expected).read(image)


def _is_blank(image: GrayImage) -> bool:
    """Whether hardly anything is printed or written: less than one pixel in 500 stands out."""
    few = image[::3, ::3]
    paper = float(np.median(few))
    return float((np.abs(few.astype(np.int16) - paper) > 60).mean()) < 0.002


def _too_streaked(ink: Ink, scores: tuple[RowScore, ...], limits: Thresholds) -> Refusal | None:
    hidden = sum(
        (score.name is not None and score.name.hidden > limits.hidden_share)
        or any(square.hidden > limits.square_hidden_share for square in score.squares)
        for score in scores
    )
    if not ink.streaks or hidden <= max(1, limits.streaked_targets * len(scores)):
        return None
    return Refusal(RefusalReason.STREAKS, found=f"{hidden}/{len(scores)}", expected=f"{limits.streaked_targets:.0%}")


def _with_crop(mark: ReadMark, crop: Callable[[str], bytes]) -> ReadMark:
    if mark.mark is not Mark.DOUBTFUL:
        return mark
    return replace(mark, reasons=mark.reasons or (DoubtReason.UNCLEAR,), crop=crop(mark.candidate))


def _row_png(page: Registered, cells: Mapping[str, Area], candidate: str) -> bytes:
    rows, columns = cells[candidate]
    reach = round(CROP_MARGIN_MM * PX_PER_MM)
    widened = (
        slice(max(0, rows.start - reach), rows.stop + reach),
        slice(max(0, columns.start - reach), columns.stop + reach),
    )
    return _png(page, widened)


def _png(page: Registered, area: Area) -> bytes:
    rows, columns = area
    within = (slice(rows.start, min(rows.stop, PAGE_PX[0])), slice(columns.start, min(columns.stop, PAGE_PX[1])))
    done, data = cv2.imencode(".png", page.page_at(within), [cv2.IMWRITE_PNG_COMPRESSION, 6])
    return bytes(data) if done else b""
