"""`decide`: the board's answers from a review file into the ledger, all of them or none.

Every answer is checked first. One to something that this count has never heard of is refused; one that nothing hangs on
is passed over. Answers on pages and marks are taken before those on whole ballots, because they may show that a
ballot must be judged. An answer given again is nothing new; a changed one is another event, and the last holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from daihoi.counts.answers import answers_of
from daihoi.counts.assembly import Became
from daihoi.counts.count import Counted, counted
from daihoi.counts.count_folder import CountFolder, open_folder
from daihoi.counts.errors import KeyedIncomplete, KeyedRehearsal, NameMissing, UnknownRow, WrongAnswer
from daihoi.counts.grounds import require_figures
from daihoi.counts.judging import Judged
from daihoi.counts.outputs import Derived, Place, derive, write_outputs
from daihoi.counts.pairing import refused_on
from daihoi.counts.review import rows_of_board
from daihoi.interchange import decisions, review_file
from daihoi.interchange.decisions import PageWord
from daihoi.interchange.terms import ReviewRow
from daihoi.reading.terms import RefusalReason

_NEVER_KEYED = frozenset({RefusalReason.REHEARSAL, RefusalReason.NOT_REHEARSAL})


def decide(count: Path, review: Path, *, by: str, now: datetime) -> Counted:
    """Adopt the answers of the file `review`; `by` is who decided, `now` a moment with its offset from UTC.

    Raises NameMissing, UnknownRow, WrongAnswer, KeyedIncomplete, the errors of `open_folder`, InterchangeError.
    """
    name = " ".join(by.split())
    if not name:
        raise NameMissing()
    with open_folder(count) as folder:
        require_figures(folder.grounds)
        rows = review_file.parse(review.read_bytes(), str(review), form=folder.grounds.form)
        answered = [row for row in rows if row.decision]
        adopted, unneeded, after = _adopted(folder, answered, str(review))
        scanned = {batch.slip.ref: batch.scanned for batch in after.piles.batches}
        for row in adopted:
            facts: dict[str, object] = {"ballot": row.ballot, "candidate": row.candidate, "reason": row.reason}
            facts |= {"proposal": row.proposal, "decision": row.decision}
            if row.decision == PageWord.RECOUNTED:
                facts["scanned"] = scanned[row.ballot]
            folder.journal.append("decision.made", facts, at=now.isoformat(timespec="seconds"), by=name)
        folder.journal.sync()
        derived = derive(folder)
        record = write_outputs(folder, derived, adopted={(row.ballot, row.candidate) for row in answered})
    return counted(derived, record, unneeded=tuple(unneeded))


def _adopted(
    folder: CountFolder, answered: Sequence[ReviewRow], path: str
) -> tuple[list[ReviewRow], list[str], Derived]:
    """The rows to record, in the order of review.csv, with reason and proposal as the count has them; the rest; and
    how the count will stand.
    """
    # Nothing is appended before every row has been found good: half of a file adopted would be nobody's decision.
    before = derive(folder)
    _check_known(before, answered, folder, path)
    _check_never_keyed(before, answered, path)
    given = {(row.ballot, row.candidate): row.decision for row in answered}
    whole = {place for place in given if _is_whole(place)}
    asked = {place: row for row in before.rows if (place := (row.ballot, row.candidate)) not in whole}
    words = dict(before.answers.words)
    words |= {place: word for place, word in given.items() if place in asked}
    # What was said of a batch before holds for the number that it had then; what is said now, for what it has now.
    said_of = {slip: number for slip, number in before.answers.scanned.items() if (slip, "") not in given}
    # Now that marks and pages are answered, the ballots that are to be judged as a whole are known.
    between = derive(folder, answers_of(words, said_of))
    asked |= {place: row for row in between.rows if (place := (row.ballot, row.candidate)) in whole}
    asked |= {(row.ballot, row.candidate): row for row in rows_of_board(between.judged, given, asked)}
    words |= {place: word for place, word in given.items() if place in asked}
    after = derive(folder, answers_of(words, said_of))
    _check_fit(after, given, path)
    changed = [
        ReviewRow(*place, row.reason, row.proposal, given[place])
        for place, row in asked.items()
        if place in given and (given[place] != before.answers.words.get(place) or place in before.lapsed)
    ]
    unneeded = [_named(*place) for place in given if place not in asked]
    return changed, unneeded, after


def _check_known(before: Derived, answered: Sequence[ReviewRow], folder: CountFolder, path: str) -> None:
    ballots = {one.ballot for one in before.judged}
    pages = {page.ref for one in before.judged for page in one.assembled.sheet.pages}
    slips = {batch.slip.ref for batch in before.piles.batches}
    candidates = {"", *folder.grounds.candidates}
    crops = {(row.ballot, row.candidate): row.crop for row in before.rows if row.candidate}
    for row in answered:
        known = (
            row.ballot in pages | slips and not row.candidate
            if row.ballot.startswith(decisions.PAGE)
            else (row.ballot in ballots and row.candidate in candidates)
        )
        # A picture of another mark: the file is of a count in which the sheets were put together otherwise.
        shown = crops.get((row.ballot, row.candidate), row.crop)
        if not known or row.crop not in {"", shown}:
            raise UnknownRow(path=path, ballot=row.ballot, candidate=row.candidate)
        _check_word(row, slip=row.ballot in slips, path=path)
        for candidate in decisions.keyed_marks(row.decision) or {}:
            if candidate not in candidates:
                raise UnknownRow(path=path, ballot=row.ballot, candidate=candidate)


def _check_word(row: ReviewRow, *, slip: bool, path: str) -> None:
    """A slip is no ballot and has no marks; and only a slip speaks of a batch that can be counted again."""
    if slip != (row.decision == PageWord.RECOUNTED):
        others = [word for word in PageWord if word is not PageWord.RECOUNTED]
        expected = [PageWord.RECOUNTED] if slip else others
        raise WrongAnswer(path=path, ballot=row.ballot, found=row.decision, expected=expected)


def _check_never_keyed(before: Derived, answered: Sequence[ReviewRow], path: str) -> None:
    """A rehearsal ballot does not enter a real count by hand either, nor a real one a rehearsal."""
    why = {page.ref: refusal.reason for one in before.judged for page, refusal in refused_on(one.assembled.sheet)}
    for row in answered:
        if why.get(row.ballot) in _NEVER_KEYED and decisions.keyed_marks(row.decision) is not None:
            raise KeyedRehearsal(path=path, ballot=row.ballot, reason=why[row.ballot].value)


def _check_fit(after: Derived, given: Mapping[Place, str], path: str) -> None:
    """Answers that are words of the vocabulary and still do not answer this ballot."""
    for one in after.judged:
        word = given.get((one.ballot, ""))
        if one.unfit and word is not None:
            allowed = sorted({*one.assembled.observed, decisions.VALID})
            raise WrongAnswer(path=path, ballot=one.ballot, found=word, expected=allowed)
        if _is_stuck(one, after) and any((page.ref, "") in given for page in one.assembled.sheet.pages):
            raise KeyedIncomplete(path=path, ballot=one.assembled.sheet.pages[0].ref, missing=one.assembled.missing)


def _is_stuck(one: Judged, after: Derived) -> bool:
    """Whether every page of a waiting sheet is answered: nothing would be left to ask, and still it could not count."""
    refused = refused_on(one.assembled.sheet)
    return one.assembled.became is Became.WAITING and all(page.ref in after.answers.pages for page, _ in refused)


def _is_whole(place: Place) -> bool:
    ballot, candidate = place
    return decisions.place_of(ballot, candidate) is decisions.Place.BALLOT


def _named(ballot: str, candidate: str) -> str:
    return f"{ballot} {candidate}".strip()
