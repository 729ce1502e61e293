"""From pages in the order of the ledger to sheets of paper, and the numbers of the sheets.

A sheet has one side or two (n). F is a page read as front, B one read as back, X one that was refused.

n = 1: every page is a sheet of its own.
n = 2: the pages come front then back, in scan order. At most one sheet is open, its front filled and its back not.

| page | a sheet is open                     | no sheet is open          |
|------|-------------------------------------|---------------------------|
| F    | that sheet stays without back; F opens the next | F opens a sheet |
| B    | B fills the back                    | a sheet without front     |
| X    | X fills the back                    | X opens a sheet           |

So F X and X B are one sheet that waits for X, X X is one sheet that waits for both, and a front or back that was read
and has no partner is refused as MISSING_BACK or MISSING_FRONT. Three things close an open sheet: a page of another
folder (a pile is one folder), a separator slip, and an answer of the board on its page or the removal of its batch
(what is answered or gone must not change its meaning later).

A sheet is numbered when its first page comes, from 1, whatever becomes of it later: a refused page keeps the number of
the ballot that it may become, and later scans and answers never renumber.
"""

from __future__ import annotations

from collections.abc import Iterable

from daihoi.counts.terms import Removed, Seen, SeenPage, SeenSlip, Sheet
from daihoi.reading.terms import Refusal, RefusalReason


def pair(seen: Iterable[Seen], sides: int) -> tuple[Sheet, ...]:
    """The sheets in the order of their numbers; every page stands on exactly one. `sides` is 1 or 2."""
    if sides == 1:
        pages = (event for event in seen if isinstance(event, SeenPage))
        return tuple(Sheet(number, (page,)) for number, page in enumerate(pages, start=1))
    sheets: list[tuple[SeenPage | None, SeenPage | None]] = []
    front: SeenPage | None = None
    for event in seen:
        # Left to right and never back: what stands before a page cannot be moved by what comes after it.
        if front is not None and _ends(front, event):
            sheets.append((front, None))
            front = None
        if not isinstance(event, SeenPage):
            continue
        if front is not None:
            sheets.append((front, event))
            front = None
        elif event.page == 2:
            sheets.append((None, event))
        else:
            front = event
    if front is not None:
        sheets.append((front, None))
    return tuple(Sheet(number, sheet) for number, sheet in enumerate(sheets, start=1))


def _ends(front: SeenPage, event: Seen) -> bool:
    """Whether no back can come for a front: its pile ends, an answer closed its sheet, or the next one begins."""
    if isinstance(event, SeenPage):
        return event.page == 1 or event.folder != front.folder
    if isinstance(event, Removed):
        return front.ref in event.refs
    return isinstance(event, SeenSlip) or front.ref == event.ref


def refused_on(sheet: Sheet) -> tuple[tuple[SeenPage, Refusal], ...]:
    """The pages of this sheet that a person must deal with, and why.

    Refused by the reader, alike to a page before, or read without partner.
    """
    refused = tuple((page, why) for page in sheet.pages if (why := _asks(page)) is not None)
    if refused or len(sheet.pages) == len(sheet.sides):
        return refused
    # A whole sheet lacks nothing; here one side was read and the other never came.
    (page,) = sheet.pages
    reason = RefusalReason.MISSING_BACK if page.page == 1 else RefusalReason.MISSING_FRONT
    return ((page, Refusal(reason, found=str(page.page), expected="1+2")),)


def _asks(page: SeenPage) -> Refusal | None:
    alike = page.alike and not page.alike_gone
    return Refusal(RefusalReason.SAME_SHEET, found=page.alike) if alike else page.refusal
