"""Acts of a keyed count: who keys which pile, a paper that was keyed, the totals of a tally sheet."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from daihoi.web.audit.services import record
from daihoi.web.counting import keying
from daihoi.web.counting.choices import Turn, Way
from daihoi.web.counting.models import Batch, KeyedBallot, Totals
from daihoi.web.counting.services.opening import place_of, require_open, subject_of
from daihoi.web.elections import making
from daihoi.web.elections.models import Contest


@transaction.atomic
def take_turn(*, batch: Batch, by: str, head: bool = False) -> Turn:
    """Who keys a pile: the first who comes, then another person; the head reads what differs. Raises ValidationError.

    The same person never keys a pile twice: two who agree would be one who agrees with himself.
    """
    # Locked: two who open a pile at one moment are first and second, never both first.
    held = Batch.objects.select_for_update().get(pk=batch.pk)
    if held.first == by:
        return Turn.FIRST
    if held.second == by:
        return Turn.SECOND
    if not held.first:
        Batch.objects.filter(pk=held.pk).update(first=by)
        return Turn.FIRST
    if not held.second:
        Batch.objects.filter(pk=held.pk).update(second=by)
        return Turn.SECOND
    if head or any(one.asks(Turn.THIRD) for one in keying.papers(held)):
        return Turn.THIRD
    raise ValidationError(_("Two others key this pile; take another one."))


@transaction.atomic
def key_ballot(
    *, batch: Batch, number: int, turn: Turn, attempt: int, marks: str, standing: str, by: str
) -> KeyedBallot:
    """A paper as somebody keyed it; safe when this returns, and nothing new when it is sent again.

    Of a later attempt only the names that differed are taken; the others stay as they were keyed. Raises
    ValidationError.
    """
    count = require_open(batch.count)
    held = Batch.objects.select_for_update().get(pk=batch.pk)
    held.count = count
    if by != {Turn.FIRST: held.first, Turn.SECOND: held.second}.get(turn, by):
        raise ValidationError(_("Somebody else keys this pile in this turn."))
    if not 1 <= number <= held.papers:
        raise ValidationError(_("There is no such paper in this pile."))
    # A page whose answer was lost on the way sends the same paper again.
    again = KeyedBallot.objects.filter(batch=held, number=number, turn=turn, attempt=attempt).first()
    if again is not None:
        return again
    rows = list(held.keyed.filter(number=number))
    paper = keying.paper(number, rows)
    done = (paper.attempts or {}).get(turn, 0)
    if not paper.asks(turn) or attempt != done + 1:
        raise ValidationError(_("This paper is keyed already."))
    whole, said = _merged(rows, turn, paper, marks, standing)
    # The names as the page read them: a list whose ballots are counted is closed.
    require_marks(batch.count.contest, whole, said)
    try:
        with transaction.atomic():
            kept = KeyedBallot.objects.create(
                batch=held, number=number, turn=turn, attempt=attempt, marks=whole, standing=said, by=by
            )
    except IntegrityError:
        raise ValidationError(_("This paper is keyed already.")) from None
    facts = {"batch": held.number, "paper": number, "turn": int(turn), "attempt": attempt}
    record("count.ballot_keyed", by=by, subject=subject_of(count), facts=facts, place=place_of(count))
    return kept


def _merged(rows: list[KeyedBallot], turn: Turn, paper: keying.Paper, marks: str, standing: str) -> tuple[str, str]:
    """What differed as it was keyed now, all else as it was."""
    of_whom = Turn.FIRST if turn is Turn.THIRD else turn
    mine = [one for one in rows if one.turn == of_whom]
    if not mine:
        return marks, standing
    last = max(mine, key=lambda one: one.attempt)
    pairs = enumerate(zip(marks, last.marks, strict=False))
    fresh = "".join(new if at in paper.differs else old for at, (new, old) in pairs)
    return fresh, standing if keying.STANDING in paper.differs else last.standing


def require_marks(contest: Contest, marks: str, standing: str) -> None:
    """Refuse what is no key for every name, or no word for a ballot as a whole. Raises ValidationError."""
    letters = keying.letters_of(contest)
    names = len(making.listed(contest))
    # A paper that the board did not issue may be of any form: nothing of it is keyed.
    if len(marks) != names or any(mark not in letters for mark in marks):
        raise ValidationError(_("Key every name of the list: %(n)d keys.") % {"n": names})
    if standing and standing not in keying.standings_of(contest).values():
        raise ValidationError(_("That is no ground of the rules."))


@transaction.atomic
def key_totals(*, batch: Batch, votes: Mapping[str, int], valid: int, invalid: int, by: str) -> Totals:
    """The totals of a tally sheet that was kept by hand. Raises ValidationError."""
    count = require_open(batch.count)
    if count.way != Way.TOTALS:
        raise ValidationError(_("This count is keyed ballot by ballot."))
    if valid + invalid != batch.papers:
        raise ValidationError(
            _("Valid and invalid together are %(n)d; %(papers)d were counted by hand. Count this pile again.")
            % {"n": valid + invalid, "papers": batch.papers}
        )
    wrong = [name for name, figure in votes.items() if figure > valid]
    if wrong:
        said = _("Nobody has more votes than there are valid ballots: %(who)s.")
        raise ValidationError(said % {"who": ", ".join(wrong)})
    totals, _new = Totals.objects.update_or_create(
        batch=batch, defaults={"votes": dict(votes), "valid": valid, "invalid": invalid, "by": by}
    )
    facts = {"batch": batch.number}
    record("count.totals_keyed", by=by, subject=subject_of(count), facts=facts, place=place_of(count))
    return totals
