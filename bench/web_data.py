"""Makes a fictional country as spreadsheets: 54,000 organisations and 300,000 people, for `daihoi import`.

    python bench/web_data.py --out DIR [--organisations 54000] [--people 300000] [--xlsx]
    daihoi import organisations DIR/organisations.csv --data DATA
    daihoi import members DIR/members.csv --data DATA

The same seed gives the same files. No name, place or code is of anybody.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook

from daihoi.interchange import spreadsheet

ORGANISATIONS, PEOPLE, SEED = 54_000, 300_000, 20_261
PROVINCES, DISTRICTS = 34, 1_500
ORGANISATION_HEADS = (
    *("Mã", "Mã cấp trên", "Tên tổ chức", "Cấp", "Loại", "Đảng viên chính thức", "Đảng viên dự bị", "Địa danh"),
)
PEOPLE_HEADS = (
    *("Mã", "Họ và tên", "Mã tổ chức", "Chức vụ", "Giới tính", "Ngày sinh", "Dân tộc", "Tôn giáo", "Quê quán"),
    *("Ngày vào Đảng", "Ngày chính thức", "Giáo dục phổ thông", "Trình độ chuyên môn", "Chuyên ngành"),
    *("Lý luận chính trị", "Ngoại ngữ", "Tin học", "Là cấp ủy viên", "Người địa phương"),
)
_FAMILIES = (
    *("Nguyễn",) * 32, *("Trần",) * 11, *("Lê",) * 9, *("Phạm",) * 7, *("Hoàng", "Huỳnh") * 3, *("Phan",) * 4,
    *("Vũ", "Võ") * 2, *("Đặng", "Bùi", "Đỗ", "Hồ") * 2, "Ngô", "Dương", "Lý", "Nông", "Ma", "Bế", "Triệu", "Bàn",
    "Giàng", "Vàng", "Sùng", "Thạch", "Danh", "Quách",
)  # fmt: skip
_MEN = ("Văn", "Hữu", "Đức", "Quang", "Minh", "Thanh", "Xuân", "Công", "Ngọc")
_WOMEN = ("Thị", "Thị Thu", "Thị Ngọc", "Thanh", "Minh", "Hồng", "Kim")
_GIVEN_MEN = (
    "Hùng",
    "Dũng",
    "Tuấn",
    "Sơn",
    "Hải",
    "Long",
    "Thắng",
    "Cường",
    "Bình",
    "Phúc",
    "Khoa",
    "Nam",
    "Đạt",
    "Ân",
)
_GIVEN_WOMEN = (
    "Hương",
    "Lan",
    "Hạnh",
    "Thủy",
    "Mai",
    "Hà",
    "Ngân",
    "Yến",
    "Thảo",
    "Trang",
    "Nhung",
    "Vân",
    "Ánh",
    "Ơn",
)
_PLACES = (
    "An",
    "Bình",
    "Châu",
    "Đông",
    "Giang",
    "Hòa",
    "Khánh",
    "Lâm",
    "Mỹ",
    "Nà",
    "Phú",
    "Sơn",
    "Tân",
    "Vĩnh",
    "Xuân",
)
_PEOPLES = (*("Kinh",) * 80, *("Tày",) * 4, "Thái", "Mường", "Khmer", "Nùng", "Mông", "Dao", "Hoa")
_POSTS = ("Bí thư", "Phó bí thư", "Ủy viên ban thường vụ", "Đảng ủy viên", "Bí thư chi bộ", "Đảng viên", "Đảng viên")
_MAJORS = ("Luật", "Kinh tế", "Nông nghiệp", "Sư phạm Toán", "Quản lý công", "Xây dựng", "Y đa khoa", "")


def organisations(number: int = ORGANISATIONS, seed: int = SEED) -> Iterator[tuple[object, ...]]:
    """Rows of the tree: one top, provinces, those directly above the grassroots, the grassroots; parents first."""
    chance = random.Random(seed)
    yield ("V", "", "Đảng bộ nước Ví Dụ", "Trung ương", "Khác", 0, 0, "Ví Dụ")
    provinces = [f"V{place:02d}" for place in range(min(PROVINCES, number - 1))]
    districts = [f"{chance.choice(provinces)}-{place:04d}" for place in range(min(DISTRICTS, number // 4))]
    for code in provinces:
        yield (code, "V", f"Đảng bộ tỉnh {_place(chance)}", "Tỉnh", "Tỉnh", 0, 0, _place(chance))
    for code in districts:
        yield (code, code[:3], f"Đảng bộ phường {_place(chance)} {code[4:]}", "Trên cơ sở", "Xã", 0, 0, _place(chance))
    for place in range(number - 1 - len(provinces) - len(districts)):
        above = chance.choice(districts)
        kind, words = chance.choice((("Cơ quan", "cơ quan"), ("Doanh nghiệp", "công ty"), ("Xã", "xã")))
        yield (f"{above}-{place:05d}", above, f"Đảng bộ {words} {_place(chance)} {place}", "Cơ sở", kind,
               chance.randrange(3, 400), chance.randrange(0, 9), _place(chance))  # fmt: skip


def people(codes: Sequence[str], number: int = PEOPLE, seed: int = SEED) -> Iterator[tuple[object, ...]]:
    """Rows of people of these organisations; names repeat as they do in life, and dates come in every precision."""
    chance = random.Random(seed + 1)
    for place in range(number):
        woman = chance.random() < 0.33
        middle, given = (_WOMEN, _GIVEN_WOMEN) if woman else (_MEN, _GIVEN_MEN)
        name = f"{chance.choice(_FAMILIES)} {chance.choice(middle)} {chance.choice(given)}"
        year = chance.randrange(1955, 2000)
        joined = f"{chance.randrange(1, 29):02d}/{chance.randrange(1, 13):02d}/{year + 20 + chance.randrange(0, 6)}"
        official = f"{joined[:6]}{int(joined[6:]) + 1}"
        yield (f"P{place:07d}", name, chance.choice(codes), chance.choice(_POSTS), "Nữ" if woman else "Nam",
               _born(chance, year), chance.choice(_PEOPLES), "Không", f"Xã {_place(chance)}, tỉnh {_place(chance)}",
               joined, official, "12/12", chance.choice(("Đại học", "Đại học", "Thạc sĩ", "Trung cấp", "Tiến sĩ")),
               chance.choice(_MAJORS), chance.choice(("Cao cấp", "Trung cấp", "Sơ cấp")), "", "",
               "x" if place % 9 == 0 else "", "có" if place % 2 else "không")  # fmt: skip


def _born(chance: random.Random, year: int) -> str:
    month, day = chance.randrange(1, 13), chance.randrange(1, 29)
    return chance.choice((f"{day:02d}/{month:02d}/{year}",) * 8 + (f"{month:02d}/{year}", f"{year}"))


def _place(chance: random.Random) -> str:
    return f"{chance.choice(_PLACES)} {chance.choice(_PLACES)}"


def xlsx(heads: Sequence[str], rows: Iterable[Sequence[object]], target: Path) -> None:
    """Write a spreadsheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    book.save(target)


def csv(heads: Sequence[str], rows: Iterable[Sequence[object]], target: Path) -> None:
    """Write a CSV file as Excel would."""
    target.write_bytes(spreadsheet.dump(heads, ([str(cell) for cell in row] for row in rows)))


def main() -> None:
    """Make both files."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--organisations", type=int, default=ORGANISATIONS)
    asked.add_argument("--people", type=int, default=PEOPLE)
    asked.add_argument("--xlsx", action="store_true")
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    write, ending = (xlsx, "xlsx") if given.xlsx else (csv, "csv")
    tree = list(organisations(given.organisations))
    write(ORGANISATION_HEADS, tree, given.out / f"organisations.{ending}")
    codes = [str(row[0]) for row in tree if row[3] in {"Cơ sở", "Trên cơ sở"}]
    write(PEOPLE_HEADS, people(codes, given.people), given.out / f"members.{ending}")
    print(f"{given.out}: {len(tree):,} organisations, {given.people:,} people")


if __name__ == "__main__":
    main()
