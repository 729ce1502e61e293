"""Photographs in a count: level, read, and refused where anything is hidden."""

from __future__ import annotations

import pytest

from daihoi.counts.photo_reader import PhotoReader
from daihoi.counts.pool import PageResult, PageTask
from daihoi.reading.terms import GrayImage, ReadPage, Refusal, RefusalReason
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import Rect
from tests.reading.hand import jpeg_of, strike_ballot
from tests.reading.photo import ASKEW, PAPER_DPI, Camera

TASK = PageTask(path="", sha256="", file="photo.jpg", index=0)


@pytest.fixture(scope="module")
def reader() -> PhotoReader:
    return PhotoReader(strike_ballot().form, strike_ballot().prepared.identities)


def result(reader: PhotoReader, picture: GrayImage) -> PageResult:
    return reader(jpeg_of(picture, 80), TASK)


def test_photograph_is_read_and_has_a_fingerprint(reader: PhotoReader) -> None:
    page = strike_ballot().page(1, PAPER_DPI).strike(2)
    came = result(reader, Camera(ASKEW).of(page))
    assert isinstance(came.outcome, ReadPage)
    assert [m.candidate for m in came.outcome.marks if m.mark is not Mark.KEPT] == [page.target(2).candidate]
    assert len(came.pixels) == 64


def test_photograph_with_covered_print_names_the_candidates(reader: PhotoReader) -> None:
    page = strike_ballot().page(1, PAPER_DPI)
    box = page.target(1).box
    page.rub(Rect(box.x, box.y, box.w, box.h))
    came = result(reader, Camera().of(page))
    assert came.outcome == Refusal(RefusalReason.PHOTO_COVERED, found=page.target(1).candidate, expected="0")
    assert len(came.pixels) == 64


def test_picture_without_a_ballot_is_refused(reader: PhotoReader) -> None:
    blank = strike_ballot().page(1, PAPER_DPI).rub(Rect(0, 0, 210, 297))
    refused = result(reader, Camera().of(blank)).outcome
    assert isinstance(refused, Refusal)
    assert refused.reason is RefusalReason.CORNERS_NOT_FOUND


def test_file_that_is_no_picture_is_refused(reader: PhotoReader) -> None:
    came = reader(b"hello", TASK)
    assert isinstance(came.outcome, Refusal)
    assert came.outcome.reason is RefusalReason.NOT_AN_IMAGE
    assert came.pixels == ""
