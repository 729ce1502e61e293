"""`daihoi minutes`: the counting minutes of a finished count, as DOCX and PDF; if wanted also signed by a key."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from daihoi.cli.boundary import ExitCode, NoTerminalForPinError
from daihoi.cli.given import count_argument, path_option
from daihoi.cli.keys import known_passphrase
from daihoi.counts.minutes import MinutesWritten, write_minutes
from daihoi.words.errors import sentence_of
from daihoi.words.figures import digest_words
from daihoi.words.language import _

if TYPE_CHECKING:
    from daihoi.papers.signed.keys import SigningKey


def command() -> click.Command:
    """`daihoi minutes`."""
    return click.Command(
        "minutes",
        short_help=_("Write the counting minutes as DOCX and PDF."),
        help=_(
            "Write the counting minutes (biên bản kiểm phiếu) of a finished count into its folder, as DOCX and PDF. "
            "Refused while anything is undecided, not read or does not agree. With --sign or --pkcs11 the PDF is "
            "signed by a person's own key into a file beside it, where that person would sign by hand; a second one "
            "adds a second signature. No network is asked: neither for the time nor whether a certificate was revoked."
        ),
        params=[
            count_argument(),
            path_option("--sign", _("Sign with this key (PKCS#12), after asking for its passphrase."), "KEY.p12"),
            path_option(
                "--pkcs11",
                _("Sign with the key on a token, through this module of its maker, after asking for its PIN."),
                "MODULE",
            ),
            click.Option(["--token"], default="", metavar="LABEL", help=_("The token, where several are plugged in.")),
            click.Option(
                ["--certificate"],
                default="",
                metavar="LABEL",
                help=_("The certificate, where several on the token can sign."),
            ),
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


def write(count: Path, sign: Path | None, pkcs11: Path | None, token: str, certificate: str, place: str) -> int:
    """Write them, say what they leave open as dotted lines, and sign where that is asked for."""
    if sign is not None and pkcs11 is not None:
        raise click.UsageError(_("--sign is for a key in a file, --pkcs11 for a key on a token: give one of them."))
    if pkcs11 is None and (token or certificate):
        raise click.UsageError(_("--token and --certificate belong to --pkcs11."))
    now = datetime.now(UTC).astimezone()
    tell_written(write_minutes(count, now=now))
    if sign is not None:
        _sign(count, _key_in_file(sign, now), place, now)
    if pkcs11 is not None:
        with _key_on_token(pkcs11, token, certificate, now) as key:
            _sign(count, key, place, now)
    return ExitCode.DONE


def _sign(count: Path, key: SigningKey, place: str, now: datetime) -> None:
    # Two seconds that only who signs pays.
    from daihoi.counts.signing import sign_minutes  # noqa: PLC0415
    from daihoi.papers.signed.signing import Place  # noqa: PLC0415

    made = sign_minutes(count, key, Place(place), now=now)
    names = ", ".join(one.name for one in made.signatures)
    click.echo(_("Signed minutes: {path}, signed by {names}").format(path=made.pdf, names=names))


def _key_in_file(file: Path, now: datetime) -> SigningKey:
    from daihoi.papers.signed.errors import KeyNotOpened  # noqa: PLC0415
    from daihoi.papers.signed.keys import open_key  # noqa: PLC0415

    data = file.read_bytes()
    try:
        return open_key(data, "", now=now, file=str(file))
    except KeyNotOpened:
        return open_key(data, known_passphrase().decode(), now=now, file=str(file))


def _key_on_token(module: Path, label: str, certificate: str, now: datetime) -> AbstractContextManager[SigningKey]:
    from daihoi.papers.signed.errors import TokenSupportMissing  # noqa: PLC0415

    try:
        from daihoi.papers.signed.tokens import find_token, token_key  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        if missing.name != "pkcs11":
            raise
        raise TokenSupportMissing from None
    token = find_token(module, label)
    if token.on_last_try:
        click.echo(_("Careful: one more wrong PIN locks the token {token}.").format(token=token.label), err=True)
    elif token.mistyped:
        said = _("Careful: the PIN of the token {token} was mistyped last time; it locks itself after a few.")
        click.echo(said.format(token=token.label), err=True)
    return token_key(token, asked_pin(token.label), certificate=certificate, now=now)


def asked_pin(token: str) -> str:
    """The PIN of a token, typed at a terminal. Raises NoTerminalForPinError.

    Taken from nowhere else: a command line and an environment are read by others, and a PIN is whose key it is.
    """
    if not sys.stdin.isatty():
        raise NoTerminalForPinError(token=token)
    typed: str = click.prompt(_("PIN of the token {token}").format(token=token), hide_input=True, err=True)
    return typed


def tell_written(written: MinutesWritten) -> None:
    """Where the minutes lie; on stderr what is not filled in."""
    for missing in written.missing:
        finding = sentence_of("minutes.fact_missing", {"key": missing.key})
        click.echo(_("Warning: {finding}").format(finding=finding), err=True)
    click.echo(_("Minutes: {docx} and {pdf}").format(docx=written.docx, pdf=written.pdf))
    click.echo(_("Digest of the count: {digest}").format(digest=digest_words(written.digest)))
