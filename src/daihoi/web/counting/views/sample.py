"""A hand sample drawn by a public seed: drawn, printed, keyed from the paper, compared with what was read."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daihoi.counts.errors import CountsError
from daihoi.counts.sampling import shown_wrong
from daihoi.interchange.errors import InterchangeError
from daihoi.papers.election_day.hand_sample import DrawnBallot, DrawnList, drawn_list
from daihoi.papers.errors import PapersError
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.counting import keying, sampling
from daihoi.web.counting.choices import CountState, Way
from daihoi.web.counting.forms import SampleForm, WhyForm
from daihoi.web.counting.models import Count, HandSample
from daihoi.web.counting.place import Room, room_of
from daihoi.web.counting.services import sampling as acts
from daihoi.web.counting.views.entries import pdf_answer
from daihoi.web.counting.views.keyed import grounds_of, letters_of, sent_paper
from daihoi.web.elections import making
from daihoi.web.lists.fields import refuse
from daihoi.words.errors import sentence_of
from daihoi.words.reasons import reason


@require_http_methods(["GET", "POST"])
@gate(Right.COUNT)
def count_sample(request: HttpRequest, congress: str, contest: str, count: str) -> HttpResponse:
    """The sample of a count: drawing it, its papers, and where people read otherwise than the machine."""
    room, found = _scanned(request, congress, contest, count)
    form = SampleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            acts.draw(count=found, seed=given["seed"], size=given["size"], by=room.by)
        except ValidationError as refused:
            refuse(form, refused)
        except CountsError as refused:
            form.add_error(None, sentence_of(refused.code, refused.fields))
        else:
            return redirect("count_sample", *room.keys, found.key)
    return _page(request, room, found, form)


def _scanned(request: HttpRequest, congress: str, contest: str, count: str) -> tuple[Room, Count]:
    """A count that was scanned, or 404: only scans have a reading to be compared with."""
    room = room_of(request, congress, contest)
    found = room.count(count)
    if found.way != Way.SCANNED:
        raise Http404
    return room, found


def _page(request: HttpRequest, room: Room, found: Count, form: SampleForm) -> HttpResponse:
    sample = sampling.held(found)
    held = room.held(
        count=found, sample=sample, form=form, why_form=WhyForm(), is_open=found.state == CountState.OPEN,
        ready=sampling.is_ready(found), before=found.samples.filter(set_aside_at__isnull=False),
    )  # fmt: skip
    if sample is not None:
        try:
            witnesses = sampling.witnesses(sample)
            held["moved"] = sampling.has_moved(sample, witnesses)
        except InterchangeError as refused:
            messages.error(request, sentence_of(refused.code, refused.fields))
            witnesses = []
        held |= _compared(room, sample, witnesses)
    return render(request, "counting/sample.html", held)


def _compared(room: Room, sample: HandSample, found: list[sampling.Witness]) -> dict[str, object]:
    names = making.listed(room.contest)
    letters = keying.letters_of(room.contest)
    apart = [(one, [_words(mark) for mark in sampling.apart(one, names, letters)], _whole(one)) for one in found]
    return {
        "papers": found,
        "asking": sum(one.asks for one in found),
        "agree": sum(one.agrees for one in found),
        "gone": [one for one in found if one.gone],
        "apart": [(one, marks, whole) for one, marks, whole in apart if one.stands_apart],
        "bound": shown_wrong(sample.ballots, len(found)) if found else 0,
        "whole": len(found) == sample.ballots,
    }


def _words(mark: sampling.Apart) -> dict[str, object]:
    told = {"counted": mark.counted, "by_hand": mark.by_hand}
    words = {name: reason(said.value) if said else _("not read") for name, said in told.items()}
    return {"number": mark.number, "name": mark.name, "candidate": mark.candidate, **words}


def _whole(one: sampling.Witness) -> tuple[str, str] | None:
    """The ballot as a whole, as the count has it and as people called it; None where they do not differ."""
    if keying.STANDING not in one.differs or one.line is None or one.last is None:
        return None
    counted = ", ".join(reason(ground) for ground in one.line.grounds) or reason("valid")
    return counted, reason(one.last.standing) if one.last.standing else reason("valid")


@require_http_methods(["GET", "POST"])
@gate(Right.COUNT)
def sample_keying(request: HttpRequest, congress: str, contest: str, count: str) -> HttpResponse:
    """Key the drawn papers, one after the other; `?paper=` one that is to be read once more."""
    room, found = _scanned(request, congress, contest, count)
    sample = sampling.held(found)
    if sample is None or found.state != CountState.OPEN:
        return redirect("count_sample", *room.keys, found.key)
    sample.count = found
    asked = request.GET.get("paper", "")
    order = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 0
    if request.method == "POST":
        return _sent(request, room, sample)
    held = room.held(
        count=found, sample=sample, names=making.listed(room.contest), letters=letters_of(room),
        grounds=grounds_of(room), next=_next(sample, order), papers=sample.papers.count(),
    )  # fmt: skip
    return render(request, "counting/keying.html", held)


def _next(sample: HandSample, order: int = 0) -> dict[str, object] | None:
    """The paper that was asked for, else those that nobody has read, pile by pile, else those that differ."""
    found = sampling.witnesses(sample)
    again = [one for one in found if one.paper.order == order and not one.agrees and not one.gone]
    asking = sorted((one for one in found if one.asks), key=lambda one: (one.attempts, one.paper.pile, one.paper.sheet))
    one = next(iter((*again, *asking)), None)
    if one is None:
        return None
    differs = list(one.differs)
    marks = keying.cleared(one.last.marks, differs) if one.last else ""
    where = _("pile %(pile)s, sheet %(sheet)d") % {"pile": one.paper.pile or "–", "sheet": one.paper.sheet}
    return {
        "number": one.paper.order, "attempt": one.attempts + 1, "marks": marks, "differs": differs,
        "left": len(asking), "where": where,
    }  # fmt: skip


def _sent(request: HttpRequest, room: Room, sample: HandSample) -> HttpResponse:
    given = sent_paper(request, room)
    if given is None:
        return JsonResponse({"refused": _("The page is out of date; load it again.")}, status=400)
    try:
        acts.key_paper(
            sample=sample, order=given.number, attempt=given.attempt, marks=given.marks, standing=given.standing,
            by=room.by,
        )  # fmt: skip
    except ValidationError as refused:
        return JsonResponse({"refused": " ".join(refused.messages), "next": _next(sample)}, status=409)
    return JsonResponse({"kept": given.number, "next": _next(sample)})


@never_cache
@require_http_methods(["GET"])
@gate(Right.COUNT)
def sample_printed(request: HttpRequest, congress: str, contest: str, count: str) -> HttpResponse:
    """The drawn ballots as PDF, pile by pile, to take the papers out."""
    room, found = _scanned(request, congress, contest, count)
    sample = sampling.held(found)
    if sample is None:
        raise Http404
    drawn = tuple(
        DrawnBallot(one.order, one.draw, one.digest, one.place, one.ballot, one.pile, one.sheet)
        for one in sample.papers.all()
    )
    told = DrawnList(room.contest.title, found.label, sample.seed, sample.ballots, sample.digest, drawn)
    occasion = making.occasion_of(room.contest, rehearsal=found.rehearsal)
    try:
        paper = drawn_list(told, occasion, language="en" if get_language() == "en" else "vi")
    except PapersError as refused:
        messages.error(request, sentence_of(refused.code, refused.fields))
        return redirect("count_sample", *room.keys, found.key)
    return pdf_answer(paper.pdf, f"phieu-rut-mau-{found.label}")


@require_http_methods(["POST"])
@gate(Right.CONFIRM_RESULT)
def sample_aside(request: HttpRequest, congress: str, contest: str, count: str) -> HttpResponse:
    """The head of the board sets a sample aside, with the reason."""
    room = room_of(request, congress, contest, Right.CONFIRM_RESULT)
    found = room.count(count)
    sample = sampling.held(found)
    if sample is None:
        raise Http404
    form = WhyForm(request.POST)
    try:
        acts.set_sample_aside(sample=sample, reason=form.cleaned_data["why"] if form.is_valid() else "", by=room.by)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("count_sample", *room.keys, found.key)
