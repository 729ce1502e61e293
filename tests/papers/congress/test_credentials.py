"""The credentials report: its golden words, its numbers from the figures alone, both files alike."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from daihoi.papers.congress.credentials import CredentialsReport, blocks_of, credentials_report
from daihoi.papers.congress.credentials_lines import label_vi, share_vi
from daihoi.papers.congress.terms import Issue, Signatory
from daihoi.papers.official.blocks import AnnexTitle, Block, Heading, Paragraph, Signing, Table, Title
from daihoi.papers.official.profiles import HD05_2026, HD36_2018
from daihoi.rules.credentials.figures import Figures, Topic, figures, percent
from daihoi.rules.credentials.settings import CredentialsSettings
from daihoi.rules.credentials.terms import (
    Attendance,
    Category,
    Complaints,
    Delegate,
    DelegateId,
    Person,
    Refusal,
    UnitId,
)
from daihoi.rules.errors import UnknownEdition
from daihoi.rules.terms import PartialDate
from daihoi.words.credentials import chart, detail_chart, line_label, topic_label
from tests.papers.congress.na_luong import CONGRESS, ON, UNIT_NAMES, UNITS, delegates
from tests.papers.congress.reading import words
from tests.papers.minutes_reading import docx_text, flat, pdf_pages, pdf_text
from tests.rules.credentials.people import lists_of_delegates

GOLDEN = Path(__file__).parent / "golden" / "credentials_report.txt"
ISSUE = Issue(ON, Signatory("", "", "Nông Thị Ngọc Hương"), recipients=("Đoàn Chủ tịch", "Lưu hồ sơ Đại hội"))


def with_gaps() -> tuple[Delegate, ...]:
    """Nà Lương with one of whom little is recorded, and one whose attendance nobody wrote down."""
    people = list(delegates())
    people[50] = replace(people[50], person=replace(people[50].person, theory=None, religion="", born=None))
    people[51] = replace(people[51], attendance=Attendance.UNRECORDED)
    return tuple(people)


def report(told: Figures, issue: Issue = ISSUE) -> CredentialsReport:
    return CredentialsReport(CONGRESS, issue, told, UNIT_NAMES)


def of(people: tuple[Delegate, ...], **given: object) -> Figures:
    return figures(people, UNITS, on=ON, **given)  # type: ignore[arg-type]


def lines_of(blocks: tuple[Block, ...]) -> list[str]:
    """The words of every block, a line each; cells of a row with bars between."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Paragraph():
                lines.append(block.text)
            case Heading():
                lines += [*block.congress, block.board, block.number, block.nation, *block.place_day]
            case Title():
                lines += [block.kind, *block.abstract]
            case AnnexTitle():
                lines += ["", block.number, block.title]
            case Table():
                lines.append(" | ".join(column.title for column in block.columns))
                lines += [" | ".join(row.cells) for row in block.rows]
            case Signing():
                lines += [part.text for part in block.paragraphs]
                lines += [block.label, *block.recipients, block.signature.authority, block.signature.post]
                lines.append(block.signature.name)
    return [line.replace("\u00a0", " ") for line in lines]


def said(told: Figures) -> str:
    return "\n".join(lines_of(blocks_of(report(told), HD36_2018)))


def test_the_report_reads_as_it_should() -> None:
    """Made by `python -m tests.papers.congress.test_credentials`; read the difference before keeping it."""
    text = said(of(with_gaps(), complaints=Complaints(3, 2, 0)))

    assert text + "\n" == GOLDEN.read_text(encoding="utf-8")


def test_both_files_say_the_same() -> None:
    files = credentials_report(report(of(with_gaps())))
    pages = pdf_pages(files.pdf)
    heads = flat("Nội dung Số đại biểu Tỷ lệ (%)") * sum("Trình độ chuyên môn" in page for page in pages[5:7])

    assert sorted(flat(pdf_text(files.pdf))) in (
        sorted(flat(docx_text(files.docx))),
        sorted(flat(docx_text(files.docx)) + heads),
    )
    assert pages[0].strip().startswith("ĐẠI HỘI ĐẠI BIỂU")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lists_of_delegates())
def test_law_every_list_of_delegates_makes_a_report_that_names_each_figure(people: tuple[Delegate, ...]) -> None:
    told = figures(people, UNITS, on=ON)
    text = said(told)

    for group in told.groups:
        rows = [line for line in group.lines if line.count]
        assert all(percent(line.share).replace(".", ",") in text for line in rows)
        assert all(label_vi(told, group.topic, line.key) in text for line in rows)
    assert f"triệu tập dự Đại hội là {shown(told.called.summoned)} đồng chí" in text
    assert f"có mặt là {shown(told.called.present)} đồng chí" in text
    absent = sum(one.attendance.value.startswith("absent") for one in told.roll.official)
    assert absent == told.called.absent
    assert ("Đại biểu vắng mặt:" in text) == (absent > 0)


def shown(count: int) -> str:
    return f"{count:02d}" if 0 < count < 10 else str(count)


