"""A count that is worked on for hours by a program that has other things to do: it asks for a step now and then.

No step waits for a page, none needs a signal, and the only clock is for how long things lie still. The ledger is
written as `count` writes it, since `count` itself is such a session; a session that is killed at any moment is opened
again and goes on, and nothing is counted twice.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path

from daihoi.counts.adopting import Answer, Said, adopt, rows_from
from daihoi.counts.arrivals import POLL_SECONDS, Arrivals
from daihoi.counts.batches import Batch, Key
from daihoi.counts.count_folder import CountFolder
from daihoi.counts.disk import writing
from daihoi.counts.earlier_forms import EarlierForm
from daihoi.counts.grounds import Grounds
from daihoi.counts.laying import printed_sheet
from daihoi.counts.lock import only_process
from daihoi.counts.one_sided import Backs
from daihoi.counts.opening import Given, begin, check_folders, given_of, intake_of, order_backs
from daihoi.counts.outputs import REVIEW, Derived, Place, derive, typed_rows, write_outputs
from daihoi.counts.page_reading import Intake
from daihoi.counts.pool import LocalReaders, OpenReaders
from daihoi.counts.questions import Question, questions_of
from daihoi.counts.removals import PAGE_EVENTS
from daihoi.counts.scan_order import Listing
from daihoi.counts.scan_reader import Scanner
from daihoi.counts.settling import Settling
from daihoi.counts.strip import LastPage
from daihoi.counts.taking import written_name
from daihoi.counts.terms import Progress
from daihoi.counts.undoing import remove, withdraw
from daihoi.interchange.record_file import digest_of
from daihoi.interchange.terms import ResultDocument
from daihoi.rules.lists import ListFinding


@dataclass(frozen=True)
class Far:
    """How far the whole count is: pages in the ledger, those being read, marks doubted and pages refused so far.

    `batch` is the folder of the last file, empty for the watched folder itself; `waiting` are files that are not whole;
    `ballots` those of the last result, None before the first; `settled` whether the result holds all that was taken.
    `settles` grows with each result; `last` are the newest pages, the newest last. `set_aside` are files that lie there
    still of a batch that was removed.
    """

    pages: int
    unread: int
    doubtful: int
    refused: int
    batch: str = ""
    waiting: tuple[str, ...] = ()
    ballots: int | None = None
    settled: bool = False
    settles: int = 0
    last: tuple[LastPage, ...] = ()
    set_aside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settled:
    """What stands in the files of the count after a settle."""

    derived: Derived
    digest: str
    folder: CountFolder
    earlier: tuple[EarlierForm, ...] = ()

    @property
    def result(self) -> ResultDocument:
        """The object of result.json."""
        return self.derived.result

    @property
    def open_rows(self) -> int:
        """Answers that the result waits for."""
        return self.derived.open_rows

    @property
    def batches(self) -> tuple[Batch, ...]:
        """The batches of the separator slips, in the order in which these came."""
        return self.derived.piles.batches

    @property
    def ballots(self) -> int:
        """Sheets that are ballots by now, decided or not."""
        return sum(one.classified is not None for one in self.derived.judged)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The rows of review.csv; worked out when they are first asked for."""
        return questions_of(self.derived, lambda: printed_sheet(self.folder).rows, self.earlier)


@dataclass(frozen=True)
class Adopted:
    """How the count stands with the answers; `unneeded` are those that nothing hangs on: `b0001 c02`, `page:...`."""

    settled: Settled
    unneeded: tuple[str, ...] = ()


