"""Acts after the count: confirmed, announced, sealed, voted again; and contests that are paused or annulled."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from daihoi.rules import terms
from daihoi.web.elections.choices import ContestState, NominationState, Office, RoundKind
from daihoi.web.elections.models import Contest, Nomination
from daihoi.web.elections.services import lists, moving


@transaction.atomic
def pause(*, contest: Contest, reason: str, by: str) -> Contest:
    """Pause a contest: who was planned for the office was not elected before; the superior is asked. [ER 6.9]"""
    held = moving.held(contest, ContestState.PREPARING, ContestState.LIST_CLOSED)
    return _stopped(held, ContestState.PAUSED, reason, by)


@transaction.atomic
def resume(*, contest: Contest, reason: str, by: str) -> Contest:
    """The superior has answered: the list is made again, and what was printed of the old one is void."""
    held = moving.held(contest, ContestState.PAUSED)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    lists.open_again(held, reason, by)
    held.pause_reason = ""
    held.save(update_fields=["pause_reason"])
    return moving.moved(held, ContestState.PREPARING, "contest.resumed", by, {"reason": reason})


@transaction.atomic
def annul(*, contest: Contest, reason: str, by: str) -> Contest:
    """The presidium annuls a ballot, as where more were collected than issued (A8); it is voted again."""
    held = moving.held(contest, ContestState.VOTING, ContestState.COUNTING, ContestState.COUNTED)
    return _stopped(held, ContestState.ANNULLED, reason, by)


@transaction.atomic
def vote_again(*, contest: Contest, by: str, paper_colour: str = "") -> Contest:
    """The ballot in place of one that was annulled: the same seats and names, on ballots of its own."""
    held = moving.held(contest, ContestState.ANNULLED)
    kind = RoundKind(held.round_kind)
    fields: dict[str, object] = {"alternates": held.alternates, "prepared": held.prepared, "paper_colour": paper_colour}
    people = held.nominations.exclude(state__in=(NominationState.WITHDRAWN, NominationState.LEFT_OFF))
    return _following(held, kind, held.title, held.seats, list(people), by, fields)


def _stopped(held: Contest, state: ContestState, reason: str, by: str) -> Contest:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    held.pause_reason = reason
    held.save(update_fields=["pause_reason"])
    return moving.moved(held, state, "contest.stopped", by, {"state": str(state), "reason": reason})


@transaction.atomic
def close_counting(*, contest: Contest, by: str) -> Contest:
    """The counts are closed: all is counted, and the head of the board has yet to confirm it."""
    held = moving.held(contest, ContestState.COUNTING, ContestState.COUNTED)
    return moving.moved(held, ContestState.COUNTED, "contest.counted", by, {})


@transaction.atomic
def open_counting(*, contest: Contest, by: str) -> Contest:
    """Nothing was confirmed, and the counting goes on."""
    held = moving.held(contest, ContestState.COUNTING, ContestState.COUNTED)
    return moving.moved(held, ContestState.COUNTING, "contest.counting_again", by, {})


@transaction.atomic
def confirm_result(
    *, contest: Contest, votes: Mapping[str, int], outcomes: Mapping[str, terms.CandidateOutcome], by: str, digest: str
) -> Contest:
    """The counting board confirms the result, by candidate (`Nomination.candidate`). The ledger of the house holds its
    digest alone: who may read acts learns no figure before it is announced.
    """
    held = moving.held(contest, ContestState.COUNTING, ContestState.COUNTED)
    for one in held.nominations.filter(number__isnull=False):
        one.votes, one.outcome = votes[one.candidate], outcomes[one.candidate].value
        one.save(update_fields=["votes", "outcome"])
    held.confirmed_at = timezone.now()
    held.save(update_fields=["confirmed_at"])
    return moving.moved(held, ContestState.CONFIRMED, "contest.confirmed", by, {"digest": digest})


@transaction.atomic
def announce(*, contest: Contest, by: str) -> Contest:
    """The result is told to the congress."""
    held = moving.held(contest, ContestState.CONFIRMED)
    held.announced_at = timezone.now()
    held.save(update_fields=["announced_at"])
    return moving.moved(held, ContestState.ANNOUNCED, "contest.announced", by, {})


@transaction.atomic
def note_sealed(*, contest: Contest, digest: str, by: str) -> Contest:
    """The package was sealed; its digest stands on the minutes."""
    held = moving.held(contest, ContestState.CONFIRMED, ContestState.ANNOUNCED)
    held.sealed_at = timezone.now()
    held.save(update_fields=["sealed_at"])
    return moving.moved(held, ContestState.SEALED, "contest.sealed", by, {"digest": digest})


@transaction.atomic
def next_round(
    *,
    contest: Contest,
    kind: RoundKind,
    seats: int,
    people: Collection[Nomination],
    by: str,
    title: str = "",
    **fields: object,
) -> Contest:
    """The ballot after this one: the seats that are open, the people who stand; `fields` of `Contest`: alternates,
    paper_colour. Raises ValidationError. [election-rules.md 6.4, 6.6, 6.7]
    """
    held = moving.held(contest, ContestState.ANNOUNCED, ContestState.SEALED)
    elected = terms.CandidateOutcome.ELECTED.value
    if any(one.outcome == elected for one in people):
        raise ValidationError(_("Who was elected does not stand again."))
    if held.followed_by.filter(round_kind=kind).exists():
        raise ValidationError(_("This ballot was opened already."))
    return _following(held, kind, title or held.title, seats, people, by, fields)


def _following(
    held: Contest,
    kind: RoundKind,
    title: str,
    seats: int,
    people: Collection[Nomination],
    by: str,
    fields: Mapping[str, object],
) -> Contest:
    # Later contests make room, so that the order of the day stays what it is.
    held.sitting.contests.filter(place__gt=held.place).update(place=F("place") + 1)
    following = lists.add_contest(
        sitting=held.sitting, office=Office(held.office), title=title, seats=seats, by=by, place=held.place + 1,
        round=held.round + 1, round_kind=kind, follows=held, **fields,
    )  # fmt: skip
    for one in people:
        Nomination.objects.create(
            contest=following, person=one.person, name=one.name, note=one.note, source=one.source,
            support=one.support, planned=one.planned,
        )  # fmt: skip
    if any(one.support is not None for one in people):
        following.attending = held.attending
        following.save(update_fields=["attending"])
    return following
