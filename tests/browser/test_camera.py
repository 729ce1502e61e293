"""The check-in by camera: Chromium is given a film of a badge instead of a camera, and reads the code off it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random

import pypdfium2 as pdfium
import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.congresses import making
from daihoi.web.congresses.choices import Paper
from daihoi.web.congresses.models import Passage
from tests.browser.conftest import WIDE
from tests.web.conftest import person, signed_in
from tests.web.congresses.conftest import Hall, hall

__all__ = ["hall"]
pytestmark = pytest.mark.django_db(transaction=True)

FILM = (640, 480)
FRAMES = 8


def badge_of(hall: Hall) -> Image.Image:
    """The badge of the first delegate as it is printed, at about 200 dots per inch."""
    asked = making.Asked(date(2026, 6, 17), people=(hall.delegates[0].key,))
    made = making.make(Paper.BADGE_CARD, making.stock(hall.congress, asked, personnel=False))
    page = pdfium.PdfDocument(made.pdf)[0]
    return page.render(scale=200 / 72).to_pil().convert("RGB")


def film(picture: Image.Image, path: Path) -> Path:
    """The badge as a hand holds it before a camera: a little crooked, never quite still, in the light of a hall."""
    hand = Random(7)
    frames = []
    for _frame in range(FRAMES):
        held = picture.copy()
        held.thumbnail((FILM[0] * 4 // 5, FILM[1] * 4 // 5))
        turned = held.rotate(hand.uniform(4, 7), resample=Image.Resampling.BICUBIC, expand=True, fillcolor=(96, 84, 70))
        frame = Image.new("RGB", FILM, (96, 84, 70))
        middle = [(all_ - part) // 2 + hand.randint(-6, 6) for all_, part in zip(FILM, turned.size, strict=True)]
        frame.paste(turned, (middle[0], middle[1]))
        written = io.BytesIO()
        frame.point(lambda light: int(light * 0.8 + 12)).save(written, "JPEG", quality=80)
        frames.append(written.getvalue())
    # A film of pictures one after another is all that MJPEG is.
    path.write_bytes(b"".join(frames))
    return path


@pytest.fixture
def filming(launched: Callable[..., Browser], tmp_path: Path, hall: Hall) -> Iterator[Browser]:
    """A Chromium before whose camera the badge is held."""
    shown = film(badge_of(hall), tmp_path / "badge.mjpeg")
    browser = launched(
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={shown}",
    )
    yield browser
    browser.close()


def at_the_door(browser: Browser, house: str, hall: Hall) -> Page:
    """The page of a station, signed in."""
    user = person("yen", "Ma Thị Yến")
    key = hall.congress.key
    accounts.grant(user=user, role=Role.CHECK_IN, by="test", organisation=hall.congress.organisation.key, congress=key)
    context = browser.new_context(viewport=WIDE, base_url=house)  # type: ignore[arg-type]
    cookie = signed_in(user).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": house}])
    page = context.new_page()
    page.goto(reverse("check_in_station", args=[key, hall.session.pk]))
    return page


def test_a_badge_before_the_camera_is_checked_in_once(filming: Browser, house: str, hall: Hall) -> None:
    page = at_the_door(filming, house, hall)
    page.locator("[data-camera]").click()
    expect(page.locator("[data-answer].good")).to_be_visible(timeout=20000)
    expect(page.locator("[data-who]")).to_have_text(hall.delegates[0].person.full_name)
    expect(page.locator("[data-video]")).to_be_visible()
    # Held before it for as long as one likes, a badge is one scan.
    page.wait_for_timeout(2500)
    assert Passage.objects.count() == 1
    page.locator("[data-camera]").click()
    expect(page.locator("[data-video]")).to_be_hidden()
