"""The words of a count: a page that was seen, a sheet of paper, how far the work has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from daihoi.interchange.decisions import page_name
from daihoi.reading.terms import Refusal
from daihoi.rules.terms import InvalidGround, Mark

Progress = Callable[[int, int, str], None]
"""Called with (done, total, phase) as the work goes on: pages in the ledger, of those known, and "read"."""


def silent(_done: int, _total: int, _phase: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class SeenMark:
    """One candidate as the machine read it; `crop` is a path below COUNT, empty for a clear mark."""

    candidate: str
    mark: Mark
    proposal: Mark
    reasons: tuple[str, ...] = ()
    crop: str = ""


@dataclass(frozen=True)
class SeenForeign:
    """Ink outside every target, with the ground that it may be; `crop` is a path below COUNT."""

    proposal: InvalidGround
    crop: str = ""


@dataclass(frozen=True)
class SeenScan:
    """One scan in the ledger, by its file and the page in it, from 0. `stored` is below COUNT."""

    file: str
    index: int
    sha256: str
    stored: str

    removed: bool = field(default=False, kw_only=True)
    """Whether its batch was taken out of the count."""

    @property
    def ref(self) -> str:
        """How review.csv names it."""
        return page_name(self.file, self.index)

    @property
    def folder(self) -> str:
        """The folder of scans that it lies in: a pile is one folder."""
        return self.file.rpartition("/")[0]


@dataclass(frozen=True)
class SeenPage(SeenScan):
    """A page of a ballot: read (`page` is its side, from 1) or refused (`page` 0).

    `turn` is how it lay in its scan, quarter turns clockwise; None where the ledger does not say.
    """

    page: int = 0
    marks: tuple[SeenMark, ...] = ()
    foreign: tuple[SeenForeign, ...] = ()
    refusal: Refusal | None = None
    alike: str = ""
    """An earlier page, file#index, that looks like the same side of the same sheet; empty for none."""
    alike_crop: str = ""
    """Both side by side, a path below COUNT."""
    alike_gone: bool = False
    """Whether that earlier page was removed with its batch and nobody has answered on this one: it asks no more."""
    turn: int | None = None


@dataclass(frozen=True)
class SeenSlip(SeenScan):
    """A separator slip: what follows in its folder is batch `batch` of `batches`."""

    batch: int
    batches: int
    ballots: int

    @property
    def key(self) -> tuple[int, int, int]:
        """Two slips with one key begin the same batch."""
        return self.batch, self.batches, self.ballots


@dataclass(frozen=True)
class Closed:
    """A human answer on a page, at its place in the ledger: the sheet of that page takes no further page."""

    ref: str


@dataclass(frozen=True)
class Removed:
    """A batch taken out of the count, at its place in the ledger: its sheets and its slip take no further page."""

    refs: frozenset[str]


Seen = SeenPage | SeenSlip | Closed | Removed
"""What comes one after the other in the ledger and decides which pages are one sheet."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of paper: a place for each side, None where no page came. `number` never changes."""

    number: int
    sides: tuple[SeenPage | None, ...]

    @property
    def ballot(self) -> str:
        """How ballots.jsonl and review.csv name it."""
        return f"b{self.number:04d}"

    @property
    def pages(self) -> tuple[SeenPage, ...]:
        """The pages that came, front first."""
        return tuple(page for page in self.sides if page is not None)

    @property
    def removed(self) -> bool:
        """Whether it was taken out of the count with its batch."""
        return any(page.removed for page in self.pages)
