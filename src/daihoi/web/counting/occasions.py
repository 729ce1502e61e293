"""The body that votes, as the papers of the counting room name it."""

from __future__ import annotations

from daihoi.papers.election_day.terms import Occasion
from daihoi.web.congresses.naming import superior_of, title_of
from daihoi.web.elections import making
from daihoi.web.elections.models import Contest


def occasion_of(contest: Contest, *, rehearsal: bool = False) -> Occasion:
    """The sitting of a contest; its papers bear the day of its opening."""
    election = making.election_of(contest)
    congress = contest.sitting.congress
    return Occasion(
        form=election.congress.form,
        congress=title_of(congress),
        organisation=congress.organisation.name,
        superior=superior_of(congress),
        place=election.congress.place,
        on=election.congress.opens,
        rehearsal=rehearsal,
    )
