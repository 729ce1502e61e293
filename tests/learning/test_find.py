"""Places on ballots that were made in LibreOffice Writer, against what their PDF says of its own text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest

from daihoi.learning.blank import blank_pages
from daihoi.learning.errors import NameOnTwoLinesError, NothingFoundError
from daihoi.learning.find import places_of
from daihoi.learning.terms import BlankPage, Place, Sought
from daihoi.sheet.terms import Rect
from tests.learning.drawn import KEPT, pictures, squares_of, where
from tests.learning.people import NAMES

FORMS = ("strike", "lines", "agree", "cells", "ovals", "two-sides")


@cache
def places(form: str) -> tuple[tuple[Place, ...], ...]:
    path = KEPT / f"{form}.pdf"
    pages, _paper = blank_pages(path.read_bytes(), path)
    return places_of(pages, Sought.AUTO, path)


def every(form: str) -> list[tuple[int, Place]]:
    return [(number, place) for number, page in enumerate(places(form)) for place in page]


@pytest.mark.parametrize("form", FORMS)
def test_every_person_is_found_once_in_order(form: str) -> None:
    found = every(form)
    assert len(found) == len(NAMES[form])
    for (page, place), name in zip(found, NAMES[form], strict=True):
        at, (left, top, right, bottom) = where(form, name)
        assert page == at
        assert place.name is not None
        assert (place.name.x, place.name.right) == pytest.approx((left, right), abs=1.0), name
        assert top - 2 < place.name.y + place.name.h / 2 < bottom + 2


@pytest.mark.parametrize("form", FORMS)
def test_words_of_a_name_are_as_many_as_it_has(form: str) -> None:
    for (_page, place), name in zip(every(form), NAMES[form], strict=True):
        assert len(place.words) == len(name.split()), name
        assert all(a < b for a, b in place.words)


@pytest.mark.parametrize("form", FORMS)
def test_rows_hold_their_name_and_do_not_overlap(form: str) -> None:
    for page in places(form):
        for place in page:
            assert place.name is not None
            assert place.row.y <= place.name.y + 0.5
            assert place.name.bottom <= place.row.bottom + 0.5
        for one in page:
            assert not any(overlap(one.row, other.row) for other in page if other is not one)


def overlap(one: Rect, other: Rect) -> bool:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > 0.3 and down > 0.3


@pytest.mark.parametrize("form", ["strike", "lines", "two-sides"])
def test_names_to_strike_have_no_boxes(form: str) -> None:
    assert not any(place.boxes for _page, place in every(form))


def test_squares_are_found_where_they_are_printed() -> None:
    for (_number, place), name in zip(every("agree"), NAMES["agree"], strict=True):
        _page, printed = squares_of("agree", name)
        assert len(place.boxes) == len(printed) == 2
        for box, (left, top, right, bottom) in zip(place.boxes, printed, strict=True):
            assert left - 0.5 < box.x + box.w / 2 < right + 0.5
            assert top - 0.5 < box.y + box.h / 2 < bottom + 0.5


def test_empty_cells_are_boxes() -> None:
    for _number, place in every("cells"):
        agree, disagree = place.boxes
        assert agree.w == pytest.approx(28, abs=1.5)
        assert disagree.x >= agree.right - 0.5


def test_ovals_left_of_two_columns_of_people_are_found() -> None:
    for (_number, place), (left, top, right, bottom) in zip(every("ovals"), pictures("ovals")[0], strict=True):
        (box,) = place.boxes
        assert (box.x, box.y) == pytest.approx((left, top), abs=0.7)
        assert (box.right, box.bottom) == pytest.approx((right, bottom), abs=0.7)
        assert place.name is not None
        assert place.name.x > box.right


def test_names_can_be_wanted_where_there_are_empty_columns() -> None:
    path = KEPT / "cells.pdf"
    pages, _paper = blank_pages(path.read_bytes(), path)
    (found,) = places_of(pages, Sought.NAMES, path)
    assert len(found) == len(NAMES["cells"])
    assert not any(place.boxes for place in found)


def test_page_of_prose_holds_no_list() -> None:
    page = np.full((2339, 1654), 255, np.uint8)
    for k in range(20):
        cv2.putText(page, "lorem ipsum dolor sit amet", (150, 300 + 70 * k), cv2.FONT_HERSHEY_SIMPLEX, 1.3, (0,), 2)
    with pytest.raises(NothingFoundError):
        places_of((BlankPage(1, page),), Sought.AUTO, Path("prose.png"))


def test_name_on_two_lines_is_refused_on_a_strike_form_alone() -> None:
    path = KEPT / "strike.pdf"
    (page,), _paper = blank_pages(path.read_bytes(), path)
    _number, (left, top, _right, bottom) = where("strike", NAMES["strike"][3])
    px = 200 / 25.4
    raster = page.raster.copy()
    y, x, height = round((top - 1.0) * px), round(left * px), round((bottom - top + 1.6) * px)
    half = cv2.resize(raster[y : y + height, x : x + 260], (130, height // 2), interpolation=cv2.INTER_AREA)
    raster[y : y + height, x : x + 300] = 255
    raster[y : y + height // 2, x : x + 130] = half
    raster[y + height // 2 + 2 : y + 2 + height // 2 * 2, x : x + 130] = half
    with pytest.raises(NameOnTwoLinesError) as caught:
        places_of((BlankPage(1, raster),), Sought.AUTO, path)
    assert caught.value.fields["place"] == 4
