"""The entry log (nhật ký nhập phiếu): ballot by ballot what was read, what was keyed and decided, by whom and when.

A value for each sheet of paper, those taken out of the count among them, in the order in which they came: whoever
prints it leaves nothing out. The words are the codes of the files; `words` makes sentences of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from daihoi.counts.answers import WITHDRAWN, place_in
from daihoi.counts.batches import Position
from daihoi.counts.count_folder import CountFolder, read_folder
from daihoi.counts.judging import Judged
from daihoi.counts.outputs import Derived, derive, grounds_shown
from daihoi.counts.pairing import refused_on
from daihoi.counts.removals import REMOVED, pages_removed_by
from daihoi.counts.terms import SeenMark, SeenScan
from daihoi.ledger.chain import Entry
from daihoi.reading.terms import Refusal
from daihoi.rules.terms import InvalidGround, Mark, Standing

_ACTS = frozenset({"decision.made", WITHDRAWN, REMOVED})


@dataclass(frozen=True)
class EntryAct:
    """One human act about a sheet: an answer, an answer taken back, or the removal of its batch (`word`: the reason).

    `place` is as in review.csv, `candidate` empty for a whole ballot or a page; `at` ISO 8601 with offset; `seq` is
    where it stands in the ledger.
    """

    seq: int
    kind: str
    place: str
    candidate: str
    word: str
    by: str
    at: str


@dataclass(frozen=True)
class EntryLine:
    """One sheet: what each page was, what the machine read, what people did, and what counts in the end.

    `became` as in `assembly.Became`; `read` the machine's marks by candidate with its doubts as they were; `marks`
    those that count. `standing` None for a sheet that is no ballot (yet).
    """

    ballot: str
    position: Position
    scans: tuple[SeenScan, ...]
    became: str
    read: Mapping[str, SeenMark]
    refusals: tuple[Refusal, ...]
    acts: tuple[EntryAct, ...]
    marks: Mapping[str, Mark]
    standing: Standing | None
    grounds: tuple[InvalidGround, ...]
    votes: tuple[str, ...]


def entry_log(count: Path) -> tuple[EntryLine, ...]:
    """The log of the count at `count`, whoever works on it meanwhile. Raises the errors of `read_folder`."""
    folder = read_folder(count)
    return entry_lines(folder, derive(folder))


def entry_lines(folder: CountFolder, derived: Derived) -> tuple[EntryLine, ...]:
    """As `entry_log`, of a count that is at hand."""
    acts = _acts(folder.journal.entries)
    return tuple(_line(one, derived, acts) for one in derived.judged)


def _line(judged: Judged, derived: Derived, acts: Mapping[str, Sequence[EntryAct]]) -> EntryLine:
    assembled = judged.assembled
    pages = assembled.sheet.pages
    about = [act for name in (judged.ballot, *(page.ref for page in pages)) for act in acts.get(name, ())]
    return EntryLine(
        ballot=judged.ballot,
        position=derived.piles.positions[judged.ballot],
        scans=pages,
        became=assembled.became.value,
        read={mark.candidate: mark for page in pages for mark in page.marks},
        refusals=tuple(refusal for _, refusal in refused_on(assembled.sheet)),
        acts=tuple(sorted(about, key=lambda act: act.seq)),
        marks=assembled.marks,
        standing=judged.standing,
        grounds=grounds_shown(judged.classified),
        votes=tuple(map(str, judged.classified.votes)) if judged.classified else (),
    )


def _acts(entries: Iterable[Entry]) -> Mapping[str, Sequence[EntryAct]]:
    """The human acts by the ballot or page that they are about."""
    found: defaultdict[str, list[EntryAct]] = defaultdict(list)
    for entry in entries:
        for act in _acts_of(entry) if entry.kind in _ACTS else ():
            found[act.place].append(act)
    return found


def _acts_of(entry: Entry) -> Iterator[EntryAct]:
    facts, by, at = entry.facts, entry.by or "", entry.at or ""
    if entry.kind == REMOVED:
        for page in sorted(pages_removed_by(entry)):
            yield EntryAct(entry.seq, entry.kind, page, "", str(facts["reason"]), by, at)
    else:
        yield EntryAct(entry.seq, entry.kind, *place_in(entry), str(facts["decision"]), by, at)


HEADER = ("ballot", "batch", "sheet", "scans", "became", "standing", "grounds", "refusal", "acts")
"""Columns of a table before those of the candidates."""


def table(lines: Iterable[EntryLine], candidates: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The log as cells, the header first: a column for each candidate, with the mark that counts.

    A mark that the machine doubted has what it proposed in brackets behind it.
    """
    yield (*HEADER, *candidates)
    for one in lines:
        batch = f"{one.position.batch}/{one.position.batches}" if one.position.batch else one.scans[0].folder
        yield (
            one.ballot,
            batch,
            str(one.position.sheet or ""),
            " ".join(f"{scan.file}#{scan.index}" for scan in one.scans),
            one.became,
            "" if one.standing is None else one.standing.value,
            " ".join(one.grounds),
            " ".join(refusal.reason for refusal in one.refusals),
            "; ".join(_act_cell(act) for act in one.acts),
            *(_mark_cell(one, candidate) for candidate in candidates),
        )


def _act_cell(act: EntryAct) -> str:
    what = " ".join(word for word in (act.kind, act.candidate, act.word) if word)
    return f"{what} ({act.by}, {act.at})"


def _mark_cell(line: EntryLine, candidate: str) -> str:
    mark, read = line.marks.get(candidate), line.read.get(candidate)
    doubted = f"[{read.proposal.value}]" if read is not None and read.mark is Mark.DOUBTFUL else ""
    return " ".join(word for word in ("" if mark is None else mark.value, doubted) if word)