def test_no_number_of_the_body_is_typed() -> None:
    """Another list, other numbers: what stays is the headings, the setting of the quorum and the citations."""
    one, other = (
        set(re.findall(r"\d+(?:,\d+)?", "\n".join(said(told).splitlines()[15:]))) for told in (of(with_gaps()), of(()))
    )
    allowed = {str(number) for number in range(1, 11)} | {"0", "2", "3", "100,00", "0,00", "01", "02"}
    kept = (one & other) - allowed

    # Bands and their settings, and the units' own places in the table.
    assert {int(number.split(",")[0]) for number in kept} <= set(range(1, 62)) | {190, 244}


def test_who_replaced_whom_and_on_which_decision() -> None:
    text = said(of(delegates()))

    assert "(dự khuyết thứ 01), Đảng bộ xã Phiêng Luông, thay đồng chí" in text
    assert "(theo Quyết định số 499-QĐ/HU, ngày 15/6/2025)" in text
    assert "(văn bản quyết định: chưa ghi)" in text


def test_a_replacement_of_somebody_unknown_is_said() -> None:
    alone = replace(delegates()[190], replaces=DelegateId("d999"))

    assert "thay đồng chí d999 (không có trong danh sách)" in said(of((alone,)))


def test_oldest_and_youngest_are_named_with_their_unit() -> None:
    told = of(delegates())
    text = said(told)

    for label, people in (("cao tuổi nhất", told.ages.oldest), ("trẻ tuổi nhất", told.ages.youngest)):
        assert f"Đại biểu {label}: đồng chí {people[0].person.name}, {told.age(people[0].person)} tuổi" in text
    assert "Tuổi bình quân: 45," in text


def test_many_of_equal_age_are_counted_after_the_fourth() -> None:
    people = tuple(replace(one, person=replace(one.person, born=PartialDate(1980))) for one in delegates()[:10])

    assert "và 06 đồng chí khác" in said(of(people))


def test_what_is_not_recorded_is_said_and_listed_by_name() -> None:
    text = said(of(with_gaps()))

    assert "Chưa ghi tôn giáo: 01 đồng chí, chiếm 0,54%" in text
    assert "Chưa ghi ngày sinh: 01 đồng chí" in text
    assert "Trình độ lý luận chính trị: chưa ghi: 01 đồng chí" in text
    assert "tôn giáo, ngày sinh, trình độ lý luận chính trị" in text
    assert "Còn 01 đại biểu chưa ghi có mặt hay vắng mặt." in text
    assert "Đại biểu còn thiếu thông tin" not in said(of(delegates()))


def test_a_quorum_that_fails_is_said_as_loudly_as_one_that_holds() -> None:
    away = tuple(replace(one, attendance=Attendance.ABSENT_WITH_LEAVE) for one in delegates()[:190])

    assert "Đại hội đủ điều kiện tiến hành" in said(of(delegates()))
    assert "Đại hội CHƯA đủ điều kiện tiến hành" in said(of(away))


def test_the_quorum_says_that_its_share_was_not_confirmed_and_where_it_stands() -> None:
    text = said(of(delegates()))
    annex = re.search(r"chưa đối chiếu được với văn bản chính thức, xem Phụ lục (\d)", text)

    assert annex is not None
    assert f"PHỤ LỤC {annex[1]}\nThiết lập đã dùng, chưa đối chiếu" in text


def test_shares_may_be_of_the_summoned() -> None:
    told = of(with_gaps(), settings=CredentialsSettings(share_of="summoned"))

    assert "Các số liệu dưới đây tính trên 190 đại biểu được triệu tập." in said(told)
    assert "đại biểu được triệu tập | \n" in said(told) + "\n"


def test_complaints_are_told_or_denied() -> None:
    assert "không nhận được đơn thư" in said(of(delegates(), complaints=Complaints()))
    text = said(of(delegates(), complaints=Complaints(3, 2, 1)))
    assert "đã nhận 03 đơn thư" in text
    assert "trong đó 01 đơn có nội dung đúng; còn 01 đơn chưa kết luận" in text
    assert "01 đơn thư chưa kết luận được tiếp tục xem xét" in text


def test_complaints_that_nobody_recorded_are_neither_told_nor_denied() -> None:
    text = said(of(delegates()))

    assert "không nhận được đơn thư" not in text
    assert "đã nhận ………… đơn thư khiếu nại, tố cáo về tư cách đại biểu" in text
    assert "còn ………… đơn chưa kết luận" in text
    assert "tiếp tục xem xét" not in text


def test_settled_complaints_leave_nothing_open() -> None:
    text = said(of(delegates(), complaints=Complaints(2, 2, 0)))

    assert "không có đơn nào có nội dung đúng; còn 0 đơn chưa kết luận" in text
    assert "tiếp tục xem xét" not in text


def test_one_refused_for_two_reasons_is_one_person() -> None:
    twice = tuple(Refusal(DelegateId("d005"), reason) for reason in ("bầu sai thủ tục", "khai sai lý lịch"))
    text = said(of(delegates(), refusals=twice))

    assert "189 trên 190 đại biểu" in text
    assert "đối với 01 đồng chí:" in text
    assert "(bầu sai thủ tục);" in text
    assert "(khai sai lý lịch)." in text


