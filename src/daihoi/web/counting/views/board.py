"""The table of the board: one question at a time, every ballot where that is wanted, and what was decided."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daihoi.counts.errors import CountsError
from daihoi.interchange.decisions import keyed
from daihoi.interchange.terms import BallotLine
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.counting import board_words, keying, pictures, queries, reading
from daihoi.web.counting.choices import CountState, Said
from daihoi.web.counting.live import problem_words
from daihoi.web.counting.models import Count, Decision, Question, Raised
from daihoi.web.counting.place import Room, room_of
from daihoi.web.counting.services import board
from daihoi.web.counting.views.scans import picture_answer
from daihoi.web.elections import making
from daihoi.words.reasons import reason

TRIES = 25
"""So many ballots are asked for before the table is told that others have everything that is open."""


@require_http_methods(["GET", "POST"])
@gate(Right.COUNT)
def count_table(request: HttpRequest, congress: str, contest: str, count: str) -> HttpResponse:
    """The next question for this table; a decision, and the one after it."""
    room = room_of(request, congress, contest)
    found = room.count(count)
    making.read_names(room.contest)
    part = request.htmx  # type: ignore[attr-defined]
    if request.method == "POST":
        _answered(request, room, found)
        # Where the script of the table asks, the next question is the answer: one way to the house and back for a key.
        if not part:
            return redirect("count_table", *room.keys, found.key)
    question = _next(room, found) if found.state == CountState.OPEN else None
    desk = {
        "count": found,
        "asked": board_words.asked(found, question) if question else None,
        "left": queries.open_questions(found).count(),
        "tables": queries.tables_now(found),
        "sent": Raised.objects.filter(count=found, ballot=question.ballot).first() if question else None,
        "last": _mine(found, room),
        "names": making.listed(room.contest) if question and not question.candidate else (),
        "letters": keying.letters_of(room.contest),
    }
    if part:
        return render(request, "counting/desk.html", {"congress": room.place.congress, "contest": room.contest, **desk})
    return render(request, "counting/table.html", room.held(**desk))


def _next(room: Room, count: Count) -> Question | None:
    """The first open question whose ballot nobody else has; it is on this table when it is shown."""
    waiting = queries.for_table(count, room.holder, head=room.is_head)
    mine = list(count.claims.filter(holder=room.holder).values_list("ballot", flat=True))
    # What lies on the table already comes first: a page that is loaded again shows the same ballot.
    for question in [*waiting.filter(ballot__in=mine)[:1], *waiting[:TRIES]]:
        if board.claim(count=count, ballot=question.ballot, holder=room.holder, name=room.by):
            board.release(count=count, holder=room.holder, but=question.ballot)
            question.count = count
            return question
    board.release(count=count, holder=room.holder)
    return None


def _answered(request: HttpRequest, room: Room, count: Count) -> None:
    try:
        if "undo" in request.POST:
            number = request.POST["undo"]
            decision = get_object_or_404(Decision, count=count, pk=int(number) if number.isdecimal() else 0)
            board.undo(count=count, decision=decision, by=room.by)
        elif "head" in request.POST:
            board.send_to_head(count=count, ballot=request.POST["head"], by=room.by, note=request.POST.get("why", ""))
        else:
            _decide(request, room, count)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))


def _decide(request: HttpRequest, room: Room, count: Count) -> None:
    number = request.POST.get("question", "")
    question = Question.objects.filter(count=count, pk=int(number) if number.isdecimal() else 0).first()
    if question is None:
        # Its pile was taken out while it lay on this table.
        raise ValidationError(_("This is asked no more; go on with the next question."))
    word = request.POST.get("word", "")
    if "whole" in request.POST:
        # The board sees on the paper what nobody asked: the answer is of the ballot as a whole.
        question, word = Question(count=count, ballot=question.ballot), request.POST["whole"]
    if "marks" in request.POST:
        word = _keyed_word(room, request.POST["marks"])
    why = request.POST.get("why", "").strip()
    board.decide(count=count, question=question, word=word, by=room.by, holder=room.holder, why=why, head=room.is_head)


def _keyed_word(room: Room, marks: str) -> str:
    letters = keying.letters_of(room.contest)
    names = [one.candidate for one in making.listed(room.contest)]
    if len(marks) != len(names) or any(mark not in letters for mark in marks):
        raise ValidationError(_("Key every name of the list."))
    return keyed({name: letters[mark] for name, mark in zip(names, marks, strict=True)})


def _mine(count: Count, room: Room) -> Decision | None:
    """The last decision of this person that can still be taken back."""
    return queries.decisions(count).filter(by=room.by, undone_at__isnull=True).first()


@require_http_methods(["GET", "POST"])
@gate(Right.COUNT)
def count_ballots(request: HttpRequest, congress: str, contest: str, count: str) -> HttpResponse:
    """Every ballot, one at a time, where a person confirms them all; and those that are not as they were read."""
    room = room_of(request, congress, contest)
    found = room.count(count)
    if request.method == "POST":
        _looked(request, room, found)
        return redirect("count_ballots", *room.keys, found.key)
    line, following = _next_ballots(room, found) if found.state == CountState.OPEN else (None, None)
    names = making.listed(room.contest)
    marks = [(one, reason(line.marks[one.candidate])) for one in names if one.candidate in line.marks] if line else []
    held = room.held(
        count=found, line=line, following=following, marks=marks, left=queries.unseen(found),
        sent=Raised.objects.filter(count=found, ballot=line.ballot).first() if line else None,
        whole=board_words.observed() if line and room.is_head else (),
    )  # fmt: skip
    return render(request, "counting/ballots.html", held)


def _every_desk(room: Room) -> str:
    """This browser's place for every ballot: its table in another tab puts nothing down that lies here."""
    return f"{room.holder}:every"


