"""Every address has one gate, and lets through exactly those whose role opens it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import OF_ONE_CONGRESS, RIGHTS, Right, Role
from daihoi.web.accounts.permissions import OPEN, SIGNED_IN
from daihoi.web.congresses import freezing
from daihoi.web.congresses import services as congresses
from daihoi.web.congresses.choices import Category, Paper, SessionKind
from daihoi.web.congresses.models import Congress
from daihoi.web.counting.models import Count
from daihoi.web.elections.choices import Office, SittingKind, Source
from daihoi.web.elections.models import BallotForm
from daihoi.web.elections.services import lists, sittings
from daihoi.web.hall.services import screens as hall
from daihoi.web.members import services as members
from daihoi.web.members.models import Person
from daihoi.web.organisations.models import Organisation, Term
from daihoi.web.reporting.models import Parcel, Received
from tests.web.conftest import Tree, person, signed_in

pytestmark = pytest.mark.django_db


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """All addresses of the house."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


LISTS = {"search", "organisations", "people", "congresses", "check_in_find", "results_received"}
"""Pages that answer what is typed into them; all others are asked as they stand."""
ALL = {str(one.name): one for one in patterns()}


NEVER = {"sign_out", "language"}
"""Addresses that change who asks, or how."""


def addresses(organisation: Organisation, full_name: str = "Nguyễn Văn Hùng") -> dict[str, str]:
    """Every address by its name, about things of one organisation."""
    known = known_in(organisation, full_name)
    return {name: reverse(name, args=[known[part] for part in one.pattern.converters]) for name, one in ALL.items()}


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done here is undone again: one house serves all who ask."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def known_in(organisation: Organisation, full_name: str) -> dict[str, object]:
    """What can stand in an address, of one organisation; its person is entered when first asked for."""
    person = Person.objects.filter(organisation=organisation).first() or members.enter(
        organisation=organisation, full_name=full_name, post=f"ở {full_name}", native_place=full_name, by="test"
    )
    known = {"key": organisation.key, "person": person.key, "token": "no-such-token", "pk": 1, "upload": "none"}
    return known | congress_in(organisation, person)


def congress_in(organisation: Organisation, person: Person) -> dict[str, object]:
    """A congress of it with a session, a delegate, a guest and a frozen roll, planned when first asked for."""
    term, _new = Term.objects.get_or_create(label="2025-2030", defaults={"profile": "3_cap"})
    congress = Congress.objects.filter(organisation=organisation).first()
    if congress is None:
        congress = congresses.plan(organisation=organisation, term=term, venue=f"Hội trường {organisation}", by="test")
        noon = datetime(2026, 6, 17, 5, tzinfo=UTC)
        kind = SessionKind.OFFICIAL
        congresses.add_session(congress=congress, kind=kind, name=f"Phiên {organisation}", starts_at=noon, by="test")
        congresses.add_delegate(
            congress=congress, person=person, unit=organisation, by="test", category=Category.ELECTED
        )
        congresses.add_guest(congress=congress, full_name=f"Khách {person}", by="test")
        congresses.allocate(congress=congress, unit=organisation, by="test", elected=1)
        document = freezing.document_of(congress, freezing.base_of(congress))
        congresses.freeze_roll(congress=congress, document=document, by="test")
        asked = {"on": "2026-06-17", "number": "", "size": "90x54", "people": []}
        congresses.note_printing(congress=congress, paper=Paper.SUMMONS, copies=1, by="test", asked=asked)
        hall.add_screen(congress=congress, name=f"Màn hình {organisation}", language="vi", by="test")
        sitting = sittings.open_sitting(congress=congress, kind=SittingKind.CONGRESS, by="test")
        lists.add_contest(
            sitting=sitting, office=Office.COMMITTEE, title=f"Bầu Ban Chấp hành {organisation}", seats=3, by="test"
        )
    return {
        "congress": congress.key,
        "session": congress.sessions.get().pk,
        "delegate": congress.delegates.get().key,
        "guest": congress.guests.get().key,
        "paper": "summons",
        "number": 1,
        "kind": "pdf",
        **elections_of(congress, person),
        **hall_of(congress),
        **counting_of(congress),
        **reporting_of(organisation),
    }


