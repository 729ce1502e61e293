"""Scans of learned ballots: read right, or refused with a reason, and never wrong."""

from __future__ import annotations

import random

import cv2
import numpy as np
import pytest

from daihoi.reading.terms import GrayImage, ReadPage, Refusal, RefusalReason
from daihoi.rules.terms import Mark
from tests.learning.drawn import (
    DPI,
    Sheet,
    column_of,
    drawn_pages,
    height_of,
    pictures,
    squares_of,
    where,
)
from tests.learning.forms import form_of, marks_of
from tests.learning.people import NAMES
from tests.reading.hand import Scan

SCANS = {
    "plain": Scan(),
    "upside_down_and_askew": Scan(skew=3, turn=2, jpeg=70),
    "on_its_side": Scan(skew=-5, turn=1),
    "coarse": Scan(dpi=150, skew=1, jpeg=50),
    "stretched": Scan(dpi=300, turn=3, stretch=1.015),
    "fine": Scan(dpi=400, skew=2),
    "bilevel": Scan(bilevel=True, skew=-1.3),
    "fit_to_page": Scan(size=0.97),
    "pale": Scan(black=110, white=235, noise=4),
    "large": Scan(size=1.03, jpeg=50, skew=-2),
}


def struck(name: str, seed: int) -> tuple[Sheet, dict[str, Mark]]:
    """A sheet on which some names are struck."""
    chance, sheet = random.Random(seed), Sheet(name)
    truth = {}
    for number, person in enumerate(NAMES[name], 1):
        hit = chance.random() < 0.4
        if hit:
            sheet.strike(person, rise=chance.uniform(-2, 2), width=chance.uniform(0.3, 0.6))
        truth[f"c{number:02d}"] = Mark.STRUCK if hit else Mark.KEPT
    return sheet, truth


@pytest.mark.parametrize("how", SCANS, ids=str)
def test_struck_names_are_read_however_the_page_was_scanned(how: str) -> None:
    sheet, truth = struck("strike", 3)
    assert marks_of(form_of("strike").read(sheet.scan(SCANS[how]))) == truth


@pytest.mark.parametrize("how", ["plain", "on_its_side", "coarse"])
def test_names_without_rulings_are_read(how: str) -> None:
    sheet, truth = struck("lines", 5)
    assert marks_of(form_of("lines").read(sheet.scan(SCANS[how]))) == truth


def test_read_page_tells_turn_and_resolution() -> None:
    read = form_of("strike").read(Sheet("strike").scan(SCANS["on_its_side"]))
    assert isinstance(read, ReadPage)
    assert read.turn == 1
    assert read.dpi == pytest.approx(200, rel=0.01)
    assert not read.foreign


@pytest.mark.parametrize(("page", "turn"), [(0, 0), (1, 2)])
def test_front_and_back_are_told_apart_by_their_print(page: int, turn: int) -> None:
    sheet, truth = struck("two-sides", 8)
    read = form_of("two-sides").read(sheet.scan(Scan(turn=turn, skew=1), page))
    marks = marks_of(read)
    assert isinstance(read, ReadPage)
    assert read.page == page + 1
    assert marks == {candidate: truth[candidate] for candidate in marks}
    assert len(marks) == (23, 18)[page]


@pytest.mark.parametrize("how", ["plain", "upside_down_and_askew", "bilevel"])
def test_squares_of_word_are_read(how: str) -> None:
    sheet, truth = Sheet("agree"), {}
    for number, person in enumerate(NAMES["agree"], 1):
        page, boxes = squares_of("agree", person)
        word = (Mark.AGREE, Mark.DISAGREE, Mark.NONE, Mark.BOTH)[(number - 1) % 4]
        wanted = {Mark.AGREE: [0], Mark.DISAGREE: [1], Mark.BOTH: [0, 1]}.get(word, [])
        for place in wanted:
            left, top, right, bottom = boxes[place]
            sheet.cross(page, ((left + right) / 2, (top + bottom) / 2))
        truth[f"c{number:02d}"] = word
    assert marks_of(form_of("agree").read(sheet.scan(SCANS[how]))) == truth


