"""One table: files that were sent to be taken in, until somebody confirms or puts them away."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models


def new_key() -> str:
    """A key that nobody guesses."""
    return secrets.token_hex(16)


class Upload(models.Model):
    """A file on its way in. It belongs to one person and one list, and is gone once it is confirmed or put away.

    `grid` and `told` are what was read of it and what its preview says, packed: both can be made anew from `data`.
    """

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    owner = models.CharField(max_length=40, db_index=True)
    list = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    # In the database and not beside it: several processes serve, and a backup holds all of it.
    data = models.BinaryField()
    grid = models.BinaryField()
    header = models.PositiveIntegerField(default=0)
    places = models.JSONField(default=dict)
    told = models.BinaryField(default=b"")
    digest = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.list} {self.file_name}"
