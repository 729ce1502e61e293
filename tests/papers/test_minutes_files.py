"""The two files of the minutes: they say the same, hold together over pages, and print every letter as it is."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from daihoi.papers.minutes import write
from daihoi.papers.minutes.description import describe
from daihoi.papers.minutes.terms import BoardLine, Written
from daihoi.papers.official.pdf_writer import pdf
from daihoi.rules.terms import CandidateOutcome
from tests.papers.minutes_facts import DIGEST, LONG_NAME, facts, people
from tests.papers.minutes_reading import (
    docx_codes,
    docx_paragraphs,
    docx_tables,
    docx_text,
    docx_xml,
    flat,
    pdf_codes,
    pdf_pages,
    pdf_text,
)

HOSTILE = "Tên #let x = 1 *đậm* _nghiêng_ \"nháy\" 'đơn' \\ $x^2$ @nhãn `mã` <b>&amp; [1] // -- --- ~ {%} =="
RESULT_HEADER = "TTHọvàtênSốphiếuTỉlệKếtquả"


@pytest.fixture(scope="module")
def short() -> Written:
    """Minutes whose tables each stand on one page."""
    return write(facts(6, 4))


@pytest.fixture(scope="module")
def long() -> Written:
    """Minutes of a hundred names."""
    return write(facts(100, 60))


def test_minutes_say_the_same_in_both_files(short: Written) -> None:
    assert flat(pdf_text(short.pdf)) == flat(docx_text(short.docx))


def test_minutes_of_a_hundred_names_say_the_same_in_both_files(long: Written) -> None:
    in_pdf, in_docx = flat(pdf_text(long.pdf)), flat(docx_text(long.docx))
    # The PDF repeats the header of a table on each of its pages; the DOCX holds it once and Word repeats it.
    first, *rest = in_pdf.split(RESULT_HEADER)
    assert len(rest) >= 3
    once = first + RESULT_HEADER + "".join(rest)
    ranked = "TTHọvàtênSốphiếuTỉlệ"
    head, tail = once.split(ranked + "1", 2)[0], once
    assert head
    for repeated in (ranked + str(number) for number in range(2, 101)):
        tail = tail.replace(repeated, repeated.removeprefix(ranked))
    assert tail == in_docx


def test_minutes_are_the_same_bytes_for_the_same_facts(short: Written) -> None:
    assert write(facts(6, 4)) == short


def test_minutes_change_with_one_vote(short: Written) -> None:
    lines = people(6, 4)
    changed = (replace(lines[0], votes=179), *lines[1:])
    other = write(facts(6, 4, candidates=changed))
    assert other.pdf != short.pdf
    assert other.docx != short.docx


def test_docx_carries_no_clock(short: Written) -> None:
    with zipfile.ZipFile(io.BytesIO(short.docx)) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {member.create_system for member in package.infolist()} == {0}
    assert "2000-01-01T00:00:00Z" in docx_xml(short.docx, "docProps/core.xml")


def test_pdf_carries_no_clock(short: Written) -> None:
    document = pypdfium2.PdfDocument(short.pdf)
    found = document.get_metadata_dict()
    document.close()
    assert found["CreationDate"] == ""
    assert found["ModDate"] == ""


def test_files_name_their_subject(short: Written) -> None:
    properties = Document(io.BytesIO(short.docx)).core_properties
    assert properties.title == "BIÊN BẢN kiểm phiếu bầu Ban Chấp hành Đảng bộ huyện Nà Lương khóa XXII"
    assert properties.subject == "Tỉnh ủy Thanh Giang - Đảng bộ huyện Nà Lương"
    document = pypdfium2.PdfDocument(short.pdf)
    found = document.get_metadata_dict()
    document.close()
    assert found["Title"] == properties.title
    assert found["Subject"] == properties.subject


def test_every_letter_is_printed_as_it_is() -> None:
    lines = (replace(people(6, 4)[0], name=HOSTILE), *people(6, 4)[1:])
    written = write(facts(6, 4, candidates=lines, board=(BoardLine(HOSTILE, "Trưởng ban", HOSTILE),)))
    wanted = flat(HOSTILE)
    # The list, the result, the elected; the board with its unit; the signature.
    assert flat(pdf_text(written.pdf)).count(wanted) == 6
    assert flat(docx_text(written.docx)).count(wanted) == 6


def test_decomposed_names_are_composed() -> None:
    given = unicodedata.normalize("NFD", "Nguyễn Thị Hường")
    lines = (replace(people(6, 4)[0], name=given), *people(6, 4)[1:])
    written = write(facts(6, 4, candidates=lines))
    assert "Nguyễn Thị Hường" in docx_text(written.docx)
    assert flat("Nguyễn Thị Hường") in flat(pdf_text(written.pdf))
    assert given not in docx_text(written.docx)


def test_control_characters_stop_nothing() -> None:
    lines = (replace(people(6, 4)[0], name="Lê\x00 Văn\x0bTám\u200b\ttrẻ"), *people(6, 4)[1:])
    written = write(facts(6, 4, candidates=lines))
    assert "1. Lê Văn Tám trẻ" in docx_paragraphs(written.docx)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_digest_stands_in_groups_of_four_and_in_one_code(short: Written, kind: str) -> None:
    text = pdf_text(short.pdf) if kind == "pdf" else docx_text(short.docx)
    codes = pdf_codes(short.pdf) if kind == "pdf" else docx_codes(short.docx)
    groups = [DIGEST[start : start + 4] for start in range(0, 64, 4)]
    assert " ".join(groups[:8]) in text
    assert " ".join(groups[8:]) in text
    assert codes == [DIGEST]


def test_digest_and_signatures_stand_on_one_page_with_what_precedes_them() -> None:
    # Lists of growing length push the closing over every possible place on a page.
    for count in range(14, 40, 3):
        pages = pdf_pages(pdf(describe(facts(count, count - 4))))
        holding = [text for text in pages if "T/M BAN KIỂM PHIẾU" in text]
        assert len(holding) == 1
        for said in ("Việc kiểm phiếu kết thúc", "Biên bản được lập thành 03 bản", "Bế Xuân Trường", "Mã kiểm tra"):
            assert said in holding[0], (count, said)


def test_docx_keeps_the_closing_on_one_page(short: Written) -> None:
    document = Document(io.BytesIO(short.docx))
    body = list(document.element.body)
    texts = ["".join(text.text or "" for text in one.iter(qn("w:t"))) for one in body]
    start = next(place for place, text in enumerate(texts) if text.startswith("Việc kiểm phiếu kết thúc"))
    end = next(place for place, text in enumerate(texts) if text.startswith("Mã kiểm tra"))
    paragraphs = [one for part in body[start:end] for one in part.iter(qn("w:p"))]
    assert len(paragraphs) == 9
    assert all(one.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for one in paragraphs)


def test_rows_never_split_and_headers_repeat_in_docx(long: Written) -> None:
    document = Document(io.BytesIO(long.docx))
    rows = [row for table in document.tables[1:] for row in table.rows]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    headers = [row for row in rows if row._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert [row.cells[0].text for row in headers] == ["Nội dung", "Nội dung", *["TT"] * 7]


def test_header_of_a_long_table_stands_on_each_of_its_pages(long: Written) -> None:
    pages = pdf_pages(long.pdf)
    rows = [text for text in pages if "Không quá một nửa" in text or text.count("Trúng cử\n") > 3]
    assert len(rows) >= 4
    assert all(RESULT_HEADER in flat(text) for text in rows)


def test_a_table_of_few_rows_is_never_parted() -> None:
    for count in (3, 7, 11, 15, 19):
        pages = pdf_pages(pdf(describe(facts(count, count - 2))))
        for first, last in (
            ("Đại biểu chính thức được triệu tập", "Vắng mặt khi bỏ phiếu"),
            ("Số phiếu in", "Trong đó"),
        ):
            assert [first in text for text in pages] == [last in text for text in pages]


def test_a_long_list_of_names_begins_on_the_page_of_its_heading_and_reads_on() -> None:
    first, second, *_ = pdf_pages(pdf(describe(facts(44, 39))))
    assert "Danh sách bầu cử gồm 44" in first
    assert "\n1. Nguyễn Văn An" in first
    assert "44. " in second
    assert "44. " not in first


def test_no_line_ends_inside_a_term_of_years() -> None:
    for words in range(12):
        title = f"Ban Chấp hành {'khóa ' * words}nhiệm kỳ 2020 - 2025"
        told = describe(facts(6, 4, contest_title=title, congress_title=f"Đại hội {title}"))
        text = pdf_pages(pdf(told))[0].replace("\u00a0", " ").replace("\ufffe", "-")
        assert text.count("2020 - 2025") == 4, words


def test_an_outcome_stands_on_one_line() -> None:
    first, *others = people(6, 4)
    lines = (replace(first, outcome=CandidateOutcome.QUALIFIED_NOT_ELECTED), *others)
    assert "Quá một nửa, không trúng cử" in "".join(pdf_pages(pdf(describe(facts(6, 4, candidates=lines)))))


def test_no_row_of_a_table_stands_alone_under_its_header() -> None:
    for count in range(14, 32, 3):
        for text in pdf_pages(pdf(describe(facts(count, count - 2)))):
            if "5. Kết quả kiểm phiếu" in text:
                assert text.count("Trúng cử") >= 2, count


def test_a_reason_longer_than_a_page_is_printed_to_its_end() -> None:
    reason = " ".join(f"lý{number}" for number in range(1500))
    given = facts(6, 4)
    written = write(replace(given, overrides=(replace(given.overrides[0], reason=reason),)))
    text = flat(pdf_text(written.pdf))
    assert all(f"lý{number}" in text for number in range(1500))
    assert flat(reason) in flat(docx_text(written.docx))


def test_many_decisions_are_printed_to_the_last() -> None:
    given = facts(6, 4)
    decisions = tuple(replace(given.decisions[0], ballot=f"b{number:04d}") for number in range(1, 41))
    for count in (8, 12, 13, 40):
        text = pdf_text(pdf(describe(replace(given, decisions=decisions[:count]))))
        assert [f"b{number:04d}" for number in range(1, 41) if f"b{number:04d}" in text and number != 12] == [
            f"b{number:04d}" for number in range(1, count + 1) if number != 12
        ]


def test_page_numbers_begin_on_the_second_page(short: Written) -> None:
    pages = pdf_pages(short.pdf)
    assert pages[0].startswith("ĐẠI HỘI ĐẠI BIỂU")
    assert [text.split()[0] for text in pages[1:]] == [str(number) for number in range(2, len(pages) + 1)]
    xml = docx_xml(short.docx)
    assert "<w:titlePg/>" in xml
    headers = [docx_xml(short.docx, f"word/header{number}.xml") for number in (1, 2)]
    assert sorted("PAGE" in header for header in headers) == [False, True]


def test_paper_and_margins_are_those_of_the_profile(short: Written) -> None:
    section = Document(io.BytesIO(short.docx)).sections[0]
    lengths = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(length.mm) for length in lengths] == [210, 297, 20, 20]
    assert [round(length.mm) for length in (section.left_margin, section.right_margin)] == [30, 15]
    assert round(section.header_distance.mm) == 10
    document = pypdfium2.PdfDocument(short.pdf)
    page = document[0]
    assert [round(length * 25.4 / 72) for length in page.get_size()] == [210, 297]
    boxes = [item.get_bounds() for item in page.get_objects(filter=[1])]
    lefts, rights = [box[0] * 25.4 / 72 for box in boxes], [box[2] * 25.4 / 72 for box in boxes]
    page.close()
    document.close()
    assert min(lefts) >= 29.5
    assert max(rights) <= 195.5


def test_nothing_runs_over_the_right_margin_whatever_the_file_names() -> None:
    given = facts(6, 4)
    page = replace(given.refused[0], file="x" * 90 + ".jpg", by="0123456789" * 7)
    document = pypdfium2.PdfDocument(write(replace(given, refused=(page,))).pdf)
    rights = [
        item.get_bounds()[2] * 25.4 / 72
        for number in range(len(document))
        for item in document[number].get_objects([1])
    ]
    document.close()
    # A space at the end of a justified line may hang out by its own width; a digit may not.
    assert max(rights) <= 196.2


def test_fonts_are_named_in_docx_and_embedded_in_pdf(short: Written) -> None:
    styles = docx_xml(short.docx, "word/styles.xml")
    assert styles.count('w:ascii="Times New Roman"') >= 1
    assert b"Tinos" in short.pdf
    assert b"FontFile" in short.pdf


@pytest.mark.parametrize(
    ("on", "ends"),
    [(date(2026, 5, 26), "công bố trước đại hội./."), (date(2026, 5, 27), "công bố trước đại hội.")],
)
def test_end_mark_follows_the_profile_of_the_day(on: date, ends: str) -> None:
    written = write(facts(6, 4, on=on))
    closing = next(text for text in docx_paragraphs(written.docx) if text.startswith("Biên bản được lập"))
    assert closing.endswith(ends)
    assert flat(closing + "T/M ĐOÀN CHỦ TỊCH") in flat(pdf_text(written.pdf))


def test_first_day_of_the_new_profile_can_be_set() -> None:
    written = write(facts(6, 4, on=date(2026, 5, 26), hd05_from=date(2026, 5, 1)))
    closing = next(text for text in docx_paragraphs(written.docx) if text.startswith("Biên bản được lập"))
    assert not closing.endswith("./.")


def test_rehearsal_stands_at_the_head_of_every_page() -> None:
    written = write(facts(6, 4, rehearsal=True))
    pages = pdf_pages(written.pdf)
    assert all("DIỄN TẬP - KHÔNG CÓ GIÁ TRỊ" in text for text in pages)
    headers = [docx_xml(written.docx, f"word/header{number}.xml") for number in (1, 2)]
    assert all("DIỄN TẬP" in header for header in headers)
    assert "DIỄN TẬP" not in pdf_text(write(facts(6, 4)).pdf)


def test_longest_name_stands_in_every_table(short: Written) -> None:
    cells = [cell for table in docx_tables(short.docx) for row in table for cell in row]
    assert sum(LONG_NAME in cell for cell in cells) == 4
    assert flat(pdf_text(short.pdf)).count(flat(LONG_NAME)) == 4


def test_both_signatures_stand_at_one_height(short: Written) -> None:
    rows = next(table for table in docx_tables(short.docx) if table[0][0] == "T/M ĐOÀN CHỦ TỊCH")
    assert rows == [
        ["T/M ĐOÀN CHỦ TỊCH", "T/M BAN KIỂM PHIẾU"],
        ["", "TRƯỞNG BAN"],
        ["Bế Xuân Trường", "Nguyễn Thị Hồng Vân"],
    ]


def test_docx_shows_no_picture_of_another_paper(short: Written) -> None:
    with zipfile.ZipFile(io.BytesIO(short.docx)) as package:
        assert [name for name in package.namelist() if "thumbnail" in name] == []
