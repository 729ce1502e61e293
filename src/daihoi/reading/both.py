"""Two readers for one page: what both say alike stands, and where they differ a person looks.

The first reader (`read.Reader`) measures against the printed page, the second (`second.read.SecondReader`) knows only
where things stand. A page that the first refuses is refused.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from daihoi.reading.read import Reader
from daihoi.reading.second.page import TO_MIDDLES, Pose
from daihoi.reading.second.read import SecondPage, SecondReader
from daihoi.reading.terms import DoubtReason, GrayImage, PrintedForm, ReadMark, ReadPage, Refusal
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import Identity, PagePlan, Rect

CROP_MARGIN_MM = 3.0
CROP_PX_PER_MM = 200 / 25.4
WHOLE_PAGE_PX = 700
"""Height of the picture of a page that the second reader did not find: enough to find the row by its number."""

SAYS = {
    Mark.KEPT: DoubtReason.SECOND_KEPT,
    Mark.STRUCK: DoubtReason.SECOND_STRUCK,
    Mark.AGREE: DoubtReason.SECOND_AGREE,
    Mark.DISAGREE: DoubtReason.SECOND_DISAGREE,
    Mark.BOTH: DoubtReason.SECOND_BOTH,
    Mark.NONE: DoubtReason.SECOND_NONE,
}


class BothReaders:
    """The two readers of one form, behind the interface of one; make one for each worker.

    The second takes part where the form has corner squares. A form learned from a print without them is read by the
    first alone: the second could find no row of it, and its silence would say nothing about a mark.
    """

    def __init__(self, form: PrintedForm, expected: tuple[Identity, ...], first: Reader | None = None) -> None:
        self.form = form
        self.first = first or Reader(form, expected)
        self.second = SecondReader(form.plan) if has_corner_squares(form) else None

    def read(self, image: GrayImage) -> ReadPage | Refusal:
        """One page; the first reader's refusal stands, its marks stand where the second says the same."""
        page = self.first.read(image)
        if isinstance(page, Refusal) or self.second is None:
            return page
        plan = self.form.plan.pages[page.page - 1]
        return agreed(page, self.second.read(image), plan, image)


def has_corner_squares(form: PrintedForm) -> bool:
    """Whether the second reader has solid squares in the corners and codes to go by."""
    return all(page.codes and all(min(c.w, c.h) >= 3.0 for c in page.corners) for page in form.plan.pages)


def agreed(first: ReadPage, second: SecondPage | None, plan: PagePlan, image: GrayImage) -> ReadPage:
    """The first reader's page with a doubt wherever the second does not say the same.

    The proposal stays the first reader's: it sees more of a mark (its print taken off, its ends, what lies beside).
    A page that the second reader lost, or takes for another or for lying the other way, is doubtful as a whole.
    """
    if second is not None and not _of_one_page(first, second.pose):
        second = None
    others = {} if second is None else {mark.candidate: mark for mark in second.marks}
    rows = {target.candidate: target.row for target in plan.targets}
    marks = []
    for mark in first.marks:
        other = others.get(mark.candidate)
        if other is not None and other.mark is mark.mark and mark.mark is not Mark.DOUBTFUL:
            marks.append(mark)
            continue
        crop = mark.crop or row_crop(image, None if second is None else second.pose, rows[mark.candidate])
        marks.append(replace(mark, mark=Mark.DOUBTFUL, reasons=_reasons(mark, other), crop=crop))
    return replace(first, marks=tuple(marks))


def _of_one_page(first: ReadPage, pose: Pose) -> bool:
    """Whether both found the same page, the same way up; a mirrored picture has no way up that both must call alike."""
    return pose.page == first.page and (pose.mirrored or pose.turn == first.turn)


def _reasons(mark: ReadMark, other: ReadMark | None) -> tuple[DoubtReason, ...]:
    """Both sides' reasons, the first reader's before the second's."""
    if other is None:
        said: tuple[DoubtReason, ...] = (DoubtReason.SECOND_LOST,)
    elif other.mark is Mark.DOUBTFUL:
        said = other.reasons
    else:
        said = (SAYS[other.mark],)
    if mark.mark is Mark.DOUBTFUL:
        return (*mark.reasons, *said)
    return (DoubtReason.READERS_DIFFER, *said)


def row_crop(image: GrayImage, pose: Pose | None, row: Rect) -> bytes:
    """PNG of a row as the second reader finds it, level and at 200 dpi; of the whole page where it found none."""
    if pose is None:
        scale = WHOLE_PAGE_PX / image.shape[0]
        small = cv2.resize(image, (max(1, round(image.shape[1] * scale)), WHOLE_PAGE_PX), interpolation=cv2.INTER_AREA)
        return _png(np.asarray(small, np.uint8))
    left, top = row.x - CROP_MARGIN_MM, row.y - CROP_MARGIN_MM
    wide, high = row.w + 2 * CROP_MARGIN_MM, row.h + 2 * CROP_MARGIN_MM
    to_mm = np.array([[1 / CROP_PX_PER_MM, 0, left], [0, 1 / CROP_PX_PER_MM, top], [0, 0, 1]])
    flat = cv2.warpPerspective(
        pose.image,
        TO_MIDDLES @ pose.to_px @ to_mm,
        (round(wide * CROP_PX_PER_MM), round(high * CROP_PX_PER_MM)),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return _png(np.asarray(flat, np.uint8))


def _png(picture: GrayImage) -> bytes:
    done, data = cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 6])
    return bytes(data) if done else b""