def _next_ballots(room: Room, count: Count) -> tuple[BallotLine | None, BallotLine | None]:
    """The ballot for this table, and the one that is likely to follow it."""
    # What is asked of a ballot is decided first and taken over by the reader: its line then has the marks that hold.
    asked = [queries.open_questions(count), queries.on_the_way(count)]
    done = queries.confirmed(count).union(*(one.values_list("ballot", flat=True) for one in asked))
    sent = set(count.raised.values_list("ballot", flat=True))
    left = [
        line for line in reading.ballots_in(count)
        if line.ballot not in done and (room.is_head or line.ballot not in sent)
    ]  # fmt: skip
    # To the head first what was sent to the head.
    waiting = iter(sorted(left, key=lambda line: line.ballot not in sent))
    for line in waiting:
        if board.claim(count=count, ballot=line.ballot, holder=_every_desk(room), name=room.by):
            board.release(count=count, holder=_every_desk(room), but=line.ballot)
            return line, next(waiting, None)
    return None, None


def _looked(request: HttpRequest, room: Room, count: Count) -> None:
    ballot = request.POST.get("ballot", "")
    if not any(line.ballot == ballot for line in reading.ballots_in(count)):
        raise Http404
    try:
        if "whole" in request.POST and room.is_head:
            question = Question(count=count, ballot=ballot)
            board.decide(
                count=count, question=question, word=request.POST["whole"], by=room.by, holder=_every_desk(room),
                why=request.POST.get("why", "").strip(), head=True,
            )  # fmt: skip
            return
        said = Said.DIFFERS if request.POST.get("said") == Said.DIFFERS else Said.AS_READ
        board.look(count=count, ballot=ballot, said=said, by=room.by, holder=_every_desk(room))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))


@require_http_methods(["GET", "POST"])
@gate(Right.COUNT)
def count_decisions(request: HttpRequest, congress: str, contest: str, count: str) -> HttpResponse:
    """All that was decided, by whom and why; each can be taken back until the result is confirmed."""
    room = room_of(request, congress, contest)
    found = room.count(count)
    if request.method == "POST":
        _answered(request, room, found)
        return redirect("count_decisions", *room.keys, found.key)
    names = {one.candidate: one.name for one in making.listed(room.contest)}
    rows = [
        (one, names.get(one.candidate, ""), _word(one.word), problem_words(one.problem))
        for one in queries.decisions(found)
    ]
    return render(request, "counting/decisions.html", room.held(count=found, rows=rows))


def _word(word: str) -> str:
    return reason("keyed") if word.startswith("keyed:") else reason(word)


@require_http_methods(["GET"])
@gate(Right.COUNT)
def question_picture(
    request: HttpRequest, congress: str, contest: str, count: str, question: int, picture: str
) -> HttpResponse:
    """One picture of a question: `crop` as it was read, `row` with its neighbours, `page` the whole of it."""
    found = room_of(request, congress, contest).count(count)
    one = get_object_or_404(Question, count=found, pk=question)
    one.count = found
    try:
        made = _picture(one, picture)
    except (CountsError, OSError, KeyError):
        made = None
    if made is None:
        raise Http404
    return picture_answer(*made)


def _picture(one: Question, which: str) -> tuple[bytes, str] | None:
    if which == "crop":
        return pictures.crop_of(one.count, one.crop)
    drawn = pictures.row_of(one) if which == "row" else None
    if which == "page":
        drawn = pictures.page_of(one.count, pictures.scan_of(one), side=one.side, turn=one.turn)
    return None if drawn is None else (drawn.data, "image/png" if drawn.ending == "png" else "image/jpeg")


@require_http_methods(["GET"])
@gate(Right.COUNT)
def ballot_page(request: HttpRequest, congress: str, contest: str, count: str, ballot: str, page: int) -> HttpResponse:
    """A page of a ballot, from 0, as it was scanned."""
    found = room_of(request, congress, contest).count(count)
    line = next((one for one in reading.ballots_in(found) if one.ballot == ballot), None)
    if line is None or page >= len(line.pages):
        raise Http404
    ref = line.pages[page]
    try:
        scan = pictures.scan_by_digest(found, ref.file, ref.index, ref.sha256)
        made = pictures.page_of(found, scan) if scan else None
    except (CountsError, OSError):
        made = None
    if made is None:
        raise Http404
    return picture_answer(made.data, "image/jpeg")


@require_http_methods(["GET"])
@gate(Right.COUNT)
def ballot_row(
    request: HttpRequest, congress: str, contest: str, count: str, ballot: str, candidate: str
) -> HttpResponse:
    """The row of a name on a ballot, with the rows beside it."""
    found = room_of(request, congress, contest).count(count)
    line = next((one for one in reading.ballots_in(found) if one.ballot == ballot), None)
    try:
        made = pictures.row_on_ballot(found, line, candidate) if line else None
    except (CountsError, OSError, KeyError):
        made = None
    if made is None:
        raise Http404
    return picture_answer(made.data, "image/png")
