"""`daihoi keys new`: the key that seals a package, and its public half for those who verify."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from daihoi.cli.boundary import ExitCode, KeyExistsError, KeyLockedError, NoTerminalError
from daihoi.cli.given import path_option
from daihoi.ledger.signatures import new_key
from daihoi.words.language import _

FROM_ENVIRONMENT = "DAIHOI_PASSPHRASE"


def command() -> click.Group:
    """`daihoi keys`."""
    new = click.Command(
        "new",
        help=_("Make a key to seal packages with: the private half at --out, the public half beside it as .pub.pem."),
        params=[
            path_option(
                "--out", _("The private key; nobody but the head of the board keeps it."), "KEY.pem", required=True
            ),
            click.Option(
                ["--passphrase"],
                is_flag=True,
                help=_("Ask for a passphrase that locks the private key, or take it from DAIHOI_PASSPHRASE."),
            ),
        ],
        callback=make_key,
    )
    new.options_metavar = _("[OPTIONS]")
    return click.Group(
        "keys", help=_("Make keys that seal packages."), commands=[new], subcommand_metavar=_("COMMAND [ARGS]...")
    )


def make_key(out: Path, passphrase: bool) -> int:
    """Write both halves; refuse where either stands already."""
    public_path = public_half(out)
    for path in (out, public_path):
        if path.exists():
            raise KeyExistsError(path=path)
    words = new_passphrase() if passphrase else None
    private, public = new_key(words)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_private(out, private)
    public_path.write_bytes(public)
    click.echo(_("Private key: {path}. Keep it where only the head of the counting board reaches it.").format(path=out))
    click.echo(_("Public key: {path}. Give it to everyone who is to verify.").format(path=public_path))
    return ExitCode.DONE


def public_half(private: Path) -> Path:
    """KEY.pub.pem for KEY.pem."""
    return private.with_name(private.stem + ".pub.pem")


def write_private(path: Path, data: bytes) -> None:
    """A new file that only its owner may read, never over an old one."""
    # Created with these rights, not narrowed afterwards: in between, others could have opened it.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def new_passphrase() -> bytes:
    """The passphrase for a new key: from the environment, else typed twice on a terminal."""
    given = os.environ.get(FROM_ENVIRONMENT)
    if given:
        return given.encode()
    if not sys.stdin.isatty():
        raise NoTerminalError(variable=FROM_ENVIRONMENT)
    typed: str = click.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=_("The same again"), err=True)
    return typed.encode()


def known_passphrase() -> bytes:
    """The passphrase of a locked key: from the environment, else typed once on a terminal."""
    given = os.environ.get(FROM_ENVIRONMENT)
    if given:
        return given.encode()
    if not sys.stdin.isatty():
        raise KeyLockedError(variable=FROM_ENVIRONMENT)
    typed: str = click.prompt(_("Passphrase of the key"), hide_input=True, err=True)
    return typed.encode()
