"""What the live page of a count shows, and the stamp by which a browser knows that nothing changed."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from django.db.models import Count as Number
from django.utils.translation import gettext as _

from daihoi.web.counting import keying, queries
from daihoi.web.counting.choices import Way
from daihoi.web.counting.models import Batch, Count, KeyedBallot, Progress, Totals
from daihoi.words.errors import sentence_of
from daihoi.words.reasons import reason
from daihoi.words.shown import shown


@dataclass(frozen=True)
class Shown:
    """One page of the strip."""

    number: int
    file: str
    words: str
    level: str


@dataclass(frozen=True)
class Pile:
    """A batch: papers counted by hand, ballots read, pages that wait for somebody."""

    batch: Batch
    ballots: int
    refused: int

    @property
    def agrees(self) -> bool:
        """Whether hand and scanner counted the same."""
        return self.ballots == self.batch.papers


@dataclass(frozen=True)
class Told:
    """All of the part that grows."""

    progress: Progress
    strip: tuple[Shown, ...]
    piles: tuple[Pile, ...]
    outside: int
    """Ballots whose scans lie in no batch."""
    open_questions: int
    problem: str
    silent: bool
    tables: tuple[str, ...]

    @property
    def expected(self) -> int | None:
        """Papers that there must be."""
        contest = self.progress.count.contest
        papers = self.progress.count.papers if self.progress.count.rehearsal else contest.collected
        return None if papers is None else int(papers)


def stamp(count: Count) -> str:
    """Another text whenever the part would look otherwise."""
    progress = queries.progress_of(count)
    silent = queries.reader_now().silent
    # Whatever people add, take back or take out; what the reader does is in its version.
    batches = count.batches.aggregate(all=Number("pk"), gone=Number("removed_at"))
    decided = count.decisions.aggregate(all=Number("pk"), gone=Number("undone_at"))
    keyed = KeyedBallot.objects.filter(batch__count=count).count() + Totals.objects.filter(batch__count=count).count()
    done = ".".join(str(figure) for figure in (*batches.values(), *decided.values(), keyed))
    # Who sits down or leaves is seen too, without a column that is written at every look; not by `hash`, which is
    # another in each process of the house.
    tables = zlib.crc32(",".join(queries.tables_now(count)).encode())
    return f"{progress.version}-{int(silent)}-{done}-{tables:x}"


def told(count: Count) -> Told:
    """The part."""
    progress = queries.progress_of(count)
    progress.count = count
    piles = batches(count, progress)
    mine = {pile.batch.folder for pile in piles}
    return Told(
        progress=progress,
        strip=tuple(_shown(number, page) for number, page in enumerate(progress.last)),
        piles=tuple(pile for pile in piles if pile.batch.removed_at is None),
        outside=sum(pile.get("ballots", 0) for folder, pile in progress.piles.items() if folder not in mine),
        open_questions=queries.open_questions(count).count(),
        problem=problem_words(progress.problem),
        silent=count.way == Way.SCANNED and queries.reader_now().silent,
        tables=tuple(queries.tables_now(count)),
    )


def batches(count: Count, progress: Progress | None = None) -> tuple[Pile, ...]:
    """The piles of a count, newest last."""
    held = (progress or queries.progress_of(count)).piles
    found = count.batches.order_by("number")
    if count.way == Way.SCANNED:
        return tuple(
            Pile(one, held.get(one.folder, {}).get("ballots", 0), held.get(one.folder, {}).get("refused", 0))
            for one in found
        )
    if count.way == Way.TOTALS:
        return tuple(_pile_of_totals(one) for one in found.select_related("totals"))
    return tuple(_keyed_pile(one) for one in found.prefetch_related("keyed"))


def _pile_of_totals(batch: Batch) -> Pile:
    totals: Totals | None = getattr(batch, "totals", None)
    return Pile(batch, totals.valid + totals.invalid if totals else 0, 0)


def _keyed_pile(batch: Batch) -> Pile:
    papers = keying.papers(batch)
    settled = sum(one.settled for one in papers)
    return Pile(batch, settled, sum(bool(one.differs) for one in papers if not one.settled))


def problem_words(problem: object) -> str:
    """A refusal that was kept, in the language of who reads it."""
    if not isinstance(problem, dict):
        return ""
    return sentence_of(str(problem["code"]), dict(problem["fields"]))


def _shown(number: int, page: dict[str, object]) -> Shown:
    file = shown(str(page["file"]))
    if page["refusal"]:
        return Shown(number, file, reason(str(page["refusal"])), "refused")
    if page["slip"]:
        return Shown(number, file, _("slip of a pile"), "slip")
    if page["doubts"]:
        return Shown(number, file, _("%(n)s doubtful") % {"n": page["doubts"]}, "doubtful")
    return Shown(number, file, _("read"), "read")
