"""What the votes of a contest come to, by the rules: for pages, screens and papers, and for the chair to read.

Whoever shows a result asks here, so that a page, a screen and a paper cannot tell different ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from daihoi.rules.outcome import Outcome, Tied, outcome, percent_of_base
from daihoi.rules.terms import CandidateId, CandidateOutcome
from daihoi.web.elections import choices, making, queries
from daihoi.web.elections.choices import RoundKind
from daihoi.web.elections.making import Body
from daihoi.web.elections.models import Contest, Nomination
from daihoi.web.elections.saying import Speech, language
from daihoi.words.election_day.chair import Spoken
from daihoi.words.election_day.figures import share


@dataclass(frozen=True)
class Line:
    """One person with their votes; `share` of the base in percent as the rules write it: "50.40"."""

    nomination: Nomination
    votes: int
    share: str
    outcome: CandidateOutcome

    @property
    def percent(self) -> str:
        """The share, the way of the language: "50,40"."""
        return share(self.share, language()).removesuffix("%")

    @property
    def elected(self) -> bool:
        """Marked wherever the result is shown."""
        return self.outcome is CandidateOutcome.ELECTED

    @property
    def words(self) -> str:
        """What came of it."""
        return str(choices.Outcome(self.outcome).label)


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
    """The whole result; `lines` in the order of the ballot."""

    contest: Contest
    body: Body
    lines: tuple[Line, ...]
    outcome: Outcome
    base: int
    needed: int

    @property
    def ranked(self) -> tuple[Line, ...]:
        """From the highest vote down."""
        # Equal votes stay in the order of the ballot, which decides nothing.
        return tuple(sorted(self.lines, key=lambda one: -one.votes))

    @property
    def elected(self) -> tuple[Line, ...]:
        """From the highest vote down."""
        return tuple(one for one in self.ranked if one.elected)

    @property
    def tied(self) -> tuple[Line, ...]:
        """Those of equal votes for whom no seat is left."""
        return tuple(one for one in self.lines if one.outcome is CandidateOutcome.TIED)

    @property
    def open_seats(self) -> int:
        """Seats that nobody won."""
        return max(0, self.contest.seats - len(self.elected))

    @property
    def highest(self) -> int:
        """The scale of a chart: the base, since the threshold is half of it."""
        return max([self.base, *(one.votes for one in self.lines)])

    @cached_property
    def following(self) -> tuple[Following, ...]:
        """The ballots that the rules ask for or allow after this one."""
        names = [one.nomination for one in self.lines]
        return (*_ties(self.contest, names, self.outcome), *_shortfall(self.contest, names, self.outcome))

    @cached_property
    def spoken(self) -> tuple[Spoken, ...]:
        """What the chair reads of what came out, and of what is to be decided."""
        names = {one.nomination.candidate: one.nomination.name for one in self.lines}
        speech, found = Speech(self.contest, self.body, [one.nomination for one in self.lines]), self.outcome
        won = tuple(names[one] for one in found.elected)
        if found.by_plurality:
            # Never as elected by more than half: among the tied that is not asked, and here it is not so.
            said = [speech.say("elected_by_plurality", names=won)]
        elif won:
            said = [speech.say("elected", base=self.base, count=len(won), names=won)]
        else:
            said = [speech.say("nobody_elected", base=self.base)]
        if found.alternates:
            said.append(speech.say("alternates", names=tuple(names[one] for one in found.alternates)))
        # Tied a second time they are not voted on again by themselves: another sentence asks the body.
        tie_code = "tie_again" if self.contest.round_kind == RoundKind.TIE_REBALLOT else "tie"
        for tie in found.ties:
            said.append(speech.say(tie_code, names=tuple(names[one] for one in tie.candidates), seats=tie.seats))
        if found.shortfall:
            said.append(speech.say("shortfall", elected=len(won), missing=found.shortfall))
        return tuple(said)


def result_of(contest: Contest, body: Body | None = None, *, inside: bool = False) -> Result | None:
    """The result; None before it is announced or while no figures stand. Raises RulesError.

    `inside`: the counting room asks, which sees what the board has confirmed before it is announced.
    """
    if not inside and not queries.figures_are_open(contest):
        return None
    body = body or making.body_of(contest.sitting)
    names = making.listed(contest)
    sheet = body.sheet(making.roll_of(contest, body))
    if sheet is None or not names or any(one.votes is None for one in names):
        return None
    votes = {CandidateId(one.candidate): one.votes or 0 for one in names}
    found = outcome(making.contest_of(contest, names), votes, sheet.base, settings=body.settings)
    lines = tuple(_line(one, sheet.base, found) for one in names)
    return Result(contest, body, lines, found, sheet.base, sheet.needed)


def _line(one: Nomination, base: int, found: Outcome) -> Line:
    votes = one.votes or 0
    return Line(one, votes, percent_of_base(votes, base), found.by_candidate[CandidateId(one.candidate)])


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
