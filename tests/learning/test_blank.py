"""Blank ballots from files: what is drawn, what was scanned, and what is refused in one sentence."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image

from daihoi.learning.blank import blank_pages, cleaned
from daihoi.learning.errors import (
    BlankEmptyError,
    BlankError,
    BlankTooManyPagesError,
    BlankUnreadableError,
    BlankWrongPaperError,
)
from daihoi.reading.flat import PAGE_PX
from daihoi.reading.terms import GrayImage
from daihoi.words.errors import sentence
from tests.learning.drawn import DPI, KEPT, drawn_pages
from tests.reading.hand import Scan, png_of

HERE = Path("ballot.pdf")


def pdf_of(*pages: tuple[str, int], size: tuple[float, float] | None = None) -> bytes:
    """Pages of kept ballots in one PDF, or an empty page of a size in mm."""
    made = pypdfium2.PdfDocument.new()
    for name, index in pages:
        kept = pypdfium2.PdfDocument((KEPT / f"{name}.pdf").read_bytes())
        made.import_pages(kept, [index])
        kept.close()
    if size is not None:
        made.new_page(size[0] / 25.4 * 72, size[1] / 25.4 * 72).close()
    out = io.BytesIO()
    made.save(out)
    made.close()
    return out.getvalue()


def scanned(image: GrayImage, dpi: int | None = None) -> bytes:
    out = io.BytesIO()
    Image.fromarray(image).save(out, "PNG", **({"dpi": (dpi, dpi)} if dpi else {}))
    return out.getvalue()


def test_pdf_is_drawn_on_an_a4_canvas() -> None:
    (page,), paper = blank_pages((KEPT / "strike.pdf").read_bytes(), HERE)
    assert page.raster.shape == PAGE_PX
    assert paper == pytest.approx((210, 297), abs=0.1)
    assert int(page.raster[0, 0]) == 255


def test_two_pages_are_both_kept() -> None:
    pages, _paper = blank_pages((KEPT / "two-sides.pdf").read_bytes(), HERE)
    assert [page.number for page in pages] == [1, 2]


def test_empty_second_page_is_left_out() -> None:
    pages, _paper = blank_pages(pdf_of(("strike", 0), size=(210, 297)), HERE)
    assert [page.number for page in pages] == [1]


def test_small_paper_lies_at_the_top_left_of_the_canvas() -> None:
    half = cv2.resize(drawn_pages("strike")[0], None, fx=148 / 210 * 200 / DPI, fy=148 / 210 * 200 / DPI)
    (page,), paper = blank_pages(scanned(np.asarray(half, np.uint8), dpi=200), Path("a5.png"))
    assert paper == (148.0, 210.0)
    assert (page.raster[1660:, :] == 255).all()
    assert (page.raster[:1600, :1160] < 100).any()


def test_picture_without_resolution_is_held_to_be_a4() -> None:
    _pages, paper = blank_pages(scanned(Scan(dpi=150).of(drawn_pages("strike")[0], DPI)), Path("scan.png"))
    assert paper == (210.0, 297.0)


@pytest.mark.parametrize("skew", [-3.0, 2.2])
def test_scan_is_laid_straight_and_its_paper_made_white(skew: float) -> None:
    image = Scan(skew=skew, white=215, black=40).of(drawn_pages("cells")[0], DPI)
    (page,), _paper = blank_pages(scanned(image), Path("scan.png"))
    assert float(np.median(page.raster)) == 255
    # Level rulings leave single dark rows; a turn of a tenth of a degree would smear them over three.
    dark = (page.raster < 150).mean(axis=1)
    assert dark.max() > 0.5


def test_page_without_print_is_empty() -> None:
    with pytest.raises(BlankEmptyError):
        blank_pages(png_of(np.full((2339, 1654), 230, np.uint8)), Path("white.png"))


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"", "x.pdf", BlankUnreadableError),
        (b"hello", "x.pdf", BlankUnreadableError),
        ((KEPT / "strike.pdf").read_bytes()[:9000], "cut.pdf", BlankUnreadableError),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "x.png", BlankUnreadableError),
        (pdf_of(("two-sides", 0), ("two-sides", 1), ("strike", 0)), "three.pdf", BlankTooManyPagesError),
        (pdf_of(size=(297, 210)), "wide.pdf", BlankWrongPaperError),
        (pdf_of(size=(297, 420)), "a3.pdf", BlankWrongPaperError),
        (pdf_of(size=(210, 297)), "nothing.pdf", BlankEmptyError),
    ],
    ids=["no_bytes", "text", "cut_off", "broken_png", "three_pages", "wide", "a3", "nothing_on_it"],
)
def test_what_is_no_blank_ballot_is_refused_by_name(data: bytes, name: str, error: type[BlankError]) -> None:
    with pytest.raises(error) as caught:
        blank_pages(data, Path(name))
    said = sentence(caught.value)
    assert name in said
    assert "{" not in said


def test_cleaned_gives_up_where_nothing_stands_out() -> None:
    assert cleaned(np.full((400, 300), 128, np.uint8)) is None
