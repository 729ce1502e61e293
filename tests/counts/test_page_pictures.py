"""Pictures for people at a screen: the printed page laid flat where it can be, the upright scan where not."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from daihoi.counts import page_pictures
from daihoi.counts.count_folder import read_folder
from daihoi.counts.errors import ImageChanged
from daihoi.counts.laying import ROW_MARGIN_MM
from daihoi.counts.page_pictures import PagePictures, Picture, pictures_in
from daihoi.counts.terms import SeenScan
from daihoi.papers.ballots.prepare import Prepared
from daihoi.reading.terms import GrayImage
from tests.counts.comparing_passes import count_of, page
from tests.counts.test_comparing_crops import expected, likeness, printed, scanned

__all__ = ["printed"]

ASKED = SeenScan("0001.png", 0, "", "images/00001.png")


@pytest.fixture
def count(tmp_path: Path) -> Path:
    """A count whose pages no picture decodes: what is shown is laid there by hand."""
    return count_of(tmp_path, [page("c01")])


def laid(count: Path, image: GrayImage) -> SeenScan:
    """A scan of the count that shows this image."""
    done, data = cv2.imencode(".png", image)
    assert done
    (count / ASKED.stored).write_bytes(bytes(data))
    return replace(ASKED, sha256=hashlib.sha256(bytes(data)).hexdigest())


def shown(picture: Picture | None) -> GrayImage:
    assert picture is not None
    image = cv2.imdecode(np.frombuffer(picture.data, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert image is not None
    return np.asarray(image, np.uint8)


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_page_is_laid_so_that_mm_of_the_sheet_are_px_of_the_picture(count: Path, printed: Prepared, turn: int) -> None:
    pictures = pictures_in(count)
    scan = laid(count, scanned(printed, turn))
    picture = pictures.whole(scan, side=1, turn=turn, high_px=2339)
    image = shown(picture)
    assert picture is not None
    assert (picture.ending, picture.laid, image.shape) == ("jpg", True, (2339, 1654))
    row = pictures.sheet.rows[1, "c02"]
    px = image.shape[1] / 210
    top, bottom = (round((side + by) * px) for side, by in ((row.y, -ROW_MARGIN_MM), (row.bottom, ROW_MARGIN_MM)))
    left, right = (round((side + by) * px) for side, by in ((row.x, -ROW_MARGIN_MM), (row.right, ROW_MARGIN_MM)))
    likely = {
        who: likeness(image[top:bottom, left:right], expected(printed, who)) for who in ("c01", "c02", "c03", "c04")
    }
    assert max(likely, key=likely.__getitem__) == "c02"


def test_page_without_its_marks_is_shown_upright_as_it_was_scanned(count: Path) -> None:
    scan = laid(count, np.full((400, 600), 200, np.uint8))
    picture = pictures_in(count).whole(scan, side=1, turn=1)
    assert picture is not None
    assert (picture.laid, shown(picture).shape) == (False, (600, 400))


def test_refused_page_is_shown_as_it_was_scanned_and_no_larger_than_asked(count: Path, printed: Prepared) -> None:
    scan = laid(count, scanned(printed, 0))
    picture = pictures_in(count).whole(scan, high_px=700)
    assert picture is not None
    assert (picture.laid, shown(picture).shape[0]) == (False, 700)


def test_row_shows_those_beside_it(count: Path, printed: Prepared) -> None:
    pictures = pictures_in(count)
    scan = laid(count, scanned(printed, 2))
    alone = shown(pictures.row(scan, "c02", side=1, turn=2, beside_mm=0.0))
    beside = shown(pictures.row(scan, "c02", side=1, turn=2))
    assert likeness(alone, expected(printed, "c02")) > 0.8
    assert beside.shape[0] > alone.shape[0]
    assert beside.shape[1] == alone.shape[1]
    assert pictures.row(scan, "c99", side=1, turn=2) is None


def test_page_is_decoded_once_while_a_person_looks_at_it(
    count: Path, printed: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[SeenScan] = []
    opened = page_pictures.opened
    monkeypatch.setattr(page_pictures, "opened", lambda path, scan: (asked.append(scan), opened(path, scan))[1])
    pictures = PagePictures(read_folder(count))
    scan = laid(count, scanned(printed, 0))
    pictures.row(scan, "c01", side=1, turn=0)
    pictures.row(scan, "c02", side=1, turn=0)
    pictures.whole(scan, side=1)
    assert asked == [scan]


def test_scan_that_was_changed_is_not_shown(count: Path) -> None:
    scan = laid(count, np.full((40, 60), 200, np.uint8))
    (count / scan.stored).write_bytes(b"other")
    with pytest.raises(ImageChanged):
        pictures_in(count).whole(scan)


def test_file_that_is_no_picture_is_not_shown(count: Path) -> None:
    data = b"no picture"
    (count / ASKED.stored).write_bytes(data)
    scan = replace(ASKED, sha256=hashlib.sha256(data).hexdigest())
    assert pictures_in(count).whole(scan) is None
    assert pictures_in(count).row(scan, "c01", side=1, turn=0) is None
