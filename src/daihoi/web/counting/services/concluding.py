"""Acts at the end of a count: closed, confirmed by the head of the board, announced, minutes and package.

Nothing is confirmed or announced while a line of the reconciliation does not hold. [190-QĐ/TW art. 8.2; A8]
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daihoi.counts.count_folder import open_folder
from daihoi.counts.disk import write_whole
from daihoi.counts.errors import CountIsOpen
from daihoi.counts.facts import finished
from daihoi.counts.minutes import MinutesWritten, write_minutes
from daihoi.counts.sample_acts import note_samples
from daihoi.counts.sealing import Sealed, seal
from daihoi.interchange.terms import ResultDocument
from daihoi.ledger.signatures import is_encrypted, new_key
from daihoi.web.audit.services import record
from daihoi.web.counting import folders, keyed_folder, queries, reconciling, sampling
from daihoi.web.counting.choices import CountState, Way
from daihoi.web.counting.models import Count
from daihoi.web.counting.services.opening import place_of, subject_of
from daihoi.web.elections.choices import ContestState
from daihoi.web.elections.models import Contest
from daihoi.web.elections.services import outcomes

PATIENCE_SECONDS = 20.0
"""The reader lets go of a closed count within a second; a large one that it is just writing takes a few."""
KEY = "signing-key.pem"
PUBLIC = "signing-key.pub.pem"

T = TypeVar("T")


@dataclass(frozen=True)
class Finished:
    """A count as its folder has it at the end."""

    result: ResultDocument
    digest: str


def confirm(*, contest: Contest, digest: str, by: str) -> Contest:
    """The head of the board confirms the result whose digest he has seen. Raises ValidationError, CountsError, OSError.

    The counts are closed first, then the folder itself is asked: what is confirmed is what the record says, and not
    what a page showed a moment ago. Killed in between, the same act is done again.
    """
    _require(reconciling.lines(contest))
    count = _count_of_record(contest)
    if count.way == Way.KEYED:
        # By the election file of the digest that was seen: closing notes the time, which stands in it.
        keyed_folder.write(count)
    # The reader lets go of a closed count: only then nothing more can come into it.
    _close(contest, by)
    try:
        found = when_free(count, finished_in)
        # A decision or an undoing that came after the lines were looked at stands in the database and not in the count.
        late = any(queries.waits_for_reader(one) for one in queries.witnesses(contest))
        if late or found.digest != digest:
            raise ValidationError(_("The count went on since this page was made. Look at the result again."))
        # Neither a sample that was drawn meanwhile nor a ballot that somebody saw otherwise alters the digest.
        _require(reconciling.lines_without_digest(contest, count))
    except BaseException:
        # Nothing was confirmed: the board goes on as before.
        _open_again(contest, by)
        raise
    votes = {line.candidate: line.votes for line in found.result.tally}
    come = {line.candidate: line.outcome for line in found.result.tally}
    confirmed = outcomes.confirm_result(contest=contest, votes=votes, outcomes=come, by=by, digest=found.digest)
    # Now, and not with the minutes alone: the command line may write these first.
    _note_samples(count)
    return confirmed


def _require(lines: Iterable[reconciling.Line]) -> None:
    stops = [line for line in lines if line.stops]
    if stops:
        raise ValidationError([f"{line.words}: {line.todo or line.detail}" for line in stops])


def _note_samples(count: Count) -> None:
    """Note in the folder what stands there not yet of the hand samples. Raises CountsError."""
    samples = list(sampling.acts_of(count)) if count.way == Way.SCANNED else []
    if samples:
        when_free(count, lambda one: note_samples(folders.count_of(one), samples))


def finished_in(count: Count) -> Finished:
    """The result as the folder of a closed count has it. Raises CountIsOpen, NotFinal, CountStopped."""
    with open_folder(folders.count_of(count)) as folder:
        derived, digest = finished(folder)
    return Finished(derived.result, digest)


@transaction.atomic
def announce(*, contest: Contest, by: str) -> Contest:
    """The result is told to the congress: from now on everybody who may see the contest sees it."""
    return outcomes.announce(contest=contest, by=by)


def minutes(*, contest: Contest, by: str) -> MinutesWritten:
    """The minutes of a confirmed count, as DOCX and PDF. Raises ValidationError, CountsError, PapersError, OSError."""
    count = concluded(contest)
    now = timezone.localtime()
    # Again: confirming was killed before it noted them, or the count went on by the command line since.
    _note_samples(count)
    written = when_free(count, lambda one: write_minutes(folders.count_of(one), now=now, by=by))
    with transaction.atomic():
        facts = {"digest": written.digest}
        record("count.minutes_written", by=by, subject=subject_of(count), facts=facts, place=place_of(count))
    return written


def seal_count(*, contest: Contest, key: bytes, passphrase: bytes | None, by: str) -> Contest:
    """Pack and sign a confirmed count with its minutes. Raises ValidationError, CountsError, the errors of signatures.

    Killed after the package got its name, the same act finds it and notes it.
    """
    count = concluded(contest)
    package = folders.package_of(count)
    if package.is_file():
        digest = when_free(count, finished_in).digest
    else:
        _note_samples(count)
        now = timezone.localtime()

        def pack(one: Count) -> Sealed:
            return seal(folders.count_of(one), key=key, passphrase=passphrase, out=package, now=now, by=by)

        digest = when_free(count, pack).digest
    return outcomes.note_sealed(contest=contest, digest=digest, by=by)


def make_key(*, contest: Contest, passphrase: str, by: str) -> Path:
    """The board's own key to sign with, locked by its passphrase, once for a congress. Raises ValidationError, OSError.

    A key that is there is never written over.
    """
    if len(passphrase) < 8:
        raise ValidationError({"passphrase": _("A passphrase of the board has at least 8 characters.")})
    private, public = key_of(contest)
    if private.is_file():
        raise ValidationError(_("There is a key already; it is opened by its own passphrase."))
    # Never without a passphrase: who carries the laptop away must not be able to sign.
    private.parent.mkdir(parents=True, exist_ok=True)
    made, half = new_key(passphrase.encode())
    fresh = private.with_name(f".{secrets.token_hex(6)}.part")
    fresh.touch(mode=0o600, exist_ok=False)
    fresh.write_bytes(made)
    write_whole(public, half)
    fresh.replace(private)
    with transaction.atomic():
        subject = f"congress:{contest.sitting.congress.key}"
        record("count.key_made", by=by, subject=subject, facts={"key": hashlib.sha256(half).hexdigest()})
    return private


def key_of(contest: Contest) -> tuple[Path, Path]:
    """The private and the public half of the board's key of a congress, whether they are there or not."""
    folder = folders.house() / "keys" / contest.sitting.congress.key
    return folder / KEY, folder / PUBLIC


