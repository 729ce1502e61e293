"""`daihoi simulate`: ballots as voters mark them and scanners see them, with the truth beside them."""

from __future__ import annotations

import os
from pathlib import Path

import click

from daihoi.cli.ballots import prepare_form
from daihoi.cli.boundary import ExitCode
from daihoi.cli.given import (
    PHONE,
    Given,
    contest_option,
    election_argument,
    folder_option,
    number_option,
    read_given,
    rehearsal_option,
    source_option,
)
from daihoi.cli.list_checks import refuse_bad_list
from daihoi.cli.progress import Progress
from daihoi.papers.render import rasters
from daihoi.simulation.phone import PHONE_NAME
from daihoi.simulation.run import SCAN_DPI, Order, write
from daihoi.simulation.scanners import SCANNERS
from daihoi.words.language import _


def command() -> click.Command:
    """`daihoi simulate`."""
    return click.Command(
        "simulate",
        short_help=_("Simulate marked and scanned ballots, to rehearse."),
        help=_(
            "Simulate marked and scanned ballots of a contest, to rehearse a count: pens, mistakes, stamps, paper and "
            "scanner. truth.json says what every simulated voter meant."
        ),
        params=[
            election_argument(),
            contest_option(),
            number_option("--ballots", _("How many ballots were collected."), required=True),
            click.Option(
                ["--seed"],
                required=True,
                type=int,
                metavar="S",
                help=_("A whole number; the same number gives the same ballots again."),
            ),
            folder_option("--out", _("Folder for the images and truth.json; empty, or of a former simulation.")),
            click.Option(
                ["--scanner"],
                type=click.Choice(list(SCANNERS)),
                default="office",
                show_default=True,
                help=_("How well the scanner is kept; poor ones give pages that are refused."),
            ),
            source_option(_("What takes the pictures: a scanner, or a telephone over a table.")),
            rehearsal_option(),
        ],
        callback=simulate_ballots,
    )


def simulate_ballots(
    election: Path, contest_id: str, ballots: int, seed: int, out: Path, scanner: str, source: str, rehearsal: bool
) -> int:
    """Draw the ballots of a list that stands, on one process a core."""
    scanner = PHONE_NAME if source == PHONE else scanner
    given = read_given(election, contest_id)
    refuse_bad_list(given)
    write_simulation(given, Order(given.grounds.contest.seats, ballots, seed, scanner), out, rehearsal=rehearsal)
    return ExitCode.DONE


def write_simulation(given: Given, order: Order, out: Path, *, rehearsal: bool) -> None:
    """Images and truth.json straight into the folder, and a line that says so."""
    prepared = prepare_form(given, rehearsal=rehearsal)
    # Drawn finer than it is scanned: letters drawn at 150 dpi are not the letters that a printer makes.
    drawn_dpi = max(order.dpi, SCAN_DPI)
    with Progress(_("Simulating")) as progress:
        write(
            out,
            prepared.plan,
            rasters(prepared.pdf, drawn_dpi),
            raster_dpi=drawn_dpi,
            contest=given.grounds.contest.id,
            order=order,
            workers=os.cpu_count() or 1,
            progress=progress,
        )
    click.echo(_("{ballots} simulated ballots are in {path}.").format(ballots=order.ballots, path=out))
