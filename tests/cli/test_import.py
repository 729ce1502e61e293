"""`daihoi import`: whole lists by command, all of it or nothing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import web_data
from daihoi.interchange import spreadsheet


def run(*command: str | Path, data: Path) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own: Django is set up once in each."""
    named = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    return subprocess.run(
        [sys.executable, "-m", "daihoi.cli", "import", *map(str, command), "--data", str(data)],
        env=named | {"DAIHOI_LANGUAGE": "en", "LANG": "en_US.UTF-8", "PYTHONUTF8": "1"},
        capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip


def counted(data: Path, table: str) -> int:
    with sqlite3.connect(data / "daihoi.sqlite3") as asked:
        return int(asked.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with 200 organisations, and files to take in."""
    folder = tmp_path_factory.mktemp("house")
    tree = list(web_data.organisations(200))
    people = list(web_data.people([str(row[0]) for row in tree[1:]], 300))
    web_data.csv(web_data.ORGANISATION_HEADS, [*reversed(tree)], folder / "tree.csv")
    web_data.csv(web_data.PEOPLE_HEADS, people, folder / "people.csv")
    bad = [people[0], (*people[1][:2], "NO-SUCH", *people[1][3:])]
    web_data.csv(web_data.PEOPLE_HEADS, bad, folder / "bad.csv")
    (folder / "wrong.csv").write_bytes(spreadsheet.dump(("A", "B"), [("1", "2")]))
    return folder


def test_lists_come_in_and_say_how_fast(house: Path) -> None:
    data = house / "data"
    bad = run("organisations", house / "people.csv", data=data)
    assert (bad.returncode, counted(data, "organisations_organisation")) == (1, 0)

    done = run("organisations", house / "tree.csv", data=data)
    assert done.returncode == 0, done.stderr
    assert "200 new, 0 changed, 0 as they were" in done.stdout
    assert "rows/s" in done.stdout

    bad = run("members", house / "bad.csv", data=data)
    assert bad.returncode == 1
    assert "Row 3, column C (Code of the organisation): No organisation of yours has the code “NO-SUCH”." in bad.stderr
    assert "Nothing was written" in bad.stderr
    assert "Traceback" not in bad.stderr
    assert counted(data, "members_person") == 0

    done = run("members", house / "people.csv", data=data)
    assert "300 new" in done.stdout, done.stderr
    assert counted(data, "members_person") == 300
    again = run("members", house / "people.csv", data=data)
    assert "0 new, 0 changed, 300 as they were" in again.stdout

    wrong = run("members", house / "wrong.csv", data=data)
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "No column of the file is headed: Full name, Code of the organisation." in wrong.stderr
    missing = run("members", house / "none.csv", data=data)
    assert missing.returncode == 1
    assert "none.csv" in missing.stderr
    with sqlite3.connect(data / "daihoi.sqlite3") as asked:
        rows = asked.execute("SELECT kind FROM audit_ledgerentry WHERE kind = 'list.imported'").fetchall()
    assert len(rows) == 3
