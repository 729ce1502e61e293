"""In which order the dates of a life may stand; a date of which less is known is taken as early as it can be."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.utils.translation import gettext as _

DATES = ("born", "joined", "official")
_YOUNGEST = 18
"""Years of age before which nobody is admitted. [Điều lệ Đảng, art. 1]"""


def wrong_order(values: Mapping[str, object], today: datetime.date) -> tuple[str, str] | None:
    """The field that cannot be and why, or None. Values are texts of `PartialDateField`."""
    days = {name: str(values.get(name) or "") for name in DATES}
    now = today.isoformat()
    # Compared as far as the day is known: 2026 is not after 22/11/2026.
    if late := next((name for name, day in days.items() if day > now[: len(day)]), ""):
        return late, _("This day is still to come.")
    born, joined, official = days.values()
    # By years: the day of either may be unknown.
    if born and joined and int(joined[:4]) - int(born[:4]) < _YOUNGEST:
        return "joined", _("Admitted before the age of eighteen: look at this date and the date of birth.")
    if joined and official and official[: len(joined)] < joined[: len(official)]:
        return "official", _("Official before being admitted: look at both dates.")
    return None
