"""Acts that keep the house ready for a second laptop: the passphrase, the folder, each package."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daihoi.web.audit.models import LedgerEntry, LedgerHead
from daihoi.web.audit.services import record
from daihoi.web.counting.models import Progress
from daihoi.web.hall.errors import HandoverNoPlanError, HandoverOnlySqliteError
from daihoi.web.hall.handover import locks, packages
from daihoi.web.hall.models import HandoverPackage, HandoverPlan

SUBJECT = "house:this"
MILESTONES = (
    *("ballots.form_made", "ballots.form_voided", "ballots.issued", "ballots.collected", "ballots.figures_corrected"),
    *("contest.list_closed", "contest.confirmed", "contest.announced", "contest.sealed", "contest.stopped"),
    *("count.begun", "count.closed", "count.set_aside"),
)
"""Acts after which a package is written at once, whatever the minutes say."""


def plan() -> HandoverPlan | None:
    """How this house is kept ready, if anybody said so."""
    return HandoverPlan.objects.order_by("pk").first()


def database_file() -> Path:
    """The SQLite file of this house. Raises HandoverOnlySqliteError."""
    if connection.vendor != "sqlite":
        raise HandoverOnlySqliteError
    return Path(str(connection.settings_dict["NAME"]))


@transaction.atomic
def set_passphrase(*, first: str, second: str, holders: str, by: str) -> HandoverPlan:
    """From now on packages are written under this passphrase, which the house itself does not keep.

    Packages that lie on the stick open by the one before. Raises PassphraseShortError.
    """
    lock = locks.lock_of(locks.words_of(first, second))
    held = HandoverPlan.objects.select_for_update().order_by("pk").first() or HandoverPlan()
    held.lock, held.holders, held.set_at, held.set_by = lock.kept(), holders, timezone.now(), by
    held.save()
    record("handover.passphrase_set", by=by, subject=SUBJECT, facts={"holders": holders})
    return held


@transaction.atomic
def set_folder(*, folder: str, minutes: int, by: str) -> HandoverPlan:
    """Where packages are written, and how often. Raises ValidationError, HandoverNoPlanError."""
    held = HandoverPlan.objects.select_for_update().order_by("pk").first()
    if held is None:
        raise HandoverNoPlanError
    _check_folder(folder)
    held.folder, held.minutes, held.problem, held.problem_at = folder, minutes, None, None
    held.asked_at = timezone.now() if folder else None
    held.save()
    record("handover.folder_set", by=by, subject=SUBJECT, facts={"folder": folder, "minutes": minutes})
    return held


def _check_folder(folder: str) -> None:
    if not folder:
        return
    path = Path(folder)
    if not path.is_absolute() or not path.is_dir():
        raise ValidationError({"folder": _("There is no such folder on this machine; plug the stick in first.")})
    data = Path(settings.DATA).resolve()
    if path.resolve() == data or data in path.resolve().parents:
        raise ValidationError({"folder": _("That is within the house itself: it would be lost with this machine.")})


def ask(*, by: str) -> None:
    """Somebody wants a package now; who writes them sees it within seconds."""
    with transaction.atomic():
        HandoverPlan.objects.update(asked_at=timezone.now())
        record("handover.asked", by=by, subject=SUBJECT)


def is_due(held: HandoverPlan, now: datetime) -> bool:
    """Whether a package is to be written: asked for, after a milestone, or where anything happened in those minutes."""
    last = HandoverPackage.objects.first()
    if not held.folder:
        return False
    if last is None or (held.asked_at is not None and held.asked_at > last.at) or held.set_at > last.at:
        return True
    # One that failed is tried again by the minutes alone; a stick that is away must not keep the disk busy.
    head = LedgerHead.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
    # Scans are read without anybody's act: the ledger of the house stands still meanwhile.
    if head <= last.entry and not Progress.objects.filter(at__gt=last.at).exists():
        return False
    milestone = LedgerEntry.objects.filter(seq__gt=last.entry, kind__in=MILESTONES).exists()
    return milestone or (now - last.at).total_seconds() >= 60 * held.minutes


def write(*, by: str, folder: str = "") -> HandoverPackage:
    """A package as things stand now, into the folder of the plan or another. The newest ones are kept.

    Raises HandoverNoPlanError, HandoverOnlySqliteError, PackageNotWrittenError.
    """
    held = plan()
    if held is None or not (folder or held.folder):
        raise HandoverNoPlanError
    out = Path(folder or held.folder)
    now = timezone.localtime()
    # Before the copy: what is written meanwhile is in the next one at the latest.
    entry = LedgerHead.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
    written = packages.write_package(Path(settings.DATA), database_file(), out, locks.Lock.of(held.lock), now)
    _leave_newest(out, held.keep)
    HandoverPlan.objects.filter(pk=held.pk).update(problem=None, problem_at=None)
    return HandoverPackage.objects.create(
        file=str(written.path),
        at=now,
        entry=entry,
        size=written.size,
        files=written.files,
        seconds=written.seconds,
        by=by,
    )


def _leave_newest(folder: Path, keep: int) -> None:
    found = sorted(folder.glob(f"daihoi-*{packages.ENDING}"))
    for old in found[: max(0, len(found) - keep)]:
        with suppress(OSError):
            old.unlink()


def note_taken_over(*, package: str, by: str) -> None:
    """Another machine goes on from a package; to be called before it answers anybody."""
    with transaction.atomic():
        head = LedgerHead.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
        # What the other machine wrote last is not known here, and its folder need not be there.
        HandoverPlan.objects.update(looked_at=None, asked_at=None)
        record("handover.taken_over", by=by, subject=SUBJECT, facts={"package": package, "entries": head + 1})
    connection.close()
