"""Delegates: the list, one of them, replacements, credentials, absences, and the list taken in from a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.congresses import printed, queries, services
from daihoi.web.congresses.choices import Category, Credentials, Leave
from daihoi.web.congresses.forms.people import DelegateForm, JudgeForm, LeaveForm, NewDelegateForm, ReplaceForm
from daihoi.web.congresses.imports.delegates import DelegateImport
from daihoi.web.congresses.models import Congress, Delegate
from daihoi.web.congresses.place import Place, place_of
from daihoi.web.lists.fields import refuse
from daihoi.web.lists.imports.pages import import_page
from daihoi.web.lists.pages import list_page
from daihoi.web.lists.table import Column, Filter, Table
from daihoi.web.members import queries as members
from daihoi.web.members.models import shown_date
from daihoi.web.organisations.models import Organisation
from daihoi.web.organisations.queries import beneath

BY_NAME = ("person__sort_text", "pk")


def page_of(delegate: Delegate) -> str:
    """The address of a delegate; `congress` must be read with it."""
    return reverse("delegate", args=[delegate.congress.key, delegate.key])


def standing(delegate: Delegate) -> str:
    """By what right somebody is there, and who stands in for whom."""
    category = str(delegate.get_category_display())
    if delegate.alternate_number:
        category = f"{category} {delegate.alternate_number}"
    if delegate.replaces:
        return _("%(category)s, for %(name)s") % {"category": category, "name": delegate.replaces.person.full_name}
    replaced = getattr(delegate, "replaced_by", None)
    if replaced is not None:
        return _("%(category)s, replaced by %(name)s") % {"category": category, "name": replaced.person.full_name}
    return category


def _seen(delegate: Delegate) -> str:
    return str(delegate.get_leave_display()) if delegate.leave != Leave.NONE else ""


COLUMNS: tuple[Column[Delegate], ...] = (
    Column("name", gettext_lazy("Full name"), lambda row: row.person.full_name, BY_NAME, link=page_of),
    Column("post", gettext_lazy("Post"), lambda row: row.person.post, ("person__post",), shown=False),
    Column("unit", gettext_lazy("Unit"), lambda row: row.unit.called, ("unit__path",)),
    Column("category", gettext_lazy("Category"), standing, ("category", "unit__path", "alternate_number")),
    Column("group", gettext_lazy("Group"), lambda row: str(row.group or ""), ("group__number",)),
    Column("seat", gettext_lazy("Seat"), lambda row: row.seat, ("seat",)),
    Column("credentials", gettext_lazy("Credentials"), lambda row: row.get_credentials_display(), ("credentials",)),
    Column("leave", gettext_lazy("Absence"), _seen, ("leave",), shown=False),
    Column("code", gettext_lazy("Code of the badge"), lambda row: row.code, ("code",), shown=False),
    Column("person", gettext_lazy("Code of the person"), lambda row: row.person.code, ("person__code",), shown=False),
)
BORN: Column[Delegate] = Column(
    "born", gettext_lazy("Date of birth"), lambda row: shown_date(row.person.born), ("person__born",), shown=False
)
"""For those alone who see personnel data."""


def _filters(congress: Congress) -> list[Filter]:
    groups = [(str(one.number), str(one)) for one in congress.groups.all()]
    return [
        Filter("category", gettext_lazy("Category"), Category.choices),
        Filter("group", gettext_lazy("Group"), [*groups, ("none", gettext_lazy("no group"))]),
        Filter("credentials", gettext_lazy("Credentials"), Credentials.choices),
        Filter("leave", gettext_lazy("Absence"), Leave.choices),
    ]


@require_http_methods(["GET"])
@gate(Right.SEE_PEOPLE)
def delegates(request: HttpRequest, congress: str) -> HttpResponse:
    """The delegates and alternates of a congress, by name."""
    place = place_of(request, congress, Right.SEE_PEOPLE)
    asked = {name: request.GET.get(name, "") for name in ("category", "credentials", "leave", "group")}
    rows = queries.searched_delegates(
        queries.delegates(place.congress).select_related("congress"),
        request.GET.get("q", ""),
        **asked,
    )
    columns = (*COLUMNS, BORN) if place.may(Right.SEE_PERSONNEL) else COLUMNS
    empty = gettext_lazy("Import the list of delegates from a spreadsheet, or add them one by one.")
    table = Table(rows, columns, request.GET, BY_NAME, _filters(place.congress), empty=empty)
    counted = queries.with_numbers(Congress.objects.filter(pk=place.congress.pk), "n_open").get()
    held = place.held("delegates", numbers=counted)
    of = place.congress.key
    return list_page(request, table, "congresses/delegates.html", name="dai-bieu", by=place.by, place=of, held=held)


def units_of(congress: Congress) -> QuerySet[Organisation]:
    """Which organisations may send delegates: the congress's own and all below it."""
    found: QuerySet[Organisation] = Organisation.objects.filter(beneath(congress.organisation.path))
    return found


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_DELEGATES)
def delegate_add(request: HttpRequest, congress: str) -> HttpResponse:
    """Make a person of the house a delegate."""
    place = place_of(request, congress, Right.EDIT_DELEGATES)
    people = members.visible(place.viewer)
    form = NewDelegateForm(
        request.POST or None,
        congress=place.congress,
        units=units_of(place.congress),
        people=people,
        initial={"person": request.GET.get("person", "")},
    )
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            made = services.add_delegate(
                congress=place.congress, person=fields.pop("person"), unit=fields.pop("unit"), by=place.by, **fields
            )
        except ValidationError as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Entered."))
            return redirect(page_of(made))
    return render(request, "congresses/form.html", place.held("delegates", form=form, heading=_("Add a delegate")))


