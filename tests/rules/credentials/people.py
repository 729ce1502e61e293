"""Delegates for the tests: one in a line, and strategies for whole lists with every kind of gap."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate, product
from operator import mul
from typing import Any

from hypothesis import strategies as st

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

UNITS = tuple(Unit(UnitId(f"u{number}"), f"Đảng bộ xã số {number}", 100) for number in range(1, 6))


def delegate(who: int = 1, /, **given: object) -> Delegate:
    """An elected delegate of the first unit who is present; whatever is given replaces the fact of that name."""
    person = {name: given.pop(name) for name in list(given) if name in Person.__dataclass_fields__}
    facts: dict[str, object] = {
        "id": DelegateId(f"d{who}"),
        "unit": UNITS[0].id,
        "category": Category.ELECTED,
        "attendance": Attendance.PRESENT,
    }
    return Delegate(person=Person(**{"name": f"Nông Văn {who}", **person}), **{**facts, **given})  # type: ignore[arg-type]


COMBINATIONS = 2**24
"""With more of them a draw would lean towards the first."""


def one_of_each(*choices: Sequence[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """One of each of these by a single draw: a list of people has hundreds of facts, and drawing is what takes time."""
    strides = list(accumulate(map(len, choices), mul, initial=1))
    assert strides[-1] < COMBINATIONS

    def picked(drawn: int) -> tuple[Any, ...]:
        return tuple(one[drawn // stride % len(one)] for one, stride in zip(choices, strides, strict=False))

    return st.integers(0, strides[-1] - 1).map(picked)


def _day(known: tuple[int, int, int, int]) -> PartialDate | None:
    parts, year, month, day = known
    return (None, PartialDate(year), PartialDate(year, month), PartialDate(year, month, day))[parts]


AWARDS = ("Bằng khen", "bằng khen", "Huân chương")
KINDS = (None, *(some for count in range(4) for some in product(AWARDS, repeat=count)))
days = one_of_each(range(4), range(1940, 2005), range(1, 13), range(1, 29)).map(_day)  # type: ignore[arg-type]
words = one_of_each(
    ["Nông Văn Hùng", "Bế Thị Đào", "Ma Văn Ẩn"],
    [None, *Sex],
    ["", " ", "Kinh", "kinh", "Tày", "TÀY", "Dao"],
    ["", "Không", "Phật giáo", "Công giáo"],
    [None, *Education],
    [None, *Degree],
    [None, *Theory],
)
honours = one_of_each([None, 0, 30, 40, 50], KINDS, KINDS)
places = one_of_each(
    range(10), [*(unit.id for unit in UNITS), UnitId("elsewhere")], list(Category), list(Attendance), range(4)
)


@st.composite
def _persons(draw: st.DrawFn) -> Person:
    name, sex, ethnicity, religion, education, degree, theory = draw(words)
    badge, awards, disciplines = draw(honours)
    return Person(
        name=name, born=draw(days), sex=sex, ethnicity=ethnicity, religion=religion, joined=draw(days),
        official=draw(days), education=education, degree=degree, theory=theory, badge=badge, awards=awards,
        disciplines=disciplines,
    )  # fmt: skip


persons = _persons()
"""Anybody, with every kind of gap."""


@cache
def _pairs(size: int) -> st.SearchStrategy[tuple[Any, ...]]:
    """Two ids of this many people, the second of them perhaps nobody's."""
    ids = [DelegateId(f"d{number}") for number in range(size)]
    return one_of_each(ids, [None, *ids])


@st.composite
def lists_of_delegates(draw: st.DrawFn) -> tuple[Delegate, ...]:
    """Up to 25 people of all rights, ids that may repeat, alternates who replace anybody or nobody."""
    size = draw(st.integers(0, 25))
    found = []
    for own in range(size):
        repeats, unit, category, attendance, number = draw(places)
        other, replaced = draw(_pairs(size))
        found.append(
            Delegate(
                id=other if repeats == 0 else DelegateId(f"d{own}"), person=draw(persons), unit=unit, category=category,
                attendance=attendance, number=number, replaces=replaced,
            )
        )  # fmt: skip
    return tuple(found)
