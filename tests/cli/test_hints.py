"""What people are told to do better: once, on stderr, and only where there is something better."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.cli.elections import write
from tests.cli.terminal import run

HINTS = ("(1-bit)", "--source phone")


@pytest.mark.parametrize(
    ("source", "one_bit", "told"),
    [("scanner", True, [1, 0]), ("scanner", False, [0, 0]), ("phone", False, [0, 1])],
)
def test_count_tells_of_pictures_that_there_is_a_better_kind_than(
    tmp_path: Path, source: str, *, one_bit: bool, told: list[int]
) -> None:
    election, scans = write(tmp_path), tmp_path / "scans"
    assert run("ballots", election, "--contest", "bch", "--out", tmp_path / "form").code == 0
    order = ("--contest", "bch", "--ballots", "2", "--seed", "3", "--out", scans, "--source", source)
    made = run("simulate", election, *order)
    assert made.code == 0, made.err
    for path in scans.glob("*.jpg") if one_bit else ():
        Image.open(path).convert("L").point(lambda grey: 255 * (grey > 150)).convert("1").save(
            path.with_suffix(".tif"), compression="group4"
        )
        path.unlink()

    done = run("count", election, "--contest", "bch", "--scans", scans, "--out", tmp_path / "COUNT")

    assert [done.err.count(hint) for hint in HINTS] == told
