"""Delegates from a spreadsheet: people who are there, people who are new, and every clash told by its row."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.congresses import services
from daihoi.web.congresses.choices import Category
from daihoi.web.congresses.models import Delegate
from daihoi.web.lists.models import Upload
from daihoi.web.members.models import Person
from tests.web.conftest import Tree, person, signed_in
from tests.web.congresses.conftest import Hall
from tests.web.congresses.conftest import person as member

pytestmark = pytest.mark.django_db
HEADS = ("Mã đảng viên", "Họ và tên", "Mã đơn vị", "Tư cách", "Thứ tự dự khuyết", "Tổ", "Số ghế", "Ngày sinh")


@pytest.fixture
def clerk(hall: Hall) -> Client:
    """Somebody of the convening committee."""
    user = person("lan", "Nông Thị Lan")
    accounts.grant(user=user, role=Role.CONVENING, by="test", organisation=hall.congress.organisation.key)
    return signed_in(user)


def previewed(client: Client, hall: Hall, *rows: tuple[object, ...]) -> Upload:
    """The file as it waits for being confirmed, its preview looked at."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADS, *rows):
        sheet.append(row)  # type: ignore[arg-type]
    held = io.BytesIO()
    book.save(held)
    address = reverse("delegates_import", args=[hall.congress.key])
    answer = client.post(address, {"file": SimpleUploadedFile("dai-bieu.xlsx", held.getvalue())})
    assert answer.status_code == 302, answer.content.decode()
    client.get(answer.headers["Location"])
    return Upload.objects.get()


def confirmed(client: Client, hall: Hall, upload: Upload) -> None:
    """Write it."""
    address = reverse("delegates_import_file", args=[hall.congress.key, upload.key])
    answer = client.post(address, {"act": "confirm", "digest": upload.digest})
    assert answer.headers["Location"] == reverse("delegates", args=[hall.congress.key])


def test_new_people_and_known_ones_come_onto_the_list(hall: Hall, clerk: Client) -> None:
    upload = previewed(
        clerk,
        hall,
        ("", "Lò Văn Tủa", "TG-NL-01", "Được bầu", None, 2, "B1", "03/1980"),
        ("D0", "Nông Thị Lan", "TG-NL-01", "Đương nhiên", None, 1, "A1", ""),
        ("", "Hoàng Văn Sơn", "TG-NL-01", "Dự khuyết", 2, 1, "", ""),
    )
    confirmed(clerk, hall, upload)
    fresh = Delegate.objects.get(person__full_name="Lò Văn Tủa")
    assert (fresh.seat, fresh.group.number if fresh.group else 0, fresh.person.born) == ("B1", 2, "1980-03")
    hall.delegates[0].refresh_from_db()
    assert (hall.delegates[0].category, hall.delegates[0].seat) == ("ex_officio", "A1")
    hall.delegates[1].refresh_from_db()
    assert (hall.delegates[1].category, hall.delegates[1].alternate_number) == ("alternate", 2)
    assert Person.objects.filter(full_name="Hoàng Văn Sơn").count() == 1


def test_rows_at_fault_are_told_and_stay_out(hall: Hall, clerk: Client) -> None:
    bad = (
        ("", "Người Một", "TG-DH-01", "Được bầu", None, 1, "", ""),
        ("D1", "Tên Khác", "TG-NL-01", "Được bầu", None, 1, "", ""),
        ("", "Người Ba", "TG-NL-01", "Dự khuyết", None, 1, "", ""),
        ("", "Người Bốn", "TG-NL-01", "Dự khuyết", 1, 1, "", ""),
        ("", "Người Năm", "TG-NL-01", "Được bầu", None, 1, "C1", "31/02/1980"),
    )
    upload = previewed(clerk, hall, *bad, ("", "Người Sáu", "TG-NL-02", "Được bầu", None, 1, "C2", ""))
    confirmed(clerk, hall, upload)
    assert Delegate.objects.count() == 6
    assert Delegate.objects.get(seat="C2").person.full_name == "Người Sáu"


def test_seats_may_change_hands_within_a_file(hall: Hall, clerk: Client) -> None:
    one, two = hall.delegates[:2]
    Delegate.objects.filter(pk=one.pk).update(seat="A1")
    Delegate.objects.filter(pk=two.pk).update(seat="A2")
    first = ("D0", "Nông Thị Lan", "TG-NL-01", "", None, None, "A2", "")
    second = ("D1", "Hoàng Văn Sơn", "TG-NL-01", "", None, None, "A1", "")
    confirmed(clerk, hall, previewed(clerk, hall, first, second))
    assert dict(Delegate.objects.exclude(seat="").values_list("person__code", "seat")) == {"D0": "A2", "D1": "A1"}


def told(client: Client, hall: Hall, upload: Upload) -> dict[str, int]:
    """How many rows of a file are new, changed, at fault."""
    page = client.get(reverse("delegates_import_file", args=[hall.congress.key, upload.key]))
    acts: dict[str, int] = page.context["told"]["acts"]
    return {name: acts[name] for name in ("new", "changed", "error")}


