"""How to mark the ballot: the drawing made from the contest's own ballot, as pictures for a screen."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock

from daihoi.papers.election_day.how_to_mark import how_to_mark_screen, sample_ballot
from daihoi.papers.election_day.picture import png
from daihoi.web.elections import making
from daihoi.web.elections.models import Contest

PAGES = 2
WIDTH_PX = 1920
_KEPT = 12
_made: OrderedDict[tuple[str, int], bytes] = OrderedDict()
_one_at_a_time = Lock()


def name_of(contest: Contest, language: str) -> str:
    """What changes when the drawing would: the address of the picture, which a browser may then keep."""
    election = making.election_of(contest)
    one = election.contest(contest.key)
    held = (election.congress, election.settings, one.title, one.seats, len(one.candidates), one.office, language)
    return hashlib.sha256(repr(held).encode()).hexdigest()[:16]


def drawing(contest: Contest, language: str, page: int) -> bytes:
    """PNG of page 1 (right) or 2 (wrong). Raises IndexError, SheetError, PapersError."""
    key = (name_of(contest, language), page)
    # Ten screens that change at once ask for one picture; it is drawn once.
    with _one_at_a_time:
        found = _made.get(key)
        if found is None:
            found = _made[key] = _drawn(contest, language, page)
            while len(_made) > _KEPT:
                _made.popitem(last=False)
        return found


def _drawn(contest: Contest, language: str, page: int) -> bytes:
    election = making.election_of(contest)
    one = election.contest(contest.key)
    sample = sample_ballot(election, one)
    settings = making.settings_of(contest.sitting)
    paper = how_to_mark_screen(sample, one, making.occasion_of(contest), language=language, settings=settings)
    return png(paper, width_px=WIDTH_PX, page=page - 1)
