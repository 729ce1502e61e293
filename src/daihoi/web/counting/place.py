"""Where a page of the counting room stands: a contest of a congress, one of its counts, and who looks at it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from daihoi.web.accounts.choices import Right
from daihoi.web.congresses.place import Place, place_of
from daihoi.web.counting import queries
from daihoi.web.counting.models import Count
from daihoi.web.elections import queries as elections
from daihoi.web.elections.models import Contest


@dataclass(frozen=True)
class Room:
    """One contest in the counting room, as one person sees it."""

    place: Place
    contest: Contest
    holder: str
    """The person at this browser: two of one person's browsers are two tables."""

    @property
    def by(self) -> str:
        """As the ledger names who acts."""
        return self.place.by

    @property
    def is_head(self) -> bool:
        """Whether the person concludes for the board."""
        return self.place.may(Right.CONFIRM_RESULT)

    @property
    def keys(self) -> tuple[str, str]:
        """What stands in addresses: congress and contest."""
        return self.place.congress.key, self.contest.key

    def count(self, key: str) -> Count:
        """One of its counts, or 404."""
        return queries.count_of(self.contest, key)

    def held(self, **more: object) -> dict[str, object]:
        """What every page of the room shows."""
        reader = queries.reader_now()
        return self.place.held("counting_room", contest=self.contest, reader=reader, is_head=self.is_head, **more)


def room_of(request: HttpRequest, congress: str, contest: str, right: Right = Right.COUNT) -> Room:
    """A contest behind an address; where the viewer lacks the right it is as if not there (404)."""
    place = place_of(request, congress, right)
    found = elections.contest_of(place.congress, contest)
    return Room(place, found, holder_of(request, place))


def holder_of(request: HttpRequest, place: Place) -> str:
    """A table: the person, and the browser that they sit at."""
    return f"{place.viewer.owner}:{(request.session.session_key or '')[:16]}"
