"""What comes in by the browser is bounded, and every refusal is a sentence on the same page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from daihoi.web.accounts.models import User
from daihoi.web.lists.models import Upload
from tests.web.conftest import signed_in
from tests.web.organisations.test_import import HEAD, NEW, confirmed, sent, xlsx

pytestmark = pytest.mark.django_db


def said(user: User, data: bytes | None, name: str = "x.xlsx") -> tuple[int, str]:
    files = {} if data is None else {"file": SimpleUploadedFile(name, data)}
    answer = signed_in(user).post(reverse("organisations_import"), files)
    return answer.status_code, answer.content.decode()


def test_a_file_that_is_too_large_is_let_run_out(administrator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daihoi.web.lists.uploads.LARGEST", 1000)
    monkeypatch.setattr("daihoi.web.lists.uploads._BESIDE", 1000)
    status, page = said(administrator, b"x" * 5000)
    assert (status, "The file is larger than 20 MB" in page) == (422, True)
    assert Upload.objects.count() == 0


def test_a_hundred_megabytes_are_refused(administrator: User) -> None:
    status, page = said(administrator, bytes(100 * 1024 * 1024))
    assert (status, "The file is larger than 20 MB; split it" in page) == (422, True)


@pytest.mark.parametrize(
    ("data", "words"),
    [(None, "Choose a file first."), (b"", "Choose a file first."), (b"%PDF-", "holds no spreadsheet")],
)
def test_a_refusal_stands_at_the_field(administrator: User, data: bytes | None, words: str) -> None:
    status, page = said(administrator, data)
    assert status == 422
    assert words in page or "The file is empty" in page
    assert 'role="alert"' in page


def test_columns_that_are_not_known_are_asked_for_and_chosen(administrator: User) -> None:
    client = signed_in(administrator)
    rows = [("K1", "K2", "K3", "K4"), *[row[:4] for row in NEW]]
    address = sent(client, xlsx(*rows))
    page = client.get(address).content.decode()
    assert "Say which column holds:" in page
    assert "Import 5 rows" not in page
    assert client.post(address, {"act": "confirm", "digest": ""}).status_code == 302
    chosen = {
        "act": "map",
        "header": "1",
        "column-0": "code",
        "column-1": "parent",
        "column-2": "name",
        "column-3": "tier",
    }
    page = client.post(address, chosen, follow=True).content.decode()
    assert "Import 5 rows" in page
    assert "5 new" in confirmed(client, address)


def test_another_sheet_can_be_read(administrator: User) -> None:
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(xlsx(("Ghi chú",), ("nothing here",))))
    sheet = book.create_sheet("Cây")
    for row in (HEAD, *NEW):
        sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    client = signed_in(administrator)
    address = sent(client, target.getvalue())
    assert "Say which column holds:" in client.get(address).content.decode()
    answer = client.post(address, {"act": "sheet", "sheet": "Cây"}, follow=True)
    assert "Import 5 rows" in answer.content.decode()
    assert Upload.objects.count() == 1


def test_the_preview_is_paged_and_cut_to_a_state(administrator: User) -> None:
    client = signed_in(administrator)
    rows = [(f"A{place:03d}", "", f"Đảng bộ {place}", "Tỉnh" if place % 2 else "Thôn") for place in range(250)]
    address = sent(client, xlsx(HEAD[:4], *rows))
    page = client.get(address).content.decode()
    assert "Page 1 of 3" in page
    page = client.get(address, {"state": "error", "page": 2}).content.decode()
    assert "Page 2 of 2" in page
    assert page.count('<span class="state">at fault</span>') == 25


@pytest.mark.parametrize("number", [1, 3])
def test_a_preview_asks_as_much_for_three_as_for_one(
    number: int, administrator: User, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    client = signed_in(administrator)
    client.get(reverse("front"))
    address = sent(client, xlsx(HEAD, *NEW[2 : 2 + number]))
    with django_assert_num_queries(PREVIEW_QUERIES):
        client.get(address)


PREVIEW_QUERIES = 8


def test_a_language_changed_between_shows_the_preview_in_it(administrator: User) -> None:
    client = signed_in(administrator)
    address = sent(client, xlsx(HEAD, ("H", "T", "", "Cơ sở", 1)))
    assert "Row 2, column C (Name): It must not be empty." in client.get(address).content.decode()
    client.post(reverse("language"), {"language": "vi"})
    assert "Dòng 2, cột C (Tên): Không được để trống." in client.get(address).content.decode()


def test_a_file_that_nobody_confirms_is_gone_after_a_day(administrator: User) -> None:
    client = signed_in(administrator)
    address = sent(client, xlsx(HEAD, *NEW))
    Upload.objects.update(sent_at=timezone.now() - timedelta(hours=25))
    assert client.get(address).status_code == 404
    assert client.get(reverse("organisations_import")).status_code == 200
    assert Upload.objects.count() == 0


@pytest.mark.parametrize("header", ["", "0", "99", "-1", "x", "9" * 5000, "²"])
def test_a_row_of_headings_that_is_none_leaves_it_where_it_was(administrator: User, header: str) -> None:
    client = signed_in(administrator)
    address = sent(client, xlsx(HEAD, *NEW))
    assert client.post(address, {"act": "map", "header": header}, follow=True).status_code == 200
    assert Upload.objects.get().header == 1
