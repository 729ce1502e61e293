"""The front page of each role, search, the ledger, health, and what is said when something is not right."""

from __future__ import annotations

import sys
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daihoi import __version__
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import OPEN, SIGNED_IN, Viewer, gate, viewer_of
from daihoi.web.audit import queries as audit
from daihoi.web.audit.events import EVENTS
from daihoi.web.audit.models import LedgerEntry
from daihoi.web.congresses import queries as congresses
from daihoi.web.lists.pages import list_page
from daihoi.web.lists.table import Column, Filter, Table
from daihoi.web.members import queries as members
from daihoi.web.organisations import queries as organisations
from daihoi.web.site import telling
from daihoi.web.site.full_disk import is_full
from daihoi.web.site.steps import steps_for
from daihoi.web.site.telling import Telling


def ledger_columns(told: Telling) -> list[Column[LedgerEntry]]:
    """The columns of the ledger: words for the eye, codes for who asks for them."""
    return [
        Column("seq", gettext_lazy("Number"), lambda row: row.seq, ("seq",), number=True),
        Column("at", gettext_lazy("When"), lambda row: row.moment, ("seq",)),
        Column("by", gettext_lazy("Who"), lambda row: row.by, ("by",)),
        Column("act", gettext_lazy("What"), lambda row: telling.act(row.kind), ("kind",)),
        Column("on", gettext_lazy("On what"), told.subject, ("subject",)),
        Column("told", gettext_lazy("Facts"), told.facts),
        Column("kind", gettext_lazy("Code of the act"), lambda row: row.kind, ("kind",), shown=False),
        Column("subject", gettext_lazy("Key"), lambda row: row.subject, ("subject",), shown=False),
        Column("facts", gettext_lazy("Facts as written"), lambda row: row.facts, shown=False),
        Column("hash", gettext_lazy("Hash"), lambda row: row.hash, shown=False),
    ]


FOUND_SHOWN = 20


@require_http_methods(["GET"])
@gate(SIGNED_IN)
def front(request: HttpRequest) -> HttpResponse:
    """What is missing, what comes next, and the figures of one's part of the tree."""
    viewer = viewer_of(request)
    held: dict[str, object] = {"steps": steps_for(viewer)}
    if viewer.may(Right.SEE_ORGANISATIONS):
        held["figures"] = organisations.figures(organisations.visible(viewer))
        held["labels"] = organisations.tier_labels(organisations.current_term())
    return render(request, "site/front.html", held)


@require_http_methods(["GET"])
@gate(SIGNED_IN)
def search(request: HttpRequest) -> HttpResponse:
    """Everything that one may see and that holds the words."""
    viewer, text = viewer_of(request), request.GET.get("q", "").strip()
    held: dict[str, object] = {"q": text}
    if text and viewer.may(Right.SEE_ORGANISATIONS):
        held["organisations"] = organisations.searched(organisations.visible(viewer), text)[:FOUND_SHOWN]
    if text and viewer.may(Right.SEE_PEOPLE):
        held["people"] = members.found(viewer, text, FOUND_SHOWN)
    if text and viewer.may(Right.SEE_CONGRESS):
        held["congresses"] = congresses.searched(congresses.visible(viewer), text)[:FOUND_SHOWN]
    if text and viewer.may(Right.SEE_PEOPLE):
        held["delegates"] = congresses.found_delegates(viewer, text, FOUND_SHOWN)
    return render(request, "site/search.html", held)


@require_http_methods(["GET"])
@gate(Right.READ_LEDGER)
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger, newest first, to be searched."""
    kinds = Filter(
        "kind", gettext_lazy("What"), sorted(((kind, telling.act(kind)) for kind in EVENTS), key=itemgetter(1))
    )
    viewer = viewer_of(request)
    rows = audit.entries(request.GET.get("q", ""), request.GET.get("kind", ""), _places(viewer))
    told = Telling(viewer)
    table = Table(rows, ledger_columns(told), request.GET, ("-seq",), [kinds])
    return list_page(
        request,
        table,
        "site/ledger.html",
        name="so-nhat-ky",
        by=viewer.name,
        place=organisations.place_of(viewer, Right.READ_LEDGER),
        held={"whole": viewer.everywhere(Right.READ_LEDGER)},
        learn=told.learn,
        learn_all=told.learn,
    )


def _places(viewer: Viewer) -> list[QuerySet[Any, Any]] | None:
    """Whose acts somebody reads: None for all, else the organisations and congresses of their part of the tree.

    Acts of the whole house, as who signed in where, are for who reads all of it.
    """
    if viewer.everywhere(Right.READ_LEDGER):
        return None
    # As subqueries: the keys of a province are thousands.
    found = (organisations.visible(viewer, Right.READ_LEDGER), congresses.visible(viewer, Right.READ_LEDGER))
    return [rows.order_by().values("key") for rows in found]


@never_cache
@require_http_methods(["GET"])
@gate(Right.READ_LEDGER)
def ledger_verify(request: HttpRequest) -> HttpResponse:
    """Follow the whole chain and say what was found."""
    held = {"verified": audit.verify(), "whole": viewer_of(request).everywhere(Right.READ_LEDGER)}
    return render(request, "site/ledger_verify.html", held)


@require_http_methods(["GET"])
@gate(SIGNED_IN)
def help_page(request: HttpRequest) -> HttpResponse:
    """Keys, lists, and what the house promises."""
    return render(request, "site/help.html")


@never_cache
@require_http_methods(["GET"])
@gate(OPEN)
def health(_request: HttpRequest) -> HttpResponse:
    """Whether the house and its database answer; for the clerk beside the machine and for programs."""
    with connection.cursor() as cursor:
        # A house whose database is gone must not say that it is well.
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": __version__})


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "site/says.html", {"title": title, "text": text}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400."""
    return _page(request, 400, _("This cannot be asked"), _("Go back and try again from the page itself."))


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403."""
    text = _("Your role does not open this page. An administrator can give you another role.")
    return _page(request, 403, _("Not for your role"), text)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: it is not there, or not for the person who asks; which of the two is not said."""
    text = _("There is no such page, or it is outside your part of the tree.")
    return _page(request, 404, _("Nothing here"), text)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """500; 507 where the disk is full, with what to do about it."""
    if is_full(sys.exc_info()[1]):
        text = _(
            "The house cannot write to its disk. Nothing of this step was kept, and what was saved before is safe: "
            "make room on the machine, then send it again."
        )
        return _page(request, 507, _("The disk is full"), text)
    text = _("The house made a mistake. Nothing of this step was kept; what was saved before is safe.")
    return _page(request, 500, _("Something went wrong"), text)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form without its token: mostly a page that stood open while somebody signed out."""
    return _page(request, 403, _("This form is out of date"), _("Go back, load the page again, and send it anew."))


def locked_out(request: HttpRequest, response: object = None, credentials: object = None) -> HttpResponse:  # noqa: ARG001
    """Asked for by the lock after too many wrong tries; the page of signing in says it in its own words."""
    return _page(request, 429, _("Locked"), _("Too many wrong tries. Wait, or ask an administrator."))
