"""What the texts leave open: for one congress, and for the whole house."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate, viewer_of
from daihoi.web.congresses import measures
from daihoi.web.congresses.forms.measures import MeasuresForm
from daihoi.web.congresses.models import Congress
from daihoi.web.congresses.place import place_of


def _answered(request: HttpRequest, congress: Congress | None) -> tuple[MeasuresForm, bool]:
    """The form, and whether what was typed into it is kept now."""
    held = measures.held_by(congress.key if congress else measures.HOUSE)
    initial = {**held.values, "source": held.source} if held else {}
    # What holds while a field is empty: of a congress what the house says, of the house the default.
    form = MeasuresForm(request.POST or None, initial=initial, above=measures.above(congress))
    if request.method != "POST" or not form.is_valid():
        return form, False
    try:
        measures.set_measures(
            congress=congress,
            values=form.values,
            source=form.cleaned_data["source"],
            by=viewer_of(request).name,
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return form, False
    messages.success(request, _("Saved."))
    return form, True


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_CONGRESS)
def congress_measures(request: HttpRequest, congress: str) -> HttpResponse:
    """Quorum and bands of ages of one congress."""
    place = place_of(request, congress, Right.EDIT_CONGRESS)
    form, done = _answered(request, place.congress)
    if done:
        return redirect("congress", place.congress.key)
    told = measures.in_force(place.congress).told.values()
    return render(request, "congresses/measures.html", place.held("congress", form=form, told=told))


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_CONGRESS)
def house_measures(request: HttpRequest) -> HttpResponse:
    """Quorum and bands of ages of every congress that sets none itself; for who changes all of them."""
    if not viewer_of(request).everywhere(Right.EDIT_CONGRESS):
        raise PermissionDenied
    form, done = _answered(request, None)
    if done:
        return redirect(reverse("congresses"))
    told = measures.in_force(None).told.values()
    return render(request, "congresses/house_measures.html", {"form": form, "told": told})
