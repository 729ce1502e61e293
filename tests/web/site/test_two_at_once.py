"""Two people at one thing: nobody's change is lost without a word, and two who freeze the roll make two rolls."""

from __future__ import annotations

import threading
from html import unescape

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.audit.queries import verify
from daihoi.web.congresses import freezing
from daihoi.web.congresses import services as congresses
from daihoi.web.congresses.models import Congress, Delegate, Roll
from daihoi.web.members import services as members
from daihoi.web.members.models import Person
from daihoi.web.organisations.models import Organisation
from tests.web.conftest import Tree, person, signed_in
from tests.web.congresses.conftest import Hall, hall, without_rest

__all__ = ["hall", "without_rest"]
TOLD = "Somebody else changed this meanwhile, to “{}”."


@pytest.fixture
def two(tree: Tree) -> tuple[Client, Client]:
    """Two people who may change everything of Nà Lương."""
    clients = []
    for name in ("an", "binh"):
        user = person(name, name.title())
        for role in (Role.ORGANISATION_COMMISSION, Role.CONVENING, Role.CREDENTIALS, Role.ADMINISTRATOR):
            accounts.grant(user=user, role=role, by="test", organisation=tree.na_luong.key)
        clients.append(signed_in(user))
    return clients[0], clients[1]


def opened(client: Client, address: str) -> dict[str, str]:
    """The form as the browser would send it back, untouched."""
    form = client.get(address).context["form"]
    held = {bound.html_name: bound.value() for bound in form}
    sent = {name: "" if value is None else str(value) for name, value in held.items() if value is not False}
    return {name: "on" if held[name] is True else value for name, value in sent.items()}


def said(answer: object) -> str:
    return unescape(answer.content.decode())  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_two_who_change_other_fields_of_an_organisation_keep_both(tree: Tree, two: tuple[Client, Client]) -> None:
    address = reverse("organisation_change", args=[tree.commune.key])
    first, second = opened(two[0], address), opened(two[1], address)
    assert two[0].post(address, {**first, "short_name": "Bản Lầu"}).status_code == 302
    assert two[1].post(address, {**second, "phone": "0214 1"}).status_code == 302
    held = Organisation.objects.get(pk=tree.commune.pk)
    assert (held.short_name, held.phone, held.official_members) == ("Bản Lầu", "0214 1", 210)


@pytest.mark.django_db
def test_the_second_of_two_who_change_one_field_is_told_and_decides(tree: Tree, two: tuple[Client, Client]) -> None:
    address = reverse("organisation_change", args=[tree.commune.key])
    first, second = opened(two[0], address), opened(two[1], address)
    assert two[0].post(address, {**first, "phone": "0214 1"}).status_code == 302
    answer = two[1].post(address, {**second, "phone": "0214 2"})
    assert answer.status_code == 200
    assert TOLD.format("0214 1") in said(answer)
    assert Organisation.objects.get(pk=tree.commune.pk).phone == "0214 1"
    again = {bound.html_name: str(bound.value() or "") for bound in answer.context["form"]}
    again["has_seal"] = "on"
    assert two[1].post(address, again).status_code == 302
    assert Organisation.objects.get(pk=tree.commune.pk).phone == "0214 2"


@pytest.mark.django_db
def test_two_who_change_a_person_lose_nothing(tree: Tree, two: tuple[Client, Client]) -> None:
    held = members.enter(organisation=tree.commune, full_name="Nguyễn Văn Hùng", by="test", post="Đảng viên")
    address = reverse("person_change", args=[held.key])
    first, second = opened(two[0], address), opened(two[1], address)
    assert two[0].post(address, {**first, "post": "Bí thư"}).status_code == 302
    assert two[1].post(address, {**second, "full_name": "Nguyễn Văn Hưng"}).status_code == 302
    assert Person.objects.filter(pk=held.pk, post="Bí thư", full_name="Nguyễn Văn Hưng").exists()
    assert TOLD.format("Bí thư") in said(two[1].post(address, {**second, "post": "Phó bí thư"}))


@pytest.mark.django_db
def test_two_who_change_a_delegate_lose_nothing(hall: Hall, two: tuple[Client, Client]) -> None:
    one = hall.delegates[0]
    group = congresses.add_group(congress=hall.congress, number=1, by="test")
    address = reverse("delegate_change", args=[hall.congress.key, one.key])
    first, second = opened(two[0], address), opened(two[1], address)
    assert two[0].post(address, {**first, "seat": "A1"}).status_code == 302
    assert two[1].post(address, {**second, "group": str(group.pk)}).status_code == 302
    assert Delegate.objects.filter(pk=one.pk, seat="A1", group=group).exists()
    assert TOLD.format("A1") in said(two[1].post(address, {**second, "seat": "A2"}))
    assert Delegate.objects.get(pk=one.pk).seat == "A1"


@pytest.mark.django_db
@pytest.mark.parametrize("shown", ["", "[]", "{", '{"phone": 7}', '{"no_such": "x"}'])
def test_a_page_that_says_nothing_readable_of_what_it_showed_is_taken_as_it_is(
    tree: Tree, two: tuple[Client, Client], shown: str
) -> None:
    address = reverse("organisation_change", args=[tree.commune.key])
    sent = {**opened(two[0], address), "phone": "0214 3", "shown": shown}
    assert two[0].post(address, sent).status_code == 302
    assert Organisation.objects.get(pk=tree.commune.pk).phone == "0214 3"


@pytest.mark.django_db
def test_what_one_may_not_see_is_not_carried_by_the_page(tree: Tree) -> None:
    held = members.enter(organisation=tree.commune, full_name="Nguyễn Văn Hùng", by="test", religion="Phật giáo")
    user = person("thu", "Thu")
    accounts.grant(user=user, role=Role.CLERK, by="test", organisation=tree.na_luong.key)
    answer = signed_in(user).get(reverse("person_change", args=[held.key]))
    if answer.status_code == 200 and "religion" not in answer.context["form"].fields:
        assert "Phật giáo" not in said(answer)


@pytest.mark.django_db
def test_two_who_freeze_the_roll_make_two_rolls_that_both_stand(hall: Hall, two: tuple[Client, Client]) -> None:
    address = reverse("rolls", args=[hall.congress.key])
    for client in two:
        client.get(address)
    for client in two:
        assert client.post(address, {"known": "on"}).status_code == 302
    assert sorted(Roll.objects.values_list("number", flat=True)) == [1, 2]
    assert verify().findings == ()


@pytest.mark.django_db(transaction=True)
def test_rolls_frozen_in_one_moment_bear_their_own_numbers(hall: Hall) -> None:
    if connection.vendor != "postgresql":
        pytest.skip(
            "threads of one test share SQLite's memory; writers of a file take turns from their first statement"
        )
    start, wrong = threading.Barrier(4), []

    def freeze() -> None:
        try:
            congress = Congress.objects.get(pk=hall.congress.pk)
            start.wait(20)
            document = freezing.document_of(congress, freezing.base_of(congress))
            congresses.freeze_roll(congress=congress, document=document, by="test")
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=freeze) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    assert sorted(Roll.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert verify().findings == ()
