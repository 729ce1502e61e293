"""The room itself: the contests and their counts, one count while it grows, beginning and setting aside."""

from __future__ import annotations

import os

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.congresses.place import place_of
from daihoi.web.counting import folders, live, queries
from daihoi.web.counting.choices import Way
from daihoi.web.counting.forms import BatchForm, BeginForm, WhyForm
from daihoi.web.counting.models import Count
from daihoi.web.counting.place import Room, room_of
from daihoi.web.counting.services import opening
from daihoi.web.elections import queries as elections
from daihoi.web.lists.fields import refuse


@require_http_methods(["GET"])
@gate(Right.COUNT)
def counting_room(request: HttpRequest, congress: str) -> HttpResponse:
    """The contests of a congress, and how far each is counted."""
    place = place_of(request, congress, Right.COUNT)
    contests = list(elections.contests(place.congress).prefetch_related("counts"))
    held = place.held("counting_room", contests=contests, reader=queries.reader_now())
    return render(request, "counting/contests.html", held)


@require_http_methods(["GET"])
@gate(Right.COUNT)
def counting(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """One contest: its counts, what comes next, beginning another count."""
    room = room_of(request, congress, contest)
    return _counting(request, room, BeginForm())


def _counting(request: HttpRequest, room: Room, form: BeginForm) -> HttpResponse:
    counts = list(queries.counts(room.contest))
    held = room.held(counts=counts, form=form, can_begin=room.contest.state in opening.COUNTABLE)
    return render(request, "counting/contest.html", held)


@require_http_methods(["POST"])
@gate(Right.COUNT)
def count_begin(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """Begin the next count."""
    room = room_of(request, congress, contest)
    form = BeginForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            count = opening.begin(
                contest=room.contest, way=Way(given["way"]), by=room.by, rehearsal=given["rehearsal"],
                papers=given["papers"], every=given["every"],
            )  # fmt: skip
        except ValidationError as refused:
            refuse(form, refused)
        else:
            return redirect("count", *room.keys, count.key)
    return _counting(request, room, form)


@require_http_methods(["GET"])
@gate(Right.COUNT)
def count(request: HttpRequest, congress: str, contest: str, count: str) -> HttpResponse:
    """One count while it grows; `?part=1` is the part that asks for itself."""
    room = room_of(request, congress, contest)
    found = room.count(count)
    if request.GET.get("part"):
        return _part(request, room, found)
    held = room.held(
        count=found, told=live.told(found), scans=folders.scans_of(found), batch_form=BatchForm(), why_form=WhyForm(),
        batches=live.batches(found), separator=os.sep, folder=_folder(request, found),
    )  # fmt: skip
    return render(request, "counting/count.html", held)


def _folder(request: HttpRequest, found: Count) -> str:
    """The folder of the pile that was just added."""
    given = request.GET.get("batch", "")
    batch = found.batches.filter(number=int(given) if given.isdecimal() else 0).first()
    return batch.folder if batch else ""


def _part(request: HttpRequest, room: Room, found: Count) -> HttpResponse:
    """304 while nothing changed: ten pages that look on cost the reader next to nothing."""
    tag = f'W/"{found.key}-{get_language()}-{live.stamp(found)}"'
    if request.headers.get("If-None-Match") == tag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        held = {"congress": room.place.congress, "contest": room.contest, "count": found, "told": live.told(found)}
        answer = HttpResponse(render_to_string("counting/count_part.html", held, request=request))
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer


@require_http_methods(["POST"])
@gate(Right.CONFIRM_RESULT)
def count_aside(request: HttpRequest, congress: str, contest: str, count: str) -> HttpResponse:
    """The head of the board sets a count aside."""
    room = room_of(request, congress, contest, Right.CONFIRM_RESULT)
    found = room.count(count)
    form = WhyForm(request.POST)
    try:
        opening.set_aside(count=found, reason=form.cleaned_data["why"] if form.is_valid() else "", by=room.by)
        messages.success(request, _("Count %(label)s was set aside.") % {"label": found.label})
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("counting", *room.keys)


@require_http_methods(["POST"])
@gate(Right.CONFIRM_RESULT)
def count_every(request: HttpRequest, congress: str, contest: str, count: str) -> HttpResponse:
    """Whether a person confirms every ballot."""
    room = room_of(request, congress, contest, Right.CONFIRM_RESULT)
    found = room.count(count)
    try:
        opening.confirm_every_ballot(count=found, on=request.POST.get("on") == "1", by=room.by)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("count", *room.keys, found.key)
