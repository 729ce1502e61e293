"""Rare mishaps change the page where they should, the same way again, and never the ballots of the default scanners."""

from __future__ import annotations

import numpy as np
import pytest

from daihoi.sheet.terms import Rect
from daihoi.simulation.mishaps import BEFALLS, MISHAPS, befall
from daihoi.simulation.run import simulate
from daihoi.simulation.scanners import SCANNERS
from daihoi.simulation.terms import Condition, Pixels

from .ballots import DPI, Ballot, part


def befallen(ballot: Ballot, condition: Condition, seed: int = 1) -> Pixels:
    page = ballot.rasters[0].copy()
    befall(page, DPI, ballot.plan.pages[0], {condition}, np.random.default_rng(seed))
    return page


@pytest.mark.parametrize("condition", BEFALLS)
def test_mishap_changes_the_page_and_comes_again(strike: Ballot, condition: Condition) -> None:
    page = befallen(strike, condition)
    assert (page != strike.rasters[0]).sum() > 100
    assert np.array_equal(page, befallen(strike, condition))
    assert not np.array_equal(page, befallen(strike, condition, seed=2))


@pytest.mark.parametrize("condition", [Condition.PUNCHED, Condition.STAPLED])
def test_holes_keep_clear_of_rows_and_corner_marks(strike: Ballot, condition: Condition) -> None:
    page, plan = befallen(strike, condition), strike.plan.pages[0]
    for rect in [*(target.row for target in plan.targets), *plan.corners, *(code.rect for code in plan.codes)]:
        assert np.array_equal(part(page, rect), part(strike.rasters[0], rect))


def test_stray_stamp_lies_over_the_first_row_only(strike: Ballot) -> None:
    page, rows = befallen(strike, Condition.STAMP_ON_LIST), strike.plan.pages[0].targets
    changed = [bool((part(page, t.row) != part(strike.rasters[0], t.row)).any()) for t in rows]
    assert changed[0]
    assert sum(changed) < len(rows) / 2


def test_soaked_ink_is_paler_than_any_pen(strike: Ballot) -> None:
    page, bare = befallen(strike, Condition.SOAKED).astype(int), strike.rasters[0].astype(int)
    assert 8 < (bare - page).max() < 45


def test_coloured_paper_darkens_white_and_leaves_black(strike: Ballot) -> None:
    page = befallen(strike, Condition.COLOURED_PAPER)
    white = part(page, Rect(100, 285, 20, 5))
    assert 150 < np.median(white) < 253
    assert page[strike.rasters[0] == 0].max() == 0


def test_photocopy_is_nearly_black_and_white(strike: Ballot) -> None:
    page = befallen(strike, Condition.COPIED)
    between = ((page > 60) & (page < 200)).mean()
    assert between < 0.05


def test_default_scanners_know_no_mishap() -> None:
    assert not any(set(scanner.chances) & set(BEFALLS) for scanner in SCANNERS.values())
    assert MISHAPS.name not in SCANNERS


def test_simulation_draws_mishaps_when_asked(strike: Ballot) -> None:
    sheets = simulate(
        strike.plan, strike.rasters, raster_dpi=DPI, seats=12, ballots=6, seed=3, scanner="mishaps", dpi=150
    )
    found = {one for sheet in sheets for page in sheet.truth.conditions for one in page}
    assert found & set(BEFALLS)
