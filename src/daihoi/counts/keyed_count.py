"""A count that people keyed from the papers: what its ledger says of each paper, and what the paper comes to.

Two people key each paper, each without the other. Keyings of a paper have a time (attempt); where both keyed the same
time alike, the paper is settled, and else a third person reads it. A paper that is neither *waits*.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from daihoi.counts.grounds import Grounds
from daihoi.counts.tally import classified
from daihoi.interchange.decisions import VALID
from daihoi.interchange.terms import BallotLine
from daihoi.ledger.chain import Entry
from daihoi.rules.terms import InvalidGround, Mark, Standing

PILE, PAPER, REMOVED = "pile.counted", "paper.keyed", "pile.removed"
FIRST, SECOND, THIRD = 1, 2, 3
"""Who keyed: the first, the second, or the third where these two differ."""

Place = tuple[int, int]
"""A paper: number of its pile, and its place in it from 1."""


@dataclass(frozen=True)
class Keying:
    """What one person keyed of a paper at one time. `standing`: a ground, `valid`, or empty."""

    turn: int
    attempt: int
    marks: Mapping[str, Mark]
    standing: str
    by: str
    at: str

    @property
    def says(self) -> tuple[object, ...]:
        """All by which two keyings are held to be alike."""
        return tuple(self.marks.items()), self.standing


@dataclass(frozen=True)
class KeyedPaper:
    """A paper with all that was keyed of it; `holds` None while it waits."""

    place: Place
    keyings: tuple[Keying, ...]
    holds: Keying | None

    @property
    def ballot(self) -> str:
        """What it is called: its pile, and its place in it."""
        return f"{self.place[0]:03d}-{self.place[1]:03d}"

    @property
    def differed(self) -> bool:
        """Whether the two did not key it alike the first time."""
        first = {one.turn: one for one in self.keyings if one.attempt == 1 and one.turn != THIRD}
        return len(first) == 2 and first[FIRST].says != first[SECOND].says

    @property
    def by_third(self) -> bool:
        """Whether a third person settled it."""
        return self.holds is not None and self.holds.turn == THIRD


@dataclass(frozen=True)
class PileKeyed:
    """A pile that counts: papers counted by hand, and who keyed it (empty where nobody did)."""

    number: int
    papers: int
    first: str
    second: str


@dataclass(frozen=True)
class KeyedCount:
    """All papers of the piles that were not taken out, in order."""

    papers: tuple[KeyedPaper, ...]
    piles: tuple[PileKeyed, ...]

    @property
    def waiting(self) -> int:
        """Papers that nobody settled yet."""
        return sum(one.holds is None for one in self.papers)


def keyed_count(entries: Iterable[Entry]) -> KeyedCount:
    """The papers as the ledger has them."""
    piles: dict[int, int] = {}
    keyed: defaultdict[Place, list[Keying]] = defaultdict(list)
    for entry in entries:
        pile = entry.whole("pile")
        if entry.kind == PILE:
            piles[pile] = entry.whole("papers")
        elif entry.kind == REMOVED:
            piles.pop(pile, None)
        elif entry.kind == PAPER:
            keyed[pile, entry.whole("paper")].append(_keying(entry))
    papers = [
        _paper((pile, number), keyed.get((pile, number), []))
        for pile in sorted(piles)
        for number in range(1, piles[pile] + 1)
    ]
    return KeyedCount(tuple(papers), tuple(_pile(pile, piles[pile], papers) for pile in sorted(piles)))


def _keying(entry: Entry) -> Keying:
    facts = entry.facts
    marks = facts["marks"]
    held = {name: Mark(str(mark)) for name, mark in marks.items()} if isinstance(marks, Mapping) else {}
    by, at = entry.by or "", entry.at or ""
    return Keying(entry.whole("turn"), entry.whole("attempt"), held, str(facts["standing"]), by, at)


def _paper(place: Place, keyings: Sequence[Keying]) -> KeyedPaper:
    return KeyedPaper(place, tuple(keyings), _holding(keyings))


def _holding(keyings: Sequence[Keying]) -> Keying | None:
    """What settles a paper: the third person's word, or what both keyed alike the last time."""
    last = {one.turn: one for one in sorted(keyings, key=lambda one: one.attempt)}
    if THIRD in last:
        return last[THIRD]
    first, second = last.get(FIRST), last.get(SECOND)
    if first is None or second is None or first.attempt != second.attempt or first.says != second.says:
        return None
    return first


def _pile(number: int, papers: int, found: Sequence[KeyedPaper]) -> PileKeyed:
    keyings = [one for paper in found if paper.place[0] == number for one in paper.keyings]
    who = {one.turn: one.by for one in keyings}
    return PileKeyed(number, papers, who.get(FIRST, ""), who.get(SECOND, ""))


def ballots_of(count: KeyedCount, grounds: Grounds) -> tuple[BallotLine, ...]:
    """The settled papers as lines of ballots.jsonl. Raises the errors of `rules` for marks of another contest."""
    return tuple(_ballot(one, one.holds, grounds) for one in count.papers if one.holds is not None)


def _ballot(paper: KeyedPaper, held: Keying, grounds: Grounds) -> BallotLine:
    ground = InvalidGround(held.standing) if held.standing not in {"", VALID} else None
    # A paper that the board did not issue may be of any form: nothing on it is a mark.
    marks = {} if ground is InvalidGround.NOT_ISSUED else dict(held.marks)
    line = BallotLine(paper.ballot, marks)
    if ground is not None:
        line = BallotLine(paper.ballot, marks, standing=Standing.INVALID, grounds=(ground,))
    elif held.standing == VALID:
        line = BallotLine(paper.ballot, marks, standing=Standing.VALID)
    come = classified(line, grounds)
    shown = come.observed if come.awaiting_ballot else come.grounds
    return BallotLine(paper.ballot, marks, standing=come.standing, grounds=shown, votes=come.votes)
