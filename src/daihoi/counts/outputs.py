"""Everything that follows from the ledger: ballots, refused pages, review, result, cast vote records, record.

The same ledger gives the same bytes. Answers typed into review.csv and not yet adopted are the one thing that stands in
a derived file alone, and so they are carried over when it is written again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from daihoi.counts.answers import Answers, answers_in, answers_of
from daihoi.counts.assembly import Became
from daihoi.counts.batches import Piles, piles_of
from daihoi.counts.count_folder import ELECTION, SHEET, CountFolder
from daihoi.counts.disk import write_whole, writing
from daihoi.counts.errors import CropMissing
from daihoi.counts.judging import Judged, judge_all
from daihoi.counts.keyed_count import ballots_of, keyed_count
from daihoi.counts.one_sided import backs_in
from daihoi.counts.page_events import pages_seen
from daihoi.counts.pairing import refused_on
from daihoi.counts.positions import BATCHES, POSITIONS, batches_file, positions_file
from daihoi.counts.reader_names import NAMED
from daihoi.counts.results import result_of
from daihoi.counts.review import review_rows, rows_of_board
from daihoi.counts.tally import classified
from daihoi.interchange import ballot_lines, cvr, record_file, refused_lines, result_file, review_file
from daihoi.interchange.record_file import ImageRef, LedgerHead
from daihoi.interchange.terms import BallotLine, PageRef, RefusedLine, ResultDocument, ReviewRow
from daihoi.ledger.chain import Entry
from daihoi.ledger.events import EVENTS
from daihoi.rules.ballot import Classified
from daihoi.rules.terms import InvalidGround

BALLOTS = "ballots.jsonl"
REFUSED = "refused.jsonl"
REVIEW = "review.csv"
RESULT = "result.json"
CVR = "cvr.json"
RECORD = "record.json"

Place = tuple[str, str]


@dataclass(frozen=True)
class Derived:
    """A count as its ledger has it; `rows` with the answers adopted so far."""

    judged: tuple[Judged, ...]
    answers: Answers
    result: ResultDocument
    rows: tuple[ReviewRow, ...]
    piles: Piles
    lapsed: frozenset[Place] = frozenset()
    """Answers on batches that other sheets have come to, or gone out of, since."""
    lines: tuple[BallotLine, ...] = ()
    """The ballots of a keyed count, which has no sheets."""

    @property
    def open_rows(self) -> int:
        """Answers that the result waits for."""
        needed = 0
        for one in self.judged:
            if one.classified is not None:
                needed += len(one.classified.awaiting_marks) + one.classified.awaiting_ballot
            elif one.waiting:
                given = [page.ref in self.answers.pages for page, _ in refused_on(one.assembled.sheet)]
                needed += max(1, given.count(False))
        return needed + sum(batch.asks(self.answers) for batch in self.piles.batches)


def derive(folder: CountFolder, answers: Answers | None = None) -> Derived:
    """The count from its ledger; with `answers`, as it would stand with these in place of the ledger's own."""
    entries = folder.journal.entries
    if folder.keyed:
        return _derive_keyed(folder)
    held = answers_in(entries) if answers is None else answers
    seen = pages_seen(entries, folder.grounds.candidates, folder.known)
    judged = judge_all(seen, held, folder.grounds, folder.sides, backs_in(entries))
    piles = piles_of(seen, judged)
    pending = sum(len(refused_on(one.assembled.sheet)) for one in judged if one.waiting)
    pending += sum(batch.asks(held) for batch in piles.batches)
    concluded = [one.classified for one in judged if one.classified is not None]
    lapsed = frozenset((batch.slip.ref, "") for batch in piles.batches if batch.has_lapsed(held))
    words = {place: word for place, word in held.words.items() if place not in lapsed}
    return Derived(
        judged,
        held,
        result_of(folder.grounds, concluded, pending_pages=pending),
        review_rows(judged, words, piles),
        piles,
        lapsed,
    )


def _derive_keyed(folder: CountFolder) -> Derived:
    """A keyed count has neither sheets to judge nor questions; what nobody settled waits as a page would."""
    count = keyed_count(folder.journal.entries)
    lines = ballots_of(count, folder.grounds)
    come = [classified(line, folder.grounds) for line in lines]
    result = result_of(folder.grounds, come, pending_pages=count.waiting)
    return Derived((), answers_of({}), result, (), Piles((), {}), lines=lines)


def ballot_line(judged: Judged) -> BallotLine | None:
    """The line of ballots.jsonl; None for a sheet that is no ballot (yet)."""
    if judged.classified is None:
        return None
    return BallotLine(
        ballot=judged.ballot,
        marks=judged.assembled.marks if judged.assembled.became is Became.BALLOT else {},
        pages=tuple(PageRef(page.file, page.index, page.sha256) for page in judged.assembled.sheet.pages),
        standing=judged.classified.standing,
        grounds=grounds_shown(judged.classified),
        votes=judged.classified.votes,
    )


def grounds_shown(classified: Classified | None) -> tuple[InvalidGround, ...]:
    """The grounds of an invalid ballot; of an undecided one those that the board has before it."""
    if classified is None:
        return ()
    return classified.observed if classified.awaiting_ballot else classified.grounds


def refused_line_of(judged: Judged) -> tuple[RefusedLine, ...]:
    """The lines of refused.jsonl for one sheet: what was refused stays told, whatever a person did about it."""
    return tuple(
        RefusedLine(page.file, page.index, refusal.reason, refusal.found, refusal.expected)
        for page, refusal in refused_on(judged.assembled.sheet)
    )


def typed_rows(folder: CountFolder) -> Mapping[Place, str]:
    """The answers that stand in COUNT/review.csv, adopted or not. Raises InterchangeError when it cannot be read."""
    path = folder.path / REVIEW
    if not path.is_file():
        return {}
    rows = review_file.parse(path.read_bytes(), str(path), form=folder.grounds.form)
    return {row.place: row.decision for row in rows if row.decision}


