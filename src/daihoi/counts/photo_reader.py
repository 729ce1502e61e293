"""One photograph through both readers: decode, make a level page of it, read."""

from __future__ import annotations

from daihoi.counts.pool import PageResult, PageTask
from daihoi.reading.both import BothReaders
from daihoi.reading.load import fingerprint, load_page
from daihoi.reading.phone import rectified, unseen
from daihoi.reading.terms import GrayImage, PrintedForm, ReadPage, Refusal, RefusalReason
from daihoi.sheet.terms import Identity


class PhotoReader:
    """The two readers of photographs of one form, which must bear corner marks."""

    def __init__(self, form: PrintedForm, expected: tuple[Identity, ...]) -> None:
        self._reader = BothReaders(form, expected)

    def __call__(self, data: bytes, task: PageTask) -> PageResult:
        """One page of a file; what cannot be decoded, made level or read is refused."""
        image = load_page(data, task.file, task.index)
        if isinstance(image, Refusal):
            return PageResult(image)
        # All pages of a form bear their marks in the same places.
        page = rectified(image, self._reader.form.plan.pages[0])
        return PageResult(page if isinstance(page, Refusal) else self._read(page), fingerprint(image))

    def _read(self, page: GrayImage) -> ReadPage | Refusal:
        read = self._reader.read(page)
        if isinstance(read, Refusal):
            return read
        hidden = unseen(page, self._reader.form.plan.pages[read.page - 1], read.turn)
        if hidden:
            return Refusal(RefusalReason.PHOTO_COVERED, found=", ".join(hidden[:9]), expected="0")
        return read
