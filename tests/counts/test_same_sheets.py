"""A sheet that was scanned twice: asked of the board, dropped or counted by its word, never by the machine."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from daihoi.counts import same_sheets
from daihoi.counts.errors import KeyedIncomplete, WrongAnswer
from daihoi.counts.pool import PageTask
from daihoi.counts.traces import TRACES
from daihoi.ledger import chain
from daihoi.rules.terms import ResultStatus
from tests.counts.stand_in import (
    answer,
    ballot,
    counted_folder,
    election_text,
    events_of,
    lines_of,
    outputs_of,
    refused,
    rows_of,
    run,
    scan,
    write_election,
    write_scans,
)

THREE = [ballot(1, hand=1), ballot(2, hand=2), ballot(3, hand=1)]
AGAIN = ("page:3.jpg#0", "")


def test_second_scan_of_a_sheet_asks_and_does_not_count(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, THREE, election_text(collected=2))

    row = rows_of(folder)[AGAIN]
    assert (row.reason, row.proposal, row.crop) == ("same_sheet", "not_a_ballot", "crops/00003-000-alike.png")
    assert [line["ballot"] for line in lines_of(folder / "ballots.jsonl")] == ["b0001", "b0002"]
    assert lines_of(folder / "refused.jsonl")[0]["found"] == "1.jpg#0"
    assert json.loads((folder / "result.json").read_bytes())["status"] == "awaiting_decisions"


def test_crop_of_a_second_scan_is_a_picture_in_the_record(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, THREE, election_text(collected=2))

    data = (folder / "crops/00003-000-alike.png").read_bytes()
    assert cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE).shape[0] > 0
    assert "crops/00003-000-alike.png" in json.loads((folder / "record.json").read_bytes())["files"]


def test_both_are_shown_upright(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[tuple[int, int]] = []

    def shown(earlier: tuple[PageTask, int], later: tuple[PageTask, int]) -> bytes:
        turns.append((earlier[1], later[1]))
        return b"both"

    monkeypatch.setattr(same_sheets, "side_by_side", shown)
    pages = [ballot(1, hand=1, turn=2), ballot(2, hand=1, turn=3)]
    counted_folder(tmp_path, pages, election_text(collected=1))
    assert turns == [(2, 3)]


def test_a_side_is_held_against_the_same_side_alone(tmp_path: Path) -> None:
    sides = [scan(page=side, hand=hand, salt=salt) for salt, (side, hand) in enumerate([(1, 1), (2, 2)] * 2)]
    others = [scan(page=1, hand=2, salt=8), scan(page=2, hand=1, salt=9)]
    text = election_text(collected=2, candidates=100, seats=97)
    folder = counted_folder(tmp_path, [*sides, *others], text)

    found = {line["file"]: line["found"] for line in lines_of(folder / "refused.jsonl")}
    assert found == {"3.jpg": "1.jpg#0", "4.jpg": "2.jpg#0"}


def test_not_a_ballot_takes_the_second_scan_out_of_the_count(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, THREE, election_text(collected=2))

    counted = answer(folder, {AGAIN: "not_a_ballot"})

    assert counted.result.status is ResultStatus.FINAL
    assert counted.result.valid == 2


@pytest.mark.parametrize("word", ["a_ballot", "là phiếu", "LA PHIEU"])
def test_a_ballot_lets_both_count(tmp_path: Path, word: str) -> None:
    folder = counted_folder(tmp_path, THREE, election_text(collected=3))

    counted = answer(folder, {AGAIN: word})

    assert counted.result.status is ResultStatus.FINAL
    assert counted.result.valid == 3
    assert [line["ballot"] for line in lines_of(folder / "ballots.jsonl")] == ["b0001", "b0002", "b0003"]


def test_answer_can_be_changed(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, THREE, election_text(collected=2))
    answer(folder, {AGAIN: "a_ballot"})

    assert answer(folder, {AGAIN: "not_a_ballot"}).result.valid == 2


def test_doubts_of_a_second_scan_can_be_decided_with_it(tmp_path: Path) -> None:
    pages = [ballot(1, hand=1), scan(marks={"c04": "struck"}, doubt={"c04": "struck"}, hand=1, salt=9)]
    folder = counted_folder(tmp_path, pages, election_text(collected=2))

    counted = answer(folder, {("page:2.jpg#0", ""): "a_ballot", ("b0002", "c04"): "struck"})

    assert counted.result.valid == 2


def test_a_third_scan_is_asked_about_too(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [*THREE, ballot(4, hand=1)], election_text(collected=2))
    assert {AGAIN, ("page:4.jpg#0", "")} <= rows_of(folder).keys()


def test_pages_without_anything_by_hand_are_asked_nothing(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [scan(salt=number) for number in range(5)])
    assert rows_of(folder) == {}
    assert not (folder / TRACES).exists()


def test_a_page_that_was_refused_cannot_be_called_a_ballot(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1), refused()], election_text(collected=2))
    with pytest.raises(KeyedIncomplete):
        answer(folder, {("page:2.jpg#0", ""): "a_ballot"})


def test_no_page_but_a_slip_is_counted_again(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, THREE, election_text(collected=2))
    with pytest.raises(WrongAnswer):
        answer(folder, {AGAIN: "recounted"})


def test_a_sheet_that_was_put_out_to_be_scanned_again_comes_again_unasked(tmp_path: Path) -> None:
    pages = [scan(page=1, hand=1), refused(), scan(page=1, hand=2, salt=2), scan(page=2, salt=2)]
    names = {"candidates": 100, "seats": 97}
    folder = counted_folder(tmp_path, pages, election_text(collected=2, **names))  # type: ignore[arg-type]
    answer(folder, {("page:2.jpg#0", ""): "rescanned"})
    write_scans(tmp_path / "scans", {"5.jpg": scan(page=1, hand=1, salt=5), "6.jpg": scan(page=2, salt=5)})

    run(tmp_path / "e.toml", tmp_path / "scans", folder)

    assert [row for row in rows_of(folder).values() if row.reason == "same_sheet"] == []


def test_a_front_without_any_back_in_the_pile_comes_again_unasked(tmp_path: Path) -> None:
    text = election_text(collected=2, candidates=100, seats=97)
    folder = counted_folder(tmp_path, [scan(page=1, hand=1), scan(page=1, hand=2, salt=2)], text)
    answer(folder, {("page:1.jpg#0", ""): "rescanned"})
    write_scans(tmp_path / "scans", {"3.jpg": scan(page=1, hand=1, salt=5), "4.jpg": scan(page=2, salt=5)})

    run(tmp_path / "e.toml", tmp_path / "scans", folder)

    assert [row for row in rows_of(folder).values() if row.reason == "same_sheet"] == []


def test_later_scans_are_compared_with_those_of_an_earlier_run(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, THREE[:2], election_text(collected=2))
    write_scans(tmp_path / "scans", {"3.jpg": THREE[2]})

    run(tmp_path / "e.toml", tmp_path / "scans", folder)

    assert rows_of(folder)[AGAIN].reason == "same_sheet"


def test_without_its_traces_a_count_goes_on_and_asks_less(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, THREE[:2], election_text(collected=3))
    (folder / TRACES).unlink()
    write_scans(tmp_path / "scans", {"3.jpg": THREE[2]})

    counted = run(tmp_path / "e.toml", tmp_path / "scans", folder)

    assert rows_of(folder) == {}
    assert counted.result.valid == 3


@pytest.mark.parametrize("keep", range(3, 9))
def test_count_cut_off_anywhere_ends_with_the_same_bytes(tmp_path: Path, keep: int) -> None:
    folder = counted_folder(tmp_path, THREE, election_text(collected=2))
    whole = outputs_of(folder)
    events = events_of(folder)
    assert len(events) == 7
    # As a kill leaves it: the ledger ends early, the traces one page later than it, the last one torn.
    (folder / "ledger.jsonl").write_bytes(chain.dump(events[: min(keep, 7)]))
    traces = (folder / TRACES).read_bytes()
    (folder / TRACES).write_bytes(traces + b'{"file":"3.jp')
    for name in ("review.csv", "record.json", "crops/00003-000-alike.png"):
        if keep < 7:
            (folder / name).unlink()

    run(tmp_path / "e.toml", tmp_path / "scans", folder)

    assert outputs_of(folder) == whole


def test_traces_lie_in_no_record(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, THREE, election_text(collected=2))
    assert (folder / TRACES).read_bytes().count(b"\n") == 3
    assert TRACES.encode() not in (folder / "record.json").read_bytes()
    assert b"trace" not in (folder / "ledger.jsonl").read_bytes()


def test_several_workers_ask_the_same(tmp_path: Path) -> None:
    election = write_election(tmp_path, election_text(collected=9))
    scans = write_scans(tmp_path / "scans", [ballot(number, hand=number % 9) for number in range(12)])
    run(election, scans, tmp_path / "one", workers=1)
    run(election, scans, tmp_path / "two", workers=2)

    assert outputs_of(tmp_path / "one") == outputs_of(tmp_path / "two")
    asked = [row for row in rows_of(tmp_path / "one").values() if row.reason == "same_sheet"]
    assert len(asked) == 3
    shutil.rmtree(tmp_path / "two")
