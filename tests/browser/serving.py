"""`daihoi serve` as people start it: a process of its own, a database of its own, to be stopped and started."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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


@contextlib.contextmanager
def a_database() -> Iterator[str]:
    """The URL of a new PostgreSQL database where the tests run on one, else nothing: SQLite in the folder."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith(("postgres:", "postgresql:")):
        yield ""
        return
    import psycopg

    name = f"day_{secrets.token_hex(6)}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    try:
        yield f"{given.rpartition('/')[0]}/{name}"
    finally:
        with psycopg.connect(given, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


def asked(house: House, question: str) -> list[tuple[Any, ...]]:
    """Rows of the house's database, read past all of its own code."""
    if house.url:
        import psycopg

        with psycopg.connect(house.url) as server:
            return [tuple(row) for row in server.execute(question)]  # type: ignore[call-overload]
    import sqlite3

    with contextlib.closing(sqlite3.connect(house.folder / "daihoi.sqlite3")) as database:
        return [tuple(row) for row in database.execute(question)]
