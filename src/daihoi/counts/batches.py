"""Batches of ballots as separator slips tell them: which sheet lies where in the pile, and whether the numbers agree.

A slip lies on top of its batch: what comes after it is of that batch, up to the next slip or to the next folder. A slip
that comes again (its back side, or sheets of the batch that were found later) goes on with the same batch. What lies in
no batch is counted within its folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from daihoi.counts.answers import Answers
from daihoi.counts.judging import Judged
from daihoi.counts.terms import Removed, Seen, SeenPage, SeenScan, SeenSlip
from daihoi.interchange.decisions import PageWord

Key = tuple[int, int, int]


@dataclass(frozen=True)
class Position:
    """Where a sheet lies: batch 0 outside of any; `sheet` from 1 within the batch, or within the folder."""

    batch: int
    batches: int
    sheet: int


@dataclass(frozen=True)
class Batch:
    """One batch: `ballots` were counted by hand, `scanned` are its sheets that are not out of the count."""

    batch: int
    batches: int
    ballots: int
    scanned: int
    slip: SeenSlip

    @property
    def differs(self) -> bool:
        """Whether hand and scanner counted to another number."""
        return self.ballots != self.scanned

    def asks(self, answers: Answers) -> bool:
        """Whether the board has not said of this number of sheets that it counted again and the scans are right."""
        return self.differs and (not self._is_recounted(answers) or self.has_lapsed(answers))

    def has_lapsed(self, answers: Answers) -> bool:
        """Whether sheets came or went since the board said so: its word was of the number that it saw."""
        said_of = answers.scanned.get(self.slip.ref, self.scanned)
        return self.differs and self._is_recounted(answers) and said_of != self.scanned

    def _is_recounted(self, answers: Answers) -> bool:
        answer = answers.pages.get(self.slip.ref)
        return answer is not None and answer.word is PageWord.RECOUNTED


@dataclass(frozen=True)
class Piles:
    """The batches in the order in which their slips first came, and where each sheet lies, by its ballot."""

    batches: tuple[Batch, ...]
    positions: Mapping[str, Position]
    removed: tuple[SeenSlip, ...] = ()
    """Slips of batches that were taken out of the count."""


def piles_of(seen: Iterable[Seen], judged: Iterable[Judged]) -> Piles:
    """Batches and positions; a sheet lies where its first page lies, which always came first.

    A sheet that was removed has no place: its paper lies where it was scanned again.
    """
    runs = _runs(seen)
    scanned: dict[Key, int] = {slip.key: 0 for slip in runs.slips if not slip.removed}
    placed: dict[Key | str, int] = {}
    positions: dict[str, Position] = {}
    for one in judged:
        first = one.assembled.sheet.pages[0]
        key = runs.of_page[first.ref]
        batch = key[:2] if key else (0, 0)
        if one.assembled.sheet.removed:
            positions[one.ballot] = Position(*batch, 0)
            continue
        pile: Key | str = key or first.folder
        placed[pile] = placed.get(pile, 0) + 1
        positions[one.ballot] = Position(*batch, placed[pile])
        if key in scanned and not one.assembled.out:
            scanned[key] += 1
    first_of = {slip.key: slip for slip in reversed(runs.slips) if not slip.removed}
    batches = tuple(Batch(*key, scanned[key], first_of[key]) for key in scanned)
    return Piles(batches, positions, tuple(slip for slip in runs.slips if slip.removed))


def scans_of(seen: Iterable[Seen], which: Key | str) -> tuple[SeenScan, ...]:
    """What is in the count of one batch, by its slip or by its folder of scans, in the order of the ledger."""
    listed = tuple(seen)
    of_page = _runs(listed).of_page
    scans = (one for one in listed if isinstance(one, SeenPage | SeenSlip) and not one.removed)
    if isinstance(which, str):
        return tuple(one for one in scans if one.folder == which)
    return tuple(one for one in scans if which == (one.key if isinstance(one, SeenSlip) else of_page[one.ref]))


@dataclass(frozen=True)
class _Runs:
    """Every slip in its order, and the batch of every page."""

    slips: tuple[SeenSlip, ...]
    of_page: Mapping[str, Key | None]


def _runs(seen: Iterable[Seen]) -> _Runs:
    slips: list[SeenSlip] = []
    of_page: dict[str, Key | None] = {}
    current: SeenSlip | None = None
    for one in seen:
        if isinstance(one, SeenSlip):
            current = one
            slips.append(one)
        elif isinstance(one, SeenPage):
            if current is not None and current.folder != one.folder:
                current = None
            of_page[one.ref] = current.key if current else None
        elif isinstance(one, Removed) and current is not None and current.ref in one.refs:
            # What comes now lies under no slip: its batch is scanned anew, slip and all.
            current = None
    return _Runs(tuple(slips), of_page)
