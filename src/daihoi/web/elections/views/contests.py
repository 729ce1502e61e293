"""One contest: its guided path, its fields, votes by show of cards, closing and opening its list, pausing."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daihoi.rules.lists import OVERRIDABLE_CHECKS, Severity
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.elections import making, pausing
from daihoi.web.elections.choices import ContestState, HandSubject
from daihoi.web.elections.forms import CardsForm, ContestForm, ReasonForm, SetAsideForm, WordedCardsForm
from daihoi.web.elections.models import Contest
from daihoi.web.elections.place import At, attempt, contest_at
from daihoi.web.elections.present import present_now
from daihoi.web.elections.results import Following, result_of
from daihoi.web.elections.services import lists, outcomes
from daihoi.web.elections.stages import EVENTS
from daihoi.web.lists.fields import refuse
from daihoi.words.errors.findings import list_finding

BY_CARDS = {
    HandSubject.NUMBER: "number_put_to_vote",
    HandSubject.LIST: "list_put_to_vote",
    HandSubject.SURPLUS: "surplus_over_limit",
    HandSubject.BOARD: "board_put_to_vote",
    HandSubject.OTHER: "",
}
"""What may be put to the vote from the page of a contest, and the sentence that asks."""


@require_http_methods(["GET"])
@gate(Right.SEE_ELECTIONS)
def contest(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """The path: the step of now, what is missing, who must act, what the chair reads."""
    at = contest_at(request, congress, contest)
    speech = at.path.speech
    events = [speech.say(code) for code in EVENTS]
    held = at.held(
        "contest",
        votes=[(one, speech.of_vote(one)) for one in at.contest.hand_votes.select_related("nomination")],
        events=events,
        undecided=_undecided(at),
        stop=speech.say("more_collected") if at.path.too_many else None,
        fewer=speech.say("fewer_collected") if _fewer(at.contest) else None,
        said=[
            (one, speech.say("planned_not_elected", name=one.name, office=at.contest.get_office_display()))
            for one in (pausing.not_elected(at.contest) if at.contest.state in pausing.PAUSABLE else [])
        ],
    )
    return render(request, "elections/contest.html", held)


def _undecided(at: At) -> list[Following]:
    """Ballots that an announced result asks for and that nobody opened yet."""
    result = result_of(at.contest, at.body)
    if result is None:
        return []
    there = set(at.contest.followed_by.values_list("round_kind", flat=True))
    return [one for one in result.following if one.kind not in there]


def _fewer(contest: Contest) -> bool:
    return contest.collected is not None and contest.issued is not None and contest.collected < contest.issued


def form_page(
    request: HttpRequest,
    at: At,
    form: Form | ContestForm,
    heading: str,
    act: Callable[[], object],
    *,
    back: str = "contest",
    part: str = "contest",
    **held: object,
) -> HttpResponse:
    """A form about one contest, the act behind it, and the page that follows."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as refused:
            refuse(form, refused)  # type: ignore[arg-type]  # fields are looked at alone
        else:
            messages.success(request, _("Saved."))
            return redirect(back, *at.keys)
    return render(request, "elections/form.html", at.held(part, form=form, heading=heading, **held))


