"""A list that breaks the regulation is refused before anything is printed or counted, by every command alike."""

from __future__ import annotations

import click

from daihoi.cli.given import Given
from daihoi.counts.errors import ListRefused
from daihoi.rules.edition import edition_for
from daihoi.rules.lists import ListFinding, Severity, check_list, refusals
from daihoi.rules.settings import settings_from
from daihoi.words.findings import list_finding
from daihoi.words.language import _


def refuse_bad_list(given: Given) -> None:
    """Say every warning on stderr; raise ListRefused with the clauses and the figures when the list cannot stand."""
    findings = findings_of(given)
    refused = refusals(findings)
    if refused:
        raise ListRefused(contest=given.contest.id, findings=refused)
    for finding in findings:
        warn(finding)


def findings_of(given: Given) -> tuple[ListFinding, ...]:
    """What `rules` finds in the list of this contest. Raises RulesError for the edition and the settings."""
    election = given.election
    return check_list(
        given.contest,
        form=election.congress.form,
        edition=edition_for(election.congress.opens, election.congress.edition),
        settings=settings_from(election.settings),
        overrides=election.overrides,
        board_names=[member.name for member in election.board],
        roll=election.roll,
    )


def warn(finding: ListFinding) -> None:
    """One warning, or what a named body set aside, on stderr."""
    words = _("Note: {finding}") if finding.severity is Severity.OVERRIDDEN else _("Warning: {finding}")
    click.echo(words.format(finding=list_finding(finding)), err=True)
