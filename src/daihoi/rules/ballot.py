"""The form of a ballot and whether it counts: marks -> standing, grounds and votes.

[244-QĐ/TW art. 17; 190-QĐ/TW art. 15]

What follows from clear marks alone is final. Everything else waits for the board, which examines and concludes
on invalid ballots [190-QĐ/TW art. 8.2]; the program proposes and never alters a mark.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from daihoi.rules.errors import GroundNotInMarks, MarkOfAnotherForm, MissingMark, UnknownCandidate
from daihoi.rules.settings import Settings
from daihoi.rules.terms import BallotForm, CandidateId, Contest, InvalidGround, Mark, Standing

BallotAnswer = Literal["valid"] | InvalidGround

FORM_MARKS: Final[Mapping[BallotForm, tuple[Mark, ...]]] = {
    BallotForm.STRIKE_OUT: (Mark.KEPT, Mark.STRUCK, Mark.DOUBTFUL),
    BallotForm.AGREE_DISAGREE: (Mark.AGREE, Mark.DISAGREE, Mark.BOTH, Mark.NONE, Mark.DOUBTFUL),
}

# Grounds that only a person can conclude on; the rest follow from the marks.
OBSERVED_GROUNDS: Final = (
    InvalidGround.NOT_ISSUED,
    InvalidGround.SIGNED_OR_EXTRA_TEXT,
    InvalidGround.OUTSIDE_NAME,
    InvalidGround.DISTINGUISHING_MARK,
)


@dataclass(frozen=True)
class Classified:
    """What a ballot comes to.

    `grounds` in the order of InvalidGround, only of an invalid ballot; `votes` in ballot order, only of a valid one.
    `proposal` is what the program proposes while the board must judge the ballot itself (`awaiting_ballot`).
    `by_marks`: invalid by clear marks alone, so final and listed for the board to confirm as a body.
    `awaiting_marks`: doubtful marks that still decide something, in ballot order.
    `observed`: everything that a reader saw on the paper and the board has not been needed for, or not yet answered.
    """

    standing: Standing
    grounds: tuple[InvalidGround, ...] = ()
    votes: tuple[CandidateId, ...] = ()
    proposal: BallotAnswer | None = None
    by_marks: bool = False
    awaiting_marks: tuple[CandidateId, ...] = ()
    awaiting_ballot: bool = False
    observed: tuple[InvalidGround, ...] = ()


def ballot_form(contest: Contest) -> BallotForm:
    """More candidates than seats: strike out; otherwise agree or disagree. [244-QĐ/TW art. 17.1]"""
    return BallotForm.STRIKE_OUT if len(contest.candidates) > contest.seats else BallotForm.AGREE_DISAGREE


def most_names(contest: Contest, settings: Settings) -> int:
    """The most names that a valid ballot may vote for; also the number printed on it (question A7)."""
    if settings.over_vote_limit == "official_and_alternates":
        return contest.seats + contest.alternates
    return contest.seats


def check_marks(marks: Mapping[CandidateId, Mark], contest: Contest) -> None:
    """Hold marks to the list and the form of a contest. Raises UnknownCandidate, MissingMark, MarkOfAnotherForm."""
    form = ballot_form(contest)
    listed = {candidate.id for candidate in contest.candidates}
    # sorted: the error names the same person whatever the order of a set or a mapping.
    for one in sorted(set(marks) - listed):
        raise UnknownCandidate(candidate=one, contest=contest.id)
    for one in sorted(listed - set(marks)):
        raise MissingMark(candidate=one, contest=contest.id)
    for one, mark in marks.items():
        if mark not in FORM_MARKS[form]:
            raise MarkOfAnotherForm(candidate=one, mark=mark, form=form, allowed=FORM_MARKS[form])


def classify(
    marks: Mapping[CandidateId, Mark],
    *,
    contest: Contest,
    observed: Collection[InvalidGround] = (),
    decision: BallotAnswer | None = None,
    settings: Settings,
) -> Classified:
    """What a ballot comes to from its marks, what a reader observed on it and what the board decided.

    Marks cover every candidate once; an empty mapping is a ballot that was not read, and only the board can
    make something of it (a ground in `decision`, or a wait while something is observed). An answer that is not
    needed is ignored; "valid" never overrides clear marks. Raises the errors of `check_marks`, and GroundNotInMarks
    for a decision that names a ground of the marks which the clear marks do not give.
    """
    seen = in_order(observed)
    # A ballot may come without marks only if the board speaks of the paper itself.
    if marks or not (seen or decision in OBSERVED_GROUNDS):
        check_marks(marks, contest)
    by_marks = _grounds_by_marks(marks, contest, settings) if marks else ()
    judged = _judged_ground(marks, contest, decision, by_marks)
    if by_marks or judged:
        return Classified(Standing.INVALID, in_order({*by_marks, *judged}), by_marks=bool(by_marks), observed=seen)
    if not marks:
        # Only what was seen on it is known, and "valid" cannot be said of a ballot that nobody read.
        return Classified(Standing.UNDECIDED, proposal=seen[0], awaiting_ballot=True, observed=seen)
    proposal = None if decision else _proposal(marks, contest, seen, settings)
    doubtful = _with(marks, contest, (Mark.DOUBTFUL,))
    if doubtful or proposal:
        return Classified(Standing.UNDECIDED, (), (), proposal, False, doubtful, proposal is not None, seen)
    return Classified(Standing.VALID, votes=_with(marks, contest, (Mark.KEPT, Mark.AGREE)), observed=seen)


def _with(marks: Mapping[CandidateId, Mark], contest: Contest, words: tuple[Mark, ...]) -> tuple[CandidateId, ...]:
    """The candidates that bear one of these marks, in ballot order."""
    return tuple(candidate.id for candidate in contest.candidates if marks[candidate.id] in words)


def in_order(grounds: Collection[InvalidGround]) -> tuple[InvalidGround, ...]:
    """Grounds in the order of InvalidGround, each once: the first is the one that is printed."""
    return tuple(ground for ground in InvalidGround if ground in grounds)


def _grounds_by_marks(
    marks: Mapping[CandidateId, Mark], contest: Contest, settings: Settings
) -> tuple[InvalidGround, ...]:
    """The ground that clear marks give whatever the doubtful ones turn out to be; empty where they give none."""
    words = list(marks.values())
    if ballot_form(contest) is BallotForm.STRIKE_OUT:
        return _strike_grounds(words, most_names(contest, settings))
    # On a list of several, both or neither takes the vote from that person alone. [190-QĐ/TW art. 30.1]
    if words == [Mark.BOTH]:
        return (InvalidGround.SINGLE_BOTH,)
    # Only "X in one of the two boxes" is named valid; the blank ballot is question A2.
    if words == [Mark.NONE] and settings.blank_single_ballot == "invalid":
        return (InvalidGround.SINGLE_NONE,)
    return ()


def _strike_grounds(words: list[Mark], most: int) -> tuple[InvalidGround, ...]:
    kept = words.count(Mark.KEPT)
    # Doubtful names can only add to the kept: beyond the limit no answer of the board brings it back.
    if kept > most:
        return (InvalidGround.OVER_VOTE,)
    # A doubtful name may be one vote, and fewer names than seats are allowed.
    if kept == 0 and Mark.DOUBTFUL not in words:
        return (InvalidGround.VOTES_NOBODY,)
    return ()


def _judged_ground(
    marks: Mapping[CandidateId, Mark],
    contest: Contest,
    decision: BallotAnswer | None,
    by_marks: tuple[InvalidGround, ...],
) -> tuple[InvalidGround, ...]:
    if not isinstance(decision, InvalidGround):
        return ()
    # A ground of the marks can only repeat what the clear marks say: the board judges paper, it does not change marks.
    if decision in OBSERVED_GROUNDS or decision in by_marks:
        return (decision,)
    if decision is InvalidGround.VOTES_NOBODY and _agrees_to_nobody(marks, contest):
        return (decision,)
    raise GroundNotInMarks(ground=decision, contest=contest.id)


def _agrees_to_nobody(marks: Mapping[CandidateId, Mark], contest: Contest) -> bool:
    """Question A3: several names without surplus, every mark clear, and nobody agreed to."""
    return (
        ballot_form(contest) is BallotForm.AGREE_DISAGREE
        and len(marks) > 1
        and not any(mark in (Mark.AGREE, Mark.DOUBTFUL) for mark in marks.values())
    )


def _proposal(
    marks: Mapping[CandidateId, Mark], contest: Contest, seen: tuple[InvalidGround, ...], settings: Settings
) -> BallotAnswer | None:
    """What to propose to the board for the ballot as a whole; None where it need not judge."""
    # One answer settles both questions, so the graver one is asked.
    if seen:
        return seen[0]
    if not _agrees_to_nobody(marks, contest):
        return None
    if settings.no_agree_ballot == "propose_by_disagree":
        valid = Mark.DISAGREE in marks.values()
    else:
        valid = settings.no_agree_ballot == "propose_valid"
    return "valid" if valid else InvalidGround.VOTES_NOBODY
