"""A list that breaks the regulation is refused before anything is printed or counted, by every command alike."""

from __future__ import annotations

from collections.abc import Iterable

import click

from daihoi.cli.given import Given
from daihoi.counts.listing import require_list_of
from daihoi.rules.lists import ListFinding, Severity
from daihoi.words.errors.findings import list_finding
from daihoi.words.language import _


def refuse_bad_list(given: Given) -> None:
    """Say every warning on stderr. Raises ListRefused, which carries the clauses and the figures."""
    warn(require_list_of(given.grounds))


def warn(findings: Iterable[ListFinding]) -> None:
    """Warnings, and what a named body set aside, on stderr."""
    for finding in findings:
        words = _("Note: {finding}") if finding.severity is Severity.OVERRIDDEN else _("Warning: {finding}")
        click.echo(words.format(finding=list_finding(finding)), err=True)
