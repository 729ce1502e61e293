"""What the board must judge, as rows of review.csv.

In the order of the sheets: the refused pages of a sheet, then its doubtful marks in ballot order, then the ballot as a
whole; after all sheets the batches that hand and scanner counted to another number. A row that was asked once stays,
answered or not, even when nothing hangs on it any more: crops and answers are part of the record. Of a batch that was
removed only what was answered stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from daihoi.counts.batches import Piles
from daihoi.counts.judging import Judged
from daihoi.counts.pairing import refused_on
from daihoi.interchange.decisions import VALID, PageWord
from daihoi.interchange.terms import ReviewRow
from daihoi.reading.terms import RefusalReason
from daihoi.rules.ballot import OBSERVED_GROUNDS, in_order

NO_AGREE = "no_agree"
"""Reason of a ballot row: a list without surplus on which nobody was agreed to (question A3)."""

SEEN_BY_BOARD = "seen_by_board"
"""Reason of a ballot row that the board added itself: it saw on the paper what the reader did not."""

_NO_PAPER_OF_OURS = frozenset(
    {
        RefusalReason.NOT_OUR_CODE,
        RefusalReason.OTHER_CONGRESS,
        RefusalReason.OTHER_CONTEST,
        RefusalReason.OTHER_ROUND,
        RefusalReason.OTHER_FORM,
        RefusalReason.REHEARSAL,
        RefusalReason.NOT_REHEARSAL,
    }
)
_NO_BALLOT = frozenset(
    {
        RefusalReason.NOT_AN_IMAGE,
        RefusalReason.NO_SCAN_IN_PDF,
        RefusalReason.BLANK_PAGE,
        RefusalReason.DUPLICATE_FILE,
        RefusalReason.DUPLICATE_IMAGE,
        RefusalReason.SAME_SHEET,
    }
)


def page_proposal(reason: RefusalReason) -> PageWord:
    """What a refused page most likely is: a paper that the board did not issue, no ballot, or one to scan again."""
    if reason in _NO_PAPER_OF_OURS:
        return PageWord.NOT_ISSUED
    if reason is RefusalReason.BATCH_COUNT:
        return PageWord.RECOUNTED
    return PageWord.NOT_A_BALLOT if reason in _NO_BALLOT else PageWord.RESCANNED


def review_rows(
    judged: Iterable[Judged], words: Mapping[tuple[str, str], str], piles: Piles | None = None
) -> tuple[ReviewRow, ...]:
    """All rows; `words` are the answers so far by (ballot, candidate), put into `decision`."""
    of_sheets = (
        asked
        for one in judged
        for asked in (*_pages(one), *_marks(one), *_whole(one, words))
        if not one.assembled.sheet.removed or asked[:2] in words
    )
    of_piles = _batches(piles, words) if piles else ()
    return tuple(
        ReviewRow(ballot, candidate, reason, proposal, words.get((ballot, candidate), ""), crop)
        for ballot, candidate, reason, proposal, crop in (*of_sheets, *of_piles)
    )


def rows_of_board(
    judged: Iterable[Judged], given: Mapping[tuple[str, str], str], asked: Collection[tuple[str, str]]
) -> tuple[ReviewRow, ...]:
    """Rows that nobody asked and the board answers all the same: no stamp, a signature that the reader passed over.

    The board concludes on what it sees on paper [190-QĐ/TW art. 8.2]; a ballot that is invalid already needs no more.
    """
    counted = ((one.ballot, "") for one in judged if one.classified and not one.classified.by_marks)
    return tuple(
        ReviewRow(*place, SEEN_BY_BOARD, VALID, given[place], "")
        for place in counted
        if place not in asked and given.get(place) in OBSERVED_GROUNDS
    )


_Asked = tuple[str, str, str, str, str]


def _pages(judged: Judged) -> Iterator[_Asked]:
    for page, refusal in refused_on(judged.assembled.sheet):
        shown = page.alike_crop if refusal.reason is RefusalReason.SAME_SHEET else page.stored
        yield page.ref, "", refusal.reason, page_proposal(refusal.reason), shown


def _marks(judged: Judged) -> Iterator[_Asked]:
    for mark in judged.assembled.doubts:
        yield judged.ballot, mark.candidate, "+".join(mark.reasons), mark.proposal, mark.crop


def _batches(piles: Piles, words: Mapping[tuple[str, str], str]) -> Iterator[_Asked]:
    differing = {one.slip.ref for one in piles.batches if one.differs}
    for slip in (*piles.removed, *(one.slip for one in piles.batches)):
        if slip.ref in differing or (slip.ref, "") in words:
            reason = RefusalReason.BATCH_COUNT
            yield slip.ref, "", reason, page_proposal(reason), slip.stored


def _whole(judged: Judged, words: Mapping[tuple[str, str], str]) -> Iterator[_Asked]:
    foreign = judged.assembled.foreign
    awaiting = judged.classified is not None and judged.classified.awaiting_ballot
    # An answer once given keeps its row, or the record would show a decision on nothing.
    if not (foreign or awaiting or (judged.ballot, "") in words):
        return
    observed = in_order(judged.assembled.observed)
    said = words.get((judged.ballot, ""))
    of_board = judged.proposal is None and said in OBSERVED_GROUNDS
    reason = "+".join(observed) or (SEEN_BY_BOARD if of_board else NO_AGREE)
    proposal = judged.proposal or (observed[0] if observed else VALID)
    # One picture a row: of the ink that the proposal speaks of, or the front where there is no ink to show.
    crops = [ink.crop for ink in foreign if ink.proposal == proposal] or [judged.assembled.sheet.pages[0].stored]
    yield judged.ballot, "", reason, proposal, crops[0]
