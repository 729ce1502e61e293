"""Who is elected: more than half of the base, from the highest vote down, and never a silent tie-break.

[244-QĐ/TW art. 32; 190-QĐ/TW art. 30; alternates 190-QĐ/TW art. 18.1]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from daihoi.rules.base import is_elected
from daihoi.rules.errors import CountOutOfRange, VotesMissing, VotesOfUnknownCandidate
from daihoi.rules.settings import Settings
from daihoi.rules.terms import CandidateId, CandidateOutcome, Contest, Office, RoundKind


@dataclass(frozen=True)
class Tied:
    """People with equal votes for fewer seats than there are of them: a re-ballot of these alone, for these seats.

    `for_alternates`: what is open are the last places of alternates, not official seats.
    """

    candidates: tuple[CandidateId, ...]
    seats: int
    for_alternates: bool = False


@dataclass(frozen=True)
class Outcome:
    """What the votes come to.

    `elected` from the highest vote down (equal votes in ballot order, which decides nothing); `alternates` in rank.
    `equal_alternates`: groups of alternates with the same vote, whose rank among each other the congress must settle.
    `awaiting_alternates`: while a tie for the last official seat is open no rank can be given; these are the people
    who may become alternates below the tied, from the highest vote down.
    `alternates_shortfall`: alternate places that nobody is qualified for.
    `by_plurality`: somebody is elected in a re-ballot without more than half; the presidium must confirm it.
    """

    by_candidate: Mapping[CandidateId, CandidateOutcome]
    elected: tuple[CandidateId, ...]
    alternates: tuple[CandidateId, ...]
    ties: tuple[Tied, ...]
    shortfall: int
    by_plurality: bool
    equal_alternates: tuple[tuple[CandidateId, ...], ...] = ()
    awaiting_alternates: tuple[CandidateId, ...] = ()
    alternates_shortfall: int = 0

    @property
    def confirmation_required(self) -> bool:
        """Whether the presidium must confirm before the result is announced (question A10)."""
        return self.by_plurality


def outcome(
    contest: Contest, votes: Mapping[CandidateId, int], base: int, *, settings: Settings | None = None
) -> Outcome:
    """The outcome of one contest from the votes on valid ballots and the base.

    In a re-ballot of the tied everybody with a vote may win; in every other round it takes more than half of the
    base. `shortfall` is the seats for which nobody may win. Raises VotesOfUnknownCandidate, VotesMissing,
    CountOutOfRange.
    """
    settings = settings or Settings()
    _check_votes(contest, votes, base)
    plurality = contest.round_kind is RoundKind.TIE_REBALLOT and settings.tie_reballot_plurality
    # sorted() is stable: equal votes stay in ballot order, which is shown and decides nothing.
    ranked = sorted((candidate.id for candidate in contest.candidates), key=lambda one: -votes[one])
    qualified = _qualified(ranked, votes, base, plurality=plurality)
    elected, tie = _fill(qualified, votes, contest.seats)
    behind = _behind(contest, _left_over(contest, ranked, qualified, elected, votes, settings), votes, tie)
    ties = tuple(one for one in (tie, behind.tie) if one is not None)
    return Outcome(
        by_candidate=_by_candidate(contest, votes, base, elected, behind.alternates, ties),
        elected=elected,
        alternates=behind.alternates,
        ties=ties,
        shortfall=max(0, contest.seats - len(qualified)),
        # Only plurality lets anybody win without more than half, so the votes alone tell it.
        by_plurality=any(not is_elected(votes[one], base) for one in elected),
        equal_alternates=_equal_groups(behind.alternates, votes),
        awaiting_alternates=behind.awaiting,
        alternates_shortfall=behind.shortfall,
    )


def percent_of_base(votes: int, base: int) -> str:
    """Votes in percent of the base with two decimals, half up, by integers: "50.40". For display alone."""
    if base < 1:
        raise CountOutOfRange(field="base", value=base, lowest=1)
    # Half up without floats; exactly half of the base shows 50.00 and is not elected.
    hundredths = (20_000 * votes + base) // (2 * base)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _qualified(
    ranked: Sequence[CandidateId], votes: Mapping[CandidateId, int], base: int, *, plurality: bool
) -> list[CandidateId]:
    """Who may win a seat at all, from the highest vote down."""
    if plurality:
        # A vote is the least that plurality can rest on: nobody wins a seat with none.
        return [one for one in ranked if votes[one] > 0]
    return [one for one in ranked if is_elected(votes[one], base)]


def _left_over(
    contest: Contest,
    ranked: Sequence[CandidateId],
    qualified: Sequence[CandidateId],
    elected: Sequence[CandidateId],
    votes: Mapping[CandidateId, int],
    settings: Settings,
) -> list[CandidateId]:
    """Who may become an alternate, from the highest vote down."""
    rest = [one for one in qualified if one not in elected]
    if settings.alternates_need_majority or len(qualified) < contest.seats:
        # Alternates come only after the official seats are filled. [190-QĐ/TW art. 18.1]
        return rest
    return rest + [one for one in ranked if one not in qualified and votes[one] > 0]


def _fill(
    ranked: Sequence[CandidateId], votes: Mapping[CandidateId, int], seats: int
) -> tuple[tuple[CandidateId, ...], Tied | None]:
    """The seats from the top of the ranking; a tie across the last seat seats nobody of the tied."""
    # Everybody fits: equal votes need no re-ballot, whoever they are.
    if len(ranked) <= seats:
        return tuple(ranked), None
    if seats == 0:
        return (), None
    last = votes[ranked[seats - 1]]
    # The cut falls between two different figures: a tie wholly above or below it changes nothing.
    if votes[ranked[seats]] < last:
        return tuple(ranked[:seats]), None
    above = tuple(one for one in ranked if votes[one] > last)
    level = tuple(one for one in ranked if votes[one] == last)
    return above, Tied(level, seats - len(above))


@dataclass(frozen=True)
class _Behind:
    """What becomes of the places for alternates, behind the official delegates."""

    alternates: tuple[CandidateId, ...] = ()
    tie: Tied | None = None
    awaiting: tuple[CandidateId, ...] = ()
    shortfall: int = 0


def _behind(contest: Contest, rest: list[CandidateId], votes: Mapping[CandidateId, int], tie: Tied | None) -> _Behind:
    """Alternates from those not elected, from the highest vote down. [190-QĐ/TW art. 18.1]

    While a tie for the last official seat is open nobody gets a rank: the losers of the re-ballot are inferred to
    come first (worked example 22), but no text says so, and a rank once announced cannot be taken back.
    """
    places = contest.alternates if contest.office is Office.DELEGATES else 0
    if not places:
        return _Behind()
    if tie is None:
        alternates, last_places = _fill(rest, votes, places)
        if last_places is not None:
            last_places = replace(last_places, for_alternates=True)
        return _Behind(alternates, last_places, shortfall=max(0, places - len(rest)))
    below = tuple(one for one in rest if one not in tie.candidates)
    losers = len(tie.candidates) - tie.seats
    return _Behind(awaiting=below, shortfall=max(0, places - losers - len(below)))


def _by_candidate(
    contest: Contest,
    votes: Mapping[CandidateId, int],
    base: int,
    elected: Sequence[CandidateId],
    alternates: Sequence[CandidateId],
    ties: Sequence[Tied],
) -> dict[CandidateId, CandidateOutcome]:
    tied = {one for tie in ties for one in tie.candidates}

    def of(one: CandidateId) -> CandidateOutcome:
        if one in elected:
            return CandidateOutcome.ELECTED
        if one in alternates:
            return CandidateOutcome.ALTERNATE
        if one in tied:
            return CandidateOutcome.TIED
        if is_elected(votes[one], base):
            return CandidateOutcome.QUALIFIED_NOT_ELECTED
        return CandidateOutcome.NOT_QUALIFIED

    return {candidate.id: of(candidate.id) for candidate in contest.candidates}


def _equal_groups(
    ranked: Sequence[CandidateId], votes: Mapping[CandidateId, int]
) -> tuple[tuple[CandidateId, ...], ...]:
    levels: dict[int, list[CandidateId]] = {}
    for one in ranked:
        levels.setdefault(votes[one], []).append(one)
    return tuple(tuple(level) for level in levels.values() if len(level) > 1)


def _check_votes(contest: Contest, votes: Mapping[CandidateId, int], base: int) -> None:
    if base < 1:
        raise CountOutOfRange(field="base", value=base, lowest=1)
    if contest.seats < 1:
        raise CountOutOfRange(field="seats", value=contest.seats, lowest=1)
    listed = {candidate.id for candidate in contest.candidates}
    # sorted: the error names the same person whatever the order of a set or a mapping.
    for one in sorted(set(votes) - listed):
        raise VotesOfUnknownCandidate(candidate=one, contest=contest.id)
    for one in sorted(listed - set(votes)):
        raise VotesMissing(candidate=one, contest=contest.id)
    for one, figure in votes.items():
        if figure < 0:
            raise CountOutOfRange(field=f"votes.{one}", value=figure, lowest=0)
