"""The layout profile on paper: sizes, weights, columns, rules and widths as HD 36-HD/VPTW draws them."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from daihoi.papers.minutes import write
from daihoi.papers.minutes.terms import Written
from daihoi.papers.official.blocks import Column, Row, Table
from daihoi.papers.official.profiles import HD05_2026, HD36_2018, Profile
from tests.papers.minutes_facts import LONG_NAME, facts
from tests.papers.minutes_reading import docx_xml

TABLE_PROPERTIES = ["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]


@pytest.fixture(scope="module")
def short() -> Written:
    """Minutes of six names."""
    return write(facts(6, 4))


@pytest.fixture(scope="module")
def runs(short: Written) -> dict[str, Any]:
    """Every run of the DOCX by its text, the first of equal ones."""
    found: dict[str, Any] = {}
    document = Document(io.BytesIO(short.docx))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)]
    for run in (run for paragraph in paragraphs for run in paragraph.runs):
        found.setdefault(run.text, run)
    return found


def first_page(data: bytes) -> dict[str, tuple[float, float, float]]:
    """Each line of the first page: left, right, and distance of its lower edge from the top, in mm."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    text_page = page.get_textpage()
    lines = {}
    for place in range(text_page.count_rects()):
        left, bottom, right, _ = text_page.get_rect(place)
        said = text_page.get_text_bounded(left, bottom, right, text_page.get_rect(place)[3]).strip()
        lines.setdefault(said, (left * 25.4 / 72, right * 25.4 / 72, 297 - bottom * 25.4 / 72))
    text_page.close()
    page.close()
    document.close()
    return lines


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic"),
    [
        ("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True, None),
        ("ĐẠI HỘI ĐẠI BIỂU", 14, None, None),
        ("BAN KIỂM PHIẾU", 14, True, None),
        ("*", 14, None, None),
        ("Số …………-BB/ĐH", 14, None, None),
        ("Nà Lương, ngày 17 tháng 6 năm 2025", 14, None, True),
        ("BIÊN BẢN", 16, True, None),
        ("kiểm phiếu bầu Ban Chấp hành Đảng bộ huyện Nà Lương khóa XXII", 14, True, None),
        ("1. Ban kiểm phiếu", 14, True, None),
        ("Ban kiểm phiếu gồm 03 đồng chí:", 14, None, None),
        ("T/M ĐOÀN CHỦ TỊCH", 14, True, None),
        ("T/M BAN KIỂM PHIẾU", 14, True, None),
        ("TRƯỞNG BAN", 14, None, None),
        ("Bế Xuân Trường", 14, True, None),
        ("Cơ sở tính kết quả bầu cử", 13, True, None),
        ("Số phiếu in", 13, None, None),
    ],
)
def test_sizes_and_weights_are_those_of_the_guideline(
    runs: dict[str, Any], text: str, size: float, bold: bool | None, italic: bool | None
) -> None:
    run = runs[text]
    assert (run.font.size.pt, run.bold, run.italic) == (size, bold, italic)


def test_running_text_is_justified_indented_and_at_least_eighteen_points_apart(short: Written) -> None:
    document = Document(io.BytesIO(short.docx))
    opening = next(one for one in document.paragraphs if one.text.startswith("Vào hồi"))
    form = opening.paragraph_format
    assert opening.alignment == 3
    assert form.line_spacing.pt >= 18
    assert form.space_after.pt >= 6
    assert abs(form.first_line_indent - Mm(10)) <= Mm(0.1)


def test_heading_stands_in_two_columns_side_by_side(short: Written) -> None:
    lines = first_page(short.pdf)
    congress, nation = lines["ĐẠI HỘI ĐẠI BIỂU"], lines["ĐẢNG CỘNG SẢN VIỆT NAM"]
    assert congress[1] < 108 < nation[0]
    # Both columns begin at one height: 14 and 15 points differ by less than a millimetre.
    assert abs(congress[2] - nation[2]) < 1.5
    assert lines["BAN KIỂM PHIẾU"][2] > congress[2]


def test_nation_and_day_share_an_axis_and_so_do_kind_and_abstract(short: Written) -> None:
    lines = first_page(short.pdf)

    def middle(text: str) -> float:
        return (lines[text][0] + lines[text][1]) / 2

    day = middle("Nà Lương, ngày 17 tháng 6 năm 2025")
    assert middle("ĐẢNG CỘNG SẢN VIỆT NAM") == pytest.approx(day, abs=1)
    # The middle of the text area, 30 to 195 mm.
    assert middle("BIÊN BẢN") == pytest.approx(112.5, abs=1)


