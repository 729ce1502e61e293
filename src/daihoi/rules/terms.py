"""The words of the election regulation: enums, ids and frozen records that every room shares.

Values of the enums are what ELECTION.toml, ballots.jsonl, review.csv and result.json say (docs/schemas).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

CandidateId = NewType("CandidateId", str)
ContestId = NewType("ContestId", str)


class CongressForm(StrEnum):
    """Which body votes, and so which base counts. [244-QĐ/TW art. 32; 190-QĐ/TW art. 30]"""

    DELEGATES = "delegates"
    MEMBERS = "members"
    MEETING = "meeting"


class Office(StrEnum):
    """What is elected."""

    COMMITTEE = "committee"
    STANDING_COMMITTEE = "standing_committee"
    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    INSPECTION_COMMITTEE = "inspection_committee"
    INSPECTION_CHAIR = "inspection_chair"
    DELEGATES = "delegates"


class RoundKind(StrEnum):
    """First ballot, a further one after a shortfall, or a re-ballot among the tied alone."""

    FIRST = "first"
    FURTHER = "further"
    TIE_REBALLOT = "tie_reballot"


class Source(StrEnum):
    """How a candidate came onto the list. [190-QĐ/TW art. 14.2, 14.3]"""

    PREPARED = "prepared"
    SELF = "self"
    FLOOR = "floor"


class DeductionGround(StrEnum):
    """Why a person is taken off the base. [244-QĐ/TW art. 32.2-32.4; 190-QĐ/TW art. 30.2]"""

    CONVENING_MEMBER_ABSENT_THROUGHOUT = "convening_member_absent_throughout"
    DELEGATE_ABSENT_THROUGHOUT_UNREPLACED = "delegate_absent_throughout_unreplaced"
    TEMPORARILY_ELSEWHERE = "temporarily_elsewhere"
    EXEMPT_NOT_PRESENT = "exempt_not_present"
    SUSPENDED_CHARGED_OR_IN_CUSTODY = "suspended_charged_or_in_custody"
    ABSENT_THROUGHOUT_APPROVED = "absent_throughout_approved"
    ON_LEAVE_THROUGHOUT = "on_leave_throughout"


class BallotForm(StrEnum):
    """The form of the ballot, by arithmetic and not by preference. [244-QĐ/TW art. 17.1]"""

    STRIKE_OUT = "strike_out"
    AGREE_DISAGREE = "agree_disagree"


class Mark(StrEnum):
    """What the paper says of one candidate: kept or struck on a strike form, the rest on an agree form."""

    KEPT = "kept"
    STRUCK = "struck"
    AGREE = "agree"
    DISAGREE = "disagree"
    BOTH = "both"
    NONE = "none"
    DOUBTFUL = "doubtful"


class Standing(StrEnum):
    """Whether a ballot counts; undecided until the board concludes. [190-QĐ/TW art. 8.2]"""

    VALID = "valid"
    INVALID = "invalid"
    UNDECIDED = "undecided"


class InvalidGround(StrEnum):
    """Why a ballot does not count, in the order in which the first found is printed. [244-QĐ/TW art. 17.2]"""

    NOT_ISSUED = "NOT_ISSUED"
    SIGNED_OR_EXTRA_TEXT = "SIGNED_OR_EXTRA_TEXT"
    OUTSIDE_NAME = "OUTSIDE_NAME"
    DISTINGUISHING_MARK = "DISTINGUISHING_MARK"
    OVER_VOTE = "OVER_VOTE"
    VOTES_NOBODY = "VOTES_NOBODY"
    SINGLE_BOTH = "SINGLE_BOTH"
    SINGLE_NONE = "SINGLE_NONE"


class CandidateOutcome(StrEnum):
    """What the count makes of one candidate; ratification by the superior comes later. [190-QĐ/TW art. 2]"""

    ELECTED = "elected"
    ALTERNATE = "alternate"
    TIED = "tied"
    QUALIFIED_NOT_ELECTED = "qualified_not_elected"
    NOT_QUALIFIED = "not_qualified"


class ResultStatus(StrEnum):
    """Whether a result may be announced."""

    FINAL = "final"
    AWAITING_DECISIONS = "awaiting_decisions"
    STOPPED = "stopped"


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date of which only the year may be known; an unknown month or day is 0 and sorts first."""

    year: int
    month: int = 0
    day: int = 0


@dataclass(frozen=True)
class Candidate:
    """One person on the list, in ballot order; `support` is the number who backed someone not prepared."""

    id: CandidateId
    name: str
    born: PartialDate | None = None
    party_since: PartialDate | None = None
    note: str = ""
    source: Source = Source.PREPARED
    support: int | None = None


@dataclass(frozen=True)
class BallotFigures:
    """Ballot papers as the board counted them by hand; None where the figure is not filled in yet.

    The arithmetic takes a missing `spoiled` as none at all; on paper its place stays open.
    """

    printed: int | None = None
    issued: int | None = None
    collected: int | None = None
    spoiled: int | None = None
    unused: int | None = None


@dataclass(frozen=True)
class Contest:
    """One ballot paper: an office, its seats, its list. A further round is a contest of its own."""

    id: ContestId
    office: Office
    title: str
    seats: int
    candidates: tuple[Candidate, ...]
    round: int = 1
    round_kind: RoundKind = RoundKind.FIRST
    follows: ContestId | None = None
    alternates: int = 0
    prepared: int | None = None
    attending: int | None = None
    figures: BallotFigures | None = None


@dataclass(frozen=True)
class Deduction:
    """One line of the worksheet of the base."""

    ground: DeductionGround
    count: int
    note: str = ""


@dataclass(frozen=True)
class Roll:
    """Who was summoned, who is present at the vote, and who is taken off the base."""

    summoned: int
    present: int
    deductions: tuple[Deduction, ...] = ()


@dataclass(frozen=True)
class Override:
    """A check of the list that a named body set aside, with its reason and document."""

    check: str
    by: str
    reason: str
    document: str = ""
