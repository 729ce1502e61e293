"""The vote: ballots handed out, spoiled ones exchanged, the box opened."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daihoi.rules.errors import RulesError
from daihoi.rules.terms import DeductionGround
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.elections import making
from daihoi.web.elections.choices import DEDUCTIONS
from daihoi.web.elections.forms import CollectForm, IssueForm, TellersForm
from daihoi.web.elections.place import At, attempt, contest_at
from daihoi.web.elections.present import present_now
from daihoi.web.elections.services import ballots
from daihoi.web.lists.fields import refuse
from daihoi.words.errors import sentence_of


@require_http_methods(["GET", "POST"])
@gate(Right.PRINT_BALLOTS)
def contest_issue(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """The base with every deduction, then the ballots: the number present is proposed from those in the hall."""
    at = contest_at(request, congress, contest, Right.PRINT_BALLOTS)
    present = present_now(at.contest.sitting) or (at.body.roll.present if at.body.roll else None)
    initial = {"present": present, "issued": present, **_tellers(at)}
    form = IssueForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _issued(at, form):
        return redirect("contest", *at.keys)
    speech = at.path.speech
    codes = ["board_put_to_vote", "base_told", "box_sealed"]
    codes += [speech.how_to_mark, "how_not_to_mark"] if at.path.names else []
    held = at.held("contest_ballots", form=form, spoken=[speech.say(code) for code in codes], **_base(at))
    return render(request, "elections/issue.html", held)


def _tellers(at: At) -> dict[str, str]:
    """The two who counted last, else the first two of the board."""
    board = [one.name for one in at.body.board]
    first = at.contest.counted_by_first or next(iter(board), "")
    second = at.contest.counted_by_second or next(iter(board[1:]), "")
    return {"first": first, "second": second}


def _base(at: At) -> dict[str, object]:
    """The worksheet as a page shows it: each deduction with its ground."""
    roll = making.roll_of(at.contest, at.body)
    try:
        sheet = at.body.sheet(roll)
    except RulesError as refused:
        return {"sheet": None, "refused": sentence_of(refused.code, refused.fields)}
    lines = [(DEDUCTIONS[DeductionGround(one.ground)], one.count) for one in roll.deductions] if roll else []
    return {"sheet": sheet, "lines": lines, "refused": ""}


def _issued(at: At, form: IssueForm) -> bool:
    given = form.cleaned_data
    if given["issued"] > given["present"]:
        words = at.path.speech.say("more_issued", present=given["present"], issued=given["issued"])
        form.add_error("issued", words.text)
        return False
    try:
        ballots.issue_ballots(
            contest=at.contest, present=given["present"], issued=given["issued"],
            tellers=(given["first"], given["second"]), by=at.by,
        )  # fmt: skip
    except ValidationError as refused:
        refuse(form, refused)
        return False
    return True


@require_http_methods(["POST"])
@gate(Right.PRINT_BALLOTS)
def contest_exchange(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """A spoiled ballot was handed back and another given for it."""
    at = contest_at(request, congress, contest, Right.PRINT_BALLOTS)
    attempt(request, lambda: ballots.exchange_spoiled(contest=at.contest, by=at.by), _("One ballot was exchanged."))
    return redirect("contest_collect", *at.keys)


@require_http_methods(["GET", "POST"])
@gate(Right.PRINT_BALLOTS)
def contest_collect(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """The papers in the box, counted by hand; more than were issued is kept as it is, and stops the contest."""
    at = contest_at(request, congress, contest, Right.PRINT_BALLOTS)
    left = (at.contest.printed or 0) - (at.contest.issued or 0) - (at.contest.spoiled or 0)
    form = CollectForm(request.POST or None, initial={"unused": max(0, left), **_tellers(at)})
    if request.method == "POST" and form.is_valid() and _collected(at, form):
        return redirect("contest", *at.keys)
    speech = at.path.speech
    spoken = [speech.say(code) for code in ("issued", "vote_begins", "spoiled_exchanged", "vote_ends")]
    held = at.held("contest_ballots", form=form, spoken=spoken, left=left)
    return render(request, "elections/collect.html", held)


def _collected(at: At, form: TellersForm) -> bool:
    given = form.cleaned_data
    try:
        ballots.collect_ballots(
            contest=at.contest, collected=given["collected"], unused=given["unused"],
            tellers=(given["first"], given["second"]), by=at.by,
        )  # fmt: skip
    except ValidationError as refused:
        refuse(form, refused)
        return False
    return True
