"""The door: one scan of a badge, answered at once, and the same scan sent again answered the same.

A station that cannot reach the house keeps its scans and sends them later with how long ago they were; clocks of
laptops are wrong, the time between two of their ticks is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from daihoi.web.audit.services import record
from daihoi.web.congresses.choices import Answer, Category, Credentials, Way
from daihoi.web.congresses.models import Delegate, Guest, Passage, Presence, Session

OLDEST = timedelta(days=2)


@dataclass(frozen=True)
class Scan:
    """What a station sends: the code, which way, the number that only this scan has, and how long ago it was."""

    code: str
    way: Way
    nonce: str
    age: timedelta = timedelta()
    station: str = ""


@dataclass(frozen=True)
class Passed:
    """What the door says: to whom, and, where they were in already, since when and at which station."""

    answer: Answer
    delegate: Delegate | None = None
    guest: Guest | None = None
    since: datetime | None = None
    station: str = ""


def normal_code(text: str) -> str:
    """A code as it was printed: scanners and people add spaces and small letters."""
    return "".join(text.split()).replace("-", "").upper()


@transaction.atomic
def pass_door(*, session: Session, scan: Scan, by: str) -> Passed:
    """Let one scan through the door, or say why not.

    What was kept under the same nonce is answered as it was, and nothing is written twice.
    """
    known = _kept(session, scan.nonce)
    if known is not None:
        return _answered(known)
    delegate = _delegate(session, scan.code)
    # Codes of delegates and guests are drawn from one alphabet; a delegate goes first.
    guest = None if delegate else _guest(session, scan.code)
    if delegate is None and guest is None:
        return Passed(Answer.UNKNOWN)
    # Not kept: who was turned away was not there, and may come again in a minute.
    refused = _refusal(delegate) if delegate else None
    if refused is not None:
        return Passed(refused, delegate)
    return _let_through(session, scan, by, delegate, guest)


def _let_through(session: Session, scan: Scan, by: str, delegate: Delegate | None, guest: Guest | None) -> Passed:
    """Keep the passage of somebody who may pass, and say what the door says to it."""
    # By our clock less the age that the station tells: clocks of lent laptops are wrong, how long ago is not.
    at = timezone.now() - min(max(scan.age, timedelta()), OLDEST)
    presence = Presence.objects.filter(session=session, delegate=delegate, guest=guest).first()
    # Told late by a station that was cut off: what holds is how things stood then.
    inside = _inside_at(session, delegate, guest, at) if presence and at < presence.last else _inside(presence)
    # The answer is kept with the passage: a station that asks again hears the same.
    answer = _answer(scan.way, inside=inside)
    kept = _keep(session, scan, by, at, answer, delegate, guest)
    if kept is None:
        known = _kept(session, scan.nonce)
        return _answered(known) if known else Passed(Answer.UNKNOWN)
    if answer is Answer.AGAIN and presence is not None:
        return Passed(answer, delegate, guest, presence.last, presence.station)
    return Passed(answer, delegate, guest, at, scan.station)


def _answer(way: Way, *, inside: bool) -> Answer:
    """What the door says. Every scan is kept, also one that seems to come twice or too early.

    A station out of reach may still tell what lay between; nobody counts as present by leaving alone.
    """
    if way == Way.IN:
        return Answer.AGAIN if inside else Answer.WELCOME
    return Answer.GOODBYE if inside else Answer.NOT_IN


def _kept(session: Session, nonce: str) -> Passage | None:
    return (
        Passage.objects.filter(session=session, nonce=nonce)
        .select_related("delegate__person", "delegate__unit", "delegate__group", "guest")
        .first()
    )


def _answered(passage: Passage) -> Passed:
    """The answer that was given already; of a second entry again when and where the first one was."""
    if passage.answer == Answer.AGAIN:
        before = Passage.objects.filter(
            session=passage.session_id, delegate=passage.delegate_id, guest=passage.guest_id, at__lt=passage.at
        ).last()
        if before is not None:
            return Passed(Answer.AGAIN, passage.delegate, passage.guest, before.at, before.station)
    return Passed(Answer(passage.answer), passage.delegate, passage.guest, passage.at, passage.station)


def _delegate(session: Session, code: str) -> Delegate | None:
    return (
        # Two stations that scan one badge in the same moment take turns: one is told that the other was first.
        Delegate.objects.select_for_update(of=("self",))
        .filter(congress_id=session.congress_id, code=code)
        .select_related("person", "unit", "group", "replaced_by")
        .first()
    )


def _guest(session: Session, code: str) -> Guest | None:
    return Guest.objects.select_for_update().filter(congress_id=session.congress_id, code=code).first()


def _refusal(delegate: Delegate) -> Answer | None:
    if delegate.credentials == Credentials.REFUSED:
        return Answer.REFUSED
    if delegate.category == Category.ALTERNATE and delegate.replaces_id is None:
        return Answer.NOT_CALLED
    return Answer.REPLACED if hasattr(delegate, "replaced_by") else None


def _inside(presence: Presence | None) -> bool:
    return presence is not None and presence.inside


def _inside_at(session: Session, delegate: Delegate | None, guest: Guest | None, at: datetime) -> bool:
    """Whether somebody was inside at a moment that is past: a station out of reach tells of it late."""
    last = Passage.objects.filter(session=session, delegate=delegate, guest=guest, at__lte=at).last()
    return last is not None and last.way == Way.IN


def _keep(
    session: Session,
    scan: Scan,
    by: str,
    at: datetime,
    answer: Answer,
    delegate: Delegate | None,
    guest: Guest | None,
) -> Passage | None:
    """Write the passage, or None where another station's process wrote one of this nonce in the same moment."""
    try:
        # The database decides which of two equal nonces was first.
        with transaction.atomic():
            passage = Passage.objects.create(
                session=session, delegate=delegate, guest=guest, way=scan.way, at=at, station=scan.station[:60],
                by=by, nonce=scan.nonce, answer=answer,
            )  # fmt: skip
    except IntegrityError:
        return None
    _keep_presence(session, delegate, guest)
    who = f"delegate:{delegate.key}" if delegate else f"guest:{guest.key if guest else ''}"
    facts = {"session": session.pk, "way": str(scan.way), "station": scan.station[:60], "nonce": scan.nonce}
    record("door.passed", by=by, subject=who, facts=facts, place=session.congress.key)
    return passage


def _keep_presence(session: Session, delegate: Delegate | None, guest: Guest | None) -> None:
    """Bring the one row that the live pages read up to all passages of this person."""
    # Made anew from all of them: they come in any order once a station was out of reach.
    passages = list(Passage.objects.filter(session=session, delegate=delegate, guest=guest).order_by("at", "pk"))
    entered = next((one.at for one in passages if one.way == Way.IN), None)
    if entered is None:
        return
    last = passages[-1]
    Presence.objects.update_or_create(
        session=session,
        delegate=delegate,
        guest=guest,
        defaults={
            "inside": last.way == Way.IN,
            "first_in": entered,
            "last": last.at,
            "station": last.station,
        },
    )
