"""The test sheet as it is printed: everything where the plan says, blank where it must be blank."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import zxingcpp

from daihoi.papers.render import rasters
from daihoi.papers.scanner_sheet import scanner_sheet
from daihoi.sheet import scanner_sheet as plan
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect

DPI = 150


@cache
def pages() -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.uint8]], ...]:
    """Both sides in grey."""
    return rasters(scanner_sheet(), DPI)


def part(page: int, rect: Rect, inset: float = 0.4) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The pixels of a rectangle in mm."""
    per = DPI / 25.4
    x0, y0 = round((rect.x + inset) * per), round((rect.y + inset) * per)
    return pages()[page][y0 : round((rect.bottom - inset) * per), x0 : round((rect.right - inset) * per)]


def test_codes_of_both_sides_can_be_read() -> None:
    texts = [sorted(code.text for code in zxingcpp.read_barcodes(page)) for page in pages()]
    assert texts == [[plan.FRONT_CODE, plan.FRONT_CODE], [plan.BACK_CODE]]


def test_corner_marks_are_black() -> None:
    assert all(int(part(0, mark).max()) == 0 for mark in plan.CORNERS)


@pytest.mark.parametrize("rect", [*plan.BLANK_BANDS, *plan.BLANK_STRIPS])
def test_blank_places_are_blank(rect: Rect) -> None:
    assert int(part(0, rect, 0.0).min()) == 255


def test_grey_steps_darken_from_left_to_right() -> None:
    greys = [float(part(0, step.field, 1.0).mean()) for step in plan.STEPS]
    assert greys == sorted(greys, reverse=True)
    assert greys == pytest.approx([255 * (1 - step.black) for step in plan.STEPS], abs=1)


def test_inks_are_printed_as_an_eye_would_see_them() -> None:
    for ink in plan.INKS:
        assert float(part(0, ink.field, 1.0).mean()) == pytest.approx(255 * (1 - ink.contrast), abs=3), ink.key


def test_boxes_for_pens_are_empty() -> None:
    assert all(int(part(0, box, 0.6).min()) == 255 for box in plan.PEN_BOXES)


def test_back_is_almost_blank() -> None:
    assert float((pages()[1] < 128).mean()) < 0.004


def test_everything_lies_on_the_page_and_nothing_on_something_else() -> None:
    fields = [*(ink.field for ink in plan.INKS), *(step.field for step in plan.STEPS), *plan.PEN_BOXES, *plan.CORNERS]
    for place, one in enumerate(fields):
        assert 0 < one.x < one.right < PAGE_W_MM
        assert 0 < one.y < one.bottom < PAGE_H_MM
        for other in fields[place + 1 :]:
            apart = one.right <= other.x + 1e-6 or other.right <= one.x + 1e-6
            assert apart or one.bottom <= other.y or other.bottom <= one.y
