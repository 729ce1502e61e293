"""After a result was announced: ties and shortfalls as decisions of the body, and the ballot that follows."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.elections import queries
from daihoi.web.elections.choices import HandSubject, RoundKind
from daihoi.web.elections.forms import CardsForm, RoundForm
from daihoi.web.elections.models import Contest, HandVote
from daihoi.web.elections.place import At, attempt, contest_at
from daihoi.web.elections.present import present_now
from daihoi.web.elections.results import Following, Result, result_of
from daihoi.web.elections.services import lists, outcomes
from daihoi.web.lists.fields import refuse


def decided(at: At) -> HandVote | None:
    """The last vote on whether to vote on."""
    found: HandVote | None = at.contest.hand_votes.filter(subject=HandSubject.FURTHER_ROUND).last()
    return found


@require_http_methods(["GET", "POST"])
@gate(Right.SEE_ELECTIONS)
def contest_rounds(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """The announced result, what the body decides about it, and the next ballot. 404 before it is announced."""
    at = contest_at(request, congress, contest)
    if not queries.figures_are_open(at.contest):
        raise Http404
    result = result_of(at.contest, at.body)
    cards = CardsForm(None, initial={"present": present_now(at.contest.sitting)})
    if request.method == "POST" and at.place.may(Right.RUN_ELECTIONS):
        if request.POST.get("act") != "vote":
            return _opened(request, at, _asked(request, result))
        cards = CardsForm(request.POST)
        if cards.is_valid() and _voted(request, at, cards):
            return redirect("contest_rounds", *at.keys)
    held = at.held("contest_rounds", result=result, cards=cards, hands=at.body.hands, **_told(at, result))
    return render(request, "elections/rounds.html", held)


def _told(at: At, result: Result | None) -> dict[str, object]:
    """What was decided, which ballots may follow, and what the chair reads."""
    vote = decided(at)
    there = {one.round_kind: one for one in at.contest.followed_by.all()}
    return {
        "rows": [(one, there.get(one.kind), _form(one)) for one in (result.following if result else ())],
        "vote": vote,
        "vote_said": at.path.speech.of_vote(vote) if vote else None,
        "spoken": result.spoken if result else (),
    }


def _asked(request: HttpRequest, result: Result | None) -> Following:
    """The ballot that a button asks for, or 404."""
    kind = request.POST.get("kind", "")
    for one in result.following if result else ():
        if one.kind == kind:
            return one
    raise Http404


def _form(following: Following) -> RoundForm:
    return RoundForm(None, initial={"seats": following.seats}, prefix=following.kind)


def _voted(request: HttpRequest, at: At, cards: CardsForm) -> bool:
    """Whether the body votes on, by show of cards."""
    try:
        vote = lists.vote_by_cards(
            contest=at.contest, subject=HandSubject.FURTHER_ROUND, cards=cards.cleaned_data, by=at.by
        )
    except ValidationError as refused:
        refuse(cards, refused)
        return False
    messages.info(request, at.path.speech.of_vote(vote).text)
    return True


def _opened(request: HttpRequest, at: At, following: Following) -> HttpResponse:
    """Open the ballot that follows; what refuses it is said above the page."""
    made: list[Contest] = []
    form = RoundForm(request.POST, prefix=following.kind)
    vote = decided(at)
    if following.decided and (vote is None or not vote.adopted):
        messages.error(request, _("The body has not decided by show of cards to vote on."))
    elif not form.is_valid():
        messages.error(request, _("Say the colour of the new ballots, and how many are to be elected."))
    else:
        attempt(request, lambda: made.append(_next(request, at, following, form)))
    if not made:
        return redirect("contest_rounds", *at.keys)
    return redirect("contest", at.place.congress.key, made[0].key)


def _next(request: HttpRequest, at: At, following: Following, form: RoundForm) -> Contest:
    """The ballot with the seats that are open and the people who were chosen; the tied stand without being asked."""
    given, chosen = form.cleaned_data, set(request.POST.getlist("person"))
    tie = following.kind == RoundKind.TIE_REBALLOT
    return outcomes.next_round(
        contest=at.contest,
        kind=following.kind,
        # The rules say how many a ballot among the tied fills; a further one may fill fewer than are open.
        seats=following.seats if tie else min(given["seats"], following.seats),
        people=[one for one in following.people if tie or one.key in chosen],
        by=at.by,
        title=following.title,
        alternates=following.alternates,
        paper_colour=given["paper_colour"],
    )
