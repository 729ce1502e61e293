"""`daihoi compare`: what it says, with which code it leaves, and pictures from real scans."""

from __future__ import annotations

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from daihoi.cli.compare import lines_of
from daihoi.counts.comparing.compare import compare
from daihoi.words.language import speak
from tests.cli.hall import Hall
from tests.cli.terminal import run
from tests.counts.comparing_passes import count_of, page


def rescanned(hall: Hall, name: str, *, leave_out: str = "", torn: str = "") -> Path:
    """The same papers from another scanner: another encoding; one page may be left out, one torn."""
    scans = hall.folder / f"scans-{name}"
    scans.mkdir()
    for path in sorted(hall.scans.glob("*.jpg")):
        if path.name == leave_out:
            continue
        image = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        assert image is not None
        if path.name == torn:
            image = torn_off(image)
        cv2.imwrite(str(scans / path.name), image, [cv2.IMWRITE_JPEG_QUALITY, 88])
    out = hall.folder / name
    run("count", hall.election, "--contest", "bch", "--scans", scans, "--out", out)
    return out


def torn_off(
    image: np.ndarray[tuple[int, ...], np.dtype[np.integer]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.integer]]:
    """The page cut off below its middle: it cannot be read."""
    half = image.copy()
    half[half.shape[0] // 2 :] = 255
    return half


def test_two_scans_of_the_same_papers_agree(hall: Hall) -> None:
    done = run("compare", hall.count, rescanned(hall, "B"))
    assert done.code == 0
    assert "They agree in everything." in done.out
    assert "Papers: 6, alike in every one: 6." in done.out


def test_what_differs_is_told_and_leaves_with_three(hall: Hall) -> None:
    names = sorted(path.name for path in hall.scans.glob("*.jpg"))
    # The fifth has no equal in the pile: which of two equal papers is missing nobody could say.
    other = rescanned(hall, "B", leave_out=names[4], torn=names[0])
    out = hall.folder / "so-sanh"
    done = run("compare", hall.count, other, "--out", out)
    assert done.code == 3
    assert "Ballots read in one and not in another: 1." in done.out
    assert "Ballots that are missing in one: 1." in done.out
    assert names[4] in done.out
    assert str(out / "differences.csv") in done.out
    pictures = sorted(path.name for path in (out / "crops").iterdir())
    assert pictures == ["00001-A.jpg", "00001-B.jpg", "00002-A.jpg"]
    shown = cv2.imread(str(out / "crops" / "00001-A.jpg"), cv2.IMREAD_GRAYSCALE)
    assert shown is not None
    assert shown.shape[0] == 1100


def keyed(hall: Hall, *changes: tuple[str, str]) -> Path:
    """The marks that the count read, as somebody would key them, with texts exchanged."""
    lines = (hall.count / "ballots.jsonl").read_text(encoding="utf-8").splitlines()
    rows = ["stt,c01,c02,c03"]
    for number, line in enumerate(lines, 1):
        marks = ["x" if f'"{one}":"struck"' in line else "" for one in ("c01", "c02", "c03")]
        rows.append(",".join([str(number), *marks]))
    text = "\n".join(rows) + "\n"
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = hall.folder / "tay.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_keyed_count_agrees(hall: Hall) -> None:
    assert run("compare", hall.count, keyed(hall)).code == 0


def test_a_slip_of_the_keyer_is_shown_with_the_row_of_the_scan(hall: Hall) -> None:
    path = keyed(hall)
    first = path.read_text(encoding="utf-8").splitlines()[1]
    slipped = "1,x,," if first != "1,x,," else "1,,x,"
    out = hall.folder / "so-sanh"
    done = run("compare", keyed(hall, (first, slipped)), hall.count, "--out", out)
    assert done.code == 3
    pictures = sorted((out / "crops").iterdir())
    assert [path.name[-6:] for path in pictures] == ["-B.png"] * len(pictures)
    row = cv2.imread(str(pictures[0]), cv2.IMREAD_GRAYSCALE)
    assert row is not None
    # A row of the list: far wider than high, mostly paper, and print or ink on it.
    assert row.shape[1] > 5 * row.shape[0]
    assert np.median(row) > 150
    assert (row < 100).mean() > 0.005


def test_totals_that_differ_are_told_by_how_much(hall: Hall, tmp_path: Path) -> None:
    totals = tmp_path / "tong.csv"
    totals.write_text("candidate,votes\nc01,600\nc02,0\nc03,0\n", encoding="utf-8")
    done = run("compare", hall.count, totals)
    assert done.code == 3
    assert "Differs: Nông Văn An: A " in done.out
    assert "B 600 (+" in done.out
    assert "By these votes the outcome would differ" in done.out


@pytest.mark.parametrize("count", [1, 4])
def test_two_or_three_are_wanted(hall: Hall, count: int) -> None:
    done = run("compare", *([hall.count] * count))
    assert done.code == 2
    assert "two or three" in done.err


def test_the_same_count_twice_is_no_second_reading(hall: Hall) -> None:
    done = run("compare", hall.count, hall.count)
    assert done.code == 0
    assert "no second reading" in done.out


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("tay.csv", "c01,c02\nx,\n", "c03"),
        ("tay.csv", "c01,c02,c03\nx,,?!\n", "row 2"),
        ("tay.csv", "candidate,votes\nc01,many\n", "many"),
        ("none.csv", None, "none.csv"),
    ],
)
def test_bad_input_is_one_sentence(hall: Hall, name: str, text: str | None, said: str) -> None:
    path = hall.folder / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    done = run("compare", hall.count, path)
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert done.err.count("\n") == 1


def test_a_folder_that_is_not_ours_is_refused_before_any_work(hall: Hall) -> None:
    done = run("compare", hall.count, hall.count, "--out", hall.scans)
    assert (done.code, done.out) == (1, "")
    assert "no comparison wrote" in done.err


def test_a_scan_that_was_changed_is_refused(hall: Hall) -> None:
    names = sorted(path.name for path in hall.scans.glob("*.jpg"))
    other = rescanned(hall, "B", leave_out=names[0])
    shutil.copy(hall.count / "images" / "00002.jpg", hall.count / "images" / "00001.jpg")
    done = run("compare", hall.count, other, "--out", hall.folder / "out")
    assert done.code == 1
    assert "00001.jpg" in done.err


def test_many_differences_are_told_in_part(hall: Hall) -> None:
    path = keyed(hall)
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([rows[0], *(f"{n},?,?,?" for n in range(1, 13))]) + "\n", encoding="utf-8")
    done = run("compare", hall.count, path)
    assert done.code == 3
    assert "and 4 more" in done.out
    assert "--out DIR" in done.out


def test_names_of_scans_cannot_turn_a_line_about(tmp_path: Path) -> None:
    speak("en")
    first = count_of(tmp_path, {"a/\u202egpj.1.jpg": page("c01")})
    second = count_of(tmp_path, {"1.jpg": page("c02")}, name="B")
    lines = list(lines_of(compare([first, second])))
    assert any(r"(a/\u202egpj.1.jpg, sheet 1)" in line for line in lines)
    assert all(line.isprintable() for line in lines)
