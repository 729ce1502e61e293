"""A contest under lock, and from one state to the next.

What a contest may do next hangs on its state, which is looked at under a lock of its row: two people at once cannot
both close a list, or issue ballots of a list that the other is opening again.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from daihoi.web.audit.services import record
from daihoi.web.elections.choices import ContestState
from daihoi.web.elections.models import Contest


def subject_of(contest: Contest) -> str:
    """A contest in the ledger."""
    return f"contest:{contest.key}"


def note(kind: str, contest: Contest, *, by: str, facts: Mapping[str, object]) -> None:
    """One entry of the ledger about a contest: an act of its congress, for who reads the ledger of that part alone."""
    record(kind, by=by, subject=subject_of(contest), facts=facts, place=contest.sitting.congress.key)


def held(contest: Contest, *states: ContestState) -> Contest:
    """The contest as it is in the database, locked. Raises ValidationError where it is past these states."""
    found: Contest = Contest.objects.select_for_update(of=("self",)).get(pk=contest.pk)
    if found.state not in states:
        said = _("This contest is “%(state)s”; that cannot be done any more.")
        raise ValidationError(said % {"state": found.get_state_display()})
    return found


def moved(contest: Contest, state: ContestState, kind: str, by: str, facts: Mapping[str, object]) -> Contest:
    """Put a contest that `held` gave into another state, with its entry in the ledger."""
    contest.state = state
    contest.save(update_fields=["state"])
    note(kind, contest, by=by, facts=facts)
    return contest
