"""Rows cut out of scans: the right row, whichever way the page lay, and a whole page where none can be cut."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from daihoi.counts.comparing import crops
from daihoi.counts.comparing.compare import compare
from daihoi.counts.comparing.crops import Pictures
from daihoi.counts.comparing.terms import Difference, Kind
from daihoi.counts.count_folder import read_folder
from daihoi.counts.laying import ROW_MARGIN_MM, ROW_PX_PER_MM, printed_sheet, row_of
from daihoi.counts.page_pictures import Picture
from daihoi.papers.ballots.prepare import Prepared, prepare
from daihoi.papers.render import rasters
from daihoi.reading.terms import GrayImage
from tests.counts.comparing_passes import count_of, page

SECRET = bytes(32)


@pytest.fixture
def count(tmp_path: Path) -> Path:
    """A count whose pages no picture decodes: what is cut is given by hand."""
    return count_of(tmp_path, [page("c01"), page("c02"), page("c03")])


@pytest.fixture
def printed(count: Path) -> Prepared:
    grounds = read_folder(count).grounds
    return prepare(grounds.election, grounds.contest, secret=b"another secret, of thirty-two b.", rehearsal=False)


def scanned(printed: Prepared, turn: int) -> GrayImage:
    """The blank ballot at 150 dpi on a larger bed, a little askew, then turned clockwise by quarters."""
    (sheet,) = rasters(printed.pdf, 150)
    bed = cv2.copyMakeBorder(sheet, 20, 20, 20, 20, cv2.BORDER_CONSTANT, value=(235,))
    middle = (bed.shape[1] / 2, bed.shape[0] / 2)
    askew = cv2.warpAffine(bed, cv2.getRotationMatrix2D(middle, 1.5, 1), bed.shape[::-1], borderValue=(235,))
    return np.ascontiguousarray(np.rot90(askew, -turn))


def expected(printed: Prepared, candidate: str) -> GrayImage:
    """The row as it is printed, with the margin of a crop."""
    (sheet,) = rasters(printed.pdf, round(ROW_PX_PER_MM * 25.4))
    row = next(target.row for target in printed.plan.pages[0].targets if target.candidate == candidate)
    top, left = (round((side - ROW_MARGIN_MM) * ROW_PX_PER_MM) for side in (row.y, row.x))
    height, width = (round((side + 2 * ROW_MARGIN_MM) * ROW_PX_PER_MM) for side in (row.h, row.w))
    return sheet[top : top + height, left : left + width]


def likeness(one: GrayImage, other: GrayImage) -> float:
    """Correlation of two pictures, the one pixel of rounding at the rim left out."""
    height, width = min(one.shape[0], other.shape[0]) - 4, min(one.shape[1], other.shape[1]) - 4
    found = cv2.matchTemplate(one, other[2 : height + 2, 2 : width + 2], cv2.TM_CCOEFF_NORMED)
    return float(found.max())


@pytest.mark.parametrize(("turn", "candidate"), [(0, "c01"), (1, "c04"), (2, "c02"), (3, "c03")])
def test_row_of_a_candidate_is_cut_whichever_way_the_page_lay(
    count: Path, printed: Prepared, turn: int, candidate: str
) -> None:
    sheet = printed_sheet(read_folder(count))
    row = row_of(sheet, scanned(printed, turn), 1, turn, candidate)
    assert row is not None
    likely = {who: likeness(row, expected(printed, who)) for who in ("c01", "c02", "c03", "c04")}
    assert max(likely, key=likely.__getitem__) == candidate
    assert likely[candidate] > 0.8


def test_no_row_is_cut_where_the_marks_are_not_seen(count: Path, printed: Prepared) -> None:
    sheet = printed_sheet(read_folder(count))
    torn = scanned(printed, 0)
    torn[: torn.shape[0] // 2] = 255
    assert row_of(sheet, torn, 1, 0, "c01") is None


@pytest.mark.parametrize(("side", "candidate"), [(0, "c01"), (2, "c01"), (1, "c99")])
def test_no_row_is_cut_of_what_the_sheet_does_not_have(
    count: Path, printed: Prepared, side: int, candidate: str
) -> None:
    assert row_of(printed_sheet(read_folder(count)), scanned(printed, 0), side, 0, candidate) is None


def pictured(
    count: Path, image: GrayImage, monkeypatch: pytest.MonkeyPatch, kind: Kind, turn: int = 0
) -> Picture | None:
    """The picture of the first ballot when its scan shows this image, which lies so."""
    monkeypatch.setattr(Pictures, "_image", lambda *_: image)
    comparison = compare([count, count])
    leaf = comparison.papers[0][0]
    assert leaf is not None
    leaf = replace(leaf, pages=tuple(replace(one, turn=turn) for one in leaf.pages))
    difference = Difference(1, kind, comparison.papers[0], ("kept", "struck"), "c02" if kind is Kind.MARK else "")
    return Pictures(comparison.passes[0]).of(leaf, difference)


def test_a_mark_shows_its_row(count: Path, printed: Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = pictured(count, scanned(printed, 0), monkeypatch, Kind.MARK)
    assert picture is not None
    assert picture.ending == "png"
    row = cv2.imdecode(np.frombuffer(picture.data, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert row is not None
    assert likeness(np.asarray(row, np.uint8), expected(printed, "c02")) > 0.8


def test_a_mark_on_a_page_that_cannot_be_laid_shows_the_page(count: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = pictured(count, np.full((1700, 1200), 240, np.uint8), monkeypatch, Kind.MARK)
    assert picture is not None
    assert picture.ending == "jpg"


def test_a_whole_page_is_upright_and_no_larger_than_it_need_be(
    count: Path, printed: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = pictured(count, scanned(printed, 1), monkeypatch, Kind.MISSING, turn=1)
    assert picture is not None
    shown = cv2.imdecode(np.frombuffer(picture.data, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert shown is not None
    assert shown.shape[0] == crops.PAGE_HIGH_PX > shown.shape[1]
    upright = cv2.resize(scanned(printed, 0), shown.shape[::-1], interpolation=cv2.INTER_AREA)
    assert likeness(np.asarray(shown, np.uint8), np.asarray(upright, np.uint8)) > 0.8


def test_ink_outside_of_the_list_is_shown_as_the_count_cut_it_out(tmp_path: Path) -> None:
    first = count_of(tmp_path, [page("c01", foreign=["SIGNED_OR_EXTRA_TEXT"])])
    second = count_of(tmp_path, [page("c01")], name="B")
    comparison = compare([first, second])
    pictures = list(crops.pictures_of(comparison.differences, comparison.readers))
    assert pictures == [(1, "A", Picture("png", b"ink"))]
