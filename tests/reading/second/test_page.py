"""The page by the edges of its corner squares: where it lies, which it is, which way up, and what is no page."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from daihoi.reading.second.page import LARGE, Pose, locate
from daihoi.reading.second.thresholds import DEFAULT
from daihoi.reading.terms import GrayImage
from daihoi.sheet.terms import Rect

from ..hand import Page, Scan, agree_ballot, ballot, strike_ballot
from .sight import located, sight_of

PAPER = strike_ballot()
SQUARES = agree_ballot()
TWO_SIDES = ballot(70)
PLACES = [(20.0, 60.0), (190.0, 60.0), (105.0, 148.0), (20.0, 250.0), (190.0, 250.0)]


def true_px(how: Scan, places: list[tuple[float, float]]) -> np.ndarray:
    """Where places in mm fall in an image of `how`, turned back to upright portrait; pixel middles are .5."""
    width, height = round(210 / 25.4 * how.dpi), round(297 / 25.4 * how.dpi)
    angle = np.radians(how.skew)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * how.size
    turn[1] *= how.stretch
    about = np.array([width / 2, height / 2])
    px = (np.array(places) * how.dpi / 25.4 - about) @ turn.T + about + np.array(how.shift) * how.dpi / 25.4
    return np.asarray(px)


def off_mm(pose: Pose, how: Scan) -> float:
    """How far the pose is from the truth at the worst of PLACES, mm."""
    px = pose.at(PLACES)
    if how.turn >= 2:
        # The image still stands on its head: the pose turns it, the truth of these tests does not.
        px = np.array([pose.image.shape[1], pose.image.shape[0]]) - px
    return float(np.hypot(*(px - true_px(how, PLACES)).T).max() / pose.px_per_mm)


@pytest.mark.parametrize(
    "how",
    [
        Scan(),
        Scan(dpi=150),
        Scan(dpi=300),
        Scan(skew=5),
        Scan(skew=-5, dpi=150, bilevel=True),
        Scan(skew=3, turn=2),
        Scan(turn=1),
        Scan(turn=3, skew=-2),
        Scan(size=0.97),
        Scan(size=1.03, shift=(1.5, -1.0)),
        Scan(stretch=1.01),
        Scan(noise=8, blur=0.2, white=200, black=70),
        Scan(jpeg=40),
    ],
    ids=str,
)
def test_page_is_found_to_a_fifth_of_a_millimetre(how: Scan) -> None:
    pose = located(PAPER, PAPER.page(dpi=300).scan(how))
    assert pose is not None
    assert (pose.page, pose.turn) == (1, how.turn)
    assert off_mm(pose, how) < 0.2
    assert pose.px_per_mm * 25.4 == pytest.approx(how.dpi * how.size, rel=0.012)


@pytest.mark.parametrize(("side", "turn"), list(product((1, 2), (0, 2))))
def test_side_and_way_up_come_from_the_code(side: int, turn: int) -> None:
    pose = located(TWO_SIDES, TWO_SIDES.page(side).scan(Scan(turn=turn)))
    assert pose is not None
    assert (pose.page, pose.turn) == (side, turn)


@pytest.mark.parametrize("turn", [0, 2])
def test_a_mirrored_page_is_turned_over(turn: int) -> None:
    image = np.ascontiguousarray(TWO_SIDES.page(2).scan(Scan(turn=turn))[:, ::-1])
    pose = located(TWO_SIDES, image)
    assert pose is not None
    assert (pose.page, pose.turn, pose.mirrored) == (2, turn, True)
    assert off_mm(pose, Scan(turn=turn)) < 0.2


@pytest.mark.parametrize("gone", range(4))
def test_three_squares_are_enough(gone: int) -> None:
    plan = PAPER.prepared.plan.pages[0]
    how = Scan(skew=1)
    corner = plan.corners[gone]
    page = PAPER.page().rub(Rect(corner.x - 1, corner.y - 1, corner.w + 2, corner.h + 2))
    pose = located(PAPER, page.scan(how))
    assert pose is not None
    assert off_mm(pose, how) < 0.4


def test_two_squares_are_too_few() -> None:
    page = PAPER.page()
    for corner in PAPER.prepared.plan.pages[0].corners[:2]:
        page.rub(Rect(corner.x - 1, corner.y - 1, corner.w + 2, corner.h + 2))
    assert located(PAPER, page.scan()) is None


def test_one_code_is_enough_and_none_is_not() -> None:
    codes = [code.rect for code in PAPER.prepared.plan.pages[0].codes]

    def without(*gone: Rect) -> Pose | None:
        page = PAPER.page()
        for rect in gone:
            page.rub(Rect(rect.x - 1, rect.y - 1, rect.w + 2, rect.h + 2))
        return located(PAPER, page.scan())

    assert without(codes[0]) is not None
    assert without(codes[1]) is not None
    assert without(*codes) is None


def test_a_code_on_its_head_is_still_told_when_it_is_the_only_one() -> None:
    rect = PAPER.prepared.plan.pages[0].codes[0].rect
    page = PAPER.page().rub(Rect(rect.x - 1, rect.y - 1, rect.w + 2, rect.h + 2))
    pose = located(PAPER, page.scan(Scan(turn=2)))
    assert pose is not None
    assert pose.turn == 2


@pytest.mark.parametrize(
    "image",
    [
        np.full((2339, 1654), 255, np.uint8),
        np.zeros((2339, 1654), np.uint8),
        np.random.default_rng(1).integers(0, 256, (1200, 900), np.uint8),
        np.full((900, 900), 128, np.uint8),
        np.full((901, 3000), 200, np.uint8),
    ],
    ids=["white", "black", "noise", "square", "strip"],
)
def test_what_is_no_page_is_not_found(image: GrayImage) -> None:
    assert located(PAPER, image) is None


def test_a_blot_like_a_square_does_not_pull_the_page_away() -> None:
    blot = Rect(40, 16, 6, 6)
    how = Scan()
    pose = located(SQUARES, SQUARES.page().blot(blot, 0).blot(Rect(30, 270, 6.2, 6.2), 0).scan(how))
    assert pose is not None
    assert off_mm(pose, how) < 0.2


def test_black_and_paper_are_levels_of_the_scan() -> None:
    sight = sight_of(PAPER.page(), Scan(white=210, black=60, noise=3))
    assert sight.pose.black == pytest.approx(60, abs=6)
    assert sight.pose.paper_at(np.array([(105.0, 150.0), (30.0, 200.0)])) == pytest.approx([210, 210], abs=5)


def test_paper_follows_uneven_light() -> None:
    image = PAPER.page().scan().astype(np.float64)
    image *= np.linspace(1.0, 0.7, image.shape[1])[None, :]
    pose = located(PAPER, image.astype(np.uint8))
    assert pose is not None
    left, right = pose.paper_at(np.array([(25.0, 150.0), (185.0, 150.0)]))
    assert left - right == pytest.approx(245 * 0.3 * 160 / 210, abs=12)


def test_parts_are_warped_to_where_they_are_asked() -> None:
    page = PAPER.page().rub(Rect(90, 190, 40, 30)).blot(Rect(100, 200, 10, 5), 0)
    pose = sight_of(page, Scan(skew=2)).pose
    part = pose.warp(98.0, 198.0, 0.5, 0.5, (28, 18))
    assert part.shape == (18, 28)
    dark = part < 128
    assert dark[5:13, 5:23].all()
    assert not dark[:3].any()
    assert not dark[:, :3].any()


def test_a_photograph_is_warped_in_perspective() -> None:
    pose = sight_of(PAPER.page()).pose
    tilt = np.array([[1, 0, 0], [0, 1, 0], [0, 2e-4, 1]])
    tilted = Pose(pose.image, 1, 0, pose.to_px @ tilt, pose.px_per_mm, pose.black, pose.paper, pose.mm_px)
    part = tilted.warp(0.0, 0.0, 1.0, 1.0, (210, 290))
    y, x = 200, 100
    column, row = (int(v) for v in np.floor(tilted.at([(x + 0.5, y + 0.5)])[0]))
    assert abs(int(part[y, x]) - int(pose.image[row, column])) < 60
    assert part.shape == (290, 210)


def test_one_image_gives_one_pose_whatever_was_read_before() -> None:
    image = PAPER.page().scan()
    first = locate(image, PAPER.prepared.plan.pages, DEFAULT)
    locate(SQUARES.page().scan(Scan(skew=2)), SQUARES.prepared.plan.pages, DEFAULT)
    again = locate(image.copy(), PAPER.prepared.plan.pages, DEFAULT)
    assert first is not None
    assert again is not None
    assert np.array_equal(first.to_px, again.to_px)
    assert LARGE.shape == (13, 13)


def test_every_side_of_every_form_is_found() -> None:
    pages: list[Page] = [TWO_SIDES.page(1), TWO_SIDES.page(2), SQUARES.page(), ballot(100).page(2)]
    for page in pages:
        pose = located(page.ballot, page.scan())
        assert pose is not None
        assert pose.page == page.number


@pytest.mark.parametrize("side", [0, 1], ids=["left", "right"])
def test_corner_squares_that_a_dead_pixel_parts_in_two_are_found(side: int) -> None:
    middle = PAPER.prepared.plan.pages[0].corners[side]
    page = PAPER.page(dpi=300).upright_line(middle.x + middle.w / 2, width=0.8, grey=255)
    how = Scan()
    pose = sight_of(page, how).pose
    assert off_mm(pose, how) < 0.1
