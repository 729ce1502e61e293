"""The control page of the screens, a screen itself, and the drawing on it."""

from __future__ import annotations

import time
import zlib
from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from daihoi.papers.errors import PapersError
from daihoi.sheet.errors import SheetError
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.audit.models import LedgerHead
from daihoi.web.congresses.place import Place, place_of
from daihoi.web.elections import queries as elections
from daihoi.web.elections.models import Contest
from daihoi.web.hall import queries
from daihoi.web.hall.choices import Language, Order, Shows
from daihoi.web.hall.forms import ScreenForm, ShowForm
from daihoi.web.hall.models import Screen, Showing
from daihoi.web.hall.pictures import drawings, making, results
from daihoi.web.hall.pictures.asked import Asked
from daihoi.web.hall.services import screens as services
from daihoi.web.members import portraits

_made: dict[int, tuple[tuple[int, int], str, str]] = {}
"""What was made last of each screen: revision and entry of the ledger, its text, its tag."""


def _part(screen: Screen) -> tuple[str, str]:
    """The text of a screen and its tag; the same for everybody, made anew only after an act of somebody."""
    head = LedgerHead.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
    stamp = (screen.revision, head)
    made = _made.get(screen.pk)
    if made is None or made[0] != stamp:
        text, _slide = making.rendered(screen.congress, Asked.of(screen.live), screen.language)
        made = _made[screen.pk] = (stamp, text, f'W/"{screen.key}-{zlib.crc32(text.encode()):x}"')
    return made[1], made[2]


@require_http_methods(["GET"])
@gate(Right.SEE_SCREENS)
def hall_screen(request: HttpRequest, congress: str, screen: str) -> HttpResponse:
    """A screen of the hall. What stands on it hangs on the screen alone, never on who opened it."""
    place = place_of(request, congress, Right.SEE_SCREENS)
    found = queries.screen_of(place.congress, screen)
    text, tag = _part(found)
    if not request.GET.get("part"):
        return render(request, "hall/screen.html", place.held("screens", screen=found, part=text))
    same = request.headers.get("If-None-Match") == tag
    answer: HttpResponse = HttpResponseNotModified() if same else HttpResponse(text)
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    # A countdown runs by the clock of the house; that of a projector's laptop may be wrong.
    answer["X-House-Time"] = str(round(time.time() * 1000))
    return answer


@require_http_methods(["GET"])
@gate(Right.SEE_SCREENS)
def hall_photo(request: HttpRequest, congress: str, contest: str, nomination: str, photo: str) -> HttpResponse:
    """The photograph of somebody on the ballot, once the result of the contest is announced; before, 404."""
    place = place_of(request, congress, Right.SEE_SCREENS)
    found = elections.contest_of(place.congress, contest)
    told = results.told(found, Order.BALLOT)
    shown = [one for one in told.lines if one.nomination.key == nomination] if told else []
    portrait = told.photos.get(shown[0].nomination.person_id) if told and shown else None
    jpeg = portraits.jpeg_of(portrait) if portrait and portrait.name == photo else None
    if jpeg is None:
        raise Http404
    return HttpResponse(jpeg, content_type="image/jpeg", headers={"Cache-Control": "private, max-age=86400, immutable"})


@require_http_methods(["GET"])
@gate(Right.SEE_SCREENS)
def hall_drawing(
    request: HttpRequest, congress: str, contest: str, language: str, page: int, drawing: str
) -> HttpResponse:
    """How to mark the ballot of a contest, as a picture; `drawing` is another where the picture would be."""
    place = place_of(request, congress, Right.SEE_SCREENS)
    found = elections.contest_of(place.congress, contest)
    if language not in Language.values or drawing != drawings.name_of(found, language):
        raise Http404
    try:
        data = drawings.drawing(found, language, page)
    except (IndexError, SheetError, PapersError):
        raise Http404 from None
    answer = HttpResponse(data, content_type="image/png")
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    return answer


@require_http_methods(["GET", "POST"])
@gate(Right.RUN_SCREENS)
def hall_screens(request: HttpRequest, congress: str) -> HttpResponse:
    """The control page: what each screen shows, a preview of what comes next, screens put up and taken away."""
    place = place_of(request, congress, Right.RUN_SCREENS)
    form = ScreenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.add_screen(congress=place.congress, name=given["name"], language=given["language"], by=place.by)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            return redirect("hall_screens", place.congress.key)
    return render(request, "hall/screens.html", place.held("screens", form=form, **_control(request, place)))


def _control(request: HttpRequest, place: Place) -> dict[str, object]:
    contests = list(elections.contests(place.congress))
    chosen = request.GET.get("screen", "")
    rows = [_row(request, place, one, contests, chosen=one.key == chosen) for one in queries.screens(place.congress)]
    titles = {one.key: one.title for one in contests}
    showings = [(one, Shows(one.what["shows"]), titles.get(one.what["contest"], one.what["words"]))
                for one in queries.history(place.congress)]  # fmt: skip
    return {"rows": rows, "showings": showings}


def _row(
    request: HttpRequest, place: Place, screen: Screen, contests: Sequence[Contest], *, chosen: bool
) -> dict[str, object]:
    live = Asked.of(screen.live)
    text, slide = making.rendered(place.congress, live, screen.language)
    form = ShowForm(request.GET if chosen else None, contests=contests, initial=live.kept(), prefix=screen.key)
    held: dict[str, object] = {"screen": screen, "live": text, "slide": slide, "shows": live.shows, "form": form}
    if chosen and form.is_valid():
        asked = form.asked()
        why = making.refusal(place.congress, asked)
        shown, next_slide = making.rendered(place.congress, asked, screen.language)
        held |= {"why": why} if why else {"next": shown, "next_slide": next_slide, "asked": asked}
    return held


@require_http_methods(["POST"])
@gate(Right.RUN_SCREENS)
def hall_screen_act(request: HttpRequest, congress: str, screen: str) -> HttpResponse:
    """Show what was chosen, turn a page, show again what was shown before, or take the screen away."""
    place = place_of(request, congress, Right.RUN_SCREENS)
    found = queries.screen_of(place.congress, screen)
    if "preview" in request.POST:
        return redirect(f"{reverse('hall_screens', args=[place.congress.key])}?{_asked_for(request, found)}")
    try:
        _act(request, place, found)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    return redirect("hall_screens", place.congress.key)


def _asked_for(request: HttpRequest, screen: Screen) -> str:
    """What was chosen, for the address of the preview; without the token of the form."""
    chosen = {name: str(value) for name, value in request.POST.items() if name.startswith(f"{screen.key}-") and value}
    return urlencode({"screen": screen.key, **chosen})


def _act(request: HttpRequest, place: Place, screen: Screen) -> None:
    given = request.POST
    if given.get("turn") in {"1", "-1"}:
        services.turn(screen=screen, pages=int(given["turn"]), by=place.by)
    elif "remove" in given:
        services.remove_screen(screen=screen, by=place.by)
    elif given.get("again", "").isdecimal():
        before = get_object_or_404(Showing, pk=int(given["again"]), screen=screen)
        services.show(screen=screen, asked=Asked.of(before.what), by=place.by)
    else:
        form = ShowForm(given, contests=elections.contests(place.congress), prefix=screen.key)
        if not form.is_valid():
            raise ValidationError([said for held in form.errors.values() for said in held])
        services.show(screen=screen, asked=form.asked(), by=place.by)
