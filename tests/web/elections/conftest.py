"""A congress with twelve delegates and a frozen roll, and the contest of its committee: four names for three seats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import translation

from daihoi.web.congresses import freezing
from daihoi.web.congresses import services as congresses
from daihoi.web.congresses.choices import BodyKind, BodyPost, Category, Leave
from daihoi.web.congresses.models import Congress, Delegate
from daihoi.web.elections.choices import HandSubject, Office, SittingKind, Source
from daihoi.web.elections.models import Contest, Sitting
from daihoi.web.elections.services import lists, sittings
from daihoi.web.members.models import Person
from daihoi.web.organisations.models import Term
from tests.web.conftest import Tree
from tests.web.congresses.conftest import person

NAMES = (
    *("Nông Thị Lan", "Hoàng Văn Sơn", "Lý Mỹ Dung", "Bàn Văn Páo", "Ma Thị Hiền", "Triệu Văn Ước"),
    *("Lò Thị Ánh", "Đặng Văn Đức", "Vi Thị Ơn", "Sầm Văn Ấn", "Lục Thị Yến", "Hà Văn Bảo"),
)
CARDS = {"present": 12, "agree": 12, "against": 0, "other": 0}


@dataclass
class Day:
    """A congress that can elect."""

    congress: Congress
    sitting: Sitting
    contest: Contest
    delegates: list[Delegate]

    @property
    def people(self) -> list[Person]:
        """Those who are there."""
        return [one.person for one in self.delegates]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Refusals are looked for by their English words."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def data_folder(settings: LazySettings, tmp_path: Path) -> Path:
    """Ballots and secrets of a test lie apart from those of every other."""
    settings.DATA = tmp_path / "house"
    return tmp_path / "house"


@pytest.fixture
def day(tree: Tree) -> Day:
    """The roll is frozen: twelve summoned, one absent throughout with leave, so the base is eleven."""
    term = Term.objects.create(label="2025-2030", profile="3_cap", is_current=True)
    congress = congresses.plan(
        organisation=tree.na_luong, term=term, by="test", opens=date(2026, 6, 17), closes=date(2026, 6, 18)
    )
    delegates = [
        congresses.add_delegate(
            congress=congress, person=person(name, tree.commune, f"D{number}"), unit=tree.commune, by="test",
            category=Category.ELECTED,
        )
        for number, name in enumerate(NAMES)
    ]  # fmt: skip
    for place, one in enumerate(delegates[9:]):
        post = BodyPost.MEMBER if place else BodyPost.HEAD
        congresses.seat_in_body(congress=congress, body=BodyKind.COUNTING, person=one.person, post=post, by="test")
    Delegate.objects.filter(pk=delegates[8].pk).update(leave=Leave.GIVEN)
    base = freezing.base_of(congress)
    congresses.freeze_roll(congress=congress, document=freezing.document_of(congress, base), by="test")
    sitting = sittings.open_sitting(congress=congress, kind=SittingKind.CONGRESS, by="test", chair="Nông Thị Lan")
    contest = lists.add_contest(
        sitting=sitting, office=Office.COMMITTEE, title="Bầu Ban Chấp hành Đảng bộ huyện", seats=3, by="test"
    )
    people = [one.person for one in delegates[:4]]
    lists.nominate_many(contest=contest, people=people, source=Source.PREPARED, by="test")
    contest.refresh_from_db()
    return Day(congress, sitting, contest, delegates)


@pytest.fixture
def adopted(day: Day) -> Day:
    """Number and list were adopted by show of cards."""
    for subject in (HandSubject.NUMBER, HandSubject.LIST):
        lists.vote_by_cards(contest=day.contest, subject=subject, cards=CARDS, by="test")
    return day
