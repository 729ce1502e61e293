"""Copies while the house is at work, and putting one back: whole, or everything is as it was."""

from __future__ import annotations

import datetime
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from daihoi.web.site import backup
from daihoi.web.site.errors import BackupBrokenError, BackupExistsError, BackupNotWrittenError, HouseRunsError

NOW = datetime.datetime(2026, 5, 19, 7, 30, tzinfo=datetime.UTC)


def house(path: Path, entries: int = 3) -> Path:
    """A database with a ledger, in WAL as the house keeps it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE audit_ledgerentry (seq INTEGER PRIMARY KEY, facts TEXT)")
        made.executemany("INSERT INTO audit_ledgerentry VALUES (?, ?)", [(n, "x" * 2000) for n in range(entries)])
        made.commit()
    return path


def entries_of(path: Path) -> int:
    return backup.look_at(path)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DAIHOI_DATA", str(tmp_path / "data"))
    return house(tmp_path / "data" / "daihoi.sqlite3")


def test_a_copy_is_whole_and_travels_alone(database: Path, tmp_path: Path) -> None:
    made = backup.back_up(database, tmp_path / "usb" / "copy.sqlite3")
    assert entries_of(made) == 3
    assert [one.name for one in made.parent.iterdir()] == ["copy.sqlite3"]


def test_what_lies_only_in_the_log_is_in_the_copy(database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database)) as writer:
        writer.execute("INSERT INTO audit_ledgerentry VALUES (100, 'in the log')")
        writer.commit()
        assert entries_of(backup.back_up(database, tmp_path / "copy.sqlite3")) == 4


def test_a_copy_is_made_while_somebody_writes_without_a_pause(tmp_path: Path) -> None:
    database = house(tmp_path / "data" / "daihoi.sqlite3", entries=5000)
    stop, written = threading.Event(), []

    def write() -> None:
        with closing(sqlite3.connect(database, timeout=20)) as writer:
            while not stop.is_set():
                number = 10_000 + len(written)
                writer.execute("INSERT INTO audit_ledgerentry VALUES (?, ?)", (number, "y" * 2000))
                writer.commit()
                written.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            before = len(written)
            made = backup.back_up(database, tmp_path / f"copy-{number}.sqlite3")
            assert 5000 + before <= entries_of(made) <= 5000 + len(written) + 1
    finally:
        stop.set()
        writer.join()
    assert entries_of(database) == 5000 + len(written)


def test_nothing_is_overwritten_and_no_house_is_made_by_copying_none(database: Path, tmp_path: Path) -> None:
    made = backup.back_up(database, tmp_path / "copy.sqlite3")
    with pytest.raises(BackupExistsError):
        backup.back_up(database, made)
    nowhere = tmp_path / "typo" / "daihoi.sqlite3"
    with pytest.raises(BackupBrokenError):
        backup.back_up(nowhere, tmp_path / "other.sqlite3")
    assert not nowhere.exists()
    assert not (tmp_path / "other.sqlite3").exists()


def test_a_part_that_an_earlier_copy_left_is_no_hindrance(database: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite3.part").write_bytes(b"half of something")
    assert entries_of(backup.back_up(database, tmp_path / "copy.sqlite3")) == 3


def test_a_broken_database_gives_no_copy_and_leaves_no_part(database: Path, tmp_path: Path) -> None:
    database.write_bytes(b"not a database at all, but long enough to be looked at" * 100)
    with pytest.raises(BackupBrokenError):
        backup.back_up(database, tmp_path / "out" / "copy.sqlite3")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_disk_that_is_full_is_said_and_leaves_no_part(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(backup, "_copy", full)
    with pytest.raises(BackupNotWrittenError) as refused:
        backup.back_up(database, tmp_path / "out" / "copy.sqlite3")
    assert "full" in str(refused.value.fields["reason"])
    assert list((tmp_path / "out").iterdir()) == []
    copy = house(tmp_path / "copy.sqlite3", entries=7)
    with pytest.raises(BackupNotWrittenError):
        backup.restore(copy, database, NOW)
    assert entries_of(database) == 3
    assert [one.name for one in database.parent.iterdir()] == [database.name]


def test_a_copy_is_put_back_and_the_former_one_is_kept(database: Path, tmp_path: Path) -> None:
    copy = backup.back_up(database, tmp_path / "copy.sqlite3")
    with closing(sqlite3.connect(database)) as writer:
        writer.execute("DELETE FROM audit_ledgerentry WHERE seq > 0")
        writer.commit()
    former = backup.restore(copy, database, NOW)
    assert former is not None
    assert (entries_of(database), entries_of(former)) == (3, 1)
    assert backup.restore(copy, tmp_path / "fresh" / "daihoi.sqlite3", NOW) is None


def test_a_copy_with_its_log_beside_it_is_put_back_with_what_is_in_the_log(database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database)) as writer:
        writer.execute("INSERT INTO audit_ledgerentry VALUES (100, 'in the log')")
        writer.commit()
        for one in list(database.parent.iterdir()):
            if not one.name.endswith("-shm"):
                (tmp_path / one.name.replace("daihoi", "byhand")).write_bytes(one.read_bytes())
    other = tmp_path / "other" / "daihoi.sqlite3"
    backup.restore(tmp_path / "byhand.sqlite3", other, NOW)
    assert entries_of(other) == 4


@pytest.mark.parametrize("broken", ["text", "cut", "flipped", "foreign", "empty", "missing"])
def test_what_is_no_whole_copy_is_not_put_back(broken: str, database: Path, tmp_path: Path) -> None:
    copy = backup.back_up(database, tmp_path / "copy.sqlite3")
    data = copy.read_bytes()
    if broken == "foreign":
        copy.unlink()
        with closing(sqlite3.connect(copy)) as made:
            made.execute("CREATE TABLE songs (name TEXT)")
            made.commit()
    elif broken == "missing":
        copy.unlink()
    else:
        spoiled = {"text": b"Dear all, here is the copy", "cut": data[: len(data) // 2], "empty": b"",
                   "flipped": data[:4096] + bytes(4096) + data[8192:]}  # fmt: skip
        copy.write_bytes(spoiled[broken])
    with pytest.raises(BackupBrokenError):
        backup.restore(copy, database, NOW)
    assert entries_of(database) == 3
    assert sorted(one.name for one in database.parent.iterdir()) == [database.name]


def test_a_broken_database_is_exactly_what_a_copy_is_put_back_for(database: Path, tmp_path: Path) -> None:
    copy = backup.back_up(database, tmp_path / "copy.sqlite3")
    spoiled = b"overwritten" * 1000
    database.write_bytes(spoiled)
    former = backup.restore(copy, database, NOW)
    assert former is not None
    assert (entries_of(database), former.read_bytes()) == (3, spoiled)


def test_nothing_is_put_under_the_feet_of_a_house_that_runs(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backup.back_up(database, tmp_path / "copy.sqlite3")
    told = database.parent / "serving.json"
    monkeypatch.setattr(backup, "is_running", lambda folder: (folder / told.name).is_file())
    told.write_text("{}")
    elsewhere = house(tmp_path / "elsewhere" / "house.sqlite3")
    for target in (database, elsewhere):
        with pytest.raises(HouseRunsError):
            backup.restore(copy, target, NOW)


def papers(data: Path) -> dict[str, bytes]:
    return {
        one.relative_to(data).as_posix(): one.read_bytes()
        for folder in ("contests", "counts", "portraits")
        for one in (data / folder).rglob("*")
        if one.is_file()
    }


@pytest.fixture
def counted(database: Path) -> Path:
    """The house has a contest with its secret and a count with scans."""
    for name, text in (("contests/a/1/election.form-secret", "0f" * 32), ("counts/b/count/ledger.jsonl", "{}\n"),
                       ("portraits/c/1.jpg", "face"),
                       ("counts/b/scans/Lá phiếu 1.jpg", "scan"), ("counts/b/count/.lock", "77")):  # fmt: skip
        path = database.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return database


def test_forms_secrets_and_counts_are_copied_and_put_back(counted: Path, tmp_path: Path) -> None:
    before = papers(counted.parent)
    copy = backup.back_up(counted, tmp_path / "copy.sqlite3")
    made = backup.back_up_papers(counted.parent, copy)
    assert made == tmp_path / "copy.papers.zip"
    (counted.parent / "contests/a/1/election.form-secret").write_text("another")
    (counted.parent / "counts/later").mkdir()
    (counted.parent / "portraits/c/1.jpg").unlink()

    backup.restore(copy, counted, NOW)

    before.pop("counts/b/count/.lock")
    assert papers(counted.parent) == before
    kept = sorted(one.name.partition("-before")[0] for one in counted.parent.iterdir() if "-before-" in one.name)
    assert kept == ["contests", "counts", "daihoi", "portraits"]


def test_house_without_papers_makes_no_file_of_them(database: Path, tmp_path: Path) -> None:
    copy = backup.back_up(database, tmp_path / "copy.sqlite3")
    assert backup.back_up_papers(database.parent, copy) is None


def test_papers_that_are_broken_put_nothing_back(counted: Path, tmp_path: Path) -> None:
    copy = backup.back_up(counted, tmp_path / "copy.sqlite3")
    made = backup.back_up_papers(counted.parent, copy)
    assert made is not None
    made.write_bytes(made.read_bytes()[:-40])
    before = papers(counted.parent)
    with pytest.raises(BackupBrokenError):
        backup.restore(copy, counted, NOW)
    assert papers(counted.parent) == before
    assert not any("-before-" in one.name for one in counted.parent.iterdir())


def test_papers_that_cannot_be_written_take_the_copy_along(
    counted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    copy = backup.back_up(counted, tmp_path / "out" / "copy.sqlite3")
    monkeypatch.setattr(backup, "_pack", full)
    with pytest.raises(BackupNotWrittenError):
        backup.back_up_papers(counted.parent, copy)
    assert list((tmp_path / "out").iterdir()) == []
