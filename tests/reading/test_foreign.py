"""Ink elsewhere on the page is shown to the board; the stamp, the rim and the list itself are not elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from daihoi.reading.foreign import foreign_ink
from daihoi.reading.terms import ForeignInk, ReadPage
from daihoi.reading.thresholds import DEFAULT
from daihoi.rules.terms import InvalidGround, Mark
from daihoi.sheet.terms import Rect

from .hand import AGREE, Page, Scan, agree_ballot, ballot, strike_ballot
from .steps import see

PAPER = strike_ballot()
TEXT, SIGN = InvalidGround.SIGNED_OR_EXTRA_TEXT, InvalidGround.DISTINGUISHING_MARK


def found(page: Page, how: Scan | None = None) -> tuple[ForeignInk, ...]:
    """What is shown to the board of a page that is read."""
    read = page.read(how)
    assert isinstance(read, ReadPage), read
    return read.foreign


def covers(box: Rect, other: Rect, margin: float = 1.5) -> bool:
    """Whether one rectangle holds another, but for a margin."""
    return (
        box.x - margin <= other.x
        and box.y - margin <= other.y
        and box.right + margin >= other.right
        and box.bottom + margin >= other.bottom
    )


@pytest.mark.parametrize(
    "how", [Scan(), Scan(dpi=150), Scan(dpi=300), Scan(skew=5), Scan(turn=2), Scan(noise=7), Scan(bilevel=True)]
)
def test_clean_page_shows_nothing(how: Scan) -> None:
    for paper in (PAPER, agree_ballot()):
        assert found(paper.page(dpi=300), how) == ()


@pytest.mark.parametrize("how", [Scan(), Scan(skew=-4), Scan(dpi=300), Scan(turn=3)])
def test_signature_is_proposed_where_it_stands(how: Scan) -> None:
    shown = found(PAPER.page(dpi=300).writing(110, 230, 34, 6), how)
    assert [item.proposal for item in shown] == [TEXT]
    assert covers(shown[0].box, Rect(111, 231, 31, 4))
    assert shown[0].crop.startswith(b"\x89PNG")


def test_signature_changes_no_mark() -> None:
    page = PAPER.page().strike(2).writing(110, 230)
    marks = page.marks()
    assert {candidate for candidate, mark in marks.items() if mark.mark is Mark.STRUCK} == {"c03"}
    assert {mark.mark for mark in marks.values()} == {Mark.KEPT, Mark.STRUCK}


def test_small_sign_is_proposed_as_a_distinguishing_mark() -> None:
    shown = found(PAPER.page().ring(Rect(150, 240, 6, 6)))
    assert [item.proposal for item in shown] == [SIGN]


def test_added_name_under_the_list_is_text() -> None:
    page = PAPER.page()
    last = page.target(9).row
    assert [item.proposal for item in found(page.writing(45, last.bottom + 6, 45, 5))] == [TEXT]


def test_pieces_of_one_writing_are_one_proposal() -> None:
    page = PAPER.page()
    for word in range(3):
        page.writing(90 + word * 16, 230, 12, 4)
    assert len(found(page)) == 1


def test_writings_far_apart_are_two_proposals_from_the_top_down() -> None:
    shown = found(PAPER.page().writing(100, 255, 30).ring(Rect(150, 215, 7, 7)))
    assert [item.proposal for item in shown] == [SIGN, TEXT]
    assert shown[0].box.y < shown[1].box.y


@pytest.mark.parametrize("size", [0.3, 0.6, 1.0])
def test_dust_is_not_shown(size: float) -> None:
    page = PAPER.page()
    for place in range(12):
        page.blot(Rect(90 + place * 7, 215 + place * 4, size, size))
    assert found(page) == ()


@pytest.mark.parametrize("place", [(0, 0), (-8, -6), (9, 0), (0, 9), (-12, 5), (4, -9)])
@pytest.mark.parametrize("grey", [120, 200])
def test_stamp_is_no_foreign_ink_wherever_a_hand_sets_it(place: tuple[float, float], grey: int) -> None:
    page = PAPER.page().strike(1).stamp(*place, grey=grey)
    read = page.read()
    assert isinstance(read, ReadPage)
    assert read.foreign == ()
    assert {m.candidate for m in read.marks if m.mark is Mark.STRUCK} == {"c02"}
    assert {m.mark for m in read.marks} == {Mark.STRUCK, Mark.KEPT}


def test_writing_far_from_the_stamp_is_shown_though_it_is_stamped() -> None:
    assert [item.proposal for item in found(PAPER.page().stamp().writing(100, 235))] == [TEXT]


@pytest.mark.parametrize("x", [1.0, 209.0])
def test_shadow_of_the_lid_on_the_rim_is_not_shown(x: float) -> None:
    assert found(PAPER.page().pen([(x, 30), (x, 200)], 2.0, 80)) == ()


def test_torn_corner_is_not_shown() -> None:
    page = PAPER.page()
    page.blot(Rect(204, 120, 6, 9), 30)
    assert found(page) == ()


def test_strikes_that_run_into_the_margin_belong_to_the_list() -> None:
    page = PAPER.page()
    for row in (0, 4, 9):
        page.strike(row, over=14)
    assert found(page) == ()


def test_large_crosses_belong_to_their_squares() -> None:
    paper = agree_ballot()
    page = paper.page()
    for row in range(6):
        page.cross(row, AGREE, 7.5)
    assert found(page) == ()


def test_writing_over_the_title_is_shown() -> None:
    shown = found(PAPER.page().writing(90, 56, 50, 9))
    assert shown
    assert {item.proposal for item in shown} <= {TEXT, SIGN}


def test_back_of_a_sheet_has_no_field_for_a_stamp() -> None:
    paper = ballot(70)
    assert paper.reference(1).stamp is not None
    assert paper.reference(2).stamp is None
    assert found(paper.page(2)) == ()


def test_proposals_carry_no_verdict_on_the_ballot() -> None:
    seen = see(PAPER.page().writing(110, 230))
    for proposal, box in foreign_ink(seen.ink, seen.reference, DEFAULT):
        assert proposal in {TEXT, SIGN}
        assert 0 <= box.x < box.right <= 211
        assert 0 <= box.y < box.bottom <= 298


def test_order_of_strokes_does_not_matter() -> None:
    draws = [lambda p: p.writing(100, 255, 30), lambda p: p.ring(Rect(150, 215, 7, 7)), lambda p: p.strike(2)]
    pages = []
    for order in ((0, 1, 2), (2, 1, 0)):
        page = PAPER.page()
        for place in order:
            draws[place](page)
        pages.append(page)
    assert np.array_equal(pages[0].pixels, pages[1].pixels)
    assert found(pages[0]) == found(pages[1])
