"""`daihoi scanner-sheet` and `daihoi scanner-check`: the settings of a scanner, before the ballots go through it."""

from __future__ import annotations

from pathlib import Path

import click

from daihoi.cli.boundary import ExitCode, ScanUnreadableError
from daihoi.cli.given import path_option
from daihoi.papers.scanner_sheet import scanner_sheet
from daihoi.reading.scanner.check import check_scanner
from daihoi.reading.scanner.file_facts import scanned_pages
from daihoi.reading.scanner.terms import Scanned
from daihoi.reading.terms import Refusal
from daihoi.words.language import _
from daihoi.words.reasons import reason
from daihoi.words.scanner import fault_lines, measured_line
from daihoi.words.shown import shown


def sheet_command() -> click.Command:
    """`daihoi scanner-sheet`."""
    return click.Command(
        "scanner-sheet",
        help=_(
            "Write the scanner test sheet, two sides, to be printed once in colour at 100 % and scanned with the "
            "settings that the ballots will be scanned with."
        ),
        params=[path_option("--out", _("The PDF to write."), "FILE.pdf", required=True)],
        callback=write_sheet,
    )


def write_sheet(out: Path) -> int:
    """Write the PDF."""
    out.write_bytes(scanner_sheet())
    click.echo(_("The scanner test sheet is in {path}.").format(path=shown(str(out))))
    return ExitCode.DONE


def check_command() -> click.Command:
    """`daihoi scanner-check`."""
    return click.Command(
        "scanner-check",
        short_help=_("Which setting of the scanner is wrong?"),
        help=_(
            "Look at a scan of the scanner test sheet: which setting is wrong, and how to put it right. Give the image "
            "of the front, then that of the back, or one file that holds both. Leaves with 0 when all is well and with "
            "1 when something must be changed."
        ),
        params=[
            click.Argument(["images"], nargs=-1, required=True, type=click.Path(path_type=Path), metavar="IMAGE..."),
            click.Option(
                ["--both-sides"],
                is_flag=True,
                help=_("The scanner was to scan both sides: a back that did not come out is a fault."),
            ),
            click.Option(
                ["--askew"],
                is_flag=True,
                help=_("The sheet was laid slightly askew on purpose, to see whether the scanner straightens pages."),
            ),
            click.Option(
                ["--ruler"],
                type=click.FloatRange(min=75, max=300),
                metavar="MM",
                help=_("What the printed ruler of 150 mm measures on the paper, by a real ruler."),
            ),
        ],
        callback=check_images,
    )


def check_images(images: tuple[Path, ...], both_sides: bool, askew: bool, ruler: float | None) -> int:
    """Measure, then say fault by fault what is wrong and what puts it right."""
    pages = [page for image in images for page in _pages(image)]
    report = check_scanner(pages, askew=askew, both_sides=both_sides, ruler_mm=ruler)
    if report.measured:
        click.echo(_("Measured: {figures}.").format(figures=measured_line(report.measured)))
    for finding in report.findings:
        wrong, remedy = fault_lines(finding.fault, finding.figures, finding.places)
        click.echo(f"✗ {wrong}\n  → {remedy}")
    if report.findings:
        return ExitCode.STOPPED
    click.echo(_("✓ The settings of the scanner are good."))
    if not report.back_seen:
        click.echo(
            _(
                "Only the front was looked at. If both sides were scanned and this alone came out, the removal of "
                "blank pages is on: switch it off. To be sure, give the back too."
            )
        )
    return ExitCode.DONE


def _pages(path: Path) -> tuple[Scanned, ...]:
    pages = scanned_pages(path.read_bytes(), path.name)
    if isinstance(pages, Refusal):
        raise ScanUnreadableError(file=shown(str(path)), reason=reason(pages.reason))
    return pages
