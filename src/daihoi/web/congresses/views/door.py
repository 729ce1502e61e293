"""The check-in: the page of a station, the answer to its scans, and names for codes that cannot be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.congresses import queries
from daihoi.web.congresses.choices import Answer, Way
from daihoi.web.congresses.door import Passed, Scan, normal_code, pass_door
from daihoi.web.congresses.models import NONCE_LENGTH
from daihoi.web.congresses.place import place_of

AT_ONCE = 50
"""Scans of one answer at most: a station that was out of reach sends the rest in the next."""
WORKER = "site/station_worker.js"
GOOD, ODD = {Answer.WELCOME, Answer.GOODBYE}, {Answer.AGAIN, Answer.NOT_IN}


@require_http_methods(["GET"])
@gate(Right.CHECK_IN)
def check_in(request: HttpRequest, congress: str) -> HttpResponse:
    """Choose the session at whose door this station stands; with one session there is nothing to choose."""
    place = place_of(request, congress, Right.CHECK_IN)
    sessions = list(place.congress.sessions.all())
    # A station has one button to press less in the morning.
    if len(sessions) == 1:
        return redirect("check_in_station", place.congress.key, sessions[0].pk)
    return render(request, "congresses/check_in.html", place.held("check_in", sessions=sessions))


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET"])
@gate(Right.CHECK_IN)
def check_in_station(request: HttpRequest, congress: str, session: int) -> HttpResponse:
    """The page of one station."""
    place = place_of(request, congress, Right.CHECK_IN)
    found = queries.session_of(place.congress, session)
    held = place.held("check_in", session=found, base="congresses/place.html")
    return render(request, "congresses/station.html", held)


@never_cache
@require_http_methods(["GET"])
@gate(Right.CHECK_IN)
def check_in_shell(request: HttpRequest, congress: str, session: int) -> HttpResponse:
    """The station as the browser keeps it for when the house cannot be reached: no name, no token, nobody's data."""
    place = place_of(request, congress, Right.CHECK_IN)
    found = queries.session_of(place.congress, session)
    held = place.held("check_in", session=found, base="congresses/station_alone.html")
    return render(request, "congresses/station.html", held)


@never_cache
@require_http_methods(["GET"])
@gate(Right.CHECK_IN)
def check_in_worker(request: HttpRequest, congress: str) -> HttpResponse:
    """The service worker of the stations: it may act for addresses below its own alone, hence not a static file."""
    place_of(request, congress, Right.CHECK_IN)
    return HttpResponse(Path(str(finders.find(WORKER))).read_bytes(), content_type="text/javascript; charset=utf-8")


@never_cache
@require_http_methods(["GET", "POST"])
@gate(Right.CHECK_IN)
def check_in_pass(request: HttpRequest, congress: str, session: int) -> HttpResponse:
    """Answer scans in the order in which they come; GET gives a token to a page that stood open over a sign-in."""
    place = place_of(request, congress, Right.CHECK_IN)
    found = queries.session_of(place.congress, session)
    if request.method == "GET":
        return JsonResponse({"token": get_token(request)})
    scans = _scans(request.body)
    if scans is None:
        return JsonResponse({"said": _("This is no list of scans.")}, status=400)
    answers: list[dict[str, object]] = []
    for scan in scans:
        try:
            passed = pass_door(session=found, scan=scan, by=place.by)
        except DatabaseError:
            # What was answered so far is kept; the station sends the rest again. [full disk, database gone]
            return JsonResponse(
                {"answers": answers, "said": _("The house cannot write now; scans wait here.")}, status=503
            )
        answers.append({"nonce": scan.nonce, **_told(passed, scan)})
    return JsonResponse({"answers": answers})


def _scans(body: bytes) -> list[Scan] | None:
    """What a station sent; None where it is nothing that a station sends."""
    try:
        sent = json.loads(body)
        return [_scan(one) for one in sent["scans"][:AT_ONCE]]
    except (ValueError, KeyError, TypeError):
        return None


def _scan(one: Mapping[str, Any]) -> Scan:
    nonce = str(one["nonce"])
    # Shorter ones are not random enough to be of one scan alone.
    if not 8 <= len(nonce) <= NONCE_LENGTH:
        raise ValueError(nonce)
    age = timedelta(seconds=min(max(float(one.get("age", 0)), 0.0), 10.0**6))
    return Scan(
        normal_code(str(one["code"]))[:64],
        Way(one["way"]),
        nonce,
        age,
        " ".join(str(one.get("station", "")).split())[:60],
    )


def _told(passed: Passed, scan: Scan) -> dict[str, object]:
    """The answer as the station shows it: a level for the colour, words, who, and of what was before when and where."""
    level = "good" if passed.answer in GOOD else "odd" if passed.answer in ODD else "bad"
    told: dict[str, object] = {"answer": passed.answer.value, "level": level, "words": str(passed.answer.label)}
    if passed.delegate is not None:
        one = passed.delegate
        told["name"] = one.person.full_name
        told["about"] = ", ".join(
            filter(None, (one.unit.called, str(one.group or ""), one.seat and _("seat %(seat)s") % {"seat": one.seat}))
        )
    elif passed.guest is not None:
        told["name"] = passed.guest.full_name
        told["about"] = ", ".join(filter(None, (_("Guest"), passed.guest.title, passed.guest.organisation_name)))
    else:
        told["name"], told["about"] = scan.code, ""
    if passed.answer is Answer.AGAIN and passed.since is not None:
        moment = date_format(timezone.localtime(passed.since), "H:i:s")
        told["detail"] = _("at %(time)s, %(station)s") % {"time": moment, "station": passed.station or "–"}
    return told


@never_cache
@require_http_methods(["GET"])
@gate(Right.CHECK_IN)
def check_in_find(request: HttpRequest, congress: str) -> HttpResponse:
    """Codes of people by name: for a badge that was forgotten or cannot be read."""
    place = place_of(request, congress, Right.CHECK_IN)
    found = queries.at_the_door(place.congress, request.GET.get("q", ""))
    return JsonResponse({"found": [{"code": code, "name": name, "about": about} for code, name, about in found]})
