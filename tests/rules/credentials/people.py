"""Delegates for the tests: one in a line, and strategies for whole lists with every kind of gap."""

from __future__ import annotations

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


days = st.one_of(
    st.none(),
    st.builds(PartialDate, st.integers(1940, 2004)),
    st.builds(PartialDate, st.integers(1940, 2004), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1940, 2004), st.integers(1, 12), st.integers(1, 28)),
)
kinds = st.one_of(
    st.none(), st.lists(st.sampled_from(["Bằng khen", "bằng khen", "Huân chương"]), max_size=3).map(tuple)
)
persons = st.builds(
    Person,
    name=st.sampled_from(["Nông Văn Hùng", "Bế Thị Đào", "Ma Văn Ẩn"]),
    born=days,
    sex=st.one_of(st.none(), st.sampled_from(Sex)),
    ethnicity=st.sampled_from(["", " ", "Kinh", "kinh", "Tày", "TÀY", "Dao"]),
    religion=st.sampled_from(["", "Không", "Phật giáo", "Công giáo"]),
    joined=days,
    official=days,
    education=st.one_of(st.none(), st.sampled_from(Education)),
    degree=st.one_of(st.none(), st.sampled_from(Degree)),
    theory=st.one_of(st.none(), st.sampled_from(Theory)),
    badge=st.one_of(st.none(), st.sampled_from([0, 30, 40, 50])),
    awards=kinds,
    disciplines=kinds,
)


@st.composite
def lists_of_delegates(draw: st.DrawFn) -> tuple[Delegate, ...]:
    """Up to 25 people of all rights, ids that may repeat, alternates who replace anybody or nobody."""
    size = draw(st.integers(0, 25))
    ids = st.sampled_from([DelegateId(f"d{number}") for number in range(max(1, size))])
    return tuple(
        Delegate(
            id=draw(ids) if draw(st.integers(0, 9)) == 0 else DelegateId(f"d{number}"),
            person=draw(persons),
            unit=draw(st.sampled_from([*(unit.id for unit in UNITS), UnitId("elsewhere")])),
            category=draw(st.sampled_from(Category)),
            attendance=draw(st.sampled_from(Attendance)),
            number=draw(st.integers(0, 3)),
            replaces=draw(st.one_of(st.none(), ids)),
        )
        for number in range(size)
    )
