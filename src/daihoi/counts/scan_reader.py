"""One scan through its readers: decode, read, and a fingerprint of what was decoded."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np

from daihoi.counts.pool import MakeReader, PageResult, PageTask
from daihoi.reading.both import BothReaders
from daihoi.reading.load import fingerprint, load_page
from daihoi.reading.slips import MAY_BE_SLIP, slip_text
from daihoi.reading.terms import GrayImage, PrintedForm, ReadPage, Refusal, RefusalReason
from daihoi.sheet.terms import Identity

ReadImage = Callable[[GrayImage], ReadPage | Refusal]


class ScanReader:
    """The two readers of real scans of one form; who reads otherwise says how and keeps the rest."""

    may_be_slip: Collection[RefusalReason] = MAY_BE_SLIP
    readers: ClassVar[tuple[str, ...]] = ("first", "second")
    source: ClassVar[str] = "scanner"

    def __init__(self, form: PrintedForm, expected: tuple[Identity, ...]) -> None:
        self._read: ReadImage = BothReaders(form, expected).read

    def __call__(self, data: bytes, task: PageTask) -> PageResult:
        """One page of a file; what cannot be decoded or read is refused."""
        image = load_page(data, task.file, task.index)
        if isinstance(image, Refusal):
            return PageResult(image)
        outcome = self._read(image)
        may_be = isinstance(outcome, Refusal) and outcome.reason in self.may_be_slip
        return PageResult(outcome, fingerprint(image), slip=slip_text(image) if may_be else "")


def same_pixels(one: PageTask, other: PageTask) -> bool:
    """Whether two pages with one fingerprint are the same to the last pixel."""
    first, second = (load_page(Path(task.path).read_bytes(), task.file, task.index) for task in (one, other))
    if isinstance(first, Refusal) or isinstance(second, Refusal):
        return False
    return np.array_equal(first, second)


@dataclass(frozen=True)
class Scanner:
    """How pages are read and compared; another one stands in where no scans are at hand."""

    make: MakeReader = ScanReader
    same_pixels: Callable[[PageTask, PageTask], bool] = same_pixels
