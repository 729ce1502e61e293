"""The pages of settings and of the ledger are what the code declares."""

from tests.docs.web_pages import EVENTS_PAGE, SETTINGS_PAGE, events_page, settings_page


def test_every_setting_is_on_its_page() -> None:
    assert SETTINGS_PAGE.read_text(encoding="utf-8") == settings_page()


def test_every_act_is_on_its_page() -> None:
    assert EVENTS_PAGE.read_text(encoding="utf-8") == events_page()
