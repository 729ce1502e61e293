"""A package and the second laptop: all of it or nothing, whatever is wrong with the stick or the passphrase."""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import sys
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from daihoi.counts.journal import LEDGER_NAME
from daihoi.web.hall.errors import (
    HandoverError,
    PackageBrokenError,
    PackageForeignError,
    PackageNotWrittenError,
    PassphraseShortError,
    PassphraseWrongError,
    TakeoverNotWrittenError,
    TakeoverThereError,
)
from daihoi.web.hall.handover import gathering, locks, packages, streams, taking_over
from daihoi.words.errors import sentence_of

NOW = datetime(2026, 6, 17, 9, 30, tzinfo=UTC)
WORDS = locks.words_of("bốn con trâu trắng", "qua sông lúc bình minh")
CHEAP = 2**4
"""scrypt for tests alone: what is tried here is not how long a guess takes."""


def house(data: Path, *, images: int = 3, entries: int = 5) -> Path:
    """A data folder with a database in WAL, a contest with its secret, and a count with its scans."""
    data.mkdir(parents=True)
    database = data / gathering.DATABASE
    with closing(sqlite3.connect(database)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE audit_ledgerentry (seq INTEGER PRIMARY KEY, facts TEXT)")
        made.executemany("INSERT INTO audit_ledgerentry VALUES (?, ?)", [(n, "x" * 900) for n in range(entries)])
        made.commit()
    (data / "secret-key").write_text("k" * 48)
    (data / "serving.json").write_text("{}")
    form, count, scans = data / "contests/abc/1", data / "counts/xyz/count", data / "counts/xyz/scans"
    for folder in (form, count / "images", scans, data / "backups"):
        folder.mkdir(parents=True)
    (form / "election.form-secret").write_text("0f" * 32)
    (data / "backups" / "old.sqlite3").write_bytes(b"old")
    (count / "election.toml").write_text("title = 'Bầu'", encoding="utf-8")
    (count / LEDGER_NAME).write_text('{"seq": 0}\n')
    (count / ".lock").write_text("1234")
    noise = random.Random(7)
    for number in range(images):
        data_of_scan = noise.randbytes(90_000)
        (scans / f"{number}.jpg").write_bytes(data_of_scan)
        (count / "images" / f"{number:05d}.jpg").write_bytes(data_of_scan)
    return database


def tree(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.fixture
def lock() -> locks.Lock:
    return locks.lock_of(WORDS, cost=CHEAP)


@pytest.fixture
def package(tmp_path: Path, lock: locks.Lock) -> Path:
    (tmp_path / "usb").mkdir()
    database = house(tmp_path / "first")
    return packages.write_package(tmp_path / "first", database, tmp_path / "usb", lock, NOW).path


def test_second_laptop_has_every_file_and_row(package: Path, tmp_path: Path) -> None:
    done = taking_over.take_over(package, WORDS, tmp_path / "second")
    left_out = {"serving.json", "backups/old.sqlite3", "counts/xyz/count/.lock", gathering.DATABASE}
    first = {name: data for name, data in tree(tmp_path / "first").items() if name.partition("-")[0] not in left_out}
    second = tree(tmp_path / "second")
    second.pop(gathering.DATABASE)
    assert second == first
    assert (done.entries, done.made) == (5, NOW)
    assert [one.name for one in package.parent.iterdir()] == [package.name]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["first", "second", "usb"]


def test_scan_that_is_kept_twice_travels_once(package: Path) -> None:
    assert package.stat().st_size < 3 * 90_000 + 60_000


def test_nothing_of_the_house_can_be_read_in_a_package(package: Path) -> None:
    data = package.read_bytes()
    for word in (b"0f0f0f0f", b"kkkkkkkk", "Bầu".encode(), b"audit_ledgerentry"):
        assert word not in data


def test_passphrase_is_the_same_from_any_keyboard() -> None:
    composed, decomposed = "bốn con trâu", "bô\u0301n  con tra\u0302u "
    assert locks.words_of(composed) == locks.words_of(decomposed)
    assert locks.words_of("ab", "cd") != locks.words_of("abcd")


def test_short_passphrase_is_refused() -> None:
    with pytest.raises(PassphraseShortError):
        locks.lock_of("mười một ch")


@pytest.mark.parametrize("words", ["bốn con trâu trắng", "", "qua sông lúc bình minh\nbốn con trâu trắng"])
def test_wrong_passphrase_is_said_and_changes_nothing(words: str, package: Path, tmp_path: Path) -> None:
    with pytest.raises(PassphraseWrongError) as refused:
        taking_over.take_over(package, words, tmp_path / "second")
    assert package.name in sentence_of(refused.value.code, refused.value.fields)
    assert not (tmp_path / "second").exists()


@pytest.mark.parametrize("left", [0, 10, 60, 400, 0.25, 0.5, 0.999])
def test_half_a_file_is_no_package(left: float, package: Path, tmp_path: Path) -> None:
    data = package.read_bytes()
    package.write_bytes(data[: left if isinstance(left, int) else int(len(data) * left)])
    with pytest.raises((PackageBrokenError, PackageForeignError)):
        taking_over.take_over(package, WORDS, tmp_path / "second")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["first", "usb"]


def test_package_that_ends_at_the_end_of_a_chunk_is_noticed(
    tmp_path: Path, lock: locks.Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "CHUNK", 4096)
    (tmp_path / "usb").mkdir()
    database = house(tmp_path / "first")
    path = packages.write_package(tmp_path / "first", database, tmp_path / "usb", lock, NOW).path
    data = path.read_bytes()
    start = data.index(b"\n", data.index(b"\n") + 1) + 1
    path.write_bytes(data[: start + 20 * (4096 + 16)])
    with pytest.raises(PackageBrokenError):
        taking_over.take_over(path, WORDS, tmp_path / "second")


@pytest.mark.parametrize("at", [0.001, 0.3, 0.7, 0.9999])
def test_altered_byte_is_noticed(at: float, package: Path, tmp_path: Path) -> None:
    data = bytearray(package.read_bytes())
    data[int(len(data) * at)] ^= 1
    package.write_bytes(data)
    with pytest.raises(HandoverError):
        taking_over.take_over(package, WORDS, tmp_path / "second")
    assert not (tmp_path / "second").exists()


def test_package_of_somebody_who_only_knows_the_public_half_does_not_open(tmp_path: Path, lock: locks.Lock) -> None:
    (tmp_path / "usb").mkdir()
    forged = locks.Lock(lock.salt, lock.public, os.urandom(32), lock.cost)
    path = packages.write_package(tmp_path / "f", house(tmp_path / "f"), tmp_path / "usb", forged, NOW).path
    with pytest.raises(PackageBrokenError):
        taking_over.take_over(path, WORDS, tmp_path / "second")


def test_nothing_is_put_over_a_house(package: Path, tmp_path: Path) -> None:
    before = tree(tmp_path / "first")
    with pytest.raises(TakeoverThereError):
        taking_over.take_over(package, WORDS, tmp_path / "first")
    assert tree(tmp_path / "first") == before


def test_empty_folder_is_taken(package: Path, tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    assert taking_over.take_over(package, WORDS, tmp_path / "second").entries == 5


def _full(*_args: object, **_named: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_full_stick_leaves_the_package_before_it(
    package: Path, tmp_path: Path, lock: locks.Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = package.read_bytes()
    monkeypatch.setattr(streams.Sealing, "_put", _full)
    later = NOW + timedelta(minutes=5)
    with pytest.raises(PackageNotWrittenError) as refused:
        packages.write_package(tmp_path / "first", tmp_path / "first" / gathering.DATABASE, package.parent, lock, later)
    assert "No space left" in sentence_of(refused.value.code, refused.value.fields)
    assert [one.name for one in package.parent.iterdir()] == [package.name]
    assert package.read_bytes() == before
    assert not any(one.name.startswith(".handover") for one in (tmp_path / "first").iterdir())


def test_full_disk_of_the_second_laptop_leaves_nothing_half(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "_write", _full)
    with pytest.raises(TakeoverNotWrittenError):
        taking_over.take_over(package, WORDS, tmp_path / "second")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["first", "usb"]


def test_name_that_leads_out_of_the_folder_is_refused() -> None:
    for name in ("../x", "/etc/x", "a/../../x", "C:\\x", "C:x", "a\\..\\x", ""):
        with pytest.raises(ValueError, match=r".*"):
            gathering.safe(name)
    assert gathering.safe("counts/a/Lá phiếu 1.jpg").name == "Lá phiếu 1.jpg"


def test_files_are_never_older_than_the_rows_that_speak_of_them(
    tmp_path: Path, lock: locks.Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody writes a file, then its row, without a pause: no package holds a row without its file."""
    database = house(tmp_path / "first")
    (tmp_path / "usb").mkdir()
    stop = threading.Event()

    def write() -> None:
        number = 100
        with closing(sqlite3.connect(database, timeout=20)) as writer:
            while not stop.is_set():
                (tmp_path / "first/counts/xyz/scans" / f"n{number}").write_bytes(b"scan")
                writer.execute("INSERT INTO audit_ledgerentry VALUES (?, ?)", (number, "scan"))
                writer.commit()
                number += 1
                time.sleep(0.001)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for turn in range(3):
            at = NOW + timedelta(minutes=turn)
            made = packages.write_package(tmp_path / "first", database, tmp_path / "usb", lock, at)
            second = tmp_path / f"second{turn}"
            taking_over.take_over(made.path, WORDS, second)
            with closing(sqlite3.connect(second / gathering.DATABASE)) as held:
                rows = {row[0] for row in held.execute("SELECT seq FROM audit_ledgerentry WHERE seq >= 100")}
            assert all((second / "counts/xyz/scans" / f"n{number}").is_file() for number in rows)
    finally:
        stop.set()
        writer.join()


def test_ledger_of_a_count_fits_its_election_file_while_both_change(tmp_path: Path) -> None:
    house(tmp_path / "first")
    count = tmp_path / "first/counts/xyz/count"
    stop = threading.Event()

    def change() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            (count / "e.part").write_text(str(number))
            (count / "e.part").replace(count / "election.toml")
            (count / "l.part").write_text(str(number))
            (count / "l.part").replace(count / LEDGER_NAME)
            time.sleep(0.005)

    change_thread = threading.Thread(target=change)
    change_thread.start()
    try:
        for _turn in range(30):
            held = {one.name: one.data for one in gathering.of_folder(count, "c") if one.path is None}
            election, ledger = held["c/election.toml"], held[f"c/{LEDGER_NAME}"]
            if election.isdigit() and ledger.isdigit():
                assert int(election) - int(ledger) in {0, 1}
    finally:
        stop.set()
        change_thread.join()


def _take(package: str, target: str) -> None:
    taking_over.take_over(Path(package), WORDS, Path(target))


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is asked of POSIX")
def test_killed_while_taking_over_leaves_nothing_and_the_next_try_goes_through(
    tmp_path: Path, lock: locks.Lock
) -> None:
    (tmp_path / "usb").mkdir()
    database = house(tmp_path / "first", images=60)
    # All but what runs, what is held and what was saved; SQLite's own files beside the database come and go.
    whole = len(tree(tmp_path / "first")) - 3
    package = packages.write_package(tmp_path / "first", database, tmp_path / "usb", lock, NOW).path
    spawn = multiprocessing.get_context("fork")
    target = tmp_path / "second"
    killed = 0
    chance = random.Random(3)
    for _turn in range(12):
        process = spawn.Process(target=_take, args=(str(package), str(target)))
        process.start()
        time.sleep(chance.uniform(0, 0.06))
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        if target.exists():
            assert len(tree(target)) == whole
            shutil.rmtree(target)
        else:
            killed += 1
    assert killed
    assert taking_over.take_over(package, WORDS, target).entries == 5
    assert sorted(one.name for one in tmp_path.iterdir()) == ["first", "second", "usb"]
