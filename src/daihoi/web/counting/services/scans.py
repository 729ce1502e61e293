"""Acts on scans: files that come in, piles that were counted by hand, piles that are scanned again."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from daihoi.counts.disk import sync_folder
from daihoi.web.audit.services import record
from daihoi.web.counting import folders
from daihoi.web.counting.choices import Way
from daihoi.web.counting.models import Batch, Count
from daihoi.web.counting.services.opening import place_of, require_open, subject_of

LARGEST = 2 * 1024**3
"""Bytes of one file: a PDF of a whole pile at 300 dpi stays below."""
ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".pdf", ".bmp"})
ROOM = 200 * 1024**2
"""Bytes that stay free on the disk: the ledgers must always find a place."""
_PORTS = (f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))
_RESERVED = frozenset({"con", "prn", "aux", "nul", *_PORTS})


def name_of(given: str) -> str:
    """The name under which a file that was sent is kept; the same on every system. Raises ValidationError."""
    name = PurePosixPath(unicodedata.normalize("NFC", given).replace("\\", "/")).name
    name = "".join(one for one in name if one.isprintable() and one not in '<>:"|?*').strip(" .")[-120:]
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        said = _("%(name)s is no scan; scans are %(endings)s.")
        raise ValidationError(said % {"name": given[:80], "endings": ", ".join(sorted(ENDINGS))})
    return f"_{name}" if name.lower().partition(".")[0] in _RESERVED else name


def keep_scan(*, count: Count, folder: str, name: str, chunks: Iterable[bytes]) -> str:
    """Keep a file that was sent among the scans; gives the name it got. Raises ValidationError, OSError.

    It is written whole under another name, and gets its own when it is on the disk: the reader never takes half a file.
    The same file sent again is kept once; another file of the same name gets a number.
    """
    into = folders.scans_of(count) / folder if folder else folders.scans_of(count)
    into.mkdir(parents=True, exist_ok=True)
    kept = name_of(name)
    _require_room(into)
    passing = into / f".{secrets.token_hex(8)}.part"
    try:
        digest = _written(passing, chunks)
        for number in range(1, 1000):
            there = into / (kept if number == 1 else f"{Path(kept).stem} ({number}){Path(kept).suffix}")
            if not there.exists():
                passing.rename(there)
                sync_folder(into)
                return there.name
            if _digest(there) == digest:
                return there.name
        raise ValidationError(_("Too many files of this name; give them others."))
    finally:
        passing.unlink(missing_ok=True)


def _require_room(folder: Path) -> None:
    if shutil.disk_usage(folder).free < ROOM:
        raise ValidationError(_("The disk is nearly full; make room, then send the scans again."))


def _written(path: Path, chunks: Iterable[bytes]) -> str:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > LARGEST:
                raise ValidationError(_("The file is too large; save the scans as several files."))
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    # Some scanners make the file first and fill it later; half of one would be refused for ever by its name.
    if not size:
        raise ValidationError(_("The file is empty; scan it again."))
    return digest.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@transaction.atomic
def add_batch(*, count: Count, papers: int, by: str) -> Batch:
    """A pile that was counted by hand; its scans go into a folder of its own. Raises ValidationError."""
    held = require_open(count)
    # Numbers are never used again: the folder of a pile that was taken out keeps its scans.
    last = Batch.objects.filter(count=held).aggregate(last=Max("number"))["last"] or 0
    batch = Batch(count=held, number=last + 1, papers=papers, made_by=by)
    batch.full_clean(exclude=["first", "second"])
    batch.save()
    folders.scans_of_batch(batch).mkdir(parents=True, exist_ok=True)
    facts = {"batch": batch.number, "papers": papers}
    record("count.batch_added", by=by, subject=subject_of(held), facts=facts, place=place_of(held))
    return batch


@transaction.atomic
def remove_batch(*, batch: Batch, why: str, by: str) -> None:
    """Take a pile out of the count, to be scanned or keyed again as another batch; logged. Raises ValidationError."""
    held = require_open(batch.count)
    if not why.strip():
        raise ValidationError({"why": _("Say why it is scanned again.")})
    if batch.removed_at is not None:
        return
    batch.removed_at, batch.removed_by, batch.why = timezone.now(), by, why
    if held.way != Way.SCANNED:
        # No reader has anything to take out of a count that people keyed.
        batch.taken_out_at = batch.removed_at
    batch.save(update_fields=["removed_at", "removed_by", "why", "taken_out_at"])
    facts = {"batch": batch.number, "reason": why}
    record("count.batch_removed", by=by, subject=subject_of(held), facts=facts, place=place_of(held))
