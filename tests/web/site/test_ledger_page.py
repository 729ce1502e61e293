"""The page of the ledger: keys are told as names wherever the reader sees them, in the spreadsheet too."""

from __future__ import annotations

import io

import pytest
from django.db import transaction
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from daihoi.web.accounts.models import User
from daihoi.web.audit.services import record
from daihoi.web.lists.table import PER_PAGE
from tests.web.conftest import Tree, signed_in

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 7


def renamed(subject: str, name: str) -> None:
    with transaction.atomic():
        facts = {"name": name, "since": "2026-01-01"}
        record("organisation.renamed", by="Lan", subject=f"organisation:{subject}", facts=facts)


def test_the_spreadsheet_names_organisations_beyond_the_first_page(tree: Tree, administrator: User) -> None:
    renamed(tree.far.key, "Phú Đông Mới")
    for place in range(PER_PAGE):
        renamed(tree.commune.key, f"Bản Lầu {place}")
    data = signed_in(administrator).get(reverse("ledger"), {"export": "1", "columns": "on,subject,told"}).content
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    rows = {cells[2]: cells[0] for cells in sheet.iter_rows(values_only=True)}
    assert rows[f"organisation:{tree.far.key}"] == "Đảng bộ xã Phú Đông"


def test_who_reads_the_ledger_of_what_is_gone_reads_its_key(tree: Tree, administrator: User) -> None:
    renamed("no-such-key", "Không Còn")
    assert "organisation:no-such-key" in signed_in(administrator).get(reverse("ledger")).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_much_for_three_as_for_one(
    number: int, tree: Tree, administrator: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _row in range(number):
        renamed(tree.far.key, "Phú Đông Mới")
    client = signed_in(administrator)
    with django_assert_num_queries(PAGE_QUERIES):
        page = client.get(reverse("ledger"), {"kind": "organisation.renamed"}).content.decode()
    assert page.count("Đảng bộ xã Phú Đông") == number
