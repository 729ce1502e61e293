"""One photograph through both readers: decode, make a level page of it, read."""

from __future__ import annotations

from daihoi.counts.scan_reader import ScanReader
from daihoi.reading.both import BothReaders
from daihoi.reading.phone import rectified, unseen
from daihoi.reading.terms import GrayImage, PrintedForm, ReadPage, Refusal, RefusalReason
from daihoi.sheet.terms import Identity


class PhotoReader(ScanReader):
    """The two readers of photographs of one form, which must bear corner marks."""

    # Slips lie in piles that a scanner takes; nobody photographs them.
    may_be_slip = frozenset()
    source = "phone"

    def __init__(self, form: PrintedForm, expected: tuple[Identity, ...]) -> None:
        self._reader = BothReaders(form, expected)
        self._read = self._levelled

    def _levelled(self, image: GrayImage) -> ReadPage | Refusal:
        # All pages of a form bear their marks in the same places.
        page = rectified(image, self._reader.form.plan.pages[0])
        if isinstance(page, Refusal):
            return page
        read = self._reader.read(page)
        if isinstance(read, Refusal):
            return read
        hidden = unseen(page, self._reader.form.plan.pages[read.page - 1], read.turn)
        if hidden:
            return Refusal(RefusalReason.PHOTO_COVERED, found=", ".join(hidden[:9]), expected="0")
        return read
