"""What the minutes say: every fact of the count, in the order and the words of the official paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daihoi.papers.minutes.description import board_head, describe
from daihoi.papers.minutes.terms import (
    BallotLines,
    BaseLines,
    BoardLine,
    ClearInvalid,
    DeductionLine,
    MinutesInput,
    RefusedLine,
    RemovedLine,
    SampleDifferenceLine,
    SampledLine,
    SampleLines,
    SettingLine,
    TieLine,
    WarningLine,
)
from daihoi.papers.official.blocks import AnnexTitle, Closing, Description, Heading, Paragraph, Table, Title
from daihoi.papers.official.heading import heading_lines
from daihoi.rules.terms import (
    BallotForm,
    CandidateOutcome,
    CongressForm,
    DeductionGround,
    InvalidGround,
    Override,
    RoundKind,
)
from tests.papers.minutes_facts import DIGEST, facts, people


def texts(description: Description) -> list[str]:
    """Every paragraph, those of the closing too."""
    said = []
    for block in description.blocks:
        if isinstance(block, Paragraph):
            said.append(block.text)
        if isinstance(block, Closing):
            said += [paragraph.text for paragraph in block.paragraphs]
    return said


def tables(description: Description) -> list[Table]:
    """Every table in order."""
    return [block for block in description.blocks if isinstance(block, Table)]


def table_under(description: Description, heading: str) -> Table:
    """The first table after the paragraph that begins so."""
    blocks = list(description.blocks)
    start = next(
        place for place, block in enumerate(blocks) if isinstance(block, Paragraph) and block.text.startswith(heading)
    )
    return next(block for block in blocks[start:] if isinstance(block, Table))


def cells(table: Table) -> list[tuple[str, ...]]:
    """The rows as plain tuples."""
    return [row.cells for row in table.rows]


def the(description: Description, kind: type) -> object:
    """The one block of a kind."""
    found = [block for block in description.blocks if isinstance(block, kind)]
    assert len(found) == 1
    return found[0]


def closing(told: MinutesInput) -> Closing:
    """The closing of these minutes."""
    block = the(describe(told), Closing)
    assert isinstance(block, Closing)
    return block


def open_votes(outcome: CandidateOutcome = CandidateOutcome.TIED) -> MinutesInput:
    """Five names for four seats, two elected, two with 110 votes each."""
    lines = people(5, 2)
    tied = tuple(replace(line, votes=110, percent_of_base="59.14", outcome=outcome) for line in lines[2:4])
    return facts(5, 2, candidates=(*lines[:2], *tied, lines[4]), seats=3)


# Heading and title


def test_heading_has_congress_board_number_nation_and_day() -> None:
    assert the(describe(facts()), Heading) == Heading(
        congress=("ĐẠI HỘI ĐẠI BIỂU", "ĐẢNG BỘ HUYỆN NÀ LƯƠNG", "LẦN THỨ XXII"),
        board="BAN KIỂM PHIẾU",
        number="Số …………-BB/ĐH",
        nation="ĐẢNG CỘNG SẢN VIỆT NAM",
        place_day=("Nà Lương, ngày 17 tháng 6 năm 2025",),
    )


@pytest.mark.parametrize(
    ("title", "organisation", "lines"),
    [
        (
            "Đại hội Chi bộ thôn Bản Mới, nhiệm kỳ 2025-2027",
            "Chi bộ thôn Bản Mới",
            ("ĐẠI HỘI", "CHI BỘ THÔN BẢN MỚI,", "NHIỆM KỲ 2025-2027"),
        ),
        (
            "Đại hội lần thứ V, nhiệm kỳ 2025-2030",
            "Đảng bộ xã Pác Cốp",
            ("ĐẠI HỘI LẦN THỨ V", "ĐẢNG BỘ XÃ PÁC CỐP"),
        ),
        (
            "Hội nghị lần thứ nhất Ban Chấp hành Đảng bộ huyện Nà Lương khóa XXII",
            "Đảng bộ huyện Nà Lương",
            ("HỘI NGHỊ LẦN THỨ NHẤT", "BAN CHẤP HÀNH", "ĐẢNG BỘ HUYỆN NÀ LƯƠNG", "KHÓA XXII"),
        ),
        (
            "Đại hội đại biểu Đảng bộ thành phố Hồ Chí Minh lần thứ XII",
            "Đảng bộ thành phố Hồ Chí Minh",
            ("ĐẠI HỘI ĐẠI BIỂU", "ĐẢNG BỘ THÀNH", "PHỐ HỒ CHÍ MINH", "LẦN THỨ XII"),
        ),
    ],
)
def test_heading_breaks_where_a_paper_breaks(title: str, organisation: str, lines: tuple[str, ...]) -> None:
    assert tuple(line.rstrip(",") for line in heading_lines(title, organisation)) == tuple(
        line.rstrip(",") for line in lines
    )


def test_heading_of_a_meeting_leaves_the_sign_of_its_body_open() -> None:
    heading = the(describe(facts(form=CongressForm.MEETING)), Heading)
    assert isinstance(heading, Heading)
    assert heading.number == "Số …………-BB/………"


def test_day_below_ten_and_month_below_three_bear_a_nought() -> None:
    heading = the(describe(facts(on=date(2025, 2, 5))), Heading)
    assert isinstance(heading, Heading)
    assert heading.place_day == ("Nà Lương, ngày 05 tháng 02 năm 2025",)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("Ban Chấp hành khóa XXII", "kiểm phiếu bầu Ban Chấp hành khóa XXII"),
        ("Bầu Ban Chấp hành khóa XXII", "kiểm phiếu bầu Ban Chấp hành khóa XXII"),
        ("bầu  Bí thư", "kiểm phiếu bầu Bí thư"),
    ],
)
def test_title_says_bau_once(given: str, said: str) -> None:
    title = the(describe(facts(contest_title=given)), Title)
    assert title == Title("BIÊN BẢN", (said,))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (RoundKind.FURTHER, "(bầu tiếp, lần 02)"),
        (RoundKind.TIE_REBALLOT, "(bầu lại trong số những đồng chí có số phiếu bằng nhau, lần 02)"),
        (RoundKind.FIRST, "(lần 02)"),
    ],
)
def test_title_of_a_later_round_says_so(kind: RoundKind, said: str) -> None:
    title = the(describe(facts(round=2, round_kind=kind)), Title)
    assert isinstance(title, Title)
    assert title.abstract[1:] == (said,)


def test_a_long_place_stands_above_the_day() -> None:
    heading = the(describe(facts(place="Thành phố Phan Rang - Tháp Chàm")), Heading)
    assert isinstance(heading, Heading)
    assert heading.place_day == ("Thành phố Phan Rang - Tháp Chàm,", "ngày 17 tháng 6 năm 2025")


# Legal basis, opening, board


@pytest.mark.parametrize(
    ("edition", "on", "basis"),
    [
        (
            "190-QD-TW-2024",
            date(2025, 6, 17),
            [
                (
                    "- Căn cứ Quyết định số 190-QĐ/TW, ngày 10/10/2024 của Ban Chấp hành Trung ương về Quy chế bầu cử "
                    "trong Đảng;"
                ),
                "- Căn cứ Hướng dẫn số 04-HD/TW, ngày 31/12/2024 về Quy chế bầu cử trong Đảng,",
            ],
        ),
        (
            "190-QD-TW-2024",
            date(2024, 12, 30),
            [
                (
                    "- Căn cứ Quyết định số 190-QĐ/TW, ngày 10/10/2024 của Ban Chấp hành Trung ương về Quy chế bầu cử "
                    "trong Đảng,"
                ),
            ],
        ),
        (
            "244-QD-TW-2014",
            date(2020, 6, 5),
            [
                (
                    "- Căn cứ Quyết định số 244-QĐ/TW, ngày 09/6/2014 của Ban Chấp hành Trung ương về Quy chế bầu cử "
                    "trong Đảng;"
                ),
                "- Căn cứ Hướng dẫn số 03-HD/TW, ngày 20/3/2020 về Quy chế bầu cử trong Đảng,",
            ],
        ),
        (
            "244-QD-TW-2014",
            date(2015, 6, 5),
            [
                (
                    "- Căn cứ Quyết định số 244-QĐ/TW, ngày 09/6/2014 của Ban Chấp hành Trung ương về Quy chế bầu cử "
                    "trong Đảng;"
                ),
                "- Căn cứ Hướng dẫn số 04-HD/TW, ngày 06/10/2014 về Quy chế bầu cử trong Đảng,",
            ],
        ),
    ],
)
def test_legal_basis_is_the_edition_with_the_guidance_of_the_day(edition: str, on: date, basis: list[str]) -> None:
    said = texts(describe(facts(edition=edition, on=on)))
    assert [text for text in said if text.startswith("- Căn cứ")] == basis


@pytest.mark.parametrize("form", list(CongressForm))
@pytest.mark.parametrize("edition", ["190-QD-TW-2024", "244-QD-TW-2014"])
def test_articles_of_the_centre_are_never_cited(form: CongressForm, edition: str) -> None:
    told = describe(facts(form=form, edition=edition))
    said = " ".join([*texts(told), *(cell for table in tables(told) for row in cells(table) for cell in row)])
    assert "Điều 26" not in said
    assert "Điều 27" not in said


def test_opening_says_hour_place_and_contest() -> None:
    said = texts(describe(facts()))
    assert (
        "Vào hồi 14 giờ 05 phút, ngày 17 tháng 6 năm 2025, tại Nà Lương, Ban kiểm phiếu Đại hội đại biểu Đảng bộ huyện "
        "Nà Lương lần thứ XXII, nhiệm kỳ 2025-2030 tiến hành kiểm phiếu bầu Ban Chấp hành Đảng bộ huyện Nà Lương khóa "
        "XXII và lập biên bản như sau:"
    ) in said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("2025-06-17T07:30:00", "Vào hồi 07 giờ 30 phút, ngày 17 tháng 6 năm 2025,"),
        ("chiều 17/6", "Vào hồi chiều 17/6, tại Nà Lương,"),
        ("8 giờ 00", "Vào hồi 8 giờ 00, ngày 17 tháng 6 năm 2025, tại Nà Lương,"),
        (None, "Vào hồi ………… giờ ………… phút, ngày ………… tháng ………… năm …………,"),
        ("", "Vào hồi ………… giờ ………… phút, ngày ………… tháng ………… năm …………,"),
    ],
)
def test_opening_hour_may_be_a_text_or_missing(given: str | None, said: str) -> None:
    assert any(text.startswith(said) for text in texts(describe(facts(opened=given))))


def test_board_stands_with_units_and_roles() -> None:
    said = texts(describe(facts()))
    start = said.index("Ban kiểm phiếu gồm 03 đồng chí:")
    assert said[start + 1 : start + 4] == [
        "- Đồng chí Nguyễn Thị Hồng Vân, Đảng bộ xã Bản Mới, Trưởng ban;",
        "- Đồng chí Lò Văn Phúc, Đảng bộ Công an huyện, Phó trưởng ban;",
        "- Đồng chí Triệu Mùi Nái, Đảng bộ xã Pác Cốp, Ủy viên.",
    ]


@pytest.mark.parametrize(
    ("roles", "head"),
    [
        (("Ủy viên", "Trưởng ban"), "B"),
        (("tổ trưởng", "thành viên"), "A"),
        (("Phó trưởng ban", "Ủy viên"), ""),
        ((), ""),
    ],
)
def test_head_of_the_board_is_found_by_role(roles: tuple[str, ...], head: str) -> None:
    board = tuple(BoardLine(name, role) for name, role in zip("AB", roles, strict=False))
    assert board_head(facts(board=board)) == head


# List, base, ballots


def test_list_stands_in_ballot_order_two_by_two() -> None:
    lines = (replace(people(3, 2)[0], note="1980"), *people(3, 2)[1:])
    listed = table_under(describe(facts(3, 2, candidates=lines)), "2. Số lượng")
    assert cells(listed) == [("1. Nguyễn Văn An (1980)", "2. Trần Thị Bình"), ("3. Lê Đức Chiến", "")]
    assert not listed.ruled


@pytest.mark.parametrize(
    ("form", "voter"),
    [(CongressForm.DELEGATES, "đại biểu"), (CongressForm.MEMBERS, "đảng viên"), (CongressForm.MEETING, "ủy viên")],
)
def test_voters_are_named_by_the_form(form: CongressForm, voter: str) -> None:
    said = texts(describe(facts(form=form)))
    assert (
        f"Số lượng cần bầu: 39 đồng chí. Phiếu bầu có số dư: {voter} gạch họ và tên những người mình không bầu." in said
    )


def test_agree_form_and_alternates_are_told() -> None:
    said = texts(describe(facts(ballot_form=BallotForm.AGREE_DISAGREE, alternates_wanted=2)))
    assert any(
        "Số lượng dự khuyết cần bầu: 02 đồng chí." in text and "đánh dấu X vào một trong hai ô" in text for text in said
    )


@pytest.mark.parametrize(
    ("form", "label"),
    [
        (CongressForm.DELEGATES, "Đại biểu chính thức được triệu tập"),
        (CongressForm.MEMBERS, "Đảng viên chính thức được triệu tập"),
        (CongressForm.MEETING, "Ủy viên được triệu tập"),
    ],
)
def test_base_is_a_worksheet_line_by_line(form: CongressForm, label: str) -> None:
    base = BaseLines(
        45,
        (
            DeductionLine(DeductionGround.TEMPORARILY_ELSEWHERE, 2),
            DeductionLine(DeductionGround.EXEMPT_NOT_PRESENT, 3, "cao tuổi"),
        ),
        40,
        21,
        "190-QĐ/TW Đ30 k2",
    )
    told = describe(facts(form=form, base=base, present=39, absent=1))
    assert "Cơ sở tính kết quả (theo khoản 2 Điều 30, 190-QĐ/TW):" in texts(told)
    table = table_under(told, "3. Cơ sở tính")
    assert cells(table) == [
        (label, "45"),
        ("Trừ: đảng viên được giới thiệu sinh hoạt tạm thời ở đảng bộ khác", "02"),
        ("Trừ: đảng viên được miễn công tác và sinh hoạt đảng, không có mặt (cao tuổi)", "03"),
        ("Cơ sở tính kết quả bầu cử", "40"),
        ("Quá một nửa cơ sở tính, tức là ít nhất (số phiếu)", "21"),
        ("Có mặt khi bỏ phiếu", "39"),
        ("Vắng mặt khi bỏ phiếu", "01"),
    ]
    assert [row.strong for row in table.rows] == [False, False, False, True, True, False, False]


def test_ballots_stand_with_every_figure_and_ground() -> None:
    grounds = ((InvalidGround.OVER_VOTE, 2), (InvalidGround.VOTES_NOBODY, 1))
    ballots = BallotLines(185, 184, 181, 3, 1, printed=1200, spoiled=0, unused=13, invalid_by_ground=grounds)
    assert cells(table_under(describe(facts(ballots=ballots)), "4. Phiếu bầu")) == [
        ("Số phiếu in", "1.200"),
        ("Số phiếu hỏng, phải đổi", "0"),
        ("Số phiếu không dùng đến", "13"),
        ("Số phiếu phát ra", "185"),
        ("Số phiếu thu vào", "184"),
        ("Số phiếu phát ra nhưng không thu lại được", "01"),
        ("Số phiếu hợp lệ", "181"),
        ("Số phiếu không hợp lệ", "03"),
        ("Trong đó: phiếu bầu quá số lượng cần bầu", "02"),
        ("Trong đó: phiếu không bầu cho ai", "01"),
    ]


def test_clear_invalid_ballots_are_listed_for_the_board_to_confirm() -> None:
    clear = (
        ClearInvalid("b0002", (InvalidGround.OVER_VOTE,)),
        ClearInvalid("b0005", (InvalidGround.VOTES_NOBODY,)),
        ClearInvalid("b0009", (InvalidGround.OVER_VOTE,)),
    )
    said = next(text for text in texts(describe(facts(clear_invalid=clear))) if "theo dấu đã rõ" in text)
    assert "được tập thể Ban kiểm phiếu xem và xác nhận (03 phiếu)" in said
    assert "phiếu bầu quá số lượng cần bầu: b0002, b0009; phiếu không bầu cho ai: b0005." in said


def test_no_clear_invalid_ballot_no_sentence() -> None:
    assert not any("theo dấu đã rõ" in text for text in texts(describe(facts(clear_invalid=()))))


# Result


def test_votes_stand_in_ballot_order_with_percent_of_base() -> None:
    told = open_votes()
    table = table_under(describe(told), "5. Kết quả kiểm phiếu")
    assert cells(table) == [
        ("1", "Nguyễn Văn An", "180", "96,77%", "Trúng cử"),
        ("2", "Trần Thị Bình", "179", "96,24%", "Trúng cử"),
        ("3", "Lê Đức Chiến", "110", "59,14%", "Bằng phiếu"),
        ("4", told.candidates[3].name, "110", "59,14%", "Bằng phiếu"),
        ("5", "Hoàng Minh Đạt", "60", "32,26%", "Không quá một nửa"),
    ]
    assert any("tỉ lệ so với cơ sở tính (186)" in text for text in texts(describe(told)))


def test_elected_stand_in_the_order_that_was_given() -> None:
    lines = people(4, 3)
    told = describe(facts(4, 3, elected=("c03", "c01", "c02")))
    assert "03 đồng chí sau đây trúng cử, xếp theo số phiếu từ cao xuống thấp:" in texts(told)
    assert [row[1] for row in cells(table_under(told, "6. Kết quả bầu cử"))] == [
        lines[place].name for place in (2, 0, 1)
    ]


def test_nobody_elected_is_said() -> None:
    told = describe(facts(4, 3, elected=()))
    assert "Không có đồng chí nào trúng cử trong lần bầu này." in texts(told)


def test_alternates_stand_in_rank_after_the_elected() -> None:
    told = describe(facts(6, 3, alternates=("c05", "c04")))
    after = table_under(told, "02 đồng chí sau đây là đại biểu dự khuyết")
    assert [row[:2] for row in cells(after)] == [("1", "Hoàng Minh Đạt"), ("2", told_name(6, 3, 3))]


def told_name(count: int, winners: int, place: int) -> str:
    """The name at a place of the list of `people`."""
    return people(count, winners)[place].name


def test_tie_asks_for_a_reballot_of_the_tied_alone() -> None:
    told = replace(open_votes(), ties=(TieLine(("c03", "c04"), 1),))
    said = next(text for text in texts(describe(told)) if "số phiếu bằng nhau" in text)
    assert said == (
        f"Các đồng chí có số phiếu bằng nhau ở vị trí cuối cùng: Lê Đức Chiến (110 phiếu), {told.candidates[3].name} "
        "(110 phiếu). Đề nghị Đoàn chủ tịch lập danh sách để đại hội bầu lại trong số những đồng chí này, lấy 01 đồng "
        "chí."
    )


def test_tie_in_a_reballot_is_for_the_congress() -> None:
    told = replace(open_votes(), ties=(TieLine(("c03", "c04"), 1),), round=2, round_kind=RoundKind.TIE_REBALLOT)
    said = next(text for text in texts(describe(told)) if "vẫn có số phiếu bằng nhau" in text)
    assert said.endswith("Việc có bầu lại nữa hay không để lấy 01 đồng chí do đại hội quyết định.")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (RoundKind.FIRST, "ở vị trí dự khuyết cuối cùng: Lê Đức Chiến (110 phiếu)"),
        (RoundKind.TIE_REBALLOT, "ở vị trí dự khuyết cuối cùng sau khi bầu lại: Lê Đức Chiến (110 phiếu)"),
    ],
)
def test_tie_for_alternates_is_not_told_as_one_for_seats(kind: RoundKind, said: str) -> None:
    told = replace(open_votes(), ties=(TieLine(("c03", "c04"), 1, for_alternates=True),), round_kind=kind)
    tie = next(text for text in texts(describe(told)) if "số phiếu bằng nhau" in text)
    assert said in tie
    assert "lấy 01 đồng chí dự khuyết" in tie


@pytest.mark.parametrize(("form", "sitting"), [(CongressForm.DELEGATES, "đại hội"), (CongressForm.MEETING, "hội nghị")])
def test_shortfall_is_for_the_sitting_to_decide(form: CongressForm, sitting: str) -> None:
    said = texts(describe(facts(form=form, shortfall=2)))
    assert (
        "Số đồng chí trúng cử còn thiếu 02 so với số lượng cần bầu. Việc có tiếp tục bầu cho đủ hay không do "
        f"{sitting} quyết định."
    ) in said


def test_shortfall_may_ask_for_a_further_vote_first() -> None:
    said = texts(describe(facts(shortfall=2, shortfall_rule="vote_again_then_congress_decides")))
    assert any("bầu tiếp cho đủ; sau đó nếu vẫn thiếu" in text for text in said)


def test_no_shortfall_no_sentence() -> None:
    assert not any("còn thiếu" in text for text in texts(describe(facts())))


def test_open_questions_about_alternates_are_told() -> None:
    said = texts(
        describe(
            replace(
                open_votes(CandidateOutcome.ALTERNATE),
                alternates=("c03", "c04"),
                equal_alternates=(("c03", "c04"),),
                awaiting_alternates=("c05",),
                alternates_shortfall=1,
            )
        )
    )
    equal = "Các đồng chí dự khuyết có số phiếu bằng nhau: Lê Đức Chiến (110 phiếu)"
    assert any(text.startswith(equal) for text in said)
    assert any("có thể là dự khuyết: Hoàng Minh Đạt (60 phiếu)." in text for text in said)
    assert any(text.startswith("Số dự khuyết còn thiếu 01") for text in said)


def test_plurality_needs_the_presidium() -> None:
    said = texts(describe(facts(by_plurality=True, round=2, round_kind=RoundKind.TIE_REBALLOT)))
    assert any("không cần phải quá một nửa" in text and "cần được Đoàn chủ tịch xác nhận" in text for text in said)
    assert not any("không cần phải quá một nửa" in text for text in texts(describe(facts())))


@pytest.mark.parametrize(
    ("document", "end"), [("", "lý do: đã thống nhất."), ("BB 03", "lý do: đã thống nhất; văn bản: BB 03.")]
)
def test_plurality_tells_who_confirmed_it(document: str, end: str) -> None:
    confirmed = Override("tie_reballot_plurality", "Đoàn chủ tịch", "đã thống nhất", document)
    told = describe(facts(by_plurality=True, overrides=(confirmed,)))
    said = next(text for text in texts(told) if "không cần phải quá một nửa" in text)
    assert said.endswith("Kết quả này đã được xác nhận. Người xác nhận: Đoàn chủ tịch; " + end)
    assert cells(table_under(told, "2. Các kiểm tra"))[0][1].startswith("Xác nhận kết quả bầu lại")


@pytest.mark.parametrize("note", ["1980", "(1980)"])
def test_a_note_stands_in_brackets_once(note: str) -> None:
    lines = (replace(people(3, 2)[0], note=note), *people(3, 2)[1:])
    assert cells(table_under(describe(facts(3, 2, candidates=lines)), "5. Kết quả"))[0][1] == "Nguyễn Văn An (1980)"


# Closing


def test_closing_says_hour_copies_signatures_and_digest() -> None:
    block = closing(facts())
    assert [paragraph.text for paragraph in block.paragraphs] == [
        (
            "Việc kiểm phiếu kết thúc vào hồi 15 giờ 40 phút, ngày 17 tháng 6 năm 2025. Phiếu bầu được Ban kiểm phiếu "
            "niêm phong và giao Đoàn chủ tịch theo quy định."
        ),
        (
            "Biên bản được lập thành 03 bản, đã được Ban kiểm phiếu thông qua, báo cáo Đoàn chủ tịch và công bố trước "
            "đại hội./."
        ),
    ]
    assert (block.left.authority, block.left.post, block.left.name) == ("T/M ĐOÀN CHỦ TỊCH", "", "Bế Xuân Trường")
    assert (block.right.authority, block.right.post) == ("T/M BAN KIỂM PHIẾU", "TRƯỞNG BAN")
    assert block.right.name == "Nguyễn Thị Hồng Vân"
    assert "".join(block.digest.lines).replace(" ", "") == DIGEST
    assert block.digest.payload == DIGEST


def test_number_of_copies_is_printed() -> None:
    assert "lập thành 12 bản" in closing(facts(copies=12)).paragraphs[1].text


# Missing facts


def test_every_fact_given_misses_nothing() -> None:
    assert describe(facts()).missing == ()


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"presidium_head": None}, "minutes.presidium_head"),
        ({"presidium_head": ""}, "minutes.presidium_head"),
        ({"opened": None}, "minutes.opened"),
        ({"closed": None}, "minutes.closed"),
        ({"board": ()}, "board"),
        ({"board": (BoardLine("Lò Văn Phúc", "Ủy viên"),)}, "board.role"),
        ({"ballots": BallotLines(5, 5, 5, 0, 0, None, 0, 1)}, "contests.committee.ballots.printed"),
        ({"ballots": BallotLines(5, 5, 5, 0, 0, 6, None, 1)}, "contests.committee.ballots.spoiled"),
        ({"ballots": BallotLines(5, 5, 5, 0, 0, 6, 0, None)}, "contests.committee.ballots.unused"),
    ],
)
def test_a_missing_fact_is_a_dotted_line_and_a_warning(change: dict[str, object], key: str) -> None:
    told = describe(facts(**change))
    assert told.missing == (key,)
    block = the(told, Closing)
    assert isinstance(block, Closing)
    everything = [
        *texts(told),
        *(cell for table in tables(told) for row in cells(table) for cell in row),
        block.left.name,
        block.right.name,
    ]
    assert any("…………" in text for text in everything)


def test_a_figure_of_nought_is_not_missing() -> None:
    told = describe(facts(ballots=BallotLines(5, 5, 5, 0, 0, 5, 0, 0)))
    assert told.missing == ()


# Annexes


def test_annexes_begin_with_their_titles() -> None:
    titles = [block for block in describe(facts()).blocks if isinstance(block, AnnexTitle)]
    assert titles == [
        AnnexTitle("PHỤ LỤC 1", "Thiết lập và điều khoản chưa được xác nhận"),
        AnnexTitle("PHỤ LỤC 2", "Kết luận của Ban kiểm phiếu và các trang không đọc được"),
    ]


def sample(**changes: object) -> SampleLines:
    """Two ballots of nine, of which the second was read otherwise at first."""
    papers = (
        SampledLine(1, 7, "b0007", "2/3", 4, "Lò Văn An", 1, agrees=True),
        SampledLine(3, 2, "b0002", "", 2, "Bàn Thị Bình", 2, agrees=True),
    )
    differs = (
        SampleDifferenceLine("b0002", 1, "kept", "struck", "c01"),
        SampleDifferenceLine("b0002", 1, "valid", "OUTSIDE_NAME"),
    )
    told = SampleLines("6 2 4", 9, 2, 7, "ab" * 32, "Lục Thị Yến", "2025-06-17T15:02:00", papers, differs, 2)
    return replace(told, **changes)  # type: ignore[arg-type]


def test_hand_sample_is_an_annex_with_seed_ballots_differences_and_bound() -> None:
    told = describe(facts(samples=(sample(),)))
    titles = [block.number for block in told.blocks if isinstance(block, AnnexTitle)]
    assert titles == ["PHỤ LỤC 1", "PHỤ LỤC 2", "PHỤ LỤC 3"]
    said = " ".join(texts(told))
    for words in (
        "số gieo trước mọi người là: 6 2 4.", "rút 02 phiếu trong tổng số 09 phiếu", "“6 2 4,k”", "chia cho 9",
        "abab abab", "Nếu có từ 07 phiếu trở lên trong 09 phiếu", "khớp với kết quả đã kiểm: 02.",
    ):  # fmt: skip
        assert words in said
    rows = cells(table_under(told, "2. Các phiếu đã rút"))
    assert rows[0] == ("1", "1", "7", "b0007", "2/3, 4", "Lò Văn An", "1", "khớp")
    assert rows[1][4] == "2"
    first, second = cells(table_under(told, "3. Các chỗ khác nhau"))
    assert first[4:] == ("để lại", "gạch")
    assert second[3:] == ("(cả phiếu)", "phiếu hợp lệ", "phiếu bầu người ngoài danh sách")
    assert "5. Các mẫu" not in said


@pytest.mark.parametrize(
    ("changes", "said", "not_said"),
    [
        ({"read": 1, "papers": sample().papers[:1]}, "khớp với kết quả đã kiểm: 01", "19 trên 20"),
        ({"ballots": 2}, "Toàn bộ phiếu đã được đọc lại", "19 trên 20"),
        ({"reason": "nghe nhầm số", "papers": ()}, "nghe nhầm số", "1. Cách rút mẫu"),
    ],
)
def test_sample_bounds_nothing_unless_it_agrees_and_leaves_ballots(
    changes: dict[str, object], said: str, not_said: str
) -> None:
    told = describe(facts(samples=(sample(**changes),)))
    words = " ".join((*texts(told), *(cell for table in tables(told) for row in cells(table) for cell in row)))
    assert said in words
    assert not_said not in words


def test_unconfirmed_settings_stand_with_value_and_clause() -> None:
    settings = (
        SettingLine("surplus_floor_one", "True", "190-QĐ/TW Đ14 k1"),
        SettingLine("layout_profile_from", "2026-05-27", "HD 05-HD/VPTW 2026"),
        SettingLine("own", "7", "", "Thiết lập riêng"),
        SettingLine("no_words", "x"),
    )
    rows = cells(table_under(describe(facts(settings=settings)), "1. Các thiết lập"))
    assert rows[0] == (
        "1",
        "Dù số lượng cần bầu ít, danh sách vẫn được có số dư một người",
        "có",
        "khoản 1 Điều 14, 190-QĐ/TW",
    )
    assert rows[1][1:] == (
        "Ngày bắt đầu áp dụng thể thức của Hướng dẫn 05-HD/VPTW",
        "27/5/2026",
        "Hướng dẫn 05-HD/VPTW 2026",
    )
    assert rows[2] == ("3", "Thiết lập riêng", "7", "")
    assert rows[3][1] == "no_words"
    assert rows[4][1] == "Các điều, khoản được viện dẫn mà chưa đọc được nguyên văn"
    assert "khoản 2 Điều 15" in rows[4][2]
    assert len(rows) == 5


def test_date_of_the_layout_is_unconfirmed_whether_given_as_a_setting_or_not() -> None:
    rows = cells(table_under(describe(facts(settings=(), hd05_from=date(2026, 1, 12))), "1. Các thiết lập"))
    assert [row[2] for row in rows if "thể thức" in row[1]] == ["12/01/2026"]


def test_overrides_stand_with_body_reason_and_document() -> None:
    overrides = (Override("surplus_within_limit", "Tỉnh ủy", "Cơ cấu", "Thông báo 12-TB/TU"),)
    assert cells(table_under(describe(facts(overrides=overrides)), "2. Các kiểm tra")) == [
        ("1", "Số dư không vượt quá mức tối đa", "Tỉnh ủy", "Cơ cấu", "Thông báo 12-TB/TU")
    ]


def test_warnings_stand_with_figures_and_clause() -> None:
    warnings = (
        WarningLine("candidates_fewer_than_seats", "190-QĐ/TW Đ14 k1", {"candidates": 3, "seats": 5, "surplus": -2}),
        WarningLine("unknown_check", "", {"figure": 4}),
        WarningLine("any", "", {}, "Lời của đại hội"),
    )
    assert cells(table_under(describe(facts(warnings=warnings)), "3. Các lưu ý")) == [
        ("1", "Danh sách có 3 người, ít hơn số lượng cần bầu là 5.", "khoản 1 Điều 14, 190-QĐ/TW"),
        ("2", "unknown_check (figure: 4)", ""),
        ("3", "Lời của đại hội", ""),
    ]


def test_decisions_of_the_board_stand_with_proposal_and_time() -> None:
    told = describe(facts())
    rows = cells(table_under(told, "1. Kết luận"))
    assert "Người ghi: Nguyễn Thị Hồng Vân." in texts(told)
    name = people(44, 39)[3].name
    assert rows == [
        ("1", "b0031", name, "nét gạch chưa hết họ và tên", "gạch", "gạch", "14:50 17/6/2025"),
        (
            "2",
            "b0101",
            "(cả phiếu)",
            "phiếu đánh dấu riêng hoặc dùng nhiều loại mực",
            "phiếu hợp lệ",
            "phiếu bầu quá số lượng cần bầu",
            "14:52 17/6/2025",
        ),
    ]


def test_closing_hour_in_words_is_given_the_day_of_the_paper() -> None:
    assert any(
        "kết thúc vào hồi 10 giờ, ngày 17 tháng 6 năm 2025." in text for text in texts(describe(facts(closed="10 giờ")))
    )


def test_a_term_of_years_is_kept_together_in_title_heading_and_opening() -> None:
    term, kept = "nhiệm kỳ 2020 - 2025", "nhiệm kỳ 2020\u00a0-\u00a02025"
    told = describe(facts(contest_title=f"Ban Chấp hành, {term}", congress_title=f"Đại hội Chi bộ Bản Mới, {term}"))
    heading, title = the(told, Heading), the(told, Title)
    assert isinstance(heading, Heading)
    assert isinstance(title, Title)
    assert kept.upper() in heading.congress
    assert title.abstract == (f"kiểm phiếu bầu Ban Chấp hành, {kept}",)
    opening = next(text for text in texts(told) if text.startswith("Vào hồi"))
    assert opening.count(kept) == 2
    # The property of the file is for programs and breaks over no line.
    assert told.title.endswith(term)


@pytest.mark.parametrize(
    ("hands", "above", "column", "last"),
    [
        ((("Vân", "14:50"), ("Vân", "14:50")), "Người ghi, thời gian: Vân 14:50.", "Kết luận", "gạch"),
        ((("Vân", "14:50"), ("Vân", "14:51")), "Người ghi: Vân.", "Thời gian", "14:51"),
        ((("Phúc", "14:50"), ("Vân", "14:50")), "", "Người ghi, thời gian", "Vân 14:50"),
        ((("", "14:50"), ("", "14:50")), "", "Người ghi, thời gian", "14:50"),
        ((("Vân", "14:50"),), "", "Người ghi, thời gian", "Vân 14:50"),
    ],
)
def test_what_all_decisions_share_stands_once_above_them(
    hands: tuple[tuple[str, str], ...], above: str, column: str, last: str
) -> None:
    one = facts().decisions[0]
    told = describe(facts(refused=(), decisions=tuple(replace(one, by=by, at=at) for by, at in hands)))
    table = table_under(told, "1. Kết luận")
    assert (table.columns[-1].title, table.rows[-1].cells[-1]) == (column, last)
    assert [text for text in texts(told) if text.startswith("Người ghi")] == [above] * bool(above)
    assert sum(one.width_mm for one in table.columns) == told.profile.width_mm


def test_decisions_tell_equal_names_apart_as_the_result_does() -> None:
    first, second, *others = people(6, 4)
    equal = (replace(first, name="Bế Văn An", note="1968"), replace(second, name="Bế Văn An", note="1975"), *others)
    one = facts().decisions[0]
    decisions = (replace(one, candidate=first.id), replace(one, candidate=second.id))
    told = describe(facts(6, 4, candidates=equal, decisions=decisions))
    names = [row[2] for row in cells(table_under(told, "1. Kết luận"))]
    assert names == ["Bế Văn An (1968)", "Bế Văn An (1975)"]
    assert names == [row[1] for row in cells(table_under(told, "5. Kết quả kiểm phiếu"))][:2]


def test_refused_pages_stand_with_their_answers() -> None:
    refused = (
        RefusedLine("a.jpg", 0, "corners_not_found", "2", "4", 'keyed:{"c01":"kept"}', "Vân", "2025-06-17T14:58:00"),
        RefusedLine("b.pdf", 3, "blank_page", answer="not_a_ballot"),
    )
    assert cells(table_under(describe(facts(refused=refused)), "2. Các trang")) == [
        ("1", "a.jpg #0", "không thấy dấu góc", "2", "4", "nhập tay: 1 để lại", "Vân 14:58 17/6/2025"),
        ("2", "b.pdf #3", "trang trắng", "", "", "không phải phiếu bầu", ""),
    ]


def test_removed_batches_stand_with_their_reasons_and_are_not_spoken_of_where_there_is_none() -> None:
    removed = (
        RemovedLine("3/8", "", 51, "máy kéo hai tờ", "Vân", "2025-06-17T14:58:00"),
        RemovedLine("", "lo 2", 20, "lẫn tệp"),
        RemovedLine("", "", 4, "quét thử"),
    )
    table = table_under(describe(facts(removed=removed)), "2a. Các tệp phiếu")
    assert cells(table) == [
        ("1", "Tệp số 3/8", "51", "máy kéo hai tờ", "Vân 14:58 17/6/2025"),
        ("2", "Thư mục lo 2", "20", "lẫn tệp", ""),
        ("3", "Thư mục quét chung", "4", "quét thử", ""),
    ]
    assert sum(column.width_mm for column in table.columns) == pytest.approx(165)
    assert not any(text.startswith("2a.") for text in texts(describe(facts())))


def test_empty_annexes_say_that_there_is_nothing() -> None:
    told = describe(facts(overrides=(), warnings=(), decisions=(), refused=()))
    assert texts(told).count("Không có.") == 4


def test_software_and_its_limit_are_named() -> None:
    said = texts(describe(facts()))
    assert "Biên bản lập bằng phần mềm Daihoi, phiên bản 0.1.0." in said
    assert any("chương trình kiểm phiếu do cấp trên quy định" in text for text in said)


def test_tables_fill_the_text_area_and_every_row_its_columns() -> None:
    for table in tables(describe(facts())):
        assert sum(column.width_mm for column in table.columns) == pytest.approx(165)
        assert {len(row.cells) for row in table.rows} == {len(table.columns)}
