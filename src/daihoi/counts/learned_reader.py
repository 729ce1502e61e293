"""One scan of a learned ballot through its reader: decode, find by its print, read."""

from __future__ import annotations

from daihoi.counts.pool import PageResult, PageTask
from daihoi.learning.read import LearnedReader
from daihoi.reading.load import fingerprint, load_page
from daihoi.reading.slips import slip_text
from daihoi.reading.terms import PrintedForm, Refusal, RefusalReason
from daihoi.sheet.terms import Identity

MAY_BE_SLIP = frozenset({RefusalReason.NOT_THIS_SHEET, RefusalReason.DISTORTED, RefusalReason.WRONG_SCALE})
"""A separator slip is no page of the ballot: its print says so, and then its code is asked."""


class LearnedScanReader:
    """The reader of real scans of a learned form."""

    def __init__(self, form: PrintedForm, expected: tuple[Identity, ...]) -> None:
        self._reader = LearnedReader(form, expected)

    def __call__(self, data: bytes, task: PageTask) -> PageResult:
        """One page of a file; what cannot be decoded or read is refused."""
        image = load_page(data, task.file, task.index)
        if isinstance(image, Refusal):
            return PageResult(image)
        outcome = self._reader.read(image)
        may_be = isinstance(outcome, Refusal) and outcome.reason in MAY_BE_SLIP
        return PageResult(outcome, fingerprint(image), slip=slip_text(image) if may_be else "")
