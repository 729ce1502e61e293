"""`daihoi minutes`: the counting minutes of a finished count, as DOCX and PDF; with --sign also signed by a key."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from daihoi.cli.boundary import ExitCode
from daihoi.cli.given import count_argument, path_option
from daihoi.cli.keys import known_passphrase
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
            "Refused while anything is undecided, not read or does not agree. With --sign the PDF is signed by a "
            "person's own key into a file beside it, where that person would sign by hand; a second one adds a second "
            "signature. No network is asked: neither for the time nor whether a certificate was revoked."
        ),
        params=[
            count_argument(),
            path_option("--sign", _("Sign with this key (PKCS#12), after asking for its passphrase."), "KEY.p12"),
            click.Option(
                ["--place"],
                type=click.Choice(["board", "presidium"]),
                default="board",
                show_default=True,
                help=_("Who signs: the head of the counting board, or for the presidium."),
            ),
        ],
        callback=write,
    )


def write(count: Path, sign: Path | None, place: str) -> int:
    """Write them, say what they leave open as dotted lines, and sign where that is asked for."""
    now = datetime.now(UTC).astimezone()
    tell_written(write_minutes(count, now=now))
    if sign is not None:
        _sign(count, sign, place, now)
    return ExitCode.DONE


def _sign(count: Path, file: Path, place: str, now: datetime) -> None:
    # Two seconds that only who signs pays.
    from daihoi.counts.signing import sign_minutes  # noqa: PLC0415
    from daihoi.papers.signed.errors import KeyNotOpened  # noqa: PLC0415
    from daihoi.papers.signed.keys import open_key  # noqa: PLC0415
    from daihoi.papers.signed.signing import Place  # noqa: PLC0415

    data = file.read_bytes()
    try:
        key = open_key(data, "", now=now, file=str(file))
    except KeyNotOpened:
        key = open_key(data, known_passphrase().decode(), now=now, file=str(file))
    made = sign_minutes(count, key, Place(place), now=now)
    names = ", ".join(one.name for one in made.signatures)
    click.echo(_("Signed minutes: {path}, signed by {names}").format(path=made.pdf, names=names))


def tell_written(written: MinutesWritten) -> None:
    """Where the minutes lie; on stderr what is not filled in."""
    for missing in written.missing:
        finding = sentence_of("minutes.fact_missing", {"key": missing.key})
        click.echo(_("Warning: {finding}").format(finding=finding), err=True)
    click.echo(_("Minutes: {docx} and {pdf}").format(docx=written.docx, pdf=written.pdf))
    click.echo(_("Digest of the count: {digest}").format(digest=digest_words(written.digest)))
