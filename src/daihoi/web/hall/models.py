"""Screens of the hall and what they showed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from daihoi.web.congresses.models import Congress
from daihoi.web.hall.choices import Language
from daihoi.web.organisations.models import new_key


class Screen(models.Model):
    """A projector or a large display.

    `live` is what it shows (`pictures.asked.Asked`); `revision` grows with each change.
    """

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    congress = models.ForeignKey(Congress, models.CASCADE, related_name="screens")
    name = models.CharField(_("name"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.VI)
    live = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        """Each of its own name."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["congress", "name"], name="one_screen_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Showing(models.Model):
    """What a screen was told to show; page by page is not kept here, the ledger has it."""

    screen = models.ForeignKey(Screen, models.CASCADE, related_name="showings")
    what = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=200)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.screen_id} {self.at}"
