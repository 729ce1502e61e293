"""Names of people who do not exist, as often as their surnames are borne. [process.md section 7]"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

SURNAMES: Mapping[str, float] = {
    "Nguyễn": 32, "Trần": 11, "Lê": 9, "Phạm": 7, "Hoàng": 3, "Huỳnh": 3, "Phan": 4.5, "Vũ": 2, "Võ": 2, "Đặng": 2.5,
    "Bùi": 2.5, "Đỗ": 2, "Hồ": 2, "Ngô": 1.5, "Dương": 1.5, "Lý": 1,
}  # fmt: skip
OTHER_SURNAMES: Mapping[str, Sequence[str]] = {
    "Tày": ("Nông", "Hoàng", "Ma", "Lương", "Bế", "Triệu"),
    "Nùng": ("Nông", "Hoàng", "Lương", "Triệu"),
    "Dao": ("Bàn", "Đặng", "Triệu", "Phùng"),
    "Mông": ("Giàng", "Vàng", "Sùng", "Lý"),
    "Khmer": ("Thạch", "Kim", "Sơn", "Danh", "Lâm"),
    "Hoa": ("Trần", "Quách", "Lâm"),
}
MIDDLE = {
    "male": ("Văn", "Văn", "Văn", "Hữu", "Đức", "Quang", "Minh", "Thanh", "Xuân", "Công", "Ngọc"),
    "female": ("Thị", "Thị", "Thị", "Thị Thu", "Thị Ngọc", "Thanh", "Minh", "Hồng", "Kim"),
}
# The rare ones are there for the order of the alphabet: Đ after D, and Ă Â Ê Ô Ơ Ư behind their plain letters.
GIVEN = {
    "male": (
        *("Hùng", "Dũng", "Tuấn", "Sơn", "Hải", "Long", "Thắng", "Cường", "Bình", "Phúc", "Khoa", "Nam", "Đạt"),
        *("Dân", "Đan", "Ân", "Ước", "Ơn", "Uy"),
    ),
    "female": (
        *("Hương", "Lan", "Hạnh", "Thủy", "Mai", "Hà", "Ngân", "Yến", "Thảo", "Trang", "Nhung", "Vân"),
        *("Ánh", "Ái", "Ân", "Êm", "Đào", "Diệp"),
    ),
}
ALIKE = (
    ("Nguyễn Văn Hùng", "male", "12/03/1974"),
    ("Nguyễn Văn Hùng", "male", "02/09/1981"),
    ("Nguyễn Văn Hưng", "male", "03/12/1974"),
    ("Nguyễn Thị Hương", "female", "1979"),
    ("Nguyễn Thị Hường", "female", "06/1979"),
)
"""People who are easily taken for one another; of two of them only a part of the date of birth is known."""

LONG = (
    ("Nguyễn Phúc Hoàng Thiên Bảo Trường Sơn", "male", "19/05/1976"),
    ("Công Tằng Tôn Nữ Thị Ngọc Phương Quỳnh", "female", "20/10/1980"),
)


def full_name(chance: Random, sex: str, ethnicity: str) -> str:
    """A name as people of this sex and ethnicity bear it."""
    if ethnicity in OTHER_SURNAMES:
        surname = chance.choice(OTHER_SURNAMES[ethnicity])
    else:
        surname = chance.choices(list(SURNAMES), list(SURNAMES.values()))[0]
    return f"{surname} {chance.choice(MIDDLE[sex])} {chance.choice(GIVEN[sex])}"
