"""Scans that come in by the browser, piles that were counted by hand, and one scanned page."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.counting.choices import CountState, Way
from daihoi.web.counting.forms import BatchForm, WhyForm
from daihoi.web.counting.models import Batch, Count
from daihoi.web.counting.place import room_of
from daihoi.web.counting.services import scans

CHUNK = 1 << 20
STREAMED = "application/octet-stream"


@require_http_methods(["POST"])
@gate(Right.COUNT)
def count_scans(request: HttpRequest, congress: str, contest: str, count: str) -> HttpResponse:
    """Keep scans: one file as the body of a request (drag & drop, any size), or files of a form."""
    room = room_of(request, congress, contest)
    found = room.count(count)
    if found.state != CountState.OPEN or found.way != Way.SCANNED:
        raise Http404
    if request.content_type == STREAMED:
        return _streamed(request, found)
    refused = [
        said for file in request.FILES.getlist("scans") for said in _kept(found, request, str(file.name), file.chunks())
    ]
    for said in refused:
        messages.error(request, said)
    if getattr(request, "too_large", False):
        messages.error(request, _("The files are too large for one form; drop them onto the page, one by one."))
    return redirect("count", *room.keys, found.key)


def _streamed(request: HttpRequest, count: Count) -> HttpResponse:
    name = unquote(request.headers.get("X-File-Name", ""))
    refused = _kept(count, request, name, _chunks(request))
    if refused:
        return JsonResponse({"refused": refused[0]}, status=400)
    return JsonResponse({"kept": name})


def _chunks(request: HttpRequest) -> Iterator[bytes]:
    while chunk := request.read(CHUNK):
        yield chunk


def _kept(count: Count, request: HttpRequest, name: str, chunks: Iterator[bytes]) -> list[str]:
    """The sentences of what is wrong; none where the file is safe on the disk."""
    # A pile that is not there any more: the scan lies outside of piles, and the counters say so.
    given = request.GET.get("batch", "")
    batch = count.batches.filter(number=int(given) if given.isdecimal() else 0, removed_at__isnull=True).first()
    try:
        scans.keep_scan(count=count, folder=batch.folder if batch else "", name=name, chunks=chunks)
    except ValidationError as refused:
        return list(refused.messages)
    except OSError as failed:
        return [_("The scan could not be kept (%(why)s); send it again.") % {"why": failed.strerror or str(failed)}]
    return []


@require_http_methods(["POST"])
@gate(Right.COUNT)
def count_batches(request: HttpRequest, congress: str, contest: str, count: str) -> HttpResponse:
    """Add a pile that was counted by hand, or take one out to scan it again."""
    room = room_of(request, congress, contest)
    found = room.count(count)
    here = redirect("count", *room.keys, found.key)
    try:
        if "remove" in request.POST:
            _remove(request, found, room.by)
            return here
        form = BatchForm(request.POST)
        if form.is_valid():
            batch = scans.add_batch(count=found, papers=form.cleaned_data["papers"], by=room.by)
            here["Location"] += f"?batch={batch.number}"
        else:
            messages.error(request, _("Say how many papers were counted by hand, from 1 on."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return here


def _remove(request: HttpRequest, count: Count, by: str) -> None:
    number = request.POST["remove"]
    batch = get_object_or_404(Batch, count=count, number=int(number) if number.isdecimal() else 0)
    batch.count = count
    form = WhyForm(request.POST)
    scans.remove_batch(batch=batch, why=form.cleaned_data["why"] if form.is_valid() else "", by=by)
    said = _("Pile %(n)d is taken out. Put its papers down as a new pile, and scan them again.")
    if count.way != Way.SCANNED:
        said = _("Pile %(n)d is taken out. Put its papers down as a new pile, to be keyed again.")
    messages.success(request, said % {"n": batch.number})


def picture_answer(data: bytes, kind: str) -> HttpResponse:
    """A picture: kept by this browser alone, since a scan never changes."""
    answer = HttpResponse(data, content_type=kind)
    answer["Cache-Control"] = "private, max-age=3600, immutable"
    return answer
