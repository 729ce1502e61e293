"""Screens of the hall and what they showed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from daihoi.web.congresses.models import Congress
from daihoi.web.counting.models import Count
from daihoi.web.elections.models import BallotForm, Contest
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


class HandoverPlan(models.Model):
    """How the house is kept ready for a second laptop; one row. `lock` is what `handover.locks.Lock` keeps.

    `asked_at`: somebody pressed the button; `looked_at`: when who writes packages last looked, so that pages can say
    that nobody does; `problem`: code and fields of the last try where it failed.
    """

    lock = models.JSONField()
    folder = models.CharField(_("folder of the stick"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(_("every so many minutes"), default=5)
    keep = models.PositiveSmallIntegerField(_("packages to keep"), default=3)
    holders = models.CharField(_("who holds the passphrase"), max_length=300, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    problem = models.JSONField(null=True, blank=True)
    problem_at = models.DateTimeField(null=True, blank=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.folder


class HandoverPackage(models.Model):
    """A package that was written: up to which entry of the ledger it holds the house."""

    file = models.CharField(max_length=400)
    at = models.DateTimeField()
    entry = models.BigIntegerField()
    size = models.BigIntegerField()
    files = models.PositiveIntegerField()
    seconds = models.FloatField()
    by = models.CharField(max_length=200)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.file


class Rehearsal(models.Model):
    """The rehearsal of one contest: its test deck as rehearsal ballots, and the count that reads them.

    `sheets` ballots of `sides` pages lie in the deck; `fed` pages of it were drawn as scans so far, `fed_at` when the
    last one was, so that pages can say that nobody feeds any more. `seen` are checks that a person makes
    {code: passed}, `times` seconds that a person took by the watch {step: seconds}.
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="rehearsals")
    form = models.ForeignKey(BallotForm, models.PROTECT, related_name="+")
    count = models.ForeignKey(Count, models.PROTECT, related_name="+")
    sheets = models.PositiveIntegerField()
    sides = models.PositiveSmallIntegerField()
    fed = models.PositiveIntegerField(default=0)
    fed_at = models.DateTimeField(null=True, blank=True)
    seen = models.JSONField(default=dict, blank=True)
    times = models.JSONField(default=dict, blank=True)
    operator = models.CharField(_("operator"), max_length=120, blank=True)
    head = models.CharField(_("head of the counting board"), max_length=120, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    begun_by = models.CharField(max_length=200)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.contest_id} {self.sheets}"
