"""The bench of peers: what it says without its peer, and how it holds a reading against the truth."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest

import peers
import peers_amc
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import TargetKind
from peers_amc import amc_page, best_threshold, blackness, ticked
from peers_piles import PEOPLE, Reading, Truth, people, run, truth_of, verdict_on

AGREED = {("c01", 1): 0.2, ("c01", 2): 0.0, ("c02", 1): 0.02, ("c02", 2): 0.3}


@pytest.fixture
def truth() -> Truth:
    marks = {"1.jpg": {"c01": Mark.AGREE, "c02": Mark.DISAGREE}}
    kinds = {"1.jpg": {"c01": "cross", "c02": "tick"}}
    return Truth(marks, kinds, {"1.jpg": frozenset()})


def test_without_its_peer_it_says_so_and_leaves_with_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["peers.py"])
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert peers.main() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "auto-multiple-choice" in said.err


def test_people_are_as_many_as_the_page_holds_and_each_has_a_name_of_his_own() -> None:
    assert len(people()) == PEOPLE
    assert len({name for _, name in people()}) == PEOPLE
    assert all(name.isascii() for _, name in people())


def test_a_threshold_makes_marks_of_squares() -> None:
    assert ticked(AGREED, 0.15) == {"c01": Mark.AGREE, "c02": Mark.DISAGREE}
    assert ticked(AGREED, 0.01) == {"c01": Mark.AGREE, "c02": Mark.BOTH}
    assert ticked(AGREED, 0.25) == {"c01": Mark.NONE, "c02": Mark.DISAGREE}


def test_the_best_threshold_has_the_fewest_wrong(truth: Truth) -> None:
    found = best_threshold({"1.jpg": AGREED}, truth)
    assert 0.02 < found <= 0.2
    assert ticked(AGREED, found) == truth.marks["1.jpg"]


def test_verdicts_tell_wrong_from_doubtful_and_from_not_read(truth: Truth) -> None:
    one = Reading("", {"1.jpg": {"c01": Mark.AGREE, "c02": None}}, 1.0, 0.0, 2)
    assert verdict_on(one, "1.jpg", "c01", Mark.AGREE) == "right"
    assert verdict_on(one, "1.jpg", "c01", Mark.DISAGREE) == "wrong"
    assert verdict_on(one, "1.jpg", "c02", Mark.AGREE) == "doubtful"
    assert verdict_on(one, "2.jpg", "c01", Mark.AGREE) == "not read"


def test_the_start_is_taken_off_the_time_of_a_page() -> None:
    assert Reading("", {}, 12.0, 2.0, 11).page_seconds == 1.0


def test_truth_is_read_by_file(tmp_path: Path) -> None:
    ballot = {"files": ["0001.jpg"], "marks": {"c01": "agree"}, "kinds": {"c01": "cross"}, "doubt": ["c01"]}
    (tmp_path / "truth.json").write_text(json.dumps({"ballots": [ballot]}), encoding="utf-8")
    held = truth_of(tmp_path)
    assert held.marks == {"0001.jpg": {"c01": Mark.AGREE}}
    assert held.doubt == {"0001.jpg": frozenset({"c01"})}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such peer on Windows")
def test_a_program_that_fails_ends_the_bench_by_its_name(tmp_path: Path) -> None:
    assert run(sys.executable, "-c", "pass", folder=tmp_path) >= 0
    with pytest.raises(SystemExit) as ended:
        run(sys.executable, "-c", "raise SystemExit('no paper')", folder=tmp_path)
    assert "no paper" in str(ended.value)


@pytest.fixture
def amc(tmp_path: Path) -> Path:
    """What AMC leaves in its data bases, of one person."""
    (tmp_path / "data").mkdir()
    layout = sqlite3.connect(tmp_path / "data" / "layout.sqlite")
    layout.executescript(
        """
        CREATE TABLE layout_page (dpi REAL); INSERT INTO layout_page VALUES (300.0);
        CREATE TABLE layout_question (question INTEGER, name TEXT); INSERT INTO layout_question VALUES (1, 'c01');
        CREATE TABLE layout_box (question, answer, xmin, xmax, ymin, ymax);
        INSERT INTO layout_box VALUES (1, 2, 1800, 1860, 600, 660), (1, 1, 1500, 1560, 600, 660);
        CREATE TABLE layout_mark (corner, x, y);
        INSERT INTO layout_mark VALUES (1, 200, 220), (2, 2280, 220), (3, 2280, 3340), (4, 200, 3340);
        """
    )
    layout.commit()
    layout.close()
    capture = sqlite3.connect(tmp_path / "data" / "capture.sqlite")
    capture.executescript(
        """
        CREATE TABLE capture_page (copy, src); INSERT INTO capture_page VALUES (1, '/scans/0001.jpg');
        CREATE TABLE capture_zone (copy, type, id_a, id_b, black, total);
        INSERT INTO capture_zone VALUES (1, 4, 1, 1, 30, 100), (1, 4, 1, 2, 0, 100), (1, 1, 0, 0, 5, 0);
        """
    )
    capture.commit()
    capture.close()
    return tmp_path


def test_amcs_layout_becomes_a_plan_in_millimetres(amc: Path) -> None:
    page = amc_page(amc)
    assert [(one.candidate, one.kind) for one in page.targets] == [
        ("c01", TargetKind.AGREE),
        ("c01", TargetKind.DISAGREE),
    ]
    box = page.targets[0].box
    assert (round(box.x, 1), round(box.w, 1)) == (127.0, 5.1)
    tl, tr, bl, br = page.corners
    assert tl.x == bl.x < tr.x == br.x
    assert tl.y == tr.y < bl.y == br.y


def test_amcs_measures_are_read_by_file_and_square(amc: Path) -> None:
    assert blackness(amc) == {"0001.jpg": {("c01", 1): 0.3, ("c01", 2): 0.0}}


def test_thresholds_tried_hold_those_that_are_told() -> None:
    assert min(peers_amc.TRIED) < min(peers_amc.THRESHOLDS) <= max(peers_amc.TRIED)
