"""The sum of classified ballots: votes of the valid, the invalid by ground, and what still waits.

Only valid ballots give votes. [190-QĐ/TW art. 30.1]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from daihoi.rules.ballot import Classified
from daihoi.rules.terms import CandidateId, Contest, InvalidGround, Standing


@dataclass(frozen=True)
class Tally:
    """Votes in ballot order, of valid ballots alone; `invalid_by_ground` counts the first ground of each ballot,
    so that it adds up to `invalid`. `by_marks` of the invalid are for the board to confirm as a body."""

    votes: Mapping[CandidateId, int]
    valid: int
    invalid: int
    undecided: int
    invalid_by_ground: Mapping[InvalidGround, int]
    by_marks: int

    @property
    def ballots(self) -> int:
        """Every ballot, whatever its standing."""
        return self.valid + self.invalid + self.undecided


def tally(ballots: Iterable[Classified], contest: Contest) -> Tally:
    """Add up the ballots of a contest; their order does not matter."""
    votes = {candidate.id: 0 for candidate in contest.candidates}
    standings = dict.fromkeys(Standing, 0)
    grounds = dict.fromkeys(InvalidGround, 0)
    by_marks = 0
    for ballot in ballots:
        standings[ballot.standing] += 1
        by_marks += ballot.by_marks
        if ballot.standing is Standing.VALID:
            for one in ballot.votes:
                votes[one] += 1
        elif ballot.standing is Standing.INVALID:
            # The first ground is the one that is printed; counting each would not add up to the invalid.
            grounds[ballot.grounds[0]] += 1
    return Tally(
        votes=votes,
        valid=standings[Standing.VALID],
        invalid=standings[Standing.INVALID],
        undecided=standings[Standing.UNDECIDED],
        invalid_by_ground={ground: number for ground, number in grounds.items() if number},
        by_marks=by_marks,
    )
