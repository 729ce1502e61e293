"""Packages that came in, and the results that were taken in from them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daihoi.web.elections.choices import Office, RoundKind
from daihoi.web.organisations.models import Organisation, Term, new_key


class Parcel(models.Model):
    """A file that came in; its bytes lie where `folders` says, whole before this row stands.

    `report` is what the verifier found: {findings: [[code, fields]], passed: [check], rehearsal, images, signer,
    seconds}; empty until it was checked to its end. `says` is what a sound package says of its contest (`reading`).
    """

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    owner = models.CharField(max_length=40, db_index=True)
    sent_by = models.CharField(max_length=200)
    sent_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    report = models.JSONField(default=dict)
    says = models.JSONField(default=dict)
    # Empty where nothing can be taken in from it: not sound, a rehearsal, not at its end.
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    # The half of scans that the manifest binds: its digest, and its name beside the package.
    scans_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    scans_name = models.CharField(max_length=200, blank=True)
    # What people say of it until it is taken in.
    typed = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("why it replaces the other"), max_length=300, blank=True)

    class Meta:
        """Newest first; a file waits once with one person."""

        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.key} {self.file_name}"

    @property
    def is_checked(self) -> bool:
        """Whether the verifier came to its end."""
        return bool(self.report)

    @property
    def findings(self) -> list[tuple[str, dict[str, Any]]]:
        """What is wrong with it, as codes with their fields."""
        return [(code, fields) for code, fields in self.report.get("findings", [])]


class Received(models.Model):
    """The result of one contest as a package told it, compared with the paper by somebody.

    It stands until `ended_at`: replaced by another of the same contest, or withdrawn. Nothing is ever removed.
    """

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="results")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="results_received")
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64)
    contest = models.CharField(max_length=200)
    """As the package calls it; of a congress in the browser the key of its contest."""
    office = models.CharField(_("what is elected"), max_length=24, choices=Office.choices)
    title = models.CharField(max_length=300)
    round = models.PositiveSmallIntegerField(default=1)
    round_kind = models.CharField(max_length=12, choices=RoundKind.choices)
    opens = models.DateField(_("day of the congress"))
    slot = models.CharField(max_length=64)
    """Which contest and round it is of, digested: `reading.slot_of`."""
    seats = models.PositiveIntegerField()
    elected = models.PositiveIntegerField()
    open_seats = models.PositiveIntegerField()
    ties = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")

    class Meta:
        """One result of a contest and round stands, and one count stands once: two people may take in at once."""

        ordering: ClassVar = ["opens", "office", "round", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "slot"], condition=Q(ended_at__isnull=True), name="one_result_of_a_round"
            ),
            models.UniqueConstraint(
                fields=["digest"], condition=Q(ended_at__isnull=True), name="one_result_of_a_count"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "term"])]

    def __str__(self) -> str:
        return f"{self.office} {self.round} {self.digest[:8]}"

    @property
    def says(self) -> dict[str, Any]:
        """All that the package says of it."""
        told: dict[str, Any] = self.parcel.says
        return told

    @property
    def stands(self) -> bool:
        """Whether it was neither replaced nor withdrawn."""
        return self.ended_at is None
