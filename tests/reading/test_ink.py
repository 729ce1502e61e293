"""Added ink is what print does not explain: nothing on a clean page, every stroke of a pen, no streak."""

from __future__ import annotations

import numpy as np
import pytest

from daihoi.reading.ink import HALF_PX_PER_MM, Ink, Stroke
from daihoi.reading.reference import area_of, half
from daihoi.sheet.terms import Rect

from .hand import AGREE, Scan, agree_ballot, ballot, strike_ballot
from .steps import see

PAPER = strike_ballot()
BARE = Rect(100, 215, 60, 45)
"""Paper under the list where nothing is printed."""


def inked_mm2(ink: Ink, rect: Rect) -> float:
    """Ink within a rectangle of the page."""
    return float(np.count_nonzero(ink.labels[half(area_of(rect))])) / HALF_PX_PER_MM**2


@pytest.mark.parametrize(
    "how",
    [
        Scan(),
        Scan(dpi=150),
        Scan(dpi=300),
        Scan(skew=5),
        Scan(turn=3),
        Scan(bilevel=True),
        Scan(noise=6),
        Scan(jpeg=40),
        Scan(white=170, black=60),
        Scan(stretch=1.01),
    ],
)
def test_unmarked_page_has_next_to_no_ink(how: Scan) -> None:
    ink = see(PAPER.page(dpi=300), how).ink
    names = [target.box for target in PAPER.prepared.plan.pages[0].targets]
    assert max(inked_mm2(ink, box) for box in names) < 0.7
    assert inked_mm2(ink, BARE) < 0.1
    assert max((stroke.extent_mm for stroke in ink.strokes.values()), default=0) < 2.0


@pytest.mark.parametrize("length", [3.0, 10.0, 30.0])
@pytest.mark.parametrize("width", [0.3, 1.0])
def test_stroke_on_bare_paper_keeps_its_length_and_area(length: float, width: float) -> None:
    ink = see(PAPER.page(dpi=300).pen([(110, 230), (110 + length, 230)], width)).ink
    longest = max(ink.strokes.values(), key=lambda stroke: stroke.extent_mm)
    assert longest.extent_mm == pytest.approx(length + width, abs=0.8)
    # Ink begins where blur has left 14 % of its darkness: up to 0.3 mm beyond the stroke's edge on either side.
    assert 0.8 * length * width <= inked_mm2(ink, BARE) <= (length + width + 0.7) * (width + 0.7)


@pytest.mark.parametrize("grey", [30, 100, 170])
def test_ink_of_any_common_pen_is_seen(grey: int) -> None:
    ink = see(PAPER.page().pen([(110, 230), (130, 235)], 0.4, grey)).ink
    assert inked_mm2(ink, BARE) > 4


def test_ink_over_print_is_seen_between_the_letters() -> None:
    box = PAPER.page().target(4).box
    plain, struck = (see(page).ink for page in (PAPER.page(), PAPER.page().strike(4)))
    assert inked_mm2(struck, box) > 3 + inked_mm2(plain, box)


def test_strike_behind_letters_falls_into_few_pieces() -> None:
    page = PAPER.page().strike(4)
    box = page.target(4).box
    large = [stroke for stroke in see(page).ink.strokes.values() if stroke.extent_mm >= 1.0]
    assert 1 <= len(large) <= 12
    assert sum(stroke.w for stroke in large) / HALF_PX_PER_MM > 0.5 * box.w


def test_two_pens_far_apart_are_two_strokes() -> None:
    ink = see(PAPER.page().pen([(110, 230), (120, 230)]).pen([(110, 240), (120, 240)])).ink
    large = [stroke for stroke in ink.strokes.values() if stroke.extent_mm > 5]
    assert len(large) == 2


def test_labels_and_strokes_tell_the_same() -> None:
    ink = see(PAPER.page().strike(1).strike(3).writing(110, 230)).ink
    labels, counts = np.unique(ink.labels[ink.labels > 0], return_counts=True)
    for label, count in zip(labels, counts, strict=True):
        assert ink.pixels_of(int(label)) == int(count)
    assert ink.labels.shape == (ink.mask.shape[0] // 2, ink.mask.shape[1] // 2)


def test_boxes_of_strokes_hold_their_ink() -> None:
    ink = see(PAPER.page().strike(1, rise=3).writing(110, 230)).ink
    for stroke in ink.strokes.values():
        ys, xs = np.nonzero(ink.labels == stroke.label)
        if ys.size:
            assert stroke.x - 1 <= xs.min()
            assert xs.max() <= stroke.x + stroke.w + 1
            assert stroke.y - 1 <= ys.min()
            assert ys.max() <= stroke.y + stroke.h + 1


def test_extent_is_the_longer_side_in_millimetres() -> None:
    assert Stroke(1, 0, 0, round(10 * HALF_PX_PER_MM), 3).extent_mm == pytest.approx(10, abs=0.2)
    assert Stroke(1, 0, 0, 3, round(7 * HALF_PX_PER_MM)).extent_mm == pytest.approx(7, abs=0.2)


def test_streak_leaves_no_ink_and_is_counted() -> None:
    ink = see(PAPER.page().upright_line(120.0, width=0.5)).ink
    assert ink.streaks == 1
    assert ink.hidden is not None
    assert inked_mm2(ink, Rect(118, 215, 4, 45)) < 0.2


def test_page_without_a_streak_hides_nothing() -> None:
    ink = see(PAPER.page().strike(0)).ink
    assert ink.streaks == 0
    assert ink.hidden is None


def test_square_is_read_inside_its_outline() -> None:
    paper = agree_ballot()
    for how in (Scan(), Scan(dpi=150), Scan(skew=4), Scan(bilevel=True)):
        ink = see(paper.page(dpi=300).cross(2, AGREE), how).ink
        boxes = [target.box for target in paper.prepared.plan.pages[0].targets if target.kind is AGREE]
        inside = [inked_mm2(ink, Rect(b.x + 0.8, b.y + 0.8, b.w - 1.6, b.h - 1.6)) for b in boxes]
        assert inside[2] > 2
        assert max(inside[:2] + inside[3:]) < 0.1


def test_level_of_faint_ink_follows_the_noise_of_the_page() -> None:
    quiet, loud = (see(PAPER.page(), Scan(noise=noise, white=220)).ink.faint for noise in (0.5, 12.0))
    assert loud > quiet > 0


def test_back_of_a_sheet_has_no_ink_of_its_own_either() -> None:
    ink = see(ballot(70).page(2)).ink
    assert max((stroke.extent_mm for stroke in ink.strokes.values()), default=0) < 2.0
