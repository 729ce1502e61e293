"""Counts and what people did in them. The readings of a count lie in its COUNT folder; here is what people are shown.

A decision, a keyed ballot and a hand-counted batch are acknowledged once they stand here, in one transaction with their
entry in the ledger of the house; the reader carries decisions into the ledger of the count afterwards.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daihoi.web.counting.choices import CountState, Said, Turn, Way
from daihoi.web.elections.models import BallotForm, Contest
from daihoi.web.organisations.models import new_key


class Count(models.Model):
    """One pass over the ballots of a contest. `A` is the count of record, the others witness it."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="counts")
    form = models.ForeignKey(BallotForm, models.PROTECT, related_name="counts")
    label = models.CharField(_("called"), max_length=1)
    way = models.CharField(_("how"), max_length=8, choices=Way.choices, default=Way.SCANNED)
    rehearsal = models.BooleanField(_("rehearsal"), default=False)
    papers = models.PositiveIntegerField(_("ballots in hand"), null=True, blank=True)
    """Of a rehearsal, whose contest has no figures; those of a real count are the contest's."""
    every_ballot = models.BooleanField(_("a person confirms every ballot"), default=False)
    state = models.CharField(max_length=10, choices=CountState.choices, default=CountState.OPEN)
    reason = models.CharField(_("why it was set aside"), max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=200)

    class Meta:
        """One of each label holds; what was set aside stays beside it."""

        ordering: ClassVar = ["contest", "rehearsal", "label", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contest", "rehearsal", "label"],
                condition=~Q(state=CountState.SET_ASIDE),
                name="one_count_of_a_label",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["state", "way"])]

    def __str__(self) -> str:
        return f"{self.contest_id} {self.label}"


class Progress(models.Model):
    """How far the reader is with a count, as it wrote it last. `version` grows with every change that pages show.

    `last`: the newest pages [{file, index, stored, side, doubts, slip, refusal, found, expected}]; `piles`: by folder
    of scans {ballots, refused}; `result`: result.json, once there is one; `problem`: code and fields of the refusal
    that keeps the reader from this count.
    """

    count = models.OneToOneField(Count, models.CASCADE, related_name="progress")
    version = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(null=True, blank=True)
    pages = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0)
    doubtful = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    ballots = models.PositiveIntegerField(default=0)
    open_rows = models.PositiveIntegerField(default=0)
    settles = models.PositiveIntegerField(default=0)
    settled = models.BooleanField(default=False)
    waiting = models.JSONField(default=list)
    set_aside = models.JSONField(default=list)
    last = models.JSONField(default=list)
    piles = models.JSONField(default=dict)
    result = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    problem = models.JSONField(null=True, blank=True)
    log_stamp = models.CharField(max_length=80, blank=True)
    """Of which state of the count its lines of the entry log are."""

    def __str__(self) -> str:
        return f"{self.count_id}: {self.pages}"


class Question(models.Model):
    """What the board is asked in a count: a row of its review, as the reader wrote it last."""

    count = models.ForeignKey(Count, models.CASCADE, related_name="questions")
    place = models.PositiveIntegerField()
    ballot = models.CharField(max_length=300)
    candidate = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=300)
    proposal = models.CharField(max_length=60)
    crop = models.CharField(max_length=200, blank=True)
    needed = models.BooleanField(default=True)
    adopted = models.TextField(blank=True)
    """The word that the ledger of the count holds."""
    file = models.CharField(max_length=300)
    index = models.PositiveIntegerField(default=0)
    stored = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    side = models.PositiveSmallIntegerField(default=0)
    turn = models.PositiveSmallIntegerField(default=0)
    row_mm = models.JSONField(null=True, blank=True)
    batch = models.PositiveIntegerField(default=0)
    batches = models.PositiveIntegerField(default=0)
    sheet = models.PositiveIntegerField(default=0)
    form_name = models.CharField(max_length=120, blank=True)

    class Meta:
        """In the order of the review; a place once."""

        ordering: ClassVar = ["count", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["count", "ballot", "candidate"], name="one_question_of_a_place")
        ]
        indexes: ClassVar = [models.Index(fields=["count", "needed", "place"])]

    def __str__(self) -> str:
        return f"{self.ballot} {self.candidate}".strip()


