"""The congress of Nà Lương: 190 delegates with a vote, twelve alternates, guests, bodies, groups and seats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from daihoi.web.congresses import services
from daihoi.web.congresses.choices import BodyKind, BodyPost, Category, SessionKind
from daihoi.web.congresses.models import Congress, Group
from daihoi.web.members.models import Person
from daihoi.web.organisations.models import Organisation, Term
from daihoi.web.site.demo.accounts import BY
from daihoi.web.site.demo.people import ALTERNATES, DESIGNATED, ELECTED, EX_OFFICIO
from daihoi.web.site.demo.tree import NA_LUONG

_SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
_GROUPS = 6
_BODIES = ((BodyKind.PRESIDIUM, 5), (BodyKind.SECRETARIAT, 2), (BodyKind.CREDENTIALS, 5), (BodyKind.COUNTING, 9))
_GUESTS = (
    ("Lê Thị Thu Hương", "Phó Bí thư Tỉnh ủy", "Tỉnh ủy Thanh Giang", 1),
    ("Trần Đức Long", "Trưởng Ban Tổ chức", "Tỉnh ủy Thanh Giang", 2),
    ("Phan Thanh Tùng", "Nguyên Bí thư Huyện ủy", "", 10),
    ("Bàn Thị Mai", "Chủ tịch Hội Người cao tuổi huyện", "Huyện Nà Lương", 20),
)


def convene(term: Term) -> Congress:
    """Plan the congress and seat everybody."""
    organisation = Organisation.objects.get(code=NA_LUONG.code)
    congress = services.plan(
        organisation=organisation,
        term=term,
        by=BY,
        ordinal="XXI",
        opens=date(2020, 6, 10),
        closes=date(2020, 6, 12),
        venue="Hội trường huyện Nà Lương",
        theme="Đoàn kết - Dân chủ - Kỷ cương - Đổi mới - Phát triển",
        is_pilot=True,
        pilot_reason="Huyện miền núi, bầu trực tiếp bí thư",
        elects_secretary=True,
        delegates_allocated=EX_OFFICIO + ELECTED + DESIGNATED,
    )
    for kind, name, starts in (
        (SessionKind.PREPARATORY, "Phiên trù bị", datetime(2020, 6, 10, 13, 30, tzinfo=_SAIGON)),
        (SessionKind.OFFICIAL, "Phiên chính thức", datetime(2020, 6, 11, 7, 30, tzinfo=_SAIGON)),
    ):
        services.add_session(congress=congress, kind=kind, name=name, starts_at=starts, by=BY)
    people = list(
        Person.objects.filter(organisation__path__startswith=organisation.path).select_related("organisation")
    )
    people.sort(key=lambda one: one.code)
    _allocate(congress, people)
    _send(congress, people)
    for name, title, of, precedence in _GUESTS:
        services.add_guest(
            congress=congress, by=BY, full_name=name, title=title, organisation_name=of, precedence=precedence
        )
    _elect_bodies(congress, people)
    return congress


def _categories(people: Sequence[Person]) -> list[tuple[Person, Category]]:
    order = [Category.EX_OFFICIO] * EX_OFFICIO + [Category.ELECTED] * ELECTED + [Category.DESIGNATED] * DESIGNATED
    return list(zip(people, order + [Category.ALTERNATE] * ALTERNATES, strict=True))


def _allocate(congress: Congress, people: Sequence[Person]) -> None:
    figures: dict[int, dict[str, int]] = {}
    units = {}
    names = {Category.ALTERNATE: "alternates"}
    for person, category in _categories(people):
        units[person.organisation_id] = person.organisation
        held = figures.setdefault(person.organisation_id, {"ex_officio": 0, "elected": 0, "alternates": 0})
        name = names.get(category, str(category))
        held[name] = held.get(name, 0) + 1
    for pk, unit in units.items():
        services.allocate(congress=congress, unit=unit, by=BY, **figures[pk])


def _send(congress: Congress, people: Sequence[Person]) -> None:
    groups: list[Group] = [
        services.add_group(congress=congress, number=number, by=BY, room=f"Phòng họp số {number}")
        for number in range(1, _GROUPS + 1)
    ]
    numbers: dict[int, int] = {}
    for place, (person, category) in enumerate(_categories(people)):
        number = None
        if category is Category.ALTERNATE:
            number = numbers[person.organisation_id] = numbers.get(person.organisation_id, 0) + 1
        services.add_delegate(
            congress=congress,
            person=person,
            unit=person.organisation,
            by=BY,
            category=category,
            alternate_number=number,
            group=groups[place % _GROUPS],
        )


def _elect_bodies(congress: Congress, people: Sequence[Person]) -> None:
    """The presidium from the committee, the others from the units."""
    sitting = iter([*people[:5], *people[EX_OFFICIO:]])
    for body, size in _BODIES:
        for place in range(size):
            post = (BodyPost.HEAD, BodyPost.DEPUTY)[place] if place < 2 else BodyPost.MEMBER
            services.seat_in_body(congress=congress, body=body, person=next(sitting), post=post, by=BY)
