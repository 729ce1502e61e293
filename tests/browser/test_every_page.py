"""Every address: axe finds no violation, wide and light, narrow and dark, and no page is wider than its window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from daihoi.web.accounts import services
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import User
from tests.browser.conftest import NARROW, WIDE, Open
from tests.web.conftest import Tree, let_go, person, signed_in
from tests.web.site.test_gates import addresses as all_addresses

pytestmark = pytest.mark.django_db(transaction=True)

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
NO_PAGES = {"health"}
"""Addresses that answer programs, not people."""

RUN = """async rules => {
  const told = await axe.run(document, rules ? {runOnly: {type: "rule", values: rules}} : {});
  return told.violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(" ")).join(", ")}`);
}"""
DARK = """dark => { document.documentElement.dataset.bsTheme = dark ? "dark" : "light"; }"""


@pytest.fixture
def everybody(tree: Tree) -> User:
    """Somebody whom every gate lets through."""
    user = person("ha", "Trần Thị Hà")
    for role in (Role.ADMINISTRATOR, Role.ORGANISATION_COMMISSION, Role.CREDENTIALS):
        services.grant(user=user, role=role, by="test")
    return user


def addresses(tree: Tree, user: User) -> Iterator[str]:
    """Every address that answers a person with a page."""
    client = signed_in(user)
    for name, address in sorted(all_addresses(tree.na_luong).items()):
        if name in NO_PAGES:
            continue
        answer = client.get(address)
        let_go(answer)  # type: ignore[arg-type]
        if answer.status_code in {200, 410} and "text/html" in answer.headers["Content-Type"]:
            yield address


def violations(page: Page) -> Iterator[str]:
    """All rules wide and light; narrow and dark those that size and colour can break."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for size, dark, rules in (
        (WIDE, False, None),
        (NARROW, True, ["color-contrast", "target-size", "scrollable-region-focusable"]),
    ):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.evaluate(DARK, dark)
        where = f"{size['width']} px, {'dark' if dark else 'light'}"
        for told in page.evaluate(RUN, rules):
            yield f"{where}: {told}"
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > size["width"]:
            yield f"{where}: the page is {wide} px wide"


def test_axe_finds_nothing_on_any_page(opened: Open, everybody: User, tree: Tree) -> None:
    page = opened(everybody).new_page()
    found = {}
    for address in addresses(tree, everybody):
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        page.goto(address)
        if wrong := list(violations(page)):
            found[address] = wrong
    assert found == {}


def test_axe_finds_a_fault_that_is_there(opened: Open, everybody: User) -> None:
    page = opened(everybody).new_page()
    page.goto(reverse("front"))
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert any("label" in told for told in violations(page))
