"""Pages of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Field as ModelField
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import Viewer, gate, viewer_of
from daihoi.web.lists.imports.pages import import_page
from daihoi.web.lists.pages import Learn, list_page
from daihoi.web.lists.table import Column, Filter, Table
from daihoi.web.members import portraits, queries, services
from daihoi.web.members.choices import PERSONNEL, Degree, Sex, Theory
from daihoi.web.members.forms import PersonForm
from daihoi.web.members.imports import PeopleImport
from daihoi.web.members.models import Person, shown_date
from daihoi.web.members.order import DATES
from daihoi.web.organisations import queries as organisations
from daihoi.web.organisations.models import Organisation


def page_of(person: Person) -> str:
    """The address of a person."""
    return reverse("person", args=[person.key])


def said(person: Person, name: str) -> object:
    """What a field says, as it is read."""
    value = getattr(person, name)
    if name in DATES:
        return shown_date(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    words = getattr(person, f"get_{name}_display", None)
    return words() if words else value


def words_of(name: str) -> object:
    """The heading of a field, with a capital."""
    field = Person._meta.get_field(name)
    assert isinstance(field, ModelField)  # noqa: S101 -- our own names
    return capfirst(str(field.verbose_name))


PUBLIC_COLUMNS: tuple[Column[Person], ...] = (
    Column("name", gettext_lazy("Full name"), lambda row: f"{row.full_name}{getattr(row, 'apart', '')}",
           ("sort_text",), link=page_of),
    Column("post", gettext_lazy("Post"), lambda row: row.post, ("post",)),
    Column("organisation", gettext_lazy("Organisation"), lambda row: row.organisation.called, ("organisation__path",),
           link=lambda row: reverse("organisation", args=[row.organisation.key])),
    Column("code", gettext_lazy("Code"), lambda row: row.code, ("code",)),
    Column("unit", gettext_lazy("Code of the organisation"), lambda row: row.organisation.code,
           ("organisation__code",), shown=False),
)  # fmt: skip
SHOWN = frozenset({"sex", "born", "joined"})
SORTED = frozenset({"born", "joined"})
"""Columns that an index serves; of hundreds of thousands no others are sorted by."""


def personnel_columns() -> Sequence[Column[Person]]:
    """Columns for who sees the personnel data of everybody in the list."""

    def column(name: str) -> Column[Person]:
        return Column(
            name, str(words_of(name)), lambda row: said(row, name), (name,) * (name in SORTED), shown=name in SHOWN
        )

    return [column(name) for name in PERSONNEL]


FILTERS = (
    Filter("sex", gettext_lazy("Sex"), Sex.choices),
    Filter("degree", gettext_lazy("Professional degree"), Degree.choices),
    Filter("theory", gettext_lazy("Political theory"), Theory.choices),
)


@require_http_methods(["GET"])
@gate(Right.SEE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """The people of one's part of the tree, or of one organisation and all below it."""
    viewer, asked = viewer_of(request), request.GET
    # Organisations are fetched apart: to skip to a far page must not fetch those of all pages before.
    rows = queries.visible(viewer).select_related(None).prefetch_related("organisation")
    place, where = None, organisations.paths(viewer, Right.SEE_PEOPLE)
    if asked.get("organisation"):
        place = organisations.organisation_of(viewer, asked["organisation"], Right.SEE_PEOPLE)
        rows, where = rows.filter(organisations.beneath(place.path, "organisation__")), (place.path,)
    sees = queries.Personnel(viewer).of_all(where)
    table = _table(rows, asked, where, sees=sees, kept={"organisation": place.key} if place else {})
    held = {
        "place": place,
        "may_edit": viewer.may(Right.EDIT_PEOPLE),
        "may_photograph": viewer.may(Right.EDIT_PEOPLE) and viewer.may(Right.SEE_PERSONNEL),
        "partly": not sees and viewer.may(Right.SEE_PERSONNEL),
    }
    mine = place.key if place else organisations.place_of(viewer, Right.SEE_PEOPLE)
    learn = _telling_apart(viewer, table, rows)
    return list_page(
        request, table, "members/people.html", name="nhan-su", by=viewer.name, place=mine, held=held, learn=learn
    )


