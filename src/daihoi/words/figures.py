"""Figures as people write them here: dates dd/mm/yyyy; in Vietnamese a point for thousands, a comma for decimals."""

from __future__ import annotations

from datetime import date, datetime

from daihoi.words.language import spoken


def date_words(day: date) -> str:
    """`09/06/2014`, in both languages: the order of an English reader would turn June into September."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def moment_words(moment: datetime) -> str:
    """`14:05 09/06/2014`, the clock as the moment itself carries it."""
    return f"{moment.hour:02d}:{moment.minute:02d} {date_words(moment)}"


def number_words(number: int) -> str:
    """`12.345` in Vietnamese, `12,345` in English."""
    grouped = f"{number:,d}"
    return grouped if spoken() == "en" else grouped.replace(",", ".")


def percent_words(percent: str) -> str:
    """result.json's `50.40` as `50,40 %` in Vietnamese and `50.40 %` in English; the digits are never rounded anew."""
    return f"{percent} %" if spoken() == "en" else f"{percent.replace('.', ',')} %"


def digest_words(digest: str) -> str:
    """A digest of 64 hex digits in groups of four, as the foot of the minutes prints it."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def decimal_words(number: int | float) -> str:
    """`0,4` in Vietnamese, `0.4` in English; a whole number without a comma."""
    return f"{number:g}" if spoken() == "en" else f"{number:g}".replace(".", ",")