class Session:
    """One count that is held; made by `open_session` alone.

    Every act raises WriteFailed and DiskFull, and what the readers raise. After that a session is of no more use: it is
    left and opened again when there is room.
    """

    def __init__(
        self, folder: CountFolder, given: Given, intake: Intake, arrivals: Arrivals, settling: Settling, scans: Path
    ) -> None:
        self.settled: Settled | None = None
        self.earlier: tuple[EarlierForm, ...] = ()
        """Voided forms of this contest, whose ballots are named when they turn up."""
        self._folder = folder
        self._given = given
        self._intake = intake
        self._arrivals = arrivals
        self._settling = settling
        self._scans = scans
        self._clock = arrivals.clock
        self._look_at = self._clock()
        self._batch = ""
        self._settles = 0
        self._noted: set[Place] = set()

    @property
    def grounds(self) -> Grounds:
        """What the election file means for this contest."""
        return self._folder.grounds

    @property
    def findings(self) -> tuple[ListFinding, ...]:
        """What the checks of the list warn of."""
        return self._given.findings

    @property
    def listing(self) -> Listing:
        """The files that lay in the folder of scans at the last look."""
        return self._arrivals.listing

    @property
    def set_aside(self) -> tuple[str, ...]:
        """Files of removed batches that lay in the folder of scans at the last look, and were not taken."""
        aside = self._intake.set_aside
        return tuple(name for name in map(written_name, self.listing.scans) if name in aside) if aside else ()

    @property
    def far(self) -> Far:
        """How far the count is."""
        strip = self._intake.strip
        return Far(
            pages=strip.pages,
            unread=self._intake.unread,
            doubtful=strip.doubtful,
            refused=strip.refused,
            batch=self._batch,
            waiting=self._arrivals.waiting,
            ballots=None if self.settled is None else self.settled.ballots,
            settled=self.settled is not None and not self._settling.waits,
            settles=self._settles,
            last=strip.last,
            set_aside=self.set_aside,
        )

    def tell(self, progress: Progress) -> None:
        """Have `progress` called at each page from now on; it may raise, and then that page is in the ledger."""
        self._intake.progress = progress

    def step(self) -> Far:
        """Take what is whole, record what was read, settle when it is due. Waits for no page."""
        self._take()
        self._intake.record()
        ballots = None if self.settled is None else self.settled.ballots
        if self._settling.is_due(idle=not self._intake.unread, pages=self._intake.strip.pages, ballots=ballots):
            self.settle()
        return self.far

    def wait(self, seconds: float | None = None) -> None:
        """Sleep until the next page is read, so long at most; None: until it is worth while to look again."""
        self._intake.wait(self._arrivals.pause if seconds is None else seconds)

    def take_all(self) -> Listing:
        """Take all that lies in the folder, whole or not, and read everything that is not read, however long it takes.

        Raises NoScans, and OSError for a scan that cannot be read.
        """
        self._arrivals.listing = self._intake.take_all(self._scans)
        return self.listing

    def finish(self) -> None:
        """Wait until everything that was taken is read and in the ledger."""
        self._intake.finish()

    def settle(self, *, adopted: Collection[Place] = ()) -> Settled:
        """Write every file of the count by what is in the ledger now; `adopted` as `write_outputs` has it.

        Raises CropMissing, InterchangeError.
        """
        began = self._clock()
        self._intake.flush()
        derived = derive(self._folder)
        record = write_outputs(self._folder, derived, adopted={*adopted, *self._noted})
        self._noted.clear()
        self.settled = Settled(derived, digest_of(record), self._folder, self.earlier)
        self._settles += 1
        self._settling.settled(began=began, idle=not self._intake.unread, pages=self._intake.strip.pages)
        return self.settled

    def adopt(self, answers: Iterable[Answer], *, by: str, now: datetime) -> Adopted:
        """Adopt the board's answers, all of them or none, and settle. As `note`."""
        unneeded = self.note(answers, by=by, now=now)
        return Adopted(self.settle(), unneeded)

    def note(self, answers: Iterable[Answer], *, by: str, now: datetime) -> tuple[str, ...]:
        """Adopt the board's answers, all of them or none; those that nothing hangs on. The result waits for a step.

        `by` who decided, `now` a moment with its offset from UTC. They are in the ledger and on disk when this returns;
        an answer given again is nothing new. Raises NameMissing, UnknownRow, WrongAnswer, KeyedIncomplete,
        KeyedRehearsal, BadDecisionError, ConflictingDecisionsError.
        """
        listed = tuple(answers)
        source = str(self._folder.path / REVIEW)
        rows = [row for row in rows_from(listed, self._folder, source) if row.decision]
        whole = Said(by, now)
        each = {(one.ballot, one.candidate.strip()): Said(one.by or by, one.at or now) for one in listed}
        self._intake.flush()
        unneeded = adopt(self._folder, rows, whole, source, each=each)
        # What was put out of the count to be scanned again is no earlier scan of what comes now.
        self._intake.forget_what_is_gone()
        self._settling.came()
        self._noted |= {row.place for row in rows}
        return unneeded

    def withdraw(self, places: Iterable[Place], *, by: str, now: datetime) -> Settled:
        """Take back the answers on these places, (ballot, candidate); one that is not answered is passed over.

        Raises NameMissing.
        """
        self._intake.flush()
        gone = withdraw(self._folder, tuple(places), Said(by, now))
        self._intake.forget_what_is_gone()
        return self.settle(adopted=gone)

    def remove(self, batch: Key | str, *, by: str, now: datetime, why: str) -> Settled:
        """Take a batch out of the count, to be scanned again: by the key of its slip, or by its folder of scans.

        What lies there whole is taken and read first, so it waits for pages. Afterwards the same scans are new when
        they come again; while they only lie where they lay, they stay out (`Far.set_aside`).

        The same removal given again is nothing new. Raises NameMissing, ReasonMissing, BatchUnknown.
        """
        self._intake.finish()
        # All of it, however long a look takes: a scan taken after the removal would be a new one and would count.
        while self._take(at_once=True):
            self._intake.finish()
        remove(self._folder, batch, Said(by, now), why)
        # A session that was opened a moment ago has seen these files and does not know yet that they are whole.
        to_come = {written_name(name) for name in self._arrivals.waiting}
        self._intake.forget_removed(map(written_name, self.listing.scans), to_come)
        return self.settle()

    def _take(self, *, at_once: bool = False) -> bool:
        """Take what is whole; whether anything was new. Not `at_once`: where a look takes long, only now and then."""
        # Where a look takes long, as on a share, there are pages to record between two looks.
        rests = not at_once and self._arrivals.pause > POLL_SECONDS and self._clock() < self._look_at
        if rests or self._intake.is_full():
            return False
        new = False
        for name, data in self._arrivals.whole():
            if self._intake.accept(self._scans / name, written_name(name), data):
                new = True
                self._settling.came()
                self._batch = written_name(name).rpartition("/")[0]
            if self._intake.is_full():
                break
        self._look_at = self._clock() + self._arrivals.pause
        return new