def write_outputs(folder: CountFolder, derived: Derived, *, adopted: Collection[Place] = ()) -> bytes:
    """Write what differs and answer with the bytes of record.json, which is written last.

    What is typed into review.csv stays, but for the places just `adopted`, which show the answer of the ledger.
    Raises WriteFailed, DiskFull, CropMissing, InterchangeError.
    """
    if folder.keyed:
        return _write_keyed(folder, derived)
    rows = _rows_to_write(folder, derived, adopted)
    lines = [line for one in derived.judged if (line := ballot_line(one)) is not None]
    grounds = folder.grounds
    files = {
        BALLOTS: ballot_lines.dump(lines),
        REFUSED: refused_lines.dump(line for one in derived.judged for line in refused_line_of(one)),
        REVIEW: review_file.dump(rows),
        RESULT: result_file.dump(derived.result),
        CVR: cvr.build(grounds.election, grounds.contest, lines, form=grounds.form, software=folder.opened.software),
    }
    # The record names all the others: as long as it is the old one, the digest is that of the old count.
    for name, data in files.items():
        write_whole(folder.path / name, data)
    kept = {name: (folder.path / name).read_bytes() for name in (ELECTION, SHEET, *folder.kept)}
    record = _record(folder, files, derived, kept)
    write_whole(folder.path / POSITIONS, positions_file(rows, derived.judged, derived.piles))
    write_whole(folder.path / BATCHES, batches_file(derived.piles.batches))
    write_whole(folder.path / RECORD, record)
    for torn in folder.path.glob(".*.part"):
        with writing(torn):
            torn.unlink()
    return record


def keyed_files(folder: CountFolder, derived: Derived, election: bytes) -> Mapping[str, bytes]:
    """The files of a keyed count by name, record.json last; `election` as the ledger has it."""
    grounds, software = folder.grounds, folder.opened.software
    files = {
        BALLOTS: ballot_lines.dump(derived.lines),
        RESULT: result_file.dump(derived.result),
        CVR: cvr.build(grounds.election, grounds.contest, derived.lines, form=grounds.form, software=software),
    }
    return files | {RECORD: _record(folder, files, derived, {ELECTION: election})}


def _write_keyed(folder: CountFolder, derived: Derived) -> bytes:
    files = keyed_files(folder, derived, (folder.path / ELECTION).read_bytes())
    for name, data in files.items():
        write_whole(folder.path / name, data)
    return files[RECORD]


def write_review(folder: CountFolder, derived: Derived, places: Collection[Place]) -> None:
    """Write review.csv alone, with nothing typed at `places`. Raises as `write_outputs`."""
    write_whole(folder.path / REVIEW, review_file.dump(_rows_to_write(folder, derived, places)))


def _rows_to_write(folder: CountFolder, derived: Derived, adopted: Collection[Place]) -> tuple[ReviewRow, ...]:
    """The rows of review.csv, with what was typed there since it was written last."""
    typed = {place: word for place, word in typed_rows(folder).items() if place not in adopted}
    # A word that has lapsed still stands in the file of before; it is not typed anew by standing there.
    typed = {place: word for place, word in typed.items() if place not in derived.lapsed}
    rows = tuple(replace(row, decision=typed.get(row.place, row.decision)) for row in derived.rows)
    # A row that the board added and nobody has adopted yet must not be lost by counting on.
    return rows + rows_of_board(derived.judged, typed, {row.place for row in rows})


def _record(folder: CountFolder, files: Mapping[str, bytes], derived: Derived, kept: Mapping[str, bytes]) -> bytes:
    crops = crops_in(derived)
    entries = folder.journal.entries
    return record_file.build(
        contest=folder.opened.contest,
        software=folder.opened.software,
        settings=settings_table(folder),
        images=(_image(entry) for entry in entries if entry.kind == "image.taken"),
        files={**kept, **files, **{name: _crop(folder.path / name) for name in crops}},
        ledger=head_of(entries),
        readers=readers_in(entries),
        keyed=folder.keyed,
    )


def crops_in(derived: Derived) -> list[str]:
    """Every crop of the count, of ink that no row shows among them."""
    marks = {mark.crop for one in derived.judged for mark in one.assembled.doubts}
    ink = {ink.crop for one in derived.judged for ink in one.assembled.foreign}
    alike = {page.alike_crop for one in derived.judged for page in one.assembled.sheet.pages if page.alike}
    return sorted(marks | ink | alike)


def settings_table(folder: CountFolder) -> Mapping[str, bool | int | str]:
    """All settings as they held."""
    told: dict[str, bool | int | str] = dict(vars(folder.grounds.settings))
    # Without codes no form check was possible: that belongs to how this count was held.
    return told | {"learned_sheet": True} if folder.learned else told


def readers_in(entries: Iterable[Entry]) -> list[Mapping[str, object]]:
    """All readers that read a page of this count, in the order in which they came."""
    return [entry.facts for entry in entries if entry.kind == NAMED]


def _image(entry: Entry) -> ImageRef:
    facts = entry.facts
    return ImageRef(
        file=str(facts["file"]),
        stored=str(facts["stored"]),
        sha256=str(facts["sha256"]),
        bytes=entry.whole("bytes"),
    )


def _crop(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise CropMissing(path=str(path)) from None


def head_of(entries: Sequence[Entry]) -> LedgerHead:
    """The last entry that the result follows from: minutes and seals after it do not change the digest."""
    counted = [entry for entry in entries if EVENTS[entry.kind].counts]
    return LedgerHead(events=counted[-1].seq + 1, head=counted[-1].hash)
