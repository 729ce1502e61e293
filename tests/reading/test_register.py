"""Laying a page flat: its scale from the marks, its rows on their printed places, its paper as zero."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from daihoi.reading.flat import FlatPage
from daihoi.reading.reference import PX_PER_MM, area_of
from daihoi.reading.register import align, scale_of
from daihoi.reading.terms import DoubtReason, GrayImage, ReadPage, Refusal, RefusalReason
from daihoi.reading.thresholds import CANONICAL_DPI, DEFAULT, MAX_DPI, MIN_DPI
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import Rect

from .hand import Page, Scan, agree_ballot, refusal_of, strike_ballot
from .steps import known_in, laid_whole, see

PAPER = strike_ballot()
PLAN = PAPER.prepared.plan.pages[0]


def scale(page: Page, how: Scan) -> float | Refusal:
    """What the corner marks say of a scan's resolution."""
    image = page.scan(how)
    return scale_of(known_in(image, PAPER), PLAN, image, DEFAULT)


def apart(page: GrayImage, dx: int = 0, dy: int = 0) -> float:
    """How far a registered page's table lies from the drawn one, grey levels on average."""
    drawn = PAPER.form.rasters[0].astype(int)
    rows = [area_of(target.box, 1.0) for target in PLAN.targets]
    return float(np.mean([np.abs(np.roll(page, (dy, dx), (0, 1))[r].astype(int) - drawn[r]).mean() for r in rows]))


@pytest.mark.parametrize("dpi", [150, 200, 240, 300, 400])
@pytest.mark.parametrize("turn", [0, 1])
def test_scale_comes_from_the_marks(dpi: int, turn: int) -> None:
    assert scale(PAPER.page(), Scan(dpi=dpi, turn=turn, skew=2)) == pytest.approx(dpi, rel=0.002)


def test_scale_is_bounded_on_both_sides() -> None:
    low = refusal_of(scale(PAPER.page(), Scan(dpi=110)))
    assert low.reason is RefusalReason.WRONG_SCALE
    assert low.found == "110 dpi"
    assert low.expected == f"{MIN_DPI:.0f}-{MAX_DPI:.0f} dpi"


@pytest.mark.parametrize("size", [0.80, 0.88, 1.10])
def test_print_of_another_size_is_refused_in_per_cent(size: float) -> None:
    page = PAPER.page()
    image = page.scan(Scan(size=size))
    # A print of 110 % pushes the corner marks off the paper: then the frame itself is missing.
    known = PAPER.read(image)
    refused = refusal_of(known)
    if size < 1:
        assert refused.reason is RefusalReason.WRONG_SCALE
        assert refused.found == f"{100 * size:.0f} %"
    else:
        assert refused.reason in {
            RefusalReason.WRONG_SCALE,
            RefusalReason.CORNERS_NOT_FOUND,
            RefusalReason.CODE_UNREADABLE,
        }


@pytest.mark.parametrize("size", [0.95, 0.97, 1.0, 1.02])
def test_fit_to_page_is_within_what_is_read(size: float) -> None:
    assert scale(PAPER.page(), Scan(size=size)) == pytest.approx(200 * size, rel=0.003)


def test_image_of_another_shape_tells_nothing_about_the_print() -> None:
    image = PAPER.page().scan()
    cut = np.ascontiguousarray(image[:, :-40])
    assert scale_of(known_in(cut, PAPER), PLAN, cut, DEFAULT) == pytest.approx(200, rel=0.002)


@pytest.mark.parametrize("stretch", [1.05, 0.95])
def test_page_stretched_by_a_slipping_feeder_is_refused(stretch: float) -> None:
    refused = refusal_of(PAPER.page().read(Scan(stretch=stretch)))
    assert refused.reason in {RefusalReason.DISTORTED, RefusalReason.CORNERS_NOT_FOUND}
    assert "x" in refused.found or refused.found.isdigit()


@pytest.mark.parametrize(
    "how",
    [
        Scan(),
        Scan(skew=5),
        Scan(skew=-5, turn=2),
        Scan(turn=1, skew=1.5),
        Scan(turn=3, skew=-3),
        Scan(dpi=150),
        Scan(dpi=300, skew=2),
        Scan(dpi=400),
        Scan(shift=(3, -2)),
        Scan(stretch=1.015),
    ],
)
def test_registered_page_lies_on_the_drawn_one(how: Scan) -> None:
    seen = see(PAPER.page(dpi=300), how)
    page = seen.laid
    assert page.shape == PAPER.form.rasters[0].shape == (2339, 1654)
    here = apart(page)
    # One pixel aside must fit clearly worse, else the page is a pixel off.
    assert all(apart(page, dx, dy) > here for dx, dy in ((2, 0), (-2, 0), (0, 2), (0, -2)))


