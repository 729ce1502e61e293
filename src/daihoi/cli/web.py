"""The house in the browser: `daihoi serve`, `backup`, `restore`, `handover`, `takeover`, `import`, `ledger verify`.

Only this file of the command line knows it.

Django is imported when a command runs, never when its help is asked for.
"""

from __future__ import annotations

import os
import socket
import sys
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import cast

import click
import segno

from daihoi.cli.boundary import ExitCode, NoTerminalError
from daihoi.cli.given import path_option
from daihoi.cli.packages import packages_command
from daihoi.words.language import _, language_of_environment

LOCAL, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104 -- asked for by --lan
PORT = 8000
HANDOVER_PASSPHRASE = "DAIHOI_HANDOVER_PASSPHRASE"  # noqa: S105 -- the name of the variable
MEGABYTE = 1_000_000
RELEASED = date(2026, 11, 1)
"""No clock that is right shows a day before: sign-ins, certificates and the ledger go by it."""


def _data_option() -> click.Option:
    return path_option(
        "--data", _("Folder of the database, its key and its certificates; without it DAIHOI_DATA, else daihoi-data."),
        "DIR",
    )  # fmt: skip


def serve_command() -> click.Command:
    """The command."""
    return click.Command(
        "serve",
        help=_(
            "Serve the house in the browser, on one port, until Ctrl-C. The first time it prints a one-time link that "
            "makes the first administrator. With --lan the hall reaches it by https."
        ),
        params=[
            _data_option(),
            click.Option(
                ["--port"],
                type=click.IntRange(1, 65535),
                default=PORT,
                show_default=True,
                metavar="N",
                help=_("The port."),
            ),
            click.Option(
                ["--lan"],
                is_flag=True,
                help=_("Answer the whole LAN, by https alone, with a certificate of the house's own authority."),
            ),
        ],
        callback=serve_house,
    )


