"""Laws: the engine and the verifier follow any row of pages, slips, answers and removals to the same ballots."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from daihoi.counts.answers import answers_in
from daihoi.counts.batches import piles_of, scans_of
from daihoi.counts.grounds import grounds_of
from daihoi.counts.judging import judge_all
from daihoi.counts.one_sided import Backs, backs_in
from daihoi.counts.page_events import pages_seen
from daihoi.interchange.decisions import PAGE
from daihoi.interchange.election_file import load_election
from daihoi.ledger import chain
from daihoi.ledger.chain import Entry
from daihoi.verify.batches import batches_waiting
from daihoi.verify.chain import read_ledger
from daihoi.verify.sheets import history_of, papers_of
from tests.counts.stand_in import CONTEST, NOW, election_text

GROUNDS = grounds_of(load_election(election_text().encode(), "e.toml"), CONTEST)
LIST = GROUNDS.candidates
AT = NOW.isoformat()
WORDS = ("rescanned", "not_a_ballot", "NOT_ISSUED", "a_ballot")

# What happens, and a number that says to which page, in which folder, with which word.
HAPPENINGS = st.lists(st.tuples(st.sampled_from("FFFBBXA12!!?RS"), st.integers(0, 60)), min_size=1, max_size=24)


class Story:
    """A ledger that grows by one happening after the other."""

    def __init__(self, sides: int, backs: str) -> None:
        self.sides = sides
        self.entries: list[Entry] = []
        zero = "0" * 64
        opened = {"contest": CONTEST, "rehearsal": False, "election_sha256": zero, "sheet_sha256": zero}
        self.add("count.opened", opened | {"software": "daihoi"})
        if backs != "between":
            self.add("backs.ordered", {"backs": backs})

    def add(self, kind: str, facts: dict[str, object], *, human: bool = False) -> None:
        last = self.entries[-1] if self.entries else None
        self.entries.append(chain.entry_after(last, kind, facts, *((AT, "An") if human else (None, None))))

    @property
    def pages(self) -> list[str]:
        return [f"{one.facts['file']}#0" for one in self.entries if one.kind in {"page.read", "page.refused"}]

    @property
    def slips(self) -> list[str]:
        return [f"{one.facts['file']}#0" for one in self.entries if one.kind == "batch.begun"]

    def happen(self, what: str, number: int) -> None:
        """One happening; of what is not there nothing happens."""
        if what in "FBXA12":
            self._page(what, number)
        elif what == "!" and self.pages:
            place = PAGE + self.pages[number % len(self.pages)]
            self._decide(place, WORDS[number % len(WORDS)])
        elif what == "?":
            self._withdraw(number)
        elif what in "RS":
            self._remove(what, number)

    def _page(self, what: str, number: int) -> None:
        file = f"{'ab'[number % 5 == 0]}/{len(self.entries)}.jpg"
        digest = f"{len(self.entries):064x}"
        self.add(
            "image.taken",
            {"file": file, "stored": f"images/{len(self.entries)}.jpg", "sha256": digest, "bytes": 1, "pages": 1},
        )
        facts: dict[str, object] = {"file": file, "index": 0}
        if what in "12":
            self.add("batch.begun", facts | {"batch": int(what), "batches": 2, "ballots": number % 4})
        elif what == "X":
            self.add("page.refused", facts | {"reason": "corners_not_found", "found": "", "expected": ""})
        else:
            alike = {"alike": self.pages[number % len(self.pages)]} if what == "A" and self.pages else {}
            side = 2 if what == "B" and self.sides == 2 else 1
            half = LIST[:2] if side == 1 else LIST[2:]
            marks = dict.fromkeys(half if self.sides == 2 else LIST, "kept")
            marks[LIST[-1]] = "struck"
            held = {one: mark for one, mark in marks.items() if self.sides == 1 or one in half}
            read: dict[str, object] = {"page": side, "marks": held, "proposals": {}, "doubts": {}, "foreign": []}
            self.add("page.read", facts | read | alike)

    def _decide(self, place: str, word: str) -> None:
        facts = {"ballot": place, "candidate": "", "reason": "", "proposal": "", "decision": word}
        self.add("decision.made", facts, human=True)

    def _withdraw(self, number: int) -> None:
        held = sorted(answers_in(self.entries).words.items())
        if held:
            (ballot, candidate), word = held[number % len(held)]
            self.add("decision.withdrawn", {"ballot": ballot, "candidate": candidate, "decision": word}, human=True)

    def _remove(self, what: str, number: int) -> None:
        seen = pages_seen(self.entries, LIST)
        keys = sorted({(int(str(one.facts["batch"])), 2, int(str(one.facts["ballots"]))) for one in self.entries
                       if one.kind == "batch.begun"})  # fmt: skip
        which = "ab"[number % 2] if what == "R" or not keys else keys[number % len(keys)]
        scans = scans_of(seen, which)
        if scans:
            pages = [scan.ref.removeprefix(PAGE) for scan in scans]
            self.add("batch.removed", {"batch": str(which), "pages": pages, "reason": "thử"}, human=True)


@given(happenings=HAPPENINGS, sides=st.sampled_from([1, 2]), backs=st.sampled_from([one.value for one in Backs]))
@settings(max_examples=300, deadline=None)
def test_verifier_and_engine_follow_removals_alike(happenings: list[tuple[str, int]], sides: int, backs: str) -> None:
    story = Story(sides, backs)
    for what, number in happenings:
        story.happen(what, number)

    seen = pages_seen(story.entries, LIST)
    answers = answers_in(story.entries)
    judged = judge_all(seen, answers, GROUNDS, sides, backs_in(story.entries))
    piles = piles_of(seen, judged)
    history = history_of(read_ledger(chain.dump(story.entries)).events)
    papers, waiting = papers_of(history, sides, LIST)

    assert history.findings == []
    assert [paper.ballot for paper in papers] == [one.ballot for one in judged if one.classified is not None]
    assert bool(waiting) == any(one.waiting for one in judged)
    assert {slip.key for slip in batches_waiting(history, sides)} == {
        one.slip.key for one in piles.batches if one.asks(answers)
    }
    # What was removed counts nowhere.
    gone = {page.ref for page in seen if getattr(page, "removed", False)}
    assert not gone & {page.ref for one in judged if one.classified for page in one.assembled.sheet.pages}


@given(happenings=HAPPENINGS, sides=st.sampled_from([1, 2]), more=HAPPENINGS)
@settings(max_examples=100, deadline=None)
def test_no_removal_and_nothing_after_it_changes_the_number_of_a_sheet(
    happenings: list[tuple[str, int]], sides: int, more: list[tuple[str, int]]
) -> None:
    story = Story(sides, "between")
    for what, number in happenings:
        story.happen(what, number)
    before = _numbers(story)
    for what, number in [("R", 0), *more, ("R", 1)]:
        story.happen(what, number)
    after = _numbers(story)
    assert before.items() <= after.items()


def _numbers(story: Story) -> dict[str, str]:
    """The ballot of each first page."""
    seen = pages_seen(story.entries, LIST)
    judged = judge_all(seen, answers_in(story.entries), GROUNDS, story.sides, Backs.BETWEEN)
    return {one.assembled.sheet.pages[0].ref: one.ballot for one in judged}
