"""Pens: ink darkens what is there, each kind in its own way, and nothing beyond its reach."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from daihoi.simulation import strokes
from daihoi.simulation.pens import PENS, SHARES, Hand, Pen, draw, grey_of, lay, pick_pen
from daihoi.simulation.terms import Pixels

DPI = 200.0
BY_NAME = {pen.name: pen for pen in PENS}


def blank(colour: bool = False) -> Pixels:
    return np.full((400, 800, 3) if colour else (400, 800), 255, np.uint8)


def drawn(pen: Pen, hand: Hand | None = None, colour: bool = False, seed: int = 1) -> Pixels:
    page = blank(colour)
    rng = np.random.default_rng(seed)
    line = strokes.line((10, 25), (90, 25), rng)
    draw(page, DPI, [line], pen, rng, hand or Hand())
    return page


def darkness(page: Pixels) -> float:
    return float((255 - page.astype(int)).sum())


@pytest.mark.parametrize("pen", PENS, ids=lambda pen: pen.name)
def test_pen_leaves_a_line_along_its_path_and_nothing_else(pen: Pen) -> None:
    page = drawn(pen)
    band = page[180:215]
    assert (band[:, 90:700].min(axis=0) < 215).mean() > 0.75
    assert page[:150].min() == 255
    assert page[250:].min() == 255


@pytest.mark.parametrize("pen", PENS, ids=lambda pen: pen.name)
def test_line_is_about_as_wide_as_its_pen(pen: Pen) -> None:
    column_ink = (255 - drawn(pen)[:, 100:690].astype(float)).sum(axis=0) / (255 * (1 - grey_of(pen.transmission)))
    width = np.median(column_ink) * 25.4 / DPI
    assert 0.35 * pen.width < width < 1.5 * pen.width


@pytest.mark.parametrize("pen", PENS, ids=lambda pen: pen.name)
def test_plain_edges_leave_the_same_ink_in_the_same_place(pen: Pen) -> None:
    # Widths are whole fine pixels, by which a single line may be off; over many they even out.
    smooth, plain = (
        np.mean([drawn(replace(pen, plain=plain), seed=seed) for seed in range(12)], axis=0) for plain in (False, True)
    )
    assert (255 - plain).sum() == pytest.approx((255 - smooth).sum(), rel=0.06)
    assert np.abs(plain - smooth).max() < 40
    assert np.abs(plain - smooth)[(smooth == 255)].max() < 12


def test_pens_differ_in_width_and_darkness() -> None:
    felt, liner, pencil = (drawn(BY_NAME[name]) for name in ("felt_black", "fine_liner", "pencil_hard"))
    assert darkness(felt) > 2.5 * darkness(liner)
    assert pencil.min() > liner.min() + 40


def test_pencil_is_grainy_and_gel_is_even() -> None:
    def unevenness(name: str) -> float:
        ridge = drawn(BY_NAME[name])[180:215, 150:650].min(axis=0).astype(float)
        return float(np.abs(np.diff(ridge)).mean())

    assert unevenness("pencil_soft") > 1.5 * unevenness("gel_black")


def test_dry_pen_leaves_gaps() -> None:
    def gaps(name: str) -> float:
        ridges = [drawn(BY_NAME[name], seed=seed)[180:215, 100:690].min(axis=0) for seed in range(6)]
        return float(np.mean([(ridge > 225).mean() for ridge in ridges]))

    assert gaps("ballpoint_dry") > gaps("ballpoint_blue") + 0.01


def test_ink_never_lightens_what_is_printed() -> None:
    rng = np.random.default_rng(3)
    before = rng.integers(0, 256, (400, 800), dtype=np.uint8)
    after = before.copy()
    draw(after, DPI, [strokes.line((10, 25), (90, 25), rng)], PENS[0], rng)
    assert (after <= before).all()
    assert (after < before).any()


def test_light_hand_leaves_less_ink() -> None:
    assert darkness(drawn(PENS[0], Hand(pressure=0.2))) < 0.35 * darkness(drawn(PENS[0]))


def test_rubbing_spreads_what_is_left() -> None:
    faint, rubbed = (drawn(PENS[0], Hand(pressure=0.2, smear=smear, smudge=0.8)) for smear in (0.0, 2.0))
    assert (rubbed < 255).sum() > 2 * (faint < 255).sum()


def test_blue_ink_is_blue_and_red_ink_is_red_on_a_colour_scan() -> None:
    blue = drawn(BY_NAME["ballpoint_blue"], colour=True)[180:215].reshape(-1, 3).astype(float)
    red = drawn(BY_NAME["ballpoint_red"], colour=True)[180:215].reshape(-1, 3).astype(float)
    assert blue[:, 0].mean() > blue[:, 2].mean() + 1
    assert red[:, 2].mean() > red[:, 0].mean() + 1


def test_grey_scan_sees_every_pen() -> None:
    assert all(grey_of(pen.transmission) < 0.6 for pen in PENS)


def test_ink_beyond_the_page_is_lost() -> None:
    page = blank()
    rng = np.random.default_rng(1)
    draw(page, DPI, [strokes.line((200, 25), (260, 25), rng)], PENS[0], rng)
    assert page.min() == 255
    draw(page, DPI, [strokes.line((80, 25), (160, 25), rng)], PENS[0], rng)
    assert page[:, 700:].min() < 200


def test_ink_is_the_same_on_fine_and_coarse_pages() -> None:
    areas = []
    for dpi in (100, 200, 300, 600):
        page = np.full((int(50 / 25.4 * dpi), int(100 / 25.4 * dpi)), 255, np.uint8)
        rng = np.random.default_rng(5)
        draw(page, dpi, [strokes.line((10, 25), (90, 25), rng)], BY_NAME["gel_black"], rng)
        areas.append(darkness(page) / 255 * (25.4 / dpi) ** 2)
    assert max(areas) < 1.25 * min(areas)


def test_lay_of_nothing_changes_nothing_and_of_all_gives_the_transmission() -> None:
    page = np.full((4, 4), 200, np.uint8)
    lay(page, np.zeros((4, 4), np.uint8), (0.5, 0.5, 0.5))
    assert (page == 200).all()
    lay(page, np.full((4, 4), 255, np.uint8), (0.5, 0.5, 0.5))
    assert abs(int(page[0, 0]) - 100) <= 1


def test_shares_name_each_pen_once() -> None:
    assert len(SHARES) == len(PENS) == len(BY_NAME)
    assert sum(SHARES) == pytest.approx(1.0)


def test_every_pen_is_picked_and_the_blue_ballpoint_most() -> None:
    picked = [pick_pen(np.random.default_rng(k)) for k in range(600)]
    names = [pen.name for pen in picked]
    assert set(names) == set(BY_NAME)
    assert max(set(names), key=names.count) == "ballpoint_blue"
    assert all(min(pen.transmission) > 0 and max(pen.transmission) <= 0.9 for pen in picked)
    assert all(0.8 < pen.width / BY_NAME[pen.name].width < 1.25 for pen in picked)


def test_large_marks_take_grain_from_beyond_the_tile() -> None:
    page = np.full((1200, 1700), 255, np.uint8)
    rng = np.random.default_rng(2)
    draw(page, DPI, [strokes.line((5, 5), (205, 140), rng)], PENS[0], rng)
    assert cv2.countNonZero((page < 200).astype(np.uint8)) > 1500
