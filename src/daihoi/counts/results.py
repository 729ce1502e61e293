"""From classified ballots to the result: votes, reconciliation, outcome, and whether it may be announced."""

from __future__ import annotations

from collections.abc import Sequence

from daihoi.counts.grounds import Grounds, require_figures
from daihoi.interchange.terms import CheckLine, ResultDocument, TallyLine, TieLine
from daihoi.rules.ballot import Classified, most_names
from daihoi.rules.outcome import outcome
from daihoi.rules.reconciliation import Check, ReconciliationInput, failed, reconcile
from daihoi.rules.tally import Tally, tally
from daihoi.rules.terms import ResultStatus


def result_of(grounds: Grounds, ballots: Sequence[Classified], *, pending_pages: int = 0) -> ResultDocument:
    """The result of these ballots; `pending_pages` are refused pages that nobody has dealt with.

    A failed check stops the result whatever else is open; then an open answer of the board makes it wait; a tie and a
    shortfall are final, because they are for the congress. Raises FiguresMissing.
    """
    base = require_figures(grounds).base
    counted = tally(ballots, grounds.contest)
    # Worked out whatever the status is; result.json names nobody before it is final.
    checks = _reconciled(grounds, counted, pending_pages)
    come = outcome(grounds.contest, counted.votes, base, settings=grounds.settings)
    return ResultDocument(
        contest=grounds.contest.id,
        status=_status(checks, open_answers=counted.undecided + pending_pages),
        base=base,
        issued=grounds.figures.issued,
        collected=grounds.figures.collected,
        valid=counted.valid,
        invalid=counted.invalid,
        invalid_by_ground=counted.invalid_by_ground,
        tally=tuple(
            TallyLine(candidate.id, counted.votes[candidate.id], come.by_candidate[candidate.id])
            for candidate in grounds.contest.candidates
        ),
        elected=come.elected,
        alternates=come.alternates,
        ties=tuple(TieLine(tie.candidates, tie.seats) for tie in come.ties),
        shortfall=come.shortfall,
        reconciliation=tuple(CheckLine(check.check, check.holds, check.detail) for check in checks),
    )


def _reconciled(grounds: Grounds, counted: Tally, pending_pages: int) -> tuple[Check, ...]:
    figures = grounds.figures
    return reconcile(
        ReconciliationInput(
            present=grounds.roll.present if grounds.roll else None,
            printed=figures.printed,
            issued=figures.issued,
            collected=figures.collected,
            seats=most_names(grounds.contest, grounds.settings),
            valid=counted.valid,
            invalid=counted.invalid,
            votes=counted.votes,
            scanned=counted.ballots,
            spoiled=figures.spoiled or 0,
            unused=figures.unused,
            undecided=counted.undecided,
            pending_pages=pending_pages,
        )
    )


def _status(checks: Sequence[Check], *, open_answers: int) -> ResultStatus:
    if failed(checks):
        return ResultStatus.STOPPED
    return ResultStatus.AWAITING_DECISIONS if open_answers else ResultStatus.FINAL
