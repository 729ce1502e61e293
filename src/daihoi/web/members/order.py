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
    born, joined, official = (str(values.get(name) or "") for name in DATES)
    now = today.isoformat()
    for name, day in zip(DATES, (born, joined, official), strict=True):
        if day and day > now[: len(day)]:
            return name, _("This day is still to come.")
    if born and joined and int(joined[:4]) - int(born[:4]) < _YOUNGEST:
        return "joined", _("Admitted before the age of eighteen: look at this date and the date of birth.")
    if joined and official and official[: len(joined)] < joined[: len(official)]:
        return "official", _("Official before being admitted: look at both dates.")
    return None
