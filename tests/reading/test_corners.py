"""The four squares: found on whole pages however they lie, counted where one is gone, never invented."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from daihoi.reading.corners import Frame, find_frame
from daihoi.reading.terms import GrayImage
from daihoi.reading.thresholds import DEFAULT
from daihoi.sheet.terms import Rect

from .hand import Page, Scan, agree_ballot, strike_ballot

PAPER = strike_ballot()
PLAN = PAPER.prepared.plan.pages[0]
CORNERS = PLAN.corners


def frame_of(image: GrayImage) -> Frame | int:
    """What the step says of an image."""
    return find_frame(image, PLAN, DEFAULT)


def centres(dpi: float) -> list[tuple[float, float]]:
    """Where the marks' centres lie on a page scanned square, px."""
    return [((c.x + c.w / 2) * dpi / 25.4, (c.y + c.h / 2) * dpi / 25.4) for c in CORNERS]


def without(*gone: int) -> Page:
    """A page with some corner marks covered by paper."""
    page = PAPER.page()
    for corner in gone:
        mark = CORNERS[corner]
        page.rub(Rect(mark.x - 0.5, mark.y - 0.5, mark.w + 1, mark.h + 1))
    return page


@pytest.mark.parametrize("dpi", [150, 200, 300, 400])
def test_frame_lies_within_a_quarter_pixel_of_the_print(dpi: int) -> None:
    frame = frame_of(PAPER.page(dpi=max(200, dpi)).scan(Scan(dpi=dpi)))
    assert isinstance(frame, Frame)
    assert frame.missing is None
    assert not frame.sideways
    # The drawn page has whole pixels: half a pixel of rounding on either side is the drawing's, not the reader's.
    assert np.abs(frame.points - np.array(centres(dpi))).max() < 0.8


@pytest.mark.parametrize("skew", [-5.0, -2.5, 0.4, 2.5, 5.0])
def test_skewed_page_keeps_its_angle(skew: float) -> None:
    frame = frame_of(PAPER.page().scan(Scan(skew=skew)))
    assert isinstance(frame, Frame)
    along = frame.points[1] - frame.points[0]
    assert np.degrees(np.arctan2(along[1], along[0])) == pytest.approx(skew, abs=0.05)


@pytest.mark.parametrize(("turn", "sideways"), [(0, False), (1, True), (2, False), (3, True)])
def test_turned_page_is_told_by_its_long_side(turn: int, sideways: bool) -> None:
    frame = frame_of(PAPER.page().scan(Scan(turn=turn, skew=1.0)))
    assert isinstance(frame, Frame)
    assert frame.sideways is sideways


@pytest.mark.parametrize("corner", [0, 1, 2, 3])
def test_one_missing_mark_is_named_and_its_place_inferred(corner: int) -> None:
    frame = frame_of(without(corner).scan())
    assert isinstance(frame, Frame)
    assert frame.missing == corner
    assert np.abs(frame.points[corner] - np.array(centres(200)[corner])).max() < 1.5


@pytest.mark.parametrize("gone", [(0, 1), (0, 3), (1, 2), (2, 3)])
def test_two_missing_marks_make_no_frame(gone: tuple[int, int]) -> None:
    assert frame_of(without(*gone).scan()) == 2


@pytest.mark.parametrize("gone", [(0, 1, 2), (1, 2, 3)])
def test_a_single_mark_is_counted(gone: tuple[int, int, int]) -> None:
    assert frame_of(without(*gone).scan()) == 1


@pytest.mark.parametrize("grey", [0, 255, 128])
def test_empty_image_has_no_marks(grey: int) -> None:
    assert frame_of(np.full((2339, 1654), grey, np.uint8)) == 0


@pytest.mark.parametrize("shape", [(30, 21), (100, 100), (120, 60)])
def test_images_too_small_for_a_page_have_no_marks(shape: tuple[int, int]) -> None:
    assert frame_of(np.full(shape, 255, np.uint8)) == 0


def test_stamp_over_a_mark_does_not_move_it() -> None:
    bare = frame_of(PAPER.page().scan())
    stamped = frame_of(PAPER.page().stamp(-16, -4).scan())
    assert isinstance(bare, Frame)
    assert isinstance(stamped, Frame)
    assert np.abs(bare.points - stamped.points).max() < 1.0


def test_thin_lines_across_a_mark_do_not_hide_it() -> None:
    mark = CORNERS[3]
    page = PAPER.page().pen([(mark.x - 8, mark.y + 1), (mark.x + 12, mark.y + 6)], 0.5)
    frame = frame_of(page.upright_line(mark.x + 2, width=0.4).scan())
    assert isinstance(frame, Frame)
    assert frame.missing is None


def test_black_blots_elsewhere_are_not_taken_for_marks() -> None:
    page = PAPER.page()
    for x, y in ((80.0, 150.0), (30.0, 60.0), (170.0, 200.0), (185.0, 40.0)):
        page.blot(Rect(x, y, 6, 6), 20)
    frame = frame_of(page.scan())
    bare = frame_of(PAPER.page().scan())
    assert isinstance(frame, Frame)
    assert isinstance(bare, Frame)
    assert np.abs(frame.points - bare.points).max() < 0.5


def test_squares_in_a_wrong_rectangle_are_no_frame() -> None:
    page = without(3)
    mark = CORNERS[3]
    page.blot(Rect(mark.x - 14, mark.y - 12, mark.w, mark.h), 10)
    frame = frame_of(page.scan())
    assert not isinstance(frame, Frame) or frame.missing == 3


def test_round_spots_are_no_squares() -> None:
    page = without(1, 2)
    for corner in (1, 2):
        mark = CORNERS[corner]
        for size in np.linspace(0.3, mark.w, 12):
            rest = (mark.w - float(size)) / 2
            page.ring(Rect(mark.x + rest, mark.y + rest, float(size), float(size)), 0.6, 20)
    # A disc of the mark's own width fills 79 % of its box; a square fills it all.
    assert not isinstance(frame_of(page.scan()), Frame)


@pytest.mark.parametrize("white", [255, 200, 150])
@pytest.mark.parametrize("black", [0, 60, 90])
def test_frame_does_not_hang_on_brightness(white: float, black: float) -> None:
    frame = frame_of(PAPER.page().scan(Scan(white=white, black=black)))
    assert isinstance(frame, Frame)
    assert frame.missing is None
    assert frame.black == pytest.approx(black, abs=8)


def test_page_on_a_larger_black_bed_is_found_or_refused_but_never_misplaced() -> None:
    scan = PAPER.page().scan()
    bed = cv2.copyMakeBorder(scan, 40, 60, 30, 50, cv2.BORDER_CONSTANT, value=(15,))
    frame = frame_of(np.asarray(bed, np.uint8))
    if isinstance(frame, Frame):
        expected = np.array(centres(200)) + np.array([30, 40])
        assert np.abs(frame.points - expected).max() < 1.5


def test_form_with_squares_does_not_confuse_the_marks() -> None:
    paper = agree_ballot()
    frame = find_frame(paper.page().scan(), paper.prepared.plan.pages[0], DEFAULT)
    assert isinstance(frame, Frame)
    assert frame.missing is None
