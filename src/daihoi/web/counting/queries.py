"""Reads of the counting room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from daihoi.rules.names import fold_search
from daihoi.web.counting import reading
from daihoi.web.counting.choices import CountState, LogSource, Said, Way
from daihoi.web.counting.models import Claim, Count, Decision, LogLine, Progress, Question, Raised, Reader
from daihoi.web.elections.models import Contest

SILENT_AFTER = timedelta(seconds=6)
"""The reader is heard of every second; a slow disk may hold it up for a few."""


def counts(contest: Contest) -> QuerySet[Count]:
    """All counts of a contest, with how far they are."""
    found = Count.objects.filter(contest=contest).select_related("progress", "form")
    return found.order_by("rehearsal", "label", "pk")


def count_of(contest: Contest, key: str) -> Count:
    """One count of a contest, or 404."""
    found = counts(contest).filter(key=key).first()
    if found is None:
        raise Http404
    found.contest = contest
    return found


def count_of_record(contest: Contest) -> Count | None:
    """The count that the result comes from."""
    found = counts(contest).filter(rehearsal=False, label="A").exclude(state=CountState.SET_ASIDE).first()
    if found is not None:
        found.contest = contest
    return found


def witnesses(contest: Contest, *, rehearsal: bool = False) -> list[Count]:
    """The counts that hold, the count of record first."""
    return list(counts(contest).filter(rehearsal=rehearsal).exclude(state=CountState.SET_ASIDE))


@dataclass(frozen=True)
class Heard:
    """What is known of the reader: `silent` when scans would lie unread."""

    silent: bool
    since: object = None
    pid: int = 0


def reader_now() -> Heard:
    """Whether the reader is at work."""
    row = Reader.objects.filter(pk=1).first()
    if row is None or row.beat_at is None:
        return Heard(True)
    return Heard(timezone.now() - row.beat_at > SILENT_AFTER, row.beat_at, row.pid)


def progress_of(count: Count) -> Progress:
    """How far a count is; nothing yet where no reader has looked at it."""
    return Progress.objects.filter(count=count).first() or Progress(count=count)


def open_questions(count: Count) -> QuerySet[Question]:
    """What still waits for an answer: needed, and no decision stands that the count holds or will hold."""
    standing = Decision.objects.filter(
        count=count, ballot=OuterRef("ballot"), candidate=OuterRef("candidate"), undone_at__isnull=True
    )
    # An answer about a batch lapses when sheets come to it: the count has it no more, and asks again.
    lapsed = Q(adopted="") & Exists(standing.filter(adopted_at__isnull=False))
    asked = Question.objects.filter(count=count, needed=True)
    return asked.filter(~Exists(standing) | lapsed).order_by("place")


def for_table(count: Count, holder: str, *, head: bool) -> QuerySet[Question]:
    """Open questions that this table may take: not on another table, and not the head's unless it is the head's."""
    # A claim that ran out is nobody's: who went for a glass of water does not hold up the count.
    elsewhere = Claim.objects.filter(count=count, ballot=OuterRef("ballot"), until__gte=timezone.now()).exclude(
        holder=holder
    )
    found = open_questions(count).filter(~Exists(elsewhere))
    sent = Raised.objects.filter(count=count, ballot=OuterRef("ballot"))
    return found if head else found.filter(~Exists(sent))


def tables_now(count: Count) -> list[str]:
    """Who has a ballot of this count on the table now."""
    return sorted(set(Claim.objects.filter(count=count, until__gte=timezone.now()).values_list("name", flat=True)))


def decisions(count: Count) -> QuerySet[Decision]:
    """All decisions, the newest first."""
    return Decision.objects.filter(count=count).order_by("-at", "-pk")


def on_the_way(count: Count) -> QuerySet[Decision]:
    """Decisions, and decisions taken back, that the reader has not yet taken over into the count."""
    not_taken = Q(undone_at__isnull=True, adopted_at__isnull=True)
    not_withdrawn = Q(undone_at__isnull=False, withdrawn_at__isnull=True)
    return Decision.objects.filter(not_taken | not_withdrawn, count=count, problem__isnull=True)


def waits_for_reader(count: Count) -> bool:
    """Whether the reader has not taken over everything that people did."""
    removed = count.batches.filter(removed_at__isnull=False, taken_out_at__isnull=True)
    return on_the_way(count).exists() or removed.exists()


def scanned(contest: Contest) -> QuerySet[Count]:
    """The counts of a contest that hold and have a COUNT folder."""
    return counts(contest).filter(way=Way.SCANNED).exclude(state=CountState.SET_ASIDE)


def log_lines(count: Count, text: str = "", source: str = "", invalid: str = "") -> QuerySet[LogLine]:
    """The entry log of a count: lines whose ballot, pile, person or reason hold all words; by way, those not valid."""
    found = LogLine.objects.filter(count=count)
    for word in fold_search(text).split():
        found = found.filter(folded__contains=word)
    if source in LogSource.values:
        found = found.filter(source=source)
    return found.exclude(ground="") if invalid == "1" else found


def confirmed(count: Count) -> set[str]:
    """Ballots that a person has looked at whole: said to be as they were read, or concluded by the board as a whole.

    Who decides a doubtful mark has seen that mark alone.
    """
    seen = set(count.looks.filter(said=Said.AS_READ).values_list("ballot", flat=True))
    return seen | set(count.decisions.filter(candidate="", undone_at__isnull=True).values_list("ballot", flat=True))


def unseen(count: Count) -> int:
    """Ballots that nobody has looked at whole, where a person confirms every one."""
    done = confirmed(count) | set(count.looks.values_list("ballot", flat=True))
    return sum(one.ballot not in done for one in reading.ballots_in(count))


def differing(count: Count) -> int:
    """Ballots of which a person said that they were read otherwise, and which the head has not concluded since."""
    said = set(count.looks.filter(said=Said.DIFFERS).values_list("ballot", flat=True)) - confirmed(count)
    # A pile that was scanned again has other ballots.
    return sum(one.ballot in said for one in reading.ballots_in(count))