@require_http_methods(["GET", "POST"])
@gate(Right.RUN_ELECTIONS)
def contest_change(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """What is elected, how many, on paper of which colour."""
    at = contest_at(request, congress, contest, Right.RUN_ELECTIONS)
    form = ContestForm(request.POST or None, instance=Contest.objects.get(pk=at.contest.pk))
    return form_page(
        request, at, form, _("Change the contest"),
        lambda: lists.change_contest(contest=at.contest, by=at.by, fields=form.cleaned_data),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate(Right.RUN_ELECTIONS)
def contest_vote(request: HttpRequest, congress: str, contest: str, subject: str) -> HttpResponse:
    """Record a vote by show of cards; it is told at once whether it was adopted."""
    at = contest_at(request, congress, contest, Right.RUN_ELECTIONS)
    if subject not in {one.value for one in BY_CARDS}:
        raise Http404
    about = HandSubject(subject)
    kind = WordedCardsForm if about == HandSubject.OTHER else CardsForm
    form = kind(request.POST or None, initial={"present": present_now(at.contest.sitting)})

    def act() -> None:
        given = dict(form.cleaned_data)
        words = str(given.pop("words", ""))
        vote = lists.vote_by_cards(contest=at.contest, subject=about, cards=given, words=words, by=at.by)
        messages.info(request, at.path.speech.of_vote(vote).text)

    code = BY_CARDS[about]
    asked = [at.path.speech.say(code)] if code else []
    heading = _("By show of cards: %(about)s") % {"about": about.label}
    hands = at.body.hands
    return form_page(request, at, form, heading, act, spoken=asked, hands=hands)


@require_http_methods(["POST"])
@gate(Right.RUN_ELECTIONS)
def contest_close(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """Close the list."""
    at = contest_at(request, congress, contest, Right.RUN_ELECTIONS)
    attempt(request, lambda: lists.close_list(contest=at.contest, by=at.by), _("The list is closed."))
    return redirect("contest", *at.keys)


@require_http_methods(["GET", "POST"])
@gate(Right.RUN_ELECTIONS)
def contest_reopen(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """Open a closed list again; what was printed becomes void."""
    at = contest_at(request, congress, contest, Right.RUN_ELECTIONS)
    form = ReasonForm(request.POST or None)
    warning = _("The number and the list are put to the vote again where they change. Printed ballots become void.")
    return form_page(
        request, at, form, _("Open the list again"),
        lambda: lists.reopen_list(contest=at.contest, reason=form.cleaned_data["reason"], by=at.by), warning=warning,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate(Right.RUN_ELECTIONS)
def contest_stop(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """Pause a contest before it is voted, or annul its ballot after; let a paused one go on, vote an annulled again."""
    at = contest_at(request, congress, contest, Right.RUN_ELECTIONS)
    state = ContestState(at.contest.state)
    if state == ContestState.ANNULLED:
        return _again(request, at)
    acts = {
        ContestState.PAUSED: (_("The contest goes on"), outcomes.resume, _("The superior has answered: say how.")),
        ContestState.PREPARING: (_("Pause the contest"), outcomes.pause, ""),
        ContestState.LIST_CLOSED: (_("Pause the contest"), outcomes.pause, ""),
    }
    annul = (_("Annul this ballot"), outcomes.annul, _("The presidium annuls it; the ballots are kept and sealed."))
    heading, act, warning = acts.get(state, annul)
    given = request.POST if request.method == "POST" else None
    form = ReasonForm(given, initial={"reason": request.GET.get("reason", "")[:300]})
    return form_page(
        request, at, form, heading,
        lambda: act(contest=at.contest, reason=form.cleaned_data["reason"], by=at.by), warning=warning,
    )  # fmt: skip


def _again(request: HttpRequest, at: At) -> HttpResponse:
    """The ballot in place of one that was annulled."""
    following = at.contest.followed_by.first()
    if request.method == "POST" and following is None:
        following = outcomes.vote_again(contest=at.contest, by=at.by)
    if following is None:
        return redirect("contest", *at.keys)
    return redirect("contest", at.place.congress.key, following.key)


@require_http_methods(["GET", "POST"])
@gate(Right.RUN_ELECTIONS)
def contest_aside(request: HttpRequest, congress: str, contest: str, check: str) -> HttpResponse:
    """A named body sets a check of the list aside, on a document."""
    at = contest_at(request, congress, contest, Right.RUN_ELECTIONS)
    if check not in OVERRIDABLE_CHECKS:
        raise Http404
    found = [one for one in making.findings_of(at.contest, at.body) if one.check == check]
    form = SetAsideForm(request.POST or None)
    warning = " ".join(list_finding(one) for one in found if one.severity is Severity.REFUSE)
    return form_page(
        request, at, form, _("Set a check aside"),
        lambda: lists.set_aside(contest=at.contest, check=check, by=at.by, **form.cleaned_data),
        warning=warning, back="contest_names", part="contest_names",
    )  # fmt: skip
