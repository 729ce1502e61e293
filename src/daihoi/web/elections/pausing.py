"""Whoever was planned for an office and was not elected before pauses that contest: the superior is asked.

[election-rules.md 6.9: told by a newspaper, not read in the regulation]
"""

from __future__ import annotations

from daihoi.rules.terms import CandidateOutcome
from daihoi.web.elections.choices import OPEN_FIGURES, ContestState, Office
from daihoi.web.elections.models import Contest, Nomination

PAUSABLE = frozenset({ContestState.PREPARING, ContestState.LIST_CLOSED})
FROM: dict[Office, tuple[Office, ...]] = {
    Office.SECRETARY: (Office.COMMITTEE, Office.STANDING_COMMITTEE),
    Office.DEPUTY_SECRETARY: (Office.COMMITTEE, Office.STANDING_COMMITTEE),
    Office.STANDING_COMMITTEE: (Office.COMMITTEE,),
    Office.INSPECTION_CHAIR: (Office.COMMITTEE, Office.INSPECTION_COMMITTEE),
}
"""To which bodies one must be elected before."""
_LOST = (CandidateOutcome.NOT_QUALIFIED.value, CandidateOutcome.QUALIFIED_NOT_ELECTED.value)


def not_elected(contest: Contest) -> list[Nomination]:
    """Those planned for this office who stood for the body before it and were not elected, as far as announced.

    Planned is who is proposed here; for the secretary also whoever was marked so on the list of the committee.
    """
    before = FROM.get(Office(contest.office), ())
    if not before:
        return []
    of_congress = Nomination.objects.filter(contest__sitting__congress=contest.sitting.congress)
    stood = of_congress.filter(contest__office__in=before).select_related("contest").order_by("contest__round", "pk")
    last: dict[int, Nomination] = {}
    for one in stood:
        # A further round in which somebody stands again decides in place of the one before.
        last[one.person_id] = one
    here = set(contest.nominations.values_list("person_id", flat=True))
    secretary = contest.office == Office.SECRETARY
    return [
        one
        for one in last.values()
        if one.contest.state in OPEN_FIGURES and one.outcome in _LOST
        and (one.person_id in here or (secretary and one.planned))
    ]  # fmt: skip
