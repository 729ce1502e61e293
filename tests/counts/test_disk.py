"""Files are whole or as they were before."""

from __future__ import annotations

from pathlib import Path

import pytest

from daihoi.counts import disk
from daihoi.counts.disk import write_whole, writing
from daihoi.counts.errors import DiskFull, WriteFailed


def test_write_whole_says_whether_anything_changed(tmp_path: Path) -> None:
    path = tmp_path / "result.json"

    assert write_whole(path, b"one")
    assert not write_whole(path, b"one")
    assert write_whole(path, b"two")
    assert path.read_bytes() == b"two"


def test_write_whole_does_not_touch_what_stands_already(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    write_whole(path, b"one")
    before = path.stat().st_mtime_ns

    write_whole(path, b"one")

    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize("number", [28, 122])
def test_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "result.json"
    write_whole(path, b"old")

    def full(handle: int) -> None:
        raise OSError(number, "No space left on device")

    monkeypatch.setattr(disk.os, "fsync", full)
    with pytest.raises(DiskFull) as refusal:
        write_whole(path, b"new")

    assert refusal.value.fields == {"path": str(path), "problem": "No space left on device"}
    assert [entry.name for entry in tmp_path.iterdir()] == ["result.json"]
    assert path.read_bytes() == b"old"


def test_file_that_may_not_be_replaced_is_told_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.mkdir()

    with pytest.raises(WriteFailed) as refusal:
        write_whole(path, b"new")

    assert type(refusal.value) is WriteFailed
    assert refusal.value.fields["path"] == str(path)


def test_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WriteFailed):
        write_whole(tmp_path / "none" / "result.json", b"new")


def test_writing_lets_other_errors_pass(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(tmp_path):
        raise ZeroDivisionError


@pytest.mark.parametrize("number", [22, 95])
def test_disk_that_cannot_sync_folders_is_good_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def never(handle: int) -> None:
        raise OSError(number, "not for folders")

    monkeypatch.setattr(disk.os, "fsync", never)

    disk.sync_folder(tmp_path)


def test_folder_that_cannot_be_synced_for_another_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(disk.os, "fsync", broken)

    with pytest.raises(WriteFailed) as refusal:
        disk.sync_folder(tmp_path)

    assert refusal.value.fields["problem"] == "Input/output error"
