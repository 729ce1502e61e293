"""A simulation in a folder: images, truth.json, the same bytes however it is run, and what is refused."""

from __future__ import annotations

import hashlib
import json
from itertools import islice
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from daihoi.rules.terms import InvalidGround, Mark
from daihoi.simulation.errors import NoBallots, OutputNotEmpty, PagesDiffer, UnknownScanner
from daihoi.simulation.run import SEED_BITS, TRUTH_FORMAT, Order, job_of, simulate, write
from daihoi.simulation.terms import Condition, Defect, Format, Kind
from daihoi.simulation.voters import Habits

from .ballots import DPI, Ballot

LOW = 75.0
"""Tests that look at names and bytes alone scan coarsely, for speed."""


def order(ballot: Ballot, **changes: Any) -> Order:
    return Order(**{"seats": ballot.seats, "ballots": 3, "seed": 11, "dpi": LOW, **changes})


def run(out: Path, ballot: Ballot, workers: int = 1, **changes: Any) -> dict[str, Any]:
    path = write(
        out, ballot.plan, ballot.rasters, raster_dpi=DPI, contest="bch", order=order(ballot, **changes), workers=workers
    )
    return json.loads(path.read_text(encoding="utf-8"))


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_write_puts_images_and_truth_straight_into_the_folder(strike: Ballot, tmp_path: Path) -> None:
    run(tmp_path / "scans", strike)
    assert sorted(path.name for path in (tmp_path / "scans").iterdir()) == [
        "0001.jpg",
        "0002.jpg",
        "0003.jpg",
        "truth.json",
    ]


def test_truth_tells_what_is_true(strike: Ballot, tmp_path: Path) -> None:
    truth = run(tmp_path, strike, habits=Habits(mistakes=1.0, defects=0.5))
    assert truth["format"] == TRUTH_FORMAT == "daihoi-truth/1"
    assert (truth["contest"], truth["seed"], truth["scanner"]) == ("bch", 11, "office")
    assert truth["software"].startswith("daihoi ")
    assert [one["ballot"] for one in truth["ballots"]] == [1, 2, 3]
    for one in truth["ballots"]:
        assert set(one["marks"]) == set(one["kinds"]) == {f"c{k:02d}" for k in range(1, 21)}
        assert {Mark(mark) for mark in one["marks"].values()} <= {Mark.KEPT, Mark.STRUCK}
        assert {Kind(kind) for kind in one["kinds"].values()}
        assert set(one["doubt"]) <= set(one["marks"])
        assert one["ballot_defect"] is None or Defect(one["ballot_defect"])
        assert all(InvalidGround(ground) for ground in one["expected_grounds"])
        assert all(Condition(condition) for page in one["conditions"] for condition in page)
        assert one["issued"] is True
        assert one["pen"]


def test_two_sided_ballots_lie_front_first_in_the_order_of_names(two_sided: Ballot, tmp_path: Path) -> None:
    truth = run(tmp_path, two_sided, ballots=2)
    files = [name for one in truth["ballots"] for name in one["files"]]
    assert files == ["0001-1.jpg", "0001-2.jpg", "0002-1.jpg", "0002-2.jpg"]
    assert files == sorted(path.name for path in tmp_path.glob("*.jpg"))


