"""Each sheet as the regulation sees it: its marks and the board's answers go through `rules.ballot.classify`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from daihoi.counts.answers import Answers
from daihoi.counts.assembly import Assembled, Became, assemble
from daihoi.counts.grounds import Grounds
from daihoi.counts.one_sided import Backs, pair_passes
from daihoi.counts.pairing import pair
from daihoi.counts.terms import Seen, Sheet
from daihoi.rules.ballot import BallotAnswer, Classified, classify
from daihoi.rules.errors import GroundNotInMarks
from daihoi.rules.terms import CandidateId, InvalidGround, Mark, Standing


@dataclass(frozen=True)
class Judged:
    """A sheet with its classification; None for a sheet that is out of the count or waits for the board.

    `unfit`: the board's answer on the ballot is a ground that its marks do not give, and is not used.
    `proposal`: what the program proposes for the ballot as a whole, whether the board has answered or not.
    """

    assembled: Assembled
    classified: Classified | None
    unfit: bool = False
    proposal: BallotAnswer | None = None

    @property
    def ballot(self) -> str:
        """Its name."""
        return self.assembled.sheet.ballot

    @property
    def standing(self) -> Standing | None:
        """Its standing as a ballot."""
        return self.classified.standing if self.classified else None

    @property
    def waiting(self) -> bool:
        """Whether the board must deal with a page of this sheet before there is a ballot."""
        return self.assembled.became is Became.WAITING


def judge_all(
    seen: Iterable[Seen],
    answers: Answers,
    grounds: Grounds,
    sides: int,
    backs: Backs = Backs.BETWEEN,
) -> tuple[Judged, ...]:
    """Every sheet in the order of its number."""
    sheets = sheets_of(seen, sides, backs)
    return tuple(_judge(assemble(sheet, answers, grounds.candidates), answers, grounds) for sheet in sheets)


def sheets_of(seen: Iterable[Seen], sides: int, backs: Backs) -> tuple[Sheet, ...]:
    """Pages as sheets of paper, by the way in which they were scanned."""
    return pair(seen, sides) if sides == 1 or backs is Backs.BETWEEN else pair_passes(seen, backs)


def _judge(assembled: Assembled, answers: Answers, grounds: Grounds) -> Judged:
    match assembled.became:
        case Became.WAITING | Became.DROPPED | Became.REMOVED:
            return Judged(assembled, None)
        case Became.NOT_ISSUED:
            return Judged(assembled, _classify({}, grounds, (), InvalidGround.NOT_ISSUED))
        case Became.BALLOT:
            return _judge_ballot(assembled, _decision(answers.ballots.get(assembled.sheet.ballot)), grounds)


def _judge_ballot(assembled: Assembled, decision: BallotAnswer | None, grounds: Grounds) -> Judged:
    plain = _classify(assembled.marks, grounds, assembled.observed, None)
    if decision is None:
        return Judged(assembled, plain, proposal=plain.proposal)
    try:
        decided = _classify(assembled.marks, grounds, assembled.observed, decision)
    except GroundNotInMarks:
        # An answer given before a mark was decided otherwise: the ballot comes before the board again.
        return Judged(assembled, plain, unfit=True, proposal=plain.proposal)
    return Judged(assembled, decided, proposal=plain.proposal)


def _classify(
    marks: Mapping[str, Mark],
    grounds: Grounds,
    observed: tuple[InvalidGround, ...],
    decision: BallotAnswer | None,
) -> Classified:
    typed = {CandidateId(candidate): mark for candidate, mark in marks.items()}
    return classify(typed, contest=grounds.contest, observed=observed, decision=decision, settings=grounds.settings)


def _decision(word: InvalidGround | str | None) -> BallotAnswer | None:
    if word is None or isinstance(word, InvalidGround):
        return word
    return "valid"
