"""What counting minutes are made from, as plain data: every number is given by the count and none is computed here.

Percentages are strings ("50.40", as in result.json); candidates are named by id and stand once, in ballot order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from daihoi.rules.terms import (
    BallotForm,
    CandidateOutcome,
    CongressForm,
    DeductionGround,
    InvalidGround,
    Override,
    RoundKind,
)

HD05_FROM = date(2026, 5, 27)
"""First day of layout profile HD05-2026; known from secondary sources only, so it is a setting marked unconfirmed."""


@dataclass(frozen=True)
class BoardLine:
    """A member of the counting board. The head is the first whose role begins with "trưởng" or "tổ trưởng"."""

    name: str
    role: str = ""
    unit: str = ""


@dataclass(frozen=True)
class DeductionLine:
    """One deduction from the base, with its ground."""

    ground: DeductionGround
    count: int
    note: str = ""


@dataclass(frozen=True)
class BaseLines:
    """The worksheet of the base; `needed`: fewest votes that exceed half of `base`; `clause` as the paper cites it."""

    summoned: int
    deductions: tuple[DeductionLine, ...]
    base: int
    needed: int
    clause: str = ""


@dataclass(frozen=True)
class BallotLines:
    """The ballot papers. None where the board gave no figure: a dotted line and a warning."""

    issued: int
    collected: int
    valid: int
    invalid: int
    not_returned: int
    printed: int | None = None
    spoiled: int | None = None
    unused: int | None = None
    invalid_by_ground: tuple[tuple[InvalidGround, int], ...] = ()


@dataclass(frozen=True)
class CandidateLine:
    """One name in ballot order with its votes; `note` stands in brackets beside the name (year of birth of equals)."""

    id: str
    name: str
    votes: int
    percent_of_base: str
    outcome: CandidateOutcome
    note: str = ""


@dataclass(frozen=True)
class TieLine:
    """Those with equal votes across the last seat (ids, ballot order) and for how many seats they vote again.

    `for_alternates`: what is open are the last places of alternates, not official seats.
    """

    candidates: tuple[str, ...]
    seats: int
    for_alternates: bool = False


@dataclass(frozen=True)
class ClearInvalid:
    """A ballot ("b0012") invalid by its clear marks alone: listed for the board to confirm as a body."""

    ballot: str
    grounds: tuple[InvalidGround, ...]


@dataclass(frozen=True)
class DecisionLine:
    """One answer of the board, in the words of review.csv; `candidate` is an id, empty where the ballot was judged."""

    ballot: str
    decision: str
    by: str
    candidate: str = ""
    reason: str = ""
    proposal: str = ""
    at: datetime | str | None = None


@dataclass(frozen=True)
class RefusedLine:
    """A page that was not read, and what the board did with it (`answer` in the words of review.csv)."""

    file: str
    index: int
    reason: str
    found: str = ""
    expected: str = ""
    answer: str = ""
    by: str = ""
    at: datetime | str | None = None


@dataclass(frozen=True)
class RemovedLine:
    """A batch that was taken out of the count and scanned again: its slip ("3/8") or else its folder of scans."""

    slip: str
    folder: str
    pages: int
    reason: str
    by: str = ""
    at: datetime | str | None = None


@dataclass(frozen=True)
class KeyedPile:
    """A pile that two people keyed, each without the other."""

    number: int
    papers: int
    first: str
    second: str


@dataclass(frozen=True)
class ThirdLine:
    """A paper that two people keyed differently twice, and who read it then."""

    ballot: str
    by: str
    at: datetime | str | None = None


@dataclass(frozen=True)
class KeyedLines:
    """How a count without a scanner was held. `differed`: papers that two did not key alike the first time.

    `seen` are ballots with the ground that people saw on the paper; those invalid by marks stand in `clear_invalid`.
    """

    piles: tuple[KeyedPile, ...]
    papers: int
    differed: int
    thirds: tuple[ThirdLine, ...] = ()
    seen: tuple[ClearInvalid, ...] = ()


@dataclass(frozen=True)
class SampledLine:
    """A ballot of a hand sample: the number of its draw, its place among the ballots, its pile ("3/8") and sheet.

    `by` is who read it last, `times` how often it was read; `agrees`: that last reading is what the count has.
    """

    draw: int
    place: int
    ballot: str
    pile: str
    sheet: int
    by: str
    times: int
    agrees: bool


@dataclass(frozen=True)
class SampleDifferenceLine:
    """What a reading has otherwise than the count, in the words of review.csv; no `candidate`: the whole ballot."""

    ballot: str
    time: int
    counted: str
    by_hand: str
    candidate: str = ""


@dataclass(frozen=True)
class SampleLines:
    """A hand sample: how it was drawn, what people read, what differs.

    `shown_wrong`: the fewest wrong ballots of which 19 of 20 such samples hit at least one; `read`: papers that were
    read. With a `reason` it was set aside, and nothing of it is compared.
    """

    seed: str
    ballots: int
    size: int
    shown_wrong: int
    digest: str
    by: str
    at: datetime | str | None
    papers: tuple[SampledLine, ...] = ()
    differences: tuple[SampleDifferenceLine, ...] = ()
    read: int = 0
    reason: str = ""
    discarded_by: str = ""
    discarded_at: datetime | str | None = None


@dataclass(frozen=True)
class SettingLine:
    """A setting whose clause is unconfirmed. `meaning`: Vietnamese; else the words know it by name."""

    name: str
    value: str
    clause: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class WarningLine:
    """A warning of the list check by its code, clause and figures. `text`: Vietnamese; else words know it by code."""

    check: str
    clause: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True)
class MinutesInput:
    """All that the minutes of one contest say. `digest` is the 64 hex digits of SHA-256 over record.json.

    `elected` and `alternates` are ids in the order in which they are announced (by votes, by rank); `on` is the day
    the minutes bear and decides the layout profile; `edition` is `rules` Edition.id ("190-QD-TW-2024").
    `shortfall_rule` is the setting `shortfall`.
    `equal_alternates`, `awaiting_alternates`, `alternates_shortfall` as in rules.outcome.Outcome. `superior` and
    `organisation` stand in the properties of both files, `organisation` in the heading where the title lacks it.
    `by_plurality`: a re-ballot of the tied, where more than half is not required [190-QĐ/TW art. 30, unconfirmed].
    """

    form: CongressForm
    superior: str
    organisation: str
    congress_title: str
    place: str
    on: date
    edition: str
    contest: str
    contest_title: str
    seats: int
    ballot_form: BallotForm
    base: BaseLines
    present: int
    absent: int
    ballots: BallotLines
    candidates: tuple[CandidateLine, ...]
    digest: str
    software: str
    version: str
    round: int = 1
    round_kind: RoundKind = RoundKind.FIRST
    alternates_wanted: int = 0
    elected: tuple[str, ...] = ()
    alternates: tuple[str, ...] = ()
    ties: tuple[TieLine, ...] = ()
    shortfall: int = 0
    shortfall_rule: str = "congress_decides"
    equal_alternates: tuple[tuple[str, ...], ...] = ()
    awaiting_alternates: tuple[str, ...] = ()
    alternates_shortfall: int = 0
    by_plurality: bool = False
    board: tuple[BoardLine, ...] = ()
    presidium_head: str | None = None
    opened: datetime | str | None = None
    closed: datetime | str | None = None
    copies: int = 3
    clear_invalid: tuple[ClearInvalid, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    refused: tuple[RefusedLine, ...] = ()
    removed: tuple[RemovedLine, ...] = ()
    settings: tuple[SettingLine, ...] = ()
    overrides: tuple[Override, ...] = ()
    warnings: tuple[WarningLine, ...] = ()
    rehearsal: bool = False
    hd05_from: date = HD05_FROM
    learned_sheet: bool = False
    """Whether the ballots bore no codes, so that no form check was possible."""
    readers: tuple[ReadersLine, ...] = ()
    keyed: KeyedLines | None = None
    """Where people keyed the papers: how, in the place of what the board decided about scans."""
    samples: tuple[SampleLines, ...] = ()
    """Hand samples in the order in which they were drawn; all but the last were set aside."""


@dataclass(frozen=True)
class ReadersLine:
    """Who read the scans: version of the program, scanner or phone, and (reader, SHA-256 of its source) for each."""

    software: str
    source: str
    readers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MissingLine:
    """A fact that was not given and stands as a dotted line; `words.errors.sentence` says it."""

    code: ClassVar[str] = "minutes.fact_missing"
    key: str
    """Its place in ELECTION.toml: "minutes.opened"."""

    @property
    def fields(self) -> dict[str, object]:
        """The data of the sentence."""
        return {"key": self.key}


@dataclass(frozen=True)
class Written:
    """The two files, equal bytes for equal input, and what stands in them as a dotted line."""

    docx: bytes
    pdf: bytes
    warnings: tuple[MissingLine, ...] = ()
