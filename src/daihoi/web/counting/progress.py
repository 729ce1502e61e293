"""What a session knows, written where pages see it: how far it is, what the board is asked, what came out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from daihoi.counts.questions import Question as Asked
from daihoi.counts.session import Far, Settled
from daihoi.counts.strip import LastPage
from daihoi.interchange import result_file
from daihoi.web.counting.making import plain
from daihoi.web.counting.models import Count, Progress, Question

Told = dict[str, object]


def far_of(far: Far) -> Told:
    """How far a count is, as its row of progress holds it."""
    return {
        "pages": far.pages,
        "unread": far.unread,
        "doubtful": far.doubtful,
        "refused": far.refused,
        "settled": far.settled,
        "waiting": list(far.waiting),
        "set_aside": list(far.set_aside),
        "last": [_page(one) for one in far.last],
    }


def _page(page: LastPage) -> Told:
    told: Told = {"file": page.file, "index": page.index, "stored": page.stored, "side": page.side}
    told |= {"doubts": page.doubts, "slip": page.slip, "refusal": "", "found": "", "expected": ""}
    if page.refusal is not None:
        told |= {"refusal": page.refusal.reason.value, "found": plain(page.refusal.found)}
        told |= {"expected": plain(page.refusal.expected)}
    return told


def settled_of(settled: Settled) -> Told:
    """What came out by now."""
    return {
        "ballots": settled.ballots,
        "open_rows": settled.open_rows,
        "result": plain(result_file.document(settled.result)),
        "digest": settled.digest,
        "piles": piles_of(settled),
    }


def piles_of(settled: Settled) -> dict[str, dict[str, int]]:
    """By folder of scans: sheets that are ballots, and sheets that wait for somebody."""
    piles: dict[str, dict[str, int]] = {}
    for one in settled.derived.judged:
        pile = piles.setdefault(one.assembled.sheet.pages[0].folder, {"ballots": 0, "refused": 0})
        if one.classified is not None:
            pile["ballots"] += 1
        elif one.waiting:
            pile["refused"] += 1
    return piles


def write(count: Count, told: Told) -> None:
    """Write what changed; pages see a new version."""
    Progress.objects.filter(count=count).update(**told, version=F("version") + 1, at=timezone.now())


def write_settled(count: Count, told: Told, settled: Settled) -> None:
    """What came out and what is asked, at once: a page never shows the one without the other."""
    # Found out before the transaction, for the reader alone writes questions: while one lasts SQLite lets nobody else
    # write, and whoever answers a question would wait for it.
    questions = _questions(count, settled)
    with transaction.atomic():
        Question.objects.filter(pk__in=questions.gone).delete()
        # Few statements for any number of rows: the reader has pages waiting.
        Question.objects.bulk_create(questions.fresh)
        if questions.changed:
            Question.objects.bulk_update(questions.changed, sorted(questions.fields))
        write(count, told)


@dataclass
class _Questions:
    """What becomes of the questions of a count: in `fields` some of `changed` are others than before."""

    gone: list[int] = field(default_factory=list)
    fresh: list[Question] = field(default_factory=list)
    changed: list[Question] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)


def _questions(count: Count, settled: Settled) -> _Questions:
    there = {(one.ballot, one.candidate): one for one in Question.objects.filter(count=count)}
    found = _Questions()
    for told in _rows(settled):
        known = there.pop((str(told["ballot"]), str(told["candidate"])), None)
        if known is None:
            found.fresh.append(Question(count=count, **told))
            continue
        others = {name: value for name, value in told.items() if getattr(known, name) != value}
        if others:
            for name, value in others.items():
                setattr(known, name, value)
            found.changed.append(known)
            found.fields |= set(others)
    # A question of sheets that were taken out is nobody's any more; what was decided of it stays where it is.
    found.gone = [one.pk for one in there.values()]
    return found


def _rows(settled: Settled) -> Iterator[Told]:
    for place, one in enumerate(settled.questions):
        yield _row(place, one)


def _row(place: int, one: Asked) -> Told:
    row = one.row_mm
    return {
        "place": place,
        "ballot": one.row.ballot,
        "candidate": one.row.candidate,
        "reason": one.row.reason,
        "proposal": str(one.row.proposal),
        "crop": one.row.crop,
        "needed": one.needed,
        "adopted": str(one.row.decision),
        "file": one.scan.file,
        "index": one.scan.index,
        "stored": one.scan.stored,
        "sha256": one.scan.sha256,
        "side": one.side,
        "turn": one.turn,
        "row_mm": None if row is None else [row.x, row.y, row.w, row.h],
        "batch": one.batch,
        "batches": one.batches,
        "sheet": one.sheet,
        "form_name": one.form,
    }
