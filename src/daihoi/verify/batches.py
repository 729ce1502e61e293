"""Batches of the separator slips: as many sheets as were counted by hand, or the board's word that it counted again.

docs/dev/ledger.md, "Batches", says in words what is done here.
"""

from __future__ import annotations

from daihoi.verify.sheets import History, Page, Removal, Slip, comes_to_nothing, sheets_of

RECOUNTED = "recounted"


def batches_waiting(history: History, sides: int) -> list[Slip]:
    """The first slips of batches whose number nobody has settled (none in a finished count)."""
    first, of_page = _slips_of_pages(history)
    scanned = dict.fromkeys(first, 0)
    for number, sheet in enumerate(sheets_of(history, sides), 1):
        pages = tuple(page for page in sheet if page is not None)
        slip = of_page.get(pages[0].name) if pages else None
        if slip is not None and slip.key in scanned and not comes_to_nothing(f"b{number:04d}", pages, sides, history):
            scanned[slip.key] += 1
    return [
        slip
        for key, slip in first.items()
        if scanned[key] != slip.ballots and not _is_settled(slip, scanned[key], history)
    ]


def _slips_of_pages(history: History) -> tuple[dict[tuple[int, int, int], Slip], dict[str, Slip]]:
    """The first slip of each batch by its key, and the slip under which each page lies."""
    first: dict[tuple[int, int, int], Slip] = {}
    of_page: dict[str, Slip] = {}
    current: Slip | None = None
    lies_under = current
    for one in history.order:
        if isinstance(one, Slip):
            lies_under = one
            # A slip that was removed begins no batch; until then what followed it was of none that stands.
            current = one if one.name in history.removed else first.setdefault(one.key, one)
            folder = one.folder
        elif isinstance(one, Removal) and lies_under is not None and lies_under.name in one.names:
            current = None
        elif isinstance(one, Page):
            if current is not None and one.folder != folder:
                current = None
            if current is not None:
                of_page[one.name] = current
    return first, of_page


def _is_settled(slip: Slip, scanned: int, history: History) -> bool:
    """Whether the board said so of this number: sheets that came or went since make it another question."""
    said = history.decisions.get((slip.name, ""), "") == RECOUNTED
    return said and history.recounted.get(slip.name, scanned) == scanned
