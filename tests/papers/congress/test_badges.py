"""Badges on the sheet: exact sizes, every code read from the drawn page, every name whole, kinds told apart."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document

from daihoi.papers.congress.badge_docx import badge_cards_docx, badge_sheets_docx
from daihoi.papers.congress.badge_pdf import badge_cards, badge_sheets, place_of
from daihoi.papers.congress.badges import (
    COLOURS,
    HUNG,
    MEDIUM,
    SIZES,
    SMALL,
    Badge,
    BadgeKind,
    BadgeSize,
    badges_of,
    badges_of_guests,
    faces,
)
from daihoi.papers.errors import LetterMissingError, NothingToPrintError, TextTooLongError
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM
from daihoi.words.congress.cards import KINDS
from tests.papers.congress.na_luong import CONGRESS, GUESTS, LONG_NAME, LONG_UNIT, TWIN, UNIT_NAMES, delegates
from tests.papers.congress.reading import codes_on, page_sizes, words
from tests.papers.minutes_reading import docx_codes, docx_text, flat, pdf_pages, pdf_text

TITLE = CONGRESS.title
ALL = badges_of(delegates(), UNIT_NAMES)
HARD = replace(
    ALL[6],
    post="Ủy viên Ban Thường vụ Huyện ủy, Trưởng Ban Tuyên giáo kiêm Giám đốc Trung tâm Chính trị huyện",
    unit=LONG_UNIT,
)


@pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))
def test_a_sheet_of_badges_lies_within_the_page_and_in_its_middle(size: BadgeSize) -> None:
    left, top = place_of(size, 0)
    right, bottom = place_of(size, size.columns * size.rows - 1)

    assert left > 5
    assert top > 5
    assert left + right + size.width == pytest.approx(PAGE_W_MM)
    assert top + bottom + size.height == pytest.approx(PAGE_H_MM)


@pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))
def test_no_part_of_a_badge_meets_another_or_leaves_the_card(size: BadgeSize) -> None:
    boxes = [size.band, size.title, size.name, size.about, size.foot, size.code]

    for place, one in enumerate(boxes):
        assert 0 <= one.x < one.x + one.w <= size.width
        assert 0 <= one.y < one.bottom <= size.height
        for other in boxes[place + 1 :]:
            apart = (
                one.bottom <= other.y or other.bottom <= one.y or one.x + one.w <= other.x or other.x + other.w <= one.x
            )
            assert apart


def test_every_code_of_190_is_read_from_the_drawn_sheets_at_its_place() -> None:
    pages = codes_on(badge_sheets(ALL[:190], TITLE, SMALL))

    assert len(pages) == 19
    assert sorted(text for page in pages for text, _, _ in page) == sorted(badge.code for badge in ALL[:190])
    for number, page in enumerate(pages):
        for text, x, y in page:
            place = [badge.code for badge in ALL[10 * number : 10 * number + 10]].index(text)
            left, top = place_of(SMALL, place)
            assert x == pytest.approx(left + SMALL.code.x + SMALL.code.w / 2, abs=0.5)
            assert y == pytest.approx(top + SMALL.code.y + SMALL.code.h / 2, abs=0.5)


@pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))
def test_codes_survive_a_poor_printer(size: BadgeSize) -> None:
    assert len(codes_on(badge_sheets(ALL[:4], TITLE, size), dpi=110)[0]) == 4


@pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))
def test_single_cards_have_the_size_of_the_card(size: BadgeSize) -> None:
    pdf = badge_cards(ALL[:3], TITLE, size)

    assert page_sizes(pdf) == [(size.width, size.height)] * 3
    assert [page[0][0] for page in codes_on(pdf)] == [badge.code for badge in ALL[:3]]


@pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))
def test_the_longest_name_post_and_unit_stand_whole(size: BadgeSize) -> None:
    text = words(pdf_text(badge_cards([HARD], TITLE, size)))

    assert LONG_NAME in text
    assert HARD.post in text
    assert LONG_UNIT in text


def test_every_name_of_190_stands_whole_on_its_sheet() -> None:
    pages = pdf_pages(badge_sheets(ALL, TITLE, MEDIUM))

    for number, badge in enumerate(ALL):
        assert badge.name in words(pages[number // 8])


def test_two_of_one_name_bear_their_births() -> None:
    twins = [badge for badge in ALL if badge.name == TWIN]

    assert len(twins) >= 2
    assert len({badge.note for badge in twins}) == len(twins)
    assert all(badge.note for badge in twins)
    assert badges_of(delegates()[:1], UNIT_NAMES)[0].note == ""


def test_an_alternate_in_waiting_bears_another_colour_than_one_called_up() -> None:
    assert ALL[190].kind is BadgeKind.OFFICIAL
    assert ALL[195].kind is BadgeKind.ALTERNATE


def test_every_kind_has_a_name_and_a_colour_dark_enough_for_white_letters() -> None:
    assert set(COLOURS) == set(BadgeKind)
    assert set(KINDS) == {kind.value for kind in BadgeKind}
    assert len(set(COLOURS.values())) == len(BadgeKind)
    assert min(contrast(colour) for colour in COLOURS.values()) > 5


def contrast(rgb: tuple[int, int, int]) -> float:
    """Of white to the colour, as WCAG computes it."""
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in rgb]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def test_guests_come_by_rank_and_one_without_a_name_gets_none() -> None:
    made = badges_of_guests((GUESTS[1], GUESTS[2], GUESTS[0]))

    assert [badge.name for badge in made] == ["Lương Thị Hồng Vân", "Trần Quốc Bảo"]
    assert {badge.kind for badge in made} == {BadgeKind.GUEST}


def test_equal_badges_are_equal_bytes() -> None:
    assert badge_sheets(ALL[:10], TITLE, SMALL) == badge_sheets(ALL[:10], TITLE, SMALL)
    assert badge_sheets_docx(ALL[:4], TITLE, HUNG) == badge_sheets_docx(ALL[:4], TITLE, HUNG)


@pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))
def test_word_file_says_what_the_pdf_says_in_rows_of_exact_height(size: BadgeSize) -> None:
    badges = (HARD, *ALL[20:23])
    docx = badge_sheets_docx(badges, TITLE, size)
    rows = Document(io.BytesIO(docx)).tables[0].rows

    assert [round(row.height.mm) for row in rows if row.height is not None] == [size.height] * -(-4 // size.columns)
    assert sorted(docx_codes(docx)) == sorted(badge.code for badge in badges)
    assert sorted(flat(docx_text(docx))) == sorted(flat(pdf_text(badge_sheets(badges, TITLE, size))))


def test_word_cards_have_a_page_of_their_size() -> None:
    section = Document(io.BytesIO(badge_cards_docx(ALL[:2], TITLE, HUNG))).sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (86, 124)


def test_a_badge_without_code_has_none() -> None:
    assert codes_on(badge_cards([Badge(BadgeKind.SERVICE, "Ma Văn Tài")], TITLE, HUNG)) == [[]]


def test_what_cannot_be_printed_is_refused_by_name() -> None:
    with pytest.raises(NothingToPrintError):
        faces((), TITLE, SMALL)
    with pytest.raises(TextTooLongError):
        faces((replace(ALL[0], unit="tổ chức đảng " * 60),), TITLE, SMALL)
    with pytest.raises(LetterMissingError):
        faces((replace(ALL[0], name="Ma Văn \u4e2d"),), TITLE, SMALL)
