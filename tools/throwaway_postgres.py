#!/usr/bin/env python3
"""Run a command on a PostgreSQL of its own, which is made for it in a temporary folder and gone after it.

    python tools/throwaway_postgres.py COMMAND [ARGUMENT ...]

The command finds `DATABASE_URL` in its environment. Exit code: the command's; 69 where there is no PostgreSQL to be
found. Standard library only, as `house.py`, which uses it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

NO_POSTGRES = 69
OWNER = "postgres"
# Nothing that is thrown away needs to outlive the power.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


class NoPostgresError(Exception):
    """There is no PostgreSQL on this machine, or it does not start; the reason is its text."""


def programs() -> Path:
    """The folder of initdb and pg_ctl: from PATH, else the newest where Debian and its like put it."""
    known = [Path(found).resolve().parent for name in ("pg_ctl", "initdb") if (found := shutil.which(name))]
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    for folder in (*known, *debian):
        if all(shutil.which(name, path=str(folder)) for name in ("initdb", "pg_ctl", "postgres")):
            return folder
    raise NoPostgresError("no initdb and pg_ctl in PATH or /usr/lib/postgresql")


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdecimal() else 0


def _is_root() -> bool:
    return os.name == "posix" and os.geteuid() == 0


def _run(*command: str | Path) -> None:
    """A program of PostgreSQL, which refuses to be run by root. Raises NoPostgresError with what it said."""
    given = [str(part) for part in command]
    if _is_root():
        given = ["runuser", "-u", OWNER, "--", *given]
    try:
        done = subprocess.run(given, capture_output=True, text=True, check=False, cwd=tempfile.gettempdir())
    except OSError as error:
        raise NoPostgresError(str(error)) from None
    if done.returncode:
        said = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        raise NoPostgresError(f"{given[0]}: {said[-1] if said else done.returncode}")


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextlib.contextmanager
def cluster(locale: str = "C.UTF-8") -> Iterator[str]:
    """The DATABASE_URL of a PostgreSQL that stands as long as the block; stopped and removed whatever happens in it.

    Reached by a socket in a folder that only its owner enters; on Windows by a port of 127.0.0.1.
    """
    found = programs()
    root = Path(tempfile.mkdtemp(prefix="daihoi-pg-"))
    started = False
    try:
        if _is_root():
            shutil.chown(root, OWNER)
        data, port = root / "data", _free_port()
        _run(found / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", f"--locale={locale}", "-N")
        where = f"-c listen_addresses='' -c unix_socket_directories='{root}'"
        address = str(root).replace("/", "%2F")
        if os.name == "nt":
            where, address = "-c listen_addresses=127.0.0.1", "127.0.0.1"
        options = " ".join([where, f"-p {port}", *(f"-c {one}" for one in SETTINGS)])
        started = True
        _run(found / "pg_ctl", "start", "-D", data, "-w", "-t", "60", "-l", root / "log", "-o", options)
        yield f"postgres://{OWNER}@{address}:{port}/postgres"
    finally:
        if started:
            with contextlib.suppress(NoPostgresError):
                _run(found / "pg_ctl", "stop", "-D", root / "data", "-m", "immediate", "-w")
        _remove(root)


def _remove(root: Path) -> None:
    # A server that stops lets go of its files a moment later.
    for _try in range(20):
        shutil.rmtree(root, ignore_errors=True)
        if not root.exists():
            return
        time.sleep(0.1)


def run(command: Sequence[str], folder: Path | None = None) -> int:
    """The exit code of a command, run in a folder, that was given a PostgreSQL of its own. Raises NoPostgresError."""
    with _stopped_in_order(), cluster() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, cwd=folder, check=False).returncode


@contextlib.contextmanager
def _stopped_in_order() -> Iterator[None]:
    """A polite end, as of a CI that ran out of time, cleans up like Ctrl-C."""

    def stop(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    former = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)


def main() -> None:
    """Run what was given."""
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    try:
        raise SystemExit(run(sys.argv[1:]))
    except NoPostgresError as error:
        print(f"No PostgreSQL here: {error}.", file=sys.stderr)
        raise SystemExit(NO_POSTGRES) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
