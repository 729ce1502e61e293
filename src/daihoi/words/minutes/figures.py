"""Numbers, dates, times and clauses as an official Vietnamese paper writes them."""

from __future__ import annotations

import re
from datetime import date, datetime

DOTS = "…" * 12
"""A place to be filled in by hand."""

SHORT_DOTS = "…" * 4

LONG_DOTS = "…" * 28
"""A whole line of 14 pt."""

_PLACE = re.compile(r"\s+(?:Đ\s?|art\.\s*)(?P<article>\d+)(?:(?:\s+k|\.)(?P<paragraph>\d+(?:-\d+)?))?")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAMES_A_DAY = re.compile(r"\bngày\b|\d\s*/\s*\d|\d-\d\d?-\d", re.IGNORECASE)
_BETWEEN_YEARS = re.compile(r"(?<=\b\d{4})\s+([-–])\s+(?=\d{4}\b)")


def number_vi(number: int) -> str:
    """A count; below ten with a leading nought [HD 36-HD/VPTW 1.4], thousands with a point."""
    return f"{number:02d}" if 0 < number < 10 else f"{number:,d}".replace(",", ".")


def percent_vi(percent: str) -> str:
    """result.json's `50.40` as `50,40%`; the digits are never rounded anew."""
    return f"{percent.replace('.', ',')}%"


def date_vi(day: date) -> str:
    """`ngày 05 tháng 02 năm 2020`: days below 10 and months 1 and 2 bear a nought [HD 36-HD/VPTW]."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date_vi(day: date) -> str:
    """`09/6/2014`, as documents are cited."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def bare_title(title: str) -> str:
    """A contest's title without the "bầu" that the sentence around it says already."""
    tidy = " ".join(title.split())
    return tidy[4:] if tidy[:4].casefold() == "bầu " else tidy


def years_kept(text: str) -> str:
    """`2020 - 2025` with no-break spaces: a line never ends inside a term of years."""
    return _BETWEEN_YEARS.sub("\u00a0\\1\u00a0", text)


def moment_vi(moment: datetime | str | None, day: date) -> str:
    """`14 giờ 05 phút, ngày …`; nothing given is dotted.

    A text that is no ISO time stands as it was given, followed by `day` where it names no day itself.
    """
    if moment is None or moment == "":
        return f"{SHORT_DOTS} giờ {SHORT_DOTS} phút, ngày {SHORT_DOTS} tháng {SHORT_DOTS} năm {SHORT_DOTS}"
    if isinstance(moment, str):
        words = moment
        try:
            moment = datetime.fromisoformat(words)
        except ValueError:
            return words if _NAMES_A_DAY.search(words) else f"{words}, {date_vi(day)}"
    return f"{moment.hour:02d} giờ {moment.minute:02d} phút, {date_vi(moment)}"


def stamp_vi(moment: datetime | str | None) -> str:
    """`14:05 10/10/2025` for the narrow column of a table; empty when nothing was given."""
    if isinstance(moment, str):
        try:
            moment = datetime.fromisoformat(moment)
        except ValueError:
            return str(moment)
    return f"{moment.hour:02d}:{moment.minute:02d} {short_date_vi(moment)}" if moment else ""


def clause_vi(clause: str) -> str:
    """`190-QĐ/TW Đ14 k1` or `190-QĐ/TW art. 14.1` as `khoản 1 Điều 14, 190-QĐ/TW`; else as it stands."""
    tidy = clause.strip("[]")
    tidy = f"Hướng dẫn {tidy[3:]}" if tidy.startswith("HD ") else tidy
    found = _PLACE.search(tidy)
    if found is None:
        return tidy
    article = f"Điều {found['article']}"
    place = f"khoản {found['paragraph']} {article}" if found["paragraph"] else article
    rest = tidy[found.end() :].strip()
    return ", ".join(part for part in (rest, place, tidy[: found.start()]) if part)


def value_day_vi(value: str) -> str:
    """A setting's ISO day as the paper writes days; any other value as it stands."""
    try:
        return short_date_vi(date.fromisoformat(value)) if _ISO_DAY.fullmatch(value) else value
    except ValueError:
        return value
