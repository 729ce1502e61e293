"""The board's answers into the ledger, all of them or none, whether they come from a file or from a screen.

Every answer is checked first. One to something that this count has never heard of is refused; one that nothing hangs on
is passed over. Answers on pages and marks are taken before those on whole ballots, because they may show that a
ballot must be judged. An answer given again is nothing new; a changed one is another event, and the last holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from daihoi.counts.answers import answers_of
from daihoi.counts.assembly import Became
from daihoi.counts.count_folder import CountFolder
from daihoi.counts.errors import KeyedIncomplete, KeyedRehearsal, NameMissing, UnknownRow, WrongAnswer
from daihoi.counts.judging import Judged
from daihoi.counts.outputs import Derived, Place, derive
from daihoi.counts.pairing import refused_on
from daihoi.counts.review import rows_of_board
from daihoi.interchange import decisions, review_file
from daihoi.interchange.decisions import PageWord
from daihoi.interchange.terms import ReviewRow
from daihoi.reading.terms import RefusalReason

_NEVER_KEYED = frozenset({RefusalReason.REHEARSAL, RefusalReason.NOT_REHEARSAL})


@dataclass(frozen=True)
class Answer:
    """One answer of the board: the place and the word as review.csv has them; `crop` as the question showed it.

    `by` and `at` (a moment with its offset from UTC) where they are others than those of the whole call.
    """

    ballot: str
    candidate: str
    decision: str
    crop: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Said:
    """Who said something, and when: a moment with its offset from UTC."""

    by: str
    at: datetime

    @property
    def name(self) -> str:
        """As the ledger writes it; empty where nobody said it."""
        return " ".join(self.by.split())

    @property
    def moment(self) -> str:
        """As the ledger writes it."""
        return self.at.isoformat(timespec="seconds")


def rows_from(answers: Iterable[Answer], folder: CountFolder, source: str) -> tuple[ReviewRow, ...]:
    """The answers as rows of review.csv, each word in its own spelling; an error names them as rows of `source`.

    Raises BadDecisionError, ConflictingDecisionsError.
    """
    cells = (
        {"ballot": one.ballot, "candidate": one.candidate, "decision": one.decision, "crop": one.crop}
        for one in answers
    )
    return review_file.rows_of(enumerate(cells, start=1), source, form=folder.grounds.form)


def adopt(
    folder: CountFolder,
    answered: Sequence[ReviewRow],
    said: Said,
    source: str,
    *,
    each: Mapping[Place, Said] | None = None,
) -> tuple[str, ...]:
    """Record the answers in the ledger, on disk when this returns; the names of those that nothing hangs on.

    `each`: who said what, where it was another than `said`. Raises NameMissing, UnknownRow, WrongAnswer,
    KeyedIncomplete, KeyedRehearsal; then nothing was recorded.
    """
    by_place = each or {}
    speakers = [by_place.get(row.place, said) for row in answered] or [said]
    if not all(one.name for one in speakers):
        raise NameMissing()
    adopted, unneeded, after = _adopted(folder, answered, source)
    scanned = {batch.slip.ref: batch.scanned for batch in after.piles.batches}
    for row in adopted:
        facts: dict[str, object] = {"ballot": row.ballot, "candidate": row.candidate, "reason": row.reason}
        facts |= {"proposal": row.proposal, "decision": row.decision}
        if row.decision == PageWord.RECOUNTED:
            # The board spoke of this number: when sheets come or go afterwards, it is asked again.
            facts["scanned"] = scanned[row.ballot]
        who = by_place.get(row.place, said)
        folder.journal.append("decision.made", facts, at=who.moment, by=who.name)
    folder.journal.sync()
    return tuple(unneeded)


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
    given = {row.place: row.decision for row in answered}
    whole = {place for place in given if _is_whole(place)}
    asked = {row.place: row for row in before.rows if row.place not in whole}
    words = dict(before.answers.words)
    words |= {place: word for place, word in given.items() if place in asked}
    # What was said of a batch before holds for the number that it had then; what is said now, for what it has now.
    said_of = {slip: number for slip, number in before.answers.scanned.items() if (slip, "") not in given}
    # Now that marks and pages are answered, the ballots that are to be judged as a whole are known.
    between = derive(folder, answers_of(words, said_of))
    asked |= {row.place: row for row in between.rows if row.place in whole}
    asked |= {row.place: row for row in rows_of_board(between.judged, given, asked)}
    words |= {place: word for place, word in given.items() if place in asked}
    after = derive(folder, answers_of(words, said_of))
    _check_fit(after, given, path)
    # The same word said again is no other event, but where it has lapsed: then it is said of another number.
    held = {place: word for place, word in before.answers.words.items() if place not in before.lapsed}
    changed = [
        replace(row, decision=given[place])
        for place, row in asked.items()
        if place in given and given[place] != held.get(place)
    ]
    unneeded = [_named(*place) for place in given if place not in asked]
    return changed, unneeded, after


def _check_known(before: Derived, answered: Sequence[ReviewRow], folder: CountFolder, path: str) -> None:
    ballots = {one.ballot for one in before.judged}
    slips = {batch.slip.ref for batch in before.piles.batches}
    scans = slips | {page.ref for one in before.judged for page in one.assembled.sheet.pages}
    candidates = folder.grounds.candidates
    crops = {row.place: row.crop for row in before.rows if row.candidate}
    for row in answered:
        # A picture of another mark: the file is of a count in which the sheets were put together otherwise.
        shown = crops.get(row.place, row.crop)
        if not _stands(row, ballots, scans, candidates) or row.crop not in {"", shown}:
            raise UnknownRow(path=path, ballot=row.ballot, candidate=row.candidate)
        _check_word(row, slip=row.ballot in slips, path=path)
        strangers = [one for one in decisions.keyed_marks(row.decision) or () if one not in candidates]
        if strangers:
            raise UnknownRow(path=path, ballot=row.ballot, candidate=strangers[0])


def _stands(row: ReviewRow, ballots: Set[str], scans: Set[str], candidates: Sequence[str]) -> bool:
    """Whether this count has what a row speaks of, asked or not: the board may have seen what the reader did not."""
    if row.ballot.startswith(decisions.PAGE):
        return row.ballot in scans and not row.candidate
    return row.ballot in ballots and row.candidate in ("", *candidates)


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
