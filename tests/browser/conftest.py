"""A Chromium that is there already, a server on the test database, and people who are signed in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from daihoi.web.accounts.models import User
from tests.browser.serving import Migrated, migrated
from tests.web.conftest import administrator, commission, signed_in, tree

__all__ = ["administrator", "commission", "tree"]

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

Open = Callable[..., BrowserContext]


@pytest.fixture(scope="package")
def launched() -> Iterator[Callable[..., Browser]]:
    """Start the browser of this machine with options of one's own; nothing is downloaded."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip(f"no browser: none of {', '.join(PROGRAMS)} is on the PATH")
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patched:
        # Playwright keeps a loop in this thread until the last of these tests: Django takes that for code that must
        # not wait, and whoever starts a loop afterwards could not.
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield lambda *options: playwright.chromium.launch(executable_path=program, args=["--no-sandbox", *options])


@pytest.fixture(scope="package")
def chromium(launched: Callable[..., Browser]) -> Iterator[Browser]:
    """The browser that all tests share."""
    browser = launched()
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def empty_database(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Migrated]:
    """To be copied by every house that is served in a process of its own."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            made = stack.enter_context(migrated(tmp_path_factory.mktemp("migrated")))
        yield made


@pytest.fixture
def house(chromium: Browser, live_server: Any) -> str:
    """The address of a server on the test database."""
    return str(live_server.url)


@pytest.fixture
def opened(house: str, chromium: Browser) -> Iterator[Open]:
    """Open a browser of one's own, signed in as somebody or nobody; what it asked of others and complained of fails."""
    contexts: list[BrowserContext] = []
    strangers: list[str] = []
    complaints: list[str] = []

    def look(page: Page) -> None:
        page.on("request", lambda asked: strangers.append(asked.url) if not _ours(asked.url, house) else None)
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))

    def open_browser(user: User | None = None, **held: Any) -> BrowserContext:
        context = chromium.new_context(**{"viewport": WIDE, "base_url": house, "reduced_motion": "reduce", **held})
        context.on("page", look)
        if user is not None:
            key = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": house}])
        contexts.append(context)
        return context

    yield open_browser
    for context in contexts:
        context.close()
    assert strangers == []
    assert complaints == []


def _ours(address: str, house: str) -> bool:
    return address.startswith((f"{house}/", "data:", "blob:"))
