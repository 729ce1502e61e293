"""How far the tree is with its results: figures by tier, what is missing, who must act, one result."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import User
from daihoi.web.congresses import services as congresses
from daihoi.web.congresses.choices import State
from daihoi.web.congresses.models import Congress
from daihoi.web.organisations.models import Term
from daihoi.web.reporting.models import Received
from tests.web.conftest import Tree, person, signed_in
from tests.web.reporting import packages
from tests.web.reporting.conftest import received, sent

pytestmark = pytest.mark.django_db


def listed(client: Client, **asked: str) -> str:
    """The list as text."""
    told = re.sub(r"<[^>]+>", " ", client.get(reverse("results_received"), asked).content.decode())
    return " ".join(told.split())


def test_figures_by_tier_and_what_is_missing(browser: Client, centre: User, tree: Tree, term: Term) -> None:
    received(centre, packages.plain(), tree.commune)
    today = timezone.localdate()
    for organisation, opens in (
        (tree.sister, today - timedelta(days=2)), (tree.far, today + timedelta(days=9)), (tree.na_luong, None)
    ):  # fmt: skip
        congresses.plan(organisation=organisation, term=term, by="test", opens=opens)
    told = listed(browser)
    assert "1/3 Grassroots (33.33 %)" in told
    assert "0/2 Directly above the grassroots (0.00 %)" in told
    assert re.search(r"Khau Vai Grassroots \S+ 0 Its counting board: send the sealed package", told)
    assert re.search(r"Phú Đông Grassroots \S+ 0 Nobody yet: opens", told)
    assert "Its convening committee: set the day of the congress" in told
    assert "Its convening committee: enter its congress" in told
    assert "Khau Vai" not in listed(browser, state="here")
    assert "Bản Lầu" in listed(browser, state="here")
    assert "Bản Lầu" not in listed(browser, state="missing")
    assert "Bản Lầu" in listed(browser, q="ban lau", tier="CO_SO")


@pytest.mark.parametrize(
    ("state", "said"), [(State.CANCELLED, "Nobody: cancelled"), (State.POSTPONED, "postponed, set another day")]
)
def test_a_congress_off_the_way_is_told_so(browser: Client, tree: Tree, term: Term, state: State, said: str) -> None:
    congresses.plan(organisation=tree.sister, term=term, by="test", opens=date(2026, 6, 17))
    Congress.objects.update(state=state)
    assert said in listed(browser, q="khau vai")


def test_a_tie_asks_for_its_further_ballot(browser: Client, centre: User) -> None:
    received(centre, packages.tied())
    assert "Its counting board: send the further ballot" in listed(browser, state="here")
    assert "1 3" in listed(browser, state="here")


def test_a_package_that_waits_is_told_in_the_tree_and_on_the_front_page(browser: Client) -> None:
    sent(browser, packages.plain())
    assert "compare 1 package with its paper" in listed(browser, state="waits")
    assert "Compare 1 package with its paper" in browser.get(reverse("front")).content.decode()


def test_a_package_that_is_here_already_waits_for_nobody(browser: Client, centre: User) -> None:
    received(centre, packages.plain())
    sent(browser, packages.plain())
    assert "Nà Lương" not in listed(browser, state="waits")
    assert "Compare" not in browser.get(reverse("front")).content.decode()


def test_results_of_a_former_term_are_not_of_this_one(browser: Client, centre: User) -> None:
    received(centre, packages.plain())
    Term.objects.update(is_current=False)
    Term.objects.create(label="2030-2035", profile="3_cap", is_current=True)
    assert "0/2 Directly above the grassroots" in listed(browser)


def test_the_list_is_taken_out_as_a_spreadsheet(browser: Client, centre: User) -> None:
    received(centre, packages.plain())
    answer = browser.get(reverse("results_received"), {"export": "1", "sort": "-results"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)  # type: ignore[union-attr]
    assert rows[1][0] == "Đảng bộ huyện Nà Lương"
    assert rows[1][3:5] == (1, 0)
    assert len(rows) == 7


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_few_questions(
    browser: Client, centre: User, tree: Tree, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for organisation in (tree.sister, tree.commune, tree.far)[:rows]:
        one = received(centre, packages.plain(), organisation)
        Received.objects.filter(pk=one.pk).update(digest=f"{organisation.pk:064d}")
    with django_assert_num_queries(11):
        assert listed(browser, state="here").count("Grassroots") >= rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_preview_asks_the_same_few_questions(
    browser: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for made in (packages.plain(), packages.recount(), packages.tied())[:rows]:
        sent(browser, made)
    with django_assert_num_queries(8):
        assert browser.get(reverse("results_packages")).status_code == 200


def test_one_result_tells_its_figures_and_its_checks(browser: Client, centre: User) -> None:
    one = received(centre, packages.plain())
    told = browser.get(reverse("result_received", args=[one.key])).content.decode()
    for words in (
        "Lò Văn An", "75.00 %", "the digest on paper is that of this count", "the result is what a recount gives",
        "Lê Thị Viễn", "Ban Chấp hành",
    ):  # fmt: skip
        assert words in told
    assert one.parcel.report["signer"] in told


def test_an_organisation_leads_to_its_results(browser: Client, centre: User, tree: Tree) -> None:
    received(centre, packages.plain())
    address = reverse("results_of", args=[tree.na_luong.key])
    assert address in browser.get(reverse("organisation", args=[tree.na_luong.key])).content.decode()
    assert "3 of 3 elected" in browser.get(address).content.decode()


def test_who_sees_contests_sees_results_and_takes_none_in(centre: User, tree: Tree) -> None:
    one = received(centre, packages.plain())
    user = person("thuong", "Vũ Thường")
    accounts.grant(user=user, role=Role.STANDING, by="test", organisation=tree.na_luong.key)
    client = signed_in(user)
    told = client.get(reverse("result_received", args=[one.key])).content.decode()
    assert "Lò Văn An" in told
    assert reverse("result_package", args=[one.key, "package"]) not in told
    for name, arguments in (("results_packages", []), ("result_package", [one.key, "package"])):
        assert client.get(reverse(name, args=arguments)).status_code == 403
    assert "Results received" in client.get(reverse("front")).content.decode()


def test_a_role_of_one_congress_finds_no_door(tree: Tree, term: Term) -> None:
    congress = congresses.plan(organisation=tree.na_luong, term=term, by="test")
    user = person("chu", "Bế Chủ")
    accounts.grant(user=user, role=Role.PRESIDIUM, by="test", organisation=tree.na_luong.key, congress=congress.key)
    assert reverse("results_received") not in signed_in(user).get(reverse("front")).content.decode()