@pytest.mark.parametrize("how", ["plain", "coarse", "stretched"])
def test_empty_cells_of_a_table_are_read(how: str) -> None:
    sheet, truth = Sheet("cells"), {}
    for number, person in enumerate(NAMES["cells"], 1):
        page, height = height_of("cells", person)
        word = (Mark.AGREE, Mark.DISAGREE, Mark.NONE)[number % 3]
        if word is not Mark.NONE:
            header = "Đồng ý" if word is Mark.AGREE else "Không đồng ý"
            draw = sheet.cross if number % 2 else sheet.tick
            draw(page, (column_of("cells", header) + number - 5, height))
        truth[f"c{number:02d}"] = word
    assert marks_of(form_of("cells").read(sheet.scan(SCANS[how]))) == truth


@pytest.mark.parametrize("how", ["plain", "on_its_side", "pale"])
def test_one_oval_to_a_name_is_a_vote_where_it_is_marked(how: str) -> None:
    sheet, truth = Sheet("ovals"), {}
    for number, box in enumerate(pictures("ovals")[0], 1):
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        if number % 4 == 1:
            sheet.fill(0, box)
        elif number % 4 == 2:
            sheet.cross(0, middle)
        elif number % 4 == 3:
            sheet.tick(0, middle)
        truth[f"c{number:02d}"] = Mark.KEPT if number % 4 else Mark.STRUCK
    assert marks_of(form_of("ovals").read(sheet.scan(SCANS[how]))) == truth


@pytest.mark.parametrize(("start", "end"), [(0.0, 0.45), (0.6, 1.0)])
def test_half_a_strike_is_never_a_clear_mark_of_the_other_kind(start: float, end: float) -> None:
    person = NAMES["strike"][4]
    sheet = Sheet("strike").strike(person, start=start, end=end)
    assert marks_of(form_of("strike").read(sheet.scan()))["c05"] is Mark.DOUBTFUL


def test_line_under_a_name_is_not_a_strike() -> None:
    page, (left, _top, right, bottom) = where("strike", NAMES["strike"][2])
    sheet = Sheet("strike").pen(page, [(left, bottom + 0.6), (right, bottom + 0.8)])
    assert marks_of(form_of("strike").read(sheet.scan()))["c03"] in {Mark.DOUBTFUL, Mark.KEPT}


def test_mark_of_two_rows_is_doubtful_in_both() -> None:
    page, height = height_of("cells", NAMES["cells"][2])
    _page, below = height_of("cells", NAMES["cells"][3])
    x = column_of("cells", "Đồng ý")
    sheet = Sheet("cells").pen(page, [(x, height - 2), (x + 3, below + 2)])
    marks = marks_of(form_of("cells").read(sheet.scan()))
    assert {marks["c03"], marks["c04"]} <= {Mark.DOUBTFUL, Mark.AGREE}
    assert Mark.DOUBTFUL in {marks["c03"], marks["c04"]}


def test_writing_beside_the_list_is_shown_to_the_board() -> None:
    points = [(30 + k * 0.8, 230 + 2.5 * float(np.sin(k))) for k in range(60)]
    read = form_of("strike").read(Sheet("strike").pen(0, points).scan())
    assert isinstance(read, ReadPage)
    assert len(read.foreign) == 1


# --- what does not fit ------------------------------------------------------------------------------------------------


def refused(name: str, image: GrayImage) -> RefusalReason:
    read = form_of(name).read(image)
    assert isinstance(read, Refusal), marks_of(read)
    assert read.found
    assert read.expected
    return read.reason


