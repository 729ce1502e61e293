"""Scanners: every page within the bounds that its scanner promises; light, noise, streaks, crops."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect
from daihoi.simulation import scanners
from daihoi.simulation.errors import UnknownScanner
from daihoi.simulation.scanners import OFFICE, POOR, SCANNERS, WORN, Scanner
from daihoi.simulation.terms import Condition

from .ballots import Ballot

ALL = pytest.mark.parametrize("scanner", SCANNERS.values(), ids=lambda scanner: scanner.name)


@ALL
def test_pose_keeps_to_the_bounds_of_its_scanner(scanner: Scanner) -> None:
    for seed in range(200):
        how = scanners.pose(scanner, 200.0, np.random.default_rng(seed))
        assert abs(how.skew) <= scanner.skew_most
        assert how.size == (1654, 2339)
        assert how.stretch[0] <= scanner.stretch
        lengths = np.hypot(*how.backwards[:, :2]) / (200 / 25.4)
        assert np.abs(lengths - 1).max() < scanner.scale * 1.15


def test_bounds_are_those_that_are_promised() -> None:
    assert (OFFICE.skew_most, WORN.skew_most, POOR.skew_most) == (1.5, 3.0, 5.0)
    assert OFFICE.scale <= 0.005
    assert WORN.scale <= 0.01
    assert OFFICE.quality == (85, 85)
    assert (WORN.quality[0], WORN.quality[1]) == (60, 75)


def test_office_spoils_no_page() -> None:
    spoiling = {Condition.TORN_CORNER, Condition.CROPPED, Condition.CODE_MARKED, Condition.COFFEE, Condition.BILEVEL}
    assert not spoiling & set(OFFICE.chances)
    assert not {Condition.SIDEWAYS, Condition.DARK_STREAK, Condition.LOW_TONER} & set(OFFICE.chances)
    assert not spoiling - {Condition.BILEVEL} & set(WORN.chances)
    assert spoiling <= set(POOR.chances)


@ALL
def test_conditions_come_at_their_chances(scanner: Scanner) -> None:
    told = [scanners.conditions(scanner, np.random.default_rng(seed)) for seed in range(800)]
    for condition, chance in scanner.chances.items():
        if condition not in (Condition.LOW_CONTRAST, Condition.COLOUR):
            assert abs(sum(condition in one for one in told) / 800 - chance) < 0.06


def test_one_bit_scans_have_neither_colour_nor_weak_contrast() -> None:
    always = replace(WORN, chances=dict.fromkeys(Condition, 1.0))
    found = scanners.conditions(always, np.random.default_rng(1))
    assert Condition.BILEVEL in found
    assert not found & {Condition.COLOUR, Condition.LOW_CONTRAST}


@pytest.mark.parametrize("seed", range(6))
def test_pose_tells_where_a_point_of_the_paper_falls(strike: Ballot, seed: int) -> None:
    still = replace(WORN, stretch=0.0)
    how = scanners.pose(still, 200.0, np.random.default_rng(seed))
    page = np.full_like(strike.rasters[0], 255)
    page[1180:1190, 410:420] = 0
    image = scanners.place(page, 200.0, how, behind=255)
    rows, columns = np.where(image < 128)
    expected = how.to_image(415 * 25.4 / 200, 1185 * 25.4 / 200)
    assert abs(columns.mean() + 0.5 - expected[0]) < 0.6
    assert abs(rows.mean() + 0.5 - expected[1]) < 0.6


@pytest.mark.parametrize("seed", range(4))
def test_stretch_moves_no_point_by_more_than_it_may(strike: Ballot, seed: int) -> None:
    page = np.full_like(strike.rasters[0], 255)
    page[1180:1190, 410:420] = 0
    how = scanners.pose(POOR, 200.0, np.random.default_rng(seed))
    rows, _ = np.where(scanners.place(page, 200.0, how, behind=255) < 128)
    expected = how.to_image(415 * 25.4 / 200, 1185 * 25.4 / 200)[1]
    assert abs(rows.mean() - expected) * 25.4 / 200 < POOR.stretch + 0.2


def test_place_scales_to_the_resolution_of_the_scanner(strike: Ballot) -> None:
    for dpi in (150.0, 200.0, 300.0):
        how = scanners.pose(OFFICE, dpi, np.random.default_rng(1))
        image = scanners.place(strike.rasters[0], 200.0, how, behind=245)
        assert image.shape == (round(PAGE_H_MM / 25.4 * dpi), round(PAGE_W_MM / 25.4 * dpi))
        assert image.min() < 40


def test_lid_shows_where_there_is_no_paper() -> None:
    how = scanners.pose(replace(POOR, skew=60.0), 100.0, np.random.default_rng(8))
    assert abs(how.skew) == POOR.skew_most
    image = scanners.place(np.full((1169, 827), 255, np.uint8), 100.0, how, behind=28)
    assert (image == 28).any()
    assert image[500:600, 300:500].min() == 255


def test_noise_keeps_the_mean_and_has_its_strength() -> None:
    flat = np.full((600, 500), 150 - scanners.NOISE_MEAN, np.uint8)
    for level in (1.5, 5.0):
        noisy = scanners.add_noise(flat, level, np.random.default_rng(1))
        assert abs(noisy.mean() - 150) < 0.5
        assert abs(noisy.std() - level) < 0.5


def test_noise_of_two_pages_differs() -> None:
    flat = np.full((600, 500), 130, np.uint8)
    first, second = (scanners.add_noise(flat, 2.0, np.random.default_rng(seed)) for seed in (1, 2))
    assert (first != second).mean() > 0.5


@pytest.mark.parametrize("sigma", [0.35, 0.5, 0.6, 0.75, 0.9, 1.4])
def test_nearer_kernel_blurs_as_the_whole_one(sigma: float) -> None:
    page = np.where(np.random.default_rng(5).random((300, 200)) < 0.3, 0, 255).astype(np.uint8)
    whole, near = (cv2.GaussianBlur(page, size, sigma).astype(int) for size in ((0, 0), scanners.near(sigma)))
    assert np.abs(whole - near).max() <= 4
    assert abs(whole.mean() - near.mean()) < 0.5


def test_tone_maps_paper_and_print() -> None:
    ramp = np.array([[0, 128, 255]], np.uint8)
    dark, middle, light = (scanners.tone(ramp, 240, 40, 1.0) + scanners.NOISE_MEAN)[0].tolist()
    assert (dark, light) == (40, 240)
    assert dark < middle < light


def test_shade_darkens_by_no_more_than_its_depth() -> None:
    page = np.full((400, 300), 250, np.uint8)
    shaded = scanners.shade(page, np.random.default_rng(3), depth=0.2)
    assert 250 * 0.74 < shaded.min() < 245
    assert shaded.max() <= 250


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("shape", [(900, 700), (900, 700, 3)])
def test_streak_runs_from_edge_to_edge(dark: bool, shape: tuple[int, ...]) -> None:
    image = np.full(shape, 128, np.uint8)
    scanners.streak(image, 200.0, np.random.default_rng(2), dark=dark, heavy=False, anywhere=True)
    changed = (image != 128) if image.ndim == 2 else (image != 128).any(axis=2)
    columns = np.where(changed.any(axis=0))[0]
    assert 1 <= len(columns) <= 4
    assert changed[:, columns[0]].mean() > 0.85
    assert (image.min() < 120) == dark
    assert (image.max() > 136) == (not dark)


def test_streak_of_a_kept_scanner_spares_codes_and_corners(strike: Ballot) -> None:
    plan = strike.plan.pages[0]
    spared = [*plan.corners, *(code.rect for code in plan.codes)]
    for seed in range(60):
        image = np.full((50, 1654), 128, np.uint8)
        scanners.streak(image, 200.0, np.random.default_rng(seed), dark=True, heavy=False, anywhere=False)
        for x in np.where((image != 128).any(axis=0))[0] * 25.4 / 200:
            assert not any(rect.x - 4 < x < rect.right + 4 for rect in spared)


def test_dust_is_small() -> None:
    image = np.full((900, 700), 250, np.uint8)
    scanners.dust(image, 200.0, np.random.default_rng(2), most=25)
    dots = (image < 225).sum()
    assert 3 <= dots <= 25 * 12


@pytest.mark.parametrize("seed", range(10))
def test_crop_cuts_one_side(seed: int) -> None:
    image = np.arange(600 * 400, dtype=np.uint32).reshape(600, 400)
    cut, (left, top) = scanners.crop(image, 200.0, np.random.default_rng(seed))
    assert (cut.shape[0] < 600) != (cut.shape[1] < 400)
    assert cut[0, 0] == image[top, left]


def test_visible_is_what_lies_in_the_image() -> None:
    how = scanners.pose(replace(OFFICE, skew=0.0, offset=0.0), 200.0, np.random.default_rng(1))
    shape = (2339, 1654)
    assert scanners.visible(Rect(50, 50, 30, 6), how, (0, 0), shape)
    assert not scanners.visible(Rect(190, 50, 30, 6), how, (0, 0), shape)
    assert not scanners.visible(Rect(5, 50, 30, 6), how, (80, 0), shape)
    assert not scanners.visible(Rect(50, 280, 30, 6), how, (0, 0), (2150, 1654))


def test_scanner_is_found_by_name_or_refused_with_those_that_there_are() -> None:
    assert scanners.scanner_named("worn") is WORN
    with pytest.raises(UnknownScanner) as caught:
        scanners.scanner_named("fax")
    assert caught.value.fields == {"scanner": "fax", "known": "office, worn, poor"}
