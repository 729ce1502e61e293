"""The measurement of accuracy: it counts what is wrong, goes on where it stopped, and finds nothing wrong here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

import accuracy_pieces
import accuracy_report
from accuracy_cases import (
    FIRST,
    SECOND,
    TOGETHER,
    Answer,
    Case,
    answers_of,
    as_read,
    labelled,
    person,
    printed,
    through_file,
)
from accuracy_pieces import PIECE, Tally, compare, done_in, judged, key_of, pieces_of, tally_of
from accuracy_report import BEGIN, END, markdown, summary, tables
from daihoi.reading.both import BothReaders
from daihoi.reading.terms import GrayImage, ReadPage, Refusal, RefusalReason
from daihoi.rules.terms import Mark
from daihoi.simulation.sheets import draw_sheet

SEED, BALLOTS, POSITIONS = 20_000, 50, 20_000
CASES = [Case(form, 100, scanner, SEED, flat=False) for scanner in ("office", "worn") for form in ("strike", "agree")]
SMALL = Case("strike", 12, "office", 3, flat=False)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label(1))
def test_no_position_of_twenty_thousand_is_read_wrong(case: Case) -> None:
    tally = Tally()
    for number in range(1, BALLOTS + 1):
        tally.add(compare(case, number, keep_crops=False))
    assert tally.wrong == []
    assert summary(tally).positions == POSITIONS // len(CASES)
    assert summary(tally).clean > 0.97 * POSITIONS // len(CASES)


def contrary(readers: BothReaders, image: GrayImage) -> dict[str, Answer]:
    """The opposite of every clear mark."""
    answer = readers.read(image)
    other = {Mark.KEPT: Mark.STRUCK, Mark.STRUCK: Mark.KEPT}
    assert isinstance(answer, ReadPage)
    return {TOGETHER: replace(answer, marks=tuple(replace(m, mark=other.get(m.mark, m.mark)) for m in answer.marks))}


def refusing(_readers: BothReaders, _image: GrayImage) -> dict[str, Answer]:
    return {TOGETHER: Refusal(RefusalReason.CORNERS_NOT_FOUND, "0", "4")}


def test_contrary_reader_is_wrong_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy_pieces, "answers_of", contrary)
    tally = compare(SMALL, 1, keep_crops=False)
    sums = summary(tally)
    assert sums.wrong == len(tally.wrong) == sums.clean - sums.doubtful > 8
    assert not sums.met


def test_wrong_position_says_what_was_drawn_and_leaves_a_crop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(accuracy_pieces, "answers_of", contrary)
    monkeypatch.setattr(accuracy_pieces, "OUT", tmp_path)
    label = compare(SMALL, 1).wrong[0]
    assert label.startswith("office-strike12-s3-b1-c0")
    assert label.endswith(("-kept-read-struck.png", "-struck-read-kept.png"))
    crop = cv2.imread(str(tmp_path / "wrong" / label), cv2.IMREAD_GRAYSCALE)
    assert crop is not None
    assert crop.shape[1] > 300


def test_refused_page_counts_each_of_its_positions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy_pieces, "answers_of", refusing)
    tally = compare(SMALL, 1)
    assert tally.rows["office", "strike", "page", "refused corners_not_found"] == 1
    assert sum(n for row, n in tally.rows.items() if row[3] == "refused" and row[2] in accuracy_report.KINDS) == 12
    assert summary(tally).office_refused == 1
    assert not summary(tally).met


def test_readers_are_counted_together_and_alone() -> None:
    tally = compare(SMALL, 2)
    for who in (TOGETHER, FIRST, SECOND):
        assert sum(n for row, n in tally.rows.items() if row[2] == f"= {who}") == 12


def test_both_readers_together_say_what_a_count_takes() -> None:
    _, readers, job = printed(SMALL)
    image = as_read(SMALL, 5, 0, draw_sheet(job, 5).pages[0])
    assert not isinstance(image, Refusal)
    said = answers_of(readers, image)
    assert said[TOGETHER] == readers.read(image)
    assert said[FIRST] == readers.first.read(image)
    blank = np.full_like(image, 255)
    assert all(isinstance(answer, Refusal) for answer in answers_of(readers, blank).values())


def test_positions_by_condition_add_up_to_all() -> None:
    tally = compare(SMALL, 2)
    for condition in {row[2] for row in tally.rows if row[2].startswith("~")}:
        assert sum(n for row, n in tally.rows.items() if row[2] == condition) == 12


@pytest.mark.parametrize(
    ("mark", "doubt", "outcome"),
    [
        (Mark.STRUCK, False, "right"),
        (Mark.KEPT, False, "wrong"),
        (None, False, "wrong"),
        (Mark.DOUBTFUL, False, "doubtful"),
        (Mark.STRUCK, True, "as meant"),
        (Mark.KEPT, True, "otherwise"),
        (Mark.DOUBTFUL, True, "doubted"),
    ],
)
def test_position_is_judged_by_what_a_person_sees(mark: Mark | None, doubt: bool, outcome: str) -> None:
    sheet = draw_sheet(printed(SMALL)[2], 1)
    name = next(iter(sheet.truth.marks))
    truth = replace(sheet.truth, marks={**sheet.truth.marks, name: Mark.STRUCK}, doubt=(name,) if doubt else ())
    assert judged(replace(sheet, truth=truth), name, mark) == outcome


@pytest.mark.parametrize(
    "case",
    [
        SMALL,
        CASES[0],
        replace(SMALL, flat=True),
        replace(SMALL, proof=False),
        Case("agree", 7, "poor", -4, True, False),
    ],
)
def test_label_tells_the_ballot(case: Case) -> None:
    assert labelled(case.label(17)) == (case, 17)
    assert labelled(f"{case.label(17)}-c003-untouched-kept-read-struck.png") == (case, 17)


def test_label_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="no label of a ballot"):
        labelled("c003")


def test_first_thousand_people_have_names_of_their_own() -> None:
    assert len({person(k) for k in range(1000)}) == 1000


def test_ballot_is_drawn_again_to_the_last_pixel() -> None:
    job = printed(CASES[1])[2]
    for page, again in zip(draw_sheet(job, 4).pages, draw_sheet(job, 4).pages, strict=True):
        assert (page.image == again.image).all()


def test_one_page_in_eight_goes_through_a_file() -> None:
    through = [(n, side) for n in range(1, 201) for side in (0, 1) if through_file(CASES[0], n, side)]
    assert len(through) == 400 // 8
    assert all(through_file(replace(CASES[0], proof=False), n, 0) for n in range(9))
    page = draw_sheet(printed(CASES[0])[2], 4).pages[0]
    from_file, from_pixels = as_read(CASES[0], 4, 0, page), as_read(CASES[0], 1, 0, page)
    assert not isinstance(from_file, Refusal)
    assert not isinstance(from_pixels, Refusal)
    assert from_file.shape == from_pixels.shape
    assert (from_file != from_pixels).any()


def test_pieces_give_at_least_the_positions_and_share_them_evenly() -> None:
    pieces = pieces_of(CASES, 9_001)
    assert len({key_of(piece) for piece in pieces}) == len(pieces) == 12
    assert sum(case.names * PIECE for case, _ in pieces) == 12_000
    assert {case: sum(1 for one, _ in pieces if one == case) for case in CASES} == dict.fromkeys(CASES, 3)
    # More positions later: what was done before is part of it.
    assert set(pieces) < set(pieces_of(CASES, 20_000))


def plain(right: int) -> dict[str, Any]:
    return Tally(rows=accuracy_pieces.Counter({("office", "strike", "cross", "right"): right})).plain()


def test_run_goes_on_after_a_kill_that_tore_a_line(tmp_path: Path) -> None:
    store = tmp_path / "pieces.jsonl"
    code = accuracy_pieces.code_digest()
    assert list(accuracy_pieces.run(store, [("a", code, plain(1)), ("b", code, plain(2))])) == [1, 2]
    whole = store.read_bytes()
    store.write_bytes(whole[:-9])
    assert set(done_in(store)) == {"a"}
    assert list(accuracy_pieces.run(store, [("b", code, plain(2))])) == [1]
    done = done_in(store)
    assert {key: tally.rows["office", "strike", "cross", "right"] for key, tally in done.items()} == {"a": 1, "b": 2}


def test_piece_of_other_code_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="other code"):
        list(accuracy_pieces.run(tmp_path / "pieces.jsonl", [("a", "0" * 12, plain(1))]))
    assert done_in(tmp_path / "pieces.jsonl") == {}


def test_run_in_pieces_gives_the_tally_of_one_run(tmp_path: Path) -> None:
    case = replace(SMALL, names=3)
    pieces = pieces_of([case], 60)
    store = tmp_path / "pieces.jsonl"
    for piece in pieces:
        list(accuracy_pieces.run(store, accuracy_pieces.answers_here([piece], 1)))
    done = done_in(store)
    together = Tally()
    for number in range(1, 2 * PIECE + 1):
        together.add(compare(case, number))
    assert sum((tally.rows for tally in done.values()), start=accuracy_pieces.Counter()) == together.rows


RUN = """
from accuracy_cases import Case
from accuracy_pieces import answers_here, pieces_of

