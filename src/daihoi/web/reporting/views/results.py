"""Results that were taken in: how far the tree is, one organisation, one result, and its package."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate, viewer_of
from daihoi.web.lists.pages import list_page
from daihoi.web.lists.table import Column, Filter, Table
from daihoi.web.organisations import queries as organisations
from daihoi.web.organisations.choices import Tier
from daihoi.web.organisations.models import Organisation
from daihoi.web.reporting import folders, queries, waiting
from daihoi.web.reporting.choices import Standing
from daihoi.web.reporting.forms import WithdrawForm
from daihoi.web.reporting.judging import checks_of
from daihoi.web.reporting.models import Received
from daihoi.web.reporting.services import taking
from daihoi.web.reporting.telling import Told
from daihoi.words.figures import percent_words

FILES = ("package", "scans")


def page_of(organisation: Organisation) -> str:
    """The address of the results of an organisation."""
    return reverse("results_of", args=[organisation.key])


def _moment(value: object) -> str:
    return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT") if value else ""  # type: ignore[arg-type]


def _day(value: object) -> str:
    return date_format(value, "SHORT_DATE_FORMAT") if value else ""  # type: ignore[arg-type]


def _open_seats(row: Organisation) -> int | None:
    """Nothing where no result is here."""
    seats: int | None = row.n_open
    return None if seats is None else max(0, seats)


def _columns(labels: dict[str, str]) -> tuple[Column[Organisation], ...]:
    return (
        Column("code", gettext_lazy("Code"), lambda row: row.code, ("code",), shown=False),
        Column("name", gettext_lazy("Organisation"), lambda row: row.name, ("folded",), link=page_of),
        Column("tier", gettext_lazy("Tier"), lambda row: labels[row.tier], ("tier",)),
        Column("opens", gettext_lazy("Congress opens"), lambda row: _day(row.opens), ("opens",)),
        Column("results", gettext_lazy("Results"), lambda row: row.n_results, ("n_results",), number=True),
        Column("open", gettext_lazy("Seats left open"), _open_seats, ("n_open",), number=True),
        Column("taken", gettext_lazy("Last taken in"), lambda row: _moment(row.last_taken), ("last_taken",)),
        Column("next", gettext_lazy("Who must act"), waiting.words_of),
    )


@require_http_methods(["GET"])
@gate(Right.SEE_ELECTIONS)
def results_received(request: HttpRequest) -> HttpResponse:
    """Every organisation of one's part of the tree, with what came of its congress, and what is missing."""
    viewer = viewer_of(request)
    term = organisations.current_term()
    labels = organisations.tier_labels(term)
    asked = request.GET
    rows = organisations.searched(queries.in_tree(viewer, term), asked.get("q", ""), asked.get("tier", ""))
    rows = queries.standing(rows, asked.get("state", ""), term)
    filters = [
        Filter("state", gettext_lazy("Results"), Standing.choices),
        Filter("tier", gettext_lazy("Tier"), [(tier.value, labels[tier.value]) for tier in Tier]),
    ]
    empty = gettext_lazy("No organisation of yours is here.")
    table = Table(rows, _columns(labels), asked, ("path",), filters, empty=empty)
    told = [(one, labels[one.tier], percent_words(one.percent)) for one in queries.progress(viewer, term)]
    held = {
        "progress": told,
        "now": timezone.localtime(),
        "term": term,
        "may_take": viewer.may(Right.RECEIVE_RESULTS),
        "waits": queries.waiting(viewer).count() if viewer.may(Right.RECEIVE_RESULTS) else 0,
    }
    mine = organisations.place_of(viewer, Right.SEE_ELECTIONS)
    return list_page(
        request, table, "reporting/results.html", name="ket-qua-dai-hoi", by=viewer.name, place=mine, held=held
    )


@require_http_methods(["GET"])
@gate(Right.SEE_ELECTIONS)
def results_of(request: HttpRequest, key: str) -> HttpResponse:
    """All results of one organisation, also those that stand no longer."""
    viewer = viewer_of(request)
    found = organisations.organisation_of(viewer, key, Right.SEE_ELECTIONS)
    rows = [(one, Told(one.says)) for one in queries.results_of(found)]
    may_take = organisations.reaches(viewer, Right.RECEIVE_RESULTS, found)
    row = queries.in_tree(viewer, organisations.current_term()).filter(pk=found.pk).first()
    held = {
        "organisation": found,
        "standing": [(one, told) for one, told in rows if one.stands],
        "ended": [(one, told) for one, told in rows if not one.stands],
        "next": waiting.words_of(row) if row is not None else "",
        "may_take": may_take,
    }
    return render(request, "reporting/organisation.html", held)


@require_http_methods(["GET"])
@gate(Right.SEE_ELECTIONS)
def result_received(request: HttpRequest, result: str) -> HttpResponse:
    """One result: who was elected with which votes, what was checked, who took it in, what it replaced."""
    found = queries.received_of(viewer_of(request), result)
    return _page(request, found, WithdrawForm())


def _page(request: HttpRequest, found: Received, form: WithdrawForm) -> HttpResponse:
    parcel = found.parcel
    held = {
        "result": found,
        "told": Told(found.says, found.digest),
        "parcel": parcel,
        "checks": checks_of(parcel, compared=True),
        "history": queries.history(found),
        "may_take": organisations.reaches(viewer_of(request), Right.RECEIVE_RESULTS, found.organisation),
        "files": [name for name in FILES if _is_there(found, name)],
        "form": form,
    }
    return render(request, "reporting/result.html", held, status=422 if form.errors else 200)


def _is_there(found: Received, name: str) -> bool:
    key = found.parcel.key
    place = folders.package_of(key) if name == "package" else folders.scans_of(key, found.parcel.scans_name)
    return place is not None and place.is_file()


@never_cache
@require_http_methods(["GET"])
@gate(Right.RECEIVE_RESULTS)
def result_package(request: HttpRequest, result: str, file: str) -> HttpResponseBase:
    """The package as it came in, or its half of scans, byte for byte."""
    viewer = viewer_of(request)
    found = queries.received_of(viewer, result, Right.RECEIVE_RESULTS)
    if file not in FILES or not _is_there(found, file):
        raise Http404
    parcel = found.parcel
    place = folders.package_of(parcel.key) if file == "package" else folders.scans_of(parcel.key, parcel.scans_name)
    # Noted before the first byte leaves: a package holds the pictures of secret ballots.
    taking.note_fetched(result=found, file=file, by=viewer.name)
    # The half of scans keeps the name that the manifest gives: beside the package the verifier finds it again.
    name = f"{found.key}.zip" if file == "package" else parcel.scans_name
    assert place is not None  # noqa: S101 -- it is there
    return FileResponse(place.open("rb"), as_attachment=True, filename=name, content_type="application/zip")


@require_http_methods(["POST"])
@gate(Right.RECEIVE_RESULTS)
def result_withdraw(request: HttpRequest, result: str) -> HttpResponse:
    """A result stands no longer; it stays in the history."""
    viewer = viewer_of(request)
    found = queries.received_of(viewer, result, Right.RECEIVE_RESULTS)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        taking.withdraw(result=found, reason=form.cleaned_data["reason"], by=viewer.name)
        messages.success(request, _("Withdrawn. It stays in the history."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("result_received", found.key)
