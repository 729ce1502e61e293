"""The facts of a count with what every section of the minutes needs of them."""

from __future__ import annotations

from dataclasses import dataclass

from daihoi.papers.minutes.errors import CandidateNotListed
from daihoi.papers.minutes.terms import CandidateLine, MinutesInput
from daihoi.papers.official.profiles import Profile
from daihoi.words.minutes.voters import Voters


@dataclass(frozen=True)
class Told:
    """The facts with what every section needs of them."""

    facts: MinutesInput
    voters: Voters
    profile: Profile
    by_id: dict[str, CandidateLine]

    def line(self, candidate: str) -> CandidateLine:
        """The candidate of that id; CandidateNotListed when the result names somebody else."""
        if candidate not in self.by_id:
            raise CandidateNotListed(candidate=candidate, contest=self.facts.contest)
        return self.by_id[candidate]


def named(line: CandidateLine) -> str:
    """A name with what tells it apart from its equals, in brackets once."""
    return f"{line.name} ({line.note.strip('()')})" if line.note else line.name
