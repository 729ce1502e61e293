"""People from a spreadsheet."""

from __future__ import annotations

import datetime
import io

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import User
from daihoi.web.audit.queries import entries
from daihoi.web.lists.imports.entering import enter
from daihoi.web.members import services
from daihoi.web.members.models import Person
from daihoi.web.organisations.models import Organisation
from tests.web.conftest import Tree, person, signed_in
from tests.web.organisations.test_import import confirmed, sent, xlsx

pytestmark = pytest.mark.django_db

HEAD = ("Mã", "Họ và tên", "Mã tổ chức", "Ngày sinh", "Giới tính", "Dân tộc", "Ngày vào Đảng", "Là cấp ủy viên")


def entered(organisation: Organisation, full_name: str, **fields: object) -> Person:
    return services.enter(organisation=organisation, full_name=full_name, by="test", **fields)


def preview_of(client: Client, *rows: tuple[object, ...], head: tuple[str, ...] = HEAD) -> tuple[str, str]:
    address = sent(client, xlsx(head, *rows), address="people_import")
    return address, client.get(address).content.decode()


def test_people_come_in_whatever_the_shape_of_their_cells(tree: Tree, commission: User) -> None:
    client = signed_in(commission)
    address, page = preview_of(
        client,
        ("N1", "Nguyễn Văn Hùng", "TG-NL-01", datetime.date(1975, 4, 30), "nam", "Kinh", "19/5/1998", "x"),
        ("N2", "Nguye\u0302\u0303n  Thi\u0323 Lan", "tg-nl-01".upper(), "04/1980", "NỮ", "Tày", 2001, None),
        (3, "Lò Văn Ba", "TG-NL-02", "1970", "Nam", None, 36_526, "không"),
        (None, "Ma Thị Bốn", "TG-NL-02", None, None, "-", None, None),
    )
    assert "The number 36526 was read as 01/01/2000." in page
    assert "4 new" in confirmed(client, address)
    told = [
        (one.full_name, one.born, one.sex, one.joined, one.is_sitting_member) for one in Person.objects.order_by("pk")
    ]
    assert told == [
        ("Nguyễn Văn Hùng", "1975-04-30", "male", "1998-05-19", True),
        ("Nguyễn Thị Lan", "1980-04", "female", "2001", False),
        ("Lò Văn Ba", "1970", "male", "2000-01-01", False),
        ("Ma Thị Bốn", "", "", "", False),
    ]
    assert Person.objects.get(full_name="Lò Văn Ba").code == "3"
    assert Person.objects.get(full_name="Ma Thị Bốn").code.startswith("N-")
    assert Person.objects.get(code="N2").folded == "nguyen thi lan"
    entry = entries()[0]
    assert entry.kind == "list.imported"
    assert "Hùng" not in entry.facts


def test_reading_again_updates_by_code_and_empty_cells_leave_what_is_there(tree: Tree, commission: User) -> None:
    held = entered(tree.commune, "Nguyễn Văn Hùng", code="N1", born="1975", ethnicity="Kinh", religion="Phật giáo")
    client = signed_in(commission)
    head = ("Mã", "Họ và tên", "Mã tổ chức", "Năm sinh", "Dân tộc", "Tôn giáo")
    address, page = preview_of(client, ("N1", "Nguyễn Văn Hưng", "TG-NL-02", None, "-", "Phật giáo"), head=head)
    assert "<del>Nguyễn Văn Hùng</del> <ins>Nguyễn Văn Hưng</ins>" in page
    assert "<del>TG-NL-01</del> <ins>TG-NL-02</ins>" in page
    assert "1 changed" in confirmed(client, address)
    held.refresh_from_db()
    assert (held.full_name, held.organisation, held.born, held.ethnicity, held.religion) == (
        "Nguyễn Văn Hưng", tree.sister, "1975", "", "Phật giáo",
    )  # fmt: skip
    assert (held.folded, Person.objects.count()) == ("nguyen van hung", 1)


SAID = (
    "Row 2, column D (Date of birth): “31/02/1980” is no date; write dd/mm/yyyy, mm/yyyy or yyyy.",
    "Row 3, column C (Code of the organisation): No organisation of yours has the code “TG-DH-01”.",
    "Row 3, column D (Date of birth): “1990-13-01” is no date",
    "Row 4, column B (Full name): It must not be empty.",
    "Row 5, column E (Sex): “Ông bà” is none of: Female; Male.",
    "Row 6, column A (Code): “A6” stands in row 7 too.",
    "Row 7, column A (Code): “A6” stands in row 6 too.",
    "Row 8, column G (Admitted on probation): Admitted before the age of eighteen",
    "Row 9, column D (Date of birth): This day is still to come.",
    "Row 10, column B (Full name): “NguyÔn V¨n Hïng” is written in an old font (TCVN3 or VNI)",
    "Row 11, column A (Code): This code belongs to a person outside your part of the tree.",
    "Row 12, column A (Code): “12345678901.5” is a number that the spreadsheet shortened",
    "Row 14, column B (Full name): Row 13 has the same name, birth and organisation.",
)


def test_every_fault_is_answered_by_row_and_column(tree: Tree, commission: User) -> None:
    entered(tree.far, "Người Xa", code="FAR", native_place="Quê Kín")
    client = signed_in(commission)
    place = "TG-NL-01"
    address, page = preview_of(
        client,
        ("A2", "Nguyễn A", place, "31/02/1980"),
        ("A3", "Nguyễn B", "TG-DH-01", "1990-13-01"),
        ("A4", "  ", place),
        ("A5", "Nguyễn C", place, None, "Ông bà"),
        ("A6", "Nguyễn D", place),
        ("A6", "Nguyễn Đ", place),
        ("A8", "Nguyễn E", place, "1990", None, None, "2005"),
        ("A9", "Nguyễn G", place, "01/01/2190"),
        ("A10", "NguyÔn V¨n Hïng", place),
        ("FAR", "Người Xa", place),
        (12345678901.5, "Nguyễn H", place),
        ("A13", "Nguyễn I", place, "1980"),
        ("A14", "Nguyễn I", place, "1980"),
    )
    assert [said for said in SAID if said not in page] == []
    assert "Quê Kín" not in page
    assert "2 new, 0 changed, 0 as they were, 11 left out" in confirmed(client, address)


