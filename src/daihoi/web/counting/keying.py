"""A count that people key from the papers: letters, what differs between two people, the file that is compared.

Two people key each paper without seeing what the other keyed. Where they differ only those names come back, cleared, to
both, to be read from the paper again; a third person reads what differs even then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from daihoi.counts.disk import write_whole
from daihoi.interchange import spreadsheet
from daihoi.rules.terms import BallotForm, InvalidGround, Mark
from daihoi.web.counting import folders
from daihoi.web.counting.choices import Turn, Way
from daihoi.web.counting.models import Batch, Count, KeyedBallot
from daihoi.web.elections import making
from daihoi.web.elections.models import Contest

LETTERS: Mapping[BallotForm, Mapping[str, Mark]] = {
    BallotForm.STRIKE_OUT: {"k": Mark.KEPT, "x": Mark.STRUCK},
    BallotForm.AGREE_DISAGREE: {"a": Mark.AGREE, "d": Mark.DISAGREE, "b": Mark.BOTH, "n": Mark.NONE},
}
"""One key a name."""

GROUNDS: Mapping[str, InvalidGround] = {
    "1": InvalidGround.NOT_ISSUED,
    "2": InvalidGround.SIGNED_OR_EXTRA_TEXT,
    "3": InvalidGround.OUTSIDE_NAME,
    "4": InvalidGround.DISTINGUISHING_MARK,
}
"""What marks do not tell, by its key; the rest follows from the marks."""


VALID = "valid"


def standings_of(contest: Contest) -> Mapping[str, str]:
    """What may be keyed of a ballot as a whole, by its key.

    Where several are voted on by squares and nobody is agreed to, marks do not tell whether the ballot votes at all:
    the board says so of the paper. [case A3]
    """
    listed = making.listed(contest)
    seen = {key: ground.value for key, ground in GROUNDS.items()}
    if making.ballot_form_of(contest) is BallotForm.AGREE_DISAGREE and len(listed) > 1:
        return seen | {"5": InvalidGround.VOTES_NOBODY.value, "6": VALID}
    return seen


@dataclass(frozen=True)
class Paper:
    """One paper as it stands: `marks` and `standing` where it is settled; else who must key it and which names."""

    number: int
    settled: bool
    marks: str = ""
    standing: str = ""
    differs: tuple[int, ...] = ()
    attempts: Mapping[Turn, int] | None = None

    def asks(self, turn: Turn) -> bool:
        """Whether somebody of this turn keys it now."""
        if self.settled:
            return False
        done = self.attempts or {}
        first, second = done.get(Turn.FIRST, 0), done.get(Turn.SECOND, 0)
        if turn is Turn.THIRD:
            return first == second and first >= LAST_ATTEMPT
        mine, other = (first, second) if turn is Turn.FIRST else (second, first)
        return mine == 0 or (mine <= other and mine < LAST_ATTEMPT)


LAST_ATTEMPT = 2
"""Each reads a paper twice at most; then a third person reads what still differs."""


def papers(batch: Batch, rows: Iterable[KeyedBallot] | None = None) -> list[Paper]:
    """All papers of a batch in their order."""
    found = list(batch.keyed.all()) if rows is None else list(rows)
    by_number: dict[int, list[KeyedBallot]] = {}
    for one in found:
        by_number.setdefault(one.number, []).append(one)
    return [paper(number, by_number.get(number, [])) for number in range(1, batch.papers + 1)]


def paper(number: int, rows: Sequence[KeyedBallot]) -> Paper:
    """One paper from all that was keyed of it."""
    last = {Turn(one.turn): one for one in sorted(rows, key=lambda one: one.attempt)}
    attempts = {turn: one.attempt for turn, one in last.items()}
    third = last.get(Turn.THIRD)
    if third is not None:
        return Paper(number, True, third.marks, third.standing, attempts=attempts)
    first, second = last.get(Turn.FIRST), last.get(Turn.SECOND)
    if first is None or second is None or first.attempt != second.attempt:
        before = _before(rows, first, second)
        return Paper(number, False, differs=before, attempts=attempts)
    differs = differ(first, second)
    if not differs:
        return Paper(number, True, first.marks, first.standing, attempts=attempts)
    return Paper(number, False, differs=differs, attempts=attempts)


def _before(rows: Sequence[KeyedBallot], first: KeyedBallot | None, second: KeyedBallot | None) -> tuple[int, ...]:
    """What differed at the last attempt that both made, while one of them has keyed it again and the other has not."""
    if first is None or second is None:
        return ()
    both = min(first.attempt, second.attempt)
    held = {Turn(one.turn): one for one in rows if one.attempt == both}
    return differ(held[Turn.FIRST], held[Turn.SECOND])


STANDING = -1
"""In the place of a name: what the ballot as a whole was called."""


def differ(first: KeyedBallot, second: KeyedBallot) -> tuple[int, ...]:
    """The names that two keyed otherwise, by place from 0, and STANDING where they called the whole otherwise."""
    names = tuple(at for at, (one, other) in enumerate(zip(first.marks, second.marks, strict=True)) if one != other)
    return (*names, *((STANDING,) if first.standing != second.standing else ()))


def cleared(marks: str, differs: Iterable[int]) -> str:
    """What comes back to who keyed it: their own marks, with those that differ emptied ("-")."""
    gone = set(differs)
    return "".join("-" if at in gone else mark for at, mark in enumerate(marks))


def letters_of(contest: Contest) -> Mapping[str, Mark]:
    """The keys of this contest's ballots."""
    return LETTERS[making.ballot_form_of(contest)]


