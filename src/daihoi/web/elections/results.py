"""What an announced result comes to, by the rules, and the ballots that may follow it.

Asked only of contests whose figures are open: see `queries.figures_are_open`.
"""

from __future__ import annotations

from dataclasses import dataclass

from daihoi.rules.outcome import Outcome, Tied, outcome, percent_of_base
from daihoi.rules.terms import CandidateId
from daihoi.web.elections import making, queries
from daihoi.web.elections.choices import RoundKind
from daihoi.web.elections.making import Body
from daihoi.web.elections.models import Contest, Nomination
from daihoi.web.elections.saying import language
from daihoi.words.election_day.figures import share


@dataclass(frozen=True)
class Line:
    """One person with their votes."""

    nomination: Nomination
    votes: int
    percent: str
    """Of the base, with two decimals, the way of the language."""
    elected: bool
    apart: str = ""
    """What the ballot or the list says beside the name."""


@dataclass(frozen=True)
class Following:
    """A ballot that may follow: its kind, its seats, who stands. `decided` whether the body must decide first."""

    kind: RoundKind
    seats: int
    people: tuple[Nomination, ...]
    decided: bool
    alternates: int = 0
    title: str = ""


@dataclass(frozen=True)
class Result:
    """A result as the page shows it."""

    lines: tuple[Line, ...]
    outcome: Outcome
    base: int
    needed: int
    following: tuple[Following, ...]


def result_of(contest: Contest, body: Body) -> Result | None:
    """The result; None before it is announced or while no figures stand. Raises RulesError."""
    if not queries.figures_are_open(contest):
        return None
    names = making.listed(contest)
    sheet = body.sheet(making.roll_of(contest, body))
    if sheet is None or not names or any(one.votes is None for one in names):
        return None
    votes = {CandidateId(one.candidate): one.votes or 0 for one in names}
    found = outcome(making.contest_of(contest, names), votes, sheet.base, settings=body.settings)
    # Equal votes stay in the order of the ballot, which decides nothing.
    ranked = sorted(names, key=lambda one: -(one.votes or 0))
    lines = tuple(
        Line(one, one.votes or 0, _share(one.votes or 0, sheet.base), one.candidate in found.elected, one.note)
        for one in ranked
    )
    following = (*_ties(contest, names, found), *_shortfall(contest, names, found))
    return Result(lines, found, sheet.base, sheet.needed, following)


def _share(votes: int, base: int) -> str:
    return share(percent_of_base(votes, base), language()).removesuffix("%")


def _ties(contest: Contest, names: list[Nomination], found: Outcome) -> list[Following]:
    again = contest.round_kind == RoundKind.TIE_REBALLOT
    return [_tie(contest, names, tie, again=again) for tie in found.ties]


def _tie(contest: Contest, names: list[Nomination], tie: Tied, *, again: bool) -> Following:
    people = tuple(one for one in names if one.candidate in tie.candidates)
    title = f"{contest.title} (đại biểu dự khuyết)" if tie.for_alternates else contest.title
    # Tied a first time they are voted on again; a second time the body decides whether. [ER 6.4; A11]
    return Following(RoundKind.TIE_REBALLOT, tie.seats, people, again, title=title)


def _shortfall(contest: Contest, names: list[Nomination], found: Outcome) -> list[Following]:
    seats, alternates = found.shortfall, found.alternates_shortfall
    if not seats and not alternates:
        return []
    taken = {*found.elected, *found.alternates}
    people = tuple(one for one in names if one.candidate not in taken)
    if seats:
        return [Following(RoundKind.FURTHER, seats, people, True, alternates=alternates, title=contest.title)]
    title = f"{contest.title} (đại biểu dự khuyết)"
    return [Following(RoundKind.FURTHER, alternates, people, True, title=title)]
