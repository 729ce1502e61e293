"""Who cannot sign in is helped in by an administrator, who learns no password and whom the ledger names."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from daihoi.web.accounts import queries, services
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import Invitation, User
from daihoi.web.audit.queries import entries, verify
from tests.web.accounts.test_sign_in import sign_in
from tests.web.conftest import PASSWORD, Tree, person, signed_in

pytestmark = pytest.mark.django_db
ANOTHER = "một mật khẩu khác hẳn"


@pytest.fixture
def minh(db: None) -> User:
    return person("minh", "Lê Minh")


def helped(administrator: User, user: User, act: str) -> str:
    """The page that the administrator sees after pressing a button."""
    client = signed_in(administrator)
    answer = client.post(reverse("help_account", args=[user.pk]), {"act": act}, follow=True)
    return answer.content.decode()


def link_in(page: str) -> str:
    found = re.search(r'href="http://testserver(/join/[^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_link_lets_the_person_choose_another_password_once(minh: User, administrator: User) -> None:
    here = signed_in(minh)
    link = link_in(helped(administrator, minh, "password"))
    guest = Client()
    assert "minh" in guest.get(link).content.decode()
    weak = guest.post(link, {"password": "12345", "again": "12345"}).content.decode()
    assert 'id="id_password_error"' in weak
    assert guest.post(link, {"password": ANOTHER, "again": ANOTHER}).headers["Location"] == reverse("sign_in")
    assert guest.post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 410
    assert sign_in(Client()) == ""
    assert sign_in(Client(), ANOTHER) == reverse("front")
    assert here.get(reverse("mine")).status_code == 302
    assert {"account.password_link", "account.password_changed"} <= {row.kind for row in entries()}
    assert verify().findings == ()


def test_a_newer_link_puts_out_the_older(minh: User, administrator: User) -> None:
    first, second = (link_in(helped(administrator, minh, "password")) for _time in range(2))
    assert [Client().get(link).status_code for link in (first, second)] == [410, 200]


def test_such_a_link_makes_no_account_and_gives_no_role(minh: User) -> None:
    token = services.renew_password(user=minh, by="test")
    with pytest.raises(ValidationError):
        services.join(token=token, username="khac", full_name="Khác", password=PASSWORD)
    assert User.objects.count() == 1
    assert not queries.open_invitations().exists()


def test_an_invitation_changes_nobodys_password(minh: User) -> None:
    token = services.invite(role=Role.CLERK, by="test")
    with pytest.raises(ValidationError):
        services.choose_password(token=token, password=ANOTHER)
    assert User.objects.get(pk=minh.pk).check_password(PASSWORD)


def test_links_end_after_a_day_and_with_the_account(minh: User) -> None:
    token = services.renew_password(user=minh, by="test")
    services.set_open(user=minh, is_open=False, by="test")
    with pytest.raises(ValidationError):
        services.choose_password(token=token, password=ANOTHER)
    services.set_open(user=minh, is_open=True, by="test")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ValidationError):
        services.choose_password(token=token, password=ANOTHER)


def test_a_locked_name_is_let_go(minh: User, administrator: User) -> None:
    client = Client()
    for _try in range(6):
        sign_in(client, "sai")
    assert sign_in(client) == ""
    page = signed_in(administrator).get(reverse("account", args=[minh.pk])).content.decode()
    assert 'value="unlock"' in page
    assert 'value="unlock"' not in helped(administrator, minh, "unlock")
    assert sign_in(client) == reverse("front")
    assert "account.unlocked" in {row.kind for row in entries()}


def test_a_lost_telephone_is_switched_off(minh: User, administrator: User) -> None:
    TOTPDevice.objects.create(user=minh, name="totp", confirmed=True)
    assert reverse("code") in sign_in(Client())
    assert 'value="second_factor"' not in helped(administrator, minh, "second_factor")
    assert sign_in(Client()) == reverse("front")
    last = next(row for row in entries() if row.kind == "account.second_factor")
    assert last.by == str(administrator)


def test_who_manages_a_part_helps_nobody_in(minh: User, tree: Tree) -> None:
    user = person("lan", "Nông Thị Lan")
    accounts = reverse("help_account", args=[minh.pk])
    services.grant(user=user, role=Role.ADMINISTRATOR, by="test", organisation=tree.na_luong.key)
    assert signed_in(user).post(accounts, {"act": "password"}).status_code == 403
    assert signed_in(user).get(accounts).status_code == 405
    assert not Invitation.objects.exists()
