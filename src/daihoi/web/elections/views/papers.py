"""The ballots: made, looked at as they will be printed, printed, and what became of each sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daihoi.papers.election_day.picture import png
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.elections import files, making
from daihoi.web.elections.choices import ContestState
from daihoi.web.elections.forms import AccountForm, ColourForm, PrintJobForm
from daihoi.web.elections.models import BallotForm, Contest, PrintJob
from daihoi.web.elections.place import At, attempt, contest_at
from daihoi.web.elections.present import present_now, to_print
from daihoi.web.elections.services import ballots, lists
from daihoi.web.elections.views.contests import form_page
from daihoi.web.lists.fields import refuse

WIDTHS = (700, 1600)
"""px: on the page, and where the whole sheet is looked at for a misspelt name."""
PRINTABLE = frozenset({ContestState.LIST_CLOSED, ContestState.VOTING})


@require_http_methods(["GET", "POST"])
@gate(Right.PRINT_BALLOTS)
def contest_ballots(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """Make the form, look at it, print it; void forms with their reasons."""
    at = contest_at(request, congress, contest, Right.PRINT_BALLOTS)
    act = request.POST.get("act", "")
    if act in {"make", "rehearsal"}:
        attempt(
            request,
            lambda: ballots.make_form(contest=at.contest, by=at.by, rehearsal=act == "rehearsal"),
            _("The ballot is made. Look at every name before it is printed."),
        )
        return redirect("contest_ballots", *at.keys)
    forms = list(at.contest.forms.prefetch_related("jobs"))
    holds = {one.rehearsal: one for one in forms if one.voided_at is None}
    form = _print_form(request, holds)
    if form is not None and form.is_valid():
        job = _printed(at, holds[act == "print_rehearsal"], form)
        if job is not None:
            return redirect(f"{request.path}?job={job.pk}")
    held = at.held("contest_ballots", **_told(request, at, forms, holds, form))
    return render(request, "elections/ballots.html", held)


def _told(
    request: HttpRequest, at: At, forms: list[BallotForm], holds: dict[bool, BallotForm], form: PrintJobForm | None
) -> dict[str, object]:
    present = present_now(at.contest.sitting)
    proposal = to_print(at.contest.sitting, present)
    void = [one for one in forms if one.voided_at is not None]
    return {
        "form_kind": making.ballot_form_of(at.contest),
        "prints": list(_prints(request, holds, form, proposal)),
        "real": holds.get(False),
        "trial": holds.get(True),
        "void": void,
        "voided": [at.path.speech.say("form_voided", reason=one.void_reason) for one in void],
        "fresh": _made(request, forms),
        "present": present,
        "proposal": proposal,
        "printable": at.contest.state in PRINTABLE,
        "mark": at.path.speech.say(at.path.speech.how_to_mark) if at.path.names else None,
    }


def _made(request: HttpRequest, forms: list[BallotForm]) -> PrintJob | None:
    """The print job that was just made, by its number in the address."""
    number = request.GET.get("job", "")
    return next((job for one in forms for job in one.jobs.all() if str(job.pk) == number), None)


def _prints(
    request: HttpRequest, holds: dict[bool, BallotForm], typed: PrintJobForm | None, proposal: int
) -> Iterator[tuple[str, BallotForm, PrintJobForm]]:
    """The forms that hold, real first, each with what is to be typed for a print job."""
    for rehearsal, act in ((False, "print"), (True, "print_rehearsal")):
        if rehearsal in holds:
            asked = typed if request.POST.get("act") == act else None
            yield act, holds[rehearsal], asked or _fresh(holds[rehearsal], proposal)


def _fresh(form: BallotForm, proposal: int) -> PrintJobForm:
    again = bool(form.jobs.all())
    # Of a rehearsal a few sheets are enough; a second job prints what is missing, which nobody can guess.
    copies = 10 if form.rehearsal else "" if again else proposal
    return PrintJobForm(None, again=again, initial={"copies": copies})


def _print_form(request: HttpRequest, holds: dict[bool, BallotForm]) -> PrintJobForm | None:
    """What was typed about a print job; None where none was asked for. 404 where there is no such form."""
    act = request.POST.get("act", "")
    if act not in {"print", "print_rehearsal"}:
        return None
    found = holds.get(act == "print_rehearsal")
    if found is None:
        raise Http404
    return PrintJobForm(request.POST, again=found.jobs.exists())


def _printed(at: At, found: BallotForm, form: PrintJobForm) -> PrintJob | None:
    given = form.cleaned_data
    try:
        return ballots.note_print_job(
            form=found, copies=given["copies"], reason=given.get("reason", ""), by=at.by
        )  # fmt: skip
    except ValidationError as refused:
        refuse(form, refused)
        return None


@require_http_methods(["GET", "POST"])
@gate(Right.RUN_ELECTIONS)
def contest_colour(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """The colour of the paper, until ballots are issued."""
    at = contest_at(request, congress, contest, Right.RUN_ELECTIONS)
    form = ColourForm(request.POST or None, initial={"paper_colour": at.contest.paper_colour})
    return form_page(
        request, at, form, _("Colour of the paper"),
        lambda: lists.choose_colour(contest=at.contest, colour=form.cleaned_data["paper_colour"], by=at.by),
    )  # fmt: skip


def _form(at: At, number: int) -> BallotForm:
    found: BallotForm = get_object_or_404(at.contest.forms.all(), number=number)
    return found


@never_cache
@require_http_methods(["GET"])
@gate(Right.PRINT_BALLOTS)
def ballot_preview(request: HttpRequest, congress: str, contest: str, number: int, page: int) -> HttpResponse:
    """A page of the sheet as a picture; `?big=1` large enough to read every accent.

    For who prints alone: a ballot of a good printer could be made from it.
    """
    at = contest_at(request, congress, contest, Right.PRINT_BALLOTS)
    form = _form(at, number)
    width = WIDTHS[1] if request.GET.get("big") else WIDTHS[0]
    try:
        picture = png((files.folder_of(form) / files.BLANK).read_bytes(), width_px=width, page=page - 1)
    except (OSError, IndexError) as missing:
        raise Http404 from missing
    return HttpResponse(picture, content_type="image/png")


@never_cache
@require_http_methods(["GET"])
@gate(Right.PRINT_BALLOTS)
def ballot_sheet(request: HttpRequest, congress: str, contest: str, number: int) -> HttpResponse:
    """One sheet as PDF, byte for byte what is printed."""
    at = contest_at(request, congress, contest, Right.PRINT_BALLOTS)
    form = _form(at, number)
    try:
        sheet = (files.folder_of(form) / files.BLANK).read_bytes()
    except OSError as missing:
        raise Http404 from missing
    answer = HttpResponse(sheet, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="mau-phieu-{form.number}.pdf"'
    return answer


@never_cache
@require_http_methods(["GET"])
@gate(Right.PRINT_BALLOTS)
def ballot_job(request: HttpRequest, congress: str, contest: str, job: int) -> HttpResponseBase:
    """All sheets of a print job in one file. A void form is printed no more."""
    at = contest_at(request, congress, contest, Right.PRINT_BALLOTS)
    jobs = PrintJob.objects.select_related("form__contest__sitting__congress").filter(form__contest=at.contest)
    found = get_object_or_404(jobs, pk=job, form__voided_at=None)
    made: list[bytes] = []
    if not attempt(request, lambda: made.append(ballots.sheets(found.form, found.copies))):
        return redirect("contest_ballots", *at.keys)
    kind = "dien-tap" if found.form.rehearsal else "phieu-bau"
    name = f"{kind}-{found.form.number}-{found.copies}.pdf"
    return FileResponse(io.BytesIO(made[0]), filename=name, content_type="application/pdf", as_attachment=True)


def balance(contest: Contest) -> int | None:
    """Printed less issued, spoiled and left over: what nobody can account for. None while a figure is missing."""
    if contest.printed is None or contest.issued is None or contest.unused is None:
        return None
    return contest.printed - contest.issued - (contest.spoiled or 0) - contest.unused


@require_http_methods(["GET"])
@gate(Right.SEE_ELECTIONS)
def contest_account(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """Printed, issued, spoiled, left over, collected: what became of each sheet, and who counted."""
    at = contest_at(request, congress, contest)
    forms = list(at.contest.forms.prefetch_related("jobs"))
    held = at.held(
        "contest_account",
        forms=forms,
        balance=balance(at.contest),
        sheet=at.path.speech.sheet,
        correctable=at.contest.state in {ContestState.VOTING, ContestState.COUNTING, ContestState.COUNTED},
        fewer=(at.contest.issued or 0) - at.contest.collected if at.contest.collected is not None else None,
        stop=at.path.speech.say("more_collected") if at.path.too_many else None,
    )
    return render(request, "elections/account.html", held)


@require_http_methods(["GET", "POST"])
@gate(Right.PRINT_BALLOTS)
def contest_figures(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """Papers were counted again by hand: another figure, with its reason and who counted."""
    at = contest_at(request, congress, contest, Right.PRINT_BALLOTS)
    names = ("printed", "issued", "spoiled", "unused", "collected")
    initial: dict[str, object] = {name: getattr(at.contest, name) for name in names}
    initial |= {"first": at.contest.counted_by_first, "second": at.contest.counted_by_second}
    form = AccountForm(request.POST or None, initial=initial)

    def act() -> None:
        given = dict(form.cleaned_data)
        reason = str(given.pop("reason"))
        tellers = {"counted_by_first": given.pop("first"), "counted_by_second": given.pop("second")}
        ballots.correct_figures(contest=at.contest, figures={**given, **tellers}, reason=reason, by=at.by)

    return form_page(request, at, form, _("Papers counted again"), act, back="contest_account", part="contest_account")
