"""The page of the second laptop: its passphrase, where packages lie, when the last one was written, what to do."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.congresses import queries as congresses
from daihoi.web.congresses.models import Congress
from daihoi.web.congresses.place import Place, place_of
from daihoi.web.hall.errors import HandoverError
from daihoi.web.hall.forms import FolderForm, PassphraseForm
from daihoi.web.hall.models import HandoverPackage
from daihoi.web.hall.services import handing_over
from daihoi.words.errors import sentence_of

SILENT = timedelta(seconds=30)
"""Who writes packages looks every 5 s."""


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@gate(Right.HAND_OVER)
def second_laptop(request: HttpRequest, congress: str) -> HttpResponse:
    """A package holds all of the house: only who may hand over every congress in it sets one up."""
    place = place_of(request, congress, Right.HAND_OVER)
    if Congress.objects.count() != congresses.visible(place.viewer, Right.HAND_OVER).count():
        raise PermissionDenied(Right.HAND_OVER)
    if request.GET.get("part"):
        return render(request, "hall/second_laptop_part.html", _stands(place))
    words = PassphraseForm(request.POST if "holders" in request.POST else None)
    held = handing_over.plan()
    kept = {"folder": held.folder, "minutes": held.minutes} if held else {}
    folder = FolderForm(request.POST if "minutes" in request.POST else None, initial=kept)
    if request.method == "POST" and _done(request, place, words, folder):
        return redirect("second_laptop", place.congress.key)
    more = {"words": words, "folder": folder, "sticks": _sticks(), **_stands(place)}
    return render(request, "hall/second_laptop.html", place.held("second_laptop", **more))


def _done(request: HttpRequest, place: Place, words: PassphraseForm, folder: FolderForm) -> bool:
    """Whether something was done; what was refused stands in the forms."""
    try:
        if "now" in request.POST:
            handing_over.ask(by=place.by)
            messages.success(request, _("A package is being written."))
            return True
        if words.is_bound and words.is_valid():
            given = words.cleaned_data
            handing_over.set_passphrase(
                first=given["first"], second=given["second"], holders=given["holders"], by=place.by
            )
            messages.success(request, _("The passphrase is set. Nobody can look it up: write it down and seal it."))
            return True
        if folder.is_bound and folder.is_valid():
            given = folder.cleaned_data
            handing_over.set_folder(folder=given["folder"], minutes=given["minutes"], by=place.by)
            return True
    except HandoverError as refused:
        (words if words.is_bound else folder).add_error(None, sentence_of(refused.code, refused.fields))
    except ValidationError as refused:
        folder.add_error(None, refused.messages)
    return False


def _stands(place: Place) -> dict[str, object]:
    held, now = handing_over.plan(), timezone.now()
    packages = list(HandoverPackage.objects.all()[:5])
    problem = sentence_of(held.problem["code"], held.problem["fields"]) if held and held.problem else ""
    silent = held is not None and (held.looked_at is None or now - held.looked_at > SILENT)
    waits = held is not None and held.folder and handing_over.is_due(held, now)
    return {"plan": held, "packages": packages, "problem": problem, "silent": silent, "waits": waits,
            "congress": place.congress}  # fmt: skip


def _sticks() -> list[str]:
    """Folders where sticks are usually found on this machine."""
    if sys.platform == "win32":
        return [f"{letter}:\\" for letter in "DEFGHIJKLMNOPQRSTUVWXYZ" if Path(f"{letter}:\\").is_dir()]
    roots = [*Path("/media").glob("*/*"), *Path("/run/media").glob("*/*"), *Path("/Volumes").glob("*")]
    return sorted(str(one) for one in roots if one.is_dir())
