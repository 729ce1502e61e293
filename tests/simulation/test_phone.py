"""Simulated photographs: the sheet lies where the matrix says, whole in the picture, in colour, the same again."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from daihoi.simulation.encode import jpeg
from daihoi.simulation.phone import PHONE, PHONE_NAME, SIZES, photograph, shoot, view_of
from daihoi.simulation.run import Order, job_of
from daihoi.simulation.sheets import Job, draw_sheet
from daihoi.simulation.terms import Condition, Pixels, SimulatedSheet

from . import ballots


@cache
def job() -> Job:
    paper = ballots.strike_ballot()
    return job_of(paper.plan, paper.rasters, ballots.DPI, Order(paper.seats, 1, 8, PHONE_NAME))


@cache
def sheet(number: int) -> SimulatedSheet:
    return draw_sheet(job(), number)


def at(matrix: np.ndarray, x: float, y: float) -> tuple[int, int]:
    u, v, w = matrix @ [x, y, 1]
    return round(u / w), round(v / w)


def grey(image: Pixels) -> Pixels:
    return cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)


@pytest.mark.parametrize("number", [1, 2, 3, 5])
def test_marks_are_dark_and_stand_on_paper_where_the_matrix_says(number: int) -> None:
    page = sheet(number).pages[0]
    image = grey(page.image)
    for mark in job().plan.pages[0].corners:
        x, y = at(page.matrix, mark.x + mark.w / 2, mark.y + mark.h / 2)
        beside = at(page.matrix, mark.x + mark.w + 1.2, mark.y + mark.h / 2)
        assert int(image[y, x]) + 60 < int(image[beside[1], beside[0]])


@pytest.mark.parametrize("number", [1, 2, 3, 5])
def test_whole_sheet_is_in_the_picture(number: int) -> None:
    page = sheet(number).pages[0]
    height, width = page.image.shape[:2]
    for corner in ((0, 0), (210, 0), (210, 297), (0, 297)):
        x, y = at(page.matrix, *corner)
        assert -0.02 * width < x < 1.02 * width
        assert -0.02 * height < y < 1.02 * height


def test_pictures_are_in_colour_of_eight_to_twelve_megapixels_and_saved_at_80() -> None:
    for number in (1, 2, 3):
        page = sheet(number).pages[0]
        assert page.image.ndim == 3
        assert tuple(sorted(page.image.shape[:2])) in SIZES
        assert page.quality == 80
        assert Condition.COLOUR in sheet(number).truth.conditions[0]


def test_same_ballot_is_photographed_the_same_way_again() -> None:
    again = draw_sheet(job(), 2).pages[0]
    assert jpeg(again) == jpeg(sheet(2).pages[0])


def test_votes_are_those_that_a_scanner_would_see() -> None:
    scanned = replace(job(), capture=None)
    assert draw_sheet(scanned, 3).truth.marks == sheet(3).truth.marks


@pytest.mark.parametrize("seed", range(12))
def test_sheet_fills_the_picture_and_tilts_no_more_than_asked(seed: int) -> None:
    view = view_of(np.random.default_rng(seed), tilt_most=15.0)
    corners = cv2.perspectiveTransform(
        np.array([[[0, 0], [210, 0], [210, 297], [0, 297]]], np.float64), np.asarray(view.matrix)
    )[0]
    share = cv2.contourArea(corners.astype(np.float32)) / np.prod(view.size)
    assert 0.4 < share < 0.95
    # Nothing of the sheet is twice as near as anything else at 15 degrees.
    depth = [float(view.matrix[2] @ [x, y, 1]) for x in (0, 210) for y in (0, 297)]
    assert max(depth) / min(depth) < 1.5


def test_shadow_of_a_hand_darkens_part_of_the_sheet() -> None:
    white = np.full((2339, 1654), 255, np.uint8)
    view = view_of(np.random.default_rng(1))
    plain, _ = shoot(white, 200, view, set(), np.random.default_rng(2))
    # The light is drawn last but for blur and noise, so all before it is the same.
    shadowed, _ = shoot(white, 200, view, {Condition.HAND_SHADOW}, np.random.default_rng(2))
    darker = (grey(plain).astype(int) - grey(shadowed)) > 20
    assert 0.03 < darker.mean() < 0.9


def test_way_the_telephone_was_held_turns_the_picture_and_its_matrix() -> None:
    canvas = cv2.cvtColor(job().rasters[0], cv2.COLOR_GRAY2BGR)
    plan = job().plan.pages[0]
    pages = {
        turn: photograph(job(), plan, canvas.copy(), set(turn), np.random.default_rng(4))[0]
        for turn in ((), (Condition.UPSIDE_DOWN,), (Condition.SIDEWAYS,))
    }
    upright = pages[()]
    assert (cv2.rotate(pages[Condition.UPSIDE_DOWN,].image, cv2.ROTATE_180) == upright.image).all()
    assert (cv2.rotate(pages[Condition.SIDEWAYS,].image, cv2.ROTATE_90_COUNTERCLOCKWISE) == upright.image).all()
    mark = plan.corners[2]
    for page in pages.values():
        x, y = at(page.matrix, mark.x + 3, mark.y + 3)
        assert grey(page.image)[y, x] < 110


def test_nothing_is_ever_lost_from_a_photograph() -> None:
    assert not {Condition.CROPPED, Condition.TORN_CORNER} & set(PHONE.chances)
    assert not any("destroyed" in kind for number in (1, 2, 3) for kind in sheet(number).truth.kinds.values())
