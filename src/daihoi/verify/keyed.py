"""A count that people keyed: from the events of its ledger to papers, by the rule of two people and a third.

docs/dev/ledger.md, "Keyed counts", says in words what is done here. Written apart from the count's own code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from daihoi.verify.chain import KEYED, Event
from daihoi.verify.node import Node
from daihoi.verify.sheets import Paper
from daihoi.verify.terms import LEDGER, Finding

BEGUN = "keyed.begun"
FIRST, SECOND, THIRD = 1, 2, 3
NOT_ISSUED = "NOT_ISSUED"


@dataclass(frozen=True)
class Keying:
    """What one person keyed of a paper at one time."""

    marks: Mapping[str, str]
    standing: str
    by: str


@dataclass
class KeyedHistory:
    """What the events up to the record come to; `keyed` by pile and paper, then by turn and attempt."""

    contest: str = ""
    rehearsal: bool = False
    election_sha256: str = ""
    piles: dict[int, int] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    keyed: dict[tuple[int, int], dict[tuple[int, int], Keying]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def odd(self, event: Event, expected: str, found: str) -> None:
        """Note an event that cannot be."""
        self.findings.append(Finding("verify.ledger_event", f"{LEDGER}:{event.number + 1}", expected, found))


def keyed_history(events: Iterable[Event]) -> KeyedHistory:
    """Follow the events. Raises MalformedError for facts of another shape."""
    history = KeyedHistory()
    for event in events:
        facts = event.facts
        match event.kind:
            case "keyed.begun":
                if history.contest:
                    history.odd(event, "one beginning", event.kind)
                history.contest = facts["contest"].text()
                history.rehearsal = facts["rehearsal"].truth()
                history.election_sha256 = facts["election_sha256"].sha256()
            case "pile.counted":
                pile = facts["pile"].whole()
                if pile in history.piles:
                    history.odd(event, "a pile of a number of its own", str(pile))
                history.piles[pile] = facts["papers"].whole()
            case "pile.removed":
                history.gone.add(_pile(history, event, facts))
            case "paper.keyed":
                _key(history, event, facts)
            case other:
                history.odd(event, "an event of a keyed count", other)
    return history


def no_keying(events: Iterable[Event]) -> list[Finding]:
    """Events of a keyed count, where the record says that the count was scanned."""
    kinds = KEYED | {BEGUN}
    return [
        Finding("verify.ledger_event", f"{LEDGER}:{event.number + 1}", "an event of a scanned count", event.kind)
        for event in events
        if event.kind in kinds
    ]


def _pile(history: KeyedHistory, event: Event, facts: Node) -> int:
    pile = facts["pile"].whole()
    if pile not in history.piles or pile in history.gone:
        history.odd(event, "a pile that stands in the count", str(pile))
    return pile


def _key(history: KeyedHistory, event: Event, facts: Node) -> None:
    pile, paper = _pile(history, event, facts), facts["paper"].whole()
    turn, attempt = facts["turn"].whole(), facts["attempt"].whole()
    if not 1 <= paper <= history.piles.get(pile, 0):
        history.odd(event, f"a paper of pile {pile}", str(paper))
    if turn not in (FIRST, SECOND, THIRD):
        raise facts["turn"].malformed("1, 2 or 3")
    marks = {name: mark.text() for name, mark in facts["marks"].items()}
    done = history.keyed.setdefault((pile, paper), {})
    fresh = Keying(marks, facts["standing"].text(), event.by)
    _check_turn(history, event, done, (turn, attempt), fresh)
    done[turn, attempt] = fresh


def _check_turn(
    history: KeyedHistory, event: Event, done: Mapping[tuple[int, int], Keying], now: tuple[int, int], fresh: Keying
) -> None:
    """One who agrees with himself is no second person; and nobody keys what is settled, or skips a time."""
    turn, attempt = now
    mine = [other for whose, other in done if whose == turn]
    if attempt != len(mine) + 1:
        history.odd(event, f"time {len(mine) + 1}", str(attempt))
    if any(one.by == fresh.by for (whose, _time), one in done.items() if whose != turn):
        history.odd(event, "another person than keyed this paper before", fresh.by)
    if _settled(done) is not None:
        history.odd(event, "a paper that is not settled", f"{turn}/{attempt}")
    last = _times(done)
    if turn == THIRD and (not last[0] or last[0] != last[1]):
        history.odd(event, "two people who keyed as often", "a third")
    before = last[0] if turn == THIRD else attempt - 1
    for name, mark in _alike(done, before).items():
        if fresh.marks.get(name) != mark:
            history.odd(event, f"{name}: {mark}, as both keyed it", fresh.marks.get(name, "nothing"))


def _alike(done: Mapping[tuple[int, int], Keying], time: int) -> Mapping[str, str]:
    """The marks that both keyed alike at a time: those names are not keyed again."""
    first, second = done.get((FIRST, time)), done.get((SECOND, time))
    if first is None or second is None:
        return {}
    return {name: mark for name, mark in first.marks.items() if second.marks.get(name) == mark}


def _times(done: Mapping[tuple[int, int], Keying]) -> tuple[int, int]:
    """How often the first and the second keyed it."""
    first, second = (max((time for whose, time in done if whose == turn), default=0) for turn in (FIRST, SECOND))
    return first, second


def _same(first: Keying, second: Keying) -> bool:
    return dict(first.marks) == dict(second.marks) and first.standing == second.standing


def _settled(done: Mapping[tuple[int, int], Keying]) -> Keying | None:
    """The word of the third, or what both keyed alike as often; None while the paper waits."""
    thirds = [time for whose, time in done if whose == THIRD]
    if thirds:
        return done[THIRD, max(thirds)]
    one, other = _times(done)
    if not one or one != other:
        return None
    first, second = done[FIRST, one], done[SECOND, other]
    return first if _same(first, second) else None


def keyed_papers(history: KeyedHistory) -> tuple[list[Paper], dict[str, str], int]:
    """The ballots, what was keyed of each as a whole, and how many papers wait (none in a finished count)."""
    papers: list[Paper] = []
    said: dict[str, str] = {}
    waiting = 0
    for pile in sorted(history.piles.keys() - history.gone):
        for number in range(1, history.piles[pile] + 1):
            held = _settled(history.keyed.get((pile, number), {}))
            if held is None:
                waiting += 1
                continue
            name = f"{pile:03d}-{number:03d}"
            foreign = held.standing == NOT_ISSUED
            papers.append(Paper(name, (), {} if foreign else held.marks, foreign=foreign))
            said[name] = held.standing
    return papers, said, waiting
