"""positions.csv and batches.csv: where in the pile the paper lies that a row of review.csv asks about.

Both follow from the ledger and are no part of the record: they help people to find paper, and paper bears no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from daihoi.counts.batches import Batch, Piles, Position
from daihoi.counts.judging import Judged
from daihoi.counts.terms import SeenScan
from daihoi.interchange import spreadsheet
from daihoi.interchange.terms import ReviewRow

POSITIONS = "positions.csv"
BATCHES = "batches.csv"
POSITION_COLUMNS = ("ballot", "candidate", "reason", "file", "page", "batch", "batches", "sheet")
BATCH_COLUMNS = ("batch", "batches", "ballots", "scanned", "file", "page")


@dataclass(frozen=True)
class Places:
    """Where a row's paper is found: its scan by (ballot, candidate), and its position in the pile by ballot or page."""

    scans: Mapping[tuple[str, str], SeenScan]
    positions: Mapping[str, Position]


def places_of(judged: Iterable[Judged], piles: Piles) -> Places:
    """Every place that a row may speak of."""
    slips = (*piles.removed, *(batch.slip for batch in piles.batches))
    scans: dict[tuple[str, str], SeenScan] = {(slip.ref, ""): slip for slip in slips}
    lies = {slip.ref: Position(slip.batch, slip.batches, 0) for slip in slips}
    for one in judged:
        ballot, pages = one.ballot, one.assembled.sheet.pages
        # A whole ballot is found by its first page.
        scans[ballot, ""] = pages[0]
        lies |= dict.fromkeys((ballot, *(page.ref for page in pages)), piles.positions[ballot])
        for page in pages:
            scans[page.ref, ""] = page
            scans.update({(ballot, mark.candidate): page for mark in page.marks})
    return Places(scans, lies)


def positions_file(rows: Iterable[ReviewRow], judged: Iterable[Judged], piles: Piles) -> bytes:
    """positions.csv: a line for each row of review.csv, in its order; pages from 1, batch empty outside of any."""
    places = places_of(judged, piles)
    lines = (_line(row, places.scans[row.place], places.positions[row.ballot]) for row in rows)
    return spreadsheet.dump(POSITION_COLUMNS, lines)


def _line(row: ReviewRow, scan: SeenScan, lies: Position) -> tuple[str, ...]:
    batch, batches, sheet = (str(figure or "") for figure in (lies.batch, lies.batches, lies.sheet))
    return row.ballot, row.candidate, row.reason, scan.file, str(scan.index + 1), batch, batches, sheet


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
