"""About six hundred people: the committees of the eleven, of the province, and the delegates of Nà Lương."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from daihoi.web.site.demo.names import ALIKE, LONG, full_name
from daihoi.web.site.demo.tree import NA_LUONG, PARENTS, TOP, Parent

COMMITTEE = 36
"""Members of each committee."""
EX_OFFICIO, ELECTED, DESIGNATED, ALTERNATES = 39, 149, 2, 12
"""Delegates of Nà Lương: 190 with a vote, and those who may be called up."""

YEAR = 2020
_WOMEN, _MEAN_AGE, _SPREAD = 0.18, 46, 6.0
_MAJORS = (
    "Luật",
    "Kinh tế",
    "Quản lý công",
    "Nông học",
    "Sư phạm Ngữ văn",
    "Xây dựng",
    "Công nghệ thông tin",
    "Y khoa",
)
_FIRST_POSTS = ("Bí thư {name}", "Phó Bí thư Thường trực {name}", "Phó Bí thư {name}")
_COMMITTEE_POSTS = (
    *("Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức", "Ủy viên Ban Thường vụ, Chủ nhiệm Ủy ban Kiểm tra"),
    *("Ủy viên Ban Thường vụ, Trưởng Ban Tuyên giáo", "Ủy viên Ban Thường vụ, Chánh Văn phòng"),
)

_UNIT_POSTS = ("Bí thư", "Phó Bí thư", "Ủy viên Ban Chấp hành", "Đảng viên")


def rows(chance: Random, units: Sequence[tuple[str, str]]) -> Iterator[dict[str, object]]:
    """The list of people as a spreadsheet would hold it; `units` are code and name of the grassroots of Nà Lương."""
    numbers = iter(range(1, 10000))
    yield from (_person(chance, next(numbers), TOP, _post("Tỉnh ủy", place)) for place in range(COMMITTEE))
    for parent in PARENTS:
        size = EX_OFFICIO if parent is NA_LUONG else COMMITTEE
        for place in range(size):
            yield _person(chance, next(numbers), parent.code, _post(_committee(parent), place), parent, sits=True)
    known = [*ALIKE, *LONG]
    for place in range(ELECTED + DESIGNATED + ALTERNATES):
        code, name = units[place % len(units)]
        post = _UNIT_POSTS[min(place // len(units), len(_UNIT_POSTS) - 1)]
        row = _person(chance, next(numbers), code, f"{post} {name}", NA_LUONG)
        if place % len(units) in {7, 9} and known:
            # Some who are easily taken for one another, of the same two units.
            row["full_name"], row["sex"], row["born"] = known.pop(0)
            row |= {"ethnicity": "Kinh", "joined": "03/02/2005", "official": "03/02/2006"}
        yield row


def _committee(parent: Parent) -> str:
    return parent.name.replace("Đảng bộ huyện", "Huyện ủy").replace("Đảng bộ", "Đảng ủy")


def _post(committee: str, place: int) -> str:
    if place < len(_FIRST_POSTS):
        return _FIRST_POSTS[place].format(name=committee)
    if place - len(_FIRST_POSTS) < len(_COMMITTEE_POSTS):
        return f"{_COMMITTEE_POSTS[place - len(_FIRST_POSTS)]} {committee}"
    return f"Ủy viên Ban Chấp hành, {committee}"


def _person(
    chance: Random, number: int, organisation: str, post: str, parent: Parent | None = None, *, sits: bool = False
) -> dict[str, object]:
    sex = "female" if chance.random() < _WOMEN else "male"
    ethnicity = chance.choice(parent.minorities) if parent and chance.random() < parent.share else "Kinh"
    age = min(max(round(chance.gauss(_MEAN_AGE, _SPREAD)), 26), 59)
    born = YEAR - age
    joined = born + chance.randint(21, min(32, age - 2))
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    degree = chance.choices(("bachelor", "master", "doctor"), (78, 20, 2))[0]
    return {
        "code": f"TG{number:05d}",
        "full_name": full_name(chance, sex, ethnicity),
        "organisation": organisation,
        "post": post[:200],
        "sex": sex,
        "born": f"{day:02d}/{chance.randint(1, 12):02d}/{born}",
        "ethnicity": ethnicity,
        "religion": chance.choices(("Không", "Phật giáo", "Công giáo"), (94, 4, 2))[0],
        "native_place": f"{parent.place if parent else 'Giang Châu'}, Thanh Giang",
        "joined": f"{day:02d}/{month:02d}/{joined}",
        "official": f"{day:02d}/{month:02d}/{joined + 1}",
        "education": "upper_secondary",
        "degree": degree,
        "major": chance.choice(_MAJORS),
        "theory": "advanced" if chance.random() < 0.7 else "intermediate",
        "is_sitting_member": "có" if sits or parent is None else "không",
        "is_local": "có" if chance.random() < 0.8 else "không",
    }
