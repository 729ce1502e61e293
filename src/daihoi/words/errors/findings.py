"""Sentences for what `rules` finds: a list that breaks the regulation, papers that do not add up.

The sentences themselves stand in `words.errors.rules`; tests/words/test_findings.py misses no check.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from daihoi.rules.lists import ListFinding, Severity
from daihoi.words.errors.rules import CHECKS, FINDINGS
from daihoi.words.language import N_, _

# The words of a check's arithmetic, which result.json spells in English for every reader alike.
FIGURES: Mapping[str, str] = {
    "printed": N_("printed"),
    "issued": N_("issued"),
    "spoiled": N_("spoiled"),
    "unused": N_("unused"),
    "present": N_("present"),
    "collected": N_("collected"),
    "scanned": N_("scanned"),
    "valid": N_("valid"),
    "invalid": N_("invalid"),
    "undecided": N_("undecided"),
    "votes": N_("votes"),
    "pages pending": N_("pages pending"),
    "difference": N_("difference"),
}

_WORDS = re.compile("|".join(rf"\b{word}\b" for word in sorted(FIGURES, key=len, reverse=True)))

OVERRIDDEN = N_("{finding} [{clause}]. Set aside by {by}: {reason}")
FOUND = N_("{finding} [{clause}]")


def list_finding(finding: ListFinding) -> str:
    """What is wrong with the list, with the clause and the figures; who set it aside, where somebody did."""
    words = _(FINDINGS[finding.check]).format(**finding.fields).rstrip(".")
    override = finding.override
    if finding.severity is Severity.OVERRIDDEN and override is not None:
        return _(OVERRIDDEN).format(finding=words, clause=finding.clause, by=override.by, reason=override.reason)
    return _(FOUND).format(finding=words, clause=finding.clause)


def reconciliation_check(check: str, detail: str) -> str:
    """A check of result.json's `reconciliation` with its arithmetic: "scanned = collected: scanned 3; collected 4"."""
    name = _(CHECKS[check]) if check in CHECKS else check
    return f"{name}: {_WORDS.sub(lambda found: _(FIGURES[found[0]]), detail)}"