def is_whole(count: Count) -> bool:
    """Whether every batch is keyed, settled, and all papers of the contest are in some batch."""
    batches = list(count.batches.filter(removed_at__isnull=True).prefetch_related("keyed"))
    if not batches:
        return False
    if count.way == Way.TOTALS:
        return all(hasattr(batch, "totals") for batch in batches)
    return all(one.settled for batch in batches for one in papers(batch))


def stamp(count: Count) -> str:
    """Changes with every key that changes the count."""
    return hashlib.sha256(csv_of(count)).hexdigest()[:16]


def csv_of(count: Count) -> bytes:
    """What was keyed as `interchange.keyed_file` reads it: a row a ballot, or the totals."""
    if count.way == Way.TOTALS:
        return _totals(count)
    names = [one.candidate for one in making.listed(count.contest)]
    letters = letters_of(count.contest)
    header = ("ballot", *names, "standing")
    return spreadsheet.dump(header, (row for row in _rows(count, letters)))


def ballot_name(batch: Batch, number: int) -> str:
    """What a keyed paper is called: its pile, and its place in it."""
    return f"{batch.folder}-{number:03d}"


def _rows(count: Count, letters: Mapping[str, Mark]) -> Iterator[tuple[str, ...]]:
    for batch in count.batches.filter(removed_at__isnull=True).prefetch_related("keyed"):
        for one in papers(batch):
            if one.settled:
                marks = (letters[mark].value for mark in one.marks)
                yield (ballot_name(batch, one.number), *marks, one.standing)


def _totals(count: Count) -> bytes:
    votes: dict[str, int] = {one.candidate: 0 for one in making.listed(count.contest)}
    valid = invalid = 0
    for batch in count.batches.filter(removed_at__isnull=True).select_related("totals"):
        if hasattr(batch, "totals"):
            valid, invalid = valid + batch.totals.valid, invalid + batch.totals.invalid
            for candidate, figure in batch.totals.votes.items():
                votes[candidate] += int(figure)
    rows = [*votes.items(), ("collected", valid + invalid), ("valid", valid), ("invalid", invalid)]
    return spreadsheet.dump(("candidate", "votes"), ((name, str(figure)) for name, figure in rows))


def write_csv(count: Count) -> Path:
    """The file beside the counts that it is compared with."""
    path = folders.folder_of(count) / "keyed.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, csv_of(count))
    return path
