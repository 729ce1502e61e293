"""The page on papers of the election day names functions that exist, and forgets none that others call."""

from __future__ import annotations

import importlib
import importlib.util
import re
from pathlib import Path

import pytest

from daihoi.papers.election_day.rehearsal_deck import CaseKind
from daihoi.words.election_day.chair import LINES
from daihoi.words.election_day.rehearsal import KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "dev" / "election-papers.md").read_text(encoding="utf-8")
ROOMS = ("daihoi.papers.election_day", "daihoi.words.election_day", "daihoi.rules")


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`(\w+\.\w+)`", PAGE))))
def test_function_named_exists(named: str) -> None:
    module, _, name = named.partition(".")
    assert any(
        hasattr(importlib.import_module(f"{room}.{module}"), name)
        for room in ROOMS
        if importlib.util.find_spec(f"{room}.{module}") is not None
    )


@pytest.mark.parametrize(
    "called",
    [
        "how_to_mark.how_to_mark_screen",
        "guides.guide",
        "role_cards.role_cards",
        "tally_sheets.tally_sheets",
        "entry_log.entry_log",
        "accounting.ballot_account",
        "accounting.reconciliation_sheet",
        "result_files.carried",
        "deck_files.printed_deck",
        "rehearsal_report.rehearsal_report",
        "chair.say",
        "picture.png",
    ],
)
def test_page_tells_of_every_paper(called: str) -> None:
    assert f"`{called}`" in PAGE


def test_every_case_of_a_deck_has_words() -> None:
    assert set(KINDS) == {kind.value for kind in CaseKind}


def test_stops_that_cite_no_clause_are_those_of_the_page() -> None:
    without = {code for code, line in LINES.items() if line.topic is None}
    assert without == {
        "base_told",
        "more_collected",
        "form_voided",
        "power_cut",
        "counts_differ",
        "planned_not_elected",
    }
