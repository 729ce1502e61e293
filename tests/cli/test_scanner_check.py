"""`scanner-sheet` and `scanner-check` as a person at the scanner sees them."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from tests.cli.terminal import run
from tests.reading.scanner.scans import BACK, GOOD


def written(folder: Path, name: str, data: bytes) -> Path:
    """A file of a scan."""
    (folder / name).write_bytes(data)
    return folder / name


def test_sheet_is_a_pdf_of_two_pages_and_the_same_every_time(tmp_path: Path) -> None:
    one, other = tmp_path / "1.pdf", tmp_path / "2.pdf"
    assert run("scanner-sheet", "--out", one).code == 0
    assert run("scanner-sheet", "--out", other).code == 0
    assert one.read_bytes() == other.read_bytes()
    document = pypdfium2.PdfDocument(one)
    assert len(document) == 2
    document.close()


def test_sheet_into_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    done = run("scanner-sheet", "--out", tmp_path / "no" / "a.pdf")
    assert done.code == 1
    assert len(done.err.strip().splitlines()) == 1


def test_good_settings_leave_with_zero(tmp_path: Path) -> None:
    done = run("scanner-check", written(tmp_path, "f.jpg", GOOD.file()), written(tmp_path, "b.jpg", BACK.file()))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Measured: resolution 200 dpi;")
    assert "✗" not in done.out


def test_front_alone_is_good_and_reminds_of_the_back(tmp_path: Path) -> None:
    front = written(tmp_path, "f.jpg", GOOD.file())
    alone = run("scanner-check", front)
    assert alone.code == 0
    assert "blank pages" in alone.out
    both = run("scanner-check", "--both-sides", front)
    assert both.code == 1
    assert "✗ The back of the sheet did not come out" in both.out


def test_each_fault_is_told_with_its_remedy_and_leaves_with_one(tmp_path: Path) -> None:
    bad = GOOD.but(weights=(1.0, 0.0, 0.0), dpi=110.0)
    done = run("scanner-check", written(tmp_path, "bad.jpg", bad.file()))
    assert done.code == 1
    lines = done.out.splitlines()
    assert sum(line.startswith("✗") for line in lines) == 2
    assert sum(line.startswith("  → ") for line in lines) == 2
    assert "red, red stamp" in done.out


@pytest.mark.parametrize(("name", "data"), [("a.txt", b"hello"), ("cut.jpg", GOOD.file()[:9000]), ("empty.png", b"")])
def test_file_that_is_no_scan_is_one_sentence_that_names_it(tmp_path: Path, name: str, data: bytes) -> None:
    done = run("scanner-check", written(tmp_path, name, data))
    assert done.code == 1
    assert len(done.err.strip().splitlines()) == 1
    assert name in done.err


def test_missing_file_and_missing_argument(tmp_path: Path) -> None:
    assert run("scanner-check", tmp_path / "none.jpg").code == 1
    assert run("scanner-check").code == 2
    assert run("scanner-check", "--ruler", "9", tmp_path / "none.jpg").code == 2


def test_ruler_and_askew_are_taken(tmp_path: Path) -> None:
    front = written(tmp_path, "f.jpg", GOOD.but(skew=0.0).file())
    done = run("scanner-check", "--ruler", "141", "--askew", front)
    assert done.code == 1
    assert "94" in done.out
    assert "straightened" in done.out