@require_http_methods(["GET"])
@gate(Right.SEE_PEOPLE)
def delegate(request: HttpRequest, congress: str, delegate: str) -> HttpResponse:
    """One delegate."""
    place = place_of(request, congress, Right.SEE_PEOPLE)
    found = queries.delegate_of(place.congress, delegate)
    passages = found.passages.select_related("session").order_by("-at")[:20]
    held = place.held(
        "delegates",
        delegate=found,
        standing=standing(found),
        passages=passages,
        born=shown_date(found.person.born) if place.may(Right.SEE_PERSONNEL) else "",
        official=queries.is_official(found),
        prints=printed.of_person(place.congress, found.key) if place.may(Right.PRINT_PAPERS) else [],
    )
    return render(request, "congresses/delegate.html", held)


def _act(
    request: HttpRequest,
    place: Place,
    found: Delegate,
    form: Form,
    heading: str,
    act: Callable[[Mapping[str, object]], object],
) -> HttpResponse:
    """A form about one delegate, and the act behind it."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("delegate", place.congress.key, found.key)
    held = place.held("delegates", form=form, heading=f"{heading}: {found.person.full_name}", delegate=found)
    return render(request, "congresses/form.html", held)


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_DELEGATES)
def delegate_change(request: HttpRequest, congress: str, delegate: str) -> HttpResponse:
    """Unit, category, group and seat; or take somebody off the list who was entered by mistake."""
    place = place_of(request, congress, Right.EDIT_DELEGATES)
    found = queries.delegate_of(place.congress, delegate)
    if "remove" in request.POST:
        try:
            services.remove_delegate(delegate=found, by=place.by)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect("delegate", place.congress.key, found.key)
        messages.success(request, _("Taken off the list."))
        return redirect("delegates", place.congress.key)
    initial = {
        "unit": found.unit.code, "category": found.category, "alternate_number": found.alternate_number,
        "group": found.group_id, "seat": found.seat,
    }  # fmt: skip
    form = DelegateForm(request.POST or None, congress=place.congress, units=units_of(place.congress), initial=initial)
    return _act(
        request, place, found, form, _("Change"),
        lambda given: services.change_delegate(delegate=found, by=place.by, fields=given),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_DELEGATES)
def delegate_replace(request: HttpRequest, congress: str, delegate: str) -> HttpResponse:
    """Let an alternate step in on a decision; on an alternate's page, take that back."""
    place = place_of(request, congress, Right.EDIT_DELEGATES)
    found = queries.delegate_of(place.congress, delegate)
    if found.replaces_id is not None:
        if request.method == "POST":
            services.take_back_replacement(alternate=found, by=place.by)
            messages.success(request, _("The replacement was taken back."))
        return redirect("delegate", place.congress.key, found.key)
    if found.category == Category.ALTERNATE:
        raise Http404
    form = ReplaceForm(request.POST or None, delegate=found)
    return _act(
        request, place, found, form, _("An alternate steps in"),
        lambda given: services.replace(
            delegate=found, alternate=given["alternate"], decision=str(given["decision"]), by=place.by  # type: ignore[arg-type]
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_DELEGATES)
def delegate_judge(request: HttpRequest, congress: str, delegate: str) -> HttpResponse:
    """What the credentials board says of a delegate."""
    place = place_of(request, congress, Right.EDIT_DELEGATES)
    found = queries.delegate_of(place.congress, delegate)
    form = JudgeForm(request.POST or None, initial={"credentials": found.credentials, "reason": found.refusal_reason})
    return _act(
        request, place, found, form, _("Credentials"),
        lambda given: services.recognise(
            delegate=found, credentials=Credentials(str(given["credentials"])), reason=str(given["reason"]), by=place.by
        ),
    )  # fmt: skip


@require_http_methods(["POST"])
@gate(Right.EDIT_DELEGATES)
def delegates_judge(request: HttpRequest, congress: str) -> HttpResponse:
    """Recognise everybody at whom the board has not looked yet."""
    place = place_of(request, congress, Right.EDIT_DELEGATES)
    done = services.recognise_open(congress=place.congress, by=place.by)
    messages.success(request, _("%(n)d delegates were recognised.") % {"n": done})
    return redirect("delegates", place.congress.key)


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_DELEGATES)
def delegate_leave(request: HttpRequest, congress: str, delegate: str) -> HttpResponse:
    """Whether an absence was told."""
    place = place_of(request, congress, Right.EDIT_DELEGATES)
    found = queries.delegate_of(place.congress, delegate)
    form = LeaveForm(request.POST or None, initial={"leave": found.leave, "reason": found.leave_reason})
    return _act(
        request, place, found, form, _("Absence"),
        lambda given: services.set_leave(
            delegate=found, leave=Leave(str(given["leave"])), reason=str(given["reason"]), by=place.by
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_DELEGATES)
def import_delegates(request: HttpRequest, congress: str, upload: str = "") -> HttpResponse:
    """The list of delegates from a spreadsheet."""
    place = place_of(request, congress, Right.EDIT_DELEGATES)
    return import_page(request, DelegateImport(place), upload)
