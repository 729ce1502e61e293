"""The list of congresses, one congress with what is missing, and its fields."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate, viewer_of
from daihoi.web.congresses import queries, readiness, services
from daihoi.web.congresses.choices import Form, State
from daihoi.web.congresses.forms.setup import CongressForm, NewCongressForm
from daihoi.web.congresses.models import Congress
from daihoi.web.congresses.place import place_of
from daihoi.web.lists.pages import list_page
from daihoi.web.lists.table import Column, Filter, Table
from daihoi.web.organisations import queries as organisations
from daihoi.web.organisations.models import Term


def page_of(congress: Congress) -> str:
    """The address of a congress."""
    return reverse("congress", args=[congress.key])


def day(value: object) -> str:
    """A day as it is read; empty where it is not known."""
    return date_format(value, "SHORT_DATE_FORMAT") if value else ""  # type: ignore[arg-type]


COLUMNS: tuple[Column[Congress], ...] = (
    Column("organisation", gettext_lazy("Organisation"), lambda row: row.organisation.name, ("organisation__folded",),
           link=page_of),
    Column("term", gettext_lazy("Term"), lambda row: row.term.label, ("term__label",)),
    Column("form", gettext_lazy("Form"), lambda row: row.get_form_display(), ("form",), shown=False),
    Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), ("state",)),
    Column("opens", gettext_lazy("Opens"), lambda row: day(row.opens), ("opens",)),
    Column("venue", gettext_lazy("Venue"), lambda row: row.venue, ("venue",), shown=False),
    Column("pilot", gettext_lazy("Pilot"), lambda row: _("yes") if row.is_pilot else "", ("is_pilot",)),
    Column("allocated", gettext_lazy("Delegates allocated"), lambda row: row.delegates_allocated,
           ("delegates_allocated",), number=True),
)  # fmt: skip


@require_http_methods(["GET"])
@gate(Right.SEE_CONGRESS)
def congresses(request: HttpRequest) -> HttpResponse:
    """The congresses of one's part of the tree, or the one of one's role."""
    asked = {name: request.GET.get(name, "") for name in ("state", "form", "pilot", "term")}
    viewer = viewer_of(request)
    rows = queries.searched(queries.visible(viewer), request.GET.get("q", ""), **asked)
    filters = [
        Filter("state", gettext_lazy("State"), State.choices),
        Filter("form", gettext_lazy("Form"), Form.choices),
        Filter("pilot", gettext_lazy("Pilot"), [("1", gettext_lazy("yes"))]),
        Filter("term", gettext_lazy("Term"), [(term, term) for term in Term.objects.values_list("label", flat=True)]),
    ]
    empty = gettext_lazy(
        "A congress is of one organisation in one term. Enter the first one, or wait until you are given a role in one."
    )
    table = Table(rows, COLUMNS, request.GET, ("-opens", "pk"), filters, empty=empty)
    held = {"may_edit": viewer.may(Right.EDIT_CONGRESS), "may_set": viewer.everywhere(Right.EDIT_CONGRESS)}
    mine = queries.place_of(viewer, Right.SEE_CONGRESS)
    return list_page(
        request, table, "congresses/congresses.html", name="dai-hoi", by=viewer.name, place=mine, held=held
    )


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_CONGRESS)
def congress_new(request: HttpRequest) -> HttpResponse:
    """Enter a congress."""
    viewer = viewer_of(request)
    form = NewCongressForm(
        request.POST or None,
        editable=organisations.visible(viewer, Right.EDIT_CONGRESS),
        initial={"term": organisations.current_term(), "organisation": request.GET.get("organisation", "")},
    )
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            made = services.plan(
                organisation=fields.pop("organisation"), term=fields.pop("term"), by=viewer.name, **fields
            )
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            return redirect(page_of(made))
    return render(request, "congresses/new.html", {"form": form})


@require_http_methods(["GET"])
@gate(Right.SEE_CONGRESS)
def congress(request: HttpRequest, congress: str) -> HttpResponse:
    """One congress: its figures, what is missing and who must act, and its checks."""
    place = place_of(request, congress)
    # One query for all figures; the gaps below read them from it.
    counted = queries.with_numbers(queries.visible(place.viewer)).get(pk=place.congress.pk)
    # By the word that the page shows; bodies come in one order.
    bodies: dict[str, list[object]] = {}
    for member in queries.bodies(place.congress):
        bodies.setdefault(member.get_body_display(), []).append(member)
    held = place.held(
        "congress",
        numbers=counted,
        gaps=list(readiness.gaps(counted)),
        findings=readiness.findings(place.congress, place.rights),
        sessions=place.congress.sessions.all(),
        bodies=bodies if place.may(Right.SEE_PEOPLE) else {},
    )
    return render(request, "congresses/congress.html", held)


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_CONGRESS)
def congress_change(request: HttpRequest, congress: str) -> HttpResponse:
    """Change the fields of a congress."""
    place = place_of(request, congress, Right.EDIT_CONGRESS)
    form = CongressForm(request.POST or None, instance=Congress.objects.get(pk=place.congress.pk))
    if request.method == "POST" and form.is_valid():
        services.change(congress=place.congress, by=place.by, fields=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(page_of(place.congress))
    return render(request, "congresses/form.html", place.held("congress", form=form, heading=_("Change the congress")))
