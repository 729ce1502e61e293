"""Every page with a list asks the database as often for three rows as for one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Outcome, Role
from daihoi.web.congresses import door, freezing, services
from daihoi.web.congresses.choices import BodyKind, BodyPost, Category, Paper, SessionKind, Way
from daihoi.web.congresses.models import Congress
from daihoi.web.members import services as members
from daihoi.web.organisations import services as organisations
from daihoi.web.organisations.choices import Kind, Tier
from daihoi.web.organisations.models import Organisation, Term
from tests.web.conftest import person, signed_in
from tests.web.site.test_gates import patterns

pytestmark = pytest.mark.django_db
COUNTS = {
    "front": 15, "search?q=nguyen": 11, "ledger": 8, "mine": 6, "people_accounts": 8, "sign_ins": 6,
    "organisations": 6, "organisation": 10, "organisation_access": 6, "people": 8, "person": 9,
    "congresses": 7, "congress": 14, "congress_sessions": 6, "congress_bodies": 7, "congress_groups": 8,
    "congress_allocation": 7, "congress_access": 6, "delegates": 10, "delegate": 11, "guests": 7, "congress_papers": 8,
    "check_in_find?q=nguyen": 8, "attendance_session": 13, "screen": 12, "rolls": 9, "roll": 7, "credentials": 10,
}  # fmt: skip
"""Queries of each page that shows a list, five of them to find who asks and what they may see."""
NOON = datetime(2026, 6, 17, 5, tzinfo=UTC)


def house(rows: int) -> tuple[Client, dict[str, object]]:
    """A province with so many of everything, who may see all of it, and what stands in addresses."""
    user = person("ha", "Trần Thị Hà")
    for role in (Role.ADMINISTRATOR, Role.CONVENING, Role.CREDENTIALS, Role.ORGANISATION_COMMISSION):
        accounts.grant(user=user, role=role, by="test")
    province = organisations.found(
        parent=None, by="test", name="Đảng bộ tỉnh", code="T", tier=Tier.PROVINCE, kind=Kind.PROVINCE
    )
    term = Term.objects.create(label="2025-2030", profile="3_cap", is_current=True)
    congress = services.plan(organisation=province, term=term, by="test", opens=NOON.date())
    for number in range(rows):
        unit = organisations.found(
            parent=province, by="test", name=f"Đảng bộ xã {number}", code=f"T-{number}", tier=Tier.GRASSROOTS,
            kind=Kind.COMMUNE, official_members=9,
        )  # fmt: skip
        _of_one(congress, unit, term, number)
    document = freezing.document_of(congress, freezing.base_of(congress))
    for _roll in range(rows):
        services.freeze_roll(congress=congress, document=document, by="test")
    return signed_in(user), _known(congress)


def _of_one(congress: Congress, unit: Organisation, term: Term, number: int) -> None:
    """One more of each."""
    # Of one name: what tells people apart is looked up for all at once.
    one = members.enter(organisation=unit, full_name="Nguyễn Văn Hùng", born=f"198{number}", post="Bí thư", by="test")
    other = accounts.create_user(username=f"u{number}", full_name="Lê Thị Lan", password="một mật khẩu dài")
    accounts.grant(user=other, role=Role.CREDENTIALS, by="test", organisation=congress.organisation.key)
    accounts.grant(
        user=other, role=Role.CHECK_IN, by="test", organisation=congress.organisation.key, congress=congress.key
    )
    accounts.invite(role=Role.CONVENING, by="test", organisation=unit.key, full_name="Ma Văn Ba")
    accounts.note_refusal(username=f"u{number}", outcome=Outcome.WRONG, address="10.0.0.1", browser="B")
    services.plan(organisation=unit, term=term, by="test")
    session = services.add_session(
        congress=congress, kind=SessionKind.OFFICIAL, name=f"Phiên {number}", starts_at=NOON, by="test"
    )
    group = services.add_group(congress=congress, number=number + 1, by="test")
    services.allocate(congress=congress, unit=unit, by="test", elected=2)
    sent = services.add_delegate(
        congress=congress, person=one, unit=unit, by="test", category=Category.ELECTED, group=group
    )
    guest = services.add_guest(congress=congress, full_name=f"Khách {number}", by="test")
    post = BodyPost.MEMBER if number else BodyPost.HEAD
    services.seat_in_body(congress=congress, body=BodyKind.CREDENTIALS, person=one, post=post, by="test")
    for code in (sent.code, guest.code):
        door.pass_door(session=session, scan=door.Scan(code, Way.IN, f"nonce-{code}"), by="test")
    services.note_printing(congress=congress, paper=Paper.SUMMONS, copies=1, by="test", asked={"on": "2026-06-17"})


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_as_much_for_three_as_for_one(rows: int) -> None:
    client, known = house(rows)
    asked = {}
    for name in COUNTS:
        view, mark, words = name.partition("?")
        there = _address(view, known) + mark + words
        with CaptureQueriesContext(connection) as queries:
            assert client.get(there).status_code == 200
        asked[name] = len(queries)
    assert asked == COUNTS


def _address(view: str, known: dict[str, object]) -> str:
    """Where a page stands, whatever its address is made of."""
    (pattern,) = (one for one in patterns() if one.name == view)
    return reverse(view, args=[known[part] for part in pattern.pattern.converters])


def _known(congress: Congress) -> dict[str, object]:
    delegate = congress.delegates.earliest("pk")
    return {
        "key": congress.organisation.key, "person": delegate.person.key, "congress": congress.key,
        "session": congress.sessions.earliest("pk").pk, "delegate": delegate.key,
        "guest": congress.guests.earliest("pk").key, "paper": "summons", "number": 1,
    }  # fmt: skip
