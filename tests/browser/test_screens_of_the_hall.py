"""A screen of the hall in a browser: nothing blank at a change, nothing to scroll, turned and filled by keys."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from daihoi.rules.terms import CandidateOutcome
from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import User
from daihoi.web.elections.choices import ContestState
from daihoi.web.elections.models import Contest, Nomination
from daihoi.web.hall.choices import Order, Shows
from daihoi.web.hall.models import Screen
from daihoi.web.hall.pictures.asked import Asked
from daihoi.web.hall.services import screens as services
from tests.browser.conftest import Open
from tests.web.conftest import person
from tests.web.elections.conftest import Day, data_folder, day

__all__ = ["data_folder", "day"]
pytestmark = pytest.mark.django_db(transaction=True)

SIZES = {"1920": {"width": 1920, "height": 1080}, "1024": {"width": 1024, "height": 768}}
WATCH = """() => {
  window.seen = [];
  const look = () => {
    const frames = [...document.querySelectorAll(".hall [data-frame]")];
    const whole = frames.some((one) => {
      const images = [...one.querySelectorAll("img")];
      return getComputedStyle(one).opacity === "1" && one.textContent.trim() + images.length
        && images.every((image) => image.complete && image.naturalWidth);
    });
    window.seen.push(Boolean(whole));
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
OVERFLOW = """() => {
  const frame = document.querySelector(".hall [data-frame]:last-of-type .slide");
  const box = frame.getBoundingClientRect();
  const out = [...frame.querySelectorAll("td, p, li, h2, dd, dt")].filter((one) => {
    const here = one.getBoundingClientRect();
    return here.right > box.right + 1 || here.bottom > box.bottom + 1 || here.top < box.top - 1;
  });
  return [document.documentElement.scrollHeight - innerHeight, document.documentElement.scrollWidth - innerWidth,
          out.map((one) => one.textContent)];
}"""


@pytest.fixture
def operator(day: Day) -> User:
    """Of the event organisers."""
    user = person("hung", "Phạm Hùng", "vi")
    accounts.grant(user=user, role=Role.EVENT, by="test", congress=day.congress.key)
    return user


@pytest.fixture
def screen(day: Day) -> Screen:
    """The main screen, and a contest that is announced: seven elected of twelve, long names among them."""
    votes = [11, 10, 9, 9, 8, 7, 6, 5, 4, 3, 2, 1]
    long = "Nguyễn Hoàng Thị Phương Quỳnh Trang Anh"
    day.contest.nominations.all().delete()
    for number, one in enumerate(day.people, start=1):
        came = CandidateOutcome.ELECTED if number <= 7 else CandidateOutcome.NOT_QUALIFIED
        Nomination.objects.create(
            contest=day.contest, person=one, name=long if number == 4 else one.full_name, state="listed", number=number,
            votes=votes[number - 1], outcome=came.value, note="1980" if number == 2 else "",
        )  # fmt: skip
    roll = {"summoned": 12, "present": 11, "deductions": []}
    Contest.objects.filter(pk=day.contest.pk).update(
        state=ContestState.ANNOUNCED, roll=roll, issued=11, collected=11, seats=8,
        title="Bầu Ban Chấp hành Đảng bộ huyện Nà Lương khóa XXII, nhiệm kỳ 2025 - 2030",
    )  # fmt: skip
    return services.add_screen(congress=day.congress, name="Màn hình chính", language="vi", by="test")


def shown(page: Page, what: str) -> None:
    page.wait_for_selector(f".hall > [data-frame]:only-child {what}")


def pictures(day: Day) -> dict[str, Asked]:
    key = day.contest.key
    until = (timezone.localtime() + timedelta(hours=9)).isoformat(timespec="seconds")
    return {
        "slide-drawing": Asked(Shows.HOW_TO_MARK, contest=key),
        "slide-progress": Asked(Shows.PROGRESS),
        "slide-facts": Asked(Shows.RESULT, contest=key),
        "slide-lines": Asked(Shows.RESULT, contest=key, page=2, order=Order.VOTES),
        "slide-names": Asked(Shows.RESULT, contest=key, page=4),
        "slide-clock": Asked(Shows.COUNTDOWN, until=until, words="Giải lao"),
        "slide-words": Asked(Shows.WORDS, words="Mời các đại biểu về vị trí để tiếp tục phiên làm việc"),
        "slide-welcome": Asked(),
    }


def kept(page: Page, name: str) -> None:
    folder = os.environ.get("DAIHOI_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_no_frame_is_blank_while_pictures_change(day: Day, screen: Screen, operator: User, opened: Open) -> None:
    page = opened(operator, viewport=SIZES["1920"], reduced_motion="no-preference").new_page()
    page.goto(reverse("hall_screen", args=[day.congress.key, screen.key]))
    shown(page, ".slide-welcome")
    page.evaluate(WATCH)
    for what, asked in pictures(day).items():
        services.show(screen=screen, asked=asked, by="test")
        shown(page, f".{what}")
        kept(page, f"screen-1920-{what}")
    seen: list[bool] = page.evaluate("window.seen")
    assert len(seen) > 50
    assert all(seen)


@pytest.mark.parametrize("size", SIZES)
def test_every_picture_fits_without_scrolling(
    size: str, day: Day, screen: Screen, operator: User, opened: Open
) -> None:
    page = opened(operator, viewport=SIZES[size]).new_page()
    page.goto(reverse("hall_screen", args=[day.congress.key, screen.key]))
    for what, asked in pictures(day).items():
        services.show(screen=screen, asked=asked, by="test")
        shown(page, f".{what}")
        kept(page, f"screen-{size}-{what}")
        assert page.evaluate(OVERFLOW) == [0, 0, []], what


def test_keys_turn_pages_and_fill_the_screen(day: Day, screen: Screen, operator: User, opened: Open) -> None:
    services.show(screen=screen, asked=pictures(day)["slide-facts"], by="test")
    page = opened(operator, viewport=SIZES["1024"]).new_page()
    page.goto(reverse("hall_screen", args=[day.congress.key, screen.key]))
    shown(page, ".slide-facts")
    page.keyboard.press("PageDown")
    shown(page, ".slide-lines")
    page.keyboard.press("ArrowLeft")
    shown(page, ".slide-facts")
    page.keyboard.press("f")
    page.wait_for_selector("html:fullscreen")


def test_screen_keeps_its_picture_while_the_house_is_away(
    day: Day, screen: Screen, operator: User, opened: Open
) -> None:
    context: Any = opened(operator, viewport=SIZES["1024"])
    page = context.new_page()
    page.goto(reverse("hall_screen", args=[day.congress.key, screen.key]))
    shown(page, ".slide-welcome")
    context.set_offline(True)
    page.wait_for_selector("[data-lost]:not(:empty)")
    assert page.locator(".slide-welcome").is_visible()
    context.set_offline(False)
    services.show(screen=screen, asked=Asked(Shows.PROGRESS), by="test")
    shown(page, ".slide-progress")


def test_control_page_chooses_previews_and_shows(day: Day, screen: Screen, operator: User, opened: Open) -> None:
    page = opened(operator).new_page()
    page.goto(reverse("hall_screens", args=[day.congress.key]))
    page.locator(f"#id_{screen.key}-shows").select_option("result")
    page.locator(f"#id_{screen.key}-contest").select_option(day.contest.key)
    page.keyboard.press("Tab")
    page.locator("button[name=preview]").click()
    page.wait_for_selector(".hall-mini .slide-facts")
    kept(page, "control-1440")
    page.set_viewport_size({"width": 390, "height": 844})
    kept(page, "control-390")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator(".hall-choose .btn-primary").click()
    page.wait_for_selector("[data-screen] .slide-facts")
    page.keyboard.press("PageDown")
    page.wait_for_selector("[data-screen] .slide-lines")
