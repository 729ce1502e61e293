"""What a count, a batch and a keyed ballot can be."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How the ballots of a count are read."""

    SCANNED = "scanned", _("Scanned")
    KEYED = "keyed", _("Keyed by two people")
    TOTALS = "totals", _("Totals of tally sheets")


class CountState(models.TextChoices):
    """Whether a count still takes scans and decisions."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    SET_ASIDE = "set_aside", _("Set aside")


class Turn(models.IntegerChoices):
    """Who keyed a ballot."""

    FIRST = 1, _("First")
    SECOND = 2, _("Second")
    THIRD = 3, _("Third, where the two differ")


class Said(models.TextChoices):
    """What a person says of a ballot that the machine read without a doubt."""

    AS_READ = "as_read", _("As it was read")
    DIFFERS = "differs", _("Not as it was read")


LABELS = ("A", "B", "C")
"""What the independent counts of a contest are called, the count of record first."""
