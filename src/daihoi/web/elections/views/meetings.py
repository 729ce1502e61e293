"""A body that votes: its day and who signs; of a meeting its members, who is there, and its counting board."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.congresses.choices import BodyPost
from daihoi.web.congresses.place import Place, place_of
from daihoi.web.elections import making, queries
from daihoi.web.elections.choices import Absence, SittingKind
from daihoi.web.elections.forms import AbsenceForm, SittingForm
from daihoi.web.elections.models import Seat, Sitting
from daihoi.web.elections.place import attempt
from daihoi.web.elections.services import sittings
from daihoi.web.elections.views.overview import kind_of
from daihoi.web.lists.fields import refuse


@require_http_methods(["GET", "POST"])
@gate(Right.RUN_ELECTIONS)
def sitting(request: HttpRequest, congress: str, body: str) -> HttpResponse:
    """What papers say of a body; of a meeting its roll."""
    place = place_of(request, congress, Right.RUN_ELECTIONS)
    found = queries.sitting_of(place.congress, kind_of(body))
    act = request.POST.get("act", "")
    if act == "seat":
        return _seat(request, place, found)
    if act == "roll":
        return _note(request, place, found)
    form = SittingForm(request.POST or None, instance=queries.sitting_of(place.congress, found.kind))
    if request.method == "POST" and form.is_valid():
        sittings.change_sitting(sitting=found, by=place.by, fields=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("sitting", place.congress.key, found.kind)
    return render(request, "elections/sitting.html", place.held("elections", **_told(place, found), form=form))


def _told(place: Place, found: Sitting) -> dict[str, object]:
    meeting = found.kind != SittingKind.CONGRESS
    seats = list(queries.seats(found)) if meeting else []
    there = {one.person_id for one in seats}
    future = queries.future_members(place.congress, SittingKind(found.kind)) if meeting else []
    return {
        "sitting": found,
        "sitting_title": making.title_of_sitting(found),
        "meeting": meeting,
        "seats": seats,
        "to_seat": [one for one in future if one.pk not in there],
        "posts": BodyPost.choices,
        "numbers": making.roll_now(found),
        "locked": meeting and found.contests.filter(roll__isnull=False).exists(),
    }


def _seat(request: HttpRequest, place: Place, found: Sitting) -> HttpResponse:
    """Put the elected onto the roll of their meeting."""
    people = list(queries.future_members(place.congress, SittingKind(found.kind)))

    def act() -> None:
        done = sittings.seat_members(sitting=found, people=people, by=place.by)
        messages.success(request, _("%(n)d members were put onto the roll.") % {"n": done})

    attempt(request, act)
    return redirect("sitting", place.congress.key, found.kind)


def _note(request: HttpRequest, place: Place, found: Sitting) -> HttpResponse:
    """Who is there, and who sits on the counting board; only what changed is written."""
    there = set(request.POST.getlist("present"))
    posts = set(BodyPost.values)
    for seat in queries.seats(found):
        key = seat.person.key
        post = request.POST.get(f"post-{key}", "")
        post = post if post in posts else ""
        if (seat.present, seat.board_post) == (key in there, post):
            continue
        attempt(request, lambda seat=seat, key=key, post=post: sittings.note_member(  # type: ignore[misc]
            seat=seat, present=key in there, absence=Absence(seat.absence), reason=seat.reason, post=post, by=place.by
        ))  # fmt: skip
    messages.success(request, _("Saved."))
    return redirect("sitting", place.congress.key, found.kind)


@require_http_methods(["GET", "POST"])
@gate(Right.RUN_ELECTIONS)
def sitting_member(request: HttpRequest, congress: str, body: str, person: str) -> HttpResponse:
    """Whether a member is taken off the base of the meeting, on which document."""
    place = place_of(request, congress, Right.RUN_ELECTIONS)
    which = kind_of(body)
    if which == SittingKind.CONGRESS:
        raise Http404
    seat = queries.seat_of(queries.sitting_of(place.congress, which), person)
    form = AbsenceForm(request.POST or None, initial={"absence": seat.absence, "reason": seat.reason})
    if request.method == "POST" and form.is_valid() and _absent(place, seat, form):
        return redirect("sitting", place.congress.key, which.value)
    heading = _("Base: %(name)s") % {"name": seat.person.full_name}
    return render(request, "congresses/form.html", place.held("elections", form=form, heading=heading))


def _absent(place: Place, seat: Seat, form: Form) -> bool:
    absence = Absence(form.cleaned_data["absence"])
    present = seat.present and absence != Absence.ON_LEAVE
    try:
        sittings.note_member(
            seat=seat, present=present, absence=absence, reason=form.cleaned_data["reason"], post=seat.board_post,
            by=place.by,
        )  # fmt: skip
    except ValidationError as refused:
        refuse(form, refused)
        return False
    return True
