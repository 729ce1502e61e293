"""Scans are copied, named, and known again."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from daihoi.counts.journal import Journal
from daihoi.counts.scan_order import list_scans
from daihoi.counts.taking import Copies, images_in, written_name
from daihoi.ledger import chain
from tests.counts.stand_in import write_scans


def _take(folder: Path, pages: dict[str, bytes]) -> Journal:
    journal = Journal(folder / "ledger.jsonl")
    scans = write_scans(folder / "scans", pages)
    copies = Copies(folder, journal.entries)
    for name in list_scans(scans).scans:
        copy = copies.copy(scans / name, written_name(name), (scans / name).read_bytes())
        if copy is not None:
            journal.append("image.taken", copy.facts)
    journal.sync()
    return journal


def test_take_copies_byte_for_byte_and_records_name_place_digest_and_length(tmp_path: Path) -> None:
    journal = _take(tmp_path, {"a/Quét.JPEG": b"12345"})

    (entry,) = journal.entries
    assert entry.facts == {
        "file": "a/Quét.JPEG",
        "stored": "images/00001.jpeg",
        "sha256": hashlib.sha256(b"12345").hexdigest(),
        "bytes": 5,
        "pages": 0,
    }
    assert (tmp_path / "images" / "00001.jpeg").read_bytes() == b"12345"


@pytest.mark.parametrize(("name", "stored"), [("x.TIF", "00001.tif"), ("x.docx", "00001.bin"), ("x", "00001.bin")])
def test_take_stores_under_a_plain_name(tmp_path: Path, name: str, stored: str) -> None:
    _take(tmp_path, {name: b"1"})

    assert [path.name for path in (tmp_path / "images").iterdir()] == [stored]


def test_take_again_takes_only_what_is_new(tmp_path: Path) -> None:
    _take(tmp_path, {"1.jpg": b"1", "2.jpg": b"2"})

    journal = _take(tmp_path, {"0.jpg": b"0"})

    assert [(image.number, image.file) for image in images_in(journal.entries)] == [
        (1, "1.jpg"),
        (2, "2.jpg"),
        (3, "0.jpg"),
    ]


def test_take_numbers_the_versions_of_a_file_that_changes(tmp_path: Path) -> None:
    for data in (b"1", b"2", b"3", b"2", b"1"):
        journal = _take(tmp_path, {"1.jpg": data})

    assert [image.file for image in images_in(journal.entries)] == ["1.jpg", "1.jpg~2", "1.jpg~3"]


def test_copy_left_by_a_killed_count_goes_when_nobody_recorded_it(tmp_path: Path) -> None:
    journal = _take(tmp_path, {"1.jpg": b"1"})
    for name in ("00002.jpg", "00003.pdf"):
        (tmp_path / "images" / name).write_bytes(b"left")
    (tmp_path / "images" / "note.txt").write_bytes(b"not ours")

    Copies(tmp_path, journal.entries).clear_unrecorded(journal.entries)

    assert sorted(path.name for path in (tmp_path / "images").iterdir()) == ["00001.jpg", "note.txt"]


def test_ledger_is_sound_after_taking(tmp_path: Path) -> None:
    journal = _take(tmp_path, {f"{number}.jpg": b"%d" % number for number in range(60)})

    on_disk = chain.parse((tmp_path / "ledger.jsonl").read_bytes()).entries
    assert on_disk == journal.entries
    assert chain.check(on_disk) == ()
    assert len(on_disk) == 60


@pytest.mark.parametrize(("name", "written"), [("Quét", "Quét"), ("Que\u0301t", "Quét"), ("\udce9", "\ufffd")])
def test_written_name_is_text_that_can_be_written_down(name: str, written: str) -> None:
    assert written_name(name) == written


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="these systems have no names that are not text")
def test_take_copies_a_file_whose_name_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path / "scans") + b"/\xe9.jpg")).write_bytes(b"1")

    journal = _take(tmp_path, {})

    assert [image.file for image in images_in(journal.entries)] == ["\ufffd.jpg"]
