"""Acts of the counting board: who looks at which ballot, what was decided, taken back, sent to the head.

The machine proposes, the board concludes, with name and reason. [190-QĐ/TW art. 8.2; election-rules.md 5.4]
"""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daihoi.interchange import decisions
from daihoi.web.audit.services import record
from daihoi.web.counting import queries
from daihoi.web.counting.choices import Said
from daihoi.web.counting.models import Claim, Count, Decision, Look, Question, Raised
from daihoi.web.counting.services.opening import place_of, require_open, subject_of
from daihoi.web.elections import making

CLAIMED_FOR = timedelta(minutes=2)
"""How long a ballot stays with who looks at it without a word; each look begins it anew."""


def claim(*, count: Count, ballot: str, holder: str, name: str) -> bool:
    """Take a ballot onto one's table; False where somebody else has it."""
    now = timezone.now()
    fresh = {"holder": holder, "name": name, "until": now + CLAIMED_FOR}
    free = Claim.objects.filter(count=count, ballot=ballot)
    # Without reading first: of two who ask at one moment the database lets one through.
    if free.filter(holder=holder).update(**fresh) or free.filter(until__lt=now).update(**fresh):
        return True
    try:
        with transaction.atomic():
            Claim.objects.create(count=count, ballot=ballot, **fresh)
    except IntegrityError:
        # Two asked at the same moment: the other was first.
        return False
    return True


def release(*, count: Count, holder: str, but: str = "") -> None:
    """Put down all ballots but one."""
    Claim.objects.filter(count=count, holder=holder).exclude(ballot=but).delete()


@transaction.atomic
def decide(
    *, count: Count, question: Question, word: str, by: str, holder: str, why: str = "", head: bool = False
) -> Decision:
    """The board's answer to one question; it stands when this returns. Raises ValidationError.

    Only who has the ballot on the table decides it; one that was sent to the head, the head alone.
    """
    held = require_open(count)
    _require_table(held, question.ballot, holder, head=head)
    said = decisions.answer(
        decisions.place_of(question.ballot, question.candidate), word, making.ballot_form_of(count.contest)
    )
    if isinstance(said, decisions.Refused) or not said:
        raise ValidationError(_("That is no answer to this question."))
    decision = Decision(
        count=held, ballot=question.ballot, candidate=question.candidate, word=said, crop=question.crop, why=why,
        by=by, at=timezone.now(),
    )  # fmt: skip
    decision.full_clean(exclude=["count"], validate_constraints=False)
    _let_go_of_lapsed(held, question)
    _look_again(held, question.ballot)
    try:
        with transaction.atomic():
            decision.save()
    except IntegrityError:
        raise ValidationError(_("Somebody has decided this already.")) from None
    facts = {"ballot": question.ballot, "place": _kind(question)}
    record("count.decided", by=by, subject=subject_of(held), facts=facts, place=place_of(held))
    return decision


def _let_go_of_lapsed(count: Count, question: Question) -> None:
    """An answer that the count holds no more makes room for the new one."""
    asked_again = Question.objects.filter(
        count=count, ballot=question.ballot, candidate=question.candidate, needed=True, adopted=""
    )
    if asked_again.exists():
        now = timezone.now()
        Decision.objects.filter(
            count=count, ballot=question.ballot, candidate=question.candidate, undone_at__isnull=True,
            adopted_at__isnull=False,
        ).update(undone_at=now, undone_by=_("lapsed"), withdrawn_at=now)  # fmt: skip


def _look_again(count: Count, ballot: str) -> None:
    """Who confirmed a ballot as it was read confirmed other marks than it has from now on."""
    Look.objects.filter(count=count, ballot=ballot).delete()


def _require_table(count: Count, ballot: str, holder: str, *, head: bool) -> None:
    if Raised.objects.filter(count=count, ballot=ballot).exists() and not head:
        raise ValidationError(_("This ballot was sent to the head of the board, who decides it."))
    if not Claim.objects.filter(count=count, ballot=ballot, holder=holder).exists():
        raise ValidationError(_("Somebody else has this ballot on the table now; go on with the next one."))


def _kind(question: Question) -> str:
    """Which kind of question; the word itself is a figure, and no ledger outside the room holds it."""
    return decisions.place_of(question.ballot, question.candidate).value


@transaction.atomic
def undo(*, count: Count, decision: Decision, by: str) -> None:
    """Take a decision back; the question is asked again. Raises ValidationError once the count is closed."""
    held = require_open(count)
    taken = Decision.objects.filter(pk=decision.pk, count=held, undone_at__isnull=True).update(
        undone_at=timezone.now(), undone_by=by
    )
    if not taken:
        raise ValidationError(_("This decision was taken back already."))
    _look_again(held, decision.ballot)
    facts = {"ballot": decision.ballot}
    record("count.decision_undone", by=by, subject=subject_of(held), facts=facts, place=place_of(held))


@transaction.atomic
def send_to_head(*, count: Count, ballot: str, by: str, note: str = "") -> None:
    """Leave a ballot to the head of the board."""
    held = require_open(count)
    _raised, new = Raised.objects.get_or_create(count=held, ballot=ballot, defaults={"by": by, "note": note[:300]})
    # Off the table at once: the head may be waiting for it.
    Claim.objects.filter(count=held, ballot=ballot).delete()
    if new:
        record("count.sent_to_head", by=by, subject=subject_of(held), facts={"ballot": ballot}, place=place_of(held))


@transaction.atomic
def look(*, count: Count, ballot: str, said: Said, by: str, holder: str) -> None:
    """What a person says of a ballot that raised no doubt. Raises ValidationError."""
    held = require_open(count)
    if not Claim.objects.filter(count=held, ballot=ballot, holder=holder).exists():
        raise ValidationError(_("Somebody else has this ballot on the table now; go on with the next one."))
    if queries.on_the_way(held).filter(ballot=ballot).exists():
        raise ValidationError(_("The reader takes over a decision on this ballot; look at it once more in a moment."))
    Look.objects.update_or_create(count=held, ballot=ballot, defaults={"said": said, "by": by})
    record("count.looked_at", by=by, subject=subject_of(held), facts={"ballot": ballot}, place=place_of(held))
    if said is Said.DIFFERS:
        Raised.objects.get_or_create(
            count=held, ballot=ballot, defaults={"by": by, "note": _("Not marked as it was read")}
        )
        # Off the table at once: the head may be waiting for it.
        Claim.objects.filter(count=held, ballot=ballot).delete()
