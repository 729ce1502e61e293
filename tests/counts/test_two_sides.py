"""Lists that go over to the back of the sheet, counted from front and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from daihoi.counts import errors
from daihoi.interchange.decisions import keyed
from daihoi.rules.terms import Mark, ResultStatus
from tests.counts.stand_in import (
    answer,
    counted_folder,
    election_text,
    lines_of,
    outputs_of,
    refused,
    rows_of,
    run,
    scan,
    write_election,
    write_scans,
)

LIST = [f"c{number:02d}" for number in range(1, 101)]
STRUCK = {"c98": "struck", "c99": "struck", "c100": "struck"}


def _text(collected: int) -> str:
    return election_text(candidates=100, seats=97, collected=collected)


def _front(number: int, **said: object) -> bytes:
    return scan(page=1, salt=number, **said)


def _back(number: int, **said: object) -> bytes:
    return scan(page=2, marks=STRUCK, salt=number, **said)


def _reasons(folder: Path) -> list[tuple[object, object]]:
    return [(line["file"], line["reason"]) for line in lines_of(folder / "refused.jsonl")]


def test_front_and_back_are_one_ballot_front_first(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [_front(1), _back(1), _front(2), _back(2)], _text(2))

    lines = lines_of(folder / "ballots.jsonl")
    assert [line["ballot"] for line in lines] == ["b0001", "b0002"]
    assert [page["file"] for page in lines[0]["pages"]] == ["1.jpg", "2.jpg"]  # type: ignore[attr-defined]
    assert len(lines[0]["votes"]) == 97  # type: ignore[arg-type]
    assert _reasons(folder) == []


def test_front_without_back_is_refused_and_the_next_sheet_counts(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [_front(1), _front(2), _back(2)], _text(2))

    assert _reasons(folder) == [("1.jpg", "missing_back")]
    assert [line["ballot"] for line in lines_of(folder / "ballots.jsonl")] == ["b0002"]


def test_back_without_front_is_refused(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [_back(1), _front(2), _back(2)], _text(2))

    assert _reasons(folder) == [("1.jpg", "missing_front")]


def test_refused_back_waits_and_takes_its_front_with_it_when_scanned_again(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [_front(1), refused(), _front(2), _back(2)], _text(2))
    write_scans(tmp_path / "scans", {"5.jpg": _front(3), "6.jpg": _back(3)})
    waiting = run(tmp_path / "e.toml", tmp_path / "scans", folder)

    decided = answer(folder, {("page:2.jpg#0", ""): "rescanned"})

    assert waiting.result.status is ResultStatus.AWAITING_DECISIONS
    assert decided.result.status is ResultStatus.FINAL
    assert [line["ballot"] for line in lines_of(folder / "ballots.jsonl")] == ["b0002", "b0003"]


def test_keyed_back_joins_the_front_that_was_read(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [_front(1), refused()], _text(1))
    on_back = [one for one in LIST if one not in _marks_read(tmp_path)]

    decided = answer(folder, {("page:2.jpg#0", ""): keyed(dict.fromkeys(on_back, Mark.STRUCK))})

    (line,) = lines_of(folder / "ballots.jsonl")
    assert decided.result.valid == 1
    assert len(line["votes"]) == 100 - len(on_back)  # type: ignore[arg-type]
    assert [page["file"] for page in line["pages"]] == ["1.jpg", "2.jpg"]  # type: ignore[attr-defined]


def test_missing_back_keyed_from_the_paper_counts(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [_front(1)], _text(1))
    whole = dict.fromkeys(LIST, Mark.KEPT) | dict.fromkeys(STRUCK, Mark.STRUCK)

    decided = answer(folder, {("page:1.jpg#0", ""): keyed(whole)})

    assert decided.result.status is ResultStatus.FINAL
    assert decided.result.valid == 1


def test_keyed_front_alone_does_not_suffice_for_a_missing_back(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [_front(1)], _text(1))

    with pytest.raises(errors.KeyedIncomplete):
        answer(folder, {("page:1.jpg#0", ""): keyed({"c01": Mark.KEPT})})


def test_back_that_comes_later_completes_the_sheet(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [_front(1)], _text(1))
    write_scans(tmp_path / "scans", {"2.jpg": _back(1)})

    counted = run(tmp_path / "e.toml", tmp_path / "scans", folder)

    assert counted.result.status is ResultStatus.FINAL
    assert _reasons(folder) == []


def test_back_that_comes_after_the_board_has_answered_is_a_sheet_of_its_own(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [_front(1)], _text(1))
    answer(folder, {("page:1.jpg#0", ""): "rescanned"})
    write_scans(tmp_path / "scans", {"2.jpg": _back(1)})

    run(tmp_path / "e.toml", tmp_path / "scans", folder)

    assert _reasons(folder) == [("1.jpg", "missing_back"), ("2.jpg", "missing_front")]


def test_doubts_of_a_front_whose_back_waits_are_asked_already(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [_front(1, doubt={"c01": "kept"}), refused()], _text(1))

    assert list(rows_of(folder)) == [("page:2.jpg#0", ""), ("b0001", "c01")]


def test_two_piles_in_two_folders_do_not_run_into_each_other(tmp_path: Path) -> None:
    election = write_election(tmp_path, _text(1))
    scans = write_scans(tmp_path / "scans", {"a/1.jpg": _front(1), "b/1.jpg": _back(1)})
    folder = tmp_path / "COUNT"

    run(election, scans, folder)

    assert _reasons(folder) == [("a/1.jpg", "missing_back"), ("b/1.jpg", "missing_front")]


def test_reading_the_pile_twice_changes_nothing(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [_front(1), refused(), _back(2), _front(3)], _text(3))
    before = outputs_of(folder)

    run(tmp_path / "e.toml", tmp_path / "scans", folder)

    assert outputs_of(folder) == before


def _marks_read(folder: Path) -> set[str]:
    """The candidates on the front, as the ledger has them."""
    events = lines_of(folder / "COUNT" / "ledger.jsonl")
    (read,) = [event["facts"] for event in events if event["kind"] == "page.read"]
    return set(read["marks"])  # type: ignore[index]
