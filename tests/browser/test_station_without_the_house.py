"""A station whose house dies: its page is opened again from the browser, goes on, and loses and doubles nothing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from bench.check_in import PASSWORD
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import WIDE
from tests.browser.serving import House, Migrated
from tests.web.conftest import a_free_port
from tests.web.congresses.test_killed import PREPARE, environment, passages

SHELL = "shell/"


@dataclass
class Door(House):
    """A house with one door: the address of its station, and the badges of who is waited for."""

    station: str = ""
    codes: list[str] = field(default_factory=list)

    def badges(self, number: int) -> list[str]:
        """Codes that no other test of this house scans."""
        taken, self.codes = self.codes[:number], self.codes[number:]
        return taken


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, empty_database: Migrated) -> Iterator[Door]:
    """With eight delegates who are waited for."""
    folder = tmp_path_factory.mktemp("house")
    if empty_database.file is not None:
        shutil.copyfile(empty_database.file, folder / "daihoi.sqlite3")
    command = [sys.executable, "-c", PREPARE, str(folder), "8"]
    made = subprocess.run(command, env=environment(folder), capture_output=True, check=True, timeout=300)
    address, codes = json.loads(made.stdout)
    house = Door(folder, a_free_port(), station=address.removesuffix("pass/"), codes=codes)
    yield house
    house.close()


@pytest.fixture
def real_house(built: Door) -> Door:
    """Open, whatever the test before did to it."""
    built.open()
    return built


@pytest.fixture
def station(chromium: Browser, real_house: Door) -> Iterator[Page]:
    """Signed in at the door, the page kept by the browser."""
    context = chromium.new_context(viewport=WIDE, base_url=real_house.address)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"/sign-in/?next={real_house.station}")
    page.locator("#id_username").fill("door")
    page.locator("#id_password").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("[data-kept].good")).to_be_visible()
    yield page
    context.close()


def scan(page: Page, code: str) -> None:
    """As a USB scanner types."""
    page.locator("#scan-code").fill(code)
    page.keyboard.press("Enter")


def kept(page: Page) -> list[str]:
    """Paths of all that the browser keeps of the house."""
    requests = "caches.open('daihoi-station').then(one => one.keys())"
    return sorted(page.evaluate(f"{requests}.then(all => all.map(one => new URL(one.url).pathname))"))


def test_a_station_is_opened_again_without_its_house(real_house: Door, station: Page) -> None:
    codes, before = real_house.badges(5), len(passages(real_house.folder))
    scan(station, codes[0])
    expect(station.locator("[data-answer].good")).to_be_visible()
    real_house.close()
    scan(station, codes[1])
    expect(station.locator("[data-answer].kept")).to_be_visible()

    station.reload()
    expect(station.locator(".alert-warning")).to_be_visible()
    expect(station.locator("[data-queue].waits")).to_contain_text("1 ")
    expect(station.locator("[data-kept].good")).to_be_visible()
    for code in (*codes[2:4], codes[0]):
        scan(station, code)
    station.reload()
    expect(station.locator("[data-queue].waits")).to_contain_text("4 ")
    assert station.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"')")
    other = station.context.new_page()
    other.goto(real_house.station)
    scan(other, codes[4])
    expect(other.locator("[data-queue].waits")).to_contain_text("5 ")
    assert len(passages(real_house.folder)) == before + 1

    real_house.open()
    for page in (station, other):
        expect(page.locator("[data-queue]")).not_to_have_class(re.compile("waits"), timeout=15000)
    expect(station.locator("[data-away]")).to_be_hidden()
    # Both tabs held the same queue; each scan came once, also the second one of a badge that was in already.
    assert len(passages(real_house.folder)) == len(set(passages(real_house.folder))) == before + 6
    station.reload()
    expect(station.locator(".alert-warning")).to_have_count(0)
    scan(station, codes[4])
    expect(station.locator("[data-answer].odd")).to_be_visible()


def test_the_browser_keeps_the_shell_and_static_files_alone(real_house: Door, station: Page) -> None:
    station.goto("/")
    station.goto(real_house.station)
    expect(station.locator("[data-kept].good")).to_be_visible()
    shell = f"{real_house.station}{SHELL}"
    assert [path for path in kept(station) if not path.startswith("/static/")] == [shell]
    drawn = {Path(path).name for path in kept(station)}
    assert {"station.js", "station_queue.js", "jsQR.js", "congress.css", "icons.svg", "tabler.min.css"} <= drawn
    assert sum(name.endswith("woff2") for name in drawn) >= 6
    text = station.evaluate("address => caches.match(address).then(one => one.text())", shell)
    assert "csrfmiddlewaretoken" not in text
    assert "Bàn" not in text
    real_house.close()
    with pytest.raises(Exception, match="ERR_CONNECTION_RE"):
        station.goto("/congresses/")


def test_who_was_signed_out_loses_no_scan(real_house: Door, station: Page) -> None:
    [code], before = real_house.badges(1), len(passages(real_house.folder))
    real_house.close()
    station.reload()
    scan(station, code)
    station.context.clear_cookies()
    real_house.open()
    expect(station.locator("[data-queue].waits")).to_contain_text("–", timeout=15000)
    assert len(passages(real_house.folder)) == before
    other = station.context.new_page()
    other.goto(f"/sign-in/?next={real_house.station}")
    other.locator("#id_username").fill("door")
    other.locator("#id_password").fill(PASSWORD)
    other.keyboard.press("Enter")
    expect(station.locator("[data-queue]")).not_to_have_class(re.compile("waits"), timeout=15000)
    assert len(passages(real_house.folder)) == before + 1
