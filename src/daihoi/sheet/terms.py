"""The words of a ballot sheet. All lengths are millimetres from the top left of an A4 portrait page, y downwards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

PAGE_W_MM = 210.0
PAGE_H_MM = 297.0


class SheetForm(StrEnum):
    """How a voter marks this sheet; the same values as `rules.terms.BallotForm`."""

    STRIKE_OUT = "strike_out"
    AGREE_DISAGREE = "agree_disagree"


class TargetKind(StrEnum):
    """What a voter marks: a printed name, or one of two squares."""

    NAME = "name"
    AGREE = "agree"
    DISAGREE = "disagree"


class Style(StrEnum):
    """The cut of Tinos that a text is set in."""

    REGULAR = "regular"
    BOLD = "bold"
    ITALIC = "italic"
    BOLD_ITALIC = "bold_italic"


class Anchor(StrEnum):
    """Which point of a line of text its x names."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True)
class Rect:
    """A rectangle: left, top, width, height, in mm."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Right edge, mm."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Lower edge, mm."""
        return self.y + self.h


@dataclass(frozen=True)
class Text:
    """One line of text: x by its anchor, y of the baseline, size in points, horizontal stretch (1.0 = as drawn)."""

    x: float
    baseline: float
    text: str
    size_pt: float
    style: Style = Style.REGULAR
    anchor: Anchor = Anchor.START
    stretch: float = 1.0
    grey: float = 0.0
    angle: float = 0.0


@dataclass(frozen=True)
class Line:
    """A ruling from (x0, y0) to (x1, y1), width in mm."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float


@dataclass(frozen=True)
class Frame:
    """A rectangle drawn by its outline; the stroke is centred on the rectangle's edge."""

    rect: Rect
    width: float


@dataclass(frozen=True)
class Fill:
    """A black rectangle."""

    rect: Rect


@dataclass(frozen=True)
class Code:
    """A QR code without its quiet zone: `rect` bounds the dark modules."""

    rect: Rect
    payload: str


Drawn = Text | Line | Frame | Fill | Code


@dataclass(frozen=True)
class Target:
    """One thing to read. `box` is the printed name alone, or the printed square (outer edge of its outline).

    `row` is the cell of the table in which ink is held to belong to this candidate; `words` are the left and right
    edges (mm) of each word of a name, family name first, given name last (empty for squares).
    """

    candidate: str
    kind: TargetKind
    box: Rect
    row: Rect
    words: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class PagePlan:
    """One side of the sheet: what is read, the corner marks (TL, TR, BL, BR), and all that is printed, in order."""

    number: int
    targets: tuple[Target, ...]
    corners: tuple[Rect, Rect, Rect, Rect]
    codes: tuple[Code, ...]
    drawn: tuple[Drawn, ...]


@dataclass(frozen=True)
class SheetPlan:
    """A whole ballot sheet of one contest: at most two pages. `drawn` of each page includes corners and codes."""

    form: SheetForm
    stamp: Rect
    pages: tuple[PagePlan, ...]
    rehearsal: bool = False


@dataclass(frozen=True)
class Listed:
    """A name as it is printed: `label` is what the voter strikes, `note` (year of birth) stands beside it."""

    candidate: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Face:
    """What a ballot says, already in words: headings, title, seats line, instruction, columns, names in order."""

    form: SheetForm
    superior: str
    organisation: str
    congress: str
    kind: str
    title: str
    round_line: str
    seats_line: str
    instruction: tuple[str, ...]
    columns: tuple[str, ...]
    names: tuple[Listed, ...]
    page_line: str
    ruler_line: str
    stamp_line: str
    rehearsal_line: str = ""
    footer: tuple[str, ...] = ()


@dataclass(frozen=True)
class Identity:
    """What the codes of one page say. `check` is keyed by the form secret over all that is printed, base32."""

    congress: str
    contest: str
    round: int
    edition: str
    page: int
    pages: int
    rehearsal: bool
    check: str


class Measure(Protocol):
    """Width in mm of one line of text; the printer's font metrics, passed in."""

    def __call__(self, text: str, size_pt: float, style: Style) -> float:
        """Width of `text` in mm."""
        ...
