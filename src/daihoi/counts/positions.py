"""positions.csv and batches.csv: where in the pile the paper lies that a row of review.csv asks about.

Both follow from the ledger and are no part of the record: they help people to find paper, and paper bears no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from daihoi.counts.batches import Batch, Piles, Position
from daihoi.counts.judging import Judged
from daihoi.interchange import spreadsheet
from daihoi.interchange.decisions import PAGE, page_of
from daihoi.interchange.terms import ReviewRow

POSITIONS = "positions.csv"
BATCHES = "batches.csv"
POSITION_COLUMNS = ("ballot", "candidate", "reason", "file", "page", "batch", "batches", "sheet")
BATCH_COLUMNS = ("batch", "batches", "ballots", "scanned", "file", "page")


def positions_file(rows: Iterable[ReviewRow], judged: Iterable[Judged], piles: Piles) -> bytes:
    """positions.csv: a line for each row of review.csv, in its order; pages from 1, batch empty outside of any."""
    listed = tuple(judged)
    pages = {
        (one.ballot, mark.candidate): (page.file, page.index)
        for one in listed
        for page in one.assembled.sheet.pages
        for mark in page.marks
    }
    pages |= {
        (one.ballot, ""): (one.assembled.sheet.pages[0].file, one.assembled.sheet.pages[0].index) for one in listed
    }
    sheets = {page.ref: one.ballot for one in listed for page in one.assembled.sheet.pages}
    slips = {batch.slip.ref: Position(batch.batch, batch.batches, 0) for batch in piles.batches}
    return spreadsheet.dump(POSITION_COLUMNS, _lines(rows, pages, {**_of_pages(sheets, piles), **slips}, piles))


def _of_pages(sheets: Mapping[str, str], piles: Piles) -> dict[str, Position]:
    return {ref: piles.positions[ballot] for ref, ballot in sheets.items()}


def _lines(
    rows: Iterable[ReviewRow],
    pages: Mapping[tuple[str, str], tuple[str, int]],
    of_pages: Mapping[str, Position],
    piles: Piles,
) -> Iterator[tuple[str, ...]]:
    for row in rows:
        known = page_of(row.ballot) if row.ballot.startswith(PAGE) else pages.get((row.ballot, row.candidate))
        position = of_pages.get(row.ballot) or piles.positions.get(row.ballot)
        if known is None or position is None:
            continue
        file, index = known
        batch, batches, sheet = (str(figure or "") for figure in (position.batch, position.batches, position.sheet))
        yield row.ballot, row.candidate, row.reason, file, str(index + 1), batch, batches, sheet


def batches_file(batches: Iterable[Batch]) -> bytes:
    """batches.csv: a line for each batch whose slip was seen: ballots by hand, sheets scanned, place of the slip."""
    lines = (
        (
            *(str(figure) for figure in (one.batch, one.batches, one.ballots, one.scanned)),
            one.slip.file,
            str(one.slip.index + 1),
        )
        for one in batches
    )
    return spreadsheet.dump(BATCH_COLUMNS, lines)
