"""What a rehearsal came to: the test deck against what its count made of it, point by point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from daihoi.counts.taking import IMAGES
from daihoi.interchange.election_file import load_election
from daihoi.interchange.form_secret import read_secret
from daihoi.papers.ballots import Prepared, prepare
from daihoi.papers.election_day.rehearsal_deck import Deck, rehearsal_deck
from daihoi.papers.election_day.rehearsal_report import Rehearsal as Report
from daihoi.papers.election_day.rehearsal_report import RehearsalCheck, RehearsalTime
from daihoi.rules.settings import settings_from
from daihoi.rules.terms import CandidateId, Mark, Standing
from daihoi.web.counting import folders, reading
from daihoi.web.counting import queries as counting
from daihoi.web.counting.models import Count, Progress, Question
from daihoi.web.elections import files
from daihoi.web.elections.models import BallotForm
from daihoi.web.hall.models import Rehearsal
from daihoi.words.election_day.rehearsal import CHECKS

BY_HAND = ("printed_scale", "foreign_refused", "takeover", "power_cut", "minutes", "package", "destroyed")
"""Checks that a person makes and enters; the others are made of the count."""
BY_WATCH = ("print", "key", "takeover")
"""Steps whose time is taken by the watch; the others are read off the ledger of the count."""
SECONDS_A_SHEET = 1.0
"""60 sheets a minute."""
TARGETS = {"takeover": 120, "key": 900}
AFTER_LAST = 2
"""Seconds from the last sheet, or the last decision, to the result."""


def prepared_of(form: BallotForm) -> tuple[Prepared, Deck]:
    """A rehearsal form as it was printed, and its test deck. Raises FileNotFoundError, PapersError, SheetError."""
    path = files.election_file(form)
    election = load_election(path.read_bytes(), path.name)
    contest = election.contest(form.contest.key)
    secret = read_secret(path)
    if secret is None:
        raise FileNotFoundError(2, "", str(path))
    deck = rehearsal_deck(contest, settings_from(election.settings))
    return prepare(election, contest, secret=secret, rehearsal=True), deck


@dataclass(frozen=True)
class Found:
    """What the count has of the deck."""

    deck: Deck
    progress: Progress
    checks: tuple[RehearsalCheck, ...]
    times: tuple[RehearsalTime, ...]

    @property
    def open_rows(self) -> int:
        """Answers that the count still waits for."""
        return int(self.progress.open_rows)


def found(rehearsal: Rehearsal) -> Found:
    """Every check as it stands now. Raises what `prepared_of` does, and InterchangeError."""
    _sheet, deck = prepared_of(rehearsal.form)
    progress = counting.progress_of(rehearsal.count)
    checks = {**_of_the_count(rehearsal, deck, progress), **_by_hand(rehearsal)}
    times = _times(rehearsal, progress)
    return Found(deck, progress, tuple(checks[code] for code in CHECKS if code in checks), times)


def report_of(rehearsal: Rehearsal, of: Found) -> Report:
    """As the paper wants it."""
    return Report(
        contests=(rehearsal.contest.title,), ballots=len(of.deck.cases), checks=of.checks, times=of.times,
        operator=rehearsal.operator, head=rehearsal.head,
    )  # fmt: skip


def _by_hand(rehearsal: Rehearsal) -> dict[str, RehearsalCheck]:
    return {code: RehearsalCheck(code, rehearsal.seen.get(code)) for code in BY_HAND}


def _of_the_count(rehearsal: Rehearsal, deck: Deck, progress: Progress) -> dict[str, RehearsalCheck]:
    begun = progress.pages > 0
    lines = reading.ballots_in(rehearsal.count) if begun else ()
    expected = Counter(_comes_to(case.standing, case.votes) for case in deck.cases)
    came = Counter(_comes_to(line.standing, line.votes) for line in lines)
    clear = Counter(_marks(case.marks) for case in deck.cases if case.answer is None)
    read = Counter(_marks(line.marks) for line in lines)
    asked = len(set(Question.objects.filter(count=rehearsal.count).values_list("ballot", flat=True)))
    whole = begun and progress.pages >= rehearsal.sheets * rehearsal.sides
    decided = whole and progress.open_rows == 0
    invalid = sum(line.standing is Standing.INVALID for line in lines)
    wanted = len(deck.cases) - deck.valid
    told = {
        "all_read": _check(
            "all_read", whole, len(lines) == len(deck.cases) and not progress.refused, f"{len(lines)}/{len(deck.cases)}"
        ),
        "marks_right": _check("marks_right", whole, not clear - read, _short(sum((clear - read).values()))),
        "doubtful_asked": _check(
            "doubtful_asked", whole, asked >= len(deck.for_the_board), f"{asked}/{len(deck.for_the_board)}"
        ),
        "invalid_found": _check("invalid_found", decided, invalid == wanted, f"{invalid}/{wanted}"),
        "votes_right": _check("votes_right", decided, came == expected, _short(sum((expected - came).values()))),
        "counts_agree": _agree(rehearsal.count),
        "figures_agree": _check("figures_agree", decided, len(lines) == rehearsal.sheets, f"{len(lines)}"),
    }
    return told


def _comes_to(standing: Standing | None, votes: Iterable[str]) -> str:
    return f"{standing}: {' '.join(sorted(votes))}"


def _marks(marks: Mapping[CandidateId, Mark] | Mapping[str, Mark]) -> str:
    return " ".join(sorted(f"{candidate}={mark}" for candidate, mark in marks.items()))


def _check(code: str, tried: bool, passed: bool, facts: str) -> RehearsalCheck:
    return RehearsalCheck(code, passed if tried else None, "" if passed or not tried else facts)


def _short(missing: int) -> str:
    return f"−{missing}" if missing else ""


def _agree(count: Count) -> RehearsalCheck:
    """Whether the independent rehearsal counts came to the same votes; not tried where there is one."""
    results = [counting.progress_of(one).result for one in counting.witnesses(count.contest, rehearsal=True)]
    votes = [tuple(line["votes"] for line in one["tally"]) for one in results if one]
    if len(votes) < 2:
        return RehearsalCheck("counts_agree", None)
    return RehearsalCheck("counts_agree", len(set(votes)) == 1)


def _times(rehearsal: Rehearsal, progress: Progress) -> tuple[RehearsalTime, ...]:
    read, decided = _moments(rehearsal.count)
    scanned = _between(read)
    deciding = _between([*read[-1:], *decided]) if decided else None
    last = max([*read, *decided], default=None)
    result = None
    if last is not None and progress.result and progress.at is not None and not progress.open_rows:
        result = max(0, round((progress.at - last).total_seconds()))
    sheets = round(rehearsal.sheets * SECONDS_A_SHEET)
    told = [
        RehearsalTime("print", _by_watch(rehearsal, "print")),
        RehearsalTime("scan", scanned, max(sheets, 10)),
        RehearsalTime("decide", deciding),
        RehearsalTime("key", _by_watch(rehearsal, "key"), TARGETS["key"]),
        RehearsalTime("result", result, AFTER_LAST),
        RehearsalTime("takeover", _by_watch(rehearsal, "takeover"), TARGETS["takeover"]),
    ]
    return tuple(told)


def _by_watch(rehearsal: Rehearsal, step: str) -> int | None:
    value = rehearsal.times.get(step)
    return int(value) if value is not None else None


def _moments(count: Count) -> tuple[list[datetime], list[datetime]]:
    """When scans were taken and when the board answered; the ledger of a count knows no clock, its files do."""
    images = folders.count_of(count) / IMAGES
    there = images.iterdir() if images.is_dir() else ()
    taken = sorted(datetime.fromtimestamp(one.stat().st_mtime, tz=UTC) for one in there)
    return taken, list(counting.decisions(count).order_by("at").values_list("at", flat=True))


def _between(moments: list[datetime]) -> int | None:
    return round((max(moments) - min(moments)).total_seconds()) if moments else None
