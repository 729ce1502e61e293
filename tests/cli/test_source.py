"""`--source phone`: simulated photographs are counted as such, and only as such."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from tests.cli.elections import write
from tests.cli.terminal import run


@pytest.fixture(scope="module")
def photographed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An election with its form secret, and photographs of two of its ballots."""
    folder = tmp_path_factory.mktemp("photographed")
    election = write(folder)
    assert run("ballots", election, "--contest", "bch", "--out", folder / "form").code == 0
    order = ("--contest", "bch", "--ballots", "2", "--seed", "3", "--out", folder / "photos", "--source", "phone")
    assert run("simulate", election, *order).code == 0
    return election, folder / "photos"


def test_simulated_photographs_are_large_pictures_in_colour(photographed: tuple[Path, Path]) -> None:
    _, photos = photographed
    truth = json.loads((photos / "truth.json").read_text(encoding="utf-8"))
    assert truth["scanner"] == "phone"
    for ballot in truth["ballots"]:
        picture = cv2.imread(str(photos / ballot["files"][0]), cv2.IMREAD_COLOR)
        assert picture is not None
        assert picture.shape[0] * picture.shape[1] > 7_900_000
        assert (picture.std(axis=2) > 1).mean() > 0.05


def test_photographs_are_counted_and_none_is_read_wrong(photographed: tuple[Path, Path], tmp_path: Path) -> None:
    election, photos = photographed
    out = tmp_path / "COUNT"
    done = run("count", election, "--contest", "bch", "--scans", photos, "--out", out, "--source", "phone")
    assert "Ballots read: 2." in done.out, done.err
    assert (out / "refused.jsonl").read_text(encoding="utf-8") == ""
    truth = json.loads((photos / "truth.json").read_text(encoding="utf-8"))["ballots"]
    lines = [json.loads(line) for line in (out / "ballots.jsonl").read_text(encoding="utf-8").splitlines()]
    for ballot, line in zip(truth, lines, strict=True):
        for name, meant in ballot["marks"].items():
            assert line["marks"][name] in {meant, "doubtful"} or name in ballot["doubt"]


def test_photographs_are_not_for_learned_ballots(photographed: tuple[Path, Path], tmp_path: Path) -> None:
    election, photos = photographed
    more = ("--out", tmp_path / "COUNT", "--source", "phone", "--sheet", tmp_path / "sheet.json")
    done = run("count", election, "--contest", "bch", "--scans", photos, *more)
    assert done.code == 2
    assert "no --sheet" in done.err
    assert not (tmp_path / "COUNT").exists()


def test_other_sources_are_not_known(photographed: tuple[Path, Path], tmp_path: Path) -> None:
    election, photos = photographed
    more = ("--out", tmp_path / "COUNT", "--source", "camera")
    done = run("count", election, "--contest", "bch", "--scans", photos, *more)
    assert done.code == 2
    assert "scanner" in done.err
    assert "phone" in done.err
