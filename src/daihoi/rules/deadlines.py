"""The last day for complaints and the day until which ballots stay sealed. [190-QĐ/TW art. 33.1, art. 35]"""

from __future__ import annotations

import calendar
from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5
COMPLAINT_WORKING_DAYS = 15
ARCHIVE_MONTHS = 6


def complaints_last_day(
    closes: date, days_off: Collection[date], *, working_days: int = COMPLAINT_WORKING_DAYS
) -> date:
    """The last working day for complaints; the count begins on the first working day after closing.

    Saturdays and Sundays are never working days; `days_off` are the holidays and days given in exchange for them.
    """
    day = closes
    left = working_days
    while left:
        day += timedelta(days=1)
        # Working Saturdays in exchange for a day off are not counted: that only makes the last day later.
        if day.weekday() < SATURDAY and day not in days_off:
            left -= 1
    return day


def sealed_until(sealed: date, *, months: int = ARCHIVE_MONTHS) -> date:
    """The last day of the seal: destruction may be ordered only AFTER it, and only if no complaint is open.

    The same day of the month, or the last day of a shorter month.
    """
    later = sealed.month - 1 + months
    year, month = sealed.year + later // 12, later % 12 + 1
    return date(year, month, min(sealed.day, calendar.monthrange(year, month)[1]))
