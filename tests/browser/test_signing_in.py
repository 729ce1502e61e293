"""Signing in by hand: five wrong tries, the second factor, an invitation, a session ended from elsewhere."""

from __future__ import annotations

import time

import pytest
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from daihoi.web.accounts import services
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import User
from tests.browser.conftest import Open
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """As a person types it."""
    page.goto(reverse("sign_in"))
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(password)
    send(page)


def send(page: Page) -> None:
    """Press Enter and wait for the next page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_five_wrong_passwords_lock_the_name_and_the_right_one_too(opened: Open, administrator: User) -> None:
    page = opened().new_page()
    for _try in range(4):
        sign_in(page, "ha", "not the password")
        expect(page.locator(".alert-danger")).to_be_visible()
    sign_in(page, "ha", "not the password")
    expect(page.locator("h1")).to_have_text("Đã khóa")
    sign_in(page, "ha")
    page.goto(reverse("front"))
    assert "/sign-in/" in page.url


def test_cookies_are_kept_from_scripts_and_from_other_sites(opened: Open, administrator: User) -> None:
    context = opened()
    page = context.new_page()
    sign_in(page, "ha")
    cookies = {cookie["name"]: cookie for cookie in context.cookies()}
    assert {"sessionid", "csrftoken"} <= set(cookies)
    assert all(cookie["httpOnly"] and cookie["sameSite"] in {"Lax", "Strict"} for cookie in cookies.values())
    assert page.evaluate("document.cookie") == ""


def test_the_second_factor_is_asked_for_once_it_is_on(opened: Open, administrator: User) -> None:
    page = opened(administrator).new_page()
    page.goto(reverse("second_factor"))
    page.locator("button[type=submit]", has_text="Show the picture").click()
    expect(page.locator("img.qr")).to_be_visible()
    device = TOTPDevice.objects.get(user=administrator)
    page.locator("#id_code").fill(code_of(device))
    send(page)
    assert page.url.endswith(reverse("mine"))
    other = opened().new_page()
    sign_in(other, "ha")
    assert reverse("code") in other.url
    other.goto(reverse("organisations"))
    assert "/sign-in/" in other.url
    # A code is good once: the next one comes with the next half minute.
    TOTPDevice.objects.filter(pk=device.pk).update(last_t=-1)
    sign_in(other, "ha")
    other.locator("#id_code").fill(code_of(device))
    send(other)
    expect(other.locator("h1")).to_contain_text("Trần Thị Hà")


def code_of(device: TOTPDevice) -> str:
    """What the telephone shows now."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time()
    return f"{totp.token():06d}"


def test_an_invitation_makes_one_account(opened: Open, administrator: User) -> None:
    link = reverse("join", args=[services.invite(role=Role.CLERK, by="test", full_name="Bế Thị Hạnh")])
    page = opened().new_page()
    page.goto(link)
    page.locator("#id_username").fill("hanh")
    page.locator("#id_password").fill("con-đường-dài-2025")
    page.locator("#id_again").fill("con-đường-dài-2026")
    send(page)
    expect(page.locator("#id_again_error")).to_be_visible()
    page.locator("#id_password").fill("con-đường-dài-2025")
    page.locator("#id_again").fill("con-đường-dài-2025")
    send(page)
    assert page.url.endswith(reverse("sign_in"))
    sign_in(page, "hanh", "con-đường-dài-2025")
    expect(page.locator("h1")).to_contain_text("Bế Thị Hạnh")
    other = opened().new_page()
    answer = other.goto(link)
    assert answer is not None
    assert answer.status == 410


def test_a_session_is_ended_from_another_browser(opened: Open, administrator: User) -> None:
    here, there = opened().new_page(), opened().new_page()
    sign_in(here, "ha")
    sign_in(there, "ha")
    here.goto(reverse("mine"))
    with here.expect_navigation():
        here.locator("form[action*='/sessions/'] button").click()
    expect(here.locator("form[action*='/sessions/']")).to_have_count(0)
    there.goto(reverse("organisations"))
    assert "/sign-in/" in there.url
