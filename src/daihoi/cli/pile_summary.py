"""Where in the pile the papers lie that people must look at, and whether batches hold what was counted by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from daihoi.counts.positions import BATCHES, POSITIONS
from daihoi.interchange import review_file, spreadsheet
from daihoi.words.language import _
from daihoi.words.reasons import reasons
from daihoi.words.shown import shown

SHOWN = 12
"""Places that are told one by one; more of them are found in positions.csv."""


def batch_lines(folder: Path) -> Iterator[str]:
    """How many batches there are, which differ from the hand count, which slip was not seen; nothing without slips."""
    batches = _table(folder / BATCHES)
    if not batches:
        return
    most = max(int(row["batches"]) for row in batches)
    yield _("Batches with a slip: {seen} of {batches}.").format(
        seen=len({row["batch"] for row in batches}), batches=most
    )
    for row in batches:
        if row["ballots"] != row["scanned"]:
            yield _("Batch {batch}/{batches}: counted by hand {ballots}, scanned {scanned}.").format(**row)
    numbers = {int(row["batch"]) for row in batches}
    unseen = [str(number) for number in range(1, most + 1) if number not in numbers]
    if unseen:
        yield _("No slip was seen of batch {unseen}.").format(unseen=", ".join(unseen))


def place_lines(folder: Path, review: Path, names: Mapping[str, str]) -> Iterator[str]:
    """Where the papers of the open questions lie, and whose names they are about; the rest in positions.csv."""
    rows = review_file.parse(review.read_bytes(), str(review))
    still = {row.place for row in rows if not row.decision}
    places = [row for row in _table(folder / POSITIONS) if (row["ballot"], row["candidate"]) in still]
    for row in places[:SHOWN]:
        yield "  " + _where(row, names)
    if len(places) > SHOWN:
        yield _("  ... and {more} more in {path}").format(more=len(places) - SHOWN, path=folder / POSITIONS)


def _where(row: Mapping[str, str], names: Mapping[str, str]) -> str:
    candidate = row["candidate"]
    told = {
        **row,
        "file": shown(row["file"]),
        "reason": reasons(row["reason"]),
        "name": names.get(candidate, candidate),
    }
    if not row["sheet"]:
        return _("batch {batch}/{batches}, slip {file} page {page}: {reason}").format(**told)
    scan = _("{file} page {page}, {name}") if candidate else _("{file} page {page}")
    told["scan"] = scan.format(**told)
    if row["batch"]:
        return _("batch {batch}/{batches}, sheet {sheet} ({scan}): {reason}").format(**told)
    return _("sheet {sheet} of its folder ({scan}): {reason}").format(**told)


def _table(path: Path) -> Sequence[dict[str, str]]:
    """The lines of one of our tables by column; none where the count was written before there were such tables."""
    if not path.is_file():
        return ()
    header, *lines = spreadsheet.parse(path.read_bytes())
    return [{name: spreadsheet.cell_of(cells, place) for place, name in enumerate(header)} for cells in lines]
