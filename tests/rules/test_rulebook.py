"""The rulebook names functions and tests that exist, and leaves out no check, setting, question or example."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest

from daihoi.rules.clauses import Topic
from daihoi.rules.edition import EDITIONS
from daihoi.rules.lists import FIXED_CHECKS, OVERRIDABLE_CHECKS, WARNINGS
from daihoi.rules.reconciliation import RECONCILIATION_CHECKS
from daihoi.rules.settings import SETTINGS

HERE = Path(__file__).parent
RULEBOOK = (HERE.parents[1] / "docs" / "dev" / "rulebook.md").read_text(encoding="utf-8")
TESTS = {
    node.name
    for path in HERE.glob("test_*.py")
    for node in ast.parse(path.read_text(encoding="utf-8")).body
    if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
}


def section(title: str) -> str:
    return RULEBOOK.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?!test_)[a-z]+\.\w+)`", RULEBOOK)) - {"rules.editions"}))
def test_every_function_named_exists(name: str) -> None:
    module, function = name.split(".")
    assert hasattr(importlib.import_module(f"daihoi.rules.{module}"), function)


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(test_\w+)`", RULEBOOK))))
def test_every_test_named_exists(name: str) -> None:
    assert name in TESTS


def test_every_rule_names_a_function_and_a_test() -> None:
    rows = [row for row in RULEBOOK.splitlines() if row.startswith("|") and row.count("|") == 5]
    rules = [row for row in rows if not row.startswith(("| Clause", "| ---"))]
    assert len(rules) > 60
    assert [row for row in rules if not re.search(r"`[a-z]+\.\w+` \| `test_\w+` \|$", row)] == []


@pytest.mark.parametrize("check", [*OVERRIDABLE_CHECKS, *FIXED_CHECKS, *WARNINGS, *RECONCILIATION_CHECKS])
def test_every_check_is_in(check: str) -> None:
    assert f"`{check}`" in section("The list") + section("The papers")


def test_every_setting_is_in_and_nothing_else_is() -> None:
    listed = section("Settings").split("\n\n")[1]
    assert re.findall(r"`(\w+)`", listed) == [term.name for term in SETTINGS]


@pytest.mark.parametrize("number", range(1, 21))
def test_every_open_question_is_answered(number: int) -> None:
    [row] = [line for line in section("Open questions").splitlines() if line.startswith(f"| A{number} ")]
    named = re.findall(r"`(\w+)`", row)
    settings = {term.name: term.question for term in SETTINGS}
    assert named
    for name in named:
        assert name in TESTS or settings.get(name) in (f"A{number}", "")


@pytest.mark.parametrize("number", range(1, 27))
def test_every_worked_example_is_a_test(number: int) -> None:
    # Two examples that differ in one word share a test.
    assert [name for name in TESTS if f"_{number:02d}_" in name and name.startswith("test_example_")]


def test_every_remembered_clause_has_a_setting_or_is_printed_as_unconfirmed() -> None:
    """Topics of 190-QĐ/TW that nobody read, each with the settings whose values the annex prints for it."""
    settings_of = {
        Topic.BASE_DELEGATES: "delegates_deduct_absent_throughout",
        Topic.BASE_MEETING: "meeting_deducts_on_leave",
        Topic.RANKING: "ranking",
        Topic.TIES: "tie_reballot_plurality",
        Topic.SHORTFALL: "shortfall",
        Topic.NAME_ORDER: "name_order",
        Topic.BALLOT_VALIDITY: "blank_single_ballot",
    }
    unconfirmed = {topic for topic, _ in EDITIONS[1].unconfirmed_clauses()}
    # Nothing is computed from these: they are cited, and marked where they are.
    cited_only = {Topic.CREDENTIALS_BOARD, Topic.NOMINATION_DISCIPLINE, Topic.COMMITTEE}
    assert unconfirmed - cited_only == set(settings_of)
    assert set(settings_of.values()) <= {term.name for term in SETTINGS if term.unconfirmed}
