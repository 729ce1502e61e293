"""Packages that come in: sent, checked, compared with the paper, previewed, taken in or put away."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import Viewer, gate, viewer_of
from daihoi.web.organisations.models import Organisation
from daihoi.web.reporting import queries
from daihoi.web.reporting.forms import ParcelForm
from daihoi.web.reporting.judging import Judged, judge, seen_of
from daihoi.web.reporting.models import Parcel
from daihoi.web.reporting.services import arriving, taking
from daihoi.web.reporting.telling import Told

CHUNK = 1 << 20


@require_http_methods(["GET", "POST"])
@gate(Right.RECEIVE_RESULTS)
def results_packages(request: HttpRequest) -> HttpResponse:
    """The packages that wait: what each holds, whether it fits the paper, and what taking it in would do."""
    viewer = viewer_of(request)
    if request.method == "POST":
        return _acted(request, viewer)
    judged = judge(queries.waiting(viewer), queries.within(viewer))
    cards = [{"one": one, "form": _form(request, one), "told": _told(one)} for one in judged]
    held = {
        "cards": cards,
        "seen": seen_of(judged),
        "ready": sum(one.ready for one in judged),
        "most": arriving.LARGEST // 1024**2,
    }
    return render(request, "reporting/packages.html", held)


def _told(one: Judged) -> Told | None:
    """What it says; nothing of what elects nobody."""
    return Told(one.parcel.says) if one.parcel.says else None


def _form(request: HttpRequest, one: Judged) -> ParcelForm:
    parcel = one.parcel
    typed = {"typed": parcel.typed, "reason": parcel.reason}
    return ParcelForm(request.POST or None, prefix=parcel.key, candidates=one.candidates, initial=typed)


def _acted(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What was typed is kept whichever button was pressed."""
    here = redirect("results_packages")
    if "away" in request.POST:
        arriving.put_away(parcel=get_object_or_404(queries.waiting(viewer), key=request.POST["away"]))
        messages.info(request, _("The package was put away; nothing was written."))
        return here
    for one in judge(queries.waiting(viewer), queries.within(viewer)):
        _settle(request, viewer, one)
    if "take" not in request.POST:
        return here
    try:
        return _taken(request, viewer)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    except OSError as failed:
        messages.error(request, _unreadable(failed))
    return here


def _taken(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    within = queries.within(viewer)
    # As it stands now, with what was just typed; `seen` says whether that is what was shown.
    ready = [one.parcel for one in judge(queries.waiting(viewer), within) if one.ready]
    made = taking.take(parcels=ready, within=within, seen=request.POST.get("seen", ""), by=viewer.name)
    words = ngettext("%(n)d result was taken in.", "%(n)d results were taken in.", len(made))
    messages.success(request, words % {"n": len(made)})
    return redirect("result_received", made[0].key) if len(made) == 1 else redirect("results_received")


def _settle(request: HttpRequest, viewer: Viewer, one: Judged) -> None:
    """Keep what was typed of one package; check it where its check was cut off."""
    if not one.parcel.is_checked:
        _check(request, one.parcel, viewer)
        return
    form = _form(request, one)
    # Another person's package that came in since the page was made has no fields in it.
    if not one.asks or form.add_prefix("typed") not in request.POST or not form.is_valid():
        return
    told = form.cleaned_data
    organisation = _organisation(request, viewer, told["code"], told.get("organisation", ""))
    arriving.settle(parcel=one.parcel, typed=told["typed"], reason=told["reason"], organisation=organisation)


def _organisation(request: HttpRequest, viewer: Viewer, code: str, key: str) -> Organisation | None:
    if not code and not key:
        return None
    found = queries.within(viewer).filter(code=code).first() if code else None
    found = found or (queries.within(viewer).filter(key=key).first() if key else None)
    if found is None:
        messages.error(request, _("No organisation of yours has the code %(code)s.") % {"code": code})
    return found


def _check(request: HttpRequest, parcel: Parcel, viewer: Viewer) -> None:
    try:
        arriving.check(parcel=parcel, within=queries.within(viewer))
    except FileNotFoundError:
        # Cut off between the file and the row of its half; there is nothing left to look at.
        arriving.put_away(parcel=parcel)
    except OSError as failed:
        messages.error(request, _unreadable(failed))


def _unreadable(failed: OSError) -> str:
    return _("The package cannot be read from the disk (%(why)s).") % {"why": failed.strerror or str(failed)}


@require_http_methods(["POST"])
@gate(Right.RECEIVE_RESULTS)
def results_send(request: HttpRequest) -> HttpResponse:
    """Keep packages: one file as the body of a request (drag & drop, any size), or files of a form."""
    if "X-File-Name" in request.headers:
        name = unquote(request.headers["X-File-Name"])
        refused = _kept(request, name, _chunks(request), _announced(request))
        return JsonResponse({"refused": refused}, status=400) if refused else JsonResponse({"kept": name})
    for file in request.FILES.getlist("packages"):
        refused = _kept(request, str(file.name), file.chunks(), file.size or 0)
        if refused:
            messages.error(request, refused)
    if getattr(request, "too_large", False):
        messages.error(request, _("The files are too large for one form; drop them onto the page, one by one."))
    return redirect("results_packages")


def _announced(request: HttpRequest) -> int:
    given = request.headers.get("Content-Length", "")
    return int(given) if given.isdecimal() else 0


def _chunks(request: HttpRequest) -> Iterator[bytes]:
    while chunk := request.read(CHUNK):
        yield chunk


def _kept(request: HttpRequest, name: str, chunks: Iterator[bytes], size: int) -> str:
    """The sentence of what is wrong; nothing where the package is safe on the disk and was checked to its end."""
    viewer = viewer_of(request)
    try:
        parcel = arriving.keep(name=name, chunks=chunks, by=viewer.name, owner=viewer.owner, size=size)
        if not parcel.is_checked:
            arriving.check(parcel=parcel, within=queries.within(viewer))
    except ValidationError as refused:
        return " ".join(refused.messages)
    except OSError as failed:
        words = _("The package could not be kept (%(why)s); send it again.")
        return words % {"why": failed.strerror or str(failed)}
    return ""