def test_rule_under_the_nation_is_as_long_as_its_words(short: Written) -> None:
    nation = first_page(short.pdf)["ĐẢNG CỘNG SẢN VIỆT NAM"]
    width = nation[1] - nation[0]
    document = pypdfium2.PdfDocument(short.pdf)
    paths = [item.get_bounds() for item in document[0].get_objects([2])]
    document.close()
    in_pdf = max((right - left) * 25.4 / 72 for left, _, right, _ in paths)
    rule = Document(io.BytesIO(short.docx)).tables[0].rows[0].cells[1].paragraphs[1].paragraph_format
    in_docx = 165 - 78 - rule.left_indent.mm - rule.right_indent.mm
    assert in_pdf == pytest.approx(width, abs=1)
    assert in_docx == pytest.approx(width, abs=1.5)


def test_tables_of_the_docx_are_fixed_ruled_and_in_the_order_of_the_schema(short: Written) -> None:
    for table in Document(io.BytesIO(short.docx)).tables:
        names = [child.tag.split("}")[1] for child in table._tbl.tblPr]
        assert names == [name for name in TABLE_PROPERTIES if name in names]
        assert table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
        assert sum(column.width.mm for column in table.columns) == pytest.approx(165, abs=0.2)
        edges = {edge.get(qn("w:val")) for edge in table._tbl.tblPr.find(qn("w:tblBorders"))}
        assert len(edges) == 1
        ruled = table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert edges == ({"single"} if ruled else {"nil"})


def test_docx_is_laid_out_as_word_does_since_2013_and_speaks_vietnamese(short: Written) -> None:
    settings = docx_xml(short.docx, "word/settings.xml")
    assert 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"' in settings
    assert 'w:val="vi-VN"' in docx_xml(short.docx, "word/styles.xml")


def test_picture_of_the_code_says_what_it_holds(short: Written) -> None:
    assert f'descr="Mã kiểm tra cuộc kiểm phiếu (SHA-256): {facts().digest}"' in docx_xml(short.docx)


def test_longest_congress_and_place_stay_in_their_columns() -> None:
    written = write(
        facts(
            6,
            4,
            congress_title=f"Đại hội đại biểu Đảng bộ {LONG_NAME} lần thứ XXXVIII, nhiệm kỳ 2025-2030",
            place="Thành phố Phan Rang - Tháp Chàm",
        )
    )
    lines = first_page(written.pdf)
    head = {text: edges for text, edges in lines.items() if edges[2] < lines["BIÊN BẢN"][2]}
    left = [edges for edges in head.values() if edges[0] < 105]
    assert len(left) >= 6
    assert max(edges[1] for edges in left) <= 108.5
    assert max(edges[1] for edges in head.values()) <= 195.5


@pytest.mark.parametrize("profile", [HD36_2018, HD05_2026])
def test_profiles_share_the_page(profile: Profile) -> None:
    assert (profile.top_mm, profile.bottom_mm, profile.left_mm, profile.right_mm) == (20, 20, 30, 15)
    assert profile.width_mm == 165
    assert 18 <= profile.line_pt <= 19
    assert profile.body_pt == 14


@pytest.mark.parametrize(
    ("rows", "letters", "whole"), [(1, 10, True), (12, 20, True), (40, 10, False), (3, 200, True), (12, 390, False)]
)
def test_a_table_is_whole_when_it_is_low(rows: int, letters: int, whole: bool) -> None:
    table = Table((Column("a", 100), Column("b", 65)), tuple(Row(("x" * letters, "")) for _ in range(rows)))
    assert table.whole is whole


@pytest.mark.parametrize(("rows", "whole"), [(6, True), (7, False)])
def test_a_list_without_rules_is_whole_when_it_is_short(rows: int, whole: bool) -> None:
    assert Table((Column("", 165),), (Row(("Bế Văn An",)),) * rows, ruled=False).whole is whole


@pytest.mark.parametrize(("letters", "endless"), [(0, False), (400, False), (401, True)])
def test_a_row_that_no_page_would_hold_may_split(letters: int, endless: bool) -> None:
    assert Row(("1", "x" * letters)).endless is endless