def reporting_of(organisation: Organisation) -> dict[str, object]:
    """A result of it that was taken in, whose file nobody kept."""
    result = Received.objects.filter(organisation=organisation).first()
    if result is None:
        says: dict[str, object] = {"congress": f"Đại hội {organisation}", "opens": "2026-06-17", "office": "committee"}
        says |= {"title": f"Ban Chấp hành {organisation}", "round": 1, "round_kind": "first", "seats": 3}
        says |= {"elected": 0, "open_seats": 3, "base": 9, "valid": 9, "invalid": 0, "lines": [], "ties": []}
        key = organisation.key
        parcel = Parcel.objects.create(
            owner="0", file_name=f"{organisation}.zip", sha256="0" * 64, size=1, says=says, report={"passed": []}
        )
        result = Received.objects.create(
            parcel=parcel, organisation=organisation, digest=f"{key:0>64}", contest=key, office="committee",
            title=f"Ban Chấp hành {organisation}", round_kind="first", opens="2026-06-17", slot=key, seats=3, elected=0,
            open_seats=3,
        )  # fmt: skip
    return {"result": result.key}


def counting_of(congress: Congress) -> dict[str, object]:
    """A count of its contest, with a pile and a question of the board."""
    contest = congress.sittings.get().contests.earliest("pk")
    count = Count.objects.filter(contest=contest).first()
    if count is None:
        form = BallotForm.objects.create(contest=contest, number=1, digest="0" * 64, pages=1, made_by="test")
        count = Count.objects.create(contest=contest, form=form, label="A", made_by="test")
        count.batches.create(number=1, papers=50, made_by=f"Tổ {congress.organisation}")
        count.questions.create(place=0, ballot="b0001", reason="faint", proposal="kept", file=f"{congress}.jpg")
    question = count.questions.get().pk
    told: dict[str, object] = {"count": count.key, "batch": 1, "question": question, "picture": "page"}
    return told | {"ballot": "b0001", "candidate": "c01", "file": "minutes.pdf"}


def elections_of(congress: Congress, person: Person) -> dict[str, object]:
    """The first contest of it, with somebody proposed."""
    contest = congress.sittings.get().contests.first()
    assert contest is not None
    nomination = contest.nominations.first() or lists.nominate(
        contest=contest, person=person, source=Source.PREPARED, by="test"
    )
    told: dict[str, object] = {"contest": contest.key, "nomination": nomination.key, "body": "congress"}
    return told | {"subject": "number", "check": "surplus_within_limit", "job": 1}


def hall_of(congress: Congress) -> dict[str, object]:
    """The screen that stands in the hall of it, and the drawing of a ballot that nobody made."""
    return {"screen": congress.screens.get().key, "language": "vi", "page": 1, "drawing": "none", "photo": "none"}


def asked(client: Client, address: str) -> int:
    """What an address answers; by GET, or by POST where it takes nothing else."""
    with taken_back():
        answer = client.get(address)
        return client.post(address).status_code if answer.status_code == 405 else answer.status_code


def of_role(role: Role, organisation: str = "", congress: str = "") -> Client:
    """A browser of somebody who has this role alone."""
    user = person(f"minh-{role}", "Lê Minh")
    accounts.grant(user=user, role=role, by="test", organisation=organisation, congress=congress)
    return signed_in(user)


def opens(role: Role, name: str) -> bool:
    """Whether an address is for this role."""
    gate = ALL[name].callback.gate  # type: ignore[union-attr]
    return gate in {OPEN, SIGNED_IN} or Right(gate) in RIGHTS[role]


def leaks(client: Client, role: Role, there: dict[str, str], word: str) -> list[str]:
    """The addresses whose answer holds the word, be it asked for or not; those that are closed have said nothing."""
    found = []
    for name, address in there.items():
        if name in NEVER or not opens(role, name):
            continue
        with taken_back():
            said = client.get(address, {"q": word} if name in LISTS else {}).content.decode()
        # What was typed into the field of search comes back, and is no leak.
        if word in said.replace(f"“{word}”", "").replace(f'value="{word}"', ""):
            found.append(name)
    return found


