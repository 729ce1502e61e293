"""Acts on lists: contests, nominations, support, withdrawals, votes by show of cards, closing.

A list that was changed after a vote is put to the vote again. [190-QĐ/TW art. 14; HD 03-HD/TW 2020 s.6]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from daihoi.rules.lists import refusals
from daihoi.web.elections import making, usual
from daihoi.web.elections.choices import ContestState, HandSubject, NominationState, Office, Source
from daihoi.web.elections.models import Contest, HandVote, Nomination, Override, Sitting
from daihoi.web.elections.services import ballots, moving
from daihoi.web.members.models import Person

CHANGEABLE = ("office", "title", "seats", "alternates", "paper_colour")


@transaction.atomic
def add_contest(*, sitting: Sitting, office: Office, title: str, seats: int, by: str, **fields: object) -> Contest:
    """A contest at the end of the order. Raises ValidationError."""
    last = sitting.contests.aggregate(last=Max("place"))["last"] or 0
    contest = Contest(sitting=sitting, office=office, title=title, seats=seats, **{"place": last + 1, **fields})
    contest.full_clean()
    contest.save()
    facts = {"office": str(office), "seats": seats, "round": contest.round}
    moving.note("contest.added", contest, by=by, facts=facts)
    return contest


@transaction.atomic
def add_usual(*, sitting: Sitting, by: str) -> int:
    """The contests that a body of this form usually holds and that are not there yet; gives how many were added."""
    added = usual.usual(sitting)
    for one in added:
        add_contest(sitting=sitting, office=one.office, title=one.title, seats=one.seats, by=by)
    return len(added)


@transaction.atomic
def change_contest(*, contest: Contest, by: str, fields: Mapping[str, object]) -> list[str]:
    """Change what was planned, while the list is in the making; gives the names of what changed."""
    held = moving.held(contest, ContestState.PREPARING)
    changed = [name for name in CHANGEABLE if name in fields and getattr(held, name) != fields[name]]
    if changed:
        for name in changed:
            setattr(held, name, fields[name])
        held.full_clean()
        held.save(update_fields=changed)
        moving.note("contest.changed", held, by=by, facts={"fields": sorted(changed)})
    return changed


@transaction.atomic
def choose_colour(*, contest: Contest, colour: str, by: str) -> None:
    """The colour of the paper may still change once the list is closed: nothing on the ballot hangs on it."""
    held = moving.held(contest, ContestState.PREPARING, ContestState.LIST_CLOSED)
    held.paper_colour = colour
    held.save(update_fields=["paper_colour"])
    moving.note("contest.changed", held, by=by, facts={"fields": ["paper_colour"]})


@transaction.atomic
def move(*, contest: Contest, up: bool, by: str) -> bool:
    """Change places with the contest before or after it; whether there was one."""
    rows = list(contest.sitting.contests.select_for_update(of=("self",)).order_by("place", "round", "pk"))
    at = next(n for n, one in enumerate(rows) if one.pk == contest.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        return False
    rows[at], rows[to] = rows[to], rows[at]
    for number, one in enumerate(rows, start=1):
        if one.place != number:
            Contest.objects.filter(pk=one.pk).update(place=number)
    moving.note("contest.changed", contest, by=by, facts={"fields": ["place"]})
    return True


@transaction.atomic
def nominate(*, contest: Contest, person: Person, source: Source, by: str, **fields: object) -> Nomination:
    """Propose somebody. `fields`: proposer, support, planned, note, name where it is printed otherwise.

    A name beside which another of the same is listed needs a note that tells them apart. Raises ValidationError.
    """
    moving.held(contest, ContestState.PREPARING)
    given = {"name": person.full_name, **fields}
    nomination = Nomination(contest=contest, person=person, source=source, **given)
    nomination.full_clean()
    nomination.save()
    _count_prepared(contest)
    facts = {"nomination": nomination.key, "person": person.key, "source": str(source)}
    moving.note("contest.nominated", contest, by=by, facts=facts)
    return nomination


@transaction.atomic
def nominate_many(*, contest: Contest, people: Sequence[Person], source: Source, by: str, proposer: str = "") -> int:
    """Propose all who are not proposed yet; gives how many they were."""
    moving.held(contest, ContestState.PREPARING)
    there = set(contest.nominations.values_list("person_id", flat=True))
    fresh = [
        Nomination(contest=contest, person=one, source=source, name=one.full_name, proposer=proposer)
        for one in people
        if one.pk not in there
    ]
    if not fresh:
        return 0
    Nomination.objects.bulk_create(fresh)
    _count_prepared(contest)
    facts = {"people": [one.person.key for one in fresh], "source": str(source)}
    moving.note("contest.nominated_many", contest, by=by, facts=facts)
    return len(fresh)


def _count_prepared(contest: Contest) -> None:
    """The prepared list as it was made: who withdraws later stays counted. [190-QĐ/TW art. 14.1]"""
    prepared = contest.nominations.filter(source=Source.PREPARED).count()
    Contest.objects.filter(pk=contest.pk).update(prepared=prepared or None)
    contest.prepared = prepared or None


@transaction.atomic
def take_back(*, nomination: Nomination, by: str) -> None:
    """Somebody was entered by mistake. Once a list was put to the vote nobody leaves it without one."""
    contest = moving.held(nomination.contest, ContestState.PREPARING)
    if contest.hand_votes.filter(subject=HandSubject.LIST).exists() or nomination.state != NominationState.PROPOSED:
        raise ValidationError(_("The list was put to the vote: nobody leaves it without a decision."))
    facts = {"nomination": nomination.key, "state": "removed"}
    nomination.delete()
    _count_prepared(contest)
    moving.note("contest.nomination_decided", contest, by=by, facts=facts)


@transaction.atomic
def describe(*, nomination: Nomination, note: str, proposer: str, planned: bool, by: str) -> None:
    """What tells people of one name apart, who nominated, and whether a further office is planned."""
    moving.held(nomination.contest, ContestState.PREPARING)
    nomination.note, nomination.proposer, nomination.planned = note, proposer, planned
    nomination.full_clean()
    nomination.save(update_fields=["note", "proposer", "planned"])
    facts = {"nomination": nomination.key, "state": "described"}
    moving.note("contest.nomination_decided", nomination.contest, by=by, facts=facts)


@transaction.atomic
def note_supports(*, contest: Contest, supports: Mapping[str, int], attending: int, by: str) -> int:
    """The support of several nominees, by key, taken of the same attendance; gives how many were entered."""
    found = list(contest.nominations.filter(key__in=supports).exclude(source=Source.PREPARED))
    for one in found:
        one.contest = contest
        note_support(nomination=one, support=supports[one.key], attending=attending, by=by)
    return len(found)


@transaction.atomic
def note_support(*, nomination: Nomination, support: int, attending: int, by: str) -> None:
    """How many of those attending support a nominee who is not on the prepared list. [190-QĐ/TW art. 14.3]"""
    contest = moving.held(nomination.contest, ContestState.PREPARING)
    if support > attending:
        raise ValidationError({"support": _("More support than people attend.")})
    nomination.support = support
    nomination.save(update_fields=["support"])
    contest.attending = attending
    contest.save(update_fields=["attending"])
    facts = {"nomination": nomination.key, "support": support, "attending": attending}
    moving.note("contest.support_noted", contest, by=by, facts=facts)


@transaction.atomic
def note_opinions(*, contest: Contest, issued: int, valid: int, agreed: Mapping[str, int], by: str) -> None:
    """The opinion ballots on candidates: `agreed` by key of nomination. [190-QĐ/TW art. 17.4; HD 04-HD/TW 2024]"""
    held = moving.held(contest, ContestState.PREPARING)
    if valid > issued:
        raise ValidationError({"valid": _("More valid ballots than were issued.")})
    too_many = [key for key, count in agreed.items() if count > valid]
    if too_many:
        raise ValidationError(_("More agree with somebody than there are valid ballots."))
    held.opinion_issued, held.opinion_valid = issued, valid
    held.save(update_fields=["opinion_issued", "opinion_valid"])
    for one in held.nominations.filter(key__in=agreed):
        one.opinion = agreed[one.key]
        one.save(update_fields=["opinion"])
    facts = {"issued": issued, "valid": valid}
    moving.note("contest.opinions_noted", contest, by=by, facts=facts)


@transaction.atomic
def ask_to_withdraw(*, nomination: Nomination, reason: str, by: str) -> None:
    """Somebody asks to be left off; on the list until the congress grants it. [HD 03-HD/TW 2020 s.6]"""
    moving.held(nomination.contest, ContestState.PREPARING)
    if not reason.strip():
        raise ValidationError({"reason": _("Say the reason of the request.")})
    _put(nomination, NominationState.ASKED, reason, by)


@transaction.atomic
def decide_nomination(*, nomination: Nomination, state: NominationState, vote: HandVote | None, by: str) -> None:
    """What the congress decided of a request or a nominee: withdrawn, left off, or stays proposed.

    Nobody leaves a list without a vote that was adopted. Raises ValidationError.
    """
    moving.held(nomination.contest, ContestState.PREPARING)
    leaves = state in {NominationState.WITHDRAWN, NominationState.LEFT_OFF}
    if vote is not None and vote.contest_id != nomination.contest_id:
        raise ValidationError(_("That vote was about another contest."))
    if leaves and (vote is None or not vote.adopted):
        raise ValidationError(_("The congress has not agreed to this by more than half."))
    _put(nomination, state, nomination.reason, by)


def _put(nomination: Nomination, state: NominationState, reason: str, by: str) -> None:
    nomination.state, nomination.reason = state, reason
    nomination.full_clean()
    nomination.save(update_fields=["state", "reason"])
    facts = {"nomination": nomination.key, "state": str(state)}
    moving.note("contest.nomination_decided", nomination.contest, by=by, facts=facts)


@transaction.atomic
def vote_by_cards(
    *,
    contest: Contest,
    subject: HandSubject,
    cards: Mapping[str, int],
    by: str,
    words: str = "",
    nomination: Nomination | None = None,
) -> HandVote:
    """Record a vote by show of cards; `cards`: present, agree, against, other. Raises ValidationError.

    Its base are the members of the body, which approved absence does not reduce. [Điều lệ Đảng art. 9.5]
    """
    hands = making.body_of(contest.sitting).hands
    if hands is None:
        raise ValidationError(_("There is no roll yet: who are the members of this body?"))
    if cards["present"] > hands.members:
        said = _("More are present than the body has members (%(members)d).") % {"members": hands.members}
        raise ValidationError({"present": said})
    if cards["agree"] + cards.get("against", 0) + cards.get("other", 0) > cards["present"]:
        raise ValidationError({"agree": _("More cards were counted than people are present.")})
    vote = HandVote(
        contest=contest, subject=subject, words=words, nomination=nomination, put=making.put_of(contest, subject),
        members=hands.members, by=by, **cards,
    )  # fmt: skip
    vote.full_clean()
    vote.save()
    facts: dict[str, object] = {"about": str(subject), "members": vote.members, "present": vote.present}
    facts |= {"agree": vote.agree, "against": vote.against, "other": vote.other}
    moving.note("contest.voted_by_cards", contest, by=by, facts=facts)
    return vote


@transaction.atomic
def set_aside(*, contest: Contest, check: str, body: str, reason: str, document: str, by: str) -> Override:
    """A named body sets a check of the list aside. Raises ValidationError."""
    moving.held(contest, ContestState.PREPARING)
    override = Override(contest=contest, check_code=check, body=body, reason=reason, document=document)
    override.full_clean()
    override.save()
    facts = {"check": check, "body": body, "document": document}
    moving.note("contest.check_set_aside", contest, by=by, facts=facts)
    return override


@transaction.atomic
def close_list(*, contest: Contest, by: str) -> Contest:
    """Close the list: names in their order get their places on the ballot. Raises ValidationError.

    The number and the list are adopted by show of cards before, and no check of the regulation refuses the list.
    """
    held = moving.held(contest, ContestState.PREPARING)
    _require_adopted(held)
    stops = refusals(making.findings_of(held))
    if stops:
        raise ValidationError(_("The list does not keep the regulation: see what stands beside it."))
    waiting = held.nominations.filter(state=NominationState.ASKED).count()
    if waiting:
        raise ValidationError(_("%(n)d request(s) to withdraw wait for a decision.") % {"n": waiting})
    for number, one in enumerate(making.listed(held), start=1):
        one.state, one.number = NominationState.LISTED, number
        one.save(update_fields=["state", "number"])
    facts = {"names": held.nominations.filter(number__isnull=False).count(), "seats": held.seats}
    return moving.moved(held, ContestState.LIST_CLOSED, "contest.list_closed", by, facts)


def _require_adopted(contest: Contest) -> None:
    words = {HandSubject.NUMBER: _("the number to elect"), HandSubject.LIST: _("the list")}
    waiting = [str(words[one]) for one in making.unadopted(contest)]
    if waiting:
        said = _("The congress has not adopted %(what)s by show of cards yet.") % {"what": ", ".join(waiting)}
        raise ValidationError(said)


@transaction.atomic
def reopen_list(*, contest: Contest, reason: str, by: str) -> Contest:
    """Open a closed list again, as after a misspelt name or a late withdrawal; a printed form becomes void."""
    held = moving.held(contest, ContestState.LIST_CLOSED)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    open_again(held, reason, by)
    return moving.moved(held, ContestState.PREPARING, "contest.list_reopened", by, {"reason": reason})


def open_again(held: Contest, reason: str, by: str) -> None:
    """Names lose their places and what was printed becomes void."""
    ballots.void_forms(held, reason, by)
    held.printed = None
    held.nominations.filter(state=NominationState.LISTED).update(state=NominationState.PROPOSED, number=None)


@transaction.atomic
def correct_name(*, nomination: Nomination, name: str, reason: str, by: str) -> None:
    """Correct a name on a closed list; what was printed becomes void. Raises ValidationError."""
    held = moving.held(nomination.contest, ContestState.LIST_CLOSED)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    nomination.name = name
    nomination.full_clean()
    nomination.save(update_fields=["name"])
    ballots.void_forms(held, reason, by)
    facts = {"nomination": nomination.key, "state": "name"}
    moving.note("contest.nomination_decided", held, by=by, facts=facts)