if __name__ == "__main__":
    for _answer in answers_here(pieces_of([Case("strike", 3, "office", 1, flat=False)], 1_000_000), 2):
        print("done", flush=True)
"""


def test_workers_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text(RUN, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, tmp_path / "long.py"], stdout=subprocess.PIPE, env=environment) as run:
        assert run.stdout is not None
        assert run.stdout.readline().strip() == b"done"
        run.kill()
        # The pipe is closed when the last process that holds it is gone.
        run.communicate(timeout=20)


def test_tally_comes_back_from_its_line() -> None:
    tally = compare(SMALL, 1)
    assert tally_of(json.loads(json.dumps(tally.plain()))) == tally


def test_page_gets_the_tables_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "proof.md"
    page.write_text(f"# Proof\nbefore\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    tally = compare(SMALL, 1)
    accuracy_report.write(page, tally, "the command")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Proof\nbefore\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert "the command" in text
    assert "rule of three: at 95 % at most 1 wrong in 4 positions" in text
    assert all(table.title in text for table in tables(tally) if table.filled)
    accuracy_report.write(page, tally, "the command")
    assert page.read_text(encoding="utf-8") == text


def test_page_without_marks_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "proof.md"
    page.write_text("# Proof\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="are not there"):
        accuracy_report.write(page, Tally(), "")


def test_wrong_positions_stand_in_the_page_and_no_bound_is_claimed() -> None:
    tally = Tally(wrong=["office-strike12-s3-b1-c001-x-kept-read-struck.png"])
    tally.rows["office", "strike", "cross", "wrong"] = 1
    text = markdown(tally, "")
    assert "wrong: `office-strike12-s3-b1-c001" in text
    assert "rule of three" not in text


def test_too_many_doubts_are_not_met() -> None:
    tally = Tally()
    tally.rows["office", "strike", "cross", "right"] = 995
    tally.rows["office", "strike", "cross", "doubtful"] = 5
    assert summary(tally).met
    tally.rows["office", "strike", "cross", "doubtful"] = 6
    assert not summary(tally).met
