"""Two tables: the entries, and the one row that says which is the last."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from django.db import models

from daihoi.ledger.chain import START, Entry

PLACES = frozenset({"organisation", "congress"})
"""Kinds of subjects that are a place themselves."""


def place_of(subject: str, facts: Mapping[str, object]) -> str:
    """Key of the organisation or congress whose act it is; empty where it is the whole house's alone."""
    kind, _colon, key = subject.partition(":")
    return str(facts.get("place", "")) or (key if kind in PLACES else "")


class LedgerEntry(models.Model):
    """One act, chained to the one before. Actor and subject are text: what they name may be gone one day.

    `place` is `place_of` the act: who reads the ledger of a part of the tree finds its acts by it.
    """

    # Given by the chain and not by the database: a gap in it is a finding.
    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=60, db_index=True)
    # Byte for byte as it was hashed; a JSON column would order it anew. So too the moment below.
    facts = models.TextField()
    at = models.CharField(max_length=40)
    by = models.CharField(max_length=200, db_index=True)
    subject = models.CharField(max_length=200, db_index=True)
    place = models.CharField(max_length=32, blank=True, default="", db_index=True)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """Newest last."""

        ordering: ClassVar = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.subject}"

    @property
    def moment(self) -> datetime | None:
        """When it was, as a time; None where somebody spoiled the text."""
        try:
            return datetime.fromisoformat(self.at)
        except ValueError:
            return None

    def entry(self) -> Entry:
        """The row as an entry of the chain; what is no JSON stands as an empty table, and its hash will not fit."""
        try:
            facts = json.loads(self.facts)
        except ValueError:
            facts = {}
        return Entry(self.seq, self.kind, facts, self.prev, self.hash, self.at, self.by)


class LedgerHead(models.Model):
    """The last entry; whoever writes the next locks this row first, so that two acts never follow the same one."""

    seq = models.BigIntegerField(default=-1)
    hash = models.CharField(max_length=64, default=START)

    class Meta:
        """There is one row."""

        # One row: its lock is what puts the acts of all processes into one order.
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_ledger_head")]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:8]}"
