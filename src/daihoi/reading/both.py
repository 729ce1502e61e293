"""Two readers for one page: what both say alike stands, and where they differ a person looks.

The first reader (`read.Reader`) measures against the printed page, the second (`second.read.SecondReader`) knows only
where things stand. A page that the first refuses is refused.
"""

from __future__ import annotations

from dataclasses import replace

from daihoi.reading.read import Look, Reader
from daihoi.reading.second.page import Pose
from daihoi.reading.second.read import SecondPage, SecondReader
from daihoi.reading.terms import DoubtReason, GrayImage, PrintedForm, ReadMark, ReadPage, Refusal
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import Identity

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
        look = self.first.look(image)
        if isinstance(look, Refusal):
            return look
        return look.page if self.second is None else agreed(look, self.second.read(image))


def has_corner_squares(form: PrintedForm) -> bool:
    """Whether the second reader has solid squares in the corners and codes to go by."""
    return all(page.codes and all(min(c.w, c.h) >= 3.0 for c in page.corners) for page in form.plan.pages)


def agreed(look: Look, second: SecondPage | None) -> ReadPage:
    """The first reader's page with a doubt wherever the second does not say the same.

    The proposal stays the first reader's: it sees more of a mark (its print taken off, its ends, what lies beside).
    A page that the second reader lost, or takes for another or for lying the other way, is doubtful as a whole.
    """
    first = look.page
    if second is not None and not _of_one_page(first, second.pose):
        second = None
    others = {} if second is None else {mark.candidate: mark for mark in second.marks}
    marks = []
    for mark in first.marks:
        other = others.get(mark.candidate)
        if other is not None and other.mark is mark.mark and mark.mark is not Mark.DOUBTFUL:
            marks.append(mark)
            continue
        crop = mark.crop or look.crop(mark.candidate)
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
