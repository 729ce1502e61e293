"""The headings: who, what, how many, how; roomy on a short list, compact on a long one, short on the back."""

from __future__ import annotations

import pytest

from daihoi.papers.typefaces import measure
from daihoi.sheet import paper
from daihoi.sheet.errors import HeadingTooLongError
from daihoi.sheet.heading import Heading, back, compact, roomy
from daihoi.sheet.terms import Anchor, Line, Rect, Text
from tests.sheet.samples import AGREE, STRIKE, covers, face, inside, ordinary, overlap, tall_face

PLAIN = face(STRIKE, ordinary(3))
TALL = tall_face(STRIKE, ordinary(3))
LONG_TITLE = "Bầu Đoàn đại biểu Đảng bộ huyện Nà Lương dự Đại hội đại biểu Đảng bộ tỉnh Thanh Giang lần thứ XX " * 2


def texts(heading: Heading) -> list[Text]:
    return [item for item in heading.drawn if isinstance(item, Text)]


def said(heading: Heading) -> str:
    return " ".join(text.text for text in texts(heading))


def axes(heading: Heading) -> set[float]:
    return {text.x for text in texts(heading)}


@pytest.mark.parametrize("make", [roomy, compact, back])
@pytest.mark.parametrize("sheet", [PLAIN, TALL, face(AGREE, ordinary(3))], ids=["plain", "tall", "agree"])
def test_heading_stands_above_the_list_and_off_stamp_and_codes(make: object, sheet: object) -> None:
    heading = make(sheet, measure)  # type: ignore[operator]
    assert all(inside(covers(item), Rect(14, 10, 182, heading.bottom - 10)) for item in heading.drawn)
    code = Rect(paper.CODE_TOP_RIGHT.x - 2.2, 10, 20.4, 18.2)
    assert not any(overlap(covers(item), code) for item in heading.drawn)
    if make is not back:
        assert not any(overlap(covers(item), paper.STAMP) for item in heading.drawn)


@pytest.mark.parametrize("make", [roomy, compact])
def test_front_says_everything_in_order(make: object) -> None:
    words = said(make(PLAIN, measure))  # type: ignore[operator]
    parts = [
        "TỈNH THANH GIANG",
        "HUYỆN NÀ LƯƠNG",
        "LẦN THỨ XXIII",
        "PHIẾU BẦU CỬ",
        "Bầu Ban Chấp hành",
        "cần bầu: 39",
        "gạch giữa",
    ]
    places = [words.index(part) for part in parts]
    assert places == sorted(places)


def test_back_says_title_and_seats_only() -> None:
    words = said(back(PLAIN, measure))
    assert words.endswith("Số lượng cần bầu: 39")
    assert words.startswith("Bầu Ban Chấp hành")


def test_every_line_of_a_heading_is_centred() -> None:
    for make in (roomy, compact, back):
        assert {text.anchor for text in texts(make(TALL, measure))} == {Anchor.MIDDLE}


def test_compact_heading_is_lower_than_the_roomy_one() -> None:
    assert compact(PLAIN, measure).bottom < roomy(PLAIN, measure).bottom - 15.0


def test_roomy_heading_has_a_short_rule_under_the_organisation() -> None:
    (rule,) = [item for item in roomy(PLAIN, measure).drawn if isinstance(item, Line)]
    assert rule.x1 - rule.x0 == pytest.approx(28.0)
    below = next(text for text in texts(roomy(PLAIN, measure)) if "ĐẠI HỘI" in text.text)
    assert below.baseline > rule.y0


def test_short_instruction_keeps_the_axis_of_the_compact_headings() -> None:
    short = face(AGREE, ordinary(3), instruction=("Đánh dấu X vào một trong hai ô của mỗi người.",))
    assert len(axes(compact(short, measure))) == 1


def test_long_instruction_is_centred_on_the_page() -> None:
    long = face(STRIKE, ordinary(3), instruction=("Đại biểu gạch giữa cả chữ họ và tên những người mình không bầu.",))
    wide = [text for text in texts(compact(long, measure)) if text.text.startswith("Đại biểu")]
    assert [text.x for text in wide] == [105.0]


def test_missing_superior_leaves_no_gap() -> None:
    bare = face(STRIKE, ordinary(3), superior="")
    assert "TỈNH THANH GIANG" not in said(compact(bare, measure))
    assert compact(bare, measure).bottom <= compact(PLAIN, measure).bottom


def test_round_is_said_on_both_sides() -> None:
    second = face(STRIKE, ordinary(3), round_line="Bầu lần thứ 2")
    for make in (roomy, compact, back):
        assert "Bầu lần thứ 2" in said(make(second, measure))


def test_very_long_title_still_fits() -> None:
    long = face(STRIKE, ordinary(3), title=LONG_TITLE.strip())
    for make in (roomy, compact, back):
        assert said(make(long, measure)).count("tỉnh Thanh Giang lần thứ XX") == 2


@pytest.mark.parametrize("make", [roomy, compact, back])
def test_hopeless_title_is_refused_with_its_text(make: object) -> None:
    with pytest.raises(HeadingTooLongError) as refused:
        make(face(STRIKE, ordinary(3), title="Bầu cử " * 90), measure)  # type: ignore[operator]
    assert str(refused.value.fields["text"]).startswith("Bầu cử Bầu cử")
