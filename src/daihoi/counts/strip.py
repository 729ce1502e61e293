"""The pages that came last, and how many there are in the whole count, for those who stand beside the scanner."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from daihoi.counts.pool import PageResult
from daihoi.counts.taking import Image
from daihoi.counts.terms import Seen, SeenPage, SeenSlip
from daihoi.reading.terms import Refusal
from daihoi.rules.terms import Mark

SHOWN = 12
"""So many pages are kept: what a person can take in while the next ones come."""


@dataclass(frozen=True)
class LastPage:
    """One page as it came out of the readers: `side` from 1, 0 for a page without marks (refused, or a slip).

    `doubts` are the marks that the machine doubted; `stored` is a path below COUNT.
    """

    file: str
    index: int
    stored: str
    side: int = 0
    doubts: int = 0
    refusal: Refusal | None = None
    slip: bool = False


class Strip:
    """Begins with what the ledger holds; every page that is recorded is added."""

    def __init__(self, seen: Iterable[Seen]) -> None:
        """Count what was seen."""
        self.pages = self.doubtful = self.refused = 0
        self._last: deque[LastPage] = deque(maxlen=SHOWN)
        for one in seen:
            if isinstance(one, SeenPage | SeenSlip) and one.removed:
                continue
            if isinstance(one, SeenPage):
                doubts = sum(mark.mark is Mark.DOUBTFUL for mark in one.marks)
                self.add(LastPage(one.file, one.index, one.stored, one.page, doubts, one.refusal))
            elif isinstance(one, SeenSlip):
                self.add(LastPage(one.file, one.index, one.stored, slip=True))

    @property
    def last(self) -> tuple[LastPage, ...]:
        """The newest pages, the newest last."""
        return tuple(self._last)

    def add(self, page: LastPage) -> None:
        """One page more."""
        self.pages += 1
        self.doubtful += page.doubts
        self.refused += page.refusal is not None
        self._last.append(page)


def last_page(image: Image, index: int, result: PageResult) -> LastPage:
    """A page as the readers gave it."""
    if result.batch is not None:
        return LastPage(image.file, index, image.stored, slip=True)
    if isinstance(result.outcome, Refusal):
        return LastPage(image.file, index, image.stored, refusal=result.outcome)
    doubts = sum(mark.mark is Mark.DOUBTFUL for mark in result.outcome.marks)
    return LastPage(image.file, index, image.stored, result.outcome.page, doubts)
