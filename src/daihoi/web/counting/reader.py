"""The one process that reads scans for the house: it looks at the database for open counts and works on each in turn.

It may be killed at any moment. What it read stands in the ledgers of the counts; what people decided stands in the
database and is adopted again, which is nothing new to a ledger that has it. Started and started again by `keeping`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import datetime
from typing import Final

from django.db import close_old_connections
from django.utils import timezone

from daihoi.counts.adopting import Answer
from daihoi.counts.earlier_forms import EarlierForm, earlier_form
from daihoi.counts.errors import (
    BatchUnknown,
    CountsError,
    KeyedIncomplete,
    KeyedRehearsal,
    NameMissing,
    UnknownRow,
    WrongAnswer,
)
from daihoi.counts.lock import only_process
from daihoi.counts.pool import OpenReaders
from daihoi.counts.session import Session, open_session
from daihoi.interchange.errors import BadDecisionError, ConflictingDecisionsError, InterchangeError
from daihoi.web.counting import folders, making, progress
from daihoi.web.counting.choices import CountState, Way
from daihoi.web.counting.models import Batch, Count, Decision, Progress, Reader
from daihoi.web.elections import files
from daihoi.web.elections.models import BallotForm

BEAT_SECONDS: Final = 1.0
LOOK_SECONDS: Final = 0.4
"""How often the database is asked for decisions and for counts that were opened or closed."""
FIGURES_SECONDS = 3.0
"""How often the figures of a contest are looked at: corrected ones make the count anew, by the same readings."""
TELL_SECONDS: Final = 0.25
REST_SECONDS: Final = 0.05
READERS: OpenReaders | None = None
"""Other readers of pages than the cores of this machine."""
AGAIN_SECONDS = 5.0
"""After a refusal the count is tried again: somebody may have corrected a figure or freed the disk."""


REFUSALS = (
    *(NameMissing, UnknownRow, WrongAnswer, KeyedIncomplete, KeyedRehearsal),
    *(BadDecisionError, ConflictingDecisionsError),
)
"""Why a count does not take an answer; whatever else goes wrong is no fault of the answer."""


class Table:
    """One open count on the reader's table."""

    def __init__(self, count: Count) -> None:
        self.count = count
        self._stack = ExitStack()
        self._session: Session | None = None
        self._given = b""
        self._told: progress.Told = {}
        self._settles = 0
        self._noted: dict[int, int] = {}
        """Decisions that the ledger of the count holds, and how often it was settled before: no result has them yet."""
        self._told_at = self._figures_at = 0.0
        self._again_at = 0.0

    def work(self) -> bool:
        """One step; whether there is more to do at once. What keeps it from working is told, and tried again later."""
        # A refusal is tried again in measure: a wrong figure would otherwise be read from the disk all the time.
        if time.monotonic() < self._again_at:
            return False
        try:
            if self._session is None:
                self._open()
            return self._step()
        except Exception as error:
            self.leave()
            self._again_at = time.monotonic() + AGAIN_SECONDS
            self._told = {}
            progress.write(self.count, {"problem": making.problem_of(error), "settled": False})
            return False

    def look(self) -> None:
        """Take over what people did since the last look."""
        session = self._session
        if session is None:
            return
        try:
            self._look_at_figures()
            if self._session is not None:
                self._remove_batches(self._session)
                self._withdraw(self._session)
                self._adopt(self._session)
        except Exception as error:
            self.leave()
            self._again_at = time.monotonic() + AGAIN_SECONDS
            progress.write(self.count, {"problem": making.problem_of(error), "settled": False})

    def leave(self) -> None:
        """Close the session; its folder is free for others."""
        # First: a session whose closing fails is none that anybody may step.
        self._session = None
        stack, self._stack = self._stack, ExitStack()
        stack.close()

    def _open(self) -> None:
        data = making.election_bytes(self.count)
        making.write_election(self.count, data)
        scans = folders.scans_of(self.count)
        scans.mkdir(parents=True, exist_ok=True)
        self._session = self._stack.enter_context(
            open_session(
                folders.given_to(self.count), self.count.contest.key, scans=scans, out=folders.count_of(self.count),
                rehearsal=self.count.rehearsal,
                readers=READERS,
                earlier=_earlier(self.count),
            )
        )  # fmt: skip
        self._given, self._figures_at, self._told, self._settles = data, time.monotonic(), {}, 0
        # What an earlier session noted is noted again, which is nothing new to the ledger, and settled by this one.
        self._noted.clear()
        progress.write(self.count, {"problem": None})

    def _step(self) -> bool:
        session = self._session
        assert session is not None  # noqa: S101 -- opened by `work`
        far = session.step()
        self._tell(session)
        return far.unread > 0

    def _tell(self, session: Session) -> None:
        """Write what changed; what came out at once, how far it is in measure."""
        far, settled, now = session.far, session.settled, time.monotonic()
        told = progress.far_of(far)
        if settled is not None and far.settles != self._settles:
            progress.write_settled(self.count, told | progress.settled_of(settled) | {"settles": far.settles}, settled)
            self._settles, self._told, self._told_at = far.settles, told, now
            self._acknowledge(far.settles)
        elif told != self._told and now - self._told_at >= TELL_SECONDS:
            progress.write(self.count, told)
            self._told, self._told_at = told, now

    def _look_at_figures(self) -> None:
        if time.monotonic() - self._figures_at < FIGURES_SECONDS:
            return
        self._figures_at = time.monotonic()
        if making.election_bytes(self.count) != self._given:
            # The next step opens it again with the new figures.
            self.leave()

    def _remove_batches(self, session: Session) -> None:
        for batch in Batch.objects.filter(count=self.count, removed_at__isnull=False, taken_out_at__isnull=True):
            assert batch.removed_at is not None  # noqa: S101 -- as asked
            # Asked again after a kill it is nothing new; of a folder that was never read there is nothing to remove.
            with suppress(BatchUnknown):
                session.remove(batch.folder, by=batch.removed_by, now=_local(batch.removed_at), why=batch.why)
            batch.taken_out_at = timezone.now()
            batch.save(update_fields=["taken_out_at"])

    def _withdraw(self, session: Session) -> None:
        # Those too that no row says were adopted: a kill may stand between the ledger and the row. What the ledger does
        # not hold, or gave up already, it passes over.
        gone = Decision.objects.filter(count=self.count, undone_at__isnull=False, withdrawn_at__isnull=True)
        for one in gone:
            assert one.undone_at is not None  # noqa: S101 -- as asked
            if not _decided_anew(one):
                session.withdraw([(one.ballot, one.candidate)], by=one.undone_by, now=_local(one.undone_at))
            one.withdrawn_at = timezone.now()
            one.save(update_fields=["withdrawn_at"])

    def _adopt(self, session: Session) -> None:
        fresh = Decision.objects.filter(
            count=self.count, undone_at__isnull=True, adopted_at__isnull=True, problem__isnull=True
        )
        waiting = list(fresh.exclude(pk__in=self._noted))
        if not waiting:
            return
        try:
            # Noted, not settled: a result of 500 ballots takes a second, in which no page would be read.
            session.note([_answer(one) for one in waiting], by=waiting[0].by, now=_local(waiting[0].at))
        except REFUSALS:
            # All of them or none: one that does not fit must not hold up the others.
            for one in waiting:
                self._adopt_one(session, one)
        else:
            self._noted |= dict.fromkeys((one.pk for one in waiting), session.far.settles)

    def _adopt_one(self, session: Session, one: Decision) -> None:
        try:
            session.note([_answer(one)], by=one.by, now=_local(one.at))
        except REFUSALS as refused:
            Decision.objects.filter(pk=one.pk).update(problem=making.problem_of(refused))
        else:
            self._noted[one.pk] = session.far.settles

    def _acknowledge(self, settles: int) -> None:
        """The result that was just written holds what was noted before it, and so do the questions beside it."""
        held = [one for one, before in self._noted.items() if before < settles]
        # Only now: one that is said to be adopted and is still asked would come onto a table again, and the sheet of
        # reconciliation would take the result before it for the one with them.
        Decision.objects.filter(pk__in=held).update(adopted_at=timezone.now())
        self._noted = {one: before for one, before in self._noted.items() if before >= settles}


