"""One scan of a learned ballot through its reader: decode, find by its print, read."""

from __future__ import annotations

from daihoi.counts.scan_reader import ScanReader
from daihoi.learning.read import LearnedReader
from daihoi.reading.terms import PrintedForm, RefusalReason
from daihoi.sheet.terms import Identity


class LearnedScanReader(ScanReader):
    """The reader of real scans of a learned form."""

    # A separator slip is no page of the ballot: its print says so, and then its code is asked.
    may_be_slip = frozenset({RefusalReason.NOT_THIS_SHEET, RefusalReason.DISTORTED, RefusalReason.WRONG_SCALE})
    readers = ("first", "learned")

    def __init__(self, form: PrintedForm, expected: tuple[Identity, ...]) -> None:
        self._read = LearnedReader(form, expected).read