def asks_passphrase(key: bytes) -> bool:
    """Whether a key is locked."""
    return is_encrypted(key)


def _count_of_record(contest: Contest) -> Count:
    count = queries.count_of_record(contest)
    if count is None:
        raise ValidationError(_("Nothing has been counted yet."))
    return count


def concluded(contest: Contest) -> Count:
    """The count of record of a confirmed contest, in whatever way its papers were read. Raises ValidationError."""
    if contest.state not in {ContestState.CONFIRMED, ContestState.ANNOUNCED, ContestState.SEALED}:
        raise ValidationError(_("The head of the board confirms the result first."))
    count = _count_of_record(contest)
    return count


@transaction.atomic
def _close(contest: Contest, by: str) -> None:
    outcomes.close_counting(contest=contest, by=by)
    for count in Count.objects.filter(contest=contest, rehearsal=False, state=CountState.OPEN):
        count.state = CountState.CLOSED
        count.save(update_fields=["state"])
        record("count.closed", by=by, subject=subject_of(count), place=place_of(count))


@transaction.atomic
def _open_again(contest: Contest, by: str) -> None:
    outcomes.open_counting(contest=contest, by=by)
    for count in Count.objects.filter(contest=contest, rehearsal=False, state=CountState.CLOSED):
        count.state = CountState.OPEN
        count.save(update_fields=["state"])
        record("count.opened_again", by=by, subject=subject_of(count), place=place_of(count))


@transaction.atomic
def open_again(*, contest: Contest, by: str) -> None:
    """Go on counting before anything is confirmed. Raises ValidationError."""
    held = Contest.objects.select_for_update(of=("self",)).get(pk=contest.pk)
    if held.state not in {ContestState.COUNTING, ContestState.COUNTED}:
        raise ValidationError(_("The result is confirmed; its counts stay as they are."))
    _open_again(contest, by)


def when_free(count: Count, act: Callable[[Count], T]) -> T:
    """Do it once the reader has let go of the folder. Raises CountIsOpen when it does not in good time."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return act(count)
        except CountIsOpen:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
