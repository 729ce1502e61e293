"""One page of a list, without counting a country: how many rows there are is told up to a bound, then "more than".

A page near the beginning is one walk along the index that the list is sorted by: the numbers of its rows, and of the
rows behind it up to the bound. Only who asks for a page far down has all rows counted, and it is then looked for from
the nearer end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)

PER_PAGE = 50
COUNTED = 1000
"""Rows that are counted behind a page; where there are more, the page says "more than"."""
SIZES = {"25": 25, "50": 50, "100": 100, "all": COUNTED}
"""Rows of a page that people may choose; all of a list within the bound up to which it is counted."""
FAR = 5000
"""Rows before a page from which on counting all costs less than walking to a page that may not be there."""


@dataclass(frozen=True)
class ListPage(Generic[M]):
    """The rows of one page, its number from 1, and how many rows the list has, at least where not `is_counted`.

    `size` is how many rows a page has.
    """

    rows: list[M]
    number: int
    count: int
    is_counted: bool
    size: int = PER_PAGE

    def __iter__(self) -> Iterator[M]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def pages(self) -> int:
        """How many pages those rows fill, at least one."""
        return max(1, -(-self.count // self.size))

    @property
    def start_index(self) -> int:
        """The place of the first row in the list, from 1; 0 in an empty list."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def end_index(self) -> int:
        """The place of the last row."""
        return (self.number - 1) * self.size + len(self.rows)

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page after."""
        return self.number < self.pages

    @property
    def has_other_pages(self) -> bool:
        """Whether this is not all."""
        return self.has_previous or self.has_next

    @property
    def previous_page_number(self) -> int:
        """For the link back."""
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        """For the link on."""
        return self.number + 1


def page_of(ordered: QuerySet[M], asked: str | None, size: int = PER_PAGE) -> ListPage[M]:
    """The page of `size` rows asked for; the first where that is no number, the last where there are not so many."""
    number = _number(asked)
    first = (number - 1) * size if number else FAR
    if first >= FAR:
        return _far_page(ordered, number, size)
    keys = list(ordered.values_list("pk", flat=True)[first : first + COUNTED + 1])
    if not keys and first:
        return _far_page(ordered, number, size)
    is_counted = len(keys) <= COUNTED
    return ListPage(_rows(ordered, keys[:size]), number, first + min(len(keys), COUNTED), is_counted, size)


def _number(asked: str | None) -> int:
    """The number of the page that was asked for; 0 for the last one, which is what numbers below 1 lead to."""
    try:
        return max(0, min(int(asked or "1"), 10**9))
    except ValueError:
        return 1


def _far_page(ordered: QuerySet[M], number: int, size: int) -> ListPage[M]:
    """A page of which it is not known whether it is there, after counting all rows."""
    count = ordered.order_by().count()
    last = max(1, -(-count // size))
    number = min(number or last, last)
    first = (number - 1) * size
    end = min(first + size, count)
    keys = ordered.values_list("pk", flat=True)
    near_end = first > count // 2
    found = list(keys.reverse()[count - end : count - first])[::-1] if near_end else list(keys[first:end])
    return ListPage(_rows(ordered, found), number, count, is_counted=True, size=size)


def _rows(ordered: QuerySet[M], keys: list[object]) -> list[M]:
    """The whole rows of these numbers, in this order: to sort whole rows of a country would take much longer."""
    found = {row.pk: row for row in ordered.order_by().filter(pk__in=keys)} if keys else {}
    return [found[key] for key in keys if key in found]
