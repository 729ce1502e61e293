"""A confirmed result as a page shows it: everybody in ballot order, with percent of the base, and what is read out."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from daihoi.interchange.result_file import percent_of
from daihoi.rules.base import worksheet
from daihoi.rules.terms import CandidateOutcome
from daihoi.web.counting import queries, standing
from daihoi.web.elections import making
from daihoi.web.elections.models import Contest, Nomination
from daihoi.words.election_day.chair import say
from daihoi.words.figures import digest_words
from daihoi.words.reasons import reason


@dataclass(frozen=True)
class Row:
    """One person on the list."""

    nomination: Nomination
    votes: int
    percent: str
    outcome: str
    elected: bool


@dataclass(frozen=True)
class Result:
    """All that stands on the page; `sentences` are for the chair to read."""

    rows: tuple[Row, ...]
    elected: tuple[Row, ...]
    tied: tuple[Row, ...]
    base: int
    needed: int
    issued: int
    collected: int
    valid: int
    invalid: int
    grounds: tuple[tuple[str, int], ...]
    open_seats: int
    sentences: tuple[str, ...]
    digest: str

    @property
    def highest(self) -> int:
        """The scale of the chart: the base, since the threshold is half of it."""
        return max([self.base, *(row.votes for row in self.rows)])


def result_of(contest: Contest) -> Result:
    """The result of a confirmed contest: votes from the contest itself, ballots from the record of its count."""
    base = _base(contest)
    count = queries.count_of_record(contest)
    held = (standing.progress_of(count).result if count else None) or {}
    rows = tuple(_row(one, base) for one in making.listed(contest))
    elected = tuple(sorted((row for row in rows if row.elected), key=lambda row: -row.votes))
    tied = tuple(row for row in rows if row.nomination.outcome == CandidateOutcome.TIED.value)
    grounds = tuple((reason(name), int(times)) for name, times in held.get("invalid_by_ground", {}).items())
    return Result(
        rows=rows, elected=elected, tied=tied, base=base, needed=base // 2 + 1, issued=contest.issued or 0,
        collected=contest.collected or 0, valid=int(held.get("valid", 0)), invalid=int(held.get("invalid", 0)),
        grounds=grounds, open_seats=max(0, contest.seats - len(elected)),
        sentences=tuple(_sentences(contest, elected, tied, base)),
        digest=digest_words(standing.progress_of(count).digest) if count else "",
    )  # fmt: skip


def _base(contest: Contest) -> int:
    roll, sitting = making.roll_of(contest), contest.sitting
    if roll is None:
        return 0
    return worksheet(making.form_of(sitting), roll, settings=making.settings_of(sitting)).base


def _row(one: Nomination, base: int) -> Row:
    votes = one.votes or 0
    won = one.outcome == CandidateOutcome.ELECTED.value
    return Row(one, votes, percent_of(votes, base), reason(one.outcome), won)


def _sentences(contest: Contest, elected: tuple[Row, ...], tied: tuple[Row, ...], base: int) -> list[str]:
    """What the chair reads, in the words of the rules."""
    sitting = contest.sitting
    facts: dict[str, object] = {"base": base, "seats": contest.seats, "elected": len(elected), "count": len(elected)}
    facts |= {"names": [row.nomination.name for row in elected], "missing": contest.seats - len(elected)}
    codes = ["elected"] if elected else ["nobody_elected"]
    # A tie is voted on before anybody speaks of seats that stay open. [election-rules.md 6.4]
    if tied:
        codes.append("tie")
    elif len(elected) < contest.seats:
        codes.append("shortfall")
    said = []
    for code in codes:
        known = facts
        if code == "tie":
            known = facts | {"names": [row.nomination.name for row in tied], "seats": contest.seats - len(elected)}
        form, edition = making.form_of(sitting), making.edition_of(sitting)
        spoken = say(code, known, form=form, edition=edition, language=get_language() or "vi")
        said.append(f"{spoken.text} [{spoken.clause}]" if spoken.clause else spoken.text)
    return said or [_("Nothing to say.")]
