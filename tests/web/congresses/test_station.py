"""The page of a station: what the browser may keep of it, and the worker that opens it again."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from tests.web.conftest import person, signed_in
from tests.web.congresses.conftest import Hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(hall: Hall) -> Client:
    """Somebody at the door of this congress."""
    user = person("yen", "Ma Thị Yến")
    accounts.grant(
        user=user,
        role=Role.CHECK_IN,
        by="test",
        organisation=hall.congress.organisation.key,
        congress=hall.congress.key,
    )
    return signed_in(user)


def test_the_shell_is_the_station_without_anybody(hall: Hall, door: Client) -> None:
    arguments = [hall.congress.key, hall.session.pk]
    whole = door.get(reverse("check_in_station", args=arguments)).content.decode()
    shell = door.get(reverse("check_in_shell", args=arguments)).content.decode()
    assert "Ma Thị Yến" in whole
    assert "csrfmiddlewaretoken" in whole
    assert "Ma Thị Yến" not in shell
    assert "csrfmiddlewaretoken" not in shell
    for one in hall.delegates:
        assert one.person.full_name not in shell
    station = whole[whole.index('<div class="station"') : whole.index("<noscript>")]
    assert station in shell


def test_the_worker_stands_where_its_scope_is_the_check_in_alone(hall: Hall, door: Client) -> None:
    address = reverse("check_in_worker", args=[hall.congress.key])
    answer = door.get(address)
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    scope = address.rpartition("/")[0] + "/"
    assert scope == reverse("check_in", args=[hall.congress.key])
