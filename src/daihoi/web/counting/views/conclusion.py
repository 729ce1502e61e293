"""The end of a count: reconciliation, confirming, announcing, minutes, package, and the result as it may be seen."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daihoi.interchange.package_file import MINUTES, SIGNED_MINUTES
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.counting import folders, queries, reconciling, standing
from daihoi.web.counting.choices import SigningPlace
from daihoi.web.counting.forms import KeyForm, NewKeyForm, SignForm
from daihoi.web.counting.place import Room, room_of
from daihoi.web.counting.services import concluding, signing
from daihoi.web.elections import queries as elections
from daihoi.web.elections.results import result_of
from daihoi.web.lists.fields import refuse
from daihoi.words.errors import Coded, sentence

FILES = {
    "minutes.docx": (MINUTES[0], "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "minutes.pdf": (MINUTES[1], "application/pdf"),
    "minutes-signed.pdf": (SIGNED_MINUTES, "application/pdf"),
    "package.zip": ("", "application/zip"),
    "key.pub.pem": ("", "application/x-pem-file"),
}
"""What may be fetched from a concluded count, and its type."""


@require_http_methods(["GET"])
@gate(Right.COUNT)
def reconciliation(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """Every figure beside the one that it must equal, and what to do where it does not."""
    room = room_of(request, congress, contest)
    return _sheet(request, room)


def _sheet(
    request: HttpRequest, room: Room, key_form: KeyForm | None = None, sign_form: SignForm | None = None
) -> HttpResponse:
    lines = reconciling.lines(room.contest)
    count = queries.count_of_record(room.contest)
    private, _public = concluding.key_of(room.contest)
    files = _files(room)
    held = room.held(
        lines=lines,
        holds=not any(line.stops for line in lines),
        count=count,
        progress=standing.progress_of(count) if count else None,
        count_folder=folders.count_of(count) if count else "",
        key_form=key_form or (KeyForm() if private.is_file() else NewKeyForm()),
        has_key=private.is_file(),
        files=files,
        sign_form=(sign_form or SignForm()) if "minutes.pdf" in files else None,
    )
    return render(request, "counting/reconciliation.html", held)


def _files(room: Room) -> list[str]:
    """Names of the files that lie there to be fetched."""
    return [name for name in FILES if (path := _path(room, name)) is not None and path.is_file()]


def _path(room: Room, name: str) -> Path | None:
    count = queries.count_of_record(room.contest)
    if name not in FILES or count is None or room.contest.confirmed_at is None:
        return None
    if name == "package.zip":
        return folders.package_of(count)
    if name == "key.pub.pem":
        return concluding.key_of(room.contest)[1]
    return folders.count_of(count) / FILES[name][0]


def _say(request: HttpRequest, refused: Exception) -> None:
    """A refusal as one sentence above the page. What is none of ours is a fault, and is told as one."""
    if isinstance(refused, ValidationError):
        for said in refused.messages:
            messages.error(request, said)
    elif isinstance(refused, Coded):
        messages.error(request, sentence(refused))
    elif isinstance(refused, OSError):
        messages.error(request, _("The disk refused (%(why)s); free some space and do it again.") % {"why": refused})
    else:
        raise refused


@require_http_methods(["POST"])
@gate(Right.CONFIRM_RESULT)
def result_confirm(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """The head of the board confirms what was seen, by its digest; or goes on counting."""
    room = room_of(request, congress, contest, Right.CONFIRM_RESULT)
    try:
        if "go_on" in request.POST:
            concluding.open_again(contest=room.contest, by=room.by)
        else:
            concluding.confirm(contest=room.contest, digest=request.POST.get("digest", ""), by=room.by)
            messages.success(request, _("Confirmed. Nobody outside the room sees a figure before it is announced."))
    except Exception as refused:
        _say(request, refused)
    return redirect("reconciliation", *room.keys)


@require_http_methods(["POST"])
@gate(Right.ANNOUNCE)
def result_announce(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """The result is told to the congress."""
    room = room_of(request, congress, contest, Right.ANNOUNCE)
    try:
        concluding.announce(contest=room.contest, by=room.by)
    except ValidationError as refused:
        _say(request, refused)
    return redirect("contest_result", *room.keys)


@require_http_methods(["POST"])
@gate(Right.COUNT)
def result_minutes(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """Write the minutes, as DOCX and PDF."""
    room = room_of(request, congress, contest)
    try:
        written = concluding.minutes(contest=room.contest, by=room.by)
        messages.success(request, _("The minutes are written; the digest stands at their foot."))
        if written.missing:
            said = _("Left open as dotted lines: %(n)d. Fill them in by hand, or enter them and write again.")
            messages.warning(request, said % {"n": len(written.missing)})
    except Exception as refused:
        _say(request, refused)
    return redirect("reconciliation", *room.keys)


@require_http_methods(["POST"])
@gate(Right.CONFIRM_RESULT)
def result_sign(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """Sign the minutes by a person's own key; whoever holds the key sits at the laptop of the head of the board."""
    room = room_of(request, congress, contest, Right.CONFIRM_RESULT)
    form = SignForm(request.POST, request.FILES)
    if not form.is_valid():
        return _sheet(request, room, sign_form=form)
    file, words = form.cleaned_data["key"], form.cleaned_data["key_passphrase"]
    try:
        made = signing.sign_minutes(
            contest=room.contest, key=file.read(), file=str(file.name), passphrase=words,
            place=SigningPlace(form.cleaned_data["signs_as"]), by=room.by,
        )  # fmt: skip
        names = ", ".join(one.name for one in made.signatures)
        messages.success(
            request, _("Signed: %(names)s. Take the signed minutes from the list below.") % {"names": names}
        )
    except Exception as refused:
        _say(request, refused)
    return redirect("reconciliation", *room.keys)


