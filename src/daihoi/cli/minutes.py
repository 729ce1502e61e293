"""`daihoi minutes`: the counting minutes of a finished count, as DOCX and PDF."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from daihoi.cli.boundary import ExitCode
from daihoi.cli.given import count_argument
from daihoi.counts.minutes import MinutesWritten, write_minutes
from daihoi.words.errors import sentence_of
from daihoi.words.figures import digest_words
from daihoi.words.language import _


def command() -> click.Command:
    """`daihoi minutes`."""
    return click.Command(
        "minutes",
        short_help=_("Write the counting minutes as DOCX and PDF."),
        help=_(
            "Write the counting minutes (biên bản kiểm phiếu) of a finished count into its folder, as DOCX and PDF. "
            "Refused while anything is undecided, not read or does not agree."
        ),
        params=[count_argument()],
        callback=write,
    )


def write(count: Path) -> int:
    """Write them, and say what they leave open as dotted lines."""
    tell_written(write_minutes(count, now=datetime.now(UTC).astimezone()))
    return ExitCode.DONE


def tell_written(written: MinutesWritten) -> None:
    """Where the minutes lie; on stderr what is not filled in."""
    for missing in written.missing:
        finding = sentence_of("minutes.fact_missing", {"key": missing.key})
        click.echo(_("Warning: {finding}").format(finding=finding), err=True)
    click.echo(_("Minutes: {docx} and {pdf}").format(docx=written.docx, pdf=written.pdf))
    click.echo(_("Digest of the count: {digest}").format(digest=digest_words(written.digest)))
