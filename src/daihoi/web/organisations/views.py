"""Pages of the tree."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.access import access as access_to
from daihoi.web.accounts.choices import OF_ONE_CONGRESS, Right, Role
from daihoi.web.accounts.permissions import Scope, gate, viewer_of
from daihoi.web.lists.imports.pages import import_page
from daihoi.web.lists.pages import list_page
from daihoi.web.lists.table import Column, Filter, Table
from daihoi.web.organisations import queries, services
from daihoi.web.organisations.choices import Tier
from daihoi.web.organisations.forms import FoundForm, OrganisationForm, PlaceForm, RenameForm, TermForm
from daihoi.web.organisations.imports import OrganisationImport
from daihoi.web.organisations.models import Organisation


def page_of(organisation: Organisation) -> str:
    """The address of an organisation."""
    return reverse("organisation", args=[organisation.key])


COLUMNS: tuple[Column[Organisation], ...] = (
    Column("code", gettext_lazy("Code"), lambda row: row.code, ("code",)),
    Column("name", gettext_lazy("Name"), lambda row: row.name, ("folded",), link=page_of),
    Column("tier", gettext_lazy("Tier"), lambda row: row.get_tier_display(), ("tier",)),
    Column("kind", gettext_lazy("Kind"), lambda row: row.get_kind_display(), ("kind",)),
    Column("official", gettext_lazy("Official members"), lambda row: row.official_members, ("official_members",),
           number=True),
    Column("probationary", gettext_lazy("Probationary members"), lambda row: row.probationary_members,
           ("probationary_members",), shown=False, number=True),
    Column("children", gettext_lazy("Below it"), lambda row: row.numchild, ("numchild",), number=True),
    Column("place", gettext_lazy("Place name on papers"), lambda row: row.place_name, ("place_name",), shown=False),
    Column("until", gettext_lazy("Until"), lambda row: row.valid_to, ("valid_to",), shown=False),
)  # fmt: skip


@require_http_methods(["GET"])
@gate(Right.SEE_ORGANISATIONS)
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations of one's part of the tree."""
    viewer = viewer_of(request)
    rows = queries.searched(queries.visible(viewer), request.GET.get("q", ""), request.GET.get("tier", ""))
    tiers = Filter("tier", gettext_lazy("Tier"), [(tier.value, tier.label) for tier in Tier])
    table = Table(
        rows,
        COLUMNS,
        request.GET,
        ("path",),
        [tiers],
        empty=gettext_lazy("Import the tree from a spreadsheet, or enter the top organisation first."),
    )
    held = {
        "may_edit": viewer.may(Right.EDIT_ORGANISATIONS),
        "may_found_top": viewer.everywhere(Right.EDIT_ORGANISATIONS),
    }
    mine = queries.place_of(viewer, Right.SEE_ORGANISATIONS)
    return list_page(
        request, table, "organisations/organisations.html", name="to-chuc", by=viewer.name, place=mine, held=held
    )


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_ORGANISATIONS)
def import_organisations(request: HttpRequest, upload: str = "") -> HttpResponse:
    """The tree, or a part of it, from a spreadsheet."""
    viewer = viewer_of(request)
    importer = OrganisationImport(
        by=viewer.name,
        owner=viewer.owner,
        editable=queries.visible(viewer, Right.EDIT_ORGANISATIONS),
        whole=viewer.everywhere(Right.EDIT_ORGANISATIONS),
    )
    importer.place = queries.place_of(viewer, Right.EDIT_ORGANISATIONS)
    return import_page(request, importer, upload)


