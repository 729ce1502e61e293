"""What the chair reads of a contest: the sentences of `words.election_day.chair` with the figures that stand here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import get_language

from daihoi.rules.base import BaseWorksheet
from daihoi.rules.errors import RulesError
from daihoi.rules.lists import surplus_limit
from daihoi.rules.terms import BallotForm
from daihoi.web.congresses.choices import BodyPost
from daihoi.web.elections import making
from daihoi.web.elections.making import Body
from daihoi.web.elections.models import Contest, HandVote, Nomination
from daihoi.words.election_day.chair import Spoken, say


def language() -> str:
    """Of the person at the screen, as the words of the cores know it."""
    return "vi" if (get_language() or "vi").startswith("vi") else "en"


class Speech:
    """The sentences of one contest. Figures that only the counting room knows are not among its facts."""

    def __init__(self, contest: Contest, body: Body, names: Sequence[Nomination]) -> None:
        self.contest, self.body, self.names = contest, body, names

    def say(self, code: str, **more: object) -> Spoken:
        """One sentence; `more` are facts that belong to an event, as the name of who asks to withdraw."""
        fields = {**self._facts(), **self._facts_of(code), **more}
        return say(code, fields, form=self.body.form, edition=self.body.edition, language=language())

    @property
    def sheet(self) -> BaseWorksheet | None:
        """The base that holds for the contest; None while it cannot be reckoned."""
        try:
            return self.body.sheet(making.roll_of(self.contest, self.body))
        except RulesError:
            return None

    def _facts(self) -> dict[str, object]:
        contest, sheet = self.contest, self.sheet
        limit = surplus_limit(making.places(contest), self.body.settings)
        return {
            "title": contest.title,
            "seats": contest.seats,
            "candidates": len(self.names),
            "surplus": len(self.names) - making.places(contest),
            "names": tuple(one.name for one in self.names),
            "limit": limit,
            "most": making.places(contest) + limit,
            "round": contest.round,
            "colour": contest.paper_colour,
            "issued": contest.issued,
            "collected": contest.collected,
            "present": sheet.present if sheet and contest.roll else None,
            "summoned": sheet.summoned if sheet else None,
            "deducted": sheet.summoned - sheet.base if sheet else None,
            "base": sheet.base if sheet else None,
            "needed": sheet.needed if sheet else None,
            "reason": contest.pause_reason,
            "days": self.body.settings.complaint_working_days,
        }

    def _facts_of(self, code: str) -> Mapping[str, object]:
        """Facts whose meaning hangs on the sentence."""
        contest = self.contest
        if code in {"nominations_open", "support_asked", "support_reached", "support_not_reached"}:
            attending, percent = self.attending, self.body.settings.support_percent
            needed = percent * attending // 100 + 1 if attending is not None else None
            return {"attending": attending, "percent": percent, "needed": needed}
        if code == "prepared_list" and contest.prepared is not None:
            return {"candidates": contest.prepared, "surplus": contest.prepared - contest.seats}
        if code in {"fewer_collected", "more_collected"}:
            gap = (contest.collected or 0) - (contest.issued or 0)
            return {"missing": -gap, "more": gap}
        if code == "board_put_to_vote":
            board = self.body.board
            head = next((one.name for one in board if one.role == making.BOARD_POSTS[BodyPost.HEAD]), "")
            return {"count": len(board) or None, "head": head}
        return {}

    @property
    def attending(self) -> int | None:
        """Of how many support is reckoned: as it was taken, else those whom the roll says to be present."""
        if self.contest.attending is not None:
            return self.contest.attending
        # A roll that was frozen before the opening counts nobody as present.
        return self.body.roll.present or None if self.body.roll else None

    @property
    def how_to_mark(self) -> str:
        """The code of the sentence for the form of this list."""
        if making.ballot_form_of(self.contest) is BallotForm.STRIKE_OUT:
            return "how_to_strike"
        return "how_to_agree_to_one" if len(self.names) == 1 else "how_to_agree"

    def of_vote(self, vote: HandVote) -> Spoken:
        """What came of a vote by show of cards."""
        fields = {"agree": vote.agree, "against": vote.against, "other": vote.other, "base": vote.members}
        return self.say("hand_vote_adopted" if vote.adopted else "hand_vote_lost", **fields)
