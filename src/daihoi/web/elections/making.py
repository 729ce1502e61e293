"""What stands in the database as the values of the cores: rolls, contests, elections.

Everything that is decided about a contest is decided by `daihoi.rules` on these values, in the browser as by command.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from daihoi.interchange.terms import BoardMember, Election, MinutesFacts
from daihoi.interchange.terms import Congress as CongressFacts
from daihoi.papers.election_day.terms import Occasion
from daihoi.rules import terms
from daihoi.rules.ballot import ballot_form
from daihoi.rules.base import BaseWorksheet, ShowOfHandsBase, show_of_hands_base, worksheet
from daihoi.rules.clauses import Edition
from daihoi.rules.edition import edition_for
from daihoi.rules.lists import ListFinding, check_list
from daihoi.rules.names import in_order
from daihoi.rules.settings import Settings, settings_from
from daihoi.web.congresses.choices import BodyKind, BodyPost, Form
from daihoi.web.congresses.naming import committee_of, superior_of, title_of
from daihoi.web.congresses.queries import officials
from daihoi.web.elections.choices import Absence, HandSubject, NominationState, Office, RoundKind, SittingKind
from daihoi.web.elections.models import Contest, Nomination, Sitting
from daihoi.web.members.models import partial_of

BOARD_POSTS = {BodyPost.HEAD: "Trưởng ban", BodyPost.DEPUTY: "Phó Trưởng ban", BodyPost.MEMBER: "Thành viên"}
"""As minutes name them: papers are in Vietnamese, whatever the person at the screen speaks."""

ON_LIST = (NominationState.PROPOSED, NominationState.LISTED, NominationState.ASKED)
"""Those who would be on the ballot if the list were closed now: who asks to withdraw stays until it is granted."""


def form_of(sitting: Sitting) -> terms.CongressForm:
    """Which base counts."""
    if sitting.kind != SittingKind.CONGRESS:
        return terms.CongressForm.MEETING
    return terms.CongressForm(Form(sitting.congress.form).value)


def title_of_sitting(sitting: Sitting) -> str:
    """What papers call the body that votes."""
    if sitting.title or sitting.kind == SittingKind.CONGRESS:
        return sitting.title or title_of(sitting.congress)
    if sitting.kind == SittingKind.INSPECTION:
        return f"Hội nghị lần thứ nhất Ủy ban Kiểm tra {sitting.congress.organisation.name}"
    return f"Hội nghị lần thứ nhất {committee_of(sitting.congress)}"


def settings_of(sitting: Sitting) -> Settings:
    """The settings of the rules in this body. Raises UnknownSetting, SettingOutOfRange."""
    return settings_from(sitting.settings)


def edition_of(sitting: Sitting) -> Edition:
    """The edition of the regulation by the day of opening, or as it was named. Raises NoEditionInForce."""
    return edition_for(_opens(sitting), sitting.edition)


def roll_now(sitting: Sitting, present: int | None = None) -> terms.Roll | None:
    """The worksheet as it stands now: of the frozen roll of the congress, or of the members of the meeting.

    `present`: those at the vote; None for those whom the roll says to be present. None while nobody is on a roll.
    """
    if sitting.kind != SittingKind.CONGRESS:
        return _roll_of_meeting(sitting, present)
    frozen = sitting.congress.rolls.first()
    if frozen is None:
        return None
    document = json.loads(frozen.document)
    grounds = Counter(one["deducted"] for one in document["delegates"] if one["deducted"])
    lines = tuple(terms.Deduction(terms.DeductionGround(ground), count) for ground, count in sorted(grounds.items()))
    return terms.Roll(document["summoned"], document["present"] if present is None else present, lines)


def _roll_of_meeting(sitting: Sitting, present: int | None) -> terms.Roll | None:
    members = list(sitting.members.all())
    if not members:
        return None
    grounds = Counter(one.absence for one in members if one.absence != Absence.NONE)
    lines = tuple(terms.Deduction(terms.DeductionGround(ground), count) for ground, count in sorted(grounds.items()))
    there = sum(one.present for one in members) if present is None else present
    return terms.Roll(len(members), there, lines)


def held_roll(roll: terms.Roll) -> dict[str, object]:
    """A roll as `Contest.roll` keeps it."""
    lines = [{"ground": str(one.ground), "count": one.count, "note": one.note} for one in roll.deductions]
    return {"summoned": roll.summoned, "present": roll.present, "deductions": lines}


def roll_of(contest: Contest, body: Body | None = None) -> terms.Roll | None:
    """The roll that holds for a contest: as it was frozen when ballots were issued, before that as it stands now."""
    held: Mapping[str, Any] | None = contest.roll
    if held is None:
        return body.roll if body else roll_now(contest.sitting)
    lines = tuple(
        terms.Deduction(terms.DeductionGround(one["ground"]), one["count"], one.get("note", ""))
        for one in held["deductions"]
    )
    return terms.Roll(held["summoned"], held["present"], lines)


def hands_of(sitting: Sitting, roll: terms.Roll | None) -> ShowOfHandsBase | None:
    """The base of votes by show of cards, which approved absence does not reduce; None where nobody is known.

    Of delegates it is all who were summoned: it stands before the roll is frozen. [Điều lệ Đảng art. 9.5]
    """
    form = form_of(sitting)
    if roll is None and form is terms.CongressForm.DELEGATES:
        summoned = officials(sitting.congress).count()
        roll = terms.Roll(summoned, 0) if summoned else None
    return show_of_hands_base(form, roll, settings=settings_of(sitting)) if roll else None


def put_of(contest: Contest, subject: HandSubject) -> dict[str, object]:
    """What a vote on this subject adopts: the numbers, or exactly these names."""
    if subject == HandSubject.NUMBER:
        return {"seats": contest.seats, "alternates": contest.alternates}
    if subject == HandSubject.LIST:
        return {"names": sorted(one.key for one in listed(contest))}
    return {}


def unadopted(contest: Contest) -> tuple[HandSubject, ...]:
    """What the body has still to adopt by show of cards before the list can be closed: its last vote must hold.

    The list of a ballot again among the tied is given by the votes. The number of delegates is allotted by the
    superior; that of their alternates the congress decides. [190-QĐ/TW art. 3.2; CT 35-CT/TW 2019; election-rules 8.1]
    """
    if contest.round_kind == RoundKind.TIE_REBALLOT:
        return ()
    allotted = contest.office == Office.DELEGATES and not contest.alternates
    wanted = (HandSubject.LIST,) if allotted else (HandSubject.NUMBER, HandSubject.LIST)
    last = {vote.subject: vote for vote in contest.hand_votes.all()}
    return tuple(
        one for one in wanted if one not in last or not last[one].adopted or last[one].put != put_of(contest, one)
    )


def candidate_of(nomination: Nomination) -> terms.Candidate:
    """One name; before the list is closed under the key of its nomination."""
    return terms.Candidate(
        id=terms.CandidateId(nomination.candidate or nomination.key),
        name=nomination.name,
        born=partial_of(nomination.person.born),
        party_since=partial_of(nomination.person.joined),
        note=nomination.note,
        source=terms.Source(nomination.source),
        support=nomination.support,
    )


def read_names(contest: Contest) -> None:
    """Read who was proposed once for all that asks afterwards; of a closed list, since it is not read again."""
    prefetch_related_objects([contest], Prefetch("nominations", Nomination.objects.select_related("person")))


def proposed(contest: Contest) -> list[Nomination]:
    """All who were proposed, with their people; those that were read with many contests are not read again."""
    read: Mapping[str, object] = getattr(contest, "_prefetched_objects_cache", {})
    return list(
        contest.nominations.all()
        if "nominations" in read
        else contest.nominations.select_related("person__organisation")
    )


def listed(contest: Contest) -> list[Nomination]:
    """The names as they stand on the ballot, or would if the list were closed now. [190-QĐ/TW art. 14; A17]"""
    found = [one for one in proposed(contest) if one.state in ON_LIST]
    numbered = [one for one in found if one.number is not None]
    if numbered:
        return sorted(numbered, key=lambda one: one.number or 0)
    return in_order_of_names(found, settings_of(contest.sitting))


def in_order_of_names(nominations: Iterable[Nomination], settings: Settings) -> list[Nomination]:
    """By given name, then family and middle name, then party age."""
    by_id = {one.key: one for one in nominations}
    ordered = in_order(tuple(candidate_of(one) for one in by_id.values()), settings)
    keys = {candidate_of(one).id: one for one in by_id.values()}
    return [keys[candidate.id] for candidate in ordered]


def contest_of(contest: Contest, nominations: Iterable[Nomination] | None = None) -> terms.Contest:
    """A contest as the rules, the ballot and the count know it."""
    names = listed(contest) if nominations is None else nominations
    figures = terms.BallotFigures(contest.printed, contest.issued, contest.collected, contest.spoiled, contest.unused)
    return terms.Contest(
        id=terms.ContestId(contest.key),
        office=terms.Office(contest.office),
        title=contest.title,
        seats=contest.seats,
        candidates=tuple(candidate_of(one) for one in names),
        round=contest.round,
        round_kind=terms.RoundKind(contest.round_kind),
        follows=terms.ContestId(contest.follows.key) if contest.follows else None,
        alternates=contest.alternates,
        prepared=contest.prepared,
        attending=contest.attending,
        figures=None if figures == terms.BallotFigures() else figures,
    )


def board_of(sitting: Sitting) -> tuple[BoardMember, ...]:
    """The counting board, head first."""
    if sitting.kind != SittingKind.CONGRESS:
        seats = sitting.members.exclude(board_post="").select_related("person__organisation")
        told = [(one.board_post, one.person) for one in seats]
    else:
        members = sitting.congress.body_members.filter(body=BodyKind.COUNTING).select_related("person__organisation")
        told = [(one.post, one.person) for one in members]
    order = list(BOARD_POSTS)
    told.sort(key=lambda one: (order.index(BodyPost(one[0])), one[1].sort_text, one[1].pk))
    return tuple(
        BoardMember(person.full_name, BOARD_POSTS[BodyPost(post)], person.organisation.called) for post, person in told
    )


def overrides_of(contest: Contest) -> tuple[terms.Override, ...]:
    """The checks that a named body set aside."""
    found = sorted(contest.overrides.all(), key=lambda one: one.check_code)
    return tuple(terms.Override(one.check_code, one.body, one.reason, one.document) for one in found)


@dataclass(frozen=True)
class Body:
    """What holds of a body that votes for all of its contests, read once."""

    sitting: Sitting
    form: terms.CongressForm
    edition: Edition
    settings: Settings
    roll: terms.Roll | None
    board: tuple[BoardMember, ...]

    @property
    def hands(self) -> ShowOfHandsBase | None:
        """The base of votes by show of cards."""
        return hands_of(self.sitting, self.roll)

    def sheet(self, roll: terms.Roll | None) -> BaseWorksheet | None:
        """The base of elections with its deductions; None without a roll. Raises RulesError."""
        return worksheet(self.form, roll, settings=self.settings) if roll else None


def body_of(sitting: Sitting) -> Body:
    """Raises RulesError where the settings or the edition are none."""
    return Body(
        sitting, form_of(sitting), edition_of(sitting), settings_of(sitting), roll_now(sitting), board_of(sitting)
    )


def findings_of(contest: Contest, body: Body | None = None) -> tuple[ListFinding, ...]:
    """Whether the list keeps the regulation, refusals first."""
    body = body or body_of(contest.sitting)
    return check_list(
        contest_of(contest),
        form=body.form,
        edition=body.edition,
        settings=body.settings,
        overrides=overrides_of(contest),
        board_names=[one.name for one in body.board],
        roll=roll_of(contest, body),
    )


def places(contest: Contest) -> int:
    """What a surplus is beyond: official delegates and alternates stand on one list. [190-QĐ/TW art. 18.1]"""
    return contest.seats + contest.alternates


def ballot_form_of(contest: Contest) -> terms.BallotForm:
    """Struck out or agreed to, by arithmetic."""
    return ballot_form(contest_of(contest))


def election_of(contest: Contest) -> Election:
    """The election with this contest alone: what its election file says."""
    sitting = contest.sitting
    congress = sitting.congress
    organisation = congress.organisation
    opens = _opens(sitting)
    minutes = MinutesFacts(
        presidium_head=sitting.chair or None,
        opened=timezone.localtime(contest.opened_at) if contest.opened_at else None,
        closed=timezone.localtime(contest.closed_at) if contest.closed_at else None,
        copies=settings_of(sitting).minutes_copies,
    )
    return Election(
        congress=CongressFacts(
            title=title_of_sitting(sitting),
            organisation=organisation.name,
            superior=superior_of(congress),
            place=organisation.place_name or organisation.called,
            opens=opens,
            closes=max(opens, congress.closes or opens),
            form=form_of(sitting),
            edition=sitting.edition,
        ),
        roll=roll_of(contest),
        contests=(contest_of(contest),),
        board=board_of(sitting),
        minutes=minutes,
        settings=dict(sitting.settings),
        overrides=overrides_of(contest),
    )


def _opens(sitting: Sitting) -> date:
    """The day that decides the edition: of the meeting, else of the congress, else today while nobody set one."""
    day: date = sitting.held_on or sitting.congress.opens or timezone.localdate()
    return day


def occasion_of(contest: Contest, *, rehearsal: bool = False) -> Occasion:
    """The body that votes, as the papers of the day name it; they bear the day of its opening."""
    sitting = contest.sitting
    organisation = sitting.congress.organisation
    return Occasion(
        form=form_of(sitting),
        congress=title_of_sitting(sitting),
        organisation=organisation.name,
        superior=superior_of(sitting.congress),
        place=organisation.place_name or organisation.called,
        on=_opens(sitting),
        rehearsal=rehearsal,
    )
