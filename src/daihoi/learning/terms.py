"""The words of a learned sheet. Lengths are mm from the top left of an A4 portrait canvas, y downwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from daihoi.reading.terms import GrayImage
from daihoi.reading.thresholds import CANONICAL_DPI
from daihoi.sheet.terms import Rect, TargetKind

CANVAS_DPI = CANONICAL_DPI
"""Resolution of the kept page: the one that the reader compares in."""
PX_PER_MM = CANVAS_DPI / 25.4


class Sought(StrEnum):
    """What on a page is to be marked."""

    AUTO = "auto"
    NAMES = "names"
    BOXES = "boxes"


@dataclass(frozen=True)
class Place:
    """One person on the page: the printed name, the boxes to mark (none on a strike form), and the whole row.

    `words` are left and right edges (mm) of the words of the name; `lines` on how many lines its cell is printed.
    """

    row: Rect
    name: Rect | None
    words: tuple[tuple[float, float], ...]
    boxes: tuple[Rect, ...] = ()
    lines: int = 1


@dataclass(frozen=True)
class LearnedTarget:
    """A target of the sheet: whose, of which kind, where; `name_at` is where that person's name is printed."""

    candidate: str
    kind: TargetKind
    box: Rect
    row: Rect
    words: tuple[tuple[float, float], ...] = ()
    name_at: Rect | None = None
    name: str = ""


@dataclass(frozen=True)
class LearnedPage:
    """One side: its targets in order, and the kept picture of the blank page with the digest of its bytes."""

    targets: tuple[LearnedTarget, ...]
    raster: str
    sha256: str


@dataclass(frozen=True)
class LearnedSheet:
    """A ballot as it was learned and perhaps corrected; `paper` is width and height of its paper in mm."""

    paper: tuple[float, float]
    stamp: Rect
    pages: tuple[LearnedPage, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Candidate of every place, each once, in order."""
        return tuple(dict.fromkeys(target.candidate for page in self.pages for target in page.targets))

    @property
    def names(self) -> dict[str, str]:
        """Printed name by candidate, where it is known."""
        return {t.candidate: t.name for page in self.pages for t in page.targets if t.name}

    @property
    def kinds(self) -> frozenset[TargetKind]:
        """What kinds of targets it has."""
        return frozenset(target.kind for page in self.pages for target in page.targets)


@dataclass(frozen=True)
class BlankPage:
    """A blank page on the canvas: `raster` `(2339, 1654) uint8` at 200 dpi, bare paper pure white."""

    number: int
    raster: GrayImage = field(repr=False)
