"""The printed ballot, looked at: ink where the plan says, white where it says, codes that a camera reads."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
import zxingcpp

from daihoi.papers.render import rasters
from daihoi.sheet.identity import decode
from daihoi.sheet.terms import Rect, TargetKind
from tests.papers.ballot_samples import ballot

DPI = 254.0
PX = DPI / 25.4
EVERY = [(names, agree) for agree in (False, True) for names in (1, 2, 3, 15, 30, 44, 70, 100)]
SOME = [(15, False), (44, False), (100, False), (1, True), (44, True), (100, True)]
Pixels = npt.NDArray[np.uint8]


@cache
def printed(names: int, agree: bool, dpi: float = DPI, rehearsal: bool = False) -> tuple[Pixels, ...]:
    return rasters(ballot(names, agree=agree, rehearsal=rehearsal).pdf, dpi)


def cut(pixels: Pixels, rect: Rect, margin: float = 0.0) -> Pixels:
    """The pixels of a rectangle in mm, grown by `margin` mm."""
    x0, x1 = round((rect.x - margin) * PX), round((rect.right + margin) * PX)
    y0, y1 = round((rect.y - margin) * PX), round((rect.bottom + margin) * PX)
    return pixels[y0:y1, x0:x1]


@pytest.mark.parametrize(("names", "agree"), EVERY)
def test_every_page_is_an_a4_page_of_exact_pixels(names: int, agree: bool) -> None:
    for pixels in printed(names, agree):
        assert pixels.shape == (2970, 2100)
        assert pixels.dtype == np.uint8


@pytest.mark.parametrize(("names", "agree"), SOME)
@pytest.mark.parametrize("rehearsal", [False, True])
def test_stamp_field_is_all_white(names: int, agree: bool, rehearsal: bool) -> None:
    plan = ballot(names, agree=agree).plan
    assert (cut(printed(names, agree, rehearsal=rehearsal)[0], plan.stamp) == 255).all()


@pytest.mark.parametrize(("names", "agree"), SOME)
def test_corner_marks_are_black_where_planned_and_white_around(names: int, agree: bool) -> None:
    plan = ballot(names, agree=agree).plan
    for page, pixels in zip(plan.pages, printed(names, agree), strict=True):
        for mark in page.corners:
            assert (cut(pixels, mark, -0.1) == 0).all()
            around = cut(pixels, mark, 2.4).copy()
            inner = round(2.3 * PX)
            around[inner:-inner, inner:-inner] = 255
            assert (around == 255).all()


@pytest.mark.parametrize("names", [1, 2, 3, 15, 30, 44, 70, 100])
def test_name_box_is_tight_around_the_ink_of_the_name(names: int) -> None:
    plan = ballot(names).plan
    for page, pixels in zip(plan.pages, printed(names, False), strict=True):
        for target in page.targets:
            inked = np.argwhere(cut(pixels, target.box, 0.9) < 128) / PX - 0.9
            (top, left), (bottom, right) = inked.min(axis=0), inked.max(axis=0)
            assert left >= -0.1
            assert top >= -0.1
            assert right <= target.box.w + 0.1
            assert bottom <= target.box.h + 0.1
            assert right - left >= 0.93 * target.box.w


@pytest.mark.parametrize("names", [15, 44, 100])
def test_words_of_a_name_stand_apart_where_planned(names: int) -> None:
    plan = ballot(names).plan
    for page, pixels in zip(plan.pages, printed(names, False), strict=True):
        for target in page.targets:
            for (_, end), (begin, _) in zip(target.words, target.words[1:], strict=False):
                gap = Rect(end + 0.15, target.box.y, begin - end - 0.3, target.box.h)
                assert (cut(pixels, gap) > 200).mean() > 0.97


@pytest.mark.parametrize("names", [1, 3, 30, 44, 70, 100])
def test_squares_are_printed_where_planned(names: int) -> None:
    plan = ballot(names, agree=True).plan
    for page, pixels in zip(plan.pages, printed(names, True), strict=True):
        for target in page.targets:
            assert target.kind is not TargetKind.NAME
            inked = np.argwhere(cut(pixels, target.box, 1.5) < 128) / PX - 1.5
            low, high = inked.min(axis=0), inked.max(axis=0) + 1 / PX
            assert np.abs(low).max() <= 0.1
            assert np.abs(high - 6.0).max() <= 0.1
            assert (cut(pixels, target.box, -0.5) == 255).all()


@pytest.mark.parametrize(("names", "agree"), EVERY)
def test_codes_are_read_at_150_dpi(names: int, agree: bool) -> None:
    ready = ballot(names, agree=agree)
    for identity, pixels in zip(ready.identities, printed(names, agree, 150.0), strict=True):
        found = zxingcpp.read_barcodes(pixels, formats=zxingcpp.BarcodeFormat.QRCode)
        assert [decode(code.text) for code in found] == [identity, identity]


@pytest.mark.parametrize("dpi", [100.0, 120.0, 300.0])
def test_codes_are_read_at_other_resolutions_too(dpi: float) -> None:
    (pixels,) = printed(44, False, dpi)
    assert len(zxingcpp.read_barcodes(pixels, formats=zxingcpp.BarcodeFormat.QRCode)) == 2


def test_codes_stand_where_planned() -> None:
    plan = ballot(44).plan
    for code in plan.pages[0].codes:
        inked = np.argwhere(cut(printed(44, False)[0], code.rect, 2.0) < 128) / PX - 2.0
        assert np.abs(inked.min(axis=0)).max() <= 0.1
        assert np.abs(inked.max(axis=0) + 1 / PX - 16.0).max() <= 0.1


def test_ruler_measures_a_hundred_millimetres() -> None:
    rows = printed(44, False)[0][2760:2870, 500:1600] < 128
    ruler = rows[np.argmax(rows.sum(axis=1))]
    inked = np.flatnonzero(ruler)
    assert (inked[-1] - inked[0] + 1) / PX == pytest.approx(100.0, abs=0.3)


@pytest.mark.parametrize(("names", "agree"), [(3, False), (44, True), (100, True)])
def test_rehearsal_adds_only_light_grey(names: int, agree: bool) -> None:
    for real, rehearsed in zip(printed(names, agree), printed(names, agree, rehearsal=True), strict=True):
        codes_apart = np.ones(real.shape, bool)
        for code in ballot(names, agree=agree).plan.pages[0].codes:
            x, y = round(code.rect.x * PX), round(code.rect.y * PX)
            codes_apart[y - 5 : y + 170, x - 5 : x + 170] = False
        added = codes_apart & (real == 255) & (rehearsed < 255)
        assert added.sum() > 100_000
        assert rehearsed[added].min() >= 220
        dark = codes_apart & (real < 100)
        assert (rehearsed[dark] <= real[dark]).all()


@pytest.mark.parametrize("agree", [False, True])
def test_margins_are_white(agree: bool) -> None:
    for pixels in printed(100, agree):
        inner = pixels.copy()
        inner[99:2872, 138:1962] = 255
        assert (inner == 255).all()
