"""Files given to a page: sent one after the other, told to be safe when they are; what is refused stays to be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

SCRIPT = Path(__file__).parents[2] / "src" / "daihoi" / "web" / "site" / "static" / "site" / "sending.js"
HERE = "http://house.test/"
FORM = """<form class="drop" action="/send?batch=" data-drop {more} data-words-sending="sending" data-words-kept="safe"
 data-words-failed="not sent" data-words-away="away"><input name="csrfmiddlewaretoken" value="t" type="hidden">
<select data-batch><option value="7">7</option></select><input type="file" multiple><ul data-drop-list></ul></form>
<script src="/sending.js"></script>"""


@pytest.fixture
def sent() -> list[str]:
    """What came to the house, as address and name."""
    return []


def received(route: Route, name: str) -> None:
    """What the house says of a file."""
    if name == "away":
        route.abort()
    elif name == "signed-out":
        route.fulfill(body="<p>Sign in</p>", content_type="text/html")
    elif name == "bad":
        route.fulfill(json={"refused": "too large"}, status=400)
    else:
        route.fulfill(json={"kept": name})


@pytest.fixture
def page(chromium: Browser, sent: list[str]) -> Page:
    """A page with the script and no house: a file of the name away is not answered, signed-out gets another page."""

    def answer(route: Route) -> None:
        address = route.request.url
        if address.endswith("/sending.js"):
            route.fulfill(body=SCRIPT.read_text(encoding="utf-8"), content_type="text/javascript")
        elif "/send?" not in address:
            more = "data-again" if "again" in address else 'data-after="/after"' if "goes" in address else ""
            route.fulfill(body=FORM.format(more=more), content_type="text/html")
        else:
            name = route.request.headers["x-file-name"]
            sent.append(f"{address.partition('?')[2]} {name}")
            received(route, name)

    page = chromium.new_page()
    page.route("**/*", answer)
    return page


def give(page: Page, *names: str) -> None:
    """Choose these files."""
    page.set_input_files("input[type=file]", [{"name": one, "mimeType": "x/y", "buffer": b"x"} for one in names])


def test_files_are_sent_in_their_order_and_each_is_told(page: Page, sent: list[str]) -> None:
    page.goto(HERE)
    give(page, "10.jpg", "9.jpg", "bad", "away", "signed-out")
    expect(page.locator("li.kept")).to_have_count(2)
    expect(page.locator("li.failed")).to_have_count(3)
    assert sent == [f"batch=7 {name}" for name in ("9.jpg", "10.jpg", "away", "bad", "signed-out")]
    told = page.locator("li.failed").all_text_contents()
    assert told == ["signed-out: not sent. away", "bad: not sent. too large", "away: not sent. away"]
    page.close()


def test_page_is_shown_anew_unless_something_is_to_be_read(page: Page) -> None:
    page.goto(HERE + "goes")
    give(page, "bad", "1.jpg")
    expect(page.locator("li.kept")).to_have_count(1)
    assert page.url == HERE + "goes"
    give(page, "2.jpg")
    page.wait_for_url(HERE + "after")
    page.goto(HERE + "again")
    give(page, "3.jpg")
    # The line of what was sent is gone with the page that was left.
    expect(page.locator("li")).to_have_count(0)
    page.close()
