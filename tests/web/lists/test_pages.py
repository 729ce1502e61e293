"""One list behind one view: the same rows as a file, as a part of the page and as the whole page."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import RequestFactory

from daihoi.web.accounts.models import User
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.audit.models import LedgerEntry
from daihoi.web.lists.export import XLSX
from daihoi.web.lists.fields import TextField
from daihoi.web.lists.pages import list_page
from daihoi.web.lists.paging import PER_PAGE
from daihoi.web.lists.table import Table
from daihoi.web.organisations.choices import Tier
from daihoi.web.organisations.models import Organisation
from daihoi.web.organisations.views import COLUMNS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def many(db: None) -> None:
    """One row more than a page holds."""
    for number in range(PER_PAGE + 1):
        row = Organisation(code=f"{number:03}", name=f"Đảng bộ {number:03}", tier=Tier.GRASSROOTS)
        row.refold()
        Organisation.objects.add_root(instance=row)


def asked(text: str, user: User, *, part: bool = False) -> tuple[HttpResponse, list[str], list[str]]:
    """The answer, and whom it learnt about for the page and for the file."""
    request: HttpRequest = RequestFactory().get(f"/?{text}")
    request.viewer, request.htmx = Viewer(user), part  # type: ignore[attr-defined]
    request.LANGUAGE_CODE = "en"
    page: list[str] = []
    every: list[str] = []

    def noted(target: list[str], rows: Iterable[Organisation]) -> None:
        target += [row.code for row in rows]

    table = Table(Organisation.objects.all(), COLUMNS, QueryDict(text), ("path",))
    answer = list_page(
        request, table, "organisations/organisations.html", name="to-chuc", by="Hà",
        held={"table": None, "may_edit": True},
        learn=lambda rows: noted(page, rows), learn_all=lambda rows: noted(every, rows),
    )  # fmt: skip
    return answer, page, every


def test_the_page_learns_of_its_own_rows_alone(administrator: User) -> None:
    answer, page, every = asked("page=2", administrator)
    assert (page, every) == (["050"], [])
    assert "<html" in answer.content.decode()


def test_a_part_is_no_whole_page(administrator: User) -> None:
    answer, page, _every = asked("page=2", administrator, part=True)
    assert page == ["050"]
    assert "<html" not in (text := answer.content.decode())
    assert "Đảng bộ 050" in text


def test_the_file_holds_every_row_and_the_ledger_says_who_took_it(administrator: User) -> None:
    answer, page, every = asked("export=1", administrator)
    assert (answer.headers["Content-Type"], page, len(every)) == (XLSX, [], PER_PAGE + 1)
    last = LedgerEntry.objects.latest("seq")
    assert (last.kind, last.by, last.subject) == ("list.exported", "Hà", "list:to-chuc")


def test_text_is_kept_in_one_form_with_single_spaces() -> None:
    assert TextField().clean("  Nguye\u0302\u0303n \u00a0 Va\u0306n  ") == "Nguyễn Văn"