def test_every_view_says_what_it_asks_for() -> None:
    without = [name for name, one in ALL.items() if not hasattr(one.callback, "gate")]
    assert without == []


def test_who_is_nobody_is_sent_to_sign_in(tree: Tree) -> None:
    wrong = []
    for name, address in addresses(tree.na_luong).items():
        gate = ALL[name].callback.gate  # type: ignore[union-attr]
        with taken_back():
            answer = Client().get(address)
        sent = answer.headers.get("Location", "").startswith("/sign-in/?next=")
        if answer.status_code != 405 and sent == (gate == OPEN):
            wrong.append((name, answer.status_code))
    assert wrong == []


def test_a_role_opens_exactly_its_pages(tree: Tree) -> None:
    there = addresses(tree.na_luong)
    accounts.grant(user=person("x", "X"), role=Role.ADMINISTRATOR, by="test")
    wrong = []
    for role in Role:
        client = of_role(role)
        for name in set(ALL) - NEVER:
            if (asked(client, there[name]) == 403) == opens(role, name):
                wrong.append((role, name))
    assert wrong == []


def test_nobody_sees_beyond_their_part_of_the_tree(tree: Tree) -> None:
    far = addresses(tree.far, "Đinh Thị Phú Đông")
    leaked = {role: leaks(of_role(role, tree.na_luong.key), role, far, "Phú Đông") for role in Role}
    assert {role: names for role, names in leaked.items() if names} == {}


def test_the_far_commune_is_there_to_be_leaked(tree: Tree) -> None:
    user = person("ha", "Trần Thị Hà")
    for role in (Role.ADMINISTRATOR, Role.ORGANISATION_COMMISSION):
        accounts.grant(user=user, role=role, by="test")
    client = signed_in(user)
    assert "Phú Đông" in client.get(reverse("organisations"), {"q": "phu dong"}).content.decode()
    assert "Phú Đông" in client.get(reverse("organisation", args=[tree.far.key])).content.decode()
    far_person = known_in(tree.far, "Đinh Thị Phú Đông")["person"]
    assert "Đinh Thị Phú Đông" in client.get(reverse("search"), {"q": "phu dong"}).content.decode()
    assert "Đinh Thị Phú Đông" in client.get(reverse("people"), {"q": "phu dong"}).content.decode()
    assert "Đinh Thị Phú Đông" in client.get(reverse("person", args=[far_person])).content.decode()
    assert "Phú Đông" in client.get(reverse("congresses"), {"q": "phu dong"}).content.decode()
    told = ["congress", "congress_sessions", "congress_allocation", "delegates", "delegate", "guests", "rolls", "roll"]
    told += ["check_in_station", "check_in_find", "attendance_session", "screen", "congress_paper"]
    told += ["elections", "contest", "contest_names", "nomination", "contest_change", "contest_vote", "sitting"]
    told += ["results_of", "result_received"]
    there = addresses(tree.far)
    for name in told:
        page = client.get(there[name], {"q": "phu dong"} if name in LISTS else {})
        assert "Phú Đông" in page.content.decode() or "Ph\\u00fa" in page.content.decode(), name


def test_a_role_of_one_congress_opens_no_other(tree: Tree) -> None:
    key = str(known_in(tree.na_luong, "Nguyễn Văn Hùng")["congress"])
    far, sister = addresses(tree.far, "Đinh Thị Phú Đông"), addresses(tree.commune, "Lò Thị Bản Lầu")
    leaked = {}
    for role in sorted(OF_ONE_CONGRESS):
        client = of_role(role, tree.na_luong.key, key)
        assert client.get(reverse("congress", args=[key])).status_code == 200
        leaked[role] = leaks(client, role, far, "Phú Đông") + leaks(client, role, sister, "Bản Lầu")
    assert {role: names for role, names in leaked.items() if names} == {}