def _decided_anew(one: Decision) -> bool:
    """Whether another decision stands in its place already: that one is adopted over it."""
    return Decision.objects.filter(
        count=one.count_id, ballot=one.ballot, candidate=one.candidate, undone_at__isnull=True
    ).exists()


def _answer(one: Decision) -> Answer:
    return Answer(one.ballot, one.candidate, one.word, one.crop, one.by, _local(one.at))


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def _earlier(count: Count) -> list[EarlierForm]:
    """The voided forms of the contest, by their numbers: a ballot of theirs that turns up is called by it."""
    voided = BallotForm.objects.filter(contest=count.contest, rehearsal=count.rehearsal, voided_at__isnull=False)
    found = []
    for form in voided.select_related("contest"):
        # A form whose files are gone is not named; its ballots are refused all the same.
        with suppress(CountsError, InterchangeError, OSError):
            path = files.election_file(form)
            found.append(earlier_form(str(form.number), path, count.contest.key, rehearsal=form.rehearsal))
    return found


def read_house(stopped: Callable[[], bool], *, pid: int) -> None:
    """Read for the house until `stopped`. Raises CountIsOpen while another reader holds the house."""
    folder = folders.house()
    folder.mkdir(parents=True, exist_ok=True)
    with only_process(folder):
        Reader.objects.update_or_create(pk=1, defaults={"pid": pid, "started_at": timezone.now()})
        tables: dict[int, Table] = {}
        try:
            _turns(stopped, tables)
        finally:
            for table in tables.values():
                table.leave()


def _turns(stopped: Callable[[], bool], tables: dict[int, Table]) -> None:
    beat = look = 0.0
    while not stopped():
        now = time.monotonic()
        if now - beat >= BEAT_SECONDS:
            # PostgreSQL may have been started again since.
            close_old_connections()
            Reader.objects.filter(pk=1).update(beat_at=timezone.now())
            beat = now
        if now - look >= LOOK_SECONDS:
            _lay_out(tables)
            for table in tables.values():
                table.look()
            look = time.monotonic()
        # Everybody in turn: a long pile of one count must not keep the second scanner waiting.
        busy = [table.work() for table in tables.values()]
        time.sleep(REST_SECONDS if any(busy) or not tables else 2 * REST_SECONDS)


def _lay_out(tables: dict[int, Table]) -> None:
    """Open counts onto the table, closed ones off it."""
    found = Count.objects.filter(state=CountState.OPEN, way=Way.SCANNED).select_related("contest", "form__contest")
    wanted = {count.pk: count for count in found}
    for pk in [pk for pk in tables if pk not in wanted]:
        tables.pop(pk).leave()
    for pk, count in wanted.items():
        if pk not in tables:
            Progress.objects.get_or_create(count=count)
            tables[pk] = Table(count)
