"""Numbers, shares and moments of the papers of the day in a named language, whatever the screen speaks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from daihoi.words.language import N_, in_language
from daihoi.words.minutes.figures import number_vi, percent_vi, short_date_vi

DOTS = "……"
"""Where a figure or a name is not known yet and a person fills it in or says it."""
SPAN = N_("{minutes} min {seconds} s")
SECONDS = N_("{seconds} s")
AND = N_("{before} and {last}")


def number(count: int | None, language: str) -> str:
    """`05` and `1.248` in Vietnamese, `5` and `1,248` in English; dots where nothing is known."""
    if count is None:
        return DOTS
    return number_vi(count) if language == "vi" else f"{count:,d}"


def share(percent: str, language: str) -> str:
    """`50.40` as `50,40%` or `50.40%`; the digits are those of the rules, never rounded anew."""
    return percent_vi(percent) if language == "vi" else f"{percent}%"


def day(of: date, language: str) -> str:
    """`05/02/2026`; months as official papers write them in Vietnamese."""
    return short_date_vi(of) if language == "vi" else f"{of.day:02d}/{of.month:02d}/{of.year}"


def clock(at: datetime) -> str:
    """`14:05:09`: on the day itself only the clock tells two ballots apart."""
    return f"{at.hour:02d}:{at.minute:02d}:{at.second:02d}"


def span(seconds: int | None, language: str) -> str:
    """`12 phút 05 giây`; dots where nothing was measured."""
    if seconds is None:
        return DOTS
    minutes, rest = divmod(seconds, 60)
    if minutes:
        return in_language(language, SPAN).format(minutes=minutes, seconds=f"{rest:02d}")
    return in_language(language, SECONDS).format(seconds=rest)


def joined(parts: Sequence[str], language: str) -> str:
    """`A, B và C`."""
    if len(parts) < 2:
        return "".join(parts)
    return in_language(language, AND).format(before=", ".join(parts[:-1]), last=parts[-1])
