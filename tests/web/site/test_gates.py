"""Every address has one gate, and lets through exactly those whose role opens it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import RIGHTS, Right, Role
from daihoi.web.accounts.permissions import OPEN, SIGNED_IN
from daihoi.web.members import services as members
from daihoi.web.members.models import Person
from daihoi.web.organisations.models import Organisation
from tests.web.conftest import Tree, person, signed_in

pytestmark = pytest.mark.django_db


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """All addresses of the house."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


ALL = {str(one.name): one for one in patterns()}


def arguments(name: str, tree: Tree) -> list[object]:
    """What stands in an address: things of Nà Lương."""
    return [known_in(tree.na_luong, "Nguyễn Văn Hùng")[part] for part in ALL[name].pattern.converters]


def known_in(organisation: Organisation, full_name: str) -> dict[str, object]:
    """What can stand in an address, of one organisation; its person is entered when first asked for."""
    person = Person.objects.filter(organisation=organisation).first() or members.enter(
        organisation=organisation, full_name=full_name, post=f"ở {full_name}", native_place=full_name, by="test"
    )
    return {"key": organisation.key, "person": person.key, "token": "no-such-token", "pk": 1, "upload": "none"}


def asked(client: Client, name: str, tree: Tree) -> int:
    """What an address answers; by GET, or by POST where it takes nothing else."""
    address = reverse(name, args=arguments(name, tree))
    answer = client.get(address)
    return client.post(address).status_code if answer.status_code == 405 else answer.status_code


def test_every_view_says_what_it_asks_for() -> None:
    without = [name for name, one in ALL.items() if not hasattr(one.callback, "gate")]
    assert without == []


@pytest.mark.parametrize("name", sorted(ALL))
def test_who_is_nobody_is_sent_to_sign_in(name: str, tree: Tree) -> None:
    gate = ALL[name].callback.gate  # type: ignore[union-attr]
    answer = Client().get(reverse(name, args=arguments(name, tree)))
    if gate == OPEN:
        assert "/sign-in/?next=" not in answer.headers.get("Location", "")
    elif answer.status_code != 405:
        assert answer.headers["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_exactly_its_pages(role: Role, tree: Tree) -> None:
    client = signed_in(person("minh", "Lê Minh"))
    accounts.grant(user=person("x", "X"), role=Role.ADMINISTRATOR, by="test")
    accounts.grant(user=accounts.User.objects.get(username="minh"), role=role, by="test")
    wrong = []
    for name, one in ALL.items():
        gate = one.callback.gate  # type: ignore[union-attr]
        if name in {"sign_out", "language"}:
            continue
        opened = gate in {OPEN, SIGNED_IN} or Right(gate) in RIGHTS[role]
        if (asked(client, name, tree) == 403) == opened:
            wrong.append(name)
    assert wrong == []


@pytest.mark.parametrize("role", list(Role))
def test_nobody_sees_beyond_their_part_of_the_tree(role: Role, tree: Tree) -> None:
    user = person("minh", "Lê Minh")
    accounts.grant(user=user, role=role, by="test", organisation=tree.na_luong.key)
    client = signed_in(user)
    leaked = []
    for name, one in ALL.items():
        if name in {"sign_out", "language"}:
            continue
        known = known_in(tree.far, "Đinh Thị Phú Đông")
        address = reverse(name, args=[known[part] for part in one.pattern.converters])
        answer = client.get(address, {"q": "Phu Dong"} if name in {"search", "organisations", "people"} else {})
        if "Phú Đông" in answer.content.decode():
            leaked.append(name)
    assert leaked == []


def test_the_far_commune_is_there_to_be_leaked(tree: Tree) -> None:
    user = person("ha", "Trần Thị Hà")
    accounts.grant(user=user, role=Role.ADMINISTRATOR, by="test")
    client = signed_in(user)
    assert "Phú Đông" in client.get(reverse("organisations"), {"q": "phu dong"}).content.decode()
    assert "Phú Đông" in client.get(reverse("organisation", args=[tree.far.key])).content.decode()
    far_person = known_in(tree.far, "Đinh Thị Phú Đông")["person"]
    assert "Đinh Thị Phú Đông" in client.get(reverse("search"), {"q": "phu dong"}).content.decode()
    assert "Đinh Thị Phú Đông" in client.get(reverse("people"), {"q": "phu dong"}).content.decode()
    assert "Đinh Thị Phú Đông" in client.get(reverse("person", args=[far_person])).content.decode()
