"""The words of interchange: an election as its file tells it, a ballot as a line, a row of review, a result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from daihoi.rules.terms import (
    CandidateOutcome,
    CongressForm,
    Contest,
    ContestId,
    InvalidGround,
    Mark,
    Override,
    ResultStatus,
    Roll,
    Standing,
)

SettingValue = bool | int | str


@dataclass(frozen=True)
class Congress:
    """The congress or meeting; `opens` decides the edition of the regulation unless `edition` names it."""

    title: str
    organisation: str
    superior: str
    place: str
    opens: date
    closes: date
    form: CongressForm
    edition: str = ""


@dataclass(frozen=True)
class BoardMember:
    """A member of the counting board (ban kiểm phiếu)."""

    name: str
    role: str
    unit: str = ""


@dataclass(frozen=True)
class MinutesFacts:
    """What the minutes say of the sitting; None becomes a dotted line and a warning."""

    presidium_head: str | None = None
    opened: datetime | str | None = None
    closed: datetime | str | None = None
    copies: int = 3


@dataclass(frozen=True)
class Election:
    """ELECTION.toml, checked for form (types, ranges, unknown keys) and not yet for the regulation."""

    congress: Congress
    roll: Roll | None
    contests: tuple[Contest, ...]
    board: tuple[BoardMember, ...] = ()
    minutes: MinutesFacts = MinutesFacts()
    settings: Mapping[str, SettingValue] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()

    def contest(self, contest_id: str) -> Contest:
        """The contest of that id; KeyError when there is none."""
        for contest in self.contests:
            if contest.id == ContestId(contest_id):
                return contest
        raise KeyError(contest_id)


@dataclass(frozen=True)
class PageRef:
    """One scanned page of a ballot: the file as named under --scans, the page in it from 0, the file's digest."""

    file: str
    index: int
    sha256: str


@dataclass(frozen=True)
class BallotLine:
    """A line of ballots.jsonl. A line keyed by hand has `ballot` and `marks` alone: `standing` is None then."""

    ballot: str
    marks: Mapping[str, Mark]
    pages: tuple[PageRef, ...] = ()
    standing: Standing | None = None
    grounds: tuple[InvalidGround, ...] = ()
    votes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RefusedLine:
    """A line of refused.jsonl: a page that was not read and that no person has dealt with yet, or how it was found."""

    file: str
    index: int
    reason: str
    found: str = ""
    expected: str = ""


@dataclass(frozen=True)
class ReviewRow:
    """A row of review.csv. `candidate` is empty for a whole ballot and for a page; `decision` until it is made."""

    ballot: str
    candidate: str
    reason: str
    proposal: str
    decision: str = ""
    crop: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """What it is about; one answer holds on each place."""
        return self.ballot, self.candidate


@dataclass(frozen=True)
class TallyLine:
    """The votes of one candidate, in ballot order; the outcome is written only when the result is final."""

    candidate: str
    votes: int
    outcome: CandidateOutcome


@dataclass(frozen=True)
class TieLine:
    """Candidates with equal votes for `seats` seats, fewer than they are."""

    candidates: tuple[str, ...]
    seats: int


@dataclass(frozen=True)
class CheckLine:
    """One check of reconciliation; `holds` is None where a figure is missing."""

    check: str
    holds: bool | None
    detail: str = ""


@dataclass(frozen=True)
class ResultDocument:
    """All that result.json says. `elected` by votes, `alternates` in rank, `tally` in ballot order."""

    contest: str
    status: ResultStatus
    base: int | None
    issued: int | None
    collected: int | None
    valid: int
    invalid: int
    invalid_by_ground: Mapping[InvalidGround, int]
    tally: tuple[TallyLine, ...]
    elected: tuple[str, ...]
    alternates: tuple[str, ...]
    ties: tuple[TieLine, ...]
    shortfall: int
    reconciliation: tuple[CheckLine, ...]
