"""`daihoi simulate`: images and truth straight into the folder, the same for the same seed."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.elections import write
from tests.cli.terminal import run


def simulate(election: Path, out: Path, *more: str) -> dict[str, bytes]:
    done = run("simulate", election, "--contest", "bch", "--ballots", "3", "--seed", "4", "--out", out, *more)
    assert done.code == 0
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_simulate_writes_images_and_truth_straight_into_the_folder(tmp_path: Path) -> None:
    files = simulate(write(tmp_path), tmp_path / "scans")
    truth = json.loads(files.pop("truth.json"))
    assert [ballot["files"] for ballot in truth["ballots"]] == [[name] for name in sorted(files)]
    assert set(truth["ballots"][0]["marks"]) == {"c01", "c02", "c03"}


def test_simulate_gives_the_same_bytes_for_the_same_seed(tmp_path: Path) -> None:
    election = write(tmp_path)
    assert simulate(election, tmp_path / "one") == simulate(election, tmp_path / "two")


def test_simulate_refuses_a_folder_with_other_files(tmp_path: Path) -> None:
    election = write(tmp_path)
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "real.jpg").write_bytes(b"mine")
    done = run("simulate", election, "--contest", "bch", "--ballots", "3", "--seed", "4", "--out", tmp_path / "scans")
    assert done.code == 1
    assert "real.jpg" in done.err
    assert (tmp_path / "scans" / "real.jpg").read_bytes() == b"mine"


def test_simulate_knows_three_scanners(tmp_path: Path) -> None:
    election = write(tmp_path)
    done = run(
        "simulate",
        election,
        "--contest",
        "bch",
        "--ballots",
        "1",
        "--seed",
        "1",
        "--out",
        tmp_path / "s",
        "--scanner",
        "x",
    )
    assert done.code == 2
    assert all(name in done.err for name in ("office", "worn", "poor"))


def test_simulate_of_no_ballots_is_wrong_usage(tmp_path: Path) -> None:
    done = run(
        "simulate", write(tmp_path), "--contest", "bch", "--ballots", "0", "--seed", "1", "--out", tmp_path / "s"
    )
    assert done.code == 2
