"""Print that should be there: what hides a name, or puts another in its place, is for a person to see."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from daihoi.reading.missing import missing_print, printed_text, seen_shares
from daihoi.reading.terms import DoubtReason, ReadPage
from daihoi.reading.thresholds import DEFAULT
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import Rect

from .hand import AGREE, NAME, Page, Scan, agree_ballot, ballot, strike_ballot
from .steps import see

ROW = 3
SCANS = [Scan(), Scan(dpi=150, jpeg=50), Scan(bilevel=True), Scan(skew=2.0, turn=2), Scan(black=120.0)]


def hidden(page: Page, start: float = 0.0, end: float = 1.0) -> Page:
    """A share of a name under paper."""
    box = page.target(ROW, NAME).box
    return page.rub(Rect(box.x + start * box.w - 0.3, box.y - 0.3, (end - start) * box.w + 0.6, box.h + 0.6))


@pytest.mark.parametrize("scan", SCANS)
def test_hidden_name_is_doubtful(scan: Scan) -> None:
    page = hidden(strike_ballot().page())
    mark = page.marks(scan)[page.target(ROW).candidate]
    assert mark.mark is Mark.DOUBTFUL
    assert DoubtReason.COVERED in mark.reasons


@pytest.mark.parametrize(("start", "end"), [(0.0, 0.5), (0.5, 1.0), (0.0, 0.25), (0.8, 1.0), (0.4, 0.6)])
def test_partly_hidden_name_is_doubtful(start: float, end: float) -> None:
    page = hidden(strike_ballot().page(), start, end)
    assert page.marks()[page.target(ROW).candidate].reasons == (DoubtReason.COVERED,)


def test_strike_over_a_hidden_name_is_doubtful() -> None:
    page = hidden(strike_ballot().page()).strike(ROW)
    assert page.marks()[page.target(ROW).candidate].mark is Mark.DOUBTFUL


def test_hidden_name_beside_squares_is_doubtful() -> None:
    page = agree_ballot().page().cross(1, AGREE)
    box = page.square(1, AGREE)
    page.rub(Rect(34, box.y - 1, 60, 8))
    assert page.marks()[page.target(1, AGREE).candidate].reasons == (DoubtReason.COVERED,)


def no_ink(page: Page) -> Page:
    return page


def struck(page: Page) -> Page:
    return page.strike(1).strike(4, wave=0.8).strike(6, width=1.5)


@pytest.mark.parametrize("scan", SCANS)
@pytest.mark.parametrize("draw", [no_ink, struck])
def test_whole_print_is_seen(scan: Scan, draw: Callable[[Page], Page]) -> None:
    marks = draw(strike_ballot().page()).marks(scan)
    assert not any(DoubtReason.COVERED in mark.reasons for mark in marks.values())


def test_shares_are_of_this_pages_own_print() -> None:
    page = strike_ballot().page()
    page.pixels[:] = 255 - (255 - page.pixels.astype(np.float32)) * 0.35
    for corner in page.ballot.prepared.plan.pages[0].corners:
        page.blot(corner, 0)
    seen = see(page)
    text = printed_text(seen.reference, page.ballot.form.rasters[0])
    assert seen_shares(seen.page, text).max() < 0.6
    assert missing_print(seen.page, text, DEFAULT) == frozenset()


def test_every_name_has_pieces() -> None:
    for paper in (strike_ballot(), agree_ballot(), ballot(70)):
        for reference, raster in zip(paper.reader.references, paper.form.rasters, strict=True):
            text = printed_text(reference, raster)
            assert set(text.owners.tolist()) == set(range(len(reference.rows)))
            assert len(text.starts) == len(text.owners)


def test_page_with_the_codes_of_another_is_doubtful_as_a_whole() -> None:
    back, front = ballot(70).page(2), ballot(70).page(1).strike(3)
    codes = (page.ballot.prepared.plan.pages[page.number - 1].codes for page in (front, back))
    for own, other in zip(*codes, strict=True):
        to, of = (np.rint(np.array([code.rect.y, code.rect.x]) * front.dpi / 25.4).astype(int) for code in (own, other))
        front.pixels[to[0] : to[0] + 126, to[1] : to[1] + 126] = back.pixels[of[0] : of[0] + 126, of[1] : of[1] + 126]
    read = front.read()
    assert isinstance(read, ReadPage)
    assert read.page == 2
    assert {mark.mark for mark in read.marks} == {Mark.DOUBTFUL}


def test_page_without_print_misses_none() -> None:
    seen = see(strike_ballot().page())
    text = printed_text(seen.reference, np.full_like(strike_ballot().form.rasters[0], 255))
    assert missing_print(seen.page, text, DEFAULT) == frozenset()


def test_toner_that_fades_across_the_page_hides_nothing() -> None:
    page = hidden(strike_ballot().page())
    names = slice(round(50 * page.dpi / 25.4), round(105 * page.dpi / 25.4))
    fade = np.linspace(1.0, 0.45, names.stop - names.start)
    page.pixels[700:1700, names] = (255 - (255 - page.pixels[700:1700, names].astype(np.float32)) * fade).astype(
        np.uint8
    )
    marks = page.marks()
    covered = {name for name, mark in marks.items() if DoubtReason.COVERED in mark.reasons}
    assert covered == {page.target(ROW).candidate}
