"""Where a page of elections stands: one contest of a congress, who looks at it, and its path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from daihoi.papers.errors import PapersError
from daihoi.rules.errors import RulesError
from daihoi.rules.lists import surplus_limit
from daihoi.sheet.errors import SheetError
from daihoi.web.accounts.choices import Right
from daihoi.web.congresses.place import Place, place_of
from daihoi.web.elections import making, queries
from daihoi.web.elections.choices import OPEN_FIGURES
from daihoi.web.elections.guiding import Path
from daihoi.web.elections.making import Body
from daihoi.web.elections.models import Contest
from daihoi.words.errors import sentence_of

PARTS = (
    ("contest", _("Path"), Right.SEE_ELECTIONS),
    ("contest_names", _("List"), Right.SEE_ELECTIONS),
    ("contest_ballots", _("Ballots"), Right.PRINT_BALLOTS),
    ("contest_account", _("Account of papers"), Right.SEE_ELECTIONS),
    ("contest_rounds", _("After the result"), Right.SEE_ELECTIONS),
)
"""Pages of a contest: address, words, and the right that opens each."""
RULES = (RulesError, SheetError, PapersError)
"""What cores refuse: each says itself in one sentence."""


@dataclass(frozen=True)
class At:
    """One contest as one person sees it."""

    place: Place
    contest: Contest

    @property
    def by(self) -> str:
        """As the ledger names who acts."""
        return self.place.by

    @property
    def keys(self) -> tuple[str, str]:
        """What stands in addresses."""
        return self.place.congress.key, self.contest.key

    @cached_property
    def body(self) -> Body:
        """The body that votes."""
        return making.body_of(self.contest.sitting)

    @cached_property
    def path(self) -> Path:
        """Its steps."""
        return Path(self.contest, self.body)

    @property
    def figures_shown(self) -> bool:
        """Whether this person may see what came out of the count: all once it is announced, the room before."""
        return queries.figures_are_open(self.contest) or self.place.may(Right.COUNT)

    def held(self, part: str, **more: object) -> dict[str, object]:
        """What every page of a contest shows, and what this one adds."""
        seats = making.places(self.contest)
        parts = [
            (name, words, reverse(name, args=self.keys))
            for name, words, right in PARTS
            if self.place.may(right) and (name != "contest_rounds" or self.contest.state in OPEN_FIGURES)
        ]
        return self.place.held(
            "elections",
            contest=self.contest,
            sitting_title=making.title_of_sitting(self.contest.sitting),
            path=self.path,
            part=part,
            parts=parts,
            surplus=len(self.path.names) - seats,
            limit=surplus_limit(seats, self.body.settings),
            places=seats,
            **more,
        )


def contest_at(request: HttpRequest, congress: str, contest: str, right: Right = Right.SEE_ELECTIONS) -> At:
    """One contest behind an address; where the viewer lacks the right it is as if not there (404)."""
    place = place_of(request, congress, right)
    return At(place, queries.contest_of(place.congress, contest))


def attempt(request: HttpRequest, act: Callable[[], object], done: object = "") -> bool:
    """An act behind a button: what refuses it is said above the page; whether it was done."""
    try:
        act()
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return False
    except RULES as refused:
        messages.error(request, sentence_of(refused.code, refused.fields))
        return False
    if done:
        messages.success(request, str(done))
    return True
