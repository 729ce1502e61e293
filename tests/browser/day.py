"""The people of the day of a congress and what each does in the browser, by ids and addresses in any language."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import NARROW, WIDE
from tests.browser.serving import House

PASSWORD = "con-đường-dài-2025"
PICTURES = os.environ.get("DAIHOI_PICTURES", "")
"""A folder in which to keep pictures of every page of the day, to be looked at; none are taken without."""
PATIENCE = 240000.0
"""ms: two hundred badges in two files take ten seconds of a quiet machine, and minutes of a busy one."""
PRESS = "main form[method=post] button.btn-primary[type=submit]"


def keep(picture: Image.Image, name: str) -> None:
    """Keep the picture of a paper, where pictures are wanted."""
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        picture.save(Path(PICTURES) / f"{name}.png")


@dataclass
class Somebody:
    """One person at one browser."""

    page: Page
    name: str

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def go(self, address: str, *arguments: object, **question: str) -> None:
        """Open a page by its name; whatever it answers but a page is a fault."""
        asked = "&".join(f"{name}={value}" for name, value in question.items())
        answer = self.page.goto(reverse(address, args=arguments) + (f"?{asked}" if asked else ""))
        assert answer is not None
        assert answer.ok, f"{answer.status} {answer.url}"

    def looks_away(self) -> None:
        """Take an empty page: the one that was open may ask for news by itself, and load itself again meanwhile."""
        context = self.context
        self.page.close()
        self.page = context.new_page()

    def fill(self, **values: str) -> None:
        """Type into fields by their names, choose where there is a choice."""
        for name, value in values.items():
            field = self.page.locator(f"#id_{name}")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def posts(self, address: str, *arguments: object, **values: str) -> None:
        """What pressing a button of a form sends, without looking at the pages: for what was played before."""
        token = next(one["value"] for one in self.context.cookies() if one["name"] == "csrftoken")
        given = {**values, "csrfmiddlewaretoken": token}
        answer = self.page.request.post(reverse(address, args=arguments), form=given, max_redirects=0)  # type: ignore[arg-type]
        # A form that was refused comes back as a page.
        assert answer.status == 302, f"{answer.status} {answer.url}"

    def press(self, selector: str = PRESS) -> None:
        """Press a button that leads to another page, which must not be a refusal."""
        with self.page.expect_navigation() as coming:
            self.page.locator(selector).first.click()
        answer = coming.value
        assert answer is None or answer.ok, f"{answer.status} {answer.url}"
        expect(self.page.locator(".invalid-feedback, .alert-danger")).to_have_count(0)

    def send(self, file: Path) -> None:
        """Hand a file over to an import."""
        self.page.locator("input[type=file]").set_input_files(file)
        self.press("main form[enctype] button[type=submit]")

    def fetch(self, selector: str, path: Path) -> Path:
        """Press what brings a file, and keep the file."""
        with self.page.expect_download() as coming:
            self.page.locator(selector).first.click()
        coming.value.save_as(path)
        return path

    def picture(self, name: str) -> None:
        """Keep the page as it looks on a laptop by day and on a telephone by night, where pictures are wanted."""
        if not PICTURES:
            return
        folder = Path(PICTURES)
        folder.mkdir(parents=True, exist_ok=True)
        for size, dark in ((WIDE, False), (NARROW, True)):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self.page.evaluate("dark => { document.documentElement.dataset.bsTheme = dark ? 'dark' : 'light'; }", dark)
            shade = "dark" if dark else "light"
            self.page.screenshot(path=folder / f"{name}-{size['width']}-{shade}.png", full_page=True)
        self.page.evaluate("document.documentElement.dataset.bsTheme = 'light'")
        self.page.set_viewport_size(WIDE)  # type: ignore[arg-type]


@dataclass
class Crowd:
    """Opens browsers for people, each in the language of the day."""

    chromium: Browser
    house: House
    language: str

    def arrives(self) -> Page:
        """A browser of one's own with nobody signed in."""
        context = self.chromium.new_context(
            viewport=WIDE,  # type: ignore[arg-type]
            base_url=self.house.address,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "daihoi_language", "value": self.language, "url": self.house.address}])
        return context.new_page()

    def joins(self, link: str, username: str, full_name: str) -> Somebody:
        """Follow a one-time link, choose name and password, sign in."""
        page = self.arrives()
        who = Somebody(page, full_name)
        page.goto(link)
        assert page.locator("html").get_attribute("lang") == self.language
        who.fill(full_name=full_name, username=username, password=PASSWORD, again=PASSWORD)
        who.press()
        who.fill(username=username, password=PASSWORD)
        who.press()
        return who

    def leave(self) -> None:
        """Everybody goes home."""
        for context in self.chromium.contexts:
            context.close()


@dataclass
class Station:
    """Somebody at a door with a USB scanner."""

    who: Somebody
    name: str

    def opens(self, congress: str) -> None:
        """The page of the only session, its name given, and kept by the browser."""
        self.who.go("check_in", congress)
        self.who.page.locator("#station-name").fill(self.name)
        self.who.page.locator("#station-name").press("Tab")
        expect(self.who.page.locator("[data-kept].good")).to_be_visible()

    def scans(self, code: object) -> None:
        """As a scanner types: the code, then Enter; nobody waits for the answer."""
        field = self.who.page.locator("#scan-code")
        field.fill(str(code))
        field.press("Enter")

    def says(self, level: str, text: str = "") -> None:
        """The large answer."""
        expect(self.who.page.locator(f"[data-answer].{level}")).to_contain_text(text)

    @property
    def waiting(self) -> int:
        """Scans that the house has not answered, as the page tells people."""
        told = re.match(r"\d+", self.who.page.locator("[data-queue]").inner_text())
        return int(told.group()) if told else 0

    def has_sent_everything(self) -> None:
        """Once the network is back, by itself."""
        expect(self.who.page.locator("[data-queue]")).not_to_have_class(re.compile("waits"), timeout=PATIENCE)


def pass_by_turns(stations: Sequence[Station], codes: Sequence[object]) -> None:
    """Delegates spread over the doors, all doors at once: none waits for another's answer."""
    for place, code in enumerate(codes):
        stations[place % len(stations)].scans(code)