def test_who_is_refused_another_seat_keeps_the_own_one(hall: Hall, clerk: Client) -> None:
    for one, seat in zip(hall.delegates, ("A1", "A2"), strict=False):
        Delegate.objects.filter(pk=one.pk).update(seat=seat)
    upload = previewed(
        clerk, hall,
        ("", "Lò Văn Tủa", "TG-NL-01", "Được bầu", None, None, "A1", ""),
        ("D0", "Nông Thị Lan", "TG-NL-01", "", None, None, "A2", ""),
        ("", "Lò Văn Sung", "TG-NL-01", "Được bầu", None, None, "A3", ""),
    )  # fmt: skip
    assert told(clerk, hall, upload) == {"new": 1, "changed": 0, "error": 2}
    confirmed(clerk, hall, upload)
    seated = dict(Delegate.objects.exclude(seat="").values_list("seat", "person__full_name"))
    assert seated == {"A1": "Nông Thị Lan", "A2": "Hoàng Văn Sơn", "A3": "Lò Văn Sung"}


def test_a_delegate_is_not_seated_on_a_guest(hall: Hall, clerk: Client) -> None:
    services.change_guest(guest=hall.guest, by="test", fields={"seat": "G1"})
    upload = previewed(clerk, hall, ("", "Lò Văn Tủa", "TG-NL-01", "Được bầu", None, None, "G1", ""))
    assert told(clerk, hall, upload) == {"new": 0, "changed": 0, "error": 1}


def test_an_alternate_goes_to_another_unit_under_a_number_that_is_free(hall: Hall, tree: Tree, clerk: Client) -> None:
    services.add_delegate(
        congress=hall.congress, person=member("Lò Thị Ban", tree.sister, "D8"), unit=tree.sister, by="test",
        category=Category.ALTERNATE, alternate_number=1,
    )  # fmt: skip
    moves = ("D9", "Ma Thị Hiền", "TG-NL-02", "Dự khuyết")
    assert told(clerk, hall, previewed(clerk, hall, (*moves, None))) == {"new": 0, "changed": 0, "error": 1}
    confirmed(clerk, hall, previewed(clerk, hall, (*moves, 2)))
    hall.alternate.refresh_from_db()
    assert (hall.alternate.unit, hall.alternate.alternate_number) == (tree.sister, 2)


def test_the_number_of_who_is_no_alternate_any_more_is_free(hall: Hall, clerk: Client) -> None:
    first = ("", "Lò Văn Tủa", "TG-NL-01", "Dự khuyết", 1, None, "", "")
    second = ("D9", "Ma Thị Hiền", "TG-NL-01", "Được bầu", None, None, "", "")
    confirmed(clerk, hall, previewed(clerk, hall, first, second))
    numbers = Delegate.objects.exclude(alternate_number=None).values_list("person__full_name", "alternate_number")
    assert list(numbers) == [("Lò Văn Tủa", 1)]


def test_a_list_that_was_read_twice_changes_nothing(hall: Hall, clerk: Client) -> None:
    row = ("", "Lò Văn Tủa", "TG-NL-01", "Được bầu", None, 2, "B1", "03/1980")
    confirmed(clerk, hall, previewed(clerk, hall, row))
    before = list(Delegate.objects.order_by("pk").values())
    upload = previewed(clerk, hall, row)
    assert Person.objects.filter(full_name="Lò Văn Tủa").count() == 1
    page = clerk.get(reverse("delegates_import_file", args=[hall.congress.key, upload.key]))
    assert page.context["told"]["acts"]["unchanged"] == 1
    assert list(Delegate.objects.order_by("pk").values()) == before


def test_code_and_name_bring_nobody_of_elsewhere_onto_the_list(hall: Hall, tree: Tree, clerk: Client) -> None:
    member("Triệu Văn Khải", tree.far, "XA-1")
    row = ("XA-1", "Triệu Văn Khải", "TG-NL-01", "Được bầu")
    upload = previewed(clerk, hall, row)
    page = clerk.get(reverse("delegates_import_file", args=[hall.congress.key, upload.key])).content.decode()
    assert "outside your part of the tree" in page
    confirmed(clerk, hall, upload)
    assert not Delegate.objects.filter(person__code="XA-1").exists()


def test_who_was_put_onto_the_list_from_elsewhere_can_be_changed(hall: Hall, tree: Tree, clerk: Client) -> None:
    guest = member("Triệu Văn Khải", tree.far, "XA-1")
    services.add_delegate(
        congress=hall.congress, person=guest, unit=tree.commune, by="test", category=Category.DESIGNATED
    )
    confirmed(clerk, hall, previewed(clerk, hall, ("XA-1", "Triệu Văn Khải", "TG-NL-01", "Chỉ định", None, None, "C9")))
    assert Delegate.objects.get(person=guest).seat == "C9"
