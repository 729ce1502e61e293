"""Which contest waits for which: nobody votes for a secretary before the committee is there.

A branch elects its committee first, then the secretary, then the deputy, never on one ballot. [244-QĐ/TW art. 19.9;
190-QĐ/TW art. 17-25; election-rules.md 1.4, 7]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from daihoi.web.elections.choices import OPEN_FIGURES, ContestState, Office
from daihoi.web.elections.models import Contest

WAITS_FOR: Mapping[Office, frozenset[Office]] = {
    Office.SECRETARY: frozenset({Office.COMMITTEE, Office.STANDING_COMMITTEE}),
    Office.DEPUTY_SECRETARY: frozenset({Office.COMMITTEE, Office.STANDING_COMMITTEE, Office.SECRETARY}),
    Office.INSPECTION_CHAIR: frozenset({Office.INSPECTION_COMMITTEE}),
}
PAST = OPEN_FIGURES | {ContestState.ANNULLED, ContestState.PAUSED}
"""Nothing waits for these: they are announced, or do not go on today."""


def first_before(contest: Contest, others: Iterable[Contest] | None = None) -> Contest | None:
    """The first contest of the same body that must be announced before ballots of this one are issued.

    `others` are the contests of the body where they were read already.
    """
    wanted = WAITS_FOR.get(Office(contest.office), frozenset())
    rows = contest.sitting.contests.order_by("place", "round", "pk") if others is None else others
    for one in rows:
        if one.pk != contest.pk and one.place <= contest.place and one.office in wanted and one.state not in PAST:
            return one
    return None
