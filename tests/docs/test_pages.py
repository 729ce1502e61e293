"""The pages say what the code does: settings, events, error families, reasons, and no link that leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from daihoi.ledger.events import EVENTS
from daihoi.reading.terms import DoubtReason, RefusalReason
from daihoi.rules.lists import FIXED_CHECKS, OVERRIDABLE_CHECKS, WARNINGS
from daihoi.rules.reconciliation import RECONCILIATION_CHECKS
from daihoi.rules.settings import SETTINGS

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


def text_of(*names: str) -> str:
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)


def all_docs() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_page_has_a_title_and_links_that_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.startswith("#")
    local = [target for target in LINK.findall(text) if "://" not in target and not target.startswith("mailto:")]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("setting", [term.name for term in SETTINGS])
def test_setting_is_explained(setting: str) -> None:
    assert f"`{setting}`" in all_docs()


@pytest.mark.parametrize("event", sorted(EVENTS))
def test_event_is_explained(event: str) -> None:
    assert event in text_of("docs/dev/ledger.md")


@pytest.mark.parametrize("check", [*OVERRIDABLE_CHECKS, *FIXED_CHECKS, *WARNINGS, *RECONCILIATION_CHECKS])
def test_check_is_explained(check: str) -> None:
    assert f"`{check}`" in all_docs()


@pytest.mark.parametrize("reason", [*DoubtReason, *RefusalReason])
def test_reason_of_the_reader_is_explained(reason: str) -> None:
    assert re.search(rf"\b{reason}\b", all_docs())


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "README.md", "LICENSE"])
def test_root_has_the_papers_of_a_project(page: str) -> None:
    assert len(text_of(page)) > 300