@require_http_methods(["POST"])
@gate(Right.CONFIRM_RESULT)
def result_seal(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """Pack and sign, by the board's key; the first time the key is made."""
    room = room_of(request, congress, contest, Right.CONFIRM_RESULT)
    private, _public = concluding.key_of(room.contest)
    form = KeyForm(request.POST) if private.is_file() else NewKeyForm(request.POST)
    if not form.is_valid():
        return _sheet(request, room, form)
    passphrase = form.cleaned_data["passphrase"]
    try:
        if not private.is_file():
            concluding.make_key(contest=room.contest, passphrase=passphrase, by=room.by)
        concluding.seal_count(
            contest=room.contest, key=private.read_bytes(), passphrase=passphrase.encode(), by=room.by
        )
    except ValidationError as refused:
        refuse(form, refused)
        return _sheet(request, room, form)
    except Exception as refused:
        _say(request, refused)
    return redirect("reconciliation", *room.keys)


@never_cache
@require_http_methods(["GET"])
@gate(Right.COUNT)
def result_file(request: HttpRequest, congress: str, contest: str, file: str) -> HttpResponseBase:
    """Minutes, package and the public key of a concluded count."""
    room = room_of(request, congress, contest)
    path = _path(room, file)
    if path is None or not path.is_file():
        raise Http404
    name = f"{room.contest.office}-{room.contest.round}-{file}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=FILES[file][1])


@never_cache
@require_http_methods(["GET"])
@gate(Right.SEE_ELECTIONS)
def contest_result(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """The result: for the counting room once it is confirmed, for all others once it is announced; before, 404."""
    room = room_of(request, congress, contest, Right.SEE_ELECTIONS)
    # A 404 and no word more: that there is a result would be news too.
    inside = room.place.may(Right.COUNT) and room.contest.confirmed_at is not None
    if not inside and not elections.figures_are_open(room.contest):
        raise Http404
    held = room.held(result=result_of(room.contest, inside=inside), papers=standing.papers_of(room.contest))
    return render(request, "counting/result.html", held)
