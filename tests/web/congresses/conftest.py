"""The congress of Nà Lương with four delegates, an alternate and a guest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from daihoi.web.congresses import services
from daihoi.web.congresses.choices import Category, SessionKind
from daihoi.web.congresses.models import Congress, Delegate, Guest, Session
from daihoi.web.congresses.views import live
from daihoi.web.members.models import Person
from daihoi.web.organisations.models import Organisation, Term
from tests.web.conftest import Tree
from tests.web.prepared import prepared


@dataclass
class Hall:
    """A congress about to open."""

    congress: Congress
    session: Session
    delegates: list[Delegate]
    alternate: Delegate
    guest: Guest


def person(name: str, unit: Organisation, code: str) -> Person:
    """Somebody of a unit."""
    made = Person(full_name=name, organisation=unit, code=code, born="1980-05", sex="female")
    made.refold()
    made.save()
    return made


@pytest.fixture(autouse=True)
def without_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Live pages look at once whether something changed, as fast as a test asks."""
    monkeypatch.setattr(live, "REST", 0.0)


@pytest.fixture
def hall(tree: Tree) -> Hall:
    """Two delegates of each commune of Nà Lương, one alternate of the first."""
    return prepared("hall", lambda: _hall(tree))


def _hall(tree: Tree) -> Hall:
    term = Term.objects.create(label="2025-2030", profile="3_cap", is_current=True)
    congress = services.plan(organisation=tree.na_luong, term=term, by="test", opens=date(2026, 6, 17))
    session = services.add_session(
        congress=congress,
        kind=SessionKind.OFFICIAL,
        name="Phiên chính thức",
        starts_at=datetime(2026, 6, 17, 0, 30, tzinfo=UTC),
        by="test",
    )
    names = ["Nông Thị Lan", "Hoàng Văn Sơn", "Lý Mỹ Dung", "Bàn Văn Páo"]
    delegates = [
        services.add_delegate(
            congress=congress,
            person=person(name, unit, f"D{number}"),
            unit=unit,
            by="test",
            category=Category.ELECTED,
        )
        for number, (name, unit) in enumerate(zip(names, [tree.commune] * 2 + [tree.sister] * 2, strict=True))
    ]
    alternate = services.add_delegate(
        congress=congress,
        person=person("Ma Thị Hiền", tree.commune, "D9"),
        unit=tree.commune,
        by="test",
        category=Category.ALTERNATE,
        alternate_number=1,
    )
    guest = services.add_guest(congress=congress, full_name="Phạm Thanh Tùng", by="test")
    return Hall(congress, session, delegates, alternate, guest)
