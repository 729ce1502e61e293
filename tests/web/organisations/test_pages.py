"""Pages of the tree: what may be changed is offered where it may be, and roles are given for one's part alone."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import Grant, Invitation, User
from daihoi.web.organisations.queries import current_term, tier_labels
from tests.web.conftest import Tree, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def an(tree: Tree) -> User:
    """Runs the machine of Nà Lương alone, and reads all."""
    user = person("an", "Lò Văn An")
    accounts.grant(user=user, role=Role.ADMINISTRATOR, by="test", organisation=tree.na_luong.key)
    accounts.grant(user=user, role=Role.STANDING, by="test")
    return user


def test_a_page_offers_only_what_may_be_done_there(tree: Tree, an: User) -> None:
    client = signed_in(an)
    for organisation, offered in ((tree.commune, True), (tree.far, False), (tree.province, False)):
        shown = client.get(reverse("organisation", args=[organisation.key])).content.decode()
        for name in ("organisation_change", "found_below", "organisation_access", "organisation_merge"):
            assert (reverse(name, args=[organisation.key]) in shown) is offered, (organisation.code, name)


def test_a_role_is_given_to_somebody_who_has_an_account(tree: Tree, an: User) -> None:
    minh = person("minh", "Lê Minh")
    address = reverse("organisation_access", args=[tree.commune.key])
    answer = signed_in(an).post(address, {"role": Role.CLERK, "username": "MINH"})
    given = Grant.objects.get(user=minh)
    assert (given.role, given.organisation, given.scope_name) == (Role.CLERK, tree.commune.key, tree.commune.name)
    assert "Lê Minh" in answer.content.decode()
    assert Invitation.objects.count() == 0


def test_a_role_for_somebody_new_is_an_invitation(tree: Tree, an: User) -> None:
    address = reverse("organisation_access", args=[tree.commune.key])
    shown = signed_in(an).post(address, {"role": Role.CLERK, "full_name": "Lê Minh"}).content.decode()
    link = re.search(r"/join/([\w-]+)/", shown)
    assert link is not None
    joined = accounts.join(token=link[1], username="minh", full_name="Lê Minh", password="một mật khẩu dài")
    assert [one.organisation for one in joined.grants.all()] == [tree.commune.key]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"username": "nobody"}, "There is no open account of this name."),
        ({}, "Say who"),
        ({"full_name": "Lê Minh", "role": Role.COUNTING}, "Select a valid choice"),
    ],
)
def test_a_role_for_nobody_is_refused(tree: Tree, an: User, given: dict[str, str], field: str) -> None:
    address = reverse("organisation_access", args=[tree.commune.key])
    shown = signed_in(an).post(address, {"role": Role.CLERK, **given}).content.decode()
    assert field in shown
    assert (Grant.objects.count(), Invitation.objects.count()) == (2, 0)


def test_a_closed_account_is_given_nothing(tree: Tree, an: User) -> None:
    minh = person("minh", "Lê Minh")
    accounts.set_open(user=minh, is_open=False, by="test")
    signed_in(an).post(
        reverse("organisation_access", args=[tree.commune.key]), {"role": Role.CLERK, "username": "minh"}
    )
    assert minh.grants.count() == 0


def test_nobody_gives_roles_beyond_their_part(tree: Tree, an: User) -> None:
    for key in (tree.far.key, tree.province.key):
        answer = signed_in(an).post(reverse("organisation_access", args=[key]), {"role": Role.CLERK, "full_name": "X"})
        assert answer.status_code == 404
    assert Invitation.objects.count() == 0


def test_the_term_is_set_in_the_browser(tree: Tree, administrator: User, an: User) -> None:
    given = {"label": "2025-2030", "profile": "2_cap", "TREN_CO_SO": "Xã, phường, đặc khu"}
    assert signed_in(an).post(reverse("term"), given).status_code == 403
    client = signed_in(administrator)
    assert "Write the two years" in client.post(reverse("term"), {**given, "label": "2025"}).content.decode()
    assert client.post(reverse("term"), given).status_code == 302
    assert tier_labels(current_term())["TREN_CO_SO"] == "Xã, phường, đặc khu"
    assert "Xã, phường, đặc khu" in client.get(reverse("term")).content.decode()
