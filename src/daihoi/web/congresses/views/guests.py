"""Guests of a congress, by precedence."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.congresses import printed, queries, services
from daihoi.web.congresses.forms.people import GuestForm
from daihoi.web.congresses.imports.guests import GuestImport
from daihoi.web.congresses.models import Guest
from daihoi.web.congresses.place import place_of
from daihoi.web.lists.imports.pages import import_page
from daihoi.web.lists.pages import list_page
from daihoi.web.lists.table import Column, Table


def page_of(guest: Guest) -> str:
    """The address of a guest."""
    return reverse("guest_change", args=[guest.congress.key, guest.key])


COLUMNS: tuple[Column[Guest], ...] = (
    Column("name", gettext_lazy("Full name"), lambda row: row.full_name, ("full_name",)),
    Column("title", gettext_lazy("Post"), lambda row: row.title, ("title",)),
    Column("organisation", gettext_lazy("Organisation"), lambda row: row.organisation_name, ("organisation_name",)),
    Column("precedence", gettext_lazy("Order of precedence"), lambda row: row.precedence, ("precedence",), number=True),
    Column("seat", gettext_lazy("Seat"), lambda row: row.seat, ("seat",)),
    Column("code", gettext_lazy("Code of the badge"), lambda row: row.code, ("code",), shown=False),
)
EDITED: Column[Guest] = Column("change", gettext_lazy("Change"), lambda _row: _("Change"), link=page_of)


@require_http_methods(["GET"])
@gate(Right.SEE_PEOPLE)
def guests(request: HttpRequest, congress: str) -> HttpResponse:
    """Who is invited."""
    place = place_of(request, congress, Right.SEE_PEOPLE)
    rows = queries.guests(place.congress, request.GET.get("q", "")).select_related("congress")
    columns = (*COLUMNS, EDITED) if place.may(Right.EDIT_DELEGATES) else COLUMNS
    empty = gettext_lazy("Guests get an invitation and a badge of their own, and are counted apart from the delegates.")
    table = Table(rows, columns, request.GET, ("precedence", "pk"), empty=empty)
    held = place.held("guests")
    of = place.congress.key
    return list_page(request, table, "congresses/guests.html", name="khach-moi", by=place.by, place=of, held=held)


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_DELEGATES)
def guest_add(request: HttpRequest, congress: str) -> HttpResponse:
    """Enter a guest."""
    place = place_of(request, congress, Right.EDIT_DELEGATES)
    form = GuestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.add_guest(congress=place.congress, by=place.by, **form.cleaned_data)
        messages.success(request, _("Entered."))
        return redirect("guests", place.congress.key)
    return render(request, "congresses/form.html", place.held("guests", form=form, heading=_("Add a guest")))


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_DELEGATES)
def guest_change(request: HttpRequest, congress: str, guest: str) -> HttpResponse:
    """Change what is known of a guest."""
    place = place_of(request, congress, Right.EDIT_DELEGATES)
    found = get_object_or_404(queries.guests(place.congress), key=guest)
    form = GuestForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        services.change_guest(guest=found, by=place.by, fields=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("guests", place.congress.key)
    held = place.held("guests", form=form, guest=found, prints=printed.of_person(place.congress, found.key))
    return render(request, "congresses/guest.html", held)


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_DELEGATES)
def import_guests(request: HttpRequest, congress: str, upload: str = "") -> HttpResponse:
    """The list of guests from a spreadsheet."""
    place = place_of(request, congress, Right.EDIT_DELEGATES)
    return import_page(request, GuestImport(place), upload)
