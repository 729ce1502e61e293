"""Acts on counts: begun, set aside, every ballot confirmed by a person or not."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from daihoi.web.audit.services import record
from daihoi.web.counting import folders
from daihoi.web.counting.choices import LABELS, CountState, Way
from daihoi.web.counting.models import Count, Progress
from daihoi.web.elections import queries as elections
from daihoi.web.elections.choices import ContestState
from daihoi.web.elections.models import Contest

COUNTABLE = frozenset({ContestState.COUNTING, ContestState.COUNTED})
"""States in which ballots are read: the box was opened and its papers counted by hand."""


def subject_of(count: Count) -> str:
    """A count in the ledger."""
    return f"count:{count.key}"


def place_of(count: Count) -> str:
    """Whose act it is: the congress."""
    return str(count.contest.sitting.congress.key)


@transaction.atomic
def begin(
    *, contest: Contest, way: Way, by: str, rehearsal: bool = False, papers: int | None = None, every: bool = False
) -> Count:
    """Begin the next count of a contest: A is the count of record, B and C witness it. Raises ValidationError, OSError.

    A rehearsal is told how many papers it has; a real count has the figures of the contest, which stand before it.
    """
    held = Contest.objects.select_for_update(of=("self",)).select_related("sitting__congress").get(pk=contest.pk)
    form = elections.form_that_holds(held, rehearsal=rehearsal)
    _require_countable(held, rehearsal=rehearsal, papers=papers)
    if form is None:
        raise ValidationError(_("No ballots of this contest were printed here."))
    taken = Count.objects.filter(contest=held, rehearsal=rehearsal).exclude(state=CountState.SET_ASIDE)
    used = set(taken.values_list("label", flat=True))
    free = [label for label in LABELS if label not in used]
    if not free:
        raise ValidationError(_("There are three counts already; set one aside first."))
    # Also when the first A was set aside: the label that is free then is the one of the record.
    if free[0] == LABELS[0] and way is Way.TOTALS and not rehearsal:
        raise ValidationError({"way": _("The count of record reads ballots; totals of tally sheets stand beside it.")})
    count = Count.objects.create(
        contest=held, form=form, label=free[0], way=way, rehearsal=rehearsal, papers=papers if rehearsal else None,
        every_ballot=every, made_by=by,
    )  # fmt: skip
    Progress.objects.create(count=count)
    # The scanner is told this folder: it is there before anybody reads its name.
    folders.scans_of(count).mkdir(parents=True, exist_ok=True)
    facts = {"contest": held.key, "label": count.label, "way": str(way), "rehearsal": rehearsal}
    record("count.begun", by=by, subject=subject_of(count), facts=facts, place=place_of(count))
    return count


def _require_countable(contest: Contest, *, rehearsal: bool, papers: int | None) -> None:
    if rehearsal:
        if not papers:
            raise ValidationError({"papers": _("Say how many rehearsal ballots there are.")})
        return
    if contest.state not in COUNTABLE:
        raise ValidationError(_("The box is opened first, and its papers are counted by hand."))


@transaction.atomic
def set_aside(*, count: Count, reason: str, by: str) -> None:
    """A count is no witness any more, as one of a scanner that failed; it stays on the disk. Raises ValidationError."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    held = Count.objects.select_for_update().get(pk=count.pk)
    if held.contest.state not in COUNTABLE and not held.rehearsal:
        raise ValidationError(_("The result is confirmed; its counts stay as they are."))
    if held.state == CountState.SET_ASIDE:
        return
    held.state, held.reason = CountState.SET_ASIDE, reason
    held.save(update_fields=["state", "reason"])
    record("count.set_aside", by=by, subject=subject_of(held), facts={"reason": reason}, place=place_of(held))


@transaction.atomic
def confirm_every_ballot(*, count: Count, on: bool, by: str) -> None:
    """Whether a person looks at every ballot of this count. Raises ValidationError."""
    require_open(count)
    Count.objects.filter(pk=count.pk).update(every_ballot=on)
    record("count.every_ballot", by=by, subject=subject_of(count), facts={"on": on}, place=place_of(count))


def require_open(count: Count) -> Count:
    """The count as it is in the database, locked, while it takes decisions. Raises ValidationError."""
    held: Count = Count.objects.select_for_update(of=("self",)).select_related("contest__sitting__congress").get(
        pk=count.pk
    )  # fmt: skip
    if held.state != CountState.OPEN:
        raise ValidationError(_("This count is closed; nothing of it can be changed any more."))
    return held
