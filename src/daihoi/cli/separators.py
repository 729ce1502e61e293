"""`daihoi separators`: slips to lie between batches of ballots, so that a doubtful paper is found again."""

from __future__ import annotations

from pathlib import Path

import click

from daihoi.cli.boundary import ExitCode
from daihoi.cli.given import (
    contest_option,
    election_argument,
    folder_option,
    number_option,
    read_given,
    rehearsal_option,
)
from daihoi.cli.list_checks import refuse_bad_list
from daihoi.interchange.form_secret import read_or_make_secret
from daihoi.papers import ballots
from daihoi.papers.separators import Batches, paint, slips_of
from daihoi.sheet.slip import slip_key
from daihoi.words.language import _

NAME = "separators.pdf"


def command() -> click.Command:
    """`daihoi separators`."""
    return click.Command(
        "separators",
        short_help=_("Print separator slips for batches of ballots."),
        help=_(
            "Print separator slips: a slip lies on top of each batch when it is scanned. The count then names batch "
            "and place in the pile with every doubt, and says which batch holds another number than was counted by "
            "hand."
        ),
        params=[
            election_argument(),
            contest_option(),
            number_option("--batches", _("How many batches there are."), required=True),
            number_option("--size", _("Ballots in a batch, as counted by hand."), required=True),
            number_option("--last", _("Ballots in the last batch, if others.")),
            folder_option("--out", _("Folder for separators.pdf.")),
            rehearsal_option(),
        ],
        callback=print_slips,
    )


def print_slips(
    election: Path, contest_id: str, batches: int, size: int, last: int | None, out: Path, rehearsal: bool
) -> int:
    """The slips of one contest, keyed by the form secret of its ballots."""
    given = read_given(election, contest_id)
    refuse_bad_list(given)
    secret = read_or_make_secret(given.path)
    grounds = given.grounds
    prepared = ballots.prepare(grounds.election, grounds.contest, secret=secret, rehearsal=rehearsal)
    slips = slips_of(prepared.identities[0], Batches(batches, size, last))
    data = paint(
        slips,
        slip_key(secret),
        congress=grounds.election.congress.title,
        contest=grounds.contest.title,
        sides=len(prepared.plan.pages),
    )
    out.mkdir(parents=True, exist_ok=True)
    (out / NAME).write_bytes(data)
    click.echo(
        _("{slips} slips: {path}. Lay each on top of its batch and scan them together.").format(
            slips=len(slips), path=out / NAME
        )
    )
    return ExitCode.DONE