@contextmanager
def open_session(
    election: Path,
    contest: str,
    *,
    scans: Path,
    out: Path,
    workers: int | None = None,
    rehearsal: bool = False,
    readers: OpenReaders | None = None,
    sheet: Path | None = None,
    scanner: Scanner | None = None,
    backs: Backs | None = None,
    until: int | None = None,
    arriving: bool = True,
    ready: bool = True,
    earlier: Iterable[EarlierForm] = (),
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Session]:
    """Begin the count of the scans under `scans` into the folder `out`, or go on with it, and hold it.

    As `count` has its arguments. `until`: so many ballots are the whole pile, None for as many as were collected.
    `ready`: reading processes are started now; else with the first page. `arriving`: the folder may still be empty.
    `earlier`: forms of this contest that were printed and voided.

    Raises what `count` raises, before anything is written but for LedgerBroken and CountIsOpen.
    """
    given = given_of(election, contest, rehearsal, sheet)
    check_folders(scans, out, arriving=arriving)
    # All that can be refused has been, before anything is written.
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
    with only_process(out):
        folder = begin(out, given)
        # A review file that cannot be read is told before the long work, not after it.
        typed_rows(folder)
        order_backs(folder, backs)
        local = partial(LocalReaders, workers=workers or os.cpu_count() or 1, at_once=ready, here=not arriving)
        with intake_of(folder, given, readers or local, scanner or Scanner(given.form.make), scans) as intake:
            enough = until or folder.grounds.figures.collected or 1
            waits = intake.unread > 0 or any(entry.kind in PAGE_EVENTS for entry in folder.journal.entries)
            settling = Settling(enough, folder.sides, clock, waits=waits)
            arrivals = Arrivals(scans, clock, in_order=folder.sides == 2)
            session = Session(folder, given, intake, arrivals, settling, scans)
            session.earlier = tuple(earlier)
            yield session
