"""Organisations as a tree by materialised path, the terms they hold congresses in, and the names they had."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from daihoi.rules.names import fold_search
from daihoi.web.organisations.choices import Kind, Profile, Tier


def new_key() -> str:
    """A public key of a row: it says nothing, is never used again, and stays when codes and names change."""
    return secrets.token_hex(8)


class Organisation(MP_Node):  # type: ignore[misc]
    """One organisation. Below it in the tree: all whose `path` begins with its own."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    # What people type and lists carry; it may be mended, so nothing hangs on it but the eye.
    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    tier = models.CharField(_("tier"), max_length=12, choices=Tier.choices)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.OTHER)
    place_name = models.CharField(_("place name on papers"), max_length=120, blank=True)
    official_members = models.PositiveIntegerField(_("official members"), default=0)
    probationary_members = models.PositiveIntegerField(_("probationary members"), default=0)
    has_seal = models.BooleanField(_("has a seal of its own"), default=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    valid_from = models.DateField(_("since"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    # The merged one stays: its people, papers and congresses of former terms name it.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    # Without accents, for the search: neither database folds Vietnamese by itself.
    folded = models.CharField(max_length=500, editable=False, db_index=True)
    position = models.PositiveIntegerField(_("place among its sisters"), default=0)

    class Meta:
        """Members are counted, not guessed."""

        indexes: ClassVar = [
            # What stands right below: of the top, without going through the country.
            models.Index(fields=["depth", "path"], name="organisation_by_depth"),
            # What stands is counted by tier on many pages: of a country in the index alone.
            models.Index(
                # By tier first: SQLite goes along a range of paths within each, and groups without sorting.
                fields=["tier", "path", "official_members", "probationary_members", "id"],
                condition=models.Q(merged_into__isnull=True, valid_to__isnull=True),
                name="organisation_that_stands",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="organisation_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def members(self) -> int:
        """All members, official and probationary."""
        return self.official_members + self.probationary_members

    @property
    def called(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    def refold(self) -> None:
        """Set what search looks in."""
        self.folded = fold_search(f"{self.name} {self.short_name} {self.code}")[:500]


class FormerName(models.Model):
    """What an organisation was called until a day."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=300)
    until = models.DateField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-until", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} (-{self.until})"


class Term(models.Model):
    """A term of five years, and how many tiers its round has."""

    label = models.CharField(_("term"), max_length=20, unique=True)
    profile = models.CharField(_("profile"), max_length=8, choices=Profile.choices)
    is_current = models.BooleanField(default=False)

    class Meta:
        """At most one is current."""

        ordering: ClassVar = ["-label"]
        constraints: ClassVar = [
            # Two at once would give two words for a tier on one page.
            models.UniqueConstraint(fields=["is_current"], condition=models.Q(is_current=True), name="one_current_term")
        ]

    def __str__(self) -> str:
        return self.label


class TierLabel(models.Model):
    """What a term calls a tier: "huyện và tương đương" in one round, "xã, phường, đặc khu" in the next."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="tier_labels")
    tier = models.CharField(max_length=12, choices=Tier.choices)
    label = models.CharField(max_length=120)

    class Meta:
        """One label for a tier."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["term", "tier"], name="one_label_of_a_tier")]

    def __str__(self) -> str:
        return self.label