def test_the_code_of_somebody_elses_person_tells_none_of_their_dates(tree: Tree, commission: User) -> None:
    entered(tree.far, "Người Xa", code="FAR", born="1990", joined="2010", official="2011")
    client = signed_in(commission)
    head = ("Mã", "Họ và tên", "Mã tổ chức", "Ngày vào Đảng")
    for guess in ("2007", "2009"):
        _address, page = preview_of(client, ("FAR", "Người Xa", "TG-NL-01", guess), head=head)
        assert "This code belongs to a person outside your part of the tree." in page
        assert "Admitted before the age of eighteen" not in page


def test_somebody_who_stands_there_already_is_not_entered_twice(tree: Tree, commission: User) -> None:
    entered(tree.commune, "Nguyễn Văn Hùng", code="N1", born="1975-04-30")
    client = signed_in(commission)
    _address, page = preview_of(
        client,
        (None, "Nguyễn Văn Hùng", "TG-NL-01", "30/04/1975"),
        ("N2", "Nguyễn Văn Hùng", "TG-NL-02", "30/04/1975"),
        ("N3", "Nguyễn Văn Hùng", "TG-NL-02", "1976"),
        ("N4", "Nguyễn Văn Hùng", "TG-NL-01", "1975"),
        ("N5", "Nguyễn Văn Hùng", "TG-NL-01", "1976"),
    )
    assert "Row 2, column A (Code): This person seems to stand there already: code N1, Đảng bộ xã Bản Lầu" in page
    assert "Row 3, column B (Full name): Somebody of this name stands there already: code N1" in page
    assert "Row 5, column B (Full name): Somebody of this name stands there already: code N1" in page
    assert ("Row 4, column B" in page, "Row 6, column B" in page) == (False, False)


def test_who_does_not_see_personnel_data_learns_and_changes_none(tree: Tree) -> None:
    held = entered(tree.commune, "Nguyễn Văn Hùng", code="N1", born="1975-04-30", ethnicity="Pà Thẻn")
    user = person("thu", "Vũ Thư")
    accounts.grant(user=user, role=Role.CLERK, by="test")
    client = signed_in(user)
    pages = []
    for born in ("30/04/1975", "1999"):
        address, page = preview_of(client, ("N1", "Nguyễn Văn Hùng", "TG-NL-01", born, "Nam", "Kinh"))
        pages.append(page.partition('class="card-table')[2] + page.partition("<tbody>")[2])
        assert "Pà Thẻn" not in page
        assert "1975-04-30" not in page
        assert "Personnel data of this person stays as it is" in page
        assert 'figure text-reset text-decoration-none state-warning" href="?state=warning"><b>1</b>' in page
    held.refresh_from_db()
    assert (held.born, held.sex, held.ethnicity) == ("1975-04-30", "", "Pà Thẻn")
    address, _page = preview_of(client, ("N9", "Trần Mới", "TG-NL-01", "1980", "Nam", "Kinh"))
    assert "1 new" in confirmed(client, address)
    assert Person.objects.get(code="N9").born == "1980"


def test_the_template_comes_back_as_nothing_but_what_was_written(tree: Tree, commission: User) -> None:
    client = signed_in(commission)
    book = load_workbook(io.BytesIO(client.get(reverse("people_import"), {"template": 1}).content))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]][:3] == ["Code", "Full name *", "Code of the organisation *"]
    assert sheet["B2"].value == "Nguyễn Văn Ví Dụ"
    assert {one.formula1 for one in sheet.data_validations.dataValidation} >= {"=answers_sex", "=answers_degree"}
    assert len(book.worksheets) == 3
    sheet["A3"], sheet["B3"], sheet["C3"], sheet["F3"] = "N1", "Lò Văn Ba", "TG-NL-01", "Nam"
    target = io.BytesIO()
    book.save(target)
    address = sent(client, target.getvalue(), address="people_import")
    assert "1 new, 0 changed, 0 as they were, 0 left out" in confirmed_after_look(client, address)
    assert [one.full_name for one in Person.objects.all()] == ["Lò Văn Ba"]


def confirmed_after_look(client: Client, address: str) -> str:
    client.get(address)
    return confirmed(client, address)


def test_what_is_taken_out_comes_in_again_unchanged(tree: Tree, commission: User) -> None:
    for place in range(3):
        entered(tree.commune, f"Nguyễn Văn {place}", born="1975-04", joined="1999-05-19", sex="male", degree="master",
                theory="advanced", education="upper_secondary", is_local=True)  # fmt: skip
    client = signed_in(commission)
    columns = "name,code,unit,born,joined,sex,degree,theory,education,is_local"
    data = client.get(reverse("people"), {"export": "1", "columns": columns}).content
    address = sent(client, data, address="people_import")
    assert "every row says what is entered already" in client.get(address).content.decode()


def test_of_many_rows_all_are_entered_or_none(tree: Tree) -> None:
    twice = [Person(organisation=tree.commune, full_name="Lò Văn An", code="NL-1") for _time in range(2)]
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            enter(twice)
        # Nor is the first of them kept by who goes on after the error.
        assert connection.needs_rollback
    assert not Person.objects.exists()
