"""What waits in elections for the person who looks, for the front page."""

from __future__ import annotations

from collections.abc import Iterator

from daihoi.rules.errors import RulesError
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.congresses import queries as congresses
from daihoi.web.congresses.choices import State
from daihoi.web.elections import making, queries
from daihoi.web.elections.guiding import Path, Step
from daihoi.web.elections.models import Contest, Sitting

ON_THE_WAY = (State.CONVENED, State.IN_SESSION, State.PLANNED)
FRONT, OF_ONE = 4, 2
"""Congresses that the front page looks at, the next to open; steps of each."""


def waiting_for(viewer: Viewer) -> list[tuple[Contest, Step]]:
    """The open steps that this person can do, of the first contests of each congress on the way."""
    if not viewer.may(Right.SEE_ELECTIONS):
        return []
    mine = congresses.visible(viewer, Right.SEE_ELECTIONS).filter(state__in=ON_THE_WAY)
    near = mine.filter(pk__in=Sitting.objects.values("congress")).order_by("opens", "pk")[:FRONT]
    bodies = Sitting.objects.filter(congress__in=[one.pk for one in near]).select_related(
        "congress__organisation", "congress__term"
    )
    told: dict[int, list[tuple[Contest, Step]]] = {}
    for sitting, contests in queries.with_lists(bodies.order_by("congress__opens", "pk")):
        found = told.setdefault(sitting.congress_id, [])
        found += list(_open(viewer, sitting, contests))[: OF_ONE - len(found)]
    return [one for found in told.values() for one in found]


def _open(viewer: Viewer, sitting: Sitting, contests: list[Contest]) -> Iterator[tuple[Contest, Step]]:
    try:
        body = making.body_of(sitting)
    except RulesError:
        # A body that no edition or setting fits says so on its own page.
        return
    rights = congresses.rights_at(viewer, sitting.congress)
    for contest in contests:
        now = Path(contest, body, contests).now
        if now is not None and now.state == "now" and now.stage.right in rights and now.address:
            yield contest, now
