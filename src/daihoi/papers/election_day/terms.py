"""What papers of the election day are made from: the sitting, its people, its figures. No clock, no database.

Every `language` is "vi" or "en"; the heading of an official paper is Vietnamese in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from daihoi.papers.minutes.terms import HD05_FROM
from daihoi.rules.terms import CandidateOutcome, CongressForm, InvalidGround


@dataclass(frozen=True)
class Occasion:
    """The sitting as its papers name it; `on` is the day they bear and decides the layout profile.

    `congress` is the title of the congress or meeting; `rehearsal` puts its warning on every paper.
    """

    form: CongressForm
    congress: str
    organisation: str
    superior: str
    place: str
    on: date
    rehearsal: bool = False
    hd05_from: date = HD05_FROM


class Role(StrEnum):
    """Who does a part of the work of an election."""

    HEAD = "head"
    ISSUER = "issuer"
    COLLECTOR = "collector"
    OPERATOR = "operator"
    DECIDER = "decider"
    KEYER = "keyer"
    TECHNICIAN = "technician"
    CHAIR = "chair"


class Guide(StrEnum):
    """For whom there is a guide of one page; the delegate's is `how_to_mark`."""

    TELLER = "teller"
    OPERATOR = "operator"
    HEAD = "head"


class LogSource(StrEnum):
    """How a line came into the entry log."""

    SCANNER_A = "scanner_a"
    SCANNER_B = "scanner_b"
    SCANNER_C = "scanner_c"
    KEYED = "keyed"
    DECIDED = "decided"
    TALLY = "tally"
    HAND = "hand"
    OUTCOME = "outcome"


@dataclass(frozen=True)
class LogRow:
    """One line of the entry log: a ballot as it was read or keyed.

    `votes` are the numbers on the ballot (from 1) that it votes for; `ground` where it is invalid instead. `by` is who
    keyed, decided, or the program that read; `note` stands after the marks (a doubt that a person settled). `said`: a
    sentence in the language of the paper in the place of the votes, for what is none (an answer, a page refused).
    """

    ballot: str
    source: LogSource
    votes: tuple[int, ...] = ()
    ground: InvalidGround | None = None
    by: str = ""
    at: datetime | None = None
    note: str = ""
    said: str = ""


@dataclass(frozen=True)
class ResultLine:
    """One candidate as the hall sees it. `percent` as `rules.outcome.percent_of_base` gives it; `photo` PNG or JPEG."""

    name: str
    votes: int
    percent: str
    outcome: CandidateOutcome
    note: str = ""
    photo: bytes | None = None


@dataclass(frozen=True)
class Result:
    """The result of one contest for the screen and to carry, `lines` in the order of the ballot.

    `elected` are places in `lines` in the order in which they are announced; `base` and `needed` as the worksheet of
    the base gives them.
    """

    contest_title: str
    seats: int
    base: int
    needed: int
    issued: int
    collected: int
    valid: int
    invalid: int
    lines: tuple[ResultLine, ...]
    elected: tuple[int, ...] = ()
    round: int = 1
    shortfall: int = 0
    ties: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Carried:
    """The result to carry: both files show the same pages."""

    pptx: bytes
    pdf: bytes
