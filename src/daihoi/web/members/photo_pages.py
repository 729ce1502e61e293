"""Pages of photographs: many at once with a preview, one on the page of a person, and the pictures themselves."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO
from urllib.parse import unquote

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import Viewer, gate, viewer_of
from daihoi.web.audit.services import record
from daihoi.web.lists.imports.pages import STATES
from daihoi.web.lists.imports.plan import State
from daihoi.web.members import portraits, queries, services, waiting_photos
from daihoi.web.members.choices import PhotoFault
from daihoi.web.members.models import Portrait

PER_PAGE = 60
STREAMED = "application/octet-stream"
CHUNK = 1 << 20
LARGEST_ZIP = 1 << 30
KEEP = "private, max-age=86400, immutable"
"""The name of a picture changes with it: a browser may keep what it has."""


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_PEOPLE)
def people_photos(request: HttpRequest) -> HttpResponse:
    """Send pictures that are named by people's codes, look at what becomes of each, confirm."""
    viewer = viewer_of(request)
    # Who enters people without seeing their personnel data sees no photographs, and sends none.
    if not viewer.may(Right.SEE_PERSONNEL):
        raise Http404
    if request.method == "GET":
        return _look(request, viewer)
    if request.content_type == STREAMED:
        return _streamed(request, viewer)
    acts = {"confirm": _confirm, "discard": _discard}
    return acts.get(request.POST.get("act", ""), _sent)(request, viewer)


