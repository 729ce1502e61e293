"""Ages in whole years, bands that leave nobody out, and who is oldest where only a year of birth is known."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daihoi.rules.credentials.settings import CALENDAR_YEARS
from daihoi.rules.terms import PartialDate


@dataclass(frozen=True)
class Band:
    """Ages from `low` to `high`, both inclusive; None where the band is open on that side."""

    low: int | None
    high: int | None

    def holds(self, age: int) -> bool:
        """Whether that age stands in this band."""
        return (self.low is None or self.low <= age) and (self.high is None or age <= self.high)

    @property
    def key(self) -> str:
        """`-39`, `40-50`, `61-`: the band's name in figures."""
        return f"{'' if self.low is None else self.low}-{'' if self.high is None else self.high}"


def bands(edges: Sequence[int]) -> tuple[Band, ...]:
    """Bands over every age: (40, 51) is under 40, 40 to 50, 51 and over. `edges` rise strictly."""
    lows: tuple[int | None, ...] = (None, *edges)
    highs: tuple[int | None, ...] = (*(edge - 1 for edge in edges), None)
    return tuple(Band(low, high) for low, high in zip(lows, highs, strict=True))


def years_between(since: PartialDate, on: date, counting: str) -> int:
    """Whole years on that day, at least 0; an unknown month or day counts as passed, as with calendar years."""
    years = on.year - since.year
    # An unknown month or day is 0 and stands before every real one: the birthday counts as passed.
    if counting != CALENDAR_YEARS and (since.month, since.day) > (on.month, on.day):
        years -= 1
    # A day after that of the report is a slip; an age below nought would stand on the paper.
    return max(0, years)


def earliest(day: PartialDate) -> tuple[int, int, int]:
    """The first day that a partial date may mean."""
    return day.year, day.month or 1, day.day or 1


def latest(day: PartialDate) -> tuple[int, int, int]:
    """The last day that a partial date may mean."""
    month = day.month or 12
    return day.year, month, day.day or calendar.monthrange(day.year, month)[1]


def foremost(days: Sequence[PartialDate]) -> tuple[int, ...]:
    """Places of all than whom nobody is known to be earlier: of two days "1960" neither may be left out."""
    # Whose first possible day lies after this one cannot be the earliest: somebody surely was before.
    limit = min((latest(day) for day in days), default=None)
    return () if limit is None else tuple(place for place, day in enumerate(days) if earliest(day) <= limit)


def hindmost(days: Sequence[PartialDate]) -> tuple[int, ...]:
    """Places of all than whom nobody is known to be later."""
    limit = max((earliest(day) for day in days), default=None)
    return () if limit is None else tuple(place for place, day in enumerate(days) if latest(day) >= limit)
