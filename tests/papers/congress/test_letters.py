"""Summons, invitations, the notice and the lists: golden words, one page each, nobody left out, layout of the day."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from daihoi.papers.congress.groups import group_lists
from daihoi.papers.congress.invitation import invitations
from daihoi.papers.congress.notice import allocation_table, notice, total_of
from daihoi.papers.congress.people import born_vi, in_name_order, right_of
from daihoi.papers.congress.summons import summonses
from daihoi.papers.congress.terms import AllocationLine
from daihoi.papers.errors import LetterMissingError, NothingToPrintError
from daihoi.rules.credentials.terms import Category
from daihoi.rules.terms import PartialDate
from tests.papers.congress.na_luong import (
    ALLOCATION,
    CONGRESS,
    DELEGATE_GROUPS,
    GUESTS,
    ISSUE,
    LONG_NAME,
    LONG_UNIT,
    UNIT_NAMES,
    delegates,
)
from tests.papers.congress.reading import words
from tests.papers.minutes_reading import docx_codes, docx_text, flat, pdf_codes, pdf_pages, pdf_text

ALL = delegates()
SUMMONS = """ĐẢNG BỘ TỈNH THANH GIANG
HUYỆN ỦY NÀ LƯƠNG
*
Số 15-GTT/HU
ĐẢNG CỘNG SẢN VIỆT NAM
Nà Lương, ngày 09 tháng 5 năm 2025
GIẤY TRIỆU TẬP
đại biểu dự Đại hội đại biểu Đảng bộ huyện Nà Lương
lần thứ XXII, nhiệm kỳ 2025 - 2030
-----
Huyện ủy Nà Lương triệu tập:
Đồng chí Công Tằng Tôn Nữ Hoàng Thị Phương Thảo Nguyên
Ngày sinh:
09/9/1982
Chức vụ:
Bí thư Đảng ủy
Tổ chức đảng:
Đảng bộ xã Phiêng Luông
Tư cách đại biểu:
Đại biểu chính thức (đương nhiên)
Tổ đại biểu, số ghế:
Tổ số 2, ghế A07
Phiên trù bị:
13 giờ 30 phút, ngày 17 tháng 6 năm 2025
Phiên chính thức:
07 giờ 30 phút, ngày 18 tháng 6 năm 2025, đến hết ngày 19 tháng 6 năm 2025
Địa điểm:
Hội trường Trung tâm Văn hóa - Thể thao huyện Nà Lương
Đề nghị đồng chí có mặt đúng thời gian, mang theo giấy triệu tập này để nhận thẻ và tài liệu. Nếu không thể dự \
Đại hội, đề nghị đồng chí báo cáo bằng văn bản với Huyện ủy Nà Lương trước ngày khai mạc.
Nơi nhận:
- Đại biểu được triệu tập,
- Ban Tổ chức Huyện ủy,
- Lưu Văn phòng Huyện ủy.
Mã điểm danh: NL25-007-5568
T/M BAN THƯỜNG VỤ
BÍ THƯ
Bế Xuân Trường"""


def plain(text: str) -> str:
    return "\n".join(line.replace("\u00a0", " ").strip() for line in text.splitlines() if line.strip())


def test_a_summons_reads_as_it_should() -> None:
    assert plain(docx_text(summonses(CONGRESS, ISSUE, ALL[6:7], UNIT_NAMES).docx)) == SUMMONS


def test_a_summons_says_the_same_in_both_files_and_bears_the_code() -> None:
    files = summonses(CONGRESS, ISSUE, (ALL[6], ALL[190]), UNIT_NAMES)

    assert sorted(flat(pdf_text(files.pdf))) == sorted(flat(docx_text(files.docx)))
    assert pdf_codes(files.pdf) == sorted(docx_codes(files.docx)) == [ALL[6].code, ALL[190].code]


def test_a_batch_has_one_page_for_each_and_every_page_counts_from_one() -> None:
    files = summonses(CONGRESS, ISSUE, ALL[:30], UNIT_NAMES)
    pages = pdf_pages(files.pdf)

    assert len(pages) == 30
    for page, one in zip(pages, ALL, strict=False):
        assert one.person.name in words(page)
        # A number at the head of a page would be its first line.
        assert page.strip().startswith("ĐẢNG")
    assert len(Document(io.BytesIO(files.docx)).sections) == 30


def test_an_alternate_called_up_is_summoned_on_its_decision() -> None:
    assert right_of(ALL[190]) == (
        "Đại biểu dự khuyết, được triệu tập thay thế đại biểu chính thức (theo Quyết định số 499-QĐ/HU, ngày 15/6/2025)"
    )
    assert right_of(ALL[191]) == "Đại biểu dự khuyết, được triệu tập thay thế đại biểu chính thức"
    assert right_of(ALL[195]) == "Đại biểu dự khuyết thứ 01"
    assert right_of(replace(ALL[195], number=0)) == "Đại biểu dự khuyết"


def test_the_longest_unit_stays_on_one_page() -> None:
    hard = replace(ALL[190], unit=next(unit for unit, name in UNIT_NAMES.items() if name == LONG_UNIT))

    assert len(pdf_pages(summonses(CONGRESS, ISSUE, [hard], UNIT_NAMES).pdf)) == 1


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (PartialDate(1975, 6, 7), "07/6/1975"),
        (PartialDate(1975, 2, 17), "17/02/1975"),
        (PartialDate(1975, 6), "6/1975"),
        (PartialDate(1975), "1975"),
        (None, ""),
    ],
)
def test_births_are_written_as_far_as_they_are_known(day: PartialDate | None, said: str) -> None:
    assert born_vi(day) == said


def test_equal_facts_are_equal_bytes() -> None:
    one, other = (summonses(CONGRESS, ISSUE, ALL[:2], UNIT_NAMES) for _ in range(2))

    assert one == other


def test_a_letter_that_the_typeface_lacks_is_refused() -> None:
    strange = replace(ALL[0], person=replace(ALL[0].person, name="Ma \u4e2d"))

    with pytest.raises(LetterMissingError):
        summonses(CONGRESS, ISSUE, [strange], UNIT_NAMES)


def test_markup_in_a_name_stays_a_name() -> None:
    strange = replace(ALL[0], person=replace(ALL[0].person, name="Ma *Văn* #Tài <b>"))
    files = summonses(CONGRESS, ISSUE, [strange], UNIT_NAMES)

    assert "Ma *Văn* #Tài <b>" in words(pdf_text(files.pdf))
    assert "Ma *Văn* #Tài <b>" in docx_text(files.docx)


def test_invitations_come_by_rank_and_leave_a_line_for_a_name_that_is_not_known() -> None:
    files = invitations(CONGRESS, ISSUE, GUESTS[::-1])
    pages = [words(page) for page in pdf_pages(files.pdf)]

    assert ["Đồng chí Lương Thị Hồng Vân" in pages[0], "Ông Trần Quốc Bảo" in pages[1]] == [True, True]
    assert "Bà ………" in pages[2]
    assert "Sự hiện diện của ông góp phần" in pages[1]
    assert sorted(flat(pdf_text(files.pdf))) == sorted(flat(docx_text(files.docx)))


lines = st.builds(
    AllocationLine,
    st.just("Xã"),
    *(st.integers(0, 400) for _ in range(5)),
)


@given(st.lists(lines, max_size=8))
def test_law_the_last_row_is_the_sum_of_every_column(allocation: list[AllocationLine]) -> None:
    table = allocation_table(allocation)
    figures = [[int(cell.replace(".", "")) for cell in row.cells[2:]] for row in table.rows]

    assert [sum(column) for column in zip(*figures[:-1], strict=True)] == (figures[-1] if allocation else [])
    assert total_of(allocation).official == sum(line.official for line in allocation)
    assert len(table.rows) == len(allocation) + 1
    assert sum(column.width_mm for column in table.columns) == pytest.approx(165)


def test_a_column_of_the_designated_stands_only_where_there_are_any() -> None:
    assert "Chỉ định" not in [column.title for column in allocation_table(ALLOCATION).columns]
    with_some = [replace(ALLOCATION[0], designated=2)]
    assert "Chỉ định" in [column.title for column in allocation_table(with_some).columns]


def test_the_notice_says_the_totals_that_the_table_shows() -> None:
    files = notice(CONGRESS, replace(ISSUE, number="20-TB/HU"), ALLOCATION)
    said = words(pdf_text(files.pdf).replace("\u00a0", " "))

    assert "Tổng số đại biểu chính thức được triệu tập là 176 đồng chí" in said
    assert "Tổng số 4.712 38 138 176 31" in said
    assert "Số 20-TB/HU" in said
    assert sorted(flat(pdf_text(files.pdf))) == sorted(flat(docx_text(files.docx)) + _heads(files.pdf))


def _heads(pdf: bytes) -> str:
    """What the head of a table adds on every further page of the PDF."""
    pages = pdf_pages(pdf)
    return flat("TT Đơn vị Số đảng viên Đương nhiên Được bầu Cộng chính thức Dự khuyết") * (len(pages) - 1)


@pytest.mark.parametrize(("on", "mark"), [(date(2025, 5, 9), "Nà Lương./."), (date(2026, 5, 27), "Nà Lương.")])
def test_the_layout_is_that_of_the_day_of_the_paper(on: date, mark: str) -> None:
    text = docx_text(notice(CONGRESS, replace(ISSUE, on=on), ALLOCATION).docx)

    assert any(line.endswith(f"báo cáo kết quả về Huyện ủy {mark}") for line in text.splitlines())


@pytest.mark.parametrize(("on", "mark"), [(date(2025, 5, 9), ","), (date(2026, 5, 27), ";")])
def test_recipients_end_in_the_mark_of_the_day_and_the_last_in_a_full_stop(on: date, mark: str) -> None:
    issue = replace(ISSUE, on=on)
    papers = (
        summonses(CONGRESS, issue, ALL[:1], UNIT_NAMES),
        invitations(CONGRESS, issue, GUESTS[:1]),
        notice(CONGRESS, issue, ALLOCATION),
        group_lists(CONGRESS, issue, DELEGATE_GROUPS[:1], ALL[:1], UNIT_NAMES),
    )

    for paper in papers:
        told = [line for line in docx_text(paper.docx).splitlines() if line.startswith("- ")]
        assert told[:3] == [
            f"- Đại biểu được triệu tập{mark}",
            f"- Ban Tổ chức Huyện ủy{mark}",
            "- Lưu Văn phòng Huyện ủy.",
        ]


def test_a_paper_for_nobody_is_refused_by_its_name() -> None:
    for made, kind in (
        (lambda: summonses(CONGRESS, ISSUE, (), UNIT_NAMES), "GIẤY TRIỆU TẬP"),
        (lambda: invitations(CONGRESS, ISSUE, ()), "GIẤY MỜI"),
        (lambda: group_lists(CONGRESS, ISSUE, (), (), UNIT_NAMES), "DANH SÁCH"),
    ):
        with pytest.raises(NothingToPrintError) as caught:
            made()
        assert caught.value.fields == {"paper": kind}


def test_lists_of_groups_leave_nobody_out_and_name_head_and_secretary() -> None:
    files = group_lists(CONGRESS, ISSUE, DELEGATE_GROUPS[:5], ALL, UNIT_NAMES)
    text = docx_text(files.docx)
    tables = [table for table in Document(io.BytesIO(files.docx)).tables if table.rows[0].cells[0].text == "TT"]
    listed = [row.cells[1].text for table in tables for row in table.rows[1:]]

    assert sorted(listed) == sorted(one.person.name for one in ALL)
    assert len(tables) == 6
    assert "Đại biểu chưa xếp tổ" in text
    assert text.count("Tổ trưởng: ") == 5
    assert sum(row.cells[5].text == "Tổ trưởng" for table in tables for row in table.rows) == 5


def test_lists_run_by_given_name() -> None:
    names = [one.person.name for one in in_name_order(ALL)]

    assert names.index(LONG_NAME) > names.index("Trần Quang Bình")
    assert [name.split()[-1] for name in names][:1] == ["Bình"]


def test_two_of_one_name_stand_in_the_order_of_their_births() -> None:
    twins = [one for one in in_name_order(ALL) if one.person.name == "Nguyễn Văn Hùng"]

    assert [one.person.born for one in twins] == sorted(one.person.born for one in twins if one.person.born)


def test_every_right_has_its_words() -> None:
    assert {right_of(replace(ALL[0], category=category)) for category in Category} == {
        "Đại biểu chính thức (đương nhiên)",
        "Đại biểu chính thức (được bầu)",
        "Đại biểu chính thức (được chỉ định)",
        "Đại biểu dự khuyết",
    }