def test_whom_the_board_has_not_looked_at_is_not_called_fit() -> None:
    waiting = {DelegateId("d001"), DelegateId("d002"), DelegateId("d200")}
    alone = said(of(delegates(), unexamined=waiting))
    beside = said(of(delegates(), unexamined=waiting, refusals=(Refusal(DelegateId("d005"), "khai sai lý lịch"),)))

    # d200 is an alternate in waiting and no delegate with a vote.
    assert "188 trên 190 đại biểu được triệu tập dự Đại hội đủ tư cách đại biểu." in alone
    assert "187 trên 190 đại biểu được triệu tập dự Đại hội đủ tư cách đại biểu;" in beside
    for text in (alone, beside):
        assert "Còn 02 đại biểu chưa được kết luận về tư cách" in text
    assert "190 đại biểu được triệu tập dự Đại hội đủ tư cách đại biểu." in said(of(delegates()))
    assert "chưa được kết luận về tư cách" not in said(of(delegates()))


def test_those_not_recognised_are_named_with_the_reason() -> None:
    told = of(
        delegates(),
        refusals=(Refusal(DelegateId("d005"), "bầu không đúng thủ tục"), Refusal(DelegateId("d999"), "không rõ")),
    )
    text = said(told)

    assert "188 trên 190 đại biểu" in text
    assert f"Đồng chí {delegates()[4].person.name}," in text
    assert "(bầu không đúng thủ tục)" in text
    assert "d999 (không rõ)" in text


def test_the_day_decides_regulation_and_end_mark() -> None:
    later = replace(ISSUE, on=date(2026, 6, 1))
    told = of(delegates())

    assert lines_of(blocks_of(report(told, later), HD05_2026))[-1] != ""
    assert "biểu quyết công nhận tư cách đại biểu./." in said(told)
    assert any(
        line.endswith("công nhận tư cách đại biểu.") for line in lines_of(blocks_of(report(told, later), HD05_2026))
    )


def test_the_edition_follows_from_the_opening_or_is_named() -> None:
    told = of(delegates())
    earlier = replace(CONGRESS, sessions=())
    old = CredentialsReport(earlier, replace(ISSUE, on=date(2020, 6, 3)), told, UNIT_NAMES)

    assert "Quyết định số 244-QĐ/TW, ngày 09/6/2014" in "\n".join(lines_of(blocks_of(old, HD36_2018)))
    with pytest.raises(UnknownEdition):
        blocks_of(replace(report(told), edition="999"), HD36_2018)


def test_an_empty_name_of_the_head_is_a_dotted_line() -> None:
    blank = replace(ISSUE, signatory=Signatory("", "", ""))

    assert any("………" in line for line in lines_of(blocks_of(report(of(delegates()), blank), HD36_2018)))
    assert "T/M BAN THẨM TRA TƯ CÁCH ĐẠI BIỂU" in said(of(delegates()))


def test_charts_bear_the_numbers_of_the_paper() -> None:
    told = of(with_gaps())
    text = said(told)

    for topic in Topic:
        for _label, count, share in chart(told, topic, "vi"):
            assert f"| {shown(count)} | {share.replace('.', ',')}" in text
        assert sum(count for _, count, _ in chart(told, topic, "en")) == told.group(topic).total
    assert detail_chart(told.group(Topic.ETHNICITY).details)[0][0] in {"Tày", "Dao"}


@pytest.mark.parametrize("topic", Topic)
def test_every_label_is_there_in_both_languages(topic: Topic) -> None:
    told = of(with_gaps())

    assert topic_label(topic, "vi") != topic_label(topic, "en")
    for line in told.group(topic).lines:
        if line.key.isascii():
            assert line_label(told, topic, line.key, "vi") != line_label(told, topic, line.key, "en")


def test_nobody_present_makes_a_report_without_dividing_by_nought() -> None:
    text = said(of(()))

    assert "có mặt là 0 đồng chí, chiếm 0,00%" in text
    assert "chưa ghi ngày sinh của đại biểu nào" in text
    assert share_vi(1, 0) == "0,00%"


def test_a_new_member_has_no_whole_year_of_party_age() -> None:
    new = Delegate(
        DelegateId("x"),
        Person("Ma Văn Tài", joined=PartialDate(2025, 1, 1)),
        UnitId("u01"),
        Category.ELECTED,
        Attendance.PRESENT,
    )

    assert "Ma Văn Tài, chưa đủ 01 năm tuổi đảng" in said(of((new,)))


def test_the_words_of_the_pdf_are_those_of_the_blocks() -> None:
    told = of(with_gaps())
    text = flat(words(pdf_text(credentials_report(report(told)).pdf)))

    for line in lines_of(blocks_of(report(told), HD36_2018)):
        if "|" not in line and line:
            assert not set(flat(line)) - set(text)
    assert flat("Tổng số đại biểu chính thức được triệu tập dự Đại hội là 190 đồng chí") in text


if __name__ == "__main__":
    GOLDEN.write_text(said(of(with_gaps(), complaints=Complaints(3, 2, 0))) + "\n", encoding="utf-8")
