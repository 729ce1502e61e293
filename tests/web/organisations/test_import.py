"""The tree from a spreadsheet, as a person does it: send, look, confirm, mend, send again."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from daihoi.web.accounts.models import User
from daihoi.web.audit.queries import entries, verify
from daihoi.web.lists.models import Upload
from daihoi.web.organisations.models import Organisation
from tests.web.conftest import Tree, signed_in

pytestmark = pytest.mark.django_db

HEAD = ("Mã", "Mã cấp trên", "Tên tổ chức", "Cấp", "Đảng viên chính thức")


def xlsx(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sent(client: Client, data: bytes, name: str = "cay.xlsx", address: str = "organisations_import") -> str:
    """The address of the preview."""
    answer = client.post(reverse(address), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def confirmed(client: Client, address: str) -> str:
    """What the page says after confirming."""
    upload = Upload.objects.get(key=address.rstrip("/").split("/")[-1])
    answer = client.post(address, {"act": "confirm", "digest": upload.digest}, follow=True)
    return str(answer.content.decode())


def codes() -> list[tuple[str, str, int]]:
    """The tree in its order: code, code of the parent, number of children."""
    by_path = {one.path: one for one in Organisation.objects.order_by("path")}
    return [(one.code, by_path[path[:-4]].code if len(path) > 4 else "", one.numchild) for path, one in by_path.items()]


@pytest.fixture
def client_of(administrator: User) -> Client:
    return signed_in(administrator)


NEW = (
    ("B-1", "B", "Đảng bộ xã Một", "Cơ sở", 12),
    ("B", "T", "Đảng bộ huyện B", "Trên cơ sở", None),
    ("T", "", "Đảng bộ tỉnh T", "Tỉnh", None),
    ("A", "T", "Đảng bộ huyện A", "huyện", None),
    ("B-2", "B", "Đảng bộ xã Hai", "Cơ sở", "1.234"),
)


def test_a_tree_comes_in_whatever_the_order_of_its_rows(client_of: Client) -> None:
    address = sent(client_of, xlsx(HEAD, *NEW))
    page = client_of.get(address).content.decode()
    assert Organisation.objects.count() == 0
    assert "Import 5 rows" in page
    assert "5 new, 0 changed, 0 as they were, 0 left out" in confirmed(client_of, address)
    assert codes() == [("T", "", 2), ("B", "T", 2), ("B-1", "B", 0), ("B-2", "B", 0), ("A", "T", 0)]
    assert Organisation.objects.get(code="B-2").official_members == 1234
    assert Organisation.objects.find_problems() == ([], [], [], [], [])
    assert Upload.objects.count() == 0
    kinds = [row.kind for row in entries()][:2]
    assert kinds == ["list.imported", "role.granted"]
    assert verify().findings == ()


def test_the_same_file_again_changes_nothing(client_of: Client) -> None:
    for _time in range(2):
        address = sent(client_of, xlsx(HEAD, *NEW))
        page = client_of.get(address).content.decode()
        confirmed(client_of, address)
    assert "every row says what is entered already" in page
    assert Organisation.objects.count() == 5


def test_reading_again_changes_by_code_and_keeps_the_former_name(client_of: Client, tree: Tree) -> None:
    rows = (
        ("TG-NL-01", "TG-DH", "Đảng bộ xã Bản Lầu Mới", "Cơ sở", 211),
        ("TG-NL", "", "Đảng bộ huyện Nà Lương", "huyện", 0),
    )
    address = sent(client_of, xlsx(HEAD, *rows))
    page = client_of.get(address).content.decode()
    assert "<del>Đảng bộ xã Bản Lầu</del> <ins>Đảng bộ xã Bản Lầu Mới</ins>" in page
    assert "<del>TG-NL</del> <ins>TG-DH</ins>" in page
    assert "0 new, 1 changed, 1 as they were" in confirmed(client_of, address)
    held = Organisation.objects.get(code="TG-NL-01")
    assert [one.name for one in held.former_names.all()] == ["Đảng bộ xã Bản Lầu"]
    assert ("TG-NL-01", "TG-DH", 0) in codes()
    assert Organisation.objects.find_problems() == ([], [], [], [], [])


BAD = (
    ("C", "KHONG-CO", "Đảng bộ xã C", "Cơ sở", 1),
    ("D", "D", "Đảng bộ xã D", "Cơ sở", 1),
    ("E", "F", "Đảng bộ xã E", "Cơ sở", 1),
    ("F", "E", "Đảng bộ xã F", "Cơ sở", 1),
    ("G", "C", "Đảng bộ xã G", "Cơ sở", 1),
    ("H", "T", "", "Cơ sở", 1),
    ("I", "T", "Đảng bộ xã I", "Thôn", "nhiều"),
    ("K", "T", "Đảng bộ xã K", "Cơ sở", 1),
    ("K", "T", "Đảng bộ xã K2", "Cơ sở", 1),
    ("T", "", "Đảng bộ tỉnh T", "Tỉnh", 1),
)
SAID = (
    "Row 2, column B (Code of the parent): No organisation has the code “KHONG-CO”, here or in this file.",
    "Row 3, column B (Code of the parent): An organisation cannot stand below itself.",
    "Row 4, column B (Code of the parent): It stands below itself, by way of row 5.",
    "Row 6, column B (Code of the parent): Its parent in row 2 is at fault.",
    "Row 7, column C (Name): It must not be empty.",
    "Row 8, column D (Tier): “Thôn” is none of:",
    "Row 8, column E (Official members): “nhiều” is no whole number.",
    "Row 9, column A (Code): “K” stands in row 10 too.",
    "Row 10, column A (Code): “K” stands in row 9 too.",
)


def test_rows_at_fault_are_answered_by_row_and_column(client_of: Client) -> None:
    address = sent(client_of, xlsx(HEAD, *BAD))
    page = client_of.get(address).content.decode()
    assert [said for said in SAID if said not in page] == []
    assert "Import 1 row" in page


def test_rows_at_fault_go_out_are_mended_and_come_in(client_of: Client) -> None:
    address = sent(client_of, xlsx(HEAD, *BAD))
    client_of.get(address)
    data = client_of.get(address, {"bad": 1}).content
    assert "9 left out" in confirmed(client_of, address)
    book = load_workbook(io.BytesIO(data))
    sheet = book.active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == (*HEAD, "What is wrong")
    assert len(rows) == 10
    assert str(rows[1][5]).startswith("Row 2, column B")
    for number, parent in ((2, "T"), (3, "T"), (4, "T"), (5, "E")):
        sheet.cell(number, 2, parent)
    sheet.cell(8, 4, "Cơ sở")
    target = io.BytesIO()
    book.save(target)
    again = sent(client_of, target.getvalue())
    client_of.get(again)
    assert "5 new" in confirmed(client_of, again)
    assert ("G", "C", 0) in codes()


def test_one_may_not_reach_beyond_ones_part_of_the_tree(tree: Tree, commission: User) -> None:
    client = signed_in(commission)
    rows = (
        ("TG-DH-01", "TG-DH", "Đảng bộ xã Khác", "Cơ sở", 1),
        ("X", "TG-DH", "Đảng bộ xã X", "Cơ sở", 1),
        ("Y", "", "Đảng bộ Y", "Cơ sở", 1),
        ("Z", "TG-NL", "Đảng bộ xã Z", "Cơ sở", 1),
        ("TG-NL", "TG", "Đảng bộ huyện Nà Lương", "huyện", 7),
    )
    address = sent(client, xlsx(HEAD, *rows))
    page = client.get(address).content.decode()
    assert "Row 2, column A (Code): This code belongs to an organisation outside your part of the tree." in page
    assert "Row 3, column B (Code of the parent): The organisation “TG-DH” is outside your part of the tree." in page
    assert "Row 4, column B (Code of the parent): Say under which organisation it stands" in page
    assert "Phú Đông" not in page
    assert "1 new, 1 changed, 0 as they were, 3 left out" in confirmed(client, address)


def test_data_that_changed_meanwhile_is_shown_anew(client_of: Client, tree: Tree) -> None:
    address = sent(client_of, xlsx(HEAD, ("TG-NL-01", "TG-NL", "Đảng bộ xã Bản Lầu", "Cơ sở", 300)))
    client_of.get(address)
    Organisation.objects.filter(code="TG-NL-01").update(official_members=299)
    page = confirmed(client_of, address)
    assert "The data changed since this preview was made" in page
    assert "<del>299</del> <ins>300</ins>" in page
    assert Organisation.objects.get(code="TG-NL-01").official_members == 299
    assert "1 changed" in confirmed(client_of, address)


def test_an_upload_is_its_persons_alone(client_of: Client, tree: Tree, commission: User) -> None:
    address = sent(client_of, xlsx(HEAD, *NEW))
    other = signed_in(commission)
    assert other.get(address).status_code == 404
    assert other.post(address, {"act": "confirm"}).status_code == 404
    assert Upload.objects.count() == 1
    assert client_of.post(address, {"act": "discard"}, follow=True).status_code == 200
    assert Upload.objects.count() == 0


def test_a_refused_write_leaves_nothing(client_of: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = sent(client_of, xlsx(HEAD, *NEW))
    client_of.get(address)
    before = entries().count()
    monkeypatch.setattr("daihoi.web.lists.imports.pages.record", _breaks)
    client_of.raise_request_exception = False
    upload = Upload.objects.get()
    assert client_of.post(address, {"act": "confirm", "digest": upload.digest}).status_code == 500
    assert (Organisation.objects.count(), Upload.objects.count(), entries().count()) == (0, 1, before)


def _breaks(*_given: object, **_named: object) -> None:
    raise RuntimeError("the disk is full")
