"""Every check of the list and of the papers has its sentence, with the clause and the figures."""

from __future__ import annotations

import inspect
import re

import pytest

from daihoi.rules import lists
from daihoi.rules.lists import FIXED_CHECKS, OVERRIDABLE_CHECKS, WARNINGS, ListFinding, Severity
from daihoi.rules.reconciliation import RECONCILIATION_CHECKS
from daihoi.rules.terms import Override
from daihoi.words.errors.findings import FIGURES, list_finding, reconciliation_check
from daihoi.words.errors.rules import CHECKS, FINDINGS
from daihoi.words.language import speak
from tests.catalogues import placeholders


def test_every_list_check_has_a_sentence_and_nothing_else_has() -> None:
    assert set(FINDINGS) == {*OVERRIDABLE_CHECKS, *FIXED_CHECKS, *WARNINGS}


def test_every_reconciliation_check_has_words() -> None:
    assert set(CHECKS) == set(RECONCILIATION_CHECKS)


@pytest.mark.parametrize("check", sorted(FINDINGS))
def test_sentence_asks_only_for_figures_that_the_check_gives(check: str) -> None:
    """The names in the sentence are names in the call that makes the finding, or in what is spread into it."""
    source = inspect.getsource(lists)
    call = re.search(
        rf'"{check}",(.*?)\n    (?:    )*(?:\)|for|elif|else|if|return|yield)|"{check}",(.*)', source, re.DOTALL
    )
    assert call is not None
    known = set(re.findall(r"(\w+)=", source)) | {"candidates", "seats", "surplus", "candidate", "name", "source"}
    assert placeholders(FINDINGS[check]) <= known


def test_list_finding_says_clause_and_figures() -> None:
    finding = ListFinding(
        "surplus_within_limit",
        Severity.REFUSE,
        "190-QĐ/TW Đ14 k1",
        {"candidates": 20, "seats": 15, "surplus": 5, "limit": 4},
    )
    assert list_finding(finding) == (
        "20 candidates for 15 seats are a surplus of 5; at most 4 is allowed [190-QĐ/TW Đ14 k1]"
    )


def test_list_finding_names_who_set_it_aside() -> None:
    override = Override("branch_minimum_three", "Đảng ủy xã", "sáp nhập", "QĐ 12")
    finding = ListFinding(
        "branch_minimum_three", Severity.OVERRIDDEN, "Điều lệ Đ24 k1", {"summoned": 2, "minimum": 3}, override
    )
    assert list_finding(finding).endswith("Set aside by Đảng ủy xã: sáp nhập")


def test_reconciliation_check_puts_the_figures_into_words() -> None:
    speak("vi")
    said = reconciliation_check("scanned_is_collected", "scanned 183; collected 184; difference -1")
    assert "183" in said
    assert "184" in said
    assert not re.search("|".join(FIGURES), said)


def test_reconciliation_check_of_a_strange_name_still_says_it() -> None:
    assert reconciliation_check("moon_is_full", "moon 1") == "moon_is_full: moon 1"
