"""Guests from a spreadsheet and back into one, and what was printed of a single person."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from pytest_django import DjangoAssertNumQueries

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.audit.models import LedgerEntry
from daihoi.web.congresses import printed, services
from daihoi.web.congresses.choices import Category, Paper
from daihoi.web.congresses.models import Delegate, Guest, Printing
from daihoi.web.lists.models import Upload
from tests.web.conftest import person, signed_in
from tests.web.congresses.conftest import Hall
from tests.web.congresses.conftest import person as member

pytestmark = pytest.mark.django_db
HEADS = ("Mã thẻ", "Họ và tên", "Chức vụ", "Cơ quan", "Thứ tự", "Số ghế")


@pytest.fixture
def clerk(hall: Hall) -> Client:
    """Somebody of the convening committee."""
    user = person("lan", "Nông Thị Lan")
    accounts.grant(user=user, role=Role.CONVENING, by="test", organisation=hall.congress.organisation.key)
    return signed_in(user)


def book_of(*rows: tuple[object, ...]) -> bytes:
    """A spreadsheet with these rows below the headings."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (HEADS, *rows):
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def previewed(client: Client, hall: Hall, *rows: tuple[object, ...]) -> dict[str, object]:
    """What the preview tells, by state."""
    Upload.objects.all().delete()
    address = reverse("guests_import", args=[hall.congress.key])
    answer = client.post(address, {"file": SimpleUploadedFile("khach.xlsx", book_of(*rows))})
    told: dict[str, object] = client.get(answer.headers["Location"]).context["told"]
    return told


def confirmed(client: Client, hall: Hall) -> None:
    """Write what was shown."""
    upload = Upload.objects.get()
    address = reverse("guests_import_file", args=[hall.congress.key, upload.key])
    answer = client.post(address, {"act": "confirm", "digest": upload.digest})
    assert answer.headers["Location"] == reverse("guests", args=[hall.congress.key])


def faults(told: dict[str, object]) -> dict[int, str]:
    """Row -> what is wrong with it."""
    rows: list[tuple[int, str, object, list[str], object]] = told["rows"]  # type: ignore[assignment]
    return {number: " ".join(said) for number, state, _cells, said, _changes in rows if state == "error"}


def test_new_guests_come_in_and_known_ones_change(hall: Hall, clerk: Client) -> None:
    rows = (
        ("", "Lê Thị Thu Hương", "Phó Bí thư Tỉnh ủy", "Tỉnh ủy Thanh Giang", 1, "A1"),
        (hall.guest.code.lower(), "Phạm Thanh Tùng", "Nguyên Bí thư", "", 10, ""),
    )
    told = previewed(clerk, hall, *rows)
    assert faults(told) == {}
    confirmed(clerk, hall)
    fresh = Guest.objects.get(full_name="Lê Thị Thu Hương")
    assert (fresh.title, fresh.organisation_name, fresh.precedence, fresh.seat) == (
        "Phó Bí thư Tỉnh ủy", "Tỉnh ủy Thanh Giang", 1, "A1",
    )  # fmt: skip
    assert len(fresh.code) == len(hall.guest.code)
    hall.guest.refresh_from_db()
    assert (hall.guest.title, hall.guest.precedence) == ("Nguyên Bí thư", 10)
    entry = LedgerEntry.objects.get(kind="list.imported")
    facts = json.loads(entry.facts)
    assert (entry.subject, facts["new"], facts["changed"]) == ("list:guests", 1, 1)


def test_a_list_that_is_read_again_changes_nothing(hall: Hall, clerk: Client) -> None:
    rows = (("", "Lê Thị Thu Hương", "", "Tỉnh ủy", 1, "A1"), ("", "le thi thu huong", "", "Huyện ủy", None, ""))
    previewed(clerk, hall, *rows)
    confirmed(clerk, hall)
    assert Guest.objects.count() == 3
    before = list(Guest.objects.order_by("pk").values())
    told = previewed(clerk, hall, ("", "LÊ THỊ THU HƯƠNG", "", "Tỉnh ủy", None, "A1"))
    assert told["counts"]["changed"] == 1  # type: ignore[index]
    told = previewed(clerk, hall, *rows)
    assert told["counts"]["unchanged"] == 2  # type: ignore[index]
    assert list(Guest.objects.order_by("pk").values()) == before


