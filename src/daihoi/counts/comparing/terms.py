"""The words of a comparison: a pass, a leaf of it, leaves that are one paper, and what differs between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from daihoi.counts.count_folder import CountFolder
from daihoi.counts.grounds import Grounds
from daihoi.counts.terms import SeenPage
from daihoi.interchange.keyed_file import Figure
from daihoi.rules.outcome import Outcome
from daihoi.rules.terms import CandidateId, InvalidGround, Mark, Standing

LABELS = ("A", "B", "C")
"""What the passes are called, in the order in which they were given."""


class PassKind(StrEnum):
    """What a pass is: scans that were counted, or what people keyed."""

    COUNT = "count"
    KEYED_BALLOTS = "keyed_ballots"
    KEYED_TOTALS = "keyed_totals"


class Kind(StrEnum):
    """How passes differ about one paper."""

    MARK = "mark"
    BALLOT = "ballot"
    NOT_READ = "not_read"
    MISSING = "missing"


@dataclass(frozen=True)
class Leaf:
    """One sheet of paper as one pass has it.

    `place` is its position in the pile, from 1, and `in_batch` that among the sheets of its `batch`: "4/7" where a
    separator slip says so, else the folder of scans.
    `marks` in ballot order, None where nothing was read; `standing` None while a page of it is not read.
    """

    name: str
    place: int
    marks: tuple[Mark | None, ...]
    standing: Standing | None
    grounds: tuple[InvalidGround, ...] = ()
    pages: tuple[SeenPage, ...] = ()
    batch: str = ""
    in_batch: int = 0
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why a mark is doubtful, by candidate, joined with + as in review.csv; of a refused page under ""."""

    @property
    def unread(self) -> bool:
        """Whether a page of it was refused and nobody has dealt with it yet."""
        return self.standing is None

    @property
    def blank(self) -> bool:
        """Whether no mark of it is known: not read at all, or set aside by the board unread."""
        return not any(self.marks)

    @property
    def says(self) -> tuple[object, ...]:
        """All by which two leaves are held to be alike."""
        return self.marks, self.standing, self.grounds


@dataclass(frozen=True)
class Totals:
    """The figures of a pass; None where it does not know one. `come` is what these votes would come to."""

    votes: Mapping[CandidateId, int]
    ballots: int | None
    valid: int | None
    invalid: int | None
    issued: int | None
    collected: int | None
    open: int
    """Ballots undecided and pages not read: the votes may still grow by these."""
    come: Outcome

    def figure(self, name: Figure) -> int | None:
        """A figure by the word that a keyed file has for it."""
        return {
            Figure.ISSUED: self.issued,
            Figure.COLLECTED: self.collected,
            Figure.VALID: self.valid,
            Figure.INVALID: self.invalid,
        }[name]


@dataclass(frozen=True)
class Pass:
    """One way in which the papers were counted; `leaves` are empty for keyed totals, in the order of the pile else.

    `digest`: of the count, or SHA-256 of the keyed file. `folder` None for what was keyed.
    """

    label: str
    kind: PassKind
    path: Path
    digest: str
    grounds: Grounds
    leaves: tuple[Leaf, ...]
    totals: Totals
    folder: CountFolder | None = None
    scans: frozenset[str] = frozenset()
    """SHA-256 of every file of scans: a second pass has none of the first."""

    @property
    def has_leaves(self) -> bool:
        """Whether single ballots are known."""
        return self.kind is not PassKind.KEYED_TOTALS


Paper = tuple[Leaf | None, ...]
"""One sheet of paper in each of the passes that know single ballots; None where a pass has no such sheet."""


@dataclass(frozen=True)
class Difference:
    """One thing about one paper that the passes do not say alike.

    `values` one a pass: the word of the mark or of the standing, `not_read`, or empty where there is no such sheet.
    `majority`: what two of three say, empty where there is none; it is shown and never taken for decided.
    `alike`: how many sheets of the pass where the paper is say just the same: any of them may be the one.
    """

    number: int
    kind: Kind
    paper: Paper
    values: tuple[str, ...]
    candidate: str = ""
    majority: str = ""
    alike: int = 0


@dataclass(frozen=True)
class FigureLine:
    """One figure in each pass, None where a pass does not know it; `majority` is what two of three say."""

    name: str
    figures: tuple[int | None, ...]
    majority: int | None = None

    @property
    def differs(self) -> bool:
        """Whether those who know it know it differently."""
        return len({figure for figure in self.figures if figure is not None}) > 1


@dataclass(frozen=True)
class OutcomeLine:
    """A candidate who would come out differently; `outcomes` one a pass, in the words of result.json."""

    candidate: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Two or three passes side by side.

    `orders` say how each later pile lies to the first: same, reversed or mixed. `open_alike`: places that are doubtful,
    undecided or not read in every pass; they are no difference and still wait for the board.
    """

    passes: tuple[Pass, ...]
    papers: tuple[Paper, ...]
    differences: tuple[Difference, ...]
    votes: tuple[FigureLine, ...]
    figures: tuple[FigureLine, ...]
    outcomes: tuple[OutcomeLine, ...]
    orders: tuple[str, ...]
    open_alike: int
    same_scans: int

    @property
    def agrees(self) -> bool:
        """Whether there is nothing for people to judge."""
        return not (self.differences or self.outcomes or any(line.differs for line in (*self.votes, *self.figures)))

    @property
    def readers(self) -> tuple[Pass, ...]:
        """The passes that know single ballots, in the order of `Paper`."""
        return tuple(one for one in self.passes if one.has_leaves)