def with_names(name: str, *moves: tuple[int, int]) -> GrayImage:
    """The kept page with the names of some places put into other places: the same style, another list."""
    source, page = drawn_pages(name)[0], drawn_pages(name)[0].copy()
    px = DPI / 25.4
    for take, put in moves:
        (_a, one), (_b, other) = (where(name, NAMES[name][place]) for place in (take, put))
        wide = round(70 * px)
        high = round((other[3] - other[1] + 1.0) * px)
        y, x = round((one[1] - 0.5) * px), round((one[0] - 0.3) * px)
        to_y, to_x = round((other[1] - 0.5) * px), round((other[0] - 0.3) * px)
        page[to_y : to_y + high, to_x : to_x + wide] = source[y : y + high, x : x + wide]
    return page


@pytest.mark.parametrize("how", ["plain", "coarse", "bilevel", "pale"])
@pytest.mark.parametrize("moves", [((0, 5),), ((1, 3), (3, 1))], ids=["one_name", "two_exchanged"])
def test_ballot_of_the_same_style_with_other_names_is_refused(how: str, moves: tuple[tuple[int, int], ...]) -> None:
    image = SCANS[how].of(with_names("strike", *moves), DPI)
    assert refused("strike", image) is RefusalReason.OTHER_NAMES


def test_exchanged_names_do_not_hide_under_strikes() -> None:
    sheet = Sheet("strike")
    sheet.pages = [with_names("strike", (1, 3), (3, 1))]
    for person in (NAMES["strike"][1], NAMES["strike"][3]):
        sheet.strike(person)
    assert refused("strike", sheet.scan()) is RefusalReason.OTHER_NAMES


@pytest.mark.parametrize("other", ["lines", "cells", "two-sides", "ovals"])
def test_page_of_another_ballot_is_refused(other: str) -> None:
    assert refused("strike", Sheet(other).scan()) in {RefusalReason.NOT_THIS_SHEET, RefusalReason.OTHER_NAMES}


def test_blank_page_is_refused_as_blank() -> None:
    assert refused("strike", np.full((2339, 1654), 240, np.uint8)) is RefusalReason.BLANK_PAGE


def test_photograph_of_nothing_is_refused() -> None:
    noise = np.random.default_rng(2).integers(0, 255, (900, 640), np.uint8)
    smooth = cv2.resize(cv2.GaussianBlur(noise, (0, 0), 4), (1654, 2339))
    photograph = cv2.normalize(smooth, None, 0, 255, cv2.NORM_MINMAX).astype(np.uint8)  # type: ignore[call-overload]
    assert refused("strike", photograph) is RefusalReason.NOT_THIS_SHEET


def test_mirrored_page_is_refused() -> None:
    image = np.ascontiguousarray(Sheet("strike").scan()[:, ::-1])
    assert refused("strike", image) is RefusalReason.NOT_THIS_SHEET


def test_page_torn_through_a_name_is_refused() -> None:
    sheet = Sheet("strike")
    page, (left, top, right, bottom) = where("strike", NAMES["strike"][6])
    px = DPI / 25.4
    sheet.pages[page][round(top * px) : round(bottom * px), round(left * px) : round((left + right) / 2 * px)] = 255
    assert refused("strike", sheet.scan()) is RefusalReason.OTHER_NAMES


@pytest.mark.parametrize(
    "how", [Scan(size=0.9), Scan(stretch=1.06), Scan(dpi=110)], ids=["small", "stretched", "coarse"]
)
def test_wrong_scale_and_shape_are_refused(how: Scan) -> None:
    reason = refused("strike", how.of(drawn_pages("strike")[0], DPI))
    assert reason in {RefusalReason.WRONG_SCALE, RefusalReason.DISTORTED}


def test_reading_twice_gives_the_same() -> None:
    sheet, _truth = struck("strike", 4)
    image = sheet.scan(SCANS["upside_down_and_askew"])
    assert form_of("strike").read(image) == form_of("strike").read(image)