@require_http_methods(["GET"])
@gate(Right.SEE_ORGANISATIONS)
def organisation(request: HttpRequest, key: str) -> HttpResponse:
    """One organisation, what stands above and below it, and its history."""
    viewer = viewer_of(request)
    found = queries.organisation_of(viewer, key)
    below = queries.visible(viewer).filter(queries.beneath(found.path))
    above = list(Organisation.objects.get_ancestors(found))
    held = {
        "organisation": found,
        "above": above,
        # What stands above is named so that one knows where one is; it leads nowhere for who does not see it.
        "seen": {one.key for one in above if queries.reaches(viewer, Right.SEE_ORGANISATIONS, one)},
        # More than some hundreds is a list, and lists are searched.
        "children": Organisation.objects.get_children(found).order_by("path")[:500],
        "figures": queries.figures(below.exclude(pk=found.pk)),
        "labels": queries.tier_labels(queries.current_term()),
        "former_names": found.former_names.all(),
        "may_edit": queries.reaches(viewer, Right.EDIT_ORGANISATIONS, found),
        "may_see_people": queries.reaches(viewer, Right.SEE_PEOPLE, found),
        "may_see_results": queries.reaches(viewer, Right.SEE_ELECTIONS, found),
        "may_invite": queries.reaches(viewer, Right.MANAGE_ACCOUNTS, found),
    }
    return render(request, "organisations/organisation.html", held)


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_ORGANISATIONS)
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change the fields of an organisation."""
    found = queries.organisation_of(viewer_of(request), key, Right.EDIT_ORGANISATIONS)
    form = OrganisationForm(request.POST or None, instance=Organisation.objects.get(pk=found.pk))
    if request.method == "POST" and form.is_valid():
        services.change(organisation=found, by=viewer_of(request).name, fields=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(page_of(found))
    return render(request, "organisations/form.html", {"form": form, "organisation": found, "title": _("Change")})


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_ORGANISATIONS)
def found_below(request: HttpRequest, key: str) -> HttpResponse:
    """Enter an organisation below this one."""
    parent = queries.organisation_of(viewer_of(request), key, Right.EDIT_ORGANISATIONS)
    form = FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.found(parent=parent, by=viewer_of(request).name, **form.cleaned_data)
        messages.success(request, _("Entered."))
        return redirect(page_of(made))
    title = _("New organisation below %(name)s") % {"name": parent.called}
    return render(request, "organisations/form.html", {"form": form, "organisation": parent, "title": title})


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_ORGANISATIONS)
def rename(request: HttpRequest, key: str) -> HttpResponse:
    """Another name from a day on."""
    found = queries.organisation_of(viewer_of(request), key, Right.EDIT_ORGANISATIONS)
    form = RenameForm(request.POST or None, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        services.rename(organisation=found, by=viewer_of(request).name, **form.cleaned_data)
        return redirect(page_of(found))
    return render(request, "organisations/form.html", {"form": form, "organisation": found, "title": _("Rename")})


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_ORGANISATIONS)
def move(request: HttpRequest, key: str) -> HttpResponse:
    """Put it, with all below it, under another."""
    found = queries.organisation_of(viewer_of(request), key, Right.EDIT_ORGANISATIONS)
    form = PlaceForm(request.POST or None)
    target = _by_code(request, form)
    if target is not None:
        try:
            services.move(organisation=found, parent=target, by=viewer_of(request).name)
        except ValidationError as error:
            form.add_error("code", error.messages)
        else:
            return redirect(page_of(found))
    return render(request, "organisations/form.html", {"form": form, "organisation": found, "title": _("Move")})


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_ORGANISATIONS)
def merge(request: HttpRequest, key: str) -> HttpResponse:
    """Merge it into another."""
    found = queries.organisation_of(viewer_of(request), key, Right.EDIT_ORGANISATIONS)
    form = PlaceForm(request.POST or None, initial={"since": timezone.localdate()})
    target = _by_code(request, form)
    if target is not None:
        since = form.cleaned_data["since"] or timezone.localdate()
        try:
            services.merge(organisation=found, into=target, since=since, by=viewer_of(request).name)
        except ValidationError as error:
            form.add_error("code", error.messages)
        else:
            return redirect(page_of(target))
    return render(request, "organisations/form.html", {"form": form, "organisation": found, "title": _("Merge")})


def _by_code(request: HttpRequest, form: Form) -> Organisation | None:
    """The organisation whose code was typed, where the person may change it; else the form says so."""
    if request.method != "POST" or not form.is_valid():
        return None
    editable = queries.visible(viewer_of(request), Right.EDIT_ORGANISATIONS)
    target = editable.filter(code=form.cleaned_data["code"]).first()
    if target is None:
        form.add_error("code", _("No organisation of yours has this code."))
    return target


@require_http_methods(["GET", "POST"])
@gate(Right.MANAGE_ACCOUNTS)
def access(request: HttpRequest, key: str) -> HttpResponse:
    """Who sees this part of the tree; invite another."""
    viewer = viewer_of(request)
    found = queries.organisation_of(viewer, key, Right.MANAGE_ACCOUNTS)
    # Roles of one congress are given on the page of that congress.
    held = access_to(request, Scope(found.key), found.name, set(Role) - OF_ONE_CONGRESS)
    return render(request, "organisations/access.html", {**held, "organisation": found})


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_ORGANISATIONS)
def term(request: HttpRequest) -> HttpResponse:
    """Which term this is, and what it calls its tiers; for who changes the whole tree."""
    if not viewer_of(request).everywhere(Right.EDIT_ORGANISATIONS):
        raise PermissionDenied
    now = queries.current_term()
    initial = {"label": now.label, "profile": now.profile, **queries.tier_labels(now)} if now else None
    form = TermForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.set_term(
            label=form.cleaned_data["label"],
            profile=form.cleaned_data["profile"],
            labels=form.labels,
            by=viewer_of(request).name,
        )
        messages.success(request, _("Saved."))
        return redirect("organisations")
    return render(request, "organisations/form.html", {"form": form, "title": _("Term")})


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_ORGANISATIONS)
def found_top(request: HttpRequest) -> HttpResponse:
    """Enter the top of the tree; only for who sees all of it."""
    if not viewer_of(request).everywhere(Right.EDIT_ORGANISATIONS):
        raise PermissionDenied
    form = FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.found(parent=None, by=viewer_of(request).name, **form.cleaned_data)
        return redirect(page_of(made))
    return render(request, "organisations/form.html", {"form": form, "title": _("New organisation")})
