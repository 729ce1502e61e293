"""The entry log of a count ("Nhật ký nhập phiếu"): a list like every other, and printed to be filed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daihoi.counts.errors import CountsError
from daihoi.papers.election_day.entry_log import entry_log as printed
from daihoi.papers.errors import PapersError
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.counting import entry_log, queries
from daihoi.web.counting.choices import LogSource
from daihoi.web.counting.models import Count, LogLine
from daihoi.web.counting.place import room_of
from daihoi.web.elections import making
from daihoi.web.lists.pages import list_page
from daihoi.web.lists.table import Column, Filter, Table
from daihoi.words.errors import sentence_of

COLUMNS: tuple[Column[LogLine], ...] = (
    Column("place", gettext_lazy("No."), lambda row: row.place, ("place",), number=True),
    Column("ballot", gettext_lazy("Ballot"), lambda row: row.ballot, ("ballot", "place")),
    Column("pile", gettext_lazy("Pile"), lambda row: row.pile, ("pile", "place")),
    Column("sheet", gettext_lazy("Sheet in the pile"), lambda row: row.sheet, ("sheet",), number=True),
    Column("source", gettext_lazy("Entered by way of"), lambda row: row.get_source_display(), ("source",)),
    Column("said", gettext_lazy("Votes for numbers"), entry_log.said, ("votes",)),
    Column("note", gettext_lazy("Note"), entry_log.note),
    Column("by", gettext_lazy("By"), lambda row: row.by, ("by", "place")),
    Column("at", gettext_lazy("When"), lambda row: row.at, ("at",)),
)


@require_http_methods(["GET"])
@gate(Right.COUNT)
def count_log(request: HttpRequest, congress: str, contest: str, count: str) -> HttpResponse:
    """Ballot by ballot: what was read or keyed, by whom, when, and what counts in the end."""
    room = room_of(request, congress, contest)
    found = room.count(count)
    asked = request.GET
    held = room.held(count=found, problem=_up_to_date(found))
    rows = queries.log_lines(found, asked.get("q", ""), asked.get("source", ""), asked.get("invalid", ""))
    filters = [
        Filter("source", gettext_lazy("Entered by way of"), LogSource.choices),
        Filter("invalid", gettext_lazy("Valid or not"), [("1", gettext_lazy("Not valid"))]),
    ]
    empty = gettext_lazy("Entries come here as papers are read or keyed.")
    table = Table(rows, COLUMNS, asked, ("place",), filters, empty=empty)
    of = room.place.congress.key
    return list_page(request, table, "counting/log.html", name="nhat-ky-nhap-phieu", by=room.by, place=of, held=held)


def _up_to_date(found: Count) -> str:
    """Why the log is not newer than it is; empty where it is."""
    try:
        entry_log.brought_up_to_date(found)
    except CountsError as refused:
        return sentence_of(refused.code, refused.fields)
    return ""


@never_cache
@require_http_methods(["GET"])
@gate(Right.COUNT)
def count_log_printed(request: HttpRequest, congress: str, contest: str, count: str) -> HttpResponse:
    """The whole log as PDF, to be signed and filed with the minutes."""
    room = room_of(request, congress, contest)
    found = room.count(count)
    problem = _up_to_date(found)
    if not problem:
        rows = entry_log.paper_rows(list(queries.log_lines(found).order_by("place")))
        language = "en" if get_language() == "en" else "vi"
        occasion = making.occasion_of(room.contest, rehearsal=found.rehearsal)
        try:
            return pdf_answer(printed(room.contest.title, rows, occasion, language=language), f"nhat-ky-{found.label}")
        except PapersError as refused:
            problem = sentence_of(refused.code, refused.fields)
    messages.error(request, problem)
    return redirect("count_log", *room.keys, found.key)


def pdf_answer(data: bytes, name: str) -> HttpResponse:
    """A paper of the room, which nobody but this browser keeps."""
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
