"""A keyed count as the cores have it: its acts from the database, its election file, the folder that is sealed."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock

from django.utils import timezone

from daihoi.counts import keyed_folder
from daihoi.counts.keyed_count import PAPER, PILE, REMOVED
from daihoi.counts.keyed_folder import KeyedAct, KeyedGiven
from daihoi.interchange.package_file import ELECTION
from daihoi.interchange.terms import ResultDocument
from daihoi.web.counting import folders, keying, making
from daihoi.web.counting.choices import CountState
from daihoi.web.counting.models import Batch, Count, KeyedBallot
from daihoi.web.elections import making as elections

KEPT = 8
_results: OrderedDict[tuple[str, ...], tuple[ResultDocument, str]] = OrderedDict()
_turn = Lock()


def result_of(count: Count) -> tuple[ResultDocument, str]:
    """What the keyed papers come to and the digest of the count; worked out anew only when somebody keyed on."""
    election = election_of(count)
    keyed = KeyedBallot.objects.filter(batch__count=count).count()
    gone = count.batches.filter(removed_at__isnull=False).count()
    state = (count.key, str(keyed), str(count.batches.count()), str(gone), hashlib.sha256(election).hexdigest())
    with _turn:
        known = _results.get(state)
    if known is None:
        known = keyed_folder.keyed_result(given_of(count, election))
        with _turn:
            _results[state] = known
            while len(_results) > KEPT:
                _results.popitem(last=False)
    return known


def invalid_in(count: Count) -> dict[str, str]:
    """The keyed papers that are not valid, with their ground."""
    found = keyed_folder.invalid_in(given_of(count, election_of(count)))
    return {ballot: str(ground) for ballot, ground in found.items()}


def election_of(count: Count) -> bytes:
    """The election file: as it was when the count was closed, while it is open as the contest has it now."""
    held = folders.count_of(count) / ELECTION
    if count.state == CountState.CLOSED and held.is_file():
        return held.read_bytes()
    return making.election_bytes(count)


def write(count: Count, election: bytes | None = None) -> None:
    """Make the folder of the count by what was keyed. Raises CountIsOpen, WriteFailed, DiskFull."""
    keyed_folder.write_keyed(folders.count_of(count), given_of(count, election or election_of(count)))


def given_of(count: Count, election: bytes) -> KeyedGiven:
    """All that the count is made from."""
    return KeyedGiven(election, count.contest.key, count.rehearsal, tuple(_acts(count)))


def _acts(count: Count) -> Iterator[KeyedAct]:
    names = [one.candidate for one in elections.listed(count.contest)]
    letters = keying.letters_of(count.contest)
    for batch in count.batches.prefetch_related("keyed").order_by("number"):
        yield _pile(batch)
        for row in sorted(batch.keyed.all(), key=lambda one: one.pk):
            facts: dict[str, object] = {
                "pile": batch.number, "paper": row.number, "turn": row.turn, "attempt": row.attempt,
                "marks": {name: letters[mark].value for name, mark in zip(names, row.marks, strict=True)},
                "standing": row.standing,
            }  # fmt: skip
            yield KeyedAct(PAPER, facts, row.by, timezone.localtime(row.at))
        if batch.removed_at is not None:
            facts = {"pile": batch.number, "reason": batch.why}
            yield KeyedAct(REMOVED, facts, batch.removed_by, timezone.localtime(batch.removed_at))


def _pile(batch: Batch) -> KeyedAct:
    facts: dict[str, object] = {"pile": batch.number, "papers": batch.papers}
    return KeyedAct(PILE, facts, batch.made_by, timezone.localtime(batch.made_at))
