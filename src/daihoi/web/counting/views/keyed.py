"""Keying a pile: one paper after the other, one key a name; and the totals of a tally sheet."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.counting import keying as keys
from daihoi.web.counting.choices import Turn, Way
from daihoi.web.counting.models import Batch
from daihoi.web.counting.place import Room, room_of
from daihoi.web.counting.services import keying as acts
from daihoi.web.elections import making
from daihoi.words.reasons import reason


@require_http_methods(["GET", "POST"])
@gate(Right.COUNT)
def keying(request: HttpRequest, congress: str, contest: str, count: str, batch: int) -> HttpResponse:
    """One pile for one person: what they must key; each paper is sent as it is done."""
    room = room_of(request, congress, contest)
    found = room.count(count)
    pile = get_object_or_404(Batch, count=found, number=batch, removed_at__isnull=True)
    pile.count = found
    making.read_names(room.contest)
    if found.way == Way.TOTALS:
        return _totals(request, room, pile)
    try:
        turn = acts.take_turn(batch=pile, by=room.by, head=room.is_head)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("count", *room.keys, found.key)
    if request.method == "POST":
        return _sent(request, room, pile, turn)
    held = room.held(
        count=found, batch=pile, papers=pile.papers, turn=turn, names=making.listed(room.contest),
        letters=letters_of(room),
        grounds=grounds_of(room), next=_next(pile, turn),
        done=sum(one.settled for one in keys.papers(pile)),
    )  # fmt: skip
    return render(request, "counting/keying.html", held)


def letters_of(room: Room) -> list[tuple[str, str]]:
    """The keys of marks with their words."""
    return [(key, reason(mark)) for key, mark in keys.letters_of(room.contest).items()]


def grounds_of(room: Room) -> list[tuple[str, str]]:
    """The keys of a ballot as a whole with their words."""
    return [(key, reason(word)) for key, word in keys.standings_of(room.contest).items()]


@dataclass(frozen=True)
class Sent:
    """One paper as the page sends it."""

    number: int
    attempt: int
    marks: str
    standing: str


def sent_paper(request: HttpRequest, room: Room) -> Sent | None:
    """What was sent; None where it is no paper."""
    try:
        given = json.loads(request.POST.get("paper", ""))
        standing = keys.standings_of(room.contest).get(str(given.get("ground", "")), "")
        return Sent(int(given["number"]), int(given["attempt"]), str(given["marks"]), standing)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _next(pile: Batch, turn: Turn) -> dict[str, object] | None:
    """The next paper of this turn: those that nobody has keyed first, then what differs, cleared."""
    rows = list(pile.keyed.all())
    asking = [one for one in keys.papers(pile, rows) if one.asks(turn)]
    asking.sort(key=lambda one: (bool(one.differs), one.number))
    if not asking:
        return None
    paper = asking[0]
    done = (paper.attempts or {}).get(turn, 0)
    mine = [one for one in rows if one.number == paper.number and one.turn == turn]
    last = max(mine, key=lambda one: one.attempt, default=None)
    marks = keys.cleared(last.marks, paper.differs) if last else ""
    if turn is Turn.THIRD:
        theirs = next(one for one in rows if one.number == paper.number and one.turn == Turn.FIRST)
        marks = keys.cleared(theirs.marks, paper.differs)
    return {
        "number": paper.number, "attempt": done + 1, "marks": marks, "differs": list(paper.differs), "left": len(asking)
    }  # fmt: skip


def _sent(request: HttpRequest, room: Room, pile: Batch, turn: Turn) -> HttpResponse:
    """Keep one paper; the answer brings the next one."""
    given = sent_paper(request, room)
    if given is None:
        return JsonResponse({"refused": _("The page is out of date; load it again.")}, status=400)
    try:
        acts.key_ballot(
            batch=pile, number=given.number, turn=turn, attempt=given.attempt, marks=given.marks,
            standing=given.standing, by=room.by,
        )  # fmt: skip
    except ValidationError as refused:
        return JsonResponse({"refused": " ".join(refused.messages), "next": _next(pile, turn)}, status=409)
    return JsonResponse({"kept": given.number, "next": _next(pile, turn)})


def _totals(request: HttpRequest, room: Room, pile: Batch) -> HttpResponse:
    names = making.listed(room.contest)
    if request.method == "POST":
        try:
            votes = {one.candidate: _figure(request, one.candidate) for one in names}
            valid, invalid = _figure(request, "valid"), _figure(request, "invalid")
            acts.key_totals(batch=pile, votes=votes, valid=valid, invalid=invalid, by=room.by)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            return redirect("count", *room.keys, pile.count.key)
    kept = getattr(pile, "totals", None)
    rows = [(one, (kept.votes.get(one.candidate) if kept else request.POST.get(one.candidate))) for one in names]
    held = room.held(count=pile.count, batch=pile, rows=rows, kept=kept)
    return render(request, "counting/totals.html", held)


def _figure(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "").strip()
    if not (given.isascii() and given.isdecimal() and len(given) < 7):
        raise ValidationError(_("A figure is missing or is no whole number: %(name)s.") % {"name": name})
    return int(given)
