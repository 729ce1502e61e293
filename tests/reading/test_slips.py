"""Slips among scans: read however they lie, and never where there is none."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest

from daihoi.papers.render import rasters
from daihoi.papers.separators import Batches, paint, slips_of
from daihoi.reading.slips import MAY_BE_SLIP, slip_text
from daihoi.reading.terms import GrayImage, Refusal
from daihoi.sheet.slip import decode, slip_key
from tests.reading.hand import SECRET, Scan, strike_ballot

KEY = slip_key(SECRET)


@cache
def slip_page() -> GrayImage:
    """Slip 4 of 7, drawn at 200 dpi."""
    slips = slips_of(strike_ballot().prepared.identities[0], Batches(7, 50))
    pdf = paint(slips[3:4], KEY, congress="Đại hội", contest="Ban Chấp hành", sides=1)
    return rasters(pdf, 200)[0]


@pytest.mark.parametrize(
    "how",
    [
        Scan(),
        Scan(turn=1, skew=3.0),
        Scan(turn=2, skew=-5.0, jpeg=50),
        Scan(dpi=150.0, turn=3, noise=8.0),
        Scan(dpi=300.0, bilevel=True),
        Scan(dpi=100.0),
        Scan(white=190.0, black=60.0, blur=0.25),
        Scan(size=0.9),
    ],
)
def test_slip_is_read_however_it_was_scanned(how: Scan) -> None:
    slip = decode(slip_text(how.of(slip_page(), 200)), KEY)
    assert slip is not None
    assert (slip.batch, slip.batches, slip.ballots) == (4, 7, 50)


def test_one_code_that_is_left_is_enough() -> None:
    page = slip_page().copy()
    page[:700] = 255
    page[:, :900] = 255
    assert decode(slip_text(page), KEY) is not None


def test_reader_of_ballots_refuses_a_slip_as_something_that_may_be_one() -> None:
    for how in (Scan(), Scan(turn=1), Scan(turn=2, skew=2.0), Scan(dpi=300.0, bilevel=True)):
        refused = strike_ballot().read(how.of(slip_page(), 200))
        assert isinstance(refused, Refusal)
        assert refused.reason in MAY_BE_SLIP


def test_ballots_and_blank_pages_are_no_slips() -> None:
    assert slip_text(strike_ballot().page().scan()) == ""
    assert slip_text(np.full((2200, 1600), 255, np.uint8)) == ""
    assert slip_text(np.zeros((3, 2), np.uint8)) == ""


def test_two_different_slips_on_one_image_are_none() -> None:
    slips = slips_of(strike_ballot().prepared.identities[0], Batches(2, 50))
    pages = rasters(paint(slips, KEY, congress="Đại hội", contest="Ban Chấp hành", sides=1), 100)
    assert slip_text(np.vstack(pages)) == ""


def test_noise_is_no_slip() -> None:
    noise = np.random.default_rng(4).integers(0, 256, (1200, 900), np.uint8)
    assert slip_text(noise) == ""
    assert slip_text(np.asarray(cv2.GaussianBlur(noise, (0, 0), 3), np.uint8)) == ""
