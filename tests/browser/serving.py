"""`daihoi serve` as people start it: a process of its own, a database of its own, to be stopped and started."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.web.conftest import a_free_port
from tests.web.congresses.test_killed import environment, killed

PATIENCE = 120.0
LINK = re.compile(r"http://\S+/join/\S+/")


@dataclass
class House:
    """Where it answers and keeps its data; `url` is its PostgreSQL, empty for SQLite in the folder."""

    folder: Path
    port: int
    url: str = ""
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {**environment(self.folder), **({"DATABASE_URL": self.url} if self.url else {})}

    def open(self) -> None:
        """Start it unless it is open, and wait until it answers."""
        if self.process is not None:
            return
        program = [sys.executable, "-c", "from daihoi.cli.main import run; run()"]
        given = ["serve", "--data", str(self.folder), "--port", str(self.port)]
        with (self.folder / "said.txt").open("ab") as said:
            self.process = subprocess.Popen(
                [*program, *given], env=self.environment, stdout=said, stderr=said, start_new_session=True
            )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"the house did not open: {self.said}")
            time.sleep(0.1)

    def close(self) -> None:
        """As the power ends it: all at once and without a word."""
        if self.process is not None:
            killed(self.process)
            self.process = None

    @property
    def said(self) -> str:
        """What it printed in the terminal."""
        return (self.folder / "said.txt").read_text(encoding="utf-8")

    @property
    def first_link(self) -> str:
        """The one-time link that makes the first administrator."""
        found = LINK.search(self.said)
        assert found is not None, self.said
        return found.group()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/health/", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False


@dataclass(frozen=True)
class Migrated:
    """An empty database of this version to be copied: a file of SQLite, or the URL of a server and a database there."""

    file: Path | None
    server: str = ""
    name: str = ""

    @contextlib.contextmanager
    def copied(self, folder: Path) -> Iterator[str]:
        """A house's own copy of it; the URL of a PostgreSQL, or nothing where it lies in the folder."""
        if self.file is not None:
            shutil.copyfile(self.file, folder / "daihoi.sqlite3")
            yield ""
            return
        with a_database(self.server, f" TEMPLATE {self.name}") as url:
            yield url


@contextlib.contextmanager
def migrated(folder: Path) -> Iterator[Migrated]:
    """Made once a run, since migrating takes seconds of a core: a copy of the database of the tests, where they use
    one, else by the command of the house.
    """
    server = os.environ.get("DATABASE_URL", "")
    if server.startswith(("postgres:", "postgresql:")):
        with a_database(server) as url:
            _prepare({**environment(folder), "DATABASE_URL": url})
            yield Migrated(None, server, url.rpartition("/")[2])
        return
    from django.db import connection

    made = folder / "daihoi.sqlite3"
    # Where no test of this run needs the database of the tests, it was not made.
    if not connection.introspection.table_names():
        _prepare(environment(folder))
    else:
        with contextlib.closing(sqlite3.connect(made)) as copy:
            connection.connection.backup(copy)
            [[people]] = copy.execute("SELECT count(*) FROM accounts_user")
            assert not people, "a test left its people in the database of the tests"
    yield Migrated(made)


def _prepare(environment: dict[str, str]) -> None:
    command = [sys.executable, "-c", "from daihoi.web.site.serving import prepare; prepare()"]
    subprocess.run(command, env=environment, check=True, timeout=300)


@contextlib.contextmanager
def a_database(server: str, more: str = "") -> Iterator[str]:
    """The URL of a new database of a PostgreSQL, gone afterwards."""
    import psycopg

    name = f"day_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as asked:
        asked.execute(f"CREATE DATABASE {name}{more}")  # type: ignore[call-overload]
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as asked:
            asked.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


@contextlib.contextmanager
def a_house(folder: Path, empty: Migrated) -> Iterator[House]:
    """A house of its own in this folder, not open yet; closed in the end."""
    folder.mkdir(parents=True, exist_ok=True)
    with empty.copied(folder) as url:
        house = House(folder, a_free_port(), url)
        try:
            yield house
        finally:
            house.close()


def asked(house: House, question: str) -> list[tuple[Any, ...]]:
    """Rows of the house's database, read past all of its own code."""
    if house.url:
        import psycopg

        with psycopg.connect(house.url) as server:
            return [tuple(row) for row in server.execute(question)]  # type: ignore[call-overload]
    with contextlib.closing(sqlite3.connect(house.folder / "daihoi.sqlite3")) as database:
        return [tuple(row) for row in database.execute(question)]
