"""How a delegate stands on paper: birth, right, and in what order lists run."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from daihoi.rules.credentials.terms import Category, Delegate
from daihoi.rules.names import sort_key
from daihoi.rules.terms import PartialDate
from daihoi.words.congress import letters as s
from daihoi.words.minutes.figures import number_vi, short_date_vi


def born_vi(day: PartialDate | None) -> str:
    """`17/6/1975`, `6/1975` or `1975`, as far as it is known; empty when it is not."""
    if day is None:
        return ""
    if day.month and day.day:
        return short_date_vi(date(day.year, day.month, day.day))
    return f"{day.month}/{day.year}" if day.month else str(day.year)


def right_of(delegate: Delegate) -> str:
    """By what right a delegate comes, in the words of the summons."""
    if delegate.category is not Category.ALTERNATE:
        return s.CATEGORIES[delegate.category]
    if delegate.replaces is not None:
        return s.CALLED_UP_ON.format(decision=delegate.decision) if delegate.decision else s.CALLED_UP
    if delegate.number:
        return s.ALTERNATE_NUMBER.format(number=number_vi(delegate.number))
    return s.CATEGORIES[delegate.category]


def in_name_order(delegates: Iterable[Delegate]) -> tuple[Delegate, ...]:
    """By given name, family name, middle name; two of one name by birth, then as they were given."""
    return tuple(sorted(delegates, key=lambda one: (sort_key(one.person.name), one.person.born or PartialDate(9999))))
