"""`daihoi ballots`: one sheet, the copies for the printer, and where on paper everything stands."""

from __future__ import annotations

import json
from pathlib import Path

import click

from daihoi.cli.boundary import ExitCode
from daihoi.cli.given import (
    Given,
    contest_option,
    election_argument,
    folder_option,
    number_option,
    read_given,
    rehearsal_option,
)
from daihoi.cli.list_checks import refuse_bad_list
from daihoi.interchange.form_secret import read_or_make_secret, secret_path
from daihoi.papers import ballots as papers
from daihoi.sheet.document import sheet_document
from daihoi.words.language import _


def command() -> click.Command:
    """`daihoi ballots`."""
    return click.Command(
        "ballots",
        short_help=_("Print the ballots of one contest."),
        help=_(
            "Print the ballots of one contest: blank.pdf is one sheet, ballots.pdf all copies, sheet.json says where "
            "every name and square stands. Print at 100 %, not fitted to the page."
        ),
        params=[
            election_argument(),
            contest_option(),
            folder_option("--out", _("Folder for blank.pdf, ballots.pdf and sheet.json.")),
            number_option(
                "--copies",
                _("How many sheets ballots.pdf holds; without it the printed figure of the election file, else 1."),
            ),
            rehearsal_option(),
        ],
        callback=print_ballots,
    )


def print_ballots(election: Path, contest_id: str, out: Path, copies: int | None, rehearsal: bool) -> int:
    """Check the list, make the form secret on first need, write the three files."""
    given = read_given(election, contest_id)
    refuse_bad_list(given)
    sheets = copies or number_of_copies(given)
    prepared = prepare_form(given, rehearsal=rehearsal)
    write_ballots(prepared, sheets, out)
    tell_printed(prepared, sheets, out)
    click.echo(
        _(
            "Print at 100 % and measure the ruler: 100 mm. Keep {path}: without it these ballots cannot be counted."
        ).format(path=secret_path(election))
    )
    return ExitCode.DONE


def tell_printed(prepared: papers.Prepared, sheets: int, out: Path) -> None:
    """What lies in the folder now."""
    words = _("{sheets} ballots of {pages} page(s) each: {path}")
    click.echo(words.format(sheets=sheets, pages=len(prepared.plan.pages), path=out / "ballots.pdf"))


def number_of_copies(given: Given) -> int:
    """As many as the election file says are printed, else one."""
    return given.grounds.figures.printed or 1


def prepare_form(given: Given, *, rehearsal: bool) -> papers.Prepared:
    """The form of this contest, keyed by the secret beside the election file, which is made on first need."""
    secret = read_or_make_secret(given.path)
    return papers.prepare(given.grounds.election, given.grounds.contest, secret=secret, rehearsal=rehearsal)


def write_ballots(prepared: papers.Prepared, sheets: int, out: Path) -> None:
    """blank.pdf, ballots.pdf and sheet.json."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "blank.pdf").write_bytes(prepared.pdf)
    (out / "ballots.pdf").write_bytes(papers.copies(prepared, sheets))
    document = json.dumps(sheet_document(prepared.plan), ensure_ascii=False, indent=1)
    (out / "sheet.json").write_bytes(document.encode() + b"\n")
