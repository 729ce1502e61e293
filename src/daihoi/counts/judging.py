"""Each sheet as the regulation sees it: its marks and the board's answers go through `rules.ballot.classify`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from daihoi.counts.answers import Answers
from daihoi.counts.assembly import Assembled, Became, assemble
from daihoi.counts.grounds import Grounds
from daihoi.counts.pairing import pair
from daihoi.counts.terms import Closed, SeenPage
from daihoi.rules.ballot import Classified, classify
from daihoi.rules.errors import GroundNotInMarks
from daihoi.rules.terms import CandidateId, InvalidGround, Mark


@dataclass(frozen=True)
class Judged:
    """A sheet with its classification; None for a sheet that is out of the count or waits for the board.

    `unfit`: the board's answer on the ballot is a ground that its marks do not give, and is not used.
    """

    assembled: Assembled
    classified: Classified | None
    unfit: bool = False

    @property
    def ballot(self) -> str:
        """Its name."""
        return self.assembled.sheet.ballot

    @property
    def waiting(self) -> bool:
        """Whether the board must deal with a page of this sheet before there is a ballot."""
        return self.assembled.became is Became.WAITING


def judge_all(seen: Iterable[SeenPage | Closed], answers: Answers, grounds: Grounds, sides: int) -> tuple[Judged, ...]:
    """Every sheet in the order of its number."""
    return tuple(_judge(assemble(sheet, answers, grounds.candidates), answers, grounds) for sheet in pair(seen, sides))


def _judge(assembled: Assembled, answers: Answers, grounds: Grounds) -> Judged:
    match assembled.became:
        case Became.WAITING | Became.DROPPED:
            return Judged(assembled, None)
        case Became.NOT_ISSUED:
            return Judged(assembled, _classify({}, grounds, (), InvalidGround.NOT_ISSUED))
        case Became.BALLOT:
            decision = _decision(answers.ballots.get(assembled.sheet.ballot))
            try:
                return Judged(assembled, _classify(assembled.marks, grounds, assembled.observed, decision))
            except GroundNotInMarks:
                # An answer given before a mark was decided otherwise: the ballot comes before the board again.
                return Judged(assembled, _classify(assembled.marks, grounds, assembled.observed, None), unfit=True)


def _classify(
    marks: Mapping[str, Mark],
    grounds: Grounds,
    observed: tuple[InvalidGround, ...],
    decision: Literal["valid"] | InvalidGround | None,
) -> Classified:
    typed = {CandidateId(candidate): mark for candidate, mark in marks.items()}
    return classify(typed, contest=grounds.contest, observed=observed, decision=decision, settings=grounds.settings)


def _decision(word: InvalidGround | str | None) -> Literal["valid"] | InvalidGround | None:
    if word is None or isinstance(word, InvalidGround):
        return word
    return "valid"
