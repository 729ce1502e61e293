"""`daihoi sheet learn` and `daihoi count --sheet`: a ballot made in Word, from its blank page to the sealed package."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.cli.terminal import Done, run
from tests.learning.drawn import KEPT, Sheet
from tests.learning.people import NAMES
from tests.reading.hand import Scan

STRIKES = ((1, 4), (4, 6), (4,))
"""Who is struck on each ballot, from 0."""
HEAD = """\
[congress]
title = "Đại hội Chi bộ thôn Bản Lầu"
organisation = "Chi bộ thôn Bản Lầu"
superior = "Đảng bộ xã Nà Lương"
place = "Nà Lương"
opens = 2025-05-10
closes = 2025-05-10
form = "members"

[roll]
summoned = 3
present = 3

[[contests]]
id = "chi-uy"
office = "committee"
title = "Bầu Chi ủy"
seats = 8
"""


def election(folder: Path, people: list[str]) -> Path:
    listed = "".join(f'\n[[contests.candidates]]\nid = "c{k:02d}"\nname = "{n}"\n' for k, n in enumerate(people, 1))
    path = folder / "election.toml"
    path.write_text(f"{HEAD}{listed}\n[contests.ballots]\nissued = 3\ncollected = 3\n", encoding="utf-8")
    return path


def scans(folder: Path) -> Path:
    folder.mkdir()
    for number, struck in enumerate(STRIKES, 1):
        sheet = Sheet("strike")
        for place in struck:
            sheet.strike(NAMES["strike"][place])
        image = sheet.scan(Scan(skew=number - 2, turn=2 * (number % 2), jpeg=80))
        cv2.imwrite(str(folder / f"{number}.jpg"), image)
    return folder


def learn(folder: Path, *more: str | Path, blank: Path = KEPT / "strike.pdf") -> Done:
    return run("sheet", "learn", blank, "--out", folder / "phieu.json", *more)


def count(folder: Path, out: str = "count", sheet: str = "phieu.json") -> Done:
    return run(
        "count",
        folder / "election.toml",
        "--contest",
        "chi-uy",
        "--scans",
        folder / "scans",
        "--out",
        folder / out,
        "--sheet",
        folder / sheet,
        "--workers",
        "1",
    )


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learned ballot, counted."""
    folder = tmp_path_factory.mktemp("word")
    election(folder, NAMES["strike"])
    scans(folder / "scans")
    (folder / "names.txt").write_text("\n".join(NAMES["strike"]), encoding="utf-8")
    learned = learn(folder, "--names", folder / "names.txt")
    assert learned.code == 0, learned
    assert "9" in learned.out
    done = count(folder)
    assert done.code == 0, done
    return folder


@pytest.fixture
def word(held: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    shutil.copytree(held, tmp_path / "word")
    return tmp_path / "word"


def test_learning_writes_sheet_page_and_picture(held: Path) -> None:
    for name in ("phieu.json", "phieu.page-1.png", "phieu.found.png"):
        assert (held / name).stat().st_size > 1000


def test_count_reads_what_the_pens_did(held: Path) -> None:
    lines = (held / "count" / "ballots.jsonl").read_text(encoding="utf-8").splitlines()
    for line, struck in zip(lines, STRIKES, strict=True):
        marks = json.loads(line)["marks"]
        assert [int(c[1:]) - 1 for c, mark in marks.items() if mark == "struck"] == list(struck)


def test_record_names_the_sheet_its_page_and_that_it_was_learned(held: Path) -> None:
    record = json.loads((held / "count" / "record.json").read_text(encoding="utf-8"))
    assert {"sheet.json", "sheet.page-1.png"} <= record["files"].keys()
    assert record["settings"]["learned_sheet"] is True


def test_counting_again_changes_no_byte(word: Path) -> None:
    before = {path.name: path.read_bytes() for path in (word / "count").glob("*.json*")}
    assert count(word).code == 0
    assert {path.name: path.read_bytes() for path in (word / "count").glob("*.json*")} == before


def test_minutes_say_that_there_was_no_form_check_and_the_package_is_sound(word: Path) -> None:
    assert run("minutes", word / "count").code == 0
    assert run("keys", "new", "--out", word / "k.pem").code == 0
    assert run("seal", word / "count", "--key", word / "k.pem", "--out", word / "p.zip").code == 0
    assert run("verify", word / "p.zip").code == 0


def test_learned_count_does_not_go_on_as_another_form(word: Path) -> None:
    sheet = json.loads((word / "phieu.json").read_text(encoding="utf-8"))
    sheet["pages"][0]["targets"][0]["row_mm"][2] -= 1
    (word / "phieu.json").write_text(json.dumps(sheet), encoding="utf-8")
    assert count(word).code == 1


def test_kept_page_that_is_gone_from_a_count_is_told(word: Path) -> None:
    (word / "count" / "sheet.page-1.png").unlink()
    done = run("minutes", word / "count")
    assert done.code == 1
    assert "sheet.page-1.png" in done.err


def test_another_number_of_candidates_is_told_with_both_numbers(word: Path) -> None:
    election(word, [*NAMES["strike"][:-1], "Bế Thị Nhâm", "Hà Văn Tám"])
    done = count(word, "other")
    assert done.code == 1
    assert "9" in done.err
    assert "10" in done.err


def test_ballot_of_other_names_is_refused_and_not_counted(word: Path) -> None:
    shutil.rmtree(word / "scans")
    (word / "scans").mkdir()
    cv2.imwrite(str(word / "scans" / "1.png"), Sheet("lines").scan(Scan()))
    assert count(word, "other").code != 0
    refused = (word / "other" / "refused.jsonl").read_text(encoding="utf-8")
    assert json.loads(refused)["reason"] in {"not_this_sheet", "other_names"}


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format":"daihoi-learned-sheet/1"}', "\x00"])
def test_spoiled_sheet_is_one_sentence(word: Path, text: str) -> None:
    (word / "phieu.json").write_text(text, encoding="utf-8")
    done = count(word, "other")
    assert done.code == 1
    assert done.err.strip().count("\n") == 0
    assert "phieu.json" in done.err


def test_missing_kept_page_is_one_sentence(word: Path) -> None:
    (word / "phieu.page-1.png").unlink()
    done = count(word, "other")
    assert done.code == 1
    assert "phieu.page-1.png" in done.err


def test_names_of_another_number_are_told_and_the_picture_shows_why(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("Lò A Ý\n", encoding="utf-8")
    done = learn(tmp_path, "--names", tmp_path / "names.txt")
    assert done.code == 1
    assert "phieu.found.png" in done.err
    assert (tmp_path / "phieu.found.png").is_file()
    assert not (tmp_path / "phieu.json").exists()


def test_photograph_of_nothing_is_one_sentence(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "x.png"), np.full((900, 700), 130, np.uint8))
    done = learn(tmp_path, blank=tmp_path / "x.png")
    assert done.code == 1
    assert done.err.strip().count("\n") == 0


def test_blank_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    assert learn(tmp_path, blank=tmp_path / "none.pdf").code == 1
