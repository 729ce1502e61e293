"""A live page that was let through is answered again at little cost, and to nobody whom the gate would refuse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daihoi.web.accounts import again
from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import Grant, User
from daihoi.web.audit.models import LedgerHead
from daihoi.web.congresses import attendance as figures
from daihoi.web.congresses import services
from daihoi.web.congresses.choices import Leave, Way
from daihoi.web.congresses.door import Scan, pass_door
from daihoi.web.congresses.views import live
from tests.web.conftest import person, signed_in
from tests.web.congresses.conftest import Hall

pytestmark = pytest.mark.django_db
REMEMBERED = 2
"""Queries of an answer that is given again: of the ledger and the session, and of the stamp."""


@pytest.fixture(autouse=True)
def fresh() -> None:
    """Nothing of a former test is remembered."""
    live._made.clear()
    figures._seen.clear()
    again._remembered.clear()
    again._seen = (-1, -1)


@pytest.fixture
def lan(hall: Hall) -> User:
    """Of the credentials board of the congress alone."""
    user = person("lan", "Nông Thị Lan")
    key = hall.congress.organisation.key
    accounts.grant(user=user, role=Role.CREDENTIALS, by="test", organisation=key, congress=hall.congress.key)
    return user


@pytest.fixture
def board(hall: Hall, lan: User) -> Client:
    """A browser of the board in which the page of the session stood open for a while."""
    client = signed_in(lan)
    for _time in range(2):
        client.get(page(hall), {"part": "1"})
    return client


def page(hall: Hall) -> str:
    return reverse("attendance_session", args=[hall.congress.key, hall.session.pk])


def asked(client: Client, hall: Hall) -> tuple[int, int]:
    """Status and queries of the part of the page."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(page(hall), {"part": "1"})
    return answer.status_code, len(queries)


def test_an_answer_given_again_is_the_whole_one(hall: Hall, board: Client) -> None:
    known = board.get(page(hall), {"part": "1"})
    again._remembered.clear()
    whole = board.get(page(hall), {"part": "1"})
    assert (known.content, dict(known.headers)) == (whole.content, dict(whole.headers))


def test_it_goes_on_while_people_pass_the_door_and_shows_them(hall: Hall, board: Client) -> None:
    before = board.get(page(hall), {"part": "1"}).content
    pass_door(session=hall.session, scan=Scan(hall.delegates[0].code, Way.IN, "nonce-11"), by="t")
    assert board.get(page(hall), {"part": "1"}).content != before
    assert asked(board, hall) == (200, REMEMBERED)


def role_ended(_hall: Hall, lan: User) -> None:
    accounts.end_grant(given=Grant.objects.get(user=lan), by="test")


def account_closed(_hall: Hall, lan: User) -> None:
    accounts.set_open(user=lan, is_open=False, by="test")


def session_gone(_hall: Hall, _lan: User) -> None:
    Session.objects.all().delete()


def session_over(_hall: Hall, _lan: User) -> None:
    Session.objects.update(expire_date=timezone.now())


def password_changed(_hall: Hall, lan: User) -> None:
    accounts.change_password(user=lan, password="một câu khác đủ dài")


@pytest.mark.parametrize(
    ("act", "status"),
    [(role_ended, 403), (account_closed, 302), (session_gone, 302), (session_over, 302), (password_changed, 302)],
)
def test_who_would_be_refused_is_refused_at_once(
    hall: Hall, lan: User, board: Client, act: Callable[[Hall, User], None], status: int
) -> None:
    assert asked(board, hall) == (200, REMEMBERED)
    act(hall, lan)
    assert asked(board, hall)[0] == status


def test_another_act_sends_it_the_whole_way_once(hall: Hall, board: Client) -> None:
    services.set_leave(delegate=hall.delegates[1], leave=Leave.GIVEN, by="test")
    status, queries = asked(board, hall)
    assert (status, queries > REMEMBERED) == (200, True)
    assert asked(board, hall) == (200, REMEMBERED)


def test_another_language_is_spoken_at_once(hall: Hall, lan: User, board: Client) -> None:
    assert board.get(page(hall), {"part": "1"}).headers["Content-Language"] == "en"
    User.objects.filter(pk=lan.pk).update(language="vi")
    assert board.get(page(hall), {"part": "1"}).headers["Content-Language"] == "vi"


def test_another_browser_goes_the_whole_way(hall: Hall, board: Client) -> None:
    assert asked(board, hall) == (200, REMEMBERED)
    assert asked(Client(), hall)[0] == 302
    other = signed_in(person("thu", "Bế Văn Thư"))
    assert asked(other, hall)[0] == 403


def test_an_act_between_the_gate_and_its_remembering_is_not_missed(
    hall: Hall, lan: User, board: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.set_leave(delegate=hall.delegates[1], leave=Leave.GIVEN, by="test")
    shown = live._text

    def ended_meanwhile(*args: object, **kwargs: object) -> str:
        role_ended(hall, lan)
        return shown(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(live, "_text", ended_meanwhile)
    assert asked(board, hall)[0] == 200
    assert asked(board, hall)[0] == 403


def test_an_older_database_put_back_is_told_by_its_ledger(hall: Hall, lan: User, board: Client) -> None:
    assert asked(board, hall) == (200, REMEMBERED)
    Grant.objects.filter(user=lan).update(ended_at=timezone.now())
    LedgerHead.objects.update(seq=1)
    assert asked(board, hall)[0] == 403


def test_what_is_remembered_is_bounded(hall: Hall, board: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(again, "MOST", 1)
    for asks in ("1", "2"):
        board.get(page(hall), {"part": asks})
    assert [known[1] for known in again._remembered] == [f"{page(hall)}?part=2"]
