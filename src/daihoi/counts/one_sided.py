"""Sheets of two sides through a scanner that sees one: first the fronts of a pile, then its backs.

Nothing on a ballot tells which back is of which front, so only their order in the pile does. A pile is what lies
between two folders or two slips. Its pages become sheets when it is one run of fronts and one of as many backs: the
first back belongs to the first front, or to the last where the pile was turned over as a whole. A refused page takes
its place in either run. In every other pile each page is a sheet of its own and waits for a person: one paper fed twice
or not at all would join every later front to the back of somebody else.

Each page takes a number, whether it begins a sheet or not, so that no number hangs on what comes later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from daihoi.counts.terms import Removed, Seen, SeenPage, SeenSlip, Sheet
from daihoi.ledger.chain import Entry


class Backs(StrEnum):
    """When the backs of a pile came: each after its front, or after all fronts, in the same order or from the end."""

    BETWEEN = "between"
    SAME = "same"
    REVERSED = "reversed"


def backs_in(entries: Iterable[Entry]) -> Backs:
    """How this count was scanned, as it was said last."""
    said = [str(entry.facts["backs"]) for entry in entries if entry.kind == "backs.ordered"]
    return Backs(said[-1]) if said else Backs.BETWEEN


def pair_passes(seen: Iterable[Seen], backs: Backs) -> tuple[Sheet, ...]:
    """The sheets in the order of their numbers; `backs` is SAME or REVERSED."""
    sheets: list[Sheet] = []
    pile: list[SeenPage] = []
    number = 1
    for event in seen:
        if pile and _ends(pile, event):
            sheets += _sheets(pile, number, backs)
            number += len(pile)
            pile = []
        if isinstance(event, SeenPage):
            pile.append(event)
    return tuple(sheets + _sheets(pile, number, backs))


def _ends(pile: Sequence[SeenPage], event: Seen) -> bool:
    """Whether this pile takes no more pages: another begins, or one of its own was answered or removed."""
    if isinstance(event, SeenPage):
        return event.folder != pile[0].folder
    if isinstance(event, SeenSlip):
        return True
    # What was answered or removed must not change its meaning by what comes later.
    refs = event.refs if isinstance(event, Removed) else {event.ref}
    return any(page.ref in refs for page in pile)


def _sheets(pile: Sequence[SeenPage], number: int, backs: Backs) -> list[Sheet]:
    half = len(pile) // 2
    fronts, seconds = pile[:half], pile[half:]
    agree = len(fronts) == len(seconds)
    if not agree or any(page.page == 2 for page in fronts) or any(page.page == 1 for page in seconds):
        return [Sheet(number + place, _alone(page)) for place, page in enumerate(pile)]
    if backs is Backs.REVERSED:
        seconds = seconds[::-1]
    return [Sheet(number + place, both) for place, both in enumerate(zip(fronts, seconds, strict=True))]


def _alone(page: SeenPage) -> tuple[SeenPage | None, SeenPage | None]:
    return (None, page) if page.page == 2 else (page, None)
