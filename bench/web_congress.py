"""A congress of the fictional country, as full as a province's: 450 delegates, their alternates, guests, a frozen roll.

For `bench/web.py`, whose country has people and organisations alone.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import cycle
from zoneinfo import ZoneInfo

from django.db import transaction

from daihoi.web.congresses import door, freezing, services
from daihoi.web.congresses.choices import BodyKind, BodyPost, Category, Paper, SessionKind, Way
from daihoi.web.congresses.models import Congress, Delegate
from daihoi.web.members.models import Person
from daihoi.web.organisations import services as organisations
from daihoi.web.organisations.models import Organisation, Term

BY = "bench"
OFFICIAL, ALTERNATES, GUESTS, GROUPS, PRESENT = 450, 30, 60, 12, 400
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@transaction.atomic
def convened(organisation: Organisation) -> Congress:
    """The congress of an organisation; made where it is not there yet."""
    there = Congress.objects.filter(organisation=organisation).first()
    if there is not None:
        return there
    term = Term.objects.first() or organisations.set_term(label="2025-2030", profile="3_cap", labels={}, by=BY)
    congress = services.plan(
        organisation=organisation, term=term, by=BY, venue="Hội trường tỉnh", opens=date(2026, 6, 17),
        closes=date(2026, 6, 18), hall_rows=20, hall_blocks="12,12",
    )  # fmt: skip
    noon = datetime(2026, 6, 17, 12, tzinfo=_ZONE)
    session = services.add_session(
        congress=congress, kind=SessionKind.OFFICIAL, name="Phiên chính thức", starts_at=noon, by=BY
    )
    delegates = _send(congress)
    for number in range(GUESTS):
        services.add_guest(congress=congress, by=BY, full_name=f"Khách {number}", precedence=number)
    for place, one in enumerate(delegates[:5]):
        post = BodyPost.MEMBER if place else BodyPost.HEAD
        services.seat_in_body(congress=congress, body=BodyKind.CREDENTIALS, person=one.person, post=post, by=BY)
    for one in delegates[:PRESENT]:
        door.pass_door(session=session, scan=door.Scan(one.code, Way.IN, f"bench-{one.code}"), by=BY)
    services.freeze_roll(congress=congress, document=freezing.document_of(congress, freezing.base_of(congress)), by=BY)
    asked = {"on": "2026-06-17", "number": "", "size": "90x54", "people": []}
    services.note_printing(congress=congress, paper=Paper.SUMMONS, copies=1, by=BY, asked=asked)
    return congress


def _send(congress: Congress) -> list[Delegate]:
    """Delegates of the organisations below, with groups and seats; what each sends is allocated to it."""
    groups = cycle([services.add_group(congress=congress, number=number, by=BY) for number in range(1, GROUPS + 1)])
    below = Person.objects.filter(organisation__path__startswith=congress.organisation.path)
    people = list(below.select_related("organisation").order_by("pk")[: OFFICIAL + ALTERNATES])
    sent = []
    for place, person in enumerate(people):
        fields = {"category": Category.ELECTED, "group": next(groups)}
        if place >= OFFICIAL:
            fields |= {"category": Category.ALTERNATE, "alternate_number": place - OFFICIAL + 1}
        sent.append(services.add_delegate(congress=congress, person=person, unit=person.organisation, by=BY, **fields))
    for unit in {one.unit for one in sent}:
        numbers = [one.category for one in sent if one.unit == unit]
        services.allocate(
            congress=congress, unit=unit, by=BY, elected=numbers.count(Category.ELECTED),
            alternates=numbers.count(Category.ALTERNATE),
        )  # fmt: skip
    services.give_seats(congress=congress, seats=[f"A{number}" for number in range(1, OFFICIAL + 1)], by=BY)
    services.recognise_open(congress=congress, by=BY)
    return sent


def in_addresses(congress: Congress) -> dict[str, object]:
    """What stands in the addresses of a congress."""
    delegate, guest = congress.delegates.order_by("pk").first(), congress.guests.order_by("pk").first()
    session = congress.sessions.get()
    return {
        "congress": congress.key, "delegate": delegate.key, "guest": guest.key, "session": session.pk,
        "paper": Paper.SUMMONS.value, "number": 1,
    }  # fmt: skip