def _at(data: Path | None, **more: str) -> None:
    """Set what Django's settings read from the environment."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "daihoi.web.site.settings"
    if data is not None:
        os.environ["DAIHOI_DATA"] = str(data)
    os.environ.update(more)


def serve_house(data: Path | None, port: int, lan: bool) -> int:
    """Open the house and answer until stopped."""
    from daihoi.web.site.certificates import certificates, own_addresses  # noqa: PLC0415
    from daihoi.web.site.environment import data_folder, given  # noqa: PLC0415
    from daihoi.web.site.errors import PortTakenError  # noqa: PLC0415
    from daihoi.web.site.serving import open_house, serve  # noqa: PLC0415

    address, names = (EVERYWHERE, own_addresses()) if lan else (LOCAL, [LOCAL])
    if _is_taken(port):
        raise PortTakenError(port=port, address=LOCAL)
    hosts = ",".join([*names, *filter(None, [os.environ.get("DAIHOI_HOSTS", "")])])
    _at(data, DAIHOI_TLS="1" if lan else "0", DAIHOI_HOSTS=hosts)
    opened = open_house()
    _warn_of_clock(datetime.now(UTC).date())
    root = f"{'https' if lan else 'http'}://{_shown(names[0])}:{port}"
    tls = None
    if lan:
        # A pattern of names (*, .example) is for a proxy in front, and no name that a browser asks for.
        called = [name for name in cast("list[str]", given("DAIHOI_HOSTS")) if name[0] not in "*."]
        made = certificates(data_folder() / "tls", called, datetime.now(UTC))
        tls = (made.certificate, made.key)
        _tell_certificate(made.authority, made.fingerprint)
    click.echo(_("The house is open: {address}  (Ctrl-C ends it)").format(address=root + "/"))
    if opened.link:
        click.echo(_("Make the first administrator, once, within 12 hours: {link}").format(link=root + opened.link))
    serve(address, port, data=opened.data, tls=tls)
    return ExitCode.DONE


def _warn_of_clock(today: date) -> None:
    if today < RELEASED:
        words = _(
            "WARNING: the clock of this machine says {day}, before this program was made. Set it before you begin."
        )
        click.echo(words.format(day=today.isoformat()), err=True)


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_taken(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as asked:
        asked.settimeout(1)
        return asked.connect_ex((LOCAL, port)) == 0


def _tell_certificate(authority: Path, fingerprint: str) -> None:
    click.echo(_("Install this authority once on each device of the hall: {file}").format(file=authority))
    click.echo(_("Compare its fingerprint by eye (SHA-256):"))
    click.echo(fingerprint)
    segno.make(fingerprint, error="m").terminal(compact=True)


def backup_command() -> click.Command:
    """The command."""
    return click.Command(
        "backup",
        help=_("Copy the database while the house is open; the copy is looked at before it counts as made."),
        params=[_data_option(), path_option("--out", _("The copy to write; without it into backups/."), "FILE")],
        callback=back_up_house,
    )


def back_up_house(data: Path | None, out: Path | None) -> int:
    """Make a copy and say where it lies."""
    _at(data)
    from daihoi.web.site import backup  # noqa: PLC0415
    from daihoi.web.site.environment import data_folder  # noqa: PLC0415

    database = backup.database_file()
    moment = datetime.now(UTC).astimezone()
    target = out or database.parent / "backups" / f"daihoi-{moment:%Y%m%d-%H%M%S}.sqlite3"
    made = backup.back_up(database, target)
    papers = backup.back_up_papers(data_folder(), made)
    entries = backup.look_at(made)
    click.echo(_("Copied to {file}: whole, {entries} entries in its ledger.").format(file=made, entries=entries))
    if papers is not None:
        click.echo(_("Ballot forms, secrets and counts lie beside it; keep both together: {file}").format(file=papers))
    return ExitCode.DONE


def restore_command() -> click.Command:
    """The command."""
    return click.Command(
        "restore",
        help=_("Put a copy in the place of the database, after looking at it; the former one is kept beside it."),
        params=[
            click.Argument(["backup"], type=click.Path(path_type=Path), metavar="FILE"),
            _data_option(),
        ],
        callback=restore_house,
    )


def restore_house(backup: Path, data: Path | None) -> int:
    """Check a copy, put it in place, and say where the former database went."""
    _at(data)
    from daihoi.web.site import backup as copies  # noqa: PLC0415

    papers = copies.papers_of(backup)
    former = copies.restore(backup, copies.database_file(), datetime.now(UTC).astimezone())
    click.echo(_("Put back from {file}.").format(file=backup))
    if former is not None:
        click.echo(_("The former database is kept: {file}").format(file=former))
    if not papers.is_file():
        click.echo(_("There is no {file}: forms and counts in the data folder stay as they are.").format(file=papers))
    return ExitCode.DONE


def handover_command() -> click.Command:
    """The command."""
    return click.Command(
        "handover",
        help=_(
            "Write a package of the whole house for a second laptop, locked by the passphrase that was set in the "
            "browser. The house may be open; it writes packages by itself too, once a folder is chosen there."
        ),
        params=[
            path_option("--data", _("Folder of the house; without it DAIHOI_DATA, else daihoi-data."), "DIR"),
            path_option("--out", _("Folder of the stick; without it the one that was chosen in the browser."), "DIR"),
        ],
        callback=hand_over,
    )


def hand_over(data: Path | None, out: Path | None) -> int:
    """Write it and say where it lies."""
    _at(data)
    from daihoi.web.site.serving import prepare  # noqa: PLC0415

    prepare(must_stand=True)
    from daihoi.web.hall.services import handing_over  # noqa: PLC0415

    made = handing_over.write(by="daihoi handover", folder=str(out) if out else "")
    words = _("Written: {file}, {megabytes:.1f} MB, {files} files, {seconds:.1f} s.")
    click.echo(words.format(file=made.file, megabytes=made.size / MEGABYTE, files=made.files, seconds=made.seconds))
    return ExitCode.DONE


def takeover_command() -> click.Command:
    """The command."""
    return click.Command(
        "takeover",
        help=_(
            "Go on with a house on a second laptop: check a package, open it with the board's passphrase, and put it "
            "into an empty folder; all of it or nothing."
        ),
        params=[
            click.Argument(["package"], type=click.Path(path_type=Path), metavar="FILE"),
            path_option("--data", _("Folder for the house; empty, or not there yet."), "DIR", required=True),
        ],
        callback=take_over,
    )


def take_over(package: Path, data: Path) -> int:
    """Ask for the passphrase, put the house there, and say how it is opened."""
    from daihoi.web.hall.errors import HandoverOnlySqliteError  # noqa: PLC0415
    from daihoi.web.hall.handover import taking_over  # noqa: PLC0415

    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        raise HandoverOnlySqliteError
    os.environ.pop("DATABASE_URL", None)
    done = taking_over.take_over(package.resolve(), _board_passphrase(), data.resolve(), partial(_note, package.name))
    words = _(
        "The house as of {made:%H:%M:%S %d/%m/%Y}: {entries} entries in its ledger, {files} files, {seconds:.1f} s."
    )
    click.echo(words.format(made=done.made, entries=done.entries, files=done.files, seconds=done.seconds))
    click.echo(_("Leave the first laptop switched off. Open the house here: {command}").format(
        command=f'daihoi serve --lan --data "{data.resolve()}"'
    ))  # fmt: skip
    return ExitCode.DONE


def _note(package: str, folder: Path) -> None:
    """Bring the database to this version, and write into its ledger that another machine goes on."""
    _at(folder)
    from daihoi.web.site.serving import prepare  # noqa: PLC0415

    prepare(must_stand=True)
    from daihoi.web.hall.services import handing_over  # noqa: PLC0415

    handing_over.note_taken_over(package=package, by="daihoi takeover")


def _board_passphrase() -> str:
    """Of one or two people; from the environment both parts in two lines."""
    from daihoi.web.hall.handover.locks import words_of  # noqa: PLC0415

    given = os.environ.get(HANDOVER_PASSPHRASE)
    if given:
        first, _line, second = given.partition("\n")
        return words_of(first, second)
    if not sys.stdin.isatty():
        raise NoTerminalError(variable=HANDOVER_PASSPHRASE)
    first = click.prompt(_("Passphrase"), hide_input=True, err=True)
    second = click.prompt(_("Part of the second person (empty: there is none)"), hide_input=True, default="",
                          show_default=False, err=True)  # fmt: skip
    return words_of(first, second)


def ledger_command() -> click.Group:
    """The group of what is done with the ledger of the house."""
    verify = click.Command(
        "verify",
        help=_("Follow the ledger of the house from its first entry to its last, and say what was altered."),
        params=[_data_option()],
        callback=verify_ledger,
    )
    return click.Group("ledger", commands=[verify], help=_("The ledger of the house in the browser."))


def verify_ledger(data: Path | None) -> int:
    """Exit code 1 where anything was altered."""
    _at(data)
    from daihoi.web.site.serving import prepare  # noqa: PLC0415

    prepare(must_stand=True)
    from daihoi.web.audit.queries import verify  # noqa: PLC0415

    verified = verify()
    for finding in verified.findings:
        click.echo(
            _("Entry {seq} is not as it was written ({code}): found {found}, expected {expected}").format(
                seq=finding.seq, code=finding.code, found=finding.found, expected=finding.expected
            )
        )
    if verified.findings:
        return ExitCode.STOPPED
    words = _("The ledger is whole: {entries} entries. Its last hash, which stands for all of it: {head}")
    click.echo(words.format(entries=verified.entries, head=verified.head))
    return ExitCode.DONE


def import_command() -> click.Group:
    """The group of lists that are taken in as a whole."""
    words = {
        "organisations": _("Take in the tree of organisations from an XLSX or CSV file, all of it or nothing."),
        "members": _("Take in people from an XLSX or CSV file, all of them or none."),
    }
    commands = [
        click.Command(
            what,
            help=told,
            params=[click.Argument(["file"], type=click.Path(path_type=Path), metavar="FILE"), _data_option()],
            callback=partial(import_list, what),
        )
        for what, told in words.items()
    ]
    commands.append(packages_command(import_packages, _data_option()))
    words_of_group = _("Take whole lists into the house, and sealed packages that congresses send.")
    return click.Group("import", commands=commands, help=words_of_group)


def import_packages(
    files: tuple[Path, ...], digests: tuple[str, ...], organisation: str, reason: str, take: bool, data: Path | None
) -> int:
    """Tell each package; exit code 1 where one of them is not ready."""
    _at(data)
    from daihoi.web.site.serving import open_house  # noqa: PLC0415

    open_house()
    from daihoi.web.site.receiving import Asked, receive  # noqa: PLC0415

    told = receive(files, Asked(digests, organisation, reason, take, language_of_environment()))
    for line in told.lines:
        click.echo(line)
    for said in told.wrong:
        click.echo(said, err=True)
    if take:
        click.echo(_("Taken in: {number}.").format(number=told.taken))
    else:
        click.echo(_("Nothing was taken in; --yes takes in what is ready."))
    return ExitCode.STOPPED if told.wrong else ExitCode.DONE


def import_list(what: str, file: Path, data: Path | None) -> int:
    """Load a list and print how fast; every fault is a sentence, and one fault leaves all of it out."""
    _at(data)
    from daihoi.web.site.serving import open_house  # noqa: PLC0415

    open_house()
    from daihoi.web.site.loading import load_file  # noqa: PLC0415

    began = perf_counter()

    def tell(rows: int) -> None:
        each = rows / max(perf_counter() - began, 0.001)
        click.echo(_("{rows:,} rows, {each:,.0f} rows/s").format(rows=rows, each=each), err=True)

    counts = load_file(what, file, tell, language_of_environment())
    seconds = perf_counter() - began
    words = _(
        "{new:,} new, {changed:,} changed, {unchanged:,} as they were, {warning:,} to be looked at; "
        "{seconds:.1f} s, {each:,.0f} rows/s"
    )
    told = {str(act): number for act, number in counts.items()}
    rows = sum(told.get(act, 0) for act in ("new", "changed", "unchanged"))
    held = {act: told.get(act, 0) for act in ("new", "changed", "unchanged", "warning")}
    click.echo(words.format(**held, seconds=seconds, each=rows / max(seconds, 0.001)))
    return ExitCode.DONE
