"""The parts of a congress: sessions, bodies, groups, allocation by unit, and who works there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.access import access
from daihoi.web.accounts.choices import OF_ONE_CONGRESS, Right
from daihoi.web.accounts.permissions import Scope, gate
from daihoi.web.congresses import queries, services
from daihoi.web.congresses.choices import BodyKind, BodyPost, Form, SessionKind
from daihoi.web.congresses.forms.setup import AllocationForm, BodyForm, GroupForm, SessionForm
from daihoi.web.congresses.naming import title_of
from daihoi.web.congresses.place import Place, place_of
from daihoi.web.lists.fields import refuse
from daihoi.web.organisations import queries as organisations
from daihoi.web.organisations.models import Organisation


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_CONGRESS)
def congress_sessions(request: HttpRequest, congress: str) -> HttpResponse:
    """Sessions: add one, take one away at which nobody was."""
    place = place_of(request, congress, Right.EDIT_CONGRESS)
    here = redirect("congress_sessions", place.congress.key)
    if "remove" in request.POST:
        _remove_session(request, place)
        return here
    form = SessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        services.add_session(
            congress=place.congress, kind=SessionKind(given["kind"]), name=given["name"],
            starts_at=given["starts_at"], by=place.by,
        )  # fmt: skip
        return here
    held = place.held("congress", form=form, sessions=place.congress.sessions.all())
    return render(request, "congresses/sessions.html", held)


def _remove_session(request: HttpRequest, place: Place) -> None:
    number = request.POST["remove"]
    session = get_object_or_404(place.congress.sessions, pk=int(number) if number.isdecimal() else 0)
    try:
        services.remove_session(session=session, by=place.by)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_CONGRESS)
def congress_bodies(request: HttpRequest, congress: str) -> HttpResponse:
    """Presidium, secretariat, credentials board, counting board."""
    place = place_of(request, congress, Right.EDIT_CONGRESS)
    here = redirect("congress_bodies", place.congress.key)
    if "remove" in request.POST:
        number = request.POST["remove"]
        member = get_object_or_404(place.congress.body_members, pk=int(number) if number.isdecimal() else 0)
        services.leave_body(member=member, by=place.by)
        return here
    form = BodyForm(request.POST or None, congress=place.congress)
    if request.method == "POST" and form.is_valid() and _seated(form, place):
        return here
    # Empty ones too: a body that nobody was put into is to be seen.
    of_members = place.congress.form == Form.MEMBERS
    kinds = [kind for kind in BodyKind if not (of_members and kind == BodyKind.CREDENTIALS)]
    bodies: dict[str, list[object]] = {kind.value: [] for kind in kinds}
    for member in queries.bodies(place.congress):
        bodies.setdefault(member.body, []).append(member)
    named = [(BodyKind(kind).label, members, kind == BodyKind.COUNTING) for kind, members in bodies.items()]
    return render(request, "congresses/bodies.html", place.held("congress", form=form, bodies=named))


def _seated(form: BodyForm, place: Place) -> bool:
    """Whether the person was put into the body; else the form says why not."""
    given = form.cleaned_data
    try:
        services.seat_in_body(
            congress=place.congress,
            body=BodyKind(given["body"]),
            person=form.person,
            post=BodyPost(given["post"]),
            by=place.by,
        )
    except ValidationError as refused:
        refuse(form, refused)
        return False
    return True


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_CONGRESS)
def congress_groups(request: HttpRequest, congress: str) -> HttpResponse:
    """Groups of delegates: add one, divide those who have none."""
    place = place_of(request, congress, Right.EDIT_CONGRESS)
    here = redirect("congress_groups", place.congress.key)
    if "divide" in request.POST:
        try:
            put = services.divide_into_groups(congress=place.congress, by=place.by)
            messages.success(request, _("%(n)d were put into groups, units together.") % {"n": put})
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return here
    last = place.congress.groups.last()
    form = GroupForm(request.POST or None, initial={"number": last.number + 1 if last else 1})
    if request.method == "POST" and form.is_valid():
        try:
            services.add_group(congress=place.congress, by=place.by, **form.cleaned_data)
        except ValidationError as refused:
            refuse(form, refused)
        else:
            return here
    groups = queries.groups_with_numbers(place.congress)
    without = place.congress.delegates.filter(group__isnull=True).count()
    held = place.held("congress", form=form, groups=groups, without=without)
    return render(request, "congresses/groups.html", held)


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_CONGRESS)
def congress_allocation(request: HttpRequest, congress: str) -> HttpResponse:
    """How many delegates each unit sends, and how many of them are on the list."""
    place = place_of(request, congress, Right.EDIT_CONGRESS)
    form = AllocationForm(request.POST or None, initial={"code": request.GET.get("unit", "")})
    if request.method == "POST" and form.is_valid():
        figures = dict(form.cleaned_data)
        code = figures.pop("code")
        below = organisations.visible(place.viewer).filter(organisations.beneath(place.congress.organisation.path))
        unit = below.filter(code=code).first()
        if unit is None:
            form.add_error("code", _("No organisation below this one has this code."))
        else:
            services.allocate(congress=place.congress, unit=unit, by=place.by, **figures)
            return redirect("congress_allocation", place.congress.key)
    lines = [_Line(*row) for row in queries.allocation(place.congress).values_list(*_ROW)]
    sums = {name: sum(getattr(line, name) for line in lines) for name in ("official", "alternates", "there")}
    free = queries.units_without_allocation(place.congress)
    held = place.held("congress", form=form, lines=_lines_of(lines), sums=sums, free=_free(free[:400]))
    return render(request, "congresses/allocation.html", held)


class _Line(NamedTuple):
    """What one unit sends: a row, and joined at once, for a province has four hundred."""

    code: str
    name: str
    members: int
    ex_officio: int
    elected: int
    designated: int
    alternates: int
    there: int

    @property
    def official(self) -> int:
        """As `models.Allocation.official`."""
        return self.ex_officio + self.elected + self.designated


_ROW = (
    *("unit__code", "unit__name", "unit__official_members"),
    *("ex_officio", "elected", "designated", "alternates", "there"),
)
_NUMBER = '<td class="text-end number">{}</td>'
_LINE = f'<tr><th scope="row"><a href="?unit={{}}">{{}}</a></th>{_NUMBER * 7}</tr>'
_FREE = '<li><a href="?unit={}">{}</a> <span class="text-secondary">{}, {}</span></li>'


def _lines_of(lines: Iterable[_Line]) -> SafeString:
    few = format_html(' <span class="text-secondary">{}</span>', _("too few"))
    told = (
        (
            *one[:6], one.official,
            format_html("<b>{}</b>{}", one.there, few) if one.there < one.official else one.there, one.alternates,
        )
        for one in lines
    )  # fmt: skip
    return format_html_join("\n", _LINE, told)


def _free(units: QuerySet[Organisation]) -> SafeString:
    return format_html_join("", _FREE, units.values_list("code", "name", "code", "official_members"))


@require_http_methods(["GET", "POST"])
@gate(Right.MANAGE_ACCOUNTS)
def congress_access(request: HttpRequest, congress: str) -> HttpResponse:
    """Who works at this congress alone; invite another."""
    place = place_of(request, congress, Right.MANAGE_ACCOUNTS)
    scope = Scope(place.congress.organisation.key, place.congress.key)
    held = access(request, scope, title_of(place.congress), OF_ONE_CONGRESS)
    return render(request, "congresses/access.html", place.held("congress", **held))
