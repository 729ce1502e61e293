"""Which files are scans, in which order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from daihoi.counts import scan_order
from daihoi.counts.errors import NoScans
from daihoi.counts.scan_order import list_scans, natural_key
from tests.counts.stand_in import write_scans


@pytest.mark.parametrize(
    "ordered",
    [
        ["scan1.jpg", "scan2.jpg", "scan10.jpg", "scan100.jpg"],
        ["Scan2.jpg", "scan3.jpg", "SCAN4.jpg"],
        ["a2/1.jpg", "a10/1.jpg", "b1/1.jpg"],
        ["1/9.jpg", "1/10.jpg", "2/1.jpg"],
        ["2025-06-09 trang 2.png", "2025-06-10 trang 1.png"],
        ["1.jpg", "01.jpg", "a.jpg"],
        ["tờ 1-1.jpg", "tờ 1-2.jpg", "tờ 2-1.jpg"],
        ["a/1.jpg", "a b/1.jpg"],
    ],
)
def test_natural_order(ordered: list[str]) -> None:
    assert sorted(ordered, key=lambda name: natural_key(name)[0]) == ordered


def test_list_scans_looks_into_folders_and_tells_hidden_pictures(tmp_path: Path) -> None:
    names = ["b/2.JPG", "b/10.tiff", "a/x.pdf", "Thumbs.db", "b/desktop.ini", ".DS_Store", "~lock.jpg", ".git/x.png"]

    listing = list_scans(write_scans(tmp_path, dict.fromkeys(names, b"")))

    assert listing.scans == ("a/x.pdf", "b/2.JPG", "b/10.tiff")
    # They may be ballots that somebody renamed: told, though not counted.
    assert listing.ignored == (".git/x.png", "~lock.jpg")


def test_list_scans_tells_texts_and_tables_and_takes_every_other_file(tmp_path: Path) -> None:
    names = ["truth.json", "review.csv", "note.TXT", "e.toml", "letter.docx", "no suffix", "1.bmp"]

    listing = list_scans(write_scans(tmp_path, dict.fromkeys(names, b"")))

    assert listing.scans == ("1.bmp", "letter.docx", "no suffix")
    assert listing.ignored == ("e.toml", "note.TXT", "review.csv", "truth.json")


def test_list_scans_of_a_file_or_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    for path in (tmp_path / "file", tmp_path / "none"):
        with pytest.raises(NoScans):
            list_scans(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
def test_pipes_devices_and_dead_links_are_told_and_never_opened(tmp_path: Path) -> None:
    write_scans(tmp_path, {"1.jpg": b"x"})
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "zero.jpg").symlink_to("/dev/zero")
    (tmp_path / "dead.jpg").symlink_to(tmp_path / "nothing")
    (tmp_path / "good.jpg").symlink_to(tmp_path / "1.jpg")
    (tmp_path / "round").symlink_to(tmp_path)

    listing = list_scans(tmp_path)

    assert listing.scans == ("1.jpg", "good.jpg")
    assert listing.ignored == ("dead.jpg", "pipe.jpg", "round", "zero.jpg")


def test_file_larger_than_any_pile_is_told_and_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_order, "MAX_FILE_BYTES", 5)
    listing = list_scans(write_scans(tmp_path, {"small.pdf": b"12345", "large.pdf": b"123456"}))
    assert (listing.scans, listing.ignored) == (("small.pdf",), ("large.pdf",))
