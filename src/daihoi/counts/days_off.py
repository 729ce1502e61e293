"""The days on which nobody works in Vietnam, from a kept library, for deadlines counted in working days.

The library knows the holidays of the labour code and the days moved for long weekends that the government announced in
time for its release; what is announced later needs a newer release.
"""

from __future__ import annotations

from datetime import date

import holidays

from daihoi.counts.grounds import Grounds
from daihoi.rules.deadlines import complaints_last_day, sealed_until


def days_off_from(day: date) -> frozenset[date]:
    """Holidays and substitute days in Vietnam in the year of `day` and the next: a deadline may pass the new year."""
    return frozenset(holidays.country_holidays("VN", years=[day.year, day.year + 1]))


def last_day_for_complaints(grounds: Grounds) -> date:
    """The last working day on which a complaint can be made. [190-QĐ/TW art. 33.1]"""
    closes = grounds.election.congress.closes
    return complaints_last_day(closes, days_off_from(closes), working_days=grounds.settings.complaint_working_days)


def last_day_under_seal(sealed: date, grounds: Grounds) -> date:
    """The last day on which nobody may destroy the ballots sealed on that day. [190-QĐ/TW art. 35]"""
    return sealed_until(sealed, months=grounds.settings.archive_months)