class Decision(models.Model):
    """What the board decided, with who and why. The one of a place that is not undone holds."""

    count = models.ForeignKey(Count, models.CASCADE, related_name="decisions")
    ballot = models.CharField(max_length=300)
    candidate = models.CharField(max_length=20, blank=True)
    word = models.TextField()
    crop = models.CharField(max_length=200, blank=True)
    why = models.CharField(_("why"), max_length=300, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    problem = models.JSONField(null=True, blank=True)
    """Code and fields of the refusal where the count does not take it."""

    class Meta:
        """One that holds for each place: two who decide at once do not both."""

        ordering: ClassVar = ["count", "at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["count", "ballot", "candidate"],
                condition=Q(undone_at__isnull=True),
                name="one_decision_that_holds",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ballot} {self.candidate}: {self.word}"


class Claim(models.Model):
    """Who looks at a ballot now: nobody else is given it until `until`. `holder` is a person at one browser."""

    count = models.ForeignKey(Count, models.CASCADE, related_name="claims")
    ballot = models.CharField(max_length=300)
    holder = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    until = models.DateTimeField()

    class Meta:
        """A ballot is on one table."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["count", "ballot"], name="one_claim_of_a_ballot")]

    def __str__(self) -> str:
        return f"{self.ballot}: {self.name}"


class Raised(models.Model):
    """A ballot that was sent to the head of the board."""

    count = models.ForeignKey(Count, models.CASCADE, related_name="raised")
    ballot = models.CharField(max_length=300)
    note = models.CharField(_("what the head should look at"), max_length=300, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["count", "ballot"], name="raised_once")]

    def __str__(self) -> str:
        return self.ballot


class Look(models.Model):
    """What a person said of a ballot that raised no doubt, where a person confirms every ballot."""

    count = models.ForeignKey(Count, models.CASCADE, related_name="looks")
    ballot = models.CharField(max_length=300)
    said = models.CharField(max_length=8, choices=Said.choices)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A ballot once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["count", "ballot"], name="looked_at_once")]

    def __str__(self) -> str:
        return f"{self.ballot}: {self.said}"


class Batch(models.Model):
    """A pile of papers that was counted by hand before it was scanned or keyed; its scans lie in a folder of its own.

    In a keyed count `first` and `second` are who key it; the same person is never both.
    """

    count = models.ForeignKey(Count, models.CASCADE, related_name="batches")
    number = models.PositiveIntegerField()
    papers = models.PositiveIntegerField(_("papers counted by hand"))
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=200, blank=True)
    why = models.CharField(_("why it is scanned again"), max_length=300, blank=True)
    taken_out_at = models.DateTimeField(null=True, blank=True)
    """When the reader had taken its ballots out of the count."""
    first = models.CharField(max_length=200, blank=True)
    second = models.CharField(max_length=200, blank=True)

    class Meta:
        """Numbered in each count; nobody keys a pile twice."""

        ordering: ClassVar = ["count", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["count", "number"], name="one_batch_of_a_number"),
            models.CheckConstraint(condition=Q(papers__gte=1), name="batch_holds_papers"),
            models.CheckConstraint(
                condition=Q(first="") | Q(second="") | ~Q(first=models.F("second")), name="two_people_key_a_batch"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count_id} {self.number}"

    @property
    def folder(self) -> str:
        """Its folder below the scans of the count."""
        return f"{self.number:03d}"


class KeyedBallot(models.Model):
    """What somebody keyed of one paper. `marks` is a letter for each candidate in ballot order (`keying.LETTERS`).

    Of each turn the highest attempt holds; the papers of a batch are numbered as they lie, from 1.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="keyed")
    number = models.PositiveIntegerField()
    turn = models.PositiveSmallIntegerField(choices=Turn.choices)
    attempt = models.PositiveSmallIntegerField(default=1)
    marks = models.CharField(max_length=120)
    standing = models.CharField(max_length=30, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """An attempt once: a key that is sent again is not another."""

        ordering: ClassVar = ["batch", "number", "turn", "attempt"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number", "turn", "attempt"], name="one_attempt_of_a_turn")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number} {self.turn}"


class Totals(models.Model):
    """The totals of a tally sheet that was kept by hand: votes by candidate and the figures beside them."""

    batch = models.OneToOneField(Batch, models.CASCADE, related_name="totals")
    votes = models.JSONField()
    valid = models.PositiveIntegerField(_("valid"))
    invalid = models.PositiveIntegerField(_("invalid"))
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.valid} + {self.invalid}"


class Comparison(models.Model):
    """What comparing the counts of a contest found last; made anew when one of them changed.

    `document` is compare.json; `stamp` tells of which state of the counts it is.
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="comparisons")
    rehearsal = models.BooleanField(default=False)
    stamp = models.CharField(max_length=300)
    agrees = models.BooleanField()
    document = models.JSONField()
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["contest", "rehearsal"], name="one_comparison")]

    def __str__(self) -> str:
        return f"{self.contest_id}: {self.agrees}"


class Reader(models.Model):
    """The one reading process of the house: who it is, and when it was last heard of."""

    pid = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """There is one row."""

        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="one_reader")]

    def __str__(self) -> str:
        return f"{self.pid} {self.beat_at}"
