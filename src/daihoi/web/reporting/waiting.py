"""What is missing of the results of an organisation, and who must act: a short sentence for lists."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daihoi.web.congresses.choices import State
from daihoi.web.organisations.models import Organisation


def words_of(row: Organisation) -> str:
    """Of a row of `queries.in_tree`; empty where everything is here."""
    waits: int = row.n_waiting
    if waits:
        words = ngettext(
            "Who takes in results: compare %(n)d package with its paper",
            "Who takes in results: compare %(n)d packages with their paper",
            waits,
        )
        return words % {"n": waits}
    if row.n_results:
        return _("Its counting board: send the further ballot") if _is_open(row) else ""
    return _of_congress(row.opens, row.state)


def _is_open(row: Organisation) -> bool:
    return (row.n_ties or 0) > 0


def _of_congress(opens: datetime.date | None, state: str | None) -> str:
    if state is None:
        return _("Its convening committee: enter its congress")
    if state == State.CANCELLED:
        return _("Nobody: cancelled")
    if state == State.POSTPONED:
        return _("Its convening committee: postponed, set another day")
    if state == State.CLOSED or (opens is not None and opens < timezone.localdate()):
        return _("Its counting board: send the sealed package")
    if opens is None:
        return _("Its convening committee: set the day of the congress")
    return _("Nobody yet: opens %(day)s") % {"day": date_format(opens, "SHORT_DATE_FORMAT")}