def test_what_is_wrong_is_told_by_its_row(hall: Hall, clerk: Client) -> None:
    Delegate.objects.filter(pk=hall.delegates[0].pk).update(seat="A1")
    told = previewed(
        clerk, hall,
        ("KHONGCO234", "Người Một", "", "", 1, ""),
        ("", "Người Hai", "", "", 1, "A1"),
        ("", "Người Ba", "", "", 123456, ""),
        ("", "Người Bốn", "", "Sở Y tế", 1, ""),
        ("", "Người Bốn", "", "Sở Y tế", 2, ""),
        (hall.guest.code, "Phạm Thanh Tùng", "", "", 1, ""),
        ("", "Phạm Thanh Tùng", "Bí thư", "", 1, ""),
        ("", "", "Bí thư", "", 1, ""),
    )  # fmt: skip
    said = faults(told)
    assert sorted(said) == [2, 3, 4, 6, 8, 9]
    assert "Nông Thị Lan" in said[3]
    assert "Row 5" in said[6].replace("row 5", "Row 5")


def test_a_guest_who_is_refused_another_seat_keeps_the_own_one(hall: Hall, clerk: Client) -> None:
    Delegate.objects.filter(pk=hall.delegates[0].pk).update(seat="A1")
    services.change_guest(guest=hall.guest, by="test", fields={"seat": "G1"})
    rows = (("", "Người Hai", "", "", 1, "G1"), (hall.guest.code, "Phạm Thanh Tùng", "", "", 1, "A1"))
    assert sorted(faults(previewed(clerk, hall, *rows))) == [2, 3]
    assert faults(previewed(clerk, hall, rows[0], (*rows[1][:5], "G2"))) == {}


def test_two_guests_of_one_name_are_asked_apart_by_code(hall: Hall, clerk: Client) -> None:
    services.add_guest(congress=hall.congress, full_name="Phạm Thanh Tùng", by="test", title="Khác")
    said = faults(previewed(clerk, hall, ("", "Phạm Thanh Tùng", "", "", 1, "")))
    assert "code" in said[2]


