"""The path of a contest: its steps with the rule, what is missing, who must act, and what the chair reads.

Nothing here shows a figure that came out of a count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from daihoi.rules.lists import ListFinding, refusals
from daihoi.web.accounts.choices import RIGHTS, Right, Role
from daihoi.web.elections import making, order
from daihoi.web.elections.choices import ContestState, HandSubject, NominationState, Office, SittingKind, Source
from daihoi.web.elections.making import Body
from daihoi.web.elections.models import BallotForm, Contest, Nomination
from daihoi.web.elections.saying import Speech
from daihoi.web.elections.stages import STAGES, WAITS, Stage
from daihoi.words.election_day.chair import Spoken
from daihoi.words.errors.findings import list_finding

ORDER = (
    *(ContestState.PREPARING, ContestState.LIST_CLOSED, ContestState.VOTING, ContestState.COUNTING),
    *(ContestState.COUNTED, ContestState.CONFIRMED, ContestState.ANNOUNCED, ContestState.SEALED),
)


@dataclass(frozen=True)
class Step:
    """A step of one contest: done, now, later or stopped; what is missing; the page that does it; what is read."""

    stage: Stage
    clause: str
    confirmed: bool
    state: str
    missing: tuple[str, ...]
    address: str
    spoken: tuple[Spoken, ...]

    @property
    def who(self) -> str:
        """The roles that can do it; the administrator runs the machine and is not named."""
        return who_may(self.stage.right)

    @property
    def posts(self) -> bool:
        """Whether it is one press of a button and no page."""
        return self.stage.code == "closed"


def who_may(right: Right) -> str:
    """The roles that hold a right."""
    return ", ".join(str(role.label) for role in Role if right in RIGHTS[role] and role is not Role.ADMINISTRATOR)


class Path:
    """The steps of one contest. `others`: the contests of its body where they were read already."""

    def __init__(self, contest: Contest, body: Body, others: Sequence[Contest] | None = None) -> None:
        self.contest, self.body, self.others = contest, body, others

    @cached_property
    def proposed(self) -> list[Nomination]:
        """All who were proposed."""
        return making.proposed(self.contest)

    @cached_property
    def names(self) -> list[Nomination]:
        """Those on the ballot, in its order."""
        return making.listed(self.contest)

    @cached_property
    def findings(self) -> tuple[ListFinding, ...]:
        """Whether the list keeps the regulation."""
        return making.findings_of(self.contest, self.body)

    @cached_property
    def speech(self) -> Speech:
        """What the chair reads."""
        return Speech(self.contest, self.body, self.names)

    @cached_property
    def forms(self) -> list[BallotForm]:
        """All forms, void ones too."""
        return list(self.contest.forms.all())

    @property
    def form(self) -> BallotForm | None:
        """The form whose ballots count now."""
        return next((one for one in self.forms if not one.rehearsal and one.voided_at is None), None)

    @property
    def stopped(self) -> bool:
        """Whether it goes no further as it is."""
        return self.contest.state in {ContestState.PAUSED, ContestState.ANNULLED} or self.too_many

    @property
    def too_many(self) -> bool:
        """More papers in the box than were issued. (question A8)"""
        collected, issued = self.contest.collected, self.contest.issued
        return collected is not None and issued is not None and collected > issued

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every step; the first that is open is the one of now."""
        found: list[Step] = []
        reached = False
        for stage in self._stages():
            missing = tuple(self._missing(stage))
            state = "done" if not missing else "later" if reached else "stop" if self.stopped else "now"
            reached = reached or bool(missing)
            citation = self.body.edition.clauses.get(stage.topic)
            found.append(
                Step(
                    stage, citation.short if citation else "", citation.confirmed if citation else True, state,
                    missing, self._address(stage), tuple(self.speech.say(code) for code in self._lines(stage)),
                )
            )  # fmt: skip
        return tuple(found)

    @property
    def now(self) -> Step | None:
        """The step that is open."""
        return next((one for one in self.steps if one.state in {"now", "stop"}), None)

    def _stages(self) -> Iterator[Stage]:
        direct = self.contest.office == Office.SECRETARY and self.contest.sitting.kind == SittingKind.CONGRESS
        for stage in STAGES:
            if stage.code == "introduction" and not direct:
                continue
            yield stage

    def _lines(self, stage: Stage) -> Iterator[str]:
        if stage.code == "opinions" and not any(one.check == "surplus_within_limit" for one in self.findings):
            return
        yield from stage.lines
        if stage.code == "issued" and self.names:
            yield self.speech.how_to_mark

    def _address(self, stage: Stage) -> str:
        args = [self.contest.sitting.congress.key, self.contest.key, *stage.tail]
        try:
            return reverse(stage.address, args=args)
        except NoReverseMatch:
            # The room above may not be part of this house.
            return ""

    def _missing(self, stage: Stage) -> Iterator[str]:
        state = ContestState(self.contest.state)
        if state in ORDER and ORDER.index(state) > ORDER.index(stage.until):
            return
        tell = getattr(self, f"_missing_{stage.code}", None)
        if tell is not None:
            yield from tell()
        else:
            yield str(WAITS[stage.code])

    def _missing_number(self) -> Iterator[str]:
        before = order.first_before(self.contest, self.others)
        if before is not None:
            yield _("“%(title)s” comes first and is not announced yet.") % {"title": before.title}
        if HandSubject.NUMBER in making.unadopted(self.contest):
            yield _("The number was not put to the vote, or was not adopted.")

    def _missing_prepared(self) -> Iterator[str]:
        short = self.contest.seats - len(self.names)
        if not self.names:
            yield _("Nobody is on the list yet.")
        elif short > 0:
            yield _("%(names)d are on the list for %(seats)d seats.") % {
                "names": len(self.names), "seats": self.contest.seats
            }  # fmt: skip

    def _missing_introduction(self) -> Iterator[str]:
        if self.contest.opinion_issued is None:
            yield _("The figures of the introduction ballot were not entered.")

    def _missing_nominations(self) -> Iterator[str]:
        for one in self.names:
            if one.source != Source.PREPARED and one.support is None and not self.contest.follows_id:
                yield _("How many support %(name)s was not entered.") % {"name": one.name}

    def _missing_withdrawals(self) -> Iterator[str]:
        for one in self.proposed:
            if one.state == NominationState.ASKED:
                yield _("%(name)s asks to withdraw; the body has not decided.") % {"name": one.name}

    def _missing_opinions(self) -> Iterator[str]:
        over = any(one.check == "surplus_within_limit" for one in refusals(self.findings))
        added = any(one.source != Source.PREPARED for one in self.names)
        if over and added and self.contest.opinion_issued is None:
            yield _("The list is beyond its limit: ask the opinion of the body on those who were added.")

    def _missing_list(self) -> Iterator[str]:
        yield from (list_finding(one) for one in refusals(self.findings))
        if HandSubject.LIST in making.unadopted(self.contest):
            yield _("The list was not put to the vote as it stands now, or was not adopted.")

    def _missing_printed(self) -> Iterator[str]:
        if self.contest.state == ContestState.PREPARING or self.form is None:
            yield _("The ballot has not been made yet.")
        elif not self.contest.printed:
            yield _("No ballots were printed yet.")

    def _missing_issued(self) -> Iterator[str]:
        if self.body.roll is None:
            yield _("There is no frozen roll: the base must stand before ballots are issued.")
        yield str(WAITS["issued"])
