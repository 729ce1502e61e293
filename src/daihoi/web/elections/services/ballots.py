"""Acts on ballot papers: forms, print jobs, issuing, exchanging, collecting, figures corrected."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from daihoi.counts.disk import write_whole
from daihoi.interchange.election_file import load_election
from daihoi.interchange.election_toml import election_toml
from daihoi.interchange.form_secret import read_or_make_secret, read_secret
from daihoi.papers.ballots import Prepared, copies, prepare
from daihoi.rules.errors import RulesError
from daihoi.sheet.document import sheet_document
from daihoi.web.elections import files, making, order
from daihoi.web.elections.choices import ContestState, SittingKind
from daihoi.web.elections.models import BallotForm, Contest, PrintJob
from daihoi.web.elections.services import moving
from daihoi.words.errors import sentence_of

FIGURES = ("printed", "issued", "collected", "spoiled", "unused", "counted_by_first", "counted_by_second")


@transaction.atomic
def make_form(*, contest: Contest, by: str, rehearsal: bool = False) -> BallotForm:
    """The form of a closed list, with a secret of its own; the one that holds where there is one.

    The files lie on disk before the row stands: a row without its secret would be ballots that nobody can count, files
    without a row are written over by the next form. Raises ValidationError, SheetError, PapersError, OSError.
    """
    held = moving.held(contest, ContestState.LIST_CLOSED, ContestState.VOTING)
    there = held.forms.filter(rehearsal=rehearsal, voided_at__isnull=True).first()
    if there is not None:
        return there
    last = held.forms.aggregate(last=Max("number"))["last"] or 0
    form = BallotForm(contest=held, number=last + 1, rehearsal=rehearsal, made_by=by)
    prepared = write_form(form)
    form.digest, form.pages = hashlib.sha256(prepared.pdf).hexdigest(), len(prepared.plan.pages)
    form.save()
    facts = {"form": form.number, "rehearsal": rehearsal, "digest": form.digest}
    moving.note("ballots.form_made", held, by=by, facts=facts)
    return form


def write_form(form: BallotForm) -> Prepared:
    """Election file, secret, one sheet and its plan into the folder of the form; the same secret when written again."""
    folder = files.folder_of(form)
    folder.mkdir(parents=True, exist_ok=True)
    election = making.election_of(form.contest)
    write_whole(files.election_file(form), election_toml(election))
    secret = read_or_make_secret(files.election_file(form))
    contest = election.contest(form.contest.key)
    prepared = prepare(election, contest, secret=secret, rehearsal=form.rehearsal)
    plan = json.dumps(sheet_document(prepared.plan), ensure_ascii=False, indent=1)
    write_whole(folder / files.SHEET, plan.encode() + b"\n")
    write_whole(folder / files.BLANK, prepared.pdf)
    return prepared


def void_forms(contest: Contest, reason: str, by: str) -> None:
    """All forms of a contest that hold become void."""
    for form in contest.forms.filter(voided_at__isnull=True):
        void_form(form, reason, by)


def void_form(form: BallotForm, reason: str, by: str) -> None:
    """A form is void: its ballots are recognised and refused; another form has another secret."""
    form.voided_at, form.void_reason = timezone.now(), reason
    form.save(update_fields=["voided_at", "void_reason"])
    if not form.rehearsal:
        # What is accounted for are the ballots of the form that holds; those of a void one stand in its print jobs.
        Contest.objects.filter(pk=form.contest_id).update(printed=None)
    facts = {"form": form.number, "reason": reason}
    moving.note("ballots.form_voided", form.contest, by=by, facts=facts)


def sheets(form: BallotForm, n: int) -> bytes:
    """ballots.pdf: `n` equal sheets of a form, byte for byte the sheet that was looked at. Raises ValidationError,
    OSError, SheetError, PapersError.
    """
    path = files.election_file(form)
    election = load_election(path.read_bytes(), path.name)
    contest = election.contest(form.contest.key)
    secret = read_secret(path)
    if secret is None:
        raise ValidationError(_("The secret of this form is not on disk: its ballots could not be counted."))
    prepared = prepare(election, contest, secret=secret, rehearsal=form.rehearsal)
    if hashlib.sha256(prepared.pdf).hexdigest() != form.digest:
        raise ValidationError(_("The files of this form were changed since it was made; make another form."))
    return copies(prepared, n)


@transaction.atomic
def note_print_job(*, form: BallotForm, copies: int, reason: str, by: str) -> PrintJob:
    """So many sheets are printed; after the first time with a reason. Raises ValidationError."""
    held = moving.held(form.contest, ContestState.LIST_CLOSED, ContestState.VOTING)
    if form.voided_at is not None:
        raise ValidationError(_("This form is void; ballots of it are not printed any more."))
    if form.jobs.exists() and not reason.strip():
        raise ValidationError({"reason": _("Say why more are printed.")})
    job = PrintJob(form=form, copies=copies, reason=reason, made_by=by)
    job.full_clean()
    job.save()
    if not form.rehearsal:
        Contest.objects.filter(pk=held.pk).update(printed=copies + (held.printed or 0))
    facts = {"form": form.number, "copies": copies, "rehearsal": form.rehearsal, "reason": reason}
    moving.note("ballots.printed", held, by=by, facts=facts)
    return job


@transaction.atomic
def issue_ballots(*, contest: Contest, present: int, issued: int, tellers: tuple[str, str], by: str) -> Contest:
    """Ballots are handed out: the base is frozen with those present now. Raises ValidationError.

    [244-QĐ/TW art. 32; a ballot for each who is present, question A16]
    """
    held = moving.held(contest, ContestState.LIST_CLOSED)
    before = order.first_before(held)
    if before is not None:
        raise ValidationError(_("“%(title)s” comes first and is not announced yet.") % {"title": before.title})
    if not held.forms.filter(rehearsal=False, voided_at__isnull=True).exists():
        raise ValidationError(_("No ballots of this list were printed."))
    roll = making.roll_now(held.sitting, present)
    if roll is None:
        raise ValidationError(_("There is no frozen roll: the base must stand before ballots are issued."))
    if issued > present:
        raise ValidationError({"issued": _("More ballots than people are present.")})
    if held.printed is not None and issued > held.printed:
        raise ValidationError({"issued": _("More ballots than were printed.")})
    try:
        making.body_of(held.sitting).sheet(roll)
    except RulesError as refused:
        # More present than the roll allows would make every majority of this contest wrong.
        raise ValidationError({"present": sentence_of(refused.code, refused.fields)}) from refused
    held.roll, held.issued, held.opened_at = making.held_roll(roll), issued, timezone.now()
    held.frozen_roll = held.sitting.congress.rolls.first() if held.sitting.kind == SittingKind.CONGRESS else None
    held.counted_by_first, held.counted_by_second = tellers
    held.full_clean()
    held.save()
    return moving.moved(held, ContestState.VOTING, "ballots.issued", by, {"present": present, "issued": issued})


@transaction.atomic
def exchange_spoiled(*, contest: Contest, by: str) -> int:
    """A ballot spoiled during the vote is handed back and exchanged; gives how many. Raises ValidationError."""
    held = moving.held(contest, ContestState.VOTING)
    if held.printed is not None and (held.issued or 0) + (held.spoiled or 0) >= held.printed:
        raise ValidationError(_("No printed ballot is left to exchange it for: print more first."))
    Contest.objects.filter(pk=held.pk).update(spoiled=(held.spoiled or 0) + 1)
    moving.note("ballots.exchanged", held, by=by, facts={"spoiled": (held.spoiled or 0) + 1})
    return (held.spoiled or 0) + 1


@transaction.atomic
def collect_ballots(*, contest: Contest, collected: int, unused: int, tellers: tuple[str, str], by: str) -> Contest:
    """The box was opened and its papers counted by hand, before any is read. More than issued is kept as it is:
    the reconciliation stops on it. [190-QĐ/TW art. 8.2; question A8]
    """
    held = moving.held(contest, ContestState.VOTING)
    held.collected, held.unused, held.closed_at = collected, unused, timezone.now()
    held.spoiled = held.spoiled or 0
    held.counted_by_first, held.counted_by_second = tellers
    held.full_clean()
    held.save()
    return moving.moved(
        held, ContestState.COUNTING, "ballots.collected", by, {"collected": collected, "unused": unused}
    )


@transaction.atomic
def correct_figures(*, contest: Contest, figures: Mapping[str, object], reason: str, by: str) -> list[str]:
    """Papers were counted again by hand, with another figure. Raises ValidationError."""
    held = moving.held(contest, ContestState.VOTING, ContestState.COUNTING, ContestState.COUNTED)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the figure is another.")})
    changed = [name for name in FIGURES if name in figures and getattr(held, name) != figures[name]]
    for name in changed:
        setattr(held, name, figures[name])
    held.full_clean()
    held.save(update_fields=changed)
    facts = {"fields": sorted(changed), "reason": reason}
    moving.note("ballots.figures_corrected", held, by=by, facts=facts)
    return changed
