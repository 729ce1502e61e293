"""The regulation once more, in the fewest lines: what a ballot comes to, who is elected. Integers only.

Written from docs/dev/ledger.md and the regulation, not from `rules`. [244-QĐ/TW art. 17, 32; 190-QĐ/TW art. 15, 18, 30]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from daihoi.verify.election import Race
from daihoi.verify.errors import MalformedError
from daihoi.verify.sheets import Paper
from daihoi.verify.terms import LEDGER

GROUND_ORDER = (
    "NOT_ISSUED",
    "SIGNED_OR_EXTRA_TEXT",
    "OUTSIDE_NAME",
    "DISTINGUISHING_MARK",
    "OVER_VOTE",
    "VOTES_NOBODY",
    "SINGLE_BOTH",
    "SINGLE_NONE",
)
OBSERVED = frozenset(GROUND_ORDER[:4])
_STRIKE_MARKS = frozenset({"kept", "struck", "doubtful"})
_AGREE_MARKS = frozenset({"agree", "disagree", "both", "none", "doubtful"})


@dataclass(frozen=True)
class Verdict:
    """What a ballot comes to: valid with votes, invalid with grounds, or undecided."""

    standing: str
    grounds: tuple[str, ...] = ()
    votes: tuple[str, ...] = ()


def judge(paper: Paper, race: Race, answer: str) -> Verdict:
    """The verdict on a ballot; `answer` is the board's on the whole ballot, empty for none."""
    if paper.foreign:
        return Verdict("invalid", ("NOT_ISSUED",))
    _check_words(paper, race)
    nobody = _nobody_agreed(paper, race)
    clear = _clear_ground(list(paper.marks.values()), race)
    judged = answer if answer in OBSERVED or (answer == "VOTES_NOBODY" and nobody) else ""
    if clear or judged:
        return Verdict("invalid", _in_order({clear, judged}))
    asked = (bool(paper.observed) or nobody) and answer != "valid"
    if asked or "doubtful" in paper.marks.values():
        return Verdict("undecided", _in_order(set(paper.observed)) if asked else ())
    votes = tuple(candidate for candidate in race.names if paper.marks[candidate] in ("kept", "agree"))
    return Verdict("valid", (), votes)


def _in_order(grounds: set[str]) -> tuple[str, ...]:
    return tuple(ground for ground in GROUND_ORDER if ground in grounds)


def _check_words(paper: Paper, race: Race) -> None:
    words = _STRIKE_MARKS if race.strike else _AGREE_MARKS
    wrong = [f"{candidate}: {mark}" for candidate, mark in paper.marks.items() if mark not in words]
    if wrong or paper.marks.keys() != race.names.keys():
        found = ", ".join(wrong) or "marks of other candidates"
        raise MalformedError(member=LEDGER, path=paper.ballot, expected=", ".join(sorted(words)), found=found[:100])


def _clear_ground(marks: list[str], race: Race) -> str:
    if race.strike:
        if marks.count("kept") > race.most_names:
            return "OVER_VOTE"
        return "VOTES_NOBODY" if all(mark == "struck" for mark in marks) else ""
    if len(marks) == 1:
        if marks == ["both"]:
            return "SINGLE_BOTH"
        if marks == ["none"] and race.rules.blank_single_ballot == "invalid":
            return "SINGLE_NONE"
    return ""


def _nobody_agreed(paper: Paper, race: Race) -> bool:
    several = not race.strike and len(race.names) > 1
    return several and not {"agree", "doubtful"} & set(paper.marks.values())


@dataclass(frozen=True)
class Sum:
    """The ballots added up."""

    valid: int
    invalid: int
    undecided: int
    by_ground: Mapping[str, int]
    votes: Mapping[str, int]


def add_up(verdicts: Iterable[Verdict], race: Race) -> Sum:
    """Votes of valid ballots; invalid ones by the first of their grounds."""
    standings: Counter[str] = Counter()
    grounds: Counter[str] = Counter()
    votes: Counter[str] = Counter()
    for verdict in verdicts:
        standings[verdict.standing] += 1
        votes.update(verdict.votes)
        if verdict.standing == "invalid":
            grounds[verdict.grounds[0]] += 1
    return Sum(
        standings["valid"],
        standings["invalid"],
        standings["undecided"],
        dict(grounds),
        {candidate: votes[candidate] for candidate in race.names},
    )


@dataclass(frozen=True)
class Elected:
    """Who is what."""

    elected: tuple[str, ...]
    alternates: tuple[str, ...]
    ties: tuple[tuple[tuple[str, ...], int], ...]
    shortfall: int
    outcomes: Mapping[str, str]


def elect(race: Race, votes: Mapping[str, int]) -> Elected:
    """More than half of the base, from the highest vote down; a tie across the last seat seats none of the tied."""
    # sorted() keeps ballot order among equal votes: it is shown so and decides nothing.
    ranked = sorted(race.names, key=lambda candidate: -votes[candidate])
    passed = [one for one in ranked if (votes[one] > 0 if race.plurality else 2 * votes[one] > race.base)]
    elected, tie = _cut(passed, votes, race.seats)
    ties = [tie] if tie[1] else []
    alternates: tuple[str, ...] = ()
    if race.places and not ties:
        alternates, second = _cut(_rest(race, ranked, passed, elected, votes), votes, race.places)
        ties += [second] if second[1] else []
    outcomes = dict.fromkeys(race.names, "not_qualified")
    outcomes |= {one: "qualified_not_elected" for one in race.names if 2 * votes[one] > race.base}
    outcomes |= {one: "tied" for candidates, _ in ties for one in candidates}
    outcomes |= dict.fromkeys(alternates, "alternate") | dict.fromkeys(elected, "elected")
    return Elected(elected, alternates, tuple(ties), max(0, race.seats - len(passed)), outcomes)


def _rest(
    race: Race, ranked: list[str], passed: list[str], elected: tuple[str, ...], votes: Mapping[str, int]
) -> list[str]:
    """Who may become an alternate, from the highest vote down. [190-QĐ/TW art. 18.1]"""
    rest = [one for one in passed if one not in elected]
    # Alternates come only after the official seats are filled.
    if not race.rules.alternates_need_majority and len(passed) >= race.seats:
        rest += [one for one in ranked if one not in passed and votes[one] > 0]
    return rest


def _cut(
    ranked: list[str], votes: Mapping[str, int], seats: int
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], int]]:
    """Those above the cut, and the tied across it with the seats they contend for (0 when there is no tie)."""
    if len(ranked) <= seats:
        return tuple(ranked), ((), 0)
    line = votes[ranked[seats]]
    above = tuple(one for one in ranked if votes[one] > line)
    if len(above) >= seats:
        return tuple(ranked[:seats]), ((), 0)
    return above, (tuple(one for one in ranked if votes[one] == line), seats - len(above))


def percent(votes: int, base: int) -> str:
    """Votes in percent of the base, two decimals, half up."""
    whole, rest = divmod((votes * 10_000 * 2 + base) // (2 * base), 100)
    return f"{whole}.{rest:02d}"
