"""What stands beside a count and counts nothing: its entry log as a list, and the hand sample that witnesses it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daihoi.web.counting.choices import LogAct, LogSource
from daihoi.web.counting.models.counts import Count


class LogLine(models.Model):
    """One entry of the log of a count ("Nhật ký nhập phiếu"), made anew from what was read, keyed and decided.

    `votes` are numbers on the ballot in runs ("1-12, 14"); `told` holds what only some acts have, by code: `word` of an
    answer, `number` of the name that it is about, `reason` of a refusal, `doubts`, `turn`, `attempt`, `differs`,
    `totals`.
    """

    count = models.ForeignKey(Count, models.CASCADE, related_name="log")
    place = models.PositiveIntegerField(_("No."))
    ballot = models.CharField(_("ballot"), max_length=300)
    pile = models.CharField(_("pile"), max_length=300, blank=True)
    sheet = models.PositiveIntegerField(_("sheet in the pile"), null=True, blank=True)
    source = models.CharField(_("entered by way of"), max_length=10, choices=LogSource.choices)
    act = models.CharField(max_length=10, choices=LogAct.choices)
    votes = models.CharField(_("votes for numbers"), max_length=400, blank=True)
    ground = models.CharField(max_length=30, blank=True)
    told = models.JSONField(default=dict)
    by = models.CharField(_("by"), max_length=200, blank=True)
    at = models.DateTimeField(_("when"), null=True, blank=True)
    folded = models.CharField(max_length=1200, editable=False)

    class Meta:
        """In the order of the papers; a place once."""

        ordering: ClassVar = ["count", "place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["count", "place"], name="one_line_of_a_place")]

    def __str__(self) -> str:
        return f"{self.place} {self.ballot}"


class HandSample(models.Model):
    """Ballots drawn by a public seed, to be read from the paper by people. `digest`: the count as it stood at the draw.

    `ballots` is how many it was drawn from. One holds; one that was set aside stays beside it with its reason.
    """

    count = models.ForeignKey(Count, models.CASCADE, related_name="samples")
    seed = models.CharField(_("seed"), max_length=200)
    ballots = models.PositiveIntegerField(_("ballots drawn from"))
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=200)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(_("why it was set aside"), max_length=300, blank=True)

    class Meta:
        """Nobody draws until the draw pleases: the first seed holds, or says why it does not."""

        ordering: ClassVar = ["count", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["count"], condition=Q(set_aside_at__isnull=True), name="one_sample_that_holds"
            )
        ]

    def __str__(self) -> str:
        return f"{self.count_id}: {self.seed}"


class SampledPaper(models.Model):
    """A ballot that was drawn: the number of the draw and its digest, its place among the ballots, where it lies."""

    sample = models.ForeignKey(HandSample, models.CASCADE, related_name="papers")
    order = models.PositiveIntegerField(_("No."))
    draw = models.PositiveIntegerField(_("draw"))
    digest = models.CharField(max_length=64)
    place = models.PositiveIntegerField(_("place"))
    ballot = models.CharField(_("ballot"), max_length=300)
    pile = models.CharField(_("pile"), max_length=300, blank=True)
    sheet = models.PositiveIntegerField(_("sheet in the pile"))

    class Meta:
        """In the order of the draw."""

        ordering: ClassVar = ["sample", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sample", "order"], name="one_paper_of_an_order"),
            models.UniqueConstraint(fields=["sample", "ballot"], name="a_ballot_is_drawn_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.order}: {self.ballot}"


class HandReading(models.Model):
    """What people keyed from a drawn paper; of several the last holds. `marks` as of a keyed ballot."""

    paper = models.ForeignKey(SampledPaper, models.CASCADE, related_name="readings")
    attempt = models.PositiveSmallIntegerField()
    marks = models.CharField(max_length=120)
    standing = models.CharField(max_length=30, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """An attempt once: a key that is sent again is not another."""

        ordering: ClassVar = ["paper", "attempt"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "attempt"], name="one_hand_reading_of_an_attempt")
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.attempt}"
