"""Faces of ballots to lay out, names that are hard to set, and what a drawn thing covers on paper."""

from __future__ import annotations

import math
from functools import cache

from daihoi.papers.typefaces import measure
from daihoi.sheet.layout import plan_sheet
from daihoi.sheet.terms import (
    Anchor,
    Code,
    Drawn,
    Face,
    Fill,
    Frame,
    Line,
    Listed,
    PagePlan,
    Rect,
    SheetForm,
    SheetPlan,
    Text,
)

STRIKE = SheetForm.STRIKE_OUT
AGREE = SheetForm.AGREE_DISAGREE
SIZES = (1, 2, 3, 15, 30, 44, 70, 100)
EVERY_SHEET = [(form, names) for form in (STRIKE, AGREE) for names in SIZES]

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Lò", "Giàng", "Quàng")
MIDDLES = ("Văn", "Thị", "Hữu", "Thị Minh", "Đức", "Thị Hồng", "Quốc", "A", "Thị Thanh", "Xuân")
GIVEN = ("An", "Bình", "Cường", "Dũng", "Giang", "Hạnh", "Khánh", "Lan", "Mạnh", "Ngọc", "Phượng", "Quỳnh", "Yến")
LONGEST = (
    "Công Tằng Tôn Nữ Thị Huyền Trang",
    "Nguyễn Phước Công Huyền Tôn Nữ Phương",
    "H'Hoa Niê Kđăm Mlô Duôn Du Ktla",
    "Nguyễn Trần Thị Hoàng Phương Thảo",
    "Ksor H'Bơ Khăp Siu Y Blia",
    "Đặng Thị Ỷ Lan Ễ Ẫm Ữ Ỵ",
    "Y A",
)


def ordinary(count: int) -> tuple[Listed, ...]:
    """`count` common names, with a note on every ninth."""
    return tuple(
        Listed(
            f"c{place + 1:03d}",
            f"{FAMILIES[place % 11]} {MIDDLES[place * 7 % 10]} {GIVEN[place * 5 % 13]}",
            "(1975)" if place % 9 == 1 else "",
        )
        for place in range(count)
    )


def longest(count: int) -> tuple[Listed, ...]:
    """`count` of the longest names, over and over."""
    return tuple(Listed(f"c{place + 1:03d}", LONGEST[place % len(LONGEST)]) for place in range(count))


def face(form: SheetForm, names: tuple[Listed, ...], **changed: object) -> Face:
    """A ballot of a fictional district; any part may be changed."""
    parts: dict[str, object] = {
        "form": form,
        "superior": "ĐẢNG BỘ TỈNH THANH GIANG",
        "organisation": "ĐẢNG BỘ HUYỆN NÀ LƯƠNG",
        "congress": "ĐẠI HỘI ĐẠI BIỂU ĐẢNG BỘ HUYỆN NÀ LƯƠNG LẦN THỨ XXIII, NHIỆM KỲ 2025 - 2030",
        "kind": "PHIẾU BẦU CỬ",
        "title": "Bầu Ban Chấp hành Đảng bộ huyện Nà Lương khóa XXIII, nhiệm kỳ 2025 - 2030",
        "round_line": "",
        "seats_line": "Số lượng cần bầu: 39",
        "instruction": ("Đại biểu gạch giữa cả chữ họ và tên những người mình không bầu.",),
        "columns": ("Số TT", "Họ và tên") if form is STRIKE else ("Số thứ tự", "Họ và tên", "Đồng ý", "Không đồng ý"),
        "names": names,
        "page_line": "Trang {page}/{pages}",
        "ruler_line": "Thước kiểm tra tỷ lệ in: 100 mm",
        "stamp_line": "",
        "rehearsal_line": "",
        "footer": ("Phiếu có 2 mặt,", "xem tiếp mặt sau"),
    }
    return Face(**(parts | changed))  # type: ignore[arg-type]


def tall_face(form: SheetForm, names: tuple[Listed, ...]) -> Face:
    """The most crowded heading that still fits."""
    return face(
        form,
        names,
        title="Bầu Đoàn đại biểu Đảng bộ huyện Nà Lương đi dự Đại hội đại biểu Đảng bộ tỉnh Thanh Giang lần thứ XX, "
        "nhiệm kỳ 2025 - 2030 (gồm đại biểu chính thức)",
        round_line="Bầu lần thứ 12",
        instruction=(
            "Đại biểu gạch giữa cả chữ họ và tên những người mình không bầu; số người để lại không quá 39. " * 2,
        ),
        rehearsal_line="DIỄN TẬP",
    )


@cache
def planned(sheet: Face) -> SheetPlan:
    """The sheet laid out with the letters of the printer."""
    return plan_sheet(sheet, measure, payload=lambda page, pages: f"DH1:{page}/{pages}")


def covers(item: Drawn) -> Rect:
    """The rectangle in which an upright thing leaves ink, mm."""
    match item:
        case Text():
            em = item.size_pt * 25.4 / 72
            width = measure(item.text, item.size_pt, item.style) * item.stretch
            left = item.x - {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[item.anchor]
            return Rect(left, item.baseline - 0.92 * em, width, 1.145 * em)
        case Line():
            half = item.width / 2
            # Drawn with butt ends: only across its direction is a line wider than its ends.
            across, along = (half, 0.0) if item.x0 == item.x1 else (0.0, half)
            return Rect(
                item.x0 - across, item.y0 - along, item.x1 - item.x0 + 2 * across, item.y1 - item.y0 + 2 * along
            )
        case Frame():
            half = item.width / 2
            return Rect(item.rect.x - half, item.rect.y - half, item.rect.w + 2 * half, item.rect.h + 2 * half)
        case Fill() | Code():
            return item.rect


def word_across(item: Text) -> Rect:
    """What a turned text covers at most: its own box turned about its anchor."""
    upright = covers(item)
    turn = -math.radians(item.angle)
    corners = [(x - item.x, y - item.baseline) for x in (upright.x, upright.right) for y in (upright.y, upright.bottom)]
    xs = [item.x + x * math.cos(turn) - y * math.sin(turn) for x, y in corners]
    ys = [item.baseline + x * math.sin(turn) + y * math.cos(turn) for x, y in corners]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def upright(page: PagePlan) -> tuple[Drawn, ...]:
    """All that is drawn but the word of a rehearsal."""
    return tuple(item for item in page.drawn if not (isinstance(item, Text) and item.angle))


def overlap(one: Rect, other: Rect, slack: float = 0.01) -> bool:
    """Whether two rectangles share more than a sliver."""
    return (
        min(one.right, other.right) - max(one.x, other.x) > slack
        and min(one.bottom, other.bottom) - max(one.y, other.y) > slack
    )


def grown(rect: Rect, by: float) -> Rect:
    """The rectangle with a margin of `by` mm all around."""
    return Rect(rect.x - by, rect.y - by, rect.w + 2 * by, rect.h + 2 * by)


def inside(inner: Rect, outer: Rect, slack: float = 0.01) -> bool:
    """Whether `inner` lies wholly in `outer`."""
    return (
        inner.x >= outer.x - slack
        and inner.y >= outer.y - slack
        and inner.right <= outer.right + slack
        and inner.bottom <= outer.bottom + slack
    )