def _table(
    rows: QuerySet[Person], asked: QueryDict, where: Iterable[str], *, sees: bool, kept: Mapping[str, str]
) -> Table[Person]:
    """The list of these people; `sees`: with columns, orders and filters of personnel data."""
    return Table(
        _filtered(queries.searched(rows, asked.get("q", "")), asked, sees),
        [*PUBLIC_COLUMNS, *(personnel_columns() if sees else ())],
        asked,
        ("sort_text", "pk"),
        FILTERS if sees else (),
        empty=gettext_lazy("Import people from a spreadsheet, or enter them one by one."),
        kept=kept,
        walked=organisations.is_most(where),
    )


def _telling_apart(viewer: Viewer, table: Table[Person], among: QuerySet[Person]) -> Learn[Person]:
    """What puts beside each name of a page that others of the list bear what tells its person apart."""
    # Where the organisation stands in a column of its own, it need not stand beside the name too.
    places = all(column.name != "organisation" for column in table.chosen)

    def tell_apart(shown: Iterable[Person]) -> None:
        told = queries.apart(shown, among, queries.Personnel(viewer), places=places)
        for row in shown:
            row.apart = f" ({told[row.pk]})" if row.pk in told else ""  # type: ignore[attr-defined]

    return tell_apart


def _filtered(rows: QuerySet[Person], asked: QueryDict, sees: bool) -> QuerySet[Person]:
    for one in FILTERS if sees else ():
        answer = asked.get(one.name, "")
        # Only answers that the filter has: the rest of an address is anybody's.
        if answer in {value for value, _words in one.answers}:
            rows = rows.filter(**{one.name: answer})
    return rows


@require_http_methods(["GET"])
@gate(Right.SEE_PEOPLE)
def person(request: HttpRequest, person: str) -> HttpResponse:
    """One person."""
    viewer = viewer_of(request)
    found = queries.person_of(viewer, person)
    personnel = queries.Personnel(viewer)
    facts = [(words_of(name), said(found, name)) for name in PERSONNEL] if personnel.of(found.organisation.path) else []
    may_edit = queries.visible(viewer, Right.EDIT_PEOPLE).filter(pk=found.pk).exists()
    portrait = queries.portraits_of([found.pk]).get(found.pk) if facts else None
    held = {
        "person": found,
        "facts": facts,
        "photo": portrait.name if portrait and portraits.path_of(portrait).is_file() else "",
        "apart": queries.apart([found], queries.visible(viewer), personnel).get(found.pk, ""),
        "may_edit": may_edit,
        "may_photograph": may_edit and bool(facts),
        "sees_place": organisations.visible(viewer).filter(pk=found.organisation_id).exists(),
    }
    return render(request, "members/person.html", held)


def _editable(viewer: Viewer) -> QuerySet[Organisation]:
    return organisations.visible(viewer, Right.EDIT_PEOPLE)


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_PEOPLE)
def change(request: HttpRequest, person: str) -> HttpResponse:
    """Change a person; who does not see personnel data changes name, post, code and organisation."""
    viewer = viewer_of(request)
    found = queries.person_of(viewer, person, Right.EDIT_PEOPLE)
    form = PersonForm(
        request.POST or None,
        instance=Person.objects.get(pk=found.pk),
        initial={"organisation": found.organisation.code},
        editable=_editable(viewer),
        personnel=queries.Personnel(viewer).of(found.organisation.path),
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change(person=found, by=viewer.name, fields=form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect(page_of(found))
    return render(request, "members/form.html", {"form": form, "person": found, "title": _("Change")})


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_PEOPLE)
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a person; all fields stand open, for they are known to who enters them."""
    viewer = viewer_of(request)
    place = _editable(viewer).filter(key=request.GET.get("organisation", "")).first()
    initial = {"organisation": place.code if place else ""}
    form = PersonForm(request.POST or None, initial=initial, editable=_editable(viewer), personnel=True)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.enter(by=viewer.name, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("Entered."))
            return redirect(page_of(made))
    return render(request, "members/form.html", {"form": form, "title": _("New person")})


@require_http_methods(["GET", "POST"])
@gate(Right.EDIT_PEOPLE)
def import_people(request: HttpRequest, upload: str = "") -> HttpResponse:
    """People from a spreadsheet."""
    viewer = viewer_of(request)
    personnel = queries.Personnel(viewer)
    importer = PeopleImport(by=viewer.name, owner=viewer.owner, editable=_editable(viewer), personnel=personnel.of)
    importer.place = organisations.place_of(viewer, Right.EDIT_PEOPLE)
    return import_page(request, importer, upload)
