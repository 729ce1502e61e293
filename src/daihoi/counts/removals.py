"""Batches that were taken out of the count: an act of a person, for a pile that was fed wrongly and is scanned again.

The scans stay in COUNT/images as evidence and their pages in the ledger; none of them counts. A scan of the same paper,
even the very same file under another name, is then a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from daihoi.interchange.decisions import PAGE, page_name
from daihoi.ledger.chain import Entry

REMOVED = "batch.removed"
PAGE_EVENTS = frozenset({"page.read", "page.refused", "batch.begun"})
"""The events by which a page stands in the ledger."""


def pages_removed_by(entry: Entry) -> frozenset[str]:
    """The pages of one removal, as review.csv names them."""
    pages = entry.facts["pages"]
    return frozenset(f"{PAGE}{page}" for page in pages) if isinstance(pages, list | tuple) else frozenset()


def files_removed(entries: Sequence[Entry]) -> frozenset[str]:
    """The files of which every page was removed, by their name in the ledger."""
    gone = removed_in(entries)
    pages = [(str(one.facts["file"]), one.whole("index")) for one in entries if one.kind in PAGE_EVENTS] if gone else []
    stay = {file for file, index in pages if page_name(file, index) not in gone}
    return frozenset(file for file, _ in pages) - stay


def removed_in(entries: Iterable[Entry]) -> frozenset[str]:
    """All pages that were removed, as review.csv names them."""
    gone = (pages_removed_by(entry) for entry in entries if entry.kind == REMOVED)
    return frozenset().union(*gone)
