"""One list behind one view: the spreadsheet, the part that htmx asks for, or the whole page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from daihoi.web.lists.export import ROWS_AT_ONCE, exported
from daihoi.web.lists.table import Table

M = TypeVar("M", bound=Model)
Learn = Callable[[Iterable[M]], None]


def list_page(
    request: HttpRequest,
    table: Table[M],
    template: str,
    *,
    name: str,
    by: str,
    place: str = "",
    held: Mapping[str, object] | None = None,
    learn: Learn[M] | None = None,
    learn_all: Learn[M] | None = None,
) -> HttpResponse:
    """What the address asks of a list; the gate and the rows are the view's. `by` takes out the file of this `name`.

    `place` is the key of the organisation or congress whose list it is, for the ledger; empty: the whole house's.

    `learn` is given the rows of the page before they are shown, `learn_all` every row before a file is made of them:
    what rows need beside themselves is looked up for many at once. `held` is what the template shows beside the list.
    """
    if request.GET.get("export"):
        if learn_all is not None:
            learn_all(table.ordered.iterator(ROWS_AT_ONCE))
        return exported(table, name=name, by=by, place=place)
    if learn is not None:
        learn(table.page)
    part = request.htmx  # type: ignore[attr-defined]
    return render(request, "lists/table.html#list" if part else template, {**(held or {}), "table": table})
