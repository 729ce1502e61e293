"""One list on a page: what was asked of it in the address, and the rows that answer.

The address carries everything (`q`, `sort`, `page`, `per`, `columns`, and the filters of the room), so that a list can
be kept, sent and gone back to. Sorting is by columns of the database, never in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, OrderBy, QuerySet, Value
from django.db.models.functions import Concat
from django.http import QueryDict
from django.utils.formats import localize
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]  # the stubs forget it

from daihoi.web.lists.paging import PER_PAGE, SIZES, ListPage, page_of

M = TypeVar("M", bound=Model)
Words = str | Promise
_NUMBER = mark_safe(' class="text-end number"')


@dataclass(frozen=True)
class Column(Generic[M]):
    """One column: its name in the address, its words, and what it shows of a row.

    `order` are the fields it is sorted by (none: it cannot be); `shown` whether it stands there unasked; `link` the
    address that its text leads to.
    """

    name: str
    words: Words
    value: Callable[[M], object]
    order: tuple[str, ...] = ()
    shown: bool = True
    number: bool = False
    link: Callable[[M], str] | None = None


@dataclass(frozen=True)
class Filter:
    """A choice above the list: its name in the address and the answers it has."""

    name: str
    words: Words
    answers: Sequence[tuple[str, Words]]


@dataclass(frozen=True)
class Head:
    """The head of a column as it stands: by which address it is sorted, and which way it is now ("", "up", "down")."""

    column: Column[Any]
    sort: str
    way: str

    @property
    def aria(self) -> str:
        """As a screen reader is told."""
        return {"up": "ascending", "down": "descending"}.get(self.way, "none")


@dataclass(frozen=True)
class Cell:
    """One value with its column and where it leads."""

    column: Column[Any]
    value: object
    link: str = ""

    @property
    def shown(self) -> str:
        """The value as the language writes it, with where it leads."""
        if isinstance(self.value, str):
            text = self.value
        else:
            text = "" if self.value is None else localize(template_localtime(self.value))
        return format_html('<a href="{}">{}</a>', self.link, text) if self.link else text


def _ordered_by(model: type[Model], field: str, *, walked: bool) -> str | OrderBy:
    """A field to sort by; what says nothing stands last upwards and first downwards, in every database.

    Where the index of the order is not to be walked, the field stands in an expression that no index holds.
    """
    name = field.removeprefix("-")
    if not _may_be_empty(model, name):
        if walked or name in {"pk", "id"}:
            return field
        shown = Concat(F(name), Value(""))
        return shown.desc() if field.startswith("-") else shown.asc()
    return F(name).desc(nulls_first=True) if field.startswith("-") else F(name).asc(nulls_last=True)


def _may_be_empty(model: type[Model], name: str) -> bool:
    """Whether a field, or a step on the way to it, may hold NULL; what a query counted for itself never does."""
    for part in name.split("__"):
        try:
            field: Any = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except FieldDoesNotExist:
            return False
        if field.null:
            return True
        model = field.related_model or model
    return False


@dataclass
class Table(Generic[M]):
    """A list: the rows, its columns and filters, and what the address asks of it.

    `default` is the order while nothing is asked; it must be total, or rows would stand on two pages. `kept` is what
    else the address asks, as a part of the tree, and goes on asking while one searches. `walked` is False where the
    rows are a small part of a big table: they are gathered and sorted then, for to walk along the index of an order
    through the whole country to the people of one province took PostgreSQL ten times as long. It sorts by text alone.
    """

    rows: QuerySet[M]
    columns: Sequence[Column[M]]
    asked: QueryDict
    default: tuple[str, ...]
    filters: Sequence[Filter] = ()
    empty: Words = ""
    kept: Mapping[str, str] = field(default_factory=dict)
    walked: bool = True

    @cached_property
    def chosen(self) -> list[Column[M]]:
        """The columns that are shown: those asked for, else those that stand there unasked."""
        wanted = self.asked.get("columns", "").split(",")
        # An address from a colleague may ask for nothing but columns that are not for everybody.
        return [column for column in self.columns if column.name in wanted] or [
            column for column in self.columns if column.shown
        ]

    @property
    def sort(self) -> str:
        """What it is sorted by: the name of a column, with a dash before it for downwards; empty for the default."""
        asked = self.asked.get("sort", "")
        # Columns that this person has not cannot be sorted by either: an order tells what it goes by.
        known = {column.name for column in self.columns if column.order}
        return asked if asked.removeprefix("-") in known else ""

    @cached_property
    def ordered(self) -> QuerySet[M]:
        """All rows in the order asked for."""
        name = self.sort.removeprefix("-")
        fields = next((column.order for column in self.columns if column.name == name), ())
        if self.sort.startswith("-"):
            fields = tuple(field[1:] if field.startswith("-") else f"-{field}" for field in fields)
        model, every = self.rows.model, (*fields, *self.default)
        return self.rows.order_by(*(_ordered_by(model, field, walked=self.walked) for field in every))

    @cached_property
    def page(self) -> ListPage[M]:
        """The page asked for; the nearest one where that is none."""
        return page_of(self.ordered, self.asked.get("page"), SIZES.get(self.asked.get("per", ""), PER_PAGE))

    @property
    def sizes(self) -> list[tuple[str, bool]]:
        """How many rows a page may have, as the address names it, and whether it has so many now.

        Only sizes that would show another page than a smaller one; all of them where they are not too many.
        """
        page = self.page
        smaller = [0, *SIZES.values()]
        offered = [
            (name, size == page.size)
            for (name, size), below in zip(SIZES.items(), smaller, strict=False)
            if page.count > below and (name != "all" or page.is_counted)
        ]
        return offered if len(offered) > 1 else []

    @property
    def heads(self) -> Iterator[Head]:
        """The heads of the columns that are shown."""
        for column in self.chosen:
            way = {column.name: "up", f"-{column.name}": "down"}.get(self.sort, "")
            yield Head(column, f"-{column.name}" if way == "up" else column.name, way)

    @property
    def body(self) -> SafeString:
        """The rows of this page as the body of the table; joined at once, for a template took five times as long."""
        return format_html_join("", "<tr>{}</tr>", ((self._line(row),) for row in self.page))

    def _line(self, row: M) -> SafeString:
        return format_html_join(
            "", "<td{}>{}</td>", ((_NUMBER if c.column.number else "", c.shown) for c in self.cells(row))
        )

    def cells(self, row: M) -> Iterator[Cell]:
        """What the columns that are shown say of a row."""
        for column in self.chosen:
            yield Cell(column, column.value(row), column.link(row) if column.link else "")

    @property
    def answered(self) -> list[tuple[Filter, str]]:
        """The filters with what was chosen of each."""
        return [(one, self.asked.get(one.name, "")) for one in self.filters]

    @property
    def columns_asked(self) -> list[tuple[Column[M], bool]]:
        """All columns, and whether each is shown."""
        return [(column, column in self.chosen) for column in self.columns]
