"""The rehearsal of the evening before: one button, the deck and its expected result, the report of one page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daihoi.papers.election_day.deck_files import deck_list, printed_deck
from daihoi.papers.election_day.rehearsal_report import rehearsal_report
from daihoi.papers.errors import PapersError
from daihoi.sheet.errors import SheetError
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.congresses.place import Place, place_of
from daihoi.web.counting import queries as counting
from daihoi.web.elections import making
from daihoi.web.hall import rehearsing
from daihoi.web.hall.forms import RehearsalForm
from daihoi.web.hall.models import Rehearsal
from daihoi.web.hall.services import rehearsals
from daihoi.words.election_day.rehearsal import CHECKS, MEND, STEPS
from daihoi.words.errors import sentence_of
from daihoi.words.language import in_language


def _newest(place: Place) -> list[Rehearsal]:
    """The last rehearsal of each contest, in the order of the day."""
    found = Rehearsal.objects.filter(contest__sitting__congress=place.congress).select_related(
        "contest__sitting__congress__organisation", "contest__sitting__congress__term", "form__contest", "count"
    )
    newest: dict[int, Rehearsal] = {}
    for one in found:
        newest.setdefault(one.contest_id, one)
    return sorted(newest.values(), key=lambda one: (one.contest.sitting_id, one.contest.place, one.contest.round))


def _one(place: Place, number: int) -> Rehearsal:
    found = Rehearsal.objects.filter(contest__sitting__congress=place.congress).select_related(
        "contest__sitting__congress__organisation", "contest__sitting__congress__term", "form__contest", "count"
    )
    return get_object_or_404(found, pk=number)


@require_http_methods(["GET", "POST"])
@gate(Right.COUNT)
def rehearsal(request: HttpRequest, congress: str) -> HttpResponse:
    """Begin it for all closed lists, and how far each is."""
    place = place_of(request, congress, Right.COUNT)
    if request.method == "POST":
        try:
            rehearsals.begin_all(congress=place.congress, by=place.by)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        except (SheetError, PapersError) as refused:
            messages.error(request, sentence_of(refused.code, refused.fields))
        return redirect("rehearsal", place.congress.key)
    held = {"rows": [_told(one) for one in _newest(place)], "ready": rehearsals.ready(place.congress)}
    if request.GET.get("part"):
        return render(request, "hall/rehearsal_part.html", place.held("rehearsal", **held))
    return render(request, "hall/rehearsal.html", place.held("rehearsal", reader=counting.reader_now(), **held))


def _told(one: Rehearsal) -> dict[str, object]:
    language = get_language() or "vi"
    told = rehearsing.found(one)
    report = rehearsing.report_of(one, told)
    checks = [(in_language(language, CHECKS[check.code]), check, in_language(language, MEND[check.code]))
              for check in told.checks]  # fmt: skip
    times = [(in_language(language, STEPS[step.step]), step) for step in told.times if step.seconds is not None]
    stalled = one.fed_at is not None and one.fed < one.sheets * one.sides and not rehearsals.is_feeding(one)
    return {"rehearsal": one, "report": report, "checks": checks, "times": times, "found": told,
            "feeding": rehearsals.is_feeding(one), "stalled": stalled, "pages": one.sheets * one.sides}  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate(Right.COUNT)
def rehearsal_note(request: HttpRequest, congress: str, number: int) -> HttpResponse:
    """What people saw and took by the watch."""
    place = place_of(request, congress, Right.COUNT)
    found = _one(place, number)
    form = RehearsalForm(request.POST or None, rehearsal=found, language=get_language() or "vi")
    if request.method == "POST" and form.is_valid():
        rehearsals.note(rehearsal=found, by=place.by, **form.told())
        return redirect("rehearsal", place.congress.key)
    return render(request, "hall/rehearsal_note.html", place.held("rehearsal", rehearsal=found, form=form))


@require_http_methods(["POST"])
@gate(Right.COUNT)
def rehearsal_feed(request: HttpRequest, congress: str, number: int) -> HttpResponse:
    """Lay the deck into the scanner's folder as drawn scans."""
    place = place_of(request, congress, Right.COUNT)
    try:
        rehearsals.start_feeding(rehearsal=_one(place, number), by=place.by)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The deck is fed, 60 sheets a minute. Watch it in the counting room."))
    return redirect("rehearsal", place.congress.key)


def _deck(one: Rehearsal, language: str) -> bytes:  # noqa: ARG001 -- a ballot has no language
    return printed_deck(*rehearsing.prepared_of(one.form))


def _list(one: Rehearsal, language: str) -> bytes:
    _sheet, deck = rehearsing.prepared_of(one.form)
    return deck_list(deck, making.occasion_of(one.contest, rehearsal=True), language=language)


def _report(one: Rehearsal, language: str) -> bytes:
    report = rehearsing.report_of(one, rehearsing.found(one))
    return rehearsal_report(report, making.occasion_of(one.contest, rehearsal=True), language=language)


FILES: dict[str, tuple[Callable[[Rehearsal, str], bytes], str]] = {
    "deck": (_deck, "bo-phieu-thu"),
    "list": (_list, "ket-qua-cho-doi"),
    "report": (_report, "bao-cao-dien-tap"),
}


@never_cache
@require_http_methods(["GET"])
@gate(Right.COUNT)
def rehearsal_file(request: HttpRequest, congress: str, number: int, file: str) -> HttpResponse:
    """The printed deck, the list of what must come out, or the report."""
    place = place_of(request, congress, Right.COUNT)
    if file not in FILES:
        raise Http404
    one = _one(place, number)
    make, name = FILES[file]
    answer = HttpResponse(make(one, get_language() or "vi"), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}-{one.pk}.pdf"'
    return answer
