"""A pass from what it lies in: a COUNT folder as its ledger has it, or a file that people keyed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from daihoi.counts.assembly import Became
from daihoi.counts.comparing.terms import Leaf, Pass, PassKind, Totals
from daihoi.counts.count_folder import CountFolder, read_folder, sha256_of
from daihoi.counts.errors import CountUnfinished
from daihoi.counts.grounds import Grounds, require_figures
from daihoi.counts.judging import Judged
from daihoi.counts.outputs import RECORD, Derived, derive, grounds_shown, head_of
from daihoi.counts.pairing import refused_on
from daihoi.counts.taking import images_in
from daihoi.counts.tally import classified
from daihoi.interchange import keyed_file
from daihoi.interchange.keyed_file import Figure, KeyedBallots, KeyedTotals
from daihoi.interchange.record_file import digest_of
from daihoi.rules.ballot import Classified
from daihoi.rules.outcome import outcome
from daihoi.rules.tally import tally
from daihoi.rules.terms import BallotFigures, CandidateId, Mark, Standing


def count_pass(label: str, path: Path) -> Pass:
    """The count at `path`. Raises NotACount, LedgerBroken, ElectionChanged, CountUnfinished."""
    folder = read_folder(path)
    digest = _digest(folder)
    return pass_of(label, folder, derive(folder), digest)


def pass_of(label: str, folder: CountFolder, derived: Derived, digest: str) -> Pass:
    """A count that is at hand, as a session has it settled: nothing is read again."""
    return Pass(
        label=label,
        kind=PassKind.COUNT,
        path=folder.path,
        digest=digest,
        grounds=folder.grounds,
        leaves=tuple(_leaves(derived, folder.grounds.candidates)),
        totals=_totals_of(folder.grounds, derived),
        folder=folder,
        scans=frozenset(image.sha256 for image in images_in(folder.journal.entries)),
    )


def keyed_pass(label: str, path: Path, grounds: Grounds) -> Pass:
    """What people keyed into the file at `path`, by the list of the count that it stands beside.

    Raises OSError and the errors of `interchange.keyed_file`.
    """
    data = path.read_bytes()
    held = keyed_file.parse(data, path.name, contest=grounds.contest, form=grounds.form)
    return keyed_values(label, path, held, grounds, digest=sha256_of(data))


def keyed_values(label: str, path: Path, held: KeyedBallots | KeyedTotals, grounds: Grounds, *, digest: str) -> Pass:
    """What people keyed, wherever it is kept; `path` names it, and `digest` (SHA-256) tells one state from another.

    Raises FiguresMissing and the errors of `rules` for marks that are not of this contest.
    """
    if isinstance(held, KeyedTotals):
        return Pass(label, PassKind.KEYED_TOTALS, path, digest, grounds, (), _keyed_totals(held, grounds))
    ballots = [classified(line, grounds) for line in held.lines]
    leaves = tuple(
        Leaf(
            name=line.ballot,
            place=place,
            marks=tuple(line.marks.get(one) for one in grounds.candidates),
            standing=ballot.standing,
            grounds=grounds_shown(ballot),
            batch=path.name,
            in_batch=row,
        )
        for place, (line, row, ballot) in enumerate(zip(held.lines, held.rows, ballots, strict=True), 1)
    )
    totals = _totals(grounds, ballots, unread=0, figures=BallotFigures())
    return Pass(label, PassKind.KEYED_BALLOTS, path, digest, grounds, leaves, totals)


def _digest(folder: CountFolder) -> str:
    """The digest of a count that stands whole. Raises CountUnfinished."""
    path = folder.path / RECORD
    try:
        record = path.read_bytes()
    except FileNotFoundError:
        raise CountUnfinished(path=str(folder.path)) from None
    # Killed between its ledger and its files, a count shows less than its ledger holds.
    if json.loads(record)["ledger"]["head"] != head_of(folder.journal.entries).head:
        raise CountUnfinished(path=str(folder.path))
    return digest_of(record)


def _leaves(derived: Derived, candidates: Sequence[str]) -> Iterator[Leaf]:
    # The papers of a batch that was removed lie in the pile once, as they were scanned again.
    lying = (one for one in derived.judged if one.assembled.became is not Became.REMOVED)
    for place, one in enumerate(lying, 1):
        sheet = one.assembled.sheet
        # A sheet that the board took out lies in the pile all the same: the places of the others count it.
        if one.assembled.became is Became.DROPPED:
            continue
        position = derived.piles.positions[one.ballot]
        bare = one.assembled.became is Became.NOT_ISSUED
        marks: dict[str, Mark] = {} if bare else dict(one.assembled.marks)
        yield Leaf(
            name=one.ballot,
            place=place,
            marks=tuple(marks.get(candidate) for candidate in candidates),
            standing=one.standing,
            grounds=grounds_shown(one.classified),
            pages=sheet.pages,
            batch=f"{position.batch}/{position.batches}" if position.batch else sheet.pages[0].folder,
            in_batch=position.sheet,
            reasons=_reasons(one),
        )


def _reasons(judged: Judged) -> dict[str, str]:
    doubts = {mark.candidate: "+".join(mark.reasons) for mark in judged.assembled.doubts}
    refused = [refusal.reason.value for _, refusal in refused_on(judged.assembled.sheet)]
    return doubts | ({"": "+".join(refused)} if refused else {})


def _totals_of(grounds: Grounds, derived: Derived) -> Totals:
    ballots = [one.classified for one in derived.judged if one.classified is not None]
    unread = sum(one.waiting for one in derived.judged)
    return _totals(grounds, ballots, unread=unread, figures=grounds.figures)


def _totals(grounds: Grounds, ballots: Sequence[Classified], *, unread: int, figures: BallotFigures) -> Totals:
    counted = tally(ballots, grounds.contest)
    # Worked out whatever is still open: it tells whether a difference would matter, and elects nobody.
    base = require_figures(grounds).base
    return Totals(
        votes=counted.votes,
        ballots=len(ballots) + unread,
        valid=counted.valid,
        invalid=counted.invalid,
        issued=figures.issued,
        collected=figures.collected,
        open=sum(ballot.standing is Standing.UNDECIDED for ballot in ballots) + unread,
        come=outcome(grounds.contest, counted.votes, base, settings=grounds.settings),
    )


def _keyed_totals(held: KeyedTotals, grounds: Grounds) -> Totals:
    votes = {CandidateId(one): figure for one, figure in held.votes.items()}
    base = require_figures(grounds).base
    return Totals(
        votes=votes,
        ballots=None,
        valid=held.figures.get(Figure.VALID),
        invalid=held.figures.get(Figure.INVALID),
        issued=held.figures.get(Figure.ISSUED),
        collected=held.figures.get(Figure.COLLECTED),
        open=0,
        come=outcome(grounds.contest, votes, base, settings=grounds.settings),
    )
