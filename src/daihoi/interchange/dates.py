"""Dates as people write them in ELECTION.toml: TOML dates, 19/05/2025, 19-5-2025, 2025-05-19, 1975, 05/1975."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from daihoi.rules.terms import PartialDate

_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{4})")
_YEAR = re.compile(r"\d{4}")
# Outside these a date is a slip of the finger.
_EARLIEST = 1800
_LATEST = 2200


def day(value: object) -> date | None:
    """The day that this value names; None when it names none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    text = value.strip()
    if found := _DAY_FIRST.fullmatch(text):
        return _real(found[3], found[2], found[1])
    if found := _YEAR_FIRST.fullmatch(text):
        return _real(found[1], found[2], found[3])
    return None


def partial(value: object) -> PartialDate | None:
    """As `day`, and also a year alone (text or number) or a month of a year; None when it names none."""
    # A whole day first: it also has a year.
    whole = day(value)
    if whole is not None:
        return PartialDate(whole.year, whole.month, whole.day)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = str(value).strip()
    if _YEAR.fullmatch(text) and _EARLIEST <= int(text) <= _LATEST:
        return PartialDate(int(text))
    if (found := _MONTH.fullmatch(text)) and _real(found[2], found[1], "1"):
        return PartialDate(int(found[2]), int(found[1]))
    return None


def moment(value: object) -> datetime | str | None:
    """When something began or ended: a date-time, or the words as they stand; None when it is neither."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if not isinstance(value, str):
        return None
    text = value.strip()
    # A day alone must stay a day: fromisoformat would make midnight of it.
    if len(text) > len("2025-05-19"):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return text
    return text


def _real(year: str, month: str, of_month: str) -> date | None:
    try:
        found = date(int(year), int(month), int(of_month))
    except ValueError:
        return None
    return found if _EARLIEST <= found.year <= _LATEST else None
