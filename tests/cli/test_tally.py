"""`daihoi tally`: the result's JSON alone on stdout, whatever else there is to say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.elections import write
from tests.cli.terminal import Done, run


def marks(*kept: str) -> dict[str, str]:
    return {one: "kept" if one in kept else "struck" for one in ("c01", "c02", "c03")}


def ballots(folder: Path, *marks_of: dict[str, str]) -> Path:
    path = folder / "ballots.jsonl"
    lines = [json.dumps({"ballot": f"b{number}", "marks": one}) for number, one in enumerate(marks_of, 1)]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


SIX = (marks("c01", "c02"),) * 6


def tally(folder: Path, *marks_of: dict[str, str], more: tuple[str, ...] = ()) -> Done:
    return run("tally", write(folder), "--contest", "bch", "--ballots", ballots(folder, *marks_of), *more)


def test_tally_prints_the_result_alone(tmp_path: Path) -> None:
    done = tally(tmp_path, *SIX)
    result = json.loads(done.out)
    assert (done.code, result["status"]) == (0, "final")
    assert result["base"] == 11
    assert result["elected"] == ["c01", "c02"]
    assert result["tally"][0] == {"candidate": "c01", "votes": 6, "percent_of_base": "54.55", "outcome": "elected"}


def test_tally_of_six_in_eleven_elects_and_of_five_does_not(tmp_path: Path) -> None:
    result = json.loads(tally(tmp_path, *SIX[:5], marks("c03")).out)
    assert (result["elected"], result["shortfall"]) == ([], 2)


def test_tally_writes_the_same_bytes_to_out(tmp_path: Path) -> None:
    done = tally(tmp_path, *SIX, more=("--out", str(tmp_path / "result.json")))
    assert (tmp_path / "result.json").read_text(encoding="utf-8") == done.out


def test_tally_of_a_doubtful_mark_waits_for_the_board(tmp_path: Path) -> None:
    done = tally(tmp_path, *SIX[:5], marks("c01") | {"c02": "doubtful"})
    assert (done.code, json.loads(done.out)["status"]) == (3, "awaiting_decisions")
    assert "board" in done.err


def test_tally_that_does_not_reconcile_stops_and_says_by_how_much(tmp_path: Path) -> None:
    done = tally(tmp_path, *SIX[:5])
    assert (done.code, json.loads(done.out)["status"]) == (1, "stopped")
    assert "difference -1" in done.err


def test_tally_of_a_tie_is_done(tmp_path: Path) -> None:
    done = tally(tmp_path, *(marks("c01", "c02"),) * 3, *(marks("c01", "c03"),) * 3)
    assert done.code == 0


@pytest.mark.parametrize(("kind", "elected"), [("tie_reballot", ["c01"]), ("further", [])])
def test_tally_of_a_plurality_asks_for_the_presidium(tmp_path: Path, kind: str, elected: list[str]) -> None:
    election = write(tmp_path, ("seats = 2", f'seats = 2\nround = 2\nround_kind = "{kind}"'))
    lines = ballots(tmp_path, *(marks("c01"),) * 5, marks("c02", "c03"))
    done = run("tally", election, "--contest", "bch", "--ballots", lines)
    assert json.loads(done.out)["elected"] == elected
    assert ("the presidium must confirm" in done.err) is bool(elected)


WRONG = [
    pytest.param('{"ballot":"b1","marks":{"c01":"kept"}}', "c02", id="a candidate is missing"),
    pytest.param('{"ballot":"b1","marks":{"c01":"kept","c02":"kept","c09":"kept"}}', "c09", id="unknown candidate"),
    pytest.param('{"ballot":"b1","marks":{"c01":"agree","c02":"agree","c03":"agree"}}', "agree", id="other form"),
    pytest.param('{"ballot":"b1","marks":{"c01":"loved","c02":"kept","c03":"kept"}}', "loved", id="no mark"),
    pytest.param('{"ballot":"b1"', "line 1", id="no JSON"),
    pytest.param(
        "\n".join(['{"ballot":"b1","marks":{"c01":"kept","c02":"kept","c03":"struck"}}'] * 2), "b1", id="twice"
    ),
]


@pytest.mark.parametrize(("text", "named"), WRONG)
def test_tally_names_a_wrong_line(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "b.jsonl"
    path.write_text(text + "\n", encoding="utf-8")
    done = run("tally", write(tmp_path), "--contest", "bch", "--ballots", path)
    assert (done.code, done.out) == (1, "")
    assert named in done.err


def test_tally_without_figures_names_them(tmp_path: Path) -> None:
    election = write(tmp_path, ("printed = 12\nissued = 6\ncollected = 6\nunused = 6\n", "printed = 12\n"))
    done = run("tally", election, "--contest", "bch", "--ballots", ballots(tmp_path, *SIX))
    assert (done.code, done.out) == (1, "")
    assert "issued" in done.err
    assert "collected" in done.err


def test_tally_of_no_file_names_it(tmp_path: Path) -> None:
    done = run("tally", write(tmp_path), "--contest", "bch", "--ballots", tmp_path / "none.jsonl")
    assert (done.code, done.out) == (1, "")
    assert "none.jsonl" in done.err
