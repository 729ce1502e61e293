"""The page on papers for the day names every check, every setting with its default, and functions that exist."""

from __future__ import annotations

import importlib
import importlib.util
import re
from pathlib import Path

import pytest

from daihoi.papers.congress.badges import SIZES
from daihoi.rules.convening import CONVENING_CHECKS
from daihoi.rules.credentials.checks import ROLL_CHECKS
from daihoi.rules.credentials.settings import CREDENTIALS_SETTINGS
from daihoi.words.credentials import FINDINGS

PAGE = " ".join((Path(__file__).parents[2] / "docs" / "dev" / "congress-papers.md").read_text(encoding="utf-8").split())


@pytest.mark.parametrize("check", [*ROLL_CHECKS, *CONVENING_CHECKS])
def test_check_is_explained_and_has_a_sentence(check: str) -> None:
    assert f"| `{check}` |" in PAGE
    assert check in FINDINGS


def test_no_sentence_belongs_to_no_check() -> None:
    assert set(FINDINGS) == {*ROLL_CHECKS, *CONVENING_CHECKS}


@pytest.mark.parametrize("term", CREDENTIALS_SETTINGS, ids=lambda term: term.name)
def test_setting_stands_with_its_default(term: object) -> None:
    assert re.search(rf"`{term.name}` = {re.escape(str(term.default))}\b", PAGE)  # type: ignore[attr-defined]


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`(\w+\.\w+)`", PAGE)) - {"Delegate.replaces"}))
def test_function_named_exists(named: str) -> None:
    module, _, name = named.partition(".")
    rooms = (
        "daihoi.papers.congress",
        "daihoi.rules.credentials",
        "daihoi.rules",
        "daihoi.words",
        "daihoi.words.errors",
    )
    assert named in ("papers.text_too_long", "words.credentials", "rules.credentials") or any(
        hasattr(importlib.import_module(f"{room}.{module}"), name)
        for room in rooms
        if importlib.util.find_spec(f"{room}.{module}") is not None
    )


@pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))
def test_sizes_of_badges_are_those_of_the_page(size: object) -> None:
    told = f"{size.columns} x {size.rows} of {size.width} x {size.height} mm"  # type: ignore[attr-defined]
    assert told in PAGE
