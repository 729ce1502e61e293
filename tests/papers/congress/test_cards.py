"""Place cards and the seat plan: nobody lost, nothing twice, both faces, both files."""

from __future__ import annotations

import io
from collections import Counter

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from daihoi.papers.congress.place_cards import FACE_MM, WIDTH_MM, PlaceCard, place_cards
from daihoi.papers.congress.seat_grid import SHEETS, grid_of
from daihoi.papers.congress.seat_plan import seat_plan
from daihoi.papers.congress.terms import Hall, SeatBlock, SeatRow, Sitter
from daihoi.papers.errors import NothingToPrintError, SeatTwiceError, TextTooLongError
from tests.papers.congress.na_luong import CONGRESS, HALL, LONG_NAME, delegates
from tests.papers.congress.reading import ink_inside, page_sizes, words
from tests.papers.minutes_reading import docx_text, flat, pdf_pages, pdf_text

SITTERS = tuple(Sitter(one.seat, one.person.name, one.group) for one in delegates())
CARDS = tuple(PlaceCard(one.person.name, one.person.post) for one in delegates()[:5])
SMALL_HALL = Hall("Phòng họp", (SeatBlock((SeatRow("A", ("A1", "", "A2")), SeatRow("B", ("B1", "B2")))),))


def test_two_cards_stand_on_a_page_and_each_name_on_both_faces() -> None:
    files = place_cards(CARDS)
    pages = pdf_pages(files.pdf)

    assert page_sizes(files.pdf) == [(210.0, 297.0)] * 3
    for number, card in enumerate(CARDS):
        # Turned text comes out of a PDF in pieces, so its letters are counted.
        assert not Counter(2 * flat(card.name)) - Counter(flat(pages[number // 2]))
        assert docx_text(files.docx).count(card.name) >= 2


def test_faces_of_a_card_are_turned_towards_the_fold() -> None:
    document = pypdfium2.PdfDocument(place_cards([PlaceCard("Ô")]).pdf)
    angles = set()
    for item in document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
        matrix = item.get_matrix()
        if abs(matrix.b) > abs(matrix.a):
            angles.add(round(matrix.b / abs(matrix.b)))
    document.close()

    assert angles == {-1, 1}


def test_a_card_is_folded_in_the_middle_and_leaves_the_fold_free_of_letters() -> None:
    pdf = place_cards([PlaceCard(LONG_NAME, "Bí thư Huyện ủy")]).pdf
    top = (297 - 2 * WIDTH_MM) / 2

    assert 2 * FACE_MM <= 200
    assert ink_inside(pdf, 0, (105 - FACE_MM + 1, top + 5, 103, top + WIDTH_MM - 5))
    assert ink_inside(pdf, 0, (107, top + 5, 105 + FACE_MM - 1, top + WIDTH_MM - 5))
    assert not ink_inside(pdf, 0, (105 - 12, top + 2, 104, top + WIDTH_MM - 2))
    assert not ink_inside(pdf, 0, (106, top + 2, 105 + 12, top + WIDTH_MM - 2))


def test_word_cells_are_turned_one_down_and_one_up() -> None:
    body = Document(io.BytesIO(place_cards(CARDS[:1]).docx)).element.body
    turned = [one.get(qn("w:val")) for one in body.iter(qn("w:textDirection"))]

    assert turned == ["tbRl", "btLr"]


def test_no_card_is_refused() -> None:
    with pytest.raises(NothingToPrintError):
        place_cards(())


@pytest.mark.parametrize("sheet", SHEETS)
def test_everybody_stands_on_the_plan_or_on_the_list_behind_it(sheet: str) -> None:
    grid = grid_of(HALL, SITTERS, sheet)
    shown = [seat.sitter for seat in grid.seats if seat.sitter] + list(grid.unplaced)

    assert Counter(shown) == Counter(SITTERS)
    assert sum(count for _, _, count in grid.groups) == len(SITTERS)
    assert grid.taken == 190


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_seat_meets_another_or_leaves_the_sheet(sheet: str) -> None:
    grid = grid_of(HALL, SITTERS, sheet)
    width, height = SHEETS[sheet]

    assert len({(round(seat.box.x, 2), round(seat.box.y, 2)) for seat in grid.seats}) == len(grid.seats) == 216
    for seat in grid.seats:
        assert 0 < seat.box.x < seat.box.x + seat.box.w < width
        assert 0 < seat.box.y < seat.box.bottom < height
        assert seat.name.height_mm <= seat.box.h
    assert sum(grid.columns) <= width


def test_both_files_of_the_plan_name_everybody() -> None:
    files = seat_plan(HALL, SITTERS, CONGRESS.title)
    pdf, docx = flat(pdf_text(files.pdf)), flat(docx_text(files.docx))

    assert page_sizes(files.pdf) == [(297.0, 210.0)] * 2
    for one in SITTERS:
        assert flat(one.name) in docx
    assert not Counter(flat("".join(one.name for one in SITTERS))) - Counter(pdf)
    assert "Tổng số 216 ghế, đã xếp 190, còn trống 26." in words(pdf_text(files.pdf))
    assert len(Document(io.BytesIO(files.docx)).tables[0].rows) == 12


def test_gaps_in_a_row_stay_gaps() -> None:
    grid = grid_of(SMALL_HALL, [Sitter("A2", "Ma Văn Tài")])

    assert {seat.id: (seat.row, seat.column) for seat in grid.seats} == {
        "A1": (0, 1), "A2": (0, 3), "B1": (1, 1), "B2": (1, 2),
    }  # fmt: skip


def test_groups_stand_in_the_order_of_their_numbers() -> None:
    people = [Sitter("A1", "Một", "Tổ số 10"), Sitter("A2", "Hai", "Tổ số 2"), Sitter("B1", "Ba")]

    assert [name for name, _, _ in grid_of(SMALL_HALL, people).groups] == ["Chưa xếp tổ", "Tổ số 2", "Tổ số 10"]


def test_a_seat_given_twice_is_refused_with_both_names() -> None:
    with pytest.raises(SeatTwiceError) as caught:
        grid_of(SMALL_HALL, [Sitter("A1", "Một"), Sitter("A1", "Hai")])
    assert caught.value.fields == {"seat": "A1", "first": "Một", "second": "Hai"}

    with pytest.raises(SeatTwiceError):
        grid_of(Hall("x", (SeatBlock((SeatRow("A", ("A1", "A1")),)),)), ())


def test_a_hall_without_seats_or_names_too_long_are_refused() -> None:
    with pytest.raises(NothingToPrintError):
        grid_of(Hall("x", (SeatBlock((SeatRow("A", ("",)),)),)), ())
    wide = Hall("x", (SeatBlock((SeatRow("A", tuple(f"A{seat}" for seat in range(90))),)),))
    with pytest.raises(TextTooLongError):
        grid_of(wide, [Sitter("A1", LONG_NAME)])


def test_two_without_a_seat_do_not_meet_on_it() -> None:
    assert len(grid_of(SMALL_HALL, [Sitter("", "Một"), Sitter("", "Hai"), Sitter("Z9", "Ba")]).unplaced) == 3
