"""Pages on which an independent hand made the reader err: print off its place, hairs of toner, what an eraser left."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from daihoi.reading.ink import Stroke
from daihoi.reading.register import Laid, settle
from daihoi.reading.score import _is_hair
from daihoi.reading.terms import DoubtReason
from daihoi.rules.terms import Mark

from .hand import AGREE, DISAGREE, NAME, Page, Scan, agree_ballot, strike_ballot
from .steps import Seen, see


def nudged(page: Page, candidate: int, down_px: int) -> Page:
    """A page on which one name was printed so many px (of the drawing) too low: its ruling and number stay."""
    box = page.target(candidate, NAME).box
    k = page.dpi / 25.4
    rows = slice(round((box.y - 0.6) * k), round((box.bottom + 0.6) * k))
    columns = slice(round((box.x - 1) * k), round((box.right + 1) * k))
    page.pixels[rows, columns] = np.roll(page.pixels[rows, columns], down_px, axis=0)
    return page


@pytest.mark.parametrize("down_mm", [-0.3, 0.3])
def test_name_printed_off_its_place_is_kept(down_mm: float) -> None:
    page = strike_ballot().page()
    marks = nudged(page, 3, round(down_mm * page.dpi / 25.4)).marks()
    assert {mark.mark for mark in marks.values()} == {Mark.KEPT}


@pytest.mark.parametrize("down_mm", [-0.3, 0.3])
def test_half_struck_name_off_its_place_is_doubtful(down_mm: float) -> None:
    page = strike_ballot().page()
    nudged(page, 3, round(down_mm * page.dpi / 25.4))
    box = page.target(3, NAME).box
    y = box.y + 0.55 * box.h
    page.pen([(box.x - 2, y), (box.x + 0.5 * box.w, y)])
    assert page.marks(Scan(dpi=150))[page.target(3, NAME).candidate].mark is Mark.DOUBTFUL


def settled(seen: Seen, row: int) -> Laid:
    """A row laid by its own print."""
    segment = seen.reference.rows[row].segments[0]
    return settle(seen.page, seen.reference, [segment], 0.0)[0]


def test_page_on_its_place_is_not_moved() -> None:
    seen = see(strike_ballot().page().strike(2))
    for row in (0, 5):
        assert settled(seen, row).step == seen.page.steps[seen.reference.rows[row].segments[0].number]


@pytest.mark.parametrize("down", [-3, -2, 2, 3])
def test_row_off_its_place_is_moved_back_and_no_other(down: int) -> None:
    page = strike_ballot().page(dpi=200)
    seen = see(nudged(page, 4, down))
    before = see(strike_ballot().page(dpi=200))
    number = seen.reference.rows[4].segments[0].number
    moved = settled(seen, 4)
    assert not moved.astray
    assert abs(moved.step[1] - before.page.steps[number][1] - down) <= 1
    assert settled(seen, 7).step == seen.page.steps[seen.reference.rows[7].segments[0].number]


@pytest.mark.parametrize("down_mm", [-0.3, 0.3])
def test_squares_printed_off_their_place_are_read_without_doubt(down_mm: float) -> None:
    page = agree_ballot().page().cross(2, AGREE)
    box, other = (page.target(2, kind).box for kind in (AGREE, DISAGREE))
    k = page.dpi / 25.4
    rows = slice(round((box.y - 1) * k), round((box.bottom + 1) * k))
    columns = slice(round((box.x - 1) * k), round((other.right + 1) * k))
    page.pixels[rows, columns] = np.roll(page.pixels[rows, columns], round(down_mm * k), axis=0)
    marks = page.marks()
    assert marks.pop(page.target(2, AGREE).candidate).mark is Mark.AGREE
    assert {mark.mark for mark in marks.values()} == {Mark.NONE}


@pytest.mark.parametrize(
    ("width", "height", "hair"), [(1, 8, True), (1, 11, False), (2, 8, False), (8, 1, False), (1, 10, True)]
)
def test_hair_is_narrow_upright_and_no_higher_than_a_capital(width: int, height: int, hair: bool) -> None:
    assert _is_hair(Stroke(1, 0, 0, width, height)) is hair


@pytest.mark.parametrize("share", [0.5, 0.6])
def test_strike_that_ends_before_the_given_name_is_doubtful(share: float) -> None:
    page = strike_ballot().page()
    target = page.target(6, NAME)
    box, (start, _end) = target.box, target.words[-1]
    y = box.y + 0.55 * box.h
    page.pen([(box.x - 2, y), (min(box.x + share * box.w, start - 0.3), y)])
    assert page.marks()[target.candidate].mark is Mark.DOUBTFUL


def rubbed(page: Page, candidate: int, remnant: int, smear: int) -> Page:
    """What an eraser leaves of a cross in the first square: a short remnant, and its ink spread broadly above it."""
    box = page.square(candidate, AGREE)
    x, y, px = box.x + box.w / 2, box.y + box.h / 2, page.dpi / 25.4
    layer = np.full_like(page.pixels, 255)
    ends = [round((x + 0.2) * px), round((y - 0.6) * px)], (round(1.5 * px), round(0.9 * px))
    cv2.ellipse(layer, ends[0], ends[1], -20, 0, 360, (smear,), -1)
    np.minimum(page.pixels, cv2.GaussianBlur(layer, (0, 0), 0.25 * px), out=page.pixels)
    return page.pen([(x - 1.6, y + 0.7), (x - 0.2, y + 1.0), (x + 1.2, y + 0.2), (x + 1.4, y - 0.6)], grey=remnant)


@pytest.mark.parametrize(("remnant", "smear"), [(130, 225), (145, 215), (150, 230)])
def test_remnant_in_broad_grey_was_erased(remnant: int, smear: int) -> None:
    page = rubbed(agree_ballot().page(), 2, remnant, smear)
    mark = page.marks()[page.target(2, AGREE).candidate]
    assert mark.mark is Mark.DOUBTFUL
    assert DoubtReason.ERASED in mark.reasons


@pytest.mark.parametrize("grey", [130, 150])
def test_pencil_as_pale_as_a_remnant_is_a_mark(grey: int) -> None:
    page = agree_ballot().page()
    for row in range(4):
        page.cross(row, AGREE, grey=grey)
    assert page.marks()[page.target(2, AGREE).candidate].mark is Mark.AGREE
