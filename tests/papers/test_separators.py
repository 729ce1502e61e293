"""Separator slips on paper: a page a slip, codes that any decoder reads, letters that are read across a table."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pypdfium2
import pytest
import zxingcpp

from daihoi.papers.errors import BadBatchesError
from daihoi.papers.render import rasters
from daihoi.papers.separators import Batches, paint, slips_of
from daihoi.sheet.slip import Slip, decode, slip_key
from daihoi.sheet.terms import Identity

KEY = slip_key(b"\x07" * 32)
IDENTITY = Identity("ABCDEF", "BCH", 1, "190", 1, 1, False, "A" * 16)
CONGRESS, CONTEST = "Đại hội đại biểu Đảng bộ xã Nà Lương", "Ban Chấp hành"


@cache
def printed(sides: int = 1, rehearsal: bool = False) -> bytes:
    """Three slips, the last of another size."""
    identity = Identity("ABCDEF", "BCH", 1, "190", 1, 1, rehearsal, "A" * 16)
    slips = slips_of(identity, Batches(3, 50, 23))
    return paint(slips, KEY, congress=CONGRESS, contest=CONTEST, sides=sides)


def words(pdf: bytes, page: int) -> str:
    """The text of a page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = document[page].get_textpage()
        try:
            return str(text.get_text_range())
        finally:
            text.close()
    finally:
        document.close()


def test_slips_count_the_batches_and_the_last_may_be_smaller() -> None:
    slips = slips_of(IDENTITY, Batches(3, 50, 23))
    assert [(slip.batch, slip.batches, slip.ballots) for slip in slips] == [(1, 3, 50), (2, 3, 50), (3, 3, 23)]
    ours = (IDENTITY.congress, IDENTITY.contest, IDENTITY.round, IDENTITY.rehearsal)
    assert {(slip.congress, slip.contest, slip.round, slip.rehearsal) for slip in slips} == {ours}


def test_one_batch_may_be_the_last_and_only_one() -> None:
    assert [slip.ballots for slip in slips_of(IDENTITY, Batches(1, 50, 12))] == [12]
    assert [slip.ballots for slip in slips_of(IDENTITY, Batches(1, 50))] == [50]


@pytest.mark.parametrize("batches", [Batches(0, 50), Batches(1000, 50), Batches(2, 0), Batches(2, 50, 10_000)])
def test_batches_that_no_code_can_say_are_refused(batches: Batches) -> None:
    with pytest.raises(BadBatchesError) as caught:
        slips_of(IDENTITY, batches)
    assert caught.value.fields["batches"] == batches.number


@pytest.mark.parametrize("sides", [1, 2])
def test_each_slip_has_as_many_pages_as_a_ballot_has_sides(sides: int) -> None:
    pages = rasters(printed(sides), 50)
    assert len(pages) == 3 * sides
    assert all(np.array_equal(pages[0], page) for page in pages[1:sides])


def test_four_equal_codes_stand_on_each_slip_and_say_its_batch() -> None:
    for number, page in enumerate(rasters(printed(), 150), start=1):
        codes = zxingcpp.read_barcodes(np.ascontiguousarray(page), formats=zxingcpp.BarcodeFormat.QRCode)
        assert len(codes) == 4
        assert {decode(code.text, KEY) for code in codes} == {
            Slip("ABCDEF", "BCH", 1, number, 3, 23 if number == 3 else 50)
        }


def test_slip_says_in_vietnamese_which_batch_it_is_and_that_it_is_no_ballot() -> None:
    text = re.sub(r"\s+", " ", words(printed(), 2))
    for part in ("TỜ NGĂN TỆP PHIẾU", "TỆP 3/3", "23 PHIẾU", CONGRESS, CONTEST, "không phải là phiếu bầu cử"):
        assert part in text
    assert "DIỄN TẬP" not in text
    assert "DIỄN TẬP" in words(printed(rehearsal=True), 0)


def test_same_slips_give_the_same_bytes() -> None:
    slips = slips_of(IDENTITY, Batches(2, 50))
    one, other = (paint(slips, KEY, congress=CONGRESS, contest=CONTEST, sides=1) for _ in range(2))
    assert one == other


def test_a_long_title_stays_on_the_page() -> None:
    slips = slips_of(IDENTITY, Batches(1, 5))
    page = rasters(paint(slips, KEY, congress="Đại hội " * 40, contest=CONTEST, sides=1), 50)[0]
    edge = round(10 / 25.4 * 50)
    assert page[:, :edge].min() == 255
    assert page[:, -edge:].min() == 255
