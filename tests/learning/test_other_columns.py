"""Tables as other people rule them: columns of words beside the names, pale hairlines, numbers of two figures."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import daihoi
from daihoi.learning.blank import blank_pages
from daihoi.learning.find import places_of
from daihoi.learning.terms import Sought

FONT = next((Path(daihoi.__file__).parent).rglob("Tinos-Regular.ttf"))
pdfmetrics.registerFont(TTFont("Learned", str(FONT)))
PEOPLE = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Hoàng Dũng", "Phạm Thu Hạnh", "Vũ Minh Khánh", "Đặng Ngọc Lan")
PEOPLE += ("Lò Văn Mạnh", "Giàng A Páo", "Hà Thị Quỳnh", "Quàng Văn Yên", "Bùi Thị Xuân", "Đỗ Đức Việt")
POSTS = ("Bí thư huyện ủy", "Phó Bí thư", "Chủ tịch xã", "Trưởng ban Tổ chức", "Phó Chủ tịch", "Giám đốc Sở") * 2
LEFT, TOP, HEIGHT = 70, 700, 22


def ruled(rows: list[tuple[str, ...]], widths: tuple[int, ...], *, grey: float = 0.0, width: float = 0.5) -> bytes:
    """A PDF with one table; `grey` 0 is black, `width` of its rulings in points."""
    file = io.BytesIO()
    page = Canvas(file, pagesize=(595.28, 841.89), invariant=1)
    page.setFont("Learned", 13)
    page.drawString(200, 800, "PHIẾU BẦU CỬ")
    page.setStrokeGray(grey)
    page.setLineWidth(width)
    xs = [LEFT + sum(widths[:number]) for number in range(len(widths) + 1)]
    for number in range(len(rows) + 1):
        page.line(LEFT, TOP - number * HEIGHT, xs[-1], TOP - number * HEIGHT)
    for x in xs:
        page.line(x, TOP, x, TOP - len(rows) * HEIGHT)
    for number, row in enumerate(rows, 1):
        for x, text in zip(xs, row, strict=False):
            page.drawString(x + 4, TOP - number * HEIGHT + 7, text)
    page.save()
    return file.getvalue()


def lefts(pdf: bytes) -> list[int]:
    """Where the names begin that are found, mm."""
    pages, _paper = blank_pages(pdf, Path("x.pdf"))
    return [round(place.name.x) for page in places_of(pages, Sought.AUTO, Path("x.pdf")) for place in page]


@pytest.mark.parametrize(("title", "first"), [("Năm sinh", 1960), ("Tuổi", 40)])
def test_posts_after_a_column_of_numbers_are_no_second_list(title: str, first: int) -> None:
    rows = [(str(n), who, str(first + n), post) for n, (who, post) in enumerate(zip(PEOPLE, POSTS, strict=True), 1)]
    found = lefts(ruled([("TT", "Họ và tên", title, "Chức vụ"), *rows], (30, 150, 60, 150)))
    assert len(found) == len(PEOPLE)
    assert max(found) < 45


@pytest.mark.parametrize("head", [True, False])
def test_list_that_goes_on_beside_itself_is_one_list(*, head: bool) -> None:
    rows = [(str(n + 1), PEOPLE[n], str(n + 7), PEOPLE[n + 6]) for n in range(6)]
    found = lefts(ruled([("TT", "Họ và tên") * 2] * head + rows, (30, 150, 30, 150)))
    assert (len(found), found[0] < 45, found[-1] > 90) == (12, True, True)


@pytest.mark.parametrize(("grey", "width"), [(0.5, 0.25), (0.6, 0.1), (0.75, 0.25), (0.8, 0.5)])
def test_rows_between_grey_hairlines_stay_apart(grey: float, width: float) -> None:
    rows = [(str(n), who, post) for n, (who, post) in enumerate(zip(PEOPLE, POSTS, strict=True), 1)]
    found = lefts(ruled([("TT", "Họ và tên", "Chức vụ"), *rows], (30, 150, 150), grey=grey, width=width))
    assert len(found) == len(PEOPLE)


def test_numbers_of_two_figures_do_not_end_a_list_in_lines() -> None:
    file = io.BytesIO()
    page = Canvas(file, pagesize=(595.28, 841.89), invariant=1)
    page.setFont("Learned", 13)
    for number, who in enumerate(PEOPLE, 1):
        page.drawString(LEFT, TOP - 24 * number, f"{number}. {who}")
    page.save()
    assert len(lefts(file.getvalue())) == len(PEOPLE)