@pytest.mark.parametrize("number", [1, 3])
def test_a_preview_asks_the_database_as_often_for_three_as_for_one(
    number: int, hall: Hall, clerk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from daihoi.web.congresses.imports.guests import GuestImport
    from daihoi.web.congresses.place import Place
    from daihoi.web.lists.imports.plan import Row

    place = Place(None, hall.congress, frozenset())  # type: ignore[arg-type]
    importer = GuestImport.__new__(GuestImport)
    importer.congress = place.congress
    rows = [Row(at, {"full_name": f"Khách {at}", "seat": f"A{at}"}) for at in range(number)]
    with django_assert_num_queries(2):
        importer.judge(rows)


def test_what_is_exported_is_read_back_unchanged(hall: Hall, clerk: Client) -> None:
    services.add_guest(congress=hall.congress, by="test", full_name="Ông Một", title="Bí thư", precedence=2, seat="B2")
    address = reverse("guests", args=[hall.congress.key])
    wanted = "name,title,organisation,precedence,seat,code"
    file = clerk.get(address, {"export": 1, "columns": wanted})
    sheet = load_workbook(io.BytesIO(file.content)).active
    assert sheet is not None
    assert sheet.max_row == 3
    upload = SimpleUploadedFile("khach.xlsx", file.content)
    answer = clerk.post(reverse("guests_import", args=[hall.congress.key]), {"file": upload})
    told = clerk.get(answer.headers["Location"]).context["told"]
    assert told["counts"]["unchanged"] == 2


# What was printed of whom.


def made(client: Client, hall: Hall, paper: Paper, *, one: str = "", reason: str = "") -> int:
    """Make a paper; what the page answers: 302 where it was made, 200 where it asks for more."""
    address = reverse("congress_paper", args=[hall.congress.key, paper.value]) + (f"?one={one}" if one else "")
    asked = {"on": "17/06/2026", "number": "", "size": "90x54", "reason": reason}
    return client.post(address, asked).status_code


def test_a_badge_of_one_person_again_needs_a_reason_of_its_own(hall: Hall, clerk: Client) -> None:
    one = hall.delegates[0]
    assert made(clerk, hall, Paper.BADGE_SHEET) == 302
    # A badge alone is a badge again, though of another paper.
    assert made(clerk, hall, Paper.BADGE_CARD, one=one.key) == 200
    assert made(clerk, hall, Paper.BADGE_CARD, one=one.key, reason="mất thẻ") == 302
    printing = Printing.objects.filter(paper=Paper.BADGE_CARD).get()
    assert (printing.again, printing.reason, printing.copies) == (True, "mất thẻ", 1)
    facts = json.loads(LedgerEntry.objects.filter(kind="congress.printed").order_by("-seq")[0].facts)
    assert (facts["people"], facts["reason"], facts["again"]) == ([one.key], "mất thẻ", True)
    page = clerk.get(reverse("delegate", args=[hall.congress.key, one.key])).content.decode()
    assert "mất thẻ" in page
    other = clerk.get(reverse("delegate", args=[hall.congress.key, hall.delegates[1].key])).content.decode()
    assert "mất thẻ" not in other
    assert "Printed so far" in other


def test_who_came_onto_the_list_after_the_batch_has_none_yet(hall: Hall, clerk: Client) -> None:
    assert made(clerk, hall, Paper.BADGE_SHEET) == 302
    unit = hall.delegates[0].unit
    late = services.add_delegate(
        congress=hall.congress, person=member("Lò Văn Muộn", unit, "D77"), unit=unit, by="test",
        category=Category.ELECTED,
    )  # fmt: skip
    page = clerk.get(reverse("congress_paper", args=[hall.congress.key, "badge_sheet"])).content.decode()
    assert f"?one={late.key}" in page
    assert made(clerk, hall, Paper.BADGE_CARD, one=late.key) == 302
    assert Printing.objects.filter(paper=Paper.BADGE_CARD).get().again is False
    assert printed.have_it(hall.congress, Paper.BADGE_SHEET, [late.key]) == {late.key}


def test_a_guest_has_badge_and_invitation_apart(hall: Hall, clerk: Client) -> None:
    assert made(clerk, hall, Paper.INVITATION) == 302
    assert made(clerk, hall, Paper.BADGE_CARD, one=hall.guest.key) == 302
    assert made(clerk, hall, Paper.INVITATION, one=hall.guest.key) == 200
    page = clerk.get(reverse("guest_change", args=[hall.congress.key, hall.guest.key])).content.decode()
    assert page.count("<li>") >= 2
    assert "Printed so far" in page


def test_files_are_kept_as_they_were_made_for_those_who_see_as_much(hall: Hall, clerk: Client) -> None:
    assert made(clerk, hall, Paper.SUMMONS) == 302
    printing = Printing.objects.get()
    address = reverse("congress_paper_file", args=[hall.congress.key, printing.pk, "pdf"])
    first = clerk.get(address).content
    Delegate.objects.filter(pk=hall.delegates[0].pk).delete()
    assert clerk.get(address).content == first
    assert printed.kept(printing, "pdf", personnel=True) == first
    assert printed.kept(printing, "pdf", personnel=False) is None
    event = person("dat", "Lương Xuân Đạt")
    accounts.grant(user=event, role=Role.EVENT, by="test", congress=hall.congress.key)
    assert signed_in(event).get(address).content.startswith(b"%PDF")
