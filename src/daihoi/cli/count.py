"""`daihoi count`, `decide` and `tally`: from scans or keyed marks to a result."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from daihoi.cli.cluster_options import cluster_given, cluster_options
from daihoi.cli.given import (
    PHONE,
    SCANNER,
    contest_option,
    count_argument,
    election_argument,
    folder_option,
    number_option,
    path_option,
    read_given,
    rehearsal_option,
    source_option,
)
from daihoi.cli.hints import hint_lines
from daihoi.cli.list_checks import refuse_bad_list, warn
from daihoi.cli.progress import Progress
from daihoi.cli.summary import CODES, stopped_lines, tell
from daihoi.cli.watch_line import WatchLine
from daihoi.counts.cluster_address import ClusterAddress
from daihoi.counts.count import Counted, count
from daihoi.counts.count_folder import read_folder
from daihoi.counts.deciding import decide
from daihoi.counts.one_sided import Backs
from daihoi.counts.photo_reader import PhotoReader
from daihoi.counts.pool_remote import remote_readers
from daihoi.counts.scan_reader import Scanner
from daihoi.counts.tally import tally_result
from daihoi.counts.terms import silent
from daihoi.counts.watching import Watch
from daihoi.interchange import ballot_lines, result_file
from daihoi.rules.terms import ResultStatus
from daihoi.words.language import _
from daihoi.words.shown import shown


def count_command() -> click.Command:
    """`daihoi count`."""
    return click.Command(
        "count",
        help=_(
            "Read the scans of a contest into the folder COUNT. Stopped at any moment, the same command goes on where "
            "it was; scans that come later are added; nothing is counted twice and no decision is overwritten."
        ),
        params=[
            election_argument(),
            contest_option(),
            folder_option("--scans", _("Folder of the scans: JPEG, PNG, TIFF, PDF.")),
            folder_option("--out", _("Folder of the count; new, or of this same count."), "COUNT"),
            number_option("--workers", _("Processes that read; without it one for each core.")),
            path_option(
                "--sheet",
                _("The learned ballot, where the ballots were not printed by `daihoi ballots`."),
                "SHEET.json",
            ),
            click.Option(
                ["--watch"],
                is_flag=True,
                help=_("Scans are still arriving: read each when it is whole, until all ballots are in or Ctrl-C."),
            ),
            number_option(
                "--until", _("With --watch: end after N ballots; without it after as many as were collected.")
            ),
            click.Option(
                ["--backs"],
                type=click.Choice([order.value for order in Backs]),
                help=_(
                    "Sheets of two sides: each back comes between its front and the next (between), or a one-sided "
                    "scanner gave all fronts of a pile and then all backs in the same order (same) or from the last "
                    "(reversed). Without it as the count was begun."
                ),
            ),
            source_option(_("What took the pictures: a scanner, or a telephone (photographs of whole ballots).")),
            *cluster_options(),
            rehearsal_option(),
        ],
        callback=count_scans,
    )


def count_scans(
    election: Path,
    contest_id: str,
    scans: Path,
    out: Path,
    workers: int | None,
    rehearsal: bool,
    *,
    sheet: Path | None = None,
    watch: bool = False,
    until: int | None = None,
    backs: str | None = None,
    source: str = SCANNER,
    cluster: str | None = None,
    tls_ca: Path | None = None,
    tls_cert: Path | None = None,
    tls_key: Path | None = None,
) -> int:
    """Count, then say what came of it."""
    if until is not None and not watch:
        raise click.UsageError(_("--until belongs to --watch."))
    if source == PHONE and sheet is not None:
        raise click.UsageError(_("--source phone needs the corner marks that `daihoi ballots` prints: no --sheet."))
    where = cluster_given(cluster, tls_ca, tls_cert, tls_key)
    counted = counted_scans(
        election,
        contest_id,
        scans,
        out,
        workers=workers,
        rehearsal=rehearsal,
        sheet=sheet,
        watch=Watch(until) if watch else None,
        backs=Backs(backs) if backs else None,
        scanner=Scanner(PhotoReader) if source == PHONE else None,
        cluster=where,
    )
    warn(counted.findings)
    code = tell(out, counted, read_folder(out).grounds.contest)
    for line in hint_lines(out):
        click.echo(line, err=True)
    return code


def counted_scans(
    election: Path,
    contest_id: str,
    scans: Path,
    out: Path,
    *,
    workers: int | None = None,
    rehearsal: bool = False,
    sheet: Path | None = None,
    watch: Watch | None = None,
    scanner: Scanner | None = None,
    cluster: ClusterAddress | None = None,
    backs: Backs | None = None,
) -> Counted:
    """Count with progress on stderr."""
    with Progress(_("Reading")) as progress:
        return count(
            election,
            contest_id,
            scans=scans,
            out=out,
            workers=workers,
            rehearsal=rehearsal,
            sheet=sheet,
            scanner=scanner,
            backs=backs,
            watch=watch and replace(watch, tell=WatchLine(progress)),
            readers=remote_readers(cluster, at_once=watch is not None) if cluster else None,
            # A watch tells of itself.
            progress=silent if watch else lambda done, total, _phase: progress(done, total),
        )


def tally_command() -> click.Command:
    """`daihoi tally`."""
    return click.Command(
        "tally",
        short_help=_("The result from marks alone."),
        help=_(
            "The result from marks alone, keyed by hand or by another system: a file with a line of JSON for each "
            "ballot, {metavar}. The result goes to stdout as JSON and nothing else does."
        ).format(metavar='{"ballot":"b0001","marks":{"c01":"kept"}}'),
        params=[
            election_argument(),
            contest_option(),
            path_option("--ballots", _("The ballots, a line each."), "FILE.jsonl", required=True),
            path_option("--out", _("Write the result here too."), "RESULT.json"),
        ],
        callback=tally_marks,
    )


def tally_marks(election: Path, contest_id: str, ballots: Path, out: Path | None) -> int:
    """Read the marks by the list and the form of the contest, and count them."""
    given = read_given(election, contest_id)
    refuse_bad_list(given)
    grounds = given.grounds
    lines = ballot_lines.parse(ballots.read_bytes(), ballots.name, contest=grounds.contest, form=grounds.form)
    result = tally_result(grounds.election, grounds.contest, lines)
    data = result_file.dump(result)
    if out is not None:
        out.write_bytes(data)
    click.echo(data.decode("utf-8"), nl=False)
    for line in stopped_lines(result):
        click.echo(line, err=True)
    if result.status is ResultStatus.AWAITING_DECISIONS:
        click.echo(_("Doubtful or undecided ballots are among these; the counting board must decide them."), err=True)
    return CODES[result.status]


def decide_command() -> click.Command:
    """`daihoi decide`."""
    return click.Command(
        "decide",
        help=_(
            "Adopt the counting board's answers from a review file. Doubts that have no answer stay open; an answer "
            "that turns out not to be needed is left alone."
        ),
        params=[
            count_argument(),
            click.Argument(["review"], type=click.Path(path_type=Path), metavar="REVIEW.csv"),
            click.Option(
                ["--by"], required=True, metavar="NAME", help=_("Who decided; it goes into the ledger and the minutes.")
            ),
        ],
        callback=decide_rows,
    )


def decide_rows(count: Path, review: Path, by: str) -> int:
    """Adopt the answers, then say how the count stands now."""
    decided = decide(count, review, by=by, now=datetime.now(UTC).astimezone())
    if decided.unneeded:
        click.echo(
            _("Answers that nothing hangs on, left alone: {rows}.").format(
                rows=", ".join(shown(row) for row in decided.unneeded)
            ),
            err=True,
        )
    return tell(count, decided, read_folder(count).grounds.contest)
