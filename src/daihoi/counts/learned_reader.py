"""One scan of a learned ballot through its reader: decode, find by its print, read."""

from __future__ import annotations

from daihoi.counts.pool import PageResult, PageTask
from daihoi.learning.read import LearnedReader
from daihoi.reading.load import fingerprint, load_page
from daihoi.reading.terms import PrintedForm, Refusal
from daihoi.sheet.terms import Identity


class LearnedScanReader:
    """The reader of real scans of a learned form."""

    def __init__(self, form: PrintedForm, expected: tuple[Identity, ...]) -> None:
        self._reader = LearnedReader(form, expected)

    def __call__(self, data: bytes, task: PageTask) -> PageResult:
        """One page of a file; what cannot be decoded or read is refused."""
        image = load_page(data, task.file, task.index)
        if isinstance(image, Refusal):
            return PageResult(image)
        return PageResult(self._reader.read(image), fingerprint(image))
