"""What an election file means for one contest: edition, settings, base, form of ballot; one place for all."""

from __future__ import annotations

from dataclasses import dataclass

from daihoi.counts.errors import FiguresMissing, UnknownContest
from daihoi.interchange.terms import Election
from daihoi.rules.ballot import ballot_form
from daihoi.rules.base import BaseWorksheet, worksheet
from daihoi.rules.clauses import Edition
from daihoi.rules.edition import edition_for
from daihoi.rules.settings import Settings, settings_from
from daihoi.rules.terms import BallotFigures, BallotForm, Contest, Roll


@dataclass(frozen=True)
class Grounds:
    """The contest with all that the regulation makes of its election file; `worksheet` None without a roll."""

    election: Election
    contest: Contest
    edition: Edition
    settings: Settings
    worksheet: BaseWorksheet | None
    form: BallotForm

    @property
    def candidates(self) -> tuple[str, ...]:
        """Ids in ballot order."""
        return tuple(candidate.id for candidate in self.contest.candidates)

    @property
    def figures(self) -> BallotFigures:
        """The board's figures; empty ones where the file has none."""
        return self.contest.figures or BallotFigures()

    @property
    def roll(self) -> Roll | None:
        """Who was summoned and who is present."""
        return self.election.roll


def grounds_of(election: Election, contest_id: str) -> Grounds:
    """The grounds of one contest. Raises UnknownContest and the errors of `rules`."""
    try:
        contest = election.contest(contest_id)
    except KeyError:
        known = ", ".join(contest.id for contest in election.contests)
        raise UnknownContest(contest=contest_id, known=known) from None
    settings = settings_from(election.settings)
    congress = election.congress
    sheet = worksheet(congress.form, election.roll, settings=settings) if election.roll else None
    return Grounds(
        election=election,
        contest=contest,
        edition=edition_for(congress.opens, congress.edition),
        settings=settings,
        worksheet=sheet,
        form=ballot_form(contest),
    )


def require_figures(grounds: Grounds) -> BaseWorksheet:
    """The worksheet of a file that has all a result needs: the roll, and the ballots issued and collected.

    Raises FiguresMissing, which names every key at once.
    """
    # `printed` and `unused` are the board's own check and may stay open; without these three there is no result.
    wanted = {
        "[roll]": grounds.worksheet,
        "[contests.ballots] issued": grounds.figures.issued,
        "[contests.ballots] collected": grounds.figures.collected,
    }
    missing = [key for key, value in wanted.items() if value is None]
    if grounds.worksheet is None or missing:
        raise FiguresMissing(contest=grounds.contest.id, keys=missing)
    return grounds.worksheet
