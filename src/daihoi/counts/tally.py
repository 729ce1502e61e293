"""`tally`: the result from marks alone, keyed by hand or by another system, by the same rules as a count."""

from __future__ import annotations

from collections.abc import Iterable

from daihoi.counts.grounds import Grounds, grounds_of, require_figures
from daihoi.counts.listing import require_list_of
from daihoi.counts.results import result_of
from daihoi.interchange import result_file
from daihoi.interchange.ballot_lines import UNSEEN_GROUNDS
from daihoi.interchange.terms import BallotLine, Election, ResultDocument
from daihoi.rules.ballot import BallotAnswer, Classified, classify
from daihoi.rules.errors import GroundNotInMarks
from daihoi.rules.terms import CandidateId, Contest, InvalidGround, Standing


def tally_result(election: Election, contest: Contest, lines: Iterable[BallotLine]) -> ResultDocument:
    """The result of ballots given by their marks; what is scanned is the number of lines.

    A line of another count brings the board's conclusion in `standing` and `grounds` where marks cannot show it.
    Raises ListRefused, FiguresMissing and the errors of `rules` for marks that are not of this contest.
    """
    grounds = grounds_of(election, contest.id)
    require_list_of(grounds)
    require_figures(grounds)
    return result_of(grounds, [classified(line, grounds) for line in lines])


def tally(election: Election, contest: Contest, lines: Iterable[BallotLine]) -> dict[str, object]:
    """The object of result.json for these ballots."""
    return result_file.document(tally_result(election, contest, lines))


def classified(line: BallotLine, grounds: Grounds) -> Classified:
    """What one line comes to. Raises the errors of `rules` for marks that are not of this contest."""
    marks = {CandidateId(candidate): mark for candidate, mark in line.marks.items()}
    decision = _concluded(line)
    # A ballot that the board had before it on account of ink is still before it while its line says undecided.
    observed = (
        tuple(ground for ground in line.grounds if ground in UNSEEN_GROUNDS)
        if line.standing is Standing.UNDECIDED
        else ()
    )
    try:
        return classify(marks, contest=grounds.contest, observed=observed, decision=decision, settings=grounds.settings)
    except GroundNotInMarks:
        # The line claims a ground that its marks do not give: the marks speak, and the board is asked where it must be.
        return classify(marks, contest=grounds.contest, observed=observed, settings=grounds.settings)


def _concluded(line: BallotLine) -> BallotAnswer | None:
    if line.standing is Standing.VALID:
        return "valid"
    if line.standing is Standing.INVALID and line.grounds:
        unseen = [ground for ground in line.grounds if ground in UNSEEN_GROUNDS]
        return unseen[0] if unseen else _of_marks(line.grounds)
    return None


def _of_marks(grounds: tuple[InvalidGround, ...]) -> InvalidGround | None:
    # Only case A3 needs the board's word for a ground that marks show; the others follow by themselves.
    return InvalidGround.VOTES_NOBODY if InvalidGround.VOTES_NOBODY in grounds else None
