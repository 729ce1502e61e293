"""`daihoi sheet learn`: any printed ballot, from its blank page to where everything stands on it."""

from __future__ import annotations

from pathlib import Path

import click

from daihoi.cli.boundary import ExitCode
from daihoi.cli.given import path_option
from daihoi.learning.learn import check_names, learn, names_in
from daihoi.learning.terms import Sought
from daihoi.words.language import _


def command() -> click.Command:
    """`daihoi sheet`."""
    return click.Group(
        "sheet",
        help=_("Ballots that were not printed by Daihoi."),
        commands=[learn_command()],
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
    )


def learn_command() -> click.Command:
    """`daihoi sheet learn`."""
    return click.Command(
        "learn",
        short_help=_("Find the names and boxes on a blank ballot."),
        help=_(
            "Find the table, the names and the boxes on a blank ballot that was printed in Word or elsewhere, and "
            "write them to SHEET.json, which a person can correct. The blank page is kept beside it, and a picture "
            "shows what was found: look at it before counting with `daihoi count --sheet SHEET.json`."
        ),
        params=[
            click.Argument(["blank"], type=click.Path(path_type=Path), metavar="BLANK"),
            path_option(
                "--out",
                _("The file to write; the kept pages and the picture get its name."),
                "SHEET.json",
                required=True,
            ),
            path_option(
                "--names",
                _("The names in the order of the ballot, one a line; the count holds them against the list."),
                "NAMES.txt",
            ),
            click.Option(
                ["--mark", "sought"],
                type=click.Choice([sought.value for sought in Sought]),
                default=Sought.AUTO.value,
                help=_("What voters mark: names (struck out) or boxes; without it this is seen from the page."),
            ),
        ],
        callback=learn_blank,
        options_metavar=_("[OPTIONS]"),
    )


def learn_blank(blank: Path, out: Path, names: Path | None, sought: str) -> int:
    """Learn, write the sheet, its pages and the picture, and say what was found."""
    given = names_in(names.read_bytes(), names) if names is not None else ()
    learned = learn(blank.read_bytes(), blank, stem=out.stem, sought=Sought(sought), names=given)
    out.parent.mkdir(parents=True, exist_ok=True)
    picture = out.with_name(f"{out.stem}.found.png")
    # The picture first: when the names do not fit, it shows why.
    picture.write_bytes(learned.picture)
    if names is not None:
        check_names(learned, names, picture)
    for name, data in learned.rasters.items():
        out.with_name(name).write_bytes(data)
    out.write_bytes(learned.document)
    words = _("{places} names, marked by {kinds}, on {pages} page(s): {path}")
    kinds = ", ".join(_KINDS[kind.value]() for kind in sorted(learned.sheet.kinds))
    click.echo(words.format(places=len(learned.sheet.people), kinds=kinds, pages=len(learned.sheet.pages), path=out))
    click.echo(
        _(
            "Look at {picture}: every name must stand in its box, in the order of the list. Correct {path} where not. "
            "These ballots bear no code: a page of another print is known by its print alone."
        ).format(picture=picture, path=out)
    )
    return ExitCode.DONE


_KINDS = {
    "name": lambda: _("striking out the name"),
    "agree": lambda: _("a box to agree"),
    "disagree": lambda: _("a box to disagree"),
}
