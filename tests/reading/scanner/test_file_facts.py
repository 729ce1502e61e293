"""What a file says of itself."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from daihoi.reading.scanner.file_facts import quality_of, scanned_pages
from daihoi.reading.terms import Refusal, RefusalReason
from tests.reading.test_load import jpeg_of, pdf_of, pdf_with_jpeg, picture


@pytest.mark.parametrize("quality", [25, 35, 50, 75, 90, 97])
def test_quality_is_read_from_the_tables(quality: int) -> None:
    for image in (Image.fromarray(picture()), Image.fromarray(picture()).convert("RGB")):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality)
        assert quality_of(out.getvalue()) == pytest.approx(quality, abs=1)


def test_quality_of_no_jpeg_is_unknown() -> None:
    assert quality_of(b"no picture") is None


@pytest.mark.parametrize(("said", "dpi"), [(200, 200.0), (300, 300.0), (72, 0.0), (96, 0.0)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_resolution_is_what_the_file_says_and_none_where_it_knows_none(kind: str, said: int, dpi: float) -> None:
    out = io.BytesIO()
    Image.fromarray(picture()).save(out, kind, dpi=(said, said))
    pages = scanned_pages(out.getvalue(), "a")
    assert not isinstance(pages, Refusal)
    assert pages[0].file_dpi == pytest.approx(dpi, abs=0.1)


def test_pdf_tells_resolution_by_the_size_of_its_page() -> None:
    jpeg = jpeg_of(np.full((842, 595), 200, np.uint8), 60)
    pages = scanned_pages(pdf_with_jpeg(jpeg, (297.5, 0, 0, 421, 0, 0)), "a.pdf")
    assert not isinstance(pages, Refusal)
    assert pages[0].file_dpi == pytest.approx(144, abs=0.5)
    assert pages[0].quality == pytest.approx(60, abs=1)


def test_two_pages_of_one_file_come_in_their_order() -> None:
    one, other = jpeg_of(picture()), jpeg_of(picture(130, 180))
    pages = scanned_pages(pdf_of([one, other]), "a.pdf")
    assert not isinstance(pages, Refusal)
    assert [page.image.shape for page in pages] == [(170, 120), (180, 130)]


def test_file_that_is_no_picture_is_refused() -> None:
    refused = scanned_pages(b"hello", "a.txt")
    assert isinstance(refused, Refusal)
    assert refused.reason is RefusalReason.NOT_AN_IMAGE
