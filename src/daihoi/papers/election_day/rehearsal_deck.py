"""The test deck of a rehearsal: which ballots are marked how, and what must come out, as values.

Marks are laid like stairs, so that no two names have the same number of votes: two names exchanged, a row left out or
a page read twice cannot cancel each other out. Behind them stand the ballots that go wrong, each in one way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from daihoi.rules.ballot import BallotAnswer, ballot_form, classify, most_names
from daihoi.rules.settings import Settings
from daihoi.rules.terms import BallotForm, CandidateId, Contest, InvalidGround, Mark, Standing

Marks = Mapping[CandidateId, Mark]


class CaseKind(StrEnum):
    """What a ballot of the deck tries."""

    COUNTED = "counted"
    UNTOUCHED = "untouched"
    ALL_STRUCK = "all_struck"
    ONE_TOO_MANY = "one_too_many"
    PART = "part"
    TICK = "tick"
    CIRCLE = "circle"
    BOTH = "both"
    NONE = "none"
    ALL_DISAGREE = "all_disagree"
    SPOT = "spot"
    THROUGH = "through"


@dataclass(frozen=True)
class Case:
    """One ballot of the deck, in the order in which it lies there.

    `marks` are what a reader must say of it; `about` is the name that a doubtful or wrong mark is on. `answer` is what
    the board of the rehearsal answers where a person must; standing, grounds and votes hold after that answer.
    """

    number: int
    kind: CaseKind
    marks: Marks
    standing: Standing
    grounds: tuple[InvalidGround, ...]
    votes: tuple[CandidateId, ...]
    about: CandidateId | None = None
    answer: Mark | BallotAnswer | None = None

    @property
    def answered(self) -> Marks:
        """The marks once the board has answered for the name that a person was asked about."""
        if isinstance(self.answer, Mark) and self.about is not None:
            return {**self.marks, self.about: self.answer}
        return self.marks


@dataclass(frozen=True)
class Deck:
    """All ballots of one contest and what they come to."""

    contest: Contest
    cases: tuple[Case, ...]

    @property
    def votes(self) -> dict[CandidateId, int]:
        """The votes of each candidate that the count must give, in ballot order."""
        told = Counter(one for case in self.cases for one in case.votes)
        return {candidate.id: told[candidate.id] for candidate in self.contest.candidates}

    @property
    def valid(self) -> int:
        """How many ballots are valid once the board has answered."""
        return sum(case.standing is Standing.VALID for case in self.cases)

    @property
    def for_the_board(self) -> tuple[Case, ...]:
        """Those that a person must look at."""
        return tuple(case for case in self.cases if case.answer is not None)


@dataclass(frozen=True)
class Difference:
    """Ballots that should have been read and were not (`missing`), and readings that no ballot of the deck gives."""

    missing: tuple[Case, ...]
    unexpected: tuple[Marks, ...]


def rehearsal_deck(contest: Contest, settings: Settings | None = None) -> Deck:
    """The deck of a contest; the same every time."""
    settings = settings or Settings()
    strikes = ballot_form(contest) is BallotForm.STRIKE_OUT
    drafts = _strike_drafts(contest, most_names(contest, settings)) if strikes else _agree_drafts(contest)
    cases = (_settled(draft, contest, settings) for draft in drafts)
    return Deck(contest, tuple(replace(case, number=place) for place, case in enumerate(cases, start=1)))


def compared(deck: Deck, read: Sequence[Marks], *, answered: bool = False) -> Difference:
    """What was read against what lies in the deck, in whatever order it was scanned.

    `answered`: what was read holds the answers of the board already, also to doubts that only the scan raised.
    """
    left = list(read)
    missing = []
    for case in deck.cases:
        # Each reading answers for one ballot: a sheet read twice must not stand for another that was not read.
        marks = case.answered if answered else case.marks
        if marks in left:
            left.remove(marks)
        else:
            missing.append(case)
    return Difference(tuple(missing), tuple(left))


def _draft(
    kind: CaseKind, marks: Marks, about: CandidateId | None = None, answer: Mark | BallotAnswer | None = None
) -> Case:
    return Case(0, kind, marks, Standing.UNDECIDED, (), (), about, answer)


def _settled(case: Case, contest: Contest, settings: Settings) -> Case:
    decision = None if isinstance(case.answer, Mark) else case.answer
    found = classify(case.answered, contest=contest, decision=decision, settings=settings)
    return replace(case, standing=found.standing, grounds=found.grounds, votes=found.votes)


def _strike_drafts(contest: Contest, most: int) -> Iterator[Case]:
    ids = [candidate.id for candidate in contest.candidates]

    def keeping(kept: Sequence[CandidateId]) -> dict[CandidateId, Mark]:
        return {one: Mark.KEPT if one in kept else Mark.STRUCK for one in ids}

    for first in range(len(ids)):
        yield _draft(CaseKind.COUNTED, keeping(ids[first : first + most]), ids[first])
    # The steps alone would give all names behind the last seat the same number of votes.
    for first in range(most, len(ids)):
        for start in range(first, len(ids), most):
            yield _draft(CaseKind.COUNTED, keeping(ids[start : start + most]), ids[first])
    # An untouched ballot votes for everybody, and that is more than the seats.
    yield _draft(CaseKind.UNTOUCHED, keeping(ids))
    yield _draft(CaseKind.ALL_STRUCK, keeping(()))
    # With one name more than seats this would be the untouched ballot again.
    if most + 1 < len(ids):
        yield _draft(CaseKind.ONE_TOO_MANY, keeping(ids[: most + 1]))
    last = ids[-1]
    yield _draft(CaseKind.PART, {**keeping(()), last: Mark.DOUBTFUL}, last, Mark.STRUCK)
    # The names before it are left standing, so that a figure of its own stays with everybody.
    others = keeping(ids[len(ids) - most : -1])
    for kind in (CaseKind.TICK, CaseKind.CIRCLE):
        yield _draft(kind, {**others, last: Mark.DOUBTFUL}, last, Mark.KEPT)


def _agree_drafts(contest: Contest) -> Iterator[Case]:
    ids = [candidate.id for candidate in contest.candidates]
    # Every step agrees to the last name; what disagrees to it too is the ballot that disagrees to everybody.
    for first in range(len(ids)):
        marks = {one: Mark.AGREE if place >= first else Mark.DISAGREE for place, one in enumerate(ids)}
        yield _draft(CaseKind.COUNTED, marks, ids[first])
    agreed = dict.fromkeys(ids, Mark.AGREE)
    yield _draft(CaseKind.BOTH, {**agreed, ids[0]: Mark.BOTH}, ids[0])
    yield _draft(CaseKind.NONE, {**agreed, ids[0]: Mark.NONE}, ids[0])
    # To a list of one, disagreeing is an answer; to several it is a question for the board (A3).
    several = len(ids) > 1
    yield _draft(CaseKind.ALL_DISAGREE, dict.fromkeys(ids, Mark.DISAGREE), answer="valid" if several else None)
    if several:
        yield _draft(CaseKind.UNTOUCHED, dict.fromkeys(ids, Mark.NONE), answer=InvalidGround.VOTES_NOBODY)
    for kind, answer in ((CaseKind.SPOT, Mark.NONE), (CaseKind.THROUGH, Mark.BOTH)):
        yield _draft(kind, {**agreed, ids[0]: Mark.DOUBTFUL}, ids[0], answer)
