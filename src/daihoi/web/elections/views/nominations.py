"""One nomination: what is known of it, a request to withdraw and the decision, a name that is printed otherwise."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.elections import queries
from daihoi.web.elections.choices import ContestState, HandSubject, NominationState, Source
from daihoi.web.elections.forms import CardsForm, DescribeForm, NameForm, ReasonForm
from daihoi.web.elections.models import Nomination
from daihoi.web.elections.place import At, contest_at
from daihoi.web.elections.present import present_now
from daihoi.web.elections.services import lists
from daihoi.web.lists.fields import refuse


@require_http_methods(["GET", "POST"])
@gate(Right.RUN_ELECTIONS)
def nomination(request: HttpRequest, congress: str, contest: str, nomination: str) -> HttpResponse:
    """One person on the list, and what can be done about the nomination now."""
    at = contest_at(request, congress, contest, Right.RUN_ELECTIONS)
    found = queries.nomination_of(at.contest, nomination)
    forms = _forms(request, at, found)
    asked = request.POST.get("act", "")
    if request.method == "POST" and asked in forms:
        form = forms[asked]
        if (not isinstance(form, Form | DescribeForm) or form.is_valid()) and _done(request, at, found, asked, form):
            return redirect("contest_names", *at.keys)
    speech = at.path.speech
    said = []
    if found.state == NominationState.ASKED:
        said = [speech.say("withdrawal_put_to_vote", name=found.name, reason=found.reason)]
    held = at.held("contest_names", nomination=found, forms=forms, spoken=said, hands=at.body.hands,
                   votes=[(one, speech.of_vote(one)) for one in found.hand_votes.all()])  # fmt: skip
    return render(request, "elections/nomination.html", held)


def _forms(request: HttpRequest, at: At, found: Nomination) -> dict[str, Form | DescribeForm | None]:
    """What can be done with a nomination as it stands, each with its form; None where a button is enough."""
    asked = request.POST.get("act", "")

    def given(act: str) -> object:
        return request.POST if request.method == "POST" and asked == act else None

    cards = {"present": present_now(at.contest.sitting)}
    state = at.contest.state
    forms: dict[str, Form | DescribeForm | None] = {}
    if state == ContestState.PREPARING:
        # A form of a model writes into its instance while it looks at what was typed.
        forms["describe"] = DescribeForm(given("describe"), instance=Nomination.objects.get(pk=found.pk))  # type: ignore[arg-type]
        if found.state == NominationState.PROPOSED:
            forms["ask"] = ReasonForm(given("ask"))  # type: ignore[arg-type]
            if not at.contest.hand_votes.filter(subject=HandSubject.LIST).exists():
                forms["remove"] = None
        if found.state == NominationState.ASKED:
            forms["withdrawal"] = CardsForm(given("withdrawal"), initial=cards)  # type: ignore[arg-type]
        elif found.state == NominationState.PROPOSED and found.source != Source.PREPARED:
            forms["leave_off"] = CardsForm(given("leave_off"), initial=cards)  # type: ignore[arg-type]
        if found.state in {NominationState.WITHDRAWN, NominationState.LEFT_OFF}:
            forms["back"] = CardsForm(given("back"), initial=cards)  # type: ignore[arg-type]
    if state == ContestState.LIST_CLOSED:
        forms["name"] = NameForm(given("name"), initial={"name": found.name})  # type: ignore[arg-type]
    return forms


def _done(request: HttpRequest, at: At, found: Nomination, act: str, form: Form | DescribeForm | None) -> bool:
    given = form.cleaned_data if form is not None else {}
    acts: dict[str, Callable[[], object]] = {
        "describe": lambda: lists.describe(nomination=found, by=at.by, **given),
        "ask": lambda: lists.ask_to_withdraw(nomination=found, reason=given["reason"], by=at.by),
        "remove": lambda: lists.take_back(nomination=found, by=at.by),
        "name": lambda: lists.correct_name(nomination=found, name=given["name"], reason=given["reason"], by=at.by),
        "withdrawal": lambda: _voted(request, at, found, given, HandSubject.WITHDRAWAL, NominationState.WITHDRAWN),
        "leave_off": lambda: _voted(request, at, found, given, HandSubject.NOMINATION, NominationState.LEFT_OFF),
        "back": lambda: _voted(request, at, found, given, HandSubject.NOMINATION, NominationState.PROPOSED),
    }
    try:
        acts[act]()
    except ValidationError as refused:
        if form is None:
            messages.error(request, " ".join(refused.messages))
        else:
            refuse(form, refused)  # type: ignore[arg-type]
        return False
    return True


def _voted(
    request: HttpRequest,
    at: At,
    found: Nomination,
    cards: dict[str, int],
    subject: HandSubject,
    agreed: NominationState,
) -> None:
    """The body votes on a nomination; where it does not agree, the person stays where they were."""
    vote = lists.vote_by_cards(contest=at.contest, subject=subject, cards=cards, nomination=found, by=at.by)
    messages.info(request, at.path.speech.of_vote(vote).text)
    # A request that is refused ends: the person stays on the list.
    stays = NominationState.PROPOSED if found.state == NominationState.ASKED else NominationState(found.state)
    state = agreed if vote.adopted else stays
    if state != found.state:
        lists.decide_nomination(nomination=found, state=state, vote=vote, by=at.by)
    words = _("%(name)s: %(state)s") % {"name": found.name, "state": found.get_state_display()}
    messages.success(request, words)
