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


class LogSource(models.TextChoices):
    """By what way an entry came into the log of a count."""

    SCANNER_A = "scanner_a", _("Scanner A")
    SCANNER_B = "scanner_b", _("Scanner B")
    SCANNER_C = "scanner_c", _("Scanner C")
    KEYED = "keyed", _("Keyed")
    DECIDED = "decided", _("Decision of the board")
    TALLY = "tally", _("Tally sheet")
    HAND = "hand", _("Hand sample")
    OUTCOME = "outcome", _("What counts")


class LogAct(models.TextChoices):
    """What an entry of the log tells."""

    VOTES = "votes", _("read or keyed")
    REFUSED = "refused", _("not read")
    ANSWERED = "answered", _("decided")
    WITHDRAWN = "withdrawn", _("taken back")
    REMOVED = "removed", _("taken out of the count")
    OPEN = "open", _("open")
    TOTALS = "totals", _("totals")


LABELS = ("A", "B", "C")
"""What the independent counts of a contest are called, the count of record first."""


class SigningPlace(models.TextChoices):
    """Where on the minutes somebody signs; values are those of `papers.signed.signing.Place`."""

    BOARD = "board", _("The head of the counting board")
    PRESIDIUM = "presidium", _("For the presidium")
