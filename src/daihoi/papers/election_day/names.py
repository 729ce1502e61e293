"""The names of a contest as its ballot prints them: namesakes told apart, letters composed, spaces single."""

from __future__ import annotations

from daihoi.papers.ballots.face import listed
from daihoi.rules.terms import Contest


def printed_names(contest: Contest) -> tuple[str, ...]:
    """The names in ballot order, with the year of birth beside those that are equal. Raises SameNamesError."""
    return tuple(f"{one.label} {one.note}".strip() for one in listed(contest.candidates))
