"""Files as scanners write them: they decode to what was scanned, and the same page gives the same bytes."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from daihoi.simulation.encode import files_of, g4, jpeg, pdf, png
from daihoi.simulation.terms import Format, SimulatedPage


def page(*, bilevel: bool = False, colour: bool = False, quality: int = 85) -> SimulatedPage:
    rng = np.random.default_rng(1)
    grey = cv2.GaussianBlur(rng.integers(0, 256, (240, 170), dtype=np.uint8), (0, 0), 4)
    grey = cv2.normalize(grey, None, 0, 255, cv2.NORM_MINMAX)
    image = np.where(grey > 128, 255, 0).astype(np.uint8) if bilevel else grey
    if colour:
        image = cv2.merge([image, image // 2, image // 3])
    return SimulatedPage(image, 200.0, quality, bilevel, np.eye(3)[:2])


@pytest.mark.parametrize("colour", [False, True])
def test_jpeg_decodes_to_nearly_the_same(colour: bool) -> None:
    one = page(colour=colour)
    decoded = cv2.imdecode(np.frombuffer(jpeg(one), np.uint8), cv2.IMREAD_UNCHANGED)
    assert decoded.shape == one.image.shape
    assert np.abs(decoded.astype(int) - one.image).mean() < 4


def test_jpeg_names_its_resolution_and_obeys_its_quality() -> None:
    with Image.open(io.BytesIO(jpeg(page()))) as image:
        assert image.info["dpi"] == (200, 200)
        assert image.mode == "L"
    assert len(jpeg(page(quality=40))) < len(jpeg(page(quality=95)))


@pytest.mark.parametrize(("bilevel", "colour"), [(False, False), (True, False), (False, True)])
def test_png_loses_nothing(bilevel: bool, colour: bool) -> None:
    one = page(bilevel=bilevel, colour=colour)
    decoded = cv2.imdecode(np.frombuffer(png(one), np.uint8), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(decoded, one.image)


def test_bilevel_png_is_one_bit_deep() -> None:
    assert Image.open(io.BytesIO(png(page(bilevel=True)))).mode == "1"


def test_g4_holds_every_page_in_one_bit() -> None:
    first, second = page(bilevel=True), page()
    with Image.open(io.BytesIO(g4([first, second]))) as image:
        assert image.n_frames == 2
        assert image.info["compression"] == "group4"
        assert image.mode == "1"
        assert np.array_equal(np.asarray(image.convert("L")), first.image)
        image.seek(1)
        assert np.array_equal(np.asarray(image.convert("L")) > 0, second.image >= 128)


def test_g4_of_a_colour_page_is_cut_from_its_grey() -> None:
    with Image.open(io.BytesIO(g4([page(colour=True)]))) as image:
        assert image.mode == "1"
        assert image.size == (170, 240)


def test_pdf_holds_the_jpeg_of_each_side() -> None:
    data = pdf([page(), page(quality=60)])
    document = pdfium.PdfDocument(data)
    assert len(document) == 2
    width, height = document[0].get_size()
    assert (width, height) == pytest.approx((170 / 200 * 72, 240 / 200 * 72), abs=0.5)
    document.close()
    assert data.count(b"DCTDecode") == 2


@pytest.mark.parametrize("form", Format)
def test_same_page_gives_the_same_bytes(form: Format) -> None:
    assert files_of([page()], "0001", form) == files_of([page()], "0001", form)


@pytest.mark.parametrize(
    ("form", "bilevel", "names"),
    [
        (Format.NATIVE, False, ["0007.jpg"]),
        (Format.NATIVE, True, ["0007.tif"]),
        (Format.JPEG, True, ["0007.jpg"]),
        (Format.PNG, False, ["0007.png"]),
        (Format.G4, False, ["0007.tif"]),
        (Format.PDF, False, ["0007.pdf"]),
    ],
)
def test_single_page_is_named_by_its_number(form: Format, bilevel: bool, names: list[str]) -> None:
    assert [name for name, _ in files_of([page(bilevel=bilevel)], "0007", form)] == names


@pytest.mark.parametrize(
    ("form", "names"),
    [
        (Format.NATIVE, ["0007-1.jpg", "0007-2.tif"]),
        (Format.PNG, ["0007-1.png", "0007-2.png"]),
        (Format.PDF, ["0007.pdf"]),
    ],
)
def test_two_sides_are_named_front_first(form: Format, names: list[str]) -> None:
    sides = [page(), page(bilevel=True)]
    assert [name for name, _ in files_of(sides, "0007", form)] == names
