"""The page of the ledger: keys are told as names wherever the reader sees them, in the spreadsheet too."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import User
from daihoi.web.audit.models import LedgerEntry
from daihoi.web.audit.services import record
from daihoi.web.congresses import services as congresses
from daihoi.web.congresses.models import Congress
from daihoi.web.lists.paging import PER_PAGE
from daihoi.web.members import services as members
from daihoi.web.organisations import services as organisations
from tests.web.conftest import Tree, person, signed_in

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


@pytest.fixture
def acts(tree: Tree) -> None:
    """One act of each kind of place: of a commune of Nà Lương, of its people and congress, of others, of the house."""
    term = organisations.set_term(label="2025-2030", profile="3_cap", labels={}, by="test")
    for near, unit in (("gần", tree.commune), ("xa", tree.far)):
        organisations.rename(organisation=unit, name=f"Tên {near}", since=date(2026, 1, 1), by="test")
        members.enter(organisation=unit, full_name="Lò Văn Tâm", by="test", code=f"{near}-1")
        congress = congresses.plan(organisation=unit, term=term, by="test")
        congresses.add_group(congress=congress, number=1, by="test")
        accounts.invite(role=Role.CLERK, by="test", organisation=unit.key, scope_name=near)
        with transaction.atomic():
            facts = {"session": 1, "way": "in", "station": near, "nonce": near}
            record("door.passed", by="test", subject=f"delegate:{near}", facts=facts, place=congress.key)


def read_by(user: User, **asked: str) -> list[tuple[str, str]]:
    """Act and subject of every entry that somebody takes out of the ledger."""
    data = signed_in(user).get(reverse("ledger"), {"export": "1", "columns": "kind,subject,facts", **asked}).content
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return [(str(row[0]), f"{row[1]} {row[2]}") for row in sheet.iter_rows(min_row=2, values_only=True)]


@pytest.mark.usefixtures("acts")
def test_who_reads_a_part_of_the_tree_reads_the_acts_of_that_part_alone(
    tree: Tree, commission: User, administrator: User
) -> None:
    mine = read_by(commission)
    assert not [told for _kind, told in mine if "xa" in told or tree.far.key in told]
    of_each = {
        *("organisation.founded", "organisation.renamed", "person.entered", "congress.planned"),
        *("congress.group_added", "account.invited", "door.passed", "role.granted", "list.exported"),
    }
    assert {kind for kind, _told in mine} == of_each
    everything = read_by(administrator)
    assert len([kind for kind, _told in everything if kind == "door.passed"]) == 2
    assert {"term.set", "list.exported"} <= {kind for kind, _told in everything}


@pytest.mark.usefixtures("acts")
def test_search_finds_no_act_beyond_ones_part(tree: Tree, commission: User) -> None:
    assert read_by(commission, q=tree.far.key) == []
    assert read_by(commission, q="Tên xa") == []
    assert [kind for kind, _told in read_by(commission, q="Tên gần")] == ["organisation.renamed"]
    page = signed_in(commission).get(reverse("ledger"), {"q": "xa"}).content.decode()
    assert "Tên xa" not in page
    assert "your part of the tree" in page


def test_an_organisation_that_moves_takes_its_acts_along(tree: Tree, commission: User) -> None:
    renamed(tree.far.key, "Tên xa")
    organisations.move(organisation=tree.far, parent=tree.na_luong, by="test")
    assert ("organisation.moved" in {kind for kind, _told in read_by(commission)}) is True
    assert read_by(commission, q="Tên xa") != []


def test_the_lists_that_a_part_takes_out_are_acts_of_that_part(commission: User) -> None:
    signed_in(commission).get(reverse("people"), {"export": "1"})
    assert ("list.exported", "list:nhan-su") in [(kind, told.split()[0]) for kind, told in read_by(commission)]


@pytest.mark.usefixtures("acts")
def test_the_lists_that_a_board_takes_out_are_acts_of_its_congress(tree: Tree) -> None:
    key = Congress.objects.get(organisation=tree.commune).key
    user = person("khoa", "Hoàng Minh Khoa")
    accounts.grant(user=user, role=Role.CREDENTIALS, by="test", organisation=tree.commune.key, congress=key)
    signed_in(user).get(reverse("congresses"), {"export": "1"})
    assert [one.place for one in LedgerEntry.objects.filter(kind="list.exported")] == [key]


def test_verifying_shows_a_part_no_facts_of_others(tree: Tree, commission: User, administrator: User) -> None:
    LedgerEntry.objects.filter(seq=1).update(facts='{"name": "xa"}')
    pages = [signed_in(user).get(reverse("ledger_verify")).content.decode() for user in (commission, administrator)]
    assert [("Expected" in page, "tampered" in page) for page in pages] == [(False, True), (True, True)]


def test_the_menu_leads_nowhere_that_is_shut(tree: Tree, commission: User) -> None:
    accounts.grant(user=commission, role=Role.ADMINISTRATOR, by="test", organisation=tree.na_luong.key)
    client = signed_in(commission)
    page = client.get(reverse("front")).content.decode().split("<main", 1)[0]
    doors = set(re.findall(r'href="(/[a-z-]+/)"', page))
    assert reverse("ledger") in doors
    assert {address: client.get(address).status_code for address in doors} == dict.fromkeys(doors, 200)


@pytest.mark.usefixtures("acts")
def test_congresses_are_named_and_what_is_theirs_says_whose_it_is(commission: User) -> None:
    page = signed_in(commission).get(reverse("ledger")).content.decode()
    title = "Đại hội đại biểu Tên gần, nhiệm kỳ 2025 - 2030"
    assert f"delegate:gần – {title}" in page
    assert page.count(title) == 3


def test_a_role_for_a_part_is_never_called_one_for_all(tree: Tree, commission: User) -> None:
    for address in ("front", "mine"):
        page = signed_in(commission).get(reverse(address)).content.decode()
        assert tree.na_luong.key in page
        assert "the whole tree" not in page