def test_names_sort_in_scan_order_beyond_four_digits(
    strike: Ballot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from daihoi.simulation import run as module

    def undrawn(pieces: list[range], setting: tuple[object, ...], _workers: int) -> list[list[dict[str, object]]]:
        return [[{"digits": setting[3]}] for _ in pieces[:1]]

    monkeypatch.setattr(module, "_drawn", undrawn)
    truth = run(tmp_path, strike, ballots=12_000)
    assert truth["ballots"] == [{"digits": 5}]


def test_same_command_gives_the_same_bytes(strike: Ballot, tmp_path: Path) -> None:
    run(tmp_path / "a", strike, scanner="worn")
    run(tmp_path / "b", strike, scanner="worn")
    run(tmp_path / "c", strike, scanner="worn", seed=12)
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert digests(tmp_path / "a")["truth.json"] != digests(tmp_path / "c")["truth.json"]


def test_pool_gives_the_same_bytes_as_one_process(strike: Ballot, tmp_path: Path) -> None:
    run(tmp_path / "one", strike, ballots=10)
    run(tmp_path / "two", strike, ballots=10, workers=2)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_more_ballots_leave_the_first_ones_as_they_were(strike: Ballot, tmp_path: Path) -> None:
    few, many = run(tmp_path / "few", strike, ballots=2), run(tmp_path / "many", strike, ballots=4)
    assert many["ballots"][:2] == few["ballots"]
    first = digests(tmp_path / "few")
    assert all(digests(tmp_path / "many")[name] == first[name] for name in ("0001.jpg", "0002.jpg"))


@pytest.mark.parametrize("form", [Format.JPEG, Format.PNG, Format.G4])
def test_every_format_decodes(strike: Ballot, tmp_path: Path, form: Format) -> None:
    truth = run(tmp_path, strike, ballots=1, format=form)
    (name,) = truth["ballots"][0]["files"]
    image = cv2.imdecode(np.frombuffer((tmp_path / name).read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert image.shape == (877, 620)
    assert image.mean() > 150


def test_progress_counts_to_the_end(strike: Ballot, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write(
        tmp_path,
        strike.plan,
        strike.rasters,
        raster_dpi=DPI,
        contest="bch",
        order=order(strike, ballots=10),
        progress=lambda done, all_: told.append((done, all_)),
    )
    assert told == [(8, 10), (10, 10)]


def test_former_simulation_is_replaced(strike: Ballot, tmp_path: Path) -> None:
    run(tmp_path, strike, ballots=3)
    run(tmp_path, strike, ballots=1)
    assert sorted(digests(tmp_path)) == ["0001.jpg", "truth.json"]


def test_folder_with_anything_else_is_refused_and_left_alone(strike: Ballot, tmp_path: Path) -> None:
    run(tmp_path, strike, ballots=1)
    (tmp_path / "scan-of-mine.jpg").write_bytes(b"mine")
    before = digests(tmp_path)
    with pytest.raises(OutputNotEmpty) as caught:
        run(tmp_path, strike, ballots=2)
    assert caught.value.file == "scan-of-mine.jpg"
    assert digests(tmp_path) == before


@pytest.mark.parametrize("text", ["{", "[]", '{"format": "another"}', '{"format": "daihoi-truth/1", "ballots": 3}'])
def test_images_beside_a_foreign_truth_are_not_ours(strike: Ballot, tmp_path: Path, text: str) -> None:
    (tmp_path / "truth.json").write_text(text, encoding="utf-8")
    (tmp_path / "0001.jpg").write_bytes(b"mine")
    with pytest.raises(OutputNotEmpty):
        run(tmp_path, strike, ballots=1)
    assert (tmp_path / "0001.jpg").read_bytes() == b"mine"


def test_simulate_gives_the_ballots_that_write_writes(strike: Ballot, tmp_path: Path) -> None:
    truth = run(tmp_path, strike, ballots=2)
    sheets = list(
        simulate(
            strike.plan,
            strike.rasters,
            raster_dpi=DPI,
            seats=strike.seats,
            ballots=2,
            seed=11,
            scanner="office",
            dpi=LOW,
        )
    )
    assert [sheet.number for sheet in sheets] == [1, 2]
    for sheet, told in zip(sheets, truth["ballots"], strict=True):
        assert {name: mark.value for name, mark in sheet.truth.marks.items()} == told["marks"]


def test_simulate_can_start_anywhere(strike: Ballot) -> None:
    def marks(start: int) -> list[object]:
        some = simulate(
            strike.plan,
            strike.rasters,
            raster_dpi=DPI,
            seats=strike.seats,
            ballots=4,
            seed=11,
            scanner="office",
            dpi=LOW,
            start=start,
        )
        return [sheet.truth.marks for sheet in islice(some, 2)]

    assert marks(1)[1] == marks(2)[0]


def test_negative_and_huge_seeds_are_seeds_too(strike: Ballot) -> None:
    for seed in (-1, 2**200 + 3):
        assert 0 <= job_of(strike.plan, strike.rasters, DPI, order(strike, seed=seed)).seed <= SEED_BITS


def test_bad_orders_are_refused_by_name(strike: Ballot, two_sided: Ballot, tmp_path: Path) -> None:
    with pytest.raises(UnknownScanner):
        run(tmp_path / "x", strike, scanner="fax")
    with pytest.raises(NoBallots):
        run(tmp_path / "x", strike, ballots=0)
    with pytest.raises(PagesDiffer) as caught:
        job_of(two_sided.plan, two_sided.rasters[:1], DPI, order(two_sided))
    assert (caught.value.pages, caught.value.rasters) == (2, 1)
    assert not (tmp_path / "x").exists()
