"""A hand sample in the ledger of its count: how it was drawn, what people read from the paper, what was set aside.

None of it counts: it is noted when the count is closed, behind the record, so that the digest is that of the count
alone. What was set aside is noted as well: who draws until the draw pleases would otherwise leave no trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from daihoi.counts.count_folder import CountFolder, open_folder
from daihoi.counts.errors import SampleBehindSigned
from daihoi.counts.judging import Judged
from daihoi.counts.outputs import Derived, ballot_line, head_of
from daihoi.counts.sampling import Drawn, shown_wrong
from daihoi.interchange.ballot_lines import UNSEEN_GROUNDS
from daihoi.interchange.package_file import SIGNED_MINUTES
from daihoi.interchange.terms import BallotLine
from daihoi.ledger.chain import Entry
from daihoi.papers.minutes.terms import SampleDifferenceLine, SampledLine, SampleLines
from daihoi.rules.terms import InvalidGround, Mark

DRAWN, READ, DISCARDED = "sample.drawn", "sample.read", "sample.discarded"
SAMPLE = frozenset({DRAWN, READ, DISCARDED})


@dataclass(frozen=True)
class SampleAct:
    """One act of people about a sample, with the facts of its event; `at` aware."""

    kind: str
    facts: Mapping[str, object]
    by: str
    at: datetime


@dataclass(frozen=True)
class HandRead:
    """What somebody keyed of a drawn paper. `standing`: a ground, `valid`, or empty."""

    marks: Mapping[str, Mark]
    standing: str


def drawn_act(*, seed: str, ballots: int, size: int, digest: str, by: str, at: datetime) -> SampleAct:
    """A sample that was drawn. Raises SampleImpossible for a size that no draw has."""
    bound = shown_wrong(ballots, size)
    facts = {"seed": seed, "ballots": ballots, "size": size, "shown_wrong": bound, "digest": digest}
    return SampleAct(DRAWN, facts, by, at)


def read_act(drawn: Drawn, ballot: str, attempt: int, read: HandRead, *, by: str, at: datetime) -> SampleAct:
    """A drawn ballot as somebody keyed it."""
    facts: dict[str, object] = {"draw": drawn.draw, "place": drawn.place, "ballot": ballot, "attempt": attempt}
    marks = {name: mark.value for name, mark in read.marks.items()}
    return SampleAct(READ, facts | {"marks": marks, "standing": read.standing}, by, at)


def discarded_act(reason: str, *, by: str, at: datetime) -> SampleAct:
    """A sample that was set aside."""
    return SampleAct(DISCARDED, {"reason": reason}, by, at)


def note_samples(count: Path, acts: Iterable[SampleAct]) -> None:
    """Note what stands there not yet, in its order. Raises SampleBehindSigned and the errors of `open_folder`,
    WriteFailed, DiskFull.

    Of a count that is closed: where something that counts comes later, the sample is to be noted anew behind it.
    """
    with open_folder(count) as folder:
        there = [_said(one) for one in _noted(folder.journal.entries)]
        lacking = [act for act in acts if (act.kind, act.facts, _moment(act), act.by) not in there]
        # No minutes can be written over those that people signed: what is noted behind them would stand on no paper.
        if lacking and (signed := folder.path / SIGNED_MINUTES).is_file():
            raise SampleBehindSigned(path=str(signed))
        for act in lacking:
            folder.journal.append(act.kind, act.facts, at=_moment(act), by=act.by)
        folder.journal.sync()


def _moment(act: SampleAct) -> str:
    return act.at.isoformat(timespec="seconds")


def _said(entry: Entry) -> tuple[str, Mapping[str, object], str, str]:
    return entry.kind, entry.facts, entry.at or "", entry.by or ""


def _noted(entries: Sequence[Entry]) -> list[Entry]:
    """The events of samples behind the last that counts: before it they are history, as minutes are, and unchecked."""
    return [entry for entry in entries[head_of(entries).events :] if entry.kind in SAMPLE]


def differing(line: BallotLine, read: HandRead) -> tuple[list[str], bool]:
    """The candidates about whom paper and count differ, and whether they differ about the ballot as a whole.

    What follows from the marks alone is not compared twice.
    """
    seen = next((ground.value for ground in line.grounds if ground in UNSEEN_GROUNDS), "")
    by_hand = read.standing if read.standing in UNSEEN_GROUNDS else ""
    # A paper that the board did not issue has no marks in the count: it may be of any form.
    if InvalidGround.NOT_ISSUED in {seen, by_hand}:
        return [], seen != by_hand
    names = dict.fromkeys((*line.marks, *read.marks))
    return [name for name in names if line.marks.get(name) is not read.marks.get(name)], seen != by_hand


def samples_in(folder: CountFolder, derived: Derived) -> tuple[SampleLines, ...]:
    """The samples of a count as its minutes tell them, in the order in which they were drawn."""
    counted = {
        line.ballot: _Counted(line, *_where(one, derived)) for one in derived.judged if (line := ballot_line(one))
    }
    held: list[list[Entry]] = []
    for entry in _noted(folder.journal.entries):
        if entry.kind == DRAWN:
            held.append([])
        if held:
            held[-1].append(entry)
    return tuple(_told(entries, counted) for entries in held)


@dataclass(frozen=True)
class _Counted:
    """A ballot as the count has it, and where its paper lies."""

    line: BallotLine
    pile: str
    sheet: int


def _where(judged: Judged, derived: Derived) -> tuple[str, int]:
    """The pile of a ballot, by its slip or else by its folder of scans, and its sheet in it."""
    position = derived.piles.positions[judged.ballot]
    folder = judged.assembled.sheet.pages[0].file.rpartition("/")[0]
    return (f"{position.batch}/{position.batches}" if position.batch else folder), position.sheet


def _told(entries: Sequence[Entry], counted: Mapping[str, _Counted]) -> SampleLines:
    drawn, *after = entries
    read = [entry for entry in after if entry.kind == READ]
    gone = next((entry for entry in after if entry.kind == DISCARDED), None)
    last = {str(entry.facts["ballot"]): entry for entry in read}
    # What was set aside says nothing of this count, and its ballots may be other ones by now.
    papers = () if gone else tuple(_paper(one, counted) for one in last.values())
    return SampleLines(
        seed=str(drawn.facts["seed"]),
        ballots=drawn.whole("ballots"),
        size=drawn.whole("size"),
        shown_wrong=drawn.whole("shown_wrong"),
        digest=str(drawn.facts["digest"]),
        by=drawn.by or "",
        at=drawn.at,
        papers=tuple(sorted(papers, key=lambda one: one.draw)),
        differences=() if gone else tuple(line for entry in read for line in _differences(entry, counted)),
        read=len(last),
        reason=str(gone.facts["reason"]) if gone else "",
        discarded_by=(gone.by or "") if gone else "",
        discarded_at=gone.at if gone else None,
    )


def _paper(entry: Entry, counted: Mapping[str, _Counted]) -> SampledLine:
    ballot = str(entry.facts["ballot"])
    found = counted.get(ballot)
    return SampledLine(
        draw=entry.whole("draw"),
        place=entry.whole("place"),
        ballot=ballot,
        pile=found.pile if found else "",
        sheet=found.sheet if found else 0,
        by=entry.by or "",
        times=entry.whole("attempt"),
        agrees=found is not None and differing(found.line, _keyed(entry)) == ([], False),
    )


def _keyed(entry: Entry) -> HandRead:
    marks = entry.facts["marks"]
    held = {name: Mark(str(mark)) for name, mark in marks.items()} if isinstance(marks, Mapping) else {}
    return HandRead(held, str(entry.facts["standing"]))


def _differences(entry: Entry, counted: Mapping[str, _Counted]) -> Iterator[SampleDifferenceLine]:
    """What one reading has otherwise than the count, also where a later one agrees."""
    ballot, read = str(entry.facts["ballot"]), _keyed(entry)
    if ballot not in counted:
        return
    line = counted[ballot].line
    names, whole = differing(line, read)
    times = entry.whole("attempt")
    for name in names:
        has, by_hand = line.marks.get(name), read.marks.get(name)
        yield SampleDifferenceLine(ballot, times, has.value if has else "", by_hand.value if by_hand else "", name)
    if whole:
        ground = next((one.value for one in line.grounds if one in UNSEEN_GROUNDS), "valid")
        yield SampleDifferenceLine(ballot, times, ground, read.standing or "valid")
