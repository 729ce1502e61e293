"""Independent counts side by side: where they differ, with the crops of both."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.counting import comparing, queries
from daihoi.web.counting.place import room_of
from daihoi.web.counting.views.scans import picture_answer
from daihoi.web.elections import making
from daihoi.words.reasons import reason


@require_http_methods(["GET"])
@gate(Right.COUNT)
def counts_compared(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """Every ballot and figure about which the counts do not agree; nothing is decided here."""
    room = room_of(request, congress, contest)
    found = comparing.standing(room.contest)
    names = {one.candidate: one.name for one in making.listed(room.contest)}
    differences = comparing.rows(found, names, reason)
    counts = queries.witnesses(room.contest)
    by_label = {one.label: one for one in counts}
    told = [(one, comparing.steps(one, by_label)) for one in differences]
    held = room.held(found=found, differences=told, figures=comparing.figures(found, names), counts=counts)
    return render(request, "counting/comparison.html", held)


@require_http_methods(["GET"])
@gate(Right.COUNT)
def compared_crop(request: HttpRequest, congress: str, contest: str, file: str) -> HttpResponse:
    """One picture of the last comparison."""
    room = room_of(request, congress, contest)
    folder = (comparing.crops_folder(room.contest) / "crops").resolve()
    path = (folder / file).resolve()
    if path.parent != folder or not path.is_file():
        raise Http404
    return picture_answer(path.read_bytes(), "image/png" if path.suffix == ".png" else "image/jpeg")
