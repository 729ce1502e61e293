"""Pages as pixels of an exact size."""

from __future__ import annotations

import io

import numpy as np
import pytest
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from daihoi.papers.render import rasters


def page_with_discs(pages: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(210 * mm, 297 * mm), invariant=1)
    for _ in range(pages):
        for x, y in ((10, 10), (190, 10), (10, 277), (190, 277)):
            canvas.circle((x + 5) * mm, (297 - y - 5) * mm, 5 * mm, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("dpi", [72.0, 100.0, 150.0, 200.0, 203.2, 254.0, 300.0, 400.0])
def test_raster_has_the_size_of_the_page_in_whole_pixels(dpi: float) -> None:
    (pixels,) = rasters(page_with_discs(), dpi)
    assert pixels.shape == (round(297 / 25.4 * dpi), round(210 / 25.4 * dpi))
    assert pixels.dtype == np.uint8
    assert pixels.flags["C_CONTIGUOUS"]


@pytest.mark.parametrize("dpi", [150.0, 200.0, 300.0])
def test_one_pixel_is_exactly_one_over_dpi_inch(dpi: float) -> None:
    (pixels,) = rasters(page_with_discs(), dpi)
    darkness = 255.0 - pixels
    # Centre of ink of the discs, to a hundredth of a millimetre: no stretch over the width of the page.
    rows, columns = pixels.shape
    for ink, axis_length, near, far in (
        (darkness.sum(axis=0), columns, 15.0, 195.0),
        (darkness.sum(axis=1), rows, 15.0, 282.0),
    ):
        at = (np.arange(axis_length) + 0.5) / dpi * 25.4
        half = at < (near + far) / 2
        assert np.average(at[half], weights=ink[half]) == pytest.approx(near, abs=0.01)
        assert np.average(at[~half], weights=ink[~half]) == pytest.approx(far, abs=0.01)


def test_every_page_is_drawn() -> None:
    assert len(rasters(page_with_discs(3), 72.0)) == 3


def test_same_page_gives_the_same_pixels() -> None:
    one, other = rasters(page_with_discs(2), 100.0)
    assert (one == other).all()
