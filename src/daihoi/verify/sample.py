"""A hand sample: drawn again by its seed, and what people read held against the recount, ballot by ballot.

docs/dev/ledger.md, "Hand samples", says in words what is done here. Written apart from the count's own code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from daihoi.verify.chain import SAMPLE, Event
from daihoi.verify.node import Node
from daihoi.verify.recount import OBSERVED, Verdict
from daihoi.verify.sheets import Paper
from daihoi.verify.terms import LEDGER, Finding, SampleShown

MOST = 1_000_000
MOST_DRAWS = 20_000_000
"""SHA-256 of all samples together: some seconds, so that no package holds a verifier up for hours."""
MOST_SAMPLES = 100
"""Each has a bound to be worked out, of up to 30 ms; no board sets aside as many."""
ONE_IN = 20
NOT_ISSUED = "NOT_ISSUED"

_ODD = "verify.ledger_event"


@dataclass(frozen=True)
class Reading:
    """What somebody read from a paper at one time."""

    number: int
    ballot: str
    marks: Mapping[str, str]
    standing: str


@dataclass
class Sample:
    """One sample: what was said at the draw, the places that its seed gives with their draws, and what was read."""

    seed: str
    ballots: int
    size: int
    shown_wrong: int
    number: int
    places: Mapping[int, int]
    readings: dict[int, list[Reading]] = field(default_factory=dict)
    discarded: bool = False


@dataclass
class Samples:
    """All samples of a ledger in their order, and what cannot be."""

    all: list[Sample] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    draws: int = 0

    @property
    def held(self) -> Sample | None:
        """The one that was not set aside."""
        return self.all[-1] if self.all and not self.all[-1].discarded else None

    def odd(self, event: Event, expected: str, found: str) -> None:
        """Note an event that cannot be."""
        self.findings.append(Finding(_ODD, f"{LEDGER}:{event.number + 1}", expected, found))


def samples_of(events: Iterable[Event]) -> Samples:
    """Follow the events of samples. Raises MalformedError for facts of another shape."""
    found = Samples()
    late: Event | None = None
    for event in events:
        held = found.held
        match event.kind:
            case "minutes.written":
                late = None
            case "sample.drawn" if len(found.all) == MOST_SAMPLES:
                found.odd(event, f"at most {MOST_SAMPLES} samples", event.kind)
                return found
            case "sample.drawn":
                if held is not None:
                    found.odd(event, "the sample before to be set aside", event.kind)
                found.all.append(_drawn(found, event))
            case "sample.read" | "sample.discarded" if held is None:
                found.odd(event, "a sample that holds", event.kind)
            case "sample.read" if held is not None:
                _read(found, held, event)
            case "sample.discarded" if held is not None:
                held.discarded = True
        if event.kind in SAMPLE:
            late = event
    # The minutes tell the sample: what was noted after them stands on no paper.
    if late is not None:
        found.odd(late, "minutes.written after it", late.kind)
    return found


def not_checked(within: Iterable[Event], followed: Samples) -> int:
    """How many samples stand within the record, where nobody follows them, and were not noted again behind it."""
    again = {sample.seed for sample in followed.all}
    return sum(event.kind == "sample.drawn" and event.facts["seed"].text() not in again for event in within)


def _drawn(found: Samples, event: Event) -> Sample:
    facts = event.facts
    ballots, size = facts["ballots"].whole(), facts["size"].whole()
    if not 0 < size <= ballots <= MOST:
        raise facts["size"].malformed(f"1 to {ballots}, at most {MOST}")
    seed = facts["seed"].text()
    places: dict[int, int] = {}
    draw = 0
    while len(places) < size:
        draw += 1
        digest = hashlib.sha256(f"{seed},{draw}".encode()).hexdigest()
        places.setdefault(int(digest, 16) % ballots + 1, draw)
        if found.draws + draw > MOST_DRAWS:
            raise facts["size"].malformed("a sample that can be drawn again")
    found.draws += draw
    wrong = facts["shown_wrong"].whole()
    if (right := _shown_wrong(ballots, size)) != wrong:
        found.odd(event, str(right), str(wrong))
    return Sample(seed, ballots, size, wrong, event.number, places)


def _shown_wrong(ballots: int, size: int) -> int:
    """The fewest wrong ballots that at most one of 20 samples of this size misses, in integers.

    k wrong ballots are missed by the product over i < size of (ballots - k - i) / (ballots - i).
    """
    if size * size < ballots:
        low, high = 1, ballots - size + 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if _missed(ballots, middle, size) else (middle + 1, high)
        return low
    # Of a large sample a few wrong ballots are enough: the same product, a wrong ballot at a time.
    missed, all_ = 1, 1
    for wrong in range(ballots - size + 1):
        if ONE_IN * missed <= all_:
            return wrong
        missed, all_ = missed * (ballots - size - wrong), all_ * (ballots - wrong)
    return ballots - size + 1


def _missed(ballots: int, wrong: int, size: int) -> bool:
    missed, all_ = 1, 1
    for place in range(size):
        missed, all_ = missed * max(0, ballots - wrong - place), all_ * (ballots - place)
    return ONE_IN * missed <= all_


def _read(found: Samples, sample: Sample, event: Event) -> None:
    facts = event.facts
    place, draw = facts["place"].whole(), facts["draw"].whole()
    if sample.places.get(place) != draw:
        found.odd(event, f"a place and draw of the seed {sample.seed}", f"{place}, {draw}")
        return
    done = sample.readings.setdefault(place, [])
    attempt, ballot = facts["attempt"].whole(), facts["ballot"].text()
    if attempt != len(done) + 1:
        found.odd(event, f"time {len(done) + 1}", str(attempt))
    if done and done[0].ballot != ballot:
        found.odd(event, done[0].ballot, ballot)
    done.append(Reading(event.number, ballot, _marks(facts), facts["standing"].text()))


def _marks(facts: Node) -> dict[str, str]:
    return {name: mark.text() for name, mark in facts["marks"].items()}


def check_sample(sample: Sample, papers: Sequence[Paper], verdicts: Sequence[Verdict]) -> list[Finding]:
    """The sample that holds against the ballots of the recount, in the order in which these stand in ballots.jsonl."""
    drawn = f"{LEDGER}:{sample.number + 1}"
    if sample.ballots != len(papers):
        return [Finding("verify.sample_ballots", drawn, str(len(papers)), str(sample.ballots))]
    found = []
    for place in sample.places:
        paper, verdict = papers[place - 1], verdicts[place - 1]
        done = sample.readings.get(place, [])
        if not done:
            found.append(Finding("verify.sample_unread", drawn, paper.ballot))
            continue
        last = done[-1]
        where = f"{LEDGER}:{last.number + 1}"
        if last.ballot != paper.ballot:
            found.append(Finding("verify.sample_place", where, paper.ballot, last.ballot))
            continue
        found += [
            Finding("verify.sample_differs", f"{where} {paper.ballot}", f"{name} {has}".strip(), by_hand)
            for name, has, by_hand in _differences(last, paper, verdict)
        ]
    return found


def _differences(read: Reading, paper: Paper, verdict: Verdict) -> list[tuple[str, str, str]]:
    """Name (empty: the whole), what the count has, what people read."""
    seen = next((ground for ground in verdict.grounds if ground in OBSERVED), "")
    by_hand = read.standing if read.standing in OBSERVED else ""
    whole = [("", seen or "valid", by_hand or "valid")] if seen != by_hand else []
    # A paper that the board did not issue may be of any form: its marks are none.
    if NOT_ISSUED in (seen, by_hand):
        return whole
    names = dict.fromkeys((*paper.marks, *read.marks))
    pairs = [(name, paper.marks.get(name, "nothing"), read.marks.get(name, "nothing")) for name in names]
    return [one for one in pairs if one[1] != one[2]] + whole


def shown_of(sample: Sample) -> SampleShown:
    """What can be told of a sample that agrees."""
    return SampleShown(sample.seed, sample.size, sample.ballots, sample.shown_wrong)