def test_paper_is_zero_and_marks_give_the_contrast() -> None:
    for white, black in ((245.0, 25.0), (180.0, 50.0)):
        registered = see(PAPER.page(), Scan(white=white, black=black)).page
        assert registered.contrast == pytest.approx(white - black, abs=14)
        assert float(np.median(registered.darkness)) <= 3
        corner = PLAN.corners[3]
        inside = registered.darkness_at(area_of(corner, -1.5))
        assert float(np.median(inside)) == pytest.approx(white - black, abs=14)


@pytest.mark.parametrize("noise", [1.0, 4.0, 8.0])
def test_noise_is_measured_on_bare_paper(noise: float) -> None:
    registered = see(PAPER.page(), Scan(noise=noise, white=200)).page
    # Resampling between pixels smooths some of the noise away; darkness below zero is cut off.
    assert 0.3 * noise <= registered.noise <= 1.3 * noise + 1


def test_light_that_falls_off_is_taken_as_paper() -> None:
    image = PAPER.page().scan(Scan(noise=0)).astype(np.float32)
    image *= np.linspace(1.0, 0.7, image.shape[1], dtype=np.float32)
    dim = np.clip(image, 0, 255).astype(np.uint8)
    known = known_in(dim, PAPER)
    dpi = scale_of(known, PLAN, dim, DEFAULT)
    assert isinstance(dpi, float)
    registered = align(FlatPage(dim, known.points, PLAN, dpi), PAPER.reference(), known.black, dpi)
    bare = registered.darkness_at(area_of(Rect(150, 220, 35, 30)))
    assert float(np.median(bare)) <= 4


def row_moved(mm: float, row: int) -> GrayImage:
    """A scan on which one row alone lies lower, as after a slip of the feeder."""
    image = PAPER.page().scan()
    cell = PAPER.reference().rows[row].cell
    inner = (slice(cell[0].start + 8, cell[0].stop - 8), cell[1])
    by = round(mm * PX_PER_MM)
    moved = image.copy()
    moved[inner[0].start + by : inner[0].stop + by, inner[1]] = image[inner]
    return moved


@pytest.mark.parametrize("bend", [0.3, 0.6])
def test_rows_follow_a_page_that_is_stretched_in_its_middle(bend: float) -> None:
    image = PAPER.page().scan()
    height, width = image.shape
    rows = np.arange(height, dtype=np.float32)
    swell = bend * PX_PER_MM * np.sin(np.pi * rows / height)
    ys = np.repeat((rows - swell)[:, None], width, axis=1).astype(np.float32)
    xs = np.repeat(np.arange(width, dtype=np.float32)[None], height, axis=0)
    bent = np.asarray(cv2.remap(image, xs, ys, cv2.INTER_LINEAR, borderValue=(245,)), np.uint8)
    known = known_in(bent, PAPER)
    flat = FlatPage(bent, known.points, PLAN, 200.0)
    registered = align(flat, PAPER.reference(), known.black, 200.0)
    assert apart(laid_whole(registered, PAPER.reference())) < 0.8 * apart(flat.whole())


def test_one_row_does_not_run_away_from_its_neighbours() -> None:
    moved = row_moved(0.9, 4)
    known = known_in(moved, PAPER)
    flat = FlatPage(moved, known.points, PLAN, 200.0)
    registered = align(flat, PAPER.reference(), known.black, 200.0)
    others = [row.cell for place, row in enumerate(PAPER.reference().rows) if place != 4]
    for cell in others:
        laid = laid_whole(registered, PAPER.reference())
        assert np.abs(laid[cell].astype(int) - flat.whole()[cell].astype(int)).mean() < 4


def test_row_whose_print_lies_farther_off_than_a_row_may_be_moved_is_astray() -> None:
    read = PAPER.read(row_moved(0.8, 4))
    assert isinstance(read, ReadPage)
    doubted = {mark.candidate: mark.reasons for mark in read.marks if mark.mark is Mark.DOUBTFUL}
    assert doubted.keys() == {"c05"}
    assert DoubtReason.LOCAL_SHIFT in doubted["c05"]


def test_pen_over_a_name_does_not_pull_its_row() -> None:
    plain = see(PAPER.page()).laid
    struck = see(PAPER.page().strike(5, width=1.2).strike(5, at=0.3).strike(5, at=0.8)).laid
    cell = PAPER.reference().rows[5].cell
    left = (cell[0], slice(cell[1].start, PAPER.reference().rows[5].cell[1].start + 60))
    assert np.abs(plain[left].astype(int) - struck[left].astype(int)).mean() < 4


def test_agree_form_rows_align_text_and_squares_apart() -> None:
    paper = agree_ballot()
    for row in paper.reference().rows:
        assert len(row.segments) == 2
        text, squares = row.segments
        assert text.area[1].stop <= squares.area[1].start + 1
        assert text.track != squares.track


def test_registered_size_is_a4_at_the_canonical_resolution() -> None:
    assert CANONICAL_DPI == 200
    assert see(PAPER.page(dpi=300), Scan(dpi=300)).flat.shape == (2339, 1654)
