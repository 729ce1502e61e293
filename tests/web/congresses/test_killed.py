"""The power goes while stations scan: no scan that was answered is lost, and sending all again doubles none."""

from __future__ import annotations

import json
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from bench.check_in import Station, served

from daihoi.web.site.environment import SETTINGS

DELEGATES, AFTER = 60, 12
PREPARE = (
    "import json, sys, pathlib; from bench.check_in import prepared; "
    "print(json.dumps(prepared(pathlib.Path(sys.argv[1]), int(sys.argv[2]))))"
)


@pytest.fixture
def url() -> Iterator[str]:
    """A database of this house alone: beside that of the tests where they run on PostgreSQL, else the folder's own."""
    tests_on = os.environ.get("DATABASE_URL", "")
    if not tests_on.startswith("postgres"):
        yield ""
        return
    name = f"killed_{secrets.token_hex(4)}"
    with closing(psycopg.connect(tests_on, autocommit=True)) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"{tests_on.rpartition('/')[0]}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def environment(folder: Path, url: str = "") -> dict[str, str]:
    """Of a house that is not the one of the tests."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    root = str(Path(__file__).parents[3])
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
    return {
        **kept,
        "DAIHOI_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "daihoi.web.site.settings",
        "PYTHONPATH": paths,
        **({"DATABASE_URL": url} if url else {}),
    }


def killed(process: subprocess.Popen[bytes]) -> None:
    """The server and its workers, all at once and without a word."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait(20)


def test_killing_the_server_loses_no_answered_scan(tmp_path: Path, free_port: int, url: str) -> None:
    held = environment(tmp_path, url)
    command = [sys.executable, "-c", PREPARE, str(tmp_path), str(DELEGATES)]
    made = subprocess.run(command, env=held, capture_output=True, check=True, timeout=300)
    address, codes = json.loads(made.stdout)
    sent = {code: secrets.token_hex(16) for code in codes}
    answered: list[str] = []
    process = served(tmp_path, free_port, held)
    stations = [Station(free_port, number) for number in (1, 2, 3)]
    for one in stations:
        one.sign_in()

    def scan_all(station: Station, mine: list[str]) -> None:
        try:
            token = station.token(address)
            for code in mine:
                if station.scan(address, token, code, sent[code])[0] == 200:
                    answered.append(sent[code])
        except (OSError, ValueError, IndexError):
            return  # the server is gone: what was not answered waits in the browser

    threads = [threading.Thread(target=scan_all, args=(one, codes[at::3])) for at, one in enumerate(stations)]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 120
    while len(answered) < AFTER and time.monotonic() < until:
        time.sleep(0.01)
    killed(process)
    for thread in threads:
        thread.join(60)
    for one in stations:
        one.connection.close()
    assert AFTER <= len(answered) < DELEGATES

    process = served(tmp_path, free_port, held)
    try:
        kept = passages(tmp_path, url)
        assert set(answered) <= set(kept)
        again = Station(free_port, 9)
        again.sign_in()
        token = again.token(address)
        for code in codes:
            assert again.scan(address, token, code, sent[code])[0] == 200
        again.connection.close()
        assert sorted(passages(tmp_path, url)) == sorted(sent.values())
    finally:
        killed(process)


def passages(folder: Path, url: str = "") -> list[str]:
    """The numbers of all scans that the database holds."""
    asked = "SELECT nonce FROM congresses_passage"
    if url:
        with closing(psycopg.connect(url)) as server:
            return [row[0] for row in server.execute(asked).fetchall()]
    with closing(sqlite3.connect(folder / "daihoi.sqlite3")) as database:
        return [row[0] for row in database.execute(asked)]
