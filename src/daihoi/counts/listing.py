"""The checks of the list, the same for printing, counting and tallying."""

from __future__ import annotations

from daihoi.counts.errors import ListRefused
from daihoi.counts.grounds import Grounds, grounds_of
from daihoi.interchange.terms import Election
from daihoi.rules.lists import ListFinding, Severity, check_list
from daihoi.rules.terms import Contest, Override

PLURALITY_CHECK = "tie_reballot_plurality"
"""`check` of the override by which the presidium confirms a re-ballot decided without more than half (question A10)."""


def confirmation_in(grounds: Grounds) -> Override | None:
    """The presidium's confirmation of a plurality; None while it is missing."""
    return next((one for one in grounds.election.overrides if one.check == PLURALITY_CHECK), None)


def require_list(election: Election, contest: Contest) -> tuple[ListFinding, ...]:
    """The findings that do not refuse: warnings and overridden checks. Raises ListRefused with those that do."""
    return require_list_of(grounds_of(election, contest.id))


def require_list_of(grounds: Grounds) -> tuple[ListFinding, ...]:
    """As `require_list`, where the grounds are at hand."""
    election = grounds.election
    findings = check_list(
        grounds.contest,
        form=election.congress.form,
        edition=grounds.edition,
        settings=grounds.settings,
        # The confirmation of a plurality sets no check of the list aside.
        overrides=tuple(one for one in election.overrides if one.check != PLURALITY_CHECK),
        board_names=tuple(member.name for member in election.board),
        roll=election.roll,
    )
    refused = tuple(finding for finding in findings if finding.severity is Severity.REFUSE)
    if refused:
        raise ListRefused(contest=grounds.contest.id, findings=refused)
    return findings
