"""Attendance while it grows: the page of the credentials board and the screen of the hall, asked again every 5 s."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.congresses import attendance as figures
from daihoi.web.congresses import queries
from daihoi.web.congresses.models import Session
from daihoi.web.congresses.place import Place, place_of

_made: dict[tuple[str, int, str, bool], tuple[str, str]] = {}
"""What was made last of each part: its stamp and its text. One entry for a kind, session, language and right."""


def _part(request: HttpRequest, place: Place, session: Session, kind: str) -> HttpResponse:
    """The part of a page that asks for itself; made anew only when something changed, and 304 while nothing did."""
    names = place.may(Right.SEE_PEOPLE)
    known = (kind, session.pk, get_language() or "vi", names)
    # One row tells that nothing changed: 300 pages ask every five seconds.
    stamp = figures.stamp(place.congress)
    tag = f'W/"{kind}-{session.pk}-{known[2]}-{int(names)}-{stamp}"'
    if request.headers.get("If-None-Match") == tag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        made = _made.get(known)
        # Made once for all who look, not for each: names only where the right to them is the same.
        if made is None or made[0] != stamp:
            made = stamp, _text(place, session, kind, names=names)
            _made[known] = made
        answer = HttpResponse(made[1])
    answer["ETag"] = tag
    # It may be kept by this browser alone, and is asked for again each time.
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _text(place: Place, session: Session, kind: str, *, names: bool) -> str:
    told = figures.attendance(place.congress, session)
    held = {"told": told, "session": session, "names": names, "stations": queries.stations(session)}
    return render_to_string(f"congresses/{kind}_part.html", held)


@require_http_methods(["GET"])
@gate(Right.SEE_ATTENDANCE)
def attendance(request: HttpRequest, congress: str) -> HttpResponse:
    """The session that is on, or a word that there is none."""
    place = place_of(request, congress, Right.SEE_ATTENDANCE)
    session = queries.current_session(place.congress)
    if session is None:
        return render(request, "congresses/no_session.html", place.held("attendance"))
    return redirect("attendance_session", place.congress.key, session.pk)


def _live(request: HttpRequest, congress: str, session: int, kind: str, right: Right) -> HttpResponse:
    place = place_of(request, congress, right)
    found = queries.session_of(place.congress, session)
    if request.GET.get("part"):
        return _part(request, place, found, kind)
    told = figures.attendance(place.congress, found)
    held = place.held(
        "attendance",
        session=found,
        sessions=place.congress.sessions.all(),
        told=told,
        names=place.may(Right.SEE_PEOPLE),
        stations=queries.stations(found),
    )
    return render(request, f"congresses/{kind}.html", held)


@require_http_methods(["GET"])
@gate(Right.SEE_ATTENDANCE)
def attendance_session(request: HttpRequest, congress: str, session: int) -> HttpResponse:
    """Whole, by unit and by group, who is missing, and the quorum."""
    return _live(request, congress, session, "attendance", Right.SEE_ATTENDANCE)


@require_http_methods(["GET"])
@gate(Right.SEE_SCREENS)
def screen(request: HttpRequest, congress: str, session: int) -> HttpResponse:
    """The big screen of the hall: figures alone, no names."""
    return _live(request, congress, session, "screen", Right.SEE_SCREENS)
