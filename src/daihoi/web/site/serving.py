"""Start the house: bring its database to this version, make the first link, and answer on one port."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daihoi.web.site.errors import DatabaseError, NoHouseError

RUNNING = "serving.json"
FIRST = "serve"
"""As the ledger names who invited the first administrator: the command, on the machine itself."""


@dataclass(frozen=True)
class Opened:
    """What a house that was made ready is reached by; `link` is the path of the first administrator's link, if any."""

    data: Path
    link: str = ""


def prepare(*, must_stand: bool = False) -> Path:
    """Bring the database up to this version; gives the data folder.

    The settings of the environment must stand before. Raises SettingError, DatabaseError where the database cannot be
    reached or written, and NoHouseError where it `must_stand` and there is none to be looked at.
    """
    import django  # noqa: PLC0415 -- settings come from the environment, which the command line sets first

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daihoi.web.site.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import Error, connection  # noqa: PLC0415

    if must_stand and connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).is_file():
        raise NoHouseError(file=str(connection.settings_dict["NAME"]))
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except Error as error:
        # What a database says of itself goes on for lines; the first one is the reason.
        raise DatabaseError(reason=(str(error).strip() or type(error).__name__).splitlines()[0]) from error
    return Path(settings.DATA)


def open_house() -> Opened:
    """Prepare the house; where nobody has an account yet, make the first one-time link. Raises what `prepare` does."""
    return Opened(prepare(), first_link())


def first_link() -> str:
    """The path of a one-time link that makes the first administrator; empty once there is an account.

    A link of an earlier start stands in some terminal or its log: only the newest one opens the house.
    """
    from django.urls import reverse  # noqa: PLC0415

    from daihoi.web.accounts import queries, services  # noqa: PLC0415
    from daihoi.web.accounts.choices import Role  # noqa: PLC0415

    if not queries.nobody_yet():
        return ""
    services.void_invitations(by=FIRST)
    token = services.invite(role=Role.ADMINISTRATOR, by=FIRST, lasts=services.FIRST_INVITATION_LASTS)
    return str(reverse("join", args=[token]))


def serve(
    address: str, port: int, *, data: Path, tls: tuple[Path, Path] | None = None, threads: int = 4, workers: int = 1
) -> None:
    """Answer until stopped. One process is enough for SQLite, whose writers take turns anyway."""
    from granian import Granian  # noqa: PLC0415 -- only who serves pays for it
    from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    from daihoi.web.counting.keeping import kept_reader  # noqa: PLC0415
    from daihoi.web.hall.handover.keeping import kept_packages  # noqa: PLC0415

    secured: dict[str, Any] = {"ssl_cert": tls[0], "ssl_key": tls[1]} if tls else {}
    server = Granian(
        "daihoi.web.site.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        backlog=1024,
        http=HTTPModes.auto,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        **secured,
    )
    told = data / RUNNING
    told.write_text(json.dumps({"pid": os.getpid(), "port": port, "tls": bool(tls)}), encoding="ascii")
    try:
        with kept_reader(), kept_packages():
            server.serve()
    finally:
        told.unlink(missing_ok=True)


def is_running(data: Path) -> bool:
    """Whether a house answers for this data folder now."""
    try:
        told = json.loads((data / RUNNING).read_text(encoding="ascii"))
        scheme = "https" if told["tls"] else "http"
        address = f"{scheme}://127.0.0.1:{int(told['port'])}/health/"
    except (OSError, ValueError, KeyError):
        return False
    return _answers(address)


def _answers(address: str) -> bool:
    import ssl  # noqa: PLC0415

    # Only whether somebody listens is asked; nothing is sent and nothing believed.
    blind = ssl._create_unverified_context()  # noqa: S323
    try:
        with urllib.request.urlopen(address, timeout=3, context=blind):  # noqa: S310 -- our own address
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
