"""What a package that came in can be, and how far a congress is with its results."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """What may be done with a package that waits."""

    NEW = "new", _("new")
    REPLACES = "replaces", _("replaces another")
    KNOWN = "known", _("already here")
    ASKS_DIGEST = "asks_digest", _("integrity only: not compared with the paper")
    OTHER_DIGEST = "other_digest", _("not the count of this paper")
    ASKS_PLACE = "asks_place", _("whose result it is must be said")
    ASKS_REASON = "asks_reason", _("replaces another: a reason is missing")
    REFUSED = "refused", _("cannot be taken in")
    HALF = "half", _("scans of a package")
    UNCHECKED = "unchecked", _("not checked to its end")


READY = frozenset({Verdict.NEW, Verdict.REPLACES})
"""What may be taken in as it stands."""


class Standing(models.TextChoices):
    """How far an organisation is with the results of its congress, as the list is asked for it."""

    HERE = "here", _("results are here")
    WAITS = "waits", _("a package waits to be taken in")
    MISSING = "missing", _("no results yet")