def _look(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    rows = waiting_photos.rows_of(viewer.owner, queries.photographed(viewer))
    state = request.GET.get("state", "")
    counts = waiting_photos.counts_of(rows)
    shown = [row for row in rows if state in {"", row.state}]
    there = queries.visible(viewer, Right.SEE_PERSONNEL).filter(portrait__isnull=False).order_by().count()
    held = {
        "rows": rows,
        "parts": range(1, -(-there // portraits.MOST_IN_ZIP) + 1),
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": {value: words for value, words in STATES.items() if value != State.WARNING},
        "counts": counts,
        "to_keep": counts[State.NEW] + counts[State.CHANGED],
        "digest": waiting_photos.digest_of(rows),
        "most": portraits.LARGEST // 1024 // 1024,
    }
    return render(request, "members/photos.html", held)


def _sent(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Files of a form, where there is no script."""
    for file in request.FILES.getlist("photos"):
        assert file.file is not None  # noqa: S101 -- Django's own
        for said in _put(viewer, str(file.name), file.file):
            messages.error(request, said)
    if getattr(request, "too_large", False):
        messages.error(request, _("The files are too large for one form; drop them onto the page, one by one."))
    return redirect("people_photos")


def _streamed(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One file of any size as the body of a request."""
    name = unquote(request.headers.get("X-File-Name", ""))
    most = LARGEST_ZIP if _is_zip(name) else portraits.LARGEST
    with tempfile.SpooledTemporaryFile(portraits.LARGEST) as held:
        for chunk in _chunks(request, most):
            held.write(chunk)
        held.seek(0)
        refused = _put(viewer, name, held)
    return JsonResponse({"refused": refused[0]}, status=400) if refused else JsonResponse({"kept": name})


def _chunks(request: HttpRequest, most: int) -> Iterator[bytes]:
    # One byte more than may be: what is too large is told as that, and not as broken.
    while most >= 0 and (chunk := request.read(min(CHUNK, most + 1))):
        most -= len(chunk)
        yield chunk


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _put(viewer: Viewer, name: str, file: IO[bytes]) -> list[str]:
    """Keep what waits; gives the sentence of a zip that cannot be opened."""
    name = name.replace("\\", "/").rpartition("/")[2]
    found: Iterable[portraits.Sent]
    if _is_zip(name):
        found = portraits.without_doubles(portraits.unpacked(file))
    else:
        found = [portraits.looked_at(name, file.read(portraits.LARGEST + 1))]
    try:
        for one in found:
            waiting_photos.put(viewer.owner, one)
    except ValidationError as refused:
        return [f"{name}: {said}" for said in refused.messages]
    return []


def _confirm(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    try:
        kept, left = waiting_photos.confirm(
            owner=viewer.owner,
            people=queries.photographed(viewer),
            digest=request.POST.get("digest", ""),
            by=viewer.name,
        )
    except ValidationError as refused:
        messages.warning(request, refused.messages[0])
        return redirect("people_photos")
    words = _("Photographs: %(kept)d kept, %(left)d left out.")
    messages.success(request, words % {"kept": kept, "left": left})
    return redirect("people")


def _discard(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    waiting_photos.of_owner(viewer.owner).delete()
    messages.info(request, _("The pictures were put away; nothing was kept."))
    return redirect("people_photos")


def _picture(jpeg: bytes | None) -> HttpResponse:
    if not jpeg:
        raise Http404
    return HttpResponse(jpeg, content_type="image/jpeg", headers={"Cache-Control": KEEP})


@require_http_methods(["GET"])
@gate(Right.EDIT_PEOPLE)
def waiting_photo(request: HttpRequest, upload: str) -> HttpResponse:
    """A picture that waits, for who sent it alone."""
    found = waiting_photos.of_owner(viewer_of(request).owner).filter(key=upload).first()
    return _picture(bytes(found.jpeg) if found else None)


@require_http_methods(["GET"])
@gate(Right.SEE_PERSONNEL)
def person_photo(request: HttpRequest, person: str, photo: str) -> HttpResponse:
    """The photograph of a person."""
    return _picture(portraits.jpeg_of(queries.portrait_of(viewer_of(request), person, photo)))


@require_http_methods(["POST"])
@gate(Right.EDIT_PEOPLE)
def person_photo_change(request: HttpRequest, person: str) -> HttpResponse:
    """Put a photograph onto the page of a person, or take it away."""
    viewer = viewer_of(request)
    found = queries.photographed(viewer).filter(key=person).first()
    if found is None:
        raise Http404
    back = redirect("person", found.key)
    if "remove" in request.POST:
        if services.remove_portrait(person=found, by=viewer.name):
            messages.success(request, _("The photograph was taken away."))
        return back
    file = request.FILES.get("photo")
    if file is None:
        too_large = getattr(request, "too_large", False)
        messages.error(request, str(PhotoFault.LARGE.label) if too_large else _("Choose a file first."))
        return back
    try:
        services.keep_portrait(person=found, jpeg=portraits.cleaned(file.read()), by=viewer.name)
        messages.success(request, _("The photograph is kept."))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return back


@require_http_methods(["GET"])
@gate(Right.SEE_PERSONNEL)
def people_photos_file(request: HttpRequest) -> HttpResponse:
    """All photographs that one may see, named by codes, so many as a zip that can be sent in again may hold."""
    viewer, asked = viewer_of(request), request.GET.get("part", "1")
    part = int(asked) - 1 if asked.isdecimal() and len(asked) < 6 else 0
    people = queries.visible(viewer, Right.SEE_PERSONNEL).filter(portrait__isnull=False).order_by("code")
    most, made = portraits.MOST_IN_ZIP, io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as packed:
        shown = people.select_related("portrait__person")[part * most : (part + 1) * most]
        number = sum(_pack(packed, one.portrait) for one in shown)
    with transaction.atomic():
        record("people.photos_exported", by=viewer.name, subject="list:photos", facts={"pictures": number})
    answer = HttpResponse(made.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="anh-nhan-su-{part + 1}.zip"'
    return answer


def _pack(packed: zipfile.ZipFile, portrait: Portrait) -> bool:
    jpeg = portraits.jpeg_of(portrait)
    if jpeg is None:
        return False
    # A code is free text; a name of a file is not.
    safe = "".join(letter if letter.isalnum() or letter in "-_. " else "_" for letter in portrait.person.code)
    packed.writestr(f"{safe}.jpg", jpeg)
    return True
