"""Drawing for a proof: quicker, and the same page as the ordinary simulator's to within a grey step or two."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from daihoi.simulation import scanners
from daihoi.simulation.errors import UnknownScanner
from daihoi.simulation.proof import PROOF_DPI, place_in_strips, proof_job
from daihoi.simulation.scanners import SCANNERS, Pose
from daihoi.simulation.sheets import Job, draw_sheet
from daihoi.simulation.terms import Pixels
from daihoi.simulation.voters import Habits

from . import ballots


def smooth_page() -> Pixels:
    """A page without fine detail: what is left between two ways of sampling it is their difference in place."""
    coarse = np.random.default_rng(3).uniform(0, 255, (30, 21)).astype(np.float32)
    return np.clip(cv2.resize(coarse, (1654, 2339), interpolation=cv2.INTER_CUBIC), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", SCANNERS)
def test_strips_lay_the_page_where_the_map_of_every_pixel_does(name: str, seed: int) -> None:
    how = scanners.pose(SCANNERS[name], PROOF_DPI, np.random.default_rng(seed))
    page = smooth_page()
    quick = place_in_strips(page, PROOF_DPI, how, behind=28)
    exact = scanners.place(page, PROOF_DPI, how, behind=28)
    off = np.abs(quick.astype(int) - exact)
    # The page rises or falls by up to 5 grey steps a px; at the lid's edge all may differ.
    assert np.percentile(off, 99.5) <= 2
    assert off.mean() < 0.3


def test_strips_take_colour_and_show_the_lid() -> None:
    page = cv2.merge([smooth_page()] * 3)
    how = Pose(np.array([[25.4 / 200, 0, -20.0], [0, 25.4 / 200, 0]]), (1654, 2339), 0.0, (0.3, 2.0, 1.0))
    image = place_in_strips(page, 200, how, behind=245)
    assert image.shape == page.shape
    assert (image[:, :140] == 245).all()
    assert (image[100:-100, 200:] != 245).mean() > 0.9


def job(name: str = "office", seed: int = 6) -> Job:
    paper = ballots.agree_ballot()
    fine = tuple(cv2.resize(page, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC) for page in paper.rasters)
    return proof_job(paper.plan, fine, seats=paper.seats, seed=seed, scanner=name, habits=Habits())


def test_proof_draws_at_the_scans_own_resolution() -> None:
    one = job()
    assert [page.shape for page in one.rasters] == [page.shape for page in ballots.agree_ballot().rasters]
    assert one.raster_dpi == one.dpi == PROOF_DPI
    page = draw_sheet(one, 1).pages[0]
    assert page.image.shape[:2] in {(2339, 1654), (1654, 2339)}


def test_proof_ballot_follows_from_seed_and_number_alone() -> None:
    first, again, other = draw_sheet(job(), 5), draw_sheet(job(), 5), draw_sheet(job(seed=7), 5)
    assert (first.pages[0].image == again.pages[0].image).all()
    assert first.truth == again.truth
    assert first.truth.marks != other.truth.marks or first.truth.pen != other.truth.pen


def test_negative_seed_is_a_seed() -> None:
    assert draw_sheet(job(seed=-3), 1).truth.marks


def test_unknown_scanner_is_refused() -> None:
    with pytest.raises(UnknownScanner):
        job("magic")
