"""What the board is asked, with all that a person at a screen needs: the scan, the row on it, the place in the pile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from daihoi.counts.earlier_forms import EarlierForm, form_of
from daihoi.counts.judging import Judged
from daihoi.counts.outputs import Derived, Place
from daihoi.counts.pairing import refused_on
from daihoi.counts.positions import places_of
from daihoi.counts.terms import SeenPage, SeenScan
from daihoi.interchange.terms import ReviewRow
from daihoi.reading.terms import Refusal
from daihoi.sheet.terms import Rect

Rows = Mapping[tuple[int, str], Rect]
"""Where each candidate's row is printed, by side (from 1) and candidate, mm from the top left of the page."""


@dataclass(frozen=True)
class Question:
    """A row of review.csv; `needed` whether the result waits for its answer now.

    `scan` is the page it is about; `side` 0 for one that was refused, `turn` how it lay in its scan, quarter turns
    clockwise. `row_mm` is None for whole ballots and pages.
    `refusal` says why a page asks; `form` names the earlier form of this contest that it is of, empty for none.
    `sheet` is the place within batch `batch` of `batches`, or within the folder where that is 0; 0 for a whole batch.
    """

    row: ReviewRow
    needed: bool
    scan: SeenScan
    side: int
    turn: int
    row_mm: Rect | None
    batch: int
    batches: int
    sheet: int
    refusal: Refusal | None = None
    form: str = ""


def questions_of(
    derived: Derived, printed: Callable[[], Rows], earlier: Sequence[EarlierForm] = ()
) -> tuple[Question, ...]:
    """Every row of review.csv in its order; `printed` is asked only when a mark is doubtful."""
    sheets = (one.assembled.sheet for one in derived.judged)
    refusals = {(page.ref, ""): refusal for sheet in sheets for page, refusal in refused_on(sheet)}
    needed = frozenset(_needed(derived))
    places = places_of(derived.judged, derived.piles)
    rows = printed() if any(row.candidate for row in derived.rows) else {}
    questions = []
    for row in derived.rows:
        place = row.place
        scan, lies = places.scans[place], places.positions[row.ballot]
        side, turn = (scan.page, scan.turn or 0) if isinstance(scan, SeenPage) else (0, 0)
        questions.append(
            Question(
                row=row,
                needed=place in needed,
                scan=SeenScan(scan.file, scan.index, scan.sha256, scan.stored),
                side=side,
                turn=turn,
                row_mm=rows.get((side, row.candidate)),
                batch=lies.batch,
                batches=lies.batches,
                sheet=lies.sheet,
                refusal=refusals.get(place),
                form=form_of(refusals.get(place), earlier),
            )
        )
    return tuple(questions)


def _needed(derived: Derived) -> Iterator[Place]:
    """The places that `Derived.open_rows` counts."""
    for one in derived.judged:
        if one.classified is not None:
            yield from ((one.ballot, str(candidate)) for candidate in one.classified.awaiting_marks)
            if one.classified.awaiting_ballot:
                yield one.ballot, ""
        elif one.waiting:
            yield from _pages(one, derived)
    yield from ((batch.slip.ref, "") for batch in derived.piles.batches if batch.asks(derived.answers))


def _pages(judged: Judged, derived: Derived) -> Iterator[Place]:
    """The pages of a waiting sheet that are not answered; all of them where the answers leave names without a mark."""
    asking = [page.ref for page, _ in refused_on(judged.assembled.sheet)]
    still = [ref for ref in asking if ref not in derived.answers.pages]
    yield from ((ref, "") for ref in still or asking)
