"""The elections of a congress: the bodies that vote, their contests in order, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from daihoi.rules.base import BaseWorksheet
from daihoi.rules.errors import RulesError
from daihoi.rules.lists import surplus_limit
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.congresses.models import Congress
from daihoi.web.congresses.place import Place, place_of
from daihoi.web.elections import making, queries
from daihoi.web.elections.choices import Office, SittingKind
from daihoi.web.elections.forms import ContestForm
from daihoi.web.elections.guiding import Path, Step
from daihoi.web.elections.making import Body
from daihoi.web.elections.models import Contest, Sitting
from daihoi.web.elections.place import attempt
from daihoi.web.elections.services import lists, sittings
from daihoi.web.lists.fields import refuse


@dataclass(frozen=True)
class Line:
    """One contest on the list."""

    contest: Contest
    names: int
    limit: int
    now: Step | None

    @property
    def surplus(self) -> int:
        """How many more names than seats."""
        return self.names - making.places(self.contest)


@dataclass(frozen=True)
class Told:
    """One body that votes: its title, its base where there is a roll, its contests."""

    sitting: Sitting
    title: str
    sheet: BaseWorksheet | None
    board: int
    lines: list[Line]


def told_of(sitting: Sitting, contests: list[Contest]) -> Told:
    """A body with the first open step of each of its contests."""
    body = making.body_of(sitting)
    lines = [_line(one, body, contests) for one in contests]
    return Told(sitting, making.title_of_sitting(sitting), _sheet(body), len(body.board), lines)


def _sheet(body: Body) -> BaseWorksheet | None:
    try:
        return body.sheet(body.roll)
    except RulesError:
        return None


def _line(contest: Contest, body: Body, others: list[Contest]) -> Line:
    path = Path(contest, body, others)
    return Line(contest, len(path.names), surplus_limit(making.places(contest), body.settings), path.now)


def kind_of(kind: str) -> SittingKind:
    """A kind out of an address, or 404."""
    if kind not in SittingKind.values:
        raise Http404
    return SittingKind(kind)


def opened(congress: Congress, kind: SittingKind, by: str) -> Sitting:
    """The body of a kind, opened with its members the first time."""
    found = queries.sittings(congress).filter(kind=kind).first()
    if found is not None:
        return found
    sitting = sittings.open_sitting(congress=congress, kind=kind, by=by)
    people = list(queries.future_members(congress, kind))
    if people:
        sittings.seat_members(sitting=sitting, people=people, by=by)
    return sitting


@require_http_methods(["GET"])
@gate(Right.SEE_ELECTIONS)
def elections(request: HttpRequest, congress: str) -> HttpResponse:
    """Bodies and contests in their order."""
    place = place_of(request, congress, Right.SEE_ELECTIONS)
    told = [told_of(*one) for one in queries.with_lists(queries.sittings(place.congress))]
    there = {one.sitting.kind for one in told}
    closed = [_closed(place.congress, kind) for kind in SittingKind if kind not in there]
    return render(request, "elections/elections.html", place.held("elections", told=told, closed=closed))


def _closed(congress: Congress, kind: SittingKind) -> tuple[SittingKind, bool]:
    """A body that was not opened, and whether it can be: a meeting needs the elected."""
    return kind, kind == SittingKind.CONGRESS or queries.future_members(congress, kind).order_by().exists()


@require_http_methods(["POST"])
@gate(Right.RUN_ELECTIONS)
def elections_usual(request: HttpRequest, congress: str, body: str) -> HttpResponse:
    """Open a body where it is not open yet, and add the contests that it usually holds."""
    place = place_of(request, congress, Right.RUN_ELECTIONS)
    which = kind_of(body)
    if which != SittingKind.CONGRESS and not queries.future_members(place.congress, which).exists():
        messages.error(request, _("Nobody was elected to this body yet: its meeting follows the announcement."))
        return redirect("elections", place.congress.key)

    def act() -> None:
        sitting = opened(place.congress, which, place.by)
        added = lists.add_usual(sitting=sitting, by=place.by)
        words = ngettext(
            "%(n)d contest was added. Look at its number.",
            "%(n)d contests were added. Look at the number of each.",
            added,
        )
        messages.success(request, words % {"n": added})

    attempt(request, act)
    return redirect("elections", place.congress.key)


@require_http_methods(["GET", "POST"])
@gate(Right.RUN_ELECTIONS)
def contest_add(request: HttpRequest, congress: str, body: str) -> HttpResponse:
    """Enter a contest."""
    place = place_of(request, congress, Right.RUN_ELECTIONS)
    which = kind_of(body)
    form = ContestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _added(place, which, form)
        if made is not None:
            return redirect("contest", place.congress.key, made.key)
    held = place.held("elections", form=form, heading=_("Add a contest"))
    return render(request, "congresses/form.html", held)


def _added(place: Place, kind: SittingKind, form: ContestForm) -> Contest | None:
    given = dict(form.cleaned_data)
    try:
        return lists.add_contest(
            sitting=opened(place.congress, kind, place.by), office=Office(given.pop("office")),
            title=given.pop("title"), seats=given.pop("seats"), by=place.by, **given,
        )  # fmt: skip
    except ValidationError as refused:
        refuse(form, refused)  # type: ignore[arg-type]  # fields are looked at alone
        return None


@require_http_methods(["POST"])
@gate(Right.RUN_ELECTIONS)
def contest_move(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """One place up or down in the order of the day."""
    place = place_of(request, congress, Right.RUN_ELECTIONS)
    found = queries.contest_of(place.congress, contest)
    lists.move(contest=found, up=request.POST.get("to") == "up", by=place.by)
    return redirect("elections", place.congress.key)
