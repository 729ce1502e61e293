"""A full disk is said in one sentence, what was begun is gone, and what was answered before stands."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import User
from daihoi.web.audit.models import LedgerEntry
from daihoi.web.audit.queries import verify
from daihoi.web.congresses.models import Passage
from daihoi.web.lists.models import Upload
from daihoi.web.organisations.choices import Kind, Tier
from daihoi.web.organisations.models import Organisation
from daihoi.web.site.full_disk import is_full
from tests.web.conftest import Tree, person, signed_in
from tests.web.congresses.conftest import Hall, hall

__all__ = ["hall"]

SENTENCE = "The house cannot write to its disk."


class _OfPostgresError(Exception):
    def __init__(self, sqlstate: str) -> None:
        super().__init__("could not extend file")
        self.sqlstate = sqlstate


def caused(error: BaseException, cause: BaseException) -> BaseException:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EACCES, "Permission denied"), False),
        (caused(OperationalError("could not extend file"), _OfPostgresError("53100")), True),
        (caused(OperationalError("deadlock detected"), _OfPostgresError("40P01")), False),
        (caused(OperationalError("x"), sqlite3.OperationalError("database or disk is full")), True),
        (sqlite3.OperationalError("database is locked"), False),
        (caused(ValueError("x"), OSError(errno.ENOSPC, "")), True),
        (DataError("too long"), False),
        (None, False),
    ],
)
def test_a_full_disk_is_told_from_other_faults(error: BaseException | None, full: bool) -> None:
    assert is_full(error) is full


@pytest.fixture
def full(transactional_db: None) -> Iterator[None]:
    """SQLite is given no page more than it has; on PostgreSQL a trigger says what a full disk says."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            most = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count={most}")
        else:
            cursor.execute(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"
            )
            cursor.execute("CREATE TRIGGER no_room BEFORE INSERT ON audit_ledgerentry EXECUTE FUNCTION no_room()")
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA max_page_count=1073741823")
        else:
            cursor.execute("DROP TRIGGER no_room ON audit_ledgerentry; DROP FUNCTION no_room()")


def quiet(user: User) -> Client:
    """A browser: it is shown the page of the fault, as a person is."""
    client = signed_in(user)
    client.raise_request_exception = False
    return client


@pytest.mark.django_db(transaction=True)
def test_a_form_is_answered_with_one_sentence_and_nothing_of_it_stays(
    tree: Tree, administrator: User, request: pytest.FixtureRequest
) -> None:
    client = quiet(administrator)
    client.get(reverse("organisations"))
    request.getfixturevalue("full")
    before = (Organisation.objects.count(), LedgerEntry.objects.count())
    last = 0
    for number in range(400):
        given = {
            "code": f"N{number}", "name": f"Đảng bộ {'xã ' * 60}", "tier": Tier.GRASSROOTS, "kind": Kind.COMMUNE,
            "official_members": "0", "probationary_members": "0",
        }  # fmt: skip
        answer = client.post(reverse("found_below", args=[tree.na_luong.key]), given)
        if answer.status_code != 302:
            break
        last = number + 1
    assert answer.status_code == 507
    assert SENTENCE in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
    assert (Organisation.objects.count(), LedgerEntry.objects.count()) == (before[0] + last, before[1] + last)
    # All that one may read still opens, and the ledger is whole.
    assert client.get(reverse("organisations")).status_code == 200
    assert verify().findings == ()


@pytest.mark.django_db(transaction=True)
def test_a_scan_that_cannot_be_kept_is_not_acknowledged(hall: Hall, request: pytest.FixtureRequest) -> None:
    user = person("cua", "Người Gác Cửa")
    accounts.grant(
        user=user,
        role=Role.CHECK_IN,
        by="test",
        organisation=hall.congress.organisation.key,
        congress=hall.congress.key,
    )
    client = quiet(user)
    address = reverse("check_in_pass", args=[hall.congress.key, hall.session.pk])
    client.get(address)
    request.getfixturevalue("full")
    acknowledged: list[str] = []
    refused = None
    for number in range(600):
        scans = [
            {"code": hall.delegates[number % 4].code, "nonce": f"nonce-{number}-{place}", "way": way, "age": 0,
             "station": "Bàn số một ở cửa chính của hội trường tỉnh"}
            for place, way in enumerate(("in", "out"))
        ]  # fmt: skip
        answer = client.post(address, json.dumps({"scans": scans}), content_type="application/json")
        told = answer.json()
        acknowledged += [one["nonce"] for one in told["answers"]]
        if answer.status_code != 200:
            refused = answer
            break
    assert refused is not None
    assert (refused.status_code, refused.json()["said"]) == (503, "The house cannot write now; scans wait here.")
    assert sorted(Passage.objects.values_list("nonce", flat=True)) == sorted(acknowledged)
    assert verify().findings == ()


@pytest.mark.django_db(transaction=True)
def test_a_file_for_which_there_is_no_room_is_answered_with_the_sentence(
    tree: Tree, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    client = quiet(administrator)
    monkeypatch.setattr("django.core.files.uploadhandler.MemoryFileUploadHandler.receive_data_chunk", no_room)
    sent = SimpleUploadedFile("to-chuc.csv", "Mã,Tên tổ chức\nA,B\n".encode())
    answer = client.post(reverse("organisations_import"), {"file": sent})
    assert answer.status_code == 507
    assert SENTENCE in answer.content.decode()
    assert Upload.objects.count() == 0
