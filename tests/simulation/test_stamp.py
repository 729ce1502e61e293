"""The stamp: round, red, in its field or a little out of it."""

from __future__ import annotations

import numpy as np

from daihoi.sheet.terms import Rect
from daihoi.simulation import stamp
from daihoi.simulation.terms import Pixels

DPI = 200.0
FIELD = Rect(22.5, 10.0, 42.0, 42.0)


def pressed(seed: int, spread: float = 1.6, colour: bool = False) -> tuple[Pixels, bool]:
    page = np.full((600, 900, 3) if colour else (600, 900), 255, np.uint8)
    return page, stamp.press(page, DPI, FIELD, np.random.default_rng(seed), spread=spread)


def reach(page: Pixels) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of all ink, mm."""
    rows, columns = np.where(page < 240)
    return tuple(float(v) * 25.4 / DPI for v in (columns.min(), rows.min(), columns.max(), rows.max()))  # type: ignore[return-value]


def test_stamp_is_as_wide_as_a_stamp_and_lies_about_its_field() -> None:
    for seed in range(15):
        left, top, right, bottom = reach(pressed(seed)[0])
        assert 34.5 < right - left < 38.6
        assert 34.5 < bottom - top < 38.6
        assert abs((left + right) / 2 - 43.5) < 4.5
        assert abs((top + bottom) / 2 - 31.0) < 4.5


def test_stamp_tells_when_it_leaves_its_field() -> None:
    told = []
    for seed in range(30):
        page, outside = pressed(seed, spread=2.4)
        left, top, right, bottom = reach(page)
        beyond = min(left - FIELD.x, top - FIELD.y, FIELD.right - right, FIELD.bottom - bottom) < -0.4
        assert outside or not beyond
        told.append(outside)
    assert any(told)
    assert not all(told)


def test_stamp_is_red_in_colour_and_dark_in_grey() -> None:
    colour = pressed(3, colour=True)[0].reshape(-1, 3).astype(int)
    inked = colour[colour[:, 1] < 150]
    assert len(inked) > 500
    assert (inked[:, 2] > inked[:, 0] + 50).all()
    assert pressed(3)[0].min() < 160


def test_stamp_is_never_pressed_twice_alike() -> None:
    assert not np.array_equal(pressed(1)[0], pressed(2)[0])
    assert np.array_equal(pressed(1)[0], pressed(1)[0])


def test_stamp_at_the_edge_of_the_page_is_cut_off() -> None:
    page = np.full((300, 300), 255, np.uint8)
    stamp.press(page, DPI, Rect(-20, -20, 42, 42), np.random.default_rng(1), spread=0.1)
    assert page[:80, :80].min() < 200
    assert page[200:, 200:].min() == 255


def test_stamp_says_that_it_is_none() -> None:
    assert "MÔ PHỎNG" in stamp.RIM
    assert "KHÔNG CÓ GIÁ TRỊ" in stamp.RIM
