"""Attendance while it grows: the page of the credentials board and the screen of the hall, asked again every 5 s."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.again import answered_again
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.congresses import attendance as figures
from daihoi.web.congresses import queries
from daihoi.web.congresses.models import Session
from daihoi.web.congresses.place import Place, place_of

REST = 4.0
"""How much longer than its making the text of a live page is shown at least: no more than a fifth of the time of a
process is spent on making it, however many stations scan and pages ask. Of a thousand delegates that is a second."""
Known = tuple[str, int, str, bool]


@dataclass(frozen=True)
class _Made:
    """What was made last of a part: its stamp, its text, and until which moment of this process it is not looked at."""

    stamp: str
    text: str
    until: float


_made: dict[Known, _Made] = {}
"""One entry for a kind, session, language and right to names: made once for all who look, not for each."""
_making = Lock()


def _current(place: Place, session: Session, known: Known) -> _Made:
    """The part as it is shown now; while one thread makes it anew, the others show what there is."""
    made = _made.get(known)
    if made is not None and monotonic() < made.until:
        return made
    stamp = figures.stamp(place.congress)
    if made is not None and made.stamp == stamp:
        return made
    if not _making.acquire(blocking=made is None):
        assert made is not None  # noqa: S101 -- who has nothing to show waited
        return made
    try:
        there = _made.get(known)
        if there is not None and there.stamp == stamp:
            return there
        began = monotonic()
        text = _text(place, session, known[0], names=known[3])
        ended = monotonic()
        _made[known] = made = _Made(stamp, text, ended + REST * (ended - began))
    finally:
        _making.release()
    return made


def _part(request: HttpRequest, place: Place, session: Session, kind: str) -> HttpResponse:
    """The part of a page that asks for itself."""
    known = (kind, session.pk, get_language() or "vi", place.may(Right.SEE_PEOPLE))

    def again(request: HttpRequest) -> HttpResponse:
        # Congress and session as they were read: nobody changes them without an act.
        return _shown(request, place, session, known)

    return answered_again(again(request), again)


def _shown(request: HttpRequest, place: Place, session: Session, known: Known) -> HttpResponse:
    """Made anew only when something changed, and 304 while nothing did."""
    kind, _session, language, names = known
    made = _current(place, session, known)
    tag = f'W/"{kind}-{session.pk}-{language}-{int(names)}-{made.stamp}"'
    if request.headers.get("If-None-Match") == tag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(made.text)
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
