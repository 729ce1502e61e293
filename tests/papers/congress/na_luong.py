"""190 delegates of the fictional district Nà Lương (31 units), its congress, guests and hall; the same every time."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from daihoi.papers.congress.terms import (
    AllocationLine,
    Congress,
    DelegateGroup,
    Guest,
    Hall,
    Issue,
    SeatBlock,
    SeatRow,
    Session,
    Signatory,
)
from daihoi.rules.credentials.terms import (
    Attendance,
    Category,
    Degree,
    Delegate,
    DelegateId,
    Education,
    Person,
    Sex,
    Theory,
    Unit,
    UnitId,
)
from daihoi.rules.terms import PartialDate

TZ = timezone(timedelta(hours=7))
ON = date(2025, 6, 17)
LONG_NAME = "Công Tằng Tôn Nữ Hoàng Thị Phương Thảo Nguyên"
LONG_UNIT = "Đảng bộ Trung tâm Dịch vụ nông nghiệp và Phát triển nông thôn huyện Nà Lương"
TWIN = "Nguyễn Văn Hùng"

_COMMUNES = (
    "Nà Lương", "Bản Phúc", "Nậm Khao", "Tả Sìn", "Mường Đăm", "Khâu Vài", "Đông Khê", "Phiêng Luông", "Sơn Lập",
    "Thượng Giáp", "Hồng Trị", "Yên Hoa", "Khuôn Hà", "Lăng Can", "Thúy Loa", "Năng Khả", "Thanh Tương", "Côn Lôn",
    "Đà Vị", "Sinh Long", "Xuân Tiến", "Bình An",
)  # fmt: skip
_OFFICES = ("Cơ quan Huyện ủy", "Cơ quan UBND huyện", "Công an huyện", "Quân sự huyện", "Trường THPT Nà Lương",
            "Bệnh viện Đa khoa huyện", "Ngân hàng CSXH", "Công ty Thủy điện Nà Lương")  # fmt: skip
_FAMILY = (
    "Nông",
    "Hoàng",
    "Ma",
    "Lương",
    "Bế",
    "Triệu",
    "Bàn",
    "Đặng",
    "Phùng",
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Giàng",
)
_ETHNICITY = {
    "Nông": "Tày", "Hoàng": "Tày", "Ma": "Tày", "Lương": "Nùng", "Bế": "Nùng", "Triệu": "Dao", "Bàn": "Dao",
    "Đặng": "Dao", "Phùng": "Dao", "Giàng": "Mông",
}  # fmt: skip
_MEN = (("Văn", "Hữu", "Đức", "Quang", "Minh"), ("Hùng", "Dũng", "Tuấn", "Sơn", "Hải", "Thắng", "Cường", "Bình", "Đạt"))
_WOMEN = (("Thị", "Thị Thu", "Thị Ngọc", "Hồng"), ("Hương", "Lan", "Hạnh", "Thủy", "Mai", "Hà", "Yến", "Thảo", "Ngân"))
_POSTS = ("Bí thư Đảng ủy", "Phó Bí thư Đảng ủy, Chủ tịch UBND xã", "Chủ tịch Hội Nông dân", "Trưởng thôn", "Giáo viên")

UNITS = tuple(
    Unit(UnitId(f"u{number:02d}"), name, members=40 + 7 * number)
    for number, name in enumerate(
        (*(f"Đảng bộ xã {name}" for name in _COMMUNES), *(f"Đảng bộ {name}" for name in _OFFICES), LONG_UNIT), start=1
    )
)
UNIT_NAMES = {unit.id: unit.name for unit in UNITS}
GROUPS = tuple(f"Tổ số {number}" for number in range(1, 7))


def _person(dice: random.Random, number: int) -> Person:
    female = dice.random() < 0.2
    family = dice.choice(_FAMILY)
    middle, given = _WOMEN if female else _MEN
    name = f"{family} {dice.choice(middle)} {dice.choice(given)}"
    year = max(1962, min(1999, round(dice.gauss(1979, 6))))
    joined = year + dice.randint(20, 28)
    return Person(
        name=LONG_NAME if number == 7 else TWIN if number in (20, 21) else name,
        born=PartialDate(year, dice.randint(1, 12), dice.randint(1, 28)),
        sex=Sex.FEMALE if female or number == 7 else Sex.MALE,
        ethnicity=_ETHNICITY.get(family, "Kinh"),
        religion="Công giáo" if number in (40, 80) else "Không",
        joined=PartialDate(joined, 5, 19),
        official=PartialDate(joined + 1, 5, 19),
        education=Education.UPPER_SECONDARY,
        degree=dice.choices(tuple(Degree)[:3], (2, 20, 78))[0],
        theory=dice.choices((Theory.ADVANCED, Theory.INTERMEDIATE), (70, 30))[0],
        badge=30 if 2025 - joined >= 31 else 0,
        awards=("Bằng khen của Chủ tịch UBND tỉnh",) if number % 9 == 0 else (),
        disciplines=(),
        post=dice.choice(_POSTS),
    )


def delegates() -> tuple[Delegate, ...]:
    """190 summoned with two alternates in the place of two, and ten alternates in waiting."""
    dice = random.Random(2025)
    made = []
    for number in range(1, 203):
        kind = Category.EX_OFFICIO if number <= 36 else Category.DESIGNATED if number > 186 else Category.ELECTED
        alternate = number > 190
        unit = UNITS[number % len(UNITS)].id
        made.append(
            Delegate(
                id=DelegateId(f"d{number:03d}"),
                person=_person(dice, number),
                unit=unit,
                category=Category.ALTERNATE if alternate else kind,
                number=1 if alternate else 0,
                attendance=Attendance.UNRECORDED if alternate else Attendance.PRESENT,
                group=GROUPS[number % 6],
                seat=f"{'ABCDEFGHIJK'[(number - 1) // 18]}{(number - 1) % 18 + 1:02d}" if number <= 190 else "",
                code=f"NL25-{number:03d}-{(number * 7919) % 9973:04d}",
            )
        )
    return _attendance(made)


def _attendance(made: list[Delegate]) -> tuple[Delegate, ...]:
    """Two are replaced, two are absent with leave and one without."""
    for place, at in ((99, Attendance.ABSENT_WITH_LEAVE), (100, Attendance.ABSENT_WITH_LEAVE)):
        made[place] = replace(made[place], attendance=at, reason="đi công tác nước ngoài")
    for place in (110, 120):
        made[place] = replace(made[place], attendance=Attendance.ABSENT_WITH_LEAVE, reason="điều trị tại bệnh viện")
    made[130] = replace(made[130], attendance=Attendance.ABSENT_WITHOUT_LEAVE)
    for alternate, left in ((190, 99), (191, 100)):
        made[alternate] = replace(
            made[alternate],
            unit=made[left].unit,
            replaces=made[left].id,
            decision=f"Quyết định số {400 + left}-QĐ/HU, ngày 15/6/2025" if alternate == 190 else "",
            attendance=Attendance.PRESENT,
        )
    return tuple(made)


CONGRESS = Congress(
    superior="Đảng bộ tỉnh Thanh Giang",
    organisation="Đảng bộ huyện Nà Lương",
    committee="Huyện ủy Nà Lương",
    title="Đại hội đại biểu Đảng bộ huyện Nà Lương lần thứ XXII, nhiệm kỳ 2025 - 2030",
    place="Nà Lương",
    venue="Hội trường Trung tâm Văn hóa - Thể thao huyện Nà Lương",
    sessions=(
        Session("Phiên trù bị", datetime(2025, 6, 17, 13, 30, tzinfo=TZ)),
        Session("Phiên chính thức", datetime(2025, 6, 18, 7, 30, tzinfo=TZ), date(2025, 6, 19)),
    ),
)
ISSUE = Issue(
    on=date(2025, 5, 9),
    signatory=Signatory("T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Bế Xuân Trường"),
    number="15-GTT/HU",
    recipients=("Đại biểu được triệu tập", "Ban Tổ chức Huyện ủy", "Lưu Văn phòng Huyện ủy"),
)
GUESTS = (
    Guest(
        "Lương Thị Hồng Vân", "Đồng chí", "Ủy viên Ban Thường vụ Tỉnh ủy, Trưởng Ban Tổ chức Tỉnh ủy", "", 1, "KM-001"
    ),
    Guest("Trần Quốc Bảo", "Ông", "Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Thanh Giang", "", 2, "KM-002"),
    Guest("", "Bà", "Hiệu trưởng", "Trường Phổ thông Dân tộc nội trú huyện Nà Lương", 3),
)
ALLOCATION = tuple(
    AllocationLine(unit.name, unit.members, ex_officio=1 + (place % 5 == 0), elected=3 + place % 4, alternates=1)
    for place, unit in enumerate(UNITS)
)
DELEGATE_GROUPS = tuple(
    DelegateGroup(
        name,
        head=DelegateId(f"d{18 + place:03d}"),
        secretary=DelegateId(f"d{24 + place:03d}"),
        room=f"Phòng họp số {place + 1}, tầng 2",
        topics=("Dự thảo Báo cáo chính trị", "Dự thảo văn kiện cấp trên"),
    )
    for place, name in enumerate(GROUPS)
)
HALL = Hall(
    "Hội trường Trung tâm Văn hóa - Thể thao huyện Nà Lương",
    tuple(
        SeatBlock(
            tuple(
                SeatRow(row, tuple(f"{row}{seat:02d}" for seat in range(6 * block + 1, 6 * block + 7)))
                for row in "ABCDEFGHIJKL"
            ),
        )
        for block in range(3)
    ),
)
