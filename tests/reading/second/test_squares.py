"""Squares by their outlines and the shadows of their ink."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daihoi.reading.second.squares import STEP_MM, _cut, _pair, _shadows
from daihoi.reading.second.thresholds import DEFAULT
from daihoi.sheet.terms import Rect

from ..hand import AGREE, DISAGREE, Page, Scan, agree_ballot, ballot
from .sight import sight_of

PAPER = agree_ballot()
HERE = ("c03", AGREE)
BESIDE = ("c03", DISAGREE)
MARKS = {
    "cross": lambda p: p.cross(2, AGREE),
    "small cross": lambda p: p.cross(2, AGREE, 2.6),
    "large cross": lambda p: p.cross(2, AGREE, 6.5),
    "pale cross": lambda p: p.cross(2, AGREE, grey=130),
    "tick": lambda p: p.tick(2, AGREE),
    "slash": lambda p: p.slash(2, AGREE),
    "filled": lambda p: p.fill(2, AGREE),
}
SCANS = [Scan(), Scan(dpi=150), Scan(dpi=300), Scan(skew=4), Scan(bilevel=True), Scan(noise=7), Scan(jpeg=40)]


@pytest.mark.parametrize("how", SCANS, ids=str)
def test_empty_squares_hold_nothing(how: Scan) -> None:
    for place, signs in sight_of(PAPER.page(dpi=300), how).squares().items():
        assert signs.outline >= DEFAULT.outline, place
        assert signs.extent == 0, place
        assert signs.around == 0, place
        assert abs(signs.grey) < 0.04, place


@pytest.mark.parametrize("how", SCANS, ids=str)
@pytest.mark.parametrize("name", ["cross", "filled"])
def test_marks_throw_long_shadows_in_every_scan(name: str, how: Scan) -> None:
    signs = sight_of(MARKS[name](PAPER.page(dpi=300)), how).squares()
    assert signs[HERE].extent >= DEFAULT.mark_mm
    assert signs[HERE].tone >= 0.4
    assert signs[BESIDE].extent == 0


@pytest.mark.parametrize("name", MARKS)
def test_marks_of_all_kinds_throw_long_shadows(name: str) -> None:
    signs = sight_of(MARKS[name](PAPER.page(dpi=300))).squares()
    assert signs[HERE].extent >= DEFAULT.mark_mm
    assert signs[HERE].outline >= DEFAULT.outline
    assert signs[BESIDE].extent == 0


@pytest.mark.parametrize("size", [0.2, 0.35, 0.45])
def test_specks_throw_short_shadows(size: float) -> None:
    assert sight_of(PAPER.page(dpi=300).dot(2, AGREE, size)).squares()[HERE].extent <= DEFAULT.speck_mm


@pytest.mark.parametrize(("dx", "dy"), [(0.6, 0), (-0.6, 0), (0, 0.6), (0, -0.6), (0.5, 0.5)])
def test_a_square_off_its_place_is_found_by_its_outline(dx: float, dy: float) -> None:
    page = PAPER.page(dpi=300)
    box = page.square(2, AGREE)
    page.rub(Rect(box.x - 1, box.y - 1, 8, 8))
    x, y, far = box.x + dx + 0.15, box.y + dy + 0.15, 5.7
    page.pen([(x, y), (x + far, y), (x + far, y + far), (x, y + far), (x, y)], 0.3, 0)
    signs = sight_of(page).squares()[HERE]
    assert signs.outline >= DEFAULT.outline
    assert signs.extent == 0
    page.pen([(x + 1, y + 1), (x + 4.5, y + 4.5)])
    assert sight_of(page).squares()[HERE].extent >= DEFAULT.mark_mm


def test_a_square_that_is_gone_has_no_outline() -> None:
    page = PAPER.page()
    box = page.square(2, AGREE)
    page.rub(Rect(box.x - 0.5, box.y - 0.5, 7, 7))
    assert sight_of(page).squares()[HERE].outline < DEFAULT.outline


def test_ink_beside_a_square_is_around_it_and_not_in_it() -> None:
    page = PAPER.page(dpi=300)
    box = page.square(2, AGREE)
    page.pen([(box.x - 1.2, box.y + 0.5), (box.x - 1.0, box.y + 5.0)])
    signs = sight_of(page).squares()[HERE]
    assert signs.extent == 0
    assert signs.around > DEFAULT.around_mm


def test_a_ring_about_a_square_is_around_it() -> None:
    page = PAPER.page(dpi=300)
    box = page.square(2, AGREE)
    page.ring(Rect(box.x - 1.3, box.y - 1.3, 8.6, 8.6))
    assert sight_of(page).squares()[HERE].around > DEFAULT.around_mm


def test_ink_and_tone_tell_a_blackened_square_from_a_cross() -> None:
    page: Page = PAPER.page(dpi=300).fill(2, AGREE).cross(2, DISAGREE)
    signs = sight_of(page).squares()
    assert signs[HERE].ink > DEFAULT.uneven_ink * signs[BESIDE].ink
    assert signs[HERE].ink == pytest.approx(4.2**2, rel=0.1)
    assert signs[HERE].grey > 0.6


@pytest.mark.parametrize("names", [15, 44, 70, 100])
def test_squares_of_every_length_of_list_are_found(names: int) -> None:
    paper = ballot(names, agree=True)
    for number in range(1, 1 + len(paper.prepared.plan.pages)):
        signs = sight_of(paper.page(number)).squares()
        assert min(one.outline for one in signs.values()) >= DEFAULT.outline
        assert max(one.extent for one in signs.values()) == 0


@settings(max_examples=60, deadline=None)
@given(shift=st.integers(-6, 6), plateau=st.booleans(), apart=st.integers(20, 30))
def test_the_pair_of_lines_is_found_where_it_stands(shift: int, plateau: bool, apart: int) -> None:
    profile = np.zeros((1, apart + 25))
    home = round((1.8 + 0.15) / STEP_MM - 0.5)
    first = home + shift
    if plateau:
        profile[0, first + 1 : first + apart] = 0.55
    profile[0, [first, first + apart]] = 0.6
    place, dark = _pair(profile, apart)
    assert place[0] == first
    assert dark[0] == 0.6


def test_shadows_are_counted_and_not_spanned() -> None:
    ink = np.zeros((1, 21, 21), np.bool_)
    ink[0, 0, 0] = ink[0, 20, 20] = True
    # Two specks in far corners are two samples each way, not the whole square.
    assert [float(shadow[0]) for shadow in _shadows(ink)] == pytest.approx([2 * STEP_MM, 2 * STEP_MM])
    assert _shadows(np.zeros((2, 5, 5), np.bool_))[0].tolist() == [0, 0]


def test_parts_stay_within_their_patch() -> None:
    patches = np.arange(2 * 36, dtype=np.uint8).reshape(2, 6, 6)
    parts = _cut(patches, np.array([-2, 5]), np.array([1, 9]), 3)
    assert np.array_equal(parts[0], patches[0, 1:4, 0:3])
    assert np.array_equal(parts[1], patches[1, 3:6, 3:6])
