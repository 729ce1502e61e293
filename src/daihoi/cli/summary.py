"""What a count came to, in words for the people at the table: stdout for the result, stderr for what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from daihoi.cli.boundary import ExitCode
from daihoi.cli.pile_summary import batch_lines, place_lines
from daihoi.counts.count import Counted
from daihoi.counts.outputs import BALLOTS, REFUSED, REVIEW
from daihoi.interchange import refused_lines, review_file
from daihoi.interchange.decisions import Place, place_of
from daihoi.interchange.result_file import percent_of
from daihoi.interchange.terms import ResultDocument, TallyLine
from daihoi.rules.terms import Contest, ResultStatus
from daihoi.simulation.run import TRUTH_NAME
from daihoi.words.errors.findings import reconciliation_check
from daihoi.words.figures import digest_words, number_words, percent_words
from daihoi.words.language import _
from daihoi.words.reasons import reason
from daihoi.words.shown import shown

CODES: Mapping[ResultStatus, ExitCode] = {
    ResultStatus.FINAL: ExitCode.DONE,
    ResultStatus.AWAITING_DECISIONS: ExitCode.BOARD_MUST_DECIDE,
    ResultStatus.STOPPED: ExitCode.STOPPED,
}


def tell(folder: Path, counted: Counted, contest: Contest) -> int:
    """Say what was read, what waits for whom, what does not agree, what came out; answer with the exit code."""
    for line in (*read_lines(folder), *batch_lines(folder), *result_lines(counted.result, contest)):
        click.echo(line)
    click.echo(_("Digest of the count: {digest}").format(digest=digest_words(counted.digest)))
    for line in waiting_lines(folder, counted, contest):
        click.echo(line)
    for line in (*stray_lines(counted), *stopped_lines(counted.result)):
        click.echo(line, err=True)
    return CODES[counted.result.status]


def read_lines(folder: Path) -> Iterator[str]:
    """How many ballots and refused pages there are."""
    ballots = (folder / BALLOTS).read_bytes().count(b"\n")
    yield _("Ballots read: {ballots}.").format(ballots=number_words(ballots))
    refused = refused_lines.parse((folder / REFUSED).read_bytes(), REFUSED)
    for kind, times in sorted(Counter(line.reason for line in refused).items()):
        yield _("Pages not read: {times}, {reason}.").format(times=times, reason=reason(kind))


def stray_lines(counted: Counted) -> Iterator[str]:
    """Which files beside the scans were left alone."""
    # The truth of a simulation is no stray file that anybody would wonder about.
    strays = [name for name in counted.ignored if name != TRUTH_NAME]
    if strays:
        yield _("Not scans, left alone: {files}.").format(files=", ".join(shown(name) for name in strays))
    if counted.set_aside:
        yield _(
            "Of batches that were removed, left alone: {files}. To count them after all, put them into another folder "
            "below the scans."
        ).format(files=", ".join(shown(name) for name in counted.set_aside))


def result_lines(result: ResultDocument, contest: Contest) -> Iterator[str]:
    """The figures, and once they are final the people."""
    yield _("{title}: {status}.").format(title=contest.title, status=reason(result.status))
    yield _(
        "Base {base}, needed {needed}; issued {issued}, collected {collected}, valid {valid}, invalid {invalid}."
    ).format(
        base=result.base,
        needed=(result.base or 0) // 2 + 1,
        issued=result.issued,
        collected=result.collected,
        valid=result.valid,
        invalid=result.invalid,
    )
    for ground, times in result.invalid_by_ground.items():
        if times:
            yield _("  invalid: {times} {ground}").format(times=times, ground=reason(ground))
    if result.status is ResultStatus.FINAL:
        yield from _people(result, contest)


def _people(result: ResultDocument, contest: Contest) -> Iterator[str]:
    lines = {line.candidate: line for line in result.tally}
    named = {str(candidate.id): _named(contest, candidate.id) for candidate in contest.candidates}
    if result.elected:
        yield _("Elected {elected} of {seats}:").format(elected=len(result.elected), seats=contest.seats)
    for place, one in enumerate(result.elected, 1):
        yield _person(place, named[one], lines[one], result.base)
    if result.alternates:
        yield _("Alternates:")
    for place, one in enumerate(result.alternates, 1):
        yield _person(place, named[one], lines[one], result.base)
    for tie in result.ties:
        yield _("Tied for {seats} seat(s), the congress votes again between them: {names}.").format(
            seats=tie.seats, names=", ".join(named[one] for one in tie.candidates)
        )
    if result.shortfall:
        yield _("{shortfall} seat(s) stay open; the congress decides whether to go on voting.").format(
            shortfall=result.shortfall
        )


def _named(contest: Contest, one: str) -> str:
    """The name, with the year of birth where another on the list bears the same."""
    person = next(candidate for candidate in contest.candidates if candidate.id == one)
    alike = sum(candidate.name == person.name for candidate in contest.candidates)
    return f"{person.name} ({person.born.year})" if alike > 1 and person.born else person.name


def _person(place: int, name: str, line: TallyLine, base: int | None) -> str:
    percent = percent_words(percent_of(line.votes, base))
    return f"{place:4d}. {name:<32} {number_words(line.votes):>6}  {percent:>9}"


def waiting_lines(folder: Path, counted: Counted, contest: Contest) -> Iterator[str]:
    """What the counting board must decide, and where it writes its answers."""
    if not counted.open_rows:
        return
    path = folder / REVIEW
    rows = review_file.parse(path.read_bytes(), str(path))
    empty = Counter(place_of(row.ballot, row.candidate) for row in rows if not row.decision)
    command = f'daihoi decide {folder} {path} --by "..."'
    if not empty:
        yield _("Every question in {path} has an answer; the board adopts them with: {command}").format(
            path=path, command=command
        )
        return
    yield _(
        "The counting board must decide {marks} place(s), {ballots} ballot(s), {pages} page(s): open {path}, look at "
        "each crop, write a decision in its row, then: {command}"
    ).format(command=command, marks=empty[Place.MARK], ballots=empty[Place.BALLOT], pages=empty[Place.PAGE], path=path)
    yield from place_lines(folder, path, {one.id: _named(contest, one.id) for one in contest.candidates})


def stopped_lines(result: ResultDocument) -> Iterator[str]:
    """The checks that fail, with their figures; and a plurality, which the presidium has to confirm."""
    votes = {line.candidate: line.votes for line in result.tally}
    if result.status is ResultStatus.FINAL and any(2 * votes[one] <= (result.base or 0) for one in result.elected):
        yield _(
            "Elected in a re-ballot without more than half: the presidium must confirm it in [[overrides]] with check "
            '= "tie_reballot_plurality"; before that there are no minutes.'
        )
    for check in result.reconciliation:
        if check.holds is False:
            yield _("Does not agree: {check}").format(check=reconciliation_check(check.check, check.detail))
    if result.status is ResultStatus.STOPPED:
        yield _("No result may be announced. Look for the missing or surplus papers, correct the figures, count again.")
