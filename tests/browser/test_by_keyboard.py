"""A clerk without a mouse: sign in, find an organisation, change it, sign out."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from daihoi.web.accounts.models import User
from tests.browser.conftest import NARROW, Open
from tests.web.conftest import PASSWORD, Tree

pytestmark = pytest.mark.django_db(transaction=True)
FAR = 80


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus; whoever cannot reach it cannot work."""
    for _press in range(FAR):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {selector}")


def test_a_day_without_a_mouse(opened: Open, commission: User, tree: Tree) -> None:
    page = opened().new_page()
    page.goto(reverse("organisations"))
    page.keyboard.type("lan")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(reverse("organisations"))
    page.keyboard.press("/")
    with page.expect_response(lambda answer: "q=ban" in answer.url):
        page.keyboard.type("ban lau")
    expect(page.locator("#list tbody tr")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('organisation', args=[tree.commune.key])}")
    change = reverse("organisation_change", args=[tree.commune.key])
    tab_to(page, f"a[href='{change}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{change}")
    tab_to(page, "#id_phone")
    page.keyboard.type("0209 123 456")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('organisation', args=[tree.commune.key])}")
    expect(page.locator("main")).to_contain_text("0209 123 456")
    page.keyboard.press("?")
    page.wait_for_url(f"**{reverse('help')}")
    tab_to(page, f"form[action='{reverse('sign_out')}'] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/")


def test_the_menu_of_a_telephone_opens_by_its_button(opened: Open, commission: User) -> None:
    page = opened(commission, viewport=NARROW).new_page()
    page.goto(reverse("front"))
    door = page.locator(f".doors a[href='{reverse('people')}']")
    expect(door).to_be_hidden()
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    expect(door).to_be_visible()
    tab_to(page, f".doors a[href='{reverse('people')}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('people')}")
