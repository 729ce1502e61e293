"""Paper: weak toner, folds, coffee, torn corners, the other side, scribbles over codes."""

from __future__ import annotations

import numpy as np
import pytest

from daihoi.simulation import paper
from daihoi.simulation.terms import Pixels

from .ballots import DPI, Ballot, part


def sheet(ballot: Ballot) -> Pixels:
    return ballot.rasters[0].copy()


def test_weak_toner_lightens_print_and_leaves_paper(strike: Ballot) -> None:
    page, before = sheet(strike), strike.rasters[0]
    paper.weaken_toner(page, np.random.default_rng(1), least=0.4)
    assert (page.astype(int) >= before.astype(int) - 1).all()
    assert page[before == 255].min() == 255
    black = page[before < 20]
    assert black.mean() > 40
    assert black.max() <= 255 * 0.75


@pytest.mark.parametrize("seed", range(8))
def test_fold_is_a_thin_line_across_the_page(strike: Ballot, seed: int) -> None:
    page = sheet(strike)
    paper.fold(page, DPI, np.random.default_rng(seed), depth=0.5)
    changed = np.abs(page.astype(int) - strike.rasters[0]) > 4
    assert 0.0005 < changed.mean() < 0.06
    assert max(changed.any(axis=0).mean(), changed.any(axis=1).mean()) > 0.9


def test_coffee_stains_a_part_only(strike: Ballot) -> None:
    page = sheet(strike)
    paper.coffee(page, DPI, np.random.default_rng(2))
    darker = page.astype(int) < strike.rasters[0].astype(int) - 3
    assert 0.001 < darker.mean() < 0.15
    assert (page >= strike.rasters[0] * 0.45 - 3).all()


@pytest.mark.parametrize("seed", range(8))
def test_tear_removes_one_corner_and_tells_where(strike: Ballot, seed: int) -> None:
    page = sheet(strike)
    where = paper.tear(page, DPI, np.random.default_rng(seed), behind=28)
    changed = np.abs(page.astype(int) - strike.rasters[0]) > 60
    outside = changed.copy()
    part(outside, where, margin=1.5)[:] = False
    assert changed.sum() > 3000
    assert outside.sum() < 40
    corners = [page[2, 2], page[2, -3], page[-3, 2], page[-3, -3]]
    assert sum(int(value) < 150 for value in corners) == 1


def test_show_through_is_faint_and_mirrored(two_sided: Ballot) -> None:
    page = np.full_like(two_sided.rasters[0], 255)
    paper.show_through(page, two_sided.rasters[1], np.random.default_rng(1))
    assert page.min() > 225
    mirrored = two_sided.rasters[1][:, ::-1]
    assert page[mirrored < 30].mean() < page[mirrored == 255].mean() - 3


def test_marked_code_is_scribbled_over(strike: Ballot) -> None:
    page, plan = sheet(strike), strike.plan.pages[0]
    paper.mark_code(page, DPI, plan, np.random.default_rng(1))
    before, after = (part(image, plan.codes[0].rect).mean() for image in (strike.rasters[0], page))
    assert after < before - 5


def test_all_damage_works_on_colour_too(strike: Ballot) -> None:
    rng = np.random.default_rng(4)
    page = np.repeat(sheet(strike)[:, :, None], 3, axis=2)
    paper.weaken_toner(page, rng, least=0.5)
    paper.fold(page, DPI, rng, depth=0.4)
    paper.coffee(page, DPI, rng)
    paper.tear(page, DPI, rng, behind=245)
    assert page.shape == (*strike.rasters[0].shape, 3)
    assert page.dtype == np.uint8
