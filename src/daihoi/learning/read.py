"""A scan of a learned ballot to marks: find the page, hold its print against the learned one, then read it.

Reading itself is that of our own ballots. What it wants of corner marks is given by the page as it was found.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from daihoi.learning.agreement import Agreement, PrintCheck, refused_for
from daihoi.learning.form import limits_for
from daihoi.learning.locate import Locator, Lying, flattened, scale_refused
from daihoi.learning.printed import Piece
from daihoi.learning.terms import PX_PER_MM
from daihoi.reading.identify import Identified
from daihoi.reading.read import SMALLEST_PX, Reader
from daihoi.reading.reference import PageReference
from daihoi.reading.terms import GrayImage, PrintedForm, ReadMark, ReadPage, Refusal, RefusalReason
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import Identity, PagePlan, SheetForm, TargetKind

CHOSEN = {Mark.AGREE: Mark.KEPT, Mark.NONE: Mark.STRUCK, Mark.DOUBTFUL: Mark.DOUBTFUL}
"""One box to a name on a list with more names than seats: who is marked is voted for."""


class LearnedReader:
    """Reads pages of one learned form; make one for each worker."""

    def __init__(self, form: PrintedForm, expected: tuple[Identity, ...]) -> None:
        self.form = form
        self.limits = limits_for(form.plan)
        self._expected = expected
        self._locator = Locator(form.rasters)
        self._checks = tuple(
            PrintCheck(raster, _names(plan)) for plan, raster in zip(form.plan.pages, form.rasters, strict=True)
        )
        self._known: Identified | None = None
        self._reader = Reader(form, expected, self.limits, locate=self._as_found)
        self._boxed = any(target.kind is not TargetKind.NAME for page in form.plan.pages for target in page.targets)
        if self._boxed:
            # Rows of boxes hold too little print to be laid by themselves: empty cells between rulings fit anywhere.
            # The page was laid through all its print already (`locate.laid_even`).
            self._reader.references = tuple(_left_in_place(reference) for reference in self._reader.references)

    def read(self, image: GrayImage) -> ReadPage | Refusal:
        """One page; a refusal where it is not surely a page of this form, whole and flat."""
        if min(image.shape) < SMALLEST_PX // 2:
            return Refusal(RefusalReason.WRONG_SCALE, found=f"{image.shape[1]} x {image.shape[0]} px", expected="A4")
        found = self._find(image)
        if isinstance(found, Refusal):
            return found
        lying, flat, agreement = found
        self._known = self._identified(lying, flat, agreement)
        read = self._reader.read(flat)
        if isinstance(read, Refusal):
            return read
        return replace(read, turn=lying.turn, dpi=lying.dpi, marks=tuple(self._in_form(mark) for mark in read.marks))

    def _find(self, image: GrayImage) -> tuple[Lying, GrayImage, Agreement] | Refusal:
        """The page that fits; else why the likeliest does not."""
        first: Refusal | None = None
        for guess in self._locator.guesses(image):
            lying = self._locator.refined(image, guess)
            flat = self._locator.laid_even(flattened(image, lying), lying.page)
            agreement = self._checks[lying.page].of(flat)
            # Another ballot can be pulled into any shape: that it is another one is the plainer reason.
            refused = refused_for(agreement) or scale_refused(image, lying, self._paper(), self.limits)
            if refused is None:
                return lying, flat, agreement
            first = first or refused
        if first is not None:
            return first
        if _is_blank(image):
            return Refusal(RefusalReason.BLANK_PAGE, found="0", expected=str(len(self._checks[0].words)))
        return Refusal(RefusalReason.NOT_THIS_SHEET, found="0 %", expected="100 %")

    def _paper(self) -> tuple[float, float]:
        """Width and height of the paper, mm, from the virtual corners."""
        first, _tr, _bl, last = self.form.plan.pages[0].corners
        return last.right + first.x, last.bottom + first.y

    def _identified(self, lying: Lying, flat: GrayImage, agreement: Agreement) -> Identified:
        corners = self.form.plan.pages[lying.page].corners
        points = np.array([(c.x + c.w / 2, c.y + c.h / 2) for c in corners], np.float64) * PX_PER_MM
        paper = float(np.median(flat[::16, ::16]))
        return Identified(self._expected[lying.page], 0, points, None, max(0.0, paper - agreement.black))

    def _as_found(self, _image: GrayImage) -> Identified | Refusal:
        """Where the page lies in the image that was made of it: at its own place."""
        return self._known or Refusal(RefusalReason.NOT_THIS_SHEET, found="0 %", expected="100 %")

    def _in_form(self, mark: ReadMark) -> ReadMark:
        """The mark in the words of the contest's form."""
        if self.form.plan.form is SheetForm.STRIKE_OUT and self._boxed:
            return replace(mark, mark=CHOSEN[mark.mark], proposal=CHOSEN[mark.proposal])
        return mark


def _left_in_place(reference: PageReference) -> PageReference:
    """The same page with rows that are never moved: a pattern without print agrees with nothing."""
    rows = (
        replace(row, segments=tuple(replace(s, ideal=np.zeros_like(s.ideal)) for s in row.segments))
        for row in reference.rows
    )
    return replace(reference, rows=tuple(rows))


def _names(plan: PagePlan) -> tuple[Piece | None, ...]:
    """Where each person's name stands: on a strike form the target, else all print of the row."""
    rows: dict[str, Piece] = {}
    for target in plan.targets:
        area = target.box if target.kind is TargetKind.NAME else target.row
        rows[target.candidate] = Piece(*(round(side * PX_PER_MM) for side in (area.x, area.y, area.w, area.h)))
    return tuple(rows.values())


def _is_blank(image: GrayImage) -> bool:
    few = image[::3, ::3]
    paper = float(np.median(few))
    return float((np.abs(few.astype(np.int16) - paper) > 60).mean()) < 0.002
