"""The entry log of a count as rows of a list: what was read or keyed of each paper, by whom, and what counts.

The rows follow from the ledger of the count, or from what people keyed, and are made anew when either went on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daihoi.counts.answers import WITHDRAWN
from daihoi.counts.entry_log import EntryAct, EntryLine, entry_log
from daihoi.counts.journal import LEDGER_NAME
from daihoi.counts.removals import REMOVED
from daihoi.papers.election_day.entry_log import numbers_in_runs
from daihoi.papers.election_day.terms import LogRow
from daihoi.papers.election_day.terms import LogSource as PaperSource
from daihoi.rules.names import fold_search
from daihoi.rules.terms import InvalidGround, Mark, Standing
from daihoi.web.counting import folders, keyed_folder, keying
from daihoi.web.counting.choices import LogAct, LogSource, Turn, Way
from daihoi.web.counting.models import Batch, Count, HandReading, KeyedBallot, LogLine, Progress, Totals
from daihoi.web.elections import making
from daihoi.words.reasons import reason, reasons

FOR = frozenset({Mark.KEPT, Mark.AGREE})
"""Marks that are a vote."""


def brought_up_to_date(count: Count) -> None:
    """Write the rows anew where the count went on since they were written. Raises CountsError, OSError."""
    stamp = _stamp(count)
    progress, _new = Progress.objects.get_or_create(count=count)
    if progress.log_stamp == stamp:
        return
    # Before the transaction: the reader would wait for the disk as long as hundreds of sheets are gone through.
    fresh = list(_numbered(count))
    with transaction.atomic():
        # Locked: two who look at one moment would write every place twice.
        Progress.objects.select_for_update().get(pk=progress.pk)
        LogLine.objects.filter(count=count).delete()
        LogLine.objects.bulk_create(fresh, batch_size=500)
        Progress.objects.filter(pk=progress.pk).update(log_stamp=stamp)


def _stamp(count: Count) -> str:
    """Another text for every other state of the log: a ledger only grows, and nothing keyed is ever changed."""
    hand = HandReading.objects.filter(paper__sample__count=count).count()
    if count.way == Way.SCANNED:
        ledger = folders.count_of(count) / LEDGER_NAME
        return f"{ledger.stat().st_size if ledger.is_file() else 0}-{hand}"
    keyed = KeyedBallot.objects.filter(batch__count=count).count()
    gone = count.batches.filter(removed_at__isnull=False).count()
    last = Totals.objects.filter(batch__count=count).order_by("-at").values_list("at", flat=True).first()
    return f"{keyed}-{gone}-{last.timestamp() if last else 0}-{hand}"


def _numbered(count: Count) -> Iterator[LogLine]:
    names = {one.candidate: at for at, one in enumerate(making.listed(count.contest), 1)}
    for place, line in enumerate((*_entries(count, names), *_by_hand(count)), 1):
        line.count, line.place = count, place
        line.folded = fold_search(f"{line.ballot} {line.pile} {line.by} {line.told.get('why', '')}")
        yield line


def _entries(count: Count, names: Mapping[str, int]) -> Iterator[LogLine]:
    if count.way == Way.SCANNED:
        yield from _of_scans(count, folders.count_of(count), names)
        return
    invalid = keyed_folder.invalid_in(count) if count.way == Way.KEYED else {}
    for batch in count.batches.prefetch_related("keyed").select_related("totals").order_by("number"):
        yield from _of_totals(batch, names) if count.way == Way.TOTALS else _of_keyed(count, batch, invalid)


def _of_scans(count: Count, folder: Path, names: Mapping[str, int]) -> Iterator[LogLine]:
    if not (folder / LEDGER_NAME).is_file():
        return
    scanner = LogSource(f"scanner_{count.label.lower()}")
    for one in entry_log(folder):
        yield _read(one, scanner, names)
        yield from (_act(one, act, names) for act in one.acts)
        if one.acts:
            yield _outcome(one, names)


def _line(one: EntryLine, source: LogSource, act: LogAct, **more: object) -> LogLine:
    position = one.position
    pile = f"{position.batch}/{position.batches}" if position.batch else one.scans[0].folder
    return LogLine(ballot=one.ballot, pile=pile, sheet=position.sheet or None, source=source, act=act, **more)


def _read(one: EntryLine, scanner: LogSource, names: Mapping[str, int]) -> LogLine:
    """What the machine read; of a ballot that nobody had to decide this is what counts."""
    if one.refusals and not one.read:
        return _line(one, scanner, LogAct.REFUSED, told={"reason": "+".join(said.reason for said in one.refusals)})
    voted = [names[name] for name, mark in one.read.items() if mark.mark in FOR]
    doubts = [names[name] for name, mark in one.read.items() if mark.mark is Mark.DOUBTFUL]
    ground = str(one.grounds[0]) if one.grounds and not one.acts and one.standing is Standing.INVALID else ""
    told = {"doubts": numbers_in_runs(doubts)} if doubts else {}
    return _line(one, scanner, LogAct.VOTES, votes=numbers_in_runs(voted), ground=ground, told=told)


_ACTS = {WITHDRAWN: LogAct.WITHDRAWN, REMOVED: LogAct.REMOVED}


def _act(one: EntryLine, act: EntryAct, names: Mapping[str, int]) -> LogLine:
    kind = _ACTS.get(act.kind, LogAct.ANSWERED)
    told: dict[str, object] = {"why": act.word} if kind is LogAct.REMOVED else {"word": act.word.partition(":")[0]}
    if act.candidate:
        told["number"] = names.get(act.candidate, 0)
    return _line(one, LogSource.DECIDED, kind, told=told, by=act.by, at=datetime.fromisoformat(act.at))


def _outcome(one: EntryLine, names: Mapping[str, int]) -> LogLine:
    if one.standing is None:
        act = LogAct.OPEN if one.became == "waiting" else LogAct.REMOVED
        return _line(one, LogSource.OUTCOME, act)
    if one.standing is Standing.UNDECIDED:
        return _line(one, LogSource.OUTCOME, LogAct.OPEN)
    ground = str(one.grounds[0]) if one.standing is Standing.INVALID and one.grounds else ""
    votes = numbers_in_runs([names[name] for name in one.votes])
    return _line(one, LogSource.OUTCOME, LogAct.VOTES, votes=votes, ground=ground)


def _of_keyed(count: Count, batch: Batch, invalid: Mapping[str, str]) -> Iterator[LogLine]:
    """Every keying of every paper as it was; what holds in the end where two differed or it is not valid."""
    by_number: dict[int, list[KeyedBallot]] = {}
    for row in batch.keyed.all():
        by_number.setdefault(row.number, []).append(row)
    for number in sorted(by_number):
        rows = by_number[number]
        for row in sorted(rows, key=lambda one: (one.attempt if one.turn != Turn.THIRD else 99, one.turn)):
            yield _keyed(count, batch, row, _differed(rows, row))
        differed = any(_differed(rows, row) for row in rows)
        ground = invalid.get(keying.ballot_name(batch, number), "")
        if differed or ground or batch.removed_at:
            yield _held(count, batch, rows, ground, differed=differed)


def _held(count: Count, batch: Batch, rows: Sequence[KeyedBallot], ground: str, *, differed: bool) -> LogLine:
    """What holds of a paper in the end."""
    number = rows[0].number
    if batch.removed_at:
        return _paper(batch, number, LogSource.OUTCOME, LogAct.REMOVED, told={"why": batch.why})
    paper = keying.paper(number, rows)
    if not paper.settled:
        return _paper(batch, number, LogSource.OUTCOME, LogAct.OPEN)
    told = {"turn": int(max(row.turn for row in rows))} if differed else {}
    votes = _numbers(count, paper.marks)
    return _paper(batch, number, LogSource.OUTCOME, LogAct.VOTES, votes=votes, ground=ground, told=told)


def _paper(batch: Batch, number: int, source: LogSource, act: LogAct, **more: object) -> LogLine:
    name = keying.ballot_name(batch, number)
    return LogLine(ballot=name, pile=str(batch.number), sheet=number, source=source, act=act, **more)


def _keyed(count: Count, batch: Batch, row: KeyedBallot, differs: Sequence[int]) -> LogLine:
    told: dict[str, object] = {"turn": row.turn, "attempt": row.attempt}
    if differs:
        told["differs"] = numbers_in_runs([at + 1 for at in differs if at != keying.STANDING])
    if row.standing == keying.VALID:
        told["word"] = row.standing
    return _paper(
        batch, row.number, LogSource.KEYED, LogAct.VOTES, votes=_numbers(count, row.marks),
        ground=_ground(row.standing), told=told, by=row.by, at=row.at,
    )  # fmt: skip


def _ground(standing: str) -> str:
    """What was keyed of a paper as a whole where it is a ground."""
    return "" if standing == keying.VALID else standing


def _differed(rows: Sequence[KeyedBallot], row: KeyedBallot) -> tuple[int, ...]:
    """Told at the second of a pair: where it is not what the first keyed at the same attempt."""
    first = next((one for one in rows if one.turn == Turn.FIRST and one.attempt == row.attempt), None)
    return keying.differ(first, row) if first and row.turn == Turn.SECOND else ()


def _numbers(count: Count, marks: str) -> str:
    letters = keying.letters_of(count.contest)
    return numbers_in_runs([at for at, mark in enumerate(marks, 1) if letters[mark] in FOR])


def _of_totals(batch: Batch, names: Mapping[str, int]) -> Iterator[LogLine]:
    totals: Totals | None = getattr(batch, "totals", None)
    if totals is not None:
        votes = "; ".join(f"{number}: {totals.votes.get(name, 0)}" for name, number in names.items())
        told = {"totals": votes, "valid": totals.valid, "invalid": totals.invalid}
        yield LogLine(
            ballot=batch.folder, pile=str(batch.number), source=LogSource.TALLY, act=LogAct.TOTALS, told=told,
            by=totals.by, at=totals.at,
        )  # fmt: skip


def _by_hand(count: Count) -> Iterator[LogLine]:
    """What was keyed of the hand samples, which counts nothing and is told all the same."""
    rows = HandReading.objects.filter(paper__sample__count=count).select_related("paper").order_by("at", "pk")
    for row in rows:
        yield LogLine(
            ballot=row.paper.ballot, pile=row.paper.pile, sheet=row.paper.sheet, source=LogSource.HAND,
            act=LogAct.VOTES, votes=_numbers(count, row.marks), ground=_ground(row.standing),
            told={"attempt": row.attempt},
            by=row.by, at=row.at,
        )  # fmt: skip


def said(line: LogLine) -> str:
    """What an entry tells, in the language of who reads it, without its note."""
    told = line.told
    if line.act == LogAct.REFUSED:
        return _("not read: %(why)s") % {"why": reasons(str(told["reason"]))}
    if line.act == LogAct.REMOVED:
        return ": ".join(part for part in (str(line.get_act_display()), str(told.get("why", ""))) if part)
    if line.act == LogAct.OPEN:
        return _("still open")
    if line.act == LogAct.TOTALS:
        figures = {name: told[name] for name in ("valid", "invalid", "totals")}
        return _("valid %(valid)s, not valid %(invalid)s; votes %(totals)s") % figures
    if line.act in {LogAct.ANSWERED, LogAct.WITHDRAWN}:
        word = reason(str(told["word"]))
        words = f"{told['number']}: {word}" if "number" in told else word
        return _("taken back: %(words)s") % {"words": words} if line.act == LogAct.WITHDRAWN else words
    if line.ground:
        return _("NOT VALID: %(ground)s") % {"ground": reason(line.ground)}
    return line.votes or _("nobody")


def note(line: LogLine) -> str:
    """What stands beside it: doubts, which turn and time, where two people differ, who settled it."""
    told = line.told
    if line.source == LogSource.OUTCOME:
        return _settled_by(told.get("turn"))
    parts = []
    if told.get("doubts"):
        parts.append(_("doubtful: %(numbers)s") % {"numbers": told["doubts"]})
    if line.source == LogSource.KEYED:
        parts.append(_TURNS[Turn(told["turn"])]())
    if told.get("word") == keying.VALID and line.act == LogAct.VOTES:
        parts.append(reason(keying.VALID))
    if told.get("attempt", 1) > 1:
        parts.append(_("time %(n)s") % {"n": told["attempt"]})
    if "differs" in told:
        numbers = told["differs"] or _("the ballot as a whole")
        parts.append(_("differs from the first: %(numbers)s") % {"numbers": numbers})
    return ", ".join(parts)


def _settled_by(turn: int | None) -> str:
    """Who settled a paper that two people keyed differently; empty where nobody had to."""
    if not turn:
        return ""
    return _("settled by a third person") if turn == Turn.THIRD else _("settled by both, reading again")


_TURNS = {
    Turn.FIRST: lambda: _("first person"),
    Turn.SECOND: lambda: _("second person"),
    Turn.THIRD: lambda: _("third person"),
}


def paper_rows(lines: Sequence[LogLine]) -> list[LogRow]:
    """The rows of the printed log. A ground goes to the paper as it is: what is not valid stands out there."""
    return [
        LogRow(
            _where(line), PaperSource(line.source), said="" if line.ground else said(line), note=note(line), by=line.by,
            ground=InvalidGround(line.ground) if line.ground else None,
            at=timezone.localtime(line.at) if line.at else None,
        )
        for line in lines
    ]  # fmt: skip


def _where(line: LogLine) -> str:
    """A ballot with its place in the pile: whoever checks the log has the paper in hand and not a number."""
    if line.sheet is None or line.source in {LogSource.KEYED, LogSource.TALLY}:
        return line.ballot
    return f"{line.ballot} ({line.pile}/{line.sheet})" if line.pile else f"{line.ballot} ({line.sheet})"
