"""Acts on packages that come in: kept, checked, told whose they are and what the paper says, put away.

None of them is in the ledger: until a package is taken in it is a file of a stranger, and nothing rests on it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from daihoi.counts.disk import sync_folder
from daihoi.web.audit.services import record
from daihoi.web.lists.fields import nfc
from daihoi.web.organisations.models import Organisation, new_key
from daihoi.web.reporting import folders, matching, reading
from daihoi.web.reporting.models import Parcel, Received
from daihoi.words.shown import shown

LARGEST = 4 * 1024**3
"""Bytes of one file; 2,000 scans at 300 dpi stay below."""
ROOM = 200 * 1024**2
"""Bytes that stay free on the disk: the database must always find a place."""
MOST_WAITING = 200
"""Files of one person that wait; who has more takes in or puts away first."""


def keep(*, name: str, chunks: Iterable[bytes], by: str, owner: str, size: int = 0) -> Parcel:
    """Keep a file that was sent, whole and on the disk before its row stands. Raises ValidationError, OSError.

    `size` is what the sender announced, 0 where nothing was. A file that waits with the same person already is kept
    once.
    """
    # Checked before a byte is read: a full house says so at once, not after minutes of sending.
    mine = Parcel.objects.filter(owner=owner, results=None)
    if mine.count() >= MOST_WAITING:
        raise ValidationError(_("Too many packages wait; take them in or put them away first."))
    _require_room(size)
    key = new_key()
    folders.sweep(Parcel.objects.values_list("key", flat=True))
    folders.folder_of(key).mkdir(parents=True)
    try:
        sha256, length = _written(folders.package_of(key), chunks, name)
        # A button pressed twice, or a mail that came twice.
        known = mine.filter(sha256=sha256).first()
        if known is not None:
            folders.remove(key)
            return known
        return Parcel.objects.create(
            key=key, owner=owner, sent_by=by, file_name=shown_name(name), sha256=sha256, size=length
        )
    # Also where the browser broke off: half a package is worth nothing.
    except BaseException:
        folders.remove(key)
        raise


def shown_name(given: str) -> str:
    """The name of a file as it may be shown; it is no name on our disk."""
    return shown(nfc(PurePosixPath(given.replace("\\", "/")).name))[-200:] or "?"


def _require_room(size: int) -> None:
    if size > LARGEST:
        raise ValidationError(_too_large())
    folders.house().mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folders.house()).free < ROOM + size:
        raise ValidationError(
            _("There is not enough room on the disk for this package; make room, then send it again.")
        )


def _too_large() -> str:
    return _("The file is larger than %(most)d MB; no package is.") % {"most": LARGEST // 1024**2}


def _written(path: Path, chunks: Iterable[bytes], name: str) -> tuple[str, int]:
    """SHA-256 and length of what was written; under its name only when all of it lies on the disk."""
    digest, size = hashlib.sha256(), 0
    passing = path.with_name(f".{path.name}.part")
    with passing.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > LARGEST:
                raise ValidationError(_too_large())
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if not size:
        raise ValidationError(_("%(name)s is empty; send it again.") % {"name": shown_name(name)})
    passing.replace(path)
    sync_folder(path.parent)
    sync_folder(path.parent.parent)
    return digest.hexdigest(), size


def check(*, parcel: Parcel, within: QuerySet[Organisation]) -> Parcel:
    """Verify a package and read what it says; join it with its half of scans, whichever of the two came first.

    The work of seconds for a package with its scans, outside of any transaction. Gives the package whose check it was,
    which for a half of scans is the one that it belongs to. Raises OSError.
    """
    if parcel.sha256 and (whole := _whole_of(parcel)) is not None:
        return check(parcel=_joined(whole, parcel), within=within)
    _fill(parcel)
    half = Parcel.objects.filter(owner=parcel.owner, sha256=parcel.scans_sha256, results=None).first()
    if parcel.scans_sha256 and half is not None and half.pk != parcel.pk:
        _joined(parcel, half)
        _fill(parcel)
    if parcel.organisation is None:
        found = matching.named(parcel, within)
        parcel.organisation = found[0] if len(found) == 1 else None
    parcel.save()
    return parcel


def _fill(parcel: Parcel) -> None:
    told = reading.checked(folders.package_of(parcel.key))
    parcel.report = told["report"]
    parcel.says = told.get("says", {})
    parcel.digest = told.get("digest", "")
    parcel.scans_sha256, parcel.scans_name = told.get("scans_sha256", ""), told.get("scans_name", "")


def _whole_of(half: Parcel) -> Parcel | None:
    """The package that this file is the scans of, among those that its sender sent or takes in."""
    found = Parcel.objects.filter(scans_sha256=half.sha256).filter(Q(owner=half.owner)).exclude(pk=half.pk)
    return found.order_by("-pk").first()


def _joined(whole: Parcel, half: Parcel) -> Parcel:
    """Put the scans beside their package, under the name that its manifest gives; their own row goes."""
    place = folders.scans_of(whole.key, whole.scans_name)
    if place is None:
        return whole
    with suppress(FileNotFoundError):
        # Killed after this: the row of the half finds no file, and is let go of when it is next looked at.
        folders.package_of(half.key).replace(place)
        sync_folder(place.parent)
    with transaction.atomic():
        for one in Received.objects.filter(parcel=whole, ended_at=None):
            record("result.scans_added", by=half.sent_by, subject=f"result:{one.key}", place=one.organisation.key,
                   facts={"scans": half.sha256})  # fmt: skip
        half.delete()
    folders.remove(half.key)
    return whole


def _still_waiting(parcel: Parcel) -> Parcel | None:
    """The row, locked; None where it was put away or taken in meanwhile."""
    held = Parcel.objects.select_for_update().filter(pk=parcel.pk).first()
    # Asked once the lock is held: who was taking it in a moment ago is done by now.
    return None if held is None or held.results.exists() else held


@transaction.atomic
def settle(*, parcel: Parcel, typed: str, reason: str, organisation: Organisation | None) -> None:
    """Keep what was typed of a package: the digest on paper, why it replaces another, whose it is."""
    held = _still_waiting(parcel)
    if held is None:
        return
    held.typed, held.reason = typed[:200], nfc(reason)[:300]
    held.organisation = organisation or held.organisation
    held.save(update_fields=["typed", "reason", "organisation"])


def put_away(*, parcel: Parcel) -> None:
    """Let go of a package that was not taken in, with its file."""
    with transaction.atomic():
        held = _still_waiting(parcel)
        if held is None:
            return
        held.delete()
    folders.remove(parcel.key)
