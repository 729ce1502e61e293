"""Lists: every row on exactly one page whatever it is sorted by, and nothing in a spreadsheet that would run."""

from __future__ import annotations

import datetime
import io

import pytest
from django.http import QueryDict
from django.urls import reverse
from openpyxl import load_workbook

from daihoi.web.accounts.models import User
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.lists import paging
from daihoi.web.lists.export import workbook
from daihoi.web.lists.paging import PER_PAGE
from daihoi.web.lists.table import Table
from daihoi.web.organisations import queries
from daihoi.web.organisations.choices import Tier
from daihoi.web.organisations.models import Organisation
from daihoi.web.organisations.views import COLUMNS
from tests.web.conftest import signed_in

pytestmark = pytest.mark.django_db
ROWS = 2 * PER_PAGE + 7


@pytest.fixture
def many(db: None) -> None:
    """More than two pages, alike in nearly everything; every third one has ended."""
    for number in range(ROWS):
        ended = datetime.date(2025, 1, 1 + number % 5) if number % 3 == 0 else None
        row = Organisation(code=f"{'Aa_-'[number % 4]}{number}", name="Đảng bộ", tier=Tier.GRASSROOTS, valid_to=ended)
        row.refold()
        Organisation.objects.add_root(instance=row)


def table(asked: str) -> Table[Organisation]:
    return Table(Organisation.objects.order_by("path"), COLUMNS, QueryDict(asked), ("path",))


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("sort", ["", *(f"{dash}{one.name}" for one in COLUMNS for dash in ("", "-"))])
def test_every_row_stands_on_exactly_one_page(sort: str) -> None:
    pages = [[row.pk for row in table(f"sort={sort}&page={page}").page] for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [PER_PAGE, PER_PAGE, 7]
    assert [pk for page in pages for pk in page] == [row.pk for row in table(f"sort={sort}").ordered]
    assert len({pk for page in pages for pk in page}) == ROWS


@pytest.mark.usefixtures("many")
def test_what_says_nothing_stands_last_upwards_and_first_downwards() -> None:
    upwards = [row.valid_to for row in table("sort=until").ordered]
    assert upwards[-1] is None
    assert upwards[0] == datetime.date(2025, 1, 1)
    assert [row.valid_to for row in table("sort=-until").ordered] == upwards[::-1]


@pytest.mark.usefixtures("many")
def test_text_sorts_by_its_bytes_in_every_database() -> None:
    codes = [row.code for row in table("sort=code").ordered]
    assert codes == sorted(codes)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(("page", "number"), [("0", 3), ("-1", 3), ("99", 3), ("zwei", 1), ("", 1), ("2", 2)])
def test_a_page_that_is_not_there_leads_to_one_that_is(page: str, number: int) -> None:
    assert table(f"page={page}&sort=no-such-column").page.number == number


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(("counted", "far"), [(60, 5000), (60, 50), (60, 100), (1000, 0)])
@pytest.mark.parametrize("sort", ["", "-name", "until", "-until"])
def test_pages_of_a_list_that_is_not_counted_to_its_end_hold_the_same_rows(
    sort: str, counted: int, far: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "COUNTED", counted)
    monkeypatch.setattr(paging, "FAR", far)
    pages = [table(f"sort={sort}&page={page}").page for page in (1, 2, 3, 4)]
    rows = [row.pk for row in table(f"sort={sort}").ordered]
    assert [row.pk for page in pages[:3] for row in page] == rows
    assert [page.has_next for page in pages] == [True, True, False, False]
    assert pages[3].number == 3
    assert pages[2].count == ROWS
    assert all(page.count == ROWS if page.is_counted else PER_PAGE <= page.count < ROWS for page in pages)


@pytest.mark.usefixtures("many")
def test_a_list_says_more_than_where_it_did_not_count_to_the_end(
    monkeypatch: pytest.MonkeyPatch, administrator: User
) -> None:
    monkeypatch.setattr(paging, "COUNTED", 60)
    client = signed_in(administrator)
    shown = client.get(reverse("organisations")).content.decode()
    assert "1–50 of more than 60" in shown
    assert "Page 1</span>" in shown
    shown = client.get(reverse("organisations"), {"page": "2"}).content.decode()
    assert f"51–100 of {ROWS}" in shown
    assert "Page 2 of 3" in shown


@pytest.mark.parametrize(
    ("asked", "names"),
    [("columns=until,name", ["name", "until"]), ("columns=no-such,name", ["name"]), ("columns=no-such", None),
     ("columns=", None)],
)  # fmt: skip
def test_columns_that_are_not_there_leave_no_table_empty(asked: str, names: list[str] | None) -> None:
    unasked = [column.name for column in COLUMNS if column.shown]
    assert [column.name for column in table(asked).chosen] == (names or unasked)


def test_a_spreadsheet_runs_nothing_and_holds_dates_as_dates(db: None) -> None:
    for number, start in enumerate(("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "Đảng bộ")):
        row = Organisation(code=f"C{number}", name=start, tier=Tier.GRASSROOTS, valid_to=datetime.date(2025, 1, 2))
        row.refold()
        Organisation.objects.add_root(instance=row)
    data = workbook(table("columns=name,until,official"), "to-chuc")
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2))
    assert [str(cells[0].value)[:2] for cells in rows] == ["'=", "'+", "'-", "'@", "'\t", "Đả"]
    assert {cells[0].data_type for cells in rows} == {"s"}
    assert [cells[2].value.date() for cells in rows] == [datetime.date(2025, 1, 2)] * 6  # type: ignore[union-attr]
    assert {cells[1].value for cells in rows} == {0}


def test_below_a_path_stand_its_own_and_no_neighbours(administrator: User) -> None:
    top = [Organisation(code=f"T{n}", name="X", tier=Tier.PROVINCE) for n in range(40)]
    for one in top:
        one.refold()
        Organisation.objects.add_root(instance=one)
    for n, parent in enumerate((top[0], top[9], top[34], top[35])):
        child = Organisation(code=f"U{n}", name="X", tier=Tier.GRASSROOTS)
        child.refold()
        Organisation.objects.add_child(Organisation.objects.get(pk=parent.pk), instance=child)
    for parent in (Organisation.objects.get(pk=one.pk) for one in top):
        found = set(queries.visible(Viewer(administrator)).filter(queries.beneath(parent.path)))
        assert {one.path for one in found} == {
            one.path for one in Organisation.objects.all() if one.path.startswith(parent.path)
        }


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(("per", "rows"), [("25", 25), ("100", 100), ("all", ROWS), ("7", PER_PAGE), ("", PER_PAGE)])
def test_a_page_has_as_many_rows_as_were_chosen_and_no_other_number(per: str, rows: int) -> None:
    asked = table(f"per={per}")
    assert len(asked.page) == rows
    assert asked.page.pages == -(-ROWS // asked.page.size)
    every = [row.pk for page in range(1, asked.page.pages + 1) for row in table(f"per={per}&page={page}").page]
    assert every == [row.pk for row in table("").ordered]


@pytest.mark.usefixtures("many")
def test_sizes_are_offered_as_far_as_they_show_more() -> None:
    assert table("").sizes == [("25", False), ("50", True), ("100", False), ("all", False)]
    keys = list(Organisation.objects.order_by("path").values_list("pk", flat=True))
    few = Table(Organisation.objects.filter(pk__in=keys[:40]), COLUMNS, QueryDict(""), ("path",))
    assert few.sizes == [("25", False), ("50", True)]
    none = Table(Organisation.objects.filter(pk__in=keys[:20]), COLUMNS, QueryDict(""), ("path",))
    assert none.sizes == []


@pytest.mark.usefixtures("many")
def test_all_is_not_offered_of_more_rows_than_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "COUNTED", 60)
    assert [name for name, _now in table("").sizes] == ["25", "50", "100"]


@pytest.mark.usefixtures("many")
def test_the_size_of_a_page_is_chosen_by_links_and_kept_by_the_search(commission: User) -> None:
    page = signed_in(commission).get(reverse("organisations"), {"per": "25"}).content.decode()
    assert 'name="per" value="25"' in page


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("sort", ["", "-name", "code", "-until"])
def test_rows_that_are_gathered_stand_as_rows_that_are_walked_to(sort: str) -> None:
    walked = [[row.pk for row in table(f"sort={sort}&page={page}").page] for page in (1, 2, 3)]
    rows = Organisation.objects.order_by("path")
    gathered = [
        [row.pk for row in Table(rows, COLUMNS, QueryDict(f"sort={sort}&page={page}"), ("path",), walked=False).page]
        for page in (1, 2, 3)
    ]
    assert gathered == walked
